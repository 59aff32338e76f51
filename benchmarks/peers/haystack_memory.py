"""Haystack's in-memory store: both of its retrievers, joined by its DocumentJoiner by reciprocal ranks.

Everything is a Python object and every question looks at every passage, so it has no index to build and both lists are
exact. BM25L is what it computes unless told otherwise (k1 1.5, b .75, delta .5). "On disk" is the JSON file of its
`save_to_disk`, which is how it is kept between runs; adding and deleting write that file anew.
"""

from importlib.metadata import version
from pathlib import Path
from typing import Any

from haystack import Document
from haystack.components.joiners import DocumentJoiner
from haystack.document_stores.in_memory import InMemoryDocumentStore

from benchmarks.peers.corpus import Corpus, Filter, Ids, Question
from benchmarks.peers.exact import Bm25, Right
from benchmarks.peers.peer import DEPTH, LIMIT, Mode

_BATCH = 5_000


class HaystackMemory:
    """One store and one joiner."""

    hybrid: str | None = "reciprocal ranks"
    formula: Bm25 | None = Bm25(k1=1.5, b=0.75, idf="bm25l")

    def __init__(self, folder: Path) -> None:
        self.versions = f"haystack-ai {version('haystack-ai')}"
        self._file = str(folder / "documents.json")
        self._store: Any = InMemoryDocumentStore(embedding_similarity_function="dot_product", return_embedding=False)
        self._joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=LIMIT)

    def build(self, corpus: Corpus) -> None:
        """Write all passages and save."""
        for start, stop in corpus.batches(_BATCH):
            self._store.write_documents(_documents(corpus, start, stop))
        self._store.save_to_disk(self._file)

    def open(self, corpus: Corpus) -> None:
        """Load what was saved."""
        self._store = InMemoryDocumentStore.load_from_disk(self._file)

    def search(self, question: Question, wanted: Filter, mode: Mode) -> list[int]:
        """Both retrievers and the joiner, or the retriever of vectors alone."""
        filters = _filters(wanted)
        dense = self._store.embedding_retrieval(
            question.vector.tolist(), filters=filters, top_k=LIMIT if mode == "dense" else DEPTH
        )
        if mode == "dense":
            return [int(document.id) for document in dense]
        lexical = self._store.bm25_retrieval(question.text, filters=filters, top_k=DEPTH)
        return [int(document.id) for document in self._joiner.run(documents=[dense, lexical])["documents"]]

    def fuse(self, right: Right) -> list[int]:
        """The joiner."""
        parts = (right.dense[:DEPTH], right.lexical[:DEPTH])
        lists = [[Document(id=str(one), score=score) for one, score in part] for part in parts]
        return [int(document.id) for document in self._joiner.run(documents=lists)["documents"]]

    def add(self, corpus: Corpus, start: int, stop: int) -> None:
        """Write and save."""
        self._store.write_documents(_documents(corpus, start, stop))
        self._store.save_to_disk(self._file)

    def delete(self, ids: Ids) -> None:
        """Delete and save."""
        self._store.delete_documents([str(int(one)) for one in ids])
        self._store.save_to_disk(self._file)

    def close(self) -> None:
        """Nothing is held open."""


def _documents(corpus: Corpus, start: int, stop: int) -> list[Document]:
    vectors = corpus.vectors(start, stop).tolist()
    found = []
    for row, text in enumerate(corpus.texts(start, stop), start):
        province, kind, year = corpus.facets.of(row)
        meta = {"province": province, "kind": kind, "year": year}
        found.append(Document(id=str(row), content=text, embedding=vectors[row - start], meta=meta))
    return found


def _filters(wanted: Filter) -> dict[str, Any] | None:
    parts: list[dict[str, Any]] = []
    if wanted.province is not None:
        parts.append({"field": "meta.province", "operator": "==", "value": wanted.province})
    if wanted.kind is not None:
        parts.append({"field": "meta.kind", "operator": "==", "value": wanted.kind})
    if wanted.year_from is not None:
        parts.append({"field": "meta.year", "operator": ">=", "value": wanted.year_from})
    return {"operator": "AND", "conditions": parts} if parts else None


def made(folder: Path) -> HaystackMemory:
    """The peer over a folder."""
    return HaystackMemory(folder)
