"""Pages of the demo portals as data: read from `demo/pages`, checked, and never written in Python.

A page file is TOML front matter between two lines `+++`, then its body. In the body a chunk between blank lines that
begins with `<` stands as it is (figures, tables, headings); any other chunk is one paragraph of inline HTML.

The portals have editions, as sites have days: `name.html` is a page from the first edition on, `name.2.html` the same
page (or a new one) from the second on, and `until = 1` in its head makes a page answer 410 after the first.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as validated

from demo.decision_page import decision_blocks
from demo.decisions import DecisionsError, DemoDecision, load_decisions
from demo.site import Validators

FOLDER = Path(__file__).parent
DECISIONS = "decisions.toml"
EDITIONS = 2
_FENCE = "+++"

Letters = Literal["nfc", "nfd", "entities", "tcvn3"]
Charset = Literal["header", "meta", "windows-1258"]


class PageError(ValueError):
    """A file of `demo/` is not as expected; the message names the file."""


@validated(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Link:
    """A link shown to readers: where to, and its words. "@id/path" leads to the portal with that id."""

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
    invented: a page that reports nothing that happened, written to try the crawler: off the subject, or of a province
    that is not.
    letters: how Vietnamese letters are written in the HTML: composed, decomposed, as entities, or in TCVN3 bytes.
    attachments: files that hang off the page. until: the last edition that has the page; None: all of them.
    decision: the id in `demo/decisions.toml` of the decision published here; its whole text stands below the page's own
    words, unless it hangs off the page as a file.
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
    attachments: tuple[Link, ...] = ()
    until: int | None = None
    decision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a portal, as of one edition.

    blocks: the body's chunks in order. path: its address on its portal. edition: the one its text is of.
    steady: it is there in every edition, whatever its text. decision: the one it publishes.
    """

    slug: str
    path: str
    file: Path
    head: FrontMatter
    blocks: tuple[str, ...]
    edition: int
    steady: bool
    decision: DemoDecision | None = None


@validated(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class PortalSettings:
    """What makes one portal different from the others, as `demo/portals.toml` says it.

    article: address of a page, with `{slug}`. listing: address of page 1 of the listing, `{number}` for the others.
    per_page: how many pages one listing page names. redirects: old address -> the address it moved to (301).
    missing: an address that is linked and answers 404. hidden: an address that is linked and disallowed.
    charset: where UTF-8 is declared: in the HTTP header, or only within the page as old portals do; or windows-1258.
    rss, atom: address of the feed. sitemap: its address, packed where it ends in ".gz"; sitemap_index: it names two
    more. files: address -> file of `demo/documents`. validators, busy, calendar: as in `demo.site.Site`.
    session: what the listing hangs on its links.
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
    charset: Charset
    rss: str = ""
    atom: str = ""
    sitemap: str = "/sitemap.xml"
    sitemap_index: bool = False
    prints: bool = False
    validators: Validators = "both"
    busy: str = ""
    calendar: str = ""
    session: str = ""
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """One portal as of one edition: its pages, newest first (those without a date last, by name), and what it lost.

    gone: paths of the pages that former editions had.
    """

    settings: PortalSettings
    pages: tuple[Page, ...]
    gone: tuple[str, ...]


_HEAD = TypeAdapter(FrontMatter)
_SETTINGS = TypeAdapter(tuple[PortalSettings, ...])


def load_portals(folder: Path = FOLDER, edition: int = 1) -> tuple[Portal, ...]:
    """The portals of `folder`/portals.toml with the pages under `folder`/pages.

    Raises:
        PageError: a file is missing, is no valid TOML, or holds a key or value that is not expected.
    """
    table = _toml(folder / "portals.toml", (folder / "portals.toml").read_text(encoding="utf-8"))
    try:
        settings = _SETTINGS.validate_python(table.get("portal"))
    except ValidationError as error:
        raise PageError(f"{folder / 'portals.toml'}: {error}") from error
    try:
        decisions = {one.id: one for one in load_decisions(folder / DECISIONS)} if (folder / DECISIONS).exists() else {}
    except DecisionsError as error:
        raise PageError(str(error)) from error
    return tuple(_load_portal(folder / "pages" / one.id, one, edition, decisions) for one in settings)


def _load_portal(folder: Path, settings: PortalSettings, edition: int, decisions: Mapping[str, DemoDecision]) -> Portal:
    versions: dict[str, dict[int, Path]] = {}
    for file in sorted(folder.glob("*.html")):
        slug, _, since = file.stem.partition(".")
        versions.setdefault(slug, {})[int(since or 1)] = file
    pages, gone = [], []
    for files in versions.values():
        if min(files) > edition:
            continue
        number = max(one for one in files if one <= edition)
        page = _load_page(files[number], settings, number, decisions, begins=min(files))
        if page.head.until is not None and page.head.until < edition:
            gone.append(page.path)
        else:
            pages.append(page)
    if not pages:
        raise PageError(f"{folder} holds no page (*.html)")
    pages.sort(key=lambda page: page.head.published or "", reverse=True)
    return Portal(settings=settings, pages=tuple(pages), gone=tuple(gone))


def _load_page(
    file: Path, settings: PortalSettings, edition: int, decisions: Mapping[str, DemoDecision], *, begins: int
) -> Page:
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
    decision = decisions.get(head.decision)
    if head.decision and decision is None:
        raise PageError(f"{file}: decision {head.decision!r} is none of {DECISIONS}")
    blocks = tuple(chunk.strip() for chunk in parts[2].split("\n\n") if chunk.strip())
    if decision is not None and not head.attachments:
        blocks += decision_blocks(decision)
    slug = file.stem.partition(".")[0]
    return Page(
        slug=slug,
        path=settings.article.format(slug=slug),
        file=file,
        head=head,
        blocks=blocks,
        edition=edition,
        steady=begins == 1 and head.until is None,
        decision=decision,
    )


def _toml(file: Path, text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PageError(f"{file} is no valid TOML: {error}") from error
