"""Days of certificates: until when one holds, when to file again, for a day that the question names."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import HAS_ENDED, HOLDS, PAST_TERM, WINDOW_AHEAD, WINDOW_OPEN, WINDOW_PAST
from assistant.certificates import certificate_draft
from assistant.check import checked
from assistant.corpus import Corpus
from assistant.draft import Draft
from assistant.question import understand
from evaluation.answers import assistant_over
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
    assert found.segments[0].text == WINDOW_PAST
    assert "không sớm hơn 180 ngày và không muộn hơn 120 ngày" in found.segments[2].text
    assert found.notices[:2] == (
        "Tính từ ngày bạn nêu, giấy hết hạn 15/3/2027: nộp từ 16/9/2026 đến 15/11/2026 (180 và 120 ngày trước đó); tới "
        "28/11/2026 khung ấy đã qua.",
        "Nếu được kéo dài theo quy định ấy thì cũng không quá 11/9/2027 (180 ngày sau ngày hết hạn).",
    )
    assert [line.text.partition(" Quyết định")[0] for line in found.segments if line.text.startswith("Căn cứ")] == [
        "Căn cứ: khoản 6 Điều 7",
        "Căn cứ: khoản 3 Điều 12",
    ]


@pytest.mark.parametrize(
    ("end", "phrase", "state"),
    [
        ("29/5/2027", WINDOW_AHEAD, "chưa tới khung ấy"),
        ("27/5/2027", WINDOW_OPEN, "đang trong khung ấy"),
        ("28/3/2027", WINDOW_OPEN, "đang trong khung ấy"),
        ("27/3/2027", WINDOW_PAST, "khung ấy đã qua"),
    ],
)
def test_whether_it_is_still_time_to_file(corpus: Corpus, end: str, phrase: str, state: str) -> None:
    found = draft(corpus, f"Giấy hết hạn ngày {end}, hôm nay nộp hồ sơ còn kịp không?")
    assert found.segments[0].text == phrase
    assert found.notices[0].endswith(f"tới 28/11/2026 {state}.")


def test_an_ended_certificate_holds_only_where_it_is_let(corpus: Corpus) -> None:
    found = draft(corpus, "Giấy hết hạn 30/6/2026, giờ còn dùng được không?")
    assert found.segments[0].text == PAST_TERM
    assert found.segments[1].text.startswith("3. Sản phẩm không kịp nộp đúng hạn")
    assert found.notices[:2] == (
        "Tính từ ngày bạn nêu: giấy hết hạn 30/6/2026, tới 28/11/2026 đã hết hạn.",
        "Nếu được kéo dài theo quy định ấy thì cũng không quá 27/12/2026 (180 ngày sau ngày hết hạn).",
    )


def test_what_was_let_longer_is_over_too(corpus: Corpus) -> None:
    found = draft(corpus, "Giấy hết hạn 31/5/2026, giờ còn dùng được không?")
    assert found.segments[0].text == HAS_ENDED
    assert not any("180 ngày" in notice for notice in found.notices)


def test_a_certificate_that_still_holds(corpus: Corpus) -> None:
    found = draft(corpus, "Giấy hết hạn 30/6/2027, giờ còn dùng được không?")
    assert found.segments[0].text == HOLDS
    assert found.notices[0].endswith("giấy còn hạn đến 30/6/2027, nếu không bị thu hồi.")


def test_the_day_named_before_is_meant_by_who_asks_on(law_data: Path) -> None:
    assistant = assistant_over(law_data)
    conversation = assistant.ask("Trà của tôi được công nhận 4 sao ngày 12/5/2024", as_of=TODAY).conversation
    ends = assistant.ask("bao giờ hết hạn?", conversation=conversation, as_of=TODAY)
    assert "12/5/2024 cộng 36 tháng là 12/5/2027" in ends.notices[0]
    again = assistant.ask("nộp lại từ ngày nào?", conversation=ends.conversation, as_of=TODAY)
    assert any("nộp từ 13/11/2026 đến 12/1/2027" in notice for notice in again.notices)
    takes = assistant.ask("mất bao lâu thì có kết quả?", conversation=again.conversation, as_of=TODAY)
    assert "không quá 45 ngày" in takes.text
    assert "Mẫu số 01" not in takes.text


@pytest.mark.parametrize("day", ["31/2/2024", "ngày 31 tháng 4 năm 2025", "29/2/2026"])
def test_a_day_that_no_calendar_has_is_asked_about(law_data: Path, day: str) -> None:
    answer = assistant_over(law_data).ask(f"Giấy cấp {day} hết hạn khi nào?", as_of=TODAY)
    assert answer.status == "needs_clarification"
    assert answer.text.startswith("Lịch không có ngày ")


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
