"""The exact store: dot products by numpy and BM25 as its formula says; what every other store is tested against."""

import json
import math
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from index.ranking import Ids, Mask, Ranking, Scores, rank
from index.store import (
    BM25_B,
    BM25_K1,
    FIELDS,
    CodedTerms,
    Contents,
    Field,
    StoreError,
    Terms,
    Vectors,
    sample,
    term_weights,
)
from index.vectors_file import merge_rows, read_vectors, write_vectors

_TERMS = "terms.json"


class ExactStore:
    """Brute force over everything, for corpora of some thousands of passages and for testing other stores."""

    def __init__(self, contents: Contents) -> None:
        self._vectors = contents.vectors
        self._fields = {field: BM25(contents.terms[field]) for field in FIELDS}

    @classmethod
    def write(cls, folder: Path, contents: Contents) -> None:
        """Write vectors and terms as they are."""
        write_vectors(folder, contents.vectors)
        terms = {field: list(coded.documents()) for field, coded in contents.terms.items()}
        (folder / _TERMS).write_text(json.dumps(terms, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def update(cls, former: Path, folder: Path, kept: Ids, added: Contents) -> None:
        """Write what is kept of a former store and what was added."""
        before = cls._contents(former)
        vectors = np.zeros((len(kept), added.vectors.shape[1]), np.float32)
        merge_rows(vectors, kept, before.vectors, added.vectors)
        terms: dict[Field, CodedTerms] = {}
        for field in FIELDS:
            old, new = list(before.terms[field].documents()), iter(added.terms[field].documents())
            terms[field] = CodedTerms.of(next(new) if row < 0 else old[row] for row in kept.tolist())
        cls.write(folder, Contents(vectors=vectors, terms=terms))

    @classmethod
    def open(cls, folder: Path) -> "ExactStore":
        """Open what `write` wrote.

        Raises:
            StoreError: the files are missing or damaged.
        """
        return cls(cls._contents(folder))

    @staticmethod
    def _contents(folder: Path) -> Contents:
        try:
            vectors = read_vectors(folder).astype(np.float32)
            terms = json.loads((folder / _TERMS).read_text(encoding="utf-8"))
            return Contents(vectors=vectors, terms={field: CodedTerms.of(terms[field]) for field in FIELDS})
        except (OSError, ValueError, KeyError) as error:
            raise StoreError(f"the exact store in {folder} cannot be read ({error})") from error

    @property
    def count(self) -> int:
        """How many passages it holds."""
        return len(self._vectors)

    def dense(self, vector: Vectors, limit: int, allowed: Mask | None = None) -> Ranking:
        """The passages allowed whose vectors have the highest dot product with `vector` (dim,)."""
        ids = np.arange(self.count) if allowed is None else np.flatnonzero(allowed)
        best, best_scores = rank(ids, self.dense_scores(vector, ids), limit)
        lowest = self.dense_scores(vector, sample(self.count))
        return Ranking(ids=best, scores=best_scores, floor=float(lowest.min(initial=1.0)), matched=len(ids))

    def dense_scores(self, vector: Vectors, ids: Ids) -> Scores:
        """(k,) float32: the dot products of passages with `vector` (dim,)."""
        return np.asarray(np.dot(self._vectors[ids], vector), np.float32)

    def lexical(self, terms: Terms, *, field: Field) -> Scores:
        """(n,) float32: every passage's BM25 score."""
        postings, weights = self._fields[field], term_weights(terms)
        return np.array([postings.score(weights, passage) for passage in range(self.count)], np.float32)

    def knows(self, term: str, *, field: Field) -> bool:
        """Whether any passage has a term."""
        return self._fields[field].knows(term)

    def close(self) -> None:
        """Nothing is held but memory."""


class BM25:
    """One field's term counts.

    BM25 as Lucene and Kamphuis et al. (ECIR 2020, "Which BM25 do you mean?") define it: the sum over the question's
    distinct terms t, each times its weight, of
    ln(1 + (n - df + .5) / (df + .5)) * tf / (tf + k1 * (1 - b + b * length / mean length)).
    """

    def __init__(self, terms: CodedTerms) -> None:
        self._counts = [Counter(document) for document in terms.documents()]
        self._lengths = [counts.total() for counts in self._counts]
        self._mean_length = sum(self._lengths) / len(self._lengths) if self._lengths else 0.0
        self._document_frequency = Counter(term for counts in self._counts for term in counts)

    def score(self, weights: Mapping[str, float], passage: int) -> float:
        """BM25 of one passage for a question's terms; 0 where they share none."""
        counts, length = self._counts[passage], self._lengths[passage]
        total = 0.0
        for term, weight in weights.items():
            tf = counts[term]
            if tf:
                df = self._document_frequency[term]
                idf = math.log(1 + (len(self._counts) - df + 0.5) / (df + 0.5))
                total += weight * idf * tf / (tf + BM25_K1 * (1 - BM25_B + BM25_B * length / self._mean_length))
        return total

    def knows(self, term: str) -> bool:
        """Whether any passage has the term."""
        return term in self._document_frequency
