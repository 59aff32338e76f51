"""Pages of our own writing in the markup habits of many systems: every field of the Article as an editor reads it."""

import re
from collections.abc import Sequence
from typing import get_args
from urllib.parse import urljoin

import pytest

from crawler.article import Article, Block, Role, raw_digest
from tests.golden_pages import FETCHED, NAMES, Golden, address, golden, raw, read


def role_of(block: Block) -> str:
    """A block's role as the expectations write it."""
    return f"{block.role} {block.level}" if block.level > 1 else block.role


def sections_of(blocks: Sequence[tuple[str, str]]) -> tuple[tuple[int, str, str, int, int], ...]:
    """The sections that headings make: each reaches to the next heading of its level or above, closing bylines out."""
    levels = [int([*role.split(), "1"][1]) if role.startswith("heading") else None for role, _ in blocks]
    end = max((position for position, (role, _) in enumerate(blocks, 1) if role != "byline"), default=0)
    found = []
    open_levels: list[int] = []
    for position, level in enumerate(levels, 1):
        if level is None:
            continue
        open_levels = [*(above for above in open_levels if above < level), level]
        after = (other for other in range(position, len(levels)) if (levels[other] or 9) <= level)
        found.append((len(open_levels), "", blocks[position - 1][1], position, next(after, end)))
    return tuple(found)


def as_read(article: Article, expected: Golden) -> dict[str, object]:
    """The article's fields in the words of an expectation."""
    starts = {block.start: number for number, block in enumerate(article.blocks, 1)}
    ends = {block.end: number for number, block in enumerate(article.blocks, 1)}
    return {
        "title": article.title,
        "blocks": tuple((role_of(block), article.text[block.start : block.end]) for block in article.blocks),
        "author": article.author,
        "published": article.published,
        "date_note": article.date_note,
        "event_date": article.event_date,
        "original_url": article.original_url,
        "url": article.url,
        "kind": article.kind,
        "place": article.place,
        "attachments": tuple((item.url, item.label) for item in article.attachments),
        "sections": tuple(
            (section.level, section.label, section.heading, starts[section.start], ends[section.end])
            for section in article.sections
        ),
        "dropped": tuple(pair for pair in expected.dropped if pair in {(d.text, d.reason) for d in article.dropped}),
        "pages": article.pages,
        "text": article.text,
    }


def as_expected(name: str, expected: Golden) -> dict[str, object]:
    """What `as_read` must give."""
    return {
        "title": expected.title,
        "blocks": expected.blocks,
        "author": expected.author,
        "published": expected.published,
        "date_note": expected.date_note,
        "event_date": expected.event_date,
        "original_url": expected.original_url,
        "url": expected.url or address(name),
        "kind": expected.kind,
        "place": None,
        "attachments": expected.attachments,
        "sections": sections_of(expected.blocks) if expected.sections is None else expected.sections,
        "dropped": expected.dropped,
        "pages": (),
        "text": "\n".join(text for _, text in expected.blocks),
    }


def test_there_are_pages_of_many_systems_and_few_need_rules() -> None:
    pages = [golden(name) for name in NAMES]
    assert len(pages) >= 45
    assert len({page.system for page in pages}) >= 12
    assert sum(page.select is not None for page in pages) <= len(pages) / 4


@pytest.mark.parametrize("name", NAMES)
def test_golden_page(name: str) -> None:
    expected = golden(name)
    reading = read(name)
    assert set(expected.links) <= set(reading.links)
    if expected.refused is not None:
        assert reading.article is None
        assert reading.reason is not None
        assert re.search(expected.refused, reading.reason), reading.reason
        assert {url for url, _ in expected.attachments} <= {urljoin(address(name), link) for link in reading.links}
        return
    assert reading.article is not None, reading.reason
    assert as_read(reading.article, expected) == as_expected(name, expected)
    assert reading.article.raw_digest == raw_digest(raw(name).body)
    assert reading.article.fetched == FETCHED


@pytest.mark.parametrize("name", [name for name in NAMES if golden(name).refused is None])
def test_expectations_use_the_roles_there_are(name: str) -> None:
    roles = {role.split()[0] for role, _ in golden(name).blocks}
    assert roles <= set(get_args(Role))
