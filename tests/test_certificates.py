"""Days of certificates: until when one holds, when to file again, for a day that the question names."""

from datetime import date
from pathlib import Path

import pytest

from assistant.certificates import certificate_draft
from assistant.check import checked
from assistant.corpus import Corpus
from assistant.draft import Draft
from assistant.question import understand
from index.search import Searcher

TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def corpus(law_data: Path) -> Corpus:
    return Corpus(law_data, Searcher.open(law_data))


def draft(corpus: Corpus, question: str) -> Draft:
    found = certificate_draft(understand(question, TODAY), corpus, TODAY)
    assert found is not None
    kept, faults = checked(found)
    assert (faults, kept.segments) == ((), found.segments)
    return found


def test_a_certificate_of_before_keeps_its_term(corpus: Corpus) -> None:
    found = draft(corpus, "Sản phẩm được công nhận ngày 20/2/2025 thì sao còn giá trị tới bao giờ?")
    assert found.segments[0].text.startswith("1. Sản phẩm đã có 3 đến 5 sao trước ngày 22/5/2026 giữ hạng")
    assert "36 tháng" in found.segments[1].text
    assert found.notices[0] == (
        "Tính từ ngày bạn nêu: 20/2/2025 cộng 36 tháng là 20/2/2028; tới 28/11/2026 giấy còn hạn, nếu không bị thu "
        "hồi. Ngày ghi trong quyết định công nhận là căn cứ chính."
    )


@pytest.mark.parametrize(
    ("given", "end", "state"),
    [
        ("31/8/2023", "31/8/2026", "đã hết hạn"),
        ("29/2/2024", "28/2/2027", "còn hạn"),
        ("1/7/2026", "1/7/2029", "còn hạn"),
    ],
)
def test_months_are_counted_by_the_calendar(corpus: Corpus, given: str, end: str, state: str) -> None:
    found = draft(corpus, f"Giấy cấp ngày {given} thì dùng được đến khi nào?")
    assert f"là {end}; tới 28/11/2026 giấy {state}" in found.notices[0]


def test_a_certificate_under_todays_rule_needs_no_transition(corpus: Corpus) -> None:
    found = draft(corpus, "Giấy chứng nhận ký ngày 1/7/2026 có hạn tới ngày nào?")
    assert [segment.text[:2] for segment in found.segments[:1]] == ["3."]


def test_when_to_file_again(corpus: Corpus) -> None:
    found = draft(corpus, "Giấy hết hạn ngày 15/3/2027 thì nộp hồ sơ làm lại từ ngày nào?")
    assert "không sớm hơn 180 ngày và không muộn hơn 120 ngày" in found.segments[1].text
    assert found.notices[0] == (
        "Tính từ ngày bạn nêu, giấy hết hạn 15/3/2027: nộp từ 16/9/2026 đến 15/11/2026 (180 và 120 ngày trước đó)."
    )


def test_both_where_both_are_asked(corpus: Corpus) -> None:
    found = draft(corpus, "Giấy ký ngày 5/5/2025, bao giờ phải nộp hồ sơ gia hạn?")
    assert "5/5/2025 cộng 36 tháng là 5/5/2028" in found.notices[0]
    assert any("giấy hết hạn 5/5/2028: nộp từ 7/11/2027 đến 6/1/2028" in notice for notice in found.notices)


def test_a_guide_that_works_out_that_day_is_quoted(corpus: Corpus) -> None:
    found = draft(corpus, "Giấy hết hạn 31/12/2026 thì khung nộp lại từ ngày nào tới ngày nào?")
    assert any("04/7/2026" in segment.text and "02/9/2026" in segment.text for segment in found.segments)


@pytest.mark.parametrize(
    "question",
    [
        "Hồ sơ nộp ngày 12/5/2026 chưa chấm thì theo bộ tiêu chí nào?",
        "Quyết định 148 ký ngày 24/2/2023 còn hiệu lực không?",
        "Giấy cấp ngày 3/3/2025 ở Cà Mau còn hạn không?",
        "Quy chế nhãn hiệu chứng nhận ký ngày 17/9/2020 còn dùng không?",
        "Giấy của tôi năm sau hết hạn",
    ],
)
def test_what_asks_no_day_of_a_certificate(corpus: Corpus, question: str) -> None:
    assert certificate_draft(understand(question, TODAY), corpus, TODAY) is None
