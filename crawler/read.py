"""Bytes with what is declared about them -> Article: which reader reads them."""

import re
from dataclasses import dataclass, replace

from crawler.address import clean_address
from crawler.archive import Raw
from crawler.article import Article
from crawler.documents.reader import draft_document, is_document
from crawler.draft import Draft, NoArticleError, Origin, compose
from crawler.html.anchors import PageLinks, page_links
from crawler.html.page import draft_html
from crawler.html.tree import parse
from crawler.sources import Select, Source
from crawler.text.decode import decode
from crawler.text.plain import draft_plain

_BINARY = (b"GIF8", b"\x1f\x8b", b"RIFF", b"\x7fELF", b"Rar!", b"7z\xbc\xaf")
_TAGS = re.compile(
    rb"<(?:!doctype html|html|head|body|p|div|table|article|section|br|h[1-6]|span|ul|ol)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_UNREADABLE = re.compile("[\ufffd\x00-\x08\x0e-\x1f]")
_UNREADABLE_SHARE = 0.02
_LOOKED_AT_CHARS = 20000
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
    if is_document(raw.body):
        draft = draft_document(raw.body)
    else:
        text = _text(raw)
        draft = draft_html(parse(text), origin.url or "", select) if is_html(raw) else draft_plain(text)
    return compose(_with_kind(draft), origin, raw)


def _text(raw: Raw) -> str:
    """The characters of a page or file.

    Raises:
        NoArticleError: it is empty, or no text.
    """
    if not raw.body.strip():
        raise NoArticleError("tệp rỗng")
    if raw.body.startswith(_BINARY):
        raise NoArticleError("tệp nhị phân (ảnh, nén, phim...), không phải văn bản")
    text = decode(raw.body, raw.content_type)
    looked_at = text[:_LOOKED_AT_CHARS]
    if len(_UNREADABLE.findall(looked_at)) > _UNREADABLE_SHARE * len(looked_at):
        raise NoArticleError("không phải văn bản: quá nhiều ký tự không đọc được")
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one fetched page gives: its article, or the reason why there is none, and where it leads.

    links: every address in its links, each once, in order; as written, or absolute where the page has a base. feeds:
    those of `<link rel=alternate>` that are RSS or Atom. `links`, `feeds` are empty for what is no HTML.
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
    found = PageLinks()
    if is_document(raw.body):
        origin = _origin(source, fetched, clean_address(url, url) or url)
        try:
            return Reading(article=compose(_with_kind(draft_document(raw.body)), origin, raw), reason=None)
        except NoArticleError as error:
            return Reading(article=None, reason=str(error))
    try:
        text = _text(raw)
        tree = parse(text) if is_html(raw) else None
        if tree is not None:
            found = page_links(tree, url)
        origin = _origin(source, fetched, _address(source, url, found.canonical))
        draft = draft_html(tree, found.base or url, source.select) if tree is not None else draft_plain(text)
        article = compose(_with_kind(draft), origin, raw)
    except NoArticleError as error:
        return Reading(article=None, reason=str(error), links=found.links, feeds=found.feeds)
    return Reading(article=article, reason=None, links=found.links, feeds=found.feeds)


def _address(source: Source, url: str, canonical: str | None) -> str:
    named = clean_address(url, canonical) if canonical else None
    return named if named is not None and source.keeps(named) else clean_address(url, url) or url


def _origin(source: Source, fetched: str, url: str) -> Origin:
    return Origin(
        source=source.name,
        fetched=fetched,
        url=url,
        authority=source.authority,
        rights=source.rights,
        kind=source.kind,
        place=source.province,
    )


def _with_kind(draft: Draft) -> Draft:
    """A text that calls itself a summary is a guide, whatever it summarises."""
    return replace(draft, kind="guide") if draft.kind is None and _SUMMARY.match(draft.title) else draft
