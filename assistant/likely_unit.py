"""Which khoản of the rule in force a question is about, told by how people put such questions.

People do not ask in the words of the law: "mất sao" is its "thu hồi giấy chứng nhận", "mấy bữa" its "trong thời hạn 15
ngày làm việc". `asked_units.tsv` has some thousands of everyday questions with the khoản that answers each, and others
that no khoản answers; a multinomial logit over the words of a question, and over its vector where the model is the one
it was fitted to, says which khoản is likely (`python -m evaluation units` tells what it is worth, and fits it anew).
It only says where to look: what is told stands there, or is not told.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index.law.address import DocumentNumber, find_document_numbers
from index.text import strip_marks

# The rule whose khoản the questions were written for; of another nothing is likely.
RULE: DocumentNumber = find_document_numbers("26/2026/QĐ-TTg")[0]
QUESTIONS = Path(__file__).with_name("asked_units.tsv")
FILE = Path(__file__).with_name("likely_unit.npz")
NONE = "-"
_LONGEST = 3  # syllables of a feature
# How much the vector of a question counts beside its words, each at length 1.
VECTOR_SHARE = 6.0

_Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyUnit:
    """The khoản ("Điều 7, khoản 6") that likeliest answers. chance: of that, in [0, 1]; none: that none answers."""

    label: str
    chance: float
    none: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """units: the labels and NONE. features (f,) uint32, sorted: hashes of runs of syllables; idf (f,).

    words (f, units), vector (dim, units) or (0, units), bias (units,): what each weighs.
    """

    units: tuple[str, ...]
    features: NDArray[np.uint32]
    idf: _Floats
    words: _Floats
    vector: _Floats
    bias: _Floats

    def chances(self, tokens: Sequence[str], vector: _Floats | None) -> NDArray[np.float64]:
        """(units,) how likely each is. vector: (dim,) of length 1, needed where the model has weights for it."""
        places, values = weighed(tokens, self.features, self.idf)
        scores = self.bias + np.dot(values, self.words[places])
        if len(self.vector):
            assert vector is not None
            scores = scores + VECTOR_SHARE * np.dot(vector, self.vector)
        chances = np.exp(scores.astype(np.float64) - float(scores.max()))
        return np.asarray(chances / chances.sum())


def runs(tokens: Sequence[str]) -> Iterator[int]:
    """Hashes of every run of one to three syllables, without marks."""
    bare = [strip_marks(token) for token in tokens]
    for length in range(1, _LONGEST + 1):
        for at in range(len(bare) - length + 1):
            yield zlib.crc32(" ".join(bare[at : at + length]).encode())


def weighed(tokens: Sequence[str], features: NDArray[np.uint32], idf: _Floats) -> tuple[NDArray[np.intp], _Floats]:
    """(places in `features`, values) of a question: 1 + log of the count, times idf, of length 1 together."""
    found, counts = np.unique(np.fromiter(runs(tokens), np.uint32), return_counts=True)
    places = np.minimum(np.searchsorted(features, found), len(features) - 1)
    known = features[places] == found
    places = places[known]
    values = ((1 + np.log(counts[known])) * idf[places]).astype(np.float32)
    length = float(np.linalg.norm(values))
    return places, values / length if length else values


def likely_unit(tokens: Sequence[str], vector: _Floats | None) -> LikelyUnit:
    """The likeliest khoản of `RULE`. vector: as `Model.chances`, None of another model than e5-small: then words alone
    tell."""
    model = fitted(with_vector=vector is not None)
    chances = model.chances(tokens, vector)
    none = model.units.index(NONE)
    best = int(np.where(np.arange(len(chances)) == none, -1.0, chances).argmax())
    return LikelyUnit(label=model.units[best], chance=float(chances[best]), none=float(chances[none]))


@lru_cache(maxsize=2)
def fitted(*, with_vector: bool) -> Model:
    """The model of likely_unit.npz.

    Raises:
        OSError, ValueError: the file is missing or damaged.
    """
    try:
        return _read(FILE, with_vector=with_vector)
    except (BadZipFile, KeyError, EOFError, zlib.error) as error:
        raise ValueError(f"{FILE} cannot be read ({error}): python -m evaluation units --fit makes it anew") from error


def _read(path: Path, *, with_vector: bool) -> Model:
    name = "both" if with_vector else "words"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
        scales = held[f"{name}_scales"]
        words = held[f"{name}_words"].astype(np.float32) * scales
        vector = held["vector"].astype(np.float32) if with_vector else np.zeros((0, words.shape[1]), np.float32)
        return Model(
            units=tuple(held["units"].tolist()),
            features=held["features"],
            idf=held["idf"],
            words=words,
            vector=vector,
            bias=held[f"{name}_bias"],
        )
