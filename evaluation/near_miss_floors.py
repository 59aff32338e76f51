"""Ceilings of near misses: how many false answers there may be, pinned with the number and seed they are made with.

In `evaluation/floors.toml`, a table `[[near_misses]]` each:

    count = 1200            # near misses of the demo corpus
    seed = 20261128
    as_of = 2026-11-22      # the day they are asked on
    [near_misses.false_answers]
    district = 3            # what was swapped -> false answers, at most; a swap not named may have none
"""

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as validated

from evaluation.floors import TABLE, FloorsError
from evaluation.near_miss_judge import Tried, by_swap
from evaluation.near_misses import Swap


@validated(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class NearMissFloor:
    """What so many near misses may come to at most; see the file's docstring. broken: refused or failed on."""

    count: int
    seed: int
    as_of: date
    false_answers: dict[Swap, int] = Field(default_factory=dict)
    broken: int = 0


_TABLE = TypeAdapter(tuple[NearMissFloor, ...])


def near_miss_floor(count: int, seed: int, table: Path = TABLE) -> NearMissFloor:
    """The ceilings of so many near misses.

    Raises:
        FloorsError: the table has none for that number and seed, or is malformed.
        OSError: the table cannot be read.
    """
    try:
        floors = _TABLE.validate_python(tomllib.loads(table.read_text(encoding="utf-8")).get("near_misses", ()))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise FloorsError(f"{table} không đọc được: {error}") from error
    for floor in floors:
        if (floor.count, floor.seed) == (count, seed):
            return floor
    raise FloorsError(f"{table} chưa có [[near_misses]] với count = {count} và seed = {seed}")


def near_miss_shortfalls(tried: Sequence[Tried], floor: NearMissFloor) -> tuple[str, ...]:
    """Where there are more false or broken answers than allowed, for readers; empty where all holds."""
    found = []
    for swap, told in by_swap(tried).items():
        most = floor.false_answers.get(swap, 0)
        if told.false > most:
            found.append(f"câu đổi {swap}: trả lời sai {told.false}/{told.count}, cho phép {most}")
    broken = sum(item.response == "broken" for item in tried)
    if broken > floor.broken:
        found.append(f"{broken} câu bị từ chối hoặc lỗi, cho phép {floor.broken}")
    return tuple(found)
