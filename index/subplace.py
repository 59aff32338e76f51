"""The district, town or commune that a number is limited to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.clauses import Clause
from index.places import PROVINCES, find_places
from index.span import Span
from index.text import CAPITALS

_CAPITAL = rf"(?:[{CAPITALS}][\w’']*)"
_NAME = rf"{_CAPITAL}(?:[ \-]{_CAPITAL}){{0,3}}"
_RANK = r"(?i:huyện|thị\s+xã|thành\s+phố|TP\.?|TX\.?|quận|xã|phường|thị\s+trấn|đặc\s+khu)"
_KIND = r"(?:(?i:miền\s+núi|đảo|biên\s+giới|vùng\s+cao|ven\s+biển|nghèo|trung\s+du|nông\s+thôn\s+mới)\s+)?"
_RANKED = re.compile(rf"(?<!\w)(?P<rank>{_RANK})\s*(?<=[\s.]){_KIND}(?P<name>{_NAME})")
# A name that opens a clause and is said to have something, without its rank: "Hải Hậu có 15 sản phẩm", "Can Lộc (6)".
_BARE = re.compile(
    rf"(?:^|[,;:(–]\s|(?<!\w)(?i:và|trong đó|riêng|còn|như|gồm|là|đến|tiếp|đó)\s)\s*[“\"]?(?P<name>{_CAPITAL}(?:[ \-]{_CAPITAL}){{1,2}})"
    r"(?=\s*(?:\(\s*\d|:\s*\d|\d|(?i:hiện|đang|đã|mới|chỉ|cũng|vừa|cùng|có|đạt|với|dẫn đầu|đứng|góp|sở hữu|công nhận|"
    r"là (?:địa phương|huyện|đơn vị|xã|thành phố|nơi)|cũng là|mỗi huyện)(?!\w)))"
)
_NO_PLACE = frozenset(
    "sở hội ban bộ phòng cục công trung liên văn đoàn ủy viện trường ngân tổng chợ báo đài chương festival hợp tổ đảng "
    "tỉnh việt nam ocop ubnd htx".split()
)
_SURNAMES = frozenset("nguyễn trần phạm lê huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý hoàng trịnh đinh mai".split())
_ALL = re.compile(r"(?<!\w)(?:toàn\s+tỉnh|cả\s+tỉnh|cả\s+nước|toàn\s+quốc|trên\s+địa\s+bàn\s+tỉnh)(?!\w)", re.IGNORECASE)
# "toàn huyện" is the district told of before.
_SAME = re.compile(
    r"(?<!\w)(?:(?:toàn|cả)\s+(?:huyện|thị\s+xã|quận|xã|phường|thị\s+trấn)|(?:huyện|thị\s+xã|quận|xã|phường)\s+(?:này|đã|có|hiện|phấn\s+đấu)|"
    r"địa\s+bàn\s+(?:huyện|thị\s+xã|quận|xã|phường))(?!\w)(?!\s+[A-ZĐ])",
    re.IGNORECASE,
)
_AT = re.compile(r"[^,;:.()]{0,60}(?<!\w)(?:của|tại|ở|thuộc|trên\s+địa\s+bàn|cho)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subplace:
    """A lesser place named at `text[start:end]`, its rank included; `name` without it, in common letters."""

    name: str
    start: int
    end: int


def find_subplaces(text: str) -> list[Subplace]:
    """The districts, towns and communes a sentence names, in order: with their rank, or as what a clause is about."""
    found = [
        Subplace(name=_common(match["name"]), start=match.start(), end=match.end())
        for match in _RANKED.finditer(text)
        if not _is_province(match["rank"], match["name"])
    ]
    for match in _BARE.finditer(text):
        start, end = match.span("name")
        if not any(other.start < end and start < other.end for other in found) and _may_be_place(match["name"]):
            found.append(Subplace(name=_common(match["name"]), start=start, end=end))
    return sorted(found, key=lambda place: place.start)


def subplaces_of(
    text: str, named: Sequence[Subplace], counts: Sequence[tuple[int, int]], clauses: Sequence[Clause], former: str | None
) -> list[tuple[str, Span | None] | None]:
    """The lesser place each count is limited to. `former`: the one last told of before the sentence, for "toàn huyện"."""
    found: list[tuple[str, Span | None] | None] = []
    behind: set[int] = set()
    for position, ((start, end), clause) in enumerate(zip(counts, clauses, strict=True)):
        last = position  # "21 sản phẩm của 8 chủ thể ở huyện Vân Canh"
        while last + 1 < len(clauses) and clauses[last + 1].hangs:
            last += 1
        behind.update(one.start for one in named if end <= one.start < clause.end)
        end, stop = counts[last][1], clauses[last].end
        own = [one for one in named if end <= one.start < stop and _AT.fullmatch(text, end, one.start)]
        before = [one for one in named if one.end <= start and one.start not in behind]
        everywhere = max((match.end() for match in _ALL.finditer(text, 0, start)), default=-1)
        same = max((match.end() for match in _SAME.finditer(text, 0, start)), default=-1)
        if own:
            found.append((own[0].name, Span(own[0].start, own[0].end)))
        elif before and before[-1].start > everywhere:
            found.append((before[-1].name, Span(before[-1].start, before[-1].end)))
        elif former is not None and same > everywhere:
            found.append((former, None))
        else:
            found.append(None)
    return found


def _is_province(rank: str, name: str) -> bool:
    """Whether "thành phố X" is a city under the central government."""
    if not rank.lower().startswith(("thành", "tp")):
        return False
    mentions = find_places(name)
    whole = [mention for mention in mentions if mention.start == 0]
    return bool(whole) and "thành phố" in PROVINCES[whole[0].key].label


def _may_be_place(name: str) -> bool:
    words = name.lower().replace("-", " ").split()
    if name.isupper():
        return False  # a headline in capitals
    if words[0] in _NO_PLACE or any(word in ("ocop", "ubnd", "htx") for word in words):
        return False
    return not (len(words) > 2 and words[0] in _SURNAMES) and not find_places(name)


def _common(name: str) -> str:
    """A name printed in capitals as it is written elsewhere: "HOÀN KIẾM" -> "Hoàn Kiếm"."""
    return name.title() if name.isupper() else name
