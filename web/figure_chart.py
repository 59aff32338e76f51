"""Which of the counts that texts state are drawn side by side: totals of a place, one a moment, none ever added up.

A count is drawn where its sentence says that it is the total of its place, or, of one star, where the same sentence
gives that total; and a target where one place is looked at. Of one year the latest moment counts; sources that tell
it differently are drawn side by side.
"""

from collections.abc import Iterable, Sequence

from index.figures.figure import NATIONAL, Figure
from index.places.named import PROVINCES
from index.text import strip_marks
from web.figure_totals import latest, moment, totals
from web.quoting import Quoter
from widget.chart import Bar, Group
from widget.labels import day_label, reader_link
from widget.page import number_label

# Sources that differ about one moment are shown side by side, so many at most.
_TOLD_DIFFERENTLY = 3
_BOUNDS = {"over": "trên ", "under": "dưới ", "about": "khoảng ", None: ""}


def value_label(figure: Figure) -> str:
    """The number as stated: "trên 100", "20–25", "9/13"."""
    text = number_label(figure.value)
    if figure.to is not None:
        text += f"–{number_label(figure.to)}"
    if figure.of is not None:
        text += f"/{number_label(figure.of)}"
    return _BOUNDS[figure.bound] + text


def place_name(figure: Figure) -> str | None:
    """The province as it was named, "cả nước", or None where no text says."""
    province = PROVINCES.get(figure.place or "")
    return "Cả nước" if figure.place == NATIONAL else None if province is None else province.name


def place_today(figure: Figure) -> str | None:
    """Today's province, where it has another name."""
    province = PROVINCES.get(figure.place or "")
    return province.today if province is not None and province.merged else None


def chart_groups(figures: Sequence[Figure], *, star: int | None, every_year: bool, quoter: Quoter) -> tuple[Group, ...]:
    """The counts drawn, by place in the order of the alphabet, the whole country first.

    Beside the latest counts of places the country's own is left out: no bar but its would be seen.

    figures: what the filters leave. star: the star asked for, None for all. every_year: a bar for each year and the
    targets too; else the latest count of each place alone.
    """
    by_place: dict[str, list[Figure]] = {}
    for figure in totals(figures, star):
        if figure.place is not None and (every_year or not figure.planned):
            by_place.setdefault(figure.place, []).append(figure)
    if not every_year and len(by_place) > 1:
        by_place.pop(NATIONAL, None)
    groups = []
    for _, told in sorted(by_place.items(), key=lambda pair: _order(pair[0])):
        chosen = _latest_a_year(told)
        if not every_year:
            last = max(map(moment, chosen))
            chosen = [one for one in chosen if moment(one) == last]
        groups.append(
            Group(
                name=place_name(told[0]) or "",
                today=place_today(told[0]),
                bars=tuple(_bar(one, quoter) for one in chosen),
            )
        )
    return tuple(groups)


def _latest_a_year(figures: Iterable[Figure]) -> list[Figure]:
    """One moment of each year, reached and planned apart; values that differ about it side by side."""
    years: dict[tuple[str, bool], list[Figure]] = {}
    for one in figures:
        years.setdefault(((one.as_of or "")[:4], one.planned), []).append(one)
    chosen: list[Figure] = []
    for _, told in sorted(years.items()):
        chosen.extend(latest(told)[:_TOLD_DIFFERENTLY])
    return chosen


def _bar(figure: Figure, quoter: Quoter) -> Bar:
    place = quoter.place(figure.article_id, figure.digest, figure.start, figure.end)
    return Bar(
        date=day_label(figure.as_of),
        value=figure.to or figure.value,
        text=value_label(figure),
        planned=figure.planned,
        href=reader_link(place),
        quote=place.quote,
    )


def _order(key: str) -> tuple[bool, str]:
    province = PROVINCES.get(key)
    return key != NATIONAL, strip_marks(province.name if province is not None else key).lower()
