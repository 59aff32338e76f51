"""Answers measured: are the right values said, with the right page cited, and is silence kept where it must be?

A question file is TOML: `[[question]]` tables with `question`, `kind`, `status`, `expect` (strings the text must hold,
compared without case), `article` (path of the page that must be cited), and optionally `accept` (other right
statuses), `or_articles` (other right pages) and `after` (questions asked before it in the same conversation).
"""

import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.check import answer_faults
from index.search import Searcher

Ask = Callable[[str, str | None], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of a file and what a right answer holds."""

    question: str
    kind: str
    status: str
    expect: tuple[str, ...] = ()
    article: str | None = None
    accept: tuple[str, ...] = ()
    or_articles: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    shown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one question went: `faults` is empty for a right answer; `violations` are breaks of the answer's contract."""

    asked: Asked
    answer: Answer
    faults: tuple[str, ...]
    violations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a question file measured. Rates are None where no question of that kind was asked.

    accuracy: right among those that have an answer. false_answer_rate: answered among those that have none.
    over_refusal_rate: not answered among those that have an answer. latency in milliseconds.
    """

    questions: int
    right: int
    accuracy: float | None
    false_answer_rate: float | None
    over_refusal_rate: float | None
    violations: int
    p50_ms: float
    p95_ms: float


_FILE = TypeAdapter(dict[str, tuple[Asked, ...]])


def read_questions(path: Path) -> tuple[Asked, ...]:
    """The questions of a file.

    Raises:
        ValueError: it is no TOML of the form above (pydantic's ValidationError says where).
        OSError: it cannot be read.
    """
    return _FILE.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))["question"]


def assistant_over(data: Path) -> Assistant:
    """The assistant over a data folder, warmed up."""
    assistant = Assistant(data, Searcher.open(data))
    assistant.warm()
    return assistant


def judge(asked: Asked, answer: Answer) -> Outcome:
    """Whether an answer is right: status, values, page cited, contract."""
    faults: list[str] = []
    if answer.status not in (asked.status, *asked.accept):
        faults.append(f"status {answer.status}, expected {asked.status}")
    elif answer.status in ("answered", "partial"):
        said = answer.text.casefold()
        faults += [f"{value!r} is not said" for value in asked.expect if value.casefold() not in said]
        cited = {urlsplit(citation.url or "").path for citation in answer.citations}
        right = {path for path in (asked.article, *asked.or_articles) if path}
        if right and not cited & right:
            faults.append(f"cites {sorted(cited)}, expected {sorted(right)}")
    return Outcome(asked=asked, answer=answer, faults=tuple(faults), violations=tuple(answer_faults(answer)))


def run(questions: Sequence[Asked], assistant: Assistant, on: date | None = None) -> tuple[Report, tuple[Outcome, ...]]:
    """Ask every question, in order, each in a conversation of its own."""
    outcomes: list[Outcome] = []
    times: list[float] = []
    for asked in questions:
        conversation = None
        for earlier in asked.after:
            conversation = assistant.ask(earlier, conversation=conversation, as_of=on).conversation
        started = time.perf_counter()
        answer = assistant.ask(asked.question, conversation=conversation, as_of=on)
        times.append((time.perf_counter() - started) * 1000)
        outcomes.append(judge(asked, answer))
    return summarise(outcomes, times), tuple(outcomes)


def summarise(outcomes: Sequence[Outcome], times: Sequence[float]) -> Report:
    """The rates over all outcomes."""
    answerable = [outcome for outcome in outcomes if outcome.asked.status in ("answered", "partial")]
    hopeless = [outcome for outcome in outcomes if outcome.asked.status not in ("answered", "partial")]
    ordered = sorted(times)
    return Report(
        questions=len(outcomes),
        right=sum(not outcome.faults for outcome in outcomes),
        accuracy=_share([not outcome.faults for outcome in answerable]),
        false_answer_rate=_share([outcome.answer.status == "answered" for outcome in hopeless]),
        over_refusal_rate=_share([outcome.answer.status not in ("answered", "partial") for outcome in answerable]),
        violations=sum(len(outcome.violations) for outcome in outcomes),
        p50_ms=round(ordered[len(ordered) // 2], 1) if ordered else 0.0,
        p95_ms=round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 1) if ordered else 0.0,
    )


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 4) if hits else None
