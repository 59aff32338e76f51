"""What the tests of the demo share: asking its portals over real HTTP, and reading what their pages say."""

import http.client
import random
import re
import socket
import unicodedata
from contextlib import ExitStack
from urllib.parse import urlsplit

from lxml import html

from demo.pages import Portal
from demo.portal import PORTALS

# Below those the system gives to who connects.
_PORTS = range(20_000, 32_000)


def free_ports() -> int:
    """The first of as many neighbouring ports as there are portals, all free a moment ago.

    Tried in no order: workers that ask at the same moment must not be told the same.
    """
    for first in random.sample(_PORTS[:-PORTALS], len(_PORTS) - PORTALS):
        with ExitStack() as stack:
            sockets = [stack.enter_context(socket.socket()) for _ in range(PORTALS)]
            try:
                for step, one in enumerate(sockets):
                    one.bind(("127.0.0.1", first + step))
            except OSError:
                continue
            return first
    raise OSError("no free neighbouring ports on 127.0.0.1")


class Answer:
    """One HTTP answer, redirects not followed."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def text(self) -> str:
        """The body as a browser reads it: windows-1258 where the page says so, else UTF-8."""
        return self.body.decode("cp1258" if b"charset=windows-1258" in self.body else "utf-8")

    @property
    def tree(self) -> html.HtmlElement:
        tree: html.HtmlElement = html.document_fromstring(self.text)
        return tree


def get(url: str, method: str = "GET", **headers: str) -> Answer:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        return Answer(connection.getresponse())
    finally:
        connection.close()


def settle(homes: tuple[str, ...], portals: tuple[Portal, ...]) -> None:
    """Be the first to ask where the first is told to come back."""
    for home, portal in zip(homes, portals, strict=True):
        if portal.settings.busy:
            assert get(home + portal.settings.busy).status == 503


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


def text_of(body: str) -> str:
    """What a reader sees of a page's own content, white space folded."""
    tree: html.HtmlElement = html.document_fromstring(f"<div>{body}</div>")
    return " ".join(tree.text_content().split())


def own_text(portals: tuple[Portal, ...], path: str) -> str:
    page = next(page for portal in portals for page in portal.pages if page.path == path)
    return text_of("\n".join([page.head.title, page.head.lead, *page.blocks]))
