"""The log of questions as the operator reads it: per day, how fast, and what went unanswered or displeased, grouped."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from assistant.content import is_stop
from assistant.wording import tokens
from index.text import strip_marks
from web.question_log import reading

# What the corpus did not answer: not found, or told that it lies outside. Asked back is no failure of the corpus.
_UNANSWERED = ("no_evidence", "out_of_scope", "failed")
_MOST_GROUPS = 50
# Of each kind that is grouped, the latest.
_MOST_READ = 20_000
_MOST_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day in Viet Nam: questions, and of them answered (whole or in part), unanswered, and rated good and bad."""

    day: date
    asked: int
    answered: int
    unanswered: int
    good: int
    bad: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions of the same words, the most frequent spelling first. words: what readers wrote with a bad rating."""

    questions: tuple[str, ...]
    count: int
    last: date
    portals: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """How long answers took, in ms, of `count` answers; None without any."""

    count: int
    p50_ms: float | None
    p95_ms: float | None
    p99_ms: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked since a day. total: all questions; days: each day without a gap, the latest first."""

    since: date
    total: int
    days: tuple[Day, ...]
    latency: Latency
    unanswered: tuple[Group, ...]
    displeased: tuple[Group, ...]
    portals: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question as it is kept. read: as it was read, None where that is as it was typed. good: 1, 0, or None where
    nobody rated its answer."""

    day: str
    portal: str | None
    status: str
    total_ms: float
    good: int | None
    question: str
    read: str | None
    word: str | None


def asked_since(path: Path, since: date, until: date) -> Asked:
    """What was asked from one day to another, both included.

    Raises:
        sqlite3.Error: the log cannot be read.
    """
    counts: list[tuple[str, str, int | None, int]] = []
    times: list[float] = []
    portals: list[tuple[str | None, int]] = []
    unanswered: list[Row] = []
    displeased: list[Row] = []
    with reading(path) as database:
        if database is not None:
            span = (since.isoformat(), until.isoformat())
            within = "FROM questions WHERE day BETWEEN ? AND ?"
            counts = database.execute(
                f"SELECT day, status, good, count(*) {within} GROUP BY day, status, good", span
            ).fetchall()
            times = [total_ms for (total_ms,) in database.execute(f"SELECT total_ms {within}", span)]
            portals = database.execute(
                f"SELECT portal, count(*) {within} GROUP BY portal ORDER BY count(*) DESC, portal", span
            ).fetchall()
            missed = ", ".join("?" * len(_UNANSWERED))
            unanswered = list(_rows(database, span, f"status IN ({missed}) AND question <> ''", _UNANSWERED))
            displeased = list(_rows(database, span, "good = 0 AND question <> ''"))
    return Asked(
        since=since,
        total=sum(count for *_, count in counts),
        days=tuple(_days(counts, since, until)),
        latency=latency(times),
        unanswered=grouped(unanswered),
        displeased=grouped(displeased),
        portals=tuple((name or "", count) for name, count in portals),
    )


def rows_since(path: Path, since: date, until: date) -> Iterator[Row]:
    """Each question from one day to another, the latest day first.

    Raises:
        sqlite3.Error: the log cannot be read.
    """
    with reading(path) as database:
        if database is not None:
            yield from _rows(database, (since.isoformat(), until.isoformat()), "1", most=-1)


def _rows(
    database: sqlite3.Connection,
    span: tuple[str, str],
    which: str,
    values: Sequence[str] = (),
    *,
    most: int = _MOST_READ,
) -> Iterator[Row]:
    found = database.execute(
        "SELECT day, portal, status, total_ms, good, question, read, word FROM questions WHERE day BETWEEN ? AND ? "
        f"AND {which} ORDER BY day DESC, answer LIMIT {most}",
        (*span, *values),
    )
    for day, portal, status, total_ms, good, question, read, word in found:
        yield Row(
            day=day,
            portal=portal,
            status=status,
            total_ms=total_ms,
            good=good,
            question=question,
            read=read,
            word=word,
        )


def _days(counts: Sequence[tuple[str, str, int | None, int]], since: date, until: date) -> Iterator[Day]:
    for back in range((until - since).days + 1):
        day = until - timedelta(days=back)
        of = [(status, good, count) for on, status, good, count in counts if on == day.isoformat()]
        yield Day(
            day=day,
            asked=sum(count for _, _, count in of),
            answered=sum(count for status, _, count in of if status in ("answered", "partial")),
            unanswered=sum(count for status, _, count in of if status in _UNANSWERED),
            good=sum(count for _, good, count in of if good == 1),
            bad=sum(count for _, good, count in of if good == 0),
        )


def latency(values_ms: Sequence[float]) -> Latency:
    """Percentiles by the nearest rank: the least value that at least so many percent do not exceed."""
    ordered = sorted(values_ms)

    def rank(percent: int) -> float | None:
        return ordered[max(0, -(-percent * len(ordered) // 100) - 1)] if ordered else None

    return Latency(count=len(ordered), p50_ms=rank(50), p95_ms=rank(95), p99_ms=rank(99))


def grouped(rows: Sequence[Row]) -> tuple[Group, ...]:
    """Rows whose questions have the same telling words, marks, order and case aside; the largest group first."""
    groups: dict[frozenset[str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[telling_words(row.read or row.question)].append(row)
    made = [_group(of) for of in groups.values()]
    return tuple(sorted(made, key=lambda group: (-group.count, -group.last.toordinal(), group.questions)))[
        :_MOST_GROUPS
    ]


def telling_words(question: str) -> frozenset[str]:
    """The words of a question without those that tell nothing, and without marks; all of them where none tells."""
    words = tokens(question)
    telling = [word for word in words if not is_stop(word)] or list(words)
    return frozenset(strip_marks(word).lower() for word in telling)


def _group(rows: Sequence[Row]) -> Group:
    spellings: dict[str, int] = defaultdict(int)
    for row in rows:
        spellings[row.question] += 1
    ordered = sorted(spellings, key=lambda question: (-spellings[question], question))
    return Group(
        questions=tuple(ordered[:_MOST_SHOWN]),
        count=len(rows),
        last=max(date.fromisoformat(row.day) for row in rows),
        portals=tuple(sorted({row.portal for row in rows if row.portal})),
        words=tuple(dict.fromkeys(row.word for row in rows if row.word and row.good == 0))[:_MOST_SHOWN],
    )
