"""A page's text -> its one parsed tree."""

import re
from collections import Counter

from lxml import etree, html
from lxml.html import HtmlElement

from crawler.draft import NoArticleError

_MAX_CHARS = 32 * 1024 * 1024
# libxml2 compares each attribute of a tag with all before it, trafilatura counts a row's cells anew at each cell:
# past these numbers a page of a megabyte takes minutes. Pages of portals have a few thousand elements.
_MAX_ELEMENTS = 60_000
_MAX_ATTRIBUTES = 2000
_MAX_CELLS = 2000
_LONG_TAG = re.compile(r"<[a-z][^<>]{8000,}", re.IGNORECASE)


def parse(text: str) -> HtmlElement:
    """The tree of a page's HTML, without comments and processing instructions.

    Raises:
        NoArticleError: the text is no HTML that can be read, or is made of too many parts.
    """
    if len(text) > _MAX_CHARS:
        raise NoArticleError(f"trang dài {len(text)} ký tự, giới hạn là {_MAX_CHARS}")
    text = text.replace("\x00", "")
    if not text.strip():
        raise NoArticleError("tệp rỗng")
    if any(len(tag.split()) > _MAX_ATTRIBUTES for tag in _LONG_TAG.findall(text)):
        raise NoArticleError(f"một thẻ có hơn {_MAX_ATTRIBUTES} thuộc tính")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise NoArticleError(f"không đọc được HTML: {error}") from error
    elements = sum(1 for _ in tree.iter())
    if elements > _MAX_ELEMENTS:
        raise NoArticleError(f"trang có {elements} phần tử, giới hạn là {_MAX_ELEMENTS}")
    cells = max(Counter(cell.getparent() for cell in tree.iter("td", "th")).values(), default=0)
    if cells > _MAX_CELLS:
        raise NoArticleError(f"một hàng của bảng có {cells} ô, giới hạn là {_MAX_CELLS}")
    return tree
