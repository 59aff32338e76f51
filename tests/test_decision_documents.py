"""Decisions as files: Word with merged cells, a PDF whose header is on every page, and its pages as a skewed scan."""

import io
from collections.abc import Iterator
from dataclasses import replace

import docx
import pytest

from crawler.archive import Raw
from crawler.documents import ocr
from crawler.draft import Origin
from crawler.read import read_article
from demo.documents.drawing import scan_pdf
from demo.documents.make import DECISION, decision_pdf
from index.decisions.decision import DecisionTold, ProductRow, Read
from index.decisions.reading import decisions

HEADER = ("STT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Điểm", "Hạng sao")
FOODS = (
    "Mật ong bạc hà", "Trà shan tuyết", "Tổ yến chưng", "Khóm sấy dẻo", "Rượu ngô men lá", "Gạo nếp cái hoa vàng",
    "Miến dong", "Nước mắm cá cơm", "Tương nếp", "Chả mực giã tay", "Khăn lụa tơ sen", "Măng khô", "Cà phê bột",
    "Hồng treo gió", "Bánh đậu xanh", "Cốm làng", "Thịt trâu gác bếp", "Chiếu cói", "Muối ớt xanh", "Dầu lạc ép nguội",
)  # fmt: skip
PLACES = ("Thượng Sơn", "Khe Giang", "Thác Đôi", "Bãi Dài", "Núi Nhọn", "Quỳnh Lâm", "Phượng Vĩ", "Nghĩa Hưng")
MAKERS = ("Hợp tác xã Nông nghiệp", "Công ty TNHH", "Cơ sở sản xuất", "Tổ hợp tác", "HTX")


def listed(count: int) -> list[tuple[str, ...]]:
    """Rows that differ in every field; stars follow from the scores."""
    rows: list[tuple[str, ...]] = []
    for number in range(1, count + 1):
        place, score = PLACES[number * 3 % len(PLACES)], 50 + (number * 73) % 400 / 10
        food = f"{FOODS[number % len(FOODS)]} {place}"
        maker = f"{MAKERS[number % len(MAKERS)]} {place}"
        star = f"{4 if score >= 70 else 3} sao"
        rows.append((str(number), food, maker, f"Xã {place}", f"{score:.1f}".replace(".", ","), star))
    return rows


def told(body: bytes, content_type: str) -> DecisionTold:
    origin = Origin(source="Cổng mẫu", fetched="2026-11-22T00:00:00Z", url="http://cong.mau.vn/tep/1")
    (one,) = decisions(read_article(Raw(body=body, content_type=content_type), origin))
    return one


def paper(rows: list[tuple[str, ...]]) -> bytes:
    widths = (1.2, 4.6, 4.6, 3.0, 1.6, 2.0)
    return decision_pdf(replace(DECISION, rows=(HEADER, *rows), widths_cm=widths))


def printed(row: ProductRow) -> tuple[str | None, ...]:
    reads = (row.serial, row.name, row.producer, row.commune, row.score_read, row.star_read)
    return tuple(None if read is None else read.text for read in reads)


def test_a_pdf_whose_header_is_on_every_page() -> None:
    rows = listed(60)
    one = told(paper(rows), "application/pdf")
    assert [printed(row) for row in one.rows] == rows
    assert {row.doubts for row in one.rows} == {()}


def fields(rows: list[tuple[str, ...]], one: DecisionTold) -> Iterator[tuple[str, Read | None]]:
    """Every field of every row as printed, with what was read for it."""
    by_serial = {row.serial.text: row for row in one.rows if row.serial is not None}
    for row in rows:
        read = by_serial.get(row[0])
        yield row[1], None if read is None else read.name
        yield row[2], None if read is None else read.producer
        yield row[3], None if read is None else read.commune
        yield row[4], None if read is None else read.score_read
        yield row[5], None if read is None else read.star_read


@pytest.mark.skipif(ocr.why_not() is not None, reason=str(ocr.why_not()))
def test_a_skewed_scan_is_nearly_all_right_and_its_slips_are_marked() -> None:
    rows = listed(36)
    one = told(scan_pdf(paper(rows), degrees=-1.7, seed=11), "application/pdf")
    seen = list(fields(rows, one))
    wrong = [(text, read) for text, read in seen if read is None or read.text != text]
    assert len(wrong) <= 0.03 * len(seen), wrong
    unmarked = [(text, read) for text, read in wrong if read is None or not read.doubts]
    assert len(unmarked) <= 0.01 * len(seen), unmarked
    # marks point at slips: a page of doubts would say nothing
    assert sum(read is not None and bool(read.doubts) for _, read in seen) <= 0.1 * len(seen)
    assert {row.name.text for row in one.rows if not row.name.doubts} - {row[1] for row in rows} == {
        read.text for _, read in unmarked if read is not None and read in [row.name for row in one.rows]
    }


def test_word_tables_with_merged_cells() -> None:
    document = docx.Document()
    for line in (
        "ỦY BAN NHÂN DÂN",
        "TỈNH LÂM ĐỒNG",
        "Số: 12/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Lâm Đồng, ngày 02 tháng 10 năm 2025",
        "QUYẾT ĐỊNH",
        "Về việc công nhận sản phẩm OCOP",
        "Điều 1. Công nhận 3 sản phẩm OCOP.",
        "Điều 2. Thi hành Quyết định này./.",
        "DANH SÁCH SẢN PHẨM",
    ):
        document.add_paragraph(line)  # fmt: skip
    table = document.add_table(rows=6, cols=6)
    cells = (
        ("TT", "Tên sản phẩm", "Chủ thể", "Kết quả", "", "Ghi chú"),
        ("", "", "", "Điểm", "Hạng", ""),
        ("Xã Đam Rông 1", "", "", "", "", ""),
        ("1", "Cà phê bột", "HTX Cà phê", "72,5", "4", "Nâng hạng"),
        ("2", "Cà phê hạt", "", "61", "3", ""),
        ("Tổng cộng: 2 sản phẩm", "", "", "", "", ""),
    )
    for place, row in enumerate(cells):
        for column, text in enumerate(row):
            table.cell(place, column).text = text
    for column in (0, 1, 2, 5):
        table.cell(0, column).merge(table.cell(1, column)).text = cells[0][column]
    table.cell(0, 3).merge(table.cell(0, 4)).text = "Kết quả"
    table.cell(3, 2).merge(table.cell(4, 2)).text = "HTX Cà phê"
    for place in (2, 5):
        table.cell(place, 0).merge(table.cell(place, 5)).text = cells[place][0]
    out = io.BytesIO()
    document.save(out)
    one = told(out.getvalue(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    assert one.issuer is not None
    assert one.issuer.text == "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG"
    found = [
        (
            row.name.text,
            row.producer and row.producer.text,
            row.commune and row.commune.text,
            row.score,
            row.star,
            row.change,
        )
        for row in one.rows
    ]
    assert found == [
        ("Cà phê bột", "HTX Cà phê", "Xã Đam Rông 1", 72.5, 4, "upgraded"),
        ("Cà phê hạt", "HTX Cà phê", "Xã Đam Rông 1", 61.0, 3, None),
    ]
