"""The order of Vietnamese names: of the alphabet first (a ă â b c d đ e ê …), then of the tones.

The order is that of the Common Locale Data Repository for "vi": letters count before tones over the whole text ("mạ"
before "man"), and tones only where all letters are equal, as ngang, huyền, hỏi, ngã, sắc, nặng.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.text import normalise, one_spelling

_ALPHABET = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_TONE_MARKS = frozenset(_TONES[1:])
_WORD = re.compile(r"\w+")


def sort_key(text: str) -> tuple[tuple[bytes, ...], bytes]:
    """What names are compared by: their words letter by letter, then their tones. Signs and case do not count."""
    words = [_word(one_spelling(word)) for word in _WORD.findall(normalise(text))]
    return tuple(letters for letters, _ in words), b" ".join(tones for _, tones in words)


@lru_cache(maxsize=65536)
def _word(word: str) -> tuple[bytes, bytes]:
    letters, tones = bytearray(), bytearray()
    for char in word:
        decomposed = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in decomposed if mark in _TONE_MARKS), "")
        letter = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONE_MARKS))
        place = _ALPHABET.find(letter)
        # What Vietnamese does not write comes last, in order of its code points.
        letters += bytes([place + 1]) if place >= 0 else b"\xff" + letter.encode("utf-8")
        tones.append(_TONES.index(tone) + 48)
    return bytes(letters), bytes(tones)


def ranks(names: Sequence[str]) -> NDArray[np.int32]:
    """(n,) the place of each name in the order of all; equal names share one, and "" comes last."""
    distinct = sorted(set(names), key=lambda name: (not name, sort_key(name), name))
    places = {name: place for place, name in enumerate(distinct)}
    return np.array([places[name] for name in names], np.int32)
