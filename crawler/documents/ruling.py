"""Ruled tables seen in the picture of a page: long dark runs are rules, rules that meet are a grid.

The picture serves for scans and for pages drawn with vectors alike; a table is whatever a reader sees ruled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.bool_]

_MIN_ACROSS_IN = 0.35
_MIN_DOWN_IN = 0.24
_SOLID = 0.9
_TOUCH_IN = 0.06
_SAME_LINE_IN = 0.05
_MAX_THICK_IN = 0.06
_EDGE_PIXELS = 2
_BORDER_SHARE = 0.6
_MAX_LINES = 2000
_MAX_SIDE_CELLS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, boxes: "Sequence[Box]") -> Self:
        """The smallest box that holds all of them."""
        return cls(
            left=min(box.left for box in boxes),
            top=min(box.top for box in boxes),
            right=max(box.right for box in boxes),
            bottom=max(box.bottom for box in boxes),
        )

    @property
    def middle(self) -> float:
        """Its centre's y."""
        return (self.top + self.bottom) / 2

    def holds(self, other: "Box") -> bool:
        """Whether the other's centre lies inside."""
        return self.left <= (other.left + other.right) / 2 <= self.right and self.top <= other.middle <= self.bottom

    def moved(self, right: float, down: float) -> Self:
        """The same box from another origin."""
        return type(self)(
            left=self.left + right, top=self.top + down, right=self.right + right, bottom=self.bottom + down
        )

    def scaled(self, factor: float) -> Self:
        """The same box in other units."""
        return type(self)(
            left=self.left * factor,
            top=self.top * factor,
            right=self.right * factor,
            bottom=self.bottom * factor,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a grid: its first row and column, from 0, and how many of each it spans."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A ruled table; cells in order of rows, then columns."""

    box: Box
    rows: int
    columns: int
    cells: tuple[Cell, ...]

    def scaled(self, factor: float) -> "Grid":
        """The same grid in other units."""
        cells = tuple(
            Cell(row=c.row, column=c.column, rows=c.rows, columns=c.columns, box=c.box.scaled(factor))
            for c in self.cells
        )
        return Grid(box=self.box.scaled(factor), rows=self.rows, columns=self.columns, cells=cells)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule from `start` to `end` at `at` (y of one that runs across, x of one that runs down)."""

    at: float
    start: int
    end: int


def grids(ink: Ink, dpi: float) -> list[Grid]:
    """The ruled tables in a page's picture, from top to bottom, in pixels.

    ink: (height, width), True where the page is dark; the page is upright to about half a degree.
    """
    thin = _outlined(ink, round(_MAX_THICK_IN * dpi))
    across = _rules(thin, round(_MIN_ACROSS_IN * dpi), dpi)
    down = _rules(np.ascontiguousarray(thin.T), round(_MIN_DOWN_IN * dpi), dpi)
    if len(across) > _MAX_LINES or len(down) > _MAX_LINES:
        return []
    found = [_grid(a, d, dpi) for a, d in _meeting(across, down, _TOUCH_IN * dpi)]
    return sorted((grid for grid in found if grid is not None), key=lambda grid: grid.box.top)


def _outlined(ink: Ink, thick: int) -> Ink:
    """The picture with every filled stretch, such as a header row in colour, hollowed out: its edges are rules."""
    filled = _opened(ink, thick) & _opened(np.ascontiguousarray(ink.T), thick).T
    inner = filled.copy()
    for axis in (0, 1):
        for shift in (-_EDGE_PIXELS, _EDGE_PIXELS):
            inner &= np.roll(filled, shift, axis)
    return ink & ~inner


def _opened(ink: Ink, length: int) -> Ink:
    """The pixels that lie in a horizontal run of `length` pixels nearly all dark."""
    height, width = ink.shape
    if length < 2 or width <= length:
        return np.zeros_like(ink)
    sums = np.zeros((height, width + 1), dtype=np.int32)
    np.cumsum(ink, axis=1, out=sums[:, 1:])
    solid = (sums[:, length:] - sums[:, :-length]) >= _SOLID * length
    starts = np.zeros((height, width + 1), dtype=np.int32)
    starts[:, : width - length + 1] += solid
    starts[:, length : width + 1] -= solid
    return (np.cumsum(starts, axis=1)[:, :width] > 0) & ink


def _rules(ink: Ink, length: int, dpi: float) -> list[_Rule]:
    """The rules that run across: runs on neighbouring rows of pixels are one."""
    opened = _opened(ink, length)
    edges = np.diff(np.pad(opened, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    reach = max(2, round(0.015 * dpi))
    open_: list[list[int]] = []  # first row, last row, start, end
    done: list[list[int]] = []
    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        if len(done) + len(open_) > 20 * _MAX_LINES:
            break
        stale = [rule for rule in open_ if row - rule[1] > reach]
        if stale:
            done.extend(stale)
            open_ = [rule for rule in open_ if row - rule[1] <= reach]
        near = next((rule for rule in open_ if start <= rule[3] + reach and end >= rule[2] - reach), None)
        if near is None:
            open_.append([row, row, start, end])
        else:
            near[1], near[2], near[3] = row, min(near[2], start), max(near[3], end)
    done.extend(open_)
    return _merged(
        [_Rule((first + last) / 2, start, end) for first, last, start, end in done if end - start >= length], dpi
    )


def _merged(rules: list[_Rule], dpi: float) -> list[_Rule]:
    """Pieces of one rule, broken by a speck of white, as one."""
    near, gap = _SAME_LINE_IN * dpi, _TOUCH_IN * dpi
    result: list[_Rule] = []
    for rule in sorted(rules, key=lambda rule: (rule.start, rule.at)):
        for index, other in enumerate(result):
            if abs(other.at - rule.at) <= near and rule.start <= other.end + gap:
                weights = (other.end - other.start, rule.end - rule.start)
                at = (other.at * weights[0] + rule.at * weights[1]) / sum(weights)
                result[index] = _Rule(at, other.start, max(other.end, rule.end))
                break
        else:
            result.append(rule)
    return result


def _meeting(across: Sequence[_Rule], down: Sequence[_Rule], touch: float) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Groups of rules that cross or touch one another."""
    parent = list(range(len(across) + len(down)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for i, a in enumerate(across):
        for j, d in enumerate(down):
            if a.start - touch <= d.at <= a.end + touch and d.start - touch <= a.at <= d.end + touch:
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[_Rule], list[_Rule]]] = {}
    for i, a in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(a)
    for j, d in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(d)
    return list(groups.values())


def _grid(across: Sequence[_Rule], down: Sequence[_Rule], dpi: float) -> Grid | None:
    """The cells between rules; neighbours without a rule between them are one cell. None where there is no table."""
    ys, xs = _places(across, dpi), _places(down, dpi)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns < 2 or max(rows, columns) > _MAX_SIDE_CELLS:
        return None
    owner = {(r, c): (r, c) for r in range(rows) for c in range(columns)}
    near = _SAME_LINE_IN * 2 * dpi
    for r in range(rows):
        for c in range(columns):
            if c and not _ruled(down, xs[c], ys[r], ys[r + 1], near):
                owner[r, c] = owner[r, c - 1]
            elif r and owner[r - 1, c][1] == c and not _ruled(across, ys[r], xs[c], xs[c + 1], near):
                owner[r, c] = owner[r - 1, c]
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place, first in owner.items():
        members.setdefault(first, []).append(place)
    cells: list[Cell] = []
    for (row, column), places in sorted(members.items()):
        last_row, last_column = max(r for r, _ in places), max(c for _, c in places)
        box = Box(left=xs[column], top=ys[row], right=xs[last_column + 1], bottom=ys[last_row + 1])
        cells.append(Cell(row=row, column=column, rows=last_row - row + 1, columns=last_column - column + 1, box=box))
    if len(cells) < 2:  # a frame around a paragraph is no table
        return None
    box = Box(left=xs[0], top=ys[0], right=xs[-1], bottom=ys[-1])
    return Grid(box=box, rows=rows, columns=columns, cells=tuple(cells))


def _places(rules: Sequence[_Rule], dpi: float) -> list[float]:
    """Where the rules stand, those nearer than a letter's width as one."""
    groups: list[list[float]] = []
    for at in sorted(rule.at for rule in rules):
        if groups and at - groups[-1][-1] <= 2 * _SAME_LINE_IN * dpi:
            groups[-1].append(at)
        else:
            groups.append([at])
    return [sum(group) / len(group) for group in groups]


def _ruled(rules: Sequence[_Rule], at: float, start: float, end: float, near: float) -> bool:
    """Whether most of the border between two cells is drawn."""
    covered = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) <= near)
    return covered >= _BORDER_SHARE * (end - start)


def inside(boxes: Sequence[Box], grid: Grid) -> list[list[int]]:
    """For each cell of the grid, the indexes of the boxes whose centre lies in it."""
    return [[index for index, box in enumerate(boxes) if cell.box.holds(box)] for cell in grid.cells]
