"""What a page says of itself beside its text: names, author and time of publication, from head, JSON-LD and marks."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from crawler.draft import tidy
from crawler.html.lines import Place, Seen, squeeze, text_within
from crawler.text.byline import bare_byline, is_account, labelled_byline
from crawler.text.dates import PrintedDate, first_posted, metadata_date, printed_date

_LINES_BELOW = 6
_AUTHOR_TAGS = frozenset({"span", "a", "p", "div", "strong", "b", "address"})
_MAX_NAME_CHARS = 1000
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


def read_metadata(tree: HtmlElement, times: Sequence[Place]) -> Metadata:
    """Read what the page's machine-readable parts say. A modification date is no publication date.

    times: the elements of the page's body that say a time.
    """
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
        *_time_elements(times),
    ):
        published = metadata_date(stamp) if stamp else None
        if published:
            break
    site = named.get("og:site_name")
    author = linked.get("author") or named.get("author") or named.get("article:author")
    if author is not None and (
        author == site
        or "/" in author
        or len(author) > AUTHOR_CHARS
        or bare_byline(author) is None
        or is_account(author)
    ):
        author = None
    head = tree.find("head/title")
    return Metadata(
        name=text_within(head, _MAX_NAME_CHARS) if head is not None else "",
        title=named.get("og:title"),
        site=site,
        author=author,
        published=published,
        summary=named.get("description") or named.get("og:description"),
    )


def _time_elements(times: Sequence[Place]) -> list[str]:
    """`<time datetime>` of the article: marked as its publication, or the only value there is outside furniture."""
    every: set[str] = set()
    for place in times:
        element = place.element
        stamp = element.get("datetime") or element.get("title") or element.get("content") or ""
        marked = element.get("pubdate") is not None or element.get("itemprop") == "datePublished"
        if not stamp or (place.by_others() if marked else place.in_furniture(None)):
            continue
        if marked:
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
                stamp = item.get("datePublished")
                if isinstance(stamp, str) and metadata_date(stamp):
                    return _named(item)
                waiting.append(item.get("@graph"))
    return {}


def _named(item: dict[str, Any]) -> dict[str, str]:
    author = item.get("author")
    author = author[0] if isinstance(author, list) and author else author
    author = author.get("name") if isinstance(author, dict) else author
    found = {"datePublished": str(item["datePublished"])}
    return {**found, "author": tidy(author)} if isinstance(author, str) else found


# --- what is printed --------------------------------------------------------------------------------------------------


def printed_near_title(seen: Sequence[Seen], chosen: Sequence[Seen], title: str) -> PrintedDate | None:
    """A date line between the title (or five lines above the text) and the first kept paragraph, or labelled below."""
    if not chosen:
        return None
    opening, closing, folded = chosen[0].key, chosen[-1].key, squeeze(title)
    first = next((index for index, item in enumerate(seen) if item.key == opening), 0)
    start = max((index for index in range(first) if seen[index].key == folded), default=first)
    near = (item for item in seen[max(0, start - 5) : first + 3] if item.linked < 0.5)
    posted = first_posted(printed_date(item.line.text, title) for item in near)
    if posted is not None:
        return posted
    last = max((index for index, item in enumerate(seen) if item.key == closing), default=first)
    for item in seen[last : last + _LINES_BELOW]:
        found = printed_date(item.line.text, title)
        if found is not None and found.labelled:
            return found
    return None


def marked_author(authors: Sequence[Place]) -> str | None:
    """The first name that stands alone in an element of an author's class, comments left out."""
    for place in authors:
        marked = place.element.get("itemprop") == "author"
        if place.element.tag not in _AUTHOR_TAGS or (place.by_others() if marked else place.in_furniture(None)):
            continue
        text = text_within(place.element, 2 * AUTHOR_CHARS)
        found = labelled_byline(text)
        name = found.name if found is not None else text
        if name and len(name) <= AUTHOR_CHARS and not any(char.isdigit() for char in name) and not is_account(name):
            return name
    return None
