"""The process that reads untrusted bytes: `python -m crawler.worker BYTES`, started by `crawler.sandbox` alone.

BYTES is the address space that the reader, and each program it starts, may have.

Two processes. The warden holds the parent's socket, reads nothing and waits: when the parent is gone, whichever way, or
the reader is, it kills the reader's process group (tesseract included) and ends the way the reader ended. The reader
imports the readers, gives up what it does not need (see `_confine`), and answers one request after the other.

Messages, lengths big-endian. Request: length of the JSON, length of the body, the JSON of a `Request`, the body.
Answer: a status byte, length, then the JSON of a `Reading`, `Listing` or `View` (READ) or an error's text (FAILED).
READY, without a length, says that the reader has started.
"""

import base64
import contextlib
import ctypes
import os
import resource
import select
import signal
import socket
import struct
import sys
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter

from crawler.archive import Raw
from crawler.draft import NoArticleError, Origin
from crawler.sources import Source

REQUEST_HEAD = struct.Struct(">II")
ANSWER_HEAD = struct.Struct(">cI")
READY, READ, FAILED = b"+", b"r", b"f"
OUT_OF_MEMORY_EXIT = 101
_MAX_ERROR_CHARS = 500
_CPU_GRACE_S = 2

# <sys/prctl.h>, <sched.h>
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x1000_0000, 0x4000_0000


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing to read: a sitemap or feed, a page of `source` fetched from `url` at `fetched`, or a file of `origin`;
    or one page of a file to draw.

    cpu_s: processor seconds after which the reader is killed. view: the page to draw, from 1.
    """

    content_type: str
    cpu_s: int
    listing: Literal["sitemap", "feed"] | None = None
    url: str = ""
    fetched: str = ""
    source: Source | None = None
    origin: Origin | None = None
    view: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A page drawn: PNG in base64; "" where it cannot be, and why."""

    png: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a sitemap or feed lists: pages, each with its lastmod as written or None, and further sitemaps."""

    pages: tuple[tuple[str, str | None], ...]
    sitemaps: tuple[str, ...] = ()


def receive(connection: socket.socket, size: int) -> bytes:
    """Exactly `size` bytes.

    Raises:
        EOFError: the other side ended before.
    """
    parts = bytearray()
    while len(parts) < size:
        part = connection.recv(min(size - len(parts), 1 << 20))
        if not part:
            raise EOFError(f"{len(parts)} bytes of {size}, then the end")
        parts += part
    return bytes(parts)


def main(memory_bytes: int) -> None:
    """Be the warden of one reader; never returns."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    reader_lives, held_by_reader = os.pipe()
    warden = os.getpid()
    reader = os.fork()
    if reader == 0:
        os.setpgid(0, 0)
        os.close(reader_lives)
        _die_with(warden)
        try:
            with socket.socket(fileno=0) as connection, contextlib.suppress(EOFError, OSError):
                _serve(connection, memory_bytes)
        except MemoryError:
            os._exit(OUT_OF_MEMORY_EXIT)
        os._exit(0)
    with contextlib.suppress(OSError):  # either of the two is first
        os.setpgid(reader, reader)
    os.close(held_by_reader)
    ends = select.poll()
    ends.register(0, 0)  # nothing is asked for but POLLHUP: the bytes are the reader's
    ends.register(reader_lives, 0)
    ends.poll()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(reader, signal.SIGKILL)  # not reaped yet, so the number is still its own
    code = os.waitstatus_to_exitcode(os.waitpid(reader, 0)[1])
    if code < 0:
        signal.signal(-code, signal.SIG_DFL) if -code != signal.SIGKILL else None
        os.kill(os.getpid(), -code)
    os._exit(code if code >= 0 else 1)


def _serve(connection: socket.socket, memory_bytes: int) -> None:
    # Slow to load, needed in this process only, and to be loaded before the limits hold.
    from crawler.discover import feed_addresses, sitemap_pages  # noqa: PLC0415
    from crawler.documents.view import page_view  # noqa: PLC0415
    from crawler.read import Reading, read_article, read_page  # noqa: PLC0415

    def read(raw: Raw, request: Request) -> Reading | Listing | View:
        if request.view is not None:
            try:
                return View(png=base64.b64encode(page_view(raw.body, request.view)).decode("ascii"))
            except NoArticleError as error:
                return View(png="", reason=str(error))
        if request.listing == "feed":
            return Listing(pages=tuple((address, None) for address in feed_addresses(raw.body)))
        if request.listing == "sitemap":
            pages, sitemaps = sitemap_pages(raw.body)
            return Listing(pages=tuple(pages), sitemaps=tuple(sitemaps))
        if request.source is not None:
            return read_page(raw, request.url, request.source, request.fetched)
        assert request.origin is not None
        try:
            return Reading(article=read_article(raw, request.origin), reason=None)
        except NoArticleError as error:
            return Reading(article=None, reason=str(error))

    requests, answers = TypeAdapter(Request), TypeAdapter[Reading | Listing | View](Reading | Listing | View)
    _confine(memory_bytes)
    connection.sendall(READY)
    while True:
        head_size, body_size = REQUEST_HEAD.unpack(receive(connection, REQUEST_HEAD.size))
        request = requests.validate_json(receive(connection, head_size))
        raw = Raw(body=receive(connection, body_size), content_type=request.content_type)
        _limit_cpu(request.cpu_s)
        try:
            status, answer = READ, answers.dump_json(read(raw, request))
        except MemoryError:
            raise
        except Exception as error:
            text = f"{type(error).__name__}: {error}"[:_MAX_ERROR_CHARS]
            status, answer = FAILED, text.encode("utf-8", errors="replace")
        connection.sendall(ANSWER_HEAD.pack(status, len(answer)) + answer)


def _die_with(warden: int) -> None:
    """Be killed when the warden is, where the system can do that (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != warden:
        os._exit(1)


def _confine(memory_bytes: int) -> None:
    """Give up memory, files, network and privileges that reading does not need; what the system lacks is left out."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        if libc.unshare(_CLONE_NEWNET) != 0:  # no network; only root may say so, others in a namespace of their own
            libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)  # refused on some systems: then the network stays
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    quiet = os.open(os.devnull, os.O_RDWR)
    os.dup2(quiet, 2)
    os.close(quiet)
    limits = {"RLIMIT_AS": memory_bytes, "RLIMIT_FSIZE": 0, "RLIMIT_NOFILE": 64, "RLIMIT_CORE": 0}
    for name, limit in limits.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (limit, limit))


def _limit_cpu(cpu_s: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + cpu_s + _CPU_GRACE_S
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


if __name__ == "__main__":
    main(int(sys.argv[1]))
