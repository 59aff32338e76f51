"""Which number of a sentence each grade limits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.figures.counted import PLACES, PRODUCERS, Counted
from index.figures.counts import respective
from index.figures.graded_parts import OWNED, shared_out
from index.figures.stars import StarMention, potential_in
from index.figures.subplace import CAPITAL, RANK
from index.span import Span

# "trình Trung ương công nhận 2 sản phẩm đạt 5 sao"
_ASKED_FOR = re.compile(
    r"(?<!\w)(?:đề\s+nghị|đề\s+xuất|(?<!chương )(?<!quy )trình)\s+(?:\w+\s+){0,6}?"
    r"(?:công\s+nhận|đánh\s+giá|xét|phân\s+hạng)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
# "đề nghị công nhận 12 sản phẩm 4 sao và 9 sản phẩm 3 sao" asks for both
_ASKS = re.compile(r"đề\s+nghị|đề\s+xuất|trình", re.IGNORECASE)
_AND_FOR = re.compile(
    r"[^,;.:()\d]{0,40}(?:,|(?<!\w)và)\s+(?:(?:công nhận|xếp|hạng|mức|OCOP|lại|mới)\s+){0,3}", re.IGNORECASE
)
# What may stand between a grade and the number after it that it limits: "4 sao có 18 sản phẩm", "4 sao: 18".
_LEADS_ON = re.compile(
    r"\s*[”\"’)]?\s*(?:(?::|(?<!\w)(?:có|là|gồm|đối với|với|cho|đạt|chiếm|được|đã|hiện|cũng|thêm|trên|hơn|gần|khoảng|"
    r"chừng|ít nhất|tối thiểu|xấp xỉ|ước|tổng cộng|lên|còn|tăng|giảm|từ|đến|tới|thì|mới|chỉ|vẻn vẹn|vỏn vẹn|duy nhất|"
    r"(?:đợt|lần)\s+(?:thứ\s+)?\w+(?:/\d{4})?|"
    r"(?:trong\s+)?năm\s+\d{4}|(?:của\s+)?(?:toàn|cả)\s+(?:tỉnh|huyện|nước|quốc|thành phố))(?!\w))"
    r"\s*)*\(?\s*",
    re.IGNORECASE,
)
# "nhóm 5 sao của tỉnh có bốn sản phẩm", "hạng 3 sao áp đảo với 884 sản phẩm"
_GROUP = re.compile(r"(?<!\w)(?:gồm|bao gồm)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_GRADE_HAS = re.compile(
    r"[^,;:.()\d]{0,40}(?:(?<!\w)(?:có|với|là|gồm|đạt|góp|chiếm)|,\s+với)\s+(?:\w+\s+){0,2}", re.IGNORECASE
)
_NEW_CLAUSE = re.compile(r"[;:(.]|,(?!\d)|(?<!\w)(?:và|nhưng|song|trong khi|trong đó|còn|riêng)(?!\w)", re.IGNORECASE)
_OTHER_MATTER = re.compile(
    r";|(?<!\w)(?:nhưng|song|trong khi|còn số)(?!\w)|"
    r"\.\s|(?<!\w)(?:phấn đấu|riêng|đồng thời|nâng tổng|trong đó(?!\s+(?:đã|đạt|được|có)(?!\w)))(?!\w)",
    re.IGNORECASE,
)
# A comma that does not end what is said of a number: "62 sản phẩm OCOP, đều đạt từ 3 sao trở lên".
_GOES_ON = re.compile(
    r",\s*(?:(?:đều|cùng|được|đã|và|có|trong|từng|vừa|mới|chỉ|vẫn|cũng|hiện|đang|tất cả|toàn bộ)\s+)*(?:là\s+)?"
    r"(?:(?:đạt|xếp|công nhận|đánh giá|phân hạng|chứng nhận|hạng|gắn|đủ điều kiện|đề nghị|đề xuất|trình|dừng|thuộc|"
    r"mang|giữ|nằm|ở)(?!\w)[^,]*)?$",
    re.IGNORECASE,
)
# "600 sản phẩm trong đó mới ở hạng 3 sao": right behind its noun it says out of what, and opens nothing
_OF_THOSE = re.compile(r"\s*(?:OCOP\s+)?trong\s+(?:số\s+)?(?:đó|này|ấy)(?=\s)", re.IGNORECASE)
_NAMES_THEN = re.compile(
    r"[^.;\d]*(?<!\w)(?:gồm|là|như)(?!\w)[^.;\d]*,[^.;\d]*(?<!\w)và(?!\w)[^,.;\d]*(?<!\w)(?:đạt|được)\s+(?:\w+\s+){0,3}",
    re.IGNORECASE,
)
_RATIO = re.compile(r"(?<!\w)(?:tỷ|tỉ)\s+(?:lệ|trọng)(?!\w)", re.IGNORECASE)
_OF_WHICH = re.compile(r"(?:^|[.;:]\s+)\s*(?:trong|trong số|trong tổng số|riêng|với)\s+[^,;.]*$", re.IGNORECASE)
_REACH_IT = re.compile(r"(?<!\w)(?:đạt|được|đã|lên|nâng|xếp)(?!\w)", re.IGNORECASE)
_OUT_OF_NEXT = re.compile(r"\s+(?:OCOP\s+)?trong\s+(?:tổng\s+)?số\s+", re.IGNORECASE)
_JUST = re.compile(r"\s+(?:OCOP\s+)?(?:vừa|mới)\s+được(?!\w)", re.IGNORECASE)
_ALSO = re.compile(r"[^;.:(]*(?:,|(?<!\w)(?:và|cộng|cùng))\s+(?:\w+\s+){0,2}", re.IGNORECASE)
_WITHIN = re.compile(
    r"(?<!\w)(?:trong đó|trong số đó|trong số này)(?!\w),?(?:[^,;:.\d]|(?<=đợt )\d){0,60}$", re.IGNORECASE
)
# "trong đó, thị xã Sông Cầu 24 sản phẩm, huyện Tuy An 31 sản phẩm"
_NEXT_PART = re.compile(
    rf"[^;.]*(?:,|\svà)\s+(?:(?:đợt\s+)?(?:\w+\s+){{0,2}}|{RANK}\s*{CAPITAL}(?:\s{CAPITAL}){{0,3}}\s+(?:(?:có|với|đạt)\s+)?)"
)
# "Ở hạng 5 sao, Bộ công nhận mới 79 sản phẩm và công nhận lại 9 sản phẩm"
_DURATIONS = ("năm", "tháng", "ngày")
_TOPIC = re.compile(
    r"(?:^|[.;:]\s)\W*(?:(?:ở|với|riêng|xét|về|tại|đối với|trong|theo)\s+)+(?:ở\s+)?"
    r"(?:hạng|nhóm|mức|phân khúc|cấp|bậc)\s+$",
    re.IGNORECASE,
)
_HEADS = re.compile(r"(?:^|[.;:]\s)\W*(?:hạng|nhóm|mức)\s+$", re.IGNORECASE)
# "Trong số các sản phẩm 5 sao của cả nước, 48 sản phẩm …"
_OUT_OF_GRADE = re.compile(
    r"(?:^|[.;:]\s)\W*trong\s+(?:(?:tổng\s+)?số\s+)?(?:các\s+|những\s+)?(?:sản phẩm|sp)\s+(?:ocop\s+)?"
    r"(?:(?:được|đã|công nhận|đạt|xếp)\s+)*$",
    re.IGNORECASE,
)
# "Các sản phẩm 4 sao tập trung ở Hải Hậu (12 sản phẩm), Ý Yên (9 sản phẩm)"
_GRADED = re.compile(
    r"\W*(?:các\s+|những\s+|số\s+)?(?:sản phẩm|sp)\s+(?:ocop\s+)?(?:(?:được|đã|đạt|xếp)\s+)*(?:hạng\s+)?", re.IGNORECASE
)
_LIE_IN = re.compile(r"\s+(?:\w+\s+){0,4}?(?:phân bố|tập trung|trải|nằm|thuộc)(?!\w)", re.IGNORECASE)
_SINGLE = re.compile(r"(?<!\w)0?([1-5])\s?sao(?!\w)", re.IGNORECASE)
_AND_GRADE = re.compile(r"\s*(?:,|(?<!\w)và)\s+(?:(?:đạt|hạng)\s+)*", re.IGNORECASE)
_MAKES_UP = re.compile(
    r"[^,;]*,?\s*(?:(?<!\w)(?:chiếm|bằng|tương đương|ứng với|tức)(?!\w)|\()\s*(?:\w+\s+){0,3}", re.IGNORECASE
)
_THAT_IS = re.compile(r"[^;.]*(?<!\w)(?:tức|tương đương|tương ứng|nghĩa là|hay)\s+(?:\w+\s+){0,2}", re.IGNORECASE)
_RAISED_TO = re.compile(r"[^,;.:()\d]{0,40}(?<!\w)lên(?:\s+(?:hạng|mức|thành))?\s+", re.IGNORECASE)
_GROWS = re.compile(r"\s*[,(]?\s*(?:tăng|giảm|nhiều hơn|ít hơn)(?:\s+(?:thêm|hơn|khoảng|gần|trên))*\s+", re.IGNORECASE)
_LISTS_ON = re.compile(
    r"[^,;.:()]{0,30}\dsao|[^,;.:()]{0,30}(?:\d\ssao)[^,;.:()]{0,20}(?:,|\svà)\s+(?:\w+\s+){0,2}", re.IGNORECASE
)
_RISES = re.compile(r"[^;.]*(?<!\w)(?:tăng|giảm|nâng)(?!\w)[^;.]*(?<!\w)từ\s+", re.IGNORECASE)
_AWARDED = re.compile(r"(?<!\w)(?:thưởng|hỗ trợ)\s+(?:[^\s,;.]+\s+){0,3}$", re.IGNORECASE)
_EACH = re.compile(r"(?<!\w)(?:mỗi|một|các|cho)\s+(?:[^\s,;.]+\s+){0,2}?(?:sản phẩm|sp)(?!\w)[^;.]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Starred:
    """The grades that limit a number, and the words that say they are not given yet, where there are some."""

    mention: StarMention
    potential: Span | None


def place_stars(text: str, mentions: Sequence[StarMention], counts: Sequence[Counted]) -> dict[int, Starred]:
    """Which counts the grades of a sentence limit, by their place in `counts`.

    A grade limits the number before it ("18 sản phẩm đạt 4 sao"), or the one it leads on to ("4 sao có 18 sản phẩm").
    """
    counts = [one if one.what not in _DURATIONS else replace(one, what="điểm") for one in counts]  # neither has a grade
    placed: dict[int, Starred] = {}
    free: list[StarMention] = []
    topics: set[int] = set()  # counts whose grade is what the clause is about: "hạng 5 sao gồm …"
    for mention in mentions:
        before = max((place for place, one in enumerate(counts) if one.end <= mention.start), default=None)
        after = min((place for place, one in enumerate(counts) if one.number.start >= mention.end), default=None)
        since = counts[before].end if before is not None else 0
        if (
            after is not None
            and counts[after].what != "điểm"
            and (  # a score has no grade
                counts[after].start <= mention.start  # within "số sản phẩm 4 sao là 62"
                or _leads_on(text, since, mention, counts[after], taken=before in placed or before is None)
            )
        ):
            potential = potential_in(text, _clause_start(text, since, mention.start), mention.start)
            if _GROUP.search(text, mention.end, counts[after].number.start):
                topics.add(after)
            placed[after] = Starred(mention=mention, potential=potential)
        elif before in placed and _RAISED_TO.fullmatch(text, placed[before].mention.end, mention.start):
            # "15 sản phẩm 4 sao được nâng hạng lên 5 sao": the star they are to have
            placed[before] = Starred(mention=mention, potential=placed[before].potential)
        elif before is not None and before not in placed and _reaches(text, since, mention.start):
            before = _whose(text, counts, before, mention, placed)
            if counts[before].what == "điểm":
                free.append(mention)
                continue
            stop = counts[after].start if after is not None else len(text)
            potential = _not_given(text, counts[before].number.start, since, mention.end, stop)
            placed[before] = Starred(mention=mention, potential=potential)
        else:
            free.append(mention)
    _respective(text, counts, placed)
    _inherited(text, counts, placed, topics)
    for part, total in shared_out(text, counts, {place: one.mention.end for place, one in placed.items()}).items():
        placed[part] = placed[total]
    _topical(text, mentions, counts, placed)
    _asked_for(text, counts, placed)
    _rewarded(text, free, counts, placed)
    _raised(text, free, counts, placed)
    return placed


def _asked_for(text: str, counts: Sequence[Counted], placed: dict[int, Starred]) -> None:
    """What asks for a grade before its number asks for those listed behind it too."""
    for one, two in pairwise(sorted(placed)):
        first, second = placed[one], placed[two]
        asked, opens = first.potential, min(counts[one].start, first.mention.start)
        if asked is None or asked.end > opens or not _ASKS.match(text, asked.start) or second.potential is not None:
            continue
        behind = max(counts[one].end, first.mention.end)
        if _AND_FOR.fullmatch(text, behind, min(counts[two].start, second.mention.start)):
            placed[two] = Starred(mention=second.mention, potential=asked)


def _leads_on(text: str, since: int, mention: StarMention, count: Counted, *, taken: bool) -> bool:
    """Whether a grade is said of the number after it: nothing but a link between, and a new clause before it."""
    if (
        not taken
        and _NEW_CLAUSE.search(text, since, mention.start) is None
        and not _RATIO.search(text, since, mention.start)
    ):
        return False
    if _LEADS_ON.fullmatch(text, mention.end, count.number.start):
        return True
    if count.what == "%" and _RATIO.search(text, since, mention.start):
        return _GRADE_HAS.fullmatch(text, mention.end, count.number.start) is not None
    if count.what not in ("sản phẩm", "hồ sơ"):
        return False
    graded = re.search(
        r"(?<!\w)(?:hạng|nhóm|bậc|mức|phân khúc|loại|chỉ tiêu|mốc)\s+$", text[since : mention.start], re.IGNORECASE
    )
    whole = re.match(r"hạng", text[mention.start : mention.end], re.IGNORECASE)
    return bool(graded or whole) and _GRADE_HAS.fullmatch(text, mention.end, count.number.start) is not None


def _reaches(text: str, since: int, star: int) -> bool:
    """Whether what is said between a noun and a grade still speaks of that noun."""
    those = _OF_THOSE.match(text, since, star)
    between = text[those.end() if those else since : star]
    if _OTHER_MATTER.search(between):
        return False
    if not re.search(r",(?!\d)", between) or _GOES_ON.search(between):
        return True
    return _NAMES_THEN.fullmatch(between) is not None  # "Ba sản phẩm gồm A, B và C đạt 4 sao"


def _whose(text: str, counts: Sequence[Counted], place: int, mention: StarMention, placed: dict[int, Starred]) -> int:
    """The place of the count a grade behind `place` is said of: "11 sản phẩm của 7 chủ thể đạt 3 sao" is of products,
    since neither producers nor places are given grades."""
    if (
        place
        and place - 1 not in placed
        and counts[place].what == "điểm"
        and counts[place - 1].what in ("sản phẩm", "hồ sơ")
    ):
        return place - 1  # "4 sản phẩm đạt trên 90 điểm, đề nghị công nhận 5 sao"
    if re.search(r"(?<!\w)(?:sản phẩm|sp)(?!\w)", text[counts[place].end : mention.start], re.IGNORECASE):
        return place
    owner = place  # "22 sản phẩm của 12 chủ thể thuộc 9 tỉnh": what opens the chain
    while (
        owner
        and owner - 1 not in placed
        and counts[owner].what in PRODUCERS | PLACES
        and OWNED.fullmatch(text, counts[owner - 1].end, counts[owner].start)
    ):
        owner -= 1
    return owner if counts[owner].what == "sản phẩm" else place


def _not_given(text: str, number: int, since: int, star_end: int, stop: int) -> Span | None:
    """The words that say a grade is not given yet: between noun and grade, right behind it, or what asks for it."""
    end = re.compile(r"[;.()]|,(?!\d)|(?<!\w)(?:trong đó|và)(?!\w)").search(text, star_end, stop)
    found = potential_in(text, since, end.start() if end else stop)
    if found is not None:
        return found
    asked = _ASKED_FOR.search(text, max(0, number - 60), number)
    return None if asked is None else Span(asked.start(), asked.end())


def _respective(text: str, counts: Sequence[Counted], placed: dict[int, Starred]) -> None:
    """ "hạng 4 sao và hạng 3 sao lần lượt là 15 và 33 sản phẩm": the first grade with the first number."""
    places = respective(counts)
    if not places:
        return
    first, last = counts[places[0]].start, counts[places[-1]].end
    named = _grades(text, text.rfind(";", 0, first) + 1, first)
    stop = counts[places[-1] + 1].start if places[-1] + 1 < len(counts) else len(text)
    end = re.compile(r"[;.(]").search(text, last, stop)
    behind = _grades(text, last, end.start() if end else stop)
    if len(behind) == len(places) and all(
        _AND_GRADE.fullmatch(text, one.end, two.start) for one, two in pairwise(behind)
    ):
        named = behind  # "lần lượt có 5 và 8 sản phẩm đạt 4 sao và 3 sao"
    if len(named) == 1:  # "riêng hạng 4 sao, các tỉnh này lần lượt có 9, 80 và 34"
        named = named * len(places)
    if len(named) >= len(places):
        for place, mention in zip(places, named[-len(places) :], strict=True):
            placed[place] = Starred(mention=mention, potential=None)


def _grades(text: str, start: int, end: int) -> list[StarMention]:
    """Every single grade of `text[start:end]`, those of a range or list apart."""
    return [
        StarMention(low=int(grade[1]), high=int(grade[1]), start=grade.start(), end=grade.end())
        for grade in _SINGLE.finditer(text, start, end)
    ]


def _inherited(text: str, counts: Sequence[Counted], placed: dict[int, Starred], topics: set[int]) -> None:
    """The grade that a number has from another: "2 trong số 28 sản phẩm 5 sao", "13 sản phẩm 3 sao: Can Lộc (6)"."""
    shared: set[int] = set()
    for place, one in enumerate(counts):
        if one.what == "%" and place and place - 1 in placed and place not in placed:
            if _MAKES_UP.fullmatch(text, counts[place - 1].end, one.start):
                placed[place] = placed[place - 1]  # "824 sản phẩm 3 sao chiếm 84,1%"
            continue
        if (
            one.what == "sản phẩm"
            and place not in placed
            and place + 1 in placed
            and counts[place + 1].what == "%"
            and _MAKES_UP.fullmatch(text, one.end, counts[place + 1].start)
            and re.compile(r"\s?[,)]").match(text, counts[place + 1].end)
        ):
            placed[place] = placed[place + 1]  # "44 sản phẩm, chiếm 90%, đạt 3 sao"
        if (
            one.what == "sản phẩm"
            and place
            and place not in placed
            and place - 1 in placed
            and counts[place - 1].what == "%"
            and _THAT_IS.fullmatch(text, counts[place - 1].end, one.start)
        ):
            placed[place] = placed[place - 1]  # "hạng 3 sao chiếm 91,1 phần trăm, tức 844 sản phẩm"
        out_of = place + 1 < len(counts) and _OUT_OF_NEXT.fullmatch(text, one.end, counts[place + 1].start)
        if (one.manner == "among" or (out_of and one.what == counts[place + 1].what)) and place + 1 in placed:
            starred = placed[place + 1]
            placed[place] = starred
            whole_end = counts[place + 1].end  # "2 trong số 28 sản phẩm vừa được công nhận 5 sao": so are the 28
            if not _JUST.match(text, whole_end) and _REACH_IT.search(text, whole_end, starred.mention.start):
                del placed[place + 1]  # "18 trong số 62 sản phẩm đạt 4 sao": only the 18
        if place in placed:
            continue
        former = next(
            (other for other in range(place - 1, -1, -1) if counts[other].what == one.what and other in placed), None
        )
        if former is None:
            continue
        grows = _GROWS.fullmatch(text, placed[former].mention.end, one.start) if former == place - 1 else None
        since = counts[former - 1].end if former else 0
        if grows and ("(" in grows[0] or not former or ";" in text[since : counts[former].start]):
            placed[place] = placed[former]  # "27 sản phẩm 4 sao, tăng 6 sản phẩm so với năm 2022"
            continue
        totals = [other for other in range(place) if counts[other].what == one.what and counts[other].manner != "named"]
        if one.manner == "named" and len(totals) == 1 and totals[0] in placed:
            placed[place] = placed[totals[0]]
        elif one.manner == "series" and former == place - 1:
            placed[place] = placed[former]
        elif former in topics and _ALSO.fullmatch(text, counts[former].end, one.start) and former == place - 1:
            placed[place] = placed[former]  # "Hạng 5 sao gồm 79 sản phẩm mới, cộng 9 sản phẩm được công nhận lại"
            topics.add(place)
        elif _is_part(text, counts, former, place, shared):
            placed[place] = placed[former]
            shared.add(place)
        elif _OF_WHICH.search(text, 0, counts[former].number.start) and not placed[former].potential:
            placed[place] = placed[former]  # "Trong 47 sản phẩm 5 sao, Hà Nội góp ba sản phẩm"


def _topical(text: str, mentions: Sequence[StarMention], counts: Sequence[Counted], placed: dict[int, Starred]) -> None:
    """The grade that a sentence opens with is that of all its products: "Ở hạng 5 sao, tỉnh có 3 sản phẩm, …"."""
    for nth, mention in enumerate(mentions):
        start = re.match(r"(?:hạng\s+)?", text[mention.start : mention.end], re.IGNORECASE)
        lead = text[: mention.start + (start.end() if start else 0)]
        colon = text.startswith(":", mention.end)  # "Hạng 4 sao: Vị Xuyên 6 sản phẩm, Bắc Quang 5 sản phẩm"
        opens = _TOPIC.search(lead) and re.match(r"\s*[,:]", text[mention.end :])
        opens = opens or (_HEADS.search(lead) if colon else None)
        opens = opens or (_OUT_OF_GRADE.search(lead) and re.match(r"[^,;:.\d]*,", text[mention.end :]))
        if not opens and not (_GRADED.fullmatch(lead) and _LIE_IN.match(text, mention.end)):
            continue
        stop = mentions[nth + 1].start if nth + 1 < len(mentions) else len(text)
        end = re.compile(r"[.;]\s").search(text, mention.end, stop)
        for place, one in enumerate(counts):
            within = mention.end <= one.start and one.end <= (end.start() if end else stop)
            if within and one.what in ("sản phẩm", "hồ sơ") and place not in placed:
                placed[place] = Starred(mention=mention, potential=None)


def _is_part(text: str, counts: Sequence[Counted], former: int, place: int, shared: set[int]) -> bool:
    """Whether a count is some of a graded one: "28 sản phẩm 5 sao mới, trong đó 2 sản phẩm của Quảng Nam"."""
    between = text[counts[former].end : counts[place].start]
    if any(counts[other].what == counts[place].what for other in range(former + 1, place)):
        return False
    if ";" in between and former and _LISTS_ON.fullmatch(text, counts[former - 1].end, counts[former].start):
        return False  # "14 sản phẩm 4 sao, 167 sản phẩm 3 sao; trong đó huyện Na Rì có 28": of all of them
    return _WITHIN.search(between) is not None or (former in shared and _NEXT_PART.fullmatch(between) is not None)


def _raised(text: str, free: Sequence[StarMention], counts: Sequence[Counted], placed: dict[int, Starred]) -> None:
    """ "sản phẩm 5 sao tăng gấp đôi, từ 4 sản phẩm năm 2023 lên 8 sản phẩm": both are of the grade."""
    for place in range(1, len(counts)):
        first, second = counts[place - 1], counts[place]
        if first.what != second.what or place in placed or first.what not in ("sản phẩm", "hồ sơ", "%", "đồng", "usd"):
            continue
        named = [mention for mention in free if mention.end <= first.start]
        if place - 1 in placed:
            named = [one for one in (placed[place - 1].mention,) if one.end <= first.start]
        if first.what in ("đồng", "usd") and named and "," in text[named[-1].end : first.start]:
            continue  # "Sau khi được công nhận 4 sao, giá tăng từ 30.000 đồng lên 45.000 đồng"
        if not named or not _RISES.fullmatch(text, named[-1].end, first.start):
            continue
        if re.fullmatch(r"[^;.]*(?<!\w)(?:lên|xuống|còn)\s+(?:\w+\s+){0,2}", text[first.end : second.start]):
            placed[place - 1] = placed[place] = Starred(mention=named[-1], potential=None)


def _rewarded(text: str, free: Sequence[StarMention], counts: Sequence[Counted], placed: dict[int, Starred]) -> None:
    """Money for what reaches a grade: "mỗi sản phẩm đạt 3 sao được thưởng 8 triệu đồng"."""
    for place, one in enumerate(counts):
        if one.what != "đồng" or place in placed:
            continue
        since = counts[place - 1].end if place else 0
        named = [mention for mention in free if since <= mention.start and mention.end <= one.start]
        each = len(named) == 1 and (
            _EACH.search(text, since, named[0].start) or _AWARDED.search(text, named[0].end, one.number.start)
        )
        if each and ";" not in text[named[0].end : one.start]:
            placed[place] = Starred(mention=named[0], potential=None)


def _clause_start(text: str, start: int, end: int) -> int:
    return max((match.end() for match in _NEW_CLAUSE.finditer(text, start, end)), default=start)
