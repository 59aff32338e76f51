"""The model of `assistant.likely_unit` fitted to everyday questions, and what it is worth on questions of others."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from assistant.haste import spelt_out
from assistant.likely_unit import FILE, NONE, QUESTIONS, VECTOR_SHARE, Model, runs, weighed
from assistant.wording import tokens
from index.search import Searcher

# What large weights cost, against the loss of one question.
PENALTY = 1 / 60
# A run of syllables that fewer questions have is no feature.
LEAST_SEEN = 2
_STEPS = 300
# Weights are kept in whole numbers up to this.
_MOST = 127

_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question with the khoản that answers it, or `NONE`; writer: who wrote it, as the file numbers them."""

    unit: str
    question: str
    writer: str = ""

    @property
    def tokens(self) -> tuple[str, ...]:
        """As a question is read; marks do not matter."""
        return tokens(spelt_out(self.question))


def read_examples(path: Path = QUESTIONS) -> list[Example]:
    """The questions of asked_units.tsv.

    Raises:
        ValueError: a line has not three parts.
        OSError: the file cannot be read.
    """
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        parts = line.split("\t")
        if len(parts) != 3 or not all(parts):
            raise ValueError(f"{path}, line {number}: expected writer, khoản and question with tabs between: {line!r}")
        found.append(Example(writer=parts[0], unit=parts[1], question=parts[2]))
    return found


def read_test(path: Path) -> list[Example]:
    """The questions of evaluation/domain_units.toml."""
    held = tomllib.loads(path.read_text(encoding="utf-8"))
    units = [Example(unit=one["unit"], question=asked) for one in held["unit"] for asked in one["questions"]]
    return units + [Example(unit=NONE, question=asked) for one in held["silent"] for asked in one["questions"]]


def vectors_of(examples: Sequence[Example], searcher: Searcher) -> NDArray[np.float32]:
    """(n, dim): each question's vector, its marks restored as by the index searched."""
    return np.stack([searcher.vector(searcher.read(" ".join(one.tokens)).text) for one in examples])


def fit(examples: Sequence[Example], vectors: NDArray[np.float32] | None) -> Model:
    """The multinomial logit that makes the units of the examples likeliest, large weights held down.

    vectors: (n, dim), None to fit words alone.
    """
    from scipy.optimize import minimize  # noqa: PLC0415 (half a second to import)

    units = tuple(sorted({one.unit for one in examples}))
    features, idf = _features(examples)
    words = _rows(examples, features, idf)
    dense = None if vectors is None else VECTOR_SHARE * vectors.astype(np.float64)
    wanted = np.zeros((len(examples), len(units)))
    wanted[np.arange(len(examples)), [units.index(one.unit) for one in examples]] = 1.0
    parts = [len(features), 0 if dense is None else dense.shape[1], 1]
    ends = np.cumsum([part * len(units) for part in parts])

    def split(values: _Floats) -> tuple[_Floats, _Floats, _Floats]:
        one, two, three = np.split(values, ends[:-1])
        return one.reshape(-1, len(units)), two.reshape(-1, len(units)), three

    def loss(values: _Floats) -> tuple[float, _Floats]:
        of_words, of_vector, bias = split(values)
        scores = words @ of_words + bias
        if dense is not None:
            scores = scores + dense @ of_vector
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        total = -float(np.log(chances[wanted > 0] + 1e-12).sum())
        total += PENALTY / 2 * float((of_words**2).sum() + (of_vector**2).sum())
        off = chances - wanted
        slope_words = words.T @ off + PENALTY * of_words
        slope_vector = (np.zeros((0, len(units))) if dense is None else dense.T @ off) + PENALTY * of_vector
        return total, np.concatenate([slope_words.ravel(), slope_vector.ravel(), off.sum(axis=0)])

    start = np.zeros(int(ends[-1]))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    of_words, of_vector, bias = (part.astype(np.float32) for part in split(found))
    return Model(units=units, features=features, idf=idf, words=of_words, vector=of_vector, bias=bias)


def _features(examples: Sequence[Example]) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    seen = [np.unique(np.fromiter(runs(one.tokens), np.uint32)) for one in examples]
    features, counts = np.unique(np.concatenate(seen), return_counts=True)
    often = counts >= LEAST_SEEN
    idf = np.log((1 + len(examples)) / (1 + counts[often])) + 1
    return features[often], idf.astype(np.float32)


def _rows(examples: Sequence[Example], features: NDArray[np.uint32], idf: NDArray[np.float32]) -> csr_array:
    """(n, f): the words of each question."""
    made = [weighed(one.tokens, features, idf) for one in examples]
    starts = np.concatenate([[0], np.cumsum([len(places) for places, _ in made])])
    places = np.concatenate([places for places, _ in made])
    values = np.concatenate([values for _, values in made]).astype(np.float64)
    return csr_array((values, places, starts), shape=(len(examples), len(features)))


def write(of_words: Model, of_both: Model, path: Path = FILE) -> None:
    """Write both models, weights of words in 8 bits with a scale for each unit."""
    assert of_words.units == of_both.units
    kept: dict[str, Any] = {"units": np.array(of_words.units), "features": of_words.features, "idf": of_words.idf}
    for name, model in (("words", of_words), ("both", of_both)):
        scales = np.maximum(np.abs(model.words).max(axis=0), 1e-6) / _MOST
        kept[f"{name}_scales"] = scales.astype(np.float32)
        kept[f"{name}_words"] = np.round(model.words / scales).astype(np.int8)
        kept[f"{name}_bias"] = model.bias
    np.savez_compressed(path, **kept, vector=of_both.vector.astype(np.float16))


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """Of questions with a khoản and without: at the chance asked for, how many it speaks for and is right about, and
    how many without one it speaks for. first: its likeliest khoản is right, whatever the chance."""

    questions: int
    first: int
    spoken: int
    right: int
    without: int
    spoken_without: int


def worth(model: Model, test: Sequence[Example], vectors: NDArray[np.float32] | None, *, least: float) -> Worth:
    """What a model is worth on questions it was not fitted to."""
    first = spoken = right = without = spoken_without = 0
    for place, one in enumerate(test):
        chances = model.chances(one.tokens, None if vectors is None else vectors[place])
        best = int(chances.argmax())
        speaks = chances[best] >= least and model.units[best] != NONE
        if one.unit == NONE:
            without += 1
            spoken_without += int(speaks)
            continue
        named = model.units[best] == one.unit
        first += int(named)
        spoken += int(speaks)
        right += int(speaks and named)
    return Worth(
        questions=len(test) - without, first=first, spoken=spoken, right=right, without=without,
        spoken_without=spoken_without,
    )  # fmt: skip
