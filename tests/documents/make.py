"""Draws the documents that the tests read and that need a font or LibreOffice: `python -m tests.documents.make`.

The files are kept beside this script. All names in them are invented.
"""

import io
import subprocess
import tempfile
from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from demo.documents.make import as_doc, plan_docx

HERE = Path(__file__).parent
ROWS = 45
STEP = (
    "người kiểm tra đến cơ sở vào buổi sáng, xem kho nguyên liệu, nơi sơ chế, nơi đóng gói và sổ ghi chép; mỗi nơi "
    "chụp ít nhất hai tấm hình có ngày giờ. "
)


def handbook_docx() -> bytes:
    """A handbook with running head and foot, and a table over several pages whose header row is repeated on each."""
    document = docx.Document()
    document.styles["Normal"].font.name = "DejaVu Serif"
    document.styles["Normal"].font.size = Pt(12)
    document.sections[0].header.paragraphs[0].text = "Tài liệu tập huấn OCOP - Sơn Hạ"
    document.sections[0].footer.paragraphs[0].text = "Văn phòng Điều phối nông thôn mới"
    document.add_paragraph("Sổ tay kiểm tra sản phẩm OCOP tại tỉnh Sơn Hạ", style="Title")
    for part in range(1, 4):
        document.add_paragraph(f"Phần việc thứ {part} của người kiểm tra", style="Heading 1")
        for number in range(1, 6):
            document.add_paragraph(f"Bước {part}.{number}: {STEP * 3}")
    document.add_paragraph("Bảng dưới đây ghi kết quả kiểm tra của các cơ sở trong năm.")
    table = document.add_table(rows=0, cols=4, style="Table Grid")
    rows = [("STT", "Cơ sở", "Số mẫu", "Kết quả")]
    rows += [(str(n), f"Cơ sở chế biến số {n} ở xã Bãi Dài", str(3 + n % 4), "Đạt") for n in range(1, ROWS + 1)]
    for texts in [*rows, ("Tổng số", "", "200", "")]:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    table.cell(1, 3).merge(table.cell(3, 3)).text = "Đạt cả ba"
    last = table.rows[-1].cells
    last[0].merge(last[1]).text = "Tổng số"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(word: bytes) -> bytes:
    """A .docx as PDF, printed by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.docx"
        path.write_bytes(word)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, str(path)], check=True, capture_output=True, timeout=180)
        return path.with_suffix(".pdf").read_bytes()


def main() -> None:
    """Write every document."""
    (HERE / "handbook.pdf").write_bytes(as_pdf(handbook_docx()))
    (HERE / "plan.doc").write_bytes(as_doc(plan_docx()))


if __name__ == "__main__":
    main()
