"""Former communes and the communes of today they went into on 1 July 2025.

The list is in underthesea, which this project has for its words: 10,602 lines drawn from vietnamadminunits 1.0.4 (MIT).
Its file is read as it lies; nothing of the library is imported, and its own conversion, which picks one commune where
a former one was divided, is not used. Of the 10,040 former communes it lacks a name for 90, which are not known.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, cast

from index.places.district_table import CALLED, DISTRICTS, RANKS, spelt
from index.places.districts import districts_called
from index.places.named import province_key
from index.places.provinces import PROVINCES, slug
from index.places.spelling import lacks_only_marks
from index.text import strip_marks

CommuneRank = Literal["xã", "phường", "thị trấn", "đặc khu"]
_RANKS: tuple[CommuneRank, ...] = ("thị trấn", "đặc khu", "phường", "xã")
_FILE = Path("address", "data", "mapping.json")


class CommunesUnavailable(Exception):
    """The list of communes is not where it should be; the message says how to get it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """A commune of today. province: the key of its province of today."""

    rank: CommuneRank
    name: str
    province: str

    @property
    def label(self) -> str:
        """Its name with its rank: "xã Hải Hậu"."""
        return f"{self.rank} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerCommune:
    """A commune of 30 June 2025. district: a key of `DISTRICTS`; today: more than one where it was divided."""

    rank: CommuneRank
    name: str
    district: str
    today: tuple[Commune, ...]

    @property
    def label(self) -> str:
        """Its name with its rank and where it was: "xã Hải Hưng, huyện Hải Hậu, tỉnh Nam Định"."""
        return f"{self.rank} {self.name}, {DISTRICTS[self.district].full_label}"


def commune_today(commune: str, *, district: str = "", province: str = "") -> tuple[FormerCommune, ...]:
    """The former communes that a name may mean, each with the communes of today it went into.

    All three as people write them ("xã Hải Hưng", "huyen hai hau", "Nam Định"); a rank before the commune's name and
    the names around narrow. More than one result: the name is shared and more must be said; none: no such commune is
    known, or not in that district or province. province may be a former one or one of today.

    Raises:
        CommunesUnavailable: the list is not installed.
    """
    rank, name = _split(commune)
    known = _former().get(strip_marks(spelt(name)), ())
    like = [one for one in known if lacks_only_marks(spelt(name), spelt(one.name))]
    found = [one for one in like if spelt(one.name) == spelt(name)] or like
    if rank is not None:
        found = [one for one in found if one.rank == rank]
    if district:
        keys = {called.key for called in districts_called(district)}
        found = [one for one in found if one.district in keys]
    if province:
        key = province_key(province)
        own = [one for one in found if DISTRICTS[one.district].province == key]
        found = own or [one for one in found if PROVINCES[DISTRICTS[one.district].province].today_key == key]
    return tuple(found)


def former_communes() -> Iterator[FormerCommune]:
    """Every former commune that is known.

    Raises:
        CommunesUnavailable: the list is not installed.
    """
    return (one for called in _former().values() for one in called)


def communes_called(name: str, province: str) -> tuple[Commune, ...]:
    """The communes of today that a name may mean in a province of today (its key), in any spelling.

    More than one result: a commune and a ward share the name and its rank was not said.

    Raises:
        CommunesUnavailable: the list is not installed.
    """
    rank, bare = _split(name)
    known = _current().get((province, strip_marks(spelt(bare))), ())
    like = [one for one in known if lacks_only_marks(spelt(bare), spelt(one.name))]
    found = [one for one in like if spelt(one.name) == spelt(bare)] or like
    return tuple(one for one in found if rank in (None, one.rank))


def provinces_before(commune: Commune) -> frozenset[str]:
    """Keys of the former provinces that a commune of today lay in; none where the list lacks it.

    Raises:
        CommunesUnavailable: the list is not installed.
    """
    return _parts().get(commune, frozenset())


@lru_cache(maxsize=1)
def _parts() -> dict[Commune, frozenset[str]]:
    """Commune of today -> the former provinces of what went into it."""
    known: dict[Commune, set[str]] = defaultdict(set)
    for former in former_communes():
        for commune in former.today:
            known[commune].add(DISTRICTS[former.district].province)
    return {commune: frozenset(provinces) for commune, provinces in known.items()}


@lru_cache(maxsize=1)
def _current() -> dict[tuple[str, str], tuple[Commune, ...]]:
    """Province of today and name without marks -> its communes of that name."""
    known: dict[tuple[str, str], dict[Commune, None]] = defaultdict(dict)
    for commune in _parts():
        known[commune.province, strip_marks(spelt(commune.name))][commune] = None
    return {place: tuple(communes) for place, communes in known.items()}


def _split(commune: str) -> tuple[CommuneRank | None, str]:
    """Rank and name: "Thị trấn Cồn" -> ("thị trấn", "Cồn"); no rank where none is said."""
    words = commune.split()
    for rank in _RANKS:
        size = len(rank.split())
        said = " ".join(words[:size]).lower()
        if len(words) > size and said in (rank, strip_marks(rank)):
            return rank, " ".join(words[size:])
    return None, " ".join(words)


def _path() -> Path:
    found = find_spec("underthesea")
    if found is None or found.origin is None:
        raise CommunesUnavailable("the list of communes comes with underthesea: pip install -e . -c constraints.txt")
    path = Path(found.origin).parent / _FILE
    if not path.exists():
        raise CommunesUnavailable(
            f"this underthesea has no {_FILE}, expected of 9.5.0: pip install -e . -c constraints.txt"
        )
    return path


@lru_cache(maxsize=1)
def _former() -> dict[str, tuple[FormerCommune, ...]]:
    """Name without marks -> the former communes of that name. Read once, some .3 s and 20 MB."""
    lines = cast("list[Mapping[str, str]]", json.loads(_path().read_text(encoding="utf-8"))["ward_mapping"])
    districts = {(DISTRICTS[one.district].province, one.rank, one.spelling): one.district for one in CALLED}
    grouped: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for line in lines:
        grouped[line["old_province"], line["old_district"], line["old_ward"]].append(
            f"{line['new_ward']}|{line['new_province']}" if line["new_ward"] else ""
        )
    known: dict[str, list[FormerCommune]] = defaultdict(list)
    for (province, district, ward), wards in grouped.items():
        former_rank, former_name = _split(ward)
        if former_rank is None or not all(wards):
            continue
        rank = next(rank for rank in RANKS if district.lower().startswith(f"{rank} "))
        known[strip_marks(spelt(former_name))].append(
            FormerCommune(
                rank=former_rank,
                name=former_name,
                district=districts[_province(province), rank, spelt(district[len(rank) :])],
                today=tuple(_today(*one.split("|")) for one in dict.fromkeys(wards)),
            )
        )
    return {name: tuple(communes) for name, communes in known.items()}


def _today(ward: str, province: str) -> Commune:
    rank, name = _split(ward)
    if rank is None:
        raise CommunesUnavailable(f"{ward!r} has no rank of a commune: pip install -e . -c constraints.txt")
    return Commune(rank=rank, name=name, province=_province(province))


@lru_cache(maxsize=128)
def _province(written: str) -> str:
    """The key of a province as the list writes it: "Thủ đô Hà Nội", "Tỉnh Đắk Lắk"."""
    return next(key for key, one in PROVINCES.items() if slug(written).endswith(f"-{slug(one.name)}"))
