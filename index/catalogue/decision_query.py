"""What may be asked of the decisions of a generation."""

from dataclasses import dataclass
from typing import Literal

from index.catalogue.product_query import Map
from index.decisions.decision import Act, Level
from index.period import first_day
from index.places.provinces import PROVINCES

DecisionSort = Literal["issued", "number", "province", "products"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionQuery:
    """Filters, order and page. What one filter names is joined by "or", filters by "and"; None and () set none.

    q: words of number, issuer, subject or place, the last perhaps not to its end. number: a key, or a number as people
        write it.
    provinces: keys of `index.places.provinces`; by: on which map. A decision issued since the merger is of today's
        province; on the former map it counts only where that province was not merged.
    levels, acts: of the issuer; what the decision does. issued_from, issued_to: ISO dates of any precision.
    changed: another decision amends, replaces or revokes it. listing: it has a list of products of its own.
    reported: only texts about it tell of it. doubtful: a field was read with doubt, or its sources differ.
    limit, offset: of the page; limit None is all.

    Raises:
        ValueError: a day is no ISO date, or no province has that key.
    """

    q: str = ""
    number: str | None = None
    provinces: tuple[str, ...] = ()
    by: Map = "then"
    levels: tuple[Level, ...] = ()
    acts: tuple[Act, ...] = ()
    issued_from: str | None = None
    issued_to: str | None = None
    changed: bool | None = None
    listing: bool | None = None
    reported: bool | None = None
    doubtful: bool | None = None
    sort: DecisionSort = "issued"
    descending: bool = True
    limit: int | None = 50
    offset: int = 0

    def __post_init__(self) -> None:
        for day in (self.issued_from, self.issued_to):
            if day is not None:
                first_day(day)
        for key in self.provinces:
            if key not in PROVINCES:
                raise ValueError(f"no province has the key {key!r}; expected one of index.places.provinces")
