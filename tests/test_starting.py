"""How newcomers begin, asked over the demo: who may take part, the set of what they make, the dossier and where it
goes."""

from datetime import date
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.check import answer_faults
from assistant.question import understand
from assistant.starting import asks_to_begin
from evaluation.answers import assistant_over

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def assistant(demo_data: Path) -> Assistant:
    return assistant_over(demo_data)


@pytest.mark.parametrize(
    "question",
    [
        "Mật ong nhà tôi muốn làm OCOP thì bắt đầu từ đâu?",
        "Muốn đăng ký OCOP thì làm thế nào?",
        "Tôi muốn làm OCOP cho sản phẩm chè nhà mình, phải làm gì trước tiên?",
        "Em muốn tham gia ocop cần những gì ạ?",
        "lam ocop nhu the nao",
    ],
)
def test_a_newcomer_is_told_what_comes_first(question: str, assistant: Assistant) -> None:
    answer = assistant.ask(question, as_of=DAY)
    assert answer.status == "answered"
    assert answer_faults(answer) == []
    told = ("Ai được tham gia:", "hợp tác xã", "Hồ sơ lần đầu:", "Mẫu số 01", "Nộp hồ sơ:", "UBND cấp xã", "30/6")
    assert [one for one in told if one not in answer.text] == []
    assert "Căn cứ: khoản 1 Điều 7 Quyết định 26/2026/QĐ-TTg, có hiệu lực từ 22/5/2026." in answer.text


def test_the_set_of_what_is_made_is_told_too(assistant: Assistant) -> None:
    of_honey = assistant.ask("Mật ong nhà tôi muốn làm OCOP thì bắt đầu từ đâu?", as_of=DAY)
    assert "Sản phẩm chấm theo:\nBộ tiêu chí 4: Mật ong" in of_honey.text
    of_two = assistant.ask("Rượu nếp nhà em muốn đăng ký ocop thì làm sao?", as_of=DAY)
    assert "Sản phẩm chấm theo:" not in of_two.text
    assert any("bộ 14" in notice and "bộ 15" in notice for notice in of_two.notices)


@pytest.mark.parametrize(
    "question",
    [
        "Chương trình OCOP bắt đầu từ đâu?",
        "Nam Định làm OCOP như thế nào?",
        "Muốn lên 4 sao thì làm thế nào?",
        "Các bước làm OCOP tuần tự ra sao?",
        "Làm OCOP được hỗ trợ thế nào?",
        "Đăng ký OCOP thì bao lâu có kết quả?",
        "Giấy sắp hết hạn, muốn đăng ký OCOP lại thì làm thế nào?",
    ],
)
def test_who_asks_something_else_begins_nothing(question: str) -> None:
    assert not asks_to_begin(understand(question, DAY))
