"""Passages and their lines read again are those read before, in whatever order they are asked for."""

from pathlib import Path

import pytest

from assistant import candidates
from assistant.corpus import Corpus
from index import records
from index.manifest import FOLDER, current_name
from index.passage import Hit, Passage
from index.records import Records
from index.search import Searcher


@pytest.fixture
def held(law_data: Path) -> Records:
    return Records(law_data / FOLDER / current_name(law_data))


def test_passages_come_as_asked_for_whether_read_before_or_not(held: Records) -> None:
    first = held.passages([4, 2, 7])
    assert [one.start for one in held.passages([7, 4, 2])] == [first[2].start, first[0].start, first[1].start]
    again = held.passages([2, 5, 2, 4])
    assert again[0] is again[2] is first[1]
    assert again[3] is first[0]
    assert again[1] not in first
    assert held.passages([]) == []
    held.close()


def test_no_more_are_remembered_than_the_limit(held: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_REMEMBERED", 4)
    every = held.passages(list(range(10)))
    assert held.passages(list(range(10))) == every
    for number in range(10):
        assert held.passages([number]) == [every[number]]
        assert len(held._found) <= 4
    held.close()


def test_a_passage_that_is_not_there_is_an_error_and_remembered_by_nobody(held: Records) -> None:
    with pytest.raises(KeyError):
        held.passages([1, 10**9])
    assert held.passages([1])[0].text
    held.close()


def test_lines_are_read_once_for_each_passage(law_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    searcher = Searcher.open(law_data)
    corpus = Corpus(law_data, searcher)
    hits = searcher.search("thu hồi giấy chứng nhận", limit=3).hits
    first = list(candidates.candidates(hits, corpus, law=True))
    assert first

    def unread(passage: Passage, corpus: Corpus, *, whole: bool) -> list[Hit]:
        raise AssertionError(f"read again: {passage.heading}")

    monkeypatch.setattr(candidates, "_read", unread)
    assert list(candidates.candidates(hits, corpus, law=True)) == first
    # another view of a corpus reads for itself
    with pytest.raises(AssertionError, match="read again"):
        list(candidates.candidates(hits, Corpus(law_data, searcher), law=True))
    searcher.close()
