"""Passages that copies of one story share: found when the index is built, shown once when it is searched.

A passage of a copy has a twin where the story's lead says all of it too. Search then looks at the lead's passage
only; where a filter keeps the lead out, at one copy's. What only a copy says has no twin and is found like any other.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crawler.copies import held_by, shingles, tokens
from index.figures.figure import Figure
from index.keyrows import Rows, mapped
from index.passage import Passage
from index.store import Mask

_FILES = ("count", "places", "groups", "articles")


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
    """The twins of an index's passages, as search looks at them.

    places: (m,) int32, all passages of groups that say the same, group after group; within one the lead's first, then
    those of copies in the order in which copies stand in for a lead that a filter keeps out. groups, articles: (m,)
    int32, the number of each one's group and of its article.
    """

    def __init__(self, count: int, places: Rows, groups: Rows, articles: Rows) -> None:
        self._count = count
        self._places = places
        self._groups = groups
        self._articles = articles

    @classmethod
    def of(cls, twins: Rows, articles: Rows, rank: Mapping[int, int]) -> "Twins":
        """twins: (n,) the place of each passage's twin, -1 where it has none. articles: (n,) the number of each one's
        article. rank: number of an article that copies another -> its place among copies, from 1; leads have none."""
        own = np.arange(len(twins), dtype=np.int32)
        groups = np.where(twins < 0, own, twins).astype(np.int32)
        shared = np.zeros(len(twins), np.bool_)
        shared[twins[twins >= 0]] = True
        places = own[shared | (twins >= 0)]
        ranks = np.zeros(int(articles.max(initial=-1)) + 1, np.int32)
        for article, place in rank.items():
            ranks[article] = place
        places = places[np.lexsort((places, ranks[articles[places]], groups[places]))]
        return cls(len(twins), places, groups[places], articles[places])

    @classmethod
    def open(cls, folder: Path) -> "Twins":
        """Map what `write` wrote.

        Raises:
            OSError, ValueError: a file is missing or damaged.
        """
        count, places, groups, articles = (mapped(folder / f"twins.{name}.npy") for name in _FILES)
        return cls(int(count[0]), places, groups, articles)

    def write(self, folder: Path) -> None:
        """Write one .npy file an array."""
        arrays: tuple[NDArray[np.int64] | Rows, ...] = (
            np.array([self._count], np.int64),
            self._places,
            self._groups,
            self._articles,
        )
        for name, values in zip(_FILES, arrays, strict=True):
            np.save(folder / f"twins.{name}.npy", values)

    def once(self, allowed: Mask | None) -> Mask | None:
        """The passages allowed, those left out that another article's passage allowed says too."""
        if not len(self._places):
            return allowed
        if allowed is None:
            return self._first.copy()
        within = np.flatnonzero(allowed[self._places])
        mask = allowed.copy()
        mask[self._repeated(within)] = False
        return mask

    @cached_property
    def _first(self) -> Mask:
        mask: Mask = np.ones(self._count, np.bool_)
        mask[self._repeated(np.arange(len(self._places)))] = False
        return mask

    def _repeated(self, within: NDArray[np.int64]) -> Rows:
        """Of the passages at `within` of `places`, those that another article's says before them."""
        groups, articles = self._groups[within], self._articles[within]
        if not len(within):
            return self._places[:0]
        first = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
        leading = np.repeat(articles[first], np.diff(np.r_[first, len(within)]))
        repeated: Rows = self._places[within[articles != leading]]
        return repeated
