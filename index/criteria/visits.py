"""Tourism outranks what is grown or made where guests come: "vườn dâu cho khách tham quan" is set 26, no fruit.

Words of tourism are of three kinds: names of such services ("homestay", "du lịch"), what guests do ("tham quan"), which
needs a place or a product beside it, and that guests come ("đón khách"), which needs a place named before.
"""

import re
from collections.abc import Sequence

from index.criteria.product_names import Entry, Piece

TOURISM = 26
_SENTENCE = re.compile(r"[.;?!\n]")
_BESIDE = re.compile(r"\s*(?:[^\W\d_]+\s+){0,3}")  # white space, or up to three words without a figure or a sign
_REACH = 12  # words from a place to who comes there
_ENDS = frozenset({"apart", "ignored", "sells"})


def with_visits(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a text, those that tell together of one service of tourism as one."""
    spans: list[tuple[int, int]] = []
    for at, piece in enumerate(pieces):
        named = _is_service(piece)
        if not named and not piece.says & {"visits", "guests"}:
            continue
        first, last = at, at
        if named or "visits" in piece.says:
            first, last = _widened(text, pieces, at)
        place = _place_before(text, pieces, at)
        first = first if place is None else min(first, place)
        beside = any(one.entries or "places" in one.says for one in pieces[first : last + 1])
        if named or place is not None or ("visits" in piece.says and beside):
            spans.append((first, last))
    return _merged(text, pieces, spans)


def _is_service(piece: Piece) -> bool:
    return any(TOURISM in entry.sets for entry in piece.entries)


def _widened(text: str, pieces: Sequence[Piece], at: int) -> tuple[int, int]:
    """The first and the last piece of what stands right before, or beside after, a word of tourism."""
    first, last = at, at
    while (
        first and not pieces[first - 1].says & _ENDS and not text[pieces[first - 1].end : pieces[first].start].strip()
    ):
        first -= 1
    while (
        last + 1 < len(pieces)
        and not pieces[last + 1].says & _ENDS
        and _BESIDE.fullmatch(text[pieces[last].end : pieces[last + 1].start])
    ):
        last += 1
    return first, last


def _place_before(text: str, pieces: Sequence[Piece], at: int) -> int | None:
    """The nearest place before a word of tourism in its sentence, where nothing between says that things are sold."""
    for before in range(at - 1, -1, -1):
        between = text[pieces[before].end : pieces[at].start]
        if "sells" in pieces[before].says or _SENTENCE.search(between) or len(between.split()) > _REACH:
            return None
        if "places" in pieces[before].says:
            return before
    return None


def _stretches(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap as one, in order."""
    stretches: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if stretches and first <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(last, stretches[-1][1]))
        else:
            stretches.append((first, last))
    return stretches


def _merged(text: str, pieces: Sequence[Piece], spans: Sequence[tuple[int, int]]) -> list[Piece]:
    """The pieces with each stretch of spans that overlap as one piece."""
    kept: list[Piece] = []
    at = 0
    for first, last in _stretches(spans):
        kept.extend(pieces[at:first])
        start, end = pieces[first].start, pieces[last].end
        named = next((one for piece in pieces[first : last + 1] if _is_service(piece) for one in piece.entries), None)
        entry = named or Entry(name=text[start:end], sets=(TOURISM,))
        kept.append(Piece(entries=(entry,), says=frozenset(), start=start, end=end))
        at = last + 1
    return [*kept, *pieces[at:]]
