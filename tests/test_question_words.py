"""Shorthand written out by what stands beside it, and the words of a question that are its content."""

import pytest

from assistant.haste import spelt_out
from assistant.question import understand


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Huế có bn sp ocop", "Huế có bao nhiêu sản phẩm ocop"),
        ("bn năm 2022 có bn sp", "Bắc Ninh năm 2022 có bao nhiêu sản phẩm"),
        ("hs cần j, nộp ở đâu z", "hồ sơ cần gì, nộp ở đâu vậy"),
        ("cần đk gì để đk ocop", "cần điều kiện gì để đăng ký ocop"),
        ("hs nộp dc chưa", "hồ sơ nộp được chưa"),
        ("gcn dùng dc mấy năm", "giấy chứng nhận dùng được mấy năm"),
        ("sp du lịch cđ", "sản phẩm du lịch cộng đồng"),
        ("bộ tc nào cho mật ong", "bộ tiêu chí nào cho mật ong"),
        ("thông tư 53 của bộ tc", "thông tư 53 của bộ tài chính"),
        ("theo qđ 148 thì sao", "theo quyết định 148 thì sao"),
        ("có tên trong dm năm 2023", "có tên trong danh mục năm 2023"),
        ("nộp dc k ạ", "nộp được không ạ"),
        ("mua 5 kg gạo", "mua 5 kg gạo"),
        ("5sao và 4* của Huế", "5 sao và 4 sao của Huế"),
        ("ho so can j", "ho so can gi"),
        ("có bn ct là htx", "có bao nhiêu chủ thể là htx"),
        ("ct OCOP có mấy ct", "chương trình OCOP có mấy chủ thể"),
        ("QĐ 26/2026/QĐ-TTg còn hiệu lực", "quyết định 26/2026/QĐ-TTg còn hiệu lực"),
        ("điểm a khoản 6 Điều 7", "điểm a khoản 6 Điều 7"),
        ("phần A, B, C chia sao", "phần A, B, C chia sao"),
        ("trà J Garden ở Huế", "trà J Garden ở Huế"),
        ("huyện Đắk R'Lấp, Ea H’leo", "huyện Đắk R'Lấp, Ea H’leo"),
    ],
)
def test_shorthand_is_written_out(typed: str, read: str) -> None:
    assert spelt_out(typed) == read
    assert spelt_out(read) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("sp tong 47d thi xep hang may", "san pham tong 47 diem thi xep hang may"),
        ("ngay 20d thang 5 co gi", "ngay 20d thang 5 co gi"),
        ("bên nào nhiều nhứt, tên chi, rang cà fê ở đâu", "bên nào nhiều nhất, tên gì, rang cà phê ở đâu"),
        ("Q.Ninh t11/2025 có mấy sp 5*", "Quảng Ninh tháng 11/2025 có mấy sản phẩm 5 sao"),
        ("h.phòng 2020 được mấy sản phẩm", "Hải Phòng 2020 được mấy sản phẩm"),
        ("B. Giang T5 năm 2024", "Bắc Giang tháng 5 năm 2024"),
        ("h. Bảo Thắng công nhận", "h. Bảo Thắng công nhận"),
        ("p. Hải Vân và TP.HCM", "p. Hải Vân và TP.HCM"),
        ("khoản 6 đ. a, t2 tuần sau", "khoản 6 đ. a, t2 tuần sau"),
    ],
)
def test_months_and_names_cut_to_a_letter(typed: str, read: str) -> None:
    assert spelt_out(typed) == read


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Riêng hạng 3 sao thì Huế đếm được mấy sản phẩm?", "sản phẩm"),
        ("Cho em hỏi thu hồi giấy chứng nhận trong bao lâu ạ?", "thu hồi giấy chứng nhận"),
        ("Ai thu hồi?", "thu hồi"),
        ("Huế công nhận đợt ấy theo quyết định nào?", "công nhận đợt"),
        ("Sáng nay họp, sếp hỏi hợp tác xã nào bán chè sang Nhật mà tôi chịu", "hợp tác xã bán chè nhật chịu"),
        ("Bạc Liêu giờ thuộc tỉnh nào?", ""),
        ("Ba huyện nào nhiều làng nghề?", "huyện nhiều làng nghề"),
    ],
)
def test_content(text: str, content: str) -> None:
    assert " ".join(understand(text).content) == content


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Huế công nhận 41 sản phẩm khi nào?", ("41",)),
        ("nâng từ 3 lên 4 sao cần gì", ()),
        ("trong 3 năm gần đây Huế công nhận mấy sản phẩm", ()),
        ("giấy có hạn 36 tháng phải không", ("36",)),
        ("Điều 7 của Quyết định 26/2026/QĐ-TTg", ()),
        ("đợt 1 năm 2025", ()),
    ],
)
def test_numbers_that_evidence_must_hold(text: str, numbers: tuple[str, ...]) -> None:
    assert understand(text).numbers == numbers


def test_of_a_story_before_the_question_only_names_and_numbers_stay() -> None:
    question = understand(
        "Nhà tôi làm mứt đã lâu, con cái đi xa cả. Vụ 47 giấy ở Sa Đéc làm tôi lo. "
        "Chủ thể phải gửi báo cáo khắc phục vi phạm về cơ quan nào?"
    )
    assert {"47", "sa", "đéc", "báo", "cáo", "khắc", "phục", "vi", "phạm"} <= set(question.content)
    assert not {"mứt", "lo", "xa"} & set(question.content)


def test_a_story_stays_where_the_question_points_back_to_it() -> None:
    question = understand("Xưởng tôi rang cà phê hữu cơ ở buôn làng. Trong đó khâu đóng gói thủ công chấm ra sao?")
    assert {"rang", "hữu", "đóng", "gói"} <= set(question.content)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Nem chua được mấy sao?", False),
        ("nem chua duoc may sao", False),
        ("Tỉnh nào chưa được sản phẩm nào?", True),
        ("tinh nao chua co san pham 5 sao", True),
    ],
)
def test_sour_is_no_denial(text: str, negated: bool) -> None:
    assert understand(text).negated is negated


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("h. Bình Đại, Bến Tre có mấy sản phẩm", "h. Bình Đại, Bến Tre có mấy sản phẩm"),
        ("Răng Huế lại rút giấy?", "sao Huế lại rút giấy?"),
        ("Nộp hồ sơ ở mô?", "Nộp hồ sơ ở đâu?"),
        ("Khi mô thì hết hạn?", "Khi nào thì hết hạn?"),
        ("Cần những chi?", "Cần những gì?"),
        ("Huyện nào còn trắng OCOP?", "Huyện nào còn chưa có sản phẩm OCOP?"),
        ("Những xã nào trắng tay?", "Những xã nào chưa có?"),
        ("Rượu trắng Na Mèo mấy sao?", "Rượu trắng Na Mèo mấy sao?"),
        ("Có bi nhiêu sản phẩm?", "Có bao nhiêu sản phẩm?"),
        ("Gom lại được nhiêu cái, bấy nhiêu thôi à", "Gom lại được bao nhiêu cái, bấy nhiêu thôi à"),
        ("Gặp những cơ quan mô rứa?", "Gặp những cơ quan nào vậy?"),
        ("Quy mô nào, mô hình nào", "Quy mô nào, mô hình nào"),
        ("Theo được các chuẩn chi?", "Theo được các chuẩn gì?"),
        ("Chi cục chi tiền cho chi nhánh", "Chi cục chi tiền cho chi nhánh"),
        ("Công nhận đổi ra răng?", "Công nhận đổi ra sao?"),
        ("Năm tỉnh nớ thì chỗ mô ít nhứt?", "Năm tỉnh ấy thì chỗ nào ít nhất?"),
        ("Ổng biểu năm ni nộp vô mô hè?", "ông ấy nói năm này nộp vào đâu?"),
        ("Mạn Nam Định mần OCOP từ năm mô?", "ở Nam Định làm OCOP từ năm nào?"),
        # names and words that only sound so
        ("Huyện Yên Mô, Củ Chi", "Huyện Yên Mô, Củ Chi"),
        ("Xín Mần có mấy sản phẩm ở Củ Chi?", "Xín Mần có mấy sản phẩm ở Củ Chi?"),
        ("Lan nuôi cấy mô bán mùa hè", "Lan nuôi cấy mô bán mùa hè"),
        ("Đất phì nhiêu, du lịch lãng mạn ở đó", "Đất phì nhiêu, du lịch lãng mạn ở đó"),
        ("qngãi có mấy sp, bninh mấy sp?", "Quảng Ngãi có mấy sản phẩm, Bắc Ninh mấy sản phẩm?"),
        ("qnam co may sp", "Quang Nam co may san pham"),
        ("hgiang có mấy sp", "hgiang có mấy sản phẩm"),  # Hà Giang or Hậu Giang, which is asked back
        ("hết gđ 2021-2025 làm gì típ", "hết giai đoạn 2021-2025 làm gì tiếp"),
        ("Mức chi là chi phí chấm", "Mức chi là chi phí chấm"),
        ("mo rong vung nguyen lieu", "mo rong vung nguyen lieu"),
    ],
)
def test_words_of_the_centre_and_ranks_are_read(typed: str, read: str) -> None:
    assert spelt_out(typed) == read
