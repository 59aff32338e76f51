"""The check between composing and the reader: what it lets through and what it leaves out."""

import pytest

from assistant.check import claim_fault

QUOTE = "Đến 8/2023, tỉnh An Giang có 92 sản phẩm của 62 chủ thể theo Quyết định 86/QĐ-UBND."


@pytest.mark.parametrize(
    ("text", "kind", "result"),
    [
        (QUOTE, "quoted", None),
        (f"  {QUOTE} ".replace(" ", "  "), "quoted", None),
        ("An Giang: 92 sản phẩm.", "stated", None),
        ("An Giang: 092 sản phẩm theo QĐ 86.", "stated", None),
        ("Trung bình 1,48 sản phẩm (92 / 62).", "derived", 1.48),
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
        ("An Giang: 92 sản phẩm ngày 15/9/2023.", "stated", None, "15/9/2023"),
    ],
)
def test_unsupported_claims_fail(text: str, kind: str, result: float | None, why: str) -> None:
    fault = claim_fault(text, kind, [QUOTE], result)
    assert fault is not None
    assert why in fault


def test_a_claim_without_a_quote_fails() -> None:
    assert claim_fault("Có 92 sản phẩm.", "stated", [], None) is not None
