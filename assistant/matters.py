"""What the rules of the programme settle, as `matters.toml` lists it, and which of it a question is about."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from assistant.wording import places_of, says, standing
from index.law.subjects import Subject

_FILE = Path(__file__).with_name("matters.toml")
_COMMUNE = "xã"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One matter. unit: where Quyết định 26/2026/QĐ-TTg settles it. asks, unless, and the patterns: as in the file."""

    unit: str
    asks: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]
    heading: re.Pattern[str] | None
    clause: re.Pattern[str]
    point: re.Pattern[str] | None
    also: re.Pattern[str] | None
    beside: tuple[str, ...]
    below: float | None
    least: float | None
    undated: bool
    now: bool
    subject: Subject


@cache
def matters() -> tuple[Matter, ...]:
    """The matters of the file, in its order.

    Raises:
        ValueError: the file is no list of matters.
    """
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    phrases: dict[str, list[str]] = told["phrases"]
    return tuple(_matter(one, phrases) for one in told["matter"])


def _matter(one: dict[str, Any], phrases: dict[str, list[str]]) -> Matter:
    unknown = set(one) - {field.name for field in fields(Matter)}
    if unknown:
        raise ValueError(f"{_FILE.name}: {one.get('unit')} has {sorted(unknown)}, which no matter has")

    def pattern(key: str) -> re.Pattern[str] | None:
        return re.compile(one[key], re.IGNORECASE) if key in one else None

    return Matter(
        unit=one["unit"],
        asks=tuple(tuple(_written_out(line, phrases)) for line in one["asks"]),
        unless=tuple(_written_out(one.get("unless", ()), phrases)),
        heading=pattern("heading"),
        clause=re.compile(one["clause"], re.IGNORECASE),
        point=pattern("point"),
        also=pattern("also"),
        beside=tuple(one.get("beside", ())),
        below=one.get("below"),
        least=one.get("least"),
        undated=one.get("undated", False),
        now=one.get("now", False),
        subject=one.get("subject", "procedure"),
    )


def _written_out(line: Sequence[str], phrases: dict[str, list[str]]) -> Iterator[str]:
    for phrase in line:
        if phrase.startswith("$"):
            yield from phrases[phrase[1:]]
        else:
            yield phrase


def matters_asked(words: Sequence[str]) -> tuple[Matter, ...]:
    """The matters a question is about, the one it names by the most words first; () where it names none."""
    said = _said(words)
    found = [
        (_named(words, matter), -place, matter)
        for place, matter in enumerate(matters())
        if said.isdisjoint(matter.unless) and not any(map(said.isdisjoint, matter.asks))
    ]
    return tuple(matter for _, _, matter in sorted(found, key=lambda one: one[:2], reverse=True))


def matters_gone_into(words: Sequence[str], before: Sequence[str], *, anew: bool) -> tuple[Matter, ...]:
    """The matters that a question is about only with the one before it: part of what is asked of it each says, and what
    was said alone asks for none of them, unless the same is asked `anew` (of another star, of something else too)."""
    said, said_before = _said(words), _said(before)
    return tuple(
        matter
        for matter in matters_asked((*words, *before))
        if not all(map(said.isdisjoint, matter.asks)) and (anew or any(map(said_before.isdisjoint, matter.asks)))
    )


def _said(words: Sequence[str]) -> frozenset[str]:
    """The phrases of the file that words say; "bộ" alone means a ministry."""
    found = {
        phrase for at, phrase in standing(words, _phrases()) if phrase != _COMMUNE or not _in_a_name(words, at.start)
    }
    return frozenset(found | ({_MINISTRY} if says(_plain(words), _MINISTRY) else set()))


def _in_a_name(words: Sequence[str], at: int) -> bool:
    """Whether "xã" at a place is part of "hợp tác xã" or of the programme's name."""
    return says(words[max(0, at - 2) : at], "hợp tác") or says(words[max(0, at - 1) : at + 3], "mỗi xã một")


@cache
def _phrases() -> tuple[str, ...]:
    """Every phrase of the file but the one that is looked at by what stands beside it."""
    lines = (line for matter in matters() for line in (*matter.asks, matter.unless))
    return tuple(dict.fromkeys(phrase for line in lines for phrase in line if phrase != _MINISTRY))


def matter_named(unit: str) -> Matter:
    """The matter that a unit of Quyết định 26/2026/QĐ-TTg settles, "Điều 4, khoản 3".

    Raises:
        LookupError: the file has none of that unit.
    """
    for matter in matters():
        if matter.unit == unit:
            return matter
    raise LookupError(f"{_FILE.name} has no matter of {unit}")


def _plain(words: Sequence[str]) -> tuple[str, ...]:
    """The words, with "bộ" left only where it is a ministry: not in "bộ hồ sơ", "mấy bộ", "cán bộ"."""
    return tuple(
        "·"
        if word in ("bộ", "bo")
        and (
            (at and (words[at - 1].isdecimal() or words[at - 1] in _BEFORE_SET))
            or (at + 1 < len(words) and (words[at + 1].isdecimal() or words[at + 1] in _AFTER_SET))
        )
        else word
        for at, word in enumerate(words)
    )


_MINISTRY = "bộ"
_BEFORE_SET = frozenset("cán mấy nhiêu toàn một hai ba các những can may nhieu toan mot cac nhung".split())
_AFTER_SET = frozenset(
    "hồ tài tiêu giấy sản số máy phận nào mấy gì sưu ho tai tieu giay san so may phan nao gi suu điện dien môn".split()
)


def _named(words: Sequence[str], matter: Matter) -> tuple[int, int]:
    """How many lines of a matter a question answers to, and how many of its words do."""
    places = {at for line in matter.asks for place in places_of(words, line) for at in place}
    return len(matter.asks), len(places)
