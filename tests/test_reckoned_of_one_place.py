"""What is worked out of several figures of one place, one page or two sources: grades and makers set beside one
another, parts against their total, rounds of a table, what would be, and which places of a list come first."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, Calculation
from assistant.ask import Assistant
from assistant.check import answer_faults
from evaluation.answers import assistant_over, says_value

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def assistant(demo_data: Path) -> Assistant:
    return assistant_over(demo_data)


def _reckonings(answer: Answer) -> list[tuple[str, list[float], float]]:
    calculations = (claim.calculation for claim in answer.claims)
    known: list[Calculation] = [one for one in calculations if one is not None]
    return [(one.operation, [operand.value for operand in one.operands], one.result) for one in known]


@pytest.mark.parametrize(
    ("question", "reckonings"),
    [
        # grades, makers
        ("Hà Nội hàng 3 sao hay 4 sao nhiều hơn?", [("maximum", [1369, 780], 1369)]),
        ("Gia Lai hàng 3 sao với 4 sao hạng nào ít hơn?", [("minimum", [127, 884], 127)]),
        (
            "Ở An Giang doanh nghiệp hay hợp tác xã làm OCOP nhiều hơn, chênh bao nhiêu?",
            [("maximum", [21, 5], 21), ("difference", [21, 5], 16)],
        ),
        (
            "Cuối năm 2022 Bắc Giang cũ hàng 3 sao gấp mấy lần hàng 4 sao?",
            [("maximum", [174, 31], 174), ("quotient", [174, 31], 5.61)],
        ),
        # parts and their total
        (
            "Lâm Đồng tháng 2/2026 cộng 3 sao với 4 sao còn thiếu bao nhiêu so với tổng số?",
            [("sum", [844, 75], 919), ("difference", [926, 844, 75], 7)],
        ),
        (
            "Thái Nguyên năm 2022 ba hạng 3, 4 và 5 sao cộng lại có khớp tổng 173 không?",
            [("sum", [91, 80, 2], 173), ("difference", [173, 91, 80, 2], 0)],
        ),
        # a total that is only bounded is not set against the sum
        ("Ba hạng sao của Đồng Tháp cộng lại được bao nhiêu, có bằng tổng không?", [("sum", [799, 199, 4], 1002)]),
        # shares and averages, the whole given in the question
        ("Trong 31 chủ thể Quảng Ngãi, doanh nghiệp chiếm mấy phần trăm?", [("share", [8, 31], 25.8)]),
        ("Trong 97 sản phẩm của Cao Bằng, 4 sao chiếm mấy phần trăm?", [("share", [9, 97], 9.3)]),
        ("Mỗi chủ thể ở Cao Bằng bình quân mấy món, biết tỉnh có 97 sản phẩm?", [("quotient", [97, 67], 1.45)]),
        # over time
        ("Trong hai năm 2023-2024 Thái Nguyên tăng thêm mấy sản phẩm?", [("difference", [313, 173], 140)]),
        (
            "Đắk Lắk từ năm 2023 sang năm 2024 số sản phẩm 4 sao tăng gấp mấy lần?",
            [("difference", [42, 19], 23), ("quotient", [42, 19], 2.21)],
        ),
        # of the country
        ("Quảng Ninh chiếm bao nhiêu phần trăm sản phẩm OCOP của cả nước?", [("share", [437, 18243], 2.4)]),
        # where the sentence of its number does not name it
        ("Năm 2022 Thái Nguyên chiếm mấy phần trăm sản phẩm OCOP cả nước?", [("share", [173, 8689], 2)]),
        # rounds of a table
        ("Ba đợt công nhận 5 sao cộng lại là mấy sản phẩm?", [("sum", [22, 28, 47], 97)]),
        # two sources
        ("Hai nguồn về số chủ thể cả nước cuối năm 2024 chênh nhau mấy chủ thể?", [("difference", [8476, 8086], 390)]),
        # what would be
        ("Nếu 17 sản phẩm tiềm năng của Tiền Giang đều đậu 5 sao thì có mấy sản phẩm 5 sao?", [("sum", [1, 17], 18)]),
    ],
)
def test_the_arithmetic_is_shown_with_its_parts(
    question: str, reckonings: list[tuple[str, list[float], float]], assistant: Assistant
) -> None:
    answer = assistant.ask(question, as_of=TODAY)
    assert answer.status == "answered", answer.text
    assert _reckonings(answer) == reckonings
    assert answer_faults(answer) == []
    operands = {value for _, values, _ in reckonings for value in values}
    assert [value for value in operands if not says_value(answer.text, f"{value:,.0f}".replace(",", "."))] == []


@pytest.mark.parametrize(
    "question",
    [
        "Năm 2019 Cao Bằng hạng 3 sao nhiều hay 4 sao nhiều?",
        "Cà Mau có bao nhiêu sản phẩm 3 sao với 4 sao cộng lại?",
        "Nếu năm hồ sơ của Thanh Hóa đều đậu thì tỉnh có mấy sản phẩm 5 sao?",
        # what is only proposed for a grade is not of it
        "Lâm Đồng 5 sao hay 4 sao nhiều hơn?",
    ],
)
def test_what_is_not_held_is_not_reckoned(question: str, assistant: Assistant) -> None:
    assert _reckonings(assistant.ask(question, as_of=TODAY)) == []


def test_all_provinces_are_compared_by_totals_of_their_own(assistant: Assistant) -> None:
    answer = assistant.ask("Tỉnh nào có nhiều sản phẩm 5 sao nhất?", as_of=TODAY)
    assert answer.text.startswith("Nhiều nhất là Đồng Nai: 11 sản phẩm 5 sao.")
    # 28 were recognised in the whole country, as an article about Quảng Nam tells
    assert "28 sản phẩm" not in answer.text


def test_a_number_told_again_is_no_change(assistant: Assistant) -> None:
    answer = assistant.ask("Hải Phòng năm 2020 với năm 2021 chênh nhau bao nhiêu sản phẩm?", as_of=TODAY)
    assert _reckonings(answer) == []


def test_rounds_of_other_times_are_not_added(assistant: Assistant) -> None:
    answer = assistant.ask("Cộng ba đợt công nhận 5 sao năm 2021 được mấy sản phẩm?", as_of=TODAY)
    assert answer.status != "answered"
    assert _reckonings(answer) == []


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("Ba nơi nhiều sản phẩm nhất Quảng Ngãi tháng 10/2022 là những nơi nào?", ["Mộ Đức", "19", "Trà Bồng", "11"]),
        ("Ba huyện góp nhiều sản phẩm nhất trong danh mục Bắc Ninh năm 2023?", ["Quế Võ", "Từ Sơn", "Thuận Thành"]),
        ("Huyện nào ở Bắc Ninh có 13 sản phẩm trong danh mục năm 2023?", ["Thuận Thành"]),
        ("Tháng 4/2022 những tỉnh nào nhiều sản phẩm hơn Bến Tre?", ["Đồng Tháp", "265", "Sóc Trăng", "144", "131"]),
        ("An Giang chỗ ghi 92, chỗ ghi 182, tin số nào?", ["92", "182"]),
        ("Con số 138 và 230 của Đắk Lắk có mâu thuẫn không?", ["138", "230", "không mâu thuẫn"]),
    ],
)
def test_places_and_numbers_are_told_beside_one_another(question: str, values: list[str], assistant: Assistant) -> None:
    answer = assistant.ask(question, as_of=TODAY)
    assert answer.status == "answered", answer.text
    assert [value for value in values if value.casefold() not in answer.text.casefold()] == []
    assert answer_faults(answer) == []


def test_why_numbers_must_not_be_compared_is_not_answered_by_comparing_them(assistant: Assistant) -> None:
    answer = assistant.ask("Vì sao không nên lấy số OCOP Lâm Đồng năm 2021 so với năm 2026?", as_of=TODAY)
    assert _reckonings(answer) == []
    assert "phạm vi" in answer.text


def test_a_province_stands_beside_the_country(assistant: Assistant) -> None:
    answer = assistant.ask("Thái Nguyên năm 2024 có bao nhiêu sản phẩm, còn cả nước là bao nhiêu?", as_of=TODAY)
    assert answer.status == "answered"
    assert [says_value(answer.text, value) for value in ("313", "14.642")] == [True, True]
    assert any("Thái Nguyên: tháng 12/2024" in notice for notice in answer.notices)


def test_where_a_province_stands_among_all_is_no_share(assistant: Assistant) -> None:
    asked = "Sản phẩm 5 sao của Quảng Ninh chiếm bao nhiêu phần trăm, đứng thứ mấy cả nước?"
    said = [one.calculation for one in assistant.ask(asked, as_of=TODAY).claims if one.calculation is not None]
    assert all(126 not in [operand.value for operand in one.operands] for one in said)


def test_the_share_of_what_is_not_known_is_not_reckoned(assistant: Assistant) -> None:
    answer = assistant.ask("Năm 2019 Thái Nguyên chiếm bao nhiêu phần trăm sản phẩm OCOP cả nước?", as_of=TODAY)
    assert (answer.status, answer.claims) == ("no_evidence", ())
