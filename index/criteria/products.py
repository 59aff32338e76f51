"""Which set a product is scored by, told by what people call it: "nước mắm" 9, "xoài sấy" 7, "rượu" 14 or 15.

The names are in `products.toml`, for the sets of Phụ lục II of Quyết định 26/2026/QĐ-TTg: its own names and what it
lists, and everyday names. A name that could belong to two sets gives both, with what tells them apart, for the reader
to say which is meant.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from index.law.address import DocumentNumber, find_document_numbers
from index.text import has_marks, one_spelling, strip_marks

_FILE = Path(__file__).with_name("products.toml")
_WORD = re.compile(r"[^\W_]+")
# "bộ 13", "bộ tiêu chí số 13", "bộ sản phẩm 13"; not "toàn bộ 62 sản phẩm"
_NUMBERED = re.compile(
    r"(?<!\w)(?:(?P<word>[^\W\d_]+)\s+)?(?P<set>b[ộo](?:\s+(?:ti[êe]u\s+ch[íi]|s[ảa]n\s+ph[ẩa]m))?(?:\s+s[ốo])?\s+(?P<number>\d{1,2}))(?![\w/.,]\d|\w)",
    re.IGNORECASE,
)

_NO_SET = frozenset("can toan noi dong tien so cuc phan doi".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A product named in a text. number: of its set. name: as listed here, or as typed where the set itself is named.

    start, end: the name in the text's NFC form, what was done to the product included ("xoài sấy"). why: what tells
    the sets of one name apart, None where it has only one; the matches of such a name have one span.
    """

    number: int
    name: str
    start: int
    end: int
    why: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A name with its sets. processed: the set once dried, pickled and so on. followed: the set where another name
    comes right after, "processed" for that other's."""

    name: str
    sets: tuple[int, ...]
    processed: int | None
    followed: int | Literal["processed"] | None
    why: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """What the file lists, by syllables; the longest name has `longest` of them."""

    document: str
    entries: dict[tuple[str, ...], tuple[_Entry, ...]]
    processing: frozenset[tuple[str, ...]]
    made_from: frozenset[tuple[str, ...]]
    ignored: frozenset[tuple[str, ...]]
    bare: frozenset[str]
    longest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    syllable: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A stretch of a text that names products (entries), says what was done to one (processed), or opens a name of
    what is made of one (makes)."""

    entries: tuple[_Entry, ...]
    processed: bool
    makes: bool
    start: int
    end: int


def document() -> DocumentNumber:
    """The decision whose sets the numbers are of."""
    (number,) = find_document_numbers(_names(stripped=False).document)
    return number


def find_sets(text: str) -> tuple[Match, ...]:
    """The products a text names with their sets, in order; a name that could belong to several gives one match each.

    Names are compared with their marks; a syllable typed without any stands for all it may be, in a text without marks,
    and elsewhere where nothing else is found, in names of two syllables or more ("ca phê").
    """
    text = unicodedata.normalize("NFC", text)
    numbered = _NUMBERED.search(text)
    if numbered is not None and strip_marks(numbered["word"] or "").lower() not in _NO_SET:
        start, end = numbered.span("set")
        return (Match(number=int(numbered["number"]), name=numbered["set"], start=start, end=end, why=None),)
    if has_marks(text):
        return _found(text, stripped=False) or _found(text, stripped=True, least=2)
    return _found(text, stripped=True)


def _found(text: str, *, stripped: bool, least: int = 1) -> tuple[Match, ...]:
    found: list[Match] = []
    for run in _runs(text, list(_pieces(text, _names(stripped=stripped), stripped=stripped, least=least))):
        start, end = run[0].start, run[-1].end
        options: dict[int, Match] = {}
        (head, *after) = run[1:] if run[0].makes else run
        for entry in head.entries:
            numbers = _sets(entry, after, made=run[0].makes)
            why = entry.why if len(numbers) > 1 else None
            for number in numbers:
                options.setdefault(number, Match(number=number, name=entry.name, start=start, end=end, why=why))
        found.extend(options.values())
    return tuple(found)


def _sets(entry: _Entry, after: Sequence[_Piece], *, made: bool) -> tuple[int, ...]:
    """The sets of the first name of a run, by what stands after it and whether it is what the product is made of."""
    if entry.processed is not None and (made or any(piece.processed for piece in after)):
        return (entry.processed,)
    other = next((one for piece in after for one in piece.entries), None)
    if entry.followed is None or other is None:
        return entry.sets
    if entry.followed != "processed":
        return (entry.followed,)
    number = other.processed or other.sets[0]
    return (number,) if number in entry.sets else entry.sets


def _runs(text: str, pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces with only white space between, from the first that names a product on: one compound name each."""
    run: list[_Piece] = []
    for piece in (*pieces, None):
        if run and (piece is None or text[run[-1].end : piece.start].strip()):
            if any(one.entries for one in run):
                yield run
            run = []
        if piece is not None and (run or piece.entries or piece.makes):
            run = [piece] if piece.makes or not run else [*run, piece]


def _pieces(text: str, names: _Names, *, stripped: bool, least: int) -> Iterator[_Piece]:
    words = [
        _Word(syllable=_syllable(match[0], stripped=False), start=match.start(), end=match.end())
        for match in _WORD.finditer(text)
    ]
    keys = [strip_marks(word.syllable) if stripped else word.syllable for word in words]
    at = 0
    while at < len(words):
        size = _longest(text, words, keys, at, names)
        key = tuple(keys[at : at + size])
        typed = [word.syllable for word in words[at : at + size]]
        entries = tuple(entry for entry in names.entries.get(key, ()) if _may_be(typed, entry.name))
        if size < least or (stripped and size == 1 and len(words) > 1 and key[0] not in names.bare):
            entries = ()
        processed, makes = key in names.processing, key in names.made_from
        if size and key not in names.ignored and (entries or processed or makes):
            start, end = words[at].start, words[at + size - 1].end
            yield _Piece(entries=entries, processed=processed, makes=makes, start=start, end=end)
        at += size or 1


def _longest(text: str, words: Sequence[_Word], keys: Sequence[str], at: int, names: _Names) -> int:
    """How many words the longest phrase of the file has that begins at one; 0 where none does.

    A name does not take the first word of a phrase to be passed over: "hai sản phẩm" holds no "hải sản".
    """
    for size in range(min(names.longest, len(words) - at), 0, -1):
        key = tuple(keys[at : at + size])
        if not any(key in listed for listed in (names.entries, names.processing, names.made_from, names.ignored)):
            continue
        if any(text[one.end : other.start].strip() not in ("", "-") for one, other in pairwise(words[at : at + size])):
            continue
        cut = key not in names.ignored and any(
            tuple(keys[inner:end]) in names.ignored
            for inner in range(at + 1, at + size)
            for end in range(at + size + 1, min(len(keys), inner + names.longest) + 1)
        )
        if not cut:
            return size
    return 0


def _may_be(typed: Sequence[str], name: str) -> bool:
    """Whether syllables as typed can be those of a name: one with marks means itself."""
    listed = [_syllable(match[0], stripped=False) for match in _WORD.finditer(name)]
    return all(one == other or one == strip_marks(other) for one, other in zip(typed, listed, strict=True))


def _syllable(word: str, *, stripped: bool) -> str:
    syllable = one_spelling(word.lower())
    return strip_marks(syllable) if stripped else syllable


@cache
def _names(*, stripped: bool) -> _Names:
    """The file, its names as syllables; of a name that stands in several entries all are kept."""
    with _FILE.open("rb") as file:
        told: dict[str, Any] = tomllib.load(file)

    def key(name: str) -> tuple[str, ...]:
        return tuple(_syllable(match[0], stripped=stripped) for match in _WORD.finditer(name))

    entries: dict[tuple[str, ...], tuple[_Entry, ...]] = {}
    for one in (*told["of"], *told["shared"]):
        for name in one["names"]:
            entry = _Entry(
                name=name,
                sets=tuple(one["sets"]) if "sets" in one else (one["set"],),
                processed=one.get("processed"),
                followed=one.get("followed"),
                why=one.get("why"),
            )
            entries[key(name)] = (*entries.get(key(name), ()), entry)
    return _Names(
        document=told["document"],
        entries=entries,
        processing=frozenset(map(key, told["processing"])),
        made_from=frozenset(map(key, told["made_from"])),
        ignored=frozenset(map(key, told["ignored"])),
        bare=frozenset(told["bare"]),
        longest=max(map(len, entries)),
    )
