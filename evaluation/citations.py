"""How well the citations of one answer support its claims, decided from the answer alone.

After Gao, Yen, Yu and Chen, "Enabling Large Language Models to Generate Text with Citations" (EMNLP 2023): citation
recall is the share of claims their citations support together, citation precision the share of citations that support
their claim. What supports is decided by plain rules, apart from `assistant.check`, which the assistant already obeys:

quoted            the claim's words stand in the quote.
stated, derived   together: every number and every name of the claim stands in some citation (its quote, or the heading,
                  title and dates that readers see with it), save a calculated result, which must be what its operands,
                  read from the quotes, give; alone: a citation supports it by one of those numbers or names (by one of
                  its words where it has neither).

Where the question names the pages that are right, a citation of any other page does not count as supporting.
"""

import re
import unicodedata
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from assistant.answer import Answer, Calculation, Citation, Claim

_NUMBER = re.compile(r"(?<![\w,.])\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<!\w)(?:[^\W\d_a-zà-ỹ][^\W\d_]*)(?: [^\W\d_a-zà-ỹ][^\W\d_]*)+")
# Words that open a sentence with a capital and are no part of the name behind them ("Theo Quyết định 148").
_OPENING = frozenset("theo từ tới đến trong ngoài tại ở với nhưng và do vì khi nếu sau trước riêng".split())
_EXACT = 1e-6
# "cuối năm 2020", "hết 2020": its December.
_YEAR_S_END = re.compile(r"(?<!\w)(?:cuối|hết|kết thúc|khép lại)\s+(?:năm\s+)?20\d\d", re.IGNORECASE)
_UNITS = (1_000_000_000, 1_000_000)  # sums of money are told in the larger that they reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """Counts of one answer: its claims and those supported, its citations (one a claim) and those that support."""

    claims: int = 0
    supported: int = 0
    citations: int = 0
    supporting: int = 0


def citing(answer: Answer, right_pages: AbstractSet[str] = frozenset()) -> Citing:
    """Count claims and citations of an answer. right_pages: path and query of the only right pages, or none."""
    known = {citation.number: citation for citation in answer.citations}
    wrong = {
        citation.number
        for citation in answer.citations
        if right_pages and page_path(citation.url or "") not in right_pages
    }
    supported = given = supporting = 0
    for claim in answer.claims:
        said = answer.text[claim.start : claim.end]
        cited = {number: known[number] for number in claim.citations if number in known}
        supported += bool(cited) and _together(said, claim, cited)
        given += len(claim.citations)
        supporting += sum(number not in wrong and _alone(said, claim, one) for number, one in cited.items())
    return Citing(claims=len(answer.claims), supported=supported, citations=given, supporting=supporting)


def page_path(url: str) -> str:
    """Path and query of an address, by which question files name pages."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _together(said: str, claim: Claim, cited: dict[int, Citation]) -> bool:
    if claim.kind == "quoted":
        return any(_folded(said) in _folded(citation.quote) for citation in cited.values())
    seen = " ".join(_seen(citation) for citation in cited.values())
    known = _numbers(seen) | ({"12"} if _YEAR_S_END.search(seen) else set())
    if claim.calculation is not None:
        if not _reckons(claim.calculation, cited):
            return False
        known |= _parts(claim.calculation.result, day=claim.calculation.operation in ("days_after", "months_after"))
    return _numbers(said) <= known and all(name in _folded(seen) for name in _names(said))


def _alone(said: str, claim: Claim, citation: Citation) -> bool:
    if claim.kind == "quoted":
        return _folded(said) in _folded(citation.quote)
    numbers, names, seen = _numbers(said), _names(said), _seen(citation)
    if numbers or names:
        return bool(numbers & _numbers(seen)) or any(name in _folded(seen) for name in names)
    return bool(set(_folded(said).split()) & set(_folded(seen).split()))


def _seen(citation: Citation) -> str:
    """What readers see of a citation: its quote, and above it heading, title, the place it is from and dates."""
    days = (day[:10].replace("-", " ") for day in (citation.event_date, citation.published) if day)
    return " ".join((citation.quote, citation.heading, citation.title, citation.place or "", *days))


def _parts(value: float, *, day: bool) -> set[str]:
    """A number as `_numbers` has it; of a day written yyyymmdd its year, month and day."""
    if not day:
        return {_shown(value)}
    return _numbers(f"{value:.0f}"[:4] + " " + f"{value:.0f}"[4:6] + " " + f"{value:.0f}"[6:])


def _reckons(calculation: Calculation, cited: dict[int, Citation]) -> bool:
    """Whether every operand stands in its quote and the result is what they give."""
    values = [operand.value for operand in calculation.operands]
    counts_days = calculation.operation in ("days_after", "months_after")
    for place, operand in enumerate(calculation.operands):
        quote = cited[operand.citation].quote if operand.citation in cited else ""
        if not _parts(abs(operand.value), day=counts_days and place == 0) <= _numbers(quote):
            return False
    if not values:
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
        case "share":
            result = 100 * values[0] / values[1] if len(values) == 2 and values[1] else float("nan")
        case "maximum" | "compare":
            result = max(values)
        case "days_after":
            if len(values) != 2:
                return False
            ends = datetime.strptime(f"{values[0]:.0f}", "%Y%m%d").date() + timedelta(days=round(values[1]))
            result = float(ends.strftime("%Y%m%d"))
        case "months_after":
            if len(values) not in (2, 3):
                return False
            begun = datetime.strptime(f"{values[0]:.0f}", "%Y%m%d").date()
            ends = _months_later(begun, round(values[1])) + timedelta(days=round(sum(values[2:])))
            result = float(ends.strftime("%Y%m%d"))
    return abs(result - calculation.result) <= _rounding(calculation)


def _rounding(calculation: Calculation) -> float:
    """By how much a result may differ from what its operands give.

    Shares are told with one decimal from one percent on, ratios and averages from ten on, sums of money so in millions
    or billions, with two below; all else is told whole.
    """
    if calculation.operation not in ("share", "quotient"):
        return _EXACT
    unit = next((unit for unit in _UNITS if calculation.result >= unit), 1)
    tenths = calculation.result / unit >= (1 if calculation.operation == "share" else 10)
    return _EXACT + unit * (0.05 if tenths else 0.005)


def _months_later(day: date, months: int) -> date:
    """The day of the same number so many months later, or the last before it that the calendar has."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    for number in range(day.day, 27, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, day.day)


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
    """Names of two capital words or more, folded; a word that only opens the sentence is left out."""
    names = []
    for name in _NAME.findall(text):
        words = _folded(name).split()
        words = words[1:] if words[0] in _OPENING else words
        if len(words) > 1:
            names.append(" ".join(words))
    return names


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())
