"""The contract of claims and citations, checked on a draft before a reader sees it and on an answer in tests."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache

from assistant.answer import CONNECTIVES, MONEY_FORMS, Answer, Citation, Claim, day_number, day_of, vietnamese_number
from assistant.draft import Draft, Segment
from index.dates import find_dates
from index.figures.counted import multiplier
from index.figures.numbers import Number, find_numbers, parse_number
from index.law.address import find_document_numbers
from index.places.named import find_places
from index.products.expiry import last_day
from index.text import CAPITALS

_NUMBER = re.compile(r"(?<![\w/])\d+(?:[.,/]\d+)*")
_NAME = re.compile(rf"(?<!\w)[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*)+")
# what stands before a document number: "Theo Quyết định 148/QĐ-TTg" names nobody
_KIND = re.compile(
    r"(?:quyết định|nghị quyết|nghị định|thông tư|kế hoạch|công văn|chỉ thị)\s+(?:số\s+)?$", re.IGNORECASE
)
_WHOLE_DAY = len("2026-05-22")
_MARKS = re.compile(r"\[\d+\]")
COUNTS_DAYS = ("days_after", "months_after")


def checked(draft: Draft) -> tuple[Draft, tuple[str, ...]]:
    """The draft without the segments that break the contract, and why each was left out."""
    kept: list[Segment] = []
    faults: list[str] = []
    for segment in draft.segments:
        if not segment.evidence:
            fault = None if segment.text in CONNECTIVES else f"no connecting phrase: {segment.text!r}"
        else:
            reckoning = segment.reckoning
            fault = claim_fault(
                segment.text,
                segment.kind,
                [evidence.quote for evidence in segment.evidence],
                None if reckoning is None else reckoning.result,
                headings=[evidence.heading for evidence in segment.evidence],
                titles=[evidence.article.title for evidence in segment.evidence],
                days=[
                    day
                    for evidence in segment.evidence
                    for day in (evidence.article.event_date, evidence.article.published)
                    if day is not None
                ],
                places=[evidence.article.place for evidence in segment.evidence if evidence.article.place is not None],
            )
            if fault is None and reckoning is not None and reckoning.operation in COUNTS_DAYS:
                operands = [(value, segment.evidence[place].quote) for value, place in reckoning.operands]
                fault = days_fault(operands, reckoning.result, months=reckoning.operation == "months_after")
        if fault is None:
            kept.append(segment)
        else:
            faults.append(fault)
    while kept and not kept[-1].evidence:
        kept.pop()  # a phrase that introduces nothing any more
    return Draft(status=draft.status, segments=tuple(kept), notices=draft.notices, strength=draft.strength), tuple(
        faults
    )


def claim_fault(
    text: str,
    kind: str,
    quotes: Sequence[str],
    result: float | None,
    *,
    headings: Sequence[str] = (),
    titles: Sequence[str] = (),
    days: Sequence[str] = (),
    places: Sequence[str] = (),
) -> str | None:
    """Why a claim is not supported by its quotes, or None where it is.

    headings: those the quotes stand under, which may hold its numbers too ("Điều 11, khoản 2"). titles: of the sources,
    which may hold the number of the document they are and a province's name. days: ISO dates of the articles cited,
    which a claim may name as the quotes' own. places: the provinces those articles are declared to be of, which it may
    name likewise; a province may be named in full that a quote names by other letters ("TPHCM").
    """
    if not quotes:
        return f"no citation for {text!r}"
    if kind == "quoted":
        if not any(_folded(text) == _folded(quote) for quote in quotes):
            return f"not the words of its quote: {text!r}"
        return None
    if kind == "derived" and result is None:
        return f"derived without its calculation: {text!r}"
    said = " ".join((*quotes, *headings))
    known = _values(said)
    counted = {*_days(said)}
    if result is not None:
        known |= {round(result, 2), *_in_units(result, text)}
        counted |= {f"{result:.0f}"}
    documents = find_document_numbers(" ; ".join((said, *titles)))
    plain = text
    for start, end in _dated(text, {*(mention.iso for mention in find_dates(said)), *(day[:10] for day in days)}):
        plain = _blank(plain, start, end)
    for number in find_document_numbers(text):
        if not any(number.matches(other) for other in documents):
            return f"document {number.label} of {text!r} stands in no quote cited"
        kind_word = _KIND.search(plain, 0, number.start)
        plain = _blank(plain, number.start if kind_word is None else kind_word.start(), number.end)
    for mention in find_dates(plain):
        if len(mention.iso) == _WHOLE_DAY and mention.iso.replace("-", "") in counted:
            plain = _blank(plain, mention.start, mention.end)
    missing = [
        number
        for number in _NUMBER.findall(plain)
        if not _value(number) & known and re.search(rf"(?<![\d.,]){re.escape(number)}(?!\d)", said) is None
    ]
    if missing:
        return f"numbers {missing} of {text!r} stand in no quote cited"
    folded = _folded(said).lower()
    names = [name for name in _NAME.findall(plain) if _folded(name).lower() not in folded]
    names = [
        name for name in names if not _provinces(name) or not _provinces(name) <= _provinces(said, *titles, *places)
    ]
    if names:
        return f"names {names} of {text!r} stand in no quote cited"
    return None


def days_fault(operands: Sequence[tuple[float, str]], result: float, *, months: bool = False) -> str | None:
    """Why a day is not counted right from one that a quote prints, by numbers that quotes print; or None.

    operands: the day and the number of days, each with its quote; with `months` the day, the number of months, and
    perhaps how many days after that, negative for before.
    """
    if len(operands) not in ((2, 3) if months else (2,)):
        return f"a day counted from {len(operands)} operands"
    (start, start_quote), *counts = operands
    if f"{start:.0f}" not in _days(start_quote):
        return f"the day {start:.0f} stands in no quote cited"
    for place, (count, quote) in enumerate(counts):
        if round(abs(count), 2) not in _values(quote):
            return f"{abs(count):g} {'months' if months and place == 0 else 'days'} stand in no quote cited"
    first, *after = (round(count) for count, _ in counts)
    day = last_day(day_of(start), first) if months else day_of(start) + timedelta(days=first)
    if day_number(day + timedelta(days=sum(after))) != result:
        return f"{start:.0f} and {', '.join(f'{count:g}' for count, _ in counts)} are not {result:.0f}"
    return None


def answer_faults(answer: Answer) -> list[str]:
    """Every way in which an answer breaks the contract; empty for one that holds."""
    faults: list[str] = []
    if answer.status not in ("answered", "partial"):
        if answer.claims or answer.citations:
            faults.append(f"status {answer.status} carries claims or citations")
        return faults
    by_number = {citation.number: citation for citation in answer.citations}
    faults += _numbering_faults(answer, by_number)
    covered = [False] * len(answer.text)
    for claim in answer.claims:
        if not 0 <= claim.start < claim.end <= len(answer.text):
            faults.append(f"claim {claim} leaves the text")
            continue
        covered[claim.start : claim.end] = [True] * (claim.end - claim.start)
        faults += _claim_faults(answer, claim, by_number)
    for phrase in CONNECTIVES:
        at = answer.text.find(phrase)
        while at >= 0:
            covered[at : at + len(phrase)] = [True] * len(phrase)
            at = answer.text.find(phrase, at + 1)
    for match in _MARKS.finditer(answer.text):
        covered[match.start() : match.end()] = [True] * (match.end() - match.start())
    bare = "".join(char for char, known in zip(answer.text, covered, strict=True) if not known and not char.isspace())
    if bare:
        faults.append(f"text no claim covers: {bare!r}")
    return faults


def _numbering_faults(answer: Answer, by_number: dict[int, Citation]) -> list[str]:
    faults = []
    if sorted(by_number) != list(range(1, len(answer.citations) + 1)):
        faults.append(f"citations are numbered {sorted(by_number)}")
    order = list(dict.fromkeys(int(mark[1:-1]) for mark in _MARKS.findall(answer.text) if int(mark[1:-1]) in by_number))
    if order != sorted(order):
        faults.append(f"citations appear in the order {order}")
    cited = {number for claim in answer.claims for number in claim.citations}
    if cited != set(by_number):
        faults.append(f"claims cite {sorted(cited)}, citations are {sorted(by_number)}")
    return faults


def _claim_faults(answer: Answer, claim: Claim, by_number: dict[int, Citation]) -> list[str]:
    unknown = [number for number in claim.citations if number not in by_number]
    if unknown or not claim.citations:
        return [f"claim at {claim.start} cites {unknown or 'nothing'}"]
    cited = [by_number[number] for number in claim.citations]
    calculation = claim.calculation
    fault = claim_fault(
        answer.text[claim.start : claim.end],
        claim.kind,
        [citation.quote for citation in cited],
        None if calculation is None else calculation.result,
        headings=[citation.heading for citation in cited],
        titles=[citation.title for citation in cited],
        days=[day for citation in cited for day in (citation.event_date, citation.published) if day is not None],
        places=[citation.place for citation in cited if citation.place is not None],
    )
    if fault is None and calculation is not None and calculation.operation in COUNTS_DAYS:
        operands = [(operand.value, by_number[operand.citation].quote) for operand in calculation.operands]
        fault = days_fault(operands, calculation.result, months=calculation.operation == "months_after")
    return [] if fault is None else [fault]


def _blank(text: str, start: int, end: int) -> str:
    """The text with a stretch blanked out, so that what stands around it is no name of two words."""
    return text[:start] + "·" * (end - start) + text[end:]


def _days(text: str) -> set[str]:
    """The whole days a text says, as "yyyymmdd"."""
    return {mention.iso.replace("-", "") for mention in find_dates(text) if len(mention.iso) == _WHOLE_DAY}


def _provinces(*texts: str) -> set[str]:
    """The keys of the provinces that texts name."""
    return {mention.key for text in texts for mention in find_places(text)}


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _value(number: str) -> set[float]:
    if "/" in number:
        return set()
    return {round(parse_number(number), 2)}


@lru_cache(maxsize=1024)
def _values(text: str) -> frozenset[float]:
    """The numbers of a text, in digits and in words ("hai mươi chín"); remembered, as one is quoted again and again."""
    digits = frozenset(value for number in _NUMBER.findall(text) for value in _value(number))
    return digits | {round(number.value, 2) for number in find_numbers(text) if number.words and _counts(number)}


def _in_units(result: float, text: str) -> set[float]:
    """A result in millions and billions, where a text says it in these: 2.9e9 is the 2.9 of "2,9 tỷ đồng"."""
    said = {form: round(result / multiplier(form), 2) for form in MONEY_FORMS}
    return {value for form, value in said.items() if f"{vietnamese_number(value)} {form}" in text}


def _counts(number: Number) -> bool:
    """Whether a number in words is one: "năm" alone is a year more often than five, "một" is one, article or not."""
    return not number.rare or number.value == 1


def _dated(text: str, days: set[str]) -> list[tuple[int, int]]:
    """Where a claim says one of these days, or the month or year of one."""
    return [
        (mention.start, mention.end)
        for mention in find_dates(text)
        if mention.until is None and any(day.startswith(mention.iso) for day in days)
    ]
