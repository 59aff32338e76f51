"""Regions of the country as sets of the 63 provinces before 1 July 2025, by the names people call them.

The six socio-economic regions are those of Nghị quyết 81/2023/QH15 (the national master plan 2021-2030); the wider and
narrower names ("miền Tây", "Tây Bắc", "Bắc Trung Bộ") are as in common use.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.places.provinces import PROVINCES, slug
from index.text import strip_marks


def _keys(names: str) -> tuple[str, ...]:
    keys = tuple(slug(name) for name in names.split("|"))
    return tuple(key for key in PROVINCES if key in keys)


_RED_RIVER = _keys(
    "Hà Nội|Hải Phòng|Quảng Ninh|Hải Dương|Hưng Yên|Vĩnh Phúc|Bắc Ninh|Thái Bình|Nam Định|Hà Nam|Ninh Bình"
)
_NORTH_WEST = _keys("Hòa Bình|Sơn La|Điện Biên|Lai Châu|Lào Cai|Yên Bái")
_NORTH_EAST = _keys("Hà Giang|Cao Bằng|Bắc Kạn|Lạng Sơn|Tuyên Quang|Thái Nguyên|Phú Thọ|Bắc Giang|Quảng Ninh")
_NORTH_MOUNTAINS = tuple(
    key for key in PROVINCES if key in {*_NORTH_WEST, *_NORTH_EAST} and PROVINCES[key].name != "Quảng Ninh"
)
_NORTH_CENTRAL = _keys("Thanh Hóa|Nghệ An|Hà Tĩnh|Quảng Bình|Quảng Trị|Huế")
_SOUTH_CENTRAL = _keys("Đà Nẵng|Quảng Nam|Quảng Ngãi|Bình Định|Phú Yên|Khánh Hòa|Ninh Thuận|Bình Thuận")
_HIGHLANDS = _keys("Kon Tum|Gia Lai|Đắk Lắk|Đắk Nông|Lâm Đồng")
_SOUTH_EAST = _keys("Hồ Chí Minh|Bà Rịa - Vũng Tàu|Bình Dương|Bình Phước|Đồng Nai|Tây Ninh")
_MEKONG = _keys(
    "Cần Thơ|Long An|Tiền Giang|Bến Tre|Trà Vinh|Vĩnh Long|An Giang|Đồng Tháp|Kiên Giang|Hậu Giang|Sóc Trăng|"
    "Bạc Liêu|Cà Mau"
)


def _together(*regions: tuple[str, ...]) -> tuple[str, ...]:
    held = {key for region in regions for key in region}
    return tuple(key for key in PROVINCES if key in held)


# name -> its provinces; the first name of a region is what readers see
REGIONS: dict[str, tuple[str, ...]] = {
    "Đồng bằng sông Hồng": _RED_RIVER,
    "Trung du và miền núi phía Bắc": _NORTH_MOUNTAINS,
    "Tây Bắc": _NORTH_WEST,
    "Đông Bắc": _NORTH_EAST,
    "Bắc Trung Bộ": _NORTH_CENTRAL,
    "Duyên hải Nam Trung Bộ": _SOUTH_CENTRAL,
    "Bắc Trung Bộ và duyên hải miền Trung": _together(_NORTH_CENTRAL, _SOUTH_CENTRAL),
    "Tây Nguyên": _HIGHLANDS,
    "Đông Nam Bộ": _SOUTH_EAST,
    "Đồng bằng sông Cửu Long": _MEKONG,
    "miền Bắc": _together(_RED_RIVER, _NORTH_MOUNTAINS, _NORTH_EAST),
    "miền Trung": _together(_NORTH_CENTRAL, _SOUTH_CENTRAL),
    "miền Nam": _together(_SOUTH_EAST, _MEKONG),
}
_ALSO: dict[str, str] = {
    "ĐBSH": "Đồng bằng sông Hồng",
    "Bắc Bộ": "miền Bắc",
    "các tỉnh phía Bắc": "miền Bắc",
    "miền núi phía Bắc": "Trung du và miền núi phía Bắc",
    "trung du miền núi phía Bắc": "Trung du và miền núi phía Bắc",
    "trung du miền núi Bắc Bộ": "Trung du và miền núi phía Bắc",
    "Nam Trung Bộ": "Duyên hải Nam Trung Bộ",
    "duyên hải miền Trung": "miền Trung",
    "Trung Bộ": "miền Trung",
    "miền Trung và Tây Nguyên": "miền Trung",
    "ĐBSCL": "Đồng bằng sông Cửu Long",
    "sông Cửu Long": "Đồng bằng sông Cửu Long",
    "miền Tây Nam Bộ": "Đồng bằng sông Cửu Long",
    "Tây Nam Bộ": "Đồng bằng sông Cửu Long",
    "miền Tây": "Đồng bằng sông Cửu Long",
    "miền Đông Nam Bộ": "Đông Nam Bộ",
    "các tỉnh phía Nam": "miền Nam",
    "Nam Bộ": "miền Nam",
}
_NATION = re.compile(
    r"(?<!\w)(?:trên\s+|tren\s+)?(?:phạm vi\s+|pham vi\s+)?(?:cả\s+nước|ca\s+nuoc|toàn\s+quốc|toan\s+quoc|"
    r"(?:khắp|toàn)\s+(?:cả\s+)?nước|(?:của|ở|tại|khắp|cua)\s+(?:việt nam|viet nam|nước ta|nuoc ta)|"
    r"(?<!\w)nước ta|việt nam ta|"
    r"63 tỉnh thành|34 tỉnh thành|63 tỉnh, thành phố|34 tỉnh, thành phố)(?!\w)",
    re.IGNORECASE,
)
_CALLED_SO = re.compile(
    r"(?:hội nghị|chương trình|giải|hội thi|hội thảo|hội chợ|triển lãm|diễn đàn)\s+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region named at `text[start:end]`: what it is called, and its provinces (of the 63)."""

    name: str
    keys: tuple[str, ...]
    start: int
    end: int


@lru_cache(maxsize=1)
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {strip_marks(name).lower(): name for name in REGIONS}
    names |= {strip_marks(other).lower(): name for other, name in _ALSO.items()}
    joined = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)"), names


def find_regions(text: str) -> tuple[Region, ...]:
    """The regions a question (NFC) names, in order, typed with marks or without."""
    pattern, names = _pattern()
    lower = text.lower()
    return tuple(
        Region(name=names[match[0]], keys=REGIONS[names[match[0]]], start=match.start(), end=match.end())
        for match in pattern.finditer(strip_marks(lower))
        # marks that were typed are right: "miền tây" is, "miễn tây" is not
        if lower[match.start() : match.end()].isascii() or _marked_so(lower[match.start() : match.end()])
    )


def find_nation(text: str) -> tuple[int, int] | None:
    """Where a question asks for the whole country ("cả nước"), or None; a "hội nghị toàn quốc" does not."""
    for match in _NATION.finditer(text):
        if not _CALLED_SO.search(text[: match.start()]):
            return match.span()
    return None


def _marked_so(typed: str) -> bool:
    spelt = {name.lower() for name in (*REGIONS, *_ALSO)}
    return typed in spelt
