"""Slips that made another syllable of one: "sản phẩn" for "sản phẩm", "thu hòi" for "thu hồi", "mây ngày".

What was typed is a syllable, so only its neighbours can tell. A word that no text has is doubted where neither pair it
makes with them is one of the dictionary, and taken for another only where that one makes a known pair and the whole is
then very much likelier. Names begin with capitals and are left alone, and so are numbers. Where texts are many, nearly
every syllable stands in one, and little is mended.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from index.language import BOUNDARY, FOREIGN, LanguageModel

# By how much likelier the run must be (natural logarithm) where only marks differ, and where a letter does.
_MARKS_OFF, _LETTER_OFF = 4.5, 6.0
# How sure a slip is that just passes: its chance is the logistic function of what it passes by, and of this.
_PASSES = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a run between marks of punctuation: its number in the model; open: whether it may be mended."""

    number: int
    start: int
    end: int
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A word at `start:end` that was meant as another, and how sure that is."""

    typed: str
    form: str
    chance: float
    start: int
    end: int


# A word -> the numbers of those with other marks, and of those a letter off.
Others = Callable[[str], tuple[Sequence[int], Sequence[int]]]


def slips(run: Sequence[Word], model: LanguageModel, others: Others) -> list[Slip]:
    """The slips of a run of words; a word mended is what the next is judged by."""
    numbers = [word.number for word in run]
    found: list[Slip] = []
    for at, word in enumerate(run):
        if not word.open or word.number <= FOREIGN or not _doubtful(numbers, at, model):
            continue
        best = _best(numbers, at, model, others)
        if best is not None:
            number, passed = best
            found.append(
                Slip(
                    typed=model.words[word.number],
                    form=model.words[number],
                    chance=1 / (1 + math.exp(-_PASSES - passed)),
                    start=word.start,
                    end=word.end,
                )
            )
            numbers[at] = number
    return found


def _pairs(numbers: Sequence[int], at: int, number: int, model: LanguageModel) -> bool:
    """Whether a word in that place makes a known pair with a neighbour that is a syllable."""
    left = numbers[at - 1] if at else BOUNDARY
    right = numbers[at + 1] if at + 1 < len(numbers) else BOUNDARY
    return (left > FOREIGN and model.knows_pair(left, number)) or (right > FOREIGN and model.knows_pair(number, right))


def _doubtful(numbers: Sequence[int], at: int, model: LanguageModel) -> bool:
    near = (*numbers[max(0, at - 1) : at], *numbers[at + 1 : at + 2])
    return any(number > FOREIGN for number in near) and not _pairs(numbers, at, numbers[at], model)


def _best(numbers: Sequence[int], at: int, model: LanguageModel, others: Others) -> tuple[int, float] | None:
    """(the likeliest other word, by how much it passes what is asked of it), or None where none does."""
    marks_off, letter_off = others(model.words[numbers[at]])
    needed = dict.fromkeys(letter_off, _LETTER_OFF) | dict.fromkeys(marks_off, _MARKS_OFF)
    needed = {number: least for number, least in needed.items() if _pairs(numbers, at, number, model)}
    if not needed:
        return None
    before = [BOUNDARY, *numbers[max(0, at - 2) : at]]
    after = [*numbers[at + 1 : at + 3], BOUNDARY]
    candidates = np.array([numbers[at], *needed], np.int64)
    places = [
        *(np.array([number], np.int64) for number in before),
        candidates,
        *(np.array([number], np.int64) for number in after),
    ]
    likely = np.zeros(len(candidates))
    for step in model.chain(places):
        # the candidates are the one place with several readings, whichever axis it is on
        likely += np.log(step).reshape(-1) if step.size > 1 else float(np.log(step).reshape(-1)[0])
    passed = likely[1:] - likely[0] - np.array(list(needed.values()))
    best = int(np.argmax(passed))
    return (int(candidates[best + 1]), float(passed[best])) if passed[best] > 0 else None
