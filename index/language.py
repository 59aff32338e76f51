"""How likely a syllable is after the two before it: a trigram model of Vietnamese, learned when the index is built.

Interpolated absolute discounting (Ney, Essen and Kneser, 1994): what a context has not been seen with is left to the
shorter context. It is learned from the passages of the index, from how people ask (`index.asking`) and from words
whose spelling is known (`index.lexicon`); a dictionary's pair of syllables that no text has counts as `_KNOWN_PAIR`
times likelier than chance, since a dictionary tells what is a word but not how often it is said.

The tables are sorted arrays of keys with logarithms, so that a question looks up all it needs at once.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.counts import SPECIAL, Counts, Table, unpack
from index.text import has_marks, normalise, one_spelling, strip_marks

FILE_NAME = "language.npz"

BOUNDARY, NUMBER, FOREIGN = 0, 1, 2

_DISCOUNT = 0.75
# What a syllable counts for standing in so many entries of the list of words: less than as many times in a text.
_WORD_COUNT, _WORD_POWER = 0.2, 0.7
_KNOWN_PAIR = 10.0
_RARE = 1e-3
# Most of a table's rows that are kept, the most frequent: bounds memory where the corpus is large.
_MOST = 400_000
# A line with this many syllables of which less than this share carries a mark was itself typed without marks, or is
# not Vietnamese, and teaches nothing.
_LINE, _MARKED = 6, 0.3

# A syllable Vietnamese could have, without marks: onset, vowels, coda.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
    r"(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|ieu|iu|oa|oai|oao|oay|oe|oeo|oi|oo|ua|uay|ue|ui|uo|uoi|uou|uu|uy|uya|uye|"
    r"uyu|ye|yeu)(?:ch|ng|nh|[cmnpt])?"
)
_PIECE = re.compile(r"(?P<word>[^\W\d_]+(?![\w&]))|(?P<number>[\d][\w.,/%&-]*)|(?P<other>[\w&]+)|(?P<mark>[^\w\s])")

# What may be one in a name from another language of the country: "đắk", "krông".
_NAME = re.compile(r"(?=.*[aeiouy])[a-z]{3,7}")

Logs = NDArray[np.float32]
Keys = NDArray[np.int64]
Chances = NDArray[np.float32]
_Number = TypeVar("_Number", bound=np.generic)


def is_syllable(bare: str) -> bool:
    """Whether Vietnamese could have a syllable that is this in lower case without marks."""
    return _SYLLABLE.fullmatch(bare) is not None


def segments(text: str) -> Iterator[list[str]]:
    """Runs of words between marks of punctuation, normalised; a number is "#", a word without marks that
    Vietnamese could not have "?"."""
    for line in text.splitlines():
        run: list[str] = []
        for piece in _PIECE.finditer(normalise(line)):
            if piece.lastgroup == "mark":
                if run:
                    yield run
                run = []
            elif piece.lastgroup == "number":
                run.append("#")
            elif piece.lastgroup == "word":
                run.append(_taught(one_spelling(piece[0])))
            else:
                run.append("?")
        if run:
            yield run


@lru_cache(maxsize=65536)
def _taught(word: str) -> str:
    """A word as the model knows it; "đắk" is no syllable by the rule, but its marks are worth knowing."""
    bare = strip_marks(word)
    return word if is_syllable(bare) or (bare != word and _NAME.fullmatch(bare)) else "?"


class LanguageModel:
    """Logarithms of the probabilities of syllables, read-only. Thread-safe.

    Syllables are numbered; 0 is the edge of a segment, 1 a number, 2 a word that is no Vietnamese syllable.
    """

    def __init__(self, tables: dict[str, NDArray[np.generic]]) -> None:
        """Use `learn` or `read`."""
        words = tables["words"].astype(np.uint8).tobytes().decode("utf-8").split("\n")
        logs = {
            name: tables[name].astype(np.float32) for name in ("single", "single_rest", "pair", "pair_rest", "triple")
        }
        if not (
            words[: len(SPECIAL)] == list(SPECIAL)
            and logs["single"].size == logs["single_rest"].size == len(words)
            and logs["pair"].size == logs["pair_rest"].size == tables["pair_keys"].size
            and logs["triple"].size == tables["triple_keys"].size
        ):
            raise ValueError(f"{FILE_NAME}: tables of different lengths")
        self.words = tuple(words)
        self.single: Logs = logs["single"]
        self._single_rest: Logs = logs["single_rest"]
        self._pair: Logs = np.append(logs["pair"], np.float32(0))
        self._pair_rest: Logs = np.append(logs["pair_rest"], np.float32(0))
        self._triple: Logs = np.append(logs["triple"], np.float32(0))
        self._pair_keys = _beyond(tables["pair_keys"].astype(np.int64))
        self._triple_keys = _beyond(tables["triple_keys"].astype(np.int64))
        self._tables = tables

    @classmethod
    def learn(cls, texts: Iterable[str], phrases: Iterable[str], words: tuple[str, ...]) -> "LanguageModel":
        """Learn from running texts, from phrases ("^" the beginning, "$" the end) and from a list of words."""
        return cls.of(counted(texts), phrases, words)

    @classmethod
    def of(cls, counts: Counts, phrases: Iterable[str], words: tuple[str, ...]) -> "LanguageModel":
        """Learn from the counts of running texts (`counted`), from phrases and from a list of words."""
        return cls(_tables(counts.plus(Counts.of(_phrase_runs(phrases))), _runs(words)))

    @classmethod
    def read(cls, folder: Path) -> "LanguageModel":
        """Read what `write` wrote.

        Raises:
            ValueError: the file is damaged.
        """
        try:
            # Opened here, since numpy leaves a file open that turns out to be no archive.
            with (folder / FILE_NAME).open("rb") as opened, np.load(opened, allow_pickle=False) as file:
                return cls({name: file[name] for name in file.files})
        except (KeyError, EOFError, AttributeError, zipfile.BadZipFile) as error:
            raise ValueError(f"{folder / FILE_NAME} is no model of syllables ({error!r})") from error

    def write(self, folder: Path) -> None:
        """Write the tables; equal models give equal files."""
        np.savez_compressed(folder / FILE_NAME, **self._tables)  # type: ignore[arg-type]

    def knows_pair(self, left: int, right: int) -> bool:
        """Whether one syllable stands after another in a text or in a word of the list."""
        key = left * len(self.words) + right
        return bool(self._pair_keys[np.searchsorted(self._pair_keys, key)] == key)

    def chain(self, places: Sequence[Keys]) -> list[Chances]:
        """The probabilities of runs of two, then of three, along places with some readings each.

        places: numbers of syllables, (n0,), (n1,), …, at least two places. The first array returned is (n0, n1); the
        others are (n[i-2], n[i-1], n[i]): how likely the last is after the ones before.
        """
        size = len(self.words)
        grids = [left[:, None] * size + right for left, right in pairwise(places)]
        keys = np.concatenate([grid.ravel() for grid in grids])
        at = np.searchsorted(self._pair_keys, keys)
        known = self._pair_keys[at] == keys
        left, right = np.divmod(keys, size)
        pairs = np.where(known, self._pair[at], self._single_rest[left] + self.single[right])
        rests = np.where(known, self._pair_rest[at], np.float32(0))
        rows = np.where(known, at, -1)
        by_place = list(zip(_split(rows, grids), _split(pairs, grids), _split(rests, grids), strict=True))
        if len(by_place) == 1:
            return [np.exp(by_place[0][1])]
        wide = [row[:, :, None] * size + after for (row, _, _), after in zip(by_place, places[2:], strict=False)]
        keys = np.concatenate([grid.ravel() for grid in wide])
        shorter = np.concatenate(
            [(rest[:, :, None] + pair).ravel() for (_, _, rest), (_, pair, _) in pairwise(by_place)]
        )
        at = np.searchsorted(self._triple_keys, keys)
        chances = np.exp(np.where(self._triple_keys[at] == keys, self._triple[at], shorter))
        return [np.exp(by_place[0][1]), *_split(chances, wide)]


def _split(flat: NDArray[_Number], shaped: Sequence[NDArray[np.generic]]) -> list[NDArray[_Number]]:
    """One array cut into pieces of the shapes of others."""
    pieces: list[NDArray[_Number]] = []
    start = 0
    for like in shaped:
        pieces.append(flat[start : start + like.size].reshape(like.shape))
        start += like.size
    return pieces


@lru_cache(maxsize=1)
def _runs(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The syllables of a list of words; one dictionary serves all builds of a process."""
    return tuple(tuple(run) for word in words for run in segments(word))


def _typed_with_marks(runs: Sequence[Sequence[str]]) -> bool:
    words = [word for run in runs for word in run if word not in SPECIAL]
    return len(words) < _LINE or sum(map(has_marks, words)) >= _MARKED * len(words)


def counted(texts: Iterable[str]) -> Counts:
    """The counts of running texts. Lines typed without marks are left out; each line counts by itself."""
    return Counts.of(run for text in texts for run in _text_runs(text))


def _text_runs(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        runs = list(segments(line))
        if _typed_with_marks(runs):
            for run in runs:
                yield ["|", *run, "|"]


def _phrase_runs(phrases: Iterable[str]) -> Iterator[list[str]]:
    for phrase in phrases:
        edges = (["|"] if phrase.startswith("^") else []), (["|"] if phrase.endswith("$") else [])
        for run in segments(phrase.strip("^$ ")):
            yield [*edges[0], *run, *edges[1]]


def _tables(counts: Counts, listed: Sequence[Sequence[str]]) -> dict[str, NDArray[np.generic]]:
    """The model's arrays, from counts and from the syllables of a list of words."""
    counts = counts.over(word for run in listed for word in run)
    size = len(counts.words)
    number = {word: place for place, word in enumerate(counts.words)}
    coded = [[number[word] for word in run] for run in listed]
    entries = np.bincount(np.array([one for run in coded for one in run], np.int64), minlength=size)
    known = np.unique(np.array([left * size + right for run in coded for left, right in pairwise(run)], np.int64))
    single = np.zeros(size)
    single[counts.runs[0].keys] = counts.runs[0].times
    shares = single + np.where(entries > 0, _WORD_COUNT * entries**_WORD_POWER, 0.0) + _RARE
    shares /= shares.sum()

    # What stands after a syllable: how often anything, how many kinds, and how likely a word of the list.
    pair, triple = _most(counts.runs[1]), _most(counts.runs[2])
    lefts, rights = unpack(pair.keys, 2)
    after, kinds = np.bincount(lefts, pair.times, size), np.bincount(lefts, minlength=size)
    lifted = np.bincount(known // size, _KNOWN_PAIR * shares[known % size], size)
    rest = np.divide(_DISCOUNT * kinds, after, out=np.ones(size), where=after > 0) / (1 + lifted)
    seen_keys = lefts * size + rights
    keys = np.union1d(known, seen_keys)
    left, right = np.divmod(keys, size)
    seen = np.zeros(len(keys))
    seen[np.searchsorted(keys, seen_keys)] = np.maximum(pair.times - _DISCOUNT, 0.0) / after[lefts]
    chance = seen + rest[left] * np.where(np.isin(keys, known), 1 + _KNOWN_PAIR, 1.0) * shares[right]

    # The same after two syllables; runs whose first two were left out as too rare are left out too.
    one, two, three = unpack(triple.keys, 3)
    row, found = _places(keys, one * size + two)
    row, two, three, times = row[found], two[found], three[found], triple.times[found]
    before, sorts = np.bincount(row, times, len(keys)), np.bincount(row, minlength=len(keys))
    at, listed_too = _places(keys, two * size + three)
    shorter = np.where(listed_too, chance[at], rest[two] * shares[three])
    weight = _DISCOUNT * sorts[row] / before[row]
    return {
        "words": np.frombuffer("\n".join(counts.words).encode("utf-8"), np.uint8),
        "single": _logs(shares),
        "single_rest": _logs(rest),
        "pair_keys": _steps(keys),
        "pair": _logs(chance),
        "pair_rest": _logs(np.divide(_DISCOUNT * sorts, before, out=np.ones(len(keys)), where=before > 0)),
        "triple_keys": _steps(row * size + three),
        "triple": _logs((times - _DISCOUNT) / before[row] + weight * shorter),
    }


def _most(table: Table) -> Table:
    """The most frequent rows, of equally frequent ones the first."""
    if len(table.keys) <= _MOST:
        return table
    least = np.partition(table.times, len(table.times) - _MOST)[len(table.times) - _MOST]
    more = table.times > least
    among = np.flatnonzero(table.times == least)[: _MOST - int(more.sum())]
    more[among] = True
    return Table(keys=table.keys[more], times=table.times[more])


def _places(keys: Keys, wanted: Keys) -> tuple[Keys, NDArray[np.bool_]]:
    """Where in ascending keys others stand, and whether they do."""
    if not len(keys):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return at, keys[at] == wanted


def _logs(chances: NDArray[np.float64]) -> NDArray[np.float16]:
    return np.asarray(np.log(chances), np.float16)


def _steps(keys: Keys) -> Keys:
    """Ascending keys as the steps between them, which compress to a fraction."""
    return np.diff(keys, prepend=0)


def _beyond(keys: Keys) -> Keys:
    """The keys again, with one beyond all so that a search never ends outside."""
    return np.append(np.cumsum(keys, dtype=np.int64), np.iinfo(np.int64).max)
