"""Numbers that fit a question at first sight and are of something else, or not the only ones."""

from datetime import date
from pathlib import Path

import pytest

from assistant.ask import Assistant
from evaluation.answers import assistant_over
from tests.asking import asking_reports

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def assistant(demo_data: Path) -> Assistant:
    return assistant_over(demo_data)


def test_a_number_of_a_year_to_come_is_no_target_unless_it_is_to_be_reached(assistant: Assistant) -> None:
    # "Một bài đăng năm 2024 cho con số lớn hơn: 230 sản phẩm", in an article of 2023
    assert "230" not in assistant.ask("Mục tiêu năm 2024 của Đắk Lắk là bao nhiêu sản phẩm?", as_of=TODAY).text
    assert "42" in assistant.ask("Năm 2024 Đắk Lắk có bao nhiêu sản phẩm 4 sao?", as_of=TODAY).text


def test_two_sources_that_one_article_sets_against_each_other_are_both_told(assistant: Assistant) -> None:
    answer = assistant.ask("Đồng Nai có bao nhiêu sản phẩm 5 sao?", as_of=TODAY)
    assert answer.text.split("\n")[:2] == [
        "Đồng Nai, 8/7/2025: 11 sản phẩm 5 sao. [1]",
        "Đồng Nai, 2025: 8 sản phẩm 5 sao. [2] [3]",
    ]
    assert any(notice.startswith("Các nguồn nêu số khác nhau") for notice in answer.notices)


def test_kinds_of_makers_are_ranked_where_all_are_counted(tmp_path: Path) -> None:
    ask = asking_reports(
        tmp_path,
        {
            "mot": (
                "2022-10-20",
                "OCOP Quảng Ngãi",
                "Tỉnh Quảng Ngãi có 31 chủ thể, gồm 8 doanh nghiệp với 22 sản phẩm, 12 hợp tác xã với 24 sản phẩm và "
                "11 hộ kinh doanh với 15 sản phẩm.",
            ),
            "hai": (
                "2022-10-20",
                "OCOP Phú Yên",
                "Tỉnh Phú Yên có 31 chủ thể OCOP, trong đó có 8 doanh nghiệp, 12 hợp tác xã, còn lại là cơ sở.",
            ),
        },
    )
    told = ask("Cơ cấu chủ thể OCOP Quảng Ngãi?", "Loại hình nào có nhiều sản phẩm nhất?")
    assert told.text.startswith("Hợp tác xã nhiều nhất: 24 sản phẩm.")
    # the rest may be more than any: only the sentence is told
    told = ask("Phú Yên loại hình chủ thể OCOP nào nhiều nhất?")
    assert "nhiều nhất:" not in told.text


def test_what_only_the_title_limits_is_not_added_up(tmp_path: Path) -> None:
    ask = asking_reports(
        tmp_path,
        {
            "mot": (
                "2024-05-10",
                "Phan Thiết có 35 sản phẩm OCOP, nước mắm chiếm phần lớn",
                "Sau 5 năm, toàn thành phố Phan Thiết có 35 sản phẩm OCOP: 12 sản phẩm 3 sao, 21 sản phẩm 4 sao.",
            ),
        },
    )
    assert "33" not in ask("Gộp cả 3 sao lẫn 4 sao, Phan Thiết có mấy sản phẩm nước mắm?").text
