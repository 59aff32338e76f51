"""Portals -> the sites they serve: articles, listings, print pages, files, and what machines read (`demo.machine`)."""

import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from demo.letters import entities, tcvn3, windows_1258
from demo.machine import feeds, robots, sitemaps
from demo.pages import DECISIONS, FOLDER, Letters, Page, Portal
from demo.site import NOT_FOUND, Document, Site

_RELATED = 4  # teasers beside an article
_FIRST_YEAR = 2020  # of the calendar
_FILE_TYPES = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".svg": "image/svg+xml",
}


def render_portal(portal: Portal, homes: Mapping[str, str], names: Mapping[str, str]) -> Site:
    """The site of one portal.

    Args:
        portal: what to render.
        homes: id of every portal -> its address without a trailing slash ("http://127.0.0.1:8801").
        names: id of every portal -> its name; the others are linked in the footer.
    """
    return _Renderer(portal, homes, names).site()


class _Renderer:
    def __init__(self, portal: Portal, homes: Mapping[str, str], names: Mapping[str, str]) -> None:
        self._portal = portal
        self._settings = portal.settings
        self._homes = homes
        self._home = homes[portal.settings.id]
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(blocks=_blocks, weekday=_weekday, address=self._address)
        neighbours = [(names[other], home) for other, home in homes.items() if other != portal.settings.id]
        self._environment.globals.update(
            portal=portal.settings,
            home=self._home,
            neighbours=neighbours,
            views=_views,
            token=_token,
            listing=self._listing_path,
        )
        shared = [FOLDER / "portals.toml", *(file for file in (FOLDER / "templates").rglob("*") if file.is_file())]
        self._frame = max(map(_modified, shared))
        # What a later edition says is news of the moment its portal opens: its files may be as old as all others.
        self._now = datetime.now(UTC).replace(microsecond=0)
        changed = bool(portal.gone) or any(page.edition > 1 for page in portal.pages)
        self._newest = self._now if changed else max(map(self._modified, portal.pages))

    def site(self) -> Site:
        settings = self._settings
        return Site(
            documents=dict(self._documents()),
            validators=settings.validators,
            busy=settings.busy,
            calendar=settings.calendar,
            month=self._month if settings.calendar else None,
        )

    def _documents(self) -> Iterator[tuple[str, Document]]:
        yield from self._articles()
        yield from self._listings()
        yield from self._machine_readable()
        yield from self._files()
        settings = self._settings
        missing = self._html("missing.html", self._newest, status=404)
        yield NOT_FOUND, missing
        for path in self._portal.gone:
            yield path, self._html("gone.html", self._newest, status=410)
        yield settings.hidden, self._html(f"{settings.id}/hidden.html", self._newest)
        for old, new in settings.redirects.items():
            yield old, Document(body=b"", content_type="text/html", modified=self._newest, status=301, location=new)

    def _articles(self) -> Iterator[tuple[str, Document]]:
        # Boxes beside an article name only pages of every edition: an edition changes no page but those it says.
        steady = [page for page in self._portal.pages if page.steady]
        for page in self._portal.pages:
            place = steady.index(page) if page in steady else 0
            others = [one for one in (*steady[place:], *steady[:place]) if one is not page][:_RELATED]
            template = "old.html" if page.head.letters == "tcvn3" else "article.html"
            modified = self._modified(page)
            document = self._html(
                f"{self._settings.id}/{template}",
                modified,
                letters=page.head.letters,
                page=page,
                related=others,
                newer=steady[max(place - 2, 0) : place],
                older=steady[place + 1 : place + 3],
            )
            yield page.path, document
            if self._settings.prints:
                yield f"/in/{page.slug}", self._html("print.html", modified, page=page)

    def _listings(self) -> Iterator[tuple[str, Document]]:
        size, pages = self._settings.per_page, self._portal.pages
        count = -(-len(pages) // size)
        for number in range(1, count + 1):
            document = self._html(
                f"{self._settings.id}/listing.html",
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
        for path, body in robots(self._settings, self._home):
            yield path, Document(body=body, content_type="text/plain; charset=utf-8", modified=self._newest)
        for path, body in sitemaps(self._portal, self._home, self._environment, self._now):
            kind = "application/gzip" if path.endswith(".gz") else "application/xml; charset=utf-8"
            yield path, Document(body=body, content_type=kind, modified=self._newest)
        for path, body in feeds(self._portal, self._environment):
            yield path, Document(body=body, content_type="application/xml; charset=utf-8", modified=self._newest)

    def _files(self) -> Iterator[tuple[str, Document]]:
        for path, name in {"/anh/gian-hang.svg": "../static/gian-hang.svg", **self._settings.files}.items():
            file = FOLDER / "documents" / name
            # An address that tells no name is a handler's, which names the file in a header.
            yield (
                path,
                Document(
                    body=file.read_bytes(),
                    content_type=_FILE_TYPES[file.suffix],
                    modified=_modified(file),
                    download=None if path.endswith(file.suffix) else file.name,
                ),
            )

    def _month(self, number: int) -> Document:
        year, month = divmod(number - 1, 12)
        return self._html(
            f"{self._settings.id}/calendar.html",
            self._frame,
            number=number,
            month=f"{month + 1}/{_FIRST_YEAR + year}",
            example=self._portal.pages[-1],
        )

    def _modified(self, page: Page) -> datetime:
        if page.edition > 1:
            return self._now
        parts = [page.file] if page.decision is None else [page.file, FOLDER / DECISIONS]
        return max(self._frame, *map(_modified, parts))

    def _listing_path(self, number: int) -> str:
        return self._settings.listing.format(number=number)

    def _address(self, url: str) -> str:
        """A link's address: "@id/path" is the portal of that id."""
        if not url.startswith("@"):
            return url
        name, _, path = url[1:].partition("/")
        return f"{self._homes[name]}/{path}"

    def _html(
        self, template: str, modified: datetime, *, letters: Letters = "nfc", status: int = 200, **context: Any
    ) -> Document:
        text = self._environment.get_template(template).render(**context)
        charset = self._settings.charset
        if letters == "nfd":
            text = unicodedata.normalize("NFD", text)
        elif letters == "entities":
            text = entities(text)
        if letters == "tcvn3":
            body = tcvn3(text)
        elif charset == "windows-1258":
            body = windows_1258(text)
        else:
            body = text.encode("utf-8")
        declared = charset == "header" and letters != "tcvn3"
        return Document(
            body=body,
            content_type="text/html; charset=utf-8" if declared else "text/html",
            modified=modified,
            status=status,
        )


def _blocks(page: Page) -> list[tuple[bool, Markup]]:
    """(whether it is a plain paragraph, its HTML) of each chunk of a page's body."""
    return [(not block.startswith("<"), Markup(block)) for block in page.blocks]


def _weekday(iso: str) -> int:
    """0 for a Sunday to 6 for a Saturday."""
    return datetime.fromisoformat(iso).isoweekday() % 7


def _views(page: Page) -> int:
    """A view count to print: noise that stays the same from run to run."""
    return zlib.crc32(page.slug.encode("ascii")) % 4000 + 300


def _token(text: str) -> str:
    """Letters and digits as servers put them into hidden fields and session ids; the same for the same text."""
    return "".join(f"{zlib.crc32(f'{step} {text}'.encode()):08X}" for step in range(4))


def _modified(file: Path) -> datetime:
    return datetime.fromtimestamp(int(file.stat().st_mtime), UTC)
