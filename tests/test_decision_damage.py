"""Tables that were damaged on their way: products may be lost, but none is invented and no cell is read askew.

A product is invented when its name is not a product's of the table that was damaged.
"""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.archive import Raw
from crawler.article import row_text
from crawler.draft import Draft, Line, Origin, compose
from index.decisions.decision import ProductRow
from index.decisions.items import item_rows
from index.decisions.tables import table_rows

HEADER = ("STT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Điểm", "Hạng sao", "Ghi chú")
PRODUCTS = (
    ("1", "Mật ong bạc hà", "Hợp tác xã Ong Thượng Sơn", "Xã Thượng Sơn", "85,5", "4 sao", "Công nhận mới"),
    ("2", "Trà shan tuyết", "HTX Chè Đỉnh Mù", "Xã Thượng Sơn", "72,0", "4 sao", "Nâng hạng"),
    ("3", "Tổ yến chưng", "Công ty TNHH Yến Hòn Khô", "Phường Bến Tắm", "65,25", "3 sao", "Công nhận lại"),
    ("4", "Khóm sấy dẻo", "Cơ sở Nguyễn Văn Ví", "Thôn 3, xã Khe Giang", "55", "3 sao", ""),
    ("5", "Làng du lịch Khe Giang", "Tổ hợp tác Du lịch Khe Giang", "Xã Khe Giang", "61,5", "3 sao", "Công nhận mới"),
    ("6", "Rượu ngô men lá", "Hộ kinh doanh Lê Thị Dụ", "Xã Thác Đôi", "58,7", "3 sao", ""),
)
NAMES = frozenset(row[1] for row in PRODUCTS)
BY_NAME = {row[1]: row for row in PRODUCTS}
# What stands between the rows of real tables and is no product.
NOISE: tuple[tuple[str, ...], ...] = (
    HEADER,
    ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"),
    ("1", "2", "3", "4", "5", "6", "7"),
    ("I", "Nhóm thực phẩm"),
    ("II. Nhóm đồ uống (02 sản phẩm)",),
    ("Xã Thượng Sơn",),
    ("1", "Huyện Hải Hậu"),
    ("Sản phẩm đạt 4 sao",),
    ("Tổng cộng", "", "", "", "", "6"),
    ("", "Tổng cộng", "6 sản phẩm"),
    ("Cộng: 6 sản phẩm",),
    ("", "Tổng: 06 sản phẩm, gồm 2 sản phẩm 4 sao và 4 sản phẩm 3 sao"),
    ("Ghi chú: điểm là trung bình của Hội đồng.",),
    ("(*) Sản phẩm đánh giá lại.",),
    ("(1) Chỉ công nhận loại dưới 30 độ.", "", ""),
    ("", "và các loại trà hoa", "", ""),
    ("", "", "Khe Giang"),
    ("Người lập biểu", "", "TM. ỦY BAN NHÂN DÂN"),
    ("Nơi nhận:", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ("Trần Thị Mẫu", "Nguyễn Văn Mẫu"),
    ("7", "", "", "", "", "", ""),
    ("", "Thực phẩm", "", "", "", "", ""),
    ("TT", "Nội dung", "Kinh phí (đồng)"),
    ("1", "In giấy chứng nhận", "5.000.000"),
    ("TT", "Họ và tên", "Chức vụ"),
    ("1", "Nguyễn Văn A", "Phó Chủ tịch"),
    ("Huyện", "Số sản phẩm", "3 sao", "4 sao"),
    ("Hải Hậu", "5", "3", "2"),
)


def read(rows: list[tuple[str, ...]]) -> list[ProductRow]:
    lines = [Line(text="DANH SÁCH SẢN PHẨM ĐƯỢC CÔNG NHẬN", role="heading", level=1)]
    lines += [Line(text=text, role="row") for row in rows if (text := row_text(row))]
    origin = Origin(source="Báo thử", fetched="2026-01-01T00:00", kind="decision", kind_fixed=True)
    article = compose(Draft(title="Quyết định", lines=tuple(lines)), origin, Raw(body=b"", content_type="text/plain"))
    found = table_rows(article, "recognises")
    for row in found:
        assert article.text[slice(*row.name.span)] == row.name.text
    return found


def check(found: list[ProductRow]) -> None:
    """Every name is a product's, and what was read of its grade without a doubt is of its own row."""
    for row in found:
        assert row.name.text in NAMES, row.name.text
        printed = BY_NAME[row.name.text]
        if row.star is not None and row.star_read and row.star_read.head and not row.star_read.doubts:
            assert row.star == int(printed[5][0])
        if row.score is not None and row.score_read and not row.score_read.doubts:
            assert row.score == float(printed[4].replace(",", "."))
        if row.producer is not None and row.producer.head is not None:
            assert row.producer.text == printed[2]


ROWS = st.permutations(range(len(PRODUCTS)))
SMALL = settings(max_examples=60, deadline=None)


def test_the_whole_table_is_read() -> None:
    assert [row.name.text for row in read([HEADER, *PRODUCTS])] == [row[1] for row in PRODUCTS]


@SMALL
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 6)), max_size=8))
@example([(0, 1)])
@example([(3, 0), (3, 1)])
def test_cells_that_were_dropped(dropped: list[tuple[int, int]]) -> None:
    """A cell gone without a trace, so that those behind it stand one column to the left."""
    rows = [
        tuple(cell for place, cell in enumerate(row) if (at, place) not in dropped) for at, row in enumerate(PRODUCTS)
    ]
    check(read([HEADER, *rows]))


@SMALL
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 6)), max_size=12))
def test_cells_that_are_blank(blank: list[tuple[int, int]]) -> None:
    rows = [
        tuple("" if (at, place) in blank else cell for place, cell in enumerate(row)) for at, row in enumerate(PRODUCTS)
    ]
    found = read([HEADER, *rows])
    check(found)
    whole = {row[1] for at, row in enumerate(PRODUCTS) if not any(one == at for one, _ in blank)}
    kept = {row.name.text for row in found}
    # rows that are whole are read unless most of the table is not
    assert whole <= kept or 2 * len(kept) <= len(PRODUCTS)


@SMALL
@given(st.permutations(range(7)))
def test_columns_that_were_shuffled_under_their_header(order: list[int]) -> None:
    check(read([HEADER, *(tuple(row[place] for place in order) for row in PRODUCTS)]))


@SMALL
@given(st.permutations(range(7)))
def test_columns_in_another_order_with_their_header(order: list[int]) -> None:
    found = read([tuple(row[place] for place in order) for row in (HEADER, *PRODUCTS)])
    assert {(row.name.text, row.star) for row in found} == {(row[1], int(row[5][0])) for row in PRODUCTS}


@SMALL
@given(st.lists(st.tuples(st.integers(0, 5), st.permutations(range(7))), max_size=4))
def test_rows_whose_cells_were_shuffled(shuffled: list[tuple[int, list[int]]]) -> None:
    rows = [list(row) for row in PRODUCTS]
    for at, order in shuffled:
        rows[at] = [PRODUCTS[at][place] for place in order]
    check(read([HEADER, *map(tuple, rows)]))


@SMALL
@given(st.lists(st.integers(0, 7), min_size=6, max_size=6))
def test_rows_that_were_cut_short(lengths: list[int]) -> None:
    check(read([HEADER, *(row[:length] for row, length in zip(PRODUCTS, lengths, strict=True))]))


@SMALL
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 6)), max_size=3))
def test_cells_that_ran_together(joined: list[tuple[int, int]]) -> None:
    """Two cells printed as one, as where a rule between them was not seen."""
    rows = [list(row) for row in PRODUCTS]
    for at, place in joined:
        if place < len(rows[at]):
            rows[at][place - 1 : place + 1] = [f"{rows[at][place - 1]} {rows[at][place]}"]
    for row in read([HEADER, *map(tuple, rows)]):
        assert any(row.name.text in (name, *names_with(rows, name)) for name in NAMES)


def names_with(rows: list[list[str]], name: str) -> list[str]:
    """The cells that begin with a name: what was run together with it cannot be told from it."""
    return [cell for row in rows for cell in row if name in cell]


@SMALL
@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from(NOISE)), max_size=8))
def test_rows_that_are_no_products(noise: list[tuple[int, tuple[str, ...]]]) -> None:
    rows: list[tuple[str, ...]] = []
    for at in range(len(PRODUCTS) + 1):
        rows += [row for place, row in noise if place == at]
        rows += PRODUCTS[at : at + 1]
    check(read([HEADER, *rows]))


@SMALL
@given(ROWS)
def test_a_table_without_its_header_names_nothing(order: list[int]) -> None:
    assert read([PRODUCTS[at] for at in order]) == []


@SMALL
@given(st.lists(st.text(alphabet="aAđĐốÔ |x123,.()*-\u200b", max_size=12), min_size=1, max_size=9), st.integers(0, 6))
def test_rows_of_anything(cells: list[str], at: int) -> None:
    """What stands in a name's column and may be one is read; nothing is made of several cells, and nothing raises."""
    rows = [HEADER, *PRODUCTS[:at], tuple(cells), *PRODUCTS[at:]]
    text = {" ".join(cell.split()) for row in rows for cell in row}
    for row in read(rows):
        assert row.name.text in NAMES or any(row.name.text.replace(" ", "") in cell.replace(" ", "") for cell in text)


LINES = {
    "1. Mật ong bạc hà của Hợp tác xã Ong Thượng Sơn, xã Thượng Sơn, đạt 4 sao;": "Mật ong bạc hà",
    "b) Trà shan tuyết (hộp 200 g) - HTX Chè Đỉnh Mù - xã Thượng Sơn: 4 sao": "Trà shan tuyết (hộp 200 g)",
    "3. Sản phẩm: Tổ yến chưng; chủ thể: Công ty TNHH Yến Hòn Khô; hạng: 3 sao.": "Tổ yến chưng",
    "- Khóm sấy dẻo, chủ thể Cơ sở Nguyễn Văn Ví (xã Khe Giang), 65,5 điểm": "Khóm sấy dẻo",
    "+ Sản phẩm Rượu ngô men lá do ông Nguyễn Văn Ba sản xuất.": "Rượu ngô men lá",
}
BESIDE = (
    "I. Nhóm thực phẩm",
    "2. Sản phẩm đạt 3 sao (03 sản phẩm):",
    "Xã Thượng Sơn",
    "Công nhận các sản phẩm OCOP sau đây:",
    "(Kèm theo Quyết định số 12/QĐ-UBND ngày 01/10/2025 của Ủy ban nhân dân tỉnh)",
    "Điều 2. Trách nhiệm của chủ thể có sản phẩm được công nhận:",
    "1. Giữ chất lượng sản phẩm như hồ sơ đã nộp trong suốt thời hạn công nhận.",
    "2. In hạng 3 sao trên bao bì theo mẫu của Bộ Nông nghiệp và Môi trường.",
    "a) chỉ in trên đúng loại sản phẩm đã được đánh giá;",
    "- Như Điều 3;",
    "- Lưu: VT, NN.",
    "- Sở Nông nghiệp và Môi trường: theo dõi, kiểm tra các sản phẩm đạt 3 sao.",
    "- Ủy ban nhân dân xã Thượng Sơn, xã Khe Giang;",
    "3. Giao Hợp tác xã Ong Thượng Sơn báo cáo trước ngày 10/10.",
    "Tổng cộng: 05 sản phẩm, trong đó 2 sản phẩm đạt 4 sao.",
    "Ghi chú: điểm là trung bình của Hội đồng, sản phẩm đạt 4 sao từ 70 điểm.",
    "KT. CHỦ TỊCH",
    "Trần Thị Mẫu",
    "1. Kinh phí thực hiện: 85 triệu đồng của ngân sách tỉnh.",
    "4. Chủ thể: Hợp tác xã Ong Thượng Sơn, xã Thượng Sơn",
)


@SMALL
@given(st.lists(st.sampled_from([*LINES, *BESIDE]), max_size=14))
@example(["2. Sản phẩm đạt 3 sao (03 sản phẩm):", *BESIDE])
@example(["4. Chủ thể: Hợp tác xã Ong Thượng Sơn, xã Thượng Sơn", *BESIDE, *LINES])
def test_lines_that_are_no_products(lines: list[str]) -> None:
    """Duties, receivers, notes, sums and signatures around a list, in any order."""
    drafted = [Line(text="DANH SÁCH SẢN PHẨM ĐƯỢC CÔNG NHẬN", role="heading", level=1)]
    drafted += [Line(text=line, role="item" if line[0] in "-+" else "paragraph") for line in lines]
    origin = Origin(source="Báo thử", fetched="2026-01-01T00:00", kind="decision", kind_fixed=True)
    raw = Raw(body=b"", content_type="text/plain")
    article = compose(Draft(title="Quyết định", lines=tuple(drafted)), origin, raw)
    for row in item_rows(article, "recognises"):
        assert row.name.text == LINES[article.text[row.start : row.end]]
