"""Questions typed without diacritics, wholly or in part -> how they would be written with them.

The likeliest reading of the whole question under a model of syllables (`index.language`), found by the forward and
backward sums over all readings, so that each syllable has a probability of its own. A syllable typed with a mark is
kept and helps its neighbours. Numbers, numbers of documents, addresses and words Vietnamese could not have are kept.

Whether a bare syllable lacks a mark at all depends on the writer: who typed "sản phẩm" means "bao" by "bao". So the
share of marks left out is estimated from the question itself (expectation maximisation over it, some rounds).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.language import BOUNDARY, FOREIGN, NUMBER, Chances, Keys, LanguageModel, is_syllable
from index.text import has_marks, one_spelling, strip_marks

# What is kept as it is, tried in this order: addresses, what holds a digit or "/", "&" or "@", then words.
_PIECE = re.compile(
    r"(?P<kept>https?://\S+|www\.\S+|\S*@\S+|[\w.,/&%-]*\d[\w/&%-]*|\w+(?:[/&]\w+)+|\w*_\w*)"
    r"|(?P<word>[^\W\d_]+)|(?P<mark>[^\w\s])"
)
_ROUNDS = 3
# Before a question is looked at: of the marks it should have, this share is left out, as sure as so many marks seen.
_PRIOR_SHARE, _PRIOR_WEIGHT = 0.1, 0.5
# The chance that a word which is no syllable known is just the one typed.
_ANY_FOREIGN = 1e-5
# Marks missing from which a question counts as typed without them, and the part of all its marks.
_LEAST_MISSING, _BARE = 0.75, 0.5
# A syllable with more readings than this is read by its most frequent ones.
_MOST_READINGS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One syllable that was typed without a mark and may lack one: text[start:end] of the question.

    forms: what it may be, likeliest first, with probabilities; the first is the one taken.
    """

    start: int
    end: int
    forms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A question with its marks.

    text: NFC, as long as the NFC form of what was typed, case kept. missing: how many marks the question lacks, as
    expected under all readings; present: how many it has.
    """

    text: str
    readings: tuple[Reading, ...]
    missing: float
    present: int

    @property
    def confidence(self) -> float:
        """The probability of the least certain syllable; 1 where there was nothing to decide."""
        return min((reading.forms[0][1] for reading in self.readings), default=1.0)

    @property
    def bare(self) -> bool:
        """Whether most of the marks it should have are missing."""
        return self.missing >= _LEAST_MISSING and self.missing > _BARE * (self.missing + self.present)

    @property
    def changed(self) -> bool:
        """Whether any syllable was given a mark."""
        return any(has_marks(reading.forms[0][0]) for reading in self.readings)


class _Place(NamedTuple):
    """A place in a segment: its readings, as numbers of the model; typed: where an open syllable stands, or None."""

    numbers: Keys
    typed: tuple[int, int] | None


class Restorer:
    """Restores questions by one model. Thread-safe."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._marked: NDArray[np.bool_] = np.array([has_marks(word) for word in model.words])
        self._numbers = {word: number for number, word in enumerate(model.words)}
        readings: dict[str, list[int]] = {}
        for number, word in enumerate(model.words):
            readings.setdefault(strip_marks(word), []).append(number)
        self._readings = {
            bare: np.array(sorted(found, key=lambda one: -model.single[one])[:_MOST_READINGS], np.int64)
            for bare, found in readings.items()
            if is_syllable(bare)
        }

    @classmethod
    def read(cls, folder: Path) -> "Restorer":
        """Over the model of a generation.

        Raises:
            ValueError: its file is damaged.
            OSError: it cannot be read.
        """
        return cls(LanguageModel.read(folder))

    def restore(self, question: str) -> Restored:
        """The question with its marks."""
        text = unicodedata.normalize("NFC", question)
        segments, present = self._segments(text)
        if not segments:
            return Restored(text=text, readings=(), missing=0.0, present=present)
        chains = [self._model.chain([place.numbers for place in places]) for places in segments]
        share = _PRIOR_SHARE if present else 1.0
        for _ in range(_ROUNDS):
            chances = [self._chances(*one, share) for one in zip(segments, chains, strict=True)]
            missing = sum(
                float(found[self._marked[place.numbers]].sum())
                for places, row in zip(segments, chances, strict=True)
                for place, found in zip(places, row, strict=True)
                if place.typed is not None
            )
            if not present:
                break
            share = (missing + _PRIOR_SHARE * _PRIOR_WEIGHT) / (missing + present + _PRIOR_WEIGHT)
        readings = tuple(
            self._reading(text, place.typed, place.numbers, found)
            for places, row in zip(segments, chances, strict=True)
            for place, found in zip(places, row, strict=True)
            if place.typed is not None
        )
        return Restored(text=_written(text, readings), readings=readings, missing=missing, present=present)

    def _segments(self, text: str) -> tuple[list[list[_Place]], int]:
        """(the segments of a question that have an open syllable, how many of its syllables carry a mark)."""
        edge = _Place(_array(BOUNDARY), None)
        segments: list[list[_Place]] = []
        places = [edge]
        present = 0
        shouted = text.isupper()
        for piece in _PIECE.finditer(text):
            typed = piece[0]
            if piece.lastgroup == "mark":
                segments.append([*places, edge])
                places = [edge]
                continue
            word = one_spelling(typed.lower())
            if piece.lastgroup == "kept":
                number = NUMBER if typed[:1].isdecimal() else FOREIGN
                places.append(_Place(_array(number), None))
            elif has_marks(typed):
                present += 1
                places.append(_Place(_array(self._numbers.get(word, FOREIGN)), None))
            elif len(word) != len(typed) or (typed.isupper() and len(typed) > 1 and not shouted):
                # "OCOP", "SHTT": capitals among small letters are no syllable.
                places.append(_Place(_array(FOREIGN), None))
            else:
                readings = self._readings.get(word)
                if readings is None:
                    places.append(_Place(_array(FOREIGN), None))
                elif word in self._numbers:
                    places.append(_Place(readings, piece.span() if readings.size > 1 else None))
                else:
                    places.append(_Place(np.append(readings, FOREIGN), piece.span()))
        segments.append([*places, edge])
        return [places for places in segments if any(place.typed is not None for place in places)], present

    def _chances(self, places: Sequence[_Place], chain: Sequence[Chances], share: float) -> list[Chances]:
        """The probability of each reading at each place, by the forward and backward sums."""
        likely = [self._typing(place, share) for place in places]
        forward: list[Chances] = [_scaled(chain[0] * likely[1])]
        for step, typing in zip(chain[1:], likely[2:], strict=True):
            forward.append(_scaled((forward[-1][:, :, None] * step).sum(axis=0) * typing))
        backward = np.ones_like(forward[-1])
        found = [forward[-1].sum(axis=0)]
        for index in range(len(chain) - 1, 0, -1):
            backward = _scaled((chain[index] * (likely[index + 1] * backward)).sum(axis=2))
            found.append(_scaled((forward[index - 1] * backward).sum(axis=0)))
        return [np.ones(1, np.float32), *reversed(found)]

    def _typing(self, place: _Place, share: float) -> Chances:
        """How likely what was typed is, given each reading: a mark left out, or a word of no language known here."""
        if place.typed is None:
            return np.ones(place.numbers.size, np.float32)
        typing = np.where(self._marked[place.numbers], share, 1.0).astype(np.float32)
        typing[place.numbers == FOREIGN] = _ANY_FOREIGN
        return typing

    def _reading(self, text: str, typed: tuple[int, int], numbers: Keys, found: Chances) -> Reading:
        start, end = typed
        order = np.argsort(-found, kind="stable")
        forms = tuple(
            (
                self._model.words[numbers[one]] if self._marked[numbers[one]] else text[start:end].lower(),
                float(found[one]),
            )
            for one in order
        )
        return Reading(start=start, end=end, forms=forms)


def _array(number: int) -> Keys:
    return np.array([number], np.int64)


def _scaled(chances: Chances) -> Chances:
    """Made to sum to 1, so that long questions do not vanish."""
    total = chances.sum()
    return chances / total if total > 0 else np.full_like(chances, 1 / chances.size)


def _written(text: str, readings: Sequence[Reading]) -> str:
    """The text with each syllable in its likeliest form, capitals as typed."""
    pieces: list[str] = []
    done = 0
    for reading in readings:
        pieces.append(text[done : reading.start])
        pieces += [
            letter.upper() if typed.isupper() else letter
            for letter, typed in zip(reading.forms[0][0], text[reading.start : reading.end], strict=True)
        ]
        done = reading.end
    return "".join([*pieces, text[done:]])
