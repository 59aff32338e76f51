"""The chat for everyone (WCAG 2.1 AA): the keyboard alone, a screen reader, 400 % zoom, dark, no motion.

axe-core looks at every state; what it cannot see (order, focus, what is announced) is tested by hand.
"""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.conftest import wait_until
from tests.embedding.answers import QUESTION, citation, whole
from tests.embedding.front import Asked, Front
from tests.embedding.portal_page import Open, Opened

pytest_plugins = ["tests.embedding.fixtures"]

# What Chromium's accessibility tree tells a screen reader to read, in order, each time something is added.
LISTEN = """() => {
  window.said = [];
  const root = document.querySelector("ocop-assistant").shadowRoot;
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) {
      const element = node.nodeType === 1 ? node : node.parentElement;
      const live = element?.closest("[aria-live], [role=log], [role=status]");
      const off = live?.getAttribute("aria-live") === "off" || element?.closest("[aria-live=off]");
      if (live && !off && node.textContent.trim()) window.said.push(node.textContent.trim());
    }
  }).observe(root, { childList: true, subtree: true });
}"""

# What WCAG 2.1, 1.4.12 lets a reader set, and what of it is then cut off (a chip's wide target is no text).
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".panel, .panel * { line-height: 1.5 !important; letter-spacing: .12em !important;"
    + " word-spacing: .16em !important; } .panel p { margin-block-end: 2em !important; }");
  document.querySelector("ocop-assistant").shadowRoot.adoptedStyleSheets.push(sheet);
}"""
CLIPPED = """(panel) => [...panel.querySelectorAll("button:not(.chip, .row), label, h2, h3")]
  .filter((one) => one.getClientRects().length && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.textContent)"""


def focused(shown: Opened) -> str:
    """What has the focus within the assistant: its name, "" where none of it has."""
    name: str = shown.page.evaluate(
        "() => { const at = document.activeElement?.shadowRoot?.activeElement;"
        " return at ? at.getAttribute('aria-label') || at.textContent.trim() || at.id : ''; }"
    )
    return name


def test_all_is_done_with_the_keyboard_alone(opened: Open) -> None:
    shown = opened()
    keys = shown.page.keyboard
    shown.start.focus()
    keys.press("Enter")
    expect(shown.input).to_be_focused()
    keys.type(QUESTION)
    keys.press("Enter")
    shown.answered()
    expect(shown.input).to_be_focused()  # where the next question goes
    walked = []
    for _ in range(30):
        keys.press("Shift+Tab")
        walked.append(focused(shown))
        if walked[-1].startswith("Nguồn 1"):
            break
    assert walked[-1].startswith("Nguồn 1"), walked
    keys.press("Enter")
    expect(shown.last.locator(".card")).to_be_visible()
    keys.press("Tab")
    assert focused(shown).startswith("Mở đoạn trích")
    shown.show("keyboard")
    keys.press("Escape")
    expect(shown.panel).to_be_hidden()
    expect(shown.start).to_be_focused()


def test_beside_the_page_focus_may_leave_and_over_it_it_may_not(opened: Open) -> None:
    wide = opened()
    wide.open()
    assert wide.panel.get_attribute("aria-modal") is None
    wide.panel.get_by_role("link", name="Mở trang hỏi đáp đầy đủ").focus()
    wide.page.keyboard.press("Tab")
    assert focused(wide) == ""

    phone = opened(width=360, height=740)
    phone.open()
    expect(phone.panel).to_have_attribute("aria-modal", "true")
    expect(phone.panel.get_by_role("heading", level=2)).to_be_focused()  # no keyboard over the samples
    box = phone.panel.bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 740}
    seen = []
    for _ in range(30):
        phone.page.keyboard.press("Tab")
        seen.append(focused(phone))
    assert "" not in seen
    assert "Đóng" in seen
    assert "question" in seen
    back = []
    for _ in range(30):
        phone.page.keyboard.press("Shift+Tab")
        back.append(focused(phone))
    assert "" not in back
    assert set(back) == set(seen)
    phone.page.keyboard.press("Escape")
    expect(phone.start).to_be_focused()
    assert phone.page.evaluate("document.documentElement.style.overflow") == ""


def test_an_answer_is_announced_once_and_its_tools_are_not(opened: Open, front: Front) -> None:
    def answer(asked: Asked) -> None:
        asked.begin()
        asked.event("citation", citation(1))
        for start, text in ((0, "Tỉnh có 62 sản phẩm. [1]"), (25, "Có 18 sản phẩm 4 sao. [1]")):
            asked.event("delta", {"start": start, "text": text})
        text = "Tỉnh có 62 sản phẩm. [1]\nCó 18 sản phẩm 4 sao. [1]"
        asked.event("done", whole(text, [citation(1)], notices=["Số liệu tính đến 6/2020."]))

    front.scripts["/api/ask"] = answer
    shown = opened()
    shown.open()
    wait_until(lambda: shown.panel.locator(".samples").count() > 0, "the samples")
    log = shown.panel.get_by_role("log")
    expect(log).to_have_attribute("aria-label", "Các câu hỏi và trả lời")
    shown.page.evaluate(LISTEN)
    shown.ask(QUESTION)
    shown.answered()
    said: list[str] = shown.page.evaluate("window.said")
    for once in ("62 sản phẩm", "18 sản phẩm", "Số liệu tính đến"):
        assert sum(once in one for one in said) == 1, (once, said)
    assert not any("Đúng ý" in one or "Bài thử" in one for one in said)
    shown.last.locator(".chip").first.click()
    expect(shown.last.locator(".card")).to_be_visible()
    assert not any("Bài thử" in one for one in shown.page.evaluate("window.said"))


def test_a_reader_hears_the_parts_in_their_order(opened: Open) -> None:
    shown = opened()
    shown.open()
    shown.ask(QUESTION)
    shown.answered()
    expect(shown.panel).to_match_aria_snapshot("""
      - dialog "Hỏi đáp OCOP":
        - heading "Hỏi đáp OCOP" [level=2]
        - button "Bắt đầu lại"
        - button "Đóng"
        - paragraph: /Trả lời từ kho tài liệu/
        - log "Các câu hỏi và trả lời":
          - heading /Bạn hỏi/ [level=3]
          - paragraph:
            - text: /62 sản phẩm/
            - 'button "Nguồn 1: Báo thử"'
          - heading "Nguồn" [level=4]
          - list:
            - listitem:
              - button /Nam Định rà soát/
          - group "Với câu trả lời này":
            - button "Chép"
            - button "In"
            - button "Đúng ý"
            - button "Chưa đúng"
        - status
        - textbox "Câu hỏi của bạn"
        - button "Hỏi"
    """)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_any_state(opened: Open, front: Front, scheme: str, width: int) -> None:
    look: dict[str, Any] = {"width": width, "color_scheme": scheme}
    shown = opened(**look)
    name = f"{scheme}-{width}"
    shown.check_access()
    shown.show(f"{name}-closed")
    shown.open()
    expect(shown.panel.locator(".samples")).to_be_visible()
    shown.check_access()
    shown.show(f"{name}-open")
    shown.ask(QUESTION)
    shown.answered()
    expect(shown.last.locator(".next")).to_be_visible()
    shown.check_access()
    shown.last.locator(".chip").first.click()
    shown.check_access()
    shown.show(f"{name}-chip")
    shown.last.locator(".row").first.click()
    shown.check_access()
    shown.show(f"{name}-source")
    front.scripts["/api/feedback"] = lambda asked: asked.begin(204, "application/json")
    shown.last.get_by_role("button", name="Đúng ý").click()
    expect(shown.last.locator(".word")).to_be_visible()
    shown.check_access()
    shown.show(f"{name}-rated")
    shown.ask("Năm 2031 Nam Định có bao nhiêu sản phẩm OCOP 5 sao?")
    shown.last.get_by_text("Xem các đoạn gần nhất trong kho").click()
    shown.last.locator(".nearest .row").first.click()
    shown.check_access()
    shown.show(f"{name}-nearest")
    many = [citation(number) for number in range(1, 10)]
    marks = " ".join(f"[{number}]" for number in range(1, 10))

    def answer(asked: Asked) -> None:
        asked.begin()
        asked.event("done", whole(f"Tỉnh có 62 sản phẩm. {marks}", many, status="partial", notices=["Lưu ý."]))

    front.scripts["/api/ask"] = answer
    shown.ask(QUESTION)
    shown.answered()
    shown.last.locator("summary").click()
    shown.check_access()
    shown.show(f"{name}-many")


def test_at_400_percent_everything_is_reached_and_nothing_is_cut(opened: Open) -> None:
    """A window of 1280 by 1024 at 400 % has 320 by 256 CSS pixels (WCAG 2.1, 1.4.10)."""
    shown = opened(width=320, height=256)
    shown.open()
    shown.ask(QUESTION)
    shown.answered()
    shown.show("zoom")
    assert shown.panel.evaluate("node => node.scrollWidth <= node.clientWidth")
    for part in (
        shown.last.locator(".chip").first,
        shown.last.get_by_role("button", name="In", exact=True),
        shown.input,
    ):
        part.scroll_into_view_if_needed()
        expect(part).to_be_in_viewport()
    shown.check_access()


def test_spacing_that_a_reader_sets_cuts_nothing(opened: Open) -> None:
    """WCAG 2.1, 1.4.12."""
    shown = opened(width=360)
    shown.open()
    shown.ask(QUESTION)
    shown.answered()
    shown.page.evaluate(SPACED)
    assert shown.panel.evaluate("node => node.scrollWidth <= node.clientWidth")
    clipped = shown.panel.evaluate(CLIPPED)
    assert clipped == []


def test_nothing_moves_for_who_wants_no_motion(opened: Open) -> None:
    shown = opened(reduced_motion="reduce")
    shown.open()
    shown.ask(QUESTION)
    shown.answered()
    shown.last.locator(".chip").first.click()
    moving = shown.panel.evaluate(
        "node => [...node.querySelectorAll('*')].filter((one) => getComputedStyle(one).animationName !== 'none'"
        " || getComputedStyle(one).scrollBehavior === 'smooth').length"
    )
    assert moving == 0


def test_the_pages_own_style_does_not_reach_in(opened: Open) -> None:
    """The portal's style letterspaces, capitalises and colours whatever stands on its pages."""
    shown = opened()
    expect(shown.start).to_have_css("letter-spacing", "normal")
    expect(shown.start).to_have_css("text-transform", "none")
    expect(shown.start).to_have_css("background-color", "rgb(11, 93, 59)")
    shown.open()
    expect(shown.panel).to_have_css("letter-spacing", "normal")
    expect(shown.panel).to_have_css("text-transform", "none")
    expect(shown.panel).to_have_css("font-size", "16px")
    expect(shown.input).to_have_css("font-size", "16px")


@pytest.mark.parametrize("width", [360, 1280])
def test_closed_it_covers_nothing_at_the_pages_end(opened: Open, width: int) -> None:
    shown = opened(width=width, height=400)
    shown.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    end = shown.page.locator("#cuoi").bounding_box()
    start = shown.start.bounding_box()
    assert end is not None
    assert start is not None
    assert end["y"] + end["height"] <= start["y"]
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width


def test_asking_does_not_scroll_the_page_behind(opened: Open, front: Front, portal: Any) -> None:
    portal.styles += " main { padding-bottom: 3000px; }"
    shown = opened()
    shown.page.evaluate("scrollTo(0, 500)")
    shown.open()
    shown.ask(QUESTION)
    shown.answered()
    shown.last.locator(".chip").first.click()
    assert shown.page.evaluate("scrollY") == 500
