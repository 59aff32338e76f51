"""What is asked on about a count of a province: its names, and what became of what was sent to be judged; money is no
count of products, and why something is lacking is no telling that it is."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.counted import counted_in
from assistant.counted_before import on_counted
from assistant.question import Question, understand
from assistant.wording import tokens
from tests.asking import Ask, asking_reports

DAY = date(2026, 11, 22)
REPORTS = {
    "lai-chau": (
        "2024-12-20",
        "Lai Châu công bố kết quả OCOP năm 2024",
        "Năm 2024, tỉnh Lai Châu có 150 sản phẩm OCOP của 40 chủ thể, trong đó 2 sản phẩm đạt 5 sao, 3 sản phẩm tiềm "
        "năng 5 sao, 30 sản phẩm đạt 4 sao.",
        "Năm 2024, Lai Châu đã xây dựng 03 hồ sơ định hướng 5 sao trình Trung ương xem xét công nhận.",
        "Tam Đường là huyện dẫn đầu với 19 sản phẩm OCOP, huyện Tân Uyên có 12 sản phẩm.",
        "Qua khảo sát, có 70 sản phẩm đủ điều kiện đạt 3 sao. Các sản phẩm còn lại phải đổi nhãn và bao bì. Các xã còn "
        "lại được nghỉ.",
    ),
    "bac-kan": (
        "2022-10-20",
        "Bắc Kạn tìm hướng cho OCOP",
        "Năm 2022, tỉnh Bắc Kạn có 61 sản phẩm OCOP của 40 chủ thể.",
        "Hai huyện Pác Nặm và Ngân Sơn chưa có sản phẩm OCOP cấp tỉnh.",
    ),
    "dak-nong": (
        "2024-11-02",
        "Đắk Nông đẩy mạnh OCOP",
        "Năm 2024, Đắk Nông gửi 4 hồ sơ 5 sao lên Trung ương.",
    ),
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    return asking_reports(Path(tmp_path_factory.mktemp("counted")), REPORTS)


COUNT = "Năm 2024 Lai Châu có bao nhiêu sản phẩm 5 sao?"
SENT = "Năm 2024 Lai Châu trình Trung ương mấy hồ sơ 5 sao?"


@pytest.mark.parametrize(
    ("before", "text", "meant"),
    [
        (COUNT, "Kể tên mấy cái đó ra giúp mình", "Kể tên các sản phẩm 5 sao OCOP của tỉnh Lai Châu năm 2024"),
        (COUNT, "Hai món đó là gì vậy?", "Kể tên các sản phẩm 5 sao OCOP của tỉnh Lai Châu năm 2024"),
        (SENT, "đậu được mấy cái", "tỉnh Lai Châu năm 2024 có bao nhiêu sản phẩm 5 sao được công nhận?"),
        (
            SENT,
            "cuối cùng mấy cái được công nhận rồi?",
            "tỉnh Lai Châu năm 2024 có bao nhiêu sản phẩm 5 sao được công nhận?",
        ),
        (COUNT, "4 sao và 3 sao?", "tỉnh Lai Châu năm 2024 có bao nhiêu sản phẩm OCOP 4 sao và 3 sao?"),
        (
            "Sản phẩm OCOP của Lai Châu tập trung chủ yếu ở đâu?",
            "Mỗi nơi đó có mấy sản phẩm?",
            "Mỗi huyện ở tỉnh Lai Châu có mấy sản phẩm OCOP?",
        ),
        (COUNT, "5 sao là gì?", None),
        (COUNT, "Kể tên các sản phẩm 5 sao của Sơn La", None),
        ("5 sao cần mấy điểm?", "đậu được mấy cái", None),
    ],
)
def test_a_count_is_asked_on(before: str, text: str, meant: str | None) -> None:
    question: Question = understand(before, DAY)
    assert on_counted(text, replace(question, heard=()), DAY) == meant


@pytest.mark.parametrize("text", ["cuối cùng mấy cái được công nhận?", "đậu được mấy cái"])
def test_what_was_sent_is_not_told_as_recognised(ask: Ask, text: str) -> None:
    answer = ask("Năm 2024 Đắk Nông gửi bao nhiêu hồ sơ 5 sao lên Trung ương?", text)
    assert answer.status == "no_evidence"


def test_names_that_no_text_tells_are_not_told(ask: Ask) -> None:
    assert ask(COUNT, "Kể tên mấy cái đó ra giúp mình").status == "no_evidence"


def test_potential_of_the_place_spoken_of(ask: Ask) -> None:
    answer = ask(COUNT, "sản phẩm tiềm năng 5 sao mấy cái")
    assert answer.text.startswith("Lai Châu: 3 sản phẩm tiềm năng 5 sao.")


def test_money_is_no_count_of_products(ask: Ask) -> None:
    assert [one.what for one in counted_in(tokens("mấy sản phẩm đó đem về doanh thu bao nhiêu"))] == ["đồng"]
    alone = "Năm 2024 sản phẩm OCOP Lai Châu đem về doanh thu bao nhiêu?"
    for questions in ((alone,), (COUNT, "Mấy sản phẩm đó đem về doanh thu bao nhiêu?")):
        assert ask(*questions).status == "no_evidence"


def test_why_something_is_lacking_is_not_told_by_saying_that_it_is(ask: Ask) -> None:
    which = "Những huyện nào của Bắc Kạn chưa có sản phẩm OCOP cấp tỉnh?"
    assert "Pác Nặm" in ask(which).text
    assert ask(which, "Vì sao mấy huyện đó chưa có?").status == "no_evidence"


def test_that_was_is_no_dollar() -> None:
    assert understand("Người chủ trì cuộc họp hôm đó là ai?", DAY).follow_up


@pytest.mark.parametrize("text", ["thế bị phạt tiền mấy triệu?", "Lệ phí nộp là bao nhiêu?"])
def test_a_fee_or_a_fine_is_of_no_place(ask: Ask, text: str) -> None:
    assert ask("Dùng nhãn OCOP sai quy định có bị thu hồi giấy không?", text).status == "no_evidence"


@pytest.mark.parametrize("text", ["Số còn lại phải sửa cái gì?", "Thế những cái còn lại thì phải cải tiến gì?"])
def test_what_is_with_the_others(ask: Ask, text: str) -> None:
    answer = ask("Khảo sát ở Lai Châu có bao nhiêu sản phẩm đủ điều kiện 3 sao?", text)
    assert answer.text == "Các sản phẩm còn lại phải đổi nhãn và bao bì. [1]"


def test_the_count_of_a_province_is_not_that_of_each_place(ask: Ask) -> None:
    answer = ask("Sản phẩm OCOP của Đắk Nông tập trung chủ yếu ở đâu?", "Mỗi nơi đó có mấy sản phẩm?")
    assert answer.status == "no_evidence"


def test_which_district_leads_with_what_the_province_recognised(ask: Ask) -> None:
    assert "Tam Đường" in ask("Lai Châu nơi nào có nhiều sản phẩm OCOP cấp tỉnh nhất?").text
