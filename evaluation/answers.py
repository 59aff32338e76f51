"""Answers measured: are the right values said, with the right page cited, and is silence kept where it must be?

A question file is TOML: `[[question]]` tables with `question`, `kind`, `status`, `expect` (strings the text must hold,
compared without case, a number only as a whole number), `article` (path and query of the page that must be cited), and
optionally `accept` (other right statuses), `or_articles` (other right pages) and `after` (questions asked before it in
the same conversation).
"""

import re
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError
from tqdm import tqdm

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.check import answer_faults
from index.search import Searcher

ANSWERS = ("answered", "partial")


class Asker(Protocol):
    """Whoever answers: `assistant.ask.Assistant` here, `evaluation.remote.RemoteAssistant` over HTTP."""

    def ask(self, question: str, *, conversation: str | None = None, as_of: date | None = None) -> Answer:
        """Answer one question."""
        ...


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

    accuracy: right among those that have an answer. false_answer_rate: answered or partly answered among those that
    have none, where the question does not accept it. over_refusal_rate: neither, among those that have an answer.
    answerable, unanswerable: how many these rates are of. p50_ms, p95_ms: milliseconds of one question.
    """

    questions: int
    right: int
    answerable: int
    unanswerable: int
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
        ValueError: it is no TOML of the form above, or holds no question.
        OSError: it cannot be read.
    """
    try:
        questions = _FILE.validate_python(tomllib.loads(path.read_text(encoding="utf-8"))).get("question", ())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise ValueError(f"{path} is no question file: {error}") from error
    if not questions:
        raise ValueError(f"{path} holds no [[question]]; expected at least one")
    return questions


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
    elif answer.status in ANSWERS:
        said = answer.text.casefold()
        faults += [f"{value!r} is not said" for value in asked.expect if not _says(said, value.casefold())]
        cited = {_path(citation.url or "") for citation in answer.citations}
        right = {path for path in (asked.article, *asked.or_articles) if path}
        if right and not cited & right:
            faults.append(f"cites {sorted(cited)}, expected {sorted(right)}")
    return Outcome(asked=asked, answer=answer, faults=tuple(faults), violations=tuple(answer_faults(answer)))


def run(
    questions: Sequence[Asked], asker: Asker, on: date | None = None, *, progress: bool = False
) -> tuple[Report, tuple[Outcome, ...]]:
    """Ask every question, in order, each in a conversation of its own."""
    outcomes: list[Outcome] = []
    times: list[float] = []
    for asked in tqdm(questions, desc="Hỏi", unit="câu", disable=not progress, leave=False):
        conversation = None
        for earlier in asked.after:
            conversation = asker.ask(earlier, conversation=conversation, as_of=on).conversation
        started = time.perf_counter()
        answer = asker.ask(asked.question, conversation=conversation, as_of=on)
        times.append((time.perf_counter() - started) * 1000)
        outcomes.append(judge(asked, answer))
    return summarise(outcomes, times), tuple(outcomes)


def summarise(outcomes: Sequence[Outcome], times: Sequence[float]) -> Report:
    """The rates over all outcomes; `times` in milliseconds, one an outcome."""
    answerable = [outcome for outcome in outcomes if outcome.asked.status in ANSWERS]
    hopeless = [outcome for outcome in outcomes if outcome.asked.status not in ANSWERS]
    ordered = sorted(times)
    return Report(
        questions=len(outcomes),
        right=sum(not outcome.faults for outcome in outcomes),
        answerable=len(answerable),
        unanswerable=len(hopeless),
        accuracy=_share([not outcome.faults for outcome in answerable]),
        false_answer_rate=_share(
            [
                outcome.answer.status in ANSWERS and outcome.answer.status not in outcome.asked.accept
                for outcome in hopeless
            ]
        ),
        over_refusal_rate=_share([outcome.answer.status not in ANSWERS for outcome in answerable]),
        violations=sum(len(outcome.violations) for outcome in outcomes),
        p50_ms=round(ordered[len(ordered) // 2], 1) if ordered else 0.0,
        p95_ms=round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 1) if ordered else 0.0,
    )


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _says(said: str, value: str) -> bool:
    """Whether a text holds a value: "62" stands in "62 sản phẩm", not in "162" nor in "62,5" or "1.062"."""
    before = r"(?<!\d)(?<!\d[.,])" if value[:1].isdigit() else ""
    after = r"(?!\d)(?![.,]\d)" if value[-1:].isdigit() else ""
    return re.search(before + re.escape(value) + after, said) is not None


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 4) if hits else None
