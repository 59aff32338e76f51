"""The corpus every peer is given: a folder of plain arrays, read piece by piece, and the questions asked of it.

Terms are numbers into one vocabulary. Peers that cut texts into words themselves get `texts`, where each term is one
word of ASCII letters and digits ("q" and its number in base 36), so that every tokenizer sees the same tokens, whatever
it thinks of blanks, marks or slashes. Nothing here needs more than numpy, since it is read in the peers' environment.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Codes = NDArray[np.int32]
Ids = NDArray[np.int64]

PROVINCES = tuple(f"p{number:02d}" for number in range(34))
# Most of what portals publish is news; the shares are set, not measured.
KINDS = {"news": 0.6, "guide": 0.2, "law": 0.15, "report": 0.05}
YEARS = tuple(range(2018, 2027))
# What a question may be asked under: no filter; a kind that most passages are of; one province's last four years.
FILTERS = ("none", "wide", "narrow")
_NARROW_FROM = 2023
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a passage must be; None asks nothing. year_from: its year or later."""

    province: str | None = None
    kind: str | None = None
    year_from: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What filters look at, row i of each is passage i: places in PROVINCES and KINDS (n,) int8, years (n,) int16."""

    province: NDArray[np.int8]
    kind: NDArray[np.int8]
    year: NDArray[np.int16]

    def of(self, row: int) -> tuple[str, str, int]:
        """(province, kind, year) of one passage."""
        return PROVINCES[self.province[row]], tuple(KINDS)[self.kind[row]], int(self.year[row])

    def allowed(self, wanted: Filter) -> NDArray[np.bool_] | None:
        """The passages within a filter, None where it asks nothing."""
        mask: NDArray[np.bool_] | None = None
        if wanted.province is not None:
            mask = self.province == PROVINCES.index(wanted.province)
        if wanted.kind is not None:
            of_kind = self.kind == tuple(KINDS).index(wanted.kind)
            mask = of_kind if mask is None else mask & of_kind
        if wanted.year_from is not None:
            since = self.year >= wanted.year_from
            mask = since if mask is None else mask & since
        return mask

    def share(self, wanted: Filter) -> float:
        """The share of passages within a filter."""
        mask = self.allowed(wanted)
        return 1.0 if mask is None else float(mask.mean())


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: its vector (dim,) float32, its distinct terms, the same as words of `Corpus.texts`, a province."""

    vector: Vectors
    codes: tuple[int, ...]
    terms: tuple[str, ...]
    words: tuple[str, ...]
    province: str

    @property
    def text(self) -> str:
        """The words in one string."""
        return " ".join(self.words)

    def filter(self, name: str) -> Filter:
        """The filter of that name of FILTERS; none for another name."""
        return filter_of(name, self.province)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a corpus is.

    passages: those indexed first; added: those after them, added later. real: passages it was resampled from.
    scale: how far vectors were moved from the real ones. distances, real_distances: 1 - cosine to the 1st and the 10th
    neighbour, as "1st" and "10th" -> percentiles 5, 25, 50, 75, 95. left: the share of
    passages a filter leaves, the narrow one on the mean of provinces. shares: the share of passages that hold the
    vocabulary's 10th, 100th, 1000th and 10000th most frequent term; real_shares: of the real passages.
    """

    passages: int
    added: int
    dim: int
    terms: int
    seed: int
    real: int
    real_questions: int
    sources: tuple[str, ...]
    scale: float
    distances: dict[str, list[float]]
    real_distances: dict[str, list[float]]
    left: dict[str, float]
    shares: dict[str, float]
    real_shares: dict[str, float]


def filter_of(name: str, province: str) -> Filter:
    """The filter of that name of FILTERS, for somebody of a province; none for another name."""
    if name == "narrow":
        return Filter(province=province, year_from=_NARROW_FROM)
    return Filter(kind="news") if name == "wide" else Filter()


def word(code: int) -> str:
    """A term as a word: "q" and its number in base 36. No stop word of any language the peers know begins so."""
    digits = ""
    while True:
        code, digit = divmod(code, 36)
        digits = _DIGITS[digit] + digits
        if not code:
            return f"q{digits}"


class Corpus:
    """A corpus on disk. Rows 0 to passages - 1 are indexed, the `added` after them are added later; ids are rows."""

    def __init__(self, folder: Path) -> None:
        """Open it.

        Raises:
            OSError: there is none in the folder.
        """
        self.folder = folder
        self.about = About(**json.loads((folder / "about.json").read_text(encoding="utf-8")))
        self.vocabulary = tuple((folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n"))
        with np.load(folder / "facets.npz") as arrays:
            self.facets = Facets(province=arrays["province"], kind=arrays["kind"], year=arrays["year"])
        self.offsets: Ids = np.load(folder / "offsets.npy")
        self._words: list[str] = []

    @property
    def passages(self) -> int:
        """How many passages are indexed first."""
        return self.about.passages

    def vectors(self, start: int, stop: int) -> Vectors:
        """(stop - start, dim) float32 unit rows, read into memory of their own, not mapped: they count once."""
        dim = self.about.dim
        header = (self.folder / "vectors.npy").stat().st_size - 4 * dim * (self.passages + self.about.added)
        flat: Vectors = np.fromfile(
            self.folder / "vectors.npy", np.float32, count=(stop - start) * dim, offset=header + 4 * dim * start
        )
        return flat.reshape(-1, dim)

    def codes(self, start: int, stop: int) -> Codes:
        """All terms of the passages start to stop - 1, passage after passage (cut them by `offsets`)."""
        path = self.folder / "codes.npy"
        first, last = int(self.offsets[start]), int(self.offsets[stop])
        header = path.stat().st_size - 4 * int(self.offsets[-1])
        codes: Codes = np.fromfile(path, np.int32, count=last - first, offset=header + 4 * first)
        return codes

    def texts(self, start: int, stop: int) -> list[str]:
        """The passages as words with blanks between."""
        if not self._words:
            self._words = [word(code) for code in range(len(self.vocabulary))]
        words = self._words
        codes = self.codes(start, stop).tolist()
        bounds = (self.offsets[start : stop + 1] - self.offsets[start]).tolist()
        return [" ".join([words[code] for code in codes[bounds[row] : bounds[row + 1]]]) for row in range(stop - start)]

    def batches(self, size: int) -> Iterator[tuple[int, int]]:
        """(start, stop) of the passages indexed first, `size` at a time."""
        for start in range(0, self.passages, size):
            yield start, min(start + size, self.passages)

    def questions(self) -> tuple[Question, ...]:
        """What is asked, always in the same order."""
        with np.load(self.folder / "questions.npz") as arrays:
            vectors, codes, bounds, provinces = (arrays[name] for name in ("vectors", "codes", "offsets", "provinces"))
        asked = []
        for row, vector in enumerate(vectors):
            own = tuple(int(code) for code in codes[bounds[row] : bounds[row + 1]])
            asked.append(
                Question(
                    vector=vector,
                    codes=own,
                    terms=tuple(self.vocabulary[code] for code in own),
                    words=tuple(word(code) for code in own),
                    province=PROVINCES[provinces[row]],
                )
            )
        return tuple(asked)

    def leaving(self) -> Ids:
        """The rows deleted later: 1 % of those indexed first, (k,) int64 in order, always the same."""
        count = max(1, self.passages // 100)
        chosen = np.random.default_rng(self.about.seed + 1).choice(self.passages, count, replace=False)
        return np.sort(chosen).astype(np.int64)


def write_about(folder: Path, about: About) -> None:
    """Write what a corpus is; the last file of a corpus, so that one without it is not whole."""
    (folder / "about.json").write_text(json.dumps(asdict(about), ensure_ascii=False, indent=1), encoding="utf-8")
