"""Who asks for a day is told no year, who asks for names no sentence without them; a place in brackets is no name."""

import pytest

from assistant.wanted import kind_of_answer
from assistant.wording import tokens
from tests.asking import Ask, asking
from tests.decision_pages import archive_page, decision_html, table

REPORTED = """<html><body><article><h1>Tra nhanh các quyết định công nhận sản phẩm OCOP của Thanh Hóa</h1>
<p>Bảng dưới đây ghi các đợt công nhận sản phẩm OCOP mà Ủy ban nhân dân tỉnh Thanh Hóa đã ban hành trong mấy năm qua, để
các huyện và chủ thể tiện đối chiếu khi làm hồ sơ.</p>
<table><tr><th>Số quyết định</th><th>Ngày</th><th>Số sản phẩm</th><th>4 sao</th></tr>
<tr><td>2290/QĐ-UBND</td><td>14/7/2025</td><td>21</td><td>5</td></tr>
<tr><td>715/QĐ-UBND</td><td>đợt 1 năm 2026</td><td>14</td><td>1</td></tr></table>
<p>Số liệu do Văn phòng Điều phối nông thôn mới tỉnh Thanh Hóa tổng hợp từ các quyết định đã công bố.</p>
</article></body></html>"""
LISTED = table(
    "TT | Tên sản phẩm | Chủ thể | Địa chỉ | Điểm | Hạng sao",
    "1 | Nem chua Bến Nhãn | HKD Trần Thị Nhãn | Xã Hưng Thủy | 63,5 | 3 sao",
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    data = tmp_path_factory.mktemp("exactly")
    archive_page(data, REPORTED, "http://bao.mau.vn/thanh-hoa")
    recognises = decision_html(
        LISTED, number="2677/QĐ-UBND", day="12 tháng 12 năm 2023", place="TỈNH QUẢNG BÌNH", subject="Về việc công nhận"
    )
    archive_page(data, recognises, "http://cong.mau.vn/2677")
    return asking(data)


def test_a_decision_whose_day_no_text_tells_is_not_answered_with_its_year(ask: Ask) -> None:
    answer = ask("Quyết định 715 của Thanh Hóa ký ngày nào?")
    assert answer.status != "answered"
    told = ask("Quyết định 2290 của Thanh Hóa ký ngày nào?")
    assert (told.status, "14/7/2025" in told.text) == ("answered", True)


def test_a_line_of_a_table_that_reports_a_decision_is_said_with_its_columns(ask: Ask) -> None:
    told = ask("Quyết định 715 của Thanh Hóa là gì?").text
    assert told.startswith("Số quyết định: 715/QĐ-UBND; Ngày: đợt 1 năm 2026; Số sản phẩm: 14; 4 sao: 1.")


@pytest.mark.parametrize(
    "question",
    [
        "Nem chua Bến Nhãn (Lệ Thủy) khi nào hết hạn?",
        "Nem chua Bến Nhãn, Lệ Thủy khi nào hết hạn?",
        "Nem chua Bến Nhãn khi nào hết hạn?",
    ],
)
def test_a_place_in_brackets_is_no_part_of_a_product_s_name(ask: Ask, question: str) -> None:
    assert "đến hết ngày 12/12/2026" in ask(question).text


def test_a_product_is_not_that_of_a_district_of_another_province(ask: Ask) -> None:
    assert ask("Nem chua Bến Nhãn (huyện Hưng Nguyên) khi nào hết hạn?").status == "no_evidence"


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Chín sản phẩm trong Quyết định 12 của Lâm Đồng tên là gì?", "list"),
        ("Ba sản phẩm 5 sao của Quảng Nam tên gì?", "list"),
        ("Quyết định 12 công nhận 9 sản phẩm tên gì?", "list"),
        ("Giám đốc sở Quảng Nam tên là gì?", "who"),
        ("bà ấy ở Quảng Nam tên là gì?", "who"),
    ],
)
def test_what_several_things_are_called_is_a_list(question: str, wanted: str) -> None:
    assert kind_of_answer(tokens(question), places=1, documents=0, times=0) == wanted
