"""What a page says of itself beside its text: title, author and time of publication, from head, JSON-LD and marks."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from crawler.byline import bare_byline, labelled_byline
from crawler.clean import is_body
from crawler.dates import PrintedDate, metadata_date, printed_date
from crawler.draft import tidy
from crawler.lines import Place, Seen, squeeze, text_within

_SITE_MARK = re.compile(r"\s+[|–—»«:]+\s+|\s+-\s+")
_SYLLABLE = re.compile(r"\w+")
_LINES_ABOVE = 6
_LINES_BELOW = 6
_AUTHOR_TAGS = frozenset({"span", "a", "p", "div", "strong", "b", "address"})
_MAX_HEADING_CHARS = 1000
AUTHOR_CHARS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What head, JSON-LD and microdata say. `published` is ISO 8601; `name` is what `<title>` says, possibly empty."""

    name: str
    title: str | None
    site: str | None
    author: str | None
    published: str | None
    summary: str | None


def read_metadata(tree: HtmlElement) -> Metadata:
    """Read what the page's machine-readable parts say. A modification date is no publication date."""
    named: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = tidy(element.get("content") or "") if name else ""
        if value:
            named.setdefault(name.lower(), value)
    linked = _json_ld(tree)
    published: str | None = None
    for stamp in (
        named.get("article:published_time"),
        named.get("og:published_time"),
        named.get("datepublished"),
        linked.get("datePublished"),
        named.get("pubdate"),
        named.get("publishdate"),
        named.get("dc.date.issued"),
        named.get("article:published"),
        *_time_elements(tree),
    ):
        published = metadata_date(stamp) if stamp else None
        if published:
            break
    site = named.get("og:site_name")
    author = linked.get("author") or named.get("author") or named.get("article:author")
    if author is not None and (
        author == site or "/" in author or len(author) > AUTHOR_CHARS or bare_byline(author) is None
    ):
        author = None
    head = tree.find("head/title")
    return Metadata(
        name=_heading(head) if head is not None else "",
        title=named.get("og:title"),
        site=site,
        author=author,
        published=published,
        summary=named.get("description") or named.get("og:description"),
    )


def _time_elements(tree: HtmlElement) -> list[str]:
    """`<time datetime>` of the article: marked as its publication, or the only value there is on the page."""
    every: set[str] = set()
    for element in tree.iter("time"):
        stamp = element.get("datetime")
        if stamp is None:
            continue
        if element.get("pubdate") is not None or element.get("itemprop") == "datePublished":
            return [stamp]
        every.add(stamp)
    return list(every) if len(every) == 1 else []


def _json_ld(tree: HtmlElement) -> dict[str, str]:
    """datePublished and author's name of the first article in the page's JSON-LD."""
    for script in tree.iter("script"):
        if script.get("type") != "application/ld+json":
            continue
        try:
            data: Any = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        waiting: list[Any] = [data]
        for item in waiting:
            if isinstance(item, list):
                waiting.extend(item)
            elif isinstance(item, dict):
                if isinstance(item.get("datePublished"), str):
                    return _named(item)
                waiting.append(item.get("@graph"))
    return {}


def _named(item: dict[str, Any]) -> dict[str, str]:
    author = item.get("author")
    author = author[0] if isinstance(author, list) and author else author
    author = author.get("name") if isinstance(author, dict) else author
    found = {"datePublished": str(item["datePublished"])}
    return {**found, "author": tidy(author)} if isinstance(author, str) else found


# --- title ------------------------------------------------------------------------------------------------------------


def read_title(tree: HtmlElement, meta: Metadata) -> tuple[str, bool]:
    """The page's heading where it agrees with what the head calls the page, else og:title, else `<title>`.

    False where only `<title>` tells: many portals print the site's name there.
    """
    headings = [text for element in tree.iter("h1") if (text := _heading(element))]
    named = [name for name in map(squeeze, filter(None, (meta.title, meta.name))) if name]
    for text in headings:
        key = squeeze(text)
        if any(key in name or name in key for name in named):
            return text, True
    if len(headings) == 1 and not named:
        return headings[0], True
    # A site's name in h1 is no title; a page title that some other heading repeats is.
    for element in tree.iter("h2", "h3"):
        text = _heading(element)
        if len(text) > 15 and any(name.startswith(squeeze(text)) for name in named):
            return text, True
    if headings and len(headings[0]) > 25:
        return headings[0], True
    return _without_site(meta.title or meta.name, meta.site) or (headings[0] if headings else ""), bool(meta.title)


def _heading(element: HtmlElement) -> str:
    return text_within(element, _MAX_HEADING_CHARS)


def _without_site(title: str, site: str | None) -> str:
    """The title less the site's name, which pages add after (or before) a mark."""
    if site and title.casefold().endswith(site.casefold()) and len(title) > len(site):
        return title[: -len(site)].rstrip(" -–—|»:")
    parts = _SITE_MARK.split(title)
    if len(parts) > 1 and len(parts[-1]) < len(title) / 2 and len(parts[-1].split()) <= 8:
        return title[: title.rindex(parts[-1])].rstrip(" -–—|»:")
    return title


def heading_above(seen: Sequence[Seen], chosen: Sequence[Seen], title: str) -> str:
    """The heading that opens the text, where it shares more syllables with it than the page's name does."""
    body = [item for item in chosen if is_body(item.line)]
    if not body:
        return title
    position = next(index for index, item in enumerate(seen) if item.key == body[0].key)
    syllables = set(_SYLLABLE.findall(" ".join(item.line.text for item in body).casefold()))

    def share(text: str) -> float:
        words = _SYLLABLE.findall(text.casefold())
        return sum(word in syllables for word in words) / len(words) if len(words) >= 4 else 0.0

    nearby = seen[max(0, position - _LINES_ABOVE) : position]
    return max([title, *(item.line.text for item in nearby if item.line.role == "heading")], key=share)


# --- what is printed --------------------------------------------------------------------------------------------------


def printed_near_title(seen: Sequence[Seen], chosen: Sequence[Seen], title: str) -> PrintedDate | None:
    """A date line between the title (or five lines above the text) and the first kept paragraph, or labelled below."""
    if not chosen:
        return None
    opening, closing, folded = chosen[0].key, chosen[-1].key, squeeze(title)
    first = next((index for index, item in enumerate(seen) if item.key == opening), 0)
    start = max((index for index in range(first) if seen[index].key == folded), default=first)
    for item in seen[max(0, start - 5) : first + 3]:
        found = printed_date(item.line.text, title)
        if found is not None and item.linked < 0.5:
            return found
    last = max((index for index, item in enumerate(seen) if item.key == closing), default=first)
    for item in seen[last : last + _LINES_BELOW]:
        found = printed_date(item.line.text, title)
        if found is not None and found.labelled:
            return found
    return None


def marked_author(authors: Sequence[Place]) -> str | None:
    """The first name that stands alone in an element of an author's class, comments left out."""
    for place in authors:
        if place.element.tag not in _AUTHOR_TAGS or place.in_furniture(None):
            continue
        text = text_within(place.element, 2 * AUTHOR_CHARS)
        found = labelled_byline(text)
        if found is not None:
            return found.name
        if text and len(text) <= AUTHOR_CHARS and not any(char.isdigit() for char in text):
            return text
    return None
