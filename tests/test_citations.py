"""Citation precision and recall on answers made by hand."""

from dataclasses import replace

import pytest

from assistant.answer import Answer, Calculation, Citation, Claim, ClaimKind, Operand, Timings
from assistant.check import days_fault
from evaluation.citations import Citing, citing, page_path

QUOTE = "Tới tháng 6/2020, Nam Định có 1.062 sản phẩm OCOP của 29 chủ thể."


def citation(number: int, quote: str, path: str = "/a.html") -> Citation:
    return Citation(
        number=number, article_id="0" * 16, url=f"https://bao.example{path}", original_url=None, title="Bài",
        source="Báo thử", kind="news", published=None, event_date=None, date_precision=None, heading="", quote=quote,
        start=0, end=len(quote), digest="0" * 64,
    )  # fmt: skip


def answer(said: str, kind: ClaimKind, *cited: Citation, calculation: Calculation | None = None) -> Answer:
    numbers = tuple(one.number for one in cited)
    claim = Claim(start=0, end=len(said), kind=kind, citations=numbers, calculation=calculation)
    return Answer(
        status="answered", text=said, as_of="2026-11-22", corpus_updated=None, claims=(claim,), citations=cited,
        notices=(), conversation="c", timings_ms=Timings(embed=0, search=0, compose=0, total=0),
    )  # fmt: skip


def counts(claims: int, supported: int, citations: int, supporting: int) -> Citing:
    return Citing(claims=claims, supported=supported, citations=citations, supporting=supporting)


@pytest.mark.parametrize(
    ("said", "kind", "expected"),
    [
        (QUOTE, "quoted", counts(1, 1, 1, 1)),
        ("nam Định có  1.062 sản phẩm", "quoted", counts(1, 1, 1, 1)),
        ("Nam Định có 1.063 sản phẩm OCOP", "quoted", counts(1, 0, 1, 0)),
        ("Nam Định: 1062 sản phẩm", "stated", counts(1, 1, 1, 1)),
        ("Nam Định: 1.062 sản phẩm, 30 chủ thể", "stated", counts(1, 0, 1, 1)),
        ("Hà Nội: 62 sản phẩm", "stated", counts(1, 0, 1, 0)),
        ("Các sản phẩm ấy", "stated", counts(1, 1, 1, 1)),
    ],
)
def test_a_claim_is_supported_by_what_its_quote_holds(said: str, kind: ClaimKind, expected: Citing) -> None:
    assert citing(answer(said, kind, citation(1, QUOTE))) == expected


def test_two_quotes_support_together_what_neither_does_alone() -> None:
    said = "Nam Định có 1.062, Hà Nội có 92 sản phẩm."
    other = citation(2, "Hà Nội có 92 sản phẩm.")
    assert citing(answer(said, "stated", citation(1, QUOTE), other)) == counts(1, 1, 2, 2)
    idle = citation(2, "Trời hôm nay đẹp.")
    assert citing(answer("Nam Định có 29 chủ thể", "stated", citation(1, QUOTE), idle)) == counts(1, 1, 2, 1)


def test_a_citation_of_a_wrong_page_supports_nothing_where_the_right_ones_are_named() -> None:
    given = answer(QUOTE, "quoted", citation(1, QUOTE, "/b.html?trang=2"))
    assert citing(given, {"/a.html"}) == counts(1, 1, 1, 0)
    assert citing(given, {"/a.html", "/b.html?trang=2"}) == counts(1, 1, 1, 1)


@pytest.mark.parametrize(
    ("operation", "operands", "result", "supported"),
    [
        ("sum", (1062.0, 29.0), 1091.0, 1),
        ("sum", (1062.0, 29.0), 1092.0, 0),
        ("sum", (1062.0, 30.0), 1092.0, 0),
        ("difference", (1062.0, 29.0), 1033.0, 1),
        ("quotient", (1062.0, 29.0), 36.62, 1),
        ("quotient", (1062.0, 29.0), 36.6, 1),
        ("quotient", (1062.0, 29.0), 36.7, 0),
        ("maximum", (1062.0, 29.0), 1062.0, 1),
        ("minimum", (1062.0, 29.0), 1062.0, 0),
        ("share", (29.0, 1062.0), 2.73, 1),
        ("share", (29.0, 1062.0), 2.7, 1),
        ("share", (29.0, 1062.0), 2.8, 0),
        ("share", (29.0, 1062.0), 27.3, 0),
    ],
)
def test_a_result_must_be_what_its_operands_give(
    operation: str, operands: tuple[float, ...], result: float, supported: int
) -> None:
    reckoned = Calculation(
        operation=operation,  # type: ignore[arg-type]
        operands=tuple(Operand(value=value, citation=1) for value in operands),
        result=result,
    )
    shown = f"{result:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    given = answer(f"Kết quả: {shown}", "derived", citation(1, QUOTE), calculation=reckoned)
    assert citing(given).supported == supported


def test_an_answer_without_claims_counts_nothing() -> None:
    silent = replace(answer(QUOTE, "quoted"), status="no_evidence", claims=(), citations=())
    assert citing(silent) == Citing()


def test_the_path_keeps_its_query() -> None:
    assert page_path("http://127.0.0.1:8801/tin?id=3#x") == "/tin?id=3"


@pytest.mark.parametrize(("result", "shown", "supported"), [(20260721, "21/7/2026", 1), (20260720, "20/7/2026", 0)])
def test_a_day_is_counted_from_a_day(result: int, shown: str, supported: int) -> None:
    start, term = citation(1, "Ngày hiệu lực: 22/05/2026"), citation(2, "hết hiệu lực sau 60 ngày")
    reckoned = Calculation(
        operation="days_after",
        operands=(Operand(value=20260522, citation=1), Operand(value=60, citation=2)),
        result=result,
    )
    given = answer(f"Hết hiệu lực khoảng {shown}", "derived", start, term, calculation=reckoned)
    assert citing(given).supported == supported


@pytest.mark.parametrize(
    ("start", "less", "result", "shown", "supported"),
    [
        (20250912, None, 20280912, "12/9/2028", 1),
        (20240229, None, 20270228, "28/2/2027", 1),
        (20250912, None, 20280911, "11/9/2028", 0),
        (20231231, 180, 20260704, "4/7/2026", 1),
        (20231231, 180, 20260705, "5/7/2026", 0),
    ],
)
def test_a_day_is_counted_months_from_a_day(
    start: int, less: int | None, result: int, shown: str, supported: int
) -> None:
    day = f"{start}"
    printed = citation(1, f"ngày {day[6:]}/{day[4:6]}/{day[:4]}")
    term, window = citation(2, "có giá trị 36 tháng"), citation(3, "từ 180 ngày đến 120 ngày trước ngày hết hạn")
    before = () if less is None else (Operand(value=-less, citation=3),)
    reckoned = Calculation(
        operation="months_after",
        operands=(Operand(value=start, citation=1), Operand(value=36, citation=2), *before),
        result=result,
    )
    given = answer(f"Đến hết ngày {shown}", "derived", printed, term, window, calculation=reckoned)
    assert citing(given).supported == supported
    assert (days_fault([(start, printed.quote), (36, term.quote)], result, months=True) is None) == (
        bool(supported) and less is None
    )


def test_what_is_printed_with_a_quote_supports_too() -> None:
    shown = replace(citation(1, "Có 62 sản phẩm."), heading="Điều 8, khoản 2", event_date="2025-09-04")
    assert citing(answer("Ngày 4/9/2025: 62 sản phẩm", "stated", shown)) == counts(1, 1, 1, 1)
    assert citing(answer("Căn cứ: khoản 2 Điều 8", "stated", shown)) == counts(1, 1, 1, 1)
    assert citing(answer("Ngày 4/9/2024: 62 sản phẩm", "stated", shown)).supported == 0


def test_a_word_that_opens_the_sentence_is_no_part_of_a_name() -> None:
    shown = replace(citation(1, "Huyện công nhận 3 sao."), title="Tóm lược Quyết định 148/QĐ-TTg")
    assert citing(answer("Theo Quyết định 148/QĐ-TTg, huyện công nhận 3 sao.", "stated", shown)).supported == 1
    assert citing(answer("Theo Hà Nội, huyện công nhận 3 sao.", "stated", shown)).supported == 0
