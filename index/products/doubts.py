"""Which products may be one after all, for a person to say: kept apart by `index.products.matching`, listed here.

Two products are in doubt where they are of one producer, or of one that differs from it only by its legal form, and
their names are the same words in another order, differ by one word, by what stands in brackets, by how it is packed or
by one letter; or where names are the same and one tells no producer and no other place, or one that differs by a
letter, or no province. Two that one decision lists side by side are two.

Products are put together by what such pairs share, so that the time grows with their number; a name that more than a
few share tells too little to doubt by.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import combinations

from index.places.misspelt import within_one_edit
from index.products.lines import Line
from index.products.matching import identity
from index.products.naming import same_name

# More products than these that share a trait say that it is common, not that they are one.
_SHARED = 12
# Of a producer with more products than these, names are not compared letter for letter.
_COMPARED = 40
_LETTERS = 6
# Of longer names than this none is compared with each of its words left out.
_WORDS = 40


def doubtful_pairs(products: Sequence[Sequence[Line]]) -> set[tuple[int, int]]:
    """Pairs of places in the list, the lower first."""
    last = [max(lines, key=lambda line: (line.recognition.corrected_by is None, line.order)) for lines in products]
    listed = [
        {line.recognition.decision for line in lines if line.recognition.corrected_by is None} for lines in products
    ]
    found = {
        (one, other)
        for one, other in _alike_in_part(last)
        if listed[one].isdisjoint(listed[other]) or _printed_alike(last[one], last[other])
    }
    return {
        (one, other)
        for one, other in found
        if not last[one].seat.area or not last[other].seat.area or last[one].seat.area == last[other].seat.area
    }


def _alike_in_part(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Pairs of places of lines that may be of one product."""
    for traits in (_names, _words, _core):
        for group in _grouped(lines, traits, most=_SHARED):
            yield from combinations(group, 2)
    yield from _one_word_more(lines)
    for group in _grouped(lines, _producers, most=_COMPARED):
        yield from (pair for pair in combinations(group, 2) if _one_letter(lines[pair[0]], lines[pair[1]]))
    for group in _grouped(lines, _places, most=_SHARED):
        yield from (pair for pair in combinations(group, 2) if _makers_may_be_one(lines[pair[0]], lines[pair[1]]))
    for group in _grouped(lines, _anywhere, most=_SHARED):
        yield from (pair for pair in combinations(group, 2) if any(not lines[at].seat.area for at in pair))


def _grouped(lines: Sequence[Line], trait: Callable[[Line], Hashable | None], *, most: int) -> Iterator[list[int]]:
    """Places of the lines that share a trait, in order, where at least two do and no more than `most`."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        shared = trait(line)
        if shared is not None:
            groups[shared].append(at)
    return (group for group in groups.values() if 1 < len(group) <= most)


def _one_word_more(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Pairs of a producer whose names differ by one word that only one of them has."""
    whole: dict[Hashable, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        whole[_words(line)].append(at)
    for at, line in enumerate(lines):
        words = tuple(sorted(line.name.bare))
        if _producers(line) is None or not 3 <= len(words) <= _WORDS:
            continue
        for left in range(len(words)):
            shorter = whole.get((_producers(line), words[:left] + words[left + 1 :]), ())
            if len(shorter) <= _SHARED:
                yield from ((min(at, other), max(at, other)) for other in shorter)


def _printed_alike(one: Line, other: Line) -> bool:
    """Whether their names say no difference: then a decision that lists both may have printed one wrongly."""
    return identity(one) is not None and identity(one) == identity(other) and same_name(one.name, other.name)


def _producers(line: Line) -> Hashable | None:
    """Its province, and its producer but for the legal form."""
    return None if line.producer is None or not line.seat.area else (line.seat.area, line.producer.core)


def _names(line: Line) -> Hashable | None:
    return None if (of := _producers(line)) is None else (of, line.name.bare)


def _words(line: Line) -> Hashable | None:
    """Its producer and the words of its name, in any order."""
    return None if (of := _producers(line)) is None else (of, tuple(sorted(line.name.bare)))


def _core(line: Line) -> Hashable | None:
    """Its producer and its name without brackets and packing."""
    return None if (of := _producers(line)) is None else (of, line.name.core)


def _places(line: Line) -> Hashable | None:
    return (line.seat.area, line.name.bare) if line.seat.area else None


def _anywhere(line: Line) -> Hashable | None:
    return None if line.producer is None else (line.producer.bare, line.name.bare)


def _makers_may_be_one(one: Line, other: Line) -> bool:
    """Whether one of two tells no producer and nothing says that it is of another place, or theirs differ by one
    letter."""
    if one.producer is None or other.producer is None:
        return one.seat.may_be(other.seat)
    return _near(one.producer.core, other.producer.core)


def _one_letter(one: Line, other: Line) -> bool:
    return _near(one.name.bare, other.name.bare)


def _near(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names long enough to tell differ by one letter."""
    mine, theirs = "".join(one), "".join(other)
    return min(len(mine), len(theirs)) >= _LETTERS and mine != theirs and within_one_edit(mine, theirs)
