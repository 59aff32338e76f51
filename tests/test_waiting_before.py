"""A dossier filed under a former rule is spoken of still: until when, by which rule, and one of another kind."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.law_days import days_meant
from assistant.question import Question, understand
from assistant.waiting_before import filed_on, with_filing
from evaluation.answers import assistant_over
from tests.asking import conversed

DAY = date(2026, 11, 22)
FIRST = "Tôi nộp hồ sơ OCOP lần đầu trước ngày 22/5/2026 mà chưa được đánh giá thì áp dụng quy định nào?"
AGAIN = "Hồ sơ phân hạng lại nộp ngày 21/5/2026 mà chưa được chấm thì phải xong trong bao nhiêu ngày?"


def asked(text: str, before: Question | None = None) -> Question:
    question = understand(text, DAY)
    return replace(question, filed=filed_on(question, before, DAY))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("hạn chót mấy ngày?", AGAIN.replace("phân hạng lại", "lần đầu")),
        ("còn hồ sơ chấm lại?", AGAIN),
        ("nếu là đánh giá, phân hạng lại thì sao?", AGAIN),
        ("Thế hồ sơ xin phân hạng lại nộp cùng lúc đó thì mấy ngày phải xong?", AGAIN),
        (
            "vậy theo luật cũ hay luật mới?",
            "Hồ sơ lần đầu nộp ngày 21/5/2026 mà chưa được chấm thì áp dụng quy định nào, phải xong trong bao nhiêu "
            "ngày?",
        ),
        # something else of it, or a day of its own
        ("Hồ sơ chấm lại gồm những gì?", None),
        ("Nộp ở đâu?", None),
        ("Thế hồ sơ chấm lại nộp ngày 1/6/2026 thì sao?", None),
        ("Sản phẩm 4 sao chấm lại trong bao lâu?", None),
    ],
)
def test_the_dossier_spoken_of_is_put_in(text: str, meant: str | None) -> None:
    assert with_filing(text, asked(FIRST), DAY) == meant


def test_it_is_spoken_of_until_something_else_is() -> None:
    before = asked(FIRST)
    assert before.filed == date(2026, 5, 21)
    assert asked("hạn chót mấy ngày?", before).filed == date(2026, 5, 21)
    assert asked("Sản phẩm tham gia chương trình gồm những nhóm nào theo quy định?", before).filed is None
    assert asked("Tôi định nộp hồ sơ ngày 1/3/2027 thì mất bao lâu?").filed is None


def test_a_kind_of_dossier_is_no_day_of_judging() -> None:
    days = days_meant(understand("Mình nộp hồ sơ chấm lần đầu hôm 10/4/2026, tới giờ vẫn chưa ai chấm.", DAY), DAY)
    assert days.filed == date(2026, 4, 10)


def test_what_is_told_before_tells_the_day(law_data: Path) -> None:
    answer = conversed(
        assistant_over(law_data),
        "Mình gửi hồ sơ hồi tháng 4/2026, lúc đó chưa có quyết định mới",
        "Lần đầu luôn, trước giờ chưa có sao nào",
        "Thế họ chấm mình theo quy định cũ hay mới?",
    )
    assert "60 ngày" in answer.text
    again = conversed(assistant_over(law_data), FIRST, "phải xong trong bao lâu?", "còn chấm lại thì mấy ngày?")
    assert "30 ngày" in again.text
