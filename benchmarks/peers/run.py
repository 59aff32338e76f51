"""One run: every peer built, then all asked in turn, round after round, over corpora of several sizes.

Each peer is built in a process that ends, then opened in another that stays; rounds go from peer to peer, so that what
slows the machine for a while slows all alike. From `_ALONE_FROM` passages on the peers are measured one after the
other, since they would not fit into memory together. What a peer could not do stands in `trouble` with its reason.
"""

import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.machine import Machine, this_machine
from benchmarks.peers import synthesis
from benchmarks.peers.corpus import About, Corpus
from benchmarks.peers.exact import Bm25, write_exact
from benchmarks.peers.parent import Child, Ended, Trouble, build
from benchmarks.peers.peer import LIMIT, WAYS
from benchmarks.peers.synthesis import Real
from crawler.archive import now_iso
from index.manifest import IndexSettings
from index.store import BM25_B, BM25_K1

CLIENTS = (1, 8)
ROUNDS = 3
_CHECKED = 100
_EXACT_DEPTH = 100
_ALONE_FROM = 200_000
# A peer is not tried where it would take more than this share of the machine's memory, judged by the size before.
_MEMORY_SHARE = 0.7
# Every formula any peer is compared by (`Peer.formula`).
_FORMULAS = (
    Bm25(k1=BM25_K1, b=BM25_B, idf="lucene"),
    Bm25(k1=1.5, b=0.75, idf="lucene"),
    Bm25(k1=1.2, b=0.75, idf="lucene"),
    Bm25(k1=1.2, b=0.75, idf="robertson"),
    Bm25(k1=1.5, b=0.75, idf="bm25l"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Milliseconds of one question asked alone: percentiles over `asked` questions; found: passages each got of ten."""

    p50_ms: float
    p95_ms: float
    p99_ms: float
    asked: int
    found: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerFigures:
    """What one peer did over one corpus; None where it was not measured, with the reason in `trouble` by name.

    hybrid: how it fuses, None where it searches vectors alone. latency: by way (`WAYS`). qps: questions answered each
    second without a filter, by clients. recall_dense, recall_hybrid: share of the exact ten found, the latter of its
    own fusion of exact lists. added_found: share of a sample of what was added that is then found; deleted_found: of
    what was deleted (0: right).
    """

    name: str
    versions: str | None = None
    hybrid: str | None = None
    build_s: float | None = None
    build_peak_mib: float | None = None
    disk_mib: float | None = None
    open_s: float | None = None
    serving_peak_mib: float | None = None
    latency: dict[str, Latency] = field(default_factory=dict)
    qps: dict[str, float] = field(default_factory=dict)
    recall_dense: float | None = None
    recall_hybrid: float | None = None
    add_s: float | None = None
    added_found: float | None = None
    delete_s: float | None = None
    deleted_found: float | None = None
    trouble: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeFigures:
    """All peers over one corpus."""

    corpus: About
    peers: tuple[PeerFigures, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeersReport:
    """One run."""

    measured: str
    machine: Machine
    sizes: tuple[SizeFigures, ...]


def measure_peers(
    real: Real,
    sizes: Sequence[int],
    peers: Mapping[str, Path],
    work: Path,
    *,
    queries: int = 300,
    seconds: float = 10.0,
    build_limit_s: float = 1800.0,
) -> PeersReport:
    """Measure peers over corpora of some sizes, the smallest first.

    peers: name -> the interpreter that runs it. work: where corpora are kept; one of other real texts is made anew.
    queries: asked of each peer in each way. seconds: the most a round spends on one way, and what
    a round spends on one number of clients. build_limit_s: a build that takes longer is stopped.
    """
    measured: list[SizeFigures] = []
    for size in sorted(sizes):
        corpus = _corpus(real, work / f"corpus-{size}", size, queries)
        former = {one.name: one for one in measured[-1].peers} if measured else {}
        ratio = size / measured[-1].corpus.passages if measured else 1.0
        possible: dict[str, Path] = {}
        figures: dict[str, PeerFigures] = {}
        for name, python in peers.items():
            reason = _hopeless(former.get(name), ratio, build_limit_s)
            if reason is None:
                possible[name] = python
            else:
                figures[name] = PeerFigures(name=name, trouble={"build": reason})
        together = [list(possible)] if size < _ALONE_FROM else [[name] for name in possible]
        for names in together:
            some = _Run(corpus, {name: possible[name] for name in names}, queries, seconds, build_limit_s)
            figures |= some.measured()
        measured.append(SizeFigures(corpus=corpus.about, peers=tuple(figures[name] for name in peers)))
    return PeersReport(measured=now_iso(), machine=this_machine(), sizes=tuple(measured))


def _corpus(real: Real, folder: Path, size: int, queries: int) -> Corpus:
    """The corpus kept from before where it would be made the same, else a new one; its exact lists are always new."""
    made_by = sha256(Path(synthesis.__file__).read_bytes()).hexdigest()
    wanted = f"{made_by} {len(real.vectors)} {len(real.codes)} {real.sources} {size} {queries}"
    mark = folder / "made-of.txt"
    if mark.is_file() and mark.read_text(encoding="utf-8") == wanted:
        corpus = Corpus(folder)
    else:
        _told(size, "tạo kho mẫu")
        corpus = synthesis.synthesise(real, folder, size, questions=queries)
        mark.write_text(wanted, encoding="utf-8")
    _told(size, "tính danh sách đúng")
    write_exact(
        corpus,
        corpus.questions()[:_CHECKED],
        _FORMULAS,
        folder / "exact.npz",
        depth=_EXACT_DEPTH,
        fused_by=_FORMULAS[0],
        dense_weight=IndexSettings().dense_weight,
        limit=LIMIT,
    )
    return corpus


def _told(passages: int, what: str) -> None:
    print(f"{passages} đoạn, {what}", file=sys.stderr)


def _hopeless(former: PeerFigures | None, ratio: float, build_limit_s: float) -> str | None:
    """Why a peer is not tried at a size so many times the one before, or None."""
    if former is None:
        return None
    if former.build_s is None or former.build_peak_mib is None:
        return former.trouble.get("build", "không dựng được ở cỡ trước")
    if former.build_s * ratio > build_limit_s:
        return f"dựng mất {former.build_s:.0f} giây ở cỡ trước; cỡ này ước {former.build_s * ratio / 60:.0f} phút"
    memory = this_machine().memory_gib
    peak = max(former.build_peak_mib, former.serving_peak_mib or 0.0)
    if memory is not None and peak * ratio > _MEMORY_SHARE * 1024 * memory:
        return f"cần {peak:.0f} MiB ở cỡ trước; cỡ này ước {peak * ratio / 1024:.0f} GiB, máy có {memory:.0f}"
    return None


class _Run:
    """Peers over one corpus, in turn."""

    def __init__(
        self, corpus: Corpus, peers: Mapping[str, Path], queries: int, seconds: float, build_limit_s: float
    ) -> None:
        self._corpus = corpus
        self._peers = peers
        self._queries = queries
        self._seconds = seconds
        self._build_limit_s = build_limit_s
        self._found: dict[str, dict[str, Any]] = {name: {"name": name} for name in peers}
        self._trouble: dict[str, dict[str, str]] = {name: {} for name in peers}
        self._ended: set[str] = set()
        self._times: dict[tuple[str, str], list[float]] = {}
        self._ten: dict[tuple[str, str], list[float]] = {}
        self._answered: dict[tuple[str, int], list[tuple[int, float]]] = {}

    def measured(self) -> dict[str, PeerFigures]:
        """Build, open, ask, change; each peer's figures."""
        with ExitStack() as stack:
            work = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=self._corpus.folder)))
            served: dict[str, Child] = {}
            for name in self._peers:
                child = self._opened(name, work / name)
                if child is not None:
                    served[name] = stack.enter_context(child)
            for turn in range(ROUNDS):
                _told(self._corpus.passages, f"vòng {turn + 1}/{ROUNDS}")
                for name, child in served.items():
                    self._round(name, child, turn)
            for name, child in served.items():
                _told(self._corpus.passages, f"{name}: đúng đến đâu, thêm, xóa")
                self._rest(name, child)
                child.close()
                shutil.rmtree(work / name, ignore_errors=True)
        return {name: self._figures(name) for name in self._peers}

    def _opened(self, name: str, folder: Path) -> Child | None:
        """A peer built and opened, or None where it failed."""
        _told(self._corpus.passages, f"{name}: dựng")
        try:
            built = build(self._peers[name], name, self._corpus.folder, folder, limit_s=self._build_limit_s)
            held = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
            self._found[name] |= {
                "versions": built["versions"],
                "hybrid": built["hybrid"],
                "build_s": round(float(built["seconds"]), 2),
                "build_peak_mib": round(float(built["peak_mib"]), 1),
                "disk_mib": round(held / 2**20, 1),
            }
        except Trouble as error:
            self._trouble[name]["build"] = str(error)
            shutil.rmtree(folder, ignore_errors=True)
            return None
        try:
            child = Child(self._peers[name], name, self._corpus.folder, folder)
        except Trouble as error:
            self._trouble[name]["open"] = str(error)
            return None
        self._found[name]["open_s"] = round(child.open_s, 2)
        self._tried(name, child, "warm")
        return child

    def _round(self, name: str, child: Child, turn: int) -> None:
        share = -(-self._queries // ROUNDS)
        for way in WAYS:
            got = self._tried(name, child, "latency", way=way, first=turn * share, count=share, seconds=self._seconds)
            if got is not None:
                self._times.setdefault((name, way), []).extend(got["times"])
                self._ten.setdefault((name, way), []).append(got["found"])
        for clients in CLIENTS:
            got = self._tried(name, child, "throughput", clients=clients, seconds=self._seconds)
            if got is not None:
                self._answered.setdefault((name, clients), []).append((got["answered"], got["seconds"]))

    def _rest(self, name: str, child: Child) -> None:
        found = self._found[name]
        if (got := self._tried(name, child, "memory")) is not None:
            found["serving_peak_mib"] = round(got["peak_mib"], 1)
        exact = str(self._corpus.folder / "exact.npz")
        if (got := self._tried(name, child, "recall", exact=exact, seconds=3 * self._seconds)) is not None:
            found["recall_dense"] = round(got["dense"], 4)
            found["recall_hybrid"] = None if got["hybrid"] is None else round(got["hybrid"], 4)
        if (got := self._tried(name, child, "add")) is not None:
            found |= {"add_s": round(got["seconds"], 3), "added_found": got["found"]}
        if (got := self._tried(name, child, "delete")) is not None:
            found |= {"delete_s": round(got["seconds"], 3), "deleted_found": got["found"]}

    def _tried(self, name: str, child: Child, do: str, **wanted: object) -> dict[str, Any] | None:
        if name in self._ended:
            return None
        try:
            return child.ask(do, **wanted)
        except Ended as error:
            self._ended.add(name)
            self._trouble[name][do] = f"{error}; không đo tiếp được gì"
        except Trouble as error:
            self._trouble[name].setdefault(do, str(error))
        return None

    def _figures(self, name: str) -> PeerFigures:
        latency = {}
        for way in WAYS:
            times = self._times.get((name, way))
            if times:
                p50, p95, p99 = (round(float(value), 3) for value in np.percentile(times, (50, 95, 99)))
                found = round(float(np.mean(self._ten[name, way])), 2)
                latency[way] = Latency(p50_ms=p50, p95_ms=p95, p99_ms=p99, asked=len(times), found=found)
        qps = {}
        for clients in CLIENTS:
            parts = self._answered.get((name, clients))
            if parts:
                qps[str(clients)] = round(sum(count for count, _ in parts) / sum(spent for _, spent in parts), 2)
        return PeerFigures(**self._found[name], latency=latency, qps=qps, trouble=self._trouble[name])
