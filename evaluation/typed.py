"""A question as people type it: as written, without diacritics, with half of them, with slips of the finger.

What is changed hangs on the question alone (a seed made of its text), so that the same question is always typed the
same way, in whatever set, half or order it is asked.
"""

import random
import re
import unicodedata
from collections.abc import Callable
from hashlib import sha256
from typing import Literal

from index.text import has_marks, strip_marks

Typing = Literal["plain", "bare", "half", "typos"]

_SEED = "2026-11-22"
_ONE_IN = 5  # one edit in one word of so many
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_CHUNK = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]{2,}")


def typed(question: str, typing: Typing) -> str:
    """A question typed in one of the ways of `TYPINGS`."""
    return TYPINGS[typing](unicodedata.normalize("NFC", question))


def _plain(question: str) -> str:
    return question


def _half(question: str) -> str:
    """Half of the syllables that carry marks lose all of them; of an odd one a coin decides."""
    draw = _draw("half", question)
    chunks = _CHUNK.findall(question)
    marked = [number for number, chunk in enumerate(chunks) if has_marks(chunk)]
    losing = set(draw.sample(marked, (len(marked) + draw.randrange(2)) // 2))
    return " ".join(strip_marks(chunk) if number in losing else chunk for number, chunk in enumerate(chunks))


def _typos(question: str) -> str:
    """One edit in one word of five, in at least one; numbers and document numbers stay, they would mean another."""
    draw = _draw("typos", question)
    chunks = _CHUNK.findall(question)
    words: dict[int, re.Match[str]] = {}
    for number, chunk in enumerate(chunks):
        inner = chunk.strip("“”\"'‘’().,;:?!…")
        if _WORD.fullmatch(inner) and (found := _WORD.search(chunk)) is not None:
            words[number] = found
    wrong = draw.sample(sorted(words), min(len(words), max(1, round(len(chunks) / _ONE_IN))))
    for number in wrong:
        found, chunk = words[number], chunks[number]
        chunks[number] = chunk[: found.start()] + _edited(found[0], draw) + chunk[found.end() :]
    return " ".join(chunks)


def _edited(word: str, draw: random.Random) -> str:
    """A word with two letters swapped, one dropped, one doubled, or one hit on a neighbouring key; never itself."""
    while True:
        at = draw.randrange(len(word))
        match draw.choice(("swap", "drop", "double", "neighbour")):
            case "swap":
                at = min(at, len(word) - 2)
                edited = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            case "drop":
                edited = word[:at] + word[at + 1 :]
            case "double":
                edited = word[: at + 1] + word[at] + word[at + 1 :]
            case _:
                keys = _neighbours(strip_marks(word[at]).lower())
                key = draw.choice(keys) if keys else word[at]
                edited = word[:at] + (key.upper() if word[at].isupper() else key) + word[at + 1 :]
        if edited != word:
            return edited


def _neighbours(letter: str) -> str:
    """The keys beside, above and below a letter's on a QWERTY keyboard, which Vietnamese is typed on."""
    for row, keys in enumerate(_KEYS):
        at = keys.find(letter)
        if at >= 0:
            beside = keys[max(0, at - 1) : at] + keys[at + 1 : at + 2]
            above = _KEYS[row - 1][at : at + 2] if row else ""
            below = _KEYS[row + 1][max(0, at - 1) : at + 1] if row + 1 < len(_KEYS) else ""
            return beside + above + below
    return ""


def _draw(way: str, question: str) -> random.Random:
    return random.Random(sha256(f"{_SEED}\0{way}\0{question}".encode()).digest())


TYPINGS: dict[Typing, Callable[[str], str]] = {"plain": _plain, "bare": strip_marks, "half": _half, "typos": _typos}
