"""From a span of archived text back to the bytes it was read from, computed when asked.

The raw text is cut into characters with their byte ranges (character references resolved, tags and scripts left out),
decomposed to NFD, without white space. The article's blocks, likewise without white space, are found in it one after
the other; each character of a block then has the bytes of its equal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from unicodedata import combining, normalize

from crawler.archive import Raw
from crawler.article import Article, cell_spans
from crawler.draft import invisible
from crawler.html.markup import shown
from crawler.read import is_html
from crawler.text.decode import decode_with_offsets

_DOCUMENTS = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_LONG_CHARS = 40
_MAX_SHARED = 6


class TraceError(Exception):
    """No bytes can be named: the article was not read from those given, or they are a document, not text."""


@dataclass(frozen=True, slots=True)
class _Char:
    """One NFD character of the raw text and the characters `[start, end)` of the decoded text that write it."""

    char: str
    start: int
    end: int


def trace(raw: Raw, article: Article, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The byte ranges of `raw.body` that `article.text[start:end]` came from, half open, in the order of the text.

    White space, and the marks between the cells of a row, which the archive writes itself, come from no bytes.
    Ranges that touch or are parted by white space alone are joined.

    Raises:
        ValueError: the span leaves the text.
        TraceError: the bytes are not those that the article was read from, or no text (PDF, Word, an image).
    """
    if not 0 <= start <= end <= len(article.text):
        raise ValueError(f"đoạn [{start}, {end}) nằm ngoài văn bản dài {len(article.text)} ký tự")
    if raw.body.startswith(_DOCUMENTS) or article.pages:
        raise TraceError(
            f"bài {article.id} đọc từ tệp PDF, Word hay ảnh, nơi chữ không nằm thành dãy byte; dùng số trang để dẫn chỗ"
        )
    text, offsets = decode_with_offsets(raw.body, raw.content_type)
    if "\x00" in text:  # the reader of HTML leaves them out, even inside references and tags
        kept = [index for index, char in enumerate(text) if char != "\x00"]
        text, offsets = "".join(text[index] for index in kept), [*(offsets[index] for index in kept), len(raw.body)]
    chars = list(_decomposed(shown(text) if is_html(raw) else ((char, i, i + 1) for i, char in enumerate(text))))
    stream = "".join(item.char for item in chars)
    found: list[tuple[int, int]] = []
    for piece_start, piece, position in _aligned(article, stream, end):
        at = position
        for index, char in enumerate(piece, piece_start):
            if char.isspace():
                continue
            after = at + len(normalize("NFD", char))
            if start <= index < end:
                # Canonical order may put a mark between a letter and its other mark: sorted, each once.
                found.extend(sorted({(item.start, item.end) for item in chars[at:after]}))
            at = after
    return tuple(_joined(text, offsets, found))


def _aligned(article: Article, stream: str, end: int) -> Iterator[tuple[int, str, int]]:
    """(start in the text, piece of a block, position in the stream) in the order of the text, up to `end`."""
    cursor = _opening(article, stream)
    former: list[str] = []
    for block in article.blocks:
        if block.start >= end:
            return
        text = article.text[block.start : block.end]
        if block.role != "row":
            position = _find(stream, _squeezed(text), cursor, article)
            cursor = position + len(_squeezed(text))
            yield block.start, text, position
            former = []
            continue
        cells = list(_cells(text))
        squeezed = [_squeezed(cell) for _, cell in cells]
        own, position = _row(stream, squeezed, former, cursor)
        for index, (offset, cell) in enumerate(cells):
            if not squeezed[index]:
                continue
            if position < 0:
                place = _find(stream, squeezed[index], cursor, article)
            elif index in own:
                place, position = position, position + len(squeezed[index])
            else:
                place = stream.rfind(squeezed[index], 0, position)
            if place < 0:
                place = _find(stream, squeezed[index], 0, article)
            cursor = max(cursor, position)
            yield block.start + offset, cell, place
        former = squeezed


def _row(stream: str, cells: list[str], former: list[str], cursor: int) -> tuple[set[int], int]:
    """Which cells of a row are its own, and where they stand one after the other; position -1 where they do not.

    A cell that the row above has too may be there by its rowspan alone: of the readings possible, the nearest is taken.
    """
    shared = [i for i, cell in enumerate(cells) if cell and i < len(former) and former[i] == cell][:_MAX_SHARED]
    best: tuple[int, int, set[int]] | None = None
    for count in range(len(shared) + 1):
        for carried in combinations(shared, count):
            own = {i for i in range(len(cells)) if i not in carried}
            needle = "".join(cells[i] for i in sorted(own))
            position = stream.find(needle, cursor) if needle else -1
            if position >= 0 and (best is None or position < best[0]):
                best = (position, count, own)
    return (best[2], best[0]) if best is not None else (set(), -1)


def _opening(article: Article, stream: str) -> int:
    """Where to begin: at the short blocks right before the first long one, not at equal words of the page's menu."""
    for before, block in enumerate(article.blocks):
        text = _squeezed(article.text[block.start : block.end])
        if block.role != "row" and len(text) >= _LONG_CHARS:
            position = stream.find(text)
            if position < 0:
                return 0
            for former in reversed(article.blocks[:before]):
                if former.role == "row":
                    return 0
                position = stream.rfind(_squeezed(article.text[former.start : former.end]), 0, position)
                if position < 0:
                    return 0
            return position
    return 0


def _find(stream: str, needle: str, cursor: int, article: Article) -> int:
    """Where the text stands at or after `cursor`, else anywhere (pages may show their blocks in another order)."""
    position = stream.find(needle, cursor)
    if position < 0:
        position = stream.find(needle)
    if position < 0:
        raise TraceError(
            f"không tìm thấy {needle[:60]!r} (bỏ khoảng trắng): đây không phải các byte của bài {article.id}"
        )
    return position


def _squeezed(text: str) -> str:
    return normalize("NFD", "".join(text.split()))


def _cells(row: str) -> Iterator[tuple[int, str]]:
    """The cells of a row with their offsets in it."""
    for start, end in cell_spans(row, 0, len(row)):
        yield start, row[start:end]


def _joined(text: str, offsets: list[int], ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    current: tuple[int, int] | None = None
    former: tuple[int, int] | None = None
    for item in ranges:
        if item == former:
            continue  # a letter and its marks, written by one character or reference
        former = item
        if current is not None and current[1] <= item[0] and not text[current[1] : item[0]].strip():
            current = (current[0], item[1])
            continue
        if current is not None:
            yield offsets[current[0]], offsets[current[1]]
        current = item
    if current is not None:
        yield offsets[current[0]], offsets[current[1]]


def _decomposed(chars: Iterator[tuple[str, int, int]]) -> Iterator[_Char]:
    """NFD characters in canonical order, without white space and invisible ones; "" parts blocks from each other."""
    marks: list[_Char] = []
    for char, start, end in chars:
        if char and (char.isspace() or invisible(char)):
            continue
        for piece in normalize("NFD", char):
            if combining(piece):
                marks.append(_Char(piece, start, end))
                continue
            yield from sorted(marks, key=lambda mark: combining(mark.char))
            marks.clear()
            yield _Char(piece, start, end)
        if not char:
            yield from sorted(marks, key=lambda mark: combining(mark.char))
            marks.clear()
    yield from sorted(marks, key=lambda mark: combining(mark.char))
