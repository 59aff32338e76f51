"""Regimes of law as the texts held tell them: which document, in force from when, and what it ends and when.

Only what a text says is recorded, each with the sentence it was read from. A date the text gives by counting ("hết
hiệu lực sau 60 ngày kể từ ngày Quyết định này có hiệu lực") is computed and says so.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.article import Article
from index.address import DocumentNumber, find_document_numbers
from index.dates import find_dates
from index.sentence import article_sentences

_EFFECTIVE = re.compile(
    r"có hiệu lực(?:\s+thi hành)?\s+(?:kể\s+)?từ\s+(?:ngày\s+)?(?P<what>ký|[^,;.]{0,12}\d)", re.IGNORECASE
)
_ENDS = re.compile(r"hết hiệu lực|bãi bỏ|thay thế|thay cho", re.IGNORECASE)
_AFTER_DAYS = re.compile(r"sau\s+(?P<days>\d{1,3})\s+ngày", re.IGNORECASE)
_NEGATED = re.compile(r"(?:chưa|không)\s+(?:bị\s+)?(?:hết hiệu lực|thay thế|bãi bỏ)", re.IGNORECASE)
_PASSIVE = re.compile(r"(?:bị|được)\s+(?:[^.;]{0,60}\s)?(?:thay thế|bãi bỏ|thay)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A document ended by another: `number` ends on `on` (None where the text gives no day).

    computed: the day was counted from another date by the rule the sentence states. start, end: that sentence.
    """

    number: DocumentNumber
    on: date | None
    computed: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """A document of law as one article gives it.

    summary: the article restates it (kind guide) and is never cited as the document itself. signed and effective are
    None where the text does not say; effective_span is the sentence that says it.
    """

    article_id: str
    digest: str
    title: str
    number: DocumentNumber
    summary: bool
    signed: date | None
    effective: date | None
    effective_span: tuple[int, int] | None
    endings: tuple[Ending, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The state of a document on a day, as far as the texts held tell.

    status: "in_force", "lapsed", "not_yet" or "unknown". by: label of the document that ended it. since: the day.
    """

    status: str
    since: date | None
    computed: bool
    by: str | None


def read_regulation(article: Article) -> Regulation | None:
    """The document of law an article carries or summarises, or None where it is neither regulation nor guide to one."""
    if article.kind not in ("regulation", "guide", "decision"):
        return None
    numbers = find_document_numbers(article.title)
    if not numbers and article.kind != "guide":
        numbers = find_document_numbers(article.text[:600])
    if not numbers:
        return None
    own = next((number for number in numbers if number.issuer is not None), numbers[0])
    signed = _day(article.published) if article.kind != "guide" else None
    effective: date | None = None
    span: tuple[int, int] | None = None
    endings: list[Ending] = []
    for start, end, _ in article_sentences(article):
        sentence = article.text[start:end]
        match = _EFFECTIVE.search(sentence)
        if match is not None and effective is None and not _speaks_of_another(sentence, match.start(), own):
            dates = [mention for mention in find_dates(sentence) if mention.end > match.start("what")]
            effective = signed if match["what"].lower() == "ký" else _day(dates[0].iso) if dates else None
            span = (start, end) if effective is not None else None
    for start, end, _ in article_sentences(article):
        endings.extend(_endings(article.text[start:end], own, start, end, effective))
    return Regulation(
        article_id=article.id,
        digest=article.digest,
        title=article.title,
        number=own,
        summary=article.kind == "guide",
        signed=signed,
        effective=effective,
        effective_span=span,
        endings=tuple(endings),
    )


def _speaks_of_another(sentence: str, before: int, own: DocumentNumber) -> bool:
    named = find_document_numbers(sentence[:before])
    return bool(named) and not any(number.matches(own) for number in named)


def _endings(sentence: str, own: DocumentNumber, start: int, end: int, effective: date | None) -> list[Ending]:
    """What a sentence of the document says it ends: every other number named in it."""
    cue = _ENDS.search(sentence)
    if cue is None or _NEGATED.search(sentence) or _PASSIVE.search(sentence):
        return []
    named = [number for number in find_document_numbers(sentence) if number.code in ("QĐ", "NĐ", "TT", "NQ")]
    others: dict[str, DocumentNumber] = {}
    for number in named:
        if not number.matches(own):
            others.setdefault(number.number, number)
    days = _AFTER_DAYS.search(sentence)
    on, computed = effective, False
    if days is not None:
        on, computed = (effective + timedelta(days=int(days["days"])) if effective else None), True
    return [Ending(number=number, on=on, computed=computed, start=start, end=end) for number in others.values()]


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso[:10]) if iso is not None and len(iso) >= 10 else None


def state_of(number: DocumentNumber, regulations: tuple[Regulation, ...], on: date) -> State:
    """The state of a document on a day. What ends it is read from the other documents held, regulations first.

    "unknown" means that no text held says, never that it was repealed.
    """
    known = sorted(regulations, key=lambda regulation: regulation.summary)
    ending = next(
        (
            (regulation, ending)
            for regulation in known
            for ending in regulation.endings
            if ending.number.matches(number) and ending.on is not None
        ),
        None,
    )
    if ending is not None and ending[1].on is not None and ending[1].on <= on:
        return State(status="lapsed", since=ending[1].on, computed=ending[1].computed, by=ending[0].number.label)
    own = next((regulation for regulation in known if regulation.number.matches(number) and regulation.effective), None)
    if own is None or own.effective is None:
        return State(status="unknown", since=None, computed=False, by=None)
    if own.effective > on:
        return State(status="not_yet", since=own.effective, computed=False, by=None)
    return State(status="in_force", since=own.effective, computed=False, by=None)
