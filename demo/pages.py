"""Pages of the demo portals as data: read from `demo/pages`, checked, and never written in Python.

A page file is TOML front matter between two lines `+++`, then its body. In the body a chunk between blank lines that
begins with `<` stands as it is (figures, tables, headings); any other chunk is one paragraph of inline HTML.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as validated

FOLDER = Path(__file__).parent
_FENCE = "+++"

Letters = Literal["nfc", "nfd", "entities"]


class PageError(ValueError):
    """A file of `demo/` is not as expected; the message names the file."""


@validated(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Link:
    """A link shown to readers: where to, and its words."""

    url: str
    label: str


@validated(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Legal:
    """What stands in the table above a summary of a legal document, as printed (dd/mm/yyyy)."""

    number: str
    issued: str
    effective: str
    state: str


@validated(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class FrontMatter:
    """The head of a page file.

    published: ISO 8601 of the precision the original prints ("2020-06-12", "2020-12-08T19:18", "2025-11"), or None.
    originals: the pages summarised, the first being the main one. Empty only where `invented`.
    original_is_home: the address of the article itself is not known, the first link leads to its publisher's home.
    invented: a page off the subject, written for the crawler's filters, that reports nothing that happened.
    letters: how Vietnamese letters are written in the HTML: composed, decomposed, or as entities.
    """

    title: str
    lead: str
    section: str
    published: str | None = None
    author: str | None = None
    tags: tuple[str, ...] = ()
    originals: tuple[Link, ...] = ()
    original_is_home: bool = False
    invented: bool = False
    letters: Letters = "nfc"
    legal: Legal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a portal. `blocks`: the body's chunks in order; `path`: its address on its portal."""

    slug: str
    path: str
    file: Path
    head: FrontMatter
    blocks: tuple[str, ...]


@validated(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class PortalSettings:
    """What makes one portal different from the others, as `demo/portals.toml` says it.

    article: address of a page, with `{slug}`. listing: address of page 1 of the listing, `{number}` for the others.
    per_page: how many pages one listing page names. redirects: old address -> the address it moved to (301).
    missing: an address that is linked and answers 404. hidden: an address that is linked and disallowed.
    charset: where the encoding is declared: in the HTTP header, or only within the page as old portals do.
    """

    id: str
    name: str
    article: str
    listing: str
    per_page: int
    robots: tuple[str, ...]
    missing: str
    hidden: str
    redirects: dict[str, str]
    sections: tuple[str, ...]
    adverts: tuple[str, ...]
    charset: Literal["header", "meta"]
    feed: bool = False
    prints: bool = False
    sitemap_index: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """One portal: its settings and its pages, newest first (pages without a date last, by name)."""

    settings: PortalSettings
    pages: tuple[Page, ...]


_HEAD = TypeAdapter(FrontMatter)
_SETTINGS = TypeAdapter(tuple[PortalSettings, ...])


def load_portals(folder: Path = FOLDER) -> tuple[Portal, ...]:
    """The portals of `folder`/portals.toml with the pages under `folder`/pages.

    Raises:
        PageError: a file is missing, is no valid TOML, or holds a key or value that is not expected.
    """
    table = _toml(folder / "portals.toml", (folder / "portals.toml").read_text(encoding="utf-8"))
    try:
        settings = _SETTINGS.validate_python(table.get("portal"))
    except ValidationError as error:
        raise PageError(f"{folder / 'portals.toml'}: {error}") from error
    return tuple(Portal(settings=one, pages=_load_pages(folder / "pages" / one.id, one)) for one in settings)


def _load_pages(folder: Path, settings: PortalSettings) -> tuple[Page, ...]:
    pages = [_load_page(file, settings) for file in sorted(folder.glob("*.html"))]
    if not pages:
        raise PageError(f"{folder} holds no page (*.html)")
    return tuple(sorted(pages, key=lambda page: page.head.published or "", reverse=True))


def _load_page(file: Path, settings: PortalSettings) -> Page:
    parts = file.read_text(encoding="utf-8").split(_FENCE + "\n", 2)
    if len(parts) != 3 or parts[0]:
        raise PageError(f"{file} does not begin with front matter between two lines {_FENCE}")
    try:
        head = _HEAD.validate_python(_toml(file, parts[1]))
    except ValidationError as error:
        raise PageError(f"{file}: {error}") from error
    if not head.invented and not head.originals:
        raise PageError(f"{file} names no original; every page but an invented one links what it summarises")
    if head.section not in settings.sections:
        raise PageError(f"{file}: section {head.section!r} is none of {', '.join(settings.sections)}")
    blocks = tuple(chunk.strip() for chunk in parts[2].split("\n\n") if chunk.strip())
    return Page(slug=file.stem, path=settings.article.format(slug=file.stem), file=file, head=head, blocks=blocks)


def _toml(file: Path, text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PageError(f"{file} is no valid TOML: {error}") from error
