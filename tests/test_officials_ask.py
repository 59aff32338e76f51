"""What officials ask of news: an office by name, what was not good, what is still to be mended, whose a number is."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.question import understand
from crawler.archive import Archive
from tests.archived import make_article, put
from tests.asking import Ask, asking

CAPTION = "Phó Chủ tịch UBND tỉnh Hà Giang Lê Thị Mùa trao chứng nhận OCOP cho các cơ sở."
SHORTCOMINGS = "Theo Phó Chủ tịch UBND tỉnh, số sản phẩm OCOP còn hạn chế, chưa xứng với tiềm năng và dồn về vài huyện."
TO_MEND = (
    "Các sản phẩm khác của tỉnh phải cải tiến tiếp theo tiêu chí OCOP như: nhãn hàng hóa, mẫu bao bì, "
    "khâu kiểm soát chất lượng."
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    data = Path(tmp_path_factory.mktemp("officials"))
    lines = [
        "Hội nghị OCOP tỉnh Hà Giang năm 2021",
        CAPTION,
        SHORTCOMINGS,
        "Phó Chủ tịch UBND tỉnh đề nghị các huyện đẩy mạnh thông tin, tuyên truyền về Chương trình OCOP năm 2021.",
        "Năm 2021, toàn tỉnh Hà Giang có 20 sản phẩm OCOP 4 sao.",
        f"Qua khảo sát, khoảng 30 sản phẩm đủ điều kiện cơ bản để đạt 3 sao. {TO_MEND}",
        "Tỉnh đã gửi 05 hồ sơ 5 sao lên trung ương trong năm 2021.",
    ]
    put(data, lines, title=lines[0], url="https://bao.example/hg", published="2021-06-12")
    table = [
        "Xếp nhóm sản phẩm OCOP Hà Giang",
        "Nhóm | Ví dụ",
        "Thực phẩm | thịt trâu gác bếp, mật ong bạc hà",
        "Vải | dệt lanh, tơ tằm",
    ]
    article, raw = make_article(table, title=table[0], url="https://bao.example/nhom", published="2021-03-01")
    rows = tuple(
        replace(block, role="row") if " | " in table[place] else block for place, block in enumerate(article.blocks)
    )
    with Archive(data, create=True) as archive:
        archive.put(replace(article, blocks=rows), raw)
    unnamed = ["Trao giấy chứng nhận OCOP", "Năm 2021, toàn tỉnh có 31 sản phẩm OCOP 4 sao được công nhận."]
    put(data, unnamed, title=unnamed[0], url="https://tin.example/x", published="2021-12-01", place="Tuyên Quang")
    return asking(data)


def test_an_office_asked_for_by_name_is_a_person(ask: Ask) -> None:
    question = "Phó Chủ tịch tỉnh Hà Giang nào trao chứng nhận OCOP năm 2021?"
    assert understand(question).wanted == "who"
    assert ask(question).text == f"{CAPTION} [1]"


def test_shortcomings_are_told_by_what_tells_of_them(ask: Ask) -> None:
    answer = ask("Lãnh đạo tỉnh Hà Giang nêu những hạn chế gì của OCOP năm 2021?")
    assert answer.text.startswith(SHORTCOMINGS)
    assert "đề nghị" not in answer.text


@pytest.mark.parametrize(
    ("question", "negated"),
    [
        ("Sản phẩm chưa đủ điều kiện 3 sao phải cải tiến những gì?", False),
        ("Huyện nào chưa có sản phẩm OCOP?", True),
        ("Sản phẩm không đạt 3 sao thì cần làm gì?", False),
        ("Hồ sơ nào chưa được phải nộp lại?", True),
    ],
)
def test_what_is_asked_of_something_lacking_is_not_asked_in_the_negative(question: str, *, negated: bool) -> None:
    assert understand(question).negated is negated


def test_what_is_still_to_be_mended(ask: Ask) -> None:
    assert TO_MEND in ask("Các sản phẩm Hà Giang chưa đủ điều kiện 3 sao phải cải tiến những gì?").text


def test_products_asked_for_by_name_are_not_told_by_their_number(ask: Ask) -> None:
    assert ask("5 hồ sơ 5 sao Hà Giang gửi trung ương là những sản phẩm gì, của ai?").status == "no_evidence"


def test_the_line_of_a_table_is_told_by_the_cell_a_question_names(ask: Ask) -> None:
    assert "Vải | dệt lanh, tơ tằm" in ask("Tơ tằm Hà Giang xếp vào nhóm nào?").text


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Hà Giang và Tuyên Quang tỉnh nào ít món 4 sao OCOP nhất?", "Ít hơn là Hà Giang: 20 sản phẩm 4 sao."),
        ("Gom hết món 4 sao của hai tỉnh lại thì được bao nhiêu?", "Cộng các số liệu tìm thấy: 31 + 20 = 51 sản phẩm."),
    ],
)
def test_the_least_and_the_sum_in_other_words(question: str, opening: str, ask: Ask) -> None:
    assert ask(question).text.startswith(opening)


def test_whose_the_larger_number_is_where_its_text_names_no_place(ask: Ask) -> None:
    answer = ask("Hà Giang và Tuyên Quang năm 2021 tỉnh nào nhiều sản phẩm 4 sao hơn?")
    assert answer.text.startswith("Nhiều hơn là Tuyên Quang: 31 sản phẩm 4 sao.")
    assert answer.citations[0].place == "Tuyên Quang"
