"""What the assistant knows of one generation of the index: articles, figures, law, rarity of words."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

from assistant.answer import Elsewhere
from assistant.held_products import HeldProducts
from assistant.wording import tokens
from crawler.archive import Archive
from crawler.article import Article, Block
from index.carried import Carried, carried_sentences
from index.criteria.sets import CriteriaSet
from index.figures.figure import NATIONAL, Figure
from index.law.documents import Document, Law
from index.law.regulations import Regulation
from index.passage import article_provinces
from index.search import Searcher
from index.text import strip_marks


def _first(one: tuple[int, Figure]) -> int:
    return one[0]


class VersionMissing(LookupError):
    """The index names a version of an article that the archive does not hold."""


class Corpus:
    """A read-only view of one generation, made when the generation is taken up. Thread-safe."""

    def __init__(self, data: Path, searcher: Searcher) -> None:
        # texts forgotten since the former generation must not stay in memory either
        for cache in (_article, _provinces, _sentences, _by_wording):
            cache.cache_clear()
        self._data = data
        self._searcher = searcher
        self.figures: tuple[Figure, ...] = searcher.figures()
        told: dict[str, list[Figure]] = {}
        # what is counted -> the place it is counted of -> its figures, each with its place among all
        self._counting: dict[str, dict[str | None, list[tuple[int, Figure]]]] = {}
        for at, figure in enumerate(self.figures):
            told.setdefault(figure.article_id, []).append(figure)
            self._counting.setdefault(figure.what, {}).setdefault(figure.place, []).append((at, figure))
        self._figures_of = {article_id: tuple(figures) for article_id, figures in told.items()}
        self.subplaces = frozenset(figure.subplace for figure in self.figures if figure.subplace is not None)
        self.national_figures = tuple(figure for figure in self.figures if figure.place == NATIONAL)
        self.updated: str | None = searcher.manifest.corpus_updated
        self.embedder: str = searcher.manifest.embedder
        counts: Counter[str] = Counter()
        passages = 0
        guides: dict[str, str] = {}
        for article_id in searcher.article_ids():
            for passage in searcher.passages_of(article_id):
                passages += 1
                if passage.kind == "guide":
                    guides[article_id] = passage.digest
                seen = {*tokens(passage.header), *tokens(passage.text)}
                counts.update(seen)
                counts.update({strip_marks(token) for token in seen} - seen)
        # id and digest of every guide to the law, also of those that tell of no document by themselves
        self.guides: tuple[tuple[str, str], ...] = tuple(guides.items())
        self.law: Law = searcher.law()
        self.criteria: tuple[CriteriaSet, ...] = searcher.criteria()
        self.held = HeldProducts(searcher.catalogue())
        self.regulations: tuple[Regulation, ...] = self.law.regulations
        self._counts = counts
        self._passages = passages
        self._by_article = {item.article_id: item for item in self.regulations if item.number is not None}

    def article(self, article_id: str, digest: str) -> Article:
        """One version of an article.

        Raises:
            VersionMissing: the archive no longer holds it: the index is older than a removal.
        """
        return _article(self._data, article_id, digest)

    def figures_counting(self, what: str, places: Iterable[str] = ()) -> list[Figure]:
        """The figures that count something, in order; places: only those of these keys, where any is given."""
        by_place = self._counting.get(what, {})
        keys: list[str | None] = [*dict.fromkeys(places)] or [*by_place]
        found = [by_place[key] for key in keys if key in by_place]
        return [figure for _, figure in (found[0] if len(found) == 1 else sorted(chain(*found), key=_first))]

    def figures_of(self, article_id: str) -> tuple[Figure, ...]:
        """The figures of an article, in order of its text."""
        return self._figures_of.get(article_id, ())

    def sentences(self, article: Article) -> tuple[tuple[int, int, Block, Carried], ...]:
        """Every sentence of an article with its block and what its paragraph or list carries to it."""
        return _sentences(self._data, article.id, article.digest)

    def also(self, article_id: str) -> tuple[Elsewhere, ...]:
        """Where else the story of an article stands."""
        others = self._searcher.also(article_id)
        if not others:
            return ()
        with Archive(self._data) as archive:
            return elsewhere(archive, others)

    def leading(self, article: Article, start: int, end: int) -> tuple[Article, int, int]:
        """A sentence where the story's leading article says it in the same words; else where it is."""
        lead = self._searcher.lead(article.id)
        held = self._searcher.passages_of(lead) if lead is not None else ()
        if lead is None or not held:
            return article, start, end
        first = self.article(lead, held[0].digest)
        span = _by_wording(self._data, lead, first.digest).get(_wording(article.text[start:end]))
        return (article, start, end) if span is None else (first, *span)

    def provinces(self, article_id: str, digest: str) -> tuple[str, ...]:
        """Keys of the provinces the whole article is about."""
        return _provinces(self._data, article_id, digest)

    def regulation(self, article_id: str) -> Regulation | None:
        """The document of law an article carries or summarises, or None."""
        return self._by_article.get(article_id)

    def document(self, article_id: str) -> Document | None:
        """That document as all texts held tell it."""
        regulation = self._by_article.get(article_id)
        return None if regulation is None or regulation.number is None else self.law.find(regulation.number)

    def knows(self, word: str) -> bool:
        """Whether any passage has a word."""
        return bool(self._counts[word])

    def weights(self, words: Sequence[str], emphasis: Mapping[str, float] | None = None) -> list[float]:
        """How much each word tells: its BM25 idf over passages (Robertson and Zaragoza 2009), at least 0.1, times its
        share by part of speech where `emphasis` gives one.

        A word that stands in no passage weighs most, so that evidence without it is judged incomplete; but only what
        names a thing: a verb no text uses ("nằm ở phụ lục nào") weighs like the mean of the others.
        """
        shares = [1.0 if emphasis is None else emphasis.get(word, 1.0) for word in words]
        rarity = [
            max(0.1, math.log(1 + (self._passages - (n := self._counts[word]) + 0.5) / (n + 0.5))) for word in words
        ]
        known = [weight for word, weight in zip(words, rarity, strict=True) if self._counts[word]]
        mean = sum(known) / len(known) if known else 1.0
        return [
            (weight if self._counts[word] or share >= 1.0 else min(weight, mean)) * share
            for word, weight, share in zip(words, rarity, shares, strict=True)
        ]


def elsewhere(archive: Archive, article_ids: Iterable[str]) -> tuple[Elsewhere, ...]:
    """The articles of those ids that are still held, in that order."""
    found = (archive.get(article_id) for article_id in article_ids)
    return tuple(
        Elsewhere(article_id=article.id, title=article.title, source=article.source, url=article.url)
        for article in found
        if article is not None
    )


@lru_cache(maxsize=512)
def _article(data: Path, article_id: str, digest: str) -> Article:
    with Archive(data) as archive:
        article = archive.get(article_id, digest)
    if article is None:
        raise VersionMissing(
            f"article {article_id} version {digest[:12]} is in the index but not in the archive of {data}: "
            f"rebuild the index (python -m index build --data {data})"
        )
    return article


@lru_cache(maxsize=512)
def _by_wording(data: Path, article_id: str, digest: str) -> dict[str, tuple[int, int]]:
    """Where each sentence of an article stands, by its wording; of two with one wording the first."""
    article = _article(data, article_id, digest)
    spans = ((start, end) for start, end, _, _ in reversed(_sentences(data, article_id, digest)))
    return {_wording(article.text[start:end]): (start, end) for start, end in spans}


def _wording(sentence: str) -> str:
    return " ".join(tokens(sentence))


@lru_cache(maxsize=4096)
def _provinces(data: Path, article_id: str, digest: str) -> tuple[str, ...]:
    return article_provinces(_article(data, article_id, digest))


@lru_cache(maxsize=512)
def _sentences(data: Path, article_id: str, digest: str) -> tuple[tuple[int, int, Block, Carried], ...]:
    return tuple(carried_sentences(_article(data, article_id, digest)))
