"""What a question names of the text it means: documents and numbers that must stand with a figure or in its article."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.evidence import Evidence
from assistant.question import Question
from assistant.sought import Sought
from index.figures.figure import Figure
from index.figures.numbers import find_numbers, parse_number
from index.law.address import DocumentNumber, find_document_numbers


def names_document(question: Question, figure: Figure, evidence: Evidence) -> bool | None:
    """Whether the words before a figure, or its sentence or title, name the document asked about, where one is; False
    where they name none and it is the first its article names; None where it is another."""
    if not question.documents:
        return True
    at = figure.number_start - figure.start
    inside = find_document_numbers(evidence.quote)
    own = [number for number in inside if number.end <= at][-1:] or inside[:1]
    own = own or find_document_numbers(evidence.article.title)
    if own:
        return True if _matches(question, own) else None
    return False if _matches(question, find_document_numbers(evidence.article.text)[:1]) else None


def _matches(question: Question, numbers: Sequence[DocumentNumber]) -> bool:
    return any(number.matches(asked) for asked in question.documents for number in numbers)


def holds_numbers(sought: Sought, evidence: Evidence) -> bool:
    """Whether the numbers the question gives stand in the article: they tell which one is meant."""
    return stand_in(sought.numbers, f"{evidence.article.title}\n{evidence.article.text}")


def stand_in(numbers: tuple[float, ...], text: str) -> bool:
    """Whether all of some numbers stand in a text, in digits or words."""
    return not numbers or set(numbers) <= _numbers_of(text)


@lru_cache(maxsize=4096)
def _numbers_of(text: str) -> frozenset[float]:
    """Every number of a text, in digits or words."""
    return frozenset(number.value for number in find_numbers(text)) | frozenset(
        parse_number(match) for match in _DIGITS.findall(text)
    )


_DIGITS = re.compile(r"(?<![\w.,/])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)(?![\w/])")
