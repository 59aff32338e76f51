"""Questions typed without diacritics, wholly or in part, or with slips -> how they would be written.

The likeliest reading of the whole question under a model of syllables (`index.language`), found by the forward and
backward sums over all readings, so that each syllable has a probability of its own. A syllable typed with a mark is
kept and helps its neighbours. Numbers, numbers of documents, addresses and words Vietnamese could not have are kept.

Whether a bare syllable lacks a mark at all depends on the writer: who typed "sản phẩm" means "bao" by "bao". So the
share of marks left out is estimated from the question itself (expectation maximisation over it, some rounds).

A word that no text has and that is no syllable may be a slip of a finger (`index.typos`); what it was meant to be is
read in the same way.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.asking import CLOSED_CLASSES, COLLOQUIAL, LOANWORDS
from index.language import BOUNDARY, FOREIGN, NUMBER, Chances, Keys, LanguageModel, is_syllable
from index.lexicon import names, product_pairs, product_words, single_words
from index.mending import Into, Word, slips
from index.places.abbreviations import CONTRACTED
from index.places.named import PROVINCES, find_places
from index.shorthand import is_shorthand
from index.text import has_marks, one_spelling, strip_marks
from index.typos import meant

_WORD = re.compile(r"[^\W\d_]+")
# What is kept as it is: addresses, what holds a digit, "/", "&", "@" or "_". The bounds keep the search linear.
_PIECE = re.compile(
    r"(?P<kept>https?://\S+|www\.\S+|\w[\w.+-]{0,60}@\S+|\w[\w.,/&%-]{0,60}\d[\w/&%-]*|\d[\w/&%-]*"
    r"|\w{1,60}(?:[/&_]\w*)+)|(?P<word>[^\W\d_]+)|(?P<mark>[^\w\s])|\w"
)
_ROUNDS, _SETTLED = 3, 0.02
# Before a question is looked at: of the marks it should have, this share is left out, as sure as so many marks seen.
_PRIOR_SHARE, _PRIOR_WEIGHT = 0.1, 0.5
# The chance that a word which is no syllable known is just the one typed.
_ANY_FOREIGN = 1e-5
# Marks missing from which a question counts as typed without them, and the part of all its marks.
_LEAST_MISSING, _BARE = 0.75, 0.5
# A syllable with more readings than this is read by its most frequent ones.
_MOST_READINGS = 8
# A word that is no syllable may be more than one, and is seldom more than one of a question.
_MOST_MEANT = 32
# The name of a product that has no mark ("cam") stands where no other reading is this likely.
_LIKELY = 0.5
# Readings told of a syllable.
_FORMS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One syllable that may lack a mark, or one word with a slip: typed[start:end] of the question.

    forms: what it may be, likeliest first, with probabilities; the first is the one taken.
    """

    start: int
    end: int
    forms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A question with its marks.

    typed: what was read, in NFC; a search has mended slips in phrases by then (`index.phrases`). text: with its marks
    and without its slips, case kept. missing: how many marks it lacks, as expected under all readings; present: how
    many it has.
    """

    typed: str
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

    def sure(self, least: float, *, unmarked: float | None = None) -> str:
        """The question with those readings that are at least so likely; the others as they were typed.

        unmarked: how likely a reading must be that adds a mark to a syllable typed without one; None is `least`.
        """
        return _written(
            self.typed,
            [
                reading
                for reading in self.readings
                if reading.forms[0][1] >= (least if unmarked is None or not self._adds_a_mark(reading) else unmarked)
            ],
        )

    def _adds_a_mark(self, reading: Reading) -> bool:
        typed = self.typed[reading.start : reading.end]
        return not has_marks(typed) and strip_marks(reading.forms[0][0]) == typed.lower()

    def others(self, least: float) -> Iterator[tuple[str, float]]:
        """The question with one syllable in another form at a time, and that form's probability, at least `least`."""
        for place, reading in enumerate(self.readings):
            for form, chance in reading.forms[1:]:
                if chance >= least:
                    other = replace(reading, forms=((form, chance),))
                    yield _written(self.typed, [*self.readings[:place], other, *self.readings[place + 1 :]]), chance


# How much less likely a wrong letter is than a wrong mark, and from how many letters on shorthand is mended: shorter
# ones are too near to each other.
_WRONG_LETTER, _SHORTHAND_MENDED = 0.1, 5


class _Place(NamedTuple):
    """A place in a segment: its readings, as numbers of the model; typed: where an open word stands, or None.

    forms: the readings' spellings where a slip is mended, else None; slipped: how likely each is to be typed so.
    """

    numbers: Keys
    typed: tuple[int, int] | None
    forms: tuple[str, ...] | None = None
    slipped: Chances | None = None


@cache
def _unmarked_names() -> re.Pattern[str]:
    """Names of places that are written without any mark, of two syllables or more."""
    unmarked = {name for name in names() if " " in name and not has_marks(name)}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, unmarked)))})(?!\w)")


def _half_marked_provinces(text: str) -> dict[int, str]:
    """Where words begin that are the name of a province with some of its marks -> how they are written: "nam đinh"."""
    found: dict[int, str] = {}
    for place in find_places(text, typed=True) if has_marks(text) else ():
        words = list(_WORD.finditer(text, place.start, place.end))
        name = [one_spelling(word) for word in PROVINCES[place.key].name.lower().split()]
        typed = [one_spelling(word[0].lower()) for word in words]
        same_letters = [*map(strip_marks, typed)] == [*map(strip_marks, name)]
        if same_letters and typed != name and has_marks("".join(typed)):
            found |= {word.start(): form for word, form in zip(words, name, strict=True)}
    return found


class Restorer:
    """Restores questions by one model. Thread-safe."""

    def __init__(self, model: LanguageModel, known: Callable[[str], bool] | None = None) -> None:
        """known: whether a word stands in any text; without it no slip of a finger is mended."""
        self._model = model
        self._known = known
        self._marked: NDArray[np.bool_] = np.array([has_marks(word) for word in model.words])
        self._numbers = {word: number for number, word in enumerate(model.words)}
        readings: dict[str, list[int]] = {}
        for number, word in enumerate(model.words):
            readings.setdefault(strip_marks(word), []).append(number)
        self._readings = {
            bare: np.array(sorted(found, key=lambda one: -model.single[one])[:_MOST_READINGS], np.int64)
            for bare, found in readings.items()
        }

    @classmethod
    def read(cls, folder: Path, known: Callable[[str], bool] | None = None) -> "Restorer":
        """Over the model of a generation.

        Raises:
            ValueError: its file is damaged.
            OSError: it cannot be read.
        """
        return cls(LanguageModel.read(folder), known)

    def restore(self, question: str) -> Restored:
        """The question with its marks, and without slips that made another syllable of one (`index.mending`)."""
        restored = self._restored(question)
        mended = self._mended(restored)
        if not mended:
            return restored
        readings = tuple(sorted((*restored.readings, *mended), key=lambda reading: reading.start))
        return replace(restored, readings=readings, text=_written(restored.typed, readings))

    def _mended(self, restored: Restored) -> list[Reading]:
        """What words typed as known syllables may have been meant to be instead, where that is all but certain."""
        read = {reading.start: reading.forms[0][0] for reading in restored.readings}
        runs: list[list[Word]] = [[]]
        products = _products_in(restored.text)
        before: str | None = None
        for piece in _PIECE.finditer(restored.typed):
            if piece.lastgroup is None or piece.lastgroup == "mark":
                runs.append([])
                before = None
                continue
            form = read.get(piece.start()) or one_spelling(piece[0].lower())
            number = self._numbers.get(form, NUMBER if piece[0][:1].isdecimal() else FOREIGN)
            doubted = piece.lastgroup == "word" and piece.start() not in read and piece[0].islower()
            doubted = doubted and form not in products
            open_word = doubted and number > FOREIGN and not self._meant_so(form)
            runs[-1].append(
                Word(
                    number=number,
                    start=piece.start(),
                    end=piece.end(),
                    open=open_word,
                    into=_mended_into(form, before) if open_word else "none",
                )
            )
            before = form
        return [
            Reading(
                start=slip.start,
                end=slip.end,
                forms=((slip.form, slip.chance), (restored.typed[slip.start : slip.end].lower(), 1 - slip.chance)),
            )
            for run in runs
            for slip in slips(run, self._model, self._others)
        ]

    def _meant_so(self, word: str) -> bool:
        """Whether a word is no slip: it stands in a text (every word does where nobody can tell), or people say it, or
        shorten a name or a term to it."""
        if self._known is None or self._known(word) or word in _SAID:
            return True
        return is_shorthand(word) or strip_marks(word) in CONTRACTED

    def _others(self, word: str) -> tuple[list[int], list[int]]:
        """The numbers of the syllables that a known one may have been meant as: with other marks, and a letter off."""
        bare = strip_marks(word)
        marks_off = [int(number) for number in self._readings.get(bare, ()) if self._model.words[number] != word]
        letter_off = [self._numbers[form] for form in meant(word, self._forms) if form in self._numbers]
        return marks_off, [number for number in letter_off if number != self._numbers.get(word)]

    def _restored(self, question: str) -> Restored:
        """The question with its marks."""
        text = unicodedata.normalize("NFC", question)
        segments, present = self._segments(text)
        if not segments:
            return Restored(typed=text, text=text, readings=(), missing=0.0, present=present)
        chains = [self._model.chain([place.numbers for place in places]) for places in segments]
        share = _PRIOR_SHARE if present else 1.0
        for _ in range(_ROUNDS):
            chances = [self._chances(*one, share) for one in zip(segments, chains, strict=True)]
            missing = sum(
                float(found[self._marked[place.numbers]].sum())
                for places, row in zip(segments, chances, strict=True)
                for place, found in zip(places, row, strict=True)
                if place.typed is not None and place.forms is None
            )
            former, share = share, (missing + _PRIOR_SHARE * _PRIOR_WEIGHT) / (missing + present + _PRIOR_WEIGHT)
            if not present or abs(share - former) < _SETTLED:
                break
        readings = tuple(
            self._reading(text, place, place.typed, found)
            for places, row in zip(segments, chances, strict=True)
            for place, found in zip(places, row, strict=True)
            if place.typed is not None
        )
        return Restored(typed=text, text=_written(text, readings), readings=readings, missing=missing, present=present)

    def _segments(self, text: str) -> tuple[list[list[_Place]], int]:
        """(the segments of a question that have an open syllable, how many of its syllables carry a mark)."""
        edge = _Place(_array(BOUNDARY), None)
        segments: list[list[_Place]] = []
        places = [edge]
        present = 0
        shouted = text.isupper()
        # who types marks means "Gia Lai" by it, and no "Giá Lại"
        named = [match.span() for match in _unmarked_names().finditer(text)] if has_marks(text) else []
        products = _products_in(text) if has_marks(text) else frozenset()  # "cá koi"
        provinces = _half_marked_provinces(text)
        for piece in _PIECE.finditer(text):
            typed = piece[0]
            if piece.start() in provinces:
                form, word = provinces[piece.start()], one_spelling(typed.lower())
                present += has_marks(typed)
                # a name tells of its neighbours no more than what was typed does: "Lâm Đồng muối", "đồng muối"
                numbers = _array(self._numbers.get(word, FOREIGN))
                places.append(
                    _Place(numbers, None)
                    if form == word
                    else _Place(numbers, piece.span(), (form,), np.ones(1, np.float32))
                )
                continue
            if piece.lastgroup is None or piece.lastgroup == "mark":
                segments.append([*places, edge])
                places = [edge]
                continue
            word = one_spelling(typed.lower())
            if piece.lastgroup == "kept":
                number = NUMBER if typed[:1].isdecimal() else FOREIGN
                places.append(_Place(_array(number), None))
            elif len(word) != len(typed) or (typed.isupper() and len(typed) > 1 and not shouted):
                # "OCOP", "HĐND": capitals among small letters are shorthand; "OCCOP" is a slip of one that texts have
                places.append(self._shorthand(word, piece.span()))
            elif not has_marks(typed) and (
                word in products or any(start <= piece.start() < end for start, end in named)
            ):
                places.append(_Place(_array(self._numbers.get(word, FOREIGN)), None))
            elif word in LOANWORDS:
                places.append(_Place(_array(FOREIGN), None))
            elif has_marks(typed):
                present += 1
                number = self._numbers.get(word, FOREIGN)
                places.append(_Place(_array(number), None) if number != FOREIGN else self._slip(word, piece.span()))
            else:
                readings = self._readings.get(word)
                if readings is None:
                    places.append(self._slip(word, piece.span()))
                elif word in self._numbers:
                    places.append(_Place(readings, piece.span() if readings.size > 1 else None))
                else:
                    places.append(_Place(np.append(readings, FOREIGN), piece.span()))
        segments.append([*places, edge])
        return [near for places in segments for near in _near_open(places)], present

    def _slip(self, word: str, typed: tuple[int, int]) -> _Place:
        """A word that is no syllable known: what it may be if a finger slipped, unless it stands in a text."""
        if self._meant_so(word):
            return _Place(_array(FOREIGN), None)
        # the wrong mark is likelier than the wrong letter; which it was, the neighbours tell
        slipped = dict.fromkeys(meant(word, self._forms), _WRONG_LETTER)
        slipped |= {form: 1.0 for form in self._forms(strip_marks(word)) if has_marks(word) and form != word}
        forms = list(slipped)
        numbers = np.array([self._numbers.get(form, FOREIGN) for form in forms], np.int64)
        if not forms:
            return _Place(_array(FOREIGN), None)
        typing = np.array([slipped[form] for form in forms], np.float32)
        best = np.argsort(-self._model.single[numbers] * typing, kind="stable")[:_MOST_MEANT]
        return _Place(numbers[best], typed, tuple(forms[one] for one in best), typing[best])

    def _shorthand(self, word: str, typed: tuple[int, int]) -> _Place:
        """A word in capitals: as it stands, or the only word no syllable spells that texts have a letter away."""
        if word in self._numbers or len(word) < _SHORTHAND_MENDED or self._meant_so(word):
            return _Place(_array(self._numbers.get(word, FOREIGN)), None)
        others = [form for form in meant(word, self._forms) if form not in self._numbers]
        if len(others) != 1:
            return _Place(_array(FOREIGN), None)
        return _Place(_array(FOREIGN), typed, (others[0],), np.ones(1, np.float32))

    def _forms(self, bare: str) -> Sequence[str]:
        """The spellings known of a word without marks: syllables, or the word itself where a text has it."""
        readings = self._readings.get(bare)
        if readings is not None and (is_syllable(bare) or self._known is None or self._known(bare)):
            return [self._model.words[number] for number in readings]
        return [bare] if self._known is not None and self._known(bare) else []

    def _chances(self, places: Sequence[_Place], chain: Sequence[Chances], share: float) -> list[Chances]:
        """The probability of each reading at each place, by the forward and backward sums."""
        likely = [self._typing(place, share) for place in places]
        reached = chain[0] if likely[1] is None else chain[0] * likely[1]
        # Each step forward is made to sum to 1, and its way back by the same factor (Rabiner 1989, V.A).
        totals = [_total(reached)]
        forward = [reached / totals[0]]
        for step, typing in zip(chain[1:], likely[2:], strict=True):
            reached = np.add.reduce(forward[-1][:, :, None] * step, axis=0)
            if typing is not None:
                reached *= typing
            totals.append(_total(reached))
            forward.append(reached / totals[-1])
        backward = np.ones_like(forward[-1])
        found = [np.add.reduce(forward[-1], axis=0)]
        for index in range(len(chain) - 1, 0, -1):
            typing = likely[index + 1]
            after = (backward if typing is None else typing * backward) / totals[index]
            backward = np.add.reduce(chain[index] * after, axis=2)
            found.append(np.add.reduce(forward[index - 1] * backward, axis=0))
        return [np.ones(1, np.float32), *reversed(found)]

    def _typing(self, place: _Place, share: float) -> Chances | None:
        """How likely what was typed is, given each reading: a mark left out, or a word of no language known here.

        None where it is as likely whatever is meant.
        """
        if place.slipped is not None:
            return place.slipped
        if place.typed is None or (share == 1.0 and FOREIGN not in place.numbers):
            return None
        typing = np.where(self._marked[place.numbers], np.float32(share), np.float32(1))
        typing[place.numbers == FOREIGN] = _ANY_FOREIGN
        return typing

    def _reading(self, text: str, place: _Place, typed: tuple[int, int], found: Chances) -> Reading:
        as_typed = text[slice(*typed)].lower()
        spelt = place.forms or [
            self._model.words[number] if self._marked[number] else as_typed for number in place.numbers
        ]
        forms = sorted(zip(spelt, found.tolist(), strict=True), key=lambda form: -form[1])[:_FORMS]
        if forms[0][1] < _LIKELY and as_typed in product_words()[0]:
            forms.sort(key=lambda form: form[0] != as_typed)
        return Reading(start=typed[0], end=typed[1], forms=tuple(forms))


def _near_open(places: list[_Place]) -> Iterator[list[_Place]]:
    """The stretches of a segment that its open syllables are read from: each with the two places on either side.

    No run of three reaches across two places of one reading each, so what lies beyond them decides nothing.
    """
    open_places = [at for at, place in enumerate(places) if place.numbers.size > 1 or place.typed is not None]
    first = 0
    for at, (place, following) in enumerate(pairwise([*open_places, 2 * len(places)])):
        if following - place > _REACH:
            near = places[max(0, open_places[first] - _REACH) : place + _REACH + 1]
            if any(one.typed is not None for one in near):
                yield near
            first = at + 1


# Words of every day: no slips, though no text should have them.
_SAID = COLLOQUIAL.union(CLOSED_CLASSES)
_REACH = 2  # places before it that a syllable is read by


def _array(number: int) -> Keys:
    return np.array([number], np.int64)


def _total(chances: Chances) -> float:
    return float(np.add.reduce(chances, axis=None)) or 1.0


def _written(text: str, readings: Sequence[Reading]) -> str:
    """The text with each syllable in its likeliest form, capitals as typed."""
    pieces: list[str] = []
    done = 0
    for reading in readings:
        pieces.append(text[done : reading.start])
        pieces.append(_cased(reading.forms[0][0], text[reading.start : reading.end]))
        done = reading.end
    return "".join([*pieces, text[done:]])


def _cased(form: str, typed: str) -> str:
    """A form with the capitals of what was typed; of a slip mended, those of its first letter or of all."""
    if form == typed.lower():
        return typed
    if len(form) == len(typed):
        return "".join(new.upper() if old.isupper() else new for new, old in zip(form, typed, strict=True))
    return form.upper() if typed.isupper() else form.capitalize() if typed[0].isupper() else form


def _mended_into(word: str, before: str | None) -> Into:
    """What a word may be mended into. before: the word before it, None where none is.

    A product's name means itself; what begins one lacks a mark at most, and none where a question begins with it too.
    """
    alone, first = product_words()
    if word in alone:
        return "none"
    if word in first:
        return "province" if before is None else "marked"
    return "asked" if word in single_words() else "any"


def _products_in(text: str) -> frozenset[str]:
    """The syllables of a text that stand beside one another as in the name of a product: no slips."""
    words = [one_spelling(word) for word in re.findall(r"[^\W\d_]+", text.lower())]
    return frozenset(word for pair in pairwise(words) if " ".join(pair) in product_pairs() for word in pair)
