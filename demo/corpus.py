"""The demo corpus: the demo portal served on this machine, crawled over HTTP and indexed, as `make run` does."""

import socket
import subprocess
import sys
from pathlib import Path

from demo.conductor import write_sources
from demo.portal import HOST, PORTALS, running
from index.build import build

ROOT = Path(__file__).resolve().parent.parent


def make_demo_corpus(data: Path, *, embedder: str | None = None) -> None:
    """Crawl the demo portal into a data folder and index it.

    Raises:
        RuntimeError: the crawl failed; its output is in the message.
    """
    crawl_demo(data)
    build(data, embedder=embedder)


def crawl_demo(data: Path) -> int:
    """Crawl the demo portals into a data folder; the port of the first, the others following it.

    Raises:
        RuntimeError: the crawl failed; its output is in the message.
    """
    data.mkdir(parents=True, exist_ok=True)
    port = free_ports(PORTALS)
    with running(range(port, port + PORTALS)):
        command = [sys.executable, "-m", "crawler", "--sources", str(write_sources(data, port)), "--data", str(data)]
        crawl = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if crawl.returncode != 0:
        raise RuntimeError(f"the crawl of the demo portal ended with {crawl.returncode}: {crawl.stderr[-2000:]}")
    return port


def free_ports(count: int) -> int:
    """The first of `count` ports in a row that are free now."""
    for first in range(18801, 60000, count):
        try:
            for port in range(first, first + count):
                with socket.socket() as probe:
                    probe.bind((HOST, port))
        except OSError:
            continue
        return first
    raise RuntimeError(f"no {count} free ports in a row on {HOST}")
