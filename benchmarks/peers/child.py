"""The process one peer is measured in: `python -m benchmarks.peers.child build|serve NAME CORPUS FOLDER`.

It runs in the peers' environment (ours in this project's) and talks in lines of JSON: on its standard input what to do,
on its standard output what came of it. What libraries print goes to standard error. `build` does one thing and ends;
`serve` opens what was built, in a process of its own so that its memory is its own, and answers until its input ends.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peers.corpus import Corpus, Filter
from benchmarks.peers.exact import read_exact
from benchmarks.peers.peer import LIMIT, VECTORS, Mode, Peer, load_peer

_WARM = 20
_WARM_S = 10.0
# However slow a peer is, so many questions are asked, that a median means something.
_AT_LEAST = 4
# Rows added or deleted that are looked for afterwards.
_SAMPLE = 10


class Served:
    """A peer that was opened, and what can be asked of it; each method answers with what goes into a line."""

    def __init__(self, peer: Peer, corpus: Corpus) -> None:
        self._peer = peer
        self._corpus = corpus
        self._questions = corpus.questions()

    def warm(self) -> dict[str, Any]:
        """Ask a few questions that do not count."""
        began = time.perf_counter()
        for question in self._questions[:_WARM]:
            self._peer.search(question, Filter(), "hybrid")
            if time.perf_counter() - began > _WARM_S:
                break
        return {}

    def latency(self, way: str, first: int, count: int, seconds: float) -> dict[str, Any]:
        """Milliseconds of each question, one after the other; and how many passages each found on the whole."""
        times, found = [], 0
        began = time.perf_counter()
        for place in range(first, first + count):
            question = self._questions[place % len(self._questions)]
            mode: Mode = "dense" if way == VECTORS else "hybrid"
            wanted = question.filter(way)
            start = time.perf_counter()
            found += len(self._peer.search(question, wanted, mode))
            end = time.perf_counter()
            times.append(1000 * (end - start))
            if end - began > seconds and len(times) >= _AT_LEAST:
                break
        return {"times": times, "found": found / len(times)}

    def throughput(self, clients: int, seconds: float) -> dict[str, Any]:
        """How many questions so many threads got answered, and in what time."""
        answered = [0] * clients
        failed: list[BaseException] = []
        ready = threading.Barrier(clients + 1)

        def ask(number: int) -> None:
            place = number * len(self._questions) // clients
            ready.wait()
            try:
                while time.perf_counter() < until:
                    self._peer.search(self._questions[place % len(self._questions)], Filter(), "hybrid")
                    answered[number] += 1
                    place += 1
            except Exception as error:  # the thread's, told to the parent
                failed.append(error)

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
        for thread in threads:
            thread.start()
        began = time.perf_counter()
        until = began + seconds
        ready.wait()
        for thread in threads:
            thread.join()
        if failed:
            raise failed[0]
        return {"answered": sum(answered), "seconds": time.perf_counter() - began}

    def recall(self, exact: str, seconds: float) -> dict[str, Any]:
        """The share of the exact ten that was found: of vectors alone, and of the peer's own fusion of exact lists."""
        dense, hybrid = [], []
        began = time.perf_counter()
        for question, right in zip(self._questions, read_exact(Path(exact), self._peer.formula), strict=False):
            dense.append(
                _share([one for one, _ in right.dense[:LIMIT]], self._peer.search(question, Filter(), "dense"))
            )
            if self._peer.hybrid is not None:
                hybrid.append(_share(self._peer.fuse(right), self._peer.search(question, Filter(), "hybrid")))
            if time.perf_counter() - began > seconds and len(dense) >= _AT_LEAST:
                break
        return {
            "dense": float(np.mean(dense)),
            "hybrid": float(np.mean(hybrid)) if hybrid else None,
            "asked": len(dense),
        }

    def add(self) -> dict[str, Any]:
        """Add the rows kept back; whether each of a sample is then found by its own vector."""
        start, stop = self._corpus.passages, self._corpus.passages + self._corpus.about.added
        began = time.perf_counter()
        self._peer.add(self._corpus, start, stop)
        seconds = time.perf_counter() - began
        return {"seconds": seconds, "found": self._found(range(start, stop)[:_SAMPLE])}

    def delete(self) -> dict[str, Any]:
        """Delete one row of a hundred; the share of a sample still found by its own vector."""
        leaving = self._corpus.leaving()
        began = time.perf_counter()
        self._peer.delete(leaving)
        seconds = time.perf_counter() - began
        return {"seconds": seconds, "found": self._found(leaving[:_SAMPLE].tolist())}

    def memory(self) -> dict[str, Any]:
        """The most memory held so far."""
        return {"peak_mib": peak_mib()}

    def _found(self, rows: Iterable[int]) -> float:
        found = []
        for row in rows:
            like = replace(self._questions[0], vector=self._corpus.vectors(row, row + 1)[0])
            found.append(row in self._peer.search(like, Filter(), "dense"))
        return float(np.mean(found))


def peak_mib() -> float:
    """The most memory this process held, in MiB."""
    from benchmarks.machine import peak_rss_mib  # noqa: PLC0415 (needs nothing but Python)

    return peak_rss_mib()


def _share(right: list[int], found: list[int]) -> float:
    return len(set(right) & set(found)) / len(right) if right else 1.0


def _build(name: str, corpus: Corpus, folder: Path) -> dict[str, Any]:
    peer = load_peer(name, folder)
    began = time.perf_counter()
    peer.build(corpus)
    return {
        "seconds": time.perf_counter() - began,
        "peak_mib": peak_mib(),
        "versions": peer.versions,
        "hybrid": peer.hybrid,
    }


def _serve(name: str, corpus: Corpus, folder: Path, say: Callable[[dict[str, Any]], None]) -> None:
    peer = load_peer(name, folder)
    began = time.perf_counter()
    peer.open(corpus)
    served = Served(peer, corpus)
    say({"seconds": time.perf_counter() - began})
    for line in sys.stdin:
        wanted: dict[str, Any] = json.loads(line)
        do = wanted.pop("do")
        try:
            say(getattr(served, do)(**wanted))
        except Exception as error:  # whatever a library raises is the parent's to report
            say({"error": _told(error)})
    peer.close()


def _told(error: BaseException) -> str:
    first = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {first[:300]}" if first else type(error).__name__


def main(arguments: list[str]) -> int:
    """Do what the arguments say; 1 where the peer cannot be loaded, built or opened, told in the one line."""
    do, name, corpus, folder = arguments
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(line: dict[str, Any]) -> None:
        print(json.dumps(line), file=out, flush=True)

    try:
        if do == "build":
            say(_build(name, Corpus(Path(corpus)), Path(folder)))
        else:
            _serve(name, Corpus(Path(corpus)), Path(folder), say)
    except Exception as error:  # as above
        say({"error": _told(error)})
        return 1
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stderr.flush()
    # Some libraries leave threads that never end.
    os._exit(code)
