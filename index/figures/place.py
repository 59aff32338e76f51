"""Where a number is of: the province, or the whole country."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from crawler.article import Article
from index.figures.clauses import Clause, chain
from index.figures.figure import NATIONAL, PlaceFrom
from index.passage import article_provinces
from index.places.named import PROVINCES, Mention, find_places
from index.span import Span

_NATION = re.compile(
    r"(?<!\w)(?:cả\s+nước|toàn\s+quốc|toàn\s+ngành|nước\s+ta|(?<=của\s)Việt\s+Nam|Việt\s+Nam(?=\s+(?:hiện\s+)?(?:đã\s+)?có(?!\w)))(?!\w)",
    re.IGNORECASE,
)
# An article that names no province but speaks for the whole country.
_OF_THE_NATION = re.compile(
    r"(?<!\w)(?:cả\s+nước|toàn\s+quốc|cấp\s+quốc\s+gia|Việt\s+Nam\s+(?:hiện\s+)?(?:đã\s+)?có)(?!\w)", re.IGNORECASE
)
# "đứng đầu cả nước với 62 sản phẩm" is still of the province.
RANKED = re.compile(
    r"(?<!\w)(?:đầu|nhất|nhì|thứ\s+\w+|so\s+với|tốp\s+đầu|top\s+\w+|mặt\s+bằng|bình\s+quân|trung\s+bình)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?<!\w)(?:toàn tỉnh|toàn thành phố|cả tỉnh|(?:trên )?địa bàn tỉnh|tỉnh (?:đã )?có|thành phố (?:đã )?có|"
    r"tổng số|tổng cộng|cả nước|toàn quốc)(?!\w)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\s+(?:[^\s,;]+\s+){0,3}(?:có|ghi nhận|đếm|sở hữu)\s+(?:[^\s,;]+\s+){0,2}", re.IGNORECASE)
_LOCATIVE = re.compile(r"(?<!\w)(?:tại|ở|đến|sang|ra|về|vào)\s[^,;.]*$", re.IGNORECASE)
# "bán ra Hà Nội 20 tấn": where something goes has it not
_GOES_TO = re.compile(
    r"(?<!\w)(?:ra|sang|vào|về|lên|xuống|cho|đi)\s+(?:(?:thị\s+trường|tỉnh|thành\s+phố|TP\.?)\s*)*$", re.IGNORECASE
)
# "10 chủ thể đi học tập tại Đồng Tháp", "30% tiêu thụ ở Hà Nội"
_WENT = re.compile(
    r"(?<!\w)(?:đi|sang|học\s+tập|tham\s+quan|khảo\s+sát|dự|tham\s+gia|xuất|bày\s+bán|trưng\s+bày|giới\s+thiệu|quảng\s+bá|"
    r"tiêu\s+thụ|bán|có\s+mặt|xúc\s+tiến)(?!\w)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:\s+OCOP)?\s+(?:tỉnh\s+)?", re.IGNORECASE)  # "20 chủ thể Hà Tĩnh"
_AT = re.compile(r"(?<!\w)tại\s+(?:(?:tỉnh|thành\s+phố|TP\.?)\s*)?$", re.IGNORECASE)
_ONWARD = re.compile(r",\s+(?!nơi)")
_BESIDE = re.compile(
    r"(?<!\w)(?P<how>sau|hơn|kém|như|cùng|giáp|bằng|vào|với|gồm\s+cả|"
    r"(?:hợp\s+nhất|sáp\s+nhập)(?:\s+(?:từ|giữa|của))?(?:\s+(?:hai|ba|các|\d)(?=\s+tỉnh))?|(?:điển\s+hình|tiêu\s+biểu|nổi\s+bật|nhất)\s+là)\s+"
    r"(?:(?:tỉnh|thành\s+phố|TP\.?)\s*)?$",
    re.IGNORECASE,
)
# "nhiều tỉnh như Sơn La, Điện Biên", "34 tỉnh, điển hình là Bắc Giang, Quảng Ninh": named only as examples
_EXAMPLES = re.compile(r"như|\S+(?:\s+\S+)?\s+là", re.IGNORECASE)
REGION = ""
_REGION = re.compile(
    r"(?<!\w)(?:(?i:vùng|khu\s+vực|các\s+tỉnh)\s+(?:(?i:miền\s+núi|trung\s+du|phía|miền)\s+)*)?"
    r"(?:[Đđ]ồng\s+bằng\s+[Ss]ông\s+(?:Cửu\s+Long|Hồng)|ĐBSCL|ĐBSH|Tây\s+Nguyên|Đông\s+Nam\s+Bộ|Bắc\s+Trung\s+Bộ|"
    r"Nam\s+Trung\s+Bộ|(?<=vùng )(?:Tây|Đông)\s+Bắc|(?<=vực )(?:Tây|Đông)\s+Bắc|(?<=vực )miền\s+Trung|"
    r"(?i:(?:trung\s+du(?:,?\s+và|,)?\s+)?miền\s+núi)\s+(?:(?i:phía)\s+)?Bắc(?:\s+Bộ)?|miền\s+(?:Bắc|Trung|Nam|Tây)(?=\s+(?:có|hiện|đã)))(?!\w)"
)
# "đứng thứ 3 khu vực Tây Nguyên", "một tỉnh Tây Nguyên" are still of the province.
_ORDER = re.compile(
    r"(?<!\w)(?:đầu|nhất|nhì|thứ\s+\w+|so\s+với|của|ở|tại|trong|thuộc|tỉnh|hàng|từ|ra|vào|lên|về)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"(?<!\w)(?:các|những)\s+(?:địa phương|tỉnh)[^,;.:]{0,24}$", re.IGNORECASE)
_AT_FIRST = re.compile(
    r"\W*(?:(?:còn|riêng|trong khi đó,)\s+)?(?:ở|tại)\s+(?:(?:tỉnh|thành\s+phố|TP\.?)\s*)?", re.IGNORECASE
)
_WITH = re.compile(r"\W*(?:với|sở hữu|nhờ có)\s+", re.IGNORECASE)
_OWNER = re.compile(r"(?:[^;.()]|(?<=\d)\.(?=\d)){0,150}?,\s*(?:(?:tỉnh|thành\s+phố|TP\.?)\s*)?", re.IGNORECASE)
_NUMBER_NEXT = re.compile(
    r"\s*(?:\)|,)?\s*(?:nơi\s+(?:hiện\s+|đang\s+)?)?(?::|\(|–|-|(?<!\w)(?:có|là|với)(?!\w))?\s*(?:\w+\s+)?",
    re.IGNORECASE,
)
# "322 sản phẩm của Quảng Ninh", "28 sản phẩm 5 sao của cả nước"
_BEHIND = re.compile(
    r"(?:(?:[^,;:.()]|(?<=tỉnh),(?=\s+thành)){0,60}(?<!\w)(?:của|tại|ở|thuộc|trên\s+địa\s+bàn|trên)\s+(?:(?:tỉnh|thành\s+phố|TP\.?)\s*)?)",
    re.IGNORECASE,
)
_COORDINATE = re.compile(r"\s*(?:,|và)\s*(?:(?:tỉnh|thành\s+phố|TP\.?)\s*)?", re.IGNORECASE)
# "…, tỉnh có 80 HTX": the article's own
_OWN = re.compile(
    r"(?<!\w)(?:(?:toàn|cả)\s+tỉnh|tỉnh\s+(?:có|hiện|đã|đang|sẽ|còn|ta|mới|phấn\s+đấu))(?!\w)", re.IGNORECASE
)
# "Nhập với Hải Dương, Hải Phòng có 700 sản phẩm": what has something is no more of those beside
_HAS_NEXT = re.compile(
    r",\s*(?:(?:tỉnh|thành\s+phố|TP\.?)\s*)?(?P<name>\S[^,;:.]*?)\s+(?:(?:hiện|nay|đã|đang|mới|còn|cũng|sẽ|vẫn|vừa)\s+)*"
    r"(?:có|được|đạt|công\s+nhận|sở\s+hữu|là|trở|đứng|dẫn|ghi\s+nhận|phấn\s+đấu|đặt|góp|vươn)(?!\w)",
    re.IGNORECASE,
)
# "Sau khi sáp nhập Bình Thuận, tỉnh có 124 xã": the one merged is the article's own
_MERGED_HAS = re.compile(
    r"(?<!\w)(?:sáp\s+nhập|hợp\s+nhất|nhập|về\s+chung)(?!\w)[^.]*,\s+(?:toàn\s+|cả\s+)?tỉnh\s+(?:mới\s+)?(?:có|hiện|đã|đang|sẽ|còn)(?!\w)",
    re.IGNORECASE,
)
_TOWN_RANK = re.compile(r"(?<!\w)(?:thành\s+phố|TP\.?|huyện|thị\s+xã)\s*$", re.IGNORECASE)
_SO_MANY_PROVINCES = re.compile(r"(?<!\w)(?:hai|ba|bốn|năm|\d+)\s+tỉnh(?:,\s+thành\s+phố)?:?\s+$", re.IGNORECASE)
_PART = re.compile(r"(?<!\w)(?:trong\s+(?:số\s+)?(?:đó|này)|riêng)(?!\w)", re.IGNORECASE)
_OUT_OF = re.compile(r"\W*trong\s+(?:(?:tổng\s+)?số\s+)?(?:\w+\s+)?", re.IGNORECASE)
_TO_NUMBER = re.compile(r",?[^,;:.()\d]{0,40}")
_PLACED_AT = re.compile(
    r"(?<!\w)(?:tại|ở)\s+(?:(?:tỉnh|thành\s+phố|TP\.?)\s*)?$", re.IGNORECASE
)  # "12 cửa hàng tại TP.HCM"
_REACH = 600
_LEAD = 600  # characters of an article that may say what it is about, as in `article_provinces`
_STOP = re.compile(r"\.\s|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The province an article as a whole is about, and what says so; `keys` are all that its title or lead names.

    nation: no source declares it, and the text somewhere speaks of the whole country.
    """

    place: str | None
    source: PlaceFrom | None
    keys: tuple[str, ...]
    nation: bool = False

    @property
    def is_city(self) -> bool:
        """Whether it is a city of its own, so that "thành phố" speaks of it."""
        return self.place in PROVINCES and "thành phố" in PROVINCES[self.place].label


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A province's key or "viet-nam", and the words of the text that name it; None where they do not.

    key: empty where they name a region of several provinces ("Tây Nguyên").
    """

    key: str | None
    span: Span | None


def home_of(article: Article) -> Home:
    """The one province an article is about; none where its title or the sentence that first names one names several.

    Where no source declares it and the title names none, the country is, if it is spoken of before any province.
    """
    keys = article_provinces(article)
    if article.place is None and not find_places(article.title):
        lead = article.text[:_LEAD]
        found = find_places(lead)
        mentions = [(one.key, one.start, one.end) for one in found if not _is_venue(lead, one.start, one.end)]
        beside = _beside(lead, mentions)
        mentions = [one for one in mentions if not _EXAMPLES.fullmatch(beside.get(one[1], ""))]
        nation = _OF_THE_NATION.search(f"{article.title}\n{lead}")
        before = len(article.title) + 1 + (mentions[0][1] if mentions else _LEAD)
        if nation is not None and nation.start() < before:
            return Home(place=NATIONAL, source="lead", keys=())
        stop = _STOP.search(lead, mentions[0][2] if mentions else 0)
        first = [one for one in mentions if one[2] <= (stop.start() if stop else _LEAD) and one[1] not in beside]
        keys = tuple(dict.fromkeys(one[0] for one in first)) or (keys if len(mentions) == len(found) else ())
    if len(keys) > 1:  # "Tây Ninh trước ngày nhập với Long An" is about the first
        named = [(mention.key, mention.start, mention.end) for mention in find_places(article.title)]
        beside = _beside(article.title, named)
        subjects = tuple(dict.fromkeys(one[0] for one in named if one[1] not in beside))
        keys = subjects if len(subjects) == 1 else keys
    if len(keys) != 1:
        return Home(place=None, source=None, keys=keys)
    if article.place is not None:
        return Home(place=keys[0], source="source", keys=keys)
    in_title = any(mention.key == keys[0] for mention in find_places(article.title))
    speaks = _OF_THE_NATION.search(f"{article.title}\n{article.text}") is not None
    return Home(place=keys[0], source="title" if in_title else "lead", keys=keys, nation=speaks)


def _is_venue(text: str, start: int, end: int) -> bool:
    """Whether a province is only where a meeting was held: "Sáng 25/7, tại Hà Nội, Bộ trao chứng nhận …"."""
    held = _AT.search(text, max(0, start - 30), start)
    return held is not None and _ONWARD.match(text, end) is not None


def places_of(
    text: str,
    mentions: Sequence[Mention],
    counts: Sequence[tuple[int, int]],
    home: Home,
    clauses: Sequence[Clause] = (),
    *,
    shares: Collection[int] = (),
) -> list[Place]:
    """The place each count of a sentence is of, as far as the sentence names one.

    It is named right behind the noun ("sản phẩm của Quảng Ninh"), else the last named before the number, else the only
    one the sentence names, where the article is about it. shares: which counts are percentages; the country named
    behind one is what it is a share of ("chiếm 21,3% tổng số sản phẩm cả nước").
    """
    named = [
        *((mention.key, mention.start, mention.end) for mention in mentions if not _in_brackets(text, mention.start)),
        *(
            (NATIONAL, match.start(), match.end())
            for match in _NATION.finditer(text)
            if not RANKED.search(text, max(0, match.start() - 40), match.start())
        ),
    ]
    named += [
        (REGION, match.start(), match.end())
        for match in _REGION.finditer(text)
        if not _ORDER.search(text, max(0, match.start() - 40), match.start())
        or _SEVERAL.search(text, max(0, match.start() - 40), match.start())
    ]
    named.sort(key=lambda one: one[1])
    found: list[Place] = []
    behind: set[int] = set()  # where the names stand that belong to the count before them
    beside = _beside(text, named)
    for position, (start, _) in enumerate(counts):
        own = next(
            (
                one
                for place in (chain(clauses, position) if clauses else ())
                for one in named
                if not (place > position and clauses[place].out_of)
                and not (position in shares and one[0] == NATIONAL)
                and counts[place][1] <= one[1] < clauses[place].end
                and _is_behind(text, counts[place][1], one)
            ),
            None,
        )
        if own is not None:
            behind.add(own[1])
            if _heads_list(text, named, own):
                own = (REGION, *own[1:])  # "Ba tỉnh Phú Thọ, Vĩnh Phúc và Hòa Bình": of none
        if position in shares and clauses:  # "chiếm hơn 20% cả nước" says of what it is a share
            stop = clauses[position].end
            behind.update(one[1] for one in named if one[0] == NATIONAL and counts[position][1] <= one[1] < stop)
        own = own or next((one for one in named if is_owner(text, start, one[1])), None)
        before = [
            one
            for one in named
            if max(0, start - _REACH) <= one[1] < start
            and one[1] not in behind
            and _is_subject(text, one, start, home, beside)
        ]
        chosen = own or (before[-1] if before else None)
        if chosen is not None and chosen[0] not in (NATIONAL, REGION) and _is_joined(text, named, chosen):
            chosen = (REGION, chosen[1], chosen[2])  # "Thái Nguyên và Hà Giang cùng có 6 sản phẩm": of none
        merged = _MERGED_HAS.search(text, 0, start)
        if own is None and merged is not None and chosen is not None and chosen[1] < merged.end() and home.place:
            found.append(Place(key=None, span=None))
            continue
        if home.source != "source" and own is None and (several := _exemplary(text, named, beside, start)) is not None:
            chosen = (REGION, *several)
        if chosen is None and len({one[0] for one in named}) == 1 and named[0][0] in home.keys:
            chosen = None if _is_venue(text, *named[0][1:]) else named[0]
            if chosen is not None and _has_part(text, counts, position, chosen[1]):
                # "Bộ công nhận 28 sản phẩm, trong đó có 2 sản phẩm của Quảng Nam"
                found.append(Place(key=NATIONAL if home.nation else REGION, span=None))
                continue
        since = counts[position - 1][1] if position else 0
        passing = bool(found) and _PLACED_AT.search(text, 0, found[-1].span.start if found[-1].span else 0) is None
        if chosen is None and before == [] and passing and found[-1].key and not _OWN.search(text, since, start):
            found.append(found[-1])
            continue
        found.append(
            Place(key=None, span=None) if chosen is None else Place(key=chosen[0], span=Span(chosen[1], chosen[2]))
        )
    return found


def is_owner(text: str, number: int, name: int) -> bool:
    """Whether a place named at an offset has what "Với N …" before it counts: "Với 64 sản phẩm, Đà Nẵng đứng sau …"."""
    opening = _WITH.match(text)
    return (
        opening is not None
        and number < name
        and "," not in text[opening.end() : number]
        and _OWNER.fullmatch(text, number, name) is not None
    )


def is_whole(text: str, number: int, mentions: Sequence[Mention]) -> bool:
    """Whether the words before a number say that it is the total of a place ("toàn tỉnh có", "Nam Định hiện có")."""
    if _WHOLE.search(text, max(0, number - _REACH), number):
        return True
    earlier = [mention for mention in mentions if mention.end < number]
    return bool(earlier) and _SUBJECT.fullmatch(text, earlier[-1].end, number) is not None


def _is_behind(text: str, noun_end: int, named: tuple[str, int, int]) -> bool:
    key, start, _ = named
    if _JOINED.fullmatch(text, noun_end, start):
        return True
    if _BEHIND.fullmatch(text, noun_end, start):
        return not _WENT.search(text, noun_end, start)
    return (
        key == NATIONAL
        and re.fullmatch(r"(?:[^,;:.()]|(?<=tỉnh),(?=\s+thành)){0,60}\s", text[noun_end:start]) is not None
    )


def _heads_list(text: str, named: Sequence[tuple[str, int, int]], one: tuple[str, int, int]) -> bool:
    """Whether a province is the first of those that "ba tỉnh" names."""
    place = named.index(one)
    following = named[place + 1] if place + 1 < len(named) else None
    if following is None or not _SO_MANY_PROVINCES.search(text, max(0, one[1] - 30), one[1]):
        return False
    return _COORDINATE.fullmatch(text, one[2], following[1]) is not None


def _has_part(text: str, counts: Sequence[tuple[int, int]], place: int, name: int) -> bool:
    """Whether a province named behind a count has only some of it: "28 sản phẩm, trong đó 2 của Quảng Nam", "Trong 47
    sản phẩm có 3 sản phẩm của Hà Nội"."""
    end = counts[place][1]
    if _TOWN_RANK.search(text, max(0, name - 12), name):
        return False  # of a chief town of the province's name
    if name < end or place + 1 == len(counts) or re.compile(r"[.;]\s").search(text, end, name):
        return False
    if _PART.search(text, end, name):
        return True
    return name > counts[place + 1][0] and _OUT_OF.fullmatch(text, 0, counts[place][0]) is not None


def _exemplary(
    text: str, named: Sequence[tuple[str, int, int]], beside: dict[int, str], number: int
) -> tuple[int, int] | None:
    """Where the last of several provinces stands that are named only as examples right before a number."""
    before = [one for one in named if one[1] < number]
    if len(before) < 2 or not all(_EXAMPLES.fullmatch(beside.get(one[1], "")) for one in before[-2:]):
        return None
    return before[-1][1:] if _TO_NUMBER.fullmatch(text, before[-1][2], number) else None


def _is_joined(text: str, named: Sequence[tuple[str, int, int]], one: tuple[str, int, int]) -> bool:
    """Whether a province is named in one breath with another before it."""
    place = named.index(one)
    former = named[place - 1] if place else None
    return (
        former is not None
        and former[0] not in (NATIONAL, REGION, one[0])
        and re.fullmatch(r"\s+(?:và|cùng)\s+(?:(?:tỉnh|thành\s+phố|TP\.?)\s*)?", text[former[2] : one[1]]) is not None
    )


def _beside(text: str, named: Sequence[tuple[str, int, int]]) -> dict[int, str]:
    """Where the places stand that something is only beside ("sau Đồng Tháp", "cùng Nam Định và Hà Nam"), and how."""
    found: dict[int, str] = {}
    ended = False  # the list of those beside, by its "và"
    for place, (_, start, end) in enumerate(named):
        cue = _BESIDE.search(text, max(0, start - 30), start)
        former = named[place - 1] if place else None
        if cue is not None:
            found[start], ended = cue["how"].lower(), False
        elif former is not None and former[1] in found and _COORDINATE.fullmatch(text, former[2], start):
            has = _HAS_NEXT.match(text, former[2])
            if ended or (has is not None and has.end("name") == end and not _EXAMPLES.fullmatch(found[former[1]])):
                continue
            found[start], ended = found[former[1]], "," not in text[former[2] : start]
    return found


def _is_subject(text: str, named: tuple[str, int, int], number: int, home: Home, beside: dict[int, str]) -> bool:
    """Whether a place named before a number may be what the number is of, rather than where, or beside what."""
    key, start, end = named
    if key in (NATIONAL, REGION):
        return True
    if start in beside:  # "đứng sau Đồng Tháp 265 sản phẩm"
        next_to = _NUMBER_NEXT.fullmatch(text, end, number) is not None
        # "cùng với Quảng Nam (350 sản phẩm)"
        how = beside[start]
        return next_to and (how in ("sau", "hơn", "kém") or how.endswith(" là") or "(" in text[end:number])
    if _NUMBER_NEXT.fullmatch(text, end, number):
        return not (home.source == "source" and _is_venue(text, start, end)) and not _GOES_TO.search(
            text, max(0, start - 30), start
        )
    if home.source != "source" and _AT_FIRST.fullmatch(text, 0, start):
        return True  # "Còn ở Trà Vinh, con số là 98 sản phẩm"
    if home.place != key and _is_venue(text, start, end):
        return False
    return key in home.keys or not _LOCATIVE.search(text, max(0, start - 30), start)


def _in_brackets(text: str, at: int) -> bool:
    return text.count("(", 0, at) > text.count(")", 0, at)
