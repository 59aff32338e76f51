"""A page's text -> its one parsed tree."""

from lxml import etree, html
from lxml.html import HtmlElement

from crawler.draft import NoArticleError

_MAX_CHARS = 32 * 1024 * 1024


def parse(text: str) -> HtmlElement:
    """The tree of a page's HTML, without comments and processing instructions.

    Raises:
        NoArticleError: the text is no HTML that can be read.
    """
    if len(text) > _MAX_CHARS:
        raise NoArticleError(f"trang dài {len(text)} ký tự, giới hạn là {_MAX_CHARS}")
    text = text.replace("\x00", "")
    if not text.strip():
        raise NoArticleError("tệp rỗng")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise NoArticleError(f"không đọc được HTML: {error}") from error
