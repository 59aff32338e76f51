"""Answers about the law at a date measured: the gold cases of `law.toml` asked as their questions, whole.

A case is right where the answer names just the rules expected, each alternative in its line; says what a right reason
cannot leave out; says no document's state wrongly, and that of each one the question names; gives the days asked for,
counted ones as counted; says "chưa xác định" where it is, and only there; and keeps the contract of claims.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as validated
from tqdm import tqdm

from assistant.answer import Answer
from assistant.check import answer_faults
from assistant.regime import APPLIES, CERTAIN
from evaluation.answers import Asker
from index.law.address import find_document_numbers
from index.law.documents import Status
from index.law.in_force import Outcome
from index.law.subjects import Subject
from index.law.transitions import Dossier

# The day the cases are asked on, after all they are about.
ASKED_ON = date(2026, 11, 28)
Half = Literal["development", "report"]


@validated(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Case:
    """A gold case, as `law.toml` describes it."""

    id: str
    on: date
    subject: Subject
    outcome: Outcome
    rules: tuple[tuple[str, ...], ...]
    why: tuple[str, ...]
    question: str
    state: dict[str, Status] = field(default_factory=dict)
    until: date | None = None
    since: date | None = None
    computed: bool = False
    filed: date | None = None
    dossier: Dossier | None = None
    star: int | None = None

    @property
    def half(self) -> Half:
        """The half of the cases it belongs to, drawn by its name: one was worked with, one only measured."""
        return "development" if sha256(self.id.encode()).digest()[0] % 2 == 0 else "report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A case with its answer and all that is wrong with it."""

    case: Case
    answer: Answer
    faults: tuple[str, ...]


_CASES = TypeAdapter(tuple[Case, ...])
_RULE_LINE = re.compile(rf"(?:^|: ){APPLIES} |^{CERTAIN}: ", re.IGNORECASE)
_STATE_LINE = re.compile(
    r"(?P<lapsed>hết hiệu lực|giai đoạn .*nay đã qua)|(?P<begun>có hiệu lực từ|ký ngày)", re.IGNORECASE
)


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a file.

    Raises:
        ValueError: it is no TOML of the form `law.toml` describes.
        OSError: it cannot be read.
    """
    try:
        return _CASES.validate_python(tomllib.loads(path.read_text(encoding="utf-8")).get("case", ()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise ValueError(f"{path} is no file of law cases: {error}") from error


def ask_cases(cases: Sequence[Case], asker: Asker, *, progress: bool = False) -> tuple[Judged, ...]:
    """Every case asked in a conversation of its own, and judged."""
    return tuple(
        Judged(case=case, answer=answer, faults=tuple(faults(case, answer)))
        for case in tqdm(cases, desc="Hỏi", unit="câu", disable=not progress, leave=False)
        for answer in [asker.ask(case.question, as_of=ASKED_ON)]
    )


def faults(case: Case, answer: Answer) -> list[str]:
    """All that is wrong with the answer to a case; empty where it is right."""
    found = list(answer_faults(answer))
    if answer.status not in ("answered", "partial"):
        return [*found, f"status {answer.status}"]
    lines = [re.sub(r"(?: \[\d+\])+$", "", line) for line in answer.text.split("\n")]
    named = [tuple(number.label for number in find_document_numbers(line)) for line in lines if _RULE_LINE.search(line)]
    if named != list(case.rules):
        found.append(f"rules {named}, expected {list(case.rules)}")
    said = "\n".join((*lines, *answer.notices))
    found += [f"{words!r} is not said" for words in case.why if words.lower() not in said.lower()]
    undetermined = "chưa xác định được" in said.lower() or "kho không giữ văn bản nào về" in said.lower()
    if undetermined != (case.outcome == "undetermined") and not _another_is_doubtful(case):
        found.append(f"{'' if undetermined else 'not '}said to be undetermined, the case is {case.outcome}")
    found += _state_faults(case, lines, answer.notices)
    for name, day in (("until", case.until), ("since", case.since)):
        if day is None:
            continue
        printed = f"{day.day}/{day.month}/{day.year}"
        telling = [line for line in (*lines, *answer.notices) if printed in line]
        if not telling:
            found.append(f"{name} {printed} is not said")
        elif case.computed and not any("tự tính" in line or "do đếm mà ra" in line for line in telling):
            found.append(f"{name} {printed} is not said to be counted")
    return found


def _another_is_doubtful(case: Case) -> bool:
    """Whether some document of the case is in doubt though its rule is not."""
    return any(status in ("doubtful", "unknown") for status in case.state.values())


def _state_faults(case: Case, lines: Sequence[str], notices: Sequence[str]) -> list[str]:
    """The states told that are not those of the case, and those of documents the question names that are not told."""
    found = []
    asked = {number.label for number in find_document_numbers(case.question)}
    for label, status in case.state.items():
        (number,) = find_document_numbers(label)
        told = {
            state
            for line in (*lines, *notices)
            for first in find_document_numbers(line)[:1]
            if first.matches(number) and (state := _state_said(line, case.on)) is not None
        }
        amending = [line for line in lines if any(n.matches(number) for n in find_document_numbers(line)[1:])]
        if any(re.search(r"được sửa đổi bằng .* từ \d", line) for line in amending):
            told.add("in_force")
        named = [other for other in find_document_numbers(case.question) if other.matches(number)]
        if named and not told and asked:
            found.append(f"the state of {label} is not said")
        elif told - {status}:
            found.append(f"{label} is said to be {sorted(told)}, expected {status}")
    return found


def _state_said(line: str, on: date) -> Status | None:
    """The state that a line tells of the document it begins with, on the day; None where it tells none."""
    if "do đếm mà ra" in line:
        return "doubtful"
    if "không cho biết" in line:
        return "unknown"
    match = _STATE_LINE.search(line)
    if match is None:
        return None
    day = re.search(r"(\d{1,2})/(\d{1,2})/(\d{4})", line[match.end() :])
    if day is None:
        return "lapsed" if match["lapsed"] else None
    told = date(int(day[3]), int(day[2]), int(day[1]))
    if told == on and "tự tính" in line:
        return "doubtful"
    if match["lapsed"]:
        return "lapsed" if told <= on else "in_force"
    return "in_force" if told <= on else "not_yet"


def law_table(judged: Sequence[Judged]) -> str:
    """Right cases by half and by outcome, as Markdown, then each wrong one with what is wrong."""
    lines = ["| nửa | đúng | số ca |", "|---|---|---|"]
    names: dict[Half, str] = {"development": "đã dùng để làm", "report": "chỉ để đo"}
    for half, name in names.items():
        own = [one for one in judged if one.case.half == half]
        if own:
            lines.append(f"| {name} | {sum(not one.faults for one in own)} | {len(own)} |")
    wrong = [
        f"SAI  {one.case.id}: {one.case.question}\n     " + "\n     ".join((*one.faults, one.answer.text))
        for one in judged
        if one.faults
    ]
    return "\n".join(lines) + ("\n\n" + "\n\n".join(wrong) if wrong else "")


def law_record(judged: Sequence[Judged]) -> dict[str, object]:
    """The same for machines."""
    return {
        "cases": len(judged),
        "right": sum(not one.faults for one in judged),
        "asked_on": ASKED_ON.isoformat(),
        "wrong": [{"id": one.case.id, "half": one.case.half, "faults": one.faults} for one in judged if one.faults],
    }
