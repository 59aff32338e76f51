"""Chroma, embedded and on disk. It has no hybrid search there: what is measured is dense search alone.

Its sparse vectors and the search that fuses them are of its distributed form: tried locally, 1.5.9 answers "Sparse
vector indexing is not enabled in local" and "Search is not implemented for Local Chroma". `where_document` tells
whether a text contains a string and ranks nothing, so it is no second list. HNSW, cosine, M 32, ef_construction 200,
ef_search 128; facets are metadata, filtered during the search; texts are given as documents, as its users do.
"""

from importlib.metadata import version
from pathlib import Path
from typing import Any

import chromadb
from chromadb.config import Settings

from benchmarks.peers.corpus import Corpus, Filter, Ids, Question
from benchmarks.peers.exact import Bm25, Right
from benchmarks.peers.peer import LIMIT, Mode

_BATCH = 5_000
_GRAPH = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 128}


class Chroma:
    """One collection of one persistent client."""

    hybrid: str | None = None
    formula: Bm25 | None = None

    def __init__(self, folder: Path) -> None:
        self.versions = f"chromadb {version('chromadb')}"
        self._folder = folder
        self._client: Any
        self._collection: Any

    def build(self, corpus: Corpus) -> None:
        """Add all passages."""
        self._connect()
        self._collection = self._client.create_collection(
            "passages", configuration={"hnsw": _GRAPH}, embedding_function=None
        )
        for start, stop in corpus.batches(_BATCH):
            self.add(corpus, start, stop)

    def open(self, corpus: Corpus) -> None:
        """Open the collection."""
        self._connect()
        self._collection = self._client.get_collection("passages", embedding_function=None)

    def search(self, question: Question, wanted: Filter, mode: Mode) -> list[int]:
        """The vectors alone."""
        found = self._collection.query(
            query_embeddings=question.vector[None], n_results=LIMIT, where=_where(wanted), include=[]
        )
        return [int(one) for one in found["ids"][0]]

    def fuse(self, right: Right) -> list[int]:
        """There is nothing to fuse."""
        return [one for one, _ in right.dense[:LIMIT]]

    def add(self, corpus: Corpus, start: int, stop: int) -> None:
        """Add, in batches of what it takes at once."""
        for first in range(start, stop, _BATCH):
            last = min(first + _BATCH, stop)
            facets = [corpus.facets.of(row) for row in range(first, last)]
            self._collection.add(
                ids=[str(row) for row in range(first, last)],
                embeddings=corpus.vectors(first, last),
                documents=corpus.texts(first, last),
                metadatas=[{"province": province, "kind": kind, "year": year} for province, kind, year in facets],
            )

    def delete(self, ids: Ids) -> None:
        """Delete, in batches of what it takes at once."""
        for first in range(0, len(ids), _BATCH):
            self._collection.delete(ids=[str(int(one)) for one in ids[first : first + _BATCH]])

    def close(self) -> None:
        """Nothing of it is ours to close."""

    def _connect(self) -> None:
        self._client = chromadb.PersistentClient(str(self._folder), settings=Settings(anonymized_telemetry=False))


def _where(wanted: Filter) -> dict[str, Any] | None:
    parts: list[dict[str, Any]] = []
    if wanted.province is not None:
        parts.append({"province": wanted.province})
    if wanted.kind is not None:
        parts.append({"kind": wanted.kind})
    if wanted.year_from is not None:
        parts.append({"year": {"$gte": wanted.year_from}})
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else {"$and": parts}


def made(folder: Path) -> Chroma:
    """The peer over a folder."""
    return Chroma(folder)
