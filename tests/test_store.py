"""The two stores against each other by value, and fusion against its definition over all scores."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.fuse import fuse
from index.ranking import Mask, Ranking, best_above_zero, rank
from index.store import CodedTerms, Contents, Store, StoreError, Vectors, load_store, sample

DIM = 5
WORDS = ("gạo", "mắm", "chè", "nếp", "sao", "xã")


def unit(rows: np.ndarray) -> Vectors:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@st.composite
def corpora(draw: st.DrawFn) -> tuple[Contents, Vectors, list[str], Mask | None]:
    """Some passages, a question's vector and terms, and a filter: none, or one that leaves 0, 1, 5 or any number."""
    count = draw(st.integers(1, 40))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    vectors = unit(random.normal(size=(count, DIM)) + 0.01)
    documents = [
        draw(st.lists(st.sampled_from(WORDS), max_size=6)) if number < 8 else random.choice(WORDS, 4).tolist()
        for number in range(count)
    ]
    left = draw(st.sampled_from((None, 0, 1, 5, count // 2)))
    mask: Mask | None = None
    if left is not None:
        mask = np.zeros(count, np.bool_)
        mask[random.permutation(count)[:left]] = True
    question = draw(st.lists(st.sampled_from((*WORDS, "vàng")), max_size=5))
    contents = Contents(
        vectors=vectors, terms={"accented": CodedTerms.of(documents), "stripped": CodedTerms.of(documents[::-1])}
    )
    return contents, unit(random.normal(size=(1, DIM)) + 0.01)[0], question, mask


def opened(name: str, contents: Contents, folder: Path) -> Store:
    kind = load_store(name)
    kind.write(folder, contents)
    return kind.open(folder)


def assert_same(left: Ranking, right: Ranking) -> None:
    """Equal by value; passages of equal score to rounding may change places."""
    assert left.matched == right.matched
    assert left.floor == pytest.approx(right.floor, abs=1e-5)
    assert left.scores.tolist() == pytest.approx(right.scores.tolist(), abs=1e-5)
    other = dict(zip(right.ids.tolist(), right.scores.tolist(), strict=True))
    last = right.scores[-1] if len(right.scores) else 0.0
    for number, score in zip(left.ids.tolist(), left.scores.tolist(), strict=True):
        assert other.get(number, last) == pytest.approx(score, abs=1e-5)


@given(corpora(), st.integers(1, 45))
@settings(max_examples=60, deadline=None)
def test_faiss_and_the_inverted_index_agree_with_the_definition(
    drawn: tuple[Contents, Vectors, list[str], Mask | None], limit: int
) -> None:
    contents, vector, question, mask = drawn
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        faiss, exact = opened("faiss", contents, Path(one)), opened("exact", contents, Path(other))
        assert faiss.count == exact.count == len(contents.vectors)
        assert_same(faiss.dense(vector, limit, mask), exact.dense(vector, limit, mask))
        for field in ("accented", "stripped"):
            by_terms = [store.lexical(question, field=field) for store in (faiss, exact)]
            assert by_terms[0].tolist() == pytest.approx(by_terms[1].tolist(), abs=1e-5)
            some = np.arange(0, exact.count, 3)
            assert faiss.dense_scores(vector, some).tolist() == pytest.approx(
                exact.dense_scores(vector, some).tolist(), abs=1e-5
            )


@given(corpora(), st.integers(1, 12))
@settings(max_examples=60, deadline=None)
def test_a_filter_holds_during_retrieval(drawn: tuple[Contents, Vectors, list[str], Mask | None], limit: int) -> None:
    contents, vector, question, mask = drawn
    allowed = np.ones(len(contents.vectors), np.bool_) if mask is None else mask
    with TemporaryDirectory() as folder:
        store = opened("faiss", contents, Path(folder))
        dense = store.dense(vector, limit, mask)
        assert len(dense.ids) == min(limit, int(allowed.sum()))
        assert allowed[dense.ids].all()
        by_terms = best_above_zero(store.lexical(question, field="accented"), limit, mask)
        assert allowed[by_terms.ids].all()


def fused_by_definition(
    exact: Store, vector: Vectors, question: Sequence[str], weight: float, mask: Mask | None
) -> dict[int, float]:
    """From the floor to the highest of every passage allowed, then the weighted sum: no heads of lists, no bounds."""
    every = np.arange(exact.count)
    allowed = every if mask is None else np.flatnonzero(mask)
    parts = []
    for scores, floor in (
        (exact.dense_scores(vector, every), float(exact.dense_scores(vector, sample(exact.count)).min())),
        (exact.lexical(question, field="accented"), 0.0),
    ):
        top = float(scores[allowed].max(initial=-1.0))
        level = 1.0 if top > 0 else 0.0
        parts.append(
            np.clip((scores - floor) / (top - floor), 0, 1) if top - floor > 1e-6 else np.full(len(every), level)
        )
    fused = weight * parts[0] + (1 - weight) * parts[1]
    return {int(number): float(fused[number]) for number in allowed}


@pytest.mark.parametrize("weight", [0.5, 0.8])
@pytest.mark.parametrize("name", ["faiss", "exact"])
@given(drawn=corpora(), limit=st.integers(1, 50))
@settings(max_examples=40, deadline=None)
def test_fusion_is_min_max_over_all_scores(
    name: str, weight: float, drawn: tuple[Contents, Vectors, list[str], Mask | None], limit: int
) -> None:
    contents, vector, question, mask = drawn
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        store, exact = opened(name, contents, Path(one)), opened("exact", contents, Path(other))
        expected = fused_by_definition(exact, vector, question, weight, mask)
        found = fuse(store, vector, question, field="accented", dense_weight=weight, limit=limit, allowed=mask)
        assert found.score.tolist() == pytest.approx(sorted(expected.values(), reverse=True)[:limit], abs=1e-4)
        for number, score in zip(found.ids.tolist(), found.score.tolist(), strict=True):
            assert score == pytest.approx(expected[number], abs=1e-4)


def test_heads_of_lists_suffice_for_a_corpus_larger_than_they_are(tmp_path: Path) -> None:
    """2,000 passages, of which fusion first looks at 100 per list: the result is that of looking at all."""
    random = np.random.default_rng(7)
    vectors = unit(random.normal(size=(2000, DIM)))
    documents = [random.choice(WORDS, 6).tolist() for _ in range(2000)]
    contents = Contents(
        vectors=vectors, terms={"accented": CodedTerms.of(documents), "stripped": CodedTerms.of(documents)}
    )
    store = opened("faiss", contents, tmp_path)
    for number in range(5):
        vector, question = vectors[number], [WORDS[number], WORDS[number + 1]]
        expected = fused_by_definition(store, vector, question, 0.5, None)
        found = fuse(store, vector, question, field="accented", dense_weight=0.5, limit=10)
        assert found.score.tolist() == pytest.approx(sorted(expected.values(), reverse=True)[:10], abs=1e-4)


def test_words_can_lift_a_passage_that_is_far_from_the_nearest(tmp_path: Path) -> None:
    """The nearest 100 share no word with the question; one at the other end of the ranking has all of them."""
    angles = np.linspace(0, 1.5, 1000)
    vectors = unit(np.stack([np.cos(angles), np.sin(angles)], axis=1))
    documents = [["xã"] if number < 500 else ["nếp", "xã"] for number in range(1000)]
    documents[900] = ["gạo", "mắm"]
    coded = CodedTerms.of(documents)
    store = opened("faiss", Contents(vectors=vectors, terms={"accented": coded, "stripped": coded}), tmp_path)
    found = fuse(store, vectors[0], ["gạo", "mắm", "nếp"], field="accented", dense_weight=0.3, limit=3)
    expected = fused_by_definition(store, vectors[0], ["gạo", "mắm", "nếp"], 0.3, None)
    assert found.ids[0] == 900
    assert found.score.tolist() == pytest.approx(sorted(expected.values(), reverse=True)[:3], abs=1e-5)
    assert found.matched == 500


def test_without_vectors_only_passages_that_share_a_term_are_found(tmp_path: Path) -> None:
    contents = Contents(
        vectors=unit(np.eye(3, DIM) + 0.1),
        terms={
            "accented": CodedTerms.of([["gạo"], ["chè"], ["gạo", "xã"]]),
            "stripped": CodedTerms.of([["gao"], ["che"], ["gao", "xa"]]),
        },
    )
    found = fuse(opened("faiss", contents, tmp_path), None, ["gao"], field="stripped", dense_weight=0.0, limit=9)
    assert found.ids.tolist() == [0, 2]
    assert np.isnan(found.dense).all()
    assert found.score[0] == 1.0
    with pytest.raises(ValueError, match="vector"):
        fuse(opened("exact", contents, tmp_path), None, ["gao"], field="stripped", dense_weight=0.5, limit=9)


def test_the_sample_is_spread_over_all_passages() -> None:
    assert sample(0).tolist() == []
    assert sample(3).tolist() == [0, 1, 2]
    assert sample(1001).tolist() == list(range(0, 1001, 2))
    assert len(sample(999_999)) == 1000


def test_rank_sorts_by_score_then_id() -> None:
    ids, scores = rank(np.array([4, 2, 9, 7]), np.array([0.5, 0.5, 0.9, 0.1], np.float32), 3)
    assert ids.tolist() == [9, 2, 4]
    assert scores.tolist() == pytest.approx([0.9, 0.5, 0.5])
    assert rank(np.array([4]), np.array([0.5], np.float32), 0)[0].tolist() == []


def test_an_unknown_store_names_those_there_are() -> None:
    with pytest.raises(StoreError, match="faiss, exact"):
        load_store("postgres")


def test_contents_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\[1, 2\]"):
        Contents(
            vectors=np.zeros((2, DIM), np.float32),
            terms={"accented": CodedTerms.of([[]]), "stripped": CodedTerms.of([[]])},
        )
