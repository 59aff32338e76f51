"""Bar charts as SVG that needs no script: where each bar and word goes.

Bars grow in per cent of the drawing's width and letters keep the size of the page's, so that one drawing suits a phone
and a desk. A row has its date at the left, the bar, and the value behind its end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

DATE_PX = 100
GROUP_PX = 34
BAR_PX = 28
# The longest bar leaves the rest of the width to its value, on a phone too.
LONGEST_PERCENT = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One number. date: as shown. text: the number as shown ("trên 100"). href: the sentence that states it; quote:
    its words, where they may be shown. planned: a target, drawn otherwise and said."""

    date: str
    value: float
    text: str
    planned: bool
    href: str
    quote: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Bars under one name. today: what the place is part of today, where that is another name."""

    name: str
    today: str | None
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as drawn: the head of a group where `bar` is None. y: pixels from the top; percent: the bar's length."""

    y: int
    group: Group
    bar: Bar | None = None
    percent: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """All rows, and the height they take in pixels. date: pixels kept for the dates."""

    rows: tuple[Row, ...]
    height: int
    bars: int
    date: int = DATE_PX


def draw(groups: Sequence[Group]) -> Chart:
    """The rows of a chart, all bars to one scale from nought."""
    most = max((bar.value for group in groups for bar in group.bars), default=0.0)
    rows = tuple(_rows(groups, most))
    last = rows[-1] if rows else None
    height = 0 if last is None else last.y + (GROUP_PX if last.bar is None else BAR_PX)
    return Chart(rows=rows, height=height, bars=sum(row.bar is not None for row in rows))


def _rows(groups: Sequence[Group], most: float) -> Iterator[Row]:
    y = 0
    for group in groups:
        yield Row(y=y, group=group)
        y += GROUP_PX
        for bar in group.bars:
            percent = LONGEST_PERCENT * max(bar.value, 0.0) / most if most > 0 else 0.0
            yield Row(y=y, group=group, bar=bar, percent=round(percent, 2))
            y += BAR_PX
        y += 6
