"""An article as readers get it: as much of its text as its source allows, and what hangs together with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Elsewhere
from assistant.corpus import elsewhere
from assistant.rights import Span, open_spans
from crawler.archive import Archive
from crawler.article import Article, Authority, Block, Dropped, Kind, Page, Rights, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A stretch of the article's text: `text` stands from `start` to `end` of the whole (code points)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that hangs off the page. article_id: its own text here, where it is held."""

    url: str
    label: str
    article_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One version of an article; every field of `crawler.article.Article`, and what is known around it.

    text, raw_digest: None where `rights` is not "full"; then blocks, sections and dropped are empty, and `excerpts`
    holds what may be read, at its offsets in the whole text: for "excerpt" the passage around the span asked for (with
    its seal), else the first; for "link" the span alone, else nothing.
    attachments: with the ids of their own articles. attached_to: the pages that the file of this article hangs off.
    lead: the article that carries the same story with more authority, None where this one leads or stands alone.
    also: all the others that carry it, the leading one first.
    """

    id: str
    url: str | None
    original_url: str | None
    title: str
    text: str | None
    excerpts: tuple[Excerpt, ...]
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
    raw_digest: str | None
    digest: str
    pages: tuple[Page, ...]
    attachments: tuple[File, ...]
    attached_to: tuple[Elsewhere, ...]
    lead: str | None
    also: tuple[Elsewhere, ...]


def reading(
    archive: Archive, article: Article, *, span: Span | None, seal: str, also: Sequence[str], lead: str | None
) -> Reading:
    """What a reader may see of an article. span, seal: what was asked for; also, lead: ids, see `Reading`."""
    whole = article.rights == "full"
    spans = () if whole else open_spans(article, span, seal)
    files = []
    for attachment in article.attachments:
        held = archive.by_url(attachment.url)
        files.append(File(url=attachment.url, label=attachment.label, article_id=None if held is None else held.id))
    return Reading(
        id=article.id,
        url=article.url,
        original_url=article.original_url,
        title=article.title,
        text=article.text if whole else None,
        excerpts=tuple(Excerpt(start=start, end=end, text=article.text[start:end]) for start, end in spans),
        blocks=article.blocks if whole else (),
        sections=article.sections if whole else (),
        dropped=article.dropped if whole else (),
        source=article.source,
        authority=article.authority,
        rights=article.rights,
        kind=article.kind,
        author=article.author,
        published=article.published,
        event_date=article.event_date,
        date_note=article.date_note,
        place=article.place,
        fetched=article.fetched,
        raw_digest=article.raw_digest if whole else None,
        digest=article.digest,
        pages=article.pages,
        attachments=tuple(files),
        attached_to=elsewhere(archive, archive.pages_of(article.url) if article.url is not None else ()),
        lead=lead,
        also=elsewhere(archive, also),
    )
