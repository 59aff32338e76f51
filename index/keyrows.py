"""Key -> the passages that have it, as arrays that are written once and then only mapped into memory.

Opening costs the same whether there are ten keys or a million: keys are looked up by bisection in the file, and no
Python object is made of what nobody asks for.
"""

from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import mapped_record, save_record

Rows = NDArray[np.int32]
Bytes = NDArray[np.uint8]
Ends = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRows:
    """k distinct keys in order of code points, each with the passages that have it.

    keys: (all bytes,) uint8, the keys' UTF-8 one after the other; key i is keys[key_ends[i] : key_ends[i + 1]].
    rows: (m,) int32; those of key i are rows[row_ends[i] : row_ends[i + 1]], ascending.
    """

    keys: Bytes
    key_ends: Ends
    rows: Rows
    row_ends: Ends

    def __len__(self) -> int:
        return len(self.row_ends) - 1

    @classmethod
    def open(cls, folder: Path, name: str) -> "KeyRows":
        """Map what `write` wrote.

        Raises:
            OSError, ValueError: a file is missing or damaged.
        """
        return mapped_record(cls, folder, f"{name}.")

    def write(self, folder: Path, name: str) -> None:
        """Write one .npy file an array. Equal contents give equal files."""
        save_record(folder, self, f"{name}.")

    def merged(self, moved: Rows, added: "KeyRows", places: Rows) -> "KeyRows":
        """What a builder would make of the passages kept of these and of the added ones, in their new places.

        moved: (n,) the new place of each passage of these, -1 where it is gone. places: that of each one added.
        """
        codes, rows = self._pairs()
        rows = moved[rows]
        codes, rows = codes[rows >= 0], rows[rows >= 0]
        more, more_rows = added._pairs()
        held = np.unique(codes)  # a key goes with its last passage
        known, come = self._all_bytes(), added._all_bytes()
        keys = sorted({known[code] for code in held.tolist()} | set(come))
        at = {key: place for place, key in enumerate(keys)}
        new = np.full(len(known), -1, np.int64)
        new[held] = [at[known[code]] for code in held.tolist()]
        new_more = np.array([at[key] for key in come], np.int64)
        # one number a pair, so that one sort orders by key and then by passage
        width = max(len(moved) + len(places), 1)
        pairs = np.concatenate((new[codes] * width + rows, new_more[more] * width + places[more_rows]))
        pairs.sort()
        return _packed(keys, pairs // width, (pairs % width).astype(np.int32))

    def key(self, place: int) -> str:
        """The key at a place."""
        return self._bytes(place).decode("utf-8")

    def all(self) -> Iterator[str]:
        """Every key, in order."""
        return (self.key(place) for place in range(len(self)))

    def find(self, key: str) -> int | None:
        """The place of a key, or None where no passage has it."""
        place = self._bisect(key.encode("utf-8"))
        return place if place < len(self) and self._bytes(place) == key.encode("utf-8") else None

    def starting(self, prefix: str) -> range:
        """The places of the keys that start so."""
        begin = prefix.encode("utf-8")
        return range(self._bisect(begin), self._bisect(begin + b"\xff"))  # UTF-8 has no byte ff

    def rows_at(self, place: int) -> Rows:
        """The passages that have the key at a place, ascending."""
        return self.rows[self.row_ends[place] : self.row_ends[place + 1]]

    def rows_of(self, key: str) -> Rows:
        """The passages that have a key, ascending; none where it is not known."""
        place = self.find(key)
        return self.rows[:0] if place is None else self.rows_at(place)

    def _pairs(self) -> tuple[NDArray[np.int64], Rows]:
        """(place of its key, passage) of every passage of every key."""
        return np.repeat(np.arange(len(self)), np.diff(self.row_ends)), self.rows

    def _all_bytes(self) -> list[bytes]:
        whole, ends = self.keys.tobytes(), self.key_ends.tolist()
        return [whole[start:end] for start, end in pairwise(ends)]

    def _bytes(self, place: int) -> bytes:
        return self.keys[self.key_ends[place] : self.key_ends[place + 1]].tobytes()

    def _bisect(self, key: bytes) -> int:
        """The place of the first key that is not before `key`."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._bytes(middle) < key:
                low = middle + 1
            else:
                high = middle
        return low


class KeyRowsBuilder:
    """Takes the keys of passages one after the other."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._of = array("i")
        self._rows = array("i")

    def add(self, row: int, keys: Collection[str]) -> None:
        """Note a passage's keys; a key twice counts once. Rows come in ascending order."""
        for key in dict.fromkeys(keys) if len(keys) > 1 else keys:
            self._of.append(self._codes.setdefault(key, len(self._codes)))
            self._rows.append(row)

    def built(self) -> KeyRows:
        """What was noted, in its one form: equal passages give equal arrays."""
        known = list(self._codes)
        order = sorted(range(len(known)), key=known.__getitem__)
        place = np.empty(len(known), np.int32)
        place[order] = np.arange(len(known), dtype=np.int32)
        codes = place[np.frombuffer(self._of, np.int32)] if known else np.zeros(0, np.int32)
        by_key = np.argsort(codes, kind="stable")
        rows = np.frombuffer(self._rows, np.int32)[by_key] if known else np.zeros(0, np.int32)
        return _packed([known[number].encode("utf-8") for number in order], codes, rows)


def _packed(keys: Sequence[bytes], codes: NDArray[Any], rows: Rows) -> KeyRows:
    """keys: in order. codes: the places of keys, so often as they have passages. rows: the passages, key by key."""
    return KeyRows(
        keys=np.frombuffer(b"".join(keys), np.uint8),
        key_ends=_ends(np.array([len(key) for key in keys], np.int64)),
        rows=rows,
        row_ends=_ends(np.bincount(codes, minlength=len(keys)).astype(np.int64)),
    )


def _ends(lengths: Ends) -> Ends:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
