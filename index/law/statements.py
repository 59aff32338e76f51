"""What texts of law and their guides say of documents: each statement is one sentence (or table row) saying one thing
of one document, with the words it was read from.

A day that a text gives by counting ("hết hiệu lực sau 60 ngày kể từ ngày Quyết định này có hiệu lực") is computed and
says so. Nothing is concluded here: `index.law.documents` puts the statements of all texts together.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from crawler.article import Article, Block
from index.dates import DateMention, find_dates
from index.law.address import DocumentNumber, completed, find_document_numbers
from index.law.own_numbers import distinct
from index.law.subjects import Subject
from index.passage import heading_label
from index.sentence import article_sentences
from index.span import Span

Says = Literal["about", "signed", "effective", "ended", "amended", "period"]
# stated: the day is printed. counted: reckoned from another day, or the text says "khoảng". signing: "từ ngày ký".
# declared: the page's own metadata, not its text.
Known = Literal["stated", "counted", "signing", "declared"]

CODES = ("QĐ", "NĐ", "TT", "NQ")
NEGATED = re.compile(r"(?:chưa|không)\s+(?:bị\s+)?(?:hết hiệu lực|thay thế|bãi bỏ|thay)", re.IGNORECASE)
UNITS = re.compile(r"(?<!\w)(?:điểm|khoản|điều|mục|phụ lục|một số|nội dung|phần)(?!\w)", re.IGNORECASE)
# A sentence of a text about one document whose subject is that document.
ITSELF = re.compile(
    r"^(?:\d+\.\s+)?(?:nó|văn bản(?: này)?|quyết định này|thông tư(?: này)?|giai đoạn này|cả hai văn bản|hai văn bản|"
    r"hết hiệu lực|có hiệu lực)(?!\w|\s+số|\s+\d)",
    re.IGNORECASE,
)
_BOTH = re.compile(r"^(?:cả hai văn bản|hai văn bản|cả hai)(?!\w)", re.IGNORECASE)
PART = re.compile(
    r"(?<!\w)(?:điểm\s+[a-zđ]|(?:khoản|điều)\s+\d+|phụ lục(?:\s+(?:[ivx]+|\d+))?)(?!\w)[^.;]*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing said of the document `number`.

    on: the day it was signed, came or comes into force, ended, or since when it is amended; of a period its first day;
        None where the text says that, but not when. until: of a period its last day.
    known: how the day is known; said: whether the sentence prints it. counted_from: the day it was reckoned from; days:
        how many days after.
    subject: of "about", what it rules; of "period" "programme" where it is a programme or a plan of those years.
    by: what ended or amended it. units: the parts amended, as written ("điểm a và điểm c, … khoản 1").
    where: the unit the sentence stands in ("Điều 11, khoản 2"). start, end: the sentence or row; `at`: in it the words
        the day was read from, else the words that say it; all in the text of version `digest` of article `article_id`.
        What only the article's title or metadata say ("declared") has no place in its text: 0, 0 and None.
    summary: the article restates law (kind guide); what it says is never the document's own word.
    """

    says: Says
    number: DocumentNumber
    on: date | None
    known: Known
    subject: Subject | None = None
    by: DocumentNumber | None = None
    units: str = ""
    until: date | None = None
    counted_from: date | None = None
    days: int | None = None
    said: bool = True
    article_id: str
    digest: str
    start: int
    end: int
    at: Span | None
    where: str
    summary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with the documents it names, each in its full form, and those its paragraph named before it."""

    article: Article
    start: int
    end: int
    text: str
    numbers: tuple[DocumentNumber, ...]
    dates: tuple[DateMention, ...]
    carried: tuple[DocumentNumber, ...]
    heading: str

    def span(self, start: int, end: int) -> Span:
        """Offsets into the sentence as offsets into the article's text."""
        return Span(start=self.start + start, end=self.start + end)


def sentences(article: Article, own: Sequence[DocumentNumber]) -> Iterator[Sentence]:
    """The sentences and rows of an article that may say something of documents, in order; headings only head them."""
    full = [*own, *distinct(find_document_numbers(f"{article.title}\n{article.text[:60_000]}"))]
    carried: tuple[DocumentNumber, ...] = ()
    block: Block | None = None
    for start, end, current in article_sentences(article):
        if current.role == "heading":
            continue
        if block is None or (current is not block and current.role != "item"):
            carried = ()
        block = current
        text = article.text[start:end]
        if len(text) > 4000:
            continue  # a line of a broken page; sentences of law are shorter
        numbers = tuple(
            completed(number, full) for number in find_document_numbers(text) if number.code in CODES or number.issuer
        )
        path = article.heading_path(start)
        heading = " › ".join(section.heading for section in path if section.heading)
        yield Sentence(
            article=article,
            start=start,
            end=end,
            text=text,
            numbers=numbers,
            dates=tuple(find_dates(text)) if any(char.isdecimal() for char in text) else (),
            carried=carried,
            heading=heading,
        )
        if numbers:
            carried = numbers


def statement(sentence: Sentence, says: Says, number: DocumentNumber, at: Span | None, **fields: object) -> Statement:
    """A statement read from a sentence; `fields` are those of `Statement` that it does not tell by itself."""
    article = sentence.article
    values: dict[str, object] = {"on": None, "known": "stated", **fields}
    return Statement(
        says=says,
        number=bare(number),
        article_id=article.id,
        digest=article.digest,
        start=sentence.start,
        end=sentence.end,
        at=at,
        where=heading_label(article.heading_path(sentence.start)),
        summary=article.kind == "guide",
        **values,  # type: ignore[arg-type]
    )


def bare(number: DocumentNumber) -> DocumentNumber:
    """The number without where it stood: the statement has its own place."""
    return replace(number, start=0, end=0)


def subject_of(sentence: Sentence, before: int, own: Sequence[DocumentNumber]) -> tuple[DocumentNumber, ...]:
    """The documents a cue at `before` speaks of: those named in the sentence before it, else the one the paragraph
    goes on about, else the article's own."""
    if _BOTH.match(sentence.text):
        pair = sentence.carried if len(sentence.carried) == 2 else tuple(own[:2])
        return pair or tuple(own)
    named = tuple(number for number in sentence.numbers if number.end <= before)
    if named and not ITSELF.match(sentence.text):
        return named
    if sentence.article.kind == "guide" and not own:
        return sentence.carried[-1:]
    if sentence.carried and ITSELF.match(sentence.text) and sentence.article.kind == "guide":
        last = sentence.carried[0]
        return (last,)
    return tuple(own[:1])


def is_day(mention: DateMention) -> bool:
    """Whether a date is one whole day."""
    return len(mention.iso) == 10 and mention.year is not None and mention.until is None


def of_day(sentence: Sentence, says: Says, number: DocumentNumber, mention: DateMention) -> Statement:
    """A statement of the day that a sentence prints at `mention`."""
    return statement(
        sentence, says, number, sentence.span(mention.start, mention.end), on=date.fromisoformat(mention.iso)
    )
