"""A figure that counts what was asked, as found, and which of several is told: the best, or its last telling."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.corpus import Corpus
from assistant.evidence import Evidence
from index.figures.counted import PRODUCERS
from index.figures.figure import AsOfFrom, Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A figure that counts what was asked, where it was asked. `fits_time` is None where no time was asked.

    borrowed: its own words say no date; the one asked is that of the other figures of its article. beside: its words
    name the time asked beside the one it is read as of. round: counted on one occasion where a total was asked.
    named: its sentence (or what it stands under) names the document asked about, if any is. held: the share of the
    limiting words that its sentence holds, in [0, 1]. years_away: how far its time is from the one asked, 0 where it
    fits.
    """

    figure: Figure
    score: float
    fits_time: bool | None
    own_place: bool
    occasion: bool = False
    borrowed: bool = False
    beside: bool = False
    round: bool = False
    named: bool = True
    held: float = 1.0
    years_away: float = 0.0


def evidence_of(figure: Figure, corpus: Corpus) -> Evidence:
    """The sentence (of a table, the row) a figure stands in."""
    return Evidence(article=corpus.article(figure.article_id, figure.digest), start=figure.start, end=figure.end)


def best_of(fitted: Iterable[Fitted]) -> Fitted | None:
    """The figure of the time asked, of the very place asked; then the best fitting; of equals the latest, and of one
    count told again later the last telling."""
    items = list(fitted)
    best = max(items, key=standing_of, default=None)
    return None if best is None else latest_of(best, items)


# A later telling of the same count may fit by so much less: a headline says "tổng số" where the news after it does not.
_LATER = 2.0


def latest_of(best: Fitted, fitted: Iterable[Fitted]) -> Fitted:
    """The last telling of what a figure counts, within the time asked: what a place has is what was counted last. Where
    no figure is of that time, the telling nearest to it."""
    if best.fits_time is False:
        nearer = (item for item in fitted if item.years_away < best.years_away and _counts_again(item, best))
        return min(nearer, key=lambda item: (item.years_away, -item.score), default=best)
    later = [
        item for item in fitted if item.fits_time is not False and _later(item, best) and _counts_again(item, best)
    ]
    last = max(later, key=_day_and_standing, default=best)
    counted = [item for item in later if item.figure.value == last.figure.value and item.figure.as_of_from in _SAID]
    return max(counted, key=_day_and_standing, default=last)  # told again later, a number is of the day it was counted


def _day_and_standing(item: Fitted) -> tuple[str, tuple[bool, bool, float, str]]:
    return item.figure.as_of or "", standing_of(item)


_SAID: tuple[AsOfFrom | None, ...] = ("sentence", "paragraph")


def _later(item: Fitted, best: Fitted) -> bool:
    return (item.figure.as_of or "") > (best.figure.as_of or "")


def _counts_again(item: Fitted, best: Fitted) -> bool:
    """Whether a figure tells of another day what another counts: of the same things, place and grade, all of them, and
    limited to what it is limited to. A lower number of a later day must be said to be the whole and not be much lower,
    or it may be of some."""
    one, other = item.figure, best.figure
    if one.as_of is None or other.as_of is None or one.as_of == other.as_of or item.borrowed or item.beside:
        return False
    late, early = (one, other) if one.as_of > other.as_of else (other, one)
    counted = one.what in _COUNTED_AGAIN and (one.what, one.place, one.subplace) == (
        other.what,
        other.place,
        other.subplace,
    )
    alike = (one.planned, one.potential, item.own_place, item.named) == (
        other.planned,
        other.potential,
        best.own_place,
        best.named,
    )
    some = item.occasion or item.round or best.occasion or one.part or one.bound is not None or one.to is not None
    return (
        counted
        and alike
        and not some
        and all_grades(one) == all_grades(other)
        and (late.value >= early.value or (late.whole and late.value >= _FALLEN * early.value))
        and not (one.as_of_from == "published" and one.value == other.value)  # told again, not counted again
        and item.held >= best.held
        and item.score >= best.score - _LATER
    )


_FALLEN = 0.75
# What a place has more or fewer of from time to time.
_COUNTED_AGAIN = PRODUCERS | {"sản phẩm"}


def all_grades(figure: Figure) -> tuple[int | None, int | None]:
    """The grade a figure is of; what is recognised has three stars or more, whether that is said or not."""
    grade = (figure.star, figure.star_to)
    return (None, None) if grade == (3, 5) and figure.what == "sản phẩm" else grade


def standing_of(item: Fitted) -> tuple[bool, bool, float, str]:
    """What orders figures that fit."""
    return item.own_place, item.fits_time is not False and not item.round, round(item.score, 1), item.figure.as_of or ""
