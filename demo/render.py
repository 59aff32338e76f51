"""Portals -> the documents they serve: articles, listings, print pages, feed, sitemaps, robots.txt."""

import hashlib
import html.entities
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from demo.pages import FOLDER, Page, Portal

NOT_FOUND = "404"  # key of the document for every other address; no path, so no request can name it
_RELATED = 4  # teasers beside an article
_YEAR_OF_SPLIT = "2024"  # the newspaper's sitemap index names one map before this year and one from it on
_SHORT = 10  # length of an ISO date with its day


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One answer of a portal. `location` is set for a redirect; `modified` is UTC, to the second."""

    body: bytes
    content_type: str
    modified: datetime
    status: int = 200
    location: str | None = None

    @property
    def etag(self) -> str:
        """A strong entity tag (RFC 9110, section 8.8.3) of the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


def render_portal(portal: Portal, home: str, neighbours: Sequence[tuple[str, str]] = ()) -> dict[str, Document]:
    """Every document of one portal by its path with query ("/tin-tuc?trang=2").

    Args:
        portal: what to render.
        home: its own address without a trailing slash ("http://127.0.0.1:8801"), for sitemaps, feed and canonicals.
        neighbours: (name, address) of the other portals, linked in the footer.
    """
    return dict(_Renderer(portal, home, neighbours).documents())


class _Renderer:
    def __init__(self, portal: Portal, home: str, neighbours: Sequence[tuple[str, str]]) -> None:
        self._portal = portal
        self._settings = portal.settings
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["blocks"] = _blocks
        self._environment.filters["weekday"] = _weekday
        self._environment.globals.update(
            portal=portal.settings, home=home, neighbours=neighbours, views=_views, listing=self._listing_path
        )
        self._home = home
        shared = [FOLDER / "portals.toml", *(file for file in (FOLDER / "templates").rglob("*") if file.is_file())]
        self._frame = max(map(_modified, shared))
        self._newest = max(self._frame, *(_modified(page.file) for page in portal.pages))

    def documents(self) -> Iterator[tuple[str, Document]]:
        yield from self._articles()
        yield from self._listings()
        yield from self._machine_readable()
        missing = self._environment.get_template("missing.html").render()
        yield NOT_FOUND, replace(self._document(missing, "text/html; charset=utf-8", self._newest), status=404)
        settings = self._settings
        yield settings.hidden, self._html("hidden.html", self._newest)
        for old, new in settings.redirects.items():
            yield old, Document(body=b"", content_type="text/html", modified=self._newest, status=301, location=new)
        drawing = FOLDER / "static" / "gian-hang.svg"
        yield (
            "/anh/gian-hang.svg",
            Document(body=drawing.read_bytes(), content_type="image/svg+xml", modified=_modified(drawing)),
        )

    def _articles(self) -> Iterator[tuple[str, Document]]:
        pages = self._portal.pages
        for place, page in enumerate(pages):
            others = [pages[(place + step) % len(pages)] for step in range(1, len(pages))][:_RELATED]
            context = {
                "page": page,
                "related": others,
                "newer": pages[max(place - 2, 0) : place],
                "older": pages[place + 1 : place + 3],
            }
            modified = max(self._frame, _modified(page.file))
            yield page.path, self._html("article.html", modified, letters=page.head.letters, **context)
            if self._settings.prints:
                yield f"/in/{page.slug}", self._html("print.html", modified, page=page)

    def _listings(self) -> Iterator[tuple[str, Document]]:
        size, pages = self._settings.per_page, self._portal.pages
        count = -(-len(pages) // size)
        for number in range(1, count + 1):
            document = self._html(
                "listing.html",
                self._newest,
                pages=pages[(number - 1) * size : number * size],
                number=number,
                count=count,
                moved=list(self._settings.redirects),
            )
            yield self._listing_path(number), document
            if number == 1:
                yield self._listing_path(1).partition("?")[0], document
                yield "/", document

    def _machine_readable(self) -> Iterator[tuple[str, Document]]:
        dated = [page for page in self._portal.pages if len(page.head.published or "") >= _SHORT]
        lines = ["User-agent: *", *self._settings.robots, "", f"Sitemap: {self._home}/sitemap.xml", ""]
        yield "/robots.txt", self._document("\n".join(lines), "text/plain; charset=utf-8", self._newest)
        if self._settings.feed:
            items = [(page, format_datetime(_instant(page.head.published or ""))) for page in dated]
            yield "/rss.xml", self._xml("rss.xml", items=items)
        if self._settings.sitemap_index:
            former = [page for page in self._portal.pages if (page.head.published or "") < _YEAR_OF_SPLIT]
            latter = [page for page in self._portal.pages if page not in former]
            maps = {"/sitemap-cu.xml": former, "/sitemap-moi.xml": latter}
            yield "/sitemap.xml", self._xml("sitemap-index.xml", maps=list(maps))
            for path, pages in maps.items():
                yield path, self._xml("sitemap.xml", pages=pages)
        else:
            yield "/sitemap.xml", self._xml("sitemap.xml", pages=self._portal.pages)

    def _listing_path(self, number: int) -> str:
        return self._settings.listing.format(number=number)

    def _html(self, template: str, modified: datetime, letters: str = "nfc", **context: Any) -> Document:
        text = self._environment.get_template(f"{self._settings.id}/{template}").render(**context)
        if letters == "nfd":
            text = unicodedata.normalize("NFD", text)
        elif letters == "entities":
            text = _entities(text)
        kind = "text/html; charset=utf-8" if self._settings.charset == "header" else "text/html"
        return self._document(text, kind, modified)

    def _xml(self, template: str, **context: Any) -> Document:
        text = self._environment.get_template(template).render(**context)
        return self._document(text, "application/xml; charset=utf-8", self._newest)

    @staticmethod
    def _document(text: str, content_type: str, modified: datetime) -> Document:
        return Document(body=text.encode("utf-8"), content_type=content_type, modified=modified)


def _blocks(page: Page) -> list[tuple[bool, Markup]]:
    """(whether it is a plain paragraph, its HTML) of each chunk of a page's body."""
    return [(not block.startswith("<"), Markup(block)) for block in page.blocks]


def _weekday(iso: str) -> int:
    """0 for a Sunday to 6 for a Saturday."""
    return datetime.fromisoformat(iso).isoweekday() % 7


def _views(page: Page) -> int:
    """A view count to print: noise that stays the same from run to run."""
    return zlib.crc32(page.slug.encode("ascii")) % 4000 + 300


def _entities(text: str) -> str:
    """Letters beyond ASCII as character references, by name where HTML has one, as old editors wrote them."""
    names = html.entities.codepoint2name
    return "".join(
        char if ord(char) < 128 else f"&{names[ord(char)]};" if ord(char) in names else f"&#{ord(char)};"
        for char in text
    )


def _modified(file: Path) -> datetime:
    return datetime.fromtimestamp(int(file.stat().st_mtime), UTC)


def _instant(iso: str) -> datetime:
    """An ISO date, or date and minute, of Viet Nam as an instant (+07:00); without a time, noon."""
    return datetime.fromisoformat(f"{iso if 'T' in iso else iso + 'T12:00'}:00+07:00")
