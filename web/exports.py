"""Lists as files for spreadsheets: CSV in UTF-8 with a byte order mark, and XLSX, made row by row.

Nothing of either is ever whole in memory: CSV is sent as it is made; XLSX must be zipped whole, so it is written to a
temporary file and sent from there.

What pages say is hostile: a cell that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP
advises for CSV (https://owasp.org/www-community/attacks/CSV_Injection: what begins with = + - @, tab, carriage return
or line feed, also in full width). In XLSX text is written as text and cannot become a formula or a link.
"""

import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar
from urllib.parse import quote

import xlsxwriter  # type: ignore[import-untyped]
from fastapi import Query
from fastapi.responses import StreamingResponse

from index.places.provinces import slug
from web.problem import invalid_parameter

Format = Literal["json", "csv", "xlsx"]
Form = Annotated[
    Format, Query(alias="format", description="json: một trang; csv, xlsx: tệp có mọi dòng thỏa mãn, không phân trang")
]
Cell = str | int | float | bool | date | None
Row = TypeVar("Row")

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_CHUNK_BYTES = 64 * 1024
# What a sheet can hold, its header included, and a cell.
_MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 32_767
# White space before the sign does not keep a spreadsheet from reading a formula.
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
# What XML 1.0 cannot hold (section 2.2), half of a pair included.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def list_responses(described: str) -> dict[int | str, dict[str, Any]]:
    """OpenAPI's 200 of a list that also comes as a file."""
    content: dict[str, Any] = {
        media: {"schema": {"type": "string", "format": "binary"}} for media in MEDIA_TYPES.values()
    }
    return {200: {"description": described, "content": content}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """A column of a file: its header, what of a row it shows, its width in characters."""

    header: str
    value: Callable[[Row], Cell]
    width: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Generic[Row]):
    """A file to be made: name without its ending, columns, and the rows, which are read once; count: of the rows."""

    name: str
    columns: Sequence[Column[Row]]
    rows: Iterable[Row]
    count: int


def exported(table: Table[Row], form: Literal["csv", "xlsx"]) -> StreamingResponse:
    """The answer that sends a table as a file.

    Raises:
        Problem: it has more rows than a sheet of XLSX can hold.
    """
    if form == "xlsx" and table.count >= _MOST_ROWS:
        detail = (
            f"một trang tính xlsx chứa được {_MOST_ROWS - 1} dòng, kết quả có {table.count}; hãy lọc bớt, hoặc lấy csv"
        )
        raise invalid_parameter("format", detail)
    content = csv_bytes(table) if form == "csv" else xlsx_bytes(table)
    # RFC 6266: the plain name for old clients, the Vietnamese one for all others.
    names = f"filename=\"{slug(table.name)}.{form}\"; filename*=UTF-8''{quote(f'{table.name}.{form}')}"
    headers = {"Content-Disposition": f"attachment; {names}"}
    return StreamingResponse(content, media_type=MEDIA_TYPES[form], headers=headers)


def day_or_text(iso: str | None) -> date | str | None:
    """A whole day as a day, one known in part as it is written: "2025-09", "2025"."""
    return date.fromisoformat(iso) if iso is not None and len(iso) == len("2025-09-12") else iso


def csv_bytes(table: Table[Row]) -> Iterator[bytes]:
    """A table as CSV (RFC 4180), in pieces. Days are ISO 8601, decimals have a point."""
    held = io.StringIO(newline="")
    writer = csv.writer(held)
    held.write("\ufeff")
    writer.writerow([column.header for column in table.columns])
    for row in table.rows:
        writer.writerow([_csv_cell(column.value(row)) for column in table.columns])
        if held.tell() >= _CHUNK_BYTES:
            yield _emptied(held)
    yield _emptied(held)


def xlsx_bytes(table: Table[Row]) -> Iterator[bytes]:
    """A table as XLSX, in pieces: days and numbers typed, the header kept in sight, every column to be filtered."""
    with tempfile.TemporaryDirectory(prefix="xlsx-") as folder:
        path = Path(folder) / "table.xlsx"
        options = {"constant_memory": True, "tmpdir": folder, "default_date_format": "dd/mm/yyyy"}
        with xlsxwriter.Workbook(str(path), options) as book:
            sheet = book.add_worksheet()
            head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
            day = book.add_format({"num_format": "dd/mm/yyyy"})
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(table.columns):
                sheet.set_column(place, place, column.width)
                sheet.write_string(0, place, column.header, head)
            last = 0
            for last, row in enumerate(table.rows, 1):
                for place, column in enumerate(table.columns):
                    value = column.value(row)
                    if isinstance(value, bool):
                        sheet.write_string(last, place, _yes(value))
                    elif isinstance(value, int | float):
                        sheet.write_number(last, place, value)
                    elif isinstance(value, date):
                        sheet.write_datetime(last, place, datetime(value.year, value.month, value.day), day)
                    elif value:
                        sheet.write_string(last, place, _printable(value)[:_MOST_CHARACTERS])
            sheet.autofilter(0, 0, last, len(table.columns) - 1)
        with path.open("rb") as file:
            while piece := file.read(_CHUNK_BYTES):
                yield piece


def _csv_cell(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _yes(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        text = _printable(value)
        return f"'{text}" if _FORMULA.match(text) else text
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", text)


def _yes(value: bool) -> str:
    return "có" if value else "không"


def _emptied(held: io.StringIO) -> bytes:
    data = held.getvalue().encode("utf-8")
    held.seek(0)
    held.truncate()
    return data
