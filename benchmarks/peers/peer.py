"""What a peer must do, and the peers by name.

Each lies in a file of its own, is imported only by the process that measures it, and says in its docstring how it is
set up and why. Searches are asked for ten passages by id; where a peer fuses two lists of candidates and lets the
caller say how long they are, they have `DEPTH` each.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Literal, Protocol

from benchmarks.peers.corpus import FILTERS, Corpus, Filter, Ids, Question
from benchmarks.peers.exact import Bm25, Right

LIMIT = 10
DEPTH = 50
# Name -> (module, whether it runs in the peers' environment).
PEERS: dict[str, tuple[str, bool]] = {
    "ours": ("benchmarks.peers.ours", False),
    "lancedb": ("benchmarks.peers.lancedb_hybrid", True),
    "chroma": ("benchmarks.peers.chroma", True),
    "txtai": ("benchmarks.peers.txtai_hybrid", True),
    "haystack": ("benchmarks.peers.haystack_memory", True),
    "milvus-lite": ("benchmarks.peers.milvus_lite", True),
    "fts5-faiss": ("benchmarks.peers.fts5_faiss", True),
}
Mode = Literal["hybrid", "dense"]
# Ways of asking that are timed: hybrid under each filter, and the vectors alone without one.
VECTORS = "vectors"
WAYS = (*FILTERS, VECTORS)


class Peer(Protocol):
    """One store over one folder. `search` is called from several threads at once, all else from one.

    versions: of its packages. hybrid: what its hybrid search is, None where it has none and `search` is dense always.
    formula: the BM25 it is meant to compute, None where it computes none.
    """

    versions: str
    hybrid: str | None
    formula: Bm25 | None

    def build(self, corpus: Corpus) -> None:
        """Write everything and build every index, until the folder holds what `open` needs."""
        ...

    def open(self, corpus: Corpus) -> None:
        """Open what `build` wrote, in another process."""
        ...

    def search(self, question: Question, wanted: Filter, mode: Mode) -> list[int]:
        """The ids of the ten best passages within the filter, best first."""
        ...

    def fuse(self, right: Right) -> list[int]:
        """The ids its own fusion gives of exact lists, best first."""
        ...

    def add(self, corpus: Corpus, start: int, stop: int) -> None:
        """Add rows of the corpus until searches see them and they are on disk."""
        ...

    def delete(self, ids: Ids) -> None:
        """Delete passages until no search sees them and they are gone from disk or marked there."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


def load_peer(name: str, folder: Path) -> Peer:
    """The peer of that name over a folder.

    Raises:
        ImportError: a package it needs is missing.
    """
    peer: Peer = import_module(PEERS[name][0]).made(folder)
    return peer


def reciprocal_ranks(lists: Sequence[Sequence[int]], constant: int) -> list[int]:
    """Ids by reciprocal rank fusion (Cormack, Clarke and Buettcher, SIGIR 2009), best first, equal ones in order."""
    scores: dict[int, float] = {}
    for ids in lists:
        for rank, identity in enumerate(ids, 1):
            scores[identity] = scores.get(identity, 0.0) + 1 / (constant + rank)
    return sorted(scores, key=lambda identity: -scores[identity])
