"""What the first places of a province make together, what is left without them, and by how much the first leads."""

from datetime import date
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.check import answer_faults
from evaluation.answers import assistant_over

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def assistant(demo_data: Path) -> Assistant:
    return assistant_over(demo_data)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Ba nơi dẫn đầu Quảng Ngãi tháng 10/2022 gộp lại được bao nhiêu sản phẩm?",
            "Mộ Đức, thành phố Quảng Ngãi, Trà Bồng: 19 + 12 + 11 = 42 sản phẩm.",
        ),
        (
            "Trừ ba nơi đứng đầu, các địa phương còn lại của Quảng Ngãi tháng 10/2022 gộp lại có bao nhiêu sản phẩm?",
            "Các địa phương còn lại: 19 sản phẩm (61 - 19 - 12 - 11).",
        ),
        (
            "Địa phương nào ở Quảng Ngãi nhiều sản phẩm OCOP nhất tháng 10/2022 và hơn nơi đứng nhì mấy sản phẩm?",
            "Mộ Đức hơn thành phố Quảng Ngãi 7 sản phẩm (19 - 12).",
        ),
    ],
)
def test_the_first_places_are_reckoned_with(question: str, told: str, assistant: Assistant) -> None:
    answer = assistant.ask(question, as_of=TODAY)
    assert answer.text.split("\n")[0].startswith(told)
    assert answer_faults(answer) == []


def test_more_places_than_are_stated_are_not_added(assistant: Assistant) -> None:
    answer = assistant.ask("Năm nơi dẫn đầu Quảng Ngãi tháng 10/2022 gộp lại được bao nhiêu sản phẩm?", as_of=TODAY)
    assert "42" not in answer.text


@pytest.mark.parametrize("asked", ["Danh mục OCOP Bắc Ninh năm 2023 nhiều hơn danh mục năm 2022 bao nhiêu sản phẩm?"])
def test_a_list_is_set_beside_a_list(asked: str, assistant: Assistant) -> None:
    # in 2022 the province had 93 in all; its list of that year has 62
    assert assistant.ask(asked, as_of=TODAY).text.startswith("Tăng 40 sản phẩm: từ 62 lên 102")
