"""Questions that lists of decisions answer by place, year and round; a product as of a time; kinds; who and why."""

import pytest

from assistant.haste import spelt_out
from assistant.listed_names import ListedNames
from assistant.product_asked import aspects
from assistant.question import understand
from assistant.wording import tokens
from tests.asking import Ask, asking
from tests.conftest import put
from tests.decision_pages import ANNEX, RECOGNISES, archive_page, decision_html, table

HEAD = "TT | Tên sản phẩm | Chủ thể | Địa chỉ | Điểm | Hạng sao | Ghi chú"
FIRST = table(
    HEAD,
    "1 | Bánh tro Gò Sim | HTX Bánh Gò Sim | Xã Gò Sim | 61,5 | 3 sao | Công nhận mới",
    "2 | Mắm còng Rạch Vẹt | HKD Tô Thị Rạm | Xã Rạch Vẹt | 74,2 | 4 sao | Công nhận mới",
    "3 | Rượu nếp Gò Sim (1) | HTX Bánh Gò Sim | Xã Gò Sim | 58,0 | 3 sao | Công nhận mới",
)
NOTE = "<p>(1) Chỉ công nhận loại dưới 25 độ cồn.</p>"
SECOND = table(
    HEAD,
    "1 | Bánh tro Gò Sim | HTX Bánh Gò Sim | Xã Gò Sim | 78,3 | 4 sao | Nâng hạng",
    "2 | Mắm còng Rạch Vẹt vị cay | HKD Tô Thị Rạm | Xã Rạch Vẹt | 66,6 | 3 sao | Công nhận mới",
    "3 | Mắm còng Rạch Vẹt | HKD Tô Thị Rạm | Xã Rạch Vẹt | 80,1 | 4 sao | Công nhận lại",
)
GONE = table(
    "TT | Sản phẩm | Cơ sở sản xuất | Xã | Hạng sao đã công nhận | Lý do thu hồi",
    "1 | Mắm còng Rạch Vẹt vị cay | HKD Tô Thị Rạm | Rạch Vẹt | 3 sao | Chủ hộ chuyển nghề",
)
WITHDRAWS = """
<p>Điều 1. Thu hồi Giấy chứng nhận của 1 sản phẩm có tên trong danh sách kèm theo.</p>
<p>Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.</p>
"""
NEWS = """Giang Lộc thu hồi một giấy chứng nhận OCOP

UBND tỉnh Giang Lộc vừa ban hành Quyết định số 15/QĐ-UBND ngày 03/02/2026 thu hồi giấy chứng nhận OCOP của 1 sản phẩm.

Đó là Mắm còng Rạch Vẹt vị cay. Mắm còng Rạch Vẹt loại không cay vẫn còn nguyên hạng.
"""
REGISTERED = table(
    "TT | Tên sản phẩm đăng ký | Cơ sở sản xuất | Xã | Hạng sao dự kiến",
    "1 | Kẹo gừng Gò Sim | HKD Lý Văn Kẹo | Gò Sim | 3 sao",
)
REGISTERS = """
<p>Điều 1. Phê duyệt danh mục 1 sản phẩm đăng ký đánh giá năm 2026. Hạng sao trong danh mục là mục tiêu.</p>
<p>Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.</p>
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    data = tmp_path_factory.mktemp("lists")
    place = "TỈNH GIANG LỘC"  # on no map
    first = decision_html(
        FIRST + NOTE,
        number="71/QĐ-UBND",
        day="15 tháng 5 năm 2021",
        place=place,
        subject="Về việc công nhận sản phẩm OCOP tỉnh Giang Lộc đợt 1 năm 2021",
    )
    second = decision_html(
        SECOND,
        number="88/QĐ-UBND",
        day="09 tháng 10 năm 2024",
        place=place,
        subject="Về việc công nhận sản phẩm OCOP tỉnh Giang Lộc đợt 2 năm 2024",
    )
    gone = (
        decision_html(
            GONE,
            number="15/QĐ-UBND",
            day="03 tháng 02 năm 2026",
            place=place,
            subject="Về việc thu hồi Giấy chứng nhận sản phẩm OCOP",
        )
        .replace(RECOGNISES, WITHDRAWS)
        .replace(ANNEX, "<p>PHỤ LỤC</p><p>DANH SÁCH BỊ THU HỒI</p>")
    )
    registered = (
        decision_html(
            REGISTERED,
            number="20/QĐ-UBND",
            day="20 tháng 3 năm 2026",
            place=place,
            subject="Về việc phê duyệt danh mục sản phẩm đăng ký tham gia đánh giá, phân hạng OCOP năm 2026",
        )
        .replace(RECOGNISES, REGISTERS)
        .replace(ANNEX, "<p>PHỤ LỤC</p><p>DANH MỤC ĐĂNG KÝ</p>")
    )
    for name, html in (("71", first), ("88", second), ("15", gone), ("20", registered)):
        archive_page(data, html, f"http://cong.mau.vn/{name}")
    put(data, NEWS, "http://bao.mau.vn/thu-hoi", "2026-02-05")
    return asking(data)


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Liệt kê các quyết định công nhận sản phẩm OCOP của Giang Lộc", {"71", "88"}),
        ("Những quyết định nào của Giang Lộc công nhận sản phẩm năm 2024?", {"88"}),
        ("Các quyết định thu hồi giấy chứng nhận của Giang Lộc?", {"15"}),
        ("Giang Lộc có những quyết định nào về danh mục sản phẩm đăng ký?", {"20"}),
    ],
)
def test_the_decisions_of_a_place(ask: Ask, question: str, numbers: set[str]) -> None:
    text = ask(question).text
    assert {number for number in ("71", "88", "15", "20") if f"Quyết định {number}/QĐ-UBND" in text} == numbers


def test_what_a_province_on_no_map_recognised_in_a_year(ask: Ask) -> None:
    answer = ask("Giang Lộc công nhận những sản phẩm nào năm 2021?")
    assert answer.status == "answered"
    assert "Bánh tro Gò Sim của HTX Bánh Gò Sim (Xã Gò Sim): 3 sao." in answer.text
    assert "vị cay" not in answer.text
    assert "Quyết định 71/QĐ-UBND ngày 15/5/2021" in answer.text


def test_a_count_is_a_sum_over_the_lines_it_cites(ask: Ask) -> None:
    answer = ask("Năm 2021 Giang Lộc công nhận mấy sản phẩm 3 sao, gồm những cái nào?")
    assert answer.text.startswith("Quyết định 71/QĐ-UBND ngày 15/5/2021: 2 sản phẩm 3 sao.")
    counted = answer.claims[0].calculation
    assert counted is not None
    assert (counted.operation, counted.result) == ("sum", 2)
    quotes = {citation.number: citation.quote for citation in answer.citations}
    assert [("3 sao" in quotes[one.citation], one.value) for one in counted.operands] == [(True, 1.0), (True, 1.0)]
    assert "Mắm còng" not in answer.text


def test_a_list_is_of_the_round_and_change_asked(ask: Ask) -> None:
    answer = ask("Trong đợt 2/2024, Giang Lộc nâng hạng những sản phẩm nào?")
    assert "Bánh tro Gò Sim" in answer.text
    assert "Mắm còng" not in answer.text
    assert "Các sản phẩm tìm thấy" not in ask("Đợt 1/2024 Giang Lộc nâng hạng những sản phẩm nào?").text


def test_a_maker_is_counted_for_itself_and_one_not_listed_not_at_all(ask: Ask) -> None:
    told = ask("HTX Bánh Gò Sim có mấy sản phẩm trong Quyết định 71/QĐ-UBND?").text
    assert "2 sản phẩm của HTX Bánh Gò Sim" in told
    assert "Rượu nếp Gò Sim" in told
    assert "sản phẩm của" not in ask("HTX Mía Gò Sim có mấy sản phẩm trong Quyết định 71/QĐ-UBND?").text


def test_a_list_is_of_the_kind_asked(ask: Ask) -> None:
    told = ask("Quyết định 71/QĐ-UBND của Giang Lộc có những món rượu nào?").text
    assert "Rượu nếp Gò Sim" in told
    assert "Bánh tro" not in told


def test_a_product_is_told_as_of_the_year_asked(ask: Ask) -> None:
    then = ask("Bánh tro Gò Sim năm 2021 được mấy điểm?")
    assert "61,5 điểm" in then.text
    assert "78,3" not in then.text
    between = ask("Bánh tro Gò Sim năm 2022 được mấy sao?")
    assert (between.status, "3 sao theo Quyết định 71/QĐ-UBND" in between.text) == ("answered", True)
    never = ask("Bánh tro Gò Sim năm 2023 được bao nhiêu điểm?")
    assert never.status == "partial"
    assert any("không có quyết định nào trong thời gian được hỏi" in notice for notice in never.notices)


def test_kinds_of_a_product_are_told_apart(ask: Ask) -> None:
    assert "66,6 điểm" in ask("Mắm còng Rạch Vẹt loại cay được bao nhiêu điểm?").text
    plain = ask("Mắm còng Rạch Vẹt được bao nhiêu điểm?")
    assert "80,1 điểm" in plain.text
    assert "66,6" not in plain.text
    assert "Các quyết định còn ghi riêng: Mắm còng Rạch Vẹt vị cay." in plain.notices
    other = ask("Mắm còng Rạch Vẹt vị tỏi được bao nhiêu điểm?")
    assert other.status == "no_evidence"
    assert other.citations == ()
    both = ask("Mắm còng Rạch Vẹt cả hai loại đều bị thu hồi phải không?").text
    assert "vị cay của HKD Tô Thị Rạm (Rạch Vẹt): bị thu hồi theo Quyết định 15/QĐ-UBND" in both
    assert "Giấy chứng nhận còn hạn vào ngày được hỏi:" in both


def test_whether_a_kind_was_withdrawn_is_told_with_what_texts_say_of_it(ask: Ask) -> None:
    kept = ask("Mắm còng Rạch Vẹt loại không cay có bị thu hồi sao không?")
    assert kept.text.startswith("Mắm còng Rạch Vẹt loại không cay vẫn còn nguyên hạng.")
    assert kept.citations[0].url == "http://bao.mau.vn/thu-hoi"
    assert "Giấy chứng nhận còn hạn vào ngày được hỏi:" in kept.text
    assert "Kho không có quyết định nào thu hồi giấy chứng nhận của Mắm còng Rạch Vẹt." in kept.notices
    gone = ask("Mắm còng Rạch Vẹt vị cay có bị thu hồi sao không?")
    assert "bị thu hồi theo Quyết định 15/QĐ-UBND" in gone.text
    assert not any("không có quyết định nào thu hồi" in notice for notice in gone.notices)


def test_a_list_of_several_changes_tells_how_each_was_recognised(ask: Ask) -> None:
    told = ask("Đợt 2 năm 2024 Giang Lộc những sản phẩm nào lên 4 sao hoặc giữ 4 sao?").text
    assert "Bánh tro Gò Sim của HTX Bánh Gò Sim (Xã Gò Sim): 4 sao, nâng hạng." in told
    assert "Mắm còng Rạch Vẹt của HKD Tô Thị Rạm (Xã Rạch Vẹt): 4 sao, công nhận lại." in told
    assert "vị cay" not in told
    both = ask("Đợt 2 năm 2024 Giang Lộc có mấy sản phẩm công nhận mới và lại?").text
    assert both.startswith("Quyết định 88/QĐ-UBND ngày 9/10/2024: 2 sản phẩm công nhận mới hoặc được công nhận lại.")
    alone = ask("Đợt 2 năm 2024 Giang Lộc những sản phẩm nào giữ hạng?").text
    assert "Mắm còng Rạch Vẹt của" in alone
    assert "Bánh tro" not in alone


def test_why_a_certificate_was_withdrawn(ask: Ask) -> None:
    assert "lý do thu hồi là “Chủ hộ chuyển nghề”" in ask("Vì sao Mắm còng Rạch Vẹt vị cay bị thu hồi giấy?").text
    kept = ask("Vì sao Bánh tro Gò Sim bị thu hồi giấy chứng nhận?")
    assert kept.status == "no_evidence"
    assert "không có quyết định nào thu hồi giấy chứng nhận của Bánh tro Gò Sim" in kept.text


def test_a_footnote_tells_of_what_kind_a_product_is(ask: Ask) -> None:
    assert "dưới 25 độ cồn" in ask("Rượu nếp Gò Sim được công nhận loại mấy độ?").text


def test_a_certificate_by_the_decision_named_runs_out_as_counted_from_it(ask: Ask) -> None:
    told = ask("Rượu nếp Gò Sim theo Quyết định 71/QĐ-UBND hết hạn ngày nào?").text
    assert "36 tháng kể từ 15/5/2021, đến hết ngày 15/5/2024." in told


def test_what_is_registered_is_not_recognised(ask: Ask) -> None:
    answer = ask("Kẹo gừng Gò Sim được mấy sao?")
    assert answer.status == "partial"
    assert "hạng đăng ký 3 sao" in answer.text
    assert "Kho không có quyết định công nhận sản phẩm này." in answer.notices
    assert "HKD Lý Văn Kẹo" in ask("Trong danh mục đăng ký 2026, kẹo gừng Gò Sim do ai đăng ký?").text


def test_who_signed_a_decision(ask: Ask) -> None:
    signed = "người ký là Nguyễn Văn Mẫu, phó chủ tịch"
    assert signed in ask("Quyết định 88/QĐ-UBND của Giang Lộc ai ký?").text
    assert signed in ask("Lãnh đạo nào của Giang Lộc ký quyết định OCOP số 88?").text


def test_what_one_list_has_that_another_has_not(ask: Ask) -> None:
    told = ask("Danh sách 88 có thêm món gì mà bản 71 chưa có?").text
    assert "Mắm còng Rạch Vẹt vị cay" in told
    assert "Bánh tro" not in told


def test_the_maker_spoken_of_before(ask: Ask) -> None:
    told = ask("Bánh tro Gò Sim của cơ sở nào?", "Họ còn món nào khác trong năm 2021 không?").text
    assert "Rượu nếp Gò Sim" in told
    assert "Bánh tro Gò Sim của" not in told


def test_names_are_found_with_a_word_between_and_long_ones_by_their_beginning() -> None:
    names = ListedNames(
        [
            (0, "Mật ong Suối Hồ"),
            (1, "Mật ong Suối Hồ vị gừng"),
            (2, "Bộ ấm chén gốm dùng cho gia đình và nhà hàng của làng Kép"),
        ]
    )
    found = {
        said: (named := names.find(tokens(said))) and named.rows
        for said in (
            "mật ong của Suối Hồ mấy sao",
            "mật ong Suối Hồ loại gừng mấy sao",
            "bộ ấm chén gốm dùng của làng Kép ai làm",
            "bộ ấm chén của làng Kép ai làm",
        )
    }
    assert list(found.values()) == [(0,), (1,), (2,), None]
    assert names.extending("Mật ong Suối Hồ") == (1,)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("khăn dệt: mấy đ, mấy *", "khăn dệt: mấy điểm, mấy sao"),
        ("được 49đ thì mấy sao", "được 49 điểm thì mấy sao"),
        ("thưởng 50 đ", "thưởng 50 đ"),
        ("điểm đ khoản 3 nói gì về 4 sao", "điểm đ khoản 3 nói gì về 4 sao"),
    ],
)
def test_points_in_shorthand(typed: str, read: str) -> None:
    assert spelt_out(typed) == read


def test_the_reason_of_each_line_withdrawn(ask: Ask) -> None:
    told = ask("Năm 2026 Giang Lộc thu hồi giấy của những sản phẩm nào, vì sao?").text
    assert "Mắm còng Rạch Vẹt vị cay: lý do thu hồi là “Chủ hộ chuyển nghề”." in told


def test_what_a_maker_has_is_counted_over_the_latest_lines(ask: Ask) -> None:
    answer = ask("HTX Bánh Gò Sim có mấy sản phẩm OCOP?")
    assert answer.text.startswith("HTX Bánh Gò Sim: 2 sản phẩm.")
    counted = answer.claims[0].calculation
    assert counted is not None
    assert (counted.operation, [one.value for one in counted.operands]) == ("sum", [1.0, 1.0])
    assert "1 sản phẩm 4 sao" in ask("HTX Bánh Gò Sim có bao nhiêu sản phẩm 4 sao?").text
    # what was withdrawn is a product no more
    assert ask("HKD Tô Thị Rạm có bao nhiêu sản phẩm?").text.startswith("HKD Tô Thị Rạm: 1 sản phẩm.")


def test_what_names_a_product_asks_nothing_of_it() -> None:
    asked = understand("Gạo hữu cơ Gò Sim còn hạn không?")
    assert aspects(asked) == ()
    assert aspects(asked, range(5)) == ("expires",)
    scored = understand("Bánh tro Gò Sim được mấy điểm trong lần chấm lại năm 2024?")
    assert aspects(scored) == ("score",)
    assert aspects(understand("Khi nào Bánh tro Gò Sim phải đánh giá lại?")) == ("renewal",)
    assert aspects(understand("Bánh tro Gò Sim được công nhận lại năm nào?")) == ("history",)


def test_points_are_looked_for_in_every_list_where_no_time_is_said(ask: Ask) -> None:
    told = ask("Những sản phẩm nào của Giang Lộc từ 75 điểm trở lên?").text
    assert "Bánh tro Gò Sim của HTX Bánh Gò Sim (Xã Gò Sim): 4 sao, 78,3 điểm." in told
    assert "74,2" not in told


def test_what_else_the_maker_of_a_product_has(ask: Ask) -> None:
    alone = ask("Chủ thể của Bánh tro Gò Sim còn sản phẩm nào khác?")
    on = ask("Bánh tro Gò Sim do ai làm?", "Họ còn sản phẩm OCOP nào nữa?")
    for answer in (alone, on):
        assert "Rượu nếp Gò Sim" in answer.text
        assert "Bánh tro" not in answer.text
