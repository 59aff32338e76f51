"""What `python -m evaluation decisions` says: tables by layout and by field, each fault, one JSON object, the floors.

A floor is a table `[[decisions]]` in `evaluation/floors.toml`:

    part = "exact"              # "exact": the five layouts of sure letters; "scan"; "report": news
    right = 0.99                # share of right fields, at least
    faultless = ["number"]      # fields of which none may be wrong, missing or invented
    invented_rows = 0           # lines that no decision has, at most (none if not said)
    unmarked = 3                # wrong fields without a doubt, at most (not asked for if not said)
"""

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as validated

from assistant.answer import vietnamese_number
from evaluation.decision_gold import EXACT, TELLINGS, Telling
from evaluation.decision_judge import FIELDS, JudgedField, Outcome
from evaluation.floors import TABLE, FloorsError

Part = Literal["exact", "scan", "report"]
PARTS: dict[Part, tuple[Telling, ...]] = {"exact": EXACT, "scan": ("scan",), "report": ("report",)}
_SPOKEN: dict[Telling, str] = {
    "table": "bảng HTML",
    "nested": "bảng lồng",
    "list": "danh sách",
    "docx": "DOCX",
    "pdf": "PDF có chữ",
    "scan": "bản quét",
    "attributes": "thuộc tính trên trang",
    "report": "tin tường thuật",
}
_FAULT: dict[Outcome, str] = {"right": "ĐÚNG", "wrong": "SAI", "missing": "SÓT", "invented": "THỪA"}


@validated(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class DecisionFloor:
    """What one part must reach; see the file's docstring."""

    part: Part
    right: float
    faultless: tuple[str, ...] = ()
    invented_rows: int = 0
    unmarked: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Fields counted. right: share of all, in [0, 1], None of none. unmarked: wrong without a doubt."""

    fields: int
    right: float | None
    wrong: int
    missing: int
    invented: int
    unmarked: int
    rows: int
    invented_rows: int


_FLOORS = TypeAdapter(tuple[DecisionFloor, ...])


def measure(judged: Sequence[JudgedField]) -> Measured:
    """The counts of some judged fields; lines themselves are counted apart from their fields."""
    fields = [one for one in judged if one.field != "row"]
    rows = [one for one in judged if one.field == "row"]
    outcomes = Counter(one.outcome for one in fields)
    return Measured(
        fields=len(fields),
        right=outcomes["right"] / len(fields) if fields else None,
        wrong=outcomes["wrong"],
        missing=outcomes["missing"],
        invented=outcomes["invented"],
        unmarked=sum(one.outcome == "wrong" and not one.doubted for one in fields),
        rows=sum(one.gold is not None for one in rows),
        invented_rows=sum(one.outcome == "invented" for one in rows),
    )


def part_of(judged: Sequence[JudgedField], part: Part) -> list[JudgedField]:
    """The fields that articles of one part tell."""
    return [one for one in judged if one.telling in PARTS[part]]


def decision_floors(table: Path = TABLE) -> tuple[DecisionFloor, ...]:
    """The floors of reading decisions.

    Raises:
        FloorsError: there are none, or the table is malformed. OSError: it cannot be read.
    """
    try:
        floors = _FLOORS.validate_python(tomllib.loads(table.read_text(encoding="utf-8")).get("decisions", ()))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise FloorsError(f"{table} không đọc được: {error}") from error
    if not floors:
        raise FloorsError(f"{table} chưa có [[decisions]]")
    return floors


def decision_shortfalls(judged: Sequence[JudgedField], floors: Sequence[DecisionFloor]) -> tuple[str, ...]:
    """Where reading falls below its floors, for readers; empty where it holds."""
    found = []
    for floor in floors:
        own = part_of(judged, floor.part)
        measured = measure(own)
        if measured.right is None or measured.right < floor.right:
            found.append(f"{floor.part}: {_share(measured.right)} trường đúng, cần ít nhất {_share(floor.right)}")
        for name in floor.faultless:
            faults = sum(one.field == name and one.outcome != "right" for one in own)
            if faults:
                found.append(f"{floor.part}: {faults} lỗi ở trường {name}, không được có lỗi nào")
        if measured.invented_rows > floor.invented_rows:
            found.append(f"{floor.part}: {measured.invented_rows} dòng bịa ra, cho phép {floor.invented_rows}")
        if floor.unmarked is not None and measured.unmarked > floor.unmarked:
            found.append(f"{floor.part}: {measured.unmarked} trường sai không được đánh dấu, cho phép {floor.unmarked}")
    return tuple(found)


def decisions_table(judged: Sequence[JudgedField]) -> str:
    """By layout, then by field, as Markdown."""
    lines = [
        "| trình bày | bài | dòng | dòng sót | dòng thừa | trường | đúng | sai | sót | thừa | sai không đánh dấu |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for telling in TELLINGS:
        own = [one for one in judged if one.telling == telling]
        if own:
            lines.append(_line(_SPOKEN[telling], own))
    lines.append(_line("tất cả", judged))
    parts: tuple[Part, ...] = ("exact", "scan", "report")
    lines += ["", "| trường | có chữ | bản quét | tin |", "|---|---|---|---|"]
    for name in FIELDS:
        cells = []
        for part in parts:
            own = [one for one in part_of(judged, part) if one.field == name]
            cells.append(f"{sum(one.outcome == 'right' for one in own)}/{len(own)}" if own else "")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def faults(judged: Sequence[JudgedField]) -> str:
    """Every field that is not right, by article."""
    lines, last = [], ""
    for one in judged:
        if one.outcome == "right":
            continue
        if one.path != last:
            lines.append(f"{one.path} ({_SPOKEN[one.telling]})")
            last = one.path
        row = "" if one.row is None else f" [{one.row}]"
        mark = "" if one.outcome != "wrong" else " (có đánh dấu)" if one.doubted else " (không đánh dấu)"
        lines.append(f"  {_FAULT[one.outcome]:5}{row} {one.field}: {one.read!r}, đúng là {one.gold!r}{mark}")
    return "\n".join(lines)


def decisions_record(judged: Sequence[JudgedField]) -> dict[str, object]:
    """The measures and each fault, for machines."""
    return {
        "parts": {part: asdict(measure(part_of(judged, part))) for part in PARTS},
        "layouts": {name: asdict(measure([one for one in judged if one.telling == name])) for name in TELLINGS},
        "faults": [asdict(one) for one in judged if one.outcome != "right"],
    }


def _line(name: str, judged: Sequence[JudgedField]) -> str:
    told, articles = measure(judged), len({one.path for one in judged})
    lost = sum(one.field == "row" and one.outcome == "missing" for one in judged)
    return (
        f"| {name} | {articles} | {told.rows} | {lost} | {told.invented_rows} | {told.fields} | {_share(told.right)} | "
        f"{told.wrong} | {told.missing} | {told.invented} | {told.unmarked} |"
    )


def _share(rate: float | None) -> str:
    return "chưa đo" if rate is None else f"{vietnamese_number(round(100 * rate, 2))} %"
