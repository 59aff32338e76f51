"""What the papers of the demo are drawn with: letters, page numbers, Word's own counting, and a scanner."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import docx.document
import docx.text.paragraph
import numpy as np
import pypdfium2
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph

FONTS = Path("/usr/share/fonts/truetype/dejavu")
_FACES = ("", "-Bold", "-Italic", "-BoldItalic")


def register_fonts() -> tuple[str, str]:
    """Names of the regular and the bold face; Debian's Liberation lacks ạ, ế, ợ, so it must be DejaVu."""
    name = "DejaVuSerifCondensed"
    if not (FONTS / f"{name}.ttf").exists():
        raise SystemExit(f"no {FONTS / name}.ttf: apt-get install fonts-dejavu-core fonts-dejavu-extra")
    for face in _FACES:
        pdfmetrics.registerFont(TTFont(name + face, str(FONTS / f"{name}{face}.ttf")))
    faces = [name + face for face in _FACES]
    pdfmetrics.registerFontFamily(name, *faces)
    return name, f"{name}-Bold"


def stack(lines: Sequence[str], style: ParagraphStyle) -> list[Flowable]:
    """Lines as paragraphs one below the other, for a cell."""
    return [Paragraph(line, style) for line in lines]


def page_number(font: str) -> Callable[..., None]:
    """What draws the number of a page in the middle of its upper margin."""

    def draw(canvas: object, template: object) -> None:
        canvas.setFont(font, 13)  # type: ignore[attr-defined]
        canvas.drawCentredString(A4[0] / 2, A4[1] - 1.3 * cm, str(template.page))  # type: ignore[attr-defined]

    return draw


def scan_pdf(source: bytes, *, degrees: float, seed: int, dpi: int = 200, quality: int = 25) -> bytes:
    """A PDF's pages as a scanner would give them back: grey, turned by `degrees`, a little soft and specked, JPEG."""
    noise = np.random.default_rng(seed)
    pages: list[Image.Image] = []
    for page in pypdfium2.PdfDocument(source):
        drawn = page.render(scale=dpi / 72, grayscale=True).to_pil()
        turned = drawn.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=252)
        soft = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.6)), dtype=np.int16)
        specks = noise.random(soft.shape)
        soft = np.where(specks < 0.0001, 90, np.clip(soft, 40, 246))
        pages.append(Image.fromarray(soft.astype(np.uint8)))
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=quality)
    return out.getvalue()


def add_numbering(document: docx.document.Document, *levels: tuple[str, str]) -> int:
    """A list definition with (format, text) by level; its number, for `numbered`."""
    part = document.part.numbering_part.element
    number = 900 + len(part.findall("{*}abstractNum"))
    written = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (form, text) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{written}</w:abstractNum>')
    part.insert(0, abstract)
    use = f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    part.append(parse_xml(use))
    return number


def numbered(paragraph: docx.text.paragraph.Paragraph, number: int, level: int) -> None:
    """Let Word count a paragraph in list `number`."""
    written = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(written))


def saved(document: docx.document.Document) -> bytes:
    """A Word document as bytes."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
