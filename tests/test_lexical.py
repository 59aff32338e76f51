"""BM25 by the inverted index against numbers worked out by hand, and against the formula over many passages."""

import math
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.exact import BM25
from index.lexical import LexicalIndex
from index.ranking import Mask, Ranking, best_above_zero
from index.store import CodedTerms, StoreError, Terms

# Three passages of 3, 2 and 1 terms: mean length 2. "gạo" is in two of three, "mắm" in one.
DOCUMENTS = [["gạo", "gạo", "mắm"], ["gạo", "nếp"], ["chè"]]
IDF_GAO = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
IDF_MAM = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))


def length_part(length: int) -> float:
    return 1.5 * (1 - 0.75 + 0.75 * length / 2)


GAO_0 = IDF_GAO * 2 / (2 + length_part(3))
GAO_1 = IDF_GAO * 1 / (1 + length_part(2))
MAM_0 = IDF_MAM * 1 / (1 + length_part(3))


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    LexicalIndex.write(tmp_path / "field", CodedTerms.of(DOCUMENTS))
    return LexicalIndex.open(tmp_path / "field")


def ranked(index: LexicalIndex, terms: Terms, limit: int, allowed: Mask | None = None) -> Ranking:
    return best_above_zero(index.scores(terms), limit, allowed)


def test_scores_are_those_of_the_formula(index: LexicalIndex) -> None:
    found = ranked(index, ["gạo", "mắm"], 10)
    assert found.ids.tolist() == [0, 1]
    assert found.scores.tolist() == pytest.approx([GAO_0 + MAM_0, GAO_1], rel=1e-6)
    assert found.complete
    assert found.floor == 0.0


def test_a_term_asked_twice_counts_once(index: LexicalIndex) -> None:
    assert ranked(index, ["gạo", "gạo"], 10).scores.tolist() == pytest.approx([GAO_0, GAO_1], rel=1e-6)


def test_unknown_terms_find_nothing(index: LexicalIndex) -> None:
    found = ranked(index, ["vàng", ""], 10)
    assert found.ids.tolist() == []
    assert found.complete


def test_a_filter_leaves_scores_and_the_floor_as_they_are(index: LexicalIndex) -> None:
    found = ranked(index, ["gạo"], 10, np.array([False, True, False]))
    assert found.ids.tolist() == [1]
    assert found.scores.tolist() == pytest.approx([GAO_1], rel=1e-6)
    assert found.floor == 0.0


def test_a_limit_cuts_the_list_but_not_the_count(index: LexicalIndex) -> None:
    found = ranked(index, ["gạo"], 1)
    assert found.ids.tolist() == [0]
    assert not found.complete
    assert found.matched == 2
    assert ranked(index, ["gạo", "chè"], 1, np.array([True, False, True])).matched == 2


def test_a_term_weighs_as_much_as_it_is_said_to(index: LexicalIndex) -> None:
    found = ranked(index, {"gạo": 0.5, "mắm": 2.0}, 10)
    assert found.scores.tolist() == pytest.approx([0.5 * GAO_0 + 2 * MAM_0, 0.5 * GAO_1], rel=1e-6)


def test_every_passage_has_its_score(index: LexicalIndex) -> None:
    assert index.scores(["gạo", "mắm", "vàng"]).tolist() == pytest.approx([GAO_0 + MAM_0, GAO_1, 0.0], rel=1e-6)


def test_it_knows_its_terms(index: LexicalIndex) -> None:
    assert [index.knows(term) for term in ("gạo", "chè", "vàng", "")] == [True, True, False, False]


WORDS = [f"w{number}" for number in range(60)]


def many(count: int, seed: int) -> list[list[str]]:
    """Passages with few common and many rare words, like texts; every twentieth has none at all."""
    random = np.random.default_rng(seed)
    chances = 1 / np.arange(1, len(WORDS) + 1)
    chances /= chances.sum()
    return [
        [] if number % 20 == 7 else random.choice(WORDS, random.integers(1, 30), p=chances).tolist()
        for number in range(count)
    ]


@pytest.mark.parametrize("common", [0, 1, 3])
def test_terms_of_more_than_half_the_passages_are_added_like_others(tmp_path: Path, common: int) -> None:
    """Eight passages: "w0" to "w2" in all, five and four of them, others in fewer."""
    documents = [["w0"] * (1 + at % 3) + ["w1"] * (at < 5) + ["w2"] * (at % 2) + [f"x{at}"] for at in range(8)]
    terms = CodedTerms.of(documents[: 8 if common else 0] or [[], []])
    LexicalIndex.write(tmp_path / "field", terms)
    index, formula = LexicalIndex.open(tmp_path / "field"), BM25(terms)
    asked = {"w0": 0.5, "x3": 2.0, "w2": 1.0, "w1": 3.0} if common > 1 else {"w0": 1.0}
    expected = [formula.score(asked, passage) for passage in range(len(terms))]
    assert index.scores(asked).tolist() == pytest.approx(expected, rel=1e-6)


def test_columns_take_no_more_memory_than_their_postings(tmp_path: Path) -> None:
    LexicalIndex.write(tmp_path / "field", CodedTerms.of(many(3000, 1)))
    index = LexicalIndex.open(tmp_path / "field")
    sizes = np.diff(index._starts)
    (common,) = np.nonzero(2 * sizes > 3000)
    assert index._common.tolist() == common.tolist() != []
    assert 0 < index._columns.nbytes <= 8 * int(sizes[common].sum())
    for column, code in zip(index._columns, common.tolist(), strict=True):
        postings = slice(int(index._starts[code]), int(index._starts[code + 1]))
        assert np.flatnonzero(column).tolist() == index._passages[postings].tolist()
        assert column[index._passages[postings]].tolist() == index._parts[postings].tolist()


@pytest.mark.parametrize("limit", [1, 10, 100, 5000])
@pytest.mark.parametrize("share", [None, 0.5, 0.01])
def test_the_best_of_many_passages_are_those_of_the_formula(tmp_path: Path, limit: int, share: float | None) -> None:
    terms = CodedTerms.of(many(3000, 1))
    LexicalIndex.write(tmp_path / "field", terms)
    index = LexicalIndex.open(tmp_path / "field")
    formula = BM25(terms)
    random = np.random.default_rng(2)
    allowed = None if share is None else random.random(3000) < share
    for _ in range(10):
        asked = {word: float(random.choice([0.3, 1.0, 2.5])) for word in random.choice(WORDS, 8, replace=False)}
        every = np.array([formula.score(asked, passage) for passage in range(3000)], np.float32)
        possible = np.flatnonzero(every > 0 if allowed is None else (every > 0) & allowed)
        found = ranked(index, asked, limit, allowed)
        assert found.scores.tolist() == pytest.approx(sorted(every[possible].tolist(), reverse=True)[:limit], rel=1e-5)
        assert every[found.ids].tolist() == pytest.approx(found.scores.tolist(), rel=1e-5)
        assert set(found.ids.tolist()) <= set(possible.tolist())
        assert found.matched == len(possible)


@given(
    before=st.lists(st.lists(st.sampled_from(WORDS[:9]), max_size=6), max_size=12),
    change=st.lists(st.one_of(st.booleans(), st.lists(st.sampled_from(WORDS[:12]), max_size=6)), max_size=14),
)
@settings(max_examples=150, deadline=None)
def test_an_update_writes_what_a_whole_writing_would(before: list[list[str]], change: list[bool | list[str]]) -> None:
    """change: in order, whether the next of the former passages is kept, or a new passage."""
    kept, added, whole, following = [], [], [], 0
    for step in change:
        if isinstance(step, list):
            kept.append(-1)
            added.append(step)
            whole.append(step)
        elif following < len(before):
            if step:
                kept.append(following)
                whole.append(before[following])
            following += 1
    with TemporaryDirectory() as folder:
        former, updated, anew = (Path(folder) / name for name in ("former", "updated", "anew"))
        LexicalIndex.write(former, CodedTerms.of(before))
        LexicalIndex.update(former, updated, np.array(kept, np.int64), CodedTerms.of(added))
        LexicalIndex.write(anew, CodedTerms.of(whole))
        names = sorted(path.name for path in anew.iterdir())
        assert names == sorted(path.name for path in updated.iterdir())
        for name in names:
            assert (updated / name).read_bytes() == (anew / name).read_bytes(), name


def test_merging_in_parts_gives_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    LexicalIndex.write(tmp_path / "at once", CodedTerms.of(many(300, 3)))
    monkeypatch.setattr("index.lexical._CHUNK", 50)
    LexicalIndex.write(tmp_path / "in parts", CodedTerms.of(many(300, 3)))
    for path in sorted((tmp_path / "at once").iterdir()):
        assert path.read_bytes() == (tmp_path / "in parts" / path.name).read_bytes()


@pytest.mark.parametrize("reach", [1, 50, 700])
def test_terms_far_apart_are_added_up_like_near_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reach: int
) -> None:
    LexicalIndex.write(tmp_path / "field", CodedTerms.of(many(300, 3)))
    index = LexicalIndex.open(tmp_path / "field")
    asked = {word: 1.0 + place for place, word in enumerate(WORDS[::4])}
    expected = index.scores(asked)
    monkeypatch.setattr("index.lexical._REACH", reach)
    assert index.scores(asked).tolist() == pytest.approx(expected.tolist(), rel=1e-5)


def test_parts_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    LexicalIndex.write(tmp_path / "a", CodedTerms.of(DOCUMENTS))
    LexicalIndex.write(tmp_path / "b", CodedTerms.of(DOCUMENTS[:2]))
    shutil.copy(tmp_path / "b" / "counts.npy", tmp_path / "a" / "counts.npy")
    with pytest.raises(StoreError, match="do not belong together"):
        LexicalIndex.open(tmp_path / "a")
    (tmp_path / "b" / "terms.npy").write_bytes(b"no array")
    with pytest.raises(StoreError, match="cannot be read"):
        LexicalIndex.open(tmp_path / "b")


def test_a_corpus_without_a_single_term_is_no_error(tmp_path: Path) -> None:
    LexicalIndex.write(tmp_path / "field", CodedTerms.of([[], []]))
    index = LexicalIndex.open(tmp_path / "field")
    assert index.count == 2
    assert ranked(index, ["gạo", ""], 5).ids.tolist() == []


def test_equal_documents_give_equal_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        LexicalIndex.write(tmp_path / name, CodedTerms.of(DOCUMENTS))
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_a_missing_index_says_where(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        LexicalIndex.open(tmp_path / "nowhere")
