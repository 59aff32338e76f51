"""Documents that are no HTML and no plain text: which reader reads them, told by their first bytes, never by a name."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import pypdfium2
from lxml import etree

from crawler.documents.doc import doc_lines
from crawler.documents.docx import docx_lines
from crawler.documents.paginate import Paginated, paginated
from crawler.documents.pdf import pdf_sheets
from crawler.documents.picture import picture_sheets
from crawler.draft import Bin, Draft, Line, NoArticleError, PageStart, relabel
from crawler.text.legacy import repaired_lines
from crawler.text.legal import is_paper
from crawler.text.plain import draft_lines

_Reader = Callable[[bytes, Bin], Paginated]

_PDF_MARK = b"%PDF-"
_PDF_REACH_BYTES = 1024
# What the libraries raise on damaged input; a process of its own guards against what cannot be caught.
_DAMAGE = (
    pypdfium2.PdfiumError, zipfile.BadZipFile, zlib.error, etree.LxmlError, struct.error, OSError, ValueError, KeyError,
    IndexError, AttributeError, TypeError, EOFError, RecursionError, MemoryError, OverflowError, NotImplementedError,
    AssertionError, ArithmeticError,
)  # fmt: skip


def _pdf(body: bytes, dropped: Bin) -> Paginated:
    return paginated(pdf_sheets(body, dropped), dropped)


def _picture(body: bytes, dropped: Bin) -> Paginated:
    return paginated(picture_sheets(body), dropped)


def _docx(body: bytes, dropped: Bin) -> Paginated:
    return _unpaged(docx_lines(body, dropped))


def _doc(body: bytes, dropped: Bin) -> Paginated:
    return _unpaged(doc_lines(body, dropped))


def _unpaged(lines: Sequence[Line]) -> Paginated:
    """Old files hold Vietnamese in the letters of the fonts of their time (".VnTime", "VNI-Times")."""
    mended = repaired_lines([line.text for line in lines])
    return Paginated(lines=tuple(replace(line, text=text) for line, text in zip(lines, mended, strict=True)), pages=())


_FORMATS: tuple[tuple[bytes, str, _Reader], ...] = (
    (b"PK\x03\x04", "DOCX", _docx),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC", _doc),
    (b"\x89PNG\r\n\x1a\n", "ảnh PNG", _picture),
    (b"\xff\xd8\xff", "ảnh JPEG", _picture),
    (b"II*\x00", "ảnh TIFF", _picture),
    (b"MM\x00*", "ảnh TIFF", _picture),
)


def is_document(body: bytes) -> bool:
    """Whether the first bytes are those of a format read here."""
    return _format(body) is not None


def draft_document(body: bytes) -> Draft:
    """Read a PDF, DOCX, DOC or the picture of a page.

    Raises:
        NoArticleError: it is damaged, encrypted, too large, of no format read here, or holds no text that can be read.
    """
    found = _format(body)
    if found is None:
        raise NoArticleError("không phải PDF, DOCX, DOC hay ảnh đọc được")
    name, reader = found
    dropped = Bin()
    try:
        read = reader(body, dropped)
    except NoArticleError:
        raise
    except _DAMAGE as error:
        raise NoArticleError(f"{name} hỏng hoặc khác chuẩn, không đọc được ({type(error).__name__})") from error
    if not any(line.text for line in read.lines):
        raise NoArticleError(f"{name} không có chữ nào")
    return _laid_out(read, dropped)


def _format(body: bytes) -> tuple[str, _Reader] | None:
    for mark, name, reader in _FORMATS:
        if body.startswith(mark):
            return name, reader
    # Bytes before the header are tolerated by every viewer (ISO 32000-1, Annex H, note 13), but a page that writes
    # of PDF is a page.
    head = body[:_PDF_REACH_BYTES]
    return ("PDF", _pdf) if _PDF_MARK in head and not head.lstrip().startswith(b"<") else None


def _laid_out(read: Paginated, dropped: Bin) -> Draft:
    """As any other text is laid out: an official paper by its units, else title, date, text and byline."""
    title = next((line.text for line in read.lines if _is_title(line)), None)
    lines = tuple(relabel(line, "heading", 1) if _is_title(line) else line for line in read.lines)
    if read.pages and is_paper([line.text for line in lines]):
        # Its units are told by their numbers; what is bold in its head is no heading.
        lines = tuple(relabel(line, "paragraph") if line.role == "heading" else line for line in lines)
    headed = any(line.role == "heading" for line in lines)
    draft = draft_lines(lines, title=title, by_words=not headed)
    return replace(
        draft,
        dropped=(*dropped.items, *draft.dropped),
        pages=_moved(read.pages, read.lines, draft.lines),
    )


def _is_title(line: Line) -> bool:
    return line.role == "heading" and line.level == 0


def _moved(pages: Sequence[PageStart], before: Sequence[Line], after: Sequence[Line]) -> tuple[PageStart, ...]:
    """The page starts among the lines that were kept; a page whose first line went starts at its next one.

    Laying out drops lines and changes their roles but neither their order nor their text.
    """
    kept: dict[int, int] = {}
    position = 0
    for index, line in enumerate(before):
        if position < len(after) and after[position].text == line.text:
            kept[index] = position
            position += 1
    moved: list[PageStart] = []
    for page, following in zip(pages, [*pages[1:], None][: len(pages)], strict=True):
        end = following.line if following is not None else len(before) - 1
        first = next((index for index in range(page.line, end + 1) if index in kept), None)
        if first is not None:
            moved.append(replace(page, line=kept[first], offset=page.offset if first == page.line else 0))
    return tuple(moved)
