"""The ranking that ours must not lose against: what anyone would build of the same model and BM25 in an afternoon.

Texts whole up to `WHOLE_WORDS` words, longer ones in chunks of `CHUNK_WORDS`, each with its title before it; the
model's vectors of chunks and of the question; BM25 (Lucene's, k1 1.5, b .75) over lower-case syllables and pairs of
neighbours; both scores brought to the scale from lowest to highest over all chunks, and averaged. Nothing of `index/`
but the model and the record of a passage: no normalisation of spelling, no restoring, no fields, no units of law.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from crawler.article import Article
from index.embed import Embedder
from index.passage import Hit, Passage

WHOLE_WORDS, CHUNK_WORDS = 200, 120
_K1, _B = 1.5, 0.75
_WORD = re.compile(r"\w+")

_Floats = NDArray[np.float64]


class Baseline:
    """A corpus ranked by the baseline. `chunks`: how many there are."""

    def __init__(self, articles: Iterable[Article], embedder: Embedder) -> None:
        """Cut, embed and count the articles of a corpus."""
        self._passages = [passage for article in articles for passage in _chunks(article)]
        self.chunks = len(self._passages)
        texts = [f"{passage.header}\n{passage.text}" for passage in self._passages]
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        self._vectors = np.empty((len(texts), embedder.dim), np.float32)
        for start in range(0, len(order), 128):
            batch = order[start : start + 128]
            self._vectors[batch] = embedder.embed_passages([texts[number] for number in batch])
        self._embedder = embedder
        self._vocabulary: dict[str, int] = {}
        rows = [[self._vocabulary.setdefault(term, len(self._vocabulary)) for term in _terms(text)] for text in texts]
        codes = np.array([code for row in rows for code in row], np.int64)
        offsets = np.cumsum([0, *map(len, rows)])
        lengths = np.diff(offsets).astype(float)  # before scipy sums up in place
        counts = csr_array((np.ones(len(codes)), codes, offsets), shape=(len(rows), len(self._vocabulary)))
        counts.sum_duplicates()
        present = np.bincount(counts.indices, minlength=len(self._vocabulary))
        idf = np.log1p((len(rows) - present + 0.5) / (present + 0.5))
        norms = np.repeat(_K1 * (1 - _B + _B * lengths / lengths.mean()), np.diff(counts.indptr))
        counts.data = idf[counts.indices] * counts.data / (counts.data + norms)
        self._scores = counts

    def search(self, question: str, *, limit: int) -> tuple[Hit, ...]:
        """The best chunks, best first."""
        asked = np.zeros(len(self._vocabulary))
        asked[[code for term in set(_terms(question)) if (code := self._vocabulary.get(term)) is not None]] = 1.0
        lexical: _Floats = self._scores @ asked
        dense: _Floats = (self._vectors @ self._embedder.embed_query(question)).astype(float)
        fused = (_scaled(dense) + _scaled(lexical)) / 2
        best = np.argsort(-fused, kind="stable")[:limit]
        return tuple(
            Hit(passage=self._passages[place], score=fused[place], dense=dense[place], lexical=lexical[place])
            for place in best.tolist()
        )


def _chunks(article: Article) -> Iterator[Passage]:
    places = [match.span() for match in re.finditer(r"\S+", article.text)]
    step = len(places) if len(places) <= WHOLE_WORDS else CHUNK_WORDS
    for first in range(0, len(places), max(step, 1)):
        start, end = places[first][0], places[min(first + step, len(places)) - 1][1]
        yield Passage(
            article_id=article.id,
            digest=article.digest,
            start=start,
            end=end,
            text=article.text[start:end],
            header=article.title,
            heading="",
            kind=article.kind,
            provinces=(),
            date=None,
        )


def _terms(text: str) -> list[str]:
    words = _WORD.findall(text.lower())
    return words + [f"{first} {second}" for first, second in pairwise(words)]


def _scaled(scores: _Floats) -> _Floats:
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.zeros(len(scores))
