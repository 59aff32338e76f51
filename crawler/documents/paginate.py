"""Pages as seen -> the lines of one text: wrapped lines joined, also over a page's end; running heads and feet out."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from crawler.article import cell_spans, row_text
from crawler.documents.sheet import Sheet, Strip, strips
from crawler.draft import Bin, Line, PageStart
from crawler.text.legal import issuer_goes_on

_PAGE_NUMBER = re.compile(r"[-–—~\s]*(?:trang|page)?\s*\d{1,4}(?:\s*/\s*\d{1,4})?[-–—~\s]*", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?:(?:người )?ký(?: bởi)?|digitally signed(?: by)?|signature not verified|cơ quan|thời gian ký|ngày ký|"
    r"signing (?:date|time))\s*:?\s.{0,200}",
    re.IGNORECASE,
)
_SIGNED_FIRST = re.compile(r"(?:người ký|ký bởi|digitally signed|signature not verified)\b", re.IGNORECASE)
_SIGNED_LINES = 6
# Lines that never continue the one above: units, list marks, the fixed lines of an official head.
_OPENS = re.compile(
    r"(?:Điều|ĐIỀU|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Phụ lục|PHỤ LỤC|Mẫu|MẪU|Biểu|BIỂU)\s+[\dIVXLC]+[a-zđ]?"
    r"\s*(?:[.:–-]|$)"
    r"|\d{1,3}(?:\.\d{1,3}){0,3}[.)]\s|[a-zđ]\)\s|[IVXLC]+\.\s|[-–+*•]\s"
    r"|Căn cứ\s|Theo đề nghị\s|Nơi nhận\s*:|Kính gửi\s*:"
    r"|Số\s*:|(?:CỘNG|CÔNG) H(?:ÒA|OÀ)\s|Độc lập\s*-"
)
_ENDS_HEAD = re.compile(r"Độc lập.*Hạnh phúc|Số\s*:\s*\S+|.{2,40}, ngày \d{1,2} tháng \d{1,2} năm \d{4}")
_SERIAL_HEAD = re.compile(r"(?:STT|TT|Số TT|Số thứ tự)\.?", re.IGNORECASE)
_COMPLETE = re.compile(r"\d+(?:[.,]\d+)*(?:\s*(?:sao|điểm|%))?|[xX]")
_STOPS = (".", "!", "?", "…", ":", ";", "./.")
_TOP_SHARE = 0.11
_BOTTOM_SHARE = 0.9
_REPEATED_PAGES = 3
_INDENT_SIZES = 0.9
_FAR_SIZES = 1.3
_NEAR_SIZES = 0.9
_ROOM_SIZES = 0.4
_DIGITS = re.compile(r"\d+")
_HEADING_CHARS = 160
_HEADING_SHARE = 1.2
_TITLE_SHARE = 1.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Paginated:
    """The lines of a document and where its pages begin in them."""

    lines: tuple[Line, ...]
    pages: tuple[PageStart, ...]


@dataclass(slots=True)
class _Text:
    """Lines under construction."""

    lines: list[Line] = field(default_factory=list)
    pages: list[PageStart] = field(default_factory=list)
    last: Strip | None = None
    first: Strip | None = None
    table: tuple[int, int] | None = None
    header: str = ""

    def new(self, strip: Strip, role: Line) -> None:
        self.lines.append(role)
        self.first = self.last = strip

    def extend(self, strip: Strip) -> int:
        """Join a strip to the last line; where it begins within."""
        former = self.lines[-1].text
        glued = former.endswith("-") and former[-2:-1].isdigit() and strip.text[:1].isdigit()
        text = former + ("" if glued else " ")
        self.lines[-1] = Line(text=text + strip.text, role=self.lines[-1].role, level=self.lines[-1].level)
        self.last = strip
        return len(text)


def paginated(sheets: Iterable[Sheet], dropped: Bin) -> Paginated:
    """Join what the pages print; running heads and feet, page numbers and signature stamps go to `dropped`."""
    seen = [(sheet, strips(sheet)) for sheet in sheets]
    around = _around([(sheet, found) for sheet, found in seen])
    body = _body_size([strip for _, found in seen for strip in found])
    largest = max((strip.size for _, found in seen[:1] for strip in found if strip.table is None), default=0.0)
    text = _Text()
    for sheet, found in seen:
        fresh = True
        stamped = 0
        for index, strip in enumerate(found):
            reason = _why_not(strip, index, found, sheet, around)
            if _SIGNED_FIRST.match(strip.text):
                stamped = _SIGNED_LINES
            if reason is None and stamped and _SIGNED.fullmatch(strip.text):
                reason = "con dấu chữ ký số"
            stamped = max(0, stamped - 1)
            if reason is None and _doubled_header(text, strip, sheet.number, fresh=fresh):
                reason = "đầu bảng lặp lại ở trang sau"
            if reason is not None:
                dropped.add(strip.text, reason)
                continue
            if fresh and (whole := _whole_row(text, strip, sheet.number)) is not None:
                text.lines[-1] = Line(text=whole, role="row")
                continue
            offset = 0
            if strip.table is not None:
                _add_row(text, strip, sheet.number)
            elif text.last is not None and _continues(text, strip, same_page=not fresh):
                offset = text.extend(strip)
            else:
                text.new(
                    strip, _line(strip, body, largest if sheet.number == 1 else None, told=sheet.confidence is None)
                )
            if fresh:
                text.pages.append(
                    PageStart(
                        line=len(text.lines) - 1,
                        number=sheet.number,
                        offset=offset,
                        confidence=sheet.confidence,
                        doubted=sheet.doubted,
                    )
                )
                fresh = False
    return Paginated(lines=tuple(text.lines), pages=tuple(text.pages))


def _why_not(strip: Strip, index: int, found: Sequence[Strip], sheet: Sheet, around: dict[str, str]) -> str | None:
    """Why a strip is not the document's text; None where it is."""
    if strip.table is not None:
        return None
    edge = strip.box.middle < _TOP_SHARE * sheet.height or strip.box.middle > _BOTTOM_SHARE * sheet.height
    if edge and _PAGE_NUMBER.fullmatch(strip.text):
        return "số trang"
    if edge:
        return around.get(_DIGITS.sub("#", strip.text))
    return None


def _around(seen: Sequence[tuple[Sheet, list[Strip]]]) -> dict[str, str]:
    """Lines that stand at the top or foot of at least three pages, and most pages, but for their digits."""
    counts: Counter[tuple[str, str]] = Counter()
    for sheet, found in seen:
        places: set[tuple[str, str]] = set()
        for strip in found:
            if strip.table is not None:
                continue
            key = _DIGITS.sub("#", strip.text)
            if strip.box.middle < _TOP_SHARE * sheet.height:
                places.add((key, "đầu trang lặp lại"))
            elif strip.box.middle > _BOTTOM_SHARE * sheet.height:
                places.add((key, "chân trang lặp lại"))
        counts.update(places)
    need = max(_REPEATED_PAGES, len(seen) / 2)
    return {key: reason for (key, reason), count in counts.items() if count >= need}


def _doubled_header(text: _Text, strip: Strip, page: int, *, fresh: bool) -> bool:
    """Whether a page opens with the header row of the table that ran on from the page before."""
    return (
        fresh
        and strip.table is not None
        and text.table is not None
        and text.table[0] == page - 1
        and text.last is not None
        and text.last.table is not None
        and strip.text == text.header
    )


def _whole_row(text: _Text, strip: Strip, page: int) -> str | None:
    """The last row with its rest, where a page opens with the lower half of a row that its end cut in two.

    Such a half has no first cell, and its cells go on in lower case, or it is the rest of a single cell. A row under
    a cell that spans rows, which a new page prints without it, fills several cells with names of their own; where rows
    are numbered in a column of their own, it is one only if it has a grade or a number beside that of the row above.
    """
    if strip.table is None or text.table is None or text.table[0] != page - 1 or text.lines[-1].role != "row":
        return None
    upper, lower = _cells(text.lines[-1].text), _cells(strip.text)
    rests = [cell for cell in lower if cell]
    if lower[0] or not upper[0] or not rests:
        return None
    numbered = _SERIAL_HEAD.fullmatch(_cells(text.header)[0]) is not None and upper[0].rstrip(".").isdecimal()
    own = any(above and _COMPLETE.fullmatch(below) for above, below in zip(upper, lower, strict=False))
    if not (len(rests) == 1 or all(cell[0].islower() for cell in rests) or (numbered and not own)):
        return None
    pairs = zip_longest(upper, lower, fillvalue="")
    return row_text([f"{above} {below}".strip() for above, below in pairs])


def _cells(row: str) -> list[str]:
    return [row[start:end] for start, end in cell_spans(row, 0, len(row))]


def _add_row(text: _Text, strip: Strip, page: int) -> None:
    assert strip.table is not None
    place = (page, strip.table)
    runs_on = text.last is not None and text.last.table is not None and text.table is not None and text.table[0] < page
    if place != text.table and not runs_on:
        text.header = strip.text
    text.table = place
    text.new(strip, Line(text=strip.text, role="row"))


def _continues(text: _Text, strip: Strip, *, same_page: bool) -> bool:
    """Whether a strip goes on with the paragraph of the last one.

    The reader's own signs: the line above is full to its margin, this one is not indented, opens no unit and stands
    at the usual distance. A line in lower case goes on with whatever did not end.
    """
    former, first = text.last, text.first
    assert former is not None
    assert first is not None
    if former.table is not None or _OPENS.match(strip.text):
        return False
    if _ENDS_HEAD.fullmatch(former.text) or _ENDS_HEAD.fullmatch(strip.text):
        return False
    size = max(former.size, strip.size)
    if same_page and not -size < strip.box.top - former.box.bottom < _FAR_SIZES * size:
        return False
    if max(former.size, strip.size) > 1.25 * min(former.size, strip.size) and former.bold != strip.bold:
        return False
    if issuer_goes_on(former.text, strip.text):
        return True
    stopped = former.text.endswith(_STOPS)
    if strip.text[0].islower() and not stopped:
        return True
    if _centred(former) and _centred(strip):
        close = not same_page or strip.box.top - former.box.bottom < _NEAR_SIZES * size
        return close and not stopped and former.text.isupper() == strip.text.isupper() is False
    indented = strip.box.left > strip.left + _INDENT_SIZES * size
    hanging = abs(strip.box.left - former.box.left) < _INDENT_SIZES * size and former is not first
    if indented and not hanging:
        return False
    word = strip.text.split(" ", 1)[0]
    letter = (strip.box.right - strip.box.left) / len(strip.text)
    full = former.right - former.box.right < len(word) * letter + _ROOM_SIZES * size
    return full and (strip.text[0].islower() or not former.text.endswith((":", ";", "./.")))


def _centred(strip: Strip) -> bool:
    before, after = strip.box.left - strip.left, strip.right - strip.box.right
    return min(before, after) > strip.size and abs(before - after) < 2 * strip.size


def _line(strip: Strip, body: float, largest: float | None, *, told: bool) -> Line:
    """A short line set larger than the text, or bold through, is a heading; the largest of the first page the title.

    largest: the size of the first page's largest line; None on other pages. told: sizes are the file's own; those that
    a recogniser measures tell nothing.
    """
    if not told or len(strip.text) > _HEADING_CHARS or strip.text.endswith((".", ";", ",")):
        return Line(text=strip.text)
    if largest is not None and strip.size >= 0.95 * largest and strip.size > _TITLE_SHARE * body:
        return Line(text=strip.text, role="heading", level=0)
    if (strip.size > _HEADING_SHARE * body or strip.bold) and not strip.text.isupper():
        return Line(text=strip.text, role="heading", level=1)
    return Line(text=strip.text)


def _body_size(found: Sequence[Strip]) -> float:
    """The size most characters are set in; 0 where there are none."""
    sizes: Counter[int] = Counter()
    for strip in found:
        if strip.table is None:
            sizes[round(strip.size)] += len(strip.text)
    return float(max(sizes, key=lambda size: sizes[size])) if sizes else 0.0
