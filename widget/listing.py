"""Lists that span pages: the address of the same list with one thing changed, and the numbers of a pager."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

PAGE = "trang"
SORT = "xep"
PAGE_ROWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The address of a list: its path and the parameters that were given, in order; empty ones are left out."""

    path: str
    pairs: tuple[tuple[str, str], ...]

    def to(self, name: str, value: object = None) -> str:
        """The same list, on its first page, with all of one parameter replaced; None and "" take it away."""
        return self._with({name, PAGE}, name, value)

    def without(self, name: str, value: str) -> str:
        """The same list, on its first page, without one of a parameter's values."""
        return self._written([pair for pair in self.pairs if pair != (name, value) and pair[0] != PAGE])

    def page(self, number: int) -> str:
        """Another page of the same list."""
        return self._with({PAGE}, PAGE, None if number == 1 else number)

    def sort(self, key: str) -> str:
        """The list sorted by a column: descending ("-key") where it is ascending by it already."""
        return self.to(SORT, f"-{key}" if self.sorted_by(key) == "ascending" else key)

    def sorted_by(self, key: str) -> Literal["ascending", "descending"] | None:
        """Which way the address sorts by a column."""
        asked = next((value for name, value in self.pairs if name == SORT), "")
        return "ascending" if asked == key else "descending" if asked == f"-{key}" else None

    def get(self, name: str) -> str:
        """The first value of a parameter, "" where it was not given."""
        return next((value for key, value in self.pairs if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a parameter."""
        return tuple(value for key, value in self.pairs if key == name)

    def _with(self, dropped: set[str], name: str, value: object) -> str:
        kept = [pair for pair in self.pairs if pair[0] not in dropped]
        if value not in (None, ""):
            kept.append((name, str(value)))
        return self._written(kept)

    def _written(self, pairs: Sequence[tuple[str, str]]) -> str:
        return self.path + (f"?{urlencode(pairs)}" if pairs else "")


def address(path: str, pairs: Iterable[tuple[str, str]]) -> Address:
    """The address of a request, without its empty parameters."""
    return Address(path=path, pairs=tuple((name, value) for name, value in pairs if value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where a page stands among others. number: from 1 to `count`. total: rows of all pages."""

    number: int
    count: int
    total: int
    rows: int = PAGE_ROWS

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.number - 1) * self.rows

    @property
    def first(self) -> int:
        """The first row's number, from 1; 0 where there is none."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        """The last row's number."""
        return min(self.offset + self.rows, self.total)

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


def pager(asked: int, total: int, rows: int = PAGE_ROWS) -> Pager:
    """The page asked for, or the last one where there are not so many."""
    count = max(1, -(-total // rows))
    return Pager(number=min(max(asked, 1), count), count=count, total=total, rows=rows)
