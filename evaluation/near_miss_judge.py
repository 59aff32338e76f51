"""What an answer to a near miss is: silent, told what is missing, false, or no answer at all.

`silent`   nothing is answered (no_evidence, needs_clarification, out_of_scope).
`told`     a partial answer whose notices or text say that what was asked is not there, by its name (the year, the
           star, the district, the number), and for a year also which time is given instead, or that none is known.
           Of a province nothing is said of, a rule for the whole country may be given, but no other province's
           figures; only a comparison may give the other one.
`false`    an answer, or a partial answer that does not say so.
`broken`   the assistant refused or failed: not false, but no right response either.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tqdm import tqdm

from assistant.answer import Answer
from evaluation.answers import Asker
from evaluation.bounds import upper_bound
from evaluation.held_pages import plain
from evaluation.near_misses import SWAPS, NearMiss, Swap
from index.places.provinces import PROVINCES, related

Response = Literal["silent", "told", "false", "broken"]

_SILENT = ("no_evidence", "needs_clarification", "out_of_scope")
_NOT_THERE = re.compile(
    r"không (?:tìm thấy|có|nêu|ghi|thấy|nói|rõ|phải)|chưa (?:có|tìm thấy|thấy|rõ|nêu)|thiếu", re.IGNORECASE
)
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_NO_DATE = re.compile(r"không (?:ghi|rõ|nêu) (?:ngày|năm|thời điểm)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;?!])\s+|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One near miss asked, its answer and what that is."""

    miss: NearMiss
    answer: Answer
    response: Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Responses counted. upper: the one-sided 95 % bound (Clopper and Pearson) of the share of false answers."""

    count: int
    silent: int
    told: int
    false: int
    broken: int
    upper: float


def ask_all(
    misses: Sequence[NearMiss], asker: Asker, on: date | None = None, *, progress: bool = False
) -> tuple[Tried, ...]:
    """Ask every near miss in a conversation of its own."""
    tried = []
    for miss in tqdm(misses, desc="Hỏi câu không có lời đáp", unit="câu", disable=not progress, leave=False):
        answer = asker.ask(miss.question, as_of=on)
        tried.append(Tried(miss=miss, answer=answer, response=response_to(miss, answer)))
    return tuple(tried)


def response_to(miss: NearMiss, answer: Answer) -> Response:
    """What an answer to a near miss is; see the head of this file."""
    if answer.status in _SILENT:
        return "silent"
    if answer.status == "answered":
        return "false"
    if answer.status != "partial":
        return "broken"
    if miss.swap == "province" and miss.asks != "compare" and _speaks_of_another(answer, miss):
        return "false"
    said = [*answer.notices, *_SENTENCE.split(answer.text)]
    if not any(_NOT_THERE.search(line) and _names(line, miss) for line in said):
        return "false"
    if miss.swap != "year":
        return "told"
    told = " ".join(said)
    known = set(_ANY_YEAR.findall(told)) - {miss.absent}
    return "told" if known or _NO_DATE.search(told) else "false"


def _names(line: str, miss: NearMiss) -> bool:
    return f" {plain(miss.absent)} " in f" {plain(line)} "


def _speaks_of_another(answer: Answer, miss: NearMiss) -> bool:
    """Whether an answer about a province names another one, in its text or in a title it cites."""
    own = related(miss.place) if miss.place else frozenset()
    words = f" {plain(' . '.join((answer.text, *(citation.title for citation in answer.citations))))} "
    return any(f" {plain(other.name)} " in words for key, other in PROVINCES.items() if key not in own)


def tally(tried: Sequence[Tried]) -> Tally:
    """Count the responses."""
    counted = {kind: sum(item.response == kind for item in tried) for kind in ("silent", "told", "false", "broken")}
    return Tally(count=len(tried), upper=upper_bound(counted["false"], len(tried)), **counted)


def by_swap(tried: Sequence[Tried]) -> dict[Swap, Tally]:
    """The responses by what was swapped, for the swaps asked."""
    own = {swap: [item for item in tried if item.miss.swap == swap] for swap in SWAPS}
    return {swap: tally(items) for swap, items in own.items() if items}
