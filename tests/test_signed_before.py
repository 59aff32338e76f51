"""Who signs is asked of the grade or the withdrawal spoken of, and told with the office of who does."""

from datetime import date
from pathlib import Path

import pytest

from assistant.matters import matters_asked
from assistant.question import understand
from assistant.signed_before import on_signing
from assistant.wording import tokens
from evaluation.answers import assistant_over
from tests.asking import conversed

DAY = date(2026, 11, 22)
FIVE = "Sản phẩm 5 sao thì Bộ cấp giấy chứng nhận phải không?"
TAKEN = "Khi nào thì bị thu hồi giấy chứng nhận OCOP?"
OF_FIVE = "Ai ký quyết định công nhận sản phẩm 5 sao?"


@pytest.mark.parametrize(
    ("before", "text", "meant"),
    [
        (FIVE, "thế ai ký?", OF_FIVE),
        (FIVE, "còn 4 sao thì ai ký quyết định công nhận?", OF_FIVE.replace("5", "4")),
        (FIVE, "còn nếu bộ chấm 91 thì ai ký?", "Ai ký quyết định công nhận sản phẩm?"),
        (TAKEN, "nếu hàng của em 5 sao thì ai ký quyết định thu?", "Ai ký quyết định thu hồi giấy chứng nhận 5 sao?"),
        ("Năm 2024 Lai Châu gửi 3 hồ sơ 5 sao lên trung ương à?", "trên đó thì ai ký công nhận?", OF_FIVE),
        # of one place, one paper, or another thing
        ("Năm 2024 Lai Châu công nhận mấy sản phẩm 4 sao?", "ai ký?", None),
        ("Quyết định 26/2026/QĐ-TTg công nhận những gì?", "ai ký?", None),
        (FIVE, "ai ký hợp đồng bao tiêu với nhà em?", None),
        ("Giá vàng hôm nay?", "ai ký?", None),
    ],
)
def test_who_signs_is_said_in_full(before: str, text: str, meant: str | None) -> None:
    assert on_signing(text, understand(before, DAY)) == meant


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        (OF_FIVE, "Điều 7, khoản 4, điểm e"),
        ("Ai ký quyết định công nhận sản phẩm 3 sao?", "Điều 7, khoản 3, điểm e"),
        ("Ai ký quyết định công nhận sản phẩm?", "Điều 4, khoản 1"),
    ],
)
def test_the_clause_that_names_the_office_is_meant(text: str, unit: str) -> None:
    assert [matter.unit for matter in matters_asked(tokens(text))] == [unit]


def test_the_office_is_told(law_data: Path) -> None:
    answer = conversed(assistant_over(law_data), FIVE, "thế ai ký?")
    assert "Bộ trưởng Bộ Nông nghiệp và Môi trường" in answer.text
