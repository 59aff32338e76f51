"""Whether a sentence draws together what its source keeps apart: words of one grade's clause with another grade.

"3 sao do huyện công nhận, 5 sao do trung ương" holds nothing of a huyện and 5 sao, though every word stands in it.
"""

import re
from collections.abc import Callable, Iterable

from assistant.said import GLUE, Said, said

_SPLITS = (re.compile(r";\s+"), re.compile(r"[,;:]\s+|\s+(?:và|còn|nhưng)\s+"))


def _stars(read: Said) -> Iterable[object]:
    return {(star.low, star.high) for star in read.stars}


def _places(read: Said) -> Iterable[object]:
    return {key for key, _ in read.places}


def _years(read: Said) -> Iterable[object]:
    return {date.iso[:4] for date in read.dates if date.year is not None}


def _documents(read: Said) -> Iterable[object]:
    return {number.number for number in read.documents}


_KINDS: dict[str, Callable[[Said], Iterable[object]]] = {
    "grade": _stars,
    "place": _places,
    "year": _years,
    "document": _documents,
}


def trespass(sentence: Said, source: Said) -> str | None:
    """The word that stands in the source beside others of a kind only, as a fault; None where there is none."""
    for name, keys_of in _KINDS.items():
        asked = set(keys_of(sentence))
        if not asked or len(set(keys_of(source))) < 2:
            continue
        for split in _SPLITS:
            word = _foreign(sentence, [said(part) for part in split.split(source.text) if part], asked, keys_of)
            if word is not None:
                return f"{word!r} stands beside another {name} in the sentence cited"
    return None


def _foreign(
    sentence: Said, parts: list[Said], asked: set[object], keys_of: Callable[[Said], Iterable[object]]
) -> str | None:
    """A word of the sentence that stands only in parts with keys, none of which it has."""
    if len(parts) < 2:
        return None
    territories = [(set(part.tokens), set(keys_of(part))) for part in parts]
    for word in sentence.tokens:
        if word in GLUE or word.isdecimal():
            continue
        holding = [keys for words, keys in territories if word in words]
        if holding and all(keys and not keys & asked for keys in holding):
            return word
    return None
