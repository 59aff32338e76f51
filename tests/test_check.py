"""The check between composing and the reader: what it lets through and what it leaves out."""

import pytest

from assistant.check import claim_fault, days_fault

QUOTE = "Đến 8/2023, tỉnh An Giang có 92 sản phẩm của 62 chủ thể theo Quyết định 86/QĐ-UBND."


@pytest.mark.parametrize(
    ("text", "kind", "result"),
    [
        (QUOTE, "quoted", None),
        (f"  {QUOTE} ".replace(" ", "  "), "quoted", None),
        ("An Giang: 92 sản phẩm.", "stated", None),
        ("An Giang: 092 sản phẩm theo QĐ 86.", "stated", None),
        ("Trung bình 1,48 sản phẩm (92 / 62).", "derived", 1.48),
        ("Trung bình 2,49 tỷ đồng (92 / 62).", "derived", 2.49e9),
    ],
)
def test_supported_claims_pass(text: str, kind: str, result: float | None) -> None:
    assert claim_fault(text, kind, [QUOTE], result) is None


@pytest.mark.parametrize(
    ("text", "kind", "result", "why"),
    [
        (QUOTE.replace("92", "93"), "quoted", None, "not the words"),
        (QUOTE[:40], "quoted", None, "not the words"),
        ("An Giang: 93 sản phẩm.", "stated", None, "93"),
        ("Kiên Giang: 92 sản phẩm.", "stated", None, "Kiên Giang"),
        ("An Giang: 92 sản phẩm theo 87/QĐ-UBND.", "stated", None, "87"),
        ("Trung bình 1,48 sản phẩm.", "derived", None, "calculation"),
        ("Trung bình 1,48 trên 93.", "derived", 1.48, "93"),
        ("Trung bình 2,49 triệu đồng (92 / 62).", "derived", 2.49e9, "2,49"),
        ("An Giang: 92 sản phẩm ngày 15/9/2023.", "stated", None, "15/9/2023"),
    ],
)
def test_unsupported_claims_fail(text: str, kind: str, result: float | None, why: str) -> None:
    fault = claim_fault(text, kind, [QUOTE], result)
    assert fault is not None
    assert why in fault


def test_numbers_may_be_written_in_words_by_the_source() -> None:
    quote = "Hai mươi chín xã, phường gửi hồ sơ; một sản phẩm đạt 5 sao trong năm qua."
    assert claim_fault("Bằng số: 29 xã, phường.", "stated", [quote], None) is None
    assert claim_fault("Có 1 sản phẩm 5 sao.", "stated", [quote], None) is None
    assert claim_fault("Bằng số: 28 xã, phường.", "stated", [quote], None) is not None


def test_a_claim_may_say_the_day_of_the_article_it_cites() -> None:
    quote = "Đến tháng 8 năm 2023, An Giang có 92 sản phẩm."
    assert claim_fault("An Giang, 8/2023: 92 sản phẩm.", "stated", [quote], None) is None
    assert claim_fault("An Giang, 17/9/2023: 92 sản phẩm.", "stated", [quote], None, days=["2023-09-17"]) is None
    assert claim_fault("An Giang, 17/9/2023: 92 sản phẩm.", "stated", [quote], None) is not None
    assert claim_fault("An Giang, 16/9/2023: 92 sản phẩm.", "stated", [quote], None, days=["2023-09-17"]) is not None


def test_a_claim_without_a_quote_fails() -> None:
    assert claim_fault("Có 92 sản phẩm.", "stated", [], None) is not None


LAW = "Quyết định số 148/QĐ-TTg ngày 24 tháng 02 năm 2023 hết hiệu lực sau 60 ngày."


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định 148/QĐ-TTg ký ngày 24/2/2023.",
        "Theo Quyết định 148/QĐ-TTg, ký 24/02/2023.",
        "Theo khoản 2 Điều 11, hết hiệu lực sau 60 ngày.",
        "Quyết định 26/2026/QĐ-TTg: sau 60 ngày.",
    ],
)
def test_days_are_compared_as_days_and_headings_and_titles_hold_what_is_theirs(text: str) -> None:
    around = {"headings": ["Điều 11, khoản 2"], "titles": ["Quyết định 26/2026/QĐ-TTg về OCOP, 30 trang"]}
    assert claim_fault(text, "stated", [LAW], None, **around) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Quyết định 148/QĐ-TTg ký ngày 25/2/2023.", "25/2/2023"),
        ("Theo khoản 3 Điều 11, hết hiệu lực.", "3"),
        ("Quyết định 27/2026/QĐ-TTg: sau 60 ngày.", "27/2026"),
        ("Có 30 trang.", "30"),
    ],
)
def test_a_title_lends_its_document_number_and_nothing_else(text: str, why: str) -> None:
    around = {"headings": ["Điều 11, khoản 2"], "titles": ["Quyết định 26/2026/QĐ-TTg về OCOP, 30 trang"]}
    fault = claim_fault(text, "stated", [LAW], None, **around)
    assert fault is not None
    assert why in fault


@pytest.mark.parametrize(
    ("quote", "around", "held"),
    [
        ("Toàn tỉnh có 33 sản phẩm.", {}, False),
        ("Toàn tỉnh có 33 sản phẩm.", {"places": ["Bắc Ninh"]}, True),
        ("Toàn tỉnh có 33 sản phẩm.", {"places": ["Bắc Giang"]}, False),
        ("Toàn tỉnh có 33 sản phẩm.", {"titles": ["OCOP Bắc Ninh năm 2020"]}, True),
        ("(BNP) - Toàn tỉnh có 33 sản phẩm.", {}, True),  # the letters its portal signs with
    ],
)
def test_a_province_is_named_by_the_quote_or_declared_of_its_article(
    quote: str, around: dict[str, list[str]], *, held: bool
) -> None:
    fault = claim_fault("Bắc Ninh: 33 sản phẩm.", "stated", [quote], None, **around)
    assert (fault is None) is held
    assert claim_fault("Ông Trần Bắc Ninh có 33 sản phẩm.", "stated", [quote], None, **around) is not None


def test_a_counted_day_is_counted_from_what_is_printed() -> None:
    begun, after = "Có hiệu lực từ ngày 22/5/2026.", LAW
    assert days_fault([(20260522, begun), (60, after)], 20260721) is None
    assert "20260720" in (days_fault([(20260522, begun), (60, after)], 20260720) or "")
    assert "20260521" in (days_fault([(20260521, begun), (60, after)], 20260720) or "")
    assert "30 days" in (days_fault([(20260522, begun), (30, after)], 20260621) or "")
    assert claim_fault("Hết hiệu lực khoảng 21/7/2026.", "derived", [LAW], 20260721) is None
