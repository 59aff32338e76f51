"""A local crawl of generated pages: pages per second, and memory while the archive grows.

The site is served from this process; the crawler runs as its own, and its memory (all its processes together) is read
from the kernel while it works. A second crawl of the unchanged site follows.
"""

import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.machine import Machine, this_machine
from crawler.archive import FILE_NAME, Archive, now_iso

_ROOT = Path(__file__).resolve().parent.parent
_PER_LIST = 100
_EVERY_S = 0.5
_ONE_IN = 100  # pages that the second edition changes
_WORDS = (
    "sản phẩm huyện xã hợp tác chủ thể đánh giá phân hạng chất lượng bao bì nhãn mác vùng nguyên liệu chè mật ong gạo "
    "nếp trà hoa miến dong chợ phiên kênh bán hàng hồ sơ hội đồng năm nay người dân thu nhập liên kết sản xuất"
).split()


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlFigures:
    """What one run measured.

    memory_mib: of all the crawler's processes, at each tenth of the pages held (ten values; where no sample fell into a
    tenth, the one before). second_s: a crawl of the unchanged site, and second_bytes the bodies it downloaded.
    changed, changed_sent: pages changed after that (one in a hundred), and bodies of pages that the third crawl then
    downloaded.
    """

    measured: str
    machine: Machine
    pages: int
    seconds: float
    pages_per_s: float
    memory_mib: tuple[float, ...]
    peak_mib: float
    archive_mib: float
    second_s: float
    second_bytes: int
    changed: int
    changed_sent: int


def measure_crawl(pages: int) -> CrawlFigures:
    """Crawl a generated site of so many pages, again as it is, and once more with one page in a hundred changed.

    Raises:
        RuntimeError: the crawl failed, or did not hold every page.
    """
    with tempfile.TemporaryDirectory() as name, _serving(pages) as site:
        folder = Path(name)
        samples, seconds = _crawl(site.home, folder, pages)
        with Archive(folder) as archive:
            held = archive.count()
        if held != pages:
            raise RuntimeError(f"thu được {held} trong {pages} trang")
        size = (folder / FILE_NAME).stat().st_size
        before = site.bytes_sent
        _, second_s = _crawl(site.home, folder, pages)
        second_bytes = site.bytes_sent - before
        site.edition, before = 2, site.pages_sent
        _crawl(site.home, folder, pages)
        return CrawlFigures(
            measured=now_iso(),
            machine=this_machine(),
            pages=pages,
            seconds=round(seconds, 2),
            pages_per_s=round(pages / seconds, 1),
            memory_mib=_by_tenth(samples, pages),
            peak_mib=round(max(mib for _, mib in samples), 1),
            archive_mib=round(size / 2**20, 1),
            second_s=round(second_s, 2),
            second_bytes=second_bytes,
            changed=-(-pages // _ONE_IN),
            changed_sent=site.pages_sent - before,
        )


def crawl_lines(figures: CrawlFigures) -> str:
    """The figures as a reader sees them."""
    machine = figures.machine
    lines = [
        f"Máy: {machine.processor}, {machine.cores} lõi; {machine.system}; Python {machine.python}",
        f"{figures.pages} trang trong {figures.seconds:.1f} s: {figures.pages_per_s:.1f} trang/s; "
        f"kho {figures.archive_mib:.1f} MiB",
        "bộ nhớ theo từng phần mười (MiB): "
        + ", ".join(f"{mib:.0f}" for mib in figures.memory_mib)
        + f"; cao nhất {figures.peak_mib:.0f}",
        f"lần hai, không trang nào đổi: {figures.second_s:.1f} s, {figures.second_bytes} byte nội dung được tải",
        f"lần ba, {figures.changed} trang đổi: tải nội dung {figures.changed_sent} trang",
    ]
    return "\n".join(lines)


def _crawl(home: str, data: Path, pages: int) -> tuple[list[tuple[int, float]], float]:
    """((pages held, MiB) sampled while it ran, seconds)."""
    table = data / "sources.toml"
    table.write_text(
        f'[[source]]\nid = "sinh"\nname = "Trang sinh"\nhome = "{home}"\nlocal = true\ndelay_s = 0.0\nevery_h = 0.0\n'
        'listings = ["/"]\narticles = ["^/tin/\\\\d+$"]\nfollow = ["^/trang/\\\\d+$"]\n',
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "crawler", "--sources", str(table), "--data", str(data), "--json"]
    begun = time.monotonic()
    process = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    samples = [(0, 0.0)]
    while True:
        try:
            process.wait(_EVERY_S)
            break
        except subprocess.TimeoutExpired:
            samples.append((_held(data), _memory_mib(process.pid)))
    seconds = time.monotonic() - begun
    _, errors = process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"bộ thu thập dừng với mã {process.returncode}: {errors[-1000:]}")
    return samples, seconds


def _held(data: Path) -> int:
    if not (data / FILE_NAME).exists():
        return 0
    with Archive(data, create=True) as archive:
        return archive.count()


def _memory_mib(pid: int) -> float:
    """Resident memory of a process and of all below it (Linux)."""
    total = 0.0
    try:
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                total += int(line.split()[1]) / 1024
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return total
    return total + sum(_memory_mib(int(child)) for child in children)


def _by_tenth(samples: list[tuple[int, float]], pages: int) -> tuple[float, ...]:
    tenths = [0.0] * 10
    for held, mib in samples:
        at = min(held * 10 // pages, 9)
        tenths[at] = max(tenths[at], mib)
    for at in range(1, 10):
        tenths[at] = tenths[at] or tenths[at - 1]
    return tuple(round(mib, 1) for mib in tenths)


@dataclass(slots=True, kw_only=True)
class _Site:
    """The site as it is served now, and what it sent: bytes of all bodies, and bodies of pages."""

    home: str
    edition: int = 1
    bytes_sent: int = 0
    pages_sent: int = 0


@contextmanager
def _serving(pages: int) -> Iterator[_Site]:
    site = _Site(home="")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else each answer waits 40 ms for the acknowledgement of its headers

        def do_GET(self) -> None:
            body = _body(self.path, pages, site.edition)
            status, tag = (404, "") if body is None else (200, f'"{hash(body):x}"')
            if body is not None and self.headers.get("If-None-Match") == tag:
                status, body = 304, b""
            body = body or b""
            site.bytes_sent += len(body)
            site.pages_sent += bool(body) and self.path.startswith("/tin/")
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            if tag:
                self.send_header("ETag", tag)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature is the library's
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    site.home = f"http://127.0.0.1:{server.server_address[1]}/"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _body(path: str, pages: int, edition: int) -> bytes | None:
    """A listing or a page of some 10 kB, the same for the same address and edition."""
    lists = -(-pages // _PER_LIST)
    if path == "/":
        return _page("Mục lục", "".join(f'<p><a href="/trang/{i}">trang {i}</a></p>' for i in range(lists)))
    kind, _, number = path.strip("/").partition("/")
    if not number.isdecimal():
        return None
    if kind == "trang" and int(number) < lists:
        numbers = range(int(number) * _PER_LIST, min((int(number) + 1) * _PER_LIST, pages))
        return _page(f"Trang {number}", "".join(f'<p><a href="/tin/{i}">tin {i}</a></p>' for i in numbers))
    if kind != "tin" or int(number) >= pages:
        return None
    words = random.Random(int(number))
    count = words.randint(2, 90) + (edition > 1 and int(number) % _ONE_IN == 0)
    title = f"Xã số {number} có {count} sản phẩm OCOP"
    paragraphs = [
        " ".join(words.choices(_WORDS, k=words.randint(40, 110))).capitalize() + "."
        for _ in range(words.randint(6, 14))
    ]
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return _page(title, f'<h1>{title}</h1><span class="date">12/06/2025 08:30</span><div class="bai">{text}</div>')


def _page(title: str, body: str) -> bytes:
    menu = "".join(f'<li><a href="/chuyen-muc/{i}">Chuyên mục số {i}</a></li>' for i in range(25))
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<nav><ul>{menu}</ul></nav><main>{body}</main><footer><p>Cơ quan chủ quản: trang sinh để đo</p></footer>"
        "</body></html>"
    ).encode()
