"""Passages that copies of one story share: found when the index is built, shown once when it is searched.

A passage of a copy has a twin where the story's lead says all of it too. Search then looks at the lead's passage
only; where a filter keeps the lead out, at one copy's. What only a copy says has no twin and is found like any other.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from crawler.copies import held_by, shingles, tokens
from index.figures.figure import Figure
from index.passage import Passage
from index.store import Ids, Mask


def find_twins(copy: Sequence[Passage], lead: Sequence[Passage], lead_text: str) -> list[int | None]:
    """For each passage of a copy the place of its lead's passage that says most of the same; None where it stands
    alone."""
    held = held_by(lead_text)
    wording = [shingles(tokens(passage.text)) for passage in lead]
    twins: list[int | None] = []
    for passage in copy:
        own = shingles(tokens(passage.text)) if wording and held(passage.text) else set()
        best = max(range(len(wording)), key=lambda place: len(own & wording[place]), default=0)
        twins.append(best if own and own & wording[best] else None)
    return twins


def repeats(figures: Iterable[Figure], lead: Iterable[Figure]) -> list[bool]:
    """Which of a copy's figures its lead states too: one count in five papers is one source, not five."""
    stated = {_said(figure) for figure in lead}
    return [_said(figure) in stated for figure in figures]


def _said(figure: Figure) -> tuple[object, ...]:
    """What a figure says; a date only where its sentence has one, since copies come out on other days."""
    as_of = figure.as_of if figure.as_of_said else None
    return figure.value, figure.to, figure.what, figure.star, figure.star_to, figure.place, figure.subplace, as_of


class Twins:
    """The twins of an index's passages, as search looks at them."""

    def __init__(self, twins: Sequence[int | None], articles: Sequence[str], copies: Mapping[str, str]) -> None:
        """twins, articles: of every passage. copies: id of a copy -> its lead's, in the order in which copies stand in
        for a lead that a filter keeps out."""
        self._count = len(twins)
        rank = {copy: number for number, copy in enumerate(copies, start=1)}
        grouped = sorted(
            {place for place, twin in enumerate(twins) if twin is not None}
            | {twin for twin in twins if twin is not None},
            key=lambda place: (_key(twins, place), rank.get(articles[place], 0), place),
        )
        numbers = {name: number for number, name in enumerate(sorted(set(articles)))}
        self._places: Ids = np.array(grouped, np.int64)
        self._keys: Ids = np.array([_key(twins, place) for place in grouped], np.int64)
        self._articles: Ids = np.array([numbers[articles[place]] for place in grouped], np.int64)

    def once(self, allowed: Mask | None) -> Mask | None:
        """The passages allowed, those left out that another article's passage allowed says too."""
        if not len(self._places):
            return allowed
        mask = np.ones(self._count, np.bool_) if allowed is None else allowed.copy()
        within = mask[self._places]
        places, keys, articles = self._places[within], self._keys[within], self._articles[within]
        if len(places):
            first = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
            leading = np.repeat(articles[first], np.diff(np.r_[first, len(keys)]))
            mask[places[articles != leading]] = False
        return mask


def _key(twins: Sequence[int | None], place: int) -> int:
    twin = twins[place]
    return place if twin is None else twin
