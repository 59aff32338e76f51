"""The demo's legal pages as a crawl reads them, for tests that need the law and no crawl."""

from functools import cache
from pathlib import Path

from crawler.archive import Archive, Raw
from crawler.article import Article
from crawler.draft import Origin
from crawler.read import read_article
from demo.pages import load_portals
from demo.render import render_portal


@cache
def _pages() -> dict[str, tuple[Article, Raw]]:
    """Slug -> the page read, and its bytes."""
    portals = load_portals()
    homes = {portal.settings.id: f"http://127.0.0.1:{8801 + at}" for at, portal in enumerate(portals)}
    names = {portal.settings.id: portal.settings.name for portal in portals}
    (luat,) = (portal for portal in portals if portal.settings.id == "luat")
    site = render_portal(luat, homes, names)
    found = {}
    for page in luat.pages:
        document = site.documents[page.path]
        url = homes["luat"] + page.path
        origin = Origin(source="Luật", fetched="2026-11-01T08:00:00Z", url=url, kind="guide", rights="full")
        raw = Raw(body=document.body, content_type=document.content_type)
        found[page.slug] = (read_article(raw, origin), raw)
    return found


def demo_articles() -> dict[str, Article]:
    """Slug -> the page."""
    return {slug: article for slug, (article, _) in _pages().items()}


def archive_pages(data: Path, **more: str) -> None:
    """Put every page into the archive of a data folder; more: further pages of HTML, by their slugs."""
    with Archive(data, create=True) as archive:
        for article, raw in _pages().values():
            archive.put(article, raw)
        for slug, html in more.items():
            raw = Raw(body=html.encode(), content_type="text/html; charset=utf-8")
            url = f"https://luat.example/{slug}"
            origin = Origin(source="Luật", fetched="2026-11-01T08:00:00Z", url=url, kind="guide", rights="full")
            archive.put(read_article(raw, origin), raw)
