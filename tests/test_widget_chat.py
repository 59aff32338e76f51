"""Asking on a portal's page: the answer arrives with its sources, one taps one, and lands on the sentence."""

import re
import threading

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import ROOT, wait_until
from tests.embedding.answers import QUESTION, citation, whole
from tests.embedding.front import Asked, Front, Portal, portal_site
from tests.embedding.portal_page import PAGE, PORTAL_ID, Open, script_line

pytest_plugins = ["tests.embedding.fixtures"]

PLACELESS = "Tháng 6/2020 tỉnh mình có bao nhiêu sản phẩm OCOP?"


def test_a_question_is_answered_with_its_source_and_the_passage_opens(opened: Open, front: Front) -> None:
    shown = opened()
    assert [path for _, path, _ in front.asked] == ["/widget.js"]  # the rest comes when it is opened
    shown.open()
    expect(shown.input).to_be_focused()
    shown.ask(QUESTION)
    expect(shown.last.locator(".lines")).to_contain_text("62")
    expect(shown.last.get_by_role("heading", level=3)).to_contain_text(QUESTION)
    expect(shown.last).to_contain_text("Tính theo ngày")
    chip = shown.last.locator(".chip").first
    chip.click()
    card = shown.last.locator(".card")
    expect(card).to_contain_text("Nam Định rà soát sản phẩm OCOP giữa năm 2020")
    expect(card).to_contain_text("Báo thử")
    expect(card).to_contain_text("Đăng 12/06/2020")
    quote = card.locator("blockquote").inner_text()
    assert "62 sản phẩm" in quote
    shown.show("card")
    with shown.page.expect_popup() as popup:
        card.get_by_role("link", name="Mở đoạn trích").click()
    mark = popup.value.locator("mark")
    expect(mark).to_have_text(quote)
    expect(mark).to_be_in_viewport()
    chip.click()
    expect(shown.last.locator(".card")).to_have_count(0)


def test_the_original_page_is_opened_at_the_sentence(opened: Open, front: Front, portal: Portal) -> None:
    """The link's text fragment makes Chromium mark the sentence and bring it into view."""
    sentence = "Tính đến tháng 6/2020, tỉnh có 62 sản phẩm - gồm chè, mật ong & tôm khô."
    portal.pages["/bai-goc"] = (
        "<!doctype html><html lang=vi><meta charset=utf-8><title>Bài</title><body>"
        + "<p>Dòng trước.</p>" * 80
        + f"<p>{sentence.replace('&', '&amp;')}</p></body></html>"
    )
    source = citation(1, url=f"{portal.url}/bai-goc", quote=sentence, place="Nam Định")

    def answer(asked: Asked) -> None:
        asked.begin()
        asked.event("done", whole("Có 62 sản phẩm. [1]", [source]))

    front.scripts["/api/ask"] = answer
    shown = opened()
    shown.open()
    shown.ask(QUESTION)
    shown.last.locator(".chip").click()
    expect(shown.last.locator(".card")).to_contain_text("Nam Định")  # which the sentence does not say
    with shown.page.expect_popup() as popup:
        shown.last.get_by_role("link", name="Mở trang gốc").click()
    there = popup.value
    there.wait_for_load_state()
    wait_until(lambda: there.evaluate("scrollY") > 500, "the sentence to be scrolled to")
    expect(there.get_by_text("tỉnh có 62 sản phẩm")).to_be_in_viewport()


def test_an_answer_grows_sentence_by_sentence_and_does_not_jump(opened: Open, front: Front) -> None:
    seen = threading.Event()

    def answer(asked: Asked) -> None:
        asked.begin()
        asked.event("status", {"step": "retrieve"})
        asked.wfile.write(b": heartbeat\n\n")
        asked.event("citation", citation(1))
        asked.event("delta", {"start": 0, "text": "Tỉnh có 62 sản phẩm. [1]"})
        assert seen.wait(60)
        asked.event("delta", {"start": 25, "text": "- Trong đó 18 sản phẩm 4 sao, theo bảng [1]. [1]"})
        asked.event(
            "done", whole("Tỉnh có 62 sản phẩm. [1]\n- Trong đó 18 sản phẩm 4 sao, theo bảng [1]. [1]", [citation(1)])
        )

    front.scripts["/api/ask"] = answer
    shown = opened()
    shown.open()
    shown.ask(QUESTION)
    lines = shown.last.locator(".lines")
    expect(lines).to_contain_text("Tỉnh có 62 sản phẩm.")
    expect(shown.panel.get_by_role("status")).to_contain_text("Đang chọn")
    lines.evaluate("node => { node.firstChild.mine = true; }")
    top = lines.bounding_box()
    seen.set()
    shown.answered()
    # the sentence that was there is the same node: nothing is drawn, or read out, twice
    assert lines.evaluate("node => node.firstChild.mine") is True
    assert lines.bounding_box()["y"] == top["y"]  # type: ignore[index]
    expect(lines.locator("li")).to_have_text("Trong đó 18 sản phẩm 4 sao, theo bảng [1]. 1")
    expect(lines.locator("li .chip")).to_have_count(1)


def test_what_is_replaced_stands_in_place_of_what_was_shown(opened: Open, front: Front) -> None:
    def answer(asked: Asked) -> None:
        asked.begin()
        asked.event("citation", citation(1))
        asked.event("delta", {"start": 0, "text": "Tỉnh có 62 sản phẩm. [1]"})
        other = citation(1, title="Bài khác")
        asked.event("replace", {"text": "Kho không giữ số liệu ấy. [1]", "citations": [other]})
        asked.event("done", whole("Kho không giữ số liệu ấy. [1]", [other]))

    front.scripts["/api/ask"] = answer
    shown = opened()
    shown.open()
    shown.ask(QUESTION)
    shown.answered()
    expect(shown.last.locator(".lines")).to_have_text("Kho không giữ số liệu ấy. 1")
    expect(shown.last.locator(".sources")).to_contain_text("Bài khác")


def test_a_follow_up_is_understood_and_questions_to_go_on_with_are_offered(opened: Open, front: Front) -> None:
    shown = opened()
    shown.open()
    shown.ask(QUESTION)
    shown.answered()
    expect(shown.last.get_by_role("heading", name="Hỏi tiếp")).to_be_visible()
    shown.ask("Còn An Giang tháng 8/2023?")
    expect(shown.last.locator(".lines")).to_contain_text("92")
    first, second = front.bodies("/api/ask")
    assert first["conversation"] is None
    assert second["conversation"]
    assert all(f"portal={PORTAL_ID}" in path for _, path, _ in front.asked if path.startswith("/api/ask"))
    shown.answered()
    offered = shown.last.locator(".next button").first
    question = offered.inner_text()
    offered.click()
    expect(shown.last.get_by_role("heading", level=3)).to_contain_text(question)
    shown.answered()


def test_samples_and_words_and_colours_are_the_portals(opened: Open, front: Front, portal: Portal) -> None:
    portal.pages["/mau"] = PAGE.format(lang="vi", body="", script=script_line(front.url, portal="mau"))
    shown = opened(path="/mau")
    shown.open()
    expect(shown.panel).to_contain_text("Hỏi về sản phẩm của cổng mẫu.")
    expect(shown.panel.get_by_role("button", name="Hỏi", exact=True)).to_have_css(
        "background-color", "rgb(122, 31, 31)"
    )
    sample = shown.panel.locator(".samples button").first
    question = sample.inner_text()
    sample.click()
    expect(shown.last.get_by_role("heading", level=3)).to_contain_text(question)
    shown.answered()


def test_a_page_that_is_not_on_the_list_is_refused_and_told_why(opened: Open, front: Front) -> None:
    with portal_site(front.url) as other:
        other.pages["/"] = PAGE.format(lang="vi", body="", script=script_line(front.url))
        shown = opened()
        shown.page.goto(other.url)
        shown.open()
        expect(shown.panel.locator(".intro")).to_contain_text("không nằm trong danh sách của cổng")
        shown.show("refused")
        shown.ask(QUESTION)
        expect(shown.last).to_contain_text("không nằm trong danh sách của cổng")
        expect(shown.last.locator(".lines")).to_be_empty()
        # and without a portal's name the browser itself keeps the answer from the page
        other.pages["/khong-ten"] = PAGE.format(
            lang="vi", body="", script=f'<script src="{front.url}/widget.js"></script>'
        )
        shown.page.goto(f"{other.url}/khong-ten")
        shown.open()
        shown.ask(QUESTION)
        expect(shown.last).to_contain_text("Không nối được với máy chủ")
        shown.page.goto("about:blank")  # nothing more is on its way
    assert all("CORS" in fault for fault in shown.faults)
    shown.faults.clear()


def test_an_answer_is_rated_with_a_word(opened: Open, front: Front) -> None:
    shown = opened()
    shown.open()
    shown.ask(QUESTION)
    shown.answered()
    bad = shown.last.get_by_role("button", name="Chưa đúng")
    bad.click()
    expect(bad).to_have_attribute("aria-pressed", "true")
    expect(shown.panel.get_by_role("status").first).to_contain_text("Cảm ơn bạn")
    shown.last.get_by_label(re.compile("Lời nhắn")).fill("Số này là của năm khác")
    shown.last.get_by_role("button", name="Gửi").click()
    expect(shown.last.get_by_label(re.compile("Lời nhắn"))).to_be_hidden()
    sent = front.bodies("/api/feedback")
    assert [(body["good"], body["word"]) for body in sent] == [(False, ""), (False, "Số này là của năm khác")]
    assert sent[0]["answer"] == sent[1]["answer"] != ""


def test_a_server_that_takes_no_ratings_is_told_kindly(opened: Open, front: Front) -> None:
    front.scripts["/api/feedback"] = lambda asked: asked.problem(404, "Không có địa chỉ này.")
    shown = opened()
    shown.open()
    shown.ask(QUESTION)
    shown.answered()
    shown.last.get_by_role("button", name="Đúng ý").click()
    expect(shown.panel.get_by_role("status").first).to_contain_text("chưa nhận góp ý")


def test_an_answer_is_copied_and_printed_with_its_sources(opened: Open) -> None:
    shown = opened(
        permissions=["clipboard-read", "clipboard-write"],
        init="window.print = () => { top.printed = [document.title, document.body.innerText]; };",
    )
    shown.open()
    shown.ask(QUESTION)
    shown.answered()
    shown.last.get_by_role("button", name="Chép").click()
    expect(shown.panel.get_by_role("status").first).to_contain_text("Đã chép")
    copied = shown.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(QUESTION)
    assert "62" in copied
    assert "https://bao.example/nam-dinh.html" in copied
    shown.last.get_by_role("button", name="In", exact=True).click()
    wait_until(lambda: shown.page.evaluate("!!window.printed"), "the answer to be printed")
    title, text = shown.page.evaluate("window.printed")
    assert QUESTION in title
    assert "62" in text
    assert "https://bao.example/nam-dinh.html" in text
    assert "Trang của cổng" not in text


def test_the_conversation_survives_a_page_change(opened: Open, front: Front) -> None:
    shown = opened()
    shown.open()
    shown.ask(QUESTION)
    shown.answered()
    shown.input.fill("Còn An Giang")
    shown.page.get_by_role("link", name="Trang khác").click()
    shown.page.wait_for_url("**/khac")
    expect(shown.panel).to_be_visible()
    expect(shown.last.locator(".lines")).to_contain_text("62")
    expect(shown.input).to_have_value("Còn An Giang")
    expect(shown.input).not_to_be_focused()  # the reader is reading the page
    shown.ask("Còn An Giang tháng 8/2023?")
    expect(shown.last.locator(".lines")).to_contain_text("92")
    assert front.bodies("/api/ask")[1]["conversation"] is not None
    shown.panel.get_by_role("button", name="Bắt đầu lại").click()
    expect(shown.panel.locator(".turn")).to_have_count(0)
    shown.panel.get_by_role("button", name="Đóng").click()
    shown.page.reload()
    expect(shown.start).to_be_visible()
    expect(shown.panel).to_be_hidden()


def test_it_works_where_storage_is_blocked(opened: Open) -> None:
    blocked = (
        "for (const name of ['sessionStorage', 'localStorage']) Object.defineProperty(window, name, "
        "{ get() { throw new DOMException('blocked', 'SecurityError'); } });"
    )
    shown = opened(init=blocked)
    shown.open()
    shown.ask(QUESTION)
    expect(shown.last.locator(".lines")).to_contain_text("62")
    shown.page.reload()
    expect(shown.start).to_be_visible()


def test_it_speaks_english_where_the_page_does(opened: Open, front: Front, portal: Portal) -> None:
    portal.pages["/en"] = PAGE.format(lang="en-GB", body="", script=script_line(front.url))
    shown = opened(path="/en")
    expect(shown.start).to_have_text(re.compile("Ask about OCOP"))
    shown.open()
    expect(shown.panel).to_have_attribute("lang", "en")
    shown.ask(QUESTION)
    expect(shown.last.locator(".lines")).to_have_attribute("lang", "vi")
    expect(shown.last.get_by_role("button", name="Copy")).to_be_visible()
    expect(shown.last.get_by_role("heading", name="Sources")).to_be_visible()
    shown.show("english")
    shown.check_access()


def test_a_question_without_an_answer_is_told_kindly(opened: Open) -> None:
    shown = opened()
    shown.open()
    shown.ask("Giá vàng hôm nay bao nhiêu?")
    expect(shown.last).to_contain_text(re.compile("Không tìm thấy|Ngoài phạm vi"))
    expect(shown.last.locator(".sources")).to_have_count(0)
    expect(shown.last.get_by_role("heading", name="Hỏi tiếp")).to_be_visible()
    shown.show("no-evidence")


def test_where_nothing_answers_the_nearest_passages_are_one_tap_away(opened: Open, front: Front) -> None:
    shown = opened()
    shown.open()
    shown.ask("Năm 2031 Nam Định có bao nhiêu sản phẩm OCOP 5 sao?")
    offered = shown.last.get_by_text("Xem các đoạn gần nhất trong kho")
    expect(offered).to_be_visible()
    assert not [path for _, path, _ in front.asked if path == "/api/search"]  # asked for only when wanted

    def busy(asked: Asked) -> None:
        asked.problem(503, "Máy chủ đang bận.")

    front.scripts["/api/search"] = busy
    offered.click()
    expect(shown.panel).to_contain_text("Máy chủ đang bận hoặc đang nạp tài liệu.")
    del front.scripts["/api/search"]
    offered.click()
    expect(shown.last).to_contain_text("Chưa phải câu trả lời")
    rows = shown.last.locator(".nearest .row")
    assert 1 <= rows.count() <= 3
    rows.first.click()
    card = shown.last.locator(".card")
    expect(card).to_contain_text("Nam Định")
    quote = card.locator("blockquote").inner_text()
    shown.show("nearest")
    with shown.page.expect_popup() as popup:
        card.get_by_role("link", name="Mở đoạn trích").click()
    mark = popup.value.locator("mark").first
    expect(mark).to_be_in_viewport()
    assert mark.inner_text().split()[0] == quote.split()[0]


def test_an_element_of_the_page_is_used_where_there_is_one(opened: Open, front: Front, portal: Portal) -> None:
    element = f'<ocop-assistant portal="{PORTAL_ID}" position="inline" label="Hỏi trợ lý OCOP"></ocop-assistant>'
    portal.pages["/rieng"] = PAGE.format(lang="vi", body=element, script=script_line(front.url))
    shown = opened(path="/rieng")
    expect(shown.page.locator("ocop-assistant")).to_have_count(1)
    expect(shown.start).to_have_text(re.compile("Hỏi trợ lý OCOP"))
    assert shown.page.locator("main ocop-assistant").count() == 1
    expect(shown.start).to_have_css("position", "static")
    shown.page.evaluate("question => document.querySelector('ocop-assistant').open(question)", QUESTION)
    expect(shown.last.locator(".lines")).to_contain_text("62")


@pytest.mark.parametrize("javascript", [True, False])
def test_without_javascript_a_form_asks_the_servers_page(
    chromium: Browser, front: Front, portal: Portal, javascript: bool
) -> None:
    told = (ROOT / "docs" / "nhung-widget.md").read_text(encoding="utf-8")  # as webmasters paste it
    form = re.findall(r"<noscript>.*?</noscript>", told, re.DOTALL)[0]
    form = form.replace("https://hoidap.example.vn", front.url).replace("quang-nam", PORTAL_ID)
    portal.pages["/"] = PAGE.format(lang="vi", body=form, script=script_line(front.url))
    context = chromium.new_context(java_script_enabled=javascript)
    page = context.new_page()
    page.goto(portal.url)
    assert page.locator("form").count() == (0 if javascript else 1)
    if not javascript:
        page.get_by_label("Hỏi về OCOP").fill(PLACELESS)
        page.get_by_role("button", name="Hỏi").click()
        page.wait_for_url(f"{front.url}/?q=*")
        # of the portal's province, which the question leaves out
        expect(page.locator("main")).to_contain_text("62 sản phẩm OCOP")
        assert [asked[0] for asked in front.asked if asked[1].split("?")[0] == "/"] == ["POST", "GET"]
        page.go_back()
        page.go_forward()  # an address like any other: nothing is sent again
        expect(page.locator("main")).to_contain_text("62 sản phẩm OCOP")
    context.close()
