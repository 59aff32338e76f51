"""Products that went down a grade: which of a place did, and what changed one."""

import pytest

from tests.asking import Ask, asking
from tests.decision_pages import ANNEX, RECOGNISES, archive_page, decision_html, table

HEAD = "TT | Tên sản phẩm | Chủ thể | Xã | Huyện | Điểm | Hạng sao"
FIRST = table(
    HEAD,
    "1 | Mắm ruốc Bàu Sim | HTX Mắm Bàu Sim | Bàu Sim | Cồn Sim | 72,0 | 4 sao",
    "2 | Kẹo dừa Rạch Tre | HKD Tạ Thị Kẹo | Rạch Tre | Cồn Sim | 55,0 | 3 sao",
)
SECOND = table(
    "TT | Tên sản phẩm | Chủ thể | Xã | Điểm | Hạng sao",
    "1 | Mắm ruốc Bàu Sim | HTX Mắm Bàu Sim | Bàu Sim | 66,5 | 3 sao",
    "2 | Kẹo dừa Rạch Tre | HKD Tạ Thị Kẹo | Rạch Tre | 71,0 | 4 sao",
)
REVOKES = """
<p>Điều 1. Bãi bỏ toàn bộ Quyết định số 61/QĐ-UBND ngày 12 tháng 8 năm 2023 do chấm sai.</p>
<p>Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.</p>
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    data = tmp_path_factory.mktemp("lowered")
    place = "TỈNH BẾN SIM"  # on no map
    first = decision_html(FIRST, number="61/QĐ-UBND", day="12 tháng 8 năm 2023", place=place)
    second = decision_html(SECOND, number="75/QĐ-UBND", day="20 tháng 5 năm 2026", place=place)
    revoked = (
        decision_html(
            "",
            number="30/QĐ-UBND",
            day="10 tháng 02 năm 2026",
            place=place,
            subject="Về việc bãi bỏ Quyết định số 61/QĐ-UBND về sản phẩm OCOP",
        )
        .replace(RECOGNISES, REVOKES)
        .replace(ANNEX, "")
    )
    for name, html in (("61", first), ("75", second), ("30", revoked)):
        archive_page(data, html, f"http://cong.mau.vn/{name}")
    return asking(data)


@pytest.mark.parametrize(
    "question",
    [
        "Sản phẩm nào của Bến Sim bị hạ từ 4 sao xuống 3 sao?",
        "Những sản phẩm nào của Bến Sim tụt hạng năm 2026?",
        "Huyện Cồn Sim có sản phẩm nào bị xuống hạng?",
        "HTX Mắm Bàu Sim có sản phẩm nào bị hạ sao không?",
        "Những sản phẩm nào bị hạ sao?",
    ],
)
def test_which_went_down_is_told_by_both_decisions(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert "được công nhận 4 sao theo Quyết định 61/QĐ-UBND ngày 12/8/2023" in answer.text
    assert "được công nhận 3 sao theo Quyết định 75/QĐ-UBND ngày 20/5/2026" in answer.text
    assert "Kẹo dừa" not in answer.text


def test_that_none_did_is_said_of_what_is_held(ask: Ask) -> None:
    then = ask("Những sản phẩm nào của Bến Sim tụt hạng năm 2024?")
    assert then.status == "no_evidence"
    assert "không có sản phẩm nào như được hỏi bị xuống hạng" in then.text
    for question in ("Giang Tô có sản phẩm nào bị hạ sao không?", "Quảng Ninh có sản phẩm nào bị hạ sao không?"):
        other = ask(question)
        assert (other.status, "xuống hạng" in other.text) == ("no_evidence", False)


def test_what_changed_a_product_is_told_with_its_history(ask: Ask) -> None:
    for question in ("Mắm ruốc Bàu Sim có bị hạ sao không?", "Vì sao Mắm ruốc Bàu Sim từ 4 sao xuống 3 sao?"):
        told = ask(question).text
        assert "được công nhận 4 sao theo Quyết định 61/QĐ-UBND" in told
        assert "được công nhận 3 sao theo Quyết định 75/QĐ-UBND" in told
        assert "Bãi bỏ toàn bộ Quyết định số 61/QĐ-UBND" in told
