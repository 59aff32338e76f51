"""What decisions of provinces say, whether they stand, since when and why not; and whose rule a question means."""

from datetime import date
from pathlib import Path

import pytest

from assistant import answer as say
from tests.asking import Ask, asking
from tests.decision_pages import ANNEX, FILLER, RECOGNISES, archive_article, archive_page, decision_html, table
from tests.legal_pages import archive_pages

HEAD = "TT | Tên sản phẩm | Chủ thể | Địa chỉ | Điểm | Hạng sao"
LISTED = table(
    HEAD,
    "1 | Bánh hỏi Rộc Ngang | HTX Bánh Rộc Ngang | Xã Rộc Ngang | 66,5 | 3 sao",
    "2 | Mắm ruốc Bến Cỏ | HKD Võ Thị Ruốc | Xã Bến Cỏ | 74,0 | 4 sao",
)
DUTIES = """
<p>Điều 1. Công nhận 2 sản phẩm đạt hạng sao (danh sách kèm theo).</p>
<p>Điều 2. Trách nhiệm của chủ thể</p>
<p>1. Đổi mẫu bao bì thì phải báo cho xã trước 20 ngày.</p>
<p>2. Khi in hạng sao lên bao bì phải:</p>
<p>a) in đúng cỡ đã duyệt;</p>
<p>b) bỏ hạng sao đã hết hạn trong 45 ngày.</p>
<p>3. Gửi báo cáo sản lượng ba tháng một lần về Văn phòng Điều phối.</p>
<p>Điều 3. Sở Tài chính bố trí 600 triệu đồng để in tem; mức hỗ trợ không quá 25 triệu đồng một cơ sở.</p>
<p>Điều 4. Giấy chứng nhận có giá trị 36 tháng. Quyết định này có hiệu lực từ ngày 01 tháng 7 năm 2026./.</p>
"""
REPLACES = """
<p>Điều 1. Công nhận 2 sản phẩm đạt hạng sao (danh sách kèm theo).</p>
<p>Điều 2. Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 52/QĐ-UBND ngày 04 tháng 5 năm 2024.</p>
"""
REVOKES = """
<p>Xét đề nghị của Hội đồng đánh giá, phân hạng sản phẩm OCOP tỉnh.</p>
<p>Điều 1. Bãi bỏ toàn bộ Quyết định số 77/QĐ-UBND ngày 09 tháng 9 năm 2024 do chấm nhầm bộ tiêu chí.</p>
<p>Điều 2. Quyết định này có hiệu lực từ ngày 15 tháng 4 năm 2026./.</p>
"""
WITHDRAWS = """
<p>Điều 1. Thu hồi Giấy chứng nhận của 1 sản phẩm có tên trong danh sách kèm theo.</p>
<p>Điều 2. Cơ sở nộp lại giấy trong 12 ngày. Quyết định có hiệu lực từ ngày 10 tháng 8 năm 2026./.</p>
"""
GONE = table(
    "TT | Sản phẩm | Cơ sở sản xuất | Xã | Hạng sao đã công nhận | Lý do thu hồi",
    "1 | Mắm ruốc Bến Cỏ | HKD Võ Thị Ruốc | Bến Cỏ | 4 sao | Chủ hộ chuyển nghề",
)


UNDATED = """
<p>Điều 1. Công nhận 2 sản phẩm đạt hạng sao (danh sách kèm theo).</p>
<p>Điều 2. Kết quả công nhận có giá trị 36 tháng kể từ ngày ký. Sở Tài chính chịu trách nhiệm thi hành./.</p>
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    data = tmp_path_factory.mktemp("decisions")
    archive_pages(data)  # the law, beside decisions of a province on no map

    def archive(number: str, day: str, subject: str, articles: str, *, body: str = LISTED, annex: str = ANNEX) -> None:
        html = decision_html(body, number=f"{number}/QĐ-UBND", day=day, place="TỈNH ĐỒI MÂY", subject=subject)
        archive_page(data, html.replace(RECOGNISES, articles).replace(ANNEX, annex), f"http://cong.mau.vn/{number}")

    recognises = "Về việc công nhận sản phẩm OCOP tỉnh Đồi Mây"
    gone = "<p>PHỤ LỤC</p><p>DANH SÁCH BỊ THU HỒI</p>"
    archive("63", "20 tháng 6 năm 2026", f"{recognises} đợt 1 năm 2026", DUTIES)
    archive("52", "04 tháng 5 năm 2024", f"{recognises} đợt 1 năm 2024", RECOGNISES)
    archive("58", "30 tháng 5 năm 2024", f"{recognises} đợt 1 năm 2024", REPLACES)
    archive("77", "09 tháng 9 năm 2024", f"{recognises} đợt 2 năm 2024", RECOGNISES)
    archive("31", "02 tháng 4 năm 2026", "Về việc bãi bỏ Quyết định số 77/QĐ-UBND", REVOKES, body="", annex="")
    archive("19", "05 tháng 3 năm 2025", f"{recognises} đợt 1 năm 2025", UNDATED)
    archive("94", "01 tháng 8 năm 2026", "Về việc thu hồi Giấy chứng nhận OCOP", WITHDRAWS, body=GONE, annex=gone)
    return asking(data)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Theo quyết định 63 của Đồi Mây, một cơ sở được hỗ trợ tối đa bao nhiêu?", "không quá 25 triệu đồng"),
        ("Quyết định 63 bố trí bao nhiêu tiền để in tem?", "bố trí 600 triệu đồng"),
        ("Quyết định 63/QĐ-UBND: đổi mẫu bao bì phải báo xã trước mấy ngày?", "trước 20 ngày"),
        ("Quyết định 63 của Đồi Mây bắt gửi báo cáo sản lượng mấy tháng một lần?", "ba tháng một lần"),
        ("QĐ 94 cho cơ sở nộp lại giấy trong bao nhiêu ngày?", "trong 12 ngày"),
    ],
)
def test_a_decision_tells_what_its_clauses_say(ask: Ask, question: str, said: str) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert said in answer.text.split("[1]")[0]
    assert "Quyết định 63/QĐ-UBND ngày 20/6/2026" in answer.text or "Quyết định 94/QĐ-UBND" in answer.text


def test_a_point_is_told_under_the_line_that_leads_in_to_it(ask: Ask) -> None:
    lines = ask("Quyết định 63 buộc bỏ hạng sao đã hết hạn trong bao nhiêu ngày?").text.split("\n")
    assert lines[0].startswith("2. Khi in hạng sao lên bao bì phải:")
    assert lines[1].startswith("b) bỏ hạng sao đã hết hạn trong 45 ngày.")


@pytest.mark.parametrize(
    "question",
    [
        "Quyết định 63 của Đồi Mây thưởng bao nhiêu cho sản phẩm dự hội chợ nước ngoài?",
        "Quyết định 63 của Đồi Mây cho vay lãi suất bao nhiêu?",
    ],
)
def test_what_no_clause_says_is_not_told(ask: Ask, question: str) -> None:
    assert ask(question).status == "no_evidence"


def test_a_decision_that_was_replaced_does_not_stand(ask: Ask) -> None:
    lines = ask("Quyết định 52 của Đồi Mây giờ còn dùng không?").text.split("\n")
    assert lines[0] == "Không còn hiệu lực:"
    assert lines[1].startswith("Quyết định 52/QĐ-UBND bị thay thế theo Quyết định 58/QĐ-UBND ngày 30/5/2024.")


def test_one_revoked_stood_until_the_revocation_had_force(ask: Ask) -> None:
    told = ask("Quyết định 77 của Đồi Mây còn hiệu lực không?").text
    assert "Quyết định 77/QĐ-UBND bị bãi bỏ theo Quyết định 31/QĐ-UBND ngày 2/4/2026." in told
    before = ask("Quyết định 77 của Đồi Mây còn hiệu lực không?", on=date(2026, 4, 14)).text
    assert "Không còn hiệu lực" not in before
    assert "Quyết định 77/QĐ-UBND ngày 9/9/2024 có hiệu lực từ 9/9/2024." in before


def test_why_it_was_revoked_is_told_by_the_clause_that_says_why(ask: Ask) -> None:
    answer = ask("Sao Đồi Mây lại bãi bỏ Quyết định 77 vậy?")
    assert "do chấm nhầm bộ tiêu chí" in answer.text
    assert "26/2026" not in answer.text


def test_one_that_nothing_held_changes_is_told_with_its_day_and_that_this_proves_nothing(ask: Ask) -> None:
    answer = ask("Quyết định 63/QĐ-UBND của Đồi Mây còn hiệu lực không?")
    assert answer.text.startswith("Quyết định 63/QĐ-UBND ngày 20/6/2026 có hiệu lực từ 1/7/2026.")
    assert any("không chứng tỏ" in notice for notice in answer.notices)


def test_one_whose_text_says_no_day_of_effect_is_told_with_its_date_and_term(ask: Ask) -> None:
    answer = ask("Quyết định 19/QĐ-UBND của Đồi Mây còn hiệu lực không?")
    assert answer.text.startswith("Quyết định 19/QĐ-UBND ngày 5/3/2025 của Ủy ban nhân dân tỉnh Đồi Mây")
    assert "có giá trị 36 tháng" in answer.text
    assert "Văn bản kho có không ghi ngày có hiệu lực." in answer.notices


def test_a_decision_is_meant_by_what_it_did_where_no_number_is_given(ask: Ask) -> None:
    answer = ask("Lệnh thu hồi giấy chứng nhận ở Đồi Mây có hiệu lực từ bao giờ?")
    assert answer.text.startswith("Quyết định 94/QĐ-UBND ngày 1/8/2026 có hiệu lực từ 10/8/2026.")


def test_a_number_of_another_province_is_none_of_the_one_named(ask: Ask) -> None:
    assert ask("Quyết định 88/QĐ-UBND của Đồi Mây còn hiệu lực không?").status == "no_evidence"


def test_the_rules_own_number_is_left_to_the_law(ask: Ask) -> None:
    assert "Quyết định 148/QĐ-TTg" in ask("Quyết định 148 còn hiệu lực không?").text


@pytest.mark.parametrize("question", ["Hồ sơ đăng ký nộp mấy bộ giấy?", "Xã trả lời hồ sơ đăng ký trong mấy ngày?"])
def test_a_question_of_a_province_on_no_map_is_not_answered_by_the_law_of_the_country(ask: Ask, question: str) -> None:
    answer = ask(f"Ở Đồi Mây {question[0].lower()}{question[1:]}")
    assert (answer.status, answer.text, answer.citations) == ("no_evidence", say.NO_EVIDENCE, ())
    assert "Căn cứ: khoản" in ask(question).text  # where no province is named the law does answer


def test_an_answer_that_counts_one_of_two_things_is_completed_from_its_own_article(tmp_path: Path) -> None:
    archive_article(
        tmp_path,
        "Sổ tay hồ sơ OCOP Đồi Mây",
        "Tài liệu giúp chủ thể ở tỉnh Đồi Mây tự lập hồ sơ đăng ký sản phẩm OCOP.",
        "Hồ sơ lập thành 4 bộ giấy, đóng thành quyển theo thứ tự.",
        FILLER,
        "Hồ sơ nộp tại bộ phận một cửa. Xã trả lời trong 7 ngày làm việc.",
    )
    answer = asking(tmp_path)("Ở Đồi Mây hồ sơ OCOP lập mấy bộ giấy, xã trả lời trong mấy ngày?")
    assert "4 bộ giấy" in answer.text
    assert "7 ngày làm việc" in answer.text


def test_one_of_several_papers_in_a_sentence_is_told_by_its_own_part(tmp_path: Path) -> None:
    archive_article(
        tmp_path,
        "Sản phẩm OCOP ở Đắk Nông",
        "Vùng này còn mấy văn bản: Quyết định 412/QĐ-UBND ngày 19/6/2025 công nhận 6 sản phẩm 4 sao; huyện Đắk Song có "
        "Quyết định 733/QĐ-UBND ngày 16/6/2025 với 9 sản phẩm OCOP.",
        FILLER,
    )
    answer = asking(tmp_path)("Quyết định 733/QĐ-UBND của Đắk Song công nhận mấy sản phẩm?")
    assert answer.text.startswith("huyện Đắk Song có Quyết định 733/QĐ-UBND ngày 16/6/2025 với 9 sản phẩm OCOP")
    assert "412" not in answer.text


def test_the_paper_asked_for_beside_a_count_is_told_too(tmp_path: Path) -> None:
    archive_article(
        tmp_path,
        "Kon Tum chấm OCOP đợt 1 năm 2024",
        "Kết quả đợt 1 năm 2024 của Kon Tum được nêu trong Công văn số 3141/UBND-NNTN ngày 12/6/2024.",
        FILLER,
        "Đợt 1 năm 2024, Kon Tum có 6 sản phẩm OCOP đạt 4 sao.",
    )
    answer = asking(tmp_path)("Đợt 1 năm 2024 Kon Tum có mấy sản phẩm OCOP 4 sao, theo công văn nào?")
    assert "6 sản phẩm OCOP đạt 4 sao" in answer.text
    assert "3141/UBND-NNTN" in answer.text
