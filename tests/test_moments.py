"""The times a sentence speaks of: a year that it names itself dates what it says without one."""

import pytest

from index.figures.moments import find_moments


@pytest.mark.parametrize(
    ("text", "isos"),
    [
        ("Hết năm 2024, tỉnh có 313 sản phẩm; riêng trong năm thêm 73 sản phẩm.", ["2024-12", "2024"]),
        ("Trong năm có 73 sản phẩm được công nhận.", ["2025"]),
        ("So với năm 2019, trong năm có thêm 73 sản phẩm.", ["2019", "2025"]),
        ("Năm trước đó thành phố mới có 33 sản phẩm đạt.", ["2024"]),
        ("Năm 2021 có 79 sản phẩm đăng ký; năm trước đó chỉ có 33 sản phẩm đạt.", ["2021", "2020"]),
        ("Hai năm trước đó tỉnh có 44 sản phẩm.", []),
    ],
)
def test_a_year_of_its_sentence_dates_what_follows(text: str, isos: list[str]) -> None:
    assert [moment.iso for moment in find_moments(text, "2025-01-16")] == isos
