"""A follow-up that names only another product or star asks the question before of it."""

from datetime import date
from pathlib import Path

import pytest

from assistant.question import understand
from assistant.slot_before import with_slot
from evaluation.answers import assistant_over

DAY = date(2026, 11, 22)
SHARE = "Nước mắm muốn được 3 sao thì nguyên liệu trong tỉnh tối thiểu phải bao nhiêu phần trăm?"


@pytest.mark.parametrize(
    ("before", "text", "meant"),
    [
        (SHARE, "thế cà phê?", SHARE.replace("Nước mắm", "cà phê")),
        (SHARE, "còn 4 sao?", SHARE.replace("3 sao", "4 sao")),
        (SHARE, "vậy 5 sao thì có khó hơn không?", SHARE.replace("3 sao", "5 sao")),
        (
            "Nhóm rượu trắng thì bộ nào quản lý?",
            "thế nước khoáng đóng chai?",
            "Nhóm nước khoáng đóng chai thì bộ nào quản lý?",
        ),
        (
            "Bên em làm thực phẩm chức năng từ dược liệu, khi nào thì hồ sơ bị loại?",
            "vậy mỹ phẩm thì sao?",
            "Bên em làm mỹ phẩm, khi nào thì hồ sơ bị loại?",
        ),
        (
            "Homestay chấm theo bộ nào?",
            "Dùng toàn người trong xã thì cao nhất mấy điểm?",
            "Bộ homestay: dùng toàn người trong xã thì cao nhất mấy điểm?",
        ),
        # the name alone, without a word that goes on
        (SHARE, "Cà phê?", SHARE.replace("Nước mắm", "cà phê")),
        (SHARE, "Cà phê ở đâu ngon?", None),
        # it asks something of its own
        (SHARE, "thế cà phê thuộc bộ nào?", None),
        (SHARE, "4 sao thì bao bì phải đẹp không?", None),
        # several goods one after the other, unless they are set beside one another
        (
            "Theo Phụ lục I, rượu trắng do bộ nào chủ trì quản lý?",
            "Hoa với cây cảnh?",
            "Theo Phụ lục I, hoa với cây cảnh do bộ nào chủ trì quản lý?",
        ),
        ("Chè và cà phê thuộc bộ nào?", "thế nước mắm?", "nước mắm thuộc bộ nào?"),
        ("Chè và cà phê có cùng bộ không?", "thế nước mắm?", None),
        # no product was spoken of, or it was about a place
        ("Hồ sơ gồm những gì?", "thế cà phê?", None),
        ("Năm 2025 An Giang có bao nhiêu nước mắm 4 sao?", "còn 3 sao?", None),
    ],
)
def test_the_question_before_of_another_thing(before: str, text: str, meant: str | None) -> None:
    assert with_slot(text, understand(before, DAY)) == meant


def test_it_is_answered_of_that_product(demo_data: Path) -> None:
    assistant = assistant_over(demo_data)
    first = assistant.ask("Nước mắm thuộc bộ nào?", as_of=DAY)
    then = assistant.ask("thế cà phê?", conversation=first.conversation, as_of=DAY)
    assert "Bộ tiêu chí 9" in first.text
    assert "Bộ tiêu chí 13" in then.text
    assert "Bộ tiêu chí 9" not in then.text


def test_goods_follow_a_question_that_names_the_rule(demo_data: Path) -> None:
    assistant = assistant_over(demo_data)
    first = assistant.ask("Theo Quyết định 26/2026/QĐ-TTg, nước mắm thuộc bộ nào?", as_of=DAY)
    then = assistant.ask("Cà phê?", conversation=first.conversation, as_of=DAY)
    assert "Bộ tiêu chí 13" in then.text
    bare = assistant.ask("con mat ong?", conversation=then.conversation, as_of=DAY)
    assert "Bộ tiêu chí 4" in bare.text
