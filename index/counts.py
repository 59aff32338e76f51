"""Counts of syllables and of their runs of two and three, which add up: those of a corpus less those of what left it
are those of what is left. A build takes over the counts of the former generation and counts what changed.
"""

import zipfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE_NAME = "counts.npz"

# The edge of a segment, a number, a word that is no Vietnamese syllable: always the first three of the words.
SPECIAL = ("|", "#", "?")

Keys = NDArray[np.int64]
Times = NDArray[np.int64]

# A run is one number: its syllables' numbers, so many bits each.
_BITS = 21
_MASK = (1 << _BITS) - 1
_BREAK = _MASK  # between two runs
_CHUNK = 2_000_000  # syllables counted at once: bounds memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """How often each of some runs was seen: `keys` ascending, `times` never 0."""

    keys: Keys
    times: Times

    def plus(self, other: "Table", sign: int) -> "Table":
        """The sum, or with sign -1 the difference."""
        if not len(other.keys):
            return self
        at = np.searchsorted(self.keys, other.keys)
        inside = np.minimum(at, max(len(self.keys) - 1, 0))
        known = self.keys[inside] == other.keys if len(self.keys) else np.zeros(len(other.keys), np.bool_)
        times = self.times.copy()
        times[at[known]] += sign * other.times[known]
        keys = np.insert(self.keys, at[~known], other.keys[~known])
        times = np.insert(times, at[~known], sign * other.times[~known])
        left = times != 0
        return Table(keys=keys[left], times=times[left])


def pack(*numbers: Keys) -> Keys:
    """Runs of syllables, each array one place of the runs, as one number a run."""
    keys = numbers[0]
    for number in numbers[1:]:
        keys = (keys << _BITS) | number
    return keys


def unpack(keys: Keys, length: int) -> list[Keys]:
    """The numbers of the syllables of runs of that length."""
    return [(keys >> (_BITS * (length - 1 - place))) & _MASK for place in range(length)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """words: `SPECIAL`, then the syllables seen, sorted. runs: of one, two and three of them, by their places there."""

    words: tuple[str, ...]
    runs: tuple[Table, Table, Table]

    @classmethod
    def of(cls, runs: Iterable[Sequence[str]]) -> "Counts":
        """Count the syllables of runs, and their runs within each."""
        numbers = {word: number for number, word in enumerate(SPECIAL)}
        tables = (_EMPTY, _EMPTY, _EMPTY)
        for codes in _coded(runs, numbers):
            singles = codes[codes != _BREAK]
            pairs = pack(codes[:-1], codes[1:])[(codes[:-1] != _BREAK) & (codes[1:] != _BREAK)]
            whole = (codes[:-2] != _BREAK) & (codes[1:-1] != _BREAK) & (codes[2:] != _BREAK)
            triples = pack(codes[:-2], codes[1:-1], codes[2:])[whole]
            tables = tuple(  # type: ignore[assignment]
                table.plus(_counted(keys), 1) for table, keys in zip(tables, (singles, pairs, triples), strict=True)
            )
        words = list(numbers)
        return cls._renumbered(words, tables, _ordered(words))

    def plus(self, other: "Counts", sign: int = 1) -> "Counts":
        """The sum of two counts, or with sign -1 their difference; words not seen any more are left out."""
        words = _ordered({*self.words, *other.words})
        mine = Counts._renumbered(self.words, self.runs, words)
        theirs = Counts._renumbered(other.words, other.runs, words)
        runs = tuple(table.plus(more, sign) for table, more in zip(mine.runs, theirs.runs, strict=True))
        seen = {*SPECIAL, *(words[number] for number in runs[0].keys.tolist())}
        return Counts._renumbered(words, runs, [word for word in words if word in seen])  # type: ignore[arg-type]

    def over(self, words: Iterable[str]) -> "Counts":
        """The same with further words, seen no time, among its words."""
        return Counts._renumbered(self.words, self.runs, _ordered({*self.words, *words}))

    @classmethod
    def _renumbered(cls, before: Sequence[str], runs: tuple[Table, Table, Table], words: Sequence[str]) -> "Counts":
        """The same counts by the places of other words, which hold all that were seen."""
        if list(before) != list(words):
            place = {word: number for number, word in enumerate(words)}
            moved = np.array([place.get(word, _BREAK) for word in before], np.int64)
            ascending = bool((np.diff(moved[moved != _BREAK]) > 0).all())
            tables = []
            for length, table in enumerate(runs, 1):
                keys = pack(*(moved[number] for number in unpack(table.keys, length)))
                order = slice(None) if ascending else np.argsort(keys)
                tables.append(Table(keys=keys[order], times=table.times[order]))
            runs = (tables[0], tables[1], tables[2])
        return cls(words=tuple(words), runs=runs)

    @classmethod
    def read(cls, folder: Path) -> "Counts":
        """Read what `write` wrote.

        Raises:
            OSError, ValueError: the file is missing or damaged.
        """
        try:
            with (folder / FILE_NAME).open("rb") as opened, np.load(opened, allow_pickle=False) as file:
                words = tuple(file["words"].tobytes().decode("utf-8").split("\n"))
                tables = [
                    Table(keys=file[f"keys{length}"], times=file[f"times{length}"].astype(np.int64))
                    for length in (1, 2, 3)
                ]
                return cls(words=words, runs=(tables[0], tables[1], tables[2]))
        except (KeyError, EOFError, AttributeError, zipfile.BadZipFile) as error:
            raise ValueError(f"{folder / FILE_NAME} holds no counts ({error!r})") from error

    def write(self, folder: Path) -> None:
        """Write them; equal counts give equal files."""
        arrays: dict[str, NDArray[np.generic]] = {
            "words": np.frombuffer("\n".join(self.words).encode("utf-8"), np.uint8)
        }
        for length, table in enumerate(self.runs, 1):
            arrays[f"keys{length}"] = table.keys
            arrays[f"times{length}"] = table.times.astype(np.uint32)
        np.savez(folder / FILE_NAME, **arrays)  # type: ignore[arg-type]


_EMPTY = Table(keys=np.zeros(0, np.int64), times=np.zeros(0, np.int64))


def _ordered(words: Iterable[str]) -> list[str]:
    return [*SPECIAL, *sorted(set(words) - set(SPECIAL))]


def _coded(runs: Iterable[Sequence[str]], numbers: dict[str, int]) -> Iterator[Keys]:
    """The numbers of the syllables of runs, a break after each run, some runs at a time."""
    codes = array("q")
    for run in runs:
        codes.extend([numbers.setdefault(word, len(numbers)) for word in run])
        codes.append(_BREAK)
        if len(codes) >= _CHUNK:
            yield np.array(codes, np.int64)
            codes = array("q")
    yield np.array(codes, np.int64)


def _counted(keys: Keys) -> Table:
    unique, times = np.unique(keys, return_counts=True)
    return Table(keys=unique, times=times.astype(np.int64))
