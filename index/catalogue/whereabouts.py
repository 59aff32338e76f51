"""Where a product is, under the names of before and since 1 July 2025, and the keys it is found by.

What a decision writes stays as it is. Beside it stands what the place is called today, and for what was written after
the merger, which former province it was: only where the commune leaves no doubt.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.places.communes import (
    Commune,
    CommunesUnavailable,
    FormerCommune,
    commune_today,
    communes_called,
    provinces_before,
)
from index.places.district_table import CALLED
from index.places.districts import DISTRICTS, District, districts_called
from index.places.provinces import PROVINCES, parts_of, slug

_SHORT = {
    "tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "h": "huyện", "q": "quận", "p": "phường", "x": "xã",
}  # fmt: skip
_SHORT_RANK = re.compile(rf"(?P<short>{'|'.join(_SHORT)})(?:\.\s*|\s+)(?=\S)", re.IGNORECASE)
_RANK = re.compile(r"(?:thanh-pho|thi-xa|thi-tran|dac-khu|huyen|quan|phuong|xa)-(?=.)")
# Of a place written without its rank, which may be of any.
_ANY_RANK = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceToday:
    """What a place is called since 1 July 2025.

    communes: with their ranks; several where the former one was divided, none where it is not known. province: key of
    today's province; None where it is not known.
    """

    communes: tuple[str, ...]
    province: str | None


def place_keys(text: str) -> tuple[str, ...]:
    """The keys of a place written: "H. Hải Hậu" -> "huyen-hai-hau", "hai-hau"; "Hải Hậu" -> "hai-hau", "?hai-hau"."""
    whole = asked_key(text)
    bare = _RANK.sub("", whole, count=1)
    return (whole, bare) if bare != whole else (bare, _ANY_RANK + bare)


def asked_key(text: str) -> str:
    """The key of a place asked for; of one with its rank, `any_rank` has that of places written without."""
    short = _SHORT_RANK.match(text.strip())
    return slug(text if short is None else f"{_SHORT[short['short'].lower()]} {text.strip()[short.end() :]}")


def any_rank(key: str) -> str | None:
    """For a key with a rank, the key of places of that name written without one; None for a key without."""
    bare = _RANK.sub("", key, count=1)
    return None if bare == key else _ANY_RANK + bare


@lru_cache(maxsize=65536)
def district_keys(district: str, province: str | None) -> tuple[str, ...]:
    """The keys of a district as written: as `place_keys`, and its own where there is one of that name in the province.

    province: key of the province it was written of.
    """
    called = _districts(district)
    if province is not None:
        parts = parts_of(PROVINCES[province].today_key)  # it may be today's of that name
        called = tuple(one for one in called if one.province == province) or tuple(
            one for one in called if one.province in parts
        )
    known = [one.key for one in called]
    return (*place_keys(district), *known) if len(known) == 1 else place_keys(district)


def asked_districts(text: str) -> tuple[str, ...]:
    """The keys that find a district asked for, under its own name and those it had before."""
    key = asked_key(text)
    written = any_rank(key)
    own = dict.fromkeys(one.key for one in _districts(text))
    if written is None:
        return (key, *own)
    # Where a rank is said, only what went by that name with that rank, now or before, is meant.
    ranked = {called.district for called in CALLED if slug(f"{called.rank} {called.name}") == key}
    return (key, written, *(district for district in own if district in ranked))


@lru_cache(maxsize=65536)
def commune_keys(commune: str, district: str | None, province: str | None) -> tuple[str, ...]:
    """The keys of a commune as written, and of the communes of today it went into."""
    today = (key for label in place_today(commune, district, province).communes for key in place_keys(label))
    return tuple(dict.fromkeys((*place_keys(commune), *today)))


def asked_commune(text: str) -> tuple[str, ...]:
    """The keys that find a commune asked for, former or of today."""
    key = asked_key(text)
    written = any_rank(key)
    return (key,) if written is None else (key, written)


@lru_cache(maxsize=65536)
def place_today(commune: str | None, district: str | None, province: str | None) -> PlaceToday:
    """What a place is called today. province: key of the province as written."""
    today = None if province is None else PROVINCES[province].today_key
    if commune is None:
        return PlaceToday(communes=(), province=today)
    former = _former(commune)
    if district is not None:
        keys = {one.key for one in _districts(district)}
        former = tuple(one for one in former if one.district in keys)
    if province is not None:
        own = tuple(one for one in former if DISTRICTS[one.district].province == province)
        parts = parts_of(PROVINCES[province].today_key)  # it may be today's of that name
        former = own or tuple(one for one in former if DISTRICTS[one.district].province in parts)
    ways = {one.today for one in former}
    found = ways.pop() if len(ways) == 1 else ()
    if not found and today is not None and (named := _today_called(commune, today)) is not None:
        found = (named,)
    return PlaceToday(
        communes=tuple(one.label for one in found),
        province=today or (found[0].province if len({one.province for one in found}) == 1 else None),
    )


@lru_cache(maxsize=65536)
def province_then(commune: str | None, district: str | None, province: str) -> str | None:
    """The former province of a place written when only today's provinces were: of the commune, or of a district still
    named; None where it may be several."""
    parts = parts_of(PROVINCES[province].today_key)
    if len(parts) == 1:
        return parts[0]
    if district is not None:
        own = {one.province for one in _districts(district)} & set(parts)
        if len(own) == 1:
            return own.pop()
    named = None if commune is None else _today_called(commune, PROVINCES[province].today_key)
    before = frozenset() if named is None else provinces_before(named)
    return next(iter(before)) if len(before) == 1 else None


@lru_cache(maxsize=8192)
def _districts(text: str) -> tuple[District, ...]:
    return districts_called(text)


@lru_cache(maxsize=32768)
def _former(commune: str) -> tuple[FormerCommune, ...]:
    try:
        return commune_today(commune)
    except CommunesUnavailable:
        return ()


@lru_cache(maxsize=32768)
def _today_called(commune: str, today: str) -> Commune | None:
    """The one commune of today's province that is so called; None where none or several are."""
    try:
        called = communes_called(commune, today)
    except CommunesUnavailable:
        return None
    return called[0] if len(called) == 1 else None
