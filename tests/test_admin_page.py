"""/admin in Chromium, wide and narrow: nothing sticks out, nothing inline, and axe-core finds nothing."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.conftest import Corpus, Served, served, wait_until
from tests.test_page import browser  # noqa: F401 (a fixture)

TOKEN = "0123456789abcdef01234567"


@pytest.fixture(scope="module")
def operated(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data = Path(shutil.copytree(corpus.data, tmp_path_factory.mktemp("admin-page") / "data"))
    settings = {"OCOP_ADMIN_TOKEN": TOKEN, "OCOP_KEEP_QUESTIONS_DAYS": "90"}
    with served(data, data.parent / "log", settings=settings) as running:
        for question in ("Cà Mau có bao nhiêu sản phẩm OCOP?", "Atlantis" * 40 + " có mấy sao OCOP?"):
            answer = running.client.post("/api/ask", json={"question": question}).json()["id"]
            running.client.post("/api/feedback", json={"answer": answer, "good": False, "word": "w" * 500})
        wait_until(
            lambda: running.client.get("/admin", auth=("x", TOKEN)).text.count("“www") == 2, "the ratings on the page"
        )
        yield running


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_page_is_sound_at_every_width(operated: Served, browser: Browser, width: int, scheme: str) -> None:  # noqa: F811
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        http_credentials={"username": "x", "password": TOKEN},
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(f"{operated.url}/admin")
    assert page.get_by_role("heading", name="Bị đánh giá chưa tốt").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []
    assert faults == []
    context.close()
