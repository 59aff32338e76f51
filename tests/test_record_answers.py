"""Questions that the lists of decisions answer: products, decisions, makers, certificates that end."""

import shutil
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.listed_names import ListedNames
from assistant.product_lines import issuer_spoken
from assistant.wording import tokens
from crawler.archive import Archive
from index.build import build
from index.review.correction import line_of
from index.review.store import Corrections
from index.search import Searcher
from tests.asking import DAY, Ask, asking
from tests.conftest import put
from tests.decision_pages import RECOGNISES, archive_page, decision_html, table

FIRST = table(
    "STT | Tên sản phẩm | Chủ thể | Địa chỉ | Hạng sao",
    "1 | Trà shan Đồi Mẫu | Hợp tác xã Chè Đồi Mẫu | xã Đồi Mẫu | 3 sao",
    "2 | Mật ong hoa cà Suối Mẫu | Hộ kinh doanh Lê Văn Mẫu | xã Suối Mẫu | 4 sao",
)
SECOND = table(
    "STT | Tên sản phẩm | Chủ thể | Địa chỉ | Hạng sao | Ghi chú",
    "1 | Trà shan Đồi Mẫu | HTX Chè Đồi Mẫu | xã Đồi Mẫu | 4 sao | Nâng hạng",
    "2 | Cà phê bột Thác Mẫu | Công ty TNHH Thác Mẫu | xã Thác Mẫu | 3 sao | Mới",
)
RULE = """Tóm lược thời hạn nộp lại

Hồ sơ đánh giá lại nộp từ 180 ngày đến 120 ngày trước ngày giấy chứng nhận hết hạn.
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("records")
    archive_page(
        folder, decision_html(FIRST, number="310/QĐ-UBND", day="04 tháng 3 năm 2022"), "http://cong.mau.vn/310"
    )
    replaces = RECOGNISES.replace("kể từ ngày ký. Chánh", "kể từ ngày ký và thay thế Quyết định số 95/QĐ-UBND. Chánh")
    assert replaces != RECOGNISES
    second = decision_html(SECOND, number="940/QĐ-UBND", day="20 tháng 6 năm 2024")
    archive_page(folder, second.replace(RECOGNISES, replaces), "http://cong.mau.vn/940")
    other = decision_html(
        table("STT | Tên sản phẩm | Chủ thể | Hạng sao", "1 | Gạo nếp Cồn Mẫu | Hợp tác xã Cồn Mẫu | 3 sao"),
        number="940/QĐ-UBND",
        day="02 tháng 12 năm 2025",
        place="TỈNH CÀ MAU",
    )
    archive_page(folder, other, "http://cong.mau.vn/940-ca-mau")
    put(folder, RULE, "http://cong.mau.vn/tom-luoc", "2026-06-01")
    return folder


@pytest.fixture(scope="module")
def ask(data: Path) -> Ask:
    asked = asking(data)

    def quoting(question: str) -> Answer:
        answer = asked(question)
        for citation in answer.citations:
            with Archive(data) as archive:
                article = archive.get(citation.article_id, citation.digest)
            assert article is not None
            assert article.text[citation.start : citation.end] == citation.quote
        return answer

    return quoting


@pytest.mark.parametrize(
    "question",
    [
        "Trà shan Đồi Mẫu được mấy sao?",
        "tra shan doi mau duoc may sao",
        "Trà shan Đồi Mẫu còn 3 sao không?",
        "Trà shan Đồi Mẫu đã 5 sao chưa?",
    ],
)
def test_the_latest_star_with_its_decision(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert "nâng lên 4 sao theo Quyết định 940/QĐ-UBND ngày 20/6/2024" in answer.text
    assert "310/QĐ-UBND" not in answer.text
    assert any("Trà shan Đồi Mẫu" in citation.quote and "4 sao" in citation.quote for citation in answer.citations)


def test_every_time_it_was_recognised(ask: Ask) -> None:
    answer = ask("Trà shan Đồi Mẫu từng được công nhận những lần nào?")
    assert answer.text.index("310/QĐ-UBND ngày 4/3/2022") < answer.text.index("940/QĐ-UBND ngày 20/6/2024")


def test_until_when_a_certificate_holds_is_counted(ask: Ask) -> None:
    answer = ask("Giấy chứng nhận của Cà phê bột Thác Mẫu hết hạn khi nào?")
    assert answer.text.startswith("Giấy chứng nhận còn hạn vào ngày được hỏi:")
    assert "36 tháng kể từ 20/6/2024, đến hết ngày 20/6/2027" in answer.text
    counted = next(claim for claim in answer.claims if claim.calculation is not None)
    assert counted.calculation is not None
    assert counted.calculation.operation == "months_after"
    assert [operand.value for operand in counted.calculation.operands] == [20240620, 36]
    assert counted.calculation.result == 20270620


def test_what_has_ended_is_said_to_have_ended(ask: Ask) -> None:
    answer = ask("Mật ong hoa cà Suối Mẫu còn hạn không?")
    assert answer.text.startswith("Giấy chứng nhận đã hết hạn vào ngày được hỏi:")
    assert "đến hết ngày 4/3/2025" in answer.text


def test_a_name_cut_short_is_told_as_it_was_understood(ask: Ask) -> None:
    answer = ask("Mật ong Suối Mẫu mấy sao?")
    assert "4 sao theo Quyết định 310/QĐ-UBND" in answer.text
    assert "Tên sản phẩm được hiểu là: Mật ong hoa cà Suối Mẫu." in answer.notices


def test_a_product_no_list_names_is_not_found(ask: Ask) -> None:
    answer = ask("Trà shan Hồ Xa được mấy sao?")
    assert "Đồi Mẫu" not in answer.text
    assert answer.status == "no_evidence"


def test_two_provinces_have_a_decision_of_one_number(ask: Ask) -> None:
    answer = ask("Quyết định 940/QĐ-UBND công nhận những sản phẩm nào?")
    assert answer.status == "needs_clarification"
    assert "Lâm Đồng" in answer.text
    assert "Cà Mau" in answer.text
    told = ask("Quyết định 940/QĐ-UBND của Cà Mau công nhận những sản phẩm nào?")
    assert "Gạo nếp Cồn Mẫu của Hợp tác xã Cồn Mẫu: 3 sao." in told.text
    assert "Trà shan" not in told.text


def test_the_list_of_a_decision_of_one_star(ask: Ask) -> None:
    answer = ask("Quyết định 310/QĐ-UBND công nhận những sản phẩm nào đạt 4 sao?")
    assert "Mật ong hoa cà Suối Mẫu" in answer.text
    assert "Trà shan" not in answer.text


def test_who_issued_a_decision_and_when(ask: Ask) -> None:
    answer = ask("Quyết định 310/QĐ-UBND do ai ban hành, ngày nào?")
    assert "Quyết định 310/QĐ-UBND ngày 4/3/2022 của Ủy ban nhân dân tỉnh Lâm Đồng" in answer.text


def test_what_a_decision_replaces(ask: Ask) -> None:
    answer = ask("Quyết định 940/QĐ-UBND của Lâm Đồng thay thế quyết định nào?")
    assert "thay thế Quyết định số 95/QĐ-UBND" in answer.text


def test_what_a_maker_and_a_commune_have(ask: Ask) -> None:
    assert "Cà phê bột Thác Mẫu" in ask("Công ty TNHH Thác Mẫu có những sản phẩm OCOP nào?").text
    told = ask("Xã Suối Mẫu có sản phẩm OCOP nào?")
    assert "Mật ong hoa cà Suối Mẫu" in told.text
    assert "Cà phê" not in told.text


def test_what_ends_in_a_year(ask: Ask) -> None:
    answer = ask("Những sản phẩm nào của Lâm Đồng hết hạn trong năm 2027?")
    assert answer.text.count("đến hết ngày 20/6/2027") == 2
    assert "Gạo nếp" not in answer.text
    assert any("Có 2 giấy chứng nhận hết hạn từ 1/1/2027 đến 31/12/2027" in notice for notice in answer.notices)


def test_a_correction_counts_from_the_next_build_and_is_never_told_as_the_decisions_words(
    data: Path, tmp_path: Path
) -> None:
    own = Path(shutil.copytree(data, tmp_path / "own"))
    build(own, embedder="hash-256", progress=False)
    searcher = Searcher.open(own)
    held = Assistant(own, searcher)._view().held
    (named,) = held.products(held.names.find(tokens("Cà phê bột Thác Mẫu")).rows)  # type: ignore[union-attr]
    decision = held.decision(named.history[0].decision)
    assert decision is not None
    place = next(at for at, row in enumerate(decision.rows) if row.name.text == "Cà phê bột Thác Mẫu")
    Corrections(own).add(
        who="An", decision=decision.key, line=line_of(decision.rows, place), field="star", found="3 sao", value="4 sao"
    )
    build(own, progress=False)
    assert searcher.refresh()
    corrected = Assistant(own, searcher).ask("Cà phê bột Thác Mẫu được mấy sao?", as_of=DAY)
    assert corrected.status == "answered"
    assert "4 sao" not in corrected.text, "the decision does not say so"
    assert "3 sao" in corrected.text
    assert corrected.notices == (
        "Khi rà soát, hạng sao ở dòng này được sửa thành “4 sao”; nguyên văn là như đã trích.",
    )
    (product,) = (
        Assistant(own, searcher)
        ._view()
        .held.products(
            held.names.find(tokens("Cà phê bột Thác Mẫu")).rows  # type: ignore[union-attr]
        )
    )
    assert product.history[0].star == 4
    searcher.close()


@pytest.mark.parametrize(
    ("asked", "rows", "whole"),
    [
        ("mật ong hoa bạc hà Thượng Sơn mấy sao", (0,), True),
        ("mat ong hoa bac ha thuong son may sao", (0,), True),
        ("mật ong bạc hà Thượng Sơn mấy sao", (0,), False),
        ("mật ong bạc hà Đồng Văn mấy sao", None, None),
        ("mật ong mấy sao", None, None),
        ("bún khô Đông Trà mấy sao", (1,), True),
        ("Gạo ST25 của ai", None, None),
        ("gạo nếp Bãi Dài của ai", (2, 3), True),
    ],
)
def test_names_are_found_whole_or_cut_short_but_never_by_their_kind(
    asked: str, rows: tuple[int, ...] | None, whole: bool | None
) -> None:
    names = ListedNames(
        [
            (0, "Mật ong hoa bạc hà Thượng Sơn"),
            (1, "BÚN KHÔ ĐÔNG TRÀ"),
            (2, "Gạo nếp Bãi Dài"),
            (3, "Gạo nếp Bãi Dài (túi 5 kg)"),
            (4, "Mật ong"),
        ]
    )
    found = names.find(tokens(asked))
    assert (None if found is None else found.rows) == rows
    assert (None if found is None else found.whole) == whole


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ", "Ủy ban nhân dân tỉnh Quảng Trị"),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN LỆ THỦY", "Chủ tịch ủy ban nhân dân huyện Lệ Thủy"),
        ("UBND tỉnh Yên Bái", "UBND tỉnh Yên Bái"),
    ],
)
def test_an_issuer_in_capitals_is_spoken_as_people_do(written: str, spoken: str) -> None:
    assert issuer_spoken(written) == spoken


def test_a_number_by_itself_asks_what_it_is(ask: Ask) -> None:
    answer = ask("310/QĐ-UBND")
    assert answer.status == "answered"
    assert answer.text.startswith("Quyết định 310/QĐ-UBND ngày 4/3/2022")
    missing = ask("Quyết định 4999/QĐ-UBND")
    assert (missing.status, missing.text) == (
        "no_evidence",
        "Tôi không tìm thấy Quyết định 4999/QĐ-UBND trong kho tài liệu hiện có.",
    )
