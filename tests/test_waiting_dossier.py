"""Until when a dossier is judged that was filed before the rule of today: what the transitional rules come to."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import TO_BE_JUDGED
from assistant.basis import basis
from assistant.check import checked
from assistant.corpus import Corpus
from assistant.draft import Draft
from assistant.evidence import Evidence
from assistant.question import understand
from assistant.waiting_dossier import waiting_draft
from index.search import Searcher

TODAY = date(2026, 11, 22)
RENEWAL, FIRST = "khoảng 21/6/2026, tức 30 ngày", "khoảng 21/7/2026, tức 60 ngày"


@pytest.fixture(scope="module")
def corpus(law_data: Path) -> Corpus:
    return Corpus(law_data, Searcher.open(law_data))


def draft(corpus: Corpus, question: str, on: date = TODAY) -> Draft | None:
    found = waiting_draft(understand(question, on), corpus, on)
    if found is not None:
        kept, faults = checked(found)
        assert (faults, kept.segments) == ((), found.segments)
    return found


@pytest.mark.parametrize(
    ("question", "reckoned"),
    [
        ("Hồ sơ phân hạng lại gửi ngày 2/5/2026 thì chậm nhất ngày nào phải chấm xong?", {RENEWAL}),
        ("Hồ sơ đánh giá lại nộp trước ngày 22/5/2026 mà chưa xét thì hạn hoàn thành là bao lâu?", {RENEWAL}),
        ("Hồ sơ lần đầu nộp 20/5/2026, bao giờ xong, phải xong trước ngày nào?", {FIRST}),
        ("Hồ sơ nộp ngày 20/5/2026 thì thời hạn chấm là bao nhiêu ngày?", {FIRST, RENEWAL}),
    ],
)
def test_the_day_it_comes_to(corpus: Corpus, question: str, reckoned: set[str]) -> None:
    found = draft(corpus, question)
    assert found is not None
    assert found.segments[0].text == TO_BE_JUDGED
    said = {line.text for line in found.segments if line.kind == "derived"}
    assert said == {f"Hạn hoàn thành: {one} kể từ 22/5/2026 (ngày tự tính)." for one in reckoned}
    assert found.segments[-1].text.startswith("Căn cứ: ")
    assert "khoản 2 Điều 12 Quyết định 26/2026/QĐ-TTg" in found.segments[-1].text
    assert "Tới 22/11/2026 hạn ấy đã qua" in found.notices[0]


def test_a_term_still_running_is_not_over(corpus: Corpus) -> None:
    found = draft(corpus, "Hồ sơ phân hạng lại nộp 20/5/2026 thì phải xong trước ngày nào?", date(2026, 6, 1))
    assert found is not None
    assert not any("đã qua" in notice for notice in found.notices)


@pytest.mark.parametrize(
    "question",
    [
        "Hồ sơ phân hạng lại nộp 25/5/2026 thì phải xong trước ngày nào?",
        "Hồ sơ nộp 20/5/2026 chấm theo quyết định nào?",
        "Hồ sơ 5 sao tỉnh gửi trước 30/1 thì trung ương chấm chậm nhất khi nào?",
        "Hồ sơ phân hạng lại thì phải xong trong bao nhiêu ngày?",
    ],
)
def test_of_other_questions_nothing_is_told(corpus: Corpus, question: str) -> None:
    assert draft(corpus, question) is None


def test_a_guide_that_names_several_in_passing_is_no_basis_for_one(corpus: Corpus) -> None:
    regulation = next(one for one in corpus.regulations if "quy định chuyển tiếp" in one.title)
    article = corpus.article(regulation.article_id, regulation.digest)
    start = article.text.index("Lần đầu hoặc nâng hạng phải xong")
    end = article.text.index("Hai hạn này")
    assert basis(Evidence(article=article, start=start, end=end), corpus, TODAY) == ()
