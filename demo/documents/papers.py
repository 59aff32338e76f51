"""Draws the decisions of `demo/decisions.toml` that portals publish as files: PDF, scans of it, and Word."""

import io
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import docx
import docx.document
import docx.table
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Cm, Pt
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from demo.decisions import SAMPLE, DemoDecision, load_decisions
from demo.documents.drawing import add_numbering, numbered, page_number, register_fonts, saved, scan_pdf, stack
from demo.grid import Cell, body, header

_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_FOLDER = "decisions/"
_SHORT_CELL = 4  # words; a cell of more is broken where its row is
# How a page lay on the scanner, in degrees, and the seed of its specks.
_SCANNED = {"decisions/binh-sa-1633.pdf": (-1.6, 11), "decisions/can-tho-2460.pdf": (2.3, 12)}


def paper_pdf(decision: DemoDecision) -> bytes:
    """A decision as PDF with a text layer: the header of its list again on each page, long rows broken across two."""
    regular, bold = register_fonts()
    text = ParagraphStyle(
        "text", fontName=regular, fontSize=13, leading=18, alignment=TA_JUSTIFY, firstLineIndent=1 * cm, spaceAfter=5
    )
    middle = ParagraphStyle("middle", fontName=bold, fontSize=12, leading=16, alignment=TA_CENTER)
    small = ParagraphStyle("small", fontName=regular, fontSize=12, leading=16, alignment=TA_CENTER)
    left = ParagraphStyle("left", fontName=regular, fontSize=11, leading=14)
    opening = [
        [stack(decision.issuer_lines, middle), stack(_MOTTO, middle)],
        [Paragraph(f"Số: {decision.number}", small), Paragraph(f"<i>{decision.dated}</i>", small)],
    ]
    story: list[Flowable] = [Table(opening, colWidths=[6.3 * cm, 10.3 * cm]), Spacer(1, 12)]
    story += stack(("QUYẾT ĐỊNH", decision.subject), middle)
    story += [Spacer(1, 8), Paragraph(f"CHỦ TỊCH {decision.issuer.upper()}", middle)]
    story += stack(decision.bases, text)
    story.append(Paragraph("QUYẾT ĐỊNH:", middle))
    for number, article in enumerate(decision.articles, start=1):
        story += stack(f"<b>Điều {number}.</b> {article}".split("\n"), text)
    story.append(Paragraph(f"<i>{SAMPLE}</i>", text))
    signing = [
        stack(("<b><i>Nơi nhận:</i></b>", "- Như Điều cuối;", "- Lưu: VT, NN."), left),
        stack(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "&nbsp;", decision.signer), middle),
    ]
    story += [Spacer(1, 8), Table([signing], colWidths=[8 * cm, 8.6 * cm]), PageBreak()]
    story += [Paragraph(line, small if line.startswith("(") else middle) for line in decision.appendix]
    story += [Spacer(1, 8), *_pdf_tables(decision, regular, bold), Spacer(1, 6)]
    story += stack(decision.drawing.notes, left)
    out = io.BytesIO()
    template = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=2.6 * cm, rightMargin=1.4 * cm, topMargin=2 * cm, bottomMargin=2 * cm, invariant=1
    )
    template.build(story, onLaterPages=page_number(regular))
    return out.getvalue()


def paper_docx(decision: DemoDecision) -> bytes:
    """A decision as Word writes it: merged cells, and numbers that Word counts where `counted`."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(13)
    opening = document.add_table(rows=2, cols=2)
    opening.cell(0, 0).text = "\n".join(decision.issuer_lines)
    opening.cell(0, 1).text = "\n".join(_MOTTO)
    opening.cell(1, 0).text = f"Số: {decision.number}"
    opening.cell(1, 1).text = decision.dated
    for line in ("QUYẾT ĐỊNH", decision.subject, f"CHỦ TỊCH {decision.issuer.upper()}"):
        _bold_line(document, line)
    for base in decision.bases:
        document.add_paragraph(base)
    _bold_line(document, "QUYẾT ĐỊNH:")
    for number, article in enumerate(decision.articles, start=1):
        first, *others = article.split("\n")
        paragraph = document.add_paragraph()
        paragraph.add_run(f"Điều {number}. ").bold = True
        paragraph.add_run(first)
        for line in others:
            document.add_paragraph(line)
    document.add_paragraph().add_run(SAMPLE).italic = True
    signing = document.add_table(rows=1, cols=2)
    signing.cell(0, 0).text = "Nơi nhận:\n- Như Điều cuối;\n- Lưu: VT, NN."
    signing.cell(0, 1).text = f"KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n{decision.signer}"
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    for line in decision.appendix:
        _bold_line(document, line)
    _word_table(document, decision)
    for note in decision.drawing.notes:
        document.add_paragraph(note)
    return saved(document)


def _pdf_tables(decision: DemoDecision, regular: str, bold: str) -> list[Flowable]:
    """The list as one table, or as two with a page between where a row is `broken`: Word leaves half of it on each."""
    drawing = decision.drawing
    plain = ParagraphStyle("cell", fontName=regular, fontSize=drawing.size, leading=drawing.size * 1.3)
    strong = ParagraphStyle("head", parent=plain, fontName=bold)
    heads, rows = header(decision), body(decision)
    parts = [rows]
    for at, cells in enumerate(rows):
        if drawing.broken and any(cell.shows == "serial" and cell.text == str(drawing.broken) for cell in cells):
            upper, lower = _halves(cells)
            parts = [[*rows[:at], upper], [lower, *rows[at + 1 :]]]
    drawn: list[Flowable] = []
    for part in parts:
        drawn += [PageBreak()] if drawn else []
        drawn.append(_pdf_table(decision, [*heads, *part], len(heads), plain, strong))
    return drawn


def _halves(cells: list[Cell]) -> tuple[list[Cell], list[Cell]]:
    """A row cut where a page ends: the first words of long cells above, the others below."""
    upper, lower = [], []
    for cell in cells:
        words = cell.text.split()
        middle = (len(words) + 1) // 2 if len(words) > _SHORT_CELL else len(words)
        upper.append(replace(cell, text=" ".join(words[:middle])))
        lower.append(replace(cell, text=" ".join(words[middle:])))
    return upper, lower


def _pdf_table(
    decision: DemoDecision, rows: list[list[Cell]], heads: int, plain: ParagraphStyle, strong: ParagraphStyle
) -> Table:
    grid: list[list[object]] = [["" for _ in decision.drawing.columns] for _ in rows]
    style: list[tuple[object, ...]] = [("GRID", (0, 0), (-1, -1), 0.7, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    for at, cells in enumerate(rows):
        for cell in cells:
            grid[at][cell.column] = Paragraph(cell.text, strong if cell.head or cell.columns > 1 else plain)
            end = (cell.column + cell.columns - 1, at + cell.rows - 1)
            if end != (cell.column, at):
                style.append(("SPAN", (cell.column, at), end))
    widths = [width * cm for width in decision.drawing.widths_cm]
    return Table(grid, colWidths=widths, style=style, repeatRows=heads)


def _word_table(document: docx.document.Document, decision: DemoDecision) -> None:
    drawing = decision.drawing
    rows = [*header(decision), *body(decision)]
    table = document.add_table(rows=len(rows), cols=len(drawing.columns), style="Table Grid")
    for column, width in zip(table.columns, drawing.widths_cm, strict=True):
        column.width = Cm(width)
    number = 0
    for at, cells in enumerate(rows):
        if len(cells) == 1 and drawing.restart:
            number = 0
        for cell in cells:
            target = table.cell(at, cell.column)
            if cell.rows > 1 or cell.columns > 1:
                target = target.merge(table.cell(at + cell.rows - 1, cell.column + cell.columns - 1))
            if drawing.counted and cell.shows == "serial":
                number = number or add_numbering(document, ("decimal", "%1"))
                numbered(target.paragraphs[0], number, 0)
            else:
                target.paragraphs[0].add_run(cell.text).bold = cell.head or cell.columns > 1


def _bold_line(document: docx.document.Document, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).bold = True


def _scan(decision: DemoDecision) -> bytes:
    degrees, seed = _SCANNED[decision.file]
    return scan_pdf(paper_pdf(decision), degrees=degrees, seed=seed)


_DRAWN: dict[str, Callable[[DemoDecision], bytes]] = {"pdf": paper_pdf, "scan": _scan, "docx": paper_docx}
FILES: dict[str, Callable[[], bytes]] = {
    decision.file: partial(_DRAWN[decision.layout], decision)
    for decision in load_decisions()
    if decision.file.startswith(_FOLDER)
}
