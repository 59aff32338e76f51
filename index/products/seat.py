"""Where a product comes from, under the names before and since July 2025, as far as a line of a decision tells."""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.decisions.decision import DecisionTold, ProductRow
from index.places.communes import commune_today, communes_called, provinces_before
from index.places.districts import DISTRICTS, districts_called, province_of
from index.places.named import MERGER, PROVINCES, find_places
from index.places.provinces import parts_of, slug
from index.text import strip_marks, syllables


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """The place of a line.

    province: key as named in the line's time; today: of the map since July 2025. former: key of the province of before,
    where it is certain: of a line of after the merger, only where its name or commune tells. written: slug of a
    province that is none of the 63. commune, district: without marks, rank and punctuation, "" where not told.
    districts: keys of those it may be; communes: labels of the communes of today ("xã Hải Hậu"); none where not known.
    """

    province: str | None = None
    today: str | None = None
    former: str | None = None
    written: str = ""
    commune: str = ""
    district: str = ""
    districts: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()

    @property
    def area(self) -> str:
        """What names its province of today, "" where no province is told."""
        return self.today or self.written

    def may_be(self, other: "Seat") -> bool:
        """Whether two lines of one province of today may be of one place: nothing that both tell differs."""
        if self.former and other.former and self.former != other.former:
            return False
        if self.communes and other.communes:
            return not self.communes.isdisjoint(other.communes)
        if self.commune and other.commune and self.commune != other.commune:
            return False
        if self.districts and other.districts:
            return not self.districts.isdisjoint(other.districts)
        return not self.district or not other.district or self.district == other.district


def seat_of(row: ProductRow, told: DecisionTold) -> Seat:
    """Where a line says its product is from; what it does not say is the place that the decision is of."""
    written = "" if row.province is None else row.province.text
    key = _province(written) if written else told.place
    if key is None and not written and told.level in (None, "central") and row.address is not None:
        key = province_of(row.address.text, typed=False)
    province, district = _issuing(told)
    if key is None and not written:
        written = province
    return _seat(
        key,
        "" if key is not None else slug(bare_name(written)),
        "" if row.commune is None else row.commune.text,
        district if row.district is None else row.district.text,
        not told.issued or told.issued >= MERGER.isoformat()[: len(told.issued)],
    )


_RANKED = re.compile(r"(?<!\w)(?P<rank>tỉnh|thành phố|tp\.?|huyện|quận|thị xã|tx\.?)\s+(?P<name>\S.*)", re.IGNORECASE)


def _issuing(told: DecisionTold) -> tuple[str, str]:
    """Province and district of whoever issued a decision, as written, each "" where it is not told: "Ủy ban nhân dân
    huyện Vân Khê" and "tỉnh Trường Vân"."""
    province = district = ""
    if told.level == "central":
        return province, district
    for read in (told.place_read, told.issuer):
        found = None if read is None else _RANKED.search(read.text)
        if found is None:
            continue
        rank = found["rank"].lower()
        if rank == "tỉnh" or (rank in ("thành phố", "tp", "tp.") and told.level == "province"):
            province = province or found[0]
        elif told.level in ("district", "commune"):
            district = district or found[0]
    if not province and told.level in (None, "province") and told.place_read is not None:
        province = told.place_read.text
    return province, district


@lru_cache(maxsize=1024)
def _province(name: str) -> str | None:
    mentions = [one for one in find_places(name, typed=True) if not one.fuzzy]
    return mentions[0].key if mentions else None


@lru_cache(maxsize=65536)
def _seat(key: str | None, written: str, commune: str, district: str, since: bool) -> Seat:
    """since: whether the line may be of July 2025 or later, when a name may be that of the merged province."""
    bare = Seat(province=key, written=written, commune=bare_name(commune), district=bare_name(district))
    if key is None:
        return bare
    today = PROVINCES[key].today_key
    parts = parts_of(today)
    former = key if not since or PROVINCES[key].merged else parts[0] if len(parts) == 1 else None
    formers = commune_today(commune, district=district, province=PROVINCES[former or key].name) if commune else ()
    formers = tuple(one for one in formers if PROVINCES[DISTRICTS[one.district].province].today_key == today)
    current = communes_called(commune, today) if commune and since else ()
    communes = {one.label for former_one in formers for one in former_one.today} | {one.label for one in current}
    districts = [one for one in districts_called(district) if one.province in parts] if district else []
    if former is None:
        own = {one.province for one in districts} or {
            *(DISTRICTS[one.district].province for one in formers),
            *(province for one in current for province in provinces_before(one)),
        }
        former = own.pop() if len(own) == 1 else None
    return Seat(
        province=key,
        today=today,
        former=former,
        commune=bare.commune,
        district=bare.district,
        districts=frozenset(one.key for one in districts if former in (None, one.province)),
        communes=frozenset(communes),
    )


_RANKS = tuple("tinh|xa|phuong|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tx|tp|tt|h|q|p|x|t".split("|"))


def bare_name(name: str) -> str:
    """The name of a place without marks, rank and punctuation: "TT. Cồn" -> "con"."""
    words = strip_marks(" ".join(syllables(name)))
    for rank in _RANKS:
        if words.startswith(f"{rank} "):
            return words[len(rank) + 1 :]
    return words
