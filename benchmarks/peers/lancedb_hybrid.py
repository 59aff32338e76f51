"""LanceDB, embedded: its hybrid search, with the reranker it fuses by unless told otherwise (reciprocal ranks, 60).

Vectors: IVF_HNSW_SQ, the graph index it has (int8 codes, m 20, efConstruction 300, one partition up to a million rows),
cosine; searched with ef 150, three times as many candidates as asked for measured again by the vectors themselves
(refine_factor 3). Words: its own FTS index, BM25 with k1 1.2 and b .75, split at blanks, neither stemmed nor
stripped. Bitmap indexes over province and kind, a B-tree over the year; filters hold before the search (prefilter).
Added rows are searched unindexed until `optimize` takes them into the indexes, so adding and deleting end with it.
"""

from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import lancedb
import pyarrow as pa
from lancedb.index import FTS, Bitmap, BTree, HnswSq
from lancedb.query import MatchQuery

from benchmarks.peers.corpus import Corpus, Filter, Ids, Question
from benchmarks.peers.exact import Bm25, Right
from benchmarks.peers.peer import DEPTH, LIMIT, Mode, reciprocal_ranks

_BATCH = 20_000


class LanceHybrid:
    """One table of one embedded database."""

    hybrid: str | None = "reciprocal ranks"
    formula: Bm25 | None = Bm25(k1=1.2, b=0.75, idf="lucene")

    def __init__(self, folder: Path) -> None:
        self.versions = f"lancedb {version('lancedb')}"
        self._folder = folder
        self._table: Any

    def build(self, corpus: Corpus) -> None:
        """Write the rows, then the five indexes."""
        schema = pa.schema(
            {
                "id": pa.int64(),
                "vector": pa.list_(pa.float32(), corpus.about.dim),
                "words": pa.string(),
                "province": pa.string(),
                "kind": pa.string(),
                "year": pa.int32(),
            }
        )
        self._table = lancedb.connect(self._folder).create_table("passages", schema=schema)
        for start, stop in corpus.batches(_BATCH):
            self._table.add(_rows(corpus, start, stop, schema))
        self._table.create_index("vector", config=HnswSq(distance_type="cosine", num_partitions=1))
        self._table.create_index(
            "words",
            config=FTS(
                base_tokenizer="whitespace",
                with_position=False,
                lower_case=False,
                stem=False,
                remove_stop_words=False,
                ascii_folding=False,
            ),
        )
        self._table.create_index("province", config=Bitmap())
        self._table.create_index("kind", config=Bitmap())
        self._table.create_index("year", config=BTree())
        self._table.optimize(cleanup_older_than=timedelta(0))

    def open(self, corpus: Corpus) -> None:
        """Open the table."""
        self._table = lancedb.connect(self._folder).open_table("passages")

    def search(self, question: Question, wanted: Filter, mode: Mode) -> list[int]:
        """Hybrid, or the vectors alone."""
        if mode == "dense":
            query = self._table.search(question.vector, vector_column_name="vector").limit(LIMIT)
        else:
            query = self._table.search(query_type="hybrid", vector_column_name="vector", fts_columns="words")
            query = query.vector(question.vector).text(MatchQuery(question.text, "words")).limit(DEPTH)
        query = query.distance_type("cosine").ef(150).refine_factor(3).select(["id"])
        condition = _where(wanted)
        if condition:
            query = query.where(condition, prefilter=True) if mode == "dense" else query.where(condition)
        found: list[int] = query.to_arrow()["id"].to_pylist()
        return found[:LIMIT]

    def fuse(self, right: Right) -> list[int]:
        """Reciprocal ranks."""
        return reciprocal_ranks([[one for one, _ in part[:DEPTH]] for part in (right.dense, right.lexical)], 60)[:LIMIT]

    def add(self, corpus: Corpus, start: int, stop: int) -> None:
        """Add and index."""
        self._table.add(_rows(corpus, start, stop, self._table.schema))
        self._table.optimize()

    def delete(self, ids: Ids) -> None:
        """Delete and take out of the indexes."""
        self._table.delete(f"id IN ({', '.join(str(int(one)) for one in ids)})")
        self._table.optimize()

    def close(self) -> None:
        """Nothing is held open."""


def _rows(corpus: Corpus, start: int, stop: int, schema: pa.Schema) -> pa.Table:
    facets = [corpus.facets.of(row) for row in range(start, stop)]
    flat = pa.array(corpus.vectors(start, stop).ravel(), pa.float32())
    return pa.table(
        {
            "id": pa.array(range(start, stop), pa.int64()),
            "vector": pa.FixedSizeListArray.from_arrays(flat, corpus.about.dim),
            "words": pa.array(corpus.texts(start, stop)),
            "province": pa.array([facet[0] for facet in facets]),
            "kind": pa.array([facet[1] for facet in facets]),
            "year": pa.array([facet[2] for facet in facets], pa.int32()),
        },
        schema=schema,
    )


def _where(wanted: Filter) -> str:
    parts = []
    if wanted.province is not None:
        parts.append(f"province = '{wanted.province}'")
    if wanted.kind is not None:
        parts.append(f"kind = '{wanted.kind}'")
    if wanted.year_from is not None:
        parts.append(f"year >= {wanted.year_from}")
    return " AND ".join(parts)


def made(folder: Path) -> LanceHybrid:
    """The peer over a folder."""
    return LanceHybrid(folder)
