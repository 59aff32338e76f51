"""Questions of the law put in plain words, over the demo: what each is told by, and what it is not told by."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import NO_RULE_SAYS, NOT_KNOWN_REPLACED
from assistant.ask import Assistant
from assistant.check import answer_faults
from evaluation.answers import assistant_over

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def assistant(demo_data: Path) -> Assistant:
    return assistant_over(demo_data)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("OCOP có từ khi nào?", ("490/QĐ-TTg", "07/5/2018"), "15 ngày"),
        ("Mức hỗ trợ nhãn hiệu tối đa bao nhiêu tiền?", ("53/2022/TT-BTC", "35 triệu đồng"), "3 điểm"),
        (
            "Quyết định 148 ban hành ngày nào, có hiệu lực ngày nào?",
            ("được ký ngày 24/2/2023", "có hiệu lực từ"),
            "26 bộ",
        ),
        ("Hiện nay áp dụng quyết định nào?", ("Áp dụng Quyết định 26/2026/QĐ-TTg",), "QĐ-UBND"),
        ("Tỉnh chấm 91, gửi lên trung ương người ta chấm có 87 thì sao?", ("không tới 90 điểm",), "Thành phần"),
        ("Đợt chấm lại, tỉnh có phải ngồi họp hay chỉ hỏi ý kiến?", ("bằng văn bản",), "trước 30/6"),
        ("Quy trình đánh giá lần đầu gồm những bước nào?", ("1. ", "khoản 4 Điều 7"), "bao gồm:\n"),
    ],
)
def test_what_a_question_is_told_by(question: str, said: tuple[str, ...], unsaid: str, assistant: Assistant) -> None:
    answer = assistant.ask(question, as_of=DAY)
    assert answer_faults(answer) == []
    assert answer.status == "answered"
    assert [value for value in said if value not in answer.text] == []
    assert unsaid not in answer.text


def test_a_label_rule_that_may_have_been_replaced_is_not_called_valid(assistant: Assistant) -> None:
    answer = assistant.ask("Quy chế nhãn hiệu OCOP 1162 còn hiệu lực không?", as_of=DAY)
    assert answer.status == "partial"
    assert answer.text.startswith(NOT_KNOWN_REPLACED)
    assert any("đã bị thay thế hay chưa" in notice for notice in answer.notices)


def test_no_is_said_plainly_to_who_asks_plainly(assistant: Assistant) -> None:
    assert assistant.ask("2 sao có được cấp giấy không?", as_of=DAY).text.startswith(NO_RULE_SAYS)


def test_a_count_that_a_rule_does_not_give_is_no_answer(assistant: Assistant) -> None:
    answer = assistant.ask("Hội đồng OCOP cấp tỉnh phải có tối thiểu bao nhiêu thành viên?", as_of=DAY)
    assert answer.status in ("partial", "no_evidence")


def test_after_a_withdrawal_no_clause_tells_when_to_come_again(assistant: Assistant) -> None:
    answer = assistant.ask("Bị thu hồi giấy thì sau bao nhiêu tháng mới được đăng ký lại?", as_of=DAY)
    assert "180 ngày" not in answer.text


def test_a_rule_named_before_the_question_is_no_question(assistant: Assistant) -> None:
    answer = assistant.ask("Theo QĐ 26, chủ thể nộp hồ sơ cho xã đúng không?", as_of=DAY)
    assert "có hiệu lực thi hành từ" not in answer.text


def test_which_product_was_the_first_is_not_told_by_what_a_product_is(assistant: Assistant) -> None:
    assert "đặc sản" in assistant.ask("Sản phẩm OCOP là gì?", as_of=DAY).text
    assert "đặc sản" not in assistant.ask("Sản phẩm OCOP đầu tiên của Việt Nam là gì?", as_of=DAY).text
