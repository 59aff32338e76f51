"""Asked where it stands, the answer before is told again with the unit of law or the source it rests on."""

from datetime import date
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.basis_asked import asks_basis
from assistant.question import understand
from evaluation.answers import assistant_over
from tests.asking import conversed

DAY = date(2026, 11, 22)
TERM = "Giấy chứng nhận OCOP có hạn bao lâu?"
COUNT = "Tháng 11/2025 Quảng Ninh có bao nhiêu sản phẩm OCOP?"


@pytest.fixture(scope="module")
def assistant(demo_data: Path) -> Assistant:
    return assistant_over(demo_data)


@pytest.mark.parametrize("question", ["điều nào nói vậy?", "Căn cứ khoản mấy điều mấy?", "dựa vào đâu?"])
def test_the_unit_of_law_is_told(question: str, assistant: Assistant) -> None:
    answer = conversed(assistant, TERM, question)
    assert answer.status == "answered"
    assert "36 tháng" in answer.text
    assert "Căn cứ: khoản 3 Điều 4 Quyết định 26/2026/QĐ-TTg" in answer.text


def test_the_source_of_news_is_told(assistant: Assistant) -> None:
    former, answer = conversed(assistant, COUNT), conversed(assistant, COUNT, "nguồn ở đâu?")
    assert "437 sản phẩm" in answer.text
    cited = former.citations[0]
    assert answer.citations[0].title == cited.title
    assert any(cited.title in notice and cited.source in notice for notice in answer.notices)


def test_what_was_spoken_of_stays(assistant: Assistant) -> None:
    assert "103 sản phẩm 4 sao" in conversed(assistant, COUNT, "nguồn ở đâu?", "4 sao bao nhiêu?").text


def test_nothing_was_told_before(assistant: Assistant) -> None:
    assert conversed(assistant, "điều nào nói vậy?").citations == ()
    assert conversed(assistant, "Giá vàng hôm nay bao nhiêu?", "nguồn ở đâu?").citations == ()


@pytest.mark.parametrize(
    "question",
    ["Điều nào nói về thu hồi giấy chứng nhận?", "Theo quyết định nào?", "Nguồn gốc ý tưởng được mấy điểm?", "ai ký?"],
)
def test_who_asks_more_asks_no_basis(question: str) -> None:
    assert not asks_basis(understand(question, DAY))


@pytest.mark.parametrize("question", ["số này là của ngày nào thế", "lấy ở bài nào, đăng ngày mấy vậy"])
def test_the_day_of_the_article_is_told(question: str, assistant: Assistant) -> None:
    former, answer = conversed(assistant, COUNT), conversed(assistant, COUNT, question)
    day = date.fromisoformat(str(former.citations[0].published)[:10])
    assert f"Bài đăng {day.day}/{day.month}/{day.year}." in answer.text


def test_an_article_is_meant_that_was_cited_before_the_law(assistant: Assistant) -> None:
    answer = conversed(assistant, COUNT, TERM, "À nhầm, mình muốn hỏi tác giả bài đó cơ")
    assert answer.citations[0].kind == "news"
    assert "437" in answer.text
