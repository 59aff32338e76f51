"""Where a page leads: links, feeds, canonical address, and the files that hang off its text."""

import pytest

from crawler.archive import Raw
from crawler.article import Attachment
from crawler.read import Reading, read_page
from crawler.sources import Source

URL = "https://mau.example.vn/tin/bai-1.html"
SENTENCE = "Xã Bình An có bốn sản phẩm được công nhận hạng 3 sao trong năm nay, gồm chè, mật ong, măng khô và rượu ngô."
TEXT = f"<p>{SENTENCE}</p><p>{SENTENCE[:-1]}; hết.</p>"
SOURCE = Source(id="mau", name="Trang mẫu", home="https://mau.example.vn/", articles=("^/tin/",))


def page(body: str, head: str = "") -> Raw:
    text = f'<html><head><meta charset="utf-8"><title>Bốn sản phẩm của Bình An</title>{head}</head><body>{body}</body>'
    return Raw(body=text.encode(), content_type="text/html; charset=utf-8")


def read(body: str, head: str = "") -> Reading:
    return read_page(page(body, head), URL, SOURCE, "2026-01-02T03:04:05Z")


def attachments(body: str, head: str = "") -> list[tuple[str, str]]:
    reading = read(body, head)
    assert reading.article is not None, reading.reason
    assert all(isinstance(one, Attachment) for one in reading.article.attachments)
    return [(one.url, one.label) for one in reading.article.attachments]


def test_links_are_told_once_in_order_as_written() -> None:
    body = f"<a href='/b'>b</a><a href='a.html?x=1#y'>a</a><a href='/b'>b</a><a name='z'>z</a>{TEXT}"
    assert read(body).links == ("/b", "a.html?x=1#y")


def test_a_page_that_is_no_article_still_leads_on() -> None:
    reading = read(
        "<a href='/tin/bai-2.html'>Bài 2</a>", '<link rel="alternate" type="application/rss+xml" href="/rss">'
    )
    assert (reading.article, reading.links, reading.feeds) == (None, ("/tin/bai-2.html",), ("/rss",))
    assert reading.reason is not None


def test_feeds_are_rss_and_atom_alone() -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
        '<link rel="Alternate" type="application/atom+xml" href="/atom.xml">'
        '<link rel="alternate" hreflang="en" href="/en">'
        '<link rel="stylesheet" type="text/css" href="/a.css">'
    )
    assert read(TEXT, head).feeds == ("/rss.xml", "/atom.xml")


def test_addresses_are_joined_to_the_page_s_own_base() -> None:
    head = '<base href="/cong/"><link rel="alternate" type="application/rss+xml" href="rss">'
    reading = read(f"<a href='b'>b</a><article>{TEXT}<a href='tep.pdf'>Tệp</a></article>", head)
    assert reading.links == ("https://mau.example.vn/cong/b", "https://mau.example.vn/cong/tep.pdf")
    assert reading.feeds == ("https://mau.example.vn/cong/rss",)
    assert reading.article is not None
    assert reading.article.attachments == (Attachment(url="https://mau.example.vn/cong/tep.pdf", label="Tệp"),)


@pytest.mark.parametrize(
    ("canonical", "url"),
    [("/tin/bai-1", "https://mau.example.vn/tin/bai-1"), ("/", URL), ("https://khac.example/tin/bai-1", URL)],
    ids=["an article", "the front page", "another site"],
)
def test_the_canonical_address_counts_where_it_is_an_article_s(canonical: str, url: str) -> None:
    reading = read(TEXT, f'<link rel="canonical" href="{canonical}">')
    assert reading.article is not None
    assert reading.article.url == url


def test_files_linked_in_the_text() -> None:
    body = (
        f"<article>{TEXT}<p>Xem <a href='../tep/qd-12.pdf'>quyết định</a>, <a href='/b.html'>bài này</a>.</p></article>"
    )
    assert attachments(body) == [("https://mau.example.vn/tep/qd-12.pdf", "quyết định")]


@pytest.mark.parametrize("label", ["Tệp đính kèm", "File đính kèm:", "Tài liệu kèm theo", "Văn bản đính kèm"])
def test_files_in_a_box_below_the_text(label: str) -> None:
    box = f"<div><b>{label}</b><ul><li><a href='/documents/20182/0/QD.docx/aa-bb?t=1'>Quyết định</a></li></ul></div>"
    menu = "<ul><li><a href='/huong-dan.pdf'>Hướng dẫn sử dụng cổng</a></li></ul>"
    assert attachments(f"<div>{menu}</div><div><div>{TEXT}</div></div>{box}") == [
        ("https://mau.example.vn/documents/20182/0/QD.docx/aa-bb?t=1", "Quyết định")
    ]


def test_a_handler_counts_under_a_label_alone() -> None:
    link = "<a href='/Handlers/DownloadFile.ashx?id=5'>Kế hoạch</a>"
    assert attachments(f"<div>{TEXT}<p>{link}</p></div>") == []
    assert attachments(f"<div>{TEXT}<p>Tệp đính kèm: {link}</p></div>") == [
        ("https://mau.example.vn/Handlers/DownloadFile.ashx?id=5", "Kế hoạch")
    ]


def test_a_label_that_ends_as_a_file_does_names_a_file() -> None:
    body = f"<article>{TEXT}<p><a href='/lay?so=9'>Phu luc.xlsx</a></p></article>"
    assert attachments(body) == [("https://mau.example.vn/lay?so=9", "Phu luc.xlsx")]


def test_files_of_menus_and_footers_do_not_hang_off_the_text() -> None:
    body = (
        f"<nav><a href='/a.pdf'>Lịch</a></nav><h1>Bốn sản phẩm của Bình An</h1><article>{TEXT}</article>"
        "<div class='sidebar'><a href='/b.pdf'>Thủ tục</a></div><footer><a href='/c.pdf'>Quy chế</a></footer>"
    )
    assert attachments(body) == []


def test_one_file_is_told_once_with_the_first_label_that_has_words() -> None:
    link = "<a href='/a.pdf'><img src='/pdf.png'></a> <a href='/a.pdf'>Quyết định 12</a> <a href='/a.pdf'>Tải về</a>"
    assert attachments(f"<article>{TEXT}<p>{link}</p></article>") == [("https://mau.example.vn/a.pdf", "Quyết định 12")]


def test_an_embedded_document_hangs_off_the_text() -> None:
    body = (
        f"<article>{TEXT}<iframe src='/tep/qd-12.pdf'></iframe><object data='data:text/plain,x.pdf'></object></article>"
    )
    assert attachments(body) == [("https://mau.example.vn/tep/qd-12.pdf", "")]


@pytest.mark.parametrize(
    "href", ["javascript:tai('a.pdf')", "#a.pdf", "mailto:a.pdf", "http://[/a.pdf", "ftp://x/a.pdf"]
)
def test_what_cannot_be_fetched_is_no_attachment(href: str) -> None:
    assert attachments(f'<article>{TEXT}<p><a href="{href}">tệp.pdf</a></p></article>') == []


def test_attachments_are_bounded() -> None:
    links = "".join(f"<p><a href='/{i}.pdf'>tệp {i}</a></p>" for i in range(300))
    assert len(attachments(f"<article>{TEXT}{links}</article>")) == 100
