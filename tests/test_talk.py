"""What people say around their questions: thanks, corrections, what they tell of themselves before they ask."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import GO_ON, NOTED
from assistant.ask import Assistant
from assistant.talk import asks_nothing, corrected, tells, with_told
from evaluation.answers import assistant_over
from tests.asking import conversed

DAY = date(2026, 11, 22)
COUNT = "Tháng 11/2025 Quảng Ninh có bao nhiêu sản phẩm OCOP?"


@pytest.fixture(scope="module")
def assistant(demo_data: Path) -> Assistant:
    return assistant_over(demo_data)


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("ok cảm ơn bạn", True),
        ("nhiêu vậy à", True),
        ("ghê thật", True),
        ("cam on nhieu", True),
        ("được không?", False),
        ("cảm ơn, thế 4 sao?", False),
        ("Hồ sơ gồm những gì?", False),
    ],
)
def test_thanks_ask_nothing(text: str, nothing: bool) -> None:
    assert asks_nothing(text) is nothing


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("à không, ý tôi là 4 sao", "còn 4 sao"),
        ("nhầm, Quảng Ngãi cơ", "còn Quảng Ngãi"),
        ("à nhầm, ý mình là 3 sao", "còn 3 sao"),
        ("ý em hỏi là năm 2022", "còn năm 2022"),
        ("à, hồ sơ gồm những gì?", "à, hồ sơ gồm những gì?"),
        ("Không có giấy đăng ký kinh doanh thì sao?", "Không có giấy đăng ký kinh doanh thì sao?"),
        ("Quên nộp lại hồ sơ thì sao?", "Quên nộp lại hồ sơ thì sao?"),
    ],
)
def test_a_correction_goes_on_from_the_question_before(text: str, meant: str) -> None:
    assert corrected(text) == meant


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("HTX mình nuôi ong lấy mật, đang được 3 sao", True),
        ("giấy 4 sao của mình đến 15/2/2027 là hết hạn", True),
        ("tôi làm ở ủy ban phường", True),
        ("Tôi muốn làm OCOP cho chè nhà mình", False),
        ("cho tôi xin mẫu đơn đăng ký", False),
        ("nhà em làm nước mắm thì thuộc bộ nào", False),
        ("danh sách sản phẩm 4 sao Nam Định 2020", False),
        ("Hồ sơ của tôi nộp ở đâu?", False),
        ("bạn viết luôn giùm em bài tiểu luận nha", False),
    ],
)
def test_who_only_tells_asks_nothing_yet(text: str, only: bool) -> None:
    assert tells(text, after_telling=False) is only


def test_what_follows_needs_not_say_of_whom() -> None:
    text = "tới lúc có quyết định 26 vẫn chưa ai chấm"
    assert not tells(text, after_telling=False)
    assert tells(text, after_telling=True)
    assert with_told("Tôi nuôi ong.", "chấm theo bộ nào?") == "Tôi nuôi ong. Chấm theo bộ nào?"


def test_thanks_leave_what_was_spoken_of(assistant: Assistant) -> None:
    assert conversed(assistant, COUNT, "ok cảm ơn bạn").text == GO_ON
    assert "103 sản phẩm 4 sao" in conversed(assistant, COUNT, "ok cảm ơn bạn", "thế 4 sao?").text
    assert "103 sản phẩm 4 sao" in conversed(assistant, COUNT, "Giá vàng hôm nay bao nhiêu?", "thế 4 sao?").text


def test_a_correction_is_answered(assistant: Assistant) -> None:
    assert (
        "103 sản phẩm 4 sao"
        in conversed(assistant, "Tháng 11/2025 Quảng Ninh có mấy sản phẩm 5 sao?", "à nhầm, ý mình là 4 sao").text
    )
    answer = conversed(assistant, "4 sao phải bao nhiêu điểm?", "à không, ý tôi là 3 sao")
    assert "từ 50 đến dưới 70 điểm" in answer.text


def test_what_was_told_is_asked_of(assistant: Assistant) -> None:
    told = conversed(assistant, "Nhà em làm nước mắm")
    assert (told.status, told.text, told.citations) == ("needs_clarification", NOTED, ())
    assert "Bộ tiêu chí 9" in conversed(assistant, "Nhà em làm nước mắm", "chấm theo bộ nào vậy?").text


def test_a_rule_is_told_though_what_was_told_has_a_place(assistant: Assistant) -> None:
    answer = conversed(assistant, "Tôi làm bánh tráng ở Tây Ninh, mới mở hộ kinh doanh", "nộp hồ sơ ở đâu?")
    assert answer.status == "answered"
    assert "UBND cấp xã" in answer.text


def test_personal_data_told_is_not_kept(assistant: Assistant) -> None:
    answer = conversed(assistant, "Tôi là Nguyễn Văn An, số 0912345678, làm nước mắm", "chấm theo bộ nào vậy?")
    assert "0912345678" not in answer.text
