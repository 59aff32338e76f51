"""Real passages -> a corpus of any size: vectors jittered, terms of real sentences put together anew.

A vector is a real one moved along differences between real neighbours, so that what is added lies in the directions in
which real vectors differ; on pure Gaussian vectors, and on real ones with Gaussian noise, all neighbours are as far
as each other, and a graph's recall measures nothing. How far is chosen by bisection so that the middle passage's first
neighbour is as far as in the real set, with up to 100,000 passages (1,000,000 take the scale of 100,000).

The terms of a passage are those of as many sentences as its real one has, each with one chance in two a sentence of
that passage and else any sentence, so that terms are as frequent as in real text and keep company with the vector. The
vocabulary does not grow with the corpus: the rarest terms of a large one are more frequent than in real text, for
every peer alike.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.peers.corpus import (
    FILTERS,
    KINDS,
    PROVINCES,
    YEARS,
    About,
    Codes,
    Corpus,
    Facets,
    Ids,
    Vectors,
    filter_of,
    write_about,
)
from benchmarks.peers.exact import nearest

PERCENTILES = (5, 25, 50, 75, 95)
# The middle passage's first neighbour need not be nearer to the real one's distance than this share of it.
_CLOSE = 0.02
_NEIGHBOURS = 10
_DIFFERENCES = 4
_SAMPLE = 1000
_CHUNK = 50_000
_CALIBRATED_UP_TO = 100_000
# Passages are moved unequally far, as real ones lie in dense and in thin places: log-normal with this deviation.
_UNEVEN = 0.15
# Questions are moved so little that they stay questions of their answers.
_QUESTION_SCALE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Real:
    """Real passages and questions.

    vectors: (m, dim) float32 unit rows. codes: the terms of all sentences, places in `vocabulary` (sorted); sentence i
    has codes[sentence_offsets[i] : sentence_offsets[i + 1]], passage j the sentences passage_offsets[j] to
    passage_offsets[j + 1] - 1. question_vectors (q, dim); question_codes: the distinct known terms of each.
    """

    sources: tuple[str, ...]
    vectors: Vectors
    vocabulary: tuple[str, ...]
    codes: Codes
    sentence_offsets: Ids
    passage_offsets: Ids
    question_vectors: Vectors
    question_codes: tuple[tuple[int, ...], ...]


def synthesise(real: Real, folder: Path, passages: int, *, questions: int, seed: int = 7) -> Corpus:
    """Write a corpus of so many passages and 1 % more into an empty or missing folder.

    Equal arguments give equal files on one machine.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    added = max(1, passages // 100)
    whole = passages + added
    pool = _differences(real.vectors, seed)
    wanted = neighbour_distances(real.vectors, len(real.vectors), seed)
    scale = _calibrated(real, pool, min(whole, _CALIBRATED_UP_TO), wanted["1st"][PERCENTILES.index(50)], seed)
    chosen = np.random.default_rng(seed).integers(len(real.vectors), size=whole)
    vectors = np.lib.format.open_memmap(
        folder / "vectors.npy", mode="w+", dtype=np.float32, shape=(whole, real.vectors.shape[1])
    )
    for start in range(0, whole, _CHUNK):
        stop = min(start + _CHUNK, whole)
        vectors[start:stop] = _moved(real.vectors, pool, chosen[start:stop], scale, (seed, start))
    vectors.flush()
    shares = _write_terms(real, folder, chosen, seed)
    facets = _write_facets(folder, whole, seed)
    _write_questions(real, folder, pool, questions, seed)
    (folder / "vocabulary.txt").write_text("\n".join(real.vocabulary), encoding="utf-8")
    write_about(
        folder,
        About(
            passages=passages,
            added=added,
            dim=int(vectors.shape[1]),
            terms=len(real.vocabulary),
            seed=seed,
            real=len(real.vectors),
            real_questions=len(real.question_vectors),
            sources=real.sources,
            scale=scale,
            distances=neighbour_distances(vectors, passages, seed),
            real_distances=wanted,
            left={
                name: round(float(np.mean([facets.share(filter_of(name, province)) for province in PROVINCES])), 4)
                for name in FILTERS
            },
            shares=shares,
            real_shares=_real_shares(real),
        ),
    )
    del vectors
    return Corpus(folder)


def neighbour_distances(vectors: Vectors, count: int, seed: int) -> dict[str, list[float]]:
    """1 - cosine from a sample of the first `count` rows to their 1st and 10th neighbours: percentiles 5 to 95."""
    rows = np.sort(np.random.default_rng(seed).choice(count, min(_SAMPLE, count), replace=False))
    ids, scores = nearest(vectors, count, np.asarray(vectors[rows]), _NEIGHBOURS + 1)
    # A row is its own nearest; one equal to another may stand second.
    others = np.where(ids == rows[:, None], -np.inf, scores)
    ordered = -np.sort(-others, axis=1)[:, :_NEIGHBOURS]
    return {
        name: [round(float(value), 4) for value in np.percentile(1 - ordered[:, place], PERCENTILES)]
        for name, place in (("1st", 0), ("10th", _NEIGHBOURS - 1))
    }


def _differences(vectors: Vectors, seed: int) -> Vectors:
    """(pool, dim) differences between real passages and one of their ten nearest."""
    ids, _ = nearest(vectors, len(vectors), vectors, min(_NEIGHBOURS + 1, len(vectors)))
    random = np.random.default_rng(seed)
    size = min(20_000, 10 * len(vectors))
    first = random.integers(len(vectors), size=size)
    second = ids[first, random.integers(ids.shape[1], size=size)]
    apart = second != first
    return np.asarray(vectors[first[apart]] - vectors[second[apart]], np.float32)


def _moved(vectors: Vectors, pool: Vectors, chosen: Ids, scale: float, seed: Sequence[int]) -> Vectors:
    """(len(chosen), dim) unit rows: the chosen vectors, each moved along a few differences, some far, some little."""
    random = np.random.default_rng(tuple(seed))
    moved = vectors[chosen].astype(np.float32)
    length = scale * np.exp(_UNEVEN * random.standard_normal(len(chosen))) / np.sqrt(_DIFFERENCES)
    for _ in range(_DIFFERENCES):
        step = (length * random.standard_normal(len(chosen))).astype(np.float32)
        moved += step[:, None] * pool[random.integers(len(pool), size=len(chosen))]
    moved /= np.linalg.norm(moved, axis=1, keepdims=True)
    return moved


def _calibrated(real: Real, pool: Vectors, count: int, wanted: float, seed: int) -> float:
    """The scale at which the middle passage's first neighbour of `count` is `wanted` far."""
    chosen = np.random.default_rng(seed).integers(len(real.vectors), size=count)
    low, high = 0.0, 4.0
    for _ in range(12):
        scale = (low + high) / 2
        vectors = np.empty((count, real.vectors.shape[1]), np.float32)
        for start in range(0, count, _CHUNK):
            part = chosen[start : start + _CHUNK]
            vectors[start : start + len(part)] = _moved(real.vectors, pool, part, scale, (seed, start))
        middle = neighbour_distances(vectors, count, seed)["1st"][PERCENTILES.index(50)]
        if abs(middle - wanted) <= _CLOSE * wanted:
            break
        low, high = (scale, high) if middle < wanted else (low, scale)
    return scale


def _write_terms(real: Real, folder: Path, chosen: Ids, seed: int) -> dict[str, float]:
    """Write codes.npy and offsets.npy; the shares of passages that hold frequent terms."""
    lengths = np.diff(real.sentence_offsets)
    sentences = np.diff(real.passage_offsets)
    parts: list[Ids] = []
    pieces = folder / "codes.part"
    held = np.zeros(len(real.vocabulary), np.int64)
    with pieces.open("wb") as file:
        for start in range(0, len(chosen), _CHUNK):
            random = np.random.default_rng((seed, start, 1))
            rows = chosen[start : start + _CHUNK]
            owner = np.repeat(np.arange(len(rows)), sentences[rows])
            first = real.passage_offsets[rows][owner]
            own = first + (random.random(len(owner)) * sentences[rows][owner]).astype(np.int64)
            any_one = random.integers(len(lengths), size=len(owner))
            picked = np.where(random.random(len(owner)) < 0.5, own, any_one)
            codes = _gathered(real.codes, real.sentence_offsets[picked], lengths[picked])
            codes.tofile(file)
            parts.append(np.bincount(owner, lengths[picked], minlength=len(rows)).astype(np.int64))
            whose = np.repeat(owner, lengths[picked])
            once = np.unique(whose * len(held) + codes) % len(held)
            held += np.bincount(once, minlength=len(held))
    offsets = np.concatenate([[0], np.cumsum(np.concatenate(parts))]).astype(np.int64)
    np.save(folder / "offsets.npy", offsets)
    codes_file = np.lib.format.open_memmap(folder / "codes.npy", mode="w+", dtype=np.int32, shape=(int(offsets[-1]),))
    codes_file[:] = np.memmap(pieces, np.int32, "r")
    codes_file.flush()
    pieces.unlink()
    return _shares(held, len(chosen))


def _gathered(codes: Codes, starts: Ids, lengths: Ids) -> Codes:
    """The stretches of `codes` that begin at `starts`, one after the other."""
    ends = np.cumsum(lengths)
    places = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(starts - (ends - lengths), lengths)
    return np.ascontiguousarray(codes[places])


def _real_shares(real: Real) -> dict[str, float]:
    passages = len(real.passage_offsets) - 1
    lengths = np.diff(real.sentence_offsets[real.passage_offsets])
    whose = np.repeat(np.arange(passages), lengths)
    once = np.unique(whose * len(real.vocabulary) + real.codes) % len(real.vocabulary)
    return _shares(np.bincount(once, minlength=len(real.vocabulary)), passages)


def _shares(held: Ids, passages: int) -> dict[str, float]:
    ordered = -np.sort(-held)
    return {
        str(rank): round(float(ordered[rank - 1]) / passages, 5)
        for rank in (10, 100, 1000, 10_000)
        if rank <= len(ordered)
    }


def _write_facets(folder: Path, count: int, seed: int) -> Facets:
    random = np.random.default_rng((seed, 2))
    facets = Facets(
        province=random.integers(len(PROVINCES), size=count).astype(np.int8),
        kind=random.choice(len(KINDS), size=count, p=list(KINDS.values())).astype(np.int8),
        year=random.integers(YEARS[0], YEARS[-1] + 1, size=count).astype(np.int16),
    )
    np.savez(folder / "facets.npz", province=facets.province, kind=facets.kind, year=facets.year)
    return facets


def _write_questions(real: Real, folder: Path, pool: Vectors, count: int, seed: int) -> None:
    """Every real question once before one is repeated, each moved a little; those without a known term left out."""
    random = np.random.default_rng((seed, 3))
    usable = np.array([row for row, codes in enumerate(real.question_codes) if codes], np.int64)
    rounds = -(-count // len(usable))
    rows = np.concatenate([random.permutation(usable) for _ in range(rounds)])[:count]
    codes = [real.question_codes[row] for row in rows]
    np.savez(
        folder / "questions.npz",
        vectors=_moved(real.question_vectors, pool, rows, _QUESTION_SCALE, (seed, 4)),
        codes=np.array([code for own in codes for code in own], np.int32),
        offsets=np.cumsum([0, *(len(own) for own in codes)]).astype(np.int64),
        provinces=random.integers(len(PROVINCES), size=count).astype(np.int8),
    )
