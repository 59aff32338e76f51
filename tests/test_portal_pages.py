"""Pages of portals in Chromium, on origins of their own: what theirs may do, and what another's may not."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import Corpus, served
from tests.test_page import browser  # noqa: F401 (a fixture)

_ASK = """async ([server, portal]) => {
  const options = {
    method: "POST",
    headers: {"Content-Type": "application/json", "X-OCOP-Portal": portal},
    body: JSON.stringify({question: "Tỉnh mình có bao nhiêu sản phẩm OCOP?"}),
  };
  try { return (await (await fetch(server + "/api/ask", options)).json()).text; } catch (error) { return error.name; }
}"""
_PORTAL = """async ([server, portal]) => {
  const response = await fetch(server + "/api/portals/" + portal);
  return [response.status, (await response.json()).name ?? null];
}"""
_SEARCH = """async ([server]) => {
  try { return (await fetch(server + "/api/search?q=OCOP")).status; } catch (error) { return error.name; }
}"""


class _Blank(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"<!doctype html><title>portal</title>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def site() -> Iterator[str]:
    """The origin of a site that has an empty page at every address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Blank) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


@pytest.fixture(scope="module")
def sites(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Origins: of the server, of a portal's own page, and of a page that is on no list."""
    folder: Path = tmp_path_factory.mktemp("portal-pages")
    with ExitStack() as opened:
        own, other = opened.enter_context(site()), opened.enter_context(site())
        table = f'[[portal]]\nid = "nam-dinh"\nname = "Cổng Nam Định"\nprovince = "Nam Định"\norigins = ["{own}"]\n'
        (folder / "cong.toml").write_text(table, encoding="utf-8")
        settings = {"OCOP_PORTALS": str(folder / "cong.toml")}
        running = opened.enter_context(served(corpus.data, folder / "log", settings=settings))
        yield {"server": running.url, "own": own, "other": other}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:  # noqa: F811
    context = browser.new_context()
    yield context.new_page()
    context.close()


def framed(page: Page, server: str) -> Any:
    """The title of the server's page in a frame of this one; None where the browser does not show it."""
    page.evaluate(
        """(server) => new Promise((done) => {
          const frame = document.createElement("iframe");
          frame.onload = done;
          frame.src = server + "/";
          document.body.append(frame);
        })""",
        server,
    )
    frame = page.frames[-1]
    return frame.title() if frame.url.startswith(server) else None


def test_a_portals_own_page_asks_and_shows(sites: dict[str, str], page: Page) -> None:
    page.goto(sites["own"])
    told = page.evaluate(_ASK, [sites["server"], "nam-dinh"])
    assert "62 sản phẩm OCOP" in told
    assert page.evaluate(_PORTAL, [sites["server"], "nam-dinh"]) == [200, "Cổng Nam Định"]
    assert page.evaluate(_SEARCH, [sites["server"]]) == 200
    assert "OCOP" in framed(page, sites["server"])


def test_a_page_on_no_list_learns_only_that_it_is_refused(sites: dict[str, str], page: Page) -> None:
    page.goto(sites["other"])
    assert page.evaluate(_ASK, [sites["server"], "nam-dinh"]) == "TypeError"
    assert page.evaluate(_PORTAL, [sites["server"], "nam-dinh"]) == [403, None]
    assert page.evaluate(_SEARCH, [sites["server"]]) == "TypeError"
    assert framed(page, sites["server"]) is None
