"""What a run over a question file says: tables for people, one JSON object for machines."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter

from assistant.answer import Answer, vietnamese_number
from evaluation.answers import Outcome, Report

_SAID_CHARS = 300
_ANSWER = TypeAdapter(Answer)


def answers_table(report: Report, outcomes: Sequence[Outcome]) -> str:
    """Rates with their counts, then right answers by kind of question, as Markdown."""
    answerable, unanswerable = report.answerable, report.unanswerable
    lines = [
        "| số đo | tỷ lệ | số câu |",
        "|---|---|---|",
        _row("đúng, trên mọi câu", report.right / report.questions if report.questions else None, report.questions),
        _row("đúng, trên câu có lời đáp", report.accuracy, answerable),
        _row("trả lời dù kho không có, trên câu không có lời đáp", report.false_answer_rate, unanswerable),
        _row("kho có mà không trả lời, trên câu có lời đáp", report.over_refusal_rate, answerable),
        f"| phá giao kèo dẫn nguồn | | {report.violations} |",
        f"| thời gian một câu (ms), p50 / p95 | | {vietnamese_number(report.p50_ms)} / "
        f"{vietnamese_number(report.p95_ms)} |",
        "",
        "| loại câu | đúng | số câu |",
        "|---|---|---|",
    ]
    for kind in sorted({outcome.asked.kind for outcome in outcomes}):
        own = [outcome for outcome in outcomes if outcome.asked.kind == kind]
        lines.append(f"| {kind} | {sum(not outcome.faults for outcome in own)} | {len(own)} |")
    return "\n".join(lines)


def wrong_ones(outcomes: Sequence[Outcome]) -> str:
    """Every answer that is wrong or breaks the contract: what was asked, why it is wrong, what was said and cited."""
    parts = []
    for outcome in outcomes:
        if not outcome.faults and not outcome.violations:
            continue
        said = " / ".join(outcome.answer.text.split("\n"))
        cited = "; ".join(
            f"[{citation.number}] {citation.title}" + (f" ({citation.heading})" if citation.heading else "")
            for citation in outcome.answer.citations
        )
        parts.append(
            "\n".join(
                (
                    f"SAI  {outcome.asked.question}  ({outcome.asked.kind})",
                    *(f"     {fault}" for fault in (*outcome.faults, *outcome.violations)),
                    f"     {outcome.answer.status}: {said[:_SAID_CHARS]}{'…' if len(said) > _SAID_CHARS else ''}",
                    *((f"     dẫn {cited}",) if cited else ()),
                )
            )
        )
    return "\n\n".join(parts)


def as_record(
    report: Report, outcomes: Sequence[Outcome], *, file: Path, sha256: str, as_of: date | None
) -> dict[str, object]:
    """The whole run as what `json.dumps` takes: the rates, and every question with its answer and what is wrong."""
    return {
        "file": str(file),
        "sha256": sha256,
        "as_of": None if as_of is None else as_of.isoformat(),
        "report": asdict(report),
        "outcomes": [
            {
                "question": outcome.asked.question,
                "kind": outcome.asked.kind,
                "expected_status": outcome.asked.status,
                "right": not outcome.faults,
                "faults": list(outcome.faults),
                "violations": list(outcome.violations),
                "answer": _ANSWER.dump_python(outcome.answer, mode="json"),
            }
            for outcome in outcomes
        ],
    }


def _row(label: str, rate: float | None, count: int) -> str:
    if rate is None:
        return f"| {label} | chưa đo | 0 |"
    return f"| {label} | {vietnamese_number(100 * rate)} % | {round(rate * count)}/{count} |"
