"""`python server.py` as a process of its own over a data folder, for what measures or tries it over HTTP."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SERVER = Path(__file__).resolve().parents[1] / "server.py"
READY_TIMEOUT_S = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A server. url: with a closing slash. pid: of its process."""

    url: str
    pid: int


@contextmanager
def serving(data: Path) -> Iterator[Running]:
    """The server over a data folder, on a free port of 127.0.0.1, once it answers questions.

    Raises:
        RuntimeError: it does not start, or finds no index it can use.
    """
    command = [sys.executable, str(SERVER), "--data", str(data), "--host", "127.0.0.1", "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line:
                raise RuntimeError(f"máy chủ không mở được trên {data}; thử: python server.py --data {data}")
            url = str(json.loads(line)["url"])
            _wait_ready(url, data)
            yield Running(url=url, pid=process.pid)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_ready(url: str, data: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + READY_TIMEOUT_S
    said = ""
    while time.monotonic() < deadline:
        try:
            with opener.open(f"{url}api/ready", timeout=5):
                return
        except urllib.error.HTTPError as error:
            with error:
                said = error.read(2000).decode("utf-8", "replace")
        except OSError as error:  # it does not listen yet
            said = str(error)
        time.sleep(0.2)
    raise RuntimeError(f"máy chủ trên {data} sau {READY_TIMEOUT_S:g} giây vẫn chưa trả lời được: {said}")
