"""Slips that made another syllable of one: "sản phẩn" for "sản phẩm", "thu hòi" for "thu hồi", "mây ngày".

What was typed is a syllable, so only its neighbours can tell. A word that no text has is doubted where neither pair it
makes with them is one of the dictionary, and taken for another only where that one makes a known pair and the whole is
then very much likelier. Names begin with capitals and are left alone, and so are numbers. Where texts are many, nearly
every syllable stands in one, and little is mended.

A word by itself ("dứa", "suất") means itself: texts that tell of coconuts alone must not make "bánh dừa" of "bánh dứa".
It is a slip only where what it makes is what every question has ("mây ngày") or the name of a province ("quãng ngãi"),
and it names no product there.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

import numpy as np

from index.asking import asked_pairs
from index.language import BOUNDARY, FOREIGN, LanguageModel
from index.places.provinces import PROVINCES
from index.text import one_spelling

# By how much likelier the run must be (natural logarithm) where only marks differ, and where a letter does.
_MARKS_OFF, _LETTER_OFF = 4.5, 6.0
# How sure a slip is that just passes: its chance is the logistic function of what it passes by, and of this.
_PASSES = 1.2


# What a word may be mended into: whatever is known to stand there; what makes a pair that is asked or a province's
# name; the same with other marks alone; a province's name alone; nothing, since it means itself.
Into = Literal["any", "asked", "marked", "province", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a run between marks of punctuation: its number in the model.

    open: whether it is doubted at all; into: what it may be mended into.
    """

    number: int
    start: int
    end: int
    open: bool
    into: Into


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A word at `start:end` that was meant as another, and how sure that is."""

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
        best = _best(numbers, at, model, others, word.into)
        if best is None:
            continue
        number, passed = best
        found.append(
            Slip(
                form=model.words[number],
                chance=1 / (1 + math.exp(-_PASSES - passed)),
                start=word.start,
                end=word.end,
            )
        )
        numbers[at] = number
    return found


def _pairs(numbers: Sequence[int], at: int, number: int) -> Iterator[tuple[int, int]]:
    """The pairs that a word in that place makes with the neighbours that are syllables."""
    if at and numbers[at - 1] > FOREIGN:
        yield numbers[at - 1], number
    if at + 1 < len(numbers) and numbers[at + 1] > FOREIGN:
        yield number, numbers[at + 1]


def _doubtful(numbers: Sequence[int], at: int, model: LanguageModel) -> bool:
    pairs = list(_pairs(numbers, at, numbers[at]))
    return bool(pairs) and not any(model.knows_pair(*pair) for pair in pairs)


def _fits(pair: tuple[int, int], into: Into, model: LanguageModel, *, marks_off: bool) -> bool:
    """Whether a pair that a word would make is one that it may be mended into."""
    if into == "any":
        return model.knows_pair(*pair)
    said = model.words[pair[0]], model.words[pair[1]]
    if said in asked_pairs() and (into == "asked" or (into == "marked" and marks_off)):
        return True
    return into != "none" and marks_off and said in _province_pairs()


@cache
def _province_pairs() -> frozenset[tuple[str, str]]:
    """Every two syllables that stand side by side in the name of a province."""
    names = (map(one_spelling, province.name.lower().split()) for province in PROVINCES.values())
    return frozenset(pair for name in names for pair in pairwise(name))


def _best(
    numbers: Sequence[int], at: int, model: LanguageModel, others: Others, into: Into
) -> tuple[int, float] | None:
    """(the likeliest other word, by how much it passes what is asked of it), or None where none does."""
    marks_off, letter_off = others(model.words[numbers[at]])
    needed = {
        number: least
        for least, forms in ((_LETTER_OFF, letter_off), (_MARKS_OFF, marks_off))
        for number in forms
        if any(_fits(pair, into, model, marks_off=least == _MARKS_OFF) for pair in _pairs(numbers, at, number))
    }
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
