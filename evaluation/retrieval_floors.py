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


def _number(value: float) -> str:
    return f"{value:.4f}".replace(".", ",")
