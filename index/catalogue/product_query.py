"""What may be asked of the products of a generation, and what is found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from index.decisions.decision import Change
from index.period import first_day
from index.places.provinces import PROVINCES
from index.products.product import Status
from index.ranking import Ids

# Which map a province is meant on: the 63 before 1 July 2025 or the 34 since.
Map = Literal["then", "today"]
ProductSort = Literal["name", "producer", "province", "group", "star", "status", "recognised", "expires"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductQuery:
    """Filters, order and page. What one filter names is joined by "or", filters by "and"; None and () set none.

    on: the day that star, status and expiry are meant of.
    q: words of name, producer, group, place or decision number, the last perhaps not to its end. producer: the same of
        the producer alone.
    provinces: keys of `index.places.provinces`; by: on which map. district, commune: as people write them; a district
        also under names it had before, a commune under those of before and since the merger.
    stars, statuses: on that day; star 0 is "none, or not known". groups: keys as facets give them.
    expires_from, expires_to: the certificate's last day, both included; of what was withdrawn there is none.
    recognised_from, recognised_to: ISO dates of any precision; changes; decision: its key, or a number as people write
        it; reported: only told by texts about decisions (True), or by decisions themselves (False). These hold of one
        and the same line of a decision: "2024" and "upgraded" find what was upgraded in 2024.
    doubtful: whether a field was read with doubt or another product may be the same.
    limit, offset: of the page; limit None is all.

    Raises:
        ValueError: a day is no ISO date, or no province has that key.
    """

    on: date
    q: str = ""
    producer: str = ""
    provinces: tuple[str, ...] = ()
    by: Map = "then"
    district: str | None = None
    commune: str | None = None
    stars: tuple[int, ...] = ()
    statuses: tuple[Status, ...] = ()
    groups: tuple[str, ...] = ()
    expires_from: date | None = None
    expires_to: date | None = None
    recognised_from: str | None = None
    recognised_to: str | None = None
    changes: tuple[Change, ...] = ()
    decision: str | None = None
    reported: bool | None = None
    doubtful: bool | None = None
    sort: ProductSort = "name"
    descending: bool = False
    limit: int | None = 50
    offset: int = 0

    def __post_init__(self) -> None:
        for day in (self.recognised_from, self.recognised_to):
            if day is not None:
                first_day(day)
        for key in self.provinces:
            if key not in PROVINCES:
                raise ValueError(f"no province has the key {key!r}; expected one of index.places.provinces")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A value of a facet and how many have it.

    value: what is asked for by it: a province's key, a year, a star, a status, a group's key; "" of those of which it
    is not known. label: as written, of groups; else None.
    """

    value: str
    count: int
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a query finds: the rows of its page in order, how many there are in all, and the facets.

    facets: each counted under all filters but its own, the fullest value first (years and stars: the highest first).
    by, on: the map and the day they are counted on.
    """

    rows: Ids
    total: int
    facets: Mapping[str, tuple[Counted, ...]]
    by: Map
    on: date | None
