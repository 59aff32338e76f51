"""SQLite's FTS5 and a FAISS graph, put together by hand as many a small project does.

FTS5: over the table of passages (external content, so that no text is held twice); the tokenizer unicode61 keeps every
letter and digit, so the words of the corpus are its tokens; BM25 has FTS5's fixed k1 1.2 and b .75. FAISS: HNSW, M 32,
efConstruction 200, efSearch 128, inner product. Filters are asked of SQLite's indexes and handed to FAISS as a bitmap,
so both hold during search. The graph cannot delete: what was deleted stays in it and is masked. Fused by reciprocal
ranks, constant 60. One connection a thread, write-ahead log, no other setting.
"""

import sqlite3
import threading
from importlib.metadata import version
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.corpus import Corpus, Filter, Ids, Question
from benchmarks.peers.exact import Bm25, Right
from benchmarks.peers.peer import DEPTH, LIMIT, Mode, reciprocal_ranks

_SCHEMA = """
PRAGMA journal_mode = WAL;
CREATE TABLE passages (id INTEGER PRIMARY KEY, province TEXT, kind TEXT, year INTEGER, words TEXT);
CREATE INDEX by_province ON passages (province, year);
CREATE INDEX by_kind ON passages (kind);
CREATE VIRTUAL TABLE terms USING fts5 (words, content=passages, content_rowid=id, tokenize=unicode61);
"""
_BATCH = 20_000


class Fts5Faiss:
    """One database file and one FAISS file."""

    hybrid: str | None = "reciprocal ranks"
    formula: Bm25 | None = Bm25(k1=1.2, b=0.75, idf="robertson")

    def __init__(self, folder: Path) -> None:
        self.versions = f"SQLite {sqlite3.sqlite_version}, faiss {version('faiss-cpu')}"
        self._folder = folder
        self._local = threading.local()
        self._index: faiss.Index
        self._gone: NDArray[np.bool_] | None = None

    def build(self, corpus: Corpus) -> None:
        """Fill the table, merge its segments, build the graph."""
        with self._db as db:
            db.executescript(_SCHEMA)
        self._index = faiss.IndexHNSWFlat(corpus.about.dim, 32, faiss.METRIC_INNER_PRODUCT)
        self._index.hnsw.efConstruction = 200
        for start, stop in corpus.batches(_BATCH):
            self._insert(corpus, start, stop)
        with self._db as db:
            db.execute("INSERT INTO terms (terms) VALUES ('optimize')")
            db.execute("ANALYZE")
        faiss.write_index(self._index, str(self._folder / "graph.faiss"))

    def open(self, corpus: Corpus) -> None:
        """Read the graph; the database is opened by each thread."""
        self._index = faiss.read_index(str(self._folder / "graph.faiss"))

    def search(self, question: Question, wanted: Filter, mode: Mode) -> list[int]:
        """The two lists, fused."""
        where, values = _where(wanted)
        mask: NDArray[np.bool_] | None = None
        if where:
            rows = self._db.execute(f"SELECT id FROM passages WHERE {where}", values).fetchall()
            mask = np.zeros(self._index.ntotal, np.bool_)
            mask[np.array(rows, np.int64).ravel()] = True
        if self._gone is not None:
            mask = ~self._gone if mask is None else mask & ~self._gone
        dense = self._dense(question, mask, LIMIT if mode == "dense" else DEPTH)
        if mode == "dense":
            return dense
        joined = f"JOIN passages ON passages.id = terms.rowid WHERE {where} AND" if where else "WHERE"
        found = self._db.execute(
            f"SELECT terms.rowid FROM terms {joined} terms MATCH ? ORDER BY rank LIMIT ?",
            (*values, " OR ".join(question.words), DEPTH),
        ).fetchall()
        return reciprocal_ranks([dense, [row[0] for row in found]], 60)[:LIMIT]

    def _dense(self, question: Question, mask: NDArray[np.bool_] | None, limit: int) -> list[int]:
        settings: dict[str, Any] = {"efSearch": 128}
        if mask is not None:
            # The selector reads the bits where numpy keeps them, so both must outlive the search.
            bits = np.packbits(mask, bitorder="little")
            settings["sel"] = faiss.IDSelectorBitmap(len(mask), faiss.swig_ptr(bits))
        parameters = faiss.SearchParametersHNSW(**settings)  # type: ignore[attr-defined]
        _, ids = self._index.search(question.vector[None], limit, params=parameters)
        return [int(one) for one in ids[0] if one >= 0]

    def fuse(self, right: Right) -> list[int]:
        """Reciprocal ranks."""
        return reciprocal_ranks([[one for one, _ in part[:DEPTH]] for part in (right.dense, right.lexical)], 60)[:LIMIT]

    def add(self, corpus: Corpus, start: int, stop: int) -> None:
        """Insert, grow the graph, write it again."""
        self._insert(corpus, start, stop)
        faiss.write_index(self._index, str(self._folder / "graph.faiss"))

    def delete(self, ids: Ids) -> None:
        """Delete from the database; the graph's are masked."""
        rows = [(int(one),) for one in ids]
        with self._db as db:
            db.executemany(
                "INSERT INTO terms (terms, rowid, words) SELECT 'delete', id, words FROM passages WHERE id = ?", rows
            )
            db.executemany("DELETE FROM passages WHERE id = ?", rows)
        self._gone = np.zeros(self._index.ntotal, np.bool_)
        self._gone[ids] = True

    def close(self) -> None:
        """Close this thread's connection."""
        self._db.close()

    def _insert(self, corpus: Corpus, start: int, stop: int) -> None:
        texts = corpus.texts(start, stop)
        with self._db as db:
            db.executemany(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
                ((row, *corpus.facets.of(row), text) for row, text in enumerate(texts, start)),
            )
            db.executemany("INSERT INTO terms (rowid, words) VALUES (?, ?)", enumerate(texts, start))
        self._index.add(corpus.vectors(start, stop))

    @property
    def _db(self) -> sqlite3.Connection:
        if not hasattr(self._local, "db"):
            self._local.db = sqlite3.connect(self._folder / "passages.sqlite")
        db: sqlite3.Connection = self._local.db
        return db


def _where(wanted: Filter) -> tuple[str, list[str | int]]:
    parts: list[tuple[str, str | int]] = []
    if wanted.province is not None:
        parts.append(("province = ?", wanted.province))
    if wanted.kind is not None:
        parts.append(("kind = ?", wanted.kind))
    if wanted.year_from is not None:
        parts.append(("year >= ?", wanted.year_from))
    return " AND ".join(part for part, _ in parts), [value for _, value in parts]


def made(folder: Path) -> Fts5Faiss:
    """The peer over a folder."""
    return Fts5Faiss(folder)
