"""The two fields of BM25: what a passage is found by, and what a question asks for, made by one function."""

from collections.abc import Iterable

from index.manifest import IndexSettings
from index.passage import Passage
from index.restore import Restored
from index.segment import compounds
from index.store import CodedTerms, Field
from index.terms import asked_terms, terms
from index.text import strip_marks

# Below this probability of its least certain syllable, a question typed without marks is asked without them.
_DOUBTFUL = 0.5
# Readings less likely than this are not asked for.
_LEAST_CHANCE = 0.05


def searchable(passage: Passage) -> str:
    """What a passage is found by: its header, then its text."""
    return f"{passage.header}\n{passage.text}"


def question_terms(asked: Restored, settings: IndexSettings) -> tuple[Field, dict[str, float]]:
    """The field to ask and the terms a question asks for in it, with their weights.

    Asked is the field with marks, for the question with its marks restored; where a syllable can be read in several
    ways, for each of them as much as it is likely. Only a question typed without marks whose reading is doubtful asks
    the field without.
    """
    if asked.bare and asked.confidence < _DOUBTFUL:
        return "stripped", _terms(strip_marks(asked.text), settings, stripped=True)
    found = _terms(asked.text, settings, stripped=False)
    added: dict[str, float] = {}
    for other, chance in asked.others(_LEAST_CHANCE):
        for term, weight in asked_terms(other).items():
            if term not in found:
                added[term] = max(weight * chance, added.get(term, 0.0))
    return "accented", found | added


def _terms(text: str, settings: IndexSettings, *, stripped: bool) -> dict[str, float]:
    found = asked_terms(text, stripped=stripped)
    if settings.words:
        found |= {strip_marks(word) if stripped else word: 1.0 for word in compounds(text)}
    return found


def field_terms(texts: Iterable[str], settings: IndexSettings) -> dict[Field, CodedTerms]:
    """The terms of passages, per field, repetitions kept."""
    accented = CodedTerms.of(terms(text) + (compounds(text) if settings.words else []) for text in texts)
    return {"accented": accented, "stripped": accented.mapped(strip_marks)}
