"""Lists held in memory, filtered and counted as those of the catalogue: each facet under all filters but its own."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from index.catalogue.product_query import Counted

Row = TypeVar("Row")
Filters = Mapping[str, Callable[[Row], bool]]
# The values of a facet that a row has; "" where it is not known.
Values = Mapping[str, Callable[[Row], Iterable[str]]]


def sift(rows: Iterable[Row], filters: Filters[Row], *, but: str | None = None) -> list[Row]:
    """The rows within all filters, but for the one of that name, in their order."""
    tests = [test for name, test in filters.items() if name != but]
    return [row for row in rows if all(test(row) for test in tests)]


def count_facets(rows: Sequence[Row], filters: Filters[Row], values: Values[Row]) -> dict[str, tuple[Counted, ...]]:
    """How many rows have each value: the fullest first, of years the latest; what is not known last."""
    found: dict[str, tuple[Counted, ...]] = {}
    for name, of in values.items():
        counts = Counter(value for row in sift(rows, filters, but=name) for value in set(of(row)))
        known = sorted((value for value in counts if value), key=lambda value: (-counts[value], value))
        if name == "year":
            known.sort(reverse=True)
        listed = [*known, ""] if counts[""] else known
        found[name] = tuple(Counted(value=value, count=counts[value]) for value in listed)
    return found
