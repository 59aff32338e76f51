"""Bytes with what is declared about them -> Article: which reader reads them."""

import re
from dataclasses import replace

from crawler.archive import Raw
from crawler.article import Article
from crawler.decode import decode
from crawler.draft import Draft, NoArticleError, Origin, compose
from crawler.html import draft_html
from crawler.plain import draft_plain
from crawler.sources import Select

_BINARY = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"RIFF",
    b"\x7fELF",
)
_TAGS = re.compile(
    rb"<(?:!doctype html|html|head|body|p|div|table|article|section|br|h[1-6]|span|ul|ol)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_UNREADABLE_SHARE = 0.02
_SUMMARY = re.compile(r"tóm (?:lược|tắt)\b", re.IGNORECASE)


def is_html(raw: Raw) -> bool:
    """Whether the bytes are HTML or a fragment of it: by the declared type, else by the tags in them."""
    declared = raw.content_type.partition(";")[0].strip().lower()
    if declared in ("text/html", "application/xhtml+xml"):
        return True
    return _TAGS.search(raw.body.replace(b"\x00", b"")) is not None


def read_article(raw: Raw, origin: Origin, select: Select | None = None) -> Article:
    """Read a page or file.

    Raises:
        NoArticleError: it is binary, empty, or holds no article.
    """
    if not raw.body.strip():
        raise NoArticleError("tệp rỗng")
    if raw.body.startswith(_BINARY):
        raise NoArticleError("tệp nhị phân (ảnh, PDF, nén...), không phải văn bản")
    text = decode(raw.body, raw.content_type)
    unreadable = sum(char == "\ufffd" or (char < " " and char not in "\t\n\r\f\v") for char in text[:20000])
    if unreadable > _UNREADABLE_SHARE * min(len(text), 20000):
        raise NoArticleError("không phải văn bản: quá nhiều ký tự không đọc được")
    draft = draft_html(raw, select) if is_html(raw) else draft_plain(text)
    return compose(_with_kind(draft), origin, raw)


def _with_kind(draft: Draft) -> Draft:
    """A text that calls itself a summary is a guide, whatever it summarises."""
    return replace(draft, kind="guide") if draft.kind is None and _SUMMARY.match(draft.title) else draft
