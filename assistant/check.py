"""The contract of claims and citations, checked on a draft before a reader sees it and on an answer in tests."""

import re
import unicodedata
from collections.abc import Sequence

from assistant.answer import CONNECTIVES, Answer, Citation, Claim
from assistant.draft import Draft, Segment
from index.dates import find_dates
from index.figures.numbers import find_numbers, parse_number, times_after
from index.law.address import find_document_numbers
from index.text import CAPITALS

_NUMBER = re.compile(r"(?<![\w/])\d+(?:[.,/]\d+)*")
_NAME = re.compile(rf"(?<!\w)[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*)+")
_MARKS = re.compile(r"\[\d+\]")


def checked(draft: Draft) -> tuple[Draft, tuple[str, ...]]:
    """The draft without the segments that break the contract, and why each was left out."""
    kept: list[Segment] = []
    faults: list[str] = []
    for segment in draft.segments:
        if not segment.evidence:
            fault = None if segment.text in CONNECTIVES else f"no connecting phrase: {segment.text!r}"
        else:
            fault = claim_fault(
                segment.text,
                segment.kind,
                [evidence.quote for evidence in segment.evidence],
                None if segment.reckoning is None else segment.reckoning.result,
            )
        if fault is None:
            kept.append(segment)
        else:
            faults.append(fault)
    while kept and not kept[-1].evidence:
        kept.pop()  # a phrase that introduces nothing any more
    return Draft(status=draft.status, segments=tuple(kept), notices=draft.notices, strength=draft.strength), tuple(
        faults
    )


def claim_fault(text: str, kind: str, quotes: Sequence[str], result: float | None) -> str | None:
    """Why a claim is not supported by its quotes, or None where it is."""
    if not quotes:
        return f"no citation for {text!r}"
    if kind == "quoted":
        if not any(_folded(text) == _folded(quote) for quote in quotes):
            return f"not the words of its quote: {text!r}"
        return None
    if kind == "derived" and result is None:
        return f"derived without its calculation: {text!r}"
    said = " ".join(quotes)
    known = _values(said)
    if result is not None:
        known |= {round(result, 2)}
    undated = _without_dates_of(text, said)
    missing = [number for number in _NUMBER.findall(undated) if not _value(number) & known and number not in said]
    if missing:
        return f"numbers {missing} of {text!r} stand in no quote cited"
    folded = _folded(said).lower()
    names = [name for name in _NAME.findall(text) if _folded(name).lower() not in folded]
    if names:
        return f"names {names} of {text!r} stand in no quote cited"
    documents = find_document_numbers(said)
    for number in find_document_numbers(text):
        if not any(number.matches(other) for other in documents):
            return f"document {number.label} of {text!r} stands in no quote cited"
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
    fault = claim_fault(
        answer.text[claim.start : claim.end],
        claim.kind,
        [by_number[number].quote for number in claim.citations],
        None if claim.calculation is None else claim.calculation.result,
    )
    return [] if fault is None else [fault]


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _value(number: str) -> set[float]:
    if "/" in number:
        return set()
    return {round(parse_number(number), 2)}


def _values(text: str) -> set[float]:
    """Every number of a text, in digits or in words ("ba mươi hai"); "năm" and "một" alone are no numbers."""
    spelt = {
        round(number.value * times_after(text, number.end)[0], 2)
        for number in find_numbers(text)
        if number.words and not number.rare
    }
    return spelt | {value for number in _NUMBER.findall(text) for value in _value(number)}


def _without_dates_of(text: str, said: str) -> str:
    """A text without the dates that another states too, in any spelling ("6/2020", "tháng 6 năm 2020")."""
    known = {(mention.iso, mention.until) for mention in find_dates(said)}
    letters = list(text)
    for mention in find_dates(text):
        if (mention.iso, mention.until) in known:
            letters[mention.start : mention.end] = " " * (mention.end - mention.start)
    return "".join(letters)
