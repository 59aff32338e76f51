"""Passages: exact spans, every sentence once, and the heading, place and date they carry."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.archive import Raw
from crawler.article import Article, Kind
from crawler.draft import Draft, Line, Origin, Unit, compose
from crawler.read import read_article
from index.passage import article_provinces, passages
from index.sentence import article_sentences

LAW = """THỦ TƯỚNG CHÍNH PHỦ
Số: 77/2024/QĐ-TTg
Hà Nội, ngày 09 tháng 3 năm 2024
QUYẾT ĐỊNH
VỀ CHỢ PHIÊN
Căn cứ Luật Thương mại;
Điều 1. Phạm vi điều chỉnh
Quyết định này áp dụng cho các chợ họp theo phiên.
Điều 2. Giải thích từ ngữ
1. Chợ phiên là chợ họp theo ngày định trước:
a) ở xã;
b) ở phường.
2. Chủ chợ là người được giao quản lý.
Điều 3. Hiệu lực
1. Quyết định này có hiệu lực từ ngày 01 tháng 5 năm 2024.
2. Quyết định số 12/2019/QĐ-TTg hết hiệu lực kể từ ngày Quyết định này có hiệu lực.
"""


def article(
    *lines: Line, title: str = "Tin thử", units: tuple[Unit, ...] = (), place: str | None = None, kind: Kind = "news"
) -> Article:
    origin = Origin(source="Báo thử", fetched="2026-01-01T00:00", place=place, published="2024-06-01", kind=kind)
    draft = Draft(title=title, lines=lines, units=units)
    return compose(draft, origin, Raw(body=b"tin", content_type="text/plain"))


def law() -> Article:
    origin = Origin(source="Trang luật", fetched="2026-01-01T00:00")
    return read_article(Raw(body=LAW.encode(), content_type="text/plain"), origin)


def test_law_is_cut_by_khoan() -> None:
    cut = {passage.heading: passage.text for passage in passages(law())}
    assert cut["Điều 1"] == "Điều 1. Phạm vi điều chỉnh\nQuyết định này áp dụng cho các chợ họp theo phiên."
    assert cut["Điều 2"].startswith("Điều 2. Giải thích từ ngữ\n1. Chợ phiên là chợ họp theo ngày định trước:\na) ở xã")
    assert cut["Điều 2, khoản 2"] == "2. Chủ chợ là người được giao quản lý."
    assert "Điều 3" in cut
    # law signed in Hà Nội is about no province
    assert all(passage.provinces == () for passage in passages(law()) if passage.heading)


def test_news_is_cut_at_headings_and_rows_carry_their_table_head() -> None:
    lines = (
        Line(text="Tỉnh Nam Định họp chiều nay."),
        Line(text="Kết quả", role="heading", level=1),
        Line(text="Có 62 sản phẩm. Có 29 chủ thể."),
        Line(text="Huyện | Số sản phẩm", role="row"),
        Line(text="Hải Hậu | 15", role="row"),
    )
    made = article(*lines, units=(Unit(label="", heading="Kết quả", level=1, first=1, last=4),))
    cut = passages(made)
    assert [passage.text for passage in cut] == [
        "Tỉnh Nam Định họp chiều nay.",
        "Kết quả\nCó 62 sản phẩm. Có 29 chủ thể.",
        "Huyện | Số sản phẩm\nHải Hậu | 15",
    ]
    assert [passage.heading for passage in cut] == ["", "Kết quả", "Kết quả"]
    assert {passage.provinces for passage in cut} == {("nam-dinh",)}
    assert {passage.date for passage in cut} == {"2024-06-01"}
    assert cut[1].header == "Tin thử. Kết quả. 2024-06-01"
    small = passages(made, words=3)
    assert small[-1].text == "Hải Hậu | 15"
    assert small[-1].header.endswith("Huyện | Số sản phẩm")


def test_which_provinces_an_article_is_about() -> None:
    line = Line(text="Tại Hà Nội, tỉnh Nam Định giới thiệu sản phẩm.")
    assert article_provinces(article(line, place="tỉnh Quảng Nam")) == ("quang-nam",)
    assert article_provinces(article(line, title="An Giang và Kiên Giang kết nối")) == ("an-giang", "kien-giang")
    assert article_provinces(article(line)) == ("ha-noi",)
    assert article_provinces(article(Line(text="Cả nước có 17.316 sản phẩm."))) == ()
    assert article_provinces(article(line, kind="regulation")) == ()
    assert article_provinces(article(Line(text="x " * 310 + "Nam Định"))) == ()


def test_a_heading_goes_with_what_stands_under_it() -> None:
    """Chapters, lists of what follows, tables: no passage is a bare heading, and each keeps its own address."""
    chapters = LAW.replace("Điều 1.", "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1.").replace(
        "Điều 3.", "Chương II\nTHỰC HIỆN\nĐiều 3."
    )
    origin = Origin(source="Trang luật", fetched="2026-01-01T00:00")
    cut = passages(read_article(Raw(body=chapters.encode(), content_type="text/plain"), origin))
    plain = passages(law())
    assert [passage.heading for passage in cut] == [passage.heading for passage in plain]
    under = {passage.heading: passage for passage in cut}
    assert under["Điều 1"].text.startswith("Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi điều chỉnh\nQuyết định này")
    assert under["Điều 3"].text.startswith("Chương II\nTHỰC HIỆN\nĐiều 3. Hiệu lực\n1. Quyết định")
    assert "Điều 3 Hiệu lực" in under["Điều 3"].header
    lines = (
        Line(text="PHỤ LỤC DANH SÁCH SẢN PHẨM", role="heading", level=1),
        Line(text="Sản phẩm | Hạng", role="row"),
        Line(text="Gạo nếp | 4 sao", role="row"),
    )
    made = article(*lines, units=(Unit(label="", heading="PHỤ LỤC", level=1, first=0, last=2),))
    (one,) = passages(made)
    assert one.text == "PHỤ LỤC DANH SÁCH SẢN PHẨM\nSản phẩm | Hạng\nGạo nếp | 4 sao"
    assert one.heading == "PHỤ LỤC"
    # rows are cut as they would be without the heading
    first, second = passages(made, words=4)
    assert first.text == "PHỤ LỤC DANH SÁCH SẢN PHẨM\nSản phẩm | Hạng"
    assert [passage.text for passage in passages(article(*lines[1:]), words=4)] == [lines[1].text, lines[2].text]
    assert second.text == "Gạo nếp | 4 sao"
    assert second.header.endswith("Sản phẩm | Hạng")
    sections = (
        Line(text="Mục tiêu", role="heading", level=1),
        Line(text="Năm 2026", role="heading", level=2),
        Line(text="Có thêm 20 sản phẩm."),
    )
    (one,) = passages(
        article(
            *sections,
            units=(
                Unit(label="", heading="Mục tiêu", level=1, first=0, last=2),
                Unit(label="", heading="Năm 2026", level=2, first=1, last=2),
            ),
        )
    )
    assert (one.text, one.heading) == ("Mục tiêu\nNăm 2026\nCó thêm 20 sản phẩm.", "Mục tiêu › Năm 2026")


def test_a_name_under_which_nothing_stands_is_no_passage() -> None:
    said = Line(text="Chè Shan tuyết được 94,9 điểm.")
    video = Line(text="VIDEO LIÊN QUAN", role="heading", level=2)
    units = (Unit(label="", heading="VIDEO LIÊN QUAN", level=2, first=1, last=1),)
    assert [passage.text for passage in passages(article(said, video, units=units))] == [said.text]
    row, byline = Line(text="Chè | 5 sao", role="row"), Line(text="Nhóm biên soạn", role="byline")
    assert [passage.text for passage in passages(article(said, row, byline))] == [said.text, row.text]
    # with the paragraph before it an author's name makes no passage of its own
    assert [passage.text for passage in passages(article(said, byline))] == [f"{said.text}\n{byline.text}"]
    # a page may set its sentences as headings
    shouted = Line(text="Tỉnh có 62 sản phẩm.", role="heading", level=2)
    assert [passage.text for passage in passages(article(shouted))] == [shouted.text]
    assert [passage.text for passage in passages(article(said, shouted))] == [said.text, shouted.text]


SENTENCE = st.lists(st.sampled_from("tỉnh có 62 sản phẩm OCOP Nam Định 4 sao hạng mới TP. TS.".split()), min_size=1)
BLOCK = st.tuples(
    st.lists(SENTENCE, min_size=1, max_size=6), st.sampled_from(["paragraph", "item", "row", "heading", "caption"])
)


@given(st.lists(BLOCK, min_size=1, max_size=8), st.integers(1, 60))
def test_every_sentence_is_in_exactly_one_passage(blocks: list[tuple[list[list[str]], str]], words: int) -> None:
    lines = tuple(
        Line(text=" ".join(" ".join(part).capitalize() + "." for part in parts), role=role)  # type: ignore[arg-type]
        for parts, role in blocks
    )
    made = article(*lines)
    cut = passages(made, words=words)
    for passage in cut:
        assert made.text[passage.start : passage.end] == passage.text
        assert (passage.article_id, passage.digest) == (made.id, made.digest)
    for start, end, _ in article_sentences(made):
        assert sum(passage.start <= start and end <= passage.end for passage in cut) == 1
    for passage in cut:
        inside = [
            (made.text[start:end], block.role)
            for start, end, block in article_sentences(made)
            if passage.start <= start < passage.end
        ]
        lead = next((at for at, (_, role) in enumerate(inside) if role != "heading"), len(inside))
        # the headings above it may come to its length
        text = " ".join(sentence for sentence, _ in inside[lead:])
        assert len(text.split()) <= words or len(inside) - lead == 1
        assert lead < len(inside) or len(passage.text.split()) <= words or len(inside) == 1
        assert all(role != "heading" for _, role in inside[lead:])
    assert "".join("".join(passage.text.split()) for passage in cut) == "".join(made.text.split())
