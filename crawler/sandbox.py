"""Reading untrusted bytes in another process (`crawler.worker`), within limits of time and memory.

A parser that hangs, eats memory, crashes or is taken over costs one page: its process is killed, the page is told as
unreadable, and the next call starts a new one. Nothing that comes back is trusted: it is JSON, limited in size,
checked field by field, and an article must be of the page that was given.
"""

import base64
import contextlib
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from crawler.address import clean_address
from crawler.archive import Raw
from crawler.article import Article, article_id, raw_digest
from crawler.draft import NoArticleError, Origin
from crawler.read import Reading
from crawler.sources import Source
from crawler.worker import (
    ANSWER_HEAD,
    FAILED,
    OUT_OF_MEMORY_EXIT,
    READ,
    READY,
    REQUEST_HEAD,
    Listing,
    Request,
    View,
    receive,
)

Cause = Literal["time", "memory", "signal", "error"]

PAGE_LIMIT_S = 20.0
DOCUMENT_LIMIT_S = 120.0
MEMORY_BYTES = 1536 * 1024 * 1024
PAGES_PER_WORKER = 500
MAX_BODY_BYTES = 64 * 1024 * 1024
_MAX_ANSWER_BYTES = 64 * 1024 * 1024
_START_LIMIT_S = 120.0
_END_LIMIT_S = 10.0
_ROOT = Path(__file__).parents[1]
# All that the worker and tesseract see of the environment; one thread each, for threads eat address space.
_ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin",
    "LANG": "C.UTF-8",
    "PYTHONUTF8": "1",
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
_DOCUMENT_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_REQUEST = TypeAdapter(Request)
_READING = TypeAdapter(Reading)
_LISTING = TypeAdapter(Listing)
_VIEW = TypeAdapter(View)
_PNG_MARK = b"\x89PNG\r\n\x1a\n"
_Answer = TypeVar("_Answer", Reading, Listing, View)


class SandboxError(RuntimeError):
    """The worker cannot be started at all: the installation is at fault, not what was to be read."""


class ReaderFailedError(NoArticleError):
    """The worker did not come to an end with this input; `cause` says how. The message is for readers."""

    def __init__(self, cause: Cause, message: str) -> None:
        super().__init__(message)
        self.cause = cause


class Sandbox:
    """One worker process: started by the first call, anew after a failure and after every `pages_per_worker` calls.

    Thread-safe: calls wait for one another; use several for several at once. From asyncio call through
    `asyncio.to_thread`. It ends with the `with` block, and with this process, whichever way that ends.
    """

    def __init__(
        self,
        *,
        page_limit_s: float = PAGE_LIMIT_S,
        document_limit_s: float = DOCUMENT_LIMIT_S,
        memory_bytes: int = MEMORY_BYTES,
        pages_per_worker: int = PAGES_PER_WORKER,
    ) -> None:
        self.page_limit_s = page_limit_s
        self.document_limit_s = document_limit_s
        self.memory_bytes = memory_bytes
        self._pages_per_worker = pages_per_worker
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: socket.socket | None = None
        self._calls = 0

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process that holds the worker's group together, or None while there is none."""
        return None if self._process is None else self._process.pid

    def page(self, raw: Raw, url: str, source: Source, fetched: str) -> Reading:
        """As `crawler.read.read_page`.

        Raises:
            ReaderFailedError: the worker ran out of time or memory, or broke.
            SandboxError: no worker can be started.
        """
        request = Request(content_type=raw.content_type, cpu_s=0, url=url, fetched=fetched, source=source)
        reading = self._read(raw, request, _READING)
        if reading.article is not None:
            origin = Origin(
                source=source.name, fetched=fetched, url=url, authority=source.authority, rights=source.rights
            )
            _check(reading.article, raw, origin, source)
        return reading

    def file(self, raw: Raw, origin: Origin) -> Article:
        """As `crawler.read.read_article`.

        Raises:
            NoArticleError: there is no article in it; ReaderFailedError where the worker failed.
            SandboxError: no worker can be started.
        """
        reading = self._read(raw, Request(content_type=raw.content_type, cpu_s=0, origin=origin), _READING)
        if reading.article is None:
            raise NoArticleError(reading.reason or "không có bài")
        _check(reading.article, raw, origin, None)
        return reading.article

    def sitemap(self, body: bytes) -> tuple[list[tuple[str, str | None]], list[str]]:
        """As `crawler.discover.sitemap_pages`.

        Raises:
            ReaderFailedError, SandboxError: as for `page`.
        """
        listing = self._read(
            Raw(body=body, content_type=""), Request(content_type="", cpu_s=0, listing="sitemap"), _LISTING
        )
        return list(listing.pages), list(listing.sitemaps)

    def feed(self, body: bytes) -> list[str]:
        """As `crawler.discover.feed_addresses`.

        Raises:
            ReaderFailedError, SandboxError: as for `page`.
        """
        listing = self._read(
            Raw(body=body, content_type=""), Request(content_type="", cpu_s=0, listing="feed"), _LISTING
        )
        return [address for address, _ in listing.pages]

    def view(self, raw: Raw, number: int) -> bytes:
        """One page of a PDF or picture file as a PNG. number: from 1.

        Raises:
            NoArticleError: there is no such page, or it cannot be drawn; ReaderFailedError where the worker failed.
            SandboxError: no worker can be started.
        """
        view = self._read(raw, Request(content_type=raw.content_type, cpu_s=0, view=number), _VIEW)
        if not view.png:
            raise NoArticleError(view.reason or "không vẽ được trang này")
        try:
            png = base64.b64decode(view.png, validate=True)
        except ValueError as error:
            raise ReaderFailedError("error", "trình đọc trả lời sai dạng") from error
        if not png.startswith(_PNG_MARK):
            raise ReaderFailedError("error", "trình đọc trả lời sai dạng")
        return png

    def close(self) -> None:
        """End the worker; a later call starts another."""
        with self._lock:
            self._end()

    def time_limit_s(self, raw: Raw) -> float:
        """Seconds that reading these bytes may take."""
        document = b"%PDF" in raw.body[:1024] or raw.body.startswith(_DOCUMENT_STARTS)
        return self.document_limit_s if document else self.page_limit_s

    def _read(self, raw: Raw, request: Request, form: TypeAdapter[_Answer]) -> _Answer:
        if len(raw.body) > MAX_BODY_BYTES:
            raise NoArticleError(f"dài {len(raw.body)} byte, quá {MAX_BODY_BYTES // 1024 // 1024} MiB")
        limit_s = self.time_limit_s(raw)
        # A header may hold bytes that are no UTF-8, which HTTP libraries give as lone surrogates.
        content_type = request.content_type.encode("utf-8", errors="replace").decode("utf-8")
        head = _REQUEST.dump_json(replace(request, content_type=content_type, cpu_s=int(limit_s) + 1))
        message = REQUEST_HEAD.pack(len(head), len(raw.body)) + head + raw.body
        with self._lock:
            connection = self._start()
            try:
                answer = _exchange(connection, message, limit_s, form)
            except TimeoutError:
                self._end()
                raise ReaderFailedError("time", f"quá {limit_s:g} giây") from None
            except (EOFError, ConnectionError):
                raise self._failure(self._end(killed=False), limit_s) from None
            except BaseException:  # the worker's answer may still be on its way, or is none that it should give
                self._end()
                raise
            self._calls += 1
            if self._calls >= self._pages_per_worker:
                self._end()
            return answer

    def _start(self) -> socket.socket:
        """The connection to a running worker, started if there is none."""
        if self._process is not None and self._process.poll() is not None:  # ended while nobody asked it for anything
            self._end()
        if self._connection is not None:
            return self._connection
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "crawler.worker", str(self.memory_bytes)],
                cwd=_ROOT,
                env=_ENVIRONMENT,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C in the terminal is for this process to decide on
            )
        self._connection, self._calls = ours, 0
        try:
            ours.settimeout(_START_LIMIT_S)
            if receive(ours, 1) != READY:
                raise EOFError("no greeting")
        except (EOFError, OSError) as error:
            code = self._end()
            command = f"{sys.executable} -m crawler.worker {self.memory_bytes}"
            raise SandboxError(f"không khởi động được tiến trình đọc (mã {code}): chạy thử {command}") from error
        return ours

    def _end(self, *, killed: bool = True) -> int:
        """End the worker and give its exit code: negative for a signal. `killed` false: it ended by itself."""
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if process is None or connection is None:
            return 0
        if not killed:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_END_LIMIT_S)
        connection.close()  # the warden sees it and kills the reader with all that it started
        try:
            return process.wait(_END_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def _failure(self, code: int, limit_s: float) -> ReaderFailedError:
        """What the exit code of a worker that ended by itself says."""
        if code == OUT_OF_MEMORY_EXIT:
            return ReaderFailedError("memory", f"quá bộ nhớ ({self.memory_bytes // 1024 // 1024} MiB)")
        if code == -signal.SIGXCPU:
            return ReaderFailedError("time", f"quá {limit_s:g} giây")
        if code < 0:
            return ReaderFailedError("signal", f"trình đọc dừng đột ngột (tín hiệu {-code})")
        return ReaderFailedError("error", f"trình đọc dừng đột ngột (mã {code})")


def _exchange(connection: socket.socket, message: bytes, limit_s: float, form: TypeAdapter[_Answer]) -> _Answer:
    deadline = time.monotonic() + limit_s
    connection.settimeout(limit_s)
    connection.sendall(message)
    status, size = ANSWER_HEAD.unpack(_receive_until(connection, ANSWER_HEAD.size, deadline))
    if size > _MAX_ANSWER_BYTES:
        raise ReaderFailedError("error", f"kết quả đọc dài {size} byte, quá {_MAX_ANSWER_BYTES // 1024 // 1024} MiB")
    answer = _receive_until(connection, size, deadline)
    if status == FAILED:
        raise ReaderFailedError("error", f"trình đọc gặp lỗi {answer.decode('utf-8', errors='replace')}")
    if status != READ:
        raise ReaderFailedError("error", "trình đọc trả lời sai dạng")
    try:
        return form.validate_json(answer)
    except ValidationError as error:
        raise ReaderFailedError("error", f"trình đọc trả lời sai dạng ({error.error_count()} chỗ)") from error


def _receive_until(connection: socket.socket, size: int, deadline: float) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        remaining_s = deadline - time.monotonic()
        if remaining_s <= 0:
            raise TimeoutError
        connection.settimeout(remaining_s)
        part = connection.recv(min(size - len(parts), 1 << 20))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


def _check(article: Article, raw: Raw, origin: Origin, source: Source | None) -> None:
    """Refuse an article that is not of the page given: a worker taken over could put words under other addresses."""
    wrong = [
        name
        for name, found, expected in (
            ("raw_digest", article.raw_digest, raw_digest(raw.body)),
            ("id", article.id, article_id(article.url, article.text)),
            ("source", article.source, origin.source),
            ("fetched", article.fetched, origin.fetched),
            ("authority", article.authority, origin.authority),
            ("rights", article.rights, origin.rights),
        )
        if found != expected
    ]
    own = {origin.url, clean_address(origin.url, origin.url) if origin.url else None}
    if article.url not in own and not (source is not None and article.url and source.keeps(article.url)):
        wrong.append("url")
    if wrong:
        raise ReaderFailedError("error", f"trình đọc trả lời sai {', '.join(wrong)}")
