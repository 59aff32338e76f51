"""Questions about a day whose rule no text held tells: what is known of the rules is said, and today's is not told."""

from datetime import date
from pathlib import Path

import pytest

from assistant.clauses import clauses_draft
from assistant.corpus import Corpus
from assistant.draft import Draft
from assistant.one_place import asks_of_one_place
from assistant.points import points_draft
from assistant.question import understand
from index.search import Searcher

TODAY = date(2026, 11, 22)
BEFORE = date(2018, 6, 1)


@pytest.fixture(scope="module")
def corpus(law_data: Path) -> Corpus:
    return Corpus(law_data, Searcher.open(law_data))


def lines(draft: Draft | None) -> list[str]:
    assert draft is not None
    return [segment.text for segment in draft.segments]


@pytest.mark.parametrize(
    ("question", "on"),
    [
        ("Hạng 3 sao thì cơ quan nào công nhận?", BEFORE),
        ("Mới tham gia thì hồ sơ gồm những gì?", BEFORE),
        ("Năm 2017 thang điểm ba phần thế nào?", TODAY),
    ],
)
def test_a_day_before_every_rule_held(question: str, on: date, corpus: Corpus) -> None:
    draft = clauses_draft(understand(question, on), corpus, on)
    assert draft is not None
    assert draft.status == "partial"
    said = lines(draft)
    assert said[0].startswith("Kho không giữ văn bản nào về ")
    assert "Quyết định 26/2026/QĐ-TTg có hiệu lực từ 22/5/2026, sau ngày này." in said
    assert not any("Mẫu số 01" in one or "40 điểm" in one for one in said)


def test_points_before_every_scale_held(corpus: Corpus) -> None:
    draft = points_draft(understand("Chấm được 68 điểm thì là mấy sao?", BEFORE), corpus, BEFORE)
    assert draft is not None
    assert draft.status == "partial"
    assert lines(draft)[0].startswith("Kho không giữ văn bản nào về bộ tiêu chí")


def test_points_of_a_document_nothing_is_known_of_are_told_by_none(corpus: Corpus) -> None:
    question = understand("Theo Quyết định 999/QĐ-TTg, 68 điểm là mấy sao?", TODAY)
    assert points_draft(question, corpus, TODAY) is None


def test_the_parts_of_a_scale_are_no_name_and_no_unit(corpus: Corpus) -> None:
    question = understand("Năm 2020 thang điểm A B C ra sao?", TODAY)
    assert not asks_of_one_place(question)
    assert question.unit.empty
    assert lines(clauses_draft(question, corpus, TODAY))[0].startswith("Phần A 35 điểm, phần B 25 điểm, phần C 40 điểm")
