"""Floors of search: what a set must reach, pinned with the digests of its questions and its corpus.

In `evaluation/floors.toml`, a table `[[retrieval]]` each:

    set = "own"                 # name of the set
    sha256 = "…"                # of its question file (of a public set all its files)
    corpus = "…"                # of its corpus
    half = "report"             # the half the floors are of; "all" for both
    ranking = "fused"
    [retrieval.floors.plain]    # a way of typing; at least so much of each metric
    "ndcg@10" = 0.9
"""

import math
import re
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as validated

from evaluation.floors import TABLE, FloorsError
from evaluation.metrics import REPORTED
from evaluation.question_set import QuestionSet
from evaluation.retrieval import Measured, Ranking
from evaluation.retrieval_report import figures_of
from evaluation.typed import Typing

# A floor lies so much below what was measured: room for another machine's rounding and for scans not read.
MARGIN = 0.015


@validated(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class RetrievalFloor:
    """What one set must reach; see the file's docstring. floors: typing -> metric -> at least, in [0, 1]."""

    set: str
    sha256: str
    corpus: str
    half: Literal["development", "report", "all"]
    ranking: Ranking
    floors: dict[Typing, dict[str, float]]


_TABLE = TypeAdapter(tuple[RetrievalFloor, ...])


def retrieval_floor(asked: QuestionSet, table: Path = TABLE) -> RetrievalFloor:
    """The floors of a set.

    Raises:
        FloorsError: the table has none for it, questions or corpus are not those they were set for, or it is malformed.
        OSError: the table cannot be read.
    """
    try:
        floors = _TABLE.validate_python(tomllib.loads(table.read_text(encoding="utf-8")).get("retrieval", ()))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise FloorsError(f"{table} không đọc được: {error}") from error
    digests = f'sha256 = "{asked.sha256}", corpus = "{asked.corpus}"'
    for floor in floors:
        unknown = sorted({metric for wanted in floor.floors.values() for metric in wanted} - set(REPORTED))
        if unknown:
            raise FloorsError(f"{table}: bộ {floor.set} có số đo lạ {unknown}; đo được {', '.join(REPORTED)}")
        if floor.set != asked.name:
            continue
        for what, pinned, found in (
            ("câu hỏi", floor.sha256, asked.sha256),
            ("kho", floor.corpus, asked.corpus),
        ):
            if pinned != found:
                raise FloorsError(
                    f"{what} của bộ {asked.name} đã đổi ({found[:12]}…, sàn đặt cho {pinned[:12]}…). Chạy lại không có "
                    f"--gate, xem kết quả, rồi ghi sàn mới và {digests} vào {table}"
                )
        return floor
    raise FloorsError(f"{table} chưa có sàn cho bộ {asked.name}; thêm một bảng [[retrieval]] với {digests}")


def retrieval_shortfalls(measured: Measured, floor: RetrievalFloor) -> tuple[str, ...]:
    """Where a measurement falls below its floors, for readers; what was not measured falls short."""
    means = {scores.typing: figures_of(scores) for scores in measured.scores if scores.ranking == floor.ranking}
    found: list[str] = []
    for typing, wanted in floor.floors.items():
        for metric, least in wanted.items():
            mean = means[typing][metric].mean if typing in means else None
            if mean is None or mean < least:
                said = "chưa đo" if mean is None else _number(mean)
                found.append(f"{floor.set}, {floor.ranking}, {typing}: {metric} {said}, cần ít nhất {_number(least)}")
    return tuple(found)


def set_floors(measured: Measured, table: Path = TABLE, *, lower: bool = False) -> tuple[str, ...]:
    """Write the floors of a set anew, `MARGIN` below what was measured, with the digests of today; what changed.

    The typings and metrics stay those of the table, as do its comments. lower: whether floors may fall; without it
    those that would keep their number.

    Raises:
        FloorsError: the table has no floors for the set, or has them in a form that cannot be edited line by line.
        ValueError: a typing or ranking with a floor was not measured.
    """
    blocks = re.split(r"(?m)^(?=\[\[)", table.read_text(encoding="utf-8"))
    named = re.compile(rf'(?m)^set = "{re.escape(measured.set.name)}"$')
    place = next((at for at, block in enumerate(blocks) if named.search(block)), None)
    if place is None:
        raise FloorsError(f"{table} chưa có sàn cho bộ {measured.set.name}")
    (floor,) = _TABLE.validate_python(tomllib.loads(blocks[place])["retrieval"])
    block, changes = blocks[place], []
    for key in ("sha256", "corpus"):
        former, now = getattr(floor, key), getattr(measured.set, key)
        if former != now:
            block = block.replace(f'{key} = "{former}"', f'{key} = "{now}"')
            changes.append(f"{key}: {former[:12]}… → {now[:12]}…")
    wanted = {typing: dict(metrics) for typing, metrics in floor.floors.items()}
    means = {scores.typing: figures_of(scores) for scores in measured.scores if scores.ranking == floor.ranking}
    for typing, metrics in floor.floors.items():
        if typing not in means:
            raise ValueError(f"bộ {floor.set} có sàn cho {floor.ranking}, {typing} mà lần này chưa đo")
        for metric, before in metrics.items():
            least = max(0.0, math.floor((means[typing][metric].mean - MARGIN) * 1000) / 1000)
            if least < before and not lower:
                changes.append(f"{typing}: {metric} giữ {before} (đo thấp hơn; muốn hạ thì thêm --lower)")
            elif least != before:
                wanted[typing][metric] = least
                changes.append(f"{typing}: {metric} {before} → {least}")
        line = ", ".join(f'"{metric}" = {least}' for metric, least in wanted[typing].items())
        block = re.sub(rf"(?m)^{typing} = \{{.*\}}$", f"{typing} = {{ {line} }}", block)
    (written,) = _TABLE.validate_python(tomllib.loads(block)["retrieval"])
    if written.floors != wanted:
        raise FloorsError(f'{table}: viết sàn của bộ {floor.set} thành từng dòng như plain = {{ "ndcg@10" = 0.9 }}')
    blocks[place] = block
    table.write_text("".join(blocks), encoding="utf-8")
    return tuple(changes)


def _number(value: float) -> str:
    return f"{value:.4f}".replace(".", ",")
