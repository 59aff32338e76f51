"""BM25 by bm25s against numbers worked out by hand."""

import math
from pathlib import Path

import numpy as np
import pytest

from index.lexical import LexicalIndex
from index.store import CodedTerms, StoreError

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


def test_scores_are_those_of_the_formula(index: LexicalIndex) -> None:
    found = index.search(["gạo", "mắm"], 10)
    assert found.ids.tolist() == [0, 1]
    assert found.scores.tolist() == pytest.approx([GAO_0 + MAM_0, GAO_1], rel=1e-6)
    assert found.matched == 2
    assert found.floor == 0.0


def test_a_term_asked_twice_counts_once(index: LexicalIndex) -> None:
    assert index.search(["gạo", "gạo"], 10).scores.tolist() == pytest.approx([GAO_0, GAO_1], rel=1e-6)


def test_unknown_terms_find_nothing(index: LexicalIndex) -> None:
    found = index.search(["vàng", ""], 10)
    assert found.ids.tolist() == []
    assert found.matched == 0


def test_a_filter_leaves_scores_as_they_are_and_lifts_the_floor(index: LexicalIndex) -> None:
    found = index.search(["gạo"], 10, np.array([False, True, False]))
    assert found.ids.tolist() == [1]
    assert found.scores.tolist() == pytest.approx([GAO_1], rel=1e-6)
    assert found.floor == pytest.approx(GAO_1, rel=1e-6)


def test_a_limit_cuts_the_list_but_not_the_count(index: LexicalIndex) -> None:
    found = index.search(["gạo"], 1)
    assert found.ids.tolist() == [0]
    assert found.matched == 2


def test_a_corpus_without_a_single_term_is_no_error(tmp_path: Path) -> None:
    LexicalIndex.write(tmp_path / "field", CodedTerms.of([[], []]))
    index = LexicalIndex.open(tmp_path / "field")
    assert index.count == 2
    assert index.search(["gạo", ""], 5).ids.tolist() == []


def test_equal_documents_give_equal_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        LexicalIndex.write(tmp_path / name, CodedTerms.of(DOCUMENTS))
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_a_missing_index_says_where(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        LexicalIndex.open(tmp_path / "nowhere")
