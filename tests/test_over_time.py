"""One place at two times: a period beside a day, a day beside now, a number the question gives, a province that grew;
and what is left of a total when its other parts are taken away."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import ratio_told, share_told
from assistant.ask import Assistant
from assistant.check import answer_faults
from evaluation.answers import assistant_over
from tests.archived import put
from tests.asking import asking, asking_reports

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def assistant(demo_data: Path) -> Assistant:
    return assistant_over(demo_data)


def lines(text: str) -> list[str]:
    return text.split("\n")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        # by now, from what was counted last
        ("Số sản phẩm của Thái Nguyên nay nhiều hơn năm 2022 mấy sản phẩm?", "Tăng 140 sản phẩm: từ 173 lên 313"),
        ("An Giang nay nhiều hơn năm 2023 bao nhiêu sản phẩm?", "Tăng 90 sản phẩm: từ 92 lên 182"),
        # the number given is of one of the two times; of the same year only what says its month is of one of them
        (
            "Nam Định tháng 6/2020 có 62 sản phẩm, đến cuối 2020 tăng thêm bao nhiêu?",
            "Tăng 84 sản phẩm: từ 62 lên 146",
        ),
    ],
)
def test_a_change_is_reckoned_between_two_times(question: str, told: str, assistant: Assistant) -> None:
    answer = assistant.ask(question, as_of=TODAY)
    assert answer.status == "answered"
    assert lines(answer.text)[0].startswith(told)
    assert answer_faults(answer) == []


def test_two_times_asked_without_a_word_of_change_are_both_told(assistant: Assistant) -> None:
    answer = assistant.ask("Tháng 8/2023 An Giang có mấy sản phẩm, sang tháng 2/2025 thì mấy?", as_of=TODAY)
    assert lines(answer.text)[1:] == ["- An Giang, 8/2023: 92 sản phẩm [1]", "- An Giang, 2/2025: 182 sản phẩm [2]"]


def test_what_a_province_had_before_it_grew_is_not_taken_from_what_it_has_since(assistant: Assistant) -> None:
    answer = assistant.ask("Lâm Đồng nay nhiều hơn năm 2021 bao nhiêu sản phẩm?", as_of=TODAY)
    assert answer.status == "partial"
    assert lines(answer.text)[1:] == ["- Lâm Đồng, 11/2021: 123 sản phẩm [1]", "- Lâm Đồng, 2/2026: 926 sản phẩm [2]"]
    assert answer.notices[0].startswith("Số liệu từ 1/7/2025 của Lâm Đồng gồm cả Bình Thuận và Đắk Nông")


def test_what_is_valid_no_more_is_the_rest_of_the_total_given(assistant: Assistant) -> None:
    answer = assistant.ask("Hà Nội xếp hạng 2.167 sản phẩm, trong đó bao nhiêu món hết hiệu lực?", as_of=TODAY)
    assert lines(answer.text)[0] == "Còn lại 296 sản phẩm (2.167 - 1.871). [1] [2]"


def test_periods_and_grades_that_no_sentence_counts(tmp_path: Path) -> None:
    ask = asking_reports(
        tmp_path,
        {
            "mot": (
                "2025-01-05",
                "Sáu năm OCOP ở Phú Thọ",
                "Giai đoạn 2019 - 2021 tỉnh Phú Thọ đã có 70 sản phẩm OCOP.",
                "Đến tháng 12/2024, toàn tỉnh Phú Thọ có 196 sản phẩm OCOP.",
            ),
            "hai": (
                "2024-11-01",
                "OCOP Cao Bằng",
                "Theo năm: 2020 Cao Bằng được 24 sản phẩm OCOP; 2021 được 35 sản phẩm; 2022 được 41 sản phẩm.",
                "Hiện toàn tỉnh Cao Bằng có 144 sản phẩm OCOP.",
            ),
            "ba": (
                "2024-03-01",
                "OCOP Bến Tre",
                "Tỉnh Bến Tre đã có 316 sản phẩm OCOP từ 3 sao trở lên, gồm 59 sản phẩm 4 sao và 5 sản phẩm 5 sao.",
            ),
            "bon": (
                "2024-03-01",
                "OCOP Sơn La",
                "Tỉnh Sơn La đã có 83 sản phẩm OCOP từ 3 sao trở lên, trong đó 33 sản phẩm 4 sao.",
            ),
        },
    )
    told = ask("Phú Thọ cuối 2024 nhiều hơn giai đoạn 2019-2021 bao nhiêu sản phẩm?")
    assert lines(told.text)[0].startswith("Tăng 126 sản phẩm: từ 70 lên 196 (196 - 70).")
    # what one year of several added is not what there was by then
    told = ask("Cao Bằng tháng 11/2024 nhiều hơn giai đoạn 2020-2022 bao nhiêu sản phẩm?")
    assert "103" not in told.text
    told = ask("Bến Tre 316 sản phẩm, bỏ 5 sao và 4 sao ra thì 3 sao còn bao nhiêu?")
    assert lines(told.text)[0] == "Còn lại 252 sản phẩm 3 sao (316 - 5 - 59). [1]"
    # how many have five stars is not said
    told = ask("Sơn La 83 sản phẩm, bỏ 4 sao ra thì 3 sao còn bao nhiêu?")
    assert "50" not in told.text


def test_grades_beside_totals_grades_apart_and_what_was_handed_out(tmp_path: Path) -> None:
    ask = asking_reports(
        tmp_path,
        {
            "mot": (
                "2024-10-20",
                "OCOP Nghệ An",
                "Tỉnh Nghệ An có 570 sản phẩm OCOP: 534 sản phẩm 3 sao, 35 sản phẩm 4 sao và 1 sản phẩm 5 sao.",
            ),
            "hai": (
                "2025-08-23",
                "OCOP Nghệ An tăng nhanh",
                "Tỉnh Nghệ An có hơn 740 sản phẩm OCOP từ 3 sao trở lên, gồm 45 sản phẩm 4 sao và 695 sản phẩm 3 sao.",
            ),
            "ba": (
                "2023-12-20",
                "Quảng Trị trao giấy chứng nhận",
                "Năm 2023, UBND tỉnh Quảng Trị cấp giấy chứng nhận 4 sao cho 5 sản phẩm.",
            ),
            "bon": (
                "2023-11-20",
                "Quảng Trị có 138 sản phẩm",
                "Gần 6 năm, Quảng Trị có 138 sản phẩm OCOP, gồm 43 sản phẩm 4 sao và 95 sản phẩm 3 sao.",
            ),
            "nam": (
                "2023-11-20",
                "OCOP Quảng Bình",
                "Tỉnh Quảng Bình đang có 168 sản phẩm OCOP: 28 sản phẩm 4 sao, 140 sản phẩm 3 sao.",
            ),
        },
    )
    told = ask("Sản phẩm 4 sao của Nghệ An lúc có 570 sản phẩm và lúc có hơn 740 sản phẩm chênh nhau mấy sản phẩm?")
    assert lines(told.text)[0] == "Chênh nhau 10 sản phẩm 4 sao (45 - 35). [1] [2]"
    # five handed out in one year are not all that there are
    told = ask("Quảng Bình với Quảng Trị, tỉnh nào nhiều sản phẩm OCOP 4 sao hơn?")
    assert lines(told.text)[0].startswith("Nhiều hơn là Quảng Trị: 43 sản phẩm 4 sao.")
    told = ask("Quảng Bình có bao nhiêu sản phẩm OCOP, chia 4 sao 3 sao thế nào?")
    assert [value for value in ("168", "28", "140") if value not in told.text] == []
    # what a sentence told says by the very word asked is not said to be missing
    assert not any("Không tìm thấy số liệu về" in notice for notice in told.notices)


def test_a_title_says_of_which_year_its_numbers_are_and_a_word_for_makers_is_heard(tmp_path: Path) -> None:
    title = "Sóc Trăng xếp sao cho 39 sản phẩm OCOP năm 2019"
    counted = "Cả thảy 39 sản phẩm có tên, thuộc về 21 đơn vị. Hạng 3 sao có 23 sản phẩm, hạng 4 sao có 16 sản phẩm."
    put(tmp_path, [counted], title=title, url="https://bao.example/mot", published=None)
    ask = asking(tmp_path)
    told = ask("Năm 2019 Sóc Trăng công nhận mấy sản phẩm OCOP của mấy đơn vị, chia 4 sao 3 sao thế nào?")
    assert told.status == "answered"
    assert [value for value in ("39", "21", "16", "23") if value not in told.text] == []
    assert told.notices[0].startswith("Thời gian lấy theo tiêu đề bài nguồn")
    assert ask("Năm 2020 Sóc Trăng công nhận mấy sản phẩm OCOP?").status == "partial"


@pytest.mark.parametrize(
    ("share", "beside", "told"),
    [(90.909, (), 90.9), (29.03, (), 29.0), (9.278, (), 9.3), (0.714, (), 0.71), (30.31, (30.31, 30.29), 30.31)],
)
def test_a_share_is_told_in_tenths_unless_that_hides_something(
    share: float, beside: tuple[float, ...], told: float
) -> None:
    assert share_told(share, beside) == told


@pytest.mark.parametrize(("ratio", "told"), [(62 / 29, 2.14), (92 / 62, 1.48), (36.62, 36.6)])
def test_ratios_and_averages_are_told_in_hundredths_below_ten(ratio: float, told: float) -> None:
    assert ratio_told(ratio) == told
