"""How a sentence found is told: lists from the line that leads in, rows with their columns, rules whole."""

from dataclasses import replace

import pytest

from assistant.candidates import Candidate, header_row, row_text, row_told
from assistant.draft import quoted
from assistant.evidence import Evidence
from assistant.question import understand
from assistant.told import block_at, told, trimmed, with_items
from crawler.article import Article, Role
from index.passage import Hit, Passage
from tests.archived import make_article

LISTED = understand("Tỉnh đi theo những hướng nào?")


def article(*blocks: tuple[Role, str]) -> Article:
    made, _ = make_article([line for _, line in blocks], title="Bài")
    roles = [role for role, _ in blocks]
    return replace(
        made, blocks=tuple(replace(block, role=role) for block, role in zip(made.blocks, roles, strict=True))
    )


def candidate(of: Article, line: str, *, law: bool = False) -> Candidate:
    start = of.text.index(line)
    block = block_at(of, start)
    assert block is not None
    passage = Passage(
        article_id=of.id, digest=of.digest, start=0, end=len(of.text), text=of.text, header="", heading="",
        kind=of.kind, provinces=(), date=None,
    )  # fmt: skip
    return Candidate(
        evidence=Evidence(article=of, start=start, end=start + len(line)),
        text=row_text(of, block) if block.role == "row" else line,
        before="",
        hit=Hit(passage=passage, score=1.0, dense=None, lexical=None),
        rank=0,
        law=law,
        beyond=False,
        block=block,
        carried=None,
    )


LIST = article(
    ("paragraph", "1. Giấy chứng nhận bị thu hồi trong các trường hợp sau:"),
    ("item", "a) Khai không thật."),
    ("item", "b) Không còn đạt tiêu chí."),
    ("paragraph", "2. Thẩm quyền thu hồi."),
)
TABLE = article(
    ("row", "Năm | Sản phẩm | Ghi chú"),
    ("row", "2023 | 102"),
    ("row", "2024 | 98 | đợt 2"),
    ("paragraph", "Hết bảng."),
)


def test_the_number_of_a_row_says_nothing() -> None:
    listed = article(("row", "STT | Tên sản phẩm | Điểm"), ("row", "4 | Mật ong | 63,3"))
    assert row_text(listed, listed.blocks[1]) == "Tên sản phẩm: Mật ong; Điểm: 63,3"


def test_a_row_of_one_cell_is_of_no_column() -> None:
    listed = article(("row", "STT | Tên sản phẩm | Điểm"), ("row", "Tổng cộng: 8 sản phẩm"))
    assert row_text(listed, listed.blocks[1]) == "Tổng cộng: 8 sản phẩm"
    assert row_told(listed, listed.blocks[1]) == "Tổng cộng: 8 sản phẩm"


def lines(question: str, of: Candidate) -> list[str]:
    return [segment.text for segment in told(understand(question), of)]


def test_a_list_asked_for_is_told_whole_from_the_line_that_leads_in() -> None:
    whole = [
        "1. Giấy chứng nhận bị thu hồi trong các trường hợp sau:",
        "a) Khai không thật.",
        "b) Không còn đạt tiêu chí.",
    ]
    asked = "Liệt kê những trường hợp bị thu hồi giấy chứng nhận"
    assert lines(asked, candidate(LIST, "b) Không còn đạt tiêu chí.")) == whole
    assert lines(asked, candidate(LIST, "1. Giấy chứng nhận bị thu hồi trong các trường hợp sau:")) == whole


def test_a_point_alone_stands_after_the_line_that_leads_in() -> None:
    assert lines("Khai không thật thì có bị thu hồi không?", candidate(LIST, "a) Khai không thật.")) == [
        "1. Giấy chứng nhận bị thu hồi trong các trường hợp sau:",
        "a) Khai không thật.",
    ]


def test_a_row_is_said_with_the_names_of_its_columns() -> None:
    of = candidate(TABLE, "2024 | 98 | đợt 2")
    assert of.text == "2024 năm; 98 sản phẩm; Ghi chú: đợt 2"
    (segment,) = told(understand("Năm 2024 có mấy sản phẩm?"), of)
    assert (segment.text, segment.kind) == ("2024 năm; 98 sản phẩm; Ghi chú: đợt 2.", "stated")
    assert [one.quote for one in segment.evidence] == ["2024 | 98 | đợt 2", "Năm | Sản phẩm | Ghi chú"]


def test_a_row_that_ends_in_empty_cells_has_its_columns_too() -> None:
    assert candidate(TABLE, "2023 | 102").text == "2023 năm; 102 sản phẩm"


def test_a_table_whose_rows_are_asked_for_is_quoted_whole() -> None:
    (segment,) = told(understand("Liệt kê các năm trong bảng"), candidate(TABLE, "2023 | 102"))
    assert segment.kind == "quoted"
    assert segment.text == "Năm | Sản phẩm | Ghi chú\n2023 | 102\n2024 | 98 | đợt 2"


def test_a_line_that_leads_in_brings_its_items() -> None:
    of = article(
        ("paragraph", "Danh sách chia làm hai nhóm:"), ("row", "Nhóm | Món"), ("row", "Đồ uống | rượu"),
        ("paragraph", "Hết bảng."),
    )  # fmt: skip
    lead = Evidence(article=of, start=0, end=len("Danh sách chia làm hai nhóm:"))
    assert [one.text for one in with_items(LISTED, [quoted(lead)])] == [
        "Danh sách chia làm hai nhóm:",
        "Nhóm | Món\nĐồ uống | rượu",
    ]
    # what is told already is not told twice
    told_already = [quoted(lead), *map(quoted, (one.evidence[0] for one in with_items(LISTED, [quoted(lead)])[1:]))]
    assert with_items(LISTED, told_already) == tuple(told_already)


def test_paragraphs_that_count_themselves_are_a_list() -> None:
    lines = (
        "Năm tới tỉnh đi theo ba hướng.",
        "Thứ nhất, nâng chất lượng. Việc này giao cho xã.",
        "Thứ hai, mở chợ.",
        "Thứ ba, làm du lịch.",
        "Hội nghị bế mạc buổi trưa.",
    )
    of = article(*(("paragraph", line) for line in lines))
    whole = [quoted(Evidence(article=of, start=block.start, end=block.end)) for block in of.blocks]
    sentence = quoted(Evidence(article=of, start=of.blocks[1].start, end=of.text.index(" Việc này")))
    assert with_items(LISTED, [sentence]) == tuple(whole[1:4])
    assert with_items(LISTED, whole[:1]) == tuple(whole[:4])
    assert with_items(LISTED, [sentence, whole[2]]) == tuple(whole[1:4])
    # who asks for one of them is told that one, and the last line leads in to nothing
    assert with_items(understand("Việc ấy giao cho ai?"), [sentence]) == (sentence,)
    assert with_items(LISTED, whole[4:]) == tuple(whole[4:])


def test_the_first_row_names_the_columns_of_its_own_table_only() -> None:
    two = article(("row", "A | B"), ("paragraph", "Giữa."), ("row", "C | D"), ("row", "1 | 2"))
    first, _, third, fourth = two.blocks
    assert header_row(two, first) is None
    assert header_row(two, third) is None
    assert header_row(two, fourth) == third


def test_a_short_rule_is_told_whole_and_a_sentence_of_news_alone() -> None:
    of = article(("paragraph", "Mỗi năm ít nhất 02 đợt. Tỉnh có thể mở thêm đợt nếu quy chế đã ghi."))
    asked = "Mỗi năm có mấy đợt chấm?"
    assert lines(asked, candidate(of, "Mỗi năm ít nhất 02 đợt.", law=True)) == [of.text]
    assert lines(asked, candidate(of, "Mỗi năm ít nhất 02 đợt.")) == ["Mỗi năm ít nhất 02 đợt."]


@pytest.mark.parametrize("wanted", ["mật ong", "gạo"])
def test_of_a_very_long_sentence_the_part_that_holds_what_was_asked(wanted: str) -> None:
    parts = ["gạo " + "ngon " * 60, "mật ong " + "thơm " * 60]
    of = article(("paragraph", "; ".join(part.strip() for part in parts) + "."))
    segment = trimmed(understand(f"{wanted} thế nào?"), Evidence(article=of, start=0, end=len(of.text)))
    assert segment.text.startswith(wanted)
    assert (("gạo" in segment.text), ("mật ong" in segment.text)) == (wanted == "gạo", wanted == "mật ong")


def test_what_is_listed_behind_a_colon_belongs_together() -> None:
    papers = "; ".join(f"báo cáo số {number} của cơ quan có thẩm quyền về kết quả đánh giá" for number in range(1, 12))
    of = article(("paragraph", f"Hồ sơ xét 5 sao lần đầu: {papers}."))
    whole = Evidence(article=of, start=0, end=len(of.text))
    assert trimmed(understand("Hồ sơ xét 5 sao lần đầu gồm những giấy tờ gì?"), whole).text == of.text
    # who asks for one thing of it is told that
    assert trimmed(understand("Báo cáo số 7 do ai ký?"), whole).text.startswith("báo cáo số 7 của cơ quan")
