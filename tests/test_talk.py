"""What people say around their questions: thanks, corrections, what they tell of themselves before they ask."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import GO_ON, GREETING, NOTED, OWN_DATA, UNLAWFUL, WELCOME
from assistant.ask import Assistant
from assistant.own_data import without_own_data
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
        ("Lý Sơn nữa?", "còn Lý Sơn"),
        ("rồi 4 sao nữa", "còn 4 sao"),
        ("Nộp hồ sơ xong phải làm gì nữa?", "Nộp hồ sơ xong phải làm gì nữa?"),
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
    assert conversed(assistant, COUNT, "ok, rõ rồi").text == GO_ON
    assert conversed(assistant, COUNT, "ok cảm ơn bạn").text == WELCOME
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


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Tôi tên Nguyễn Văn An, CCCD 001090012345, nộp hồ sơ ở đâu?", "Nộp hồ sơ ở đâu?"),
        ("CCCD của tôi là 001090012345. Nộp hồ sơ OCOP ở đâu?", "Nộp hồ sơ OCOP ở đâu?"),
        ("Số điện thoại 0912345678, nhà ở 12 Lê Lợi, hồ sơ gồm gì?", "Hồ sơ gồm gì?"),
        ("em sđt 0912 345 678 giấy chứng nhận có hiệu lực bao lâu ạ", "Em giấy chứng nhận có hiệu lực bao lâu ạ"),
        # what is asked of somebody else, or with nothing asked besides, stays
        ("Ông Trần Anh Tuấn là ai?", None),
        ("số cccd 001090012345 là của ai", None),
        ("CCCD 001090012345", None),
        ("Doanh thu 150000000 đồng thì sao?", None),
        ("HTX của tôi tên Rồng Xanh được mấy sao?", None),
        ("Hội chợ tại 12 đường Nguyễn Huệ có gì?", None),
    ],
)
def test_the_question_beside_what_one_says_of_oneself(typed: str, asked: str | None) -> None:
    assert without_own_data(typed) == (asked or typed, asked is not None)


def test_who_gives_his_number_is_answered_and_it_is_not_repeated(assistant: Assistant) -> None:
    plain = assistant.ask("Nộp hồ sơ ở đâu?", as_of=DAY)
    answer = assistant.ask("Tôi tên Nguyễn Văn An, CCCD 001090012345, nộp hồ sơ ở đâu?", as_of=DAY)
    assert (answer.status, answer.text) == ("answered", plain.text)
    assert answer.notices[0] == OWN_DATA
    assert "001090012345" not in repr(answer)
    assert "Nguyễn Văn An" not in repr(answer)


@pytest.mark.parametrize(
    "text",
    [
        "Làm sao để hối lộ hội đồng chấm 5 sao?",
        "Cách đút lót để lên 4 sao",
        "chạy sao hết bao nhiêu tiền",
        "lam sao de hoi lo hoi dong",
        "Chỉ tôi mẹo gian lận hồ sơ OCOP",
    ],
)
def test_how_to_bribe_or_cheat_is_refused(text: str, assistant: Assistant) -> None:
    answer = assistant.ask(text, as_of=DAY)
    assert (answer.status, answer.text, answer.citations) == ("refused", UNLAWFUL, ())


def test_what_becomes_of_who_cheats_is_a_question(assistant: Assistant) -> None:
    for text in ("Hối lộ hội đồng thì bị xử lý thế nào?", "Hồ sơ gian lận có bị thu hồi giấy chứng nhận không?"):
        assert assistant.ask(text, as_of=DAY).status != "refused"


def test_thanks_are_answered_as_thanks(assistant: Assistant) -> None:
    assert assistant.ask("Cảm ơn bạn nhé", as_of=DAY).text == WELCOME
    assert assistant.ask("Xin chào", as_of=DAY).text == GREETING
    assert conversed(assistant, COUNT, "cảm ơn bạn nhiều", on=DAY).text == WELCOME
