"""A portal's page with the assistant on it, and what a reader does there."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.conftest import Served
from tests.embedding.front import Front, Portal

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The server, what stands before it, and the portal on its list."""

    server: Served
    front: Front
    portal: Portal


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
