"""HTML -> Article: charsets, hostile shapes, and pages that are no article; whole pages stand in test_golden.py."""

from itertools import pairwise
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.archive import Raw
from crawler.article import Article
from crawler.draft import NoArticleError, Origin
from crawler.read import read_article
from crawler.text.decode import charset_of, decode, decode_with_offsets
from crawler.trace import trace


def html(body: str, head: str = "") -> Raw:
    page = f'<html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return Raw(body=page.encode(), content_type="text/html; charset=utf-8")


def article_of(raw: Raw) -> Article:
    return read_article(raw, Origin(source="Trang mẫu", fetched="2026-01-02T03:04:05Z"))


LONG = "Xã Bình An có bốn sản phẩm được công nhận hạng 3 sao trong năm nay, gồm chè, mật ong, măng khô và rượu ngô."


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "tệp rỗng|không có"),
        ("<p>Ngắn quá.</p>", "phần chính|đoạn văn"),
        ("<h1>404 - Không tìm thấy trang</h1><p>" + LONG + "</p>", "trang báo lỗi"),
        (
            "<h1>Tin tức</h1><ul>"
            + "".join(f'<li><a href="/bai-{i}">{LONG} Số {i} của chuyên mục.</a></li>' for i in range(12))
            + "</ul>",
            "danh mục|không có",
        ),
    ],
    ids=["empty", "short", "soft-404", "listing"],
)
def test_pages_that_are_no_article(body: str, reason: str) -> None:
    with pytest.raises(NoArticleError, match=reason):
        article_of(html(body))


@pytest.mark.parametrize(
    "title",
    [
        "Error 404 (Not Found)",
        "404 | Báo Làng Nghề",
        "Báo Làng Nghề - 404",
        "Báo Làng Nghề: lỗi 410",
        "410 Gone | Báo Làng Nghề",
    ],
)
def test_titles_of_pages_that_say_an_error(title: str) -> None:
    with pytest.raises(NoArticleError, match="trang báo lỗi"):
        article_of(html(f"<h1>{title}</h1><p>{LONG}</p>"))


@pytest.mark.parametrize(
    "title", ["Quyết định số 410/QĐ-UBND ngày 05/3/2026", "404 sản phẩm OCOP của tỉnh", "Quyết định 404 của Bình An"]
)
def test_a_number_is_no_status(title: str) -> None:
    assert article_of(html(f"<h1>{title}</h1><p>{LONG}</p>")).title == title


@pytest.mark.parametrize("body", [b"", b"   \n", b"\x89PNG\r\n\x1a\n\x00\x00", b"%PDF-1.7 ...", bytes(range(256)) * 40])
def test_bytes_that_are_no_text(body: bytes) -> None:
    with pytest.raises(NoArticleError):
        article_of(Raw(body=body, content_type="text/plain"))


def test_date_in_running_text_is_not_published() -> None:
    body = f"<h1>Bốn sản phẩm của Bình An</h1><p>{LONG} Quyết định ký ngày 15/8/2021.</p><p>{LONG[:-1]}; hết.</p>"
    assert article_of(html(body)).published is None


def test_modified_time_is_not_published() -> None:
    head = '<meta property="article:modified_time" content="2024-01-02T10:00:00+07:00">'
    assert article_of(html(f"<h1>Bốn sản phẩm của Bình An</h1><p>{LONG}</p>", head)).published is None


def test_instant_in_another_zone_is_written_in_vietnam_time() -> None:
    head = '<meta property="article:published_time" content="2024-01-01T20:30:00Z">'
    assert article_of(html(f"<h1>Bốn sản phẩm của Bình An</h1><p>{LONG}</p>", head)).published == "2024-01-02T03:30"


def test_scripts_and_hidden_text_are_not_read() -> None:
    hidden = "<script>var a='bí mật'</script><p style='display:none'>chữ ẩn</p>"
    body = f"<h1>Bốn sản phẩm của Bình An</h1><p>{LONG}</p>{hidden}"
    text = article_of(html(body)).text
    assert text == LONG


def test_charsets() -> None:
    word = "Mỗi xã một sản phẩm"
    assert charset_of(b"\xef\xbb\xbf" + word.encode())[0] == "utf-8"
    assert decode("\ufeff".encode("utf-16-le") + word.encode("utf-16-le")) == word
    assert decode(word.encode(), "text/html; charset=ISO-8859-1") == word
    assert decode(word.encode(), "text/html; charset=windows-1258") != ""
    assert charset_of("<meta charset=windows-1258>Gô\u0301m".encode("cp1258"))[0] == "cp1258"
    assert charset_of(b"\xd0\xf0\xf5 kh\xf4ng")[0] == "cp1258"


@pytest.mark.parametrize("charset", ["utf-8", "utf-16-le", "cp1258"])
def test_offsets_of_characters(charset: str) -> None:
    text = "Chè búp – 4 sao, giá 95.000 ₫"
    body = text.encode(charset)
    mark = b"\xff\xfe" if charset == "utf-16-le" else b""
    decoded, offsets = decode_with_offsets(mark + body, f"text/plain; charset={charset}")
    assert decoded == text
    assert [(mark + body)[a:b].decode(charset) for a, b in pairwise(offsets)] == list(text)


def test_broken_bytes_keep_their_offsets() -> None:
    decoded, offsets = decode_with_offsets(b"\x81\xe1\xba\xa1b\x81", "text/plain; charset=utf-8")
    assert len(offsets) == len(decoded) + 1
    assert offsets[-1] == 6


HOSTILE = [
    "A " * 200 + "b",
    "x" * 400,
    "#" * 400,
    "Ảnh: " * 80,
    "tin tin " * 50,
    "Thứ " * 100,
    "1/1/" * 100,
    "Điều 1. " * 50,
    "--- " * 100,
    "H.T, " * 80,
]


@pytest.mark.parametrize("line", HOSTILE)
def test_lines_made_to_slow_a_pattern_down(line: str) -> None:
    article = article_of(html(f"<h1>Bốn sản phẩm của Bình An</h1><p>{LONG}</p><p>{line}</p><p>{LONG[:-1]}; hết.</p>"))
    assert article.text.startswith(LONG)


def test_a_cell_over_thousands_of_rows_is_not_multiplied_without_end() -> None:
    wide = "".join(f'<td rowspan="9999">{"chữ " * 200}</td>' for _ in range(50))
    rows = f"<tr>{wide}<td>đầu</td></tr>" + "<tr></tr>" * 3000
    article = article_of(html(f"<h1>Bốn sản phẩm</h1><p>{LONG}</p><table>{rows}</table><p>{LONG[:-1]}; hết.</p>"))
    assert len(article.text) < 100_000


def test_a_table_of_scores_is_data_even_with_long_cells() -> None:
    long = f"<p>{LONG}</p><p>{LONG[:-1]}, hai sản phẩm đang chờ.</p>"
    rows = [f"<tr><td>Mục {i}</td><td>{i}</td></tr>" for i in range(4)] + [f"<tr><td>{long}</td><td>2 điểm</td></tr>"]
    page = f"<h1>Bảng chấm điểm</h1><p>{LONG}</p><table>{''.join(rows)}</table><p>{LONG[:-1]}; hết.</p>"
    article = article_of(html(page))
    texts = [article.text[block.start : block.end] for block in article.blocks if block.role == "row"]
    assert texts == [*(f"Mục {i} | {i}" for i in range(4)), f"{LONG} {LONG[:-1]}, hai sản phẩm đang chờ. | 2 điểm"]


def test_a_column_of_the_page_beside_a_menu_is_no_data() -> None:
    menu = "".join(f"<tr><td><a href='/{i}'>Mục {i}</a></td><td>xem thêm</td></tr>" for i in range(3))
    column = f"<tr><td>Trang</td><td><p>{LONG}</p><p>{LONG[:-1]}; hết.</p></td></tr>"
    article = article_of(html(f"<h1>Bốn sản phẩm của Bình An</h1><table>{menu}{column}</table>"))
    assert [block.role for block in article.blocks if block.role == "row"] == []
    assert LONG in article.text.split("\n")


# Each takes a way of reading that looks again at what is around or inside an element longer than a page's reader waits.
SENTENCES = "".join(f"<p>{LONG[:-1]}, số {i}.</p>" for i in range(3))
SHAPES = {
    "deep": "<div>" * 50_000 + LONG,
    "deep inline": "<b>" * 50_000 + LONG,
    "siblings": SENTENCES + "".join(f"<p>Dòng {i}</p>" for i in range(60_000)),
    "line breaks": SENTENCES + "<br>".join(f"dòng {i}" for i in range(60_000)),
    "nested tables": "<table><tr><td>" * 300 + LONG * 2000,
    "nested headings": "<h1>" * 200 + LONG * 2000,
    "nested authors": '<div class="author">' * 200 + LONG * 2000,
    "rows": SENTENCES + "<table>" + "<tr><td>một</td><td>hai</td></tr>" * 20_000 + "</table>",
    "links": SENTENCES + "".join(f'<div><a href="/{i}">{"liên kết rất dài " * 4}{i}</a></div>' for i in range(20_000)),
    "files": SENTENCES + "".join(f'<p><a href="/{i}.pdf">tệp {i}</a></p>' for i in range(20_000)),
    "headings": SENTENCES + "".join(f"<h1>Tiêu đề số {i} của trang</h1>" for i in range(20_000)),
    "brackets": '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + SENTENCES,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_made_to_slow_the_reader_down(shape: str) -> None:
    try:
        article = article_of(html(SHAPES[shape]))
    except NoArticleError:
        return
    assert LONG[:-1] in article.text


TAGS = (
    "<p> </p> <div> </div> <table> <tr> <td> </table> <br> <h2> </h2> <ul><li> <a/href=x> </a> <b> </b> "
    "<script>p</script>"
).split()
MARKS = ["&nbsp;", "&#7897;", "&amp", "&bogus;", "<!-- x -->", "<", ">", "\u0301", "\u00ad", "\x00", "chữ", " "]
LINES = [LONG, LONG.upper(), "08/12/2020 19:18", "Tin, ảnh: Lê Na", "Chia sẻ:", "1. Một", "a) Hai"]
LEGAL = ["Điều 1. Ba", "Điều 2. Bốn", "Số: 4/QĐ-UBND", "QUYẾT ĐỊNH"]
PIECES = st.sampled_from([*TAGS, *MARKS, *LINES, *LEGAL])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_markup_gives_an_article_or_a_reason(pieces: list[str]) -> None:
    raw = Raw(body="".join(pieces).encode(), content_type="text/html; charset=utf-8")
    try:
        article = article_of(raw)
    except NoArticleError:
        return
    assert article.text == normalize("NFC", article.text)
    assert all(article.text[block.start : block.end].strip() for block in article.blocks)
    if "<" not in pieces:  # on a stray "<" before a tag the tree's parser and the tracer's may disagree
        assert trace(raw, article, 0, len(article.text))
    assert "\n".join(article.text[block.start : block.end] for block in article.blocks) == article.text
