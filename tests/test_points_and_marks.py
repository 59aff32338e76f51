"""Points and minimum marks: what a criterion lacked takes, two stars side by side, what no scale has."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import HIGHER_STAR, LESS_BY_MARKS
from assistant.ask import Assistant
from assistant.check import answer_faults
from evaluation.answers import assistant_over

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def assistant(demo_data: Path) -> Assistant:
    return assistant_over(demo_data)


@pytest.mark.parametrize(
    ("question", "criterion", "most"),
    [
        ("Cà phê của tôi 92 điểm nhưng không có hợp đồng liên kết, được mấy sao?", "1.5. ", 3),
        ("Cà phê 73 điểm mà chưa có hợp đồng liên kết thì xếp hạng mấy sao?", "1.5. ", 3),
        ("Cà phê nhà em 85 điểm nhưng chưa có câu chuyện sản phẩm, được mấy sao?", "5.1. ", 3),
    ],
)
def test_a_criterion_lacked_takes_stars(question: str, criterion: str, most: int, assistant: Assistant) -> None:
    answer = assistant.ask(question, as_of=DAY)
    assert answer_faults(answer) == []
    assert answer.status == "answered"
    assert answer.text.startswith(LESS_BY_MARKS)
    assert f"Không đạt mức ấy thì chưa được {most + 1} sao, nhiều nhất là {most} sao." in answer.text
    assert any(line.startswith(criterion) and "****" in line for line in answer.text.splitlines())


@pytest.mark.parametrize(
    "question",
    [
        "Cà phê 65 điểm mà không có hợp đồng liên kết thì được mấy sao?",  # nothing at three stars asks for it
        "Cà phê 92 điểm thì được mấy sao?",
    ],
)
def test_where_nothing_is_taken_points_answer(question: str, assistant: Assistant) -> None:
    answer = assistant.ask(question, as_of=DAY)
    assert answer.status == "answered"
    assert LESS_BY_MARKS not in answer.text


def test_two_stars_side_by_side(assistant: Assistant) -> None:
    answer = assistant.ask("So sánh điều kiện 4 sao và 5 sao của cà phê", as_of=DAY)
    assert answer_faults(answer) == []
    four, _, five = answer.text.partition(HIGHER_STAR)
    assert "từ 70 đến dưới 90 điểm" in four
    assert "từ 90 đến 100 điểm" in five
    assert "*****)" not in four
    assert "*****)" in five
    assert [notice[:11] for notice in answer.notices[:2]] == ["Để được 4 s", "Để được 5 s"]


def test_a_star_by_itself_is_its_own_line(assistant: Assistant) -> None:
    text = assistant.ask("4 sao", as_of=DAY).text
    assert text.startswith("b) 4 sao: từ 70 đến dưới 90 điểm")
    assert "Căn cứ: điểm b khoản 3 Điều 3" in text


def test_parts_have_no_least(assistant: Assistant) -> None:
    answer = assistant.ask("Cà phê cần bao nhiêu điểm phần B để được 4 sao?", as_of=DAY)
    assert answer.notices[0].startswith("Quy định không đặt điểm tối thiểu cho riêng từng phần")
    assert "tối đa 25 điểm" in answer.text


def test_by_how_much_a_part_changed(assistant: Assistant) -> None:
    answer = assistant.ask("Điểm phần C năm 2020 và hiện nay chênh nhau bao nhiêu?", as_of=DAY)
    assert answer_faults(answer) == []
    assert answer.text.startswith("Phần C: 40 điểm và 35 điểm, chênh nhau 5 điểm.")


def test_points_of_sale_are_no_points(assistant: Assistant) -> None:
    assert "Không có mức điểm ấy" not in assistant.ask("Có 101 điểm bán sản phẩm OCOP không?", as_of=DAY).text
