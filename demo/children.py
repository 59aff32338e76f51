"""Programs started by `python -m demo run`: each in a session of its own, so that only we decide when it stops."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]
_POLL_S = 0.1


class Children:
    """The programs running now. Signals go to whole process groups, so nothing they started is left behind."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(
        self,
        name: str,
        arguments: Sequence[str],
        output: IO[bytes] | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """Start `python ARGUMENTS` at the root of the project; its output goes to `output`, or to our own. settings:
        variables of its environment beside ours."""
        self._running[name] = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=None if output is None else subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **(settings or {})},
            start_new_session=True,
        )

    def ended(self, name: str) -> int | None:
        """The exit status of a program, or None while it runs; an ended one is forgotten only by `stop`."""
        return self._running[name].poll()

    def stop(self, grace_s: float = 10.0) -> None:
        """Ask every program to end, wait up to `grace_s` seconds, then kill what is left."""
        for child in self._running.values():
            _signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + grace_s
        while time.monotonic() < deadline and any(child.poll() is None for child in self._running.values()):
            time.sleep(_POLL_S)
        for child in self._running.values():
            _signal_group(child, signal.SIGKILL)
            child.wait()
        self._running.clear()


def _signal_group(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    # The group outlives its leader as long as a member lives, so it is signalled even after the leader has ended.
    try:
        os.killpg(child.pid, number)
    except (ProcessLookupError, PermissionError):
        return
