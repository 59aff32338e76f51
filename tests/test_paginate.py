"""Words at their places -> lines: what goes on, what begins anew, over lines, columns and pages."""

from dataclasses import replace

from crawler.documents.paginate import paginated
from crawler.documents.ruling import Box, Cell, Grid
from crawler.documents.sheet import Sheet, Table, Word, strips
from crawler.draft import Bin

CHAR, SIZE, LEFT, RIGHT = 6.0, 14.0, 60.0, 540.0
LETTERS = int((RIGHT - LEFT) / CHAR)


def printed(text: str, y: float, x: float = LEFT) -> list[Word]:
    """The words of a line that begins at (x, y), every letter of one width."""
    words: list[Word] = []
    for piece in text.split():
        width = CHAR * len(piece)
        words.append(Word(text=piece, box=Box(left=x, top=y, right=x + width, bottom=y + SIZE)))
        x += width + CHAR
    return words


def sheet(*lines: tuple[float, float, str], number: int = 1, tables: tuple[Table, ...] = ()) -> Sheet:
    words = [word for x, y, text in lines for word in printed(text, y, x)]
    return Sheet(number=number, width=600, height=840, words=tuple(words), tables=tables)


def full(text: str) -> str:
    """The text with enough added at its end that it reaches the right margin."""
    return text + " " + "x" * (LETTERS - len(text) - 1)


def texts(*sheets: Sheet) -> list[str]:
    return [line.text for line in paginated(sheets, Bin()).lines]


def test_full_lines_go_on_and_indented_ones_begin() -> None:
    first, second = full("Ủy ban nhân dân xã"), full("Bãi Dài giao cho")
    found = texts(
        sheet((LEFT, 300, first), (LEFT, 320, second), (LEFT, 340, "hợp tác xã."), (LEFT + 28, 360, "Chợ họp"))
    )
    assert found == [f"{first} {second} hợp tác xã.", "Chợ họp"]


def test_a_reference_at_the_head_of_a_line_is_no_new_article() -> None:
    first = full("Hồ sơ nộp theo quy định tại")
    assert texts(sheet((LEFT, 300, first), (LEFT, 320, "Điều 5 Quyết định này."))) == [
        f"{first} Điều 5 Quyết định này."
    ]
    assert texts(sheet((LEFT, 300, first), (LEFT, 320, "Điều 5. Thi hành"))) == [first, "Điều 5. Thi hành"]


def test_points_and_clauses_begin_anew_however_full_the_line_above() -> None:
    first = full("Chủ thể phải")
    for mark in ("a) in đúng mẫu;", "2. nộp báo cáo", "- ghi rõ năm", "II. NHIỆM VỤ"):
        assert texts(sheet((LEFT, 300, first), (LEFT, 320, mark))) == [first, mark]


def test_a_paragraph_goes_on_over_the_page_and_the_page_begins_within_it() -> None:
    first = full("Ủy ban nhân dân xã giao")
    read = paginated(
        [
            sheet((LEFT, 700, first)),
            sheet((295, 30, "2"), (LEFT, 80, "cho hợp tác xã."), (LEFT + 28, 100, "Chợ họp"), number=2),
        ],
        dropped := Bin(),
    )
    assert [line.text for line in read.lines] == [f"{first} cho hợp tác xã.", "Chợ họp"]
    assert [(page.number, page.line, page.offset) for page in read.pages] == [(1, 0, 0), (2, 0, len(first) + 1)]
    assert [(item.text, item.reason) for item in dropped.items] == [("2", "số trang")]


def test_years_broken_at_their_hyphen_are_one() -> None:
    first = full("Chương trình giai đoạn")[: LETTERS - 6] + " 2021-"
    assert texts(sheet((LEFT, 300, first), (LEFT, 320, "2025 của tỉnh.")))[0].endswith(" 2021-2025 của tỉnh.")


def test_columns_are_read_one_after_the_other() -> None:
    found = strips(
        sheet(
            (LEFT, 700, "Nơi nhận:"), (400, 700, "TM. ỦY BAN"), (LEFT, 720, "- Lưu: VT."), (400, 720, "CHỦ TỊCH"),
            (400, 740, "Trần Mẫu"),
        )
    )  # fmt: skip
    assert [strip.text for strip in found] == ["Nơi nhận:", "- Lưu: VT.", "TM. ỦY BAN", "CHỦ TỊCH", "Trần Mẫu"]


def one_row(number: int, y: float, *cells: str) -> Table:
    boxes = [Box(left=LEFT + 120 * n, top=y, right=LEFT + 120 * (n + 1), bottom=y + 20) for n in range(len(cells))]
    parts = tuple(Cell(row=0, column=n, rows=1, columns=1, box=box) for n, box in enumerate(boxes))
    return Table(grid=Grid(box=Box.around(boxes), rows=1, columns=number, cells=parts), texts=cells)


def test_a_row_cut_by_the_end_of_the_page_is_one_row() -> None:
    upper = sheet(tables=(one_row(3, 760, "7", "Cơ sở chế biến", "3 sao"),))
    assert texts(upper, sheet(tables=(one_row(3, 60, "", "số 7 ở xã", ""),), number=2)) == [
        "7 | Cơ sở chế biến số 7 ở xã | 3 sao"
    ]
    assert texts(upper, sheet(tables=(one_row(3, 60, "", "Trà", "4 sao"),), number=2)) == [
        "7 | Cơ sở chế biến | 3 sao",
        "| Trà | 4 sao",
    ]


def test_names_of_a_numbered_row_go_on_over_the_page_in_capitals_too() -> None:
    head = one_row(4, 740, "STT", "Tên sản phẩm", "Chủ thể", "Hạng sao")
    line = one_row(4, 760, "7", "Mật ong hoa bạc hà", "Hợp tác xã Ong", "4 sao")
    cells = (*head.grid.cells, *(replace(cell, row=1) for cell in line.grid.cells))
    grid = Grid(box=Box.around([cell.box for cell in cells]), rows=2, columns=4, cells=cells)
    upper = sheet(tables=(Table(grid=grid, texts=(*head.texts, *line.texts)),))
    lower = sheet(tables=(one_row(4, 60, "", "Thượng Sơn", "Thượng Sơn", ""),), number=2)
    assert texts(upper, lower)[-1] == "7 | Mật ong hoa bạc hà Thượng Sơn | Hợp tác xã Ong Thượng Sơn | 4 sao"
    other = sheet(tables=(one_row(4, 60, "", "Trà sen", "Hộ Lê Thị Dụ", "3 sao"),), number=2)
    assert texts(upper, other)[-1] == "| Trà sen | Hộ Lê Thị Dụ | 3 sao"


def test_a_cell_over_two_rows_is_said_in_both() -> None:
    boxes = {place: Box(left=x, top=y, right=x + 100, bottom=y + 20) for place, x, y in
             (("a", 60.0, 300.0), ("b", 160.0, 300.0), ("c", 160.0, 320.0))}  # fmt: skip
    cells = (
        Cell(row=0, column=0, rows=2, columns=1, box=Box.around([boxes["a"], boxes["a"].moved(0, 20)])),
        Cell(row=0, column=1, rows=1, columns=1, box=boxes["b"]),
        Cell(row=1, column=1, rows=1, columns=1, box=boxes["c"]),
    )
    grid = Grid(box=Box.around([cell.box for cell in cells]), rows=2, columns=2, cells=cells)
    found = strips(sheet(tables=(Table(grid=grid, texts=("Trà", "Shan", "Lài")),)))
    assert [strip.text for strip in found] == ["Trà | Shan", "Trà | Lài"]
