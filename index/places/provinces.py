"""The 63 provinces before 1 July 2025, the 34 of today, and which became which.

Facts of Nghị quyết 202/2025/QH15 (12 June 2025, in force with the two-level government of 1 July 2025). The table was
compared with the MIT-licensed package vietnamadminunits 1.0.4. A province is named by its key, the slug of the name
it had before the merger ("nam-dinh"); the name of every province of today is also the name of one of its parts.
"""

import re
from dataclasses import dataclass
from datetime import date

from index.text import strip_marks

MERGER = date(2025, 7, 1)

# name of today: the former names it was made of, first those that lent the name
_TODAY: dict[str, tuple[str, ...]] = {
    "Hà Nội": ("Hà Nội",),
    "Cao Bằng": ("Cao Bằng",),
    "Tuyên Quang": ("Tuyên Quang", "Hà Giang"),
    "Điện Biên": ("Điện Biên",),
    "Lai Châu": ("Lai Châu",),
    "Sơn La": ("Sơn La",),
    "Lào Cai": ("Lào Cai", "Yên Bái"),
    "Thái Nguyên": ("Thái Nguyên", "Bắc Kạn"),
    "Lạng Sơn": ("Lạng Sơn",),
    "Quảng Ninh": ("Quảng Ninh",),
    "Bắc Ninh": ("Bắc Ninh", "Bắc Giang"),
    "Phú Thọ": ("Phú Thọ", "Hòa Bình", "Vĩnh Phúc"),
    "Hải Phòng": ("Hải Phòng", "Hải Dương"),
    "Hưng Yên": ("Hưng Yên", "Thái Bình"),
    "Ninh Bình": ("Ninh Bình", "Hà Nam", "Nam Định"),
    "Thanh Hóa": ("Thanh Hóa",),
    "Nghệ An": ("Nghệ An",),
    "Hà Tĩnh": ("Hà Tĩnh",),
    "Quảng Trị": ("Quảng Trị", "Quảng Bình"),
    "Huế": ("Huế",),
    "Đà Nẵng": ("Đà Nẵng", "Quảng Nam"),
    "Quảng Ngãi": ("Quảng Ngãi", "Kon Tum"),
    "Gia Lai": ("Gia Lai", "Bình Định"),
    "Khánh Hòa": ("Khánh Hòa", "Ninh Thuận"),
    "Đắk Lắk": ("Đắk Lắk", "Phú Yên"),
    "Lâm Đồng": ("Lâm Đồng", "Bình Thuận", "Đắk Nông"),
    "Đồng Nai": ("Đồng Nai", "Bình Phước"),
    "Hồ Chí Minh": ("Hồ Chí Minh", "Bà Rịa - Vũng Tàu", "Bình Dương"),
    "Tây Ninh": ("Tây Ninh", "Long An"),
    "Đồng Tháp": ("Đồng Tháp", "Tiền Giang"),
    "Vĩnh Long": ("Vĩnh Long", "Bến Tre", "Trà Vinh"),
    "An Giang": ("An Giang", "Kiên Giang"),
    "Cần Thơ": ("Cần Thơ", "Hậu Giang", "Sóc Trăng"),
    "Cà Mau": ("Cà Mau", "Bạc Liêu"),
}
_CITIES_TODAY = frozenset({"Hà Nội", "Hải Phòng", "Huế", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ"})
_CITIES_FORMER = frozenset({"Hà Nội", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """A province as it was before the merger, and what it is part of today.

    name: short name before the merger ("Nam Định"); today: short name of today's province ("Ninh Bình");
    `key` and `today_key` are slugs of the two.
    """

    key: str
    name: str
    today: str
    today_key: str

    @property
    def merged(self) -> bool:
        """Whether its name is no longer the name of a province."""
        return self.key != self.today_key

    @property
    def city(self) -> bool:
        """Whether it was a city under central rule, or what bears its name today is one."""
        return self.name in _CITIES_FORMER or self.name in _CITIES_TODAY

    @property
    def label(self) -> str:
        """The former name with its rank: "tỉnh Nam Định", "thành phố Hà Nội"."""
        return f"{'thành phố' if self.name in _CITIES_FORMER else 'tỉnh'} {self.name}"

    @property
    def today_label(self) -> str:
        """Today's name with its rank: "thành phố Đà Nẵng"."""
        return f"{'thành phố' if self.today in _CITIES_TODAY else 'tỉnh'} {self.today}"


def slug(name: str) -> str:
    """Lower-case ASCII letters joined by hyphens: "Bà Rịa - Vũng Tàu" -> "ba-ria-vung-tau"."""
    return "-".join(re.findall(r"[a-z0-9]+", strip_marks(name).lower()))


PROVINCES: dict[str, Province] = {
    slug(name): Province(key=slug(name), name=name, today=today, today_key=slug(today))
    for today, parts in _TODAY.items()
    for name in parts
}


def parts_of(today_key: str) -> tuple[str, ...]:
    """Keys of the former provinces that make up a province of today (its own first).

    Raises:
        KeyError: no province of today has that key.
    """
    return tuple(slug(name) for name in _TODAY[PROVINCES[today_key].today])


def related(key: str) -> frozenset[str]:
    """Keys of all former provinces that share today's province with `key`, itself included."""
    return frozenset(slug(name) for name in _TODAY[PROVINCES[key].today])
