"""Files for spreadsheets: what a reader of each gets back, what is no formula, and that size costs no memory."""

import csv
import io
import subprocess
import sys
from datetime import date
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook  # type: ignore[import-untyped]

from web.exports import Cell, Column, Table, csv_bytes, exported, xlsx_bytes
from web.problem import Problem

ROOT = Path(__file__).parents[1]
Row = tuple[Cell, ...]
ROWS: tuple[Row, ...] = (
    ("Cà phê, “rang”", 72.5, 4, date(2025, 3, 12), True, None),
    ("Nước mắm\nHải Hậu", -1.0, 0, date(2024, 2, 29), False, ""),
)
HOSTILE = ("=1+1", "+84", "-2", "@cmd", "\t=1", "\r=1", "\n=1", " =1", "＝1", "　@A1", '=HYPERLINK("http://x")')


def table(rows: tuple[Row, ...], width: int = 6) -> Table[Row]:
    columns: list[Column[Row]] = [Column(header=f"Cột {place}", value=itemgetter(place)) for place in range(width)]
    return Table(name="Sản phẩm OCOP", columns=columns, rows=rows, count=len(rows))


def read_csv(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_gives_back_what_was_written() -> None:
    assert read_csv(b"".join(csv_bytes(table(ROWS)))) == [
        [f"Cột {place}" for place in range(6)],
        ["Cà phê, “rang”", "72.5", "4", "2025-03-12", "có", ""],
        ["Nước mắm\nHải Hậu", "-1", "0", "2024-02-29", "không", ""],
    ]


def test_xlsx_has_typed_cells_and_a_header_that_stays(tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    path.write_bytes(b"".join(xlsx_bytes(table(ROWS))))
    sheet = load_workbook(path).active
    assert sheet is not None
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:F3")
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[0] == [f"Cột {place}" for place in range(6)]
    assert values[1][:3] == ["Cà phê, “rang”", 72.5, 4]
    assert values[1][3].date() == date(2025, 3, 12)
    assert sheet["D2"].number_format == "dd/mm/yyyy"
    assert values[2][:3] == ["Nước mắm\nHải Hậu", -1, 0]
    assert [sheet["B2"].data_type, sheet["D2"].data_type, sheet["A2"].data_type] == ["n", "d", "s"]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_pages_say_never_becomes_a_formula(text: str, tmp_path: Path) -> None:
    made = table(((text,),), width=1)
    assert read_csv(b"".join(csv_bytes(made)))[1] == [f"'{text}"]
    path = tmp_path / "made.xlsx"
    path.write_bytes(b"".join(xlsx_bytes(made)))
    sheet = load_workbook(path).active
    assert sheet is not None
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].hyperlink is None


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_text_comes_back_but_for_the_apostrophe_and_what_cannot_be_written(texts: list[str]) -> None:
    def expected(text: str) -> str:
        shown = "".join("\ufffd" if unwritable(char) else char for char in text)
        formula = shown.lstrip().startswith(tuple("=+-@＝＋－＠")) or shown.startswith(("\t", "\r", "\n"))
        return f"'{shown}" if formula else shown

    rows = tuple((text, "x") for text in texts)
    assert read_csv(b"".join(csv_bytes(table(rows, width=2))))[1:] == [[expected(text), "x"] for text in texts]


def unwritable(char: str) -> bool:
    """What XML 1.0 cannot hold: controls but tab and line ends, halves of pairs, the last two of the first plane."""
    return (char < " " and char not in "\t\n\r") or "\ud800" <= char <= "\udfff" or char in "\ufffe\uffff"


def test_the_file_is_named_in_both_ways() -> None:
    response = exported(table(ROWS), "csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == (
        "attachment; filename=\"san-pham-ocop.csv\"; filename*=UTF-8''S%E1%BA%A3n%20ph%E1%BA%A9m%20OCOP.csv"
    )


def test_a_sheet_that_cannot_hold_the_rows_is_refused_before_it_is_begun() -> None:
    rows = iter(ROWS)
    with pytest.raises(Problem, match="1048575 dòng"):
        exported(Table(name="lớn", columns=table(()).columns, rows=rows, count=1_048_576), "xlsx")
    assert next(rows) == ROWS[0]


PEAK = """
import sys, tracemalloc
from tests.test_exports import table
from web.exports import Table, csv_bytes, xlsx_bytes
make = {"csv": csv_bytes, "xlsx": xlsx_bytes}[sys.argv[1]]
rows = ((f"Sản phẩm số {number} của hợp tác xã", number, 4, None, True, "x" * 80) for number in range(int(sys.argv[2])))
tracemalloc.start()
made = Table(name="lớn", columns=table(()).columns, rows=rows, count=int(sys.argv[2]))
sent = sum(len(piece) for piece in make(made))
print(sent, tracemalloc.get_traced_memory()[1])
"""


@pytest.mark.parametrize(("form", "few", "many"), [("csv", 2_000, 100_000), ("xlsx", 1_000, 10_000)])
def test_many_rows_take_no_more_memory_than_few(form: str, few: int, many: int) -> None:
    def peak(rows: int) -> tuple[int, int]:
        command = [sys.executable, "-c", PEAK, form, str(rows)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        sent, held = done.stdout.split()
        return int(sent), int(held)

    small, large = peak(few), peak(many)
    assert large[0] > small[0] * (many / few) / 2
    assert large[1] < small[1] + 512 * 1024
