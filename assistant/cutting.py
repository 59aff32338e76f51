"""A stream of text cut into sentences as they complete, each with the marks [n] that stand in it or behind it."""

import re
import unicodedata
from dataclasses import dataclass

from index.sentence import sentence_spans

_MARK = re.compile(r"\[\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*\]")
# Marks behind a full stop belong to the sentence before them; what may still become one is waited for.
_LEADING = re.compile(rf"(?:\s*{_MARK.pattern})+\s*[.!?…]*")
_BEGUN = re.compile(r"\s*\[[\s\d,;]*$")
# "…: 1. Có giấy phép; 2. …" numbers its parts.
_ENUMERATED = re.compile(r"(?:[:;,]|^)\s*\(?\d{1,2}\.$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A sentence as it was written: its text without marks, and the numbers of the marks in order."""

    text: str
    marks: tuple[int, ...]


class Cutter:
    """Takes a text piece by piece, cut anywhere, and gives back each sentence once the next one has begun."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, piece: str) -> list[Written]:
        """The sentences that this piece completes."""
        self._held += piece
        sentences, self._held = _cut(unicodedata.normalize("NFC", self._held))
        return [_written(sentence) for sentence in sentences]

    def rest(self) -> list[Written]:
        """The last sentence, of a text that is whole."""
        held, self._held = self._held, ""
        return [_written(held)] if held.strip() else []


def _cut(text: str) -> tuple[list[str], str]:
    """The sentences of a text that are complete, and what is left: the last one, which may go on."""
    spaced = re.sub(r"(?<=[.!?…”\"’)])(?=\[\s*\d)", " ", text)
    spaced = re.sub(r"\](?=[^\W\d_])", "] ", spaced)
    found: list[str] = []
    for start, end in sentence_spans(spaced):
        piece = spaced[start:end]
        if found and _ENUMERATED.search(found[-1]):
            found[-1] += f" {piece}"
            continue
        leading = _LEADING.match(piece)
        if leading is not None and found:
            found[-1] += f" {leading[0]}"
            piece = piece[leading.end() :].strip()
            if not piece:
                continue
        if found and _BEGUN.fullmatch(piece):
            found[-1] += f" {piece}"
            continue
        found.append(piece)
    if not found:
        return [], text
    # white space and line breaks at the end are kept: what follows is joined to them
    tail = spaced[len(spaced.rstrip()) :]
    return found[:-1], found[-1] + tail


def _written(sentence: str) -> Written:
    marks = [int(number) for mark in _MARK.findall(sentence) for number in re.findall(r"\d+", mark)]
    text = " ".join(_MARK.sub(" ", sentence).split())
    text = re.sub(r"\s+(?=[.,;:!?…])", "", text)
    return Written(text=re.sub(r"([.!?…])\.+$", r"\1", text), marks=tuple(dict.fromkeys(marks)))
