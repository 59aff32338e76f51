"""A product that no text has is not answered by one a mark or a letter away."""

from pathlib import Path

import pytest

from tests.asking import Ask, asking
from tests.decision_pages import archive_page, decision_html, table

PRODUCTS = table(
    "STT | Tên sản phẩm | Chủ thể | Địa chỉ | Điểm | Hạng sao",
    "1 | Bánh dừa Đồi Mẫu | Hợp tác xã Dừa Đồi Mẫu | xã Đồi Mẫu | 61,5 | 3 sao",
    "2 | Mứt gừng Suối Mẫu | Hộ kinh doanh Lê Văn Mẫu | xã Suối Mẫu | 74,0 | 4 sao",
    "3 | Rượu mía Thác Mẫu | Công ty TNHH Thác Mẫu | xã Thác Mẫu | 66,6 | 3 sao",
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    data: Path = tmp_path_factory.mktemp("words_meant")
    archive_page(data, decision_html(PRODUCTS), "http://cong.mau.vn/1287")
    return asking(data)


@pytest.mark.parametrize(
    ("question", "status", "held"),
    [
        ("Bánh dừa đạt mấy sao?", "answered", "3 sao"),
        ("Bánh dứa đạt mấy sao?", "no_evidence", ""),
        ("Mứt gừng của ai?", "answered", "Lê Văn Mẫu"),
        ("Mứt vừng của ai?", "no_evidence", ""),
    ],
)
def test_only_the_product_asked_for_is_told(ask: Ask, question: str, status: str, held: str) -> None:
    answer = ask(question)
    assert answer.status == status
    assert held in answer.text
    assert answer.read_as is None
