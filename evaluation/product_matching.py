"""Products measured: do the lines of decisions that are of one product stand in one record, and no others?

Every line read is known by the line of the gold that it was paired with (`evaluation.decision_judge`), and so its
product. Two lines of one record that are of two products are wrongly merged; two of one product in two records are
missed. How a product stands on the day of the gold is compared too. The floor is `[products]` in
`evaluation/floors.toml`: `merged` and `missed` at most, `states` (share of right ones) at least.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as validated

from evaluation.decision_gold import Beside, GoldTold
from evaluation.decision_judge import paired
from evaluation.floors import TABLE, FloorsError
from index.decisions.decision import DecisionTold
from index.products.expiry import state
from index.products.product import Product

Line = tuple[str, int, int]  # article, start, end


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What records come to. pairs: of lines of one product, of the gold. merged, missed: (key, key) and key of each
    pair that is wrong. states: how many products stand as they should; wrong_states: (key, found, gold). unknown: lines
    of records that no gold has.
    """

    products: int
    lines: int
    pairs: int
    merged: tuple[tuple[str, str], ...]
    missed: tuple[str, ...]
    states: int
    wrong_states: tuple[tuple[str, str, str], ...]
    unknown: int


@validated(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class MatchingFloor:
    """What matching must reach; see the file's docstring."""

    merged: int
    missed: int
    states: float


_FLOOR = TypeAdapter(MatchingFloor)


def matching_floor(table: Path = TABLE) -> MatchingFloor:
    """The floor of matching products.

    Raises:
        FloorsError: there is none, or it is malformed. OSError: the table cannot be read.
    """
    try:
        return _FLOOR.validate_python(tomllib.loads(table.read_text(encoding="utf-8"))["products"])
    except (tomllib.TOMLDecodeError, KeyError, ValidationError) as error:
        raise FloorsError(f"{table} không có [products] đọc được: {error}") from error


def matching_shortfalls(told: Matching, floor: MatchingFloor) -> tuple[str, ...]:
    """Where matching falls below its floor, for readers; empty where it holds."""
    found = []
    if len(told.merged) > floor.merged:
        found.append(f"{len(told.merged)} cặp gộp nhầm, cho phép {floor.merged}")
    if len(told.missed) > floor.missed:
        found.append(f"{len(told.missed)} cặp bỏ sót, cho phép {floor.missed}")
    share = told.states / (told.states + len(told.wrong_states)) if told.states else 0.0
    if share < floor.states:
        found.append(f"{told.states} trạng thái đúng, cần ít nhất {floor.states:.0%}")
    return tuple(found)


def gold_lines(gold: Sequence[GoldTold], told: Mapping[str, Sequence[DecisionTold]]) -> dict[Line, str]:
    """Each line read that the gold knows -> the key of its product."""
    known: dict[Line, str] = {}
    for one in gold:
        read = next((each for each in told.get(one.path, ()) if each.number.label == one.decision.number), None)
        if read is None:
            continue
        for row, line in paired(one, read.rows)[0]:
            if line is not None:
                known[read.article_id, line.start, line.end] = row.product
    return known


def match_products(products: Sequence[Product], known: Mapping[Line, str], beside: Beside) -> Matching:
    """Compare records with the gold. known: as `gold_lines` gives it."""
    records: dict[Line, int] = {}
    merged: list[tuple[str, str]] = []
    held: dict[str, set[int]] = {}
    unknown = 0
    for at, product in enumerate(products):
        keys = []
        for each in product.history:
            line = (each.article_id, each.row.start, each.row.end)
            records[line] = at
            if line in known:
                keys.append(known[line])
                held.setdefault(known[line], set()).add(at)
            else:
                unknown += 1
        merged += [(one, other) for one, other in combinations(keys, 2) if one != other]
    by_key: dict[str, list[Line]] = {}
    for line, key in known.items():
        if line in records:
            by_key.setdefault(key, []).append(line)
    pairs = [(key, pair) for key, lines in by_key.items() for pair in combinations(lines, 2)]
    missed = [key for key, (one, other) in pairs if records[one] != records[other]]
    wrong = []
    for key, (status, star) in beside.products.items():
        found = {_standing(products[at], beside) for at in held.get(key, ())}
        if found != {f"{status} {star}"}:
            wrong.append((key, "; ".join(sorted(found)) or "không có", f"{status} {star}"))
    return Matching(
        products=len(products),
        lines=len(records),
        pairs=len(pairs),
        merged=tuple(merged),
        missed=tuple(missed),
        states=len(beside.products) - len(wrong),
        wrong_states=tuple(wrong),
        unknown=unknown,
    )


def matching_table(told: Matching) -> str:
    """The measures as Markdown, and every fault below them."""
    lines = [
        "| số đo | số |",
        "|---|---|",
        f"| sản phẩm | {told.products} |",
        f"| dòng trong hồ sơ (ngoài đáp án) | {told.lines} ({told.unknown}) |",
        f"| cặp dòng của cùng một sản phẩm | {told.pairs} |",
        f"| cặp gộp nhầm | {len(told.merged)} |",
        f"| cặp bỏ sót | {len(told.missed)} |",
        f"| trạng thái đúng | {told.states}/{told.states + len(told.wrong_states)} |",
    ]
    faults = [f"GỘP NHẦM  {one} + {other}" for one, other in told.merged]
    faults += [f"BỎ SÓT    {key} ({count} cặp)" for key, count in Counter(told.missed).items()]
    faults += [f"TRẠNG THÁI {key}: {found}, đúng là {gold}" for key, found, gold in told.wrong_states]
    return "\n".join([*lines, *([""] if faults else []), *faults])


def _standing(product: Product, beside: Beside) -> str:
    """The state and star on the day of the gold: "valid 4"."""
    told = state(product, beside.as_of)
    return f"{told.status} {0 if told.status == 'withdrawn' else told.star or 0}"
