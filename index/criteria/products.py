"""Which set a product is scored by, told by what people call it: "nước mắm" 9, "xoài sấy" 7, "rượu" 14 or 15.

The names are in `products.toml`, for the sets of Phụ lục II of Quyết định 26/2026/QĐ-TTg: its own names and what it
lists, and everyday names; what words beside them do ("sấy", "kiểng", "tham quan") is in `product_words.toml`. A
name that could belong to two sets gives both, with what tells them apart, for the reader to say which is meant.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from index.criteria.product_names import NOTHING, WORD, Entry, Names, Piece, read_names, read_syllable
from index.criteria.visits import with_visits
from index.law.address import DocumentNumber, find_document_numbers
from index.text import has_marks, strip_marks

# "bộ 13", "bộ tiêu chí số 13", "bộ sản phẩm 13"; not "toàn bộ 62 sản phẩm"
_NUMBERED = re.compile(
    r"(?<!\w)(?:(?P<word>[^\W\d_]+)\s+)?(?P<set>b[ộo](?:\s+(?:ti[êe]u\s+ch[íi]|s[ảa]n\s+ph[ẩa]m))?(?:\s+s[ốo])?\s+(?P<number>\d{1,2}))(?![\w/.,]\d|\w)",
    re.IGNORECASE,
)

_NO_SET = frozenset("can toan noi dong tien so cuc phan doi cong".split())
_SETS = 26
_GRAIN, _OF_HONEY, _COSMETICS = 3, 8, 19
_STEEPED = frozenset({1, 3, 10, 18, 20})  # sets of what is steeped in honey
# up to three words without a figure or a sign between
_WORDS = re.compile(r"[^\W\d_]+(?:\s+[^\W\d_]+){0,2}")
_QUALIFIERS = frozenset({"processing", "quick", "ornamental", "honey", "cosmetic"})
_SPEAKING = _QUALIFIERS | {"made_from", "opening", "others", "apart", "ignored"}


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
class _Word:
    syllable: str
    start: int
    end: int


def document() -> DocumentNumber:
    """The decision whose sets the numbers are of."""
    (number,) = find_document_numbers(read_names(stripped=False).document)
    return number


@lru_cache(maxsize=1024)  # a question's sets are asked for by many
def find_sets(text: str) -> tuple[Match, ...]:
    """The products a text names with their sets, in order; a name that could belong to several gives one match each.

    Names are compared with their marks; a syllable typed without any stands for all it may be, in a text without marks,
    and elsewhere where nothing else is found there, in names of two syllables or more ("ca phê", "tra atiso").
    """
    text = unicodedata.normalize("NFC", text)
    numbered = _NUMBERED.search(text)
    if (
        numbered is not None
        and 1 <= int(numbered["number"]) <= _SETS
        and strip_marks(numbered["word"] or "").lower() not in _NO_SET
    ):
        start, end = numbered.span("set")
        return (Match(number=int(numbered["number"]), name=numbered["set"], start=start, end=end, why=None),)
    if not has_marks(text):
        return _found(text, stripped=True)
    found, wider = _found(text, stripped=False), _found(text, stripped=True, least=2)
    return _by_longer_names(found, wider) if found else wider


def _by_longer_names(found: tuple[Match, ...], wider: tuple[Match, ...]) -> tuple[Match, ...]:
    """The products found, one by a longer name where the words beside it lack their marks ("tra atiso"): no artichoke
    but its tea."""
    longer = [one for one in wider if any(_within(other, one) for other in found)]
    kept = [other for other in found if not any(_within(other, one) for one in longer)]
    return tuple(sorted((*kept, *longer), key=lambda one: one.start))


def _within(inner: Match, outer: Match) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and outer.end - outer.start > inner.end - inner.start


def _found(text: str, *, stripped: bool, least: int = 1) -> tuple[Match, ...]:
    found: list[Match] = []
    names = read_names(stripped=stripped)
    pieces = with_visits(text, list(_pieces(text, names, stripped=stripped, least=least)))
    speaking = [piece for piece in pieces if piece.entries or piece.says & _SPEAKING]
    for run in _runs(text, speaking, names):
        start, end = run[0].start, run[-1].end
        options: dict[int, Match] = {}
        (head, *after) = run if run[0].entries else run[1:]
        for entry in head.entries:
            numbers, why = _sets(entry, after, names, made=not run[0].entries)
            for number in numbers:
                options.setdefault(number, Match(number=number, name=entry.name, start=start, end=end, why=why))
        found.extend(options.values())
    return _by_neighbours(text, found)


def _by_neighbours(text: str, found: Sequence[Match]) -> tuple[Match, ...]:
    """The products found, one that may be of several sets by the one beside it in a list: "vải, may mặc" is cloth."""
    sure = [one for one in found if sum(other.start == one.start for other in found) == 1]
    kept: list[Match] = []
    for one in found:
        beside = [
            other
            for other in sure
            if other.start != one.start
            and _LISTED.fullmatch(text[min(one.end, other.end) : max(one.start, other.start)]) is not None
        ]
        told = {other.number for other in beside} & {each.number for each in found if each.start == one.start}
        if not told or one.number in told:
            kept.append(one)
    return tuple(kept)


_LISTED = re.compile(r"\s*(?:,|/|&|và)\s*")


def _sets(entry: Entry, after: Sequence[Piece], names: Names, *, made: bool) -> tuple[tuple[int, ...], str | None]:
    """The sets of the first name of a run, by what stands after it and whether it is what the product is made of; with
    what tells them apart, where there are several."""
    says = NOTHING.union(*(piece.says for piece in after))
    if entry.shown is not None and "ornamental" in says:
        return (entry.shown,), None
    if entry.quick is not None and "quick" in says:
        return (entry.quick, *entry.sets), names.quick_why
    if "honey" in says and entry.sets[0] in _STEEPED:
        return (_OF_HONEY,), None
    if "cosmetic" in says and _COSMETICS in entry.sets:
        return (_COSMETICS,), None
    if entry.processed is not None and (made or "processing" in says):
        return (entry.processed,), None
    why = entry.why if len(entry.sets) > 1 else None
    other = next((one for piece in after for one in piece.entries), None)
    if entry.followed is None or other is None:
        return entry.sets, why
    if entry.grain is not None and other.sets == (_GRAIN,):
        return (entry.grain,), None
    if entry.followed != "processed":
        return (entry.followed,), None
    number = other.processed or other.sets[0]
    return ((number,), None) if number in entry.sets else (entry.sets, why)


def _runs(text: str, pieces: Sequence[Piece], names: Names) -> Iterator[list[Piece]]:
    """Pieces that belong together, from the first that names a product on: one compound name each."""
    run: list[Piece] = []
    for piece in pieces:
        if run and not _joined(text, run[-1], piece, names):
            if _named(run):
                yield run
            run = []
        if _apart(piece):
            continue
        if not any(one.entries for one in run) and piece.says & {"made_from", "opening"}:
            run = [piece]
        elif run or piece.entries or "others" in piece.says:
            run.append(piece)
    if _named(run):
        yield run


def _named(run: Sequence[Piece]) -> bool:
    return any(one.entries for one in run) and (bool(run[0].entries) or "others" not in run[0].says)


def _joined(text: str, one: Piece, other: Piece, names: Names) -> bool:
    """Whether a piece goes on with what the one before it names: right after it, or, where it only says what was done
    to that, with up to three other words between ("cá lóc đồng một nắng")."""
    between = text[one.end : other.start].strip()
    if _apart(other):
        return False
    if not between:
        return True
    if not other.says & _QUALIFIERS or not one.entries or not _WORDS.fullmatch(between):
        return False
    if has_marks(text):
        return True
    typed = tuple(word.lower() for word in text[other.start : other.end].split())
    return len(typed) > 1 or typed[0] in names.bare


def _apart(piece: Piece) -> bool:
    return bool(piece.says & {"apart", "ignored"}) and not piece.entries and not piece.says & _QUALIFIERS


def _pieces(text: str, names: Names, *, stripped: bool, least: int) -> Iterator[Piece]:
    words = [
        _Word(syllable=read_syllable(match[0], stripped=False), start=match.start(), end=match.end())
        for match in WORD.finditer(text)
    ]
    keys = [strip_marks(word.syllable) if stripped else word.syllable for word in words]
    at = 0
    while at < len(words):
        size = _longest(text, words, keys, at, names)
        key = tuple(keys[at : at + size])
        typed = [word.syllable for word in words[at : at + size]]
        says = names.says(key)
        entries = tuple(
            entry
            for entry in names.entries.get(key, ())
            if _may_be(typed, entry.name) and not (stripped and entry.marked and size < len(words))
        )
        if (
            size < least
            or "ignored" in says
            or (size and _proper(text, words, at, size, names, stripped=stripped))
            or (size == 1 and not _stands_alone(text, words, at, names, stripped=stripped))
        ):
            entries = ()
        if at and not text.isupper() and text[words[at].start].isupper():  # "Cần Giờ", "Cà Mau"
            says -= {"apart", "ignored"}
        if size and (entries or says):
            start, end = words[at].start, words[at + size - 1].end
            yield Piece(entries=entries, says=says, start=start, end=end)
        at += size or 1


# The words of a name from so many on that lists things, "rau, củ, quả, hạt tươi".
_ENUMERATED = 4


def _longest(text: str, words: Sequence[_Word], keys: Sequence[str], at: int, names: Names) -> int:
    """How many words the longest phrase of the files has that begins at one; 0 where none does.

    A name does not take the first word of a phrase to be passed over: "hai sản phẩm" holds no "hải sản".
    """
    for size in range(min(names.longest, len(words) - at), 0, -1):
        key = tuple(keys[at : at + size])
        if key not in names.entries and key not in names.words:
            continue
        between = ("", "-", ",") if size >= _ENUMERATED else ("", "-")
        if any(text[one.end : other.start].strip() not in between for one, other in pairwise(words[at : at + size])):
            continue
        cut = "ignored" not in names.says(key) and any(
            "ignored" in names.says(tuple(keys[inner:end]))
            for inner in range(at + 1, at + size)
            for end in range(at + size + 1, min(len(keys), inner + names.longest) + 1)
        )
        if not cut:
            return size
    return 0


def _proper(text: str, words: Sequence[_Word], at: int, size: int, names: Names, *, stripped: bool) -> bool:
    """Whether a name there is another's: in capitals after the word of an office or before a person ("huyện Hương
    Sơn"), or, typed without marks, with the capitals of two names ("Hà Tinh dau")."""
    if text.isupper() or at == 0:
        return False
    capital = [text[word.start].isupper() for word in words[at : at + size]]
    if (
        stripped
        and size == 2
        and (capital == [False, True] or (capital == [True, False] and text[words[at - 1].start].isupper()))
    ):
        return True
    before = words[at - 1]
    key = (strip_marks(before.syllable) if stripped else before.syllable,)
    return capital[0] and "titles" in names.says(key) and not text[before.end : words[at].start].strip()


def _stands_alone(text: str, words: Sequence[_Word], at: int, names: Names, *, stripped: bool) -> bool:
    """Whether one syllable names a product there: not the second word of a proper name ("Tân Lạc"), and without marks
    only where it is told by it."""
    if stripped:
        return len(words) == 1 or strip_marks(words[at].syllable) in names.bare
    if at == 0 or not text[words[at].start].isupper() or text.isupper():
        return True
    before = words[at - 1]
    return not text[before.start].isupper() or (before.syllable,) in names.entries


def _may_be(typed: Sequence[str], name: str) -> bool:
    """Whether syllables as typed can be those of a name: one with marks means itself."""
    listed = [read_syllable(match[0], stripped=False) for match in WORD.finditer(name)]
    return all(one == other or one == strip_marks(other) for one, other in zip(typed, listed, strict=True))
