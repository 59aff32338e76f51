"""txtai: its hybrid search, vectors by FAISS and BM25 in SQLite, fused as it does unless told otherwise.

`hybrid` and `content` are on, all else is as it comes: half of the cosine plus half of the normalised BM25 score, ten
candidates a list for each result wanted, terms that more than one passage in ten holds counted only for passages
another term found; FAISS with inverted lists above 5,000 passages. Of these it searches one in sixteen, which found .91
of the nearest ten among 10,000; one in five found .99 and is what is measured.
Vectors are given by a function of the caller's ("external"), which it asks once a question. A filter is SQL over its
content database, applied to candidates after retrieval, ten times as many as without one; under the narrow filter,
which then left one or two passages of ten, 1,000 candidates are asked for. Asked by eight threads at once the process
died of a segmentation fault, so searches take turns at a lock.
"""

import math
import threading
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from txtai import Embeddings

from benchmarks.peers.corpus import Corpus, Filter, Ids, Question, Vectors
from benchmarks.peers.exact import Bm25, Right
from benchmarks.peers.peer import LIMIT, Mode

_BATCH = 5_000
_CANDIDATES = 1_000


class TxtaiHybrid:
    """One embeddings database. Its vectors come from `_vectors`, in the order in which it asks for them."""

    hybrid: str | None = "half and half, normalised"
    formula: Bm25 | None = Bm25(k1=1.2, b=0.75, idf="lucene")

    def __init__(self, folder: Path) -> None:
        self.versions = f"txtai {version('txtai')}"
        self._folder = folder / "embeddings"
        self._turn = threading.Lock()
        self._asked: Vectors
        self._embeddings: Any
        self._streamed: tuple[Corpus, int] | None = None

        def transform(texts: list[Any]) -> Vectors:
            return self._vectors(len(texts))

        self._settings: dict[str, Any] = {
            "method": "external",
            "transform": transform,
            "content": True,
            "hybrid": True,
        }

    def build(self, corpus: Corpus) -> None:
        """Index and save."""
        cells = max(min(round(4 * math.sqrt(corpus.passages)), corpus.passages // 39), 1)
        self._embeddings = Embeddings({**self._settings, "faiss": {"nprobe": -(-cells // 5)}})
        self._streamed = (corpus, 0)
        self._embeddings.index(row for start, stop in corpus.batches(_BATCH) for row in _rows(corpus, start, stop))
        self._streamed = None
        self._save()

    def open(self, corpus: Corpus) -> None:
        """Load what was saved."""
        self._embeddings = Embeddings()
        self._embeddings.load(str(self._folder), config={"transform": self._settings["transform"]})

    def search(self, question: Question, wanted: Filter, mode: Mode) -> list[int]:
        """Hybrid, or the vectors alone (weight 1)."""
        weight = 1.0 if mode == "dense" else 0.5
        parts = ["similar(:asked)" if wanted.province is None else f"similar(:asked, {_CANDIDATES})"]
        values: dict[str, str | int] = {"asked": question.text}
        for name, value, operator in (
            ("province", wanted.province, "="),
            ("kind", wanted.kind, "="),
            ("year", wanted.year_from, ">="),
        ):
            if value is not None:
                parts.append(f"{name} {operator} :{name}")
                values[name] = value
        with self._turn:
            self._asked = question.vector
            found = self._embeddings.search(
                f"SELECT id FROM txtai WHERE {' AND '.join(parts)} LIMIT {LIMIT}",
                limit=LIMIT,
                weights=weight,
                parameters=values,
            )
        return [int(row["id"]) for row in found]

    def fuse(self, right: Right) -> list[int]:
        """Cosine and BM25 over its highest by txtai's estimate, half each."""
        scoring = self._embeddings.scoring
        lexical = right.lexical[: 10 * LIMIT]
        normal = dict(scoring.normalizer(list(lexical), scoring.avgscore)) if lexical else {}
        scores = {one: 0.5 * score for one, score in right.dense[: 10 * LIMIT]}
        for one, score in normal.items():
            scores[one] = scores.get(one, 0.0) + 0.5 * score
        return sorted(scores, key=lambda one: -scores[one])[:LIMIT]

    def add(self, corpus: Corpus, start: int, stop: int) -> None:
        """Upsert and save."""
        self._streamed = (corpus, start)
        self._embeddings.upsert(list(_rows(corpus, start, stop)))
        self._streamed = None
        self._save()

    def delete(self, ids: Ids) -> None:
        """Delete and save."""
        self._embeddings.delete([int(one) for one in ids])
        self._save()

    def close(self) -> None:
        """Close the database."""
        self._embeddings.close()

    def _save(self) -> None:
        self._embeddings.config["transform"] = None  # a function cannot be saved
        self._embeddings.save(str(self._folder))
        self._embeddings.config["transform"] = self._settings["transform"]

    def _vectors(self, count: int) -> Vectors:
        if self._streamed is None:
            return np.repeat(self._asked[None], count, axis=0)
        corpus, start = self._streamed
        self._streamed = (corpus, start + count)
        return corpus.vectors(start, start + count)


def _rows(corpus: Corpus, start: int, stop: int) -> Any:
    for row, text in enumerate(corpus.texts(start, stop), start):
        province, kind, year = corpus.facets.of(row)
        yield row, {"text": text, "province": province, "kind": kind, "year": year}, None


def made(folder: Path) -> TxtaiHybrid:
    """The peer over a folder."""
    return TxtaiHybrid(folder)
