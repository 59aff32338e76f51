"""Word 97-2003 binary (.doc) -> lines: the text of the piece table, tables by their cell marks.

Microsoft, [MS-DOC] "Word (.doc) Binary File Format": FIB 2.5.1, Clx and PlcPcd 2.8.35-36, paragraph properties through
PlcBtePapx 2.8.5 and PapxFkp 2.9.175, special characters 2.4.
"""

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import olefile

from crawler.article import Role, row_text
from crawler.documents.doclist import doc_numbering
from crawler.documents.numbering import Numbering
from crawler.draft import Bin, Line, NoArticleError, tidy
from crawler.text.legal import issuer_goes_on, opens_layout

_MAGIC = 0xA5EC
_WORD_97 = 0x00C1
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_CCP_TEXT = 0x4C
_FC_STYLES, _FC_BTE_PAPX, _FC_CLX, _FC_LISTS, _FC_USES = 0x00A2, 0x0102, 0x01A2, 0x02E2, 0x02EA
_COMPRESSED = 0x40000000
_PAGE_BYTES = 512
_BX_BYTES = 13
_MAX_CHARS = 20_000_000
_SPRM_IN_TABLE, _SPRM_ROW_END, _SPRM_OUTLINE = 0x2416, 0x2417, 0x2640
_SPRM_INNER_CELL, _SPRM_INNER_ROW = 0x244B, 0x244C
_SPRM_LIST, _SPRM_LIST_LEVEL = 0x460B, 0x260A
_SPRM_DEF_TABLE = 0xD608
_TITLE_STYLE = 62  # sti of the built-in style "Title"
# Operand sizes by the three high bits of a sprm; 6 means that the first byte of the operand tells.
_OPERAND_BYTES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_HEADING_STYLES = range(1, 10)  # [MS-DOC] 2.9.260: istd 1 to 9 are always Heading 1 to 9
_PARAGRAPH, _CELL, _LINE, _FIELD, _FIELD_RESULT, _FIELD_END = "\r", "\x07", "\x0b", "\x13", "\x14", "\x15"
_SPACES = {ord(char): " " for char in "\t\x0c\x0e\xa0"} | {0x1E: "-", 0x1F: None}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Characters `first` to `end` (not included) stand at byte `offset` of the main stream."""

    first: int
    end: int
    offset: int
    compressed: bool

    def byte_of(self, position: int) -> int:
        return self.offset + (position - self.first) * (1 if self.compressed else 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paragraph:
    """A paragraph's text without its mark, with what its properties say.

    level: of a heading, 0 for the document's title; None for other text. number: what Word prints before it.
    """

    text: str
    in_table: bool = False
    row_end: bool = False
    level: int | None = None
    number: str = ""


@dataclass(slots=True)
class _Table:
    rows: list[list[list[str]]] = field(default_factory=list)
    row: list[list[str]] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)


def doc_lines(body: bytes, dropped: Bin) -> tuple[Line, ...]:
    """The lines of the main text; `dropped` tells where its list tables are damaged.

    Raises:
        NoArticleError: the file is another kind of compound file, encrypted, or of Word 6/95.
        Exception: what olefile and struct raise on damaged files.
    """
    with olefile.OleFileIO(io.BytesIO(body)) as ole:
        if ole.exists("EncryptedPackage"):
            raise NoArticleError("văn bản Word đặt mật khẩu")
        if not ole.exists("WordDocument"):
            raise NoArticleError("không phải văn bản Word (tệp Office cũ loại khác, như bảng tính)")
        main = ole.openstream("WordDocument").read()
        magic, version = struct.unpack_from("<HH", main, 0)
        (flags,) = struct.unpack_from("<H", main, 0x0A)
        if magic != _MAGIC or version < _WORD_97:
            raise NoArticleError("văn bản Word đời trước Word 97, không đọc được; hãy lưu lại thành .docx")
        if flags & _ENCRYPTED:
            raise NoArticleError("văn bản Word đặt mật khẩu")
        table = ole.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
    (length,) = struct.unpack_from("<I", main, _CCP_TEXT)
    offset, size = struct.unpack_from("<II", main, _FC_LISTS)
    try:
        numbering = doc_numbering(
            table[offset : offset + size] if size else b"", table[offset + size :], _at(main, table, _FC_USES)
        )
    except (struct.error, IndexError):
        # Better without the numbers that Word counts than without the text.
        numbering = Numbering()
        dropped.add("số thứ tự do Word tự đánh", "bảng đánh số hỏng")
    styles = _titles(_at(main, table, _FC_STYLES))
    pieces = _pieces(_at(main, table, _FC_CLX), min(length, _MAX_CHARS))
    properties = _Properties(main, _at(main, table, _FC_BTE_PAPX))
    lines: list[Line] = []
    for line in _lines(_paragraphs(main, pieces, properties, numbering, styles)):
        if lines and issuer_goes_on(lines[-1].text, line.text):
            lines[-1] = Line(text=f"{lines[-1].text} {line.text}", role=lines[-1].role)
        else:
            lines.append(line)
    return tuple(lines)


def _at(main: bytes, table: bytes, place: int) -> bytes:
    offset, size = struct.unpack_from("<II", main, place)
    return table[offset : offset + size]


def _pieces(clx: bytes, length: int) -> list[_Piece]:
    """The piece table: which characters stand where in the main stream."""
    position = 0
    while clx[position] == 1:  # Prc: formatting, of no interest here
        position += 3 + struct.unpack_from("<H", clx, position + 1)[0]
    if clx[position] != 2:
        raise ValueError(f"Clx: byte {clx[position]} at {position}; expected 2, the mark of the piece table")
    (size,) = struct.unpack_from("<I", clx, position + 1)
    plc = clx[position + 5 : position + 5 + size]
    count = (len(plc) - 4) // 12
    starts = struct.unpack_from(f"<{count + 1}I", plc, 0)
    pieces: list[_Piece] = []
    for index in range(count):
        (fc,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)
        compressed = bool(fc & _COMPRESSED)
        offset = fc & (_COMPRESSED - 1)
        first, end = starts[index], min(starts[index + 1], length)
        if first < end:
            offset = offset // 2 if compressed else offset
            pieces.append(_Piece(first=first, end=end, offset=offset, compressed=compressed))
    return pieces


class _Properties:
    """Paragraph properties by the byte where a paragraph's mark stands."""

    def __init__(self, main: bytes, plc: bytes) -> None:
        count = max((len(plc) - 4) // 8, 0)
        self.main = main
        self.starts = struct.unpack_from(f"<{count + 1}I", plc, 0) if count else ()
        self.pages = struct.unpack_from(f"<{count}I", plc, 4 * (count + 1)) if count else ()

    def at(self, byte: int) -> tuple[int, bytes]:
        """The style's index and the property modifiers; (0, b"") where nothing is said."""
        index = bisect_right(self.starts, byte) - 1
        if not 0 <= index < len(self.pages):
            return 0, b""
        first = (self.pages[index] & 0x3FFFFF) * _PAGE_BYTES
        page = self.main[first : first + _PAGE_BYTES]
        if len(page) < _PAGE_BYTES:
            return 0, b""
        runs = page[-1]
        bounds = struct.unpack_from(f"<{runs + 1}I", page, 0)
        run = bisect_right(bounds, byte) - 1
        if not 0 <= run < runs:
            return 0, b""
        place = 2 * page[4 * (runs + 1) + _BX_BYTES * run]
        if place == 0:
            return 0, b""
        words = page[place]
        start, size = (place + 1, 2 * words - 1) if words else (place + 2, 2 * page[place + 1])
        return struct.unpack_from("<H", page, start)[0], page[start + 2 : start + size]


def _titles(sheet: bytes) -> frozenset[int]:
    """The indexes of the styles that are the built-in style "Title" ([MS-DOC] 2.9.271 STSH)."""
    if len(sheet) < 4:
        return frozenset()
    header, count = struct.unpack_from("<HH", sheet, 0)
    position = 2 + header
    found: set[int] = set()
    for index in range(count):
        if position + 4 > len(sheet):
            break
        size, kind = struct.unpack_from("<HH", sheet, position)
        if size and kind & 0x0FFF == _TITLE_STYLE:
            found.add(index)
        position += 2 + size + size % 2
    return frozenset(found)


def _modifiers(grpprl: bytes) -> Iterator[tuple[int, int]]:
    """Each sprm with its operand as a number, of two-byte ones the whole, else the first byte."""
    position = 0
    while position + 2 < len(grpprl):
        (sprm,) = struct.unpack_from("<H", grpprl, position)
        position += 2
        size = _OPERAND_BYTES.get(sprm >> 13)
        yield sprm, struct.unpack_from("<H", grpprl, position)[0] if size == 2 else grpprl[position]
        if sprm == _SPRM_DEF_TABLE:
            size = struct.unpack_from("<H", grpprl, position)[0] + 1
        position += size if size is not None else 1 + grpprl[position]


def _paragraphs(
    main: bytes,
    pieces: Sequence[_Piece],
    properties: _Properties,
    numbering: Numbering,
    titles: frozenset[int],
) -> Iterator[_Paragraph]:
    """The text cut at paragraph and cell marks; of fields only their results, as they are printed."""
    text: list[str] = []
    fields: list[bool] = []  # for each open field, whether its result has begun
    for piece in pieces:
        raw = main[piece.offset : piece.byte_of(piece.end)]
        chars = raw.decode("cp1252" if piece.compressed else "utf-16-le", errors="replace")
        for index, char in enumerate(chars):
            if char == _FIELD:
                fields.append(False)
            elif char == _FIELD_RESULT and fields:
                fields[-1] = True
            elif char == _FIELD_END and fields:
                fields.pop()
            elif char in (_PARAGRAPH, _CELL):
                style, modifiers = properties.at(piece.byte_of(piece.first + index))
                said = dict(_modifiers(modifiers))
                whole = "".join(text)
                list_id = said.get(_SPRM_LIST, 0)
                counted = bool(list_id and whole.strip())
                yield _Paragraph(
                    text=whole + (_CELL if char == _CELL or said.get(_SPRM_INNER_CELL) else ""),
                    in_table=char == _CELL or bool(said.get(_SPRM_IN_TABLE)),
                    row_end=bool(said.get(_SPRM_ROW_END) or said.get(_SPRM_INNER_ROW)),
                    level=_level(style, said.get(_SPRM_OUTLINE), titles),
                    number=numbering.next(str(list_id), said.get(_SPRM_LIST_LEVEL, 0)) if counted else "",
                )
                text.clear()
            elif all(fields):
                text.append(char)
    if text:
        yield _Paragraph(text="".join(text))


def _level(style: int, outline: int | None, titles: frozenset[int]) -> int | None:
    if style in titles:
        return 0
    if outline is not None and outline < len(_HEADING_STYLES):
        return outline + 1
    return style if style in _HEADING_STYLES else None


def _lines(paragraphs: Iterator[_Paragraph]) -> Iterator[Line]:
    table = _Table()
    for paragraph in paragraphs:
        texts = [text for part in paragraph.text.rstrip(_CELL).split(_LINE) if (text := tidy(part.translate(_SPACES)))]
        if texts and paragraph.number:
            texts[0] = f"{paragraph.number} {texts[0]}"
        if not paragraph.in_table:
            yield from _table_lines(table)
            table = _Table()
            role: Role = "paragraph" if paragraph.level is None else "heading"
            yield from (Line(text=text, role=role, level=paragraph.level or 0) for text in texts)
        elif paragraph.row_end:
            table.rows.append(table.row)
            table.row, table.cell = [], []
        else:
            table.cell.extend(texts)
            if paragraph.text.endswith(_CELL):
                table.row.append(table.cell)
                table.cell = []
    yield from _table_lines(table)


def _table_lines(table: _Table) -> Iterator[Line]:
    """One line a row; a table that only places the head or the signatures side by side, column by column."""
    rows = [*table.rows, *([table.row] if table.row else [])]
    columns = max((len(row) for row in rows), default=0)
    if columns <= 1 or opens_layout(text for row in rows for cell in row for text in cell):
        for column in range(columns):
            yield from (Line(text=text) for row in rows if column < len(row) for text in row[column])
        return
    for row in rows:
        if text := row_text([" ".join(cell) for cell in row]):
            yield Line(text=text, role="row")
