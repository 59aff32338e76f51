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
    r"có hiệu lực(?:\s+thi hành)?\s+(?:ngay\s+)?(?:kể\s+)?(?:từ\s+)?(?:ngày\s+)?(?P<what>ký|[^,;.]{0,12}\d)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"hết hiệu lực|bãi bỏ|thay thế|thay cho|(?<!\w)thay\s+(?=quyết định|qđ)", re.IGNORECASE)
_AFTER_DAYS = re.compile(r"sau\s+(?P<days>\d{1,3})\s+ngày", re.IGNORECASE)
_NEGATED = re.compile(r"(?:chưa|không)\s+(?:bị\s+)?(?:hết hiệu lực|thay thế|bãi bỏ)", re.IGNORECASE)
_PASSIVE = re.compile(
    r"(?:bị|được)\s+(?:[^.;]{0,60}\s)?(?:thay thế|bãi bỏ|thay)|(?:đã|sẽ)\s+thay(?!\s+thế)", re.IGNORECASE
)
# A sentence of a text about one document whose subject is that document.
_ITSELF = re.compile(
    r"^(?:\d+\.\s+)?(?:nó|văn bản(?: này)?|quyết định này|cả hai văn bản|hai văn bản|hết hiệu lực)(?!\w)", re.IGNORECASE
)
_SIGNED = re.compile(r"^[^.;]{0,30}?(?:ký|ban hành)?\s*ngày\s", re.IGNORECASE)
_PART = re.compile(r"(?:điểm|khoản|điều|phụ lục)\s+[\wđ]+[^.;]*$", re.IGNORECASE)
_SIGNED_ROW = re.compile(r"^(?:ngày ban hành|ngày ký)\s*:?\s*\|", re.IGNORECASE)
_EFFECTIVE_ROW = re.compile(r"^(?:ngày (?:có )?hiệu lực|hiệu lực từ)\s*:?\s*\|", re.IGNORECASE)
_STATE_ROW = re.compile(r"^(?:tình trạng|hiệu lực)[^|]{0,20}\|\s*hết hiệu lực", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A document ended: `number` ends on `on` (None where the text gives no day), `by` another (None: not said).

    computed: the day was counted from another date, or the text says "khoảng". said: the day stands in the sentence
    itself. start, end: the sentence that says it.
    """

    number: DocumentNumber
    by: DocumentNumber | None
    on: date | None
    computed: bool
    said: bool
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
        return _guide_to(article) if article.kind == "guide" else None
    own = next((number for number in numbers if number.issuer is not None), numbers[0])
    signed = _day(article.published) if article.kind != "guide" else None
    effective: date | None = None
    span: tuple[int, int] | None = None
    sentences = [(start, end, article.text[start:end]) for start, end, _ in article_sentences(article)]
    for _, _, sentence in sentences:
        signed = signed or _signed(sentence, own)
    for start, end, sentence in sentences:
        found = _effective(sentence, own, signed)
        if found is not None:
            effective, span = found, (start, end)
            break
    endings = [
        ending for start, end, sentence in sentences for ending in _endings(sentence, numbers, start, end, effective)
    ]
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


def _guide_to(article: Article) -> Regulation | None:
    """A guide that names its document only in its text restates the one it names at least twice as often as any other,
    or none; its dates are that one's own."""
    named = find_document_numbers(article.text)
    counts = {number: sum(number.matches(other) for other in named) for number in named}
    if not counts:
        return None
    own = max(counts, key=lambda number: (counts[number], number.issuer is not None))
    others = [count for number, count in counts.items() if not number.matches(own)]
    if others and counts[own] < 2 * max(others):
        return None
    return Regulation(
        article_id=article.id,
        digest=article.digest,
        title=article.title,
        number=own,
        summary=True,
        signed=None,
        effective=None,
        effective_span=None,
        endings=(),
    )


def _signed(sentence: str, own: DocumentNumber) -> date | None:
    """The day a sentence says the document was signed: in its properties, or right after its number."""
    dates = [mention for mention in find_dates(sentence) if len(mention.iso) == 10 and mention.year is not None]
    if not dates:
        return None
    if _SIGNED_ROW.match(sentence):
        return _day(dates[0].iso)
    for number in find_document_numbers(sentence):
        after = sentence[number.end :]
        if number.matches(own) and _SIGNED.match(after):
            later = [mention for mention in dates if mention.start >= number.end]
            if later and len(sentence[number.end : later[0].start]) <= 12:
                return _day(later[0].iso)
    return None


def _effective(sentence: str, own: DocumentNumber, signed: date | None) -> date | None:
    """The day a sentence sets the document in force, or None."""
    dates = find_dates(sentence)
    if _EFFECTIVE_ROW.match(sentence):
        return _day(dates[0].iso) if dates else None
    match = _EFFECTIVE.search(sentence)
    if match is None or (_speaks_of_another(sentence, match.start(), own) and not _ITSELF.match(sentence)):
        return None
    if match["what"].lower() == "ký":
        return signed
    dates = [mention for mention in dates if mention.end > match.start("what")]
    return _day(dates[0].iso) if dates else None


def _speaks_of_another(sentence: str, before: int, own: DocumentNumber) -> bool:
    named = find_document_numbers(sentence[:before])
    return bool(named) and not any(number.matches(own) for number in named)


def _endings(sentence: str, own: list[DocumentNumber], start: int, end: int, effective: date | None) -> list[Ending]:
    """What a sentence says ended: the other documents it names, or (where it speaks of itself) the document's own."""
    cue = _ENDS.search(sentence)
    if cue is None or _NEGATED.search(sentence):
        return []
    named = [number for number in find_document_numbers(sentence) if number.code in ("QĐ", "NĐ", "TT", "NQ")]
    others: dict[str, DocumentNumber] = {}
    for number in named:
        part = _PART.search(sentence[: number.start])
        if not any(number.matches(mine) for mine in own) and part is None:
            others.setdefault(number.number, number)
    dates = [mention for mention in find_dates(sentence) if len(mention.iso) == 10 and mention.year is not None]
    about = bool(re.search(r"khoảng|tự tính|ước", sentence, re.IGNORECASE))
    if "hết hiệu lực" in cue[0].lower() and (_ITSELF.match(sentence) or _STATE_ROW.match(sentence)):
        later = [mention for mention in dates if mention.start > cue.start()]
        if not later:
            return []
        by = named[-1] if named and not any(named[-1].matches(mine) for mine in own) else None
        on = _day(later[0].iso)
        return [Ending(number=mine, by=by, on=on, computed=about, said=True, start=start, end=end) for mine in own]
    if _PASSIVE.search(sentence):
        return []
    days = _AFTER_DAYS.search(sentence)
    on, computed = effective, False
    if days is not None:
        on, computed = (effective + timedelta(days=int(days["days"])) if effective else None), True
    return [
        Ending(
            number=number,
            by=own[0],
            on=on,
            computed=computed,
            said=on is not None and any(mention.iso == on.isoformat() for mention in dates),
            start=start,
            end=end,
        )
        for number in others.values()
    ]


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso[:10]) if iso is not None and len(iso) >= 10 else None


def ending_of(number: DocumentNumber, regulations: tuple[Regulation, ...]) -> tuple[Regulation, Ending] | None:
    """What ended a document, with the text that says so: a regulation before a summary, one that names what ended it
    before one that does not. None where no text held gives a day."""
    found = [
        (regulation, ending)
        for regulation in regulations
        for ending in regulation.endings
        if ending.number.matches(number) and ending.on is not None
    ]
    return min(found, key=lambda pair: (pair[0].summary, not pair[1].said, pair[1].by is None), default=None)


def state_of(number: DocumentNumber, regulations: tuple[Regulation, ...], on: date) -> State:
    """The state of a document on a day. What ends it is read from the other documents held, regulations first.

    "unknown" means that no text held says, never that it was repealed.
    """
    known = sorted(regulations, key=lambda regulation: regulation.summary)
    ending = ending_of(number, regulations)
    if ending is not None and ending[1].on is not None and ending[1].on <= on:
        return State(
            status="lapsed",
            since=ending[1].on,
            computed=ending[1].computed,
            by=None if ending[1].by is None else ending[1].by.label,
        )
    own = next((regulation for regulation in known if regulation.number.matches(number) and regulation.effective), None)
    if own is None or own.effective is None:
        return State(status="unknown", since=None, computed=False, by=None)
    if own.effective > on:
        return State(status="not_yet", since=own.effective, computed=False, by=None)
    return State(status="in_force", since=own.effective, computed=False, by=None)
