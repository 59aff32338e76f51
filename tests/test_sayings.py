"""What questions say is so: right or wrong first, then what a rule or a source tells."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import (
    FALSE_SAYING,
    NO_SUCH_POINTS,
    NOT_BUT_OF_TOURISM,
    NOT_BY_POINTS,
    NOT_SO,
    NOT_SOURCED,
    OTHERWISE_SOURCED,
    SO_SOURCED,
    TRUE_SAYING,
)
from assistant.ask import Assistant
from assistant.check import answer_faults
from evaluation.answers import assistant_over
from tests.conftest import Corpus

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def of_law(law_data: Path) -> Assistant:
    return assistant_over(law_data)


@pytest.fixture(scope="module")
def of_news(corpus: Corpus) -> Assistant:
    return assistant_over(corpus.data)


@pytest.mark.parametrize(
    ("question", "phrase", "said"),
    [
        ("Chủ tịch nước ký giấy chứng nhận 5 sao đúng không?", FALSE_SAYING, "công nhận 5 sao"),
        ("4 sao là huyện cấp hả?", FALSE_SAYING, "công nhận 4 sao"),
        ("4 sao là tỉnh cấp hả?", TRUE_SAYING, "công nhận 4 sao"),
        ("Quyết định 148 do Thủ tướng Nguyễn Văn Ấy ký đúng không?", NOT_SOURCED, "Trần Lưu Quang"),
        ("Quyết định 148 do Thủ tướng ký đúng không?", NOT_SOURCED, "Phó Thủ tướng Trần Lưu Quang"),
        ("Quyết định 148 do Phó Thủ tướng Trần Lưu Quang ký đúng không?", SO_SOURCED, "Trần Lưu Quang"),
        ("Tại sao Quyết định 26 bỏ hạn 36 tháng?", NOT_SO, "36 tháng"),
        ("Được 93 điểm là chắc chắn 5 sao đúng không?", NOT_BY_POINTS, "90"),
        ("Được 83 điểm là 5 sao đúng không?", FALSE_SAYING, "4 sao"),
        ("Sản phẩm 120 điểm thì được mấy sao?", NO_SUCH_POINTS, "Điểm tối đa là 100"),
        ("Hội phụ nữ có đăng ký sản phẩm mật ong OCOP được không?", NOT_BUT_OF_TOURISM, "hiệp hội"),
    ],
)
def test_right_or_wrong_is_said_first(question: str, phrase: str, said: str, of_law: Assistant) -> None:
    answer = of_law.ask(question, as_of=DAY)
    assert answer_faults(answer) == []
    assert answer.status == "answered"
    assert answer.text.startswith(phrase)
    assert said in answer.text


def test_points_above_those_of_a_star_are_not_called_wrong(of_law: Assistant) -> None:
    text = of_law.ask("72 điểm là được 3 sao phải không?", as_of=DAY).text
    assert not text.startswith((FALSE_SAYING, TRUE_SAYING, NOT_BY_POINTS))


def test_of_makers_abroad_the_rule_says_nothing(of_law: Assistant) -> None:
    answer = of_law.ask("Hợp tác xã ở nước ngoài có được tham gia không?", as_of=DAY)
    assert answer.status == "partial"
    assert not answer.text.startswith("Được")
    assert "không nói đến chủ thể ở nước ngoài" in answer.notices[0]


@pytest.mark.parametrize(
    ("question", "phrase", "status"),
    [
        ("An Giang có 150 sản phẩm OCOP đúng không?", OTHERWISE_SOURCED, "answered"),
        ("Có phải Nam Định có 18 sản phẩm 5 sao không?", OTHERWISE_SOURCED, "partial"),
        ("Vì sao Nam Định chưa có sản phẩm 4 sao?", OTHERWISE_SOURCED, "answered"),
    ],
)
def test_a_count_is_set_beside_what_sources_tell(question: str, phrase: str, status: str, of_news: Assistant) -> None:
    answer = of_news.ask(question, as_of=DAY)
    assert answer_faults(answer) == []
    assert (answer.status, answer.text.partition("\n")[0]) == (status, phrase)


def test_a_count_of_a_grade_nothing_tells_of_is_not_contradicted(of_news: Assistant) -> None:
    assert of_news.ask("Nam Định có 7 sản phẩm 5 sao đúng không?", as_of=DAY).status == "no_evidence"
