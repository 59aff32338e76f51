"""What a run over question files says: tables for people, one JSON object for machines."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter

from assistant.answer import Answer, vietnamese_number
from evaluation.answers import Outcome, Report, answers_falsely, summarise

_SAID_CHARS = 300
_ANSWER = TypeAdapter(Answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRun:
    """One question file asked. sha256: of the file; as_of: the day asked on where a question has none (None: today)."""

    file: Path
    sha256: str
    as_of: date | None
    report: Report
    outcomes: tuple[Outcome, ...]


def together(runs: Sequence[FileRun]) -> tuple[Report, tuple[Outcome, ...]]:
    """All files as one."""
    outcomes = tuple(outcome for one in runs for outcome in one.outcomes)
    return summarise(outcomes, [outcome.ms for outcome in outcomes]), outcomes


def answers_table(report: Report, outcomes: Sequence[Outcome]) -> str:
    """Rates with their counts, then by kind of question, as Markdown."""
    answerable, unanswerable = report.answerable, report.unanswerable
    lines = [
        "| số đo | tỷ lệ | số câu |",
        "|---|---|---|",
        _row("đúng, trên mọi câu", report.right / report.questions if report.questions else None, report.questions),
        _row("đúng, trên câu có lời đáp", report.accuracy, answerable),
        _row(
            "đúng trạng thái và giá trị, trên câu có lời đáp",
            report.values,
            answerable,
            note=f" ({_percent(report.values_low)} đến {_percent(report.values_high)})",
        ),
        _row(
            "trả lời dù kho không có, trên câu không có lời đáp",
            report.false_answer_rate,
            unanswerable,
            note=f" (cận trên 95 %: {_percent(report.false_answer_upper)})",
        ),
        _row("kho có mà không trả lời, trên câu có lời đáp", report.over_refusal_rate, answerable),
        _row("nguồn dẫn đỡ được ý của nó, trên mọi lần dẫn", report.citation_precision, report.citations),
        _row("ý được nguồn đỡ trọn, trên mọi ý", report.citation_recall, report.claims),
        _row("có dẫn trang đúng, trên câu có lời đáp và nêu trang", report.page_recall, report.paged),
        f"| phá giao kèo dẫn nguồn | | {report.violations} |",
        f"| thời gian một câu (ms), p50 / p95 | | {vietnamese_number(report.p50_ms)} / "
        f"{vietnamese_number(report.p95_ms)} |",
        "",
        "| loại câu | đúng | số câu | trả lời dù không có | không trả lời | nguồn đỡ ý | ý có nguồn | phá giao kèo |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for kind, own in by_kind(outcomes).items():
        told = summarise(own, [])
        lines.append(
            f"| {kind} | {told.right} | {told.questions} | {_of(told.false_answer_rate, told.unanswerable)} | "
            f"{_of(told.over_refusal_rate, told.answerable)} | {_of(told.citation_precision, told.citations)} | "
            f"{_of(told.citation_recall, told.claims)} | {told.violations} |"
        )
    return "\n".join(lines)


def files_table(runs: Sequence[FileRun]) -> str:
    """The files one by one, as Markdown; empty for a single one."""
    if len(runs) < 2:
        return ""
    lines = ["| tệp | đúng | số câu | trả lời dù không có | không trả lời |", "|---|---|---|---|---|"]
    for one in runs:
        told = one.report
        lines.append(
            f"| {one.file.name} | {told.right} | {told.questions} | {_of(told.false_answer_rate, told.unanswerable)} | "
            f"{_of(told.over_refusal_rate, told.answerable)} |"
        )
    return "\n".join(lines)


def by_kind(outcomes: Sequence[Outcome]) -> dict[str, tuple[Outcome, ...]]:
    """The outcomes of each kind of question, by its name."""
    return {
        kind: tuple(outcome for outcome in outcomes if outcome.asked.kind == kind)
        for kind in sorted({outcome.asked.kind for outcome in outcomes})
    }


def wrong_ones(outcomes: Sequence[Outcome]) -> str:
    """Every answer that is wrong or breaks the contract: what was asked, why it is wrong, what was said and cited."""
    parts = []
    for outcome in outcomes:
        if not outcome.faults and not outcome.violations:
            continue
        parts.append(
            "\n".join(
                (
                    f"SAI  {outcome.asked.question}  ({outcome.asked.kind})",
                    *(f"     {fault}" for fault in (*outcome.faults, *outcome.violations)),
                    *said_and_cited(outcome.answer),
                )
            )
        )
    return "\n\n".join(parts)


def said_and_cited(answer: Answer) -> tuple[str, ...]:
    """An answer in a line or two: its status and text, and what it cites."""
    said = " / ".join(answer.text.split("\n"))
    cited = "; ".join(
        f"[{citation.number}] {citation.title}" + (f" ({citation.heading})" if citation.heading else "")
        for citation in answer.citations
    )
    return (
        f"     {answer.status}: {said[:_SAID_CHARS]}{'…' if len(said) > _SAID_CHARS else ''}",
        *((f"     dẫn {cited}",) if cited else ()),
    )


def as_record(runs: Sequence[FileRun]) -> dict[str, object]:
    """The whole run as what `json.dumps` takes: rates of all, of each file and of each kind, and every question with
    its answer and what is wrong."""
    report, outcomes = together(runs)
    return {
        "report": asdict(report),
        "files": [
            {
                "file": str(one.file),
                "sha256": one.sha256,
                "as_of": None if one.as_of is None else one.as_of.isoformat(),
                "report": asdict(one.report),
            }
            for one in runs
        ],
        "kinds": {kind: asdict(summarise(own, [])) for kind, own in by_kind(outcomes).items()},
        "outcomes": [
            {
                "file": str(one.file),
                "question": outcome.asked.question,
                "kind": outcome.asked.kind,
                "expected_status": outcome.asked.status,
                "right": not outcome.faults,
                "false_answer": answers_falsely(outcome),
                "faults": list(outcome.faults),
                "violations": list(outcome.violations),
                "citing": asdict(outcome.citing),
                "answer": answer_record(outcome.answer),
            }
            for one in runs
            for outcome in one.outcomes
        ],
    }


def answer_record(answer: Answer) -> object:
    """An answer as what `json.dumps` takes."""
    return _ANSWER.dump_python(answer, mode="json")


def _row(label: str, rate: float | None, count: int, *, note: str = "") -> str:
    if rate is None:
        return f"| {label} | chưa đo | 0 |"
    return f"| {label} | {_percent(rate)}{note} | {round(rate * count)}/{count} |"


def _percent(rate: float) -> str:
    return f"{vietnamese_number(100 * rate)} %"


def _of(rate: float | None, count: int) -> str:
    return "" if rate is None else f"{round(rate * count)}/{count}"
