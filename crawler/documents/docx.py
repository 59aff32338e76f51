"""DOCX (ECMA-376) -> lines: paragraphs with the numbers Word prints, headings by style, tables row by row.

python-docx opens the package; its parser resolves no entities and loads no DTD. The body is walked here, since that
library passes over content controls, text boxes and tracked insertions.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import docx
from lxml import etree
from lxml.etree import _Element

from crawler.article import row_text
from crawler.documents.numbering import Numbering, W
from crawler.documents.zipped import is_office, is_word, opened_zip
from crawler.draft import Bin, Line, NoArticleError, tidy
from crawler.text.legal import issuer_goes_on, opens_layout

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VAL = f"{W}val"
# Deleted and moved-away text, older renderings of what stands beside them, and a field's instructions.
_SKIPPED = frozenset({f"{W}del", f"{W}moveFrom", f"{_MC}Fallback", f"{W}instrText", f"{W}rPr", f"{W}pPr", f"{W}rt"})
_BREAK = "\n"
_MAX_DEPTH = 40
_MAX_SPAN = 60
_MAX_LINES = 200_000
_CARRIED_CHARS = 200
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """What a paragraph style says, its ancestors' word included: outline level from 0, and its list."""

    name: str
    outline: int | None
    list_id: str | None
    list_level: int | None


@dataclass(slots=True)
class _Reader:
    numbering: Numbering
    styles: dict[str, _Style] = field(default_factory=dict)
    default: str = ""


def docx_lines(body: bytes, dropped: Bin) -> tuple[Line, ...]:
    """The lines of a Word document; its footnotes go to `dropped`.

    Raises:
        NoArticleError: the package is no Word document, is encrypted or unpacks to too much.
        Exception: what zipfile, lxml and python-docx raise on damaged files.
    """
    with opened_zip(body) as archive:
        if not is_word(archive):
            if is_office(archive):
                raise NoArticleError("bảng tính hoặc trình chiếu, không phải văn bản Word")
            raise NoArticleError("tệp zip không phải văn bản; các tệp trong nó thì nạp bằng: python -m crawler add")
    document = docx.Document(io.BytesIO(body))
    parts = {
        relation.reltype.rsplit("/", 1)[-1]: relation.target_part
        for relation in document.part.rels.values()
        if not relation.is_external
    }
    numbering = parts.get("numbering")
    reader = _Reader(numbering=Numbering.of(_parsed(numbering.blob) if numbering is not None else None))
    _read_styles(document.styles.element, reader)
    lines: list[Line] = []
    for line in _blocks(document.element.body, reader, 0):
        if len(lines) >= _MAX_LINES:
            raise NoArticleError(f"văn bản Word dài hơn {_MAX_LINES} dòng")
        if lines and issuer_goes_on(lines[-1].text, line.text):
            lines[-1] = Line(text=f"{lines[-1].text} {line.text}", role=lines[-1].role)
        else:
            lines.append(line)
    notes = parts.get("footnotes")
    if notes is not None:
        for note in _parsed(notes.blob).iterfind(f"{W}footnote"):
            dropped.add(tidy(" ".join(line.text for line in _blocks(note, reader, 0))), "cước chú")
    return tuple(lines)


def _parsed(blob: bytes) -> _Element:
    return etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))


def _blocks(container: _Element, reader: _Reader, depth: int) -> Iterator[Line]:
    """Paragraphs and tables in the order they stand, those within content controls and insertions too."""
    if depth > _MAX_DEPTH:
        raise NoArticleError(f"bảng hoặc khung lồng nhau quá {_MAX_DEPTH} tầng")
    for child in container:
        if child.tag == f"{W}p":
            yield from _paragraph(child, reader, depth)
        elif child.tag == f"{W}tbl":
            yield from _table(child, reader, depth)
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _blocks(child, reader, depth + 1)


def _paragraph(element: _Element, reader: _Reader, depth: int) -> Iterator[Line]:
    pieces: list[str] = []
    boxes: list[_Element] = []
    _collect(element, pieces, boxes, 0)
    texts = [text for text in map(tidy, "".join(pieces).split(_BREAK)) if text]
    if texts:
        style = reader.styles.get(_child_val(element, "pPr", "pStyle") or reader.default)
        number = _number(element, style, reader)
        texts[0] = f"{number} {texts[0]}" if number else texts[0]
        role = _role(element, style)
        for text in texts:
            yield Line(text=text, role=role.role, level=role.level)
    for box in boxes:
        yield from _blocks(box, reader, depth + 1)


def _collect(element: _Element, pieces: list[str], boxes: list[_Element], depth: int) -> None:
    """The text of runs; text boxes are put aside, for they stand beside the paragraph, not in it."""
    if depth > _MAX_DEPTH:
        return
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag == f"{W}t":
            pieces.append(child.text or "")
        elif tag in (f"{W}tab", f"{W}ptab"):
            pieces.append(" ")
        elif tag in (f"{W}br", f"{W}cr"):
            pieces.append(_BREAK)
        elif tag == f"{W}noBreakHyphen":
            pieces.append("-")
        elif tag == f"{W}txbxContent":
            boxes.append(child)
        elif tag == f"{W}r" and _hidden(child):
            continue
        else:
            _collect(child, pieces, boxes, depth + 1)


def _hidden(run: _Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(_VAL) not in ("0", "false", "off")


def _number(element: _Element, style: _Style | None, reader: _Reader) -> str:
    """What Word prints before the paragraph: by its own list, else by its style's."""
    own_list = _child_val(element, "pPr", "numPr", "numId")
    own_level = _child_val(element, "pPr", "numPr", "ilvl")
    list_id = own_list if own_list is not None else (style.list_id if style is not None else None)
    if list_id is None or list_id == "0":
        return ""
    if own_level is not None and own_level.isdecimal():
        level = int(own_level)
    elif own_list is None and style is not None:
        level = style.list_level or 0
    else:
        level = 0
    return reader.numbering.next(list_id, level)


def _role(element: _Element, style: _Style | None) -> Line:
    """As an empty Line: a heading of its outline's level, the document's title as a heading of level 0."""
    own = _child_val(element, "pPr", "outlineLvl")
    outline = int(own) if own is not None and own.isdecimal() else (style.outline if style is not None else None)
    if style is not None and style.name == "title":
        return Line(text="", role="heading", level=0)
    if outline is not None and outline < _BODY_LEVEL:
        return Line(text="", role="heading", level=outline + 1)
    return Line(text="")


# --- tables -----------------------------------------------------------------------------------------------------------


def _table(table: _Element, reader: _Reader, depth: int) -> Iterator[Line]:
    """One line a row. A table that only places the head or the signatures side by side is read column by column."""
    rows = [_cells(row, reader, depth) for row in _children(table, "tr")]
    columns = max((len(row) for row in rows), default=0)
    if columns <= 1 or opens_layout(line.text for row in rows for cell in row for line in cell.lines):
        for column in range(columns):
            for row in rows:
                if column < len(row) and not row[column].continued:
                    yield from row[column].lines
        return
    above: list[str] = []
    for row in rows:
        cells = [cell.text for cell in row]
        own = any(cells)
        for index, cell in enumerate(row):
            if cell.continued and index < len(above) and len(above[index]) <= _CARRIED_CHARS:
                cells[index] = above[index]
        above = list(cells)
        if own and (text := row_text(cells)):
            yield Line(text=text, role="row")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """`continued`: the cell belongs to the one above it (vMerge)."""

    lines: tuple[Line, ...] = ()
    continued: bool = False

    @property
    def text(self) -> str:
        return tidy(" ".join(line.text for line in self.lines))


def _cells(row: _Element, reader: _Reader, depth: int) -> list[_Cell]:
    """A row's cells, one for each column of the grid: a cell that spans columns is followed by empty ones."""
    before = _child_val(row, "trPr", "gridBefore")
    cells = [_Cell()] * min(int(before) if before is not None and before.isdecimal() else 0, _MAX_SPAN)
    for cell in _children(row, "tc"):
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        continued = merge is not None and merge.get(_VAL, "continue") == "continue"
        cells.append(_Cell(lines=tuple(_blocks(cell, reader, depth + 1)), continued=continued))
        span = _child_val(cell, "tcPr", "gridSpan")
        width = int(span) if span is not None and span.isdecimal() else 1
        cells.extend([_Cell()] * (min(width, _MAX_SPAN) - 1))
    return cells


def _children(element: _Element, name: str) -> Iterator[_Element]:
    """Rows of a table or cells of a row, also those wrapped in content controls."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _children(child, name)


# --- styles -----------------------------------------------------------------------------------------------------------


def _read_styles(root: _Element, reader: _Reader) -> None:
    elements = {element.get(f"{W}styleId") or "": element for element in root.iterfind(f"{W}style")}
    for name, element in elements.items():
        if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true"):
            reader.default = name
        outline: str | None = None
        list_id: str | None = None
        level: str | None = None
        ancestor: _Element | None = element
        for _ in range(_MAX_DEPTH):  # a style based on itself, through whichever others, must end
            if ancestor is None:
                break
            outline = outline if outline is not None else _child_val(ancestor, "pPr", "outlineLvl")
            if list_id is None:
                list_id = _child_val(ancestor, "pPr", "numPr", "numId")
                level = _child_val(ancestor, "pPr", "numPr", "ilvl")
                if list_id is not None and level is None:
                    level = str(reader.numbering.level_of_style(list_id, ancestor.get(f"{W}styleId") or ""))
            ancestor = elements.get(_child_val(ancestor, "basedOn") or "")
        reader.styles[name] = _Style(
            name=(_child_val(element, "name") or "").casefold(),
            outline=int(outline) if outline is not None and outline.isdecimal() else None,
            list_id=list_id,
            list_level=int(level) if level is not None and level.isdecimal() else None,
        )


def _child_val(element: _Element, *path: str) -> str | None:
    child = element.find("/".join(f"{W}{name}" for name in path))
    return child.get(_VAL) if child is not None else None
