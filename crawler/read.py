"""Bytes with what is declared about them -> Article: which reader reads them."""

import re
from dataclasses import dataclass, replace

from crawler.archive import Raw
from crawler.article import Article
from crawler.decode import decode
from crawler.discover import clean_address
from crawler.documents import draft_document, is_document
from crawler.draft import Draft, NoArticleError, Origin, compose
from crawler.html import canonical_link, draft_html, links
from crawler.plain import draft_plain
from crawler.sources import Select, Source

_BINARY = (b"GIF8", b"\x1f\x8b", b"RIFF", b"\x7fELF", b"Rar!", b"7z\xbc\xaf")
_TAGS = re.compile(
    rb"<(?:!doctype html|html|head|body|p|div|table|article|section|br|h[1-6]|span|ul|ol)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_UNREADABLE_SHARE = 0.02
_SUMMARY = re.compile(r"tóm (?:lược|tắt)\b", re.IGNORECASE)


def is_html(raw: Raw) -> bool:
    """Whether the bytes are HTML or a fragment of it: by the declared type, else by the tags in them."""
    if is_document(raw.body):
        return False
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
    if is_document(raw.body):
        return compose(_with_kind(draft_document(raw.body)), origin, raw)
    if raw.body.startswith(_BINARY):
        raise NoArticleError("tệp nhị phân (ảnh, nén, phim...), không phải văn bản")
    text = decode(raw.body, raw.content_type)
    unreadable = sum(char == "\ufffd" or (char < " " and char not in "\t\n\r\f\v") for char in text[:20000])
    if unreadable > _UNREADABLE_SHARE * min(len(text), 20000):
        raise NoArticleError("không phải văn bản: quá nhiều ký tự không đọc được")
    draft = draft_html(raw, select) if is_html(raw) else draft_plain(text)
    return compose(_with_kind(draft), origin, raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one fetched page gives: its article, or the reason why there is none, and where it leads.

    links: every address in its links as written, each once, in order. feeds: those of `<link rel=alternate>` that are
    RSS or Atom. `links`, `feeds` are empty for what is no HTML.
    """

    article: Article | None
    reason: str | None
    links: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()


def read_page(raw: Raw, url: str, source: Source, fetched: str) -> Reading:
    """Read what was fetched from `url` for a source.

    The article's address is the page's canonical one where that is one of the source's articles, else its own: a site
    that names its front page as canonical everywhere would otherwise fold all its articles into one.
    """
    found = tuple(dict.fromkeys(links(raw))) if is_html(raw) else ()
    link = canonical_link(raw) if is_html(raw) else None
    named = clean_address(url, link) if link else None
    address = named if named is not None and source.keeps(named) else clean_address(url, url) or url
    origin = Origin(
        source=source.name,
        fetched=fetched,
        url=address,
        authority=source.authority,
        rights=source.rights,
        kind=source.kind,
        place=source.province,
    )
    try:
        return Reading(article=read_article(raw, origin, source.select), reason=None, links=found)
    except NoArticleError as error:
        return Reading(article=None, reason=str(error), links=found)


def _with_kind(draft: Draft) -> Draft:
    """A text that calls itself a summary is a guide, whatever it summarises."""
    return replace(draft, kind="guide") if draft.kind is None and _SUMMARY.match(draft.title) else draft
