"""The 696 districts as they were on 30 June 2025, the day before their level ended, and the names they are called by.

Facts from the MIT-licensed package vietnamadminunits 1.0.4 (Tran Ngoc Minh Hieu; its table admin_units_legacy, which
follows the list of the General Statistics Office), kept in districts.tsv. Five spellings follow common use instead:
Mù Cang Chải, Krông Ana, Đakrông, Kbang, Phú Quý. The level ended on 1 July 2025 (Nghị quyết 203/2025/QH15, Điều 2).

Names of districts that were merged away or rose in rank between 2018, when OCOP began, and that day are known too:
they lead to the district that took them in. Most are the package's own aliases; Trà Lĩnh, Lộc Hà and Phong Điền are
not.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from index.places.provinces import PROVINCES, slug
from index.text import place_tone, strip_marks

Rank = Literal["thành phố", "thị xã", "quận", "huyện"]
RANKS: tuple[Rank, ...] = ("thành phố", "thị xã", "quận", "huyện")

# province, the district of 2025, what was in it before under a name or rank of its own
_EARLIER: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("cao-bang", "huyện Hà Quảng", ("huyện Thông Nông",)),
    ("cao-bang", "huyện Quảng Hòa", ("huyện Phục Hòa", "huyện Quảng Uyên")),
    ("cao-bang", "huyện Trùng Khánh", ("huyện Trà Lĩnh",)),
    ("hoa-binh", "thành phố Hòa Bình", ("huyện Kỳ Sơn",)),
    ("quang-ninh", "thành phố Hạ Long", ("huyện Hoành Bồ",)),
    ("bac-giang", "thành phố Bắc Giang", ("huyện Yên Dũng",)),
    ("nam-dinh", "thành phố Nam Định", ("huyện Mỹ Lộc",)),
    ("ninh-binh", "thành phố Hoa Lư", ("thành phố Ninh Bình", "huyện Hoa Lư")),
    ("thanh-hoa", "thành phố Thanh Hóa", ("huyện Đông Sơn",)),
    ("thanh-hoa", "thị xã Nghi Sơn", ("huyện Tĩnh Gia",)),
    ("nghe-an", "thành phố Vinh", ("thị xã Cửa Lò",)),
    ("ha-tinh", "huyện Thạch Hà", ("huyện Lộc Hà",)),
    ("hue", "huyện Phú Lộc", ("huyện Nam Đông",)),
    ("hue", "thị xã Phong Điền", ("huyện Phong Điền",)),
    ("quang-nam", "huyện Quế Sơn", ("huyện Nông Sơn",)),
    ("quang-ngai", "huyện Trà Bồng", ("huyện Tây Trà",)),
    ("lam-dong", "huyện Đạ Huoai", ("huyện Cát Tiên", "huyện Đạ Tẻh")),
    ("binh-duong", "thành phố Tân Uyên", ("thị xã Tân Uyên",)),
    ("ba-ria-vung-tau", "huyện Long Đất", ("huyện Long Điền", "huyện Đất Đỏ")),
    ("ba-ria-vung-tau", "thành phố Phú Mỹ", ("huyện Tân Thành", "thị xã Phú Mỹ")),
    ("ho-chi-minh", "thành phố Thủ Đức", ("quận 2", "quận 9", "quận Thủ Đức")),
    ("dong-thap", "thành phố Hồng Ngự", ("thị xã Hồng Ngự",)),
)
# Other spellings that are printed; which of i and y, and "Đắk" for "Đăk", "Đak" and "Đắc", `normal` settles.
_VARIANTS: dict[str, tuple[str, ...]] = {
    "Mù Cang Chải": ("Mù Căng Chải",),
    "Krông Ana": ("Krông A Na", "Krông Na"),
    "Krông Pắc": ("Krông Pắk", "Krông Pách"),
    "Đakrông": ("Đa Krông", "Đăk Rông", "Đakrong", "Dakrông"),
    "Kbang": ("K'Bang",),
    "M'Đrắk": ("MĐrắk", "M'Đrăk", "M'Drắk", "M'Drăk", "MĐrăk", "MDrắk", "MDrăk"),
    "Ea H'leo": ("Ea Hleo",),
    "Ea Súp": ("Ea Sup", "Ea Soup"),
    "Cư M'gar": ("Cư Mgar",),
    "Cư Jút": ("Cư Jut",),
    "Ia H'Drai": ("Ia HDrai",),
    "Đắk R'Lấp": ("Đắk RLấp",),
    "Kông Chro": ("Kông Chrô",),
    "Chư Păh": ("Chư Pah",),
    "Chư Pưh": ("Chư Puh",),
    "Lắk": ("Lăk",),
    "Pleiku": ("Plei Ku", "Plâyku"),
    "Ayun Pa": ("A Yun Pa", "AyunPa"),
    "Sa Pa": ("Sapa",),
    "La Gi": ("Lagi",),
    "Buôn Ma Thuột": ("Buôn Mê Thuột", "Ban Mê Thuột"),
    "Phan Rang - Tháp Chàm": ("Phan Rang",),
    "Pác Nặm": ("Pắc Nặm",),
    "Xín Mần": ("Sín Mần",),
    "Si Ma Cai": ("Xi Ma Cai", "Simacai"),
    "Hoàng Su Phì": ("Hoàng Xu Phì",),
    "Bạch Long Vĩ": ("Bạch Long Vỹ",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A district of 30 June 2025. key: "nam-dinh/huyen-hai-hau"; province: a key of `index.places.provinces`."""

    key: str
    rank: Rank
    name: str
    province: str

    @property
    def label(self) -> str:
        """Its name with its rank: "huyện Hải Hậu", "quận 1"."""
        return f"{self.rank} {self.name}"

    @property
    def full_label(self) -> str:
        """With its province as it was: "huyện Hải Hậu, tỉnh Nam Định"."""
        return f"{self.label}, {PROVINCES[self.province].label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A name and rank that a district went by. earlier: not those of 30 June 2025; spelling: as `spelt` gives it."""

    district: str
    rank: Rank
    name: str
    spelling: str
    earlier: bool


def _read() -> dict[str, District]:
    table: dict[str, District] = {}
    for line in Path(__file__).with_name("districts.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        province, written, names = line.split("\t")
        rank = next(rank for rank in RANKS if rank == written)
        for name in names.split(", "):
            key = f"{PROVINCES[province].key}/{slug(f'{rank} {name}')}"
            table[key] = District(key=key, rank=rank, name=name, province=province)
    return table


DISTRICTS: dict[str, District] = _read()

WORD = re.compile(r"[^\W_]+")
_DAK = frozenset({"đăk", "đak", "đắc", "dak", "đăc", "dắk"})
_I_AS_Y = re.compile(r"(?:qu|[bcdđghklmnpqrstvx]+)[yýỳỷỹỵ]")
_Y_TO_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


@lru_cache(maxsize=65536)
def normal(word: str) -> str:
    """A word as names are compared by: lower case, tone by the old rule, "mỹ" as "mĩ", "đăk" as "đắk"."""
    placed = place_tone(word.lower())
    if placed in _DAK:
        return "đắk"
    return placed.translate(_Y_TO_I) if _I_AS_Y.fullmatch(placed) else placed


def spelt(name: str) -> str:
    """The words of a name as `normal` gives them, a blank apart: "Ea H'leo" -> "ea h leo"."""
    return " ".join(normal(word) for word in WORD.findall(name))


def joined(text: str) -> str:
    """A name run together, as such are compared: "chươngmỹ" and "chương mĩ" -> "chươngmĩ"."""
    return text.lower().replace(" ", "").translate(_Y_TO_I)


def _called() -> list[Called]:
    names = [(district.key, district.rank, district.name, False) for district in DISTRICTS.values()]
    for province, today, before in _EARLIER:
        for label in before:
            rank = next(rank for rank in RANKS if label.startswith(f"{rank} "))
            names.append((f"{province}/{slug(today)}", rank, label.removeprefix(f"{rank} "), True))
    return [
        Called(district=key, rank=rank, name=name, spelling=spelt(form), earlier=earlier)
        for key, rank, name, earlier in names
        for form in (name, *_VARIANTS.get(name, ()))
    ]


def _by(keys: list[tuple[str, Called]]) -> dict[str, tuple[Called, ...]]:
    grouped: dict[str, list[Called]] = defaultdict(list)
    for key, called in keys:
        if called not in grouped[key]:
            grouped[key].append(called)
    return {key: tuple(group) for key, group in grouped.items()}


CALLED: tuple[Called, ...] = tuple(_called())
# "hải hậu" -> who is called so in print
PRINTED: dict[str, tuple[Called, ...]] = _by([(called.spelling, called) for called in CALLED])
# "hai hau" -> the same without marks; "haihau" -> and run together
TYPED: dict[str, tuple[Called, ...]] = _by([(strip_marks(called.spelling), called) for called in CALLED])
JOINED: dict[str, tuple[Called, ...]] = _by([(strip_marks(joined(called.spelling)), called) for called in CALLED])


def _longest_from(names: dict[str, tuple[Called, ...]]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for name in names:
        words = name.split()
        sizes[words[0]] = max(sizes.get(words[0], 0), len(words))
    return sizes


# Names that without a rank are those of the province: "Nam Định", "Vũng Tàu".
OF_PROVINCES = frozenset({*(spelt(province.name) for province in PROVINCES.values()), "bà rịa", "vũng tàu"})
# first word of a name -> words of the longest name that begins with it
PRINTED_FROM = _longest_from(PRINTED)
TYPED_FROM = _longest_from(TYPED)
