"""What a portal offers to machines: robots.txt (RFC 9309), sitemaps (sitemaps.org 0.9), RSS 2.0, Atom (RFC 4287)."""

import gzip
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.utils import format_datetime

from jinja2 import Environment

from demo.pages import Page, Portal, PortalSettings

_YEAR_OF_SPLIT = "2024"  # a sitemap index names one map before this year and one from it on
_DAY = len("2024-01-31")


def robots(settings: PortalSettings, home: str) -> Iterator[tuple[str, bytes]]:
    """(address, body) of robots.txt."""
    lines = ["User-agent: *", *settings.robots, ""]
    if settings.sitemap:
        lines += [f"Sitemap: {home}{settings.sitemap}", ""]
    yield "/robots.txt", "\n".join(lines).encode("utf-8")


def sitemaps(portal: Portal, home: str, environment: Environment, now: datetime) -> Iterator[tuple[str, bytes]]:
    """(address, body) of each sitemap; a page of a later edition says it changed `now`."""
    settings = portal.settings
    if not settings.sitemap:
        return
    parts = {settings.sitemap: portal.pages}
    if settings.sitemap_index:
        former = tuple(page for page in portal.pages if (page.head.published or "") < _YEAR_OF_SPLIT)
        parts = {
            "/sitemap-cu.xml": former,
            "/sitemap-moi.xml": tuple(page for page in portal.pages if page not in former),
        }
        text = environment.get_template("sitemap-index.xml").render(maps=list(parts))
        yield settings.sitemap, text.encode("utf-8")
    for path, pages in parts.items():
        dated = [(page, _changed(page, now)) for page in pages]
        body = environment.get_template("sitemap.xml").render(pages=dated).encode("utf-8")
        yield path, gzip.compress(body, mtime=0) if path.endswith(".gz") else body


def feeds(portal: Portal, environment: Environment) -> Iterator[tuple[str, bytes]]:
    """(address, body) of each feed; pages whose day is not known are in none."""
    dated = [(page, _instant(page.head.published or "")) for page in portal.pages if _has_day(page)]
    if portal.settings.rss:
        items: Sequence[tuple[Page, str]] = [(page, format_datetime(instant)) for page, instant in dated]
        yield portal.settings.rss, environment.get_template("rss.xml").render(items=items).encode("utf-8")
    if portal.settings.atom:
        items = [(page, instant.isoformat()) for page, instant in dated]
        text = environment.get_template("atom.xml").render(items=items, updated=max(item[1] for item in items))
        yield portal.settings.atom, text.encode("utf-8")


def _has_day(page: Page) -> bool:
    return len(page.head.published or "") >= _DAY


def _changed(page: Page, now: datetime) -> str | None:
    if page.edition > 1:
        return now.isoformat()
    return page.head.published and page.head.published[:_DAY]


def _instant(iso: str) -> datetime:
    """An ISO date, or date and minute, of Viet Nam as an instant (+07:00); without a time, noon."""
    return datetime.fromisoformat(f"{iso if 'T' in iso else iso + 'T12:00'}:00+07:00")
