"""Counts by province and year, on either map. Counts of different days are never added.

A cell holds what texts state of the latest moment of a year; what they state of earlier ones stands beside it. On the
map of today a merged province has its parts beside each other; they are added only where all of them are told exactly
as of one and the same moment, and then every part is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.figures.figure import NATIONAL, Figure
from index.period import last_day
from index.places.provinces import MERGER, PROVINCES, parts_of
from web.facet_values import MAP_LABELS
from web.figure_totals import latest, moment, totals
from web.figures import FigureTold, Map, Sums, figure_told
from web.quoting import Quoter

_MONTH_KNOWN = len("2020-12")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCell:
    """What is stated of a former province that is part of today's; place, name: its key and name."""

    place: str
    name: str
    latest: tuple[FigureTold, ...]
    others: tuple[FigureTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedParts:
    """The sum of all parts of today's province, all told as of one moment: its value and that moment."""

    value: float
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCell:
    """A province in a year.

    latest: what is stated as of the latest moment of the year, one unless sources disagree; none where only parts are
    told. others: what is stated as of earlier moments of it. parts: on the map of today, the former provinces that
    something is stated of. missing: names of the parts of which nothing is. sum: of all parts, where they may be added.
    """

    year: int
    latest: tuple[FigureTold, ...]
    others: tuple[FigureTold, ...]
    parts: tuple[PartCell, ...]
    missing: tuple[str, ...]
    sum: AddedParts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceYears:
    """A province on the map asked for, or the whole country; the latest year first."""

    place: str
    name: str
    today: str | None
    years: tuple[YearCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureYears:
    """Counts by province and year: what is counted, of what star, reached or planned; the whole country first, then
    provinces in order of their keys. years: all there are, the latest first."""

    what: str
    star: int | None
    planned: bool
    map: Map
    map_label: str
    places: tuple[PlaceYears, ...]
    years: tuple[int, ...]


def figure_years(
    figures: Sequence[Figure], *, by: Map, what: str, star: int | None, planned: bool, sums: Sums, quoter: Quoter
) -> FigureYears:
    """The table. figures: all; what: the noun counted, lower case."""
    told = [
        one
        for one in totals([one for one in figures if one.what == what], star)
        if one.planned == planned and one.place is not None
    ]
    cells: dict[str, dict[int, dict[str, list[Figure]]]] = {}
    for one in told:
        place, year = one.place or "", int((one.as_of or "")[:4])
        former = place != NATIONAL and _of_part(one)
        if by == "then" and not former and _merged(place):
            continue  # of the whole that bears the name now, which the former map does not have
        row = place if by == "then" or place == NATIONAL else PROVINCES[place].today_key
        part = place if by == "today" and former else ""
        cells.setdefault(row, {}).setdefault(year, {}).setdefault(part, []).append(one)

    def tell(chosen: Sequence[Figure]) -> tuple[FigureTold, ...]:
        return tuple(figure_told(one, sums, quoter) for one in chosen)

    def cell(row: str, year: int, held: Mapping[str, list[Figure]]) -> YearCell:
        own, former = held.get("", []), {key: ones for key, ones in held.items() if key}
        wanted = () if by == "then" or row == NATIONAL else _parts(row)
        return YearCell(
            year=year,
            latest=tell(latest(own)) if own else (),
            others=tell(_earlier(own)),
            parts=tuple(
                PartCell(
                    place=key,
                    name=PROVINCES[key].name,
                    latest=tell(latest(former[key])),
                    others=tell(_earlier(former[key])),
                )
                for key in wanted
                if key in former
            ),
            missing=tuple(PROVINCES[key].name for key in wanted if key not in former) if former else (),
            sum=_added(wanted, former),
        )

    places = tuple(
        PlaceYears(
            place=row,
            name=_name(row, by),
            today=PROVINCES[row].today if by == "then" and row in PROVINCES and PROVINCES[row].merged else None,
            years=tuple(cell(row, year, held) for year, held in sorted(years.items(), reverse=True)),
        )
        for row, years in sorted(cells.items(), key=lambda pair: (pair[0] != NATIONAL, pair[0]))
    )
    return FigureYears(
        what=what,
        star=star,
        planned=planned,
        map=by,
        map_label=MAP_LABELS[by],
        places=places,
        years=tuple(sorted({cell.year for place in places for cell in place.years}, reverse=True)),
    )


def _of_part(figure: Figure) -> bool:
    """Whether a count is of a former province: under a name that is gone, or surely from before its merger.

    What is told of "2025" alone, under a name that went on, is taken for the whole, which bore it when that year ended.
    """
    place = figure.place or ""
    before = PROVINCES[place].merged or last_day(figure.as_of or "") < MERGER.toordinal()
    return _merged(place) and before


def _merged(place: str) -> bool:
    """Whether today's province of a place is made of several."""
    return place != NATIONAL and len(parts_of(PROVINCES[place].today_key)) > 1


def _parts(today: str) -> tuple[str, ...]:
    return parts_of(today) if _merged(today) else ()


def _earlier(figures: Sequence[Figure]) -> list[Figure]:
    """Those of all but the latest moment, the later first, each value of a moment once."""
    last = max(map(moment, figures), default=None)
    once = {(one.as_of, one.value, one.to): one for one in reversed(figures) if moment(one) != last}
    return sorted(once.values(), key=moment, reverse=True)


def _added(parts: Sequence[str], held: Mapping[str, Sequence[Figure]]) -> AddedParts | None:
    """The sum of the latest counts of all parts, where each is one exact number and all are of one moment."""
    if not parts or any(key not in held for key in parts):
        return None
    chosen = [latest(held[key]) for key in parts]
    moments = {one.as_of for ones in chosen for one in ones}
    exact = all(len(ones) == 1 and ones[0].to is None and ones[0].bound is None for ones in chosen)
    as_of = moments.pop() or ""
    if moments or not exact or len(as_of) < _MONTH_KNOWN:
        return None
    return AddedParts(value=sum(ones[0].value for ones in chosen), as_of=as_of)


def _name(key: str, by: Map) -> str:
    if key == NATIONAL:
        return "cả nước"
    return PROVINCES[key].name if by == "then" else PROVINCES[key].today
