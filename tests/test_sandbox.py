"""Reading in another process: the same results, and whatever goes wrong there costs one page."""

import asyncio
import gzip
import io
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pydantic import TypeAdapter

from crawler.archive import Raw
from crawler.draft import NoArticleError, Origin
from crawler.read import Reading, read_article, read_page
from crawler.sandbox import ReaderFailedError, Sandbox, _check, _exchange
from crawler.sources import Source
from crawler.worker import ANSWER_HEAD, FAILED, READ
from tests.conftest import NAM_DINH, wait_until

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "tests" / "pages").glob("*.html"))
URL = "http://bao.example/tin/a.html"
FETCHED = "2026-11-22T00:00:00Z"
SOURCE = Source(id="bao", name="Báo thử", home="http://bao.example/", articles=("^/tin/",))
ORIGIN = Origin(source="Báo thử", fetched=FETCHED, url=URL)
TEXT = Raw(body=NAM_DINH.encode(), content_type="text/plain; charset=utf-8")
# A rule of the table that takes forever on the address that this page calls canonical: a reader that hangs, holding
# Python's interpreter lock, as a C extension in a loop would.
ENDLESS = replace(SOURCE, articles=("^/(a+)+$",))
HANGS = Raw(
    body=f'<html><head><link rel="canonical" href="/{"a" * 60}!"></head><body><p>Tin</p></body></html>'.encode(),
    content_type="text/html",
)

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def html(path: Path) -> Raw:
    return Raw(body=path.read_bytes(), content_type="text/html")


def reader_of(sandbox: Sandbox) -> int:
    pid = sandbox.pid
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()[0])


def alive(pid: int) -> bool:
    """Whether a process runs; one that ended and waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_pages_and_files_are_read_as_in_this_process() -> None:
    with Sandbox() as sandbox:
        for path in PAGES:
            raw = html(path)
            reading = read_page(raw, URL, SOURCE, FETCHED)
            assert sandbox.page(raw, URL, SOURCE, FETCHED) == reading
            if reading.article is not None:
                assert sandbox.file(raw, ORIGIN) == read_article(raw, ORIGIN)
        assert sandbox.file(TEXT, ORIGIN) == read_article(TEXT, ORIGIN)


def test_sitemaps_and_feeds_are_read_as_in_this_process() -> None:
    sitemap = (
        b"<urlset><url><loc>http://a.vn/1</loc><lastmod>2026-01-02</lastmod></url><url><loc>b</loc></url></urlset>"
    )
    index = gzip.compress(b"<sitemapindex><sitemap><loc>http://a.vn/s.xml</loc></sitemap></sitemapindex>")
    feed = b"<rss><channel><item><link>http://a.vn/1</link></item></channel></rss>"
    with Sandbox() as sandbox:
        assert sandbox.sitemap(sitemap) == ([("http://a.vn/1", "2026-01-02"), ("b", None)], [])
        assert sandbox.sitemap(index) == ([], ["http://a.vn/s.xml"])
        assert sandbox.feed(feed) == ["http://a.vn/1"]
        assert sandbox.feed(b"not a feed") == []


def test_what_is_no_article_is_told_with_the_readers_reason() -> None:
    with Sandbox() as sandbox:
        empty = Raw(body=b" ", content_type="text/html")
        with pytest.raises(NoArticleError, match=r"^tệp rỗng$") as caught:
            sandbox.file(empty, ORIGIN)
        assert not isinstance(caught.value, ReaderFailedError)
        assert sandbox.page(empty, URL, SOURCE, FETCHED) == Reading(article=None, reason="tệp rỗng")


def test_a_reader_that_hangs_is_killed_and_the_next_page_is_read() -> None:
    with Sandbox(page_limit_s=0.5) as sandbox:
        with pytest.raises(ReaderFailedError, match=r"^quá 0\.5 giây$") as caught:
            sandbox.page(HANGS, URL, ENDLESS, FETCHED)
        assert caught.value.cause == "time"
        assert sandbox.pid is None
        sandbox.page_limit_s = 20.0
        assert sandbox.file(TEXT, ORIGIN).title == "Nam Định rà soát sản phẩm OCOP giữa năm 2020"


@linux
def test_a_reader_out_of_memory_is_told_and_the_next_page_is_read() -> None:
    big = Raw(body=b"Tin OCOP. " * 6_000_000, content_type="text/plain")
    with Sandbox(memory_bytes=256 * 1024 * 1024) as sandbox:
        with pytest.raises(ReaderFailedError, match=r"^quá bộ nhớ \(256 MiB\)$") as caught:
            sandbox.page(big, URL, SOURCE, FETCHED)
        assert caught.value.cause == "memory"
        assert sandbox.file(TEXT, ORIGIN).source == "Báo thử"


@linux
def test_a_reader_killed_by_a_signal_is_told_and_the_next_page_is_read() -> None:
    with Sandbox() as sandbox, ThreadPoolExecutor(1) as pool:
        sandbox.file(TEXT, ORIGIN)
        reader = reader_of(sandbox)
        call = pool.submit(sandbox.page, HANGS, URL, ENDLESS, FETCHED)
        wait_until(lambda: cpu_ticks(reader) > 20, "the reader to be in the endless rule")
        os.kill(reader, signal.SIGSEGV)
        with pytest.raises(ReaderFailedError, match=r"^trình đọc dừng đột ngột \(tín hiệu 11\)$") as caught:
            call.result()
        assert caught.value.cause == "signal"
        assert sandbox.file(TEXT, ORIGIN).source == "Báo thử"


def cpu_ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@linux
def test_processor_time_is_limited_by_the_system_too() -> None:
    with Sandbox() as sandbox:
        sandbox.file(TEXT, ORIGIN)
        limits = Path(f"/proc/{reader_of(sandbox)}/limits").read_text(encoding="ascii")
    found = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()}
    assert int(found["Max cpu time"]) <= 20 + 1 + 2 + 5
    assert found["Max address space"] == str(1536 * 1024 * 1024)
    assert (found["Max file size"], found["Max core file size"], found["Max open files"]) == ("0", "0", "64")


@linux
def test_the_reader_has_no_new_privileges_and_a_clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCOP_SECRET", "mat-khau")
    with Sandbox() as sandbox:
        sandbox.file(TEXT, ORIGIN)
        reader = reader_of(sandbox)
        assert "NoNewPrivs:\t1" in Path(f"/proc/{reader}/status").read_text(encoding="ascii")
        assert b"OCOP_SECRET" not in Path(f"/proc/{reader}/environ").read_bytes()
        descriptors = {str(link.readlink()) for link in Path(f"/proc/{reader}/fd").iterdir()}
    assert all(name.startswith(("socket:", "pipe:", "/dev/null")) for name in descriptors), descriptors


@linux
def test_the_reader_has_no_network() -> None:
    code = """
import os, socket, sys
from crawler.worker import _confine
before = os.readlink("/proc/self/ns/net")
_confine(1 << 31)
if os.readlink("/proc/self/ns/net") == before:
    print("kept")
else:
    print(socket.socket().connect_ex(("127.0.0.1", int(sys.argv[1]))))
"""
    with socket.create_server(("127.0.0.1", 0)) as canary:
        command = [sys.executable, "-c", code, str(canary.getsockname()[1])]
        found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
        if found == "kept":
            pytest.skip("this system allows no network namespace here (as root, or with unprivileged ones, it does)")
        assert int(found) != 0
        canary.settimeout(0)
        with pytest.raises(BlockingIOError):
            canary.accept()


@linux
def test_one_worker_serves_many_pages_and_is_recycled() -> None:
    with Sandbox(pages_per_worker=3) as sandbox:
        pids = []
        for _ in range(5):
            sandbox.file(TEXT, ORIGIN)
            pids.append(sandbox.pid)
        first = pids[0]
        assert pids[:2] == [first, first]
        assert pids[2] is None  # ended after its third page
        assert pids[3] is not None
        assert pids[3] == pids[4] != first


@linux
def test_nothing_is_left_after_the_end() -> None:
    with Sandbox() as sandbox:
        sandbox.file(TEXT, ORIGIN)
        warden, reader = sandbox.pid, reader_of(sandbox)
        assert warden is not None
        assert alive(reader)
    assert not alive(warden)
    assert not alive(reader)


# Prints the warden's and the reader's numbers, then does what is put at the end.
PARENT = """
import signal, threading
signal.signal(signal.SIGINT, signal.default_int_handler)  # who started the tests in the background had it ignored
from tests.test_sandbox import ENDLESS, FETCHED, HANGS, ORIGIN, TEXT, URL, Sandbox, reader_of
sandbox = Sandbox()
sandbox.file(TEXT, ORIGIN)
try:
    print(sandbox.pid, reader_of(sandbox), flush=True)
    {end}
except KeyboardInterrupt:
    print(sandbox.pid, sandbox.file(TEXT, ORIGIN).source, flush=True)
"""
WAITS = "threading.Event().wait()"
HANGS_IN_A_PAGE = "sandbox.page(HANGS, URL, ENDLESS, FETCHED)"


@linux
@pytest.mark.parametrize("end", [HANGS_IN_A_PAGE, WAITS])
def test_nothing_is_left_when_the_parent_is_killed(end: str) -> None:
    code = PARENT.format(end=end)
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        warden, reader = map(int, parent.stdout.readline().split())
        if end == HANGS_IN_A_PAGE:
            wait_until(lambda: cpu_ticks(reader) > 100, "the reader to be in the endless rule")
        assert alive(warden)
        parent.kill()
        wait_until(lambda: not alive(warden) and not alive(reader), "the worker to end after its parent")


@linux
def test_an_interrupt_from_the_terminal_does_not_reach_the_worker() -> None:
    code = PARENT.format(end=WAITS)
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as parent:
        assert parent.stdout is not None
        warden = parent.stdout.readline().split()[0]
        os.killpg(parent.pid, signal.SIGINT)
        assert parent.stdout.readline().split(maxsplit=1) == [warden, "Báo thử\n"]


def test_threads_and_asyncio_share_one_sandbox() -> None:
    texts = [Raw(body=NAM_DINH.replace("2020", str(2020 + i)).encode(), content_type="text/plain") for i in range(12)]

    async def read_all(sandbox: Sandbox) -> list[str]:
        articles = await asyncio.gather(*(asyncio.to_thread(sandbox.file, raw, ORIGIN) for raw in texts))
        return [article.title for article in articles]

    with Sandbox() as sandbox:
        assert asyncio.run(read_all(sandbox)) == [
            f"Nam Định rà soát sản phẩm OCOP giữa năm {2020 + i}" for i in range(12)
        ]


# --- answers of a worker that was taken over --------------------------------------------------------------------------


def answering(answer: bytes) -> Callable[[], Reading]:
    """One exchange with a worker that takes the request and says this, then closes."""

    def exchange() -> Reading:
        ours, theirs = socket.socketpair()

        def answer_once() -> None:
            with theirs:
                theirs.recv(100)
                theirs.sendall(answer)

        worker = threading.Thread(target=answer_once)
        worker.start()
        try:
            with ours:
                return _exchange(ours, b"read", 60.0, TypeAdapter(Reading))
        finally:
            worker.join()

    return exchange


def framed(payload: bytes, status: bytes = READ) -> bytes:
    return ANSWER_HEAD.pack(status, len(payload)) + payload


@pytest.mark.parametrize(
    "answer",
    [
        ANSWER_HEAD.pack(READ, 0xFFFF_FFFF),
        framed(b"{}"),
        framed(b"{"),
        framed(b"null"),
        framed(pickle.dumps({"article": None})),
        framed(b'{"article": null, "reason": 3}'),
        framed(b'{"article": {"id": "x"}, "reason": null}'),
        framed(b"[" * 100_000),
        framed(b'{"article": null, "reason": null}', b"?"),
        framed("hỏng".encode(), FAILED),
    ],
)
def test_an_answer_of_another_form_is_refused(answer: bytes) -> None:
    with pytest.raises(ReaderFailedError) as caught:
        answering(answer)()
    assert caught.value.cause == "error"


@pytest.mark.parametrize("answer", [b"", b"r", framed(b'{"article"')[:-3]])
def test_an_answer_that_breaks_off_is_no_answer(answer: bytes) -> None:
    with pytest.raises(EOFError):
        answering(answer)()


def test_an_article_whose_offsets_leave_its_text_is_refused() -> None:
    reading = Reading(article=read_article(TEXT, ORIGIN), reason=None)
    whole = TypeAdapter(Reading).dump_json(reading)
    assert answering(framed(whole))() == reading
    with pytest.raises(ReaderFailedError, match="sai dạng"):
        answering(framed(whole.replace(b'"start":0', b'"start":999999')))()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("url", "http://bao.example/gioi-thieu"),
        ("url", "http://khac.example/tin/a.html"),
        ("url", None),
        ("id", "0" * 16),
        ("source", "Cổng chính phủ"),
        ("authority", "official"),
        ("rights", "full"),
        ("fetched", "2030-01-01T00:00:00Z"),
        ("raw_digest", "0" * 64),
    ],
)
def test_an_article_of_another_page_is_refused(name: str, value: str | None) -> None:
    article = read_article(TEXT, ORIGIN)
    _check(article, TEXT, ORIGIN, SOURCE)
    with pytest.raises(ReaderFailedError, match=name):
        _check(replace(article, **{name: value}), TEXT, ORIGIN, SOURCE)  # type: ignore[arg-type]


def test_a_page_is_drawn_in_the_worker() -> None:
    body = (ROOT / "demo" / "documents" / "scan.pdf").read_bytes()
    with Sandbox() as sandbox:
        png = sandbox.view(Raw(body=body, content_type="application/pdf"), 1)
        with Image.open(io.BytesIO(png)) as picture:
            picture.load()
            assert (picture.format, max(picture.size) <= 1600, min(picture.size) > 500) == ("PNG", True, True)
        for number in (0, 99):
            with pytest.raises(NoArticleError, match="không có trang"):
                sandbox.view(Raw(body=body, content_type="application/pdf"), number)
        for damaged in (body[:2000], b"%PDF-1.7\n%%EOF", b"no file of pages", b"\x89PNG\r\n\x1a\n" + bytes(40)):
            with pytest.raises(NoArticleError):
                sandbox.view(Raw(body=damaged, content_type="application/pdf"), 1)
