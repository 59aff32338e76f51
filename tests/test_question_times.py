"""When a question is about: the days a date means, by the day it is asked, and in years from the question before."""

from datetime import date

import pytest

from assistant.question import understand
from assistant.times import shift_in

ON = date(2026, 3, 15)


@pytest.mark.parametrize(
    ("text", "iso", "first", "last"),
    [
        ("Năm 2023 Huế có", "2023", "2023-01-01", "2023-12-31"),
        ("đầu 2026 tỉnh Gia Lai có", "2026", "2026-01-01", "2026-04-30"),
        ("hồi giữa 2020", "2020", "2020-04-01", "2020-09-30"),
        ("cuối 2023 còn", "2023", "2023-09-01", "2023-12-31"),
        ("cuối năm 2023 còn", "2023", "2023-09-01", "2023-12-31"),
        ("cuoi nam 2023", "2023", "2023-09-01", "2023-12-31"),
        ("tính đến hết năm 2024", "2024", "2024-11-01", "2024-12-31"),
        ("nửa đầu năm 2024", "2024", "2024-01-01", "2024-06-30"),
        ("6 tháng đầu năm 2024", "2024", "2024-01-01", "2024-06-30"),
        ("quý 3/2023 có", "2023", "2023-07-01", "2023-09-30"),
        ("quý IV năm 2022", "2022", "2022-10-01", "2022-12-31"),
        ("tháng 2/2024 có", "2024-02", "2024-02-01", "2024-02-29"),
        ("đầu tháng 9 năm 2025", "2025-09", "2025-09-01", "2025-09-12"),
        ("giữa tháng 11/2025", "2025-11", "2025-11-08", "2025-11-22"),
        ("cuối tháng 8/2023", "2023-08", "2023-08-20", "2023-08-31"),
        ("đến 31/12/2022", "2022-12-31", "2022-12-31", "2022-12-31"),
        ("năm ngoái Huế có", "2025", "2025-01-01", "2025-12-31"),
        ("cuối năm ngoái", "2025", "2025-09-01", "2025-12-31"),
        ("chỉ tiêu năm tới là", "2027", "2027-01-01", "2027-12-31"),
        ("sang năm Huế có", "2027", "2027-01-01", "2027-12-31"),
        ("năm kia có mấy sản phẩm", "2024", "2024-01-01", "2024-12-31"),
        ("đầu năm nay", "2026", "2026-01-01", "2026-04-30"),
        ("tháng trước công nhận", "2026-02", "2026-02-01", "2026-02-28"),
        ("tháng 9 năm ngoái", "2025-09", "2025-09-01", "2025-09-30"),
    ],
)
def test_the_days_a_date_means(text: str, iso: str, first: str, last: str) -> None:
    question = understand(text, ON)
    assert [(when.iso, when.first, when.last) for when in question.when] == [(iso, first, last)]
    assert question.dates == (iso,)


@pytest.mark.parametrize(
    "text", ["làm được mấy năm rồi", "2 năm rồi", "hai năm rồi", "bao nhiêu năm rồi", "những năm tới", "5 năm tới"]
)
def test_how_long_is_no_year(text: str) -> None:
    assert understand(text, ON).dates == ()


def test_the_year_gone_by_is_one() -> None:
    assert understand("năm rồi Huế có mấy sản phẩm", ON).dates == ("2025",)


@pytest.mark.parametrize(
    ("text", "known", "agrees"),
    [
        ("đầu năm 2025", "2025-02-10", True),
        ("đầu năm 2025", "2025-11-30", False),
        ("đầu năm 2025", "2025", True),
        ("cuối năm 2024", "2024-12-31", True),
        ("cuối năm 2024", "2024-03", False),
        ("quý 2/2024", "2024-06", True),
        ("tháng 9/2025", "2025-09-04", True),
        ("tháng 9/2025", "2025", True),
        ("năm 2025", "2024-12-31", False),
    ],
)
def test_a_known_date_agrees_where_days_are_shared(text: str, known: str, agrees: bool) -> None:
    (when,) = understand(text, ON).when
    assert when.agrees(known) is agrees


def test_this_year_alone_asks_for_what_holds_now() -> None:
    question = understand("Năm nay nộp hồ sơ ở đâu?", ON)
    assert (question.dates, question.now) == ((), True)


@pytest.mark.parametrize(
    ("text", "period"), [("Giai đoạn 2019 - 2022", ("2019", "2022")), ("từ năm 2021 đến hết 2024", ("2021", "2024"))]
)
def test_periods(text: str, period: tuple[str, str]) -> None:
    assert understand(text, ON).period == period


def test_part_of_a_year_is_no_content() -> None:
    question = understand("Hồi đầu 2025 Huế có bao nhiêu làng nghề?", ON)
    assert question.content == ("làng", "nghề")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Trước đó hai năm thì sao?", -2),
        ("trước đấy 3 năm", -3),
        ("Còn năm trước đó?", -1),
        ("một năm trước thì bao nhiêu", -1),
        ("cùng kỳ năm trước", -1),
        ("2 năm sau thì sao", 2),
        ("năm tiếp theo", 1),
        ("sau bao nhiêu năm", None),
        ("nộp trước bao nhiêu ngày", None),
    ],
)
def test_years_from_the_question_before(text: str, years: int | None) -> None:
    found = shift_in(text)
    assert (found[0] if found else None) == years


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Từ tháng 7 đến tháng 9/2025 cả nước thêm mấy sản phẩm?", ("2025-07", "2025-09")),
        ("tu thang 3 den thang 6/2024 Lao Cai them may san pham", ("2024-03", "2024-06")),
        ("Tháng 7 có lễ hội, năm 2025 Huế có mấy sản phẩm?", ("2025",)),
    ],
)
def test_a_month_is_of_the_year_that_the_next_says(text: str, dates: tuple[str, ...]) -> None:
    assert understand(text, ON).dates == dates
