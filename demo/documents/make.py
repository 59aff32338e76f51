"""Draws the portal's documents: decisions with a text layer, as skewed scans and in Word, a plan, an old guide.

    python -m demo.documents.make FOLDER

Needs what the tests need (reportlab), Debian's DejaVu fonts, and LibreOffice for the .doc. The files are
kept beside this script, so it runs only to change them. Makers and products are invented,
and so are provinces and communes but for those `demo/decisions.toml` says are real.
"""

import io
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.shared import Pt
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from demo.decisions import SAMPLE, load_decisions
from demo.documents.drawing import add_numbering, numbered, page_number, register_fonts, saved, scan_pdf, stack
from demo.documents.papers import FILES as PAPERS
from demo.grid import body, header


def _rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The list of a decision of `demo/decisions.toml`, header first."""
    decision = next(one for one in load_decisions() if one.id == name)
    return tuple(tuple(cell.text for cell in row) for row in [*header(decision), *body(decision)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an official paper prints. `body`: paragraphs; `rows`: the table of its appendix, header first."""

    issuer: tuple[str, ...]
    number: str
    dated: str
    kind: str
    subject: str
    body: tuple[str, ...]
    signature: tuple[str, ...]
    appendix: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths_cm: tuple[float, ...] = ()


DECISION = Decision(
    issuer=("ỦY BAN NHÂN DÂN", "TỈNH SƠN HẠ"),
    number="Số: 1287/QĐ-UBND",
    dated="Sơn Hạ, ngày 12 tháng 9 năm 2025",
    kind="QUYẾT ĐỊNH",
    subject="Về việc công nhận sản phẩm OCOP tỉnh Sơn Hạ đợt 1 năm 2025",
    body=(
        "<b>CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SƠN HẠ</b>",
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Căn cứ biên bản họp ngày 05 tháng 9 năm 2025 của Hội đồng đánh giá, phân hạng sản phẩm OCOP tỉnh Sơn Hạ;",
        "Theo đề nghị của Giám đốc Sở Nông nghiệp và Môi trường tại Tờ trình số 318/TTr-SNNMT.",
        "<b>QUYẾT ĐỊNH:</b>",
        "<b>Điều 1.</b> Công nhận 32 sản phẩm của 21 chủ thể đạt hạng sao OCOP tỉnh Sơn Hạ đợt 1 năm 2025, gồm 9 sản "
        "phẩm đạt 4 sao và 23 sản phẩm đạt 3 sao (danh sách tại Phụ lục kèm theo).",
        "<b>Điều 2.</b> Trách nhiệm của chủ thể có sản phẩm được công nhận",
        "1. Giữ chất lượng sản phẩm như hồ sơ đã nộp trong suốt thời hạn công nhận; khi thay đổi nguyên liệu chính, "
        "quy cách đóng gói hoặc nơi sản xuất phải báo cho Ủy ban nhân dân xã trước 15 ngày để được hướng dẫn.",
        "2. In biểu trưng và hạng sao trên bao bì đúng mẫu:",
        "a) chỉ in trên đúng loại sản phẩm và quy cách đã được đánh giá;",
        "b) không in hạng sao đã hết thời hạn;",
        "c) ghi rõ năm được công nhận bên cạnh hạng sao.",
        "3. Nộp báo cáo doanh thu sáu tháng một lần về Văn phòng Điều phối nông thôn mới tỉnh, trước ngày 10 tháng 7 "
        "và ngày 10 tháng 01 hằng năm.",
        "<b>Điều 3.</b> Trách nhiệm của Sở Nông nghiệp và Môi trường",
        "1. In và cấp giấy chứng nhận trong 10 ngày làm việc kể từ ngày ký Quyết định này. Giấy chứng nhận có giá trị "
        "36 tháng, tính từ ngày Quyết định được ban hành; sáu tháng trước khi hết hạn, chủ thể nộp hồ sơ để được đánh "
        "giá lại theo bộ tiêu chí đang có hiệu lực.",
        "2. Mỗi năm lấy mẫu kiểm tra ít nhất một phần ba số sản phẩm đã công nhận; kết quả đăng công khai trên cổng "
        "thông tin của tỉnh trong năm ngày làm việc. Sản phẩm có hai lần liên tiếp không đạt thì lập hồ sơ đề nghị thu "
        "hồi hạng sao.",
        "3. Bố trí 1,2 tỷ đồng từ nguồn sự nghiệp nông nghiệp năm 2025 để hỗ trợ in tem truy xuất nguồn gốc và tham "
        "gia hội chợ ngoài tỉnh; mức hỗ trợ không quá 40 triệu đồng một chủ thể.",
        "<b>Điều 4.</b> Trách nhiệm của Ủy ban nhân dân các xã, phường",
        "1. Theo dõi việc sản xuất, dùng biểu trưng của các chủ thể trên địa bàn; gửi danh sách vi phạm về Sở Nông "
        "nghiệp và Môi trường trong ba ngày kể từ ngày phát hiện.",
        "2. Dành ít nhất một gian hàng ở chợ trung tâm để bày bán sản phẩm đã được công nhận, không thu tiền thuê chỗ "
        "trong hai năm đầu.",
        "<b>Điều 5.</b> Quyết định này có hiệu lực từ ngày ký. Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nông "
        "nghiệp và Môi trường, Chủ tịch Ủy ban nhân dân các xã, phường và các chủ thể có tên trong Phụ lục chịu trách "
        "nhiệm thi hành Quyết định này./.",
        f"<i>{SAMPLE}</i>",
    ),
    signature=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Trần Thị Mẫu"),
    appendix=(
        "PHỤ LỤC",
        "DANH SÁCH SẢN PHẨM ĐƯỢC CÔNG NHẬN",
        "(Kèm theo Quyết định số 1287/QĐ-UBND ngày 12 tháng 9 năm 2025 của Ủy ban nhân dân tỉnh Sơn Hạ)",
    ),
    rows=_rows("sh-1287-2025"),
    widths_cm=(1.2, 4.8, 5.2, 3.4, 2.0),
)

SCAN = Decision(
    issuer=("ỦY BAN NHÂN DÂN", "TỈNH SƠN HẠ"),
    number="Số: 1754/QĐ-UBND",
    dated="Sơn Hạ, ngày 03 tháng 12 năm 2025",
    kind="QUYẾT ĐỊNH",
    subject="Về việc công nhận sản phẩm OCOP tỉnh Sơn Hạ đợt 2 năm 2025",
    body=(
        "<b>CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SƠN HẠ</b>",
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Căn cứ kết quả đánh giá ngày 21 tháng 11 năm 2025 của Hội đồng OCOP tỉnh Sơn Hạ;",
        "Theo đề nghị của Giám đốc Sở Nông nghiệp và Môi trường.",
        "<b>QUYẾT ĐỊNH:</b>",
        "<b>Điều 1.</b> Công nhận 6 sản phẩm của 5 chủ thể đạt hạng sao OCOP đợt 2 năm 2025, gồm 2 sản phẩm đạt 4 sao "
        "và 4 sản phẩm đạt 3 sao (danh sách tại Phụ lục kèm theo).",
        "<b>Điều 2.</b> Kết quả công nhận có giá trị 36 tháng kể từ ngày ký. Kinh phí in giấy chứng nhận và tem truy "
        "xuất là 85 triệu đồng, lấy từ nguồn sự nghiệp nông nghiệp năm 2025.",
        "<b>Điều 3.</b> Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nông nghiệp và Môi trường và các chủ thể có "
        "tên trong Phụ lục chịu trách nhiệm thi hành Quyết định này./.",
        f"<i>{SAMPLE}</i>",
    ),
    signature=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Trần Thị Mẫu"),
    appendix=(
        "PHỤ LỤC",
        "DANH SÁCH SẢN PHẨM ĐƯỢC CÔNG NHẬN ĐỢT 2",
        "(Kèm theo Quyết định số 1754/QĐ-UBND ngày 03 tháng 12 năm 2025)",
    ),
    rows=_rows("sh-1754-2025"),
    widths_cm=(1.2, 4.8, 5.2, 3.4, 2.0),
)


def decision_pdf(paper: Decision) -> bytes:
    """The paper as PDF with a text layer, page numbers from the second page as Nghị định 30/2020/NĐ-CP has them."""
    regular, bold = register_fonts()
    text = ParagraphStyle(
        "text", fontName=regular, fontSize=13, leading=19, alignment=TA_JUSTIFY, firstLineIndent=1 * cm, spaceAfter=6
    )
    middle = ParagraphStyle("middle", fontName=bold, fontSize=12, leading=17, alignment=TA_CENTER)
    small = ParagraphStyle("small", fontName=regular, fontSize=12, leading=17, alignment=TA_CENTER)
    cell = ParagraphStyle("cell", fontName=regular, fontSize=11.5, leading=15)
    motto = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    head = Table(
        [
            [stack(paper.issuer, middle), stack(motto, middle)],
            [Paragraph(paper.number, small), Paragraph(f"<i>{paper.dated}</i>", small)],
        ],
        colWidths=[6.3 * cm, 10.3 * cm],
    )
    story: list[Flowable] = [head, Spacer(1, 14), Paragraph(paper.kind, middle), Paragraph(paper.subject, middle)]
    story.append(Spacer(1, 10))
    for line in paper.body:
        story.append(Paragraph(line, middle if line.startswith("<b>") and line.endswith("</b>") else text))
    receivers = ["<b><i>Nơi nhận:</i></b>", "- Như trên;", "- Lưu: VT, NN."]
    left = ParagraphStyle("left", fontName=regular, fontSize=11, leading=14)
    story.append(Spacer(1, 8))
    signing = [stack(receivers, left), stack([line or "&nbsp;" for line in paper.signature], middle)]
    story.append(Table([signing], colWidths=[8 * cm, 8.6 * cm]))
    if paper.rows:
        story.append(PageBreak())
        story.extend(Paragraph(line, small if line.startswith("(") else middle) for line in paper.appendix)
        story.append(Spacer(1, 8))
        grid = [[Paragraph(text, cell) for text in row] for row in paper.rows]
        widths = [width * cm for width in paper.widths_cm]
        story.append(Table(grid, colWidths=widths, style=[("GRID", (0, 0), (-1, -1), 0.7, "black")], repeatRows=1))
    out = io.BytesIO()
    template = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=3 * cm, rightMargin=1.4 * cm, topMargin=2 * cm, bottomMargin=2 * cm, invariant=1
    )
    template.build(story, onLaterPages=page_number(regular))
    return out.getvalue()


def plan_docx() -> bytes:
    """A plan whose numbers Word counts itself: "I.", "1." and "a)" stand in numbering.xml, not in the text."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(13)
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nTỈNH SƠN HẠ"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    head.cell(1, 0).text = "Số: 96/KH-UBND"
    head.cell(1, 1).text = "Sơn Hạ, ngày 20 tháng 01 năm 2025"
    for line in ("KẾ HOẠCH", "Phát triển sản phẩm OCOP tỉnh Sơn Hạ năm 2025"):
        document.add_paragraph().add_run(line).bold = True
    document.add_paragraph(
        "Thực hiện chương trình công tác năm 2025, Ủy ban nhân dân tỉnh Sơn Hạ ban hành Kế hoạch phát triển sản phẩm "
        "OCOP với các nội dung sau. " + SAMPLE
    )
    numbering = add_numbering(document, ("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"))
    for level, line in (
        (0, "MỤC TIÊU"),
        (1, "Hết năm 2025, toàn tỉnh có thêm ít nhất 45 sản phẩm được công nhận từ 3 sao trở lên."),
        (1, "Có 60% chủ thể là hợp tác xã; mỗi xã có ít nhất một sản phẩm."),
        (0, "NHIỆM VỤ"),
        (1, "Hướng dẫn chủ thể mới"),
        (2, "mở 12 lớp tập huấn cho 480 lượt người;"),
        (2, "cử cán bộ giúp từng chủ thể lập hồ sơ."),
        (1, "Xúc tiến thương mại: tổ chức 3 hội chợ trong tỉnh và tham gia 5 hội chợ ngoài tỉnh."),
        (0, "KINH PHÍ"),
    ):
        numbered(document.add_paragraph(line), numbering, level)
    document.add_paragraph("Tổng kinh phí thực hiện Kế hoạch là 6,5 tỷ đồng, chia theo bảng sau:")
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    for row in (
        ("Nguồn vốn", "Năm 2025 (triệu đồng)", "Ghi chú"),
        ("Ngân sách tỉnh", "4.200", "Sự nghiệp nông nghiệp"),
        ("Ngân sách xã", "1.100", ""),
        ("Vốn của chủ thể", "1.200", "Đối ứng"),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("Nơi nhận:")
    document.add_paragraph("TM. ỦY BAN NHÂN DÂN")
    return saved(document)


def guide_docx() -> bytes:
    """A guide without official head, to be kept as Word 97-2003."""
    document = docx.Document()
    document.add_paragraph("Hướng dẫn lập hồ sơ đăng ký đánh giá sản phẩm OCOP tại tỉnh Sơn Hạ", style="Title")
    document.add_paragraph(
        "Tài liệu này giúp chủ thể ở tỉnh Sơn Hạ tự lập hồ sơ đăng ký đánh giá sản phẩm OCOP trước khi nộp cho Ủy ban "
        "nhân dân xã. " + SAMPLE
    )
    for heading, lines in (
        (
            "Hồ sơ gồm những gì",
            (
                "Hồ sơ lập thành 3 bộ giấy và 1 bản điện tử, đóng thành quyển theo đúng thứ tự trong bảng dưới đây.",
                "Mỗi tài liệu kèm theo phải còn giá trị ít nhất 6 tháng tính đến ngày nộp.",
            ),
        ),
        (
            "Nộp ở đâu, chờ bao lâu",
            (
                "Hồ sơ nộp tại bộ phận một cửa của xã. Xã trả lời trong 5 ngày làm việc hồ sơ đã đủ hay phải bổ sung "
                "tài liệu nào.",
                "Đường dây hỏi đáp của tỉnh Sơn Hạ hoạt động từ 8 giờ đến 17 giờ các ngày làm việc.",
            ),
        ),
    ):
        document.add_paragraph(heading, style="Heading 1")
        for line in lines:
            document.add_paragraph(line)
        if heading.startswith("Hồ sơ"):
            table = document.add_table(rows=0, cols=3, style="Table Grid")
            for row in (
                ("Thứ tự", "Tài liệu", "Số bản"),
                ("1", "Phiếu đăng ký ý tưởng sản phẩm", "3"),
                ("2", "Phương án sản xuất, kinh doanh", "3"),
                ("3", "Phiếu kết quả kiểm nghiệm", "1"),
            ):
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
    return saved(document)


def as_doc(word: bytes) -> bytes:
    """A .docx as Word 97-2003 binary, written by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.docx"
        path.write_bytes(word)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
        command += ["doc:MS Word 97", "--outdir", folder, str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return path.with_suffix(".doc").read_bytes()


FILES: dict[str, Callable[[], bytes]] = {
    "decision.pdf": lambda: decision_pdf(DECISION),
    "scan.pdf": lambda: scan_pdf(decision_pdf(SCAN), degrees=2.0, seed=7),
    "plan.docx": plan_docx,
    "guide.doc": lambda: as_doc(guide_docx()),
    **PAPERS,
}


def main() -> None:
    """Write every document into the folder named, or beside this script."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, make in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(make())


if __name__ == "__main__":
    main()
