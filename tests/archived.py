"""Articles made by hand for the tests of the index, put into a real archive."""

from collections.abc import Sequence
from pathlib import Path

from crawler.archive import Archive, Raw
from crawler.article import Article, Authority, Block, Kind, Rights, Role, Section, article_id, raw_digest, text_digest

FETCHED = "2026-11-01T08:00:00Z"


def make_article(
    lines: Sequence[str],
    *,
    url: str | None = None,
    title: str | None = None,
    kind: Kind = "news",
    published: str | None = None,
    place: str | None = None,
    fetched: str = FETCHED,
    authority: Authority = "press",
    rights: Rights = "full",
    source: str = "Báo thử",
) -> tuple[Article, Raw]:
    """An article of one block per line; one "Tin, ảnh: …" is its byline. Lines "Điều n. …" and "n. …" of a regulation
    become sections."""
    text = "\n".join(lines)
    raw = Raw(body=text.encode("utf-8"), content_type="text/plain; charset=utf-8")
    blocks, start = [], 0
    for line in lines:
        role: Role = "byline" if line.startswith("Tin, ảnh:") else "paragraph"
        blocks.append(Block(role=role, start=start, end=start + len(line)))
        start += len(line) + 1
    return (
        Article(
            id=article_id(url, text),
            url=url,
            original_url=None,
            title=title if title is not None else lines[0],
            text=text,
            blocks=tuple(blocks),
            sections=_sections(lines) if kind in ("regulation", "guide") else (),
            dropped=(),
            source=source,
            authority=authority,
            rights=rights,
            kind=kind,
            author=None,
            published=published,
            event_date=None,
            date_note=None,
            place=place,
            fetched=fetched,
            raw_digest=raw_digest(raw.body),
            digest=text_digest(text),
        ),
        raw,
    )


def put(data: Path, lines: Sequence[str], **fields: object) -> Article:
    """Make an article and archive it."""
    article, raw = make_article(lines, **fields)  # type: ignore[arg-type]
    with Archive(data, create=True) as archive:
        archive.put(article, raw)
    return article


def _sections(lines: Sequence[str]) -> tuple[Section, ...]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    dieu = [number for number, line in enumerate(lines) if line.startswith("Điều ")]
    found: list[Section] = []
    for place, number in enumerate(dieu):
        last = dieu[place + 1] if place + 1 < len(dieu) else len(lines)
        label, _, heading = lines[number].partition(". ")
        found.append(Section(label=label, heading=heading, level=1, start=starts[number], end=starts[last] - 1))
        for khoan in range(number + 1, last):
            label = f"khoản {lines[khoan].partition('.')[0]}"
            found.append(Section(label=label, heading="", level=2, start=starts[khoan], end=starts[khoan + 1] - 1))
    return tuple(found)
