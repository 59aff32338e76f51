"""The district, town or commune that a number is limited to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.clauses import Clause, chain
from index.places import PROVINCES, Mention, find_places
from index.span import Span
from index.text import CAPITALS

_CAPITAL = rf"(?:[{CAPITALS}][\w’']*)"
_NAME = rf"{_CAPITAL}(?:[ \-]{_CAPITAL}){{0,3}}"
_RANK = (
    r"(?:(?i:huyện|thị\s+xã|thành\s+phố|quận|xã|phường|thị\s+trấn|đặc\s+khu)(?!\w)|(?<!\w)(?:TP|Tp|TX|Tx|TT|H|Q|X|P)\.|(?:TP|TX)(?!\w))"
)
_KIND = r"(?:(?i:miền\s+núi|đảo|biên\s+giới|vùng\s+cao|ven\s+biển|nghèo|trung\s+du|nông\s+thôn\s+mới)\s+)?"
_RANKED = re.compile(rf"(?<!\w)(?P<rank>{_RANK})\s*(?<=[\s.]){_KIND}(?P<name>{_NAME})")
# A name that opens a clause and is said to have something, without its rank: "Hải Hậu có 15 sản phẩm", "Can Lộc (6)".
_BARE = re.compile(
    r"(?:^|[,;:(–]\s|(?<!\w)(?i:và|trong đó|riêng|còn|như|gồm|là|đến|tiếp|đó)\s)\s*[“\"]?"
    rf"(?P<name>{_CAPITAL}(?:[ \-]{_CAPITAL}){{1,2}})"
    r"(?=\s*(?:\(\s*\d|:\s*\d|\d|(?i:hiện|đang|đã|mới|chỉ|cũng|vừa|cùng|có|đạt|với|dẫn đầu|đứng|góp|sở hữu|công nhận|"
    r"là (?:địa phương|huyện|đơn vị|xã|thành phố|nơi)|cũng là|mỗi huyện)(?!\w)))"
)
_BEFORE_BRACKET = re.compile(rf"(?<!\w)(?P<name>{_CAPITAL}(?:[ \-]{_CAPITAL}){{0,2}})\s*\(\s*(?:(?i:tỉnh|thành phố|TP\.?)\s*)?$")
_BODY = re.compile(
    r"(?:sở|ban|bộ|phòng|cục|chi cục|công (?:ty|thương|an|đoàn)|trung (?:tâm|ương)|liên (?:minh|hiệp)|văn phòng|đoàn|ủy|viện|"
    r"hội (?!an)|trường|ngân hàng|tổng|chợ|báo|đài|chương trình|festival|hợp tác|tổ|đảng|tỉnh|việt nam|thủ đô)(?!\w)",
    re.IGNORECASE,
)
_SURNAMES = frozenset("nguyễn trần phạm lê huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý hoàng trịnh đinh mai".split())
_ALL = re.compile(
    r"(?<!\w)(?:toàn\s+tỉnh|cả\s+tỉnh|cả\s+nước|toàn\s+quốc|(?:trên\s+)?địa\s+bàn\s+tỉnh|của\s+tỉnh(?!\s+này)|tỉnh\s+(?:đã|hiện|có))(?!\w)",
    re.IGNORECASE,
)
# The district told of before: "toàn huyện", "quận sẽ có", "của xã".
_AGAIN = re.compile(
    r"(?<!\w)(?:(?:toàn|cả|của|trong|ở|tại|địa\s+bàn|ngoài)\s+(?P<of>huyện|thị\s+xã|quận|xã|phường|thị\s+trấn)(?!\s+(?:hội|viên|ủy|nào|khác|,))|"
    r"(?<!cấp )(?<!các )(?<!mỗi )(?<!mọi )(?<!từng )(?<!nhiều )(?<!số )(?:(?<=\d{4} )|(?<!\d ))(?<!huyện, )(?<!xã, )(?<!quận, )(?<!phường, )(?P<does>huyện|thị\s+xã|quận|xã|phường|thị\s+trấn)\s+"
    r"(?:này|đã|sẽ|có|hiện|đang|cũng|còn|mới|vừa|phấn\s+đấu|công\s+nhận|tạo|đóng\s+góp|tổ\s+chức|hỗ\s+trợ|được|chưa|đạt|nhận|"
    r"xây\s+dựng|đưa|đặt|dự\s+kiến))(?!\w)(?!\s+(?-i:[A-ZĐ]))",
    re.IGNORECASE,
)
_AT = re.compile(
    r"[^,;:.()]{0,60}(?<!\w)(?:của|tại|ở|thuộc|trên\s+địa\s+bàn|cho|được)\s+(?:(?:UBND|Hội\s+đồng)\s+)?|\s+", re.IGNORECASE
)
# "huyện Văn Bàn (Lào Cai)", "phường Hải Vân, thành phố Đà Nẵng": the province is said of the place before it.
_WITHIN = re.compile(r"\s*[,(–-]?\s*(?:(?:thuộc|của|ở)\s+)?(?:(?:tỉnh|thành phố|TP\.?)\s*)?", re.IGNORECASE)
_LEVELS = {"huyện": 1, "quận": 1, "thị xã": 1, "thành phố": 1, "tp": 1, "tx": 1, "h": 1, "q": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subplace:
    """A lesser place named at `text[start:end]`, its rank included; `name` without it, in common letters.

    level: 1 for a district or town, 2 for a commune, 0 where no rank is said.
    """

    name: str
    level: int
    start: int
    end: int


def find_subplaces(text: str, mentions: Sequence[Mention] = ()) -> list[Subplace]:
    """The districts, towns and communes a sentence names, in order: with their rank, before their province in brackets
    ("A Lưới (Thừa Thiên Huế)"), or as what a clause is about. mentions: of provinces in it."""
    found = [
        Subplace(name=_common(match["name"]), level=_level(match["rank"]), start=match.start(), end=match.end())
        for match in _RANKED.finditer(text)
        if not _is_province(match["rank"], match["name"])
    ]
    bracketed = [
        match for mention in mentions if (match := _BEFORE_BRACKET.search(text, max(0, mention.start - 60), mention.start))
    ]
    for match in [*bracketed, *_BARE.finditer(text)]:
        start, end = match.span("name")
        if not any(other.start < end and start < other.end for other in found) and _may_be_place(match["name"]):
            found.append(Subplace(name=_common(match["name"]), level=0, start=start, end=end))
    return sorted(found, key=lambda place: place.start)


class Remembered:
    """The lesser places told of so far, for "toàn huyện" and "của xã"."""

    def __init__(self, text: str) -> None:
        """text: what the article is headed with."""
        self._by_level: dict[int, str] = {}
        self.tell(find_subplaces(text))

    def tell(self, named: Sequence[Subplace]) -> None:
        """Remember what a sentence names."""
        for place in named:
            self._by_level[place.level] = place.name
            if place.level == 0:
                self._by_level[1] = place.name

    def last(self, rank: str) -> str | None:
        """The place of that rank last told of."""
        return self._by_level.get(_level(rank))


def subplaces_of(
    text: str,
    named: Sequence[Subplace],
    mentions: Sequence[Mention],
    counts: Sequence[tuple[int, int]],
    clauses: Sequence[Clause],
    remembered: Remembered,
) -> list[tuple[str, Span | None] | None]:
    """The lesser place each count is limited to, and where the sentence names it; None where there is none.

    It is named behind the noun ("15 sản phẩm của huyện Hải Hậu"), else the last named before the number since anything
    spoke of the whole province.
    """
    found: list[tuple[str, Span | None] | None] = []
    aside: set[int] = set()  # where names stand that say something of a count but do not limit it
    for position, (start, _) in enumerate(counts):
        own: list[Subplace] = []
        for place in chain(clauses, position):
            end, stop = counts[place][1], clauses[place].end
            own += [one for one in named if end <= one.start < stop and _AT.fullmatch(text, end, one.start)]
        end, stop = counts[position][1], clauses[position].end
        aside.update(one.start for one in named if end <= one.start < stop and one not in own)
        before = [one for one in named if one.end <= start and one.start not in aside]
        wide = _last_wide(text, named, mentions, start)
        again = max(_AGAIN.finditer(text, 0, start), key=lambda match: match.start(), default=None)
        again = again or next(iter(_AGAIN.finditer(text, counts[position][1], clauses[position].end)), None)
        chosen = own[0] if own else before[-1] if before and before[-1].start > wide else None
        if again is not None and before and before[-1].end <= again.start() and not text[before[-1].end : again.start()].strip():
            again = None  # "xã Hồng Việt của huyện này"
        if again is not None and not own and again.start() > max(wide, before[-1].end if before else -1):
            rank = again["of"] or again["does"]
            same = next((one.name for one in reversed(before) if one.level == _level(rank)), remembered.last(rank))
            found.append(None if same is None else (same, None))
        else:
            found.append(None if chosen is None else (chosen.name, Span(chosen.start, chosen.end)))
    return found


def _last_wide(text: str, named: Sequence[Subplace], mentions: Sequence[Mention], before: int) -> int:
    """Where, before an offset, the sentence last spoke of a whole province, or -1."""
    wide = max((match.end() for match in _ALL.finditer(text, 0, before)), default=-1)
    for mention in mentions:
        of = [one for one in named if one.end <= mention.start or one.start <= mention.start < one.end]
        within = bool(of) and (mention.start < of[-1].end or _WITHIN.fullmatch(text, of[-1].end, mention.start))
        if mention.start < before and not within:
            wide = max(wide, mention.start)
    return wide


def _level(rank: str) -> int:
    return _LEVELS.get(" ".join(rank.lower().rstrip(".").split()), 2)


def _is_province(rank: str, name: str) -> bool:
    """Whether "thành phố X" is a city under the central government."""
    if not rank.lower().startswith(("thành", "tp")):
        return False
    whole = [mention for mention in find_places(name) if mention.start == 0]
    return bool(whole) and "thành phố" in PROVINCES[whole[0].key].label


def _may_be_place(name: str) -> bool:
    words = name.lower().replace("-", " ").split()
    if name.isupper() or _BODY.match(name) or any(word in ("ocop", "ubnd", "htx") for word in words):
        return False  # a headline in capitals, a body
    return not (len(words) > 2 and words[0] in _SURNAMES) and not find_places(name)


def _common(name: str) -> str:
    """A name printed in capitals as it is written elsewhere: "HOÀN KIẾM" -> "Hoàn Kiếm"."""
    return name.title() if name.isupper() else name
