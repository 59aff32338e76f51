"""The HTTP servers of the demo portals, on loopback only."""

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from demo.pages import load_portals
from demo.render import render_portal
from demo.site import Document, Site

HOST = "127.0.0.1"
PORTALS = 9  # how many neighbouring ports the demo takes
RETRY_AFTER_S = 1


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__((HOST, port), _Handler)
        self.site = Site(documents={})
        self.log: Callable[[str], None] | None = None

    def handle_error(self, request: object, client_address: object) -> None:
        # A crawler that stops closes its connections; that is no error of the portal.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for the acknowledgement of its headers
    timeout = 30
    server: _Server

    def version_string(self) -> str:
        return "OCOPDemo/1"

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature is the library's
        if self.server.log is not None:
            self.server.log(f"{self.server.server_port} {format % args}")

    def _answer(self, *, with_body: bool) -> None:
        parts = urlsplit(self.path)
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        site = self.server.site
        if site.turns_away(address):
            self.send_response(HTTPStatus.SERVICE_UNAVAILABLE)
            self.send_header("Retry-After", str(RETRY_AFTER_S))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        document = site.find(address)
        status = document.status
        if status == HTTPStatus.OK and self._not_modified(document):
            status = HTTPStatus.NOT_MODIFIED
        self.send_response(status)
        if document.location is not None:
            self.send_header("Location", document.location)
        if document.status == HTTPStatus.OK and site.validators in ("both", "etag"):
            self.send_header("ETag", document.etag)
        if document.status == HTTPStatus.OK and site.validators in ("both", "date"):
            self.send_header("Last-Modified", format_datetime(document.modified, usegmt=True))
        body = b"" if status == HTTPStatus.NOT_MODIFIED else document.body
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", document.content_type)
            self.send_header("Content-Length", str(len(body)))
            if document.download is not None:
                self.send_header("Content-Disposition", f'attachment; filename="{document.download}"')
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _not_modified(self, document: Document) -> bool:
        """Whether the client's copy is the present one (RFC 9110, section 13.2.2: the tag decides before the date)."""
        validators = self.server.site.validators
        tags = self.headers.get("If-None-Match") if validators in ("both", "etag") else None
        if tags is not None:
            known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
            return "*" in known or document.etag in known
        since = self.headers.get("If-Modified-Since")
        if since is None or validators not in ("both", "date"):
            return False
        try:
            date = parsedate_to_datetime(since)
        except ValueError:
            return False
        return document.modified <= (date if date.tzinfo else date.replace(tzinfo=UTC))


@contextmanager
def running(
    ports: Sequence[int], log: Callable[[str], None] | None = None, *, edition: int = 1
) -> Iterator[tuple[str, ...]]:
    """Serve the portals in threads; yields their addresses ("http://127.0.0.1:8801"), in the order of portals.toml.

    Args:
        ports: one for each portal; 0 lets the system choose.
        log: called with one line for each request.
        edition: 1 to `demo.pages.EDITIONS`. The second changes one page, takes one away and adds one.

    Raises:
        OSError: a port is taken.
        demo.pages.PageError: the pages are not as expected.
    """
    portals = load_portals(edition=edition)
    with ExitStack() as stack:
        servers = [stack.enter_context(_Server(port)) for port in ports]
        homes = {
            portal.settings.id: f"http://{HOST}:{server.server_port}"
            for portal, server in zip(portals, servers, strict=True)
        }
        names = {portal.settings.id: portal.settings.name for portal in portals}
        for server, portal in zip(servers, portals, strict=True):
            server.log = log
            server.site = render_portal(portal, homes, names)
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
        yield tuple(homes.values())
