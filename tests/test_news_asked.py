"""What people ask of news in their own words: of each year, whose a thing is, who holds an office; what is not told."""

from pathlib import Path

import pytest

from assistant.counted import counted_in
from assistant.evidence import fits_kind
from assistant.office_asked import office_asked
from assistant.question import understand
from assistant.wanted import kind_of_answer
from assistant.wording import tokens
from index.law.address import find_unit
from index.phrases import mended_phrases
from tests.asking import Ask, asking
from tests.decision_pages import archive_page

HONEY = """<html><body><article><h1>Mật ong Khe Lau của Hà Tĩnh đi xa nhờ OCOP</h1>
<p>(12/3/2025) Hợp tác xã Khe Lau ở xã Sơn Thọ, huyện Vũ Quang, tỉnh Hà Tĩnh làm mật ong đã bảy năm, mật được công nhận
OCOP 4 sao.</p>
<p>Mỗi tháng hợp tác xã giao ra thị trường 450kg mật, tính ra lãi 38 triệu đồng. Ông Phan Đình Lộc, Giám đốc hợp tác xã,
cho biết mật lấy từ rừng keo và rừng tràm.</p>
<p>Bà Đậu Thị Mơ, Phó Giám đốc Sở Nông nghiệp và Môi trường Hà Tĩnh, đã trao giấy chứng nhận cho hợp tác xã.</p>
<p>Về bán hàng, doanh số của sản phẩm OCOP trong tỉnh phải tăng từ 15% trở lên trong năm.</p></article></body></html>"""
LISTED = """<html><body><article><h1>Quảng Bình có thêm sản phẩm OCOP</h1>
<p>(8/7/2025) Quảng Bình vừa công nhận thêm sản phẩm OCOP 3 sao. Lễ trao giấy diễn ra tại
thành phố Đồng Hới với sự có mặt của nhiều chủ thể trong tỉnh.</p>
<p>Danh sách sản phẩm 3 sao xếp theo chủ thể như sau:</p>
<ul><li>Mai Thị Thơ: chiếu cói An Xá;</li><li>Hộ kinh doanh Võ Hoài: bánh xoài Nam Lý;</li>
<li>Công ty TNHH Đại Sơn: hạt điều rang Phú Quý.</li></ul></article></body></html>"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    data: Path = tmp_path_factory.mktemp("asked")
    archive_page(data, HONEY, "http://bao.mau.vn/mat-ong")
    archive_page(data, LISTED, "http://bao.mau.vn/danh-sach")
    return asking(data)


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Mật ong Khe Lau 1 tháng bán bao nhiêu ký?", ()),
        ("Trồng 1 ha chè thu bao nhiêu?", ()),
        ("1 người làm được bao nhiêu một ngày?", ()),
        ("1 xã có 5 sản phẩm là xã nào?", ("1", "5")),
        ("1 tháng trước có bao nhiêu sản phẩm?", ()),
    ],
)
def test_one_before_a_unit_is_of_each_and_no_number_a_text_gives(question: str, numbers: tuple[str, ...]) -> None:
    assert understand(question).numbers == numbers


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("doanh thu của hợp tác xã được bao nhiêu, lương bao nhiêu?", ["đồng"]),
        ("hạng 4 sao bao nhiêu, suy ra hạng 3 sao bao nhiêu?", []),
        ("bán được bao nhiêu ký mật", ["kg"]),
        ("có bao nhiêu xã, phường có sản phẩm", ["xã"]),
    ],
)
def test_what_is_counted_ends_at_a_comma(question: str, counted: list[str]) -> None:
    assert [one.what for one in understand(question).counted] == counted


def test_a_rise_of_money_may_be_told_by_the_hundred() -> None:
    assert counted_in(tokens("doanh thu tăng bao nhiêu")) == ()
    assert [one.what for one in counted_in(tokens("doanh thu bao nhiêu"))] == ["đồng"]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Hà Tĩnh đặt mục tiêu doanh số tăng bao nhiêu phần trăm?", "share"),
        ("Những sản phẩm điều nào của công ty được 4 sao?", "list"),
        ("Khoản này nằm ở điều nào?", "unit"),
        ("Cho tôi xin số quyết định công nhận 18 sản phẩm", "number"),
        ("Sao Đồng Tháp thu hồi giấy của 47 sản phẩm vậy?", "why"),
        ("Sao OCOP là gì vậy?", "definition"),
    ],
)
def test_the_kind_of_answer(question: str, wanted: str) -> None:
    assert kind_of_answer(tokens(question), places=1, documents=0, times=0) == wanted


def test_cashews_of_four_stars_are_no_article_of_law() -> None:
    assert find_unit("các món điều 4 sao của công ty").empty
    assert find_unit("Điều 4 quy định gì?").labels == ("Điều 4",)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("doanh thu với lợi nhuận", "doanh thu với lợi nhuận"),
        ("mặt hàng thu hơn 20 tỉ", "mặt hàng thu hơn 20 tỉ"),
        ("giấy bị thu hỗi", "giấy bị thu hỗi"),  # marks alone are told by neighbours
        ("ao nhiêu sn phẩm", "bao nhiêu sản phẩm"),
    ],
)
def test_a_word_beside_one_without_marks_is_itself(typed: str, read: str) -> None:
    assert mended_phrases(typed) == read


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("- Mai Thị Thơ: chiếu cói An Xá;", True),
        ("bộ áo thêu của hộ Lò Thị Pó (bản Nà Cang)", True),
        ("bưởi Tân Lộc (chủ thể Lê Văn Tám)", True),
        ("- Chiếu cói được khách ưa chuộng.", False),
        ("Chiếu cói dệt bằng tay.", False),
    ],
)
def test_whose_a_thing_is(text: str, fits: bool) -> None:
    assert fits_kind(understand("Chiếu cói An Xá là của ai?"), text) is fits


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("Ai là giám đốc Sở Nông nghiệp?", ("giám đốc", False, "sở")),
        ("Phó chủ tịch huyện Vũ Quang là ai?", ("chủ tịch", True, "huyện")),
        ("Giám đốc Công ty TNHH Đại Sơn tên gì?", ("giám đốc", False, "firm")),
        ("Ai là bộ trưởng Bộ Nông nghiệp?", ("bộ trưởng", False, "bộ")),
        ("Giám đốc hợp tác xã nói gì?", None),
        ("Hợp tác xã bán bao nhiêu lít, giám đốc là ai?", None),
        ("Ai làm chủ tịch hội đồng cấp tỉnh?", None),
    ],
)
def test_an_office_asked_for_by_name(question: str, office: tuple[str, bool, str] | None) -> None:
    asked = office_asked(understand(question))
    assert (None if asked is None else (asked.name, asked.deputy, asked.of)) == office


def test_the_holder_of_that_very_office_is_told(ask: Ask) -> None:
    assert "Phan Đình Lộc" in ask("Ai là giám đốc hợp tác xã Khe Lau?").text
    assert "Đậu Thị Mơ" in ask("Ai là phó giám đốc Sở Nông nghiệp và Môi trường Hà Tĩnh?").text


@pytest.mark.parametrize(
    "question",
    [
        "Ai là giám đốc Sở Nông nghiệp và Môi trường Hà Tĩnh?",
        "Giám đốc công ty Đại Sơn bên hạt điều tên gì?",
        "Ai là phó giám đốc hợp tác xã Khe Lau?",
    ],
)
def test_another_office_is_not(ask: Ask, question: str) -> None:
    assert ask(question).status == "no_evidence"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Mật ong Khe Lau 1 tháng bán được bao nhiêu ký, lời bao nhiêu?", "450kg"),
        ("Hà Tĩnh đặt mục tiêu doanh số bán hàng OCOP tăng bao nhiêu phần trăm?", "15%"),
        ("Chiếu cói An Xá được 3 sao là của ai?", "Mai Thị Thơ"),
        ("Sản phẩm điều nào của Công ty Đại Sơn được 3 sao?", "hạt điều rang Phú Quý"),
    ],
)
def test_news_tell(ask: Ask, question: str, told: str) -> None:
    assert told in ask(question).text


WEAK = """<html><body><article><h1>Nam Định nhìn lại sản phẩm OCOP</h1>
<p>(12/6/2020) Tại hội nghị triển khai OCOP, Phó Chủ tịch UBND tỉnh Nam Định nhận xét kết quả bước đầu khả quan.</p>
<p>Các sản phẩm OCOP chủ yếu tập trung ở huyện Hải Hậu, huyện Giao Thủy và thành phố Nam Định.</p>
<p>Hợp tác xã nấm Hoa Lộc tạo việc làm cho gần 320 lao động, bình quân mỗi người được 6 triệu đồng một tháng.</p>
</article></body></html>"""


@pytest.fixture(scope="module")
def ask_nam_dinh(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    data: Path = tmp_path_factory.mktemp("weak")
    archive_page(data, WEAK, "http://bao.mau.vn/nam-dinh")
    return asking(data)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("OCOP của Nam Định nằm chủ yếu tại những huyện, thành phố nào vậy, xin kể giúp?", "Giao Thủy"),
        ("Hợp tác xã nấm Hoa Lộc tạo việc làm cho bao nhiêu người, lương tháng bao nhiêu?", "320 lao động"),
    ],
)
def test_what_texts_say_in_other_words_is_told(ask_nam_dinh: Ask, question: str, told: str) -> None:
    assert told in ask_nam_dinh(question).text


def test_what_somebody_is_paid_is_not_told(ask_nam_dinh: Ask) -> None:
    answer = ask_nam_dinh("Lương tháng của phó chủ tịch tỉnh Nam Định là bao nhiêu?")
    assert (answer.status, "dữ liệu cá nhân" in answer.text) == ("no_evidence", True)


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Bên Hoa Lộc có mấy cây cầu bắc qua sông?", "no_evidence"),
        ("Thanh Kim Huệ hát bài gì hay nhất vậy?", "out_of_scope"),
    ],
)
def test_who_asks_of_a_name_that_texts_hold_asks_of_the_field(ask_nam_dinh: Ask, question: str, status: str) -> None:
    assert ask_nam_dinh(question).status == status


@pytest.mark.parametrize(("name", "keys"), [("Đông Hải", ()), ("Đồng Nia", ("dong-nai",))])
def test_a_district_is_no_slip_of_a_province(name: str, keys: tuple[str, ...]) -> None:
    assert understand(f"Hợp tác xã muối ở {name} nuôi con gì?").places == keys
