"""All products of an index: found by name and place, and counted as of a day on a map that is named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from index.decisions.merged import Decision
from index.places.communes import commune_today
from index.places.districts import DISTRICTS, districts_called
from index.places.named import MERGER, PROVINCES
from index.places.territory import Territory, territory_called
from index.products.assembling import assemble
from index.products.expiry import HELD
from index.products.expiry import state as state_of
from index.products.naming import product_called
from index.products.product import Product, ProductState
from index.products.seat import bare_name
from index.products.timeline import CODE, NO_DAY, StateArrays, Timelines, day_number
from index.text import syllables

# The 63 provinces before July 2025, or the 34 since.
Boundaries = Literal["then", "today"]
Grouping = Literal["province", "star"]
_HELD = np.array(sorted(CODE[status] for status in HELD), dtype=np.int8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Products of one group. key: of a province, or the star as a digit; None of those of which it is not known.

    held: with a certificate in force. undetermined: expired at most 180 days before, and perhaps kept (Điều 12 khoản 3
    of QĐ 26/2026/QĐ-TTg). unknown: what is told leaves it open. None of the three counts what another does.
    """

    key: str | None
    held: int
    undetermined: int
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Products counted as of one day, by provinces of one map.

    groups: the largest first; total: all of them together.
    """

    on: date
    by: Grouping
    boundaries: Boundaries
    star: int | None
    groups: tuple[Tally, ...]
    total: Tally


class Products:
    """The products that decisions tell of, in order of their keys. Made once; safe to share between threads."""

    def __init__(self, products: Iterable[Product]) -> None:
        self.products: tuple[Product, ...] = tuple(products)
        self._places = {product.key: at for at, product in enumerate(self.products)}

    @classmethod
    def from_decisions(cls, decisions: Sequence[Decision]) -> "Products":
        """The products of every decision of an index."""
        return cls(assemble(decisions))

    def __len__(self) -> int:
        return len(self.products)

    def get(self, key: str) -> Product | None:
        """The product of that key."""
        at = self._places.get(key)
        return None if at is None else self.products[at]

    @cached_property
    def timelines(self) -> Timelines:
        """The states of all products on every day, in their order."""
        return Timelines(self.products)

    def states(self, on: date) -> StateArrays:
        """The states of all products on a day, in their order."""
        return self.timelines.on(on)

    def state(self, product: Product, on: date) -> ProductState:
        """How a product stands on a day."""
        return state_of(product, on)

    def doubts(self) -> tuple[tuple[Product, Product], ...]:
        """Pairs that may be one product, kept apart, each once."""
        return tuple(
            (product, self.products[self._places[key]])
            for product in self.products
            for key in product.doubtful
            if product.key < key
        )

    def called(self, name: str) -> tuple[Product, ...]:
        """Products one of whose names has those words together, with their marks where they are typed with any."""
        asked = product_called(name)
        bare, marked = f" {' '.join(asked.bare)} ", f" {' '.join(asked.words)} "
        if not asked.bare:
            return ()
        found: list[Product] = []
        for product, names in zip(self.products, self._names, strict=True):
            if any(bare in plain and (not asked.marked or marked in spelt or spelt == plain) for plain, spelt in names):
                found.append(product)
        return tuple(found)

    @cached_property
    def _names(self) -> list[list[tuple[str, str]]]:
        """Of each product its names without and with marks, blanks around each word."""
        return [
            [(f" {' '.join(called.bare)} ", f" {' '.join(called.words)} ") for called in map(product_called, one.names)]
            for one in self.products
        ]

    def within(self, place: str) -> tuple[Product, ...] | None:
        """Products of a province, district or commune, under its names before and since July 2025; None where the name
        is no place's that is known.

        A name that is a province's is read as the province's; "huyện", "xã" and their like before a name say which.
        """
        ranked = syllables(place)[:1] in (["huyện"], ["quận"], ["xã"], ["phường"]) or syllables(place)[:2] in (
            ["thị", "xã"],
            ["thị", "trấn"],
            ["đặc", "khu"],
        )
        asked = None if ranked else territory_called(place)
        if asked is not None:
            return tuple(product for product in self.products if in_territory(product, asked))
        districts = {one.key for one in districts_called(place)}
        formers = commune_today(place)
        bare = bare_name(place)
        found = tuple(product for product in self.products if self._near(product, bare, districts))
        return found if found or districts or formers else None

    def _near(self, product: Product, bare: str, districts: set[str]) -> bool:
        """Whether a product is of a district among those, or of a commune of that name, before or since July 2025."""
        if bare in {bare_name(label) for label in (product.commune or "", *product.communes_today)}:
            return True
        if not districts or product.district is None:
            return False
        own = {one.key for one in districts_called(product.district)}
        return any(
            key in own and PROVINCES[DISTRICTS[key].province].today_key == product.province_today for key in districts
        )

    def expiring(self, first: date, last: date, *, on: date) -> tuple[Product, ...]:
        """Products whose certificate, as what counts on a day tells it, has its last day between two, both included;
        the soonest first. Only of certificates in force then, or undetermined."""
        states = self.states(on)
        status = np.append(_HELD, np.int8(CODE["undetermined"]))
        within = (states.expires >= day_number(first)) & (states.expires <= day_number(last))
        chosen = np.flatnonzero(within & (states.expires != NO_DAY) & np.isin(states.status, status))
        return tuple(self.products[at] for at in chosen[np.argsort(states.expires[chosen], kind="stable")])

    def counts(
        self, on: date, *, by: Grouping = "province", boundaries: Boundaries | None = None, star: int | None = None
    ) -> Counts:
        """How many products hold a certificate on a day, by province or star.

        boundaries: of the provinces as they were on the day, unless said. star: only those that have it then.
        """
        chosen: Boundaries = boundaries or ("today" if on >= MERGER else "then")
        states = self.states(on)
        kept = np.ones(len(self), dtype=np.bool_) if star is None else states.star == star
        groups, keys = self._provinces[chosen] if by == "province" else _stars(states)
        shares = [
            np.bincount(groups[kept & one], minlength=len(keys)).tolist()
            for one in (
                np.isin(states.status, _HELD),
                states.status == CODE["undetermined"],
                states.status == CODE["unknown"],
            )
        ]
        tallies = [
            Tally(key=key, held=held, undetermined=undetermined, unknown=unknown)
            for key, held, undetermined, unknown in zip(keys, *shares, strict=True)
            if held or undetermined or unknown
        ]
        tallies.sort(key=lambda tally: (tally.key is None, -tally.held, tally.key or ""))
        total = Tally(key=None, held=sum(shares[0]), undetermined=sum(shares[1]), unknown=sum(shares[2]))
        return Counts(on=on, by=by, boundaries=chosen, star=star, groups=tuple(tallies), total=total)

    @cached_property
    def _provinces(self) -> dict[Boundaries, tuple[npt.NDArray[np.int64], list[str | None]]]:
        """Of each map the group of each product, and the keys of the groups; the last is that of no known province."""
        today: list[str | None] = [*dict.fromkeys(one.today_key for one in PROVINCES.values()), None]
        then: list[str | None] = [*PROVINCES, None]
        return {
            "today": (_groups([one.province_today for one in self.products], today), today),
            "then": (_groups([one.province_former for one in self.products], then), then),
        }


def in_territory(product: Product, asked: Territory) -> bool:
    """Whether a product is of a province asked for, under its name before or since July 2025."""
    if product.province_former is not None:
        return product.province_former in asked.keys
    return product.province in asked.keys | asked.since_merger


def _groups(keys: Sequence[str | None], known: Sequence[str | None]) -> npt.NDArray[np.int64]:
    places = {key: place for place, key in enumerate(known)}
    return np.array([places[key] for key in keys], dtype=np.int64)


def _stars(states: StateArrays) -> tuple[npt.NDArray[np.int64], list[str | None]]:
    stars: list[str | None] = [None, "1", "2", "3", "4", "5"]
    return states.star.astype(np.int64), stars
