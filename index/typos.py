"""Words one slip of a finger away: what a word that stands in no text may have been meant to be."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from string import ascii_lowercase

from index.text import strip_marks

_SHORTEST, _LONGEST = 3, 15
# What has none is shorthand: "gcn".
_VOWELS = frozenset("aeiouy")


def meant(typed: str, forms: Callable[[str], Sequence[str]]) -> list[str]:
    """The words one letter left out, added, changed or swapped away from a lower-case word, as typed marks allow.

    forms: a word without marks -> its spellings that are known. A spelling keeps the marks that were typed, unless
    none does.
    """
    bare = strip_marks(typed)
    if not (_SHORTEST <= len(bare) <= _LONGEST and bare.isascii() and _VOWELS & set(bare)):
        return []
    found = list(dict.fromkeys(form for slip in _slips(bare) for form in forms(slip)))
    marks = _marks(typed)
    return [form for form in found if marks <= _marks(form)] or found


def _slips(word: str) -> Iterator[str]:
    """Every string one edit away (Damerau's four), in a fixed order."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        if at + 1 < len(word):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        for letter in ascii_lowercase:
            yield word[:at] + letter + word[at + 1 :]
    for at in range(len(word) + 1):
        for letter in ascii_lowercase:
            yield word[:at] + letter + word[at:]


def _marks(word: str) -> frozenset[str]:
    """The tones and shapes of a word's letters, wherever they stand."""
    decomposed = unicodedata.normalize("NFD", word)
    return frozenset(char for char in decomposed if unicodedata.combining(char) or char == "đ")
