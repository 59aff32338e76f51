"""Decisions: found by any filters, counted by facets, sorted, read one at a time."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.catalogue.counting import count_values, is_any, page_of, within, years_of
from index.catalogue.decision_columns import ACTS, LEVELS, DecisionColumns, read_decision, report_key
from index.catalogue.decision_query import DecisionQuery
from index.catalogue.product_query import Counted, Found
from index.catalogue.province_columns import PROVINCE_KEYS, ProvinceColumns
from index.catalogue.words import asked_words, rows_with
from index.decisions.merged import Decision
from index.law.address import asked_number
from index.period import first_day, last_day
from index.ranking import Ids, Mask
from index.traits import number_of

SOURCES = ("decision", "report")


class Decisions:
    """The decisions of one generation. Thread-safe; a row is a decision's place, in order of the keys."""

    def __init__(self, columns: DecisionColumns) -> None:
        self._columns = columns
        self._arrays = columns.arrays
        self._provinces = ProvinceColumns(then=columns.arrays.then, today=columns.arrays.today)
        self._years = years_of(columns.arrays.first, columns.arrays.last)
        # What is equal in all that is sorted by stands by number.
        self._order = np.argsort(columns.arrays.number, kind="stable")

    def __len__(self) -> int:
        return len(self._arrays.first)

    def row(self, key: str) -> int | None:
        """The row of a decision, or None where no decision has that key."""
        rows = self._columns.tables["keys"].rows_of(key)
        return int(rows[0]) if len(rows) else None

    def rows_of(self, asked: str) -> Ids:
        """The rows of the decisions that a key or a number as people write it ("1287", "QĐ 1287/QĐ-UBND") may mean."""
        row = self.row(asked)
        if row is not None:
            return np.array([row], np.int64)
        number, table = asked_number(asked), self._columns.tables["numbers"]
        if number is None:
            return np.zeros(0, np.int64)
        places = [place for place in table.starting(f"{number.number}|") if number_of(table.key(place)).matches(number)]
        rows: Mask = np.zeros(len(self), np.bool_)
        for place in places:
            rows[table.rows_at(place)] = True
        return np.flatnonzero(rows)

    def read(self, rows: Iterable[int]) -> Iterator[Decision]:
        """Decisions whole, one at a time."""
        return (read_decision(self._columns.records.raw(int(row))) for row in rows)

    def heads(self, rows: Iterable[int]) -> Iterator[Decision]:
        """Decisions without the lines of their lists, one at a time; `listed` counts those."""
        return (read_decision(self._columns.heads.raw(int(row))) for row in rows)

    def label(self, key: str) -> str | None:
        """The number of a decision as it is cited, or None where no decision has that key."""
        row = self.row(key)
        return None if row is None else self._columns.labels[row]

    def is_report(self, key: str, article_id: str, digest: str) -> bool:
        """Whether a version of an article only reports the decision."""
        row = self.row(key)
        table = self._columns.tables["reports"]
        return row is not None and row in table.rows_of(report_key(article_id, digest)).tolist()

    def listed(self, row: int) -> int:
        """How many lines the decision's own list of products has."""
        return int(self._arrays.products[row])

    def find(self, query: DecisionQuery) -> Found:
        """The decisions within all filters: the page asked for, how many there are, and the facets."""
        count, arrays = len(self), self._arrays
        masks = self._masks(query)
        found = within(masks, count)
        years = [
            Counted(value="" if value == "0" else value, count=many)
            for value, many in _by_number(self._years[within(masks, count, but="issued")])
        ]
        facets = {
            "province": count_values(self._provinces.on(query.by), within(masks, count, but="province"), PROVINCE_KEYS),
            "year": years,
            "act": self._by_act(within(masks, count, but="act")),
            "level": count_values(arrays.level, within(masks, count, but="level"), LEVELS),
            "source": count_values(arrays.reported, within(masks, count, but="reported"), SOURCES),
        }
        return Found(
            rows=page_of(
                found,
                self._sort_keys(query),
                self._order,
                descending=query.descending,
                limit=query.limit,
                offset=query.offset,
            ),
            total=int(np.count_nonzero(found)),
            facets={name: tuple(values) for name, values in facets.items()},
            by=query.by,
            on=None,
        )

    def _masks(self, query: DecisionQuery) -> dict[str, Mask]:
        """The mask of every filter that is set."""
        arrays, count = self._arrays, len(self)
        masks: dict[str, Mask] = {}
        if query.q.strip():
            masks["q"] = rows_with(self._columns.tables["words"], asked_words(query.q), count)
        if query.number is not None:
            masks["number"] = np.zeros(count, np.bool_)
            masks["number"][self.rows_of(query.number)] = True
        if query.provinces:
            masks["province"] = self._provinces.of_any(query.provinces, query.by)
        if query.levels:
            masks["level"] = is_any(arrays.level, map(LEVELS.index, query.levels))
        if query.acts:
            masks["act"] = (arrays.acts & np.uint8(sum(1 << ACTS.index(act) for act in set(query.acts)))) != 0
        if query.issued_from is not None or query.issued_to is not None:
            mask = arrays.first > 0
            if query.issued_from is not None:
                mask &= arrays.last >= first_day(query.issued_from)
            if query.issued_to is not None:
                mask &= arrays.first <= last_day(query.issued_to)
            masks["issued"] = mask
        for name, asked, column in (
            ("changed", query.changed, arrays.changed),
            ("listing", query.listing, arrays.products > 0),
            ("reported", query.reported, arrays.reported),
            ("doubtful", query.doubtful, arrays.doubtful),
        ):
            if asked is not None:
                masks[name] = column == asked
        return masks

    def _by_act(self, mask: Mask) -> list[Counted]:
        acts = self._arrays.acts[mask]
        counts = [(act, int(np.count_nonzero(acts & np.uint8(1 << bit)))) for bit, act in enumerate(ACTS)]
        return [Counted(value=act, count=count) for act, count in sorted(counts, key=lambda one: -one[1]) if count]

    def _sort_keys(self, query: DecisionQuery) -> list[tuple[NDArray[Any], Mask | None]]:
        arrays = self._arrays
        match query.sort:
            case "issued":
                return [(arrays.first, arrays.first == 0)]
            case "number":
                return [(arrays.number, None)]
            case "province":
                return [self._provinces.sort_key(query.by)]
            case "products":
                return [(arrays.products, None)]


def _by_number(values: NDArray[np.int16]) -> list[tuple[str, int]]:
    """(value, how many), the highest value first."""
    found, counts = np.unique(values, return_counts=True)
    return [(str(value), int(count)) for value, count in zip(found[::-1].tolist(), counts[::-1].tolist(), strict=True)]
