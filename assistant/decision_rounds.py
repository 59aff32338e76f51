"""The rounds in which a year's products are judged ("đợt 1", "đợt II"), as questions and decisions name them."""

import re

from assistant.question import Question
from index.decisions.merged import Decision

_ROUND = re.compile(r"(?<!\w)(?:đợt|dot)\s+(?P<round>\d{1,2}|I{1,3}V?|IV)(?!\w)", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def rounds_asked(question: Question) -> list[int]:
    """The rounds a question names, in order."""
    return [_number(match["round"]) for match in _ROUND.finditer(question.text)]


def round_of(decision: Decision) -> int | None:
    """The round a decision says it is of, or None."""
    subject = decision.listing.subject
    match = None if subject is None else _ROUND.search(subject.text)
    return None if match is None else _number(match["round"])


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else _ROMAN[written.lower()]
