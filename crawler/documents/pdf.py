"""PDF -> Sheets: the text layer where a page has one that can be read, else the page's picture recognised.

pdfium (through pypdfium2) reads and draws; it is fast and, unlike readers in Python, fuzzed daily as part of Chromium.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from ctypes import c_double, c_int, create_string_buffer
from dataclasses import dataclass, replace

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from crawler.documents.ocr import why_not
from crawler.documents.ruling import Box, inside
from crawler.documents.scan import DPI, read_scan, ruled
from crawler.documents.sheet import Sheet, Table, Word, text_of
from crawler.draft import Bin, NoArticleError
from crawler.text.legacy import repaired

MAX_PAGES = 500
MAX_SCANNED_PAGES = 60
_POINTS_IN = 72.0
_RULING_DPI = 150.0
_MAX_PIXELS = 16_000_000
_MIN_PATHS = 4
_MAX_CHARS = 60_000
_MAX_OBJECTS = 20_000
_BOLD_WEIGHT = 600
_FONT_NAME_BYTES = 128
# A page of fewer letters that shows a picture is a scan under a stamp or a page number.
_FEW_LETTERS = 40
_PICTURE_SHARE = 0.5
_UNREADABLE_SHARE = 0.15
# A quarter of the letters of Vietnamese text carry marks; a scanner's own recogniser set to English leaves none.
_MARKED_SHARE = 0.06
_HYPHEN = "\x02"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    """What a page's text layer holds: its words, and how many of its characters no reader can make out."""

    words: tuple[Word, ...]
    unreadable: int

    @property
    def letters(self) -> str:
        return "".join(char for word in self.words for char in word.text if char.isalpha())


def pdf_sheets(body: bytes, dropped: Bin) -> Iterator[Sheet]:
    """The pages of a PDF, in order; pages that cannot be recognised here are named in `dropped`.

    Raises:
        NoArticleError: it is encrypted, has no page or too many, or is all scanned and cannot be recognised here.
        pypdfium2.PdfiumError: it is damaged.
    """
    with closing(_opened(body)) as document:
        count = len(document)
        if count == 0:
            raise NoArticleError("PDF không có trang nào")
        if count > MAX_PAGES:
            raise NoArticleError(f"PDF có {count} trang, nhiều hơn {MAX_PAGES} trang được đọc")
        scanned = 0
        read = False
        problem = ""
        for index in range(count):
            with closing(document[index]) as page:
                layer = _layer(page)
                if not _is_scan(page, layer):
                    read = True
                    yield _sheet(page, index + 1, layer.words)
                    continue
                scanned += 1
                problem = (
                    _too_much_to_draw(page)
                    or why_not()
                    or (f"chỉ nhận dạng {MAX_SCANNED_PAGES} trang" if scanned > MAX_SCANNED_PAGES else "")
                )
                if problem:
                    dropped.add(f"trang {index + 1}", f"bản quét: {problem}")
                    continue
                read = True
                yield read_scan(_picture(page, DPI), index + 1, DPI)
        if not read:
            raise NoArticleError(f"bản quét, cần nhận dạng chữ: {problem}")


def page_picture(body: bytes, number: int, dpi: float) -> Image.Image:
    """The picture of one page. number: from 1.

    Raises:
        NoArticleError: there is no such page, or too much on it to draw.
        pypdfium2.PdfiumError: it is damaged.
    """
    with closing(_opened(body)) as document:
        if not 1 <= number <= min(len(document), MAX_PAGES):
            raise NoArticleError(f"PDF không có trang {number} để vẽ")
        with closing(document[number - 1]) as page:
            problem = _too_much_to_draw(page)
            if problem:
                raise NoArticleError(problem)
            return _picture(page, dpi)


def _opened(body: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise NoArticleError("PDF đặt mật khẩu") from error
        raise


def _layer(page: pypdfium2.PdfPage) -> _Layer:
    """The words of the text layer. Characters without a Unicode value, and those turned, are no words."""
    with closing(page.get_textpage()) as text:
        count = min(text.count_chars(), _MAX_CHARS)
        place = _Placer(page)
        words: list[Word] = []
        letters: list[str] = []
        boxes: list[Box] = []
        unreadable = 0
        bold = False

        def end() -> None:
            if letters:
                words.append(Word(text="".join(letters), box=Box.around(boxes), bold=bold))
            letters.clear()
            boxes.clear()

        for index in range(count):
            char = chr(pdfium.FPDFText_GetUnicode(text, index))
            if char == _HYPHEN:
                char = "-"
            if char.isspace():
                end()
                continue
            if char in "\x00\ufffd\ufffe\uffff" or "\ue000" <= char <= "\uf8ff":
                unreadable += 1
                continue
            box = place.box(text, index)
            if box is None:
                continue
            if boxes and (box.left < boxes[-1].left - (box.bottom - box.top) or not _same_line(box, boxes[-1])):
                end()
            if not letters:
                bold = _is_bold(text, index)
            letters.append(char)
            boxes.append(box)
        end()
    return _Layer(words=_in_unicode(words), unreadable=unreadable)


def _is_bold(text: pypdfium2.PdfTextPage, index: int) -> bool:
    """By the weight the font states, or, as subsets often state none, by its name."""
    if pdfium.FPDFText_GetFontWeight(text, index) >= _BOLD_WEIGHT:
        return True
    name = create_string_buffer(_FONT_NAME_BYTES)
    pdfium.FPDFText_GetFontInfo(text, index, name, _FONT_NAME_BYTES, c_int())
    return b"bold" in name.value.lower()


def _in_unicode(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words in Unicode where their fonts are of the time before it; their number stays, and so do their places."""
    marks = [
        "" if not index else " " if _same_line(word.box, words[index - 1].box) else "\n"
        for index, word in enumerate(words)
    ]
    mended = repaired("".join(mark + word.text for mark, word in zip(marks, words, strict=True))).split()
    if len(mended) != len(words):
        return tuple(words)
    return tuple(replace(word, text=text) for word, text in zip(words, mended, strict=True))


def _same_line(box: Box, other: Box) -> bool:
    return box.top < other.bottom and other.top < box.bottom


class _Placer:
    """From pdfium's coordinates (y upwards, the page not yet turned) to those of the page as it is looked at."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.left, self.low, self.right, self.high = page.get_cropbox()
        self.turn = page.get_rotation()
        self.values = [c_double() for _ in range(4)]

    def box(self, text: pypdfium2.PdfTextPage, index: int) -> Box | None:
        """The character's box, its font's ascent and descent included; None where it has no extent."""
        tight = self.values
        if not pdfium.FPDFText_GetCharBox(text, index, *tight):
            return None
        x0, x1, y0, y1 = (value.value for value in tight)
        loose = pdfium.FS_RECTF()
        if pdfium.FPDFText_GetLooseCharBox(text, index, loose) and loose.top > loose.bottom:
            x0, x1, y0, y1 = loose.left, loose.right, loose.bottom, loose.top
        corners = [self._seen(x0, y0), self._seen(x1, y1)]
        xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        if xs[1] - xs[0] <= 0 and ys[1] - ys[0] <= 0:
            return None
        return Box(left=xs[0], top=ys[0], right=xs[1], bottom=ys[1])

    def _seen(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 90:
            return y - self.low, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.low
        if self.turn == 270:
            return self.high - y, self.right - x
        return x - self.left, self.high - y


def _is_scan(page: pypdfium2.PdfPage, layer: _Layer) -> bool:
    """Whether the page's picture tells more than its text layer."""
    letters = layer.letters
    shows = _picture_share(page)
    if not letters and not layer.unreadable:
        return shows > 0
    if layer.unreadable > _UNREADABLE_SHARE * (layer.unreadable + len(letters)):
        return True
    if shows < _PICTURE_SHARE:
        return False
    marked = sum(char > "\x7f" for char in letters)
    return len(letters) < _FEW_LETTERS or marked < _MARKED_SHARE * len(letters)


def _picture_share(page: pypdfium2.PdfPage) -> float:
    """How much of the page its pictures cover, at most 1."""
    width, height = page.get_size()
    covered = 0.0
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return min(1.0, covered / (width * height)) if width * height > 0 else 0.0


def _sheet(page: pypdfium2.PdfPage, number: int, words: tuple[Word, ...]) -> Sheet:
    width, height = page.get_size()
    return Sheet(number=number, width=width, height=height, words=words, tables=_tables(page, words))


def _tables(page: pypdfium2.PdfPage, words: tuple[Word, ...]) -> tuple[Table, ...]:
    """The ruled tables of a page with a text layer; only pages that draw lines are looked at."""
    paths = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)
    if not any(_draws_lines(path, seen) for seen, path in enumerate(paths, start=1)):
        return ()
    if _too_much_to_draw(page):
        return ()
    picture = _picture(page, _RULING_DPI)
    scale = page.get_size()[0] / picture.width
    found = [grid.scaled(scale) for grid in ruled(picture, _POINTS_IN / scale)]
    boxes = [word.box for word in words]
    return tuple(
        Table(grid=grid, texts=tuple(text_of(words[index] for index in held) for held in inside(boxes, grid)))
        for grid in found
    )


def _draws_lines(path: pypdfium2.PdfObject, seen: int) -> bool:
    """Whether by now there are lines enough for a table: several paths, or one of many strokes."""
    return seen >= _MIN_PATHS or pdfium.FPDFPath_CountSegments(path) >= 2 * _MIN_PATHS


def _too_much_to_draw(page: pypdfium2.PdfPage) -> str:
    """Why a page is not drawn: tens of thousands of strokes take minutes and show nothing a reader needs."""
    count = pdfium.FPDFPage_CountObjects(page)
    return f"trang có {count} nét vẽ, nhiều hơn {_MAX_OBJECTS}" if count > _MAX_OBJECTS else ""


def _picture(page: pypdfium2.PdfPage, dpi: float) -> Image.Image:
    width, height = page.get_size()
    scale = min(dpi / _POINTS_IN, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    picture: Image.Image = page.render(scale=scale).to_pil()
    return picture
