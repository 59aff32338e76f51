"""A small site over real HTTP on loopback, and crawls of it, each in a process of its own."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from crawler.archive import Archive

ROOT = Path(__file__).parents[1]
BODY = (
    "Xã {name} có {count} sản phẩm OCOP được công nhận hạng 3 sao trong năm nay, gồm chè, mật ong, măng khô và rượu "
    "ngô do các hộ trong xã cùng làm ra.</p><p>Sang năm, xã {name} dự định làm thêm hai hồ sơ mới và xin chấm lại "
    "một sản phẩm đã sắp hết hạn giấy chứng nhận."
)


def page(name: str, count: int = 4, head: str = "", more: str = "") -> bytes:
    text = BODY.format(name=name, count=count)
    return (
        f'<html><head><meta charset="utf-8"><title>Xã {name} có {count} sản phẩm gắn sao</title>{head}</head><body>'
        f"<h1>Xã {name} có {count} sản phẩm gắn sao</h1><div class='than'><p>{text}</p></div>{more}</body></html>"
    ).encode()


@dataclass
class Reply:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """What the server answers, and what it was asked: (path, headers)."""

    port: int = 0
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    sent: list[tuple[str, int, int]] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    gated: frozenset[str] = frozenset()
    busy: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # path -> (status, Retry-After) first answered
    reached: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def forget(self) -> None:
        self.asked.clear()
        self.sent.clear()


@contextmanager
def serving() -> Iterator[Site]:
    """The site on a port of its own, until the block ends."""
    state = Site(replies={"/robots.txt": Reply(status=404)})

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            state.asked.append((self.path, dict(self.headers)))
            if self.path in state.gated:
                state.reached.set()
                state.gate.wait()
            if state.busy.get(self.path):
                code, retry_after = state.busy[self.path].pop(0)
                self.send_response(code)
                self.send_header("Retry-After", retry_after)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            reply = state.replies.get(self.path, Reply(status=404, body=b"khong co"))
            status, body = reply.status, reply.body
            etag = reply.headers.get("ETag")
            if status == 200 and etag is not None and self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            state.sent.append((self.path, status, len(body)))
            try:
                self.send_response(status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **reply.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True  # the crawler was killed

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.gate.set()
        server.shutdown()
        server.server_close()
        thread.join()


def table(site: Site, folder: Path, **more: Any) -> Path:
    entry: dict[str, Any] = {
        "id": "mau",
        "name": "Trang mẫu",
        "home": site.url("/"),
        "local": True,
        "delay_s": 0.0,
        "every_h": 0.0,
        "listings": ["/tin?trang=1"],
        "articles": [r"^/tin/[a-z0-9-]+\.html$"],
        "follow": [r"^/tin\?trang=\d+$"],
        **more,
    }
    # A TOML value of these kinds is written as in JSON.
    lines = [f"{key} = {json.dumps(value)}" for key, value in entry.items()]
    path = folder / "sources.toml"
    path.write_text("[[source]]\n" + "\n".join(lines), encoding="utf-8")
    return path


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "crawler", *arguments]


def crawl(site: Site, folder: Path, *flags: str, code: int = 0, **more: Any) -> dict[str, Any]:
    """One crawl into folder/data; its only source's report, with the number of articles held afterwards."""
    path = table(site, folder, **more)
    done = subprocess.run(
        command("crawl", "--sources", str(path), "--data", str(folder / "data"), "--json", *flags),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    result = json.loads(done.stdout)
    report: dict[str, Any] = result["sources"][0]
    report["articles"] = result["articles"]
    return report


def urls(folder: Path) -> set[str]:
    with Archive(folder / "data") as archive:
        return {article.url or "" for article in archive.articles()}


def listing(*links: str) -> Reply:
    return Reply(body="".join(f'<p><a href="{link}">bài</a></p>' for link in links).encode())


def reasons(report: dict[str, Any]) -> dict[str, str]:
    return {url.partition("127.0.0.1:")[2].partition("/")[2]: reason for url, reason in report["problems"]}
