"""Vectors of the passages of a build: taken from the former generation where it has the text, else computed."""

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from tqdm import tqdm

from index.drafting import Draft
from index.embed import Embedder, embedder_digest, load_embedder
from index.former import Former
from index.store import Vectors

# Texts given to the model at a time. At the end of each the cores wait for the last batch.
_CHUNK = 256


@dataclass(slots=True, kw_only=True)
class Model:
    """An embedder that is loaded only where a vector is missing."""

    name: str
    digest: str
    loaded: Embedder | None

    @classmethod
    def of(cls, embedder: str | Embedder) -> "Model":
        """The model of that name, or one that is loaded.

        Raises:
            index.embed.EmbedderError: there is no such embedder here.
        """
        if not isinstance(embedder, str):
            return cls(name=embedder.name, digest=embedder.digest, loaded=embedder)
        digest = embedder_digest(embedder)
        if digest is not None:
            return cls(name=embedder, digest=digest, loaded=None)
        return cls.of(load_embedder(embedder))

    def load(self, progress: bool) -> Embedder:
        """The embedder, loaded."""
        if self.loaded is None:
            if progress:
                tqdm.write(f"Nạp mô hình {self.name}…", file=sys.stderr)
            self.loaded = load_embedder(self.name)
        return self.loaded


@dataclass(frozen=True, slots=True, kw_only=True)
class Vectorised:
    """vectors: (n, dim) float32. computed: how many distinct texts were given to the model, in `seconds`."""

    vectors: Vectors
    computed: int
    seconds: float


def vectorise(draft: Draft, ids: Sequence[int], former: Former | None, model: Model, *, progress: bool) -> Vectorised:
    """The vectors of passages of a draft, equal texts embedded once.

    former: a generation whose vectors may be used; only where they are the same model's.
    """
    if former is not None and former.manifest.model_sha256 != model.digest:
        former = None
    places: dict[bytes, int] = {}
    rows = np.array([places.setdefault(key, len(places)) for key in draft.keys(ids)], np.int64)
    known: dict[int, int] = {}
    if former is not None and places:
        for number, key in draft.former_keys():
            if key in places:
                known[places[key]] = number
    firsts = dict(zip(reversed(rows.tolist()), reversed(ids), strict=True))
    missing = [place for place in range(len(places)) if place not in known]
    seconds = 0.0
    if missing:
        embedder = model.load(progress)
        distinct: Vectors = np.empty((len(places), embedder.dim), np.float32)
        started = time.perf_counter()
        for chunk, found in _embedded(draft, embedder, missing, firsts, progress):
            distinct[chunk] = found
        seconds = time.perf_counter() - started
    elif former is not None:
        distinct = np.empty((len(places), former.manifest.dim), np.float32)
    else:
        distinct = np.empty((0, model.load(progress).dim), np.float32)
    if former is not None and known:
        distinct[list(known)] = former.vectors(list(known.values()))
    # equal texts are rare: mostly every row is its own
    vectors = distinct if len(places) == len(ids) else distinct[rows]
    return Vectorised(vectors=vectors, computed=len(missing), seconds=seconds)


def _embedded(
    draft: Draft, embedder: Embedder, missing: Sequence[int], firsts: dict[int, int], progress: bool
) -> Iterator[tuple[list[int], Vectors]]:
    # Texts of like length share a batch, so that little is spent on padding.
    lengths = draft.lengths([firsts[place] for place in missing])
    ordered = [place for _, place in sorted(zip(lengths, missing, strict=True))]
    with tqdm(total=len(ordered), desc="Tính vectơ", unit="đoạn", disable=not progress) as bar:
        for start in range(0, len(ordered), _CHUNK):
            chunk = ordered[start : start + _CHUNK]
            yield chunk, embedder.embed_passages(list(draft.searchable([firsts[place] for place in chunk])))
            bar.update(len(chunk))
