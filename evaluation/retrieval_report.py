"""What a measurement of search says: tables for people, objects for machines, differences between settings."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as validated

from evaluation.bootstrap import LEVEL, RESAMPLES, SEED, Estimate, differences, estimates
from evaluation.metrics import REPORTED
from evaluation.question_set import documents_of
from evaluation.retrieval import RANKINGS, Measured, Scores
from evaluation.typed import TYPINGS

_HEADS = {
    "ndcg@10": "nDCG@10",
    "mrr@10": "MRR@10",
    "recall@1": "Recall@1",
    "recall@5": "Recall@5",
    "recall@10": "Recall@10",
}
_NUMBERS = re.compile(r"\[\s+([-\d.,e\s]+?)\s+\]")
_HALVES = {"development": "nửa phát triển", "report": "nửa báo cáo", None: "cả hai nửa"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`first` minus `second` over the same questions; `within`: what the two had in common. By metric."""

    first: str
    second: str
    within: str
    metrics: Mapping[str, Estimate]


@validated(frozen=True, slots=True, kw_only=True)
class Kept:
    """One set's scores question by question, as `each_record` keeps them. values: "ranking/typing" -> id -> metrics."""

    set: str
    sha256: str
    corpus: str
    metrics: tuple[str, ...]
    values: dict[str, dict[str, tuple[float, ...]]]


_KEPT = TypeAdapter(tuple[Kept, ...])


def figures_of(scores: Scores) -> dict[str, Estimate]:
    """The means of one way of ranking and typing, by metric."""
    return dict(zip(REPORTED, estimates(scores.values), strict=True))


def compare(measured: Measured, pairs: Sequence[tuple[str, str]]) -> tuple[Difference, ...]:
    """The paired differences of every pair of rankings or of typings that were both measured, in the order asked."""
    by: dict[tuple[str, str], Scores] = {(scores.ranking, scores.typing): scores for scores in measured.scores}
    found: list[Difference] = []
    for first, second in pairs:
        couples: list[tuple[tuple[str, str], tuple[str, str], str]]
        if first in RANKINGS:
            couples = [((first, typing), (second, typing), typing) for typing in TYPINGS]
        else:
            couples = [((ranking, first), (ranking, second), ranking) for ranking in RANKINGS]
        for one, other, within in couples:
            if one in by and other in by:
                found.append(
                    Difference(
                        first=first,
                        second=second,
                        within=within,
                        metrics=dict(zip(REPORTED, differences(by[one].values, by[other].values), strict=True)),
                    )
                )
    return tuple(found)


def compare_kept(measured: Measured, former: Sequence[Kept], name: str) -> tuple[Difference, ...]:
    """This measurement minus a kept one, over the questions that both asked.

    Raises:
        ValueError: the kept one has nothing of this set, was made of other questions, or of other metrics.
    """
    kept = next((one for one in former if one.set == measured.set.name), None)
    if kept is None:
        raise ValueError(f"{name} has no set {measured.set.name}; it has {', '.join(one.set for one in former)}")
    if (kept.sha256, kept.metrics) != (measured.set.sha256, tuple(REPORTED)):
        raise ValueError(
            f"{name} was made of other questions of {measured.set.name} (sha256 {kept.sha256[:12]}…, here "
            f"{measured.set.sha256[:12]}…) or of other metrics: measure the former state anew with --each"
        )
    found: list[Difference] = []
    for scores in measured.scores:
        known = kept.values.get(f"{scores.ranking}/{scores.typing}", {})
        both = [number for number, question in enumerate(measured.questions) if question.id in known]
        if both:
            before = np.array([known[measured.questions[number].id] for number in both], dtype=np.float64)
            found.append(
                Difference(
                    first=f"{scores.ranking}, {scores.typing}",
                    second=name,
                    within=f"{len(both)}",
                    metrics=dict(zip(REPORTED, differences(scores.values[both], before), strict=True)),
                )
            )
    return tuple(found)


def as_table(measured: Measured, compared: Sequence[Difference], against: Sequence[Difference] = ()) -> str:
    """One set for people, as Markdown: what was asked, the means, the differences."""
    asked = measured.set
    halves = "; ".join(
        f"{_HALVES[half]} {len(questions)} câu, {len(documents_of(questions))} văn bản"
        for half in ("development", "report")
        for questions in (asked.of_half(half),)
    )
    heads = " | ".join(_HEADS.values())
    dashes = "|---" * len(_HEADS)
    lines = [
        f"Bộ {asked.name}: hỏi {_HALVES[measured.half]}, {len(measured.questions)} câu; "
        f"kho {measured.documents} văn bản, {measured.passages} đoạn; mô hình {measured.embedder}.",
        f"Chia theo văn bản có lời đáp: {halves}. Chọn gì thì chọn trên nửa phát triển, báo gì thì báo nửa kia.",
        f"Trong ngoặc là khoảng {LEVEL:.0%} (bootstrap, {RESAMPLES} lần); * sau hiệu: khoảng không chứa 0.",
        "",
        f"| xếp hạng | câu hỏi | {heads} | ms/câu |",
        f"|---|---{dashes}|---|",
    ]
    for scores in measured.scores:
        cells = " | ".join(_interval(estimate) for estimate in figures_of(scores).values())
        lines.append(f"| {scores.ranking} | {scores.typing} | {cells} | {_number(scores.search_ms, 1)} |")
    lines += _by_kind(measured)
    if compared:
        lines += ["", f"| hiệu | cùng | {heads} |", f"|---|---{dashes}|"]
        lines += [_difference(one) for one in compared]
    if against:
        lines += ["", f"| hiệu với lần trước | số câu | {heads} |", f"|---|---{dashes}|"]
        lines += [_difference(one) for one in against]
    return "\n".join(lines)


def as_record(
    measured: Sequence[Measured], compared: Sequence[Sequence[Difference]], against: Sequence[Sequence[Difference]]
) -> dict[str, Any]:
    """All sets as what `json.dumps` takes; numbers only, nothing of the sets' texts."""
    return {
        "bootstrap": {"seed": SEED, "resamples": RESAMPLES, "level": LEVEL},
        "sets": [
            {
                "set": one.set.name,
                "sha256": one.set.sha256,
                "corpus": one.set.corpus,
                "documents": one.documents,
                "passages": one.passages,
                "embedder": one.embedder,
                "model_sha256": one.model_sha256,
                "settings": asdict(one.settings),
                "split": {
                    half: {
                        "questions": len(one.set.of_half(half)),
                        "documents": len(documents_of(one.set.of_half(half))),
                    }
                    for half in ("development", "report")
                },
                "half": one.half or "all",
                "questions": len(one.questions),
                "rows": [
                    {
                        "ranking": scores.ranking,
                        "questions": scores.typing,
                        "search_ms": round(scores.search_ms, 1),
                        **{name: _rounded(estimate) for name, estimate in figures_of(scores).items()},
                    }
                    for scores in one.scores
                ],
                "differences": [_difference_record(difference) for difference in differing],
                "against": [_difference_record(difference) for difference in former],
            }
            for one, differing, former in zip(measured, compared, against, strict=True)
        ],
    }


def each_record(measured: Sequence[Measured]) -> list[dict[str, Any]]:
    """Every question's scores by its id, to compare a later measurement with."""
    return [
        {
            "set": one.set.name,
            "sha256": one.set.sha256,
            "corpus": one.set.corpus,
            "metrics": list(REPORTED),
            "values": {
                f"{scores.ranking}/{scores.typing}": {
                    question.id: [round(value, 6) for value in row]
                    for question, row in zip(one.questions, scores.values.tolist(), strict=True)
                }
                for scores in one.scores
            },
        }
        for one in measured
    ]


def read_each(path: Path) -> tuple[Kept, ...]:
    """What `each_record` made.

    Raises:
        ValueError: it is no such file.
        OSError: it cannot be read.
    """
    try:
        return _KEPT.validate_json(path.read_bytes())
    except ValidationError as error:
        raise ValueError(f"{path} was not written by --each ({error.errors()[0]['msg']}): write it anew") from error


def write_json(path: Path, value: object) -> None:
    """Write a value as indented JSON, a list of numbers in one line."""
    written = json.dumps(value, ensure_ascii=False, indent=1)
    in_line = _NUMBERS.sub(lambda match: f"[{', '.join(match[1].replace(',', ' ').split())}]", written)
    path.write_text(in_line + "\n", encoding="utf-8")


def _by_kind(measured: Measured) -> list[str]:
    """nDCG@10 by kind of question, of the last way of ranking; few questions each, so to look at, not to report."""
    kinds = np.array([question.kind for question in measured.questions])
    if not any(kinds):
        return []
    shown = [scores for scores in measured.scores if scores.ranking == measured.scores[-1].ranking]
    typings = " | ".join(scores.typing for scores in shown)
    lines = ["", f"| nDCG@10 của {shown[0].ranking} theo loại | câu | {typings} |", f"|---|---{'|---' * len(shown)}|"]
    for kind in sorted(set(kinds.tolist())):
        own = kinds == kind
        means = " | ".join(_number(float(scores.values[own, 0].mean()), 3) for scores in shown)
        lines.append(f"| {kind} | {int(own.sum())} | {means} |")
    return lines


def _difference(one: Difference) -> str:
    cells = " | ".join(
        _interval(estimate, sign="+") + (" *" if estimate.low > 0 or estimate.high < 0 else "")
        for estimate in one.metrics.values()
    )
    return f"| {one.first} − {one.second} | {one.within} | {cells} |"


def _difference_record(one: Difference) -> dict[str, Any]:
    return {
        "first": one.first,
        "second": one.second,
        "within": one.within,
        **{name: _rounded(estimate) for name, estimate in one.metrics.items()},
    }


def _rounded(estimate: Estimate) -> list[float]:
    return [round(estimate.mean, 4), round(estimate.low, 4), round(estimate.high, 4)]


def _interval(estimate: Estimate, *, sign: str = "") -> str:
    return f"{_number(estimate.mean, 3, sign)} [{_number(estimate.low, 3, sign)}; {_number(estimate.high, 3, sign)}]"


def _number(value: float, places: int, sign: str = "") -> str:
    """A number as Viet Nam prints it; zero has no sign."""
    text = f"{value:{sign}.{places}f}"
    if float(text) == 0:
        text = text.lstrip("+-")
    return text.replace(".", ",").replace("-", "−")
