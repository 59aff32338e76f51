"""Districts, towns and communes named in a sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.places.communes import CommunesUnavailable, commune_today
from index.places.districts import districts_called
from index.places.named import PROVINCES, Mention, find_places
from index.text import CAPITALS

CAPITAL = rf"(?:[{CAPITALS}][\w’']*)"
_NAME = rf"{CAPITAL}(?:[ \-]{CAPITAL}){{0,3}}"
RANK = (
    r"(?:(?i:huyện|thị\s+xã|thành\s+phố|quận|xã|phường|thị\s+trấn|đặc\s+khu)(?!\w)|"
    r"(?<!\w)(?:TP|Tp|TX|Tx|TT|H|Q|X|P)\.|(?:TP|TX)(?!\w))"
)
_KIND = r"(?:(?i:miền\s+núi|đảo|biên\s+giới|vùng\s+cao|ven\s+biển|nghèo|trung\s+du|nông\s+thôn\s+mới)\s+)?"
_RANKED = re.compile(rf"(?<!\w)(?<!tác )(?P<rank>{RANK})\s*(?<=[\s.]){_KIND}(?P<name>{_NAME})")
# A name that opens a clause and is said to have something, without its rank: "Hải Hậu có 15 sản phẩm", "Can Lộc (6)".
_OPENING = r"(?:(?:Hiện|Nay|Riêng|Còn|Tại|Ở|Trong|Khi|Như|Và|Đến|Với|Trước|Sau|Cả|Chỉ|Đảo|Vùng|Xứ|Đất)\s)?"
_BARE = re.compile(
    r"(?:^|[,;:(–]\s|\(|"
    r"(?<!\w)(?i:và|trong đó|riêng|còn|như|gồm|là|đến|tiếp|đó|nay|hiện|ở|thì|khi|(?:19|20)\d\d)\s)\s*[“\"]?"
    rf"{_OPENING}(?P<name>{CAPITAL}(?:[ \-]{CAPITAL}){{0,2}})(?!\w)"
    rf"(?=\s*(?:\(\s*\d|:\s*\d|:\s+[{CAPITALS}]|\d|"
    r"(?i:hiện|đang|đã|mới|chỉ|cũng|vừa|cùng|có|đạt|với|dẫn đầu|đứng|góp|"
    r"nhiều nhất|ít nhất|chiếm|đóng góp|phấn đấu|"
    r"sở hữu|công nhận|dành|bố trí|tổ chức|triển khai|hỗ trợ|xây dựng|phát triển|đặt|dự kiến|sẽ|thu hút|huy động|"
    r"là(?=\s\d)|là (?:địa phương|huyện|đơn vị|xã|thành phố|nơi|vùng|vựa|xứ|thủ phủ|quê hương|điểm sáng|một trong)|"
    r"cũng là|mỗi huyện)(?!\w)))"
)
_BEFORE_BRACKET = re.compile(
    rf"(?<!\w)(?P<name>{CAPITAL}(?:[ \-]{CAPITAL}){{0,2}})\s*\(\s*(?:(?i:tỉnh|thành phố|TP\.?)\s*)?$"
)
# "Cư M’gar, Krông Pắc và Buôn Ma Thuột là ba địa phương …"
_TOGETHER = re.compile(
    rf"(?:^|[.;:]\s)\W*(?P<names>{CAPITAL}(?:[ \-]{CAPITAL}){{1,2}}(?:,\s+{CAPITAL}(?:[ \-]{CAPITAL}){{1,2}})*\s+và\s+"
    rf"{CAPITAL}(?:[ \-]{CAPITAL}){{1,2}})(?!\w)"
)
# "Tân Trụ, vùng đất bên sông Vàm Cỏ, hiện có 15 sản phẩm"
_APPOSED = re.compile(
    rf"\s*(?P<name>{CAPITAL}(?:[ \-]{CAPITAL}){{0,2}}),\s+[a-zà-ỹđ][^.;:]{{3,120}}?,\s+"
    rf"(?:hiện|nay|đã|đang|có|mới|đến nay)(?!\w)"
)
# "làng gốm Phù Lãng (Quế Võ)"
_IN_BRACKETS = re.compile(rf"\(\s*(?P<name>{CAPITAL}(?:[ \-]{CAPITAL}){{1,2}})\s*\)")
_SECOND_HALF = re.compile(rf"\s[-–]\s{CAPITAL}(?:\s{CAPITAL})?")
_ONE_NAME = re.compile(rf"(?P<name>{CAPITAL}(?:[ \-]{CAPITAL}){{1,2}})(?!\w)")
_SEVERAL = re.compile(r"(?<!\w)(?:các|những|hai|ba|bốn|\d+)\s+$", re.IGNORECASE)
_ANOTHER = re.compile(rf"\s*(?:,|(?<!\w)và(?!\w))\s*(?P<name>{_NAME})")
_BODY = re.compile(
    r"(?:sở|ban|bộ|phòng|cục|chi cục|công (?:ty|thương|an|đoàn)|"
    r"trung (?:tâm|ương)|liên (?:minh|hiệp)|văn phòng|đoàn|ủy|viện|"
    r"hội (?!an)|trường|ngân hàng|tổng|chợ|báo|đài|chương trình|festival|hợp tác|tổ|đảng|tỉnh|việt nam|thủ đô)(?!\w)",
    re.IGNORECASE,
)
_SURNAMES = frozenset("nguyễn trần phạm lê huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý hoàng trịnh đinh mai".split())
# "Phó Chủ tịch UBND huyện Nông Văn Thủy": behind the rank of an office stands who holds it
_OFFICE = re.compile(
    r"(?<!\w)(?:chủ\s+tịch|bí\s+thư|trưởng|phó|chánh|giám\s+đốc|cán\s+bộ|chuyên\s+viên|công\s+chức)(?!\w)[^,;:.()“”\"]{0,80}$",
    re.IGNORECASE,
)
_GIVEN = ("văn", "thị")
_SHORT = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "h": "huyện", "q": "quận", "x": "xã", "p": "phường"}
_LEVELS = {"huyện": 1, "quận": 1, "thị xã": 1, "thành phố": 1, "tp": 1, "tx": 1, "h": 1, "q": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subplace:
    """A lesser place named at `text[start:end]`, its rank included; `name` without it, in common letters.

    level: 1 for a district or town, 2 for a commune, 0 where no rank is said. rank: as written in full, "" for none.
    """

    name: str
    level: int
    start: int
    end: int
    rank: str = ""


def find_subplaces(text: str, mentions: Sequence[Mention] = ()) -> list[Subplace]:
    """The districts, towns and communes a sentence names, in order: with their rank, before their province in brackets
    ("A Lưới (Thừa Thiên Huế)"), or as what a clause is about. mentions: of provinces in it."""
    found = [
        Subplace(
            name=_common(_own_name(match["name"])),
            level=level_of(match["rank"]),
            start=match.start(),
            end=match.start("name") + len(_own_name(match["name"])),
            rank=full_rank(match["rank"]),
        )
        for match in _RANKED.finditer(text)
        if not _is_province(match["rank"], match["name"]) and not _is_holder(text, match)
    ]
    found = [_joined(text, one) for one in found]
    for match in _RANKED.finditer(text):  # "các huyện Hải Hậu, Giao Thủy và Nghĩa Hưng"
        if _SEVERAL.search(text, max(0, match.start() - 12), match.start()):
            found += _listed(text, match.end(), level_of(match["rank"]))
    bracketed = [
        bare
        for mention in mentions
        if (bare := _BEFORE_BRACKET.search(text, max(0, mention.start - 60), mention.start))
    ]
    known = [bare for bare in _BARE.finditer(text) if is_known(bare["name"])]
    listed = [one for together in _TOGETHER.finditer(text) for one in _ONE_NAME.finditer(text, *together.span("names"))]
    every = bool(listed) and all(is_known(one["name"]) for one in listed)
    within = [one for one in _IN_BRACKETS.finditer(text) if _is_district(one["name"])]
    apposed = _APPOSED.match(text)
    if apposed is not None and _is_district(apposed["name"]):
        known.append(apposed)
    for bare in [*bracketed, *known, *(listed if every else ()), *within]:
        start, end = bare.span("name")
        if not any(other.start < end and start < other.end for other in found) and _may_be_place(bare["name"]):
            level = 1 if bare in within else 0
            found.append(Subplace(name=_common(bare["name"]), level=level, start=start, end=end))
    return sorted(found, key=lambda place: place.start)


def _joined(text: str, place: Subplace) -> Subplace:
    """A district with the second half of its name: "thành phố Phan Rang - Tháp Chàm"."""
    half = _SECOND_HALF.match(text, place.end)
    if half is None or not _is_district(place.name + half[0]):
        return place
    return replace(place, name=place.name + half[0], end=half.end())


def _listed(text: str, at: int, level: int) -> Iterator[Subplace]:
    while (match := _ANOTHER.match(text, at)) is not None and not find_places(match["name"]):
        yield Subplace(name=_common(match["name"]), level=level, start=match.start("name"), end=match.end())
        at = match.end()


def full_rank(rank: str) -> str:
    """A rank in full: "TP." -> "thành phố"."""
    short = " ".join(rank.lower().rstrip(".").split())
    return _SHORT.get(short, short)


def level_of(rank: str) -> int:
    """1 for a district or town, 2 for a commune."""
    return _LEVELS.get(" ".join(rank.lower().rstrip(".").split()), 2)


def _is_province(rank: str, name: str) -> bool:
    """Whether "thành phố X" is a city under the central government."""
    if not rank.lower().startswith(("thành", "tp")):
        return False
    whole = [mention for mention in find_places(name) if mention.start == 0]
    return bool(whole) and "thành phố" in PROVINCES[whole[0].key].label


@lru_cache(maxsize=1024)
def is_known(name: str) -> bool:
    """Whether a district or commune is or was called so; without the list of communes only districts are known."""
    if _is_district(name):
        return True
    if " " not in name and "-" not in name:
        return False  # as many a word is: of single words only districts are taken ("Pleiku")
    try:
        return bool(commune_today(name))
    except CommunesUnavailable:
        return False


def _is_district(name: str) -> bool:
    """Whether the whole name is a district's; `districts_called` also finds one within it."""
    return any(len(district.name.split()) == len(name.split()) for district in districts_called(name))


def _may_be_place(name: str) -> bool:
    words = name.lower().replace("-", " ").split()
    if (
        name.isupper()
        or (_BODY.match(name) and not _is_district(name))
        or any(word in ("ocop", "ubnd", "htx") for word in words)
    ):
        return False  # a headline in capitals, a body
    if len(words) > 2 and words[0] in _SURNAMES:
        return False
    provinces = find_places(name)  # "Điện Biên Đông" is a district, whatever province its name begins with
    return not provinces or (provinces[0].end - provinces[0].start < len(name) and _is_district(name))


def _is_holder(text: str, match: re.Match[str]) -> bool:
    """Whether a name behind a rank is that of who holds an office there: it begins with no place's name, and as a
    person's does."""
    words = match["name"].split()
    if len(words) < 3 or not _OFFICE.search(text, max(0, match.start() - 100), match.start()):
        return False
    is_place = _is_district if level_of(match["rank"]) == 1 else is_known
    if any(is_place(" ".join(words[:size])) for size in range(2, len(words) + 1)):
        return False
    return words[1].lower() in _GIVEN or words[0].lower() in _SURNAMES


def _own_name(name: str) -> str:
    """A name without what runs on behind it: in a headline of capitals two syllables, as most have; else the longest
    known one where the whole is none ("huyện Lý Sơn Đặng Văn Thành cho hay")."""
    words = name.split(" ")
    if name.isupper():
        return " ".join(words[:2])
    if len(words) > 2 and not is_known(name):
        for size in range(len(words) - 1, 1, -1):
            if is_known(" ".join(words[:size])):
                return " ".join(words[:size])
    return name


def _common(name: str) -> str:
    """A name printed in capitals as it is written elsewhere: "HOÀN KIẾM" -> "Hoàn Kiếm"."""
    return name.title() if name.isupper() else name
