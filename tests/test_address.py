"""Document numbers and units of law, in the spellings people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.law.address import DocumentNumber, UnitAddress, find_document_numbers, find_unit
from index.text import strip_marks


def read(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(number.number, number.year, number.code, number.issuer) for number in find_document_numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected", "label"),
    [
        ("26/2026/QĐ-TTg", ("26", "2026", "QĐ", "TTG"), "26/2026/QĐ-TTg"),
        ("26/2026/qd-ttg", ("26", "2026", "QĐ", "TTG"), "26/2026/QĐ-TTg"),
        ("Quyết định số 26/2026/QĐ–TTg", ("26", "2026", "QĐ", "TTG"), "26/2026/QĐ-TTg"),
        ("148 /QĐ-TTg", ("148", None, "QĐ", "TTG"), "148/QĐ-TTg"),
        ("0148/QĐ-TTg", ("148", None, "QĐ", "TTG"), "148/QĐ-TTg"),
        ("QĐ 148", ("148", None, "QĐ", None), "QĐ 148"),
        ("qd148", ("148", None, "QĐ", None), "QĐ 148"),
        ("quyết định số 148", ("148", None, "QĐ", None), "QĐ 148"),
        ("quyet dinh 26/2026", ("26", "2026", "QĐ", None), "QĐ 26/2026"),
        ("QĐ26/2026", ("26", "2026", "QĐ", None), "QĐ 26/2026"),
        ("Thông tư số 05/2022/TT-BNNPTNT", ("5", "2022", "TT", "BNNPTNT"), "05/2022/TT-BNNPTNT"),
        ("07/2021/NQ-HĐND", ("7", "2021", "NQ", "HDND"), "07/2021/NQ-HĐND"),
        ("01/QĐ-BCĐTW", ("1", None, "QĐ", "BCDTW"), "01/QĐ-BCĐTW"),
        ("1162/QĐ-VPĐP-OCOP", ("1162", None, "QĐ", "VPDP-OCOP"), "1162/QĐ-VPĐP-OCOP"),
        ("Nghị quyết số 202/2025/QH15", ("202", "2025", None, "QH15"), "202/2025/QH15"),
        ("Kế hoạch 2134/KH-UBND", ("2134", None, "KH", "UBND"), "2134/KH-UBND"),
        ("quyết định 919 năm 2022", ("919", None, "QĐ", None), "QĐ 919"),
        ("quyết định 655 huyện Đá Vàng", ("655", None, "QĐ", None), "QĐ 655"),
        ("quyết định 655 huyện đá vàng", ("655", None, "QĐ", None), "QĐ 655"),
        ("quyết định 655 TỈNH", ("655", None, "QĐ", None), "QĐ 655"),
        ("QĐ 35 huyện Đá Vàng", ("35", None, "QĐ", None), "QĐ 35"),
        ("QĐ 12 ngày nào", ("12", None, "QĐ", None), "QĐ 12"),
        ("quyết định 12 ngày ký là bao giờ", ("12", None, "QĐ", None), "QĐ 12"),
        ("kế hoạch 12 ngày 5/6/2025", ("12", None, "KH", None), "KH 12"),
        ("nghị quyết 12 ngày 5 tháng 6 năm 2025", ("12", None, "NQ", None), "NQ 12"),
        ("quyết định 12 tháng 6/2025", ("12", None, "QĐ", None), "QĐ 12"),
    ],
)
def test_document_numbers(text: str, expected: tuple[str, str | None, str | None, str | None], label: str) -> None:
    assert read(text) == [expected]
    assert find_document_numbers(text)[0].label == label


@pytest.mark.parametrize(
    "text",
    [
        "12/6/2020", "tháng 6/2020", "9/13 địa phương", "62 sản phẩm", "giai đoạn 2021/2025", "kế hoạch năm 2025",
        "kế hoạch 2025 của tỉnh", "ke hoach 2025", "quyết định công nhận 13 sản phẩm", "quyết định 13 sản phẩm",
        "kế hoạch 100 sản phẩm", "quyết định 5 sao", "tt 62 sản phẩm", "kế hoạch 50%", "kế hoạch 1.000 hộ",
        "kế hoạch 100 xã Nông thôn mới", "kế hoạch 9 tháng 2025", "kế hoạch 30 ngày 5 sản phẩm", "kế hoạch 5 ngày nào",
        "quyết định 13 xã", "quyết định 13 xã đạt chuẩn", "QUYẾT ĐỊNH 13 XÃ ĐẠT CHUẨN", "quyết định 2 tỉnh nào",
        "Quyết định này", "http://a.vn/148/qd",
    ],
)  # fmt: skip
def test_no_document_number(text: str) -> None:
    assert read(text) == []


def test_spans_and_order() -> None:
    text = "QĐ 26/2026/QĐ-TTg thay 148/QĐ-TTg và QĐ 1489."
    numbers = find_document_numbers(text)
    assert [text[number.start : number.end] for number in numbers] == ["26/2026/QĐ-TTg", "148/QĐ-TTg", "QĐ 1489"]


def number(text: str) -> DocumentNumber:
    return find_document_numbers(text)[0]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("QĐ 148", "148/QĐ-TTg", True),
        ("QĐ 26", "26/2026/QĐ-TTg", True),
        ("148/QĐ-UBND", "148/QĐ-TTg", False),
        ("26/2025/QĐ-TTg", "26/2026/QĐ-TTg", False),
        ("Thông tư 148", "148/QĐ-TTg", False),
        ("QĐ 1489", "148/QĐ-TTg", False),
    ],
)
def test_whether_two_numbers_can_be_one_document(left: str, right: str, same: bool) -> None:
    assert number(left).matches(number(right)) is same
    assert number(right).matches(number(left)) is same


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("điểm a khoản 6 Điều 7", UnitAddress(dieu="7", khoan="6", diem="a")),
        ("dieu 7 khoan 6 diem a", UnitAddress(dieu="7", khoan="6", diem="a")),
        ("Điều 7.6 nói gì", UnitAddress(dieu="7", khoan="6")),
        ("điểm đ khoản 1", UnitAddress(khoan="1", diem="đ")),
        ("điểm d khoản 1", UnitAddress(khoan="1", diem="d")),
        ("Điều 12a", UnitAddress(dieu="12a")),
        ("điều 07", UnitAddress(dieu="7")),
        ("phụ lục 2", UnitAddress(appendix="II")),
        ("Phụ lục iii", UnitAddress(appendix="III")),
        ("mẫu số 1", UnitAddress(form="01")),
        ("Mẫu 02", UnitAddress(form="02")),
        ("khoản 1 và khoản 2 Điều 3", UnitAddress(dieu="3", khoan="1")),
        ("điểm bán hàng OCOP", UnitAddress()),
        ("68 điểm thì mấy sao", UnitAddress()),
        ("điều kiện 5 sao", UnitAddress()),
        ("mẫu mã 3 loại", UnitAddress()),
        ("İİİİ điểm a", UnitAddress(diem="a")),
    ],
)
def test_units(text: str, unit: UnitAddress) -> None:
    assert find_unit(text) == unit


def test_labels_are_those_of_sections() -> None:
    unit = UnitAddress(dieu="7", khoan="6", diem="a", appendix="II", form="01")
    assert unit.labels == ("Phụ lục II", "Mẫu số 01", "Điều 7", "khoản 6", "điểm a")
    assert UnitAddress().empty
    assert not unit.empty


@given(
    st.integers(1, 99999),
    st.one_of(st.none(), st.integers(1990, 2099)),
    st.sampled_from(["QĐ", "NQ", "NĐ", "TT", "KH", "CV", "CT", "HD", "TTr"]),
    st.sampled_from(["TTg", "UBND", "HĐND", "BNNMT", "BCĐTW", "CP"]),
)
def test_a_number_reads_the_same_with_marks_and_without(value: int, year: int | None, code: str, issuer: str) -> None:
    written = f"{value}/{year}/{code}-{issuer}" if year else f"{value}/{code}-{issuer}"
    expected = (str(value), str(year) if year else None, code, strip_marks(issuer).upper())
    assert read(f"Theo {written}, tỉnh") == [expected]
    assert read(strip_marks(f"theo {written}, tinh").lower()) == [expected]
    assert number(number(written).label).matches(number(written))


@given(st.text(max_size=80))
def test_no_text_breaks_them(text: str) -> None:
    for mention in find_document_numbers(text):
        assert 0 <= mention.start < mention.end
    find_unit(text)


def test_a_sum_of_money_is_no_clause() -> None:
    assert find_unit("Khoản 1,93 tỷ đồng tiền thưởng").empty
    assert find_unit("khoản 1 Điều 8").khoan == "1"
