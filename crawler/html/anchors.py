"""Where a page leads: its links, its canonical address, its feeds, and the files that hang off its text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urljoin

from lxml.html import HtmlElement

from crawler.address import clean_address
from crawler.article import Attachment
from crawler.html.lines import Place, Seen, squeeze, text_within

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_ENDING = re.compile(r"\.(?:pdf|docx?|xlsx?|zip|rar)(?=$|[/?#&;\s)\]])", re.IGNORECASE)
# Addresses of files that do not end as files do: they count only under a label that announces files.
_HANDLER = re.compile(
    r"/documents/\d|/file(?:s|box)?[/?]|download|getfile|viewfile|attach|tai-?(?:ve|file|lieu)", re.IGNORECASE
)
_ANNOUNCED = re.compile(
    r"(?:(?:các )?(?:tệp|tập tin|file|tài liệu|văn bản|phụ lục)(?: tin)?\s+(?:đính kèm|kèm theo|gốc|tải về)|đính kèm|"
    r"tệp(?: tin)? (?:văn bản|tài liệu|toàn văn)|tải (?:về|file|tệp|văn bản|tài liệu)|toàn văn|download)",
    re.IGNORECASE,
)
_BOX = re.compile(r"attach|dinh-?kem|tep-?tin|file-?(?:list|download)|van-?ban-?goc", re.IGNORECASE)
_MAX_ATTACHMENTS = 100
_MAX_LABEL_CHARS = 300
_MAX_ANNOUNCEMENT_CHARS = 80
_BOX_DEPTH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLinks:
    """Addresses as written, each once, in order; absolute where the page declares a base of its own.

    canonical: what `<link rel=canonical>` names. feeds: those of `<link rel=alternate>` that are RSS or Atom.
    """

    base: str | None = None
    links: tuple[str, ...] = ()
    canonical: str | None = None
    feeds: tuple[str, ...] = ()


def page_links(tree: HtmlElement, url: str) -> PageLinks:
    """Where the page at `url` leads."""
    base = next((href for element in tree.iter("base") if (href := (element.get("href") or "").strip())), None)
    base = _joined(url, base) if base is not None else None
    canonical: str | None = None
    feeds: list[str] = []
    for element in tree.iter("link"):
        href = (element.get("href") or "").strip()
        kinds = (element.get("rel") or "").lower().split()
        if not href:
            continue
        if "canonical" in kinds:
            canonical = canonical or _as_written(base, href)
        elif "alternate" in kinds and (element.get("type") or "").strip().lower() in _FEED_TYPES:
            feeds.append(_as_written(base, href))
    links = (_as_written(base, href) for element in tree.iter("a") if (href := element.get("href")) is not None)
    return PageLinks(
        base=base, links=tuple(dict.fromkeys(links)), canonical=canonical, feeds=tuple(dict.fromkeys(feeds))
    )


def _as_written(base: str | None, href: str) -> str:
    return href if base is None else _joined(base, href)


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return href


def attachments(
    anchors: Sequence[Place], seen: Sequence[Seen], title: str, home: Place | None, base: str
) -> tuple[Attachment, ...]:
    """The files that hang off an article, in the page's order.

    A link to a file counts where it stands with the article's text, or in a box that announces files; menus and
    footers are full of links to other files.

    anchors: the page's links (and what it embeds). home: the element around the text. base: the address that the
    page's links are relative to; where it is "", only absolute links count.
    """
    around = _article_place(seen, title, home)
    found: dict[str, Attachment] = {}
    for anchor in anchors:
        href = (anchor.element.get("href") or anchor.element.get("src") or anchor.element.get("data") or "").strip()
        label = text_within(anchor.element, _MAX_LABEL_CHARS)
        if not href or href.startswith("#") or anchor.in_furniture(around):
            continue
        here = around is not None and anchor.within(around)
        file = _ENDING.search(unquote(href)) is not None or _ENDING.search(label) is not None
        if not (file and here) and not ((file or (here and _HANDLER.search(_path(href)))) and _announced(anchor)):
            continue
        url = clean_address(base, href)
        if url is None or (url not in found and len(found) == _MAX_ATTACHMENTS):
            continue
        # Of several links to one file, an icon and its name say, the one with words names it.
        if url not in found or not found[url].label:
            found[url] = Attachment(url=url, label=label)
    return tuple(found.values())


def _path(href: str) -> str:
    """An address less its scheme and host."""
    return re.sub(r"^(?:\w+:)?//[^/]*", "", href)


def _article_place(seen: Sequence[Seen], title: str, home: Place | None) -> Place | None:
    """The element around text and title: boxes of files stand in it, below the text."""
    if home is None:
        return None
    folded = squeeze(title)
    named = next((item.place for item in seen if item.key == folded), None)
    place = home
    while named is not None and not named.within(place) and place.parent is not None:
        place = place.parent
    return place


def _announced(anchor: Place) -> bool:
    """Whether one of the elements right around a link is called, or begins by saying that it is, a box of files."""
    for place in _upwards(anchor, _BOX_DEPTH):
        element = place.element
        if _BOX.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
        opening = next((text for text in element.itertext() if text.strip()), "")
        if len(opening) <= _MAX_ANNOUNCEMENT_CHARS and _ANNOUNCED.match(opening.strip()):
            return True
        former = element.getprevious()
        if former is not None and _ANNOUNCED.match(text_within(former, _MAX_ANNOUNCEMENT_CHARS)):
            return True
    return False


def _upwards(place: Place, steps: int) -> Iterator[Place]:
    current: Place | None = place
    for _ in range(steps):
        if current is None or current.element.tag in ("body", "html"):
            return
        yield current
        current = current.parent
