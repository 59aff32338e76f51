"""The weights of `assistant.relevance` fitted to questions whose answers are known, and what they are worth.

A question tells by what its answer must say (`expect`) and where it stands (`article`) which candidates are right: the
sentences of those pages that hold all of it, else as much of it as any does. Sentences elsewhere that hold all of it
are neither right nor wrong. Where a question has no answer, none of the candidates is right; and so that there are
enough of those, every question that news answers is also asked of what is left when its pages are taken away (what a
text of law says, other texts of law say too).

The weights maximise the likelihood of the right choice less a penalty on their squares (L-BFGS; Byrd, Lu, Nocedal, Zhu
1995). What they are worth is told by weights fitted without the pages asked about (five folds by page).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.ask import Assistant
from assistant.relevance import FILE, Weights, chances
from assistant.signals import NAMES, OF_QUESTION, question_signals
from assistant.signals import Asked as Measured
from evaluation.answers import ANSWERS, Asked, read_questions, says_value
from evaluation.citations import page_path

FOLDS = 5
PENALTY = 0.3  # on the squared weights: a sign seldom seen gets little weight; chosen by `worth` among .1, .3 and 1
_LEFT = 5  # fewer candidates than this tell nothing once the pages are taken away


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Example:
    """The candidates of one question. signals: (n, len(NAMES)); right: (n,) bool, none of them where it has no answer.

    of_question: (len(OF_QUESTION),). answerable: whether it has an answer at all; page: what the folds are made by.
    """

    signals: NDArray[np.float64]
    of_question: NDArray[np.float64]
    right: NDArray[np.bool_]
    answerable: bool
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What weights are worth on questions they were not fitted to.

    examples: questions, counted with those whose pages were taken away. first: of those with an answer among their
    candidates, the share whose best candidate is right. refused: of those, the share where none was likelier than
    `likelier`; answered: of those without one, the share where none was not.
    """

    examples: int
    answerable: int
    first: float
    refused: float
    answered: float
    likelier: float


def examples_of(questions: Sequence[Asked], assistant: Assistant, on: date) -> list[Example]:
    """The candidates of every question that has some, and again without the pages that answer it."""
    found: list[Example] = []
    for asked in questions:
        if asked.after or (asked.status in ANSWERS and not asked.expect):
            continue
        answerable = asked.status in ANSWERS
        measured, looked = assistant.looked_at(asked.question, on)
        if not looked:
            continue
        signals = np.array([row for _, row, _ in looked])
        paths = [page_path(item.evidence.article.url or "") for item, _, _ in looked]
        right, unsure = _right(asked, [told for _, _, told in looked], paths)
        if not answerable:
            right[:] = False
        page = asked.article or asked.question
        kept = right | ~unsure
        if right.any() or not answerable:
            found.append(_example(measured, signals[kept], right[kept], page, answerable=answerable))
        by_law = any(item.law for (item, _, _), sure in zip(looked, right, strict=True) if sure)
        if answerable and not by_law:
            gone = {
                asked.article,
                *asked.or_articles,
                *(path for path, sure in zip(paths, unsure, strict=True) if sure),
            }
            left = np.array([path not in gone for path in paths])
            if right.any() and left.sum() >= _LEFT:
                none = np.zeros(int(left.sum()), bool)
                found.append(_example(measured, signals[left], none, page, answerable=False))
    return found


def _example(
    measured: Measured, signals: NDArray[np.float64], right: NDArray[np.bool_], page: str, *, answerable: bool
) -> Example:
    return Example(
        signals=signals,
        of_question=np.array(question_signals(measured, len(signals))),
        right=right,
        answerable=answerable,
        page=page,
    )


def _right(asked: Asked, texts: Sequence[str], paths: Sequence[str]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """(right, holds all or most of what is expected) of each candidate."""
    held = np.array([sum(says_value(text.casefold(), value) for value in asked.expect) for text in texts])
    pages = {page for page in (asked.article, *asked.or_articles) if page}
    there = np.array([not pages or path in pages for path in paths])
    most = int(held[there].max()) if there.any() else 0
    return (held == most) & there & (most > 0), held >= max(1, most)


def fit(examples: Sequence[Example]) -> Weights:
    """The weights that make the right choices likeliest."""
    from scipy.optimize import minimize  # noqa: PLC0415 (half a second to import)

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, none = values[: len(NAMES)], values[len(NAMES) :]
        # what no answer weighs of itself ("any") bears no penalty
        total = PENALTY * float(weights @ weights + none[1:] @ none[1:])
        slope = 2 * PENALTY * values
        slope[len(NAMES)] = 0.0
        for example in examples:
            scores = np.append(example.signals @ weights, example.of_question @ none)
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            right = np.append(example.right, not example.answerable)
            share = float(chance[right].sum())
            total -= float(np.log(share + 1e-12))
            wanted = np.where(right, chance, 0.0) / (share + 1e-12)
            slope[: len(NAMES)] += example.signals.T @ (chance - wanted)[:-1]
            slope[len(NAMES) :] += example.of_question * (chance - wanted)[-1]
        return total, slope

    start = np.zeros(len(NAMES) + len(OF_QUESTION))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return Weights(weights=found[: len(NAMES)], none=found[len(NAMES) :])


def worth(examples: Sequence[Example], likelier: float) -> Worth:
    """What weights are worth, each fold by weights fitted to the others."""
    first, refused, answered = [], [], []
    for fold in range(FOLDS):
        weights = fit([example for example in examples if _fold(example.page) != fold])
        for example in examples:
            if _fold(example.page) != fold:
                continue
            weighed = chances(example.signals.tolist(), example.of_question.tolist(), weights)
            if example.answerable:
                first.append(bool(example.right[int(weighed.scores.argmax())]))
                refused.append(weighed.none > likelier)
            else:
                answered.append(weighed.none <= likelier)
    return Worth(
        examples=len(examples),
        answerable=len(first),
        first=float(np.mean(first)),
        refused=float(np.mean(refused)),
        answered=float(np.mean(answered)),
        likelier=likelier,
    )


def _fold(page: str) -> int:
    return hashlib.sha256(page.encode()).digest()[0] % FOLDS


def written(weights: Weights, examples: int, files: Sequence[Path], digest: str) -> str:
    """The weights as the text of relevance.toml, largest first."""
    order = np.argsort(-np.abs(weights.weights), kind="stable")
    lines = [
        "# Weights of assistant/relevance.py, fitted by python -m evaluation relevance --fit; not edited by hand.",
        f"# Of {examples} examples from {', '.join(path.name for path in files)} (sha256 {digest[:16]}…).",
        "",
        "# Of a candidate.",
        "[weights]",
        *(f"{NAMES[place]} = {weights.weights[place]:.4f}" for place in order.tolist()),
        "",
        "# Of a question: what it weighs that nothing answers.",
        "[none]",
        *(f"{name} = {weight:.4f}" for name, weight in zip(OF_QUESTION, weights.none.tolist(), strict=True)),
    ]
    return "\n".join(lines) + "\n"


def write(weights: Weights, examples: int, files: Sequence[Path], digest: str, path: Path = FILE) -> None:
    """Write relevance.toml."""
    path.write_text(written(weights, examples, files, digest), encoding="utf-8")


def command(files: Sequence[Path], assistant: Assistant, on: date, *, likelier: float) -> tuple[Worth, Weights, int]:
    """Weights fitted to all questions of the files, and what such weights are worth: (worth, weights, examples)."""
    examples = examples_of([asked for path in files for asked in read_questions(path)], assistant, on)
    return worth(examples, likelier), fit(examples), len(examples)
