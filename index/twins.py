"""Passages that copies of one story share: found when the index is built, shown once when it is searched.

A passage of a copy has a twin where the story's lead says all of it too. Search then looks at the lead's passage
only; where a filter keeps the lead out, at one copy's. What only a copy says has no twin and is found like any other.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from crawler.copies import held_by, shingles, tokens
from index.figures.figure import Figure
from index.passage import Passage
from index.store import Ids, Mask


def find_twins(
    passages: Sequence[Passage], leads: Mapping[str, str], text_of: Callable[[str], str]
) -> list[int | None]:
    """For each passage the place of its lead's passage that says most of the same; None where it stands alone.

    leads: id of a copy -> id of its lead (`crawler.copies.leads`). text_of: the text of an article by its id.
    """
    of_article: dict[str, list[int]] = {}
    for place, passage in enumerate(passages):
        of_article.setdefault(passage.article_id, []).append(place)
    twins: list[int | None] = [None] * len(passages)
    for copy, lead in leads.items():
        held = held_by(text_of(lead))
        wording = {place: shingles(tokens(passages[place].text)) for place in of_article.get(lead, ())}
        for place in of_article.get(copy, ()):
            text = passages[place].text
            if not wording or not held(text):
                continue
            own = shingles(tokens(text))
            best = max(wording, key=lambda other: len(own & wording[other]))
            if own & wording[best]:
                twins[place] = best
    return twins


def own_figures(figures: Sequence[Figure], leads: Mapping[str, str]) -> list[Figure]:
    """The figures without those that a copy only repeats: one count in five papers is one source, not five."""
    stated = {(figure.article_id, _said(figure)) for figure in figures}
    return [figure for figure in figures if (leads.get(figure.article_id), _said(figure)) not in stated]


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
