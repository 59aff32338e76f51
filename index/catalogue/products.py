"""Products: found by any filters, counted by facets, sorted, read one at a time."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from index.catalogue.counting import count_values, is_any, page_of, within, years_of
from index.catalogue.product_columns import CHANGES, ProductColumns
from index.catalogue.product_query import Counted, Found, ProductQuery
from index.catalogue.province_columns import NONE, PROVINCE_KEYS, ProvinceColumns
from index.catalogue.whereabouts import asked_commune, asked_districts
from index.catalogue.words import asked_words, rows_with
from index.keyrows import KeyRows
from index.period import first_day, last_day
from index.products.expiry import HELD
from index.products.product import Product
from index.products.timeline import CODE, NO_DAY, STATUSES, StateArrays, day_number
from index.ranking import Ids, Mask

_PRODUCT = TypeAdapter(Product)
_DAYS_REMEMBERED = 4
STARS = tuple(str(star) for star in range(6))
# More than any year has, so that product and year make one number.
_YEARS = 10_000


class Products:
    """The products of one generation. Thread-safe; a row is a product's place, in order of the keys."""

    def __init__(self, columns: ProductColumns, decision_rows: Callable[[str], Ids]) -> None:
        """decision_rows: the places in the catalogue of the decisions that a key or number means."""
        self._columns = columns
        self._arrays = arrays = columns.arrays
        self._provinces = ProvinceColumns(then=arrays.then, today=arrays.today)
        self._decision_rows = decision_rows
        self.states: Callable[[date], StateArrays] = lru_cache(maxsize=_DAYS_REMEMBERED)(columns.timelines.on)
        self._order = np.argsort(arrays.by_name, kind="stable")
        count = len(arrays.ends) - 1
        self._owner = np.repeat(np.arange(count, dtype=np.int64), np.diff(arrays.ends))
        years = np.where(arrays.recognises, years_of(arrays.first, arrays.last), np.int16(0))
        # A product recognised twice in a year counts once: lines -> (product, year) -> year.
        pairs, self._pair = np.unique(self._owner * _YEARS + years, return_inverse=True)
        self._pair_owner, self._pair_year = pairs // _YEARS, pairs % _YEARS

    def __len__(self) -> int:
        return len(self._arrays.ends) - 1

    def row(self, key: str) -> int | None:
        """The row of a product, or None where no product has that key."""
        rows = self._columns.tables["keys"].rows_of(key)
        return int(rows[0]) if len(rows) else None

    def communes_today(self, row: int) -> tuple[str, ...]:
        """What the commune of a product is called since 1 July 2025: several where it was divided, none where that is
        not known."""
        return tuple(self._columns.communes_today[row].splitlines())

    def read(self, rows: Iterable[int]) -> Iterator[Product]:
        """Products whole, one at a time."""
        return (_PRODUCT.validate_json(self._columns.records.raw(int(row))) for row in rows)

    def find(self, query: ProductQuery) -> Found:
        """The products within all filters: the page asked for, how many there are, and the facets."""
        count, states = len(self), self.states(query.on)
        stars = _stars_held(states)
        lines = self._lines(query)
        masks = self._masks(query, states)
        if lines:
            masks["lines"] = self._owners(within(lines, len(self._owner)))
        found = within(masks, count)
        facets = {
            "province": count_values(self._provinces.on(query.by), within(masks, count, but="province"), PROVINCE_KEYS),
            "year": self._by_year(within(masks, count, but="lines"), within(lines, len(self._owner), but="recognised")),
            "star": count_values(stars, within(masks, count, but="star"), STARS),
            "status": count_values(states.status, within(masks, count, but="status"), STATUSES),
            "group": count_values(
                self._arrays.group, within(masks, count, but="group"), self._group_keys, self._group_labels
            ),
        }
        return Found(
            rows=page_of(
                found,
                self._sort_keys(query, states),
                self._order,
                descending=query.descending,
                limit=query.limit,
                offset=query.offset,
            ),
            total=int(np.count_nonzero(found)),
            facets={name: tuple(values) for name, values in facets.items()},
            by=query.by,
            on=query.on,
        )

    @cached_property
    def _group_keys(self) -> list[str]:
        return list(self._columns.group_keys)

    @cached_property
    def _group_labels(self) -> list[str]:
        return list(self._columns.group_labels)

    def _masks(self, query: ProductQuery, states: StateArrays) -> dict[str, Mask]:
        """The mask of every filter that is set, but for those of single lines."""
        arrays, tables, count = self._arrays, self._columns.tables, len(self)
        masks: dict[str, Mask] = {}
        if query.q.strip():
            masks["q"] = rows_with(tables["words"], asked_words(query.q), count)
        if query.producer.strip():
            masks["producer"] = rows_with(tables["producers"], asked_words(query.producer), count)
        if query.provinces:
            masks["province"] = self._provinces.of_any(query.provinces, query.by)
        if query.district is not None:
            masks["district"] = self._keyed(tables["districts"], asked_districts(query.district))
        if query.commune is not None:
            masks["commune"] = self._keyed(tables["communes"], asked_commune(query.commune))
        if query.stars:
            masks["star"] = is_any(_stars_held(states), query.stars)
        if query.statuses:
            masks["status"] = is_any(states.status, (CODE[status] for status in query.statuses))
        if query.groups:
            wanted = (place for place, key in enumerate(self._group_keys) if key in query.groups)
            masks["group"] = is_any(arrays.group, wanted)
        if query.expires_from is not None or query.expires_to is not None:
            masks["expires"] = _between(states.expires, query.expires_from, query.expires_to)
        if query.doubtful is not None:
            masks["doubtful"] = arrays.doubtful == query.doubtful
        return masks

    def _lines(self, query: ProductQuery) -> dict[str, Mask]:
        """(m,) masks over recognitions and withdrawals of the filters that hold of one and the same."""
        arrays = self._arrays
        masks: dict[str, Mask] = {}
        if query.recognised_from is not None or query.recognised_to is not None:
            mask = arrays.recognises & (arrays.first > 0)
            if query.recognised_from is not None:
                mask &= arrays.last >= first_day(query.recognised_from)
            if query.recognised_to is not None:
                mask &= arrays.first <= last_day(query.recognised_to)
            masks["recognised"] = mask
        if query.changes:
            masks["change"] = arrays.recognises & is_any(arrays.change, map(CHANGES.index, query.changes))
        if query.decision is not None:
            masks["decision"] = np.isin(arrays.decision, self._decision_rows(query.decision))
        if query.reported is not None:
            masks["reported"] = arrays.reported == query.reported
        return masks

    def _owners(self, lines: Mask) -> Mask:
        """(n,) the products that any of the lines is of."""
        mask: Mask = np.zeros(len(self), np.bool_)
        mask[self._owner[lines]] = True
        return mask

    def _by_year(self, products: Mask, lines: Mask) -> list[Counted]:
        """How many products were recognised in each year, the latest first; those of no known year are not counted."""
        held: Mask = np.zeros(len(self._pair_year), np.bool_)
        held[self._pair[lines]] = True
        held &= products[self._pair_owner]
        counts = np.bincount(self._pair_year[held], minlength=1).tolist()
        return [Counted(value=str(year), count=counts[year]) for year in range(len(counts) - 1, 0, -1) if counts[year]]

    def _keyed(self, table: KeyRows, keys: Iterable[str]) -> Mask:
        mask: Mask = np.zeros(len(self), np.bool_)
        for key in keys:
            mask[table.rows_of(key)] = True
        return mask

    def _sort_keys(self, query: ProductQuery, states: StateArrays) -> list[tuple[NDArray[Any], Mask | None]]:
        arrays = self._arrays
        match query.sort:
            case "name":
                return []
            case "producer":
                return [(arrays.by_producer, None)]
            case "province":
                return [self._provinces.sort_key(query.by)]
            case "group":
                return [(arrays.by_group, arrays.group == NONE)]
            case "star":
                stars = _stars_held(states)
                return [(stars, stars == 0)]
            case "status":
                return [(states.status, None)]
            case "recognised":
                return [(states.since, states.since == NO_DAY)]
            case "expires":
                return [(states.expires, states.expires == NO_DAY)]


def _stars_held(states: StateArrays) -> NDArray[np.int8]:
    """(n,) the star of each certificate in force; 0 of others, and where it is not known."""
    held = is_any(states.status, (CODE[status] for status in HELD))
    return np.where(held, states.star, np.int8(0))


def _between(days: NDArray[np.int32], begin: date | None, end: date | None) -> Mask:
    mask: Mask = days != NO_DAY
    if begin is not None:
        mask &= days >= day_number(begin)
    if end is not None:
        mask &= days <= day_number(end)
    return mask
