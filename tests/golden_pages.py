"""The golden pages of `tests/pages`: NAME.html, of our own writing, beside NAME.toml, what an editor reads in it.

A page is read as the crawler reads it, as if fetched from https://mau.example.vn/NAME.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pydantic
from pydantic import TypeAdapter

from crawler.archive import Raw
from crawler.article import Article, Kind
from crawler.read import Reading, read_page
from crawler.sources import Select, Source

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))
FETCHED = "2026-01-02T03:04:05Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Golden:
    """What a page must give.

    system: whose markup habits the page has.
    url: the article's address where it is not the one fetched (the page names another as canonical).
    select: rules of the source, where the real system would need some.
    refused: a regular expression of the reason why the page is no article; then only `links`, `attachments` count.
    links: some of the addresses it leads to, as written.
    dropped: some of the lines left out, each with its reason.
    blocks: role and text; a heading's level follows its role ("heading 2"), 1 where none is said.
    sections: level, label, heading, first and last block (counted from 1); None: those that the headings make.
    """

    __pydantic_config__ = pydantic.ConfigDict(extra="forbid")

    system: str
    url: str | None = None
    select: Select | None = None
    refused: str | None = None
    links: tuple[str, ...] = ()
    title: str = ""
    author: str | None = None
    published: str | None = None
    date_note: str | None = None
    event_date: str | None = None
    original_url: str | None = None
    kind: Kind = "news"
    attachments: tuple[tuple[str, str], ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    blocks: tuple[tuple[str, str], ...] = ()
    sections: tuple[tuple[int, str, str, int, int], ...] | None = None


_GOLDEN = TypeAdapter(Golden)


def golden(name: str) -> Golden:
    """What is expected of one page."""
    return _GOLDEN.validate_python(tomllib.loads((PAGES / f"{name}.toml").read_text(encoding="utf-8")))


def address(name: str) -> str:
    """Where the page would have been fetched from."""
    return f"https://mau.example.vn/{name}"


def raw(name: str) -> Raw:
    """One page as a server would send it, its charset left to the page."""
    return Raw(body=(PAGES / f"{name}.html").read_bytes(), content_type="text/html")


def read(name: str) -> Reading:
    """One page, read as the crawler reads it."""
    source = Source(
        id="trang-mau",
        name="Trang mẫu",
        home="https://mau.example.vn/",
        rights="full",
        articles=(".",),
        select=golden(name).select,
    )
    return read_page(raw(name), address(name), source, FETCHED)


def article_of(name: str) -> Article:
    """The article that a page gives.

    Raises:
        ValueError: the page gives none.
    """
    reading = read(name)
    if reading.article is None:
        raise ValueError(f"{name}: expected an article, the reader says {reading.reason!r}")
    return reading.article
