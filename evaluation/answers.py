"""Answers measured: are the right values said, with the right page cited, and is silence kept where it must be?

A question file is TOML: `[[question]]` tables, of which every other key is optional.

question     as it is asked
kind         what kind of question it is; rates are also given by kind
status       the right status. Of "answered" and "partial" the corpus has an answer, of all others it has none
accept       other right statuses
expect       strings the text must hold, compared without case, a number only as a whole number
expect_any   lists of such strings; of each list one must be held ([["62", "sáu mươi hai"]])
forbid       strings the text must not hold, compared likewise
notice       strings of which each must stand in some notice, compared likewise
article      path and query of the page that must be cited
or_articles  other right pages
after        questions asked before it in the same conversation
as_of        the day it is asked on, instead of the run's
shown, since, note   for whoever reads the file; nothing is judged by them

A file with any other key is refused, so that a slip in a key cannot pass for a question without that demand.
"""

import re
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config
from tqdm import tqdm

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.check import answer_faults
from evaluation.bounds import upper_bound, wilson
from evaluation.citations import Citing, citing, page_path
from index.search import Searcher

ANSWERS = ("answered", "partial")


class Asker(Protocol):
    """Whoever answers: `assistant.ask.Assistant` here, `evaluation.remote.RemoteAssistant` over HTTP."""

    def ask(self, question: str, *, conversation: str | None = None, as_of: date | None = None) -> Answer:
        """Answer one question."""
        ...


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of a file and what a right answer holds; the fields are the keys described above."""

    question: str
    kind: str
    status: str
    expect: tuple[str, ...] = ()
    expect_any: tuple[tuple[str, ...], ...] = ()
    forbid: tuple[str, ...] = ()
    notice: tuple[str, ...] = ()
    article: str | None = None
    accept: tuple[str, ...] = ()
    or_articles: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    as_of: date | None = None
    shown: bool = False
    since: int = 1
    note: str = ""

    @property
    def pages(self) -> frozenset[str]:
        """The right pages, or none where the file names none."""
        return frozenset(page for page in (self.article, *self.or_articles) if page)

    @property
    def answerable(self) -> bool:
        """Whether the corpus has an answer."""
        return self.status in ANSWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one question went: `faults` is empty for a right answer; `violations` are breaks of the answer's contract.

    values: whether the status and all that is said are right, whatever is cited. paged: whether a right page is cited,
    None where the file names none. citing: of its claims and citations. ms: how long the answer took.
    """

    asked: Asked
    answer: Answer
    faults: tuple[str, ...]
    violations: tuple[str, ...]
    values: bool = True
    paged: bool | None = None
    citing: Citing = field(default_factory=Citing)
    ms: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What question files measured. Rates are None where nothing of that kind was asked or said.

    accuracy: status, values, notices and page right among those that have an answer; values: the same whatever page is
    cited, with Wilson's 95 % interval values_low to values_high. false_answer_rate: answered or partly answered among
    those that have none, where the question does not accept it; false_answer_upper: its one-sided 95 % bound (Clopper
    and Pearson). over_refusal_rate: neither, among those that have an answer. answerable, unanswerable: how many these
    rates are of.
    citation_precision: the share of `citations` that support their claim, among answers to answerable questions;
    citation_recall: the share of their `claims` supported; page_recall: the share of `paged` answerable questions,
    those whose file names a page, with a right page cited.
    p50_ms, p95_ms: milliseconds of one question.
    """

    questions: int
    right: int
    answerable: int
    unanswerable: int
    accuracy: float | None
    values: float | None = None
    values_low: float = 0.0
    values_high: float = 1.0
    false_answer_rate: float | None
    false_answer_upper: float = 1.0
    over_refusal_rate: float | None
    citations: int = 0
    citation_precision: float | None = None
    claims: int = 0
    citation_recall: float | None = None
    paged: int = 0
    page_recall: float | None = None
    violations: int
    p50_ms: float
    p95_ms: float


_FILE = TypeAdapter(dict[str, tuple[Asked, ...]])
# "02 đợt" and "04/7/2026", not "0,5" or "1.048" or "10.002"
_LEADING_ZERO = re.compile(r"(?<![\d.,])0+(?=[1-9]\d*(?![.,]?\d))")
_BEFORE_PERCENT = re.compile(r"(?<=\d)\s(?=%)")


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
    """Whether an answer is right: status, values, notices, page cited, contract."""
    faults: list[str] = []
    expected = answer.status in (asked.status, *asked.accept)
    if expected:
        faults += _misworded(asked, answer)
    else:
        faults.append(f"status {answer.status}, expected {asked.status}")
    values = not faults
    cited = {page_path(citation.url or "") for citation in answer.citations}
    paged = bool(cited & asked.pages) if asked.pages else None
    if expected and answer.status in ANSWERS and paged is False:
        faults.append(f"cites {sorted(cited)}, expected {sorted(asked.pages)}")
    return Outcome(
        asked=asked,
        answer=answer,
        faults=tuple(faults),
        violations=tuple(answer_faults(answer)),
        values=values,
        paged=paged,
        citing=citing(answer, asked.pages),
    )


def _misworded(asked: Asked, answer: Answer) -> list[str]:
    """What an answer of a right status does not say, or says though it must not."""
    said = answer.text.casefold()
    faults = []
    if answer.status in ANSWERS:
        faults += [f"{value!r} is not said" for value in asked.expect if not says_value(said, value)]
        faults += [
            f"none of {list(values)} is said"
            for values in asked.expect_any
            if not any(says_value(said, value) for value in values)
        ]
    faults += [f"{value!r} is said" for value in asked.forbid if says_value(said, value)]
    notices = [notice.casefold() for notice in answer.notices]
    faults += [
        f"{value!r} is in no notice"
        for value in asked.notice
        if not any(says_value(notice, value) for notice in notices)
    ]
    return faults


def run(
    questions: Sequence[Asked], asker: Asker, on: date | None = None, *, progress: bool = False
) -> tuple[Report, tuple[Outcome, ...]]:
    """Ask every question, in order, each in a conversation of its own, on its own day or else `on`."""
    outcomes: list[Outcome] = []
    for asked in tqdm(questions, desc="Hỏi", unit="câu", disable=not progress, leave=False):
        day = asked.as_of or on
        conversation = None
        for earlier in asked.after:
            conversation = asker.ask(earlier, conversation=conversation, as_of=day).conversation
        started = time.perf_counter()
        answer = asker.ask(asked.question, conversation=conversation, as_of=day)
        took = (time.perf_counter() - started) * 1000
        outcomes.append(replace(judge(asked, answer), ms=took))
    return summarise(outcomes, [outcome.ms for outcome in outcomes]), tuple(outcomes)


def summarise(outcomes: Sequence[Outcome], times: Sequence[float]) -> Report:
    """The rates over all outcomes; `times` in milliseconds, one an outcome."""
    answerable = [outcome for outcome in outcomes if outcome.asked.answerable]
    hopeless = [outcome for outcome in outcomes if not outcome.asked.answerable]
    false = [answers_falsely(outcome) for outcome in hopeless]
    given = [outcome.citing for outcome in answerable if outcome.answer.status in ANSWERS]
    citations, claims = sum(one.citations for one in given), sum(one.claims for one in given)
    paged = [outcome.paged for outcome in answerable if outcome.paged is not None]
    low, high = wilson(sum(outcome.values for outcome in answerable), len(answerable))
    ordered = sorted(times)
    return Report(
        questions=len(outcomes),
        right=sum(not outcome.faults for outcome in outcomes),
        answerable=len(answerable),
        unanswerable=len(hopeless),
        accuracy=_share([not outcome.faults for outcome in answerable]),
        values=_share([outcome.values for outcome in answerable]),
        values_low=round(low, 4),
        values_high=round(high, 4),
        false_answer_rate=_share(false),
        false_answer_upper=round(upper_bound(sum(false), len(false)), 4),
        over_refusal_rate=_share([outcome.answer.status not in ANSWERS for outcome in answerable]),
        citations=citations,
        citation_precision=round(sum(one.supporting for one in given) / citations, 4) if citations else None,
        claims=claims,
        citation_recall=round(sum(one.supported for one in given) / claims, 4) if claims else None,
        paged=len(paged),
        page_recall=_share(paged),
        violations=sum(len(outcome.violations) for outcome in outcomes),
        p50_ms=round(ordered[len(ordered) // 2], 1) if ordered else 0.0,
        p95_ms=round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 1) if ordered else 0.0,
    )


def answers_falsely(outcome: Outcome) -> bool:
    """Whether a question without an answer got one that it does not accept, or one that says what is forbidden."""
    answer, asked = outcome.answer, outcome.asked
    if asked.answerable or answer.status not in ANSWERS:
        return False
    return answer.status not in asked.accept or bool(outcome.faults)


def says_value(said: str, value: str) -> bool:
    """Whether a text in small letters holds a value: "62" stands in "62 sản phẩm", not in "162", "62,5" or "1.062".

    Numbers and days are compared by value: "2 đợt" stands in "02 đợt", "4/7/2026" in "04/7/2026", "74%" in "74 %".
    """
    value, said = (_BEFORE_PERCENT.sub("", one) for one in (value.casefold(), said))
    value = _LEADING_ZERO.sub("", value)
    before = r"(?<!\d)(?<!\d[.,])" if value[:1].isdigit() else ""
    after = r"(?!\d)(?![.,]\d)" if value[-1:].isdigit() else ""
    return re.search(before + re.escape(value) + after, _LEADING_ZERO.sub("", said)) is not None


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 4) if hits else None
