"""Milvus Lite by pymilvus: its hybrid search over a graph and its BM25, fused by its RRFRanker (60).

Vectors: HNSW, M 16, efConstruction 200, ef 128, cosine. Words: a BM25 function with the standard analyzer, k1 1.5 and
b .75; how rare a term is, it counts within each segment of at most 100,000 rows. INVERTED indexes over the facets. It
runs a gRPC server in this same process, and every question crosses it. Adding and deleting end with a flush.
"""

from importlib.metadata import version
from pathlib import Path
from typing import Any

from pymilvus import AnnSearchRequest, DataType, Function, FunctionType, MilvusClient, RRFRanker

from benchmarks.peers.corpus import Corpus, Filter, Ids, Question
from benchmarks.peers.exact import Bm25, Right
from benchmarks.peers.peer import DEPTH, LIMIT, Mode, reciprocal_ranks

_NAME = "passages"
_BATCH = 2_000
_DENSE = {"metric_type": "COSINE", "params": {"ef": 128}}
_WORDS = {"metric_type": "BM25", "params": {}}


class MilvusLite:
    """One collection of one local database."""

    hybrid: str | None = "reciprocal ranks"
    formula: Bm25 | None = Bm25(k1=1.5, b=0.75, idf="lucene")

    def __init__(self, folder: Path) -> None:
        self.versions = f"milvus-lite {version('milvus-lite')}, pymilvus {version('pymilvus')}"
        self._folder = folder
        self._client: Any

    def build(self, corpus: Corpus) -> None:
        """Insert all passages, flush, build every index."""
        self._client = MilvusClient(str(self._folder / "passages.db"))
        schema = MilvusClient.create_schema(auto_id=False)
        schema.add_field("id", DataType.INT64, is_primary=True)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=corpus.about.dim)
        schema.add_field("words", DataType.VARCHAR, max_length=65_535, enable_analyzer=True)
        schema.add_field("sparse", DataType.SPARSE_FLOAT_VECTOR)
        schema.add_field("province", DataType.VARCHAR, max_length=8)
        schema.add_field("kind", DataType.VARCHAR, max_length=16)
        schema.add_field("year", DataType.INT64)
        schema.add_function(
            Function(
                name="bm25",
                function_type=FunctionType.BM25,
                input_field_names=["words"],
                output_field_names=["sparse"],
            )
        )
        self._client.create_collection(_NAME, schema=schema)
        for start, stop in corpus.batches(_BATCH):
            self._insert(corpus, start, stop)
        self._client.flush(_NAME)
        indexes = self._client.prepare_index_params()
        indexes.add_index("vector", index_type="HNSW", metric_type="COSINE", params={"M": 16, "efConstruction": 200})
        indexes.add_index(
            "sparse", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25", params={"bm25_k1": 1.5, "bm25_b": 0.75}
        )
        for facet in ("province", "kind", "year"):
            indexes.add_index(facet, index_type="INVERTED")
        self._client.create_index(_NAME, indexes)
        self._client.load_collection(_NAME)
        self._client.close()

    def open(self, corpus: Corpus) -> None:
        """Open and load the collection."""
        self._client = MilvusClient(str(self._folder / "passages.db"))
        self._client.load_collection(_NAME)

    def search(self, question: Question, wanted: Filter, mode: Mode) -> list[int]:
        """Hybrid, or the vectors alone."""
        condition = _condition(wanted)
        if mode == "dense":
            found = self._client.search(
                _NAME,
                data=[question.vector.tolist()],
                anns_field="vector",
                limit=LIMIT,
                filter=condition,
                search_params=_DENSE,
            )
        else:
            requests = [
                AnnSearchRequest([question.vector.tolist()], "vector", _DENSE, DEPTH, expr=condition or None),
                AnnSearchRequest([question.text], "sparse", _WORDS, DEPTH, expr=condition or None),
            ]
            found = self._client.hybrid_search(_NAME, requests, RRFRanker(60), limit=LIMIT)
        return [int(hit["id"]) for hit in found[0]]

    def fuse(self, right: Right) -> list[int]:
        """Reciprocal ranks."""
        return reciprocal_ranks([[one for one, _ in part[:DEPTH]] for part in (right.dense, right.lexical)], 60)[:LIMIT]

    def add(self, corpus: Corpus, start: int, stop: int) -> None:
        """Insert and flush."""
        for first in range(start, stop, _BATCH):
            self._insert(corpus, first, min(first + _BATCH, stop))
        self._client.flush(_NAME)

    def delete(self, ids: Ids) -> None:
        """Delete and flush."""
        self._client.delete(_NAME, ids=[int(one) for one in ids])
        self._client.flush(_NAME)

    def close(self) -> None:
        """Close the client; its server ends with the process."""
        self._client.close()

    def _insert(self, corpus: Corpus, start: int, stop: int) -> None:
        vectors, rows = corpus.vectors(start, stop).tolist(), []
        for row, text in enumerate(corpus.texts(start, stop), start):
            province, kind, year = corpus.facets.of(row)
            rows.append(
                {
                    "id": row,
                    "vector": vectors[row - start],
                    "words": text,
                    "province": province,
                    "kind": kind,
                    "year": year,
                }
            )
        self._client.insert(_NAME, rows)


def _condition(wanted: Filter) -> str:
    parts = []
    if wanted.province is not None:
        parts.append(f'province == "{wanted.province}"')
    if wanted.kind is not None:
        parts.append(f'kind == "{wanted.kind}"')
    if wanted.year_from is not None:
        parts.append(f"year >= {wanted.year_from}")
    return " and ".join(parts)


def made(folder: Path) -> MilvusLite:
    """The peer over a folder."""
    return MilvusLite(folder)
