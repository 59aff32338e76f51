"""Draft: what a reader (html, legal, plain) saw, before it is laid out as an Article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from crawler.archive import Raw
from crawler.article import (
    Article,
    Attachment,
    Authority,
    Block,
    Dropped,
    Kind,
    Page,
    Rights,
    Role,
    Section,
    article_id,
    fold_space,
    raw_digest,
    text_digest,
)

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]")


class NoArticleError(Exception):
    """The page or file holds no article; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What the source table or the operator declares about a page.

    kind: the kind given; `kind_fixed` says that the operator named it, so that nothing read overrules it.
    published: a date the operator gives, used before any date read.
    """

    source: str
    fetched: str
    url: str | None = None
    original_url: str | None = None
    authority: Authority = "press"
    rights: Rights = "excerpt"
    kind: Kind = "news"
    kind_fixed: bool = False
    place: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One block before it has offsets. `level` as in Block; `text` is tidy (see `tidy`)."""

    text: str
    role: Role = "paragraph"
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A section before it has offsets: lines `first` to `last`, both included."""

    label: str
    heading: str
    level: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStart:
    """Where a page of a paginated document begins: at character `offset` of line `line`. Others as in `Page`."""

    line: int
    number: int
    offset: int = 0
    confidence: float | None = None
    doubted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A page as read. `kind` is None where the text does not tell."""

    title: str
    lines: tuple[Line, ...]
    units: tuple[Unit, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    author: str | None = None
    published: str | None = None
    event_date: str | None = None
    date_note: str | None = None
    original_url: str | None = None
    kind: Kind | None = None
    attachments: tuple[Attachment, ...] = ()
    pages: tuple[PageStart, ...] = ()


@dataclass(slots=True)
class Bin:
    """Collects what is dropped, each text once per reason."""

    items: list[Dropped] = field(default_factory=list)

    def add(self, text: str, reason: str) -> None:
        """Remember one dropped line unless it was already dropped for the same reason."""
        item = Dropped(text=text, reason=reason)
        if text and item not in self.items[-50:]:
            self.items.append(item)


def tidy(text: str) -> str:
    """NFC, white space folded, invisible and control characters out (soft hyphen, zero-width, bidi marks)."""
    return fold_space(_INVISIBLE.sub("", text))


def invisible(char: str) -> bool:
    """Whether `tidy` takes the character out."""
    return _INVISIBLE.match(char) is not None


def compose(draft: Draft, origin: Origin, raw: Raw) -> Article:
    """Lay a draft out as the Article it stands for.

    Raises:
        NoArticleError: the draft has no text.
    """
    if not draft.lines:
        raise NoArticleError("không còn dòng nào sau khi bỏ phần thừa")
    blocks: list[Block] = []
    position = 0
    for line in draft.lines:
        blocks.append(Block(role=line.role, start=position, end=position + len(line.text), level=line.level))
        position += len(line.text) + 1
    text = "\n".join(line.text for line in draft.lines)
    sections = tuple(
        Section(
            label=unit.label,
            heading=unit.heading,
            level=unit.level,
            start=blocks[unit.first].start,
            end=blocks[unit.last].end,
        )
        for unit in draft.units
    )
    kind = origin.kind if origin.kind_fixed or draft.kind is None else draft.kind
    return Article(
        id=article_id(origin.url, text),
        url=origin.url,
        original_url=origin.original_url or draft.original_url,
        title=draft.title,
        text=text,
        blocks=tuple(blocks),
        sections=sections,
        dropped=draft.dropped,
        source=origin.source,
        authority=origin.authority,
        rights=origin.rights,
        kind=kind,
        author=draft.author,
        published=origin.published or draft.published,
        event_date=draft.event_date,
        date_note=None if origin.published else draft.date_note,
        place=origin.place,
        fetched=origin.fetched,
        raw_digest=raw_digest(raw.body),
        digest=text_digest(text),
        attachments=draft.attachments,
        pages=_pages(draft.pages, blocks, len(text)),
    )


def _pages(starts: Sequence[PageStart], blocks: Sequence[Block], size: int) -> tuple[Page, ...]:
    """Pages reach from their first character to the next page's first; those without text are left out."""
    offsets = [blocks[start.line].start + start.offset for start in starts]
    ends = [*offsets[1:], size][: len(offsets)]
    return tuple(
        Page(number=start.number, start=offset, end=end, confidence=start.confidence, doubted=start.doubted)
        for start, offset, end in zip(starts, offsets, ends, strict=True)
        if offset < end
    )


def relabel(line: Line, role: Role, level: int = 0) -> Line:
    """The same line in another role."""
    return replace(line, role=role, level=level)
