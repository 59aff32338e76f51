"""Which candidate answers, and whether any does: a conditional logit over signals, with "none of them" as one choice.

The choice among the candidates of one question and no answer has probabilities in proportion to exp(weights · signals)
and exp(none · signals of the question) (McFadden 1974, conditional logit). The weights stand in relevance.toml with
what they were fitted on; `python -m evaluation relevance` fits and tells them. A candidate's share of each signal can
be told (`--explain`).
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.signals import NAMES, OF_QUESTION

FILE = Path(__file__).with_name("relevance.toml")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weights:
    """weights: (len(NAMES),) float64, of a candidate's signals. none: (len(OF_QUESTION),) float64, of the question's:
    what no answer weighs."""

    weights: NDArray[np.float64]
    none: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chances:
    """scores: (n,) what each candidate weighs. each: (n,) how likely each answers. none: that none of them does."""

    scores: NDArray[np.float64]
    each: NDArray[np.float64]
    none: float


def chances(signals: Sequence[Sequence[float]], of_question: Sequence[float], by: Weights) -> Chances:
    """What each candidate weighs, and how likely it is that none answers; signals: (n, len(NAMES)), of_question:
    (len(OF_QUESTION),)."""
    if not signals:
        return Chances(scores=np.zeros(0), each=np.zeros(0), none=1.0)
    scores: NDArray[np.float64] = np.dot(np.asarray(signals, np.float64), by.weights)
    nothing = float(np.dot(np.asarray(of_question, np.float64), by.none))
    top = max(float(scores.max()), nothing)
    each = np.exp(scores - top)
    none = float(np.exp(nothing - top))
    total = none + float(each.sum())
    return Chances(scores=scores, each=each / total, none=none / total)


@lru_cache(maxsize=1)
def fitted() -> Weights:
    """The weights of relevance.toml.

    Raises:
        ValueError: the file lacks a signal or has one that is not known.
        OSError: it cannot be read.
    """
    return read_weights(FILE)


def read_weights(path: Path) -> Weights:
    """The weights of a file.

    Raises:
        ValueError: it lacks a signal or has one that is not known.
        OSError: it cannot be read.
    """
    kept = tomllib.loads(path.read_text(encoding="utf-8"))
    return Weights(weights=_in_order(kept["weights"], NAMES, path), none=_in_order(kept["none"], OF_QUESTION, path))


def _in_order(named: dict[str, float], names: Sequence[str], path: Path) -> NDArray[np.float64]:
    if set(named) != set(names):
        raise ValueError(
            f"{path}: missing {sorted(set(names) - set(named))}, unknown {sorted(set(named) - set(names))}; "
            "fit anew with python -m evaluation relevance --fit"
        )
    return np.array([named[name] for name in names], np.float64)
