"""Floors: what answers to a question file must reach, pinned with the file's digest so that neither moves unseen.

Those of search (`evaluation.retrieval_floors`) and near misses (`evaluation.near_miss_floors`) stand in the same table.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.answer import vietnamese_number
from evaluation.answers import Report

TABLE = Path(__file__).resolve().parent / "floors.toml"
ROOT = TABLE.parent.parent


class FloorsError(Exception):
    """There are no floors for a question file as it is; the message says what to write where, in Vietnamese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """What one question file must reach.

    file: path from the root of the project. sha256: of the file. as_of: the day its answers were written for.
    accuracy: at least, in [0, 1]. false_answer_rate, over_refusal_rate: at most, in [0, 1]. violations: at most.
    citation_precision, citation_recall: at least, in [0, 1]. What the table leaves out is not asked for: a file may
    hold only questions without an answer, or none.
    """

    file: str
    sha256: str
    as_of: date
    accuracy: float | None = None
    false_answer_rate: float | None = None
    over_refusal_rate: float | None = None
    violations: int = 0
    citation_precision: float | None = None
    citation_recall: float | None = None


_TABLE = TypeAdapter(tuple[Floor, ...])


def floor_of(questions: Path, table: Path = TABLE) -> Floor:
    """The floor of a question file.

    Raises:
        FloorsError: the table has none for it, the file is not the one it was set for, or the table is malformed.
        OSError: one of the two cannot be read.
    """
    try:
        floors = _TABLE.validate_python(tomllib.loads(table.read_text(encoding="utf-8")).get("floor", ()))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise FloorsError(f"{table} không đọc được: {error}") from error
    digest = hashlib.sha256(questions.read_bytes()).hexdigest()
    name = _name(questions)
    for floor in floors:
        if floor.file == name:
            if floor.sha256 == digest:
                return floor
            raise FloorsError(
                f"{name} đã đổi (sha256 {digest[:12]}…, sàn đặt cho {floor.sha256[:12]}…). Chạy lại không có --gate, "
                f'xem từng câu sai, rồi ghi sàn mới và sha256 = "{digest}" vào {table}'
            )
    raise FloorsError(f'{table} chưa có sàn cho {name}; thêm một bảng [[floor]] với sha256 = "{digest}"')


def shortfalls(report: Report, floor: Floor) -> tuple[str, ...]:
    """Where a report falls below its floor, for readers; empty where it holds. A rate nobody measured falls short."""
    found = []
    for label, rate, least in (
        ("trả lời đúng", report.accuracy, floor.accuracy),
        ("nguồn dẫn đỡ được ý", report.citation_precision, floor.citation_precision),
        ("ý được nguồn đỡ trọn", report.citation_recall, floor.citation_recall),
    ):
        if least is not None and (rate is None or rate < least):
            found.append(f"{label} {_percent(rate)}, cần ít nhất {_percent(least)}")
    for label, rate, most in (
        ("trả lời dù kho không có", report.false_answer_rate, floor.false_answer_rate),
        ("kho có mà không trả lời", report.over_refusal_rate, floor.over_refusal_rate),
    ):
        if most is not None and (rate is None or rate > most):
            found.append(f"{label} {_percent(rate)}, cho phép nhiều nhất {_percent(most)}")
    if report.violations > floor.violations:
        found.append(f"{report.violations} chỗ phá giao kèo dẫn nguồn, cho phép {floor.violations}")
    return tuple(found)


def _percent(rate: float | None) -> str:
    return "chưa đo" if rate is None else f"{vietnamese_number(100 * rate)} %"


def _name(path: Path) -> str:
    resolved = path.resolve()
    return resolved.relative_to(ROOT).as_posix() if resolved.is_relative_to(ROOT) else str(resolved)
