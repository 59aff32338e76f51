"""What a sentence leaves to those after it: the date its paragraph opened with, and what leads into a list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.article import Article, Block
from index.dates import find_dates
from index.sentence import article_sentences

# A paragraph that is an item of a list in all but markup: "Thứ nhất: …", "Hai là …", "- …".
_LISTED = re.compile(r"(?:thứ \w+|(?:một|hai|ba|bốn|năm|sáu) là|[-–+•*])(?:\s*[:,.]|\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The date a paragraph opened with ("Năm 2021, … Phấn đấu có 10 chủ thể") or that the sentence leading into its
    list names, and that leading sentence (it ends with a colon) where there is one."""

    date: str | None = None
    lead: str | None = None


def carried_sentences(article: Article) -> Iterator[tuple[int, int, Block, Carried]]:
    """Every sentence with its block and what stands before it in its paragraph or list."""
    current: Block | None = None
    carried = Carried()
    listed = False
    for start, end, block in article_sentences(article):
        sentence = article.text[start:end]
        if block != current:
            listed = block.role == "item" or _LISTED.match(sentence) is not None
            if not (listed and carried.lead is not None):
                carried = Carried()
            current = block
        yield start, end, block, carried
        if not listed:
            carried = _after(sentence, carried)


def _after(sentence: str, former: Carried) -> Carried:
    dates = [mention for mention in find_dates(sentence) if mention.year is not None]
    if sentence.rstrip().endswith(":"):
        date = (dates[-1].until or dates[-1].iso) if dates else former.date
        return Carried(date=date, lead=sentence)
    if dates and dates[0].start < 12 and dates[0].until is None:
        return Carried(date=dates[0].iso)
    return Carried(date=former.date)
