"""Which district, town or commune each number of a sentence is limited to."""

import re
from collections.abc import Sequence

from crawler.article import Article
from index.figures.clauses import chain
from index.figures.counts import respective
from index.figures.figure import NATIONAL
from index.figures.place import RANKED, Home, is_owner
from index.figures.reading import Reading
from index.figures.subplace import CAPITAL, RANK, Subplace, find_subplaces, full_rank, is_known, level_of
from index.places.district_print import bare
from index.places.named import Mention, find_places
from index.span import Span

_ALL = re.compile(
    r"(?<!\w)(?:toàn\s+tỉnh|cả\s+tỉnh|cả\s+nước|toàn\s+quốc|(?:trên\s+)?địa\s+bàn\s+tỉnh|của\s+tỉnh(?!\s+này)|tỉnh\s+(?:đã|hiện|có|dự\s+kiến|sẽ|phấn\s+đấu|đặt|đang|vừa|mới|chọn|hỗ\s+trợ))(?!\w)",
    re.IGNORECASE,
)
_RANKS = r"huyện|thị\s+xã|quận|xã|phường|thị\s+trấn"
_DOES = (
    r"này|đã|sẽ|có|hiện|đang|cũng|còn|mới|vừa|phấn\s+đấu|công\s+nhận|tạo|đóng\s+góp|tổ\s+chức|hỗ\s+trợ|được|chưa|đạt|nhận|"
    r"xây\s+dựng|đưa|đặt|dự\s+kiến|kỳ\s+vọng|dành|bố\s+trí|tiếp\s+tục|triển\s+khai|định\s+hướng|thực\s+hiện|huy\s+động|thu\s+hút"
)


def _taken_up(ranks: str) -> re.Pattern[str]:
    """The district told of before: "toàn huyện", "quận sẽ có", "của xã"."""
    several = "".join(
        rf"(?<!{word} )" for word in ("cấp", "các", "là", "một", "mỗi", "mọi", "từng", "nhiều", "số", "tác")
    )
    bodies = "|".join(rf"(?<=UBND {rank}, )" for rank in ("huyện", "xã", "quận", "phường"))
    return re.compile(
        rf"(?<!\w)(?:(?:toàn|cả|của|trong|ở|tại|địa\s+bàn|ngoài)\s+(?P<of>{ranks})(?!\s+(?:hội|viên|ủy|nào|khác|,))|"
        rf"{several}(?:(?<=\d{{4}} )|(?<!\d ))(?:{bodies}|(?<!huyện, )(?<!xã, )(?<!quận, )(?<!phường, ))"
        rf"(?P<does>{ranks})\s+(?:{_DOES}))(?!\w)(?!\s+(?-i:[A-ZĐ]))",
        re.IGNORECASE,
    )


_AGAIN = _taken_up(_RANKS)
_AGAIN_TOWN = _taken_up(rf"{_RANKS}|thành\s+phố")
_AT = re.compile(
    r"[^,;:.()]{0,60}(?<!\w)(?:của|tại|ở|thuộc|trên\s+địa\s+bàn|cho|được)\s+(?:(?:UBND|Hội\s+đồng)\s+)?|\s+",
    re.IGNORECASE,
)
# "24 hộ ở làng bún Ngãi Chánh, xã Nhơn Hậu"
_AT_HAMLET = re.compile(
    r"[^,;:.()\d]{0,30}(?<!\w)(?:của|tại|ở|thuộc)\s+(?:thôn|làng|ấp|bản|khóm|buôn|tổ|khu)(?!\w)[^,;:.()]{1,40},\s+",
    re.IGNORECASE,
)
# "huyện Văn Bàn (Lào Cai)", "phường Hải Vân, thành phố Đà Nẵng": the province is said of the place before it.
_WITHIN = re.compile(r"\s*[,(–-]?\s*(?:(?:thuộc|của|ở)\s+)?(?:(?:tỉnh|thành phố|TP\.?)\s*)?", re.IGNORECASE)
_AND_ANOTHER = re.compile(
    rf"\s+và\s+(?:{RANK}\s*)?(?P<name>{CAPITAL}(?:[ \-]{CAPITAL}){{1,3}})\s+"
    r"(?:cùng|đều|mỗi|lần\s+lượt|mới|đã|hiện|có)(?!\w)"
)
_AND_NEXT = re.compile(
    rf"\s+và\s+(?:các\s+)?{RANK}\s*{CAPITAL}(?:[ \-]{CAPITAL}){{0,3}}(?!\w)"
    rf"(?!\s*(?:(?:có|với|đạt|là|mới)\s+)?[(:]?\s*\d)"
)
_AND_OTHERS = re.compile(
    rf",\s+(?P<name>{CAPITAL}(?:[ \-]{CAPITAL}){{1,3}})(?:,\s+{CAPITAL}(?:[ \-]{CAPITAL}){{1,3}})*,?\s+(?:và|hoặc)\s"
)
_THEN_ANOTHER = re.compile(rf",\s+(?P<name>{CAPITAL}(?:[ \-]{CAPITAL}){{1,2}})(?=[,.;]|\s*$|\s+và\s)")
_HAS_NEXT = re.compile(r"\s*(?:(?:cũng\s+)?có|với|đạt|:|\(|–|-)?\s*", re.IGNORECASE)  # "… và Thọ Xuân 29 sản phẩm"
# "Huyện Hòa An là nơi có nhiều sản phẩm nhất của tỉnh, với 14", "Chi Lăng, vựa na của tỉnh, có 12": what the place is
# called within the province is still said of the place
_CALLED = re.compile(
    r"\s+(?:(?:cũng|hiện|luôn|vẫn|đang)\s+)*là\s[^,;:.()\d]{0,80}(?<!\w)(?:của|trong|toàn|cả)\s+(?:cả\s+|toàn\s+)?(?:tỉnh\s*)?"
)
_CALLED_ASIDE = re.compile(
    r",\s+(?!(?:các|những|nhiều|còn|đến|hiện|nay|số|tổng)\s)[a-zà-ỹđ][^,;:.()\d]{0,60}\scủa\s+(?:tỉnh\s*)?"
)
_OF_PROVINCE = re.compile(
    r"[^,;:.()]{0,40}(?<!\w)(?:của|toàn|cả|trong)\s+(?:toàn\s+|cả\s+)?(?:tỉnh|nước)(?!\w)", re.IGNORECASE
)
_TOWN = "thành phố"
_COMMUNE = 2  # of the levels of a lesser place
_DISTRICTS_END = "2025-07"
_PLACED = re.compile(r"(?<!\w)(?:tại|ở|của|thuộc|địa\s+bàn|về|đến|riêng|trong\s+đó|nhất\s+là)\s+$", re.IGNORECASE)
_TOGETHER = re.compile(rf"(?P<name>{CAPITAL}(?:[ \-]{CAPITAL}){{1,3}})\s*(?:,|và)\s*$")
# "Gia Bình và huyện Lương Tài"; but "làng Ba Làng, phường Hải Thanh" lies in it
_QUOTED_FIRST = re.compile(r"\s*(?:“[^“”]*”|\"[^\"]*\")\s*(?:,|[-–—]\s)")
_SEVERAL_PLACES = re.compile(
    rf"(?<!\w)(?:các|những|nhiều|hai|ba|bốn|(?<![\d/])\d{1, 2})\s+(?:huyện|xã|phường|quận|địa\s+phương)(?!\w)"
    rf"(?!\s+{CAPITAL})(?!\s+(?:này|trên|có))"
)
_AND_BEFORE = re.compile(rf"(?P<name>{CAPITAL}(?:[ \-]{CAPITAL}){{1,3}})\s+và\s+$")


# "UBND huyện Tràng Định tổ chức …": the paragraph is about the place
_SUBJECT = re.compile(
    r"\W*(?:(?:ngày|sáng|chiều)\s+[\d/]+,\s+)?"
    r"(?:(?:tại|ở|trên địa bàn|hiện|đến nay|UBND|Hội đồng|Phòng|Hội|nông thôn mới|[a-zà-ỹđ]+)\s+){0,3}",
    re.IGNORECASE,
)
# "Bà Phùng Thị Lan ở thôn Vĩnh Ninh, xã Hợp Châu …": so what the paragraph goes on with is of there
_SOMEBODY_AT = re.compile(
    r"\W*(?:ông|bà|anh|chị|HTX|hợp\s+tác\s+xã|cơ\s+sở|công\s+ty|gia\s+đình|hộ|làng\s+nghề|vợ\s+chồng)(?!\w)[^;:.]{0,100}?"
    r"(?:(?<!\w)(?:ở|tại|thuộc)\s+(?:(?:thôn|làng|ấp|bản|khóm|buôn|tổ)\s+[^;:.,()]{1,30},\s+)?|,\s+|\()",
    re.IGNORECASE,
)
# Counts of what a whole country or province has
_WIDER = re.compile(
    r"(?<!\w)(?:(?:toàn|cả|trong|của|ở|địa\s+bàn|các)\s+tỉnh|tỉnh\s+(?:có|đã|hiện|đang|sẽ|còn|ta|này|vừa|mới|được|đạt)|"
    r"cả\s+nước|toàn\s+quốc|các\s+(?:huyện|xã|địa\s+phương|quận)|"
    r"\d+\s+(?:huyện|tỉnh|địa\s+phương)|(?-i:Tỉnh|Sở|Trung ương))(?!\w)",
    re.IGNORECASE,
)


def subject_of(reading: Reading) -> tuple[str, Span | None] | None:
    """The one lesser place a sentence is about, so that those after it in the paragraph are: "Huyện A Lưới mở …"."""
    named = _without_parents(reading.text, reading.subplaces)
    if len({one.name for one in named}) != 1 or not named[0].level:
        return None
    rank = _SUBJECT.fullmatch(reading.text, 0, named[0].start) or _SOMEBODY_AT.fullmatch(
        reading.text, 0, named[0].start
    )
    return (named[0].name, Span(named[0].start, named[0].end)) if rank else None


def is_wider(reading: Reading) -> bool:
    """Whether a sentence speaks of more than a lesser place, or of another."""
    return bool(reading.provinces or reading.subplaces) or _WIDER.search(reading.text) is not None


def bare_districts(article: Article, home: Home) -> list[Subplace]:
    """The districts of the article's province that it names without their rank behind a word of place ("tại Hải Hậu"),
    in an article of before they ended; later the same names are those of communes."""
    day = article.event_date or article.published
    if home.place is None or home.place == NATIONAL or day is None or day >= _DISTRICTS_END:
        return []
    return [
        Subplace(name=article.text[one.start : one.end], level=1, start=one.start, end=one.end)
        for one in bare(article.text, (home.place,), ())
        if _PLACED.search(article.text, max(0, one.start - 30), one.start)
    ]


class Remembered:
    """The lesser places told of so far, for "toàn huyện" and "của xã"."""

    def __init__(self, text: str) -> None:
        """text: what the article is headed with."""
        self._told: list[Subplace] = []
        self.tell(find_subplaces(text))

    def tell(self, named: Sequence[Subplace]) -> None:
        """Remember what a sentence names."""
        self._told += named

    def last(self, rank: str) -> str | None:
        """The place of that rank last told of, or of none, else the last of its level; a town only as such."""
        whole = full_rank(rank)
        level = level_of(whole)
        last = next((one for one in reversed(self._told) if one.rank == whole or (level == 1 and not one.level)), None)
        if last is None and whole != _TOWN:
            last = next((one for one in reversed(self._told) if one.level == level), None)
        return None if last is None else last.name


def subplaces_of(
    reading: Reading, remembered: Remembered, *, towns: bool = False
) -> list[tuple[str, Span | None] | None]:
    """The lesser place each count is limited to, and where the sentence names it; None where there is none. towns:
    whether "thành phố" takes up a town told of before, as it does where the province is none itself.

    It is named behind the noun ("15 sản phẩm của huyện Hải Hậu"), else the last named before the number since anything
    spoke of the whole province.
    """
    text, clauses, counts = reading.text, reading.clauses, reading.spans
    named = _without_parents(text, reading.subplaces)
    found: list[tuple[str, Span | None] | None] = []
    aside: set[int] = set()  # where names stand that say something of a count but do not limit it
    for position, (start, _) in enumerate(counts):
        own: list[Subplace] = []
        for place in chain(clauses, position):
            end, stop = counts[place][1], clauses[place].end
            own += [one for one in named if end <= one.start < stop and _AT.fullmatch(text, end, one.start)]
            own += [one for one in named if end <= one.start and _AT_HAMLET.fullmatch(text, end, one.start)]
        own = own or [one for one in named if is_owner(text, start, one.start)]
        end, stop = counts[position][1], clauses[position].end
        following = counts[position + 1][0] if position + 1 < len(counts) else len(text)
        aside.update(
            one.start
            for one in named
            if end <= one.start < stop and one not in own and not _HAS_NEXT.fullmatch(text, one.end, following)
        )
        before = [
            one
            for one in named
            if one.end <= start and one.start not in aside and not _is_closed(text, one, start, counts)
        ]
        wide = _last_wide(text, named, reading.provinces, start)
        taken_up = _AGAIN_TOWN if towns else _AGAIN
        again = max(taken_up.finditer(text, 0, start), key=lambda match: match.start(), default=None)
        again = again or taken_up.search(text, counts[position][1], clauses[position].end)
        chosen = own[0] if own else before[-1] if before and before[-1].start > wide else None
        if chosen is not None and _with_others(text, chosen):
            chosen, again = None, None  # "Gia Bình và Lương Tài mỗi huyện 12 sản phẩm"
        if (
            again is not None
            and before
            and before[-1].end <= again.start()
            and not text[before[-1].end : again.start()].strip()
        ):
            again = None  # "xã Hồng Việt của huyện này"
        if clauses[position].out_of and _OF_PROVINCE.match(text, counts[position][1]):
            chosen, again = None, None  # "15 sản phẩm trong tổng số 60 sản phẩm 4 sao của tỉnh"
        if again is not None and not own and again.start() > max(wide, before[-1].end if before else -1):
            rank = again["of"] or again["does"]
            same = next(
                (one.name for one in reversed(before) if one.level in (level_of(rank), 0)), remembered.last(rank)
            )
            found.append(None if same is None else (same, Span(again.start(), again.end())))
        else:
            found.append(None if chosen is None else (chosen.name, Span(chosen.start, chosen.end)))
    behind = _of_speaker(text, named)
    if behind is not None:  # “Cơ sở bán được 500 triệu đồng”, bà Liên ở xã Thạch Đài kể
        said = Span(behind.start, behind.end)
        found = [
            (behind.name, said) if limit is None and end < behind.start else limit
            for limit, (_, end) in zip(found, counts, strict=True)
        ]
    listed = respective(reading.counts)
    told = [one for one in named if listed and one.end <= counts[listed[0]][0]][-len(listed) :]
    if listed and len(told) == len(listed):  # "thị xã Điện Bàn và huyện Thăng Bình lần lượt 12 và 9 sản phẩm"
        for place, one in zip(listed, told, strict=True):
            found[place] = one.name, Span(one.start, one.end)
    return found


def _is_closed(text: str, place: Subplace, number: int, counts: Sequence[tuple[int, int]]) -> bool:
    """Whether a place is named in brackets before a number that hold counts of their own: "21 sản phẩm (trong đó Phú
    Quý 5 sản phẩm), lũy kế 102"."""
    opened, closed = text.rfind("(", 0, place.start), text.find(")", place.end)
    if not 0 <= opened < closed < number or text.rfind(")", 0, place.start) > opened:
        return False
    return any(opened < start < closed for start, _ in counts)


def _of_speaker(text: str, named: Sequence[Subplace]) -> Subplace | None:
    """The first lesser place named behind a quotation that a sentence opens with: whoever speaks is there."""
    quoted = _QUOTED_FIRST.match(text)
    return None if quoted is None else next((one for one in named if one.start >= quoted.end()), None)


def _without_parents(text: str, named: Sequence[Subplace]) -> list[Subplace]:
    """The places named, less the districts that only say where a commune lies: "Xã Nam Điền (huyện Nghĩa Hưng)"."""
    return [
        one
        for place, one in enumerate(named)
        if not (
            place
            and named[place - 1].level == _COMMUNE
            and one.level == 1
            and _WITHIN.fullmatch(text, named[place - 1].end, one.start)
        )
    ]


def province_of(text: str, place: Span, mentions: Sequence[Mention]) -> Mention | None:
    """The province said of a lesser place right behind it: "huyện Vĩnh Linh (tỉnh Quảng Trị)"."""
    return next(
        (one for one in mentions if one.start >= place.end and _WITHIN.fullmatch(text, place.end, one.start)), None
    )


def _last_wide(text: str, named: Sequence[Subplace], mentions: Sequence[Mention], before: int) -> int:
    """Where, before an offset, the sentence last spoke of a whole province, or -1."""
    wide = max(
        (
            match.end()
            for match in _ALL.finditer(text, 0, before)
            if not RANKED.search(text, max(0, match.start() - 40), match.start())  # "dẫn đầu toàn tỉnh với 31 sản phẩm"
            and not _is_called(text, named, match.end(), match.end())
        ),
        default=-1,
    )
    several = max((match.end() for match in _SEVERAL_PLACES.finditer(text, 0, before)), default=-1)
    wide = max(wide, several)
    for mention in mentions:
        of = [one for one in named if one.end <= mention.start or one.start <= mention.start < one.end]
        within = bool(of) and (mention.start < of[-1].end or _WITHIN.fullmatch(text, of[-1].end, mention.start))
        if mention.start < before and not within and not _is_called(text, named, mention.start, mention.end):
            wide = max(wide, mention.start)
    return wide


def _is_called(text: str, named: Sequence[Subplace], at: int, end: int) -> bool:
    """Whether the province spoken of before an offset, or named there, is only the one a lesser place is something of:
    "là điểm sáng của tỉnh"."""
    of = next((one for one in reversed(named) if one.end <= at), None)
    if of is None:
        return False
    aside = _CALLED_ASIDE.fullmatch(text, of.end, at) is not None and text.startswith(",", end)
    return aside or _CALLED.fullmatch(text, of.end, at) is not None


def _with_others(text: str, place: Subplace) -> bool:
    """Whether another place is named together with it ("Gia Bình và Lương Tài")."""
    if _AND_NEXT.match(text, place.end):
        return True  # "ở thị xã Hương Trà và các huyện Phú Vang, Phong Điền"
    for pattern in (_AND_ANOTHER, _AND_OTHERS):
        after = pattern.match(text, place.end)
        if after is not None and not find_places(after["name"]) and not find_places(after[0]):
            return True
    ranked = re.match(RANK, text[place.start : place.end]) is not None
    pattern = _AND_BEFORE if ranked else _TOGETHER
    listed = _THEN_ANOTHER.match(text, place.end)
    if listed is not None and is_known(listed["name"]) and not find_places(listed["name"]):
        return True  # "9 cơ sở tại Phú Bình, Phổ Yên"
    match = pattern.search(text, max(0, place.start - 60), place.start)
    return match is not None and not match["name"].isupper() and not find_places(match["name"])
