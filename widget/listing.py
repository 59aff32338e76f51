"""Lists that span pages: the address of the same list with one thing changed, and the numbers of a pager.

Pages take the parameters of the interface's lists (`sort`, `order`, `offset` and the filters), so that a page and the
file of the same rows differ in their path alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

OFFSET, SORT, ORDER = "offset", "sort", "order"
PAGE_ROWS = 50
Way = Literal["ascending", "descending"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The address of a list: its path and the parameters that were given, in order; empty ones are left out.

    by, way: how it is sorted where the address does not say.
    """

    path: str
    pairs: tuple[tuple[str, str], ...]
    by: str = ""
    way: Way = "ascending"

    def to(self, name: str, value: object = None) -> str:
        """The same list, on its first page, with all of one parameter replaced; None and "" take it away."""
        return self._with({name, OFFSET}, [(name, value)])

    def without(self, *names: str) -> str:
        """The same list, on its first page, without some parameters."""
        return self._with({*names, OFFSET}, [])

    def years(self, first: str, last: str, year: str) -> str:
        """The same list of one year, by the parameters for its first and last day."""
        return self._with({first, last, OFFSET}, [(first, year), (last, year)])

    def expiring(self, months: int) -> str:
        """The list of what ends within so many months, the soonest first."""
        return self._with(
            {"expires_within", SORT, ORDER, OFFSET}, [("expires_within", months), (SORT, "expires"), (ORDER, "asc")]
        )

    def page(self, number: int) -> str:
        """Another page of the same list, counted from 1."""
        return self._with({OFFSET}, [(OFFSET, None if number == 1 else (number - 1) * PAGE_ROWS)])

    def sort(self, key: str) -> str:
        """The list sorted by a column: the other way round where it is sorted by it already."""
        order = "desc" if self.sorted_by(key) == "ascending" else "asc"
        return self._with({SORT, ORDER, OFFSET}, [(SORT, key), (ORDER, order)])

    def sorted_by(self, key: str) -> Way | None:
        """Which way the list is sorted by a column; None where it is sorted by another."""
        if (self.get(SORT) or self.by) != key:
            return None
        order = self.get(ORDER)
        return {"asc": "ascending", "desc": "descending"}.get(order, self.way)  # type: ignore[return-value]

    def file(self, path: str, form: Literal["csv", "xlsx"]) -> str:
        """The file of all rows of the list, from the interface's list at `path`."""
        kept = [pair for pair in self.pairs if pair[0] != OFFSET]
        return f"{path}?{urlencode([*kept, ('format', form)])}"

    def get(self, name: str) -> str:
        """The first value of a parameter, "" where it was not given."""
        return next((value for key, value in self.pairs if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a parameter."""
        return tuple(value for key, value in self.pairs if key == name)

    @property
    def filtered(self) -> bool:
        """Whether anything is asked beyond order and page."""
        return any(name not in (OFFSET, SORT, ORDER) for name, _ in self.pairs)

    def _with(self, dropped: set[str], added: Sequence[tuple[str, object]]) -> str:
        pairs = [pair for pair in self.pairs if pair[0] not in dropped]
        pairs += [(name, str(value)) for name, value in added if value not in (None, "")]
        return self.path + (f"?{urlencode(pairs)}" if pairs else "")


def address(path: str, pairs: Iterable[tuple[str, str]], *, by: str = "", way: Way = "ascending") -> Address:
    """The address of a request, without its empty parameters."""
    return Address(path=path, pairs=tuple((name, value) for name, value in pairs if value), by=by, way=way)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where a page stands among others. number: from 1 to `count`. total: rows of all pages."""

    number: int
    count: int
    total: int

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.number - 1) * PAGE_ROWS

    @property
    def first(self) -> int:
        """The first row's number, from 1; 0 where there is none."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        """The last row's number."""
        return min(self.offset + PAGE_ROWS, self.total)

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """The pages to link: the first, the last and those near; None stands for those left out."""
        near = sorted({1, self.count, *range(max(1, self.number - 2), min(self.count, self.number + 2) + 1)})
        found: list[int | None] = []
        for number in near:
            if found and found[-1] is not None and number - found[-1] > 1:
                found.append(None)
            found.append(number)
        return tuple(found)


def pager(offset: int, total: int) -> Pager:
    """The page that a row is on, counted from 0; the last page where there are not so many."""
    count = max(1, -(-total // PAGE_ROWS))
    return Pager(number=min(offset // PAGE_ROWS + 1, count), count=count, total=total)
