"""Two sites over real HTTP on loopback: what stands before the server, and a portal's pages of another origin.

The front passes everything on to the real server, as a proxy does, but for paths that a test answers itself: that is
how a server that is busy, breaks, or stops in the middle of an answer is made.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding", "date", "server"}
# What a state portal's page may allow at the strictest: its own style, and the assistant's script.
STRICT = (
    "default-src 'none'; script-src {host}; connect-src {host}; style-src 'self'; base-uri 'none'; form-action {host}; "
    "require-trusted-types-for 'script'"
)


class Asked(BaseHTTPRequestHandler):
    """A request, and the means to answer it piece by piece."""

    protocol_version = "HTTP/1.1"
    scripted: bool = False

    def begin(self, status: int = 200, content_type: str = "text/event-stream", **headers: str) -> None:
        """Status and headers; the body ends with the connection. Where a test answers, any page may read it."""
        self.send_response(status)
        origin = self.headers.get("Origin")
        given = {name.lower() for name in headers}
        if self.scripted and origin and "access-control-allow-origin" not in given:
            self.send_header("Access-Control-Allow-Origin", origin)
            self.send_header("Access-Control-Expose-Headers", "Retry-After")
            self.send_header("Vary", "Origin")
        for name, value in {"content-type": content_type, **headers, "connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True

    def event(self, name: str, data: Any) -> None:
        """One server-sent event."""
        self.wfile.write(f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode())

    def problem(self, status: int, detail: str, **headers: str) -> None:
        """A problem as the server tells it."""
        self.begin(status, "application/problem+json", **headers)
        self.wfile.write(json.dumps({"status": status, "title": "", "detail": detail}).encode())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


Script = Callable[[Asked], None]


@dataclass
class Front:
    """The front: `scripts` answers a path in the server's stead; `asked` is what came: (method, path, body)."""

    url: str = ""
    upstream: str = ""
    scripts: dict[str, Script] = field(default_factory=dict)
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    down: bool = False

    def reset(self) -> None:
        """As it began: everything is passed on."""
        self.scripts.clear()
        self.asked.clear()
        self.down = False

    def bodies(self, path: str) -> list[Any]:
        """The bodies posted to a path."""
        return [body for _, asked, body in self.asked if asked.partition("?")[0] == path and body is not None]


@contextmanager
def fronting() -> Iterator[Front]:
    """A front, whose `upstream` is set once the server has an address."""
    front = Front()

    class Handler(Asked):
        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path = self.path.partition("?")[0]
            if front.down:
                self.close_connection = True
                return
            if self.command == "OPTIONS" and path in front.scripts:
                names = {"Access-Control-Allow-Methods": "GET, POST", "Access-Control-Allow-Headers": "Content-Type"}
                self.scripted = True
                self.begin(204, **names)
                return
            self.scripted = path in front.scripts
            form = self.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded")
            front.asked.append((self.command, self.path, None if not body else body if form else json.loads(body)))
            try:
                if path in front.scripts:
                    front.scripts[path](self)
                else:
                    self._proxy(body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the page went away

        def _proxy(self, body: bytes) -> None:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in {"host", *_HOP}}
            with (
                httpx.Client(trust_env=False, timeout=60) as client,
                client.stream(self.command, front.upstream + self.path, content=body, headers=headers) as reply,
            ):
                kept = {name.lower(): value for name, value in reply.headers.items() if name.lower() not in _HOP}
                self.begin(reply.status_code, kept.pop("content-type", ""), **kept)
                for piece in reply.iter_bytes():
                    self.wfile.write(piece)

        def do_GET(self) -> None:
            self._pass_on()

        def do_POST(self) -> None:
            self._pass_on()

        def do_OPTIONS(self) -> None:
            self._pass_on()

    with _running(Handler) as front.url:
        yield front


@dataclass
class Portal:
    """A portal's site: the body of its pages by path, under `policy`."""

    url: str = ""
    policy: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    styles: str = ""


@contextmanager
def portal_site(host: str) -> Iterator[Portal]:
    """A site of another origin, whose policy allows the assistant at `host` and nothing more."""
    portal = Portal(policy=STRICT.format(host=host))

    class Handler(Asked):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/style.css":
                self.begin(200, "text/css")
                self.wfile.write(portal.styles.encode())
                return
            policy = {"Content-Security-Policy": portal.policy}
            self.begin(200 if path in portal.pages else 404, "text/html; charset=utf-8", **policy)
            self.wfile.write(portal.pages.get(path, "").encode())

    with _running(Handler) as portal.url:
        yield portal


@contextmanager
def _running(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
