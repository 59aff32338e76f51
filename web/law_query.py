"""The documents of law filtered, sorted, counted and cut to a page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from index.law.documents import Held, Status
from index.text import strip_marks, syllables
from web.facet_values import facets_told
from web.law import RegulationItem, RegulationsPage, RulingTold, Told
from web.sifted import count_facets, sift

RegulationSort = Literal["held", "number", "signed", "effective"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulationQuery:
    """Filters and order; None and "" set none.

    q: words of number, name, title or issuer, all of them, with or without marks, each perhaps not to its end. sort: by
    "held" documents stand as `Law.documents` has them; those without a day come last in either direction.
    """

    q: str = ""
    state: Status | None = None
    held: Held | None = None
    sort: RegulationSort = "held"
    descending: bool = False

    @property
    def filters(self) -> dict[str, Callable[[RegulationItem], bool]]:
        """The filters that are set."""
        words = [strip_marks(word) for word in syllables(self.q)]
        tests: dict[str, Callable[[RegulationItem], bool]] = {}
        if words:
            tests["q"] = lambda one: all(any(held.startswith(word) for held in _words(one)) for word in words)
        if self.state is not None:
            tests["state"] = lambda one: one.state.status == self.state
        if self.held is not None:
            tests["held"] = lambda one: one.held == self.held
        return tests

    def find(self, items: Sequence[RegulationItem]) -> list[RegulationItem]:
        """The documents within the filters, in order."""
        found = sift(items, self.filters)
        match self.sort:
            case "held":
                return found[::-1] if self.descending else found
            case "number":
                return sorted(found, key=lambda one: one.number, reverse=self.descending)
            case "signed":
                return self._by_day(found, lambda one: one.signed)
            case "effective":
                return self._by_day(found, lambda one: one.effective)

    def _by_day(
        self, found: Sequence[RegulationItem], told: Callable[[RegulationItem], Told | None]
    ) -> list[RegulationItem]:
        days = [(one, None if (said := told(one)) is None else said.on) for one in found]
        dated = sorted(
            ((one, day) for one, day in days if day is not None), key=lambda pair: pair[1], reverse=self.descending
        )
        return [*(one for one, _ in dated), *(one for one, day in days if day is None)]


def regulations_page(
    items: Sequence[RegulationItem],
    query: RegulationQuery,
    on: date,
    ruling: RulingTold | None,
    *,
    limit: int,
    offset: int,
) -> RegulationsPage:
    """A page of what a query finds among all documents."""
    found = query.find(items)
    facets = count_facets(
        items, query.filters, {"state": lambda one: (one.state.status,), "held": lambda one: (one.held,)}
    )
    return RegulationsPage(
        on=on,
        regulations=tuple(found[offset : offset + limit]),
        total=len(found),
        limit=limit,
        offset=offset,
        facets=facets_told(facets, "today"),
        ruling=ruling,
    )


def _words(one: RegulationItem) -> list[str]:
    texts = [one.number, one.name, one.title or "", one.issuer or "", *one.number.split("/")]
    return [strip_marks(word) for text in texts for word in syllables(text)]
