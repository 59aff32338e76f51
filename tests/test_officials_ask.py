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

MAKERS = (
    "Có 25 chủ thể, trong đó có 8 doanh nghiệp với 22 sản phẩm, 12 hợp tác xã với 24 sản phẩm, 5 cơ sở sản xuất, "
    "hộ kinh doanh với 9 sản phẩm."
)
FOCUS = (
    "Năm 2022, trọng tâm của tỉnh là đẩy mạnh tuyên truyền, quảng bá sản phẩm; khuyến khích hộ dân làm ra sản "
    "phẩm khác biệt; đưa máy móc vào sơ chế, bảo quản để nâng chất lượng và giá trị sản phẩm; tổ chức tập huấn cho "
    "cán bộ và chủ hộ của mọi huyện, mỗi huyện hai lớp, phấn đấu có ít nhất 1 sản phẩm OCOP đạt 5 sao trong năm, "
    "được trung ương công nhận, có mặt ở các hội chợ lớn của cả nước và bước đầu bán ra nước ngoài qua sàn thương "
    "mại điện tử."
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
        "Có 27/173 xã, phường, thị trấn của Hà Giang có sản phẩm OCOP.",
        MAKERS,
        FOCUS,
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


def test_how_many_lack_it_where_a_source_says_how_many_of_all_have_it(ask: Ask) -> None:
    answer = ask("Hà Giang còn bao nhiêu xã, phường, thị trấn chưa có sản phẩm OCOP?")
    assert answer.text.startswith("Còn 146 xã, phường, thị trấn chưa có (173 - 27).")


@pytest.mark.parametrize(
    ("question", "quotient"),
    [
        ("Trung bình mỗi cơ sở Hà Giang có mấy sản phẩm?", "1,8 sản phẩm (9 sản phẩm / 5 cơ sở)"),
        ("Trung bình mỗi doanh nghiệp Hà Giang có mấy sản phẩm?", "2,75 sản phẩm (22 sản phẩm / 8 doanh nghiệp)"),
    ],
)
def test_what_makers_of_one_kind_have_is_divided_by_those_alone(question: str, quotient: str, ask: Ask) -> None:
    assert quotient in ask(question).text


def test_a_sentence_that_lists_by_semicolons_is_told_whole_to_who_asks_for_a_list(ask: Ask) -> None:
    said = ask("Trọng tâm OCOP năm 2022 của Hà Giang là những gì?").text
    assert "tuyên truyền, quảng bá sản phẩm; khuyến khích" in said
    assert "tập huấn" in said


def test_what_was_aimed_at_is_no_result(ask: Ask) -> None:
    answer = ask("Năm 2022 Hà Giang có sản phẩm OCOP 5 sao chưa?")
    assert "phấn đấu có ít nhất 1 sản phẩm OCOP đạt 5 sao" in answer.text
    assert answer.status == "partial"
    assert "Câu dẫn nêu mục tiêu, không phải kết quả đã đạt." in answer.notices


def test_whose_the_larger_number_is_where_its_text_names_no_place(ask: Ask) -> None:
    answer = ask("Hà Giang và Tuyên Quang năm 2021 tỉnh nào nhiều sản phẩm 4 sao hơn?")
    assert answer.text.startswith("Nhiều hơn là Tuyên Quang: 31 sản phẩm 4 sao.")
    assert answer.citations[0].place == "Tuyên Quang"
