"""The two fields of BM25: what a passage is found by, and what a question asks for, made by one function."""

from collections.abc import Sequence

from tqdm import tqdm

from index.manifest import IndexSettings
from index.passage import Passage
from index.segment import compounds
from index.store import Field
from index.terms import asked_terms, terms
from index.text import strip_marks


def searchable(passage: Passage) -> str:
    """What a passage is found by: its header, then its text."""
    return f"{passage.header}\n{passage.text}"


def question_terms(question: str, settings: IndexSettings, *, stripped: bool) -> dict[str, float]:
    """The terms a question asks for in one field, with their weights."""
    found = asked_terms(question, stripped=stripped)
    if settings.words:
        found |= {strip_marks(word) if stripped else word: 1.0 for word in compounds(question)}
    return found


def field_terms(
    texts: Sequence[str], settings: IndexSettings, *, progress: bool = False
) -> dict[Field, list[list[str]]]:
    """The terms of passages, per field, repetitions kept."""
    accented = [
        terms(text) + (compounds(text) if settings.words else [])
        for text in tqdm(texts, desc="Tách từ", unit="đoạn", disable=not progress, leave=False)
    ]
    return {"accented": accented, "stripped": [[strip_marks(term) for term in found] for found in accented]}
