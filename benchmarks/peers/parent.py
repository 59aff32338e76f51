"""The processes peers are measured in, seen from the one that measures.

Trouble
└── Ended    the peer's process is no more
"""

import json
import os
import queue
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

_ROOT = Path(__file__).resolve().parents[2]
# What a peer is given for opening, and for one request, before it counts as hung.
_OPEN_LIMIT_S = 1800.0
_ASK_LIMIT_S = 1800.0
# They log every search, or tell their makers of it; neither is to be measured.
_QUIET = {
    "LANCEDB_LOG": "error",
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


class Trouble(Exception):
    """A peer failed; the message is its reason."""


class Ended(Trouble):
    """Its process is no more, so nothing further can be asked of it."""


def build(python: Path, name: str, corpus: Path, folder: Path, *, limit_s: float) -> dict[str, Any]:
    """Build a peer in a new folder, in a process that ends; what it said of it.

    Raises:
        Trouble: it failed, was killed, or took longer than the limit.
    """
    folder.mkdir(parents=True)
    with _Lines(python, "build", name, corpus, folder) as lines:
        return lines.next(limit_s)


class Child:
    """A peer that was opened and answers requests until it is closed."""

    def __init__(self, python: Path, name: str, corpus: Path, folder: Path) -> None:
        """Open it.

        Raises:
            Trouble: it cannot be opened.
        """
        self._lines = _Lines(python, "serve", name, corpus, folder)
        try:
            self.open_s = float(self._lines.next(_OPEN_LIMIT_S)["seconds"])
        except BaseException:
            self._lines.close()
            raise

    def ask(self, do: str, **wanted: object) -> dict[str, Any]:
        """What came of a request.

        Raises:
            Trouble: it failed.
            Ended: the process ended, or took so long that it was ended.
        """
        self._lines.say({"do": do, **wanted})
        return self._lines.next(_ASK_LIMIT_S)

    def close(self) -> None:
        """End the process."""
        self._lines.close()

    def __enter__(self) -> "Child":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class _Lines:
    """A process that answers in lines of JSON; what it prints besides goes to a file in its folder's neighbourhood."""

    def __init__(self, python: Path, do: str, name: str, corpus: Path, folder: Path) -> None:
        self._log = folder.with_name(f"{folder.name}-{do}.log").open("wb")
        self._process = subprocess.Popen(
            [str(python), "-m", "benchmarks.peers.child", do, name, str(corpus.resolve()), str(folder.resolve())],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            encoding="utf-8",
            env={**os.environ, **_QUIET},
        )
        self._read: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._pumping = threading.Thread(target=self._pump, daemon=True)
        self._pumping.start()

    def _pump(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._read.put(line)
        self._read.put(None)

    def say(self, line: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(line) + "\n")
            self._process.stdin.flush()
        except OSError as error:
            raise Ended(self._ended()) from error

    def next(self, limit_s: float) -> dict[str, Any]:
        """The next line.

        Raises:
            Trouble: it tells of an error.
            Ended: there is none.
        """
        try:
            line = self._read.get(timeout=limit_s)
        except queue.Empty:
            self._process.kill()
            raise Ended(f"quá {limit_s / 60:.0f} phút chưa xong, đã dừng") from None
        if line is None:
            raise Ended(self._ended())
        found: dict[str, Any] = json.loads(line)
        if "error" in found:
            raise Trouble(str(found["error"]))
        return found

    def _ended(self) -> str:
        self._process.wait(timeout=60)
        return f"tiến trình đã chết (mã {self._process.returncode}; -9 thường là hết bộ nhớ)"

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._pumping.join()
        self._process.stdout.close()
        self._log.close()

    def __enter__(self) -> "_Lines":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
