"""A criteria set asked for by its number, and goods named without a question."""

from datetime import date
from pathlib import Path

import pytest

from assistant.ask import Assistant
from evaluation.answers import assistant_over

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def assistant(demo_data: Path) -> Assistant:
    return assistant_over(demo_data)


@pytest.mark.parametrize("text", ["Bộ 9 là gì?", "bộ tiêu chí số 9", "Bộ 9 dành cho sản phẩm gì?"])
def test_a_set_is_called_by_its_number(text: str, assistant: Assistant) -> None:
    answer = assistant.ask(text, as_of=DAY)
    assert answer.status == "answered"
    assert answer.text.startswith("Bộ tiêu chí 9: Tương, nước mắm, gia vị lỏng khác [1]\nCăn cứ: ")


def test_goods_named_alone_are_told_their_set(assistant: Assistant) -> None:
    assert assistant.ask("mật ong", as_of=DAY).text.startswith("Bộ tiêu chí 4: Mật ong")
    milk = assistant.ask("sữa", as_of=DAY)
    assert milk.status == "needs_clarification"
    assert milk.text.startswith("“sữa” có thể chấm theo bộ 2 hoặc bộ 8")


def test_the_set_of_another_product_is_never_told(assistant: Assistant) -> None:
    # set 7 is not held here
    for text in ("Kẹo dừa", "Kẹo dừa thuộc bộ tiêu chí nào?"):
        assert assistant.ask(text, as_of=DAY).status == "no_evidence"
