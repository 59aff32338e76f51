"""Products out of the lines of decisions: names, place, history, doubts, and a key that stays."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from index.decisions.decision import Read
from index.decisions.merged import Decision
from index.places.provinces import slug
from index.products.doubts import doubtful_pairs
from index.products.judging import NOT_JUDGED, Judged, joined
from index.products.lines import Line, lines_of
from index.products.matching import identity, match
from index.products.product import Product

_SLUG = 60


def assemble(decisions: Sequence[Decision], judged: Judged = NOT_JUDGED) -> list[Product]:
    """Every product that decisions recognise or withdraw, in order of their keys. judged: what people said of pairs."""
    matched = match(lines_of(decisions))
    keys = _keys(matched)
    if judged.same:
        matched, keys = joined(matched, keys, judged.same)
    doubts: dict[int, set[str]] = defaultdict(set)
    for one, other in doubtful_pairs(matched):
        if frozenset((keys[one], keys[other])) not in judged.apart:
            doubts[one].add(keys[other])
            doubts[other].add(keys[one])
    found = [
        _product(keys[at], lines, tuple(sorted(doubts[at])) if at in doubts else ()) for at, lines in enumerate(matched)
    ]
    return sorted(found, key=lambda product: product.key)


def _product(key: str, lines: Sequence[Line], doubtful: tuple[str, ...]) -> Product:
    standing = [line for line in lines if line.recognition.corrected_by is None]
    recognised = [line for line in standing if not line.recognition.withdrawn] or standing
    latest = recognised[-1]
    rows = [line.recognition.row for line in reversed([*standing, *recognised])]
    # a place is told by the latest line that tells its commune, whole, not each part by another line
    placed = next((line for line in reversed(recognised) if line.seat.commune), latest)
    row = placed.recognition.row
    return Product(
        key=key,
        name=latest.recognition.row.name.text,
        names=tuple(dict.fromkeys(line.recognition.row.name.text for line in lines)),
        producer=_first(one.producer for one in rows),
        commune=_first([row.commune]),
        district=_first([row.district]),
        province=latest.seat.province,
        province_today=latest.seat.today,
        province_former=next((line.seat.former for line in reversed(standing) if line.seat.former), None),
        province_written=latest.seat.label or None,
        communes_today=tuple(sorted(placed.seat.communes)),
        group=_first(one.group for one in rows),
        history=tuple(line.recognition for line in lines),
        doubtful=doubtful,
    )


def _first(reads: Iterable[Read | None]) -> str | None:
    return next((read.text for read in reads if read is not None and read.text), None)


def _keys(products: Sequence[Sequence[Line]]) -> list[str]:
    """A key for each product, in order.

    It is made of the province of today and the producer and name of the earliest line, so that it stays when decisions
    are crawled again or more of them become known. Of several products with these alike, the earliest has it, and the
    others add their earliest decision and place in it.
    """
    keys: list[str] = []
    taken: set[str] = set()
    held: set[tuple[str, str, str]] = set()
    for lines in products:
        line = lines[0]
        named = identity(line)
        parts: tuple[str, ...]
        if named is None or named in held:
            producer = "" if line.producer is None else " ".join(line.producer.bare)
            parts = (line.seat.area, producer, " ".join(line.name.bare), line.recognition.decision, _told_of(line))
        else:
            held.add(named)
            parts = named
        key = next(key for key in _spelled(line, parts) if key not in taken)
        taken.add(key)
        keys.append(key)
    return keys


def _told_of(line: Line) -> str:
    """What tells a line from others of its decision alike in name: all it says, in order, but its number."""
    row = line.recognition.row
    return "|".join((row.act, line.seat.commune, line.seat.district, str(row.star), str(row.score), row.name.text))


def _spelled(line: Line, parts: Sequence[str]) -> Iterable[str]:
    name = slug(line.recognition.row.name.text)[:_SLUG].strip("-") or "san-pham"
    area = line.seat.area or "viet-nam"
    number = 0
    while True:
        digest = hashlib.blake2b("\0".join([*parts, *["again"] * number]).encode(), digest_size=5).hexdigest()
        yield f"{area}.{name}.{digest}"
        number += 1
