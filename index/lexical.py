"""BM25 over one field's terms, by bm25s."""

import logging
from itertools import pairwise
from pathlib import Path
from typing import Any

import bm25s
import numpy as np

from index.store import (
    BM25_B,
    BM25_K1,
    CodedTerms,
    Mask,
    Ranking,
    Scores,
    StoreError,
    Terms,
    bm25_ranking,
    term_weights,
)

# bm25s narrates every step at the level DEBUG through a logger it configures itself.
logging.getLogger("bm25s").setLevel(logging.WARNING)


class LexicalIndex:
    """Precomputed BM25 scores as a sparse matrix of terms by passages."""

    def __init__(self, scorer: Any, count: int) -> None:
        self._scorer = scorer
        self.count = count

    @staticmethod
    def write(folder: Path, terms: CodedTerms) -> None:
        """Score every term of every passage and save the matrix. Equal documents give equal files."""
        folder.mkdir()
        vocabulary = {term: index for index, term in enumerate(terms.vocabulary)}
        coded = [terms.codes[start:end].tolist() for start, end in pairwise(terms.offsets.tolist())]
        if not vocabulary:
            # A field without a single term: bm25s divides by the mean length. One empty term that nothing asks for.
            vocabulary = {"": 0}
            coded = [[0] for _ in coded]
        scorer = bm25s.BM25(k1=BM25_K1, b=BM25_B, method="lucene")
        scorer.index((coded, vocabulary), create_empty_token=False, show_progress=False)
        scorer.save(folder, show_progress=False)

    @classmethod
    def open(cls, folder: Path) -> "LexicalIndex":
        """Open what `write` wrote.

        Raises:
            StoreError: the files are missing or damaged.
        """
        try:
            scorer = bm25s.BM25.load(folder, load_corpus=False, show_progress=False)
            return cls(scorer, int(scorer.scores["num_docs"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"the BM25 index in {folder} cannot be read ({error})") from error

    def search(self, terms: Terms, limit: int, allowed: Mask | None = None) -> Ranking:
        """The passages allowed that share a term, best first."""
        known: dict[str, int] = self._scorer.vocab_dict
        alike: dict[float, list[int]] = {}
        for term, weight in term_weights(terms).items():
            if term and term in known:
                alike.setdefault(weight, []).append(known[term])
        scores: Scores = np.zeros(self.count, np.float32)
        for weight, codes in alike.items():
            scores += np.float32(weight) * np.asarray(self._scorer.get_scores_from_ids(codes), dtype=np.float32)
        return bm25_ranking(scores, limit, allowed)

    def knows(self, term: str) -> bool:
        """Whether any passage has the term."""
        return term in self._scorer.vocab_dict
