"""What people judged of two products that may be one, put to what was matched by their names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.products.lines import Line

Pair = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Pairs of keys of products: those that are one, and those that are two however alike they look."""

    same: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()


NOT_JUDGED = Judged()


def joined(
    products: Sequence[list[Line]], keys: Sequence[str], same: Iterable[Pair]
) -> tuple[list[list[Line]], list[str]]:
    """Products and their keys with those that are one put together, under the key of the earliest; a pair of which one
    is not known changes nothing."""
    place = {key: at for at, key in enumerate(keys)}
    leads = list(range(len(products)))

    def lead(at: int) -> int:
        while leads[at] != at:
            at = leads[at]
        return at

    for pair in sorted(same, key=sorted):
        known = sorted(lead(place[key]) for key in pair if key in place)
        if len(known) > 1:
            first, other = sorted(known, key=lambda at: products[at][0].order)
            leads[other] = first
    groups: dict[int, list[Line]] = {}
    for at, lines in enumerate(products):
        groups.setdefault(lead(at), []).extend(lines)
    return (
        [sorted(lines, key=lambda line: line.order) for lines in groups.values()],
        [keys[at] for at in groups],
    )
