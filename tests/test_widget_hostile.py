"""Whatever a crawled page holds is shown as text: markup, addresses that run, marks that turn the reading direction."""

from playwright.sync_api import expect

from tests.embedding.answers import citation, whole
from tests.embedding.front import Asked, Front
from tests.embedding.portal_page import Open

pytest_plugins = ["tests.embedding.fixtures"]

RIGHT_TO_LEFT = "\u202e"
SCRIPT = "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"
MARKDOWN = "**đậm** [bấm](javascript:window.ran=3) &lt;b&gt; <b>đậm</b>"
LONG_TITLE = "Sản phẩm " * 560  # 5,040 characters


def answering(front: Front, text: str, citations: list[dict[str, object]], **changed: object) -> None:
    def answer(asked: Asked) -> None:
        asked.begin()
        for one in citations:
            asked.event("citation", one)
        start = 0
        for line in text.split("\n"):
            asked.event("delta", {"start": start, "text": line})
            start += len(line) + 1
        asked.event("done", whole(text, citations, **changed))

    front.scripts["/api/ask"] = answer


def test_nothing_of_a_page_is_markup_or_runs(opened: Open, front: Front) -> None:
    hostile = citation(
        1,
        title=f"{SCRIPT} {LONG_TITLE}",
        source=f"Báo {RIGHT_TO_LEFT}nv.voc{SCRIPT}",
        url="javascript:window.ran=4",
        original_url="data:text/html,<script>window.ran=5</script>",
        heading=SCRIPT,
        quote=f"{SCRIPT}\n{MARKDOWN}",
        also=[{"article_id": "1", "title": SCRIPT, "source": SCRIPT, "url": "javascript:1"}],
    )
    answering(front, f"{SCRIPT} {MARKDOWN} [1]", [hostile], notices=[SCRIPT], read_as=SCRIPT)
    shown = opened(width=360)
    shown.open()
    shown.ask(f"{SCRIPT} <b>hỏi</b>")
    shown.answered()
    shown.last.locator(".chip").click()
    shown.last.locator(".row").click()
    expect(shown.last.locator(".lines")).to_contain_text(SCRIPT)
    expect(shown.last.locator(".lines")).to_contain_text(MARKDOWN)
    card = shown.last.locator(".card")
    expect(card.locator("blockquote")).to_have_text(f"{SCRIPT}\n{MARKDOWN}", use_inner_text=True)
    assert shown.page.evaluate("window.ran") is None
    for tag in ("script", "img", "b", "iframe", "svg"):
        assert shown.panel.locator(tag).count() == 0, tag
    hrefs = shown.panel.locator("a").evaluate_all("links => links.map((link) => link.protocol)")
    assert set(hrefs) <= {"http:", "https:"}
    expect(card.get_by_role("link")).to_have_count(1)  # the passage; the addresses that run are text
    expect(card).to_contain_text("javascript:window.ran=4")
    shown.show("hostile")
    shown.check_access()


def test_a_title_without_end_leaves_the_panel_whole(opened: Open, front: Front) -> None:
    answering(
        front,
        "Có 62 sản phẩm. [1]",
        [citation(1, title=LONG_TITLE, source="x" * 3000, url=f"https://bao.example/{'y' * 3000}")],
    )
    shown = opened(width=360)
    shown.open()
    shown.ask("Bao nhiêu?")
    shown.answered()
    shown.last.locator(".row").click()
    middle = shown.panel.locator(".middle")
    assert middle.evaluate("node => node.scrollWidth <= node.clientWidth")
    name = shown.last.locator(".card .name").inner_text()
    assert len(name) < 260
    assert name.endswith("…")
    assert shown.last.locator(".row").bounding_box()["height"] < 400  # type: ignore[index]


def test_marks_that_turn_the_direction_are_left_out(opened: Open, front: Front) -> None:
    turned = f"Báo A{RIGHT_TO_LEFT}nv.vog\u2066\u200f"
    answering(front, f"Có 62{RIGHT_TO_LEFT} sản phẩm. [1]", [citation(1, title=turned, source=turned, quote=turned)])
    shown = opened()
    shown.open()
    shown.ask(f"hỏi {RIGHT_TO_LEFT} ngược")
    shown.answered()
    shown.last.locator(".chip").click()
    text = shown.panel.evaluate("node => node.textContent")
    assert "Báo Anv.vog" in text
    assert not set(text) & set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    labels = shown.panel.locator("[aria-label]").evaluate_all("nodes => nodes.map((node) => node.ariaLabel).join()")
    assert RIGHT_TO_LEFT not in labels


def test_marks_of_citations_that_are_not_there_stay_text(opened: Open, front: Front) -> None:
    answering(front, "Theo bảng [2] có 62 sản phẩm. [1] [9]", [citation(1)])
    shown = opened()
    shown.open()
    shown.ask("Bao nhiêu?")
    shown.answered()
    expect(shown.last.locator(".lines")).to_have_text("Theo bảng [2] có 62 sản phẩm. 1 [9]")
    expect(shown.last.locator(".chip")).to_have_count(1)
