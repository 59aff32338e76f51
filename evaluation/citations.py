"""How well the citations of one answer support its claims, decided from the answer alone.

After Gao, Yen, Yu and Chen, "Enabling Large Language Models to Generate Text with Citations" (EMNLP 2023): citation
recall is the share of claims their citations support together, citation precision the share of citations that support
their claim. What supports is decided by plain rules, apart from `assistant.check`, which the assistant already obeys:

quoted            the claim's words stand in the quote.
stated, derived   together: every number and every name of the claim stands in some quote, save a calculated result,
                  which must be what its operands give; alone: a citation supports it by one of those numbers or names
                  (by one of its words where it has neither).

Where the question names the pages that are right, a citation of any other page does not count as supporting.
"""

import re
import unicodedata
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.answer import Answer, Calculation, Claim

_NUMBER = re.compile(r"(?<![\w,.])\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<!\w)(?:[^\W\d_a-zà-ỹ][^\W\d_]*)(?: [^\W\d_a-zà-ỹ][^\W\d_]*)+")
_NEARLY = 0.01  # results are shown with two decimals


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """Counts of one answer: its claims and those supported, its citations (one a claim) and those that support."""

    claims: int = 0
    supported: int = 0
    citations: int = 0
    supporting: int = 0


def citing(answer: Answer, right_pages: AbstractSet[str] = frozenset()) -> Citing:
    """Count claims and citations of an answer. right_pages: path and query of the only right pages, or none."""
    quotes = {citation.number: citation.quote for citation in answer.citations}
    wrong = {
        citation.number
        for citation in answer.citations
        if right_pages and page_path(citation.url or "") not in right_pages
    }
    supported = given = supporting = 0
    for claim in answer.claims:
        said = answer.text[claim.start : claim.end]
        cited = {number: quotes[number] for number in claim.citations if number in quotes}
        supported += bool(cited) and _together(said, claim, cited)
        given += len(claim.citations)
        supporting += sum(number not in wrong and _alone(said, claim, quote) for number, quote in cited.items())
    return Citing(claims=len(answer.claims), supported=supported, citations=given, supporting=supporting)


def page_path(url: str) -> str:
    """Path and query of an address, by which question files name pages."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _together(said: str, claim: Claim, cited: dict[int, str]) -> bool:
    if claim.kind == "quoted":
        return any(_folded(said) in _folded(quote) for quote in cited.values())
    quotes = " ".join(cited.values())
    known = _numbers(quotes)
    if claim.calculation is not None:
        if not _reckons(claim.calculation, cited):
            return False
        known |= {_shown(claim.calculation.result)}
    return _numbers(said) <= known and all(name in _folded(quotes) for name in _names(said))


def _alone(said: str, claim: Claim, quote: str) -> bool:
    if claim.kind == "quoted":
        return _folded(said) in _folded(quote)
    numbers, names = _numbers(said), _names(said)
    if numbers or names:
        return bool(numbers & _numbers(quote)) or any(name in _folded(quote) for name in names)
    return bool(set(_folded(said).split()) & set(_folded(quote).split()))


def _reckons(calculation: Calculation, cited: dict[int, str]) -> bool:
    """Whether every operand stands in its quote and the result is what they give."""
    values = [operand.value for operand in calculation.operands]
    if not values or any(
        _shown(operand.value) not in _numbers(cited.get(operand.citation, "")) for operand in calculation.operands
    ):
        return False
    match calculation.operation:
        case "sum":
            result = sum(values)
        case "difference":
            result = values[0] - sum(values[1:])
        case "quotient":
            result = values[0] / values[1] if len(values) == 2 and values[1] else float("nan")
        case "minimum":
            result = min(values)
        case "maximum" | "compare":
            result = max(values)
    return abs(result - calculation.result) <= _NEARLY


def _numbers(text: str) -> set[str]:
    """The numbers of a text in one form: "1.369" and "1369" are one, "05" and "5" too, "1,50" and "1,5" as well."""
    found = set()
    for number in _NUMBER.findall(text):
        whole, _, part = re.sub(r"\.(?=\d{3}(?!\d))", "", number).replace(".", ",").partition(",")
        part = part.rstrip("0")
        found.add((whole.lstrip("0") or "0") + (f",{part}" if part else ""))
    return found


def _shown(value: float) -> str:
    return f"{round(value, 2):.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _names(text: str) -> list[str]:
    """Names of two capital words or more, the first word of a sentence left out where it is followed by a small one."""
    return [_folded(name) for name in _NAME.findall(text)]


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())
