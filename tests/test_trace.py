"""Every span of archived text leads back to the bytes it came from."""

import re
from bisect import bisect_left
from html import unescape
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.archive import Raw
from crawler.article import Article
from crawler.draft import Origin, tidy
from crawler.read import read_article
from crawler.text.decode import decode_with_offsets
from crawler.trace import TraceError, trace
from tests.golden_pages import NAMES, article_of, golden
from tests.golden_pages import raw as raw_of

ARTICLES = [name for name in NAMES if golden(name).refused is None]


PLAIN = """Trang tin xã

Chợ Bến có thêm hai quầy OCOP

08/12/2020 19:18 Số lượt xem: 12

(CB) - Chiều 08/12, xã khai trương hai quầy bán sản phẩm OCOP ở chợ Bến, do hợp tác xã Lúa Vàng đứng tên.

Hai quầy bày 31 mặt hàng của chín chủ thể, mở cửa từ 6 giờ đến 18 giờ hằng ngày; khách được nếm thử.

T.H
"""


def seen(text: str) -> str:
    """What a reader sees, without white space and the marks between cells."""
    return re.sub(r"[\s|]", "", normalize("NFC", text))


def check(raw: Raw, article: Article, start: int, end: int) -> None:
    text, offsets = decode_with_offsets(raw.body, raw.content_type)
    ranges = trace(raw, article, start, end)
    assert all(0 <= a < b <= len(raw.body) for a, b in ranges)
    pieces = (text[bisect_left(offsets, a) : bisect_left(offsets, b)] for a, b in ranges)
    assert seen("".join(tidy(unescape(re.sub(r"<[^<>]*>", "", piece))) for piece in pieces)) == seen(
        article.text[start:end]
    )


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_spans_of_golden_pages(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(ARTICLES))
    article = article_of(name)
    raw = raw_of(name)
    start = data.draw(st.integers(0, len(article.text) - 1))
    # A character written with its marks apart shares its bytes with no other, so any cut is fair.
    end = data.draw(st.integers(start + 1, len(article.text)))
    check(raw, article, start, end)


@pytest.mark.parametrize("name", ARTICLES)
def test_whole_golden_page(name: str) -> None:
    article = article_of(name)
    check(raw_of(name), article, 0, len(article.text))


def plain() -> tuple[Raw, Article]:
    raw = Raw(body=PLAIN.encode(), content_type="text/plain")
    return raw, read_article(raw, Origin(source="Trang mẫu", fetched="2026-01-02T03:04:05Z"))


def test_plain_text() -> None:
    raw, article = plain()
    position = article.text.index("31 mặt hàng")
    ((start, end),) = trace(raw, article, position, position + len("31 mặt hàng"))
    assert raw.body[start:end].decode() == "31 mặt hàng"


def test_other_bytes_are_refused() -> None:
    raw, article = plain()
    other = Raw(body=raw.body.replace("Lúa Vàng".encode(), "Lúa Bạc".encode()), content_type="text/plain")
    with pytest.raises(TraceError, match="không phải các byte"):
        trace(other, article, 0, len(article.text))


def test_span_outside_the_text_is_refused() -> None:
    raw, article = plain()
    with pytest.raises(ValueError, match="ngoài văn bản"):
        trace(raw, article, 0, len(article.text) + 1)


@pytest.mark.parametrize(
    "awkward",
    [
        "giá < 5 triệu, tăng <10% <3",
        "A & B < C &# D &amp E &lt; F &notit; G",
        "hộp </> thư <!> của <? xã > bên",
        "chữ <!--> một --> hai <!-- ba --!> bốn",
        "nhãn <b title='5 > 3'>đậm</b> <i class=it's>nghiêng</i>",
        "nút <noscript>ẩn</noscript> và <noscript>hở",
        "mẫu <select><option>một<option>hai</select> cuối",
        "số &#0; và &#150; và &#xD800; cùng h\x00ộp",
        "thẻ <xmp><b>thô &amp; mộc</b></xmp> sau",
    ],
)
def test_awkward_markup(awkward: str) -> None:
    sentence = "Hợp tác xã Lúa Vàng bày ba mươi mốt mặt hàng ở chợ Bến trong phiên chợ cuối năm, khách tới đông."
    paragraphs = f"<p>{sentence} {awkward}</p><p>{sentence.upper()}</p><p>{sentence.title()}</p>"
    body = f"<h1>Chợ Bến có thêm quầy OCOP</h1>{paragraphs}"
    raw = Raw(body=f"<html><body>{body}</body></html>".encode(), content_type="text/html")
    article = read_article(raw, Origin(source="Trang mẫu", fetched="2026-01-02T03:04:05Z"))
    start = article.text.index("HỢP TÁC XÃ")
    ((first, last),) = trace(raw, article, start, start + len("HỢP TÁC XÃ"))
    assert raw.body[first:last].decode() == "HỢP TÁC XÃ"


def test_documents_have_no_bytes_to_show() -> None:
    _, article = plain()
    for body in (b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        with pytest.raises(TraceError, match="dùng số trang"):
            trace(Raw(body=body, content_type="application/octet-stream"), article, 0, 5)


SEEDS = Path(__file__).parents[2] / "shared" / "data" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/data/seeds is not beside this checkout")
def test_seeds() -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        raw = Raw(body=path.read_bytes(), content_type="text/plain")
        article = read_article(raw, Origin(source="x", fetched="2026-01-02T03:04:05Z"))
        for block in article.blocks:
            check(raw, article, block.start, block.end)
