"""Article and its parts: the one record everything downstream reads.

Offsets are Unicode code points into `Article.text`, half open: `text[start:end]`.
"""

import hashlib
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["news", "regulation", "decision", "guide"]
Authority = Literal["official", "state_press", "press", "commercial", "mirror"]
Rights = Literal["full", "excerpt", "link"]
Precision = Literal["minute", "day", "month", "year"]
Role = Literal["heading", "lead", "paragraph", "item", "caption", "row", "byline"]

_ISO = re.compile(
    r"(?P<year>\d{4})(-(?P<month>0[1-9]|1[0-2])(-(?P<day>0[1-9]|[12]\d|3[01])(?P<time>T[0-2]\d:[0-5]\d)?)?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One unit of layout: a paragraph, a list item, a table row, a caption.

    Blocks are in order and do not overlap. A sentence never crosses a block, so a caption is never joined to a
    paragraph. `level` is the depth of a heading (1 = directly under the title) and 0 elsewhere.
    In a `row`, cells are joined as `row_text` does; `cell_spans` takes them apart.
    """

    role: Role
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A named stretch of text: what stands under a heading, or one unit of a legal text.

    Sections nest (a Điểm within a Khoản within an Điều within a Chương) and are ordered by start, outer first.
    `label` is how the unit is cited ("Điều 7", "khoản 6", "điểm a", "Phụ lục II", "Mẫu số 01"), empty for the
    heading of a news text. `heading` is its title without the label, empty where it has none.
    `level`: 1 for the outermost. The span covers the section's own heading line too.
    """

    label: str
    heading: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A line of the page that is not the article's text, with the rule that dropped it."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that hangs off a page. `url` is absolute; `label` is what the link says, possibly empty."""

    url: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a paginated document (PDF): the stretch of text printed on it.

    number: counted from 1, as a viewer counts. Pages are in order and do not overlap; a page without text is left out.
    confidence: 0 to 1, the mean that the recogniser gave to the page's characters, where the text was recognised from
        an image (OCR); None where it was read from the file itself.
    doubted: words of the page as printed, each once, of which the recogniser was not sure.
    """

    number: int
    start: int
    end: int
    confidence: float | None = None
    doubted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One page or file as read, in one version.

    id: hash of the canonical `url`, or of the text where there is no address (`url` is then None).
    original_url: where a summary or copy says its original stands; only a link, never what was read.
    text: NFC, blocks joined by newlines; inner white space folded.
    published, event_date: ISO 8601 of the precision known ("2020", "2020-06", "2020-06-12", "2020-12-08T19:18"),
        or None. A date found in the running text is an event's, never the page's. `date_note` says how a date that
        is not printed whole was completed.
    place: the province the source or the operator declares, as written; None where only the text can tell.
    attachments: files that hang off the page, in its order. pages: the pages of a paginated document, else empty.
    raw_digest: sha256 of the bytes it was read from, kept in the archive.
    digest: sha256 of `text`.
    """

    id: str
    url: str | None
    original_url: str | None
    title: str
    text: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    dropped: tuple[Dropped, ...]
    source: str
    authority: Authority
    rights: Rights
    kind: Kind
    author: str | None
    published: str | None
    event_date: str | None
    date_note: str | None
    place: str | None
    fetched: str
    raw_digest: str
    digest: str
    attachments: tuple[Attachment, ...] = ()
    pages: tuple[Page, ...] = ()

    def __post_init__(self) -> None:
        for name in ("published", "event_date"):
            value = getattr(self, name)
            if value is not None and not _ISO.fullmatch(value):
                raise ValueError(
                    f"Article.{name} is {value!r}; expected ISO 8601 such as '2020', '2020-06' or '2020-06-12'"
                )
        if self.digest != text_digest(self.text):
            raise ValueError(f"Article.digest {self.digest!r} is not the digest of its text")
        end = 0
        for block in self.blocks:
            if not end <= block.start < block.end <= len(self.text):
                raise ValueError(
                    f"Block {block} overlaps its neighbour or leaves the text of {len(self.text)} characters"
                )
            end = block.end
        for section in self.sections:
            if not 0 <= section.start < section.end <= len(self.text):
                raise ValueError(f"Section {section} leaves the text of {len(self.text)} characters")
        end = 0
        for page in self.pages:
            if not end <= page.start < page.end <= len(self.text):
                raise ValueError(f"{page} overlaps its neighbour or leaves the text of {len(self.text)} characters")
            end = page.end

    def blocks_within(self, start: int, end: int) -> tuple[Block, ...]:
        """The blocks that share at least one character with `text[start:end]`, in order."""
        first = bisect_right(self.blocks, start, key=lambda block: block.end)
        last = bisect_left(self.blocks, end, key=lambda block: block.start)
        return self.blocks[first:last]

    def heading_path(self, start: int) -> tuple[Section, ...]:
        """The sections around offset `start`, outermost first."""
        return tuple(section for section in self.sections if section.start <= start < section.end)

    def page_at(self, start: int) -> Page | None:
        """The page that the character at offset `start` is printed on; None where the text has no pages."""
        position = bisect_right(self.pages, start, key=lambda page: page.start) - 1
        return self.pages[position] if position >= 0 else None


# A bar between blanks, or at an end of the row, whose blanks are trimmed.
_MARK = re.compile(r"(?<!\S)\|(?!\S)")
_BAR = re.compile(r"\s*\|\s*")


def row_text(cells: Sequence[str]) -> str:
    """The text of a `row`: its cells joined by `" | "`, without the empty ones at its end.

    A bar printed within a cell loses the blanks beside it, so that none is taken for a mark between two cells.
    """
    kept = [_BAR.sub("|", cell).strip() for cell in cells]
    kept = ["" if not cell.strip("|") else cell for cell in kept]
    while kept and not kept[-1]:
        kept.pop()
    return " | ".join(kept).strip()


def cell_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where each cell of the row `text[start:end]` stands; of an empty cell an empty span."""
    row = text[start:end]
    spans: list[tuple[int, int]] = []
    at = 0
    for stop in (*(mark.start() for mark in _MARK.finditer(row)), len(row)):
        cell = row[at:stop]
        first = start + at + len(cell) - len(cell.lstrip())
        spans.append((first, first + len(cell.strip())))
        at = stop + 1
    return spans


def text_digest(text: str) -> str:
    """sha256 of the text's UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def raw_digest(raw: bytes) -> str:
    """sha256 of bytes as fetched, as 64 hexadecimal digits."""
    return hashlib.sha256(raw).hexdigest()


def article_id(url: str | None, text: str) -> str:
    """16 hexadecimal digits naming the article: of its canonical address, or of its text where there is none."""
    return hashlib.sha256((url if url is not None else "text:" + text).encode("utf-8")).hexdigest()[:16]


def fold_space(text: str) -> str:
    """NFC, every run of white space (no-break space included) as one blank, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def precision_of(iso: str) -> Precision:
    """How finely an ISO date of this project is known."""
    match = _ISO.fullmatch(iso)
    if match is None:
        raise ValueError(f"{iso!r} is no ISO 8601 date of the forms this project writes")
    if match["time"]:
        return "minute"
    return "day" if match["day"] else "month" if match["month"] else "year"
