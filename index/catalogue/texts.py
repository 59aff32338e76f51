"""Texts in files, one after the other: written once, then mapped, and only those asked for become Python objects."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.arrays import mapped_record, save_record
from index.keyrows import Bytes, Ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """n texts, text i being the UTF-8 of data[ends[i] : ends[i + 1]].

    data: (all bytes,) uint8. ends: (n + 1,) int64.
    """

    data: Bytes
    ends: Ends

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, place: int) -> str:
        return self.raw(place).decode("utf-8")

    def __iter__(self) -> Iterator[str]:
        return (self[place] for place in range(len(self)))

    def raw(self, place: int) -> bytes:
        """The bytes of one text."""
        return self.data[self.ends[place] : self.ends[place + 1]].tobytes()

    @classmethod
    def of(cls, texts: Iterable[str | bytes]) -> "Texts":
        """The texts in their order."""
        data = bytearray()
        ends = [0]
        for text in texts:
            data += text.encode("utf-8") if isinstance(text, str) else text
            ends.append(len(data))
        return cls(data=np.frombuffer(bytes(data), np.uint8), ends=np.array(ends, np.int64))

    @classmethod
    def open(cls, folder: Path, name: str) -> "Texts":
        """Map what `write` wrote.

        Raises:
            OSError, ValueError: a file is missing or damaged.
        """
        return mapped_record(cls, folder, f"{name}.")

    def write(self, folder: Path, name: str) -> None:
        """Write both arrays. Equal texts give equal files."""
        save_record(folder, self, f"{name}.")
