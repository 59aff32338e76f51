"""Finding by words typed with or without diacritics, the last of them perhaps not to its end.

A word typed finds every word that becomes it by leaving marks out: "ca phe" finds "cà phê", "cà phe" too, and "cá" does
not. All words typed must be there, in whatever order.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

import numpy as np

from index.keyrows import KeyRows
from index.places.spelling import lacks_only_marks
from index.ranking import Mask
from index.text import strip_marks, syllables

# Between a word without its marks and with them; it sorts before everything that words are made of.
_MARKED = "\x00"
_NUMBER = re.compile(r"\d+(?=/)")


def words_of(texts: Iterable[str | None]) -> dict[str, None]:
    """The keys that texts are found by, each once: of "Cà phê" those of both its words.

    A document number is a word, and so is what it begins with: "1287/qđ-ubnd" and "1287".
    """
    return dict.fromkeys(key for text in texts if text for key in _keys_of(text))


def asked_words(text: str) -> tuple[str, ...]:
    """The words of what was typed, in order, the last perhaps a beginning only."""
    return tuple(syllables(text))


def rows_with(table: KeyRows, words: tuple[str, ...], count: int) -> Mask:
    """(count,) the rows that have all the words typed, the last as a beginning; all where nothing was typed."""
    mask: Mask = np.ones(count, np.bool_)
    for place, word in enumerate(words):
        found: Mask = np.zeros(count, np.bool_)
        for begin, end in _runs(_places(table, word, beginning=place == len(words) - 1)):
            found[table.rows[table.row_ends[begin] : table.row_ends[end]]] = True
        mask &= found
    return mask


@lru_cache(maxsize=16384)
def _keys_of(text: str) -> tuple[str, ...]:
    words = syllables(text)
    numbers = [head[0] for word in words if (head := _NUMBER.match(word)) is not None]
    return tuple(map(_key, dict.fromkeys([*words, *numbers])))


@lru_cache(maxsize=16384)
def _key(word: str) -> str:
    return f"{strip_marks(word)}{_MARKED}{word}"


def _places(table: KeyRows, word: str, *, beginning: bool) -> Iterator[int]:
    """The places of the keys that a word typed finds."""
    bare = strip_marks(word)
    candidates = table.starting(bare if beginning else bare + _MARKED)
    if bare == word:
        yield from candidates
        return
    for place in candidates:
        spelling = table.key(place).partition(_MARKED)[2]
        if lacks_only_marks(word, spelling[: len(word)]):
            yield place


def _runs(places: Iterator[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring places as (first, one past the last): their rows stand together in the table."""
    held = list(places)
    cuts = [0, *(at + 1 for at, (one, other) in enumerate(pairwise(held)) if other != one + 1), len(held)]
    return ((held[begin], held[end - 1] + 1) for begin, end in pairwise(cuts) if end > begin)
