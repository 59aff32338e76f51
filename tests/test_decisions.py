"""What decisions tell: head, acts, validity and products, each with the place it was read from."""

import pytest

from crawler.article import Article, Authority
from index.decisions.decision import DecisionTold, ProductRow, Read
from index.decisions.reading import decisions
from tests.decision_pages import ANNEX, FILLER, decision, news, page, table

HEADER = "STT | Tên sản phẩm | Chủ thể | Địa chỉ | Hạng sao"


def told(article: Article) -> DecisionTold:
    (one,) = decisions(article)
    return one


def rows(article: Article) -> tuple[ProductRow, ...]:
    return told(article).rows


def names(article: Article) -> list[str]:
    return [row.name.text for row in rows(article)]


def word(read: Read | None) -> str | None:
    return None if read is None else read.text


# ---- Head --------------------------------------------------------------------------------------------------------


def test_the_head_of_a_province_s_decision() -> None:
    article = decision(table(HEADER, "1 | Mật ong | HTX Ong | xã Lạc Dương | 4 sao"))
    one = told(article)
    assert (one.number.label, one.issued, one.level, one.place) == (
        "1287/QĐ-UBND",
        "2025-09-12",
        "province",
        "lam-dong",
    )
    assert word(one.issuer) == "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG"
    assert word(one.subject) == "Về việc công nhận sản phẩm OCOP đợt 1 năm 2025"
    assert (one.effective, one.valid_months, one.reported) == ("2025-09-12", 36, False)
    assert word(one.valid_read) == "36 tháng"
    for read in (one.number_read, one.issued_read, one.issuer, one.place_read, one.subject, one.effective_read):
        assert read is not None
        assert " ".join(article.text[slice(*read.span)].split()) == read.text


@pytest.mark.parametrize(
    ("place", "level", "key"),
    [
        ("THÀNH PHỐ CẦN THƠ", "province", "can-tho"),
        ("HUYỆN HẢI HẬU", "district", "nam-dinh"),
        ("THÀNH PHỐ ĐÀ LẠT", "district", "lam-dong"),
        ("XÃ LẠC DƯƠNG", "commune", None),
        ("TỈNH SƠN HẠ", "province", None),
    ],
)
def test_the_level_of_who_issues(place: str, level: str, key: str | None) -> None:
    one = told(decision("", place=place))
    assert (one.level, one.place) == (level, key)
    assert word(one.place_read) == place


def test_a_district_s_province_is_read_beside_its_name() -> None:
    articles = "<p>Điều 1. Công nhận sản phẩm OCOP của huyện Châu Thành, tỉnh Long An.</p><p>Điều 2. Thi hành.</p>"
    one = told(decision("", articles=articles, place="HUYỆN CHÂU THÀNH"))
    assert (one.level, one.place, word(one.place_read)) == ("district", "long-an", "tỉnh Long An")


def test_an_annex_of_another_number_or_day_makes_both_doubtful() -> None:
    annex = "<p>PHỤ LỤC</p><p>(Kèm theo Quyết định số 1278/QĐ-UBND ngày 21 tháng 9 năm 2025 của UBND tỉnh)</p>"
    one = told(decision("", annex=annex))
    assert one.number.label == "1287/QĐ-UBND"
    assert one.number_read.doubts == ("number",)
    assert one.issued_read is not None
    assert one.issued_read.doubts == ("date",)


def test_the_annex_of_a_decision_that_is_corrected_is_not_its_own() -> None:
    articles = (
        "<p>Điều 1. Đính chính danh sách kèm theo Quyết định số 715/QĐ-UBND ngày 01 tháng 02 năm 2024 về tên sản phẩm "
        "OCOP.</p><p>Điều 2. Quyết định này có hiệu lực kể từ ngày ký.</p>"
    )
    one = told(decision("", articles=articles, annex="", subject="Về việc đính chính Quyết định số 715/QĐ-UBND"))
    assert (one.number.label, one.number_read.doubts) == ("1287/QĐ-UBND", ())
    assert one.issued_read is not None
    assert (one.issued, one.issued_read.doubts) == ("2025-09-12", ())


def test_a_day_left_blank_is_taken_from_the_annex() -> None:
    annex = "<p>PHỤ LỤC</p><p>(Kèm theo Quyết định số 1287/QĐ-UBND ngày 12/9/2025 của UBND tỉnh)</p>"
    assert told(decision("", annex=annex, day="… tháng 9 năm 2025")).issued == "2025-09-12"


@pytest.mark.parametrize(
    ("number", "title"),
    [("96/KH-UBND", "KẾ HOẠCH"), ("12/NQ-HĐND", "NGHỊ QUYẾT"), ("401/TB-UBND", "THÔNG BÁO")],
)
def test_papers_that_are_no_decisions_tell_of_none(number: str, title: str) -> None:
    body = table(HEADER, "1 | Mật ong | HTX Ong | xã Lạc Dương | 4 sao")
    article = page(
        f"<p>ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG</p><p>Số: {number}</p><p>Lâm Đồng, ngày 12 tháng 9 năm 2025</p>"
        f"<p>{title}</p><p>Phát triển sản phẩm OCOP</p><p>Điều 1. Các sản phẩm OCOP.</p><p>Điều 2. Thi hành.</p>{body}"
    )
    assert decisions(article) == ()


def test_law_of_the_centre_lists_no_products() -> None:
    articles = "<p>Điều 1. Ban hành Bộ tiêu chí đánh giá, phân hạng sản phẩm OCOP.</p><p>Điều 2. Hiệu lực.</p>"
    body = table("STT | Sản phẩm | Chủ thể | Điểm", "1 | Mật ong | Hợp tác xã | 40")
    assert rows(decision(body, articles=articles, number="148/QĐ-TTg")) == ()


# ---- Acts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("Công nhận 5 sản phẩm đạt 4 sao.", [("recognises", None, True)]),
        ("Nay công nhận 5 sản phẩm OCOP.", [("recognises", None, True)]),
        ("Phê duyệt danh mục 5 sản phẩm đăng ký đánh giá năm 2026.", [("lists", None, True)]),
        ("Thu hồi giấy chứng nhận OCOP của 3 sản phẩm.", [("withdraws", None, False)]),
        ("Bãi bỏ Quyết định số 715/QĐ-UBND ngày 01/02/2024.", [("revokes", "715/QĐ-UBND", True)]),
        ("Bãi bỏ toàn bộ Quyết định số 715/QĐ-UBND ngày 01/02/2024.", [("revokes", "715/QĐ-UBND", True)]),
        ("Bãi bỏ Phụ lục II của Quyết định số 715/QĐ-UBND.", [("revokes", "715/QĐ-UBND", False)]),
        ("Quyết định này thay thế Quyết định số 715/QĐ-UBND.", [("replaces", "715/QĐ-UBND", True)]),
        (
            "Thay thế danh sách kèm theo Quyết định số 715/QĐ-UBND ngày 01/02/2024.",
            [("replaces", "715/QĐ-UBND", False)],
        ),
        ("Sửa đổi, bổ sung Điều 1 Quyết định số 715/QĐ-UBND.", [("amends", "715/QĐ-UBND", False)]),
        ("Đính chính tên sản phẩm tại Quyết định số 715/QĐ-UBND.", [("amends", "715/QĐ-UBND", False)]),
        ("Quyết định số 715/QĐ-UBND hết hiệu lực từ ngày ký.", [("revokes", "715/QĐ-UBND", True)]),
        ("Quyết định này không thay thế Quyết định số 715/QĐ-UBND.", []),
        # what is said of the decision that is changed
        (
            "Bãi bỏ Quyết định số 715/QĐ-UBND ngày 01/02/2024 sửa đổi, bổ sung Quyết định số 44/QĐ-UBND.",
            [("revokes", "715/QĐ-UBND", True)],
        ),
        (
            "Bãi bỏ Quyết định số 715/QĐ-UBND ngày 01/02/2024 và sửa đổi, bổ sung Quyết định số 44/QĐ-UBND.",
            [("revokes", "715/QĐ-UBND", True), ("amends", "44/QĐ-UBND", False)],
        ),
        (
            "Quyết định số 44/QĐ-UBND ngày 02/3/2023 và Quyết định số 715/QĐ-UBND ngày 01/02/2024 sửa đổi một số nội "
            "dung Quyết định số 44/QĐ-UBND hết hiệu lực từ ngày ký.",
            [("revokes", "44/QĐ-UBND", True), ("revokes", "715/QĐ-UBND", True)],
        ),
        # rules about withdrawing, not a withdrawal
        ("Thu hồi giấy chứng nhận và kiểm tra sản phẩm OCOP.", []),
        ("Thu hồi giấy chứng nhận đối với sản phẩm OCOP trong các trường hợp sau:", []),
        ("Thu hồi giấy chứng nhận của chủ thể khi sản phẩm OCOP không còn đạt tiêu chí.", []),
        ("Quyết định thu hồi giấy chứng nhận được gửi cho chủ thể OCOP.", []),
        ("Chủ tịch UBND cấp tỉnh quyết định thu hồi giấy chứng nhận đối với sản phẩm OCOP 3 sao.", []),
        ("Ủy ban nhân dân tỉnh thu hồi giấy chứng nhận của 02 sản phẩm OCOP.", [("withdraws", None, False)]),
        ("Thu hồi giấy chứng nhận OCOP đối với 02 trường hợp sau:", [("withdraws", None, False)]),
        ("Thu hồi giấy chứng nhận OCOP của các sản phẩm sau khi hậu kiểm:", [("withdraws", None, False)]),
    ],
)  # fmt: skip
def test_what_a_clause_does(clause: str, expected: list[tuple[str, str | None, bool]]) -> None:
    articles = f"<p>Điều 1. {clause}</p><p>Điều 2. Chánh Văn phòng thi hành Quyết định này.</p>"
    one = told(decision("", articles=articles, annex="", subject="Về sản phẩm OCOP"))
    assert [(act.act, act.target and act.target.label, act.whole) for act in one.acts] == expected


def test_grounds_do_nothing() -> None:
    """The preamble names decisions that this one rests on."""
    one = told(decision(""))
    assert [act.target for act in one.acts] == [None]


def test_the_counts_a_decision_states() -> None:
    articles = (
        "<p>Điều 1. Công nhận 12 (mười hai) sản phẩm OCOP, gồm 02 sản phẩm đạt 4 sao và 10 sản phẩm đạt 3 sao, trong "
        "đó 3 sản phẩm công nhận lại.</p><p>Điều 2. Thi hành trong 30 ngày, báo cáo 6 tháng một lần.</p>"
    )
    one = told(decision("", articles=articles))
    assert {(count.count, count.star) for count in one.stated} == {(12, None), (2, 4), (10, 3)}
    assert one.valid_months is None


# ---- Tables ------------------------------------------------------------------------------------------------------


def test_a_cell_is_read_with_its_header() -> None:
    article = decision(table(HEADER, "1 | Mật ong bạc hà | HTX Ong | xã Lạc Dương, huyện Lạc Dương | 4 sao"))
    (row,) = rows(article)
    reads = {
        "name": row.name, "producer": row.producer, "address": row.address, "commune": row.commune,
        "district": row.district, "star": row.star_read,
    }  # fmt: skip
    said = {name: (read.text, article.text[slice(*read.head)]) for name, read in reads.items() if read and read.head}
    assert said == {
        "name": ("Mật ong bạc hà", "Tên sản phẩm"),
        "producer": ("HTX Ong", "Chủ thể"),
        "address": ("xã Lạc Dương, huyện Lạc Dương", "Địa chỉ"),
        "commune": ("xã Lạc Dương", "Địa chỉ"),
        "district": ("huyện Lạc Dương", "Địa chỉ"),
        "star": ("4 sao", "Hạng sao"),
    }
    for read in reads.values():
        assert read is not None
        assert article.text[slice(*read.span)] == read.text


@pytest.mark.parametrize(
    ("cell", "star"),
    [("4 sao", 4), ("04 sao", 4), ("4", 4), ("****", 4), ("★★★", 3), ("Bốn sao", 4), ("Năm sao", 5), ("OCOP 4 sao", 4),
     ("Đạt hạng 3 sao", 3), ("4 sao cấp tỉnh", 4), ("Tiềm năng 5 sao", None), ("-", None)],
)  # fmt: skip
def test_the_ways_to_write_a_star(cell: str, star: int | None) -> None:
    (row,) = rows(decision(table(HEADER, f"1 | Mật ong | HTX Ong | xã Lạc Dương | {cell}")))
    assert row.star == star


def test_a_header_on_two_rows_with_a_column_for_each_star() -> None:
    article = decision(
        "<table border=1><tr><th rowspan=2>TT</th><th rowspan=2>Tên sản phẩm</th><th rowspan=2>Chủ thể</th>"
        "<th colspan=2>Địa chỉ</th><th rowspan=2>Điểm</th><th colspan=2>Phân hạng</th><th rowspan=2>Ghi chú</th></tr>"
        "<tr><th>Xã</th><th>Huyện</th><th>3 sao</th><th>4 sao</th></tr>"
        "<tr><td>(1)</td><td>(2)</td><td>(3)</td><td>(4)</td><td>(5)</td><td>(6)</td><td>(7)</td><td>(8)</td></tr>"
        "<tr><td colspan=9>I. Nhóm thực phẩm</td></tr>"
        "<tr><td>1</td><td>Mắm ruốc</td><td rowspan=2>HTX Biển Xanh</td><td>Thạnh Hải</td><td>Thạnh Phú</td>"
        "<td>85,5</td><td></td><td>x</td><td>Công nhận lại</td></tr>"
        "<tr><td>2</td><td>Mắm tép</td><td>An Điền</td><td>Thạnh Phú</td><td>65</td><td>x</td>"
        "<td></td><td>Mới</td></tr>"
        "<tr><td colspan=9>II. Nhóm đồ uống (01 sản phẩm)</td></tr>"
        "<tr><td>3</td><td>Rượu nếp</td><td>Cơ sở Ba Tư</td><td>An Điền</td><td>Thạnh Phú</td><td>95,25</td><td>x</td>"
        "<td></td><td>Nâng hạng từ 2 sao lên 3 sao</td></tr>"
        "<tr><td colspan=2>Tổng cộng</td><td></td><td></td><td></td><td></td><td>2</td><td>1</td><td></td></tr></table>"
        "<p>Ghi chú: điểm là trung bình của Hội đồng.</p>"
    )
    found = [
        (row.name.text, word(row.producer), word(row.commune), word(row.district), word(row.group), row.star, row.score,
         row.change, row.doubts)
        for row in rows(article)
    ]  # fmt: skip
    assert found == [
        ("Mắm ruốc", "HTX Biển Xanh", "Thạnh Hải", "Thạnh Phú", "Nhóm thực phẩm", 4, 85.5, "renewed", ()),
        ("Mắm tép", "HTX Biển Xanh", "An Điền", "Thạnh Phú", "Nhóm thực phẩm", 3, 65.0, "new", ()),
        # 95,25 points for three stars is seldom right
        ("Rượu nếp", "Cơ sở Ba Tư", "An Điền", "Thạnh Phú", "Nhóm đồ uống", 3, 95.25, "upgraded", ("star",)),
    ]


def test_labels_between_rows_say_of_what_star_group_and_place() -> None:
    article = decision(
        table(
            "STT | Tên sản phẩm | Chủ thể",
            "A. SẢN PHẨM ĐẠT 4 SAO",
            "I. Nhóm thực phẩm",
            "Xã Hải Hậu",
            "1 | Gạo tám | HTX Gạo",
            "B. SẢN PHẨM ĐẠT 3 SAO",
            "2 | Chè lam | Cơ sở Bà Tư",
        )
    )
    assert [(row.name.text, row.star, word(row.group), word(row.commune)) for row in rows(article)] == [
        ("Gạo tám", 4, "Nhóm thực phẩm", "Xã Hải Hậu"),
        ("Chè lam", 3, None, None),
    ]


def test_each_list_has_the_star_of_its_heading() -> None:
    article = decision(
        "<p>I. SẢN PHẨM ĐẠT 4 SAO</p>"
        + table("STT | Sản phẩm | Đơn vị", "1 | Cà phê bột | Công ty TNHH Cà Phê")
        + "<p>II. SẢN PHẨM ĐẠT 3 SAO</p>"
        + table("STT | Sản phẩm | Đơn vị", "1 | Hồng treo gió | Hộ kinh doanh A")
    )
    assert [(row.name.text, row.star) for row in rows(article)] == [("Cà phê bột", 4), ("Hồng treo gió", 3)]


def test_star_and_score_and_address_that_share_cells() -> None:
    article = decision(
        table(
            "STT | Tên chủ thể/địa chỉ | Sản phẩm được công nhận | Kết quả",
            "1 | HTX Gạo (xóm 3, xã Hải Hậu) | Gạo tám | 4 sao (85,5 điểm)",
            "2 | Công ty CP Nước mắm - Địa chỉ: xã Giao Thủy | Nước mắm | 3 sao; 65 điểm",
        )
    )
    found = [
        (row.name.text, word(row.producer), word(row.address), word(row.commune), row.star, row.score)
        for row in rows(article)
    ]
    assert found == [
        ("Gạo tám", "HTX Gạo", "xóm 3, xã Hải Hậu", "xã Hải Hậu", 4, 85.5),
        ("Nước mắm", "Công ty CP Nước mắm", "xã Giao Thủy", "xã Giao Thủy", 3, 65.0),
    ]


def test_a_small_table_within_a_cell_parts_what_it_says() -> None:
    result = "<table><tr><td>85,5 điểm</td><td>4 sao</td></tr></table>"
    body = table("STT | Tên sản phẩm | Chủ thể | Kết quả", "1 | Mật ong | HTX Ong | @", "2 | Trà | HTX Trà | @")
    found = rows(decision(body.replace("@", result)))
    assert [(row.name.text, row.star, row.score) for row in found] == [("Mật ong", 4, 85.5), ("Trà", 4, 85.5)]


def test_tables_of_products_within_a_table_that_only_places_them() -> None:
    inner = table("STT | Tên sản phẩm | Chủ thể | Hạng sao", "1 | Mật ong | HTX Ong | 4 sao")
    places = ("Xã Hải Hậu", "Xã Giao Thủy")
    outer = "".join(f"<tr><td><b>{place}</b></td><td>{inner}</td></tr>" for place in places)
    found = rows(decision(f"<table width=100%>{outer}</table>"))
    assert [(row.name.text, word(row.commune)) for row in found] == [("Mật ong", place) for place in places]


def test_a_bar_within_a_cell_makes_no_cell() -> None:
    article = decision(table(HEADER).replace("</table>", "") + (
        "<tr><td>1</td><td>Mật ong | hoa nhãn</td><td>HTX Ong</td><td>xã Lạc Dương</td><td>4 sao</td></tr></table>"
    ))  # fmt: skip
    (row,) = rows(article)
    assert (row.name.text, word(row.producer), row.star) == ("Mật ong|hoa nhãn", "HTX Ong", 4)


def test_marks_of_footnotes_are_no_part_of_a_name() -> None:
    article = decision(
        table(
            HEADER, "1 | Rượu mơ (1) | HTX Mơ | xã Lạc Dương | 3 sao", "2 | Trà sen * | HTX Sen | xã Lạc Dương | 3 sao"
        )
        + "<p>(1) Chỉ công nhận loại dưới 30 độ.</p>"
    )
    assert names(article) == ["Rượu mơ", "Trà sen"]


@pytest.mark.parametrize(
    ("heading", "act"),
    [
        ("DANH SÁCH SẢN PHẨM BỊ THU HỒI", "withdraws"),
        ("DANH SÁCH SẢN PHẨM ĐĂNG KÝ THAM GIA NĂM 2026", "lists"),
        ("DANH SÁCH SẢN PHẨM ĐƯỢC CÔNG NHẬN", "recognises"),
        ("DANH SÁCH SẢN PHẨM KHÔNG ĐẠT", None),
    ],
)
def test_the_heading_of_a_list_says_what_is_done_to_it(heading: str, act: str | None) -> None:
    body = table(HEADER, "1 | Mật ong | HTX Ong | xã Lạc Dương | 3 sao")
    found = [row.act for row in rows(decision(body, annex=f"<p>PHỤ LỤC</p><p>{heading}</p>"))]
    assert found == ([] if act is None else [act])


def test_a_star_hoped_for_is_none() -> None:
    body = table("STT | Tên sản phẩm | Chủ thể | Hạng sao dự kiến", "1 | Mật ong | HTX Ong | 5 sao")
    (row,) = rows(decision(body, annex="<p>DANH MỤC SẢN PHẨM ĐĂNG KÝ</p>"))
    assert (row.act, row.star) == ("lists", None)


NO_LISTS = {
    "sums": ("STT | Nội dung | Kinh phí (đồng)", "1 | In giấy chứng nhận sản phẩm | 500.000", "| Cộng | 500.000"),
    "prices": ("STT | Sản phẩm | Số lượng | Đơn giá", "1 | Tem truy xuất | 500 | 200", "2 | Bao bì | 900 | 700"),
    "council": ("TT | Họ và tên | Chức vụ | Nhiệm vụ", "1 | Nguyễn Văn A | Phó Chủ tịch | Chủ tịch Hội đồng"),
    "meetings": ("Thời gian | Nội dung | Địa điểm", "Sáng 12/9 | Chấm sản phẩm | Hội trường"),
    "by district": ("Huyện | Số sản phẩm | 3 sao | 4 sao", "Đạ Tẻh | 5 | 3 | 2", "Tổng | 5 | 3 | 2"),
    "counts under names": ("Địa phương | Sản phẩm | Chủ thể", "Huyện A | 15 | 6", "Huyện B | 14 | 8"),
    "scores": ("TT | Tiêu chí | Điểm tối đa", "1 | Nguồn gốc sản phẩm | 5", "2 | Bao bì | 3"),
    "tasks": ("TT | Nội dung công việc | Sản phẩm đầu ra | Đơn vị chủ trì", "1 | Rà soát | Báo cáo | Sở Công Thương"),
    "no header": ("1 | Mật ong | HTX Ong | xã Lạc Dương | 4 sao", "2 | Trà | HTX Trà | xã Lạc Dương | 3 sao"),
}  # fmt: skip


@pytest.mark.parametrize("what", NO_LISTS)
def test_tables_of_something_else_name_no_product(what: str) -> None:
    assert rows(decision(table(*NO_LISTS[what]))) == ()


@pytest.mark.parametrize(
    ("stated", "doubted"),
    [
        ("3 sản phẩm OCOP, gồm 1 sản phẩm đạt 4 sao và 2 sản phẩm đạt 3 sao", []),
        ("3 sản phẩm OCOP, gồm 2 sản phẩm đạt 4 sao và 1 sản phẩm đạt 3 sao", ["Mật ong", "Trà", "Gạo"]),
        ("5 sản phẩm OCOP, gồm 3 sản phẩm đạt 4 sao và 2 sản phẩm đạt 3 sao", []),
        ("3 sản phẩm OCOP", []),
    ],
)
def test_stars_are_held_against_the_counts_of_the_decision(stated: str, doubted: list[str]) -> None:
    """Of a list shorter than the decision says nobody knows what is missing."""
    lines = (
        "1 | Mật ong | HTX Ong | xã A | 4 sao",
        "2 | Trà | HTX Trà | xã A | 3 sao",
        "3 | Gạo | HTX Gạo | xã A | 3 sao",
    )
    articles = f"<p>Điều 1. Công nhận {stated}.</p><p>Điều 2. Thi hành Quyết định này.</p>"
    found = rows(decision(table(HEADER, *lines), articles=articles))
    assert [row.name.text for row in found if "star" in row.doubts] == doubted


# ---- Lists -------------------------------------------------------------------------------------------------------


def test_products_listed_line_by_line() -> None:
    lines = (
        "<p>Điều 1. Công nhận các sản phẩm OCOP sau đây:</p><p>1. Sản phẩm đạt 4 sao (02 sản phẩm):</p>"
        "<p>a) Mật ong bạc hà của Hợp tác xã Ong Thượng Sơn, thôn 3, xã Thượng Sơn, huyện Vị Xuyên;</p>"
        "<p>b) Trà shan tuyết (hộp 200 g) của ông Nguyễn Văn Ví, xã Khe Giang, 85,5 điểm.</p>"
        "<p>2. Sản phẩm đạt 3 sao:</p><p>a) Rượu ngô men lá - HTX Thác Đôi - xã Thác Đôi.</p>"
        "<p>Điều 2. Trách nhiệm của các chủ thể:</p><p>1. Giữ chất lượng sản phẩm như hồ sơ đã nộp.</p>"
        "<p>2. In biểu trưng 3 sao trên bao bì.</p>"
    )
    article = decision("", articles=lines, annex="")
    found = [
        (row.name.text, word(row.producer), word(row.commune), word(row.district), row.star, row.score)
        for row in rows(article)
    ]
    assert found == [
        ("Mật ong bạc hà", "Hợp tác xã Ong Thượng Sơn", "xã Thượng Sơn", "huyện Vị Xuyên", 4, None),
        ("Trà shan tuyết (hộp 200 g)", "ông Nguyễn Văn Ví", "xã Khe Giang", None, 4, 85.5),
        ("Rượu ngô men lá", "HTX Thác Đôi", "xã Thác Đôi", None, 3, None),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1. Mật ong rừng của HTX Ong, xã A Lưới, đạt 4 sao.", ("Mật ong rừng", "HTX Ong", "xã A Lưới", 4, None)),
        (
            "2. Bún khô của Cơ sở Bảy Hiền (thị trấn Cô Tô), đạt 3 sao, công nhận lại.",
            ("Bún khô", "Cơ sở Bảy Hiền", "thị trấn Cô Tô", 3, "renewed"),
        ),
        (
            "3. Sản phẩm: Tương bần; chủ thể: HTX Tương; địa chỉ: phường Bần; hạng: 3 sao.",
            ("Tương bần", "HTX Tương", "phường Bần", 3, None),
        ),
        (
            "4. Trà Sen, chủ thể Công ty TNHH Sen, xã Hoa Lư: 4 sao;",
            ("Trà Sen", "Công ty TNHH Sen", "xã Hoa Lư", 4, None),
        ),
    ],
)
def test_forms_of_a_line(line: str, expected: tuple[str, str, str, int, str | None]) -> None:
    (row,) = rows(decision(f"<p>{line}</p>"))
    assert (row.name.text, word(row.producer), word(row.commune), row.star, row.change) == expected


def test_products_under_their_producers() -> None:
    articles = (
        "<p>Điều 1. Công nhận 03 sản phẩm OCOP hạng 3 sao, cụ thể như sau:</p>"
        "<p>1. Chủ thể: Hợp tác xã Tân Tiến, xã Tân Tiến</p><p>- Sản phẩm: Gạo Tân Tiến.</p><p>- Sản phẩm: Cà pháo.</p>"
        "<p>2. Chủ thể: Hộ kinh doanh Lê Văn B, xã An Bình</p><p>- Sản phẩm: Tương bần.</p>"
        "<p>Điều 2. Giao Phòng Nông nghiệp:</p><p>- Theo dõi các sản phẩm.</p>"
    )
    found = rows(decision("", articles=articles, annex=""))
    assert [(row.name.text, word(row.producer), word(row.commune), row.star) for row in found] == [
        ("Gạo Tân Tiến", "Hợp tác xã Tân Tiến", "xã Tân Tiến", 3),
        ("Cà pháo", "Hợp tác xã Tân Tiến", "xã Tân Tiến", 3),
        ("Tương bần", "Hộ kinh doanh Lê Văn B", "xã An Bình", 3),
    ]


def test_a_list_within_the_clause() -> None:
    articles = (
        "<p>Điều 1. Công nhận 02 sản phẩm OCOP đạt 3 sao, gồm: Mật ong rừng của HTX Ong, xã A Lưới; Trà sen của "
        "Công ty TNHH Sen Việt.</p><p>Điều 2. Thi hành.</p>"
    )
    found = rows(decision("", articles=articles, annex=""))
    assert [(row.name.text, word(row.producer), row.star) for row in found] == [
        ("Mật ong rừng", "HTX Ong", 3),
        ("Trà sen", "Công ty TNHH Sen Việt", 3),
    ]


# ---- Reports -----------------------------------------------------------------------------------------------------


def test_news_report_number_day_issuer_act_and_counts() -> None:
    article = news(
        "Ngày 05/8/2026, UBND tỉnh Lâm Đồng ban hành Quyết định số 3981/QĐ-UBND công nhận 9 sản phẩm OCOP đạt 3 sao.",
        "Trước đó, Quyết định 26/2026/QĐ-TTg của Thủ tướng có hiệu lực.",
    )
    one = told(article)
    assert (one.reported, one.number.label, one.issued, one.level, one.place) == (
        True, "3981/QĐ-UBND", "2026-08-05", "province", "lam-dong",
    )  # fmt: skip
    assert [act.act for act in one.acts] == ["recognises"]
    assert [(count.count, count.star) for count in one.stated] == [(9, 3)]
    assert word(one.issuer) == "UBND tỉnh Lâm Đồng"


def test_two_decisions_in_one_sentence_keep_their_own_days_and_counts() -> None:
    found = decisions(
        news(
            "Tỉnh Thanh Hóa có hai đợt OCOP: Quyết định 1114/QĐ-UBND ngày 06/4/2021 công nhận 7 sản phẩm, Quyết định "
            "2942/QĐ-UBND ngày 05/8/2021 công nhận 20 sản phẩm."
        )
    )
    assert [(one.number.label, one.issued, [(count.count, count.star) for count in one.stated]) for one in found] == [
        ("1114/QĐ-UBND", "2021-04-06", [(7, None)]),
        ("2942/QĐ-UBND", "2021-08-05", [(20, None)]),
    ]


def test_a_table_of_decisions() -> None:
    found = decisions(
        page(
            "<p>Các quyết định công nhận sản phẩm OCOP của UBND tỉnh Thanh Hóa.</p>"
            + table("Số quyết định | Ngày | Số sản phẩm | 4 sao | 3 sao", "5445/QĐ-UBND | 23/12/2019 | 13 | 5 | 8",
                    "590/QĐ-UBND | năm 2020 | 17 | không rõ | không rõ"),
            place="Thanh Hóa",
        )
    )  # fmt: skip
    assert [(one.number.label, one.issued, one.place) for one in found] == [
        ("5445/QĐ-UBND", "2019-12-23", "thanh-hoa"),
        ("590/QĐ-UBND", "2020", "thanh-hoa"),
    ]
    assert [(count.count, count.star) for count in found[0].stated] == [(13, None), (5, 4), (8, 3)]
    assert found[0].rows == ()


@pytest.mark.parametrize(("authority", "reported"), [("official", False), ("press", True)])
def test_the_register_of_a_portal_describes_a_decision(authority: Authority, reported: bool) -> None:
    body = table(
        "Số, ký hiệu | 3981/QĐ-UBND",
        "Ngày ban hành | 05/8/2026",
        "Cơ quan ban hành | Ủy ban nhân dân tỉnh Lâm Đồng",
        "Trích yếu | Về việc công nhận 9 sản phẩm OCOP đạt 3 sao",
    )
    one = told(page(f"<p>{FILLER}</p>{body}", authority=authority))
    assert (one.reported, one.number.label, one.issued, one.place) == (
        reported, "3981/QĐ-UBND", "2026-08-05", "lam-dong",
    )  # fmt: skip
    assert word(one.subject) == "Về việc công nhận 9 sản phẩm OCOP đạt 3 sao"
    assert ([act.act for act in one.acts], [(count.count, count.star) for count in one.stated], one.rows) == (
        ["recognises"], [(9, 3)], (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Quyết định 2001/QĐ-UBND ngày 01/3/2026 của UBND tỉnh Lâm Đồng thay thế Quyết định 715/QĐ-UBND về OCOP.",
            {"2001/QĐ-UBND": [("replaces", "715/QĐ-UBND")], "715/QĐ-UBND": []},
        ),
        (
            "Quyết định 715/QĐ-UBND về OCOP đã bị bãi bỏ bởi Quyết định 2001/QĐ-UBND ngày 01/3/2026.",
            {"2001/QĐ-UBND": [("revokes", "715/QĐ-UBND")], "715/QĐ-UBND": []},
        ),
    ],
)
def test_what_a_report_says_one_does_to_another(sentence: str, expected: dict[str, list[tuple[str, str]]]) -> None:
    found = decisions(news(sentence, place="Lâm Đồng"))
    assert {
        one.number.label: [(act.act, act.target.label) for act in one.acts if act.target] for one in found
    } == expected


def test_products_that_sentences_of_a_report_name() -> None:
    article = news(
        "UBND tỉnh Lâm Đồng có Quyết định số 129/QĐ-UBND ngày 20/01/2026 công nhận 4 sản phẩm OCOP.",
        "Mắc ca sấy của Công ty TNHH Mắc Ca được công nhận hạng 4 sao. Anh Tư kể về vườn mắc ca của mình.",
        "Trà dây của HTX Trà chưa đạt 3 sao. Giá của HTX Trà đạt 3 sao giá.",
    )
    assert [(row.name.text, row.star) for row in rows(article)] == [("Mắc ca sấy", 4)]


@pytest.mark.parametrize(("count", "expected"), [(3, ["Ớt muối", "Cơm cháy cay", "Túi thổ cẩm"]), (5, [])])
def test_names_alone_count_where_they_are_all(count: int, expected: list[str]) -> None:
    article = news(
        "UBND tỉnh Lâm Đồng có Quyết định số 129/QĐ-UBND ngày 20/01/2026 thu hồi giấy chứng nhận OCOP "
        f"của {count} sản phẩm.",
        "Đó là Ớt muối, Cơm cháy cay và Túi thổ cẩm.",
    )
    assert names(article) == expected


def test_the_text_of_a_decision_on_a_page_of_news_is_its_own() -> None:
    article = decision(table(HEADER, "1 | Mật ong | HTX Ong | xã Lạc Dương | 4 sao"))
    below = page(
        "<p>Chúng tôi chép lại nguyên văn để bà con tiện xem.</p>"
        + "".join(f"<p>{article.text[b.start : b.end]}</p>" for b in article.blocks if b.role != "row")
        + table(HEADER, "1 | Mật ong | HTX Ong | xã Lạc Dương | 4 sao")
    )
    assert (told(below).reported, names(below)) == (False, ["Mật ong"])


def test_other_texts_tell_of_no_decision() -> None:
    assert decisions(news("Quyết định số 12/QĐ-UBND ngày 05/8/2026 của UBND tỉnh về đặt tên đường.")) == ()
    assert (
        decisions(news("Tỉnh có 62 sản phẩm OCOP 4 sao.", "Theo Quyết định 148/QĐ-TTg, hạng 4 sao từ 70 điểm.")) == ()
    )


def test_the_annex_alone_is_no_heading_of_products() -> None:
    assert ANNEX  # the fixtures' own annex says so
    body = table("STT | Sản phẩm | Ghi chú", "1 | Mật ong | nộp mẫu")
    assert rows(decision(body, annex="<p>PHỤ LỤC</p>")) == ()
