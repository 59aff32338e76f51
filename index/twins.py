"""Passages that copies of one story share: found when the index is built, shown once when it is searched.

A passage of a copy has a twin where the story's lead says all of it too. Search then looks at the lead's passage
only; where a filter keeps the lead out, at one copy's. What only a copy says has no twin and is found like any other.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crawler.copies import held_by, shingles, tokens
from index.arrays import mapped
from index.figures.figure import Figure
from index.keyrows import Rows
from index.passage import Passage
from index.ranking import Mask

_FILES = ("repeats", "twin", "places", "articles", "at")


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
    """The twins of an index's n passages, as search looks at them.

    repeats: (n,) bool, the passages that have a twin. twin: (n,) int32, the twin of each, its lead's passage; -1 where
    it has none. places: (m,) int32, the passages that have one, those of one twin together and in the order in which
    copies stand in for a lead that a filter keeps out; articles: (m,) int32, the number of each one's article.
    at: (n,) int32, where in `places` a passage stands.
    """

    def __init__(self, repeats: Mask, twin: Rows, places: Rows, articles: Rows, at: Rows) -> None:
        self._repeats = repeats
        self._twin = twin
        self._places = places
        self._articles = articles
        self._at = at

    @classmethod
    def of(cls, twin: Rows, articles: Rows, rank: Mapping[int, int]) -> "Twins":
        """twin: (n,) as above. articles: (n,) the number of each passage's article. rank: number of an article that
        copies another -> its place among copies."""
        repeats: Mask = twin >= 0
        places = np.flatnonzero(repeats).astype(np.int32)
        ranks = np.zeros(int(articles.max(initial=-1)) + 1, np.int32)
        for article, place in rank.items():
            ranks[article] = place
        places = places[np.lexsort((places, ranks[articles[places]], twin[places]))]
        at = np.zeros(len(twin), np.int32)
        at[places] = np.arange(len(places), dtype=np.int32)
        return cls(repeats, twin, places, articles[places], at)

    @classmethod
    def none(cls) -> "Twins":
        """Of no passages."""
        rows = np.zeros(0, np.int32)
        return cls.of(rows, rows, {})

    @classmethod
    def open(cls, folder: Path) -> "Twins":
        """Map what `write` wrote.

        Raises:
            OSError, ValueError: a file is missing or damaged.
        """
        return cls(*(mapped(folder / f"twins.{name}.npy") for name in _FILES))

    def write(self, folder: Path) -> None:
        """Write one .npy file an array."""
        arrays: tuple[Mask | Rows, ...] = (self._repeats, self._twin, self._places, self._articles, self._at)
        for name, values in zip(_FILES, arrays, strict=True):
            np.save(folder / f"twins.{name}.npy", values)

    def once(self, allowed: Mask | None) -> Mask | None:
        """The passages allowed, those left out that another article's passage allowed says too."""
        if not len(self._places):
            return allowed
        if allowed is None:
            return np.logical_not(self._repeats)
        rows = np.flatnonzero(allowed & self._repeats)
        leads = allowed[self._twin[rows]]
        mask = allowed & ~self._repeats
        mask[self._standing_in(rows[~leads])] = True
        return mask

    def _standing_in(self, rows: NDArray[np.int64]) -> Rows:
        """Of passages whose twins are not allowed, those of each twin's first article."""
        if not len(rows):
            return self._places[:0]
        listed = np.zeros(len(self._places), np.bool_)
        listed[self._at[rows]] = True
        within = np.flatnonzero(listed)
        places = self._places[within]
        twins, articles = self._twin[places], self._articles[within]
        first = np.flatnonzero(np.r_[True, twins[1:] != twins[:-1]])
        leading = np.repeat(articles[first], np.diff(np.r_[first, len(within)]))
        standing: Rows = places[articles == leading]
        return standing
