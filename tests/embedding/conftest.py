"""A portal's page with the assistant on it, in Chromium: the page is of another origin and under a strict policy."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.conftest import Corpus, Served, served
from tests.embedding.front import Front, Portal, fronting, portal_site
from tests.test_page import CHROMIUM_FLAGS, CHROMIUM_NAMES

PORTAL_ID = "nam-dinh"
PORTALS = """
[limits]
ask = ""
search = ""
feedback = ""
read = ""

[[portal]]
id = "nam-dinh"
name = "Cổng Nam Định"
origins = ["{origin}"]
province = "Nam Định"

[[portal]]
id = "mau"
name = "Cổng mẫu"
origins = ["{origin}"]
greeting = "Hỏi về sản phẩm của cổng mẫu."
colours = {{ action = "#7a1f1f", action_dark = "#ff9d9d" }}
"""
PAGE = """<!doctype html>
<html lang="{lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cổng thông tin tỉnh</title><link rel="stylesheet" href="/style.css"></head>
<body><header><h1>Cổng thông tin điện tử tỉnh</h1></header>
<main><p>Trang của cổng. <a href="/khac">Trang khác</a></p>{body}<p id="cuoi">Cuối trang</p></main>
{script}</body>
</html>"""
# What portals' own styles do to whatever stands on their pages.
STYLE = (
    "html { font-size: 62.5%; } * { letter-spacing: .08em; text-transform: uppercase; line-height: 1; }"
    " body { font: 1.6rem serif; margin: 0; } button { background: red !important; } p { margin: 3rem; }"
)


def script_line(host: str, **data: str) -> str:
    """The one line a webmaster pastes."""
    attributes = "".join(f' data-{name}="{value}"' for name, value in {"portal": PORTAL_ID, **data}.items())
    return f'<script src="{host}/widget.js"{attributes} defer></script>'


# Playwright runs once at a time, so no fixture of it outlives the tests of one file.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)
    if path is None:
        message = "no Chromium to drive: apt-get install chromium (as root), or run make test as root"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def data(corpus: Corpus) -> Path:
    """What the server serves."""
    return corpus.data


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The server, what stands before it, and the portal on its list."""

    server: Served
    front: Front
    portal: Portal


@pytest.fixture(scope="module")
def stage(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """All three, running."""
    folder = tmp_path_factory.mktemp("stage")
    with fronting() as front, portal_site(front.url) as portal:
        table = folder / "portals.toml"
        table.write_text(PORTALS.format(origin=portal.url), encoding="utf-8")
        with served(data, folder / "server.log", settings={"OCOP_PORTALS": str(table)}) as server:
            front.upstream = server.url
            yield Stage(server=server, front=front, portal=portal)


@pytest.fixture
def server(stage: Stage) -> Served:
    """The server itself."""
    return stage.server


@pytest.fixture
def front(stage: Stage) -> Front:
    """What stands before the server, passing everything on."""
    stage.front.reset()
    return stage.front


@pytest.fixture
def portal(stage: Stage, front: Front) -> Portal:
    """A portal's site with the assistant on two pages."""
    portal = stage.portal
    portal.styles = STYLE
    portal.pages.clear()
    for path in ("/", "/khac"):
        portal.pages[path] = PAGE.format(lang="vi", body="", script=script_line(front.url))
    return portal


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A page of the portal, what its console said, and the means to use the assistant as a reader does.

    faults: errors of scripts and of the policy; loading failures that a test causes on purpose are in `failures`.
    """

    page: Page
    faults: list[str]
    failures: list[str]

    @property
    def start(self) -> Locator:
        """The button that opens the panel."""
        return self.page.locator("ocop-assistant .start")

    @property
    def panel(self) -> Locator:
        """The panel."""
        return self.page.get_by_role("dialog")

    @property
    def input(self) -> Locator:
        """The field for the question."""
        return self.panel.locator("textarea")

    @property
    def last(self) -> Locator:
        """The last question with its answer."""
        return self.panel.locator(".turn").last

    def open(self) -> None:
        """Open the panel by its button."""
        self.start.click()
        expect(self.panel).to_be_visible()

    def ask(self, question: str) -> None:
        """Type a question and send it."""
        self.input.fill(question)
        self.input.press("Enter")

    def answered(self) -> None:
        """Wait until the last answer is whole."""
        expect(self.last.locator(".tools")).to_be_visible()

    def check_access(self) -> None:
        """Fail where axe-core finds anything in the assistant (WCAG 2.1 A and AA and best practices)."""
        # drawn whole: what still fades in has not the contrast that it will have
        self.page.evaluate(
            "Promise.all(document.querySelector('ocop-assistant').shadowRoot.getAnimations()"
            ".map((animation) => animation.finished.catch(() => null)))"
        )
        found: dict[str, Any] = Axe().run(self.page, context="ocop-assistant").response
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []
        assert found["testEngine"]["version"] >= "4.10"

    def show(self, path: str) -> None:
        """Where OCOP_SHOTS names a folder, keep how it looks."""
        if folder := os.environ.get("OCOP_SHOTS"):
            self.page.screenshot(path=f"{folder}/{path}.png")


Open = Callable[..., Opened]


@pytest.fixture
def opened(chromium: Browser, portal: Portal) -> Iterator[Open]:
    """Opens the portal's page in a fresh browser context: `opened(width=360, color_scheme="dark", path="/")`."""
    contexts: list[BrowserContext] = []
    pages: list[Opened] = []

    def open_page(*, path: str = "/", width: int = 1280, height: int = 900, init: str = "", **options: Any) -> Opened:
        context = chromium.new_context(locale="vi-VN", viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        if init:
            context.add_init_script(init)
        page = context.new_page()
        shown = Opened(page=page, faults=[], failures=[])
        page.on("pageerror", lambda error: shown.faults.append(str(error)))

        def heard(message: Any) -> None:
            if message.type == "error":
                kept = shown.failures if "Failed to load resource" in message.text else shown.faults
                kept.append(message.text)

        page.on("console", heard)
        page.goto(portal.url + path)
        pages.append(shown)
        return shown

    yield open_page
    for context in contexts:
        context.close()
    for shown in pages:
        assert shown.faults == []
