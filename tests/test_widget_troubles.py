"""What goes wrong on the way is said kindly, the question is kept, and asking again is offered."""

import json
import re
import threading

import pytest
from playwright.sync_api import expect

from tests.embedding.answers import QUESTION, citation, whole
from tests.embedding.front import Asked, Front
from tests.embedding.portal_page import Open

pytest_plugins = ["tests.embedding.fixtures"]

RETRY = "Hỏi lại"


def cut_off(asked: Asked) -> None:
    """Half an answer, and the connection ends."""
    asked.begin()
    asked.event("citation", citation(1))
    asked.event("delta", {"start": 0, "text": "Tỉnh có 62 sản phẩm. [1]"})
    asked.wfile.write(b'event: delta\ndata: {"start": 25, "te')


def test_a_server_that_stops_within_an_answer_and_comes_back(opened: Open, front: Front) -> None:
    front.scripts["/api/ask"] = cut_off
    shown = opened()
    shown.open()
    shown.ask(QUESTION)
    expect(shown.last).to_contain_text("bị ngắt giữa chừng")
    expect(shown.last.locator(".lines")).to_have_text("Tỉnh có 62 sản phẩm. 1")  # what was shown still holds
    shown.show("cut")
    shown.check_access()
    front.scripts.clear()
    front.down = True
    shown.last.get_by_role("button", name=RETRY).click()
    expect(shown.last).to_contain_text("Không nối được với máy chủ")
    expect(shown.last.get_by_role("heading", level=3)).to_contain_text(QUESTION)
    expect(shown.last.get_by_role("heading", level=3)).to_be_focused()
    front.down = False
    shown.last.get_by_role("button", name=RETRY).click()
    shown.answered()
    expect(shown.last).to_contain_text("62")
    expect(shown.panel.locator(".turn")).to_have_count(1)
    expect(shown.last.locator(".notice", has_text="ngắt")).to_have_count(0)


def test_a_phone_without_network_is_told_and_goes_on_when_it_is_back(opened: Open) -> None:
    shown = opened()
    shown.open()
    shown.page.context.set_offline(True)
    shown.ask(QUESTION)
    expect(shown.last).to_contain_text("không có mạng")
    expect(shown.last).to_contain_text("Câu hỏi vẫn còn đây")
    shown.page.context.set_offline(False)
    shown.last.get_by_role("button", name=RETRY).click()
    shown.answered()


def test_a_limit_is_told_with_the_time_to_wait(opened: Open, front: Front) -> None:
    limit = "Nơi này đã hỏi 60 câu trong một phút."
    headers = {"Retry-After": "600"}
    front.scripts["/api/ask"] = lambda asked: asked.problem(429, limit, **headers)
    shown = opened()
    shown.open()
    shown.page.clock.install()
    shown.ask(QUESTION)
    expect(shown.last).to_contain_text(limit)
    again = shown.last.locator(".again")
    expect(again).to_have_text("Hỏi lại sau 10 phút")
    shown.show("limited")
    shown.check_access()
    again.click(force=True)
    assert len(front.bodies("/api/ask")) == 1
    shown.page.clock.run_for(500_000)
    expect(again).to_have_text(re.compile(r"Hỏi lại sau \d+ giây"))
    shown.page.clock.run_for(100_000)
    expect(again).to_have_text(RETRY)
    front.scripts.clear()
    again.click()
    shown.answered()


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (500, "Máy chủ gặp lỗi"),
        (503, "đang nạp chỉ mục"),
        (403, "không nằm trong danh sách"),
        (422, "Câu hỏi dài"),
    ],
)
def test_a_refusal_is_told_in_the_servers_words_where_they_help(
    opened: Open, front: Front, status: int, told: str
) -> None:
    details = {
        500: "Lỗi đã ghi lại, mã 12.",
        503: "Máy chủ đang nạp chỉ mục, xin chờ.",
        403: "Trang này không nằm trong danh sách của cổng.",
        422: "Câu hỏi dài 2.100 ký tự.",
    }
    front.scripts["/api/ask"] = lambda asked: asked.problem(status, details[status])
    shown = opened()
    shown.open()
    shown.ask(QUESTION)
    expect(shown.last).to_contain_text(told)
    expect(shown.last.get_by_role("button", name=RETRY)).to_be_visible()
    expect(shown.last.get_by_role("heading", level=3)).to_contain_text(QUESTION)


def test_a_page_of_a_proxy_instead_of_a_problem_breaks_nothing(opened: Open, front: Front) -> None:
    def gateway(asked: Asked) -> None:
        asked.begin(502, "text/html")
        asked.wfile.write(b"<html><h1>502 Bad Gateway</h1></html>")

    front.scripts["/api/ask"] = gateway
    shown = opened()
    shown.open()
    shown.ask(QUESTION)
    expect(shown.last).to_contain_text("Máy chủ gặp lỗi")
    expect(shown.last).not_to_contain_text("Bad Gateway")


def test_an_error_within_the_stream_is_told(opened: Open, front: Front) -> None:
    def fails(asked: Asked) -> None:
        asked.begin()
        asked.event("error", {"type": "/docs#internal", "status": 500, "title": "", "detail": "Báo mã 7."})

    front.scripts["/api/ask"] = fails
    shown = opened()
    shown.open()
    shown.ask(QUESTION)
    expect(shown.last).to_contain_text("Báo mã 7.")
    expect(shown.last.get_by_role("button", name=RETRY)).to_be_visible()


def test_waiting_says_what_happens_and_that_the_line_is_slow(opened: Open, front: Front) -> None:
    gate = threading.Event()

    def waits(asked: Asked) -> None:
        asked.begin()
        while not gate.wait(0.1):
            asked.wfile.write(b":\n\n")

    front.scripts["/api/ask"] = waits
    shown = opened()
    shown.open()
    shown.page.wait_for_load_state("networkidle")  # how many passages there are is asked when it opens
    shown.page.clock.install()
    shown.ask(QUESTION)
    status = shown.panel.get_by_role("status").first
    expect(status).to_contain_text(re.compile(r"Đang tìm trong \d+ đoạn"))
    shown.show("waiting")
    shown.page.clock.run_for(8000)
    expect(status).to_contain_text("Đường truyền chậm")
    shown.check_access()
    shown.panel.get_by_role("button", name="Dừng").click()
    expect(shown.last).to_contain_text("Đã dừng")
    expect(shown.panel.get_by_role("button", name="Hỏi", exact=True)).to_be_visible()
    gate.set()


def test_silence_is_taken_for_a_broken_line(opened: Open, front: Front) -> None:
    gate = threading.Event()

    def silent(asked: Asked) -> None:
        asked.begin()
        gate.wait(60)

    front.scripts["/api/ask"] = silent
    shown = opened()
    shown.open()
    shown.page.clock.install()
    shown.ask(QUESTION)
    expect(shown.panel.get_by_role("button", name="Dừng")).to_be_visible()
    shown.page.clock.run_for(41_000)
    expect(shown.last).to_contain_text("bị ngắt giữa chừng")
    gate.set()


def test_a_page_left_before_the_answer_came_keeps_the_question(opened: Open, front: Front) -> None:
    gate = threading.Event()

    def silent(asked: Asked) -> None:
        asked.begin()
        gate.wait(60)

    front.scripts["/api/ask"] = silent
    shown = opened()
    shown.open()
    shown.ask(QUESTION)
    expect(shown.panel.get_by_role("button", name="Dừng")).to_be_visible()
    shown.page.get_by_role("link", name="Trang khác").click()
    shown.page.wait_for_url("**/khac")
    expect(shown.last).to_contain_text("trang đã chuyển")
    gate.set()
    front.scripts.clear()
    shown.last.get_by_role("button", name=RETRY).click()
    shown.answered()


def test_a_chat_that_cannot_be_loaded_says_so_and_can_be_loaded_later(opened: Open, front: Front) -> None:
    shown = opened()
    front.down = True
    shown.start.click()
    failed = shown.page.locator("ocop-assistant .failed")
    expect(failed).to_contain_text("Chưa tải được")
    expect(failed.get_by_role("link")).to_have_attribute("href", f"{front.url}/")
    shown.faults.clear()  # what the loader tells the webmaster
    front.down = False
    shown.open()
    expect(failed).to_be_hidden()


def test_an_answer_that_is_no_stream_is_taken_too(opened: Open, front: Front) -> None:
    """A proxy may have dropped the Accept header."""

    def plain(asked: Asked) -> None:
        asked.begin(200, "application/json")
        asked.wfile.write(json.dumps(whole("Tỉnh có 62 sản phẩm. [1]", [citation(1)])).encode())

    front.scripts["/api/ask"] = plain
    shown = opened()
    shown.open()
    shown.ask(QUESTION)
    shown.answered()
    expect(shown.last.locator(".lines")).to_have_text("Tỉnh có 62 sản phẩm. 1")
