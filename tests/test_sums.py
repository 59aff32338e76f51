"""Totals and their parts: added up, told apart, never mended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.figures.stated import figures
from index.figures.sums import SumCheck, sum_checks
from tests.test_figures import article


def checks(*sentences: str, rows: tuple[str, ...] = ()) -> tuple[SumCheck, ...]:
    made = article(*sentences, rows=rows)
    return sum_checks(made, figures(made))


@pytest.mark.parametrize(
    ("sentence", "expected", "found"),
    [
        ("Tỉnh có 62 sản phẩm của 29 cơ sở; trong đó, 18 sản phẩm đạt 4 sao, 44 sản phẩm đạt 3 sao.", 62, 62),
        ("Năm 2019, tỉnh có 28 sản phẩm, trong đó 9 sản phẩm 4 sao và 18 sản phẩm 3 sao.", 28, 27),
        ("Tỉnh có 62 sản phẩm (4 sao có 18 sản phẩm, 3 sao có 44 sản phẩm).", 62, 62),
        ("Toàn tỉnh có 97 sản phẩm. Trong đó, 9 sản phẩm 4 sao và 88 sản phẩm 3 sao.", 97, 97),
        ("Có 92 sản phẩm: 2 sản phẩm 5 sao, 3 sản phẩm tiềm năng 5 sao, 15 sản phẩm 4 sao, 72 sản phẩm 3 sao.", 92, 92),
        ("Toàn tỉnh có 67 chủ thể: 30 hộ, 22 hợp tác xã, 14 doanh nghiệp và 1 tổ hợp tác.", 67, 67),
        ("Toàn tỉnh có 67 chủ thể, gồm 30 hộ và 22 hợp tác xã.", 67, 52),
    ],
)
def test_a_total_and_its_parts(sentence: str, expected: float, found: float) -> None:
    (check,) = checks(sentence)
    assert (check.expected, check.found, check.difference) == (expected, found, found - expected)
    assert check.holds == (found == expected)
    assert check.total is not None
    assert check.total.value == expected
    assert sum(part.value for part in check.parts) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "Tỉnh có 62 sản phẩm, trong đó có 4 sản phẩm 5 sao.",  # some of it
        "Tỉnh có 62 sản phẩm, trong đó 4 sản phẩm 5 sao và 12 sản phẩm 4 sao.",  # those of three stars go unsaid
        "Tỉnh có 67 chủ thể, trong đó có 22 hợp tác xã và 14 doanh nghiệp.",
        "Tỉnh có trên 60 sản phẩm: 18 sản phẩm 4 sao, 44 sản phẩm 3 sao.",  # no exact total
        "Năm 2020 có 18 sản phẩm 4 sao. Năm 2021 có 44 sản phẩm 3 sao.",
    ],
)
def test_what_is_no_sum(sentence: str) -> None:
    assert checks(sentence) == ()


def test_shares_make_a_hundred() -> None:
    (check,) = checks("Hạng 3 sao chiếm 72,1%, hạng 4 sao 27,1%, hạng 5 sao 0,8%.")
    assert (check.total, check.expected, check.found, check.holds) == (None, 100, 100, True)
    (check,) = checks("Hạng 3 sao chiếm 72,1%, hạng 4 sao 37,1%, hạng 5 sao 0,8%.")
    assert (check.found, check.difference, check.holds) == (110, 10, False)
    assert checks("Hạng 3 sao chiếm 72,1%, hạng 4 sao 27,1%.") == ()


def test_a_row_of_totals() -> None:
    found = checks(rows=("Huyện | Số sản phẩm | Chủ thể", "Hải Hậu | 15 | 9", "Giao Thủy | 8 | 5", "Tổng | 24 | 14"))
    assert [(check.expected, check.found, check.holds) for check in found] == [(24, 23, False), (14, 14, True)]
    assert [[part.subplace for part in check.parts] for check in found] == [["Hải Hậu", "Giao Thủy"]] * 2


@given(st.integers(2, 5000), st.integers(2, 5000), st.integers(2, 5000))
def test_no_check_hides_or_mends_a_number(total: int, four: int, three: int) -> None:
    text = f"Tỉnh có {total} sản phẩm, trong đó {four} sản phẩm 4 sao và {three} sản phẩm 3 sao."
    made = article(text)
    before = figures(made)
    found = sum_checks(made, before)
    assert figures(made) == before
    assert [figure.value for figure in before] == [total, four, three]
    for check in found:
        assert check.total in before
        assert set(check.parts) <= set(before)
        assert check.holds == (four + three == total)
        assert check.difference == four + three - total
    if four <= total and three <= total:
        assert len(found) == 1
