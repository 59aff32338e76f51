"""Which lines of decisions are of one product: conservative, in time that grows with the lines.

Lines are one product where they name the same producer and the same product (`naming.same_name`) in the same province,
and nothing else they tell differs: the former province, the commune, the district. Lines are grouped by those names
first, so that only the few of a group are compared. A line that may be either of two which differ is neither. A line
without a producer or a province is matched with nothing. A decision lists a product once: of two of its lines alike in
name only, each is a product of its own.

Everything less sure stays apart; `index.products.doubts` lists it.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from index.products.lines import Line
from index.products.naming import same_name
from index.products.seat import Seat

# Of more different ways than these in one group nothing is matched: whoever wrote them so may have meant anything.
_WAYS = 60


def identity(line: Line) -> tuple[str, str, str] | None:
    """Province of today, producer and the words of the product of a line, without marks and these in order of the
    alphabet; None where one of them is not told."""
    if not line.seat.area or line.producer is None or not line.producer.bare:
        return None
    return line.seat.area, " ".join(line.producer.bare), " ".join(sorted(line.name.bare))


def match(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each product, both in the order of the lines.

    A line that was corrected is with the one that corrects it.
    """
    groups: dict[Hashable, list[Line]] = defaultdict(list)
    for at, line in enumerate(lines):
        if line.recognition.corrected_by is None:
            groups[identity(line) or at].append(line)
    found = [product for group in groups.values() for product in _products(group)]
    for product in found:
        product += [former for line in product for former in _corrected(line)]
        product.sort(key=lambda line: line.order)
    return sorted(found, key=lambda product: product[0].order)


def _corrected(line: Line) -> Iterator[Line]:
    while line.corrects is not None:
        line = line.corrects
        yield line


def _products(group: list[Line]) -> list[list[Line]]:
    """The products that lines of one identity are of."""
    if len(group) == 1:
        return [group]
    ways: dict[tuple[tuple[str, ...], tuple[str, ...], Seat], list[Line]] = defaultdict(list)
    for line in group:
        ways[line.name.words, () if line.producer is None else line.producer.words, line.seat].append(line)
    alike = list(ways.values())
    if len(alike) == 1:
        return _once_a_decision(alike[0])
    if len(alike) > _WAYS:
        return [[line] for line in group]
    # of lines alike but for their capitals, the one that tells proper names by them speaks for all
    telling = [max(way, key=lambda line: len(line.name.proper)) for way in alike]
    apart = {
        frozenset((one, other))
        for one, other in combinations(range(len(alike)), 2)
        if not _may_be_one(telling[one], telling[other])
    }
    if not apart:
        return _once_a_decision(group)
    products: list[list[Line]] = []
    sure: list[list[int]] = []
    for one in range(len(alike)):
        fitting = [other for other in range(len(alike)) if other != one and frozenset((one, other)) not in apart]
        if any(frozenset(pair) in apart for pair in combinations(fitting, 2)):
            products += [[line] for line in alike[one]]  # it may be either of two that differ
            continue
        home = next((ways for ways in sure if frozenset((one, ways[0])) not in apart), None)
        if home is None:
            sure.append([one])
        else:
            home.append(one)
    for home in sure:
        products += _once_a_decision([line for way in home for line in alike[way]])
    return products


def _may_be_one(one: Line, other: Line) -> bool:
    if one.producer is None or other.producer is None:
        return False
    return same_name(one.name, other.name) and same_name(one.producer, other.producer) and one.seat.may_be(other.seat)


def _once_a_decision(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines that agree, as one product, but for those of which one decision lists several."""
    counted: dict[tuple[str, bool], list[Line]] = defaultdict(list)
    for line in lines:
        counted[line.recognition.decision, line.recognition.withdrawn].append(line)
    several = [line for same in counted.values() if len(same) > 1 for line in same]
    once = [line for same in counted.values() if len(same) == 1 for line in same]
    return [*([once] if once else []), *([line] for line in several)]
