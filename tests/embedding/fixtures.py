"""A portal's page with the assistant on it, in Chromium: the page is of another origin and under a strict policy.

A plugin of pytest: whoever needs these fixtures names this module in `pytest_plugins`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browsing import chromium
from tests.conftest import Corpus, served
from tests.embedding.front import Front, Portal, fronting, portal_site
from tests.embedding.portal_page import PAGE, PORTALS, STYLE, Open, Opened, Stage, script_line


# Playwright runs once at a time, so no fixture of it outlives the tests of one file.
@pytest.fixture(scope="module", name="chromium")
def started_chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def served_data(corpus: Corpus) -> Path:
    """What the server serves."""
    return corpus.data


@pytest.fixture(scope="module")
def stage(served_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """All three, running."""
    folder = tmp_path_factory.mktemp("stage")
    with fronting() as front, portal_site(front.url) as portal:
        table = folder / "portals.toml"
        table.write_text(PORTALS.format(origin=portal.url), encoding="utf-8")
        with served(served_data, folder / "server.log", settings={"OCOP_PORTALS": str(table)}) as server:
            front.upstream = server.url
            yield Stage(server=server, front=front, portal=portal)


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
