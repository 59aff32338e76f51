"""Which of the counts that texts state may stand beside each other: totals of a place, and of them the latest."""

from collections.abc import Iterable, Sequence

from index.figures.figure import Figure
from index.period import first_day

_STARS_ALL = (3, 5)


def totals(figures: Sequence[Figure], star: int | None) -> Iterable[Figure]:
    """The counts whose sentence says that they are the total of their place, or, of one star, whose sentence gives that
    total too; and targets. star: the star asked for, None for all."""
    whole = {(one.article_id, one.start) for one in figures if one.whole}
    for one in figures:
        if one.as_of is None or one.subplace is not None or one.potential or one.of is not None:
            continue
        if star is None:
            of_all = one.star is None or (one.star, one.star_to) == _STARS_ALL
            if of_all and not one.part and (one.whole or one.planned):
                yield one
            continue
        beside_total = one.planned or (one.article_id, one.start) in whole
        if beside_total and one.star == star and one.star_to in (None, star):
            yield one


def moment(figure: Figure) -> tuple[int, int]:
    """What orders counts in time: the first day each can mean, since a bare year may be older than a month of it."""
    return first_day(figure.as_of or ""), len(figure.as_of or "")


def latest(figures: Sequence[Figure]) -> list[Figure]:
    """Those of the latest moment that differ in value, each value once: more than one where sources disagree."""
    last = max(map(moment, figures))
    differing: dict[tuple[float, float | None], Figure] = {}
    for one in figures:
        if moment(one) == last:
            differing.setdefault((one.value, one.to), one)
    return list(differing.values())
