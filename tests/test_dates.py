"""Dates said in running text: the most precise reading, its span, and what only looks like a date."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import UNTIL_NOW, find_dates


def said(text: str) -> list[tuple[str, str | None, str]]:
    return [(mention.iso, mention.until, text[mention.start : mention.end]) for mention in find_dates(text)]


@pytest.mark.parametrize(
    ("text", "iso", "words"),
    [
        ("ngày 12/6/2020", "2020-06-12", "12/6/2020"),
        ("Đợt chấm 1/2025 của tỉnh", "2025", "Đợt chấm 1/2025"),
        ("hơn 2023 bao nhiêu sản phẩm", "2023", "2023"),
        ("họp 12-6-2020.", "2020-06-12", "12-6-2020"),
        ("12.6.2020", "2020-06-12", "12.6.2020"),
        ("từ 2020-06-12 đến nay", "2020-06-12", "2020-06-12"),
        ("08/12/2020 19:18 Số lượt xem: 1498", "2020-12-08", "08/12/2020"),
        ("ngày 12 tháng 6 năm 2020", "2020-06-12", "ngày 12 tháng 6 năm 2020"),
        ("ngay 5 thang 6 nam 2020", "2020-06-05", "ngay 5 thang 6 nam 2020"),
        ("Ngày 15/9, tại An Giang", "--09-15", "Ngày 15/9"),
        ("Chiều 08/12, Ban Chỉ đạo", "--12-08", "Chiều 08/12"),
        ("Sáng nay 20/10, ông", "--10-20", "nay 20/10"),
        ("ngày 12 tháng 6", "--06-12", "ngày 12 tháng 6"),
        ("Tính đến 31/12, tỉnh có", "--12-31", "đến 31/12"),
        ("tính đến tháng 6/2020", "2020-06", "tháng 6/2020"),
        ("tháng 6 năm 2020", "2020-06", "tháng 6 năm 2020"),
        ("tháng Sáu năm 2020", "2020-06", "tháng Sáu năm 2020"),
        ("tháng mười hai năm 2024", "2024-12", "tháng mười hai năm 2024"),
        ("thang 6 nam 2020", "2020-06", "thang 6 nam 2020"),
        ("đến tháng 8, tỉnh", "--08", "tháng 8"),
        ("đến 12/2021", "2021-12", "12/2021"),
        ("quý I/2024", "2024", "quý I/2024"),
        ("quý 3 năm 2023", "2023", "quý 3 năm 2023"),
        ("6 tháng đầu năm 2025", "2025", "6 tháng đầu năm 2025"),
        ("cuối năm 2024", "2024-12", "cuối năm 2024"),
        ("đến hết năm 2020", "2020-12", "hết năm 2020"),
        ("năm 2020.", "2020", "năm 2020"),
        ("nam 2020", "2020", "nam 2020"),
        ("trong 2024", "2024", "2024"),
        ("(2020)", "2020", "2020"),
        ("ngày 29/2/2024", "2024-02-29", "29/2/2024"),
    ],
)
def test_a_date(text: str, iso: str, words: str) -> None:
    assert said(text)[0] == (iso, None, words)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("giai đoạn 2021-2025", "2021", "2025"),
        ("giai đoạn 2021–2025", "2021", "2025"),
        ("giai đoạn 2017- 2020", "2017", "2020"),
        ("năm học 2023-2024", "2023", "2024"),
        ("từ năm 2018 đến năm 2020", "2018", "2020"),
        ("từ 2018 đến hết năm 2020", "2018", "2020"),
        ("tu nam 2018 den nam 2020", "2018", "2020"),
        ("từ năm 2018 đến nay", "2018", UNTIL_NOW),
        ("kể từ 2018 đến nay", "2018", UNTIL_NOW),
    ],
)
def test_a_period(text: str, first: str, last: str) -> None:
    assert [(iso, until) for iso, until, _ in said(text)] == [(first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "9/13 địa phương", "27/173 xã", "5/9 xã", "QĐ 26/2026", "26/2026/QĐ-TTg", "số 12/2020", "Nghị quyết 10/2019",
        "05/2022/TT-BNNPTNT", "32/1/2020", "31/4/2023", "29/2/2023", "ngày 31/02/2024", "2000 sản phẩm",
        "hơn 2000 người", "gần 2015 hộ", "12.020", "36 tháng", "mỗi tháng 2 lần", "6 tháng 1 lần", "đến 5/9 xã",
        "0912024", "1.2020.3", "tháng 13", "điểm 4,2020",
    ],
)  # fmt: skip
def test_no_date(text: str) -> None:
    assert said(text) == []


def test_several_dates_in_order() -> None:
    assert said("Năm 2023 và 2024, giai đoạn 2021-2025, ngày 1/7/2025.") == [
        ("2023", None, "Năm 2023"),
        ("2024", None, "2024"),
        ("2021", "2025", "2021-2025"),
        ("2025-07-01", None, "1/7/2025"),
    ]
    assert [mention.year for mention in find_dates("sáng 12/6; năm 2020")] == [None, "2020"]


def test_a_day_no_calendar_has_leaves_its_month() -> None:
    assert said("ngày 31 tháng 2 năm 2024") == [("2024-02", None, "tháng 2 năm 2024")]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from("/-."), st.booleans())
def test_every_day_in_every_form(day: date, mark: str, padded: bool) -> None:
    width = "02d" if padded else "d"
    digits = mark.join((format(day.day, width), format(day.month, width), str(day.year)))
    for text in (f"Ngày {digits}, tỉnh", f"({digits})", f"ngày {day.day} tháng {day.month} năm {day.year}"):
        assert [mention.iso for mention in find_dates(text)] == [day.isoformat()], text


@given(st.text(alphabet="0123456789/-.–, năm tháng quý ngày đến từ nay hết sản phẩm", max_size=60))
def test_mentions_are_ordered_and_real_days(text: str) -> None:
    mentions = find_dates(text)
    assert all(left.end <= right.start for left, right in pairwise(mentions))
    for mention in mentions:
        assert mention.start < mention.end
        if len(mention.iso) == 10:
            assert date.fromisoformat(mention.iso).isoformat() == mention.iso
        if mention.until is not None:
            assert mention.iso < mention.until
