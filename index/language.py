"""How likely a syllable is after the two before it: a trigram model of Vietnamese, learned when the index is built.

Interpolated absolute discounting (Ney, Essen and Kneser, 1994): what a context has not been seen with is left to the
shorter context. It is learned from the passages of the index, from how people ask (`index.asking`) and from words
whose spelling is known (`index.lexicon`); a dictionary's pair of syllables that no text has counts as `_KNOWN_PAIR`
times likelier than chance, since a dictionary tells what is a word but not how often it is said.

The tables are sorted arrays of keys with logarithms, so that a question looks up all it needs at once.
"""

import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.text import has_marks, normalise, one_spelling, strip_marks

FILE_NAME = "language.npz"

BOUNDARY, NUMBER, FOREIGN = 0, 1, 2
_SPECIAL = ("|", "#", "?")

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
_Key = TypeVar("_Key", str, tuple[str, str], tuple[str, str, str])


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
            words[: len(_SPECIAL)] == list(_SPECIAL)
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
        counts = _Counts()
        for text in texts:
            for line in text.splitlines():
                runs = list(segments(line))
                if _typed_with_marks(runs):
                    for run in runs:
                        counts.add(["|", *run, "|"])
        for phrase in phrases:
            edges = (["|"] if phrase.startswith("^") else []), (["|"] if phrase.endswith("$") else [])
            for run in segments(phrase.strip("^$ ")):
                counts.add([*edges[0], *run, *edges[1]])
        return cls(counts.tables(_runs(words)))

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
    words = [word for run in runs for word in run if word not in _SPECIAL]
    return len(words) < _LINE or sum(map(has_marks, words)) >= _MARKED * len(words)


class _Counts:
    """Counts of syllables and of their runs of two and three."""

    def __init__(self) -> None:
        self.single: Counter[str] = Counter()
        self.pair: Counter[tuple[str, str]] = Counter()
        self.triple: Counter[tuple[str, str, str]] = Counter()

    def add(self, run: Sequence[str]) -> None:
        """Count one run of syllables."""
        self.single.update(run)
        self.pair.update(pairwise(run))
        self.triple.update(zip(run, run[1:], run[2:], strict=False))

    def tables(self, words: Iterable[Sequence[str]]) -> dict[str, NDArray[np.generic]]:
        """The model's arrays, with a list of words beside the counts."""
        known: set[tuple[str, str]] = set()
        single = self.single
        listed: Counter[str] = Counter()
        for run in words:
            listed.update(run)
            known.update(pairwise(run))
        shares = {
            word: single[word] + _WORD_COUNT * listed[word] ** _WORD_POWER + _RARE
            for word in {*_SPECIAL, *single, *listed}
        }
        total = sum(shares.values())
        shares = {word: share / total for word, share in shares.items()}
        spelling = [*_SPECIAL, *sorted(shares.keys() - set(_SPECIAL))]
        number = {word: index for index, word in enumerate(spelling)}
        pair, triple = _most(self.pair), _most(self.triple)

        # What stands after a syllable: how often anything, how many kinds, and how likely a word of the list.
        after, kinds = _contexts(pair)
        lifted: defaultdict[str, float] = defaultdict(float)
        for left, right in sorted(known):
            lifted[left] += _KNOWN_PAIR * shares[right]
        rest = {
            word: (_DISCOUNT * kinds[word] / after[word] if after[word] else 1.0) / (1 + lifted[word])
            for word in spelling
        }
        chance: dict[tuple[str, str], float] = {}
        for left, right in sorted(known | pair.keys(), key=lambda one: (number[one[0]], number[one[1]])):
            seen = max(pair.get((left, right), 0) - _DISCOUNT, 0.0) / after[left] if after[left] else 0.0
            lift = 1 + _KNOWN_PAIR if (left, right) in known else 1.0
            chance[left, right] = seen + rest[left] * lift * shares[right]
        before, sorts = _contexts({((one, two), three): times for (one, two, three), times in triple.items()})
        rows = {key: row for row, key in enumerate(chance)}
        size = len(spelling)
        triples: list[tuple[int, float]] = []
        for (one, two, three), times in triple.items():
            row = rows.get((one, two))
            if row is None:
                continue
            shorter = chance.get((two, three), rest[two] * shares[three])
            weight = _DISCOUNT * sorts[one, two] / before[one, two]
            triples.append((row * size + number[three], (times - _DISCOUNT) / before[one, two] + weight * shorter))
        triples.sort()
        return {
            "words": np.frombuffer("\n".join(spelling).encode("utf-8"), np.uint8),
            "single": _logs(shares[word] for word in spelling),
            "single_rest": _logs(rest[word] for word in spelling),
            "pair_keys": _steps(np.array([number[left] * size + number[right] for left, right in chance], np.int64)),
            "pair": _logs(chance.values()),
            "pair_rest": _logs(_DISCOUNT * sorts[key] / before[key] if before[key] else 1.0 for key in chance),
            "triple_keys": _steps(np.array([key for key, _ in triples], np.int64)),
            "triple": _logs(likely for _, likely in triples),
        }


def _most(counts: "Counter[_Key]") -> "dict[_Key, int]":
    """The most frequent, in a fixed order."""
    if len(counts) <= _MOST:
        return dict(counts)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST])


def _contexts(counts: "Mapping[tuple[_Key, str], int]") -> "tuple[Counter[_Key], Counter[_Key]]":
    """Per context: how often anything follows, and how many kinds of it."""
    times: Counter[_Key] = Counter()
    kinds: Counter[_Key] = Counter()
    for (context, _), count in counts.items():
        times[context] += count
        kinds[context] += 1
    return times, kinds


def _logs(chances: Iterable[float]) -> NDArray[np.float16]:
    return np.array([log(chance) for chance in chances], np.float16)


def _steps(keys: Keys) -> Keys:
    """Ascending keys as the steps between them, which compress to a fraction."""
    return np.diff(keys, prepend=0)


def _beyond(keys: Keys) -> Keys:
    """The keys again, with one beyond all so that a search never ends outside."""
    return np.append(np.cumsum(keys, dtype=np.int64), np.iinfo(np.int64).max)
