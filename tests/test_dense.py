"""Vectors: few compared at once, many by their codes first."""

from pathlib import Path

import numpy as np
import pytest

from index import dense
from index.dense import DenseIndex
from index.store import StoreError, Vectors

DIM, COUNT = 64, 3000


def clouds(count: int, seed: int) -> Vectors:
    """Unit vectors in clouds, so that there are near and far ones as among texts."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(0).normal(size=(60, DIM))
    rows = centres[random.integers(0, 60, count)] + 0.7 * random.normal(size=(count, DIM)) + 0.5
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@pytest.fixture
def coded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the codes of 3,000 vectors."""
    monkeypatch.setattr(dense, "_CODED_FROM", 1000)
    DenseIndex.write(tmp_path, clouds(COUNT, 1))
    assert (tmp_path / "codes.npy").exists()
    return tmp_path


def best(vectors: Vectors, question: Vectors, limit: int, allowed: np.ndarray | None = None) -> list[int]:
    scores = vectors.astype(np.float16).astype(np.float32) @ question
    if allowed is not None:
        scores[~allowed] = -2
    order: list[int] = np.argsort(-scores, kind="stable")[:limit].tolist()
    return order


@pytest.mark.parametrize("left", [None, 2000, 600, 40, 5, 0])
def test_codes_lead_to_the_nearest_vectors_whatever_a_filter_leaves(coded: Path, left: int | None) -> None:
    vectors, index = clouds(COUNT, 1), DenseIndex.open(coded)
    random = np.random.default_rng(3)
    allowed = None
    if left is not None:
        allowed = np.zeros(COUNT, np.bool_)
        allowed[random.permutation(COUNT)[:left]] = True
    found_of_best = 0
    for question in clouds(50, 4):
        found = index.search(question, 10, allowed)
        expected = best(vectors, question, 10 if left is None else min(10, left), allowed)
        assert len(found.ids) == len(expected)
        assert allowed is None or bool(allowed[found.ids].all())
        assert found.scores.tolist() == pytest.approx(index.scores(question, found.ids).tolist(), abs=1e-6)
        assert found.complete == (left is not None and left <= 10)
        found_of_best += len(set(found.ids.tolist()) & set(expected))
    assert found_of_best >= 0.99 * 50 * (10 if left is None else min(10, left))


def test_where_a_filter_leaves_few_all_that_it_leaves_are_compared_as_they_are(
    coded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "_FEW", 0)
    vectors, index = clouds(COUNT, 1), DenseIndex.open(coded)
    allowed = np.zeros(COUNT, np.bool_)
    allowed[np.random.default_rng(8).permutation(COUNT)[: COUNT // 25]] = True
    for question in clouds(20, 4):
        found = index.search(question, 30, allowed)
        assert found.ids.tolist() == best(vectors, question, 30, allowed)
        assert found.scores.tolist() == pytest.approx(index.scores(question, found.ids).tolist(), abs=1e-6)
        assert found.matched == COUNT // 25


def test_scores_are_those_of_the_vectors_as_they_lie(tmp_path: Path) -> None:
    """Every float16 there is, the smallest and both zeros with it."""
    halves = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
    halves = halves[np.isfinite(halves)]
    vectors = np.resize(halves, (len(halves) // DIM + 1, DIM)).astype(np.float32)
    DenseIndex.write(tmp_path, vectors)
    index = DenseIndex.open(tmp_path)
    ids = np.random.default_rng(6).permutation(len(vectors))
    for axis in range(DIM):
        question = np.zeros(DIM, np.float32)
        question[axis] = 1
        assert index.scores(question, ids).tolist() == vectors[ids, axis].tolist()


def test_as_many_are_compared_as_are_wanted_however_many(coded: Path) -> None:
    index = DenseIndex.open(coded)
    for limit in (1, 7, 333, COUNT, COUNT + 1):
        found = index.search(clouds(1, 5)[0], limit)
        assert len(set(found.ids.tolist())) == min(limit, COUNT)
        assert found.scores.tolist() == sorted(found.scores.tolist(), reverse=True)


def test_scores_are_those_of_the_vectors_not_of_the_codes(coded: Path) -> None:
    vectors, question = clouds(COUNT, 1), clouds(1, 5)[0]
    found = DenseIndex.open(coded).search(question, 20)
    assert found.scores.tolist() == pytest.approx((vectors[found.ids] @ question).tolist(), abs=1e-3)
    assert found.floor == pytest.approx(float((vectors[::3] @ question).min()), abs=1e-3)


def test_an_update_keeps_codes_and_gives_what_a_whole_writing_gives(coded: Path, tmp_path: Path) -> None:
    kept = np.r_[np.arange(100, 1500), [-1] * 7, np.arange(1501, 3000), [-1]]
    added = clouds(8, 9)
    updated, anew = tmp_path / "updated", tmp_path / "anew"
    updated.mkdir()
    anew.mkdir()
    DenseIndex.update(coded, updated, kept, added)
    whole = clouds(COUNT, 1)[kept]
    whole[kept < 0] = added
    DenseIndex.write(anew, whole)
    assert (updated / "vectors.npy").read_bytes() == (anew / "vectors.npy").read_bytes()
    assert (updated / "codebook.npz").read_bytes() == (coded / "codebook.npz").read_bytes()
    former, codes = np.load(coded / "codes.npy"), np.load(updated / "codes.npy")
    assert (codes[kept >= 0] == former[kept[kept >= 0]]).all()
    for question in added:
        assert DenseIndex.open(updated).search(question, 1).ids.tolist() == best(whole, question, 1)


def test_codes_come_and_go_with_the_number_of_vectors(coded: Path, tmp_path: Path) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    few.mkdir()
    many.mkdir()
    DenseIndex.update(coded, few, np.arange(900), np.zeros((0, DIM), np.float32))
    assert not (few / "codes.npy").exists()
    DenseIndex.update(few, many, np.r_[np.arange(900), [-1] * 200], clouds(200, 6))
    assert np.load(many / "codes.npy").shape == (1100, DIM // 4)


def test_a_codebook_is_learned_anew_for_four_times_as_many(
    coded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "_LEARNED_ANEW", 1.5)
    more = tmp_path / "more"
    more.mkdir()
    DenseIndex.update(coded, more, np.r_[np.arange(COUNT), [-1] * 2000], clouds(2000, 7))
    assert int(np.load(more / "codebook.npz")["learned_from"]) == 5000


def test_codes_of_other_vectors_are_refused(coded: Path) -> None:
    codes = np.load(coded / "codes.npy")
    np.save(coded / "codes.npy", codes[:-1])
    with pytest.raises(StoreError, match=r"\(2999, 16\)"):
        DenseIndex.open(coded)
    np.save(coded / "vectors.npy", np.zeros((4, 4), np.float32))
    with pytest.raises(StoreError, match="float32 of shape"):
        DenseIndex.open(coded)
