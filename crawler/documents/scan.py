"""The picture of a page -> a Sheet: set upright, its ruled tables found, its letters recognised.

A table is recognised apart from the running text and without its rules, which confuse a recogniser's search for lines;
its words fall into cells by where they stand. Cells that stayed empty though something is printed in them are shown to
the recogniser once more, one below the other in a single picture, since each start of the program costs more than that.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from crawler.documents.ocr import Recognised, recognise
from crawler.documents.ruling import Box, Grid, grids, inside
from crawler.documents.sheet import Sheet, Table, Word, text_of
from crawler.documents.skew import skew_degrees
from crawler.text.syllable import is_syllable

DPI = 200.0
_SKEW_DPI = 100.0
_MIN_TURN_DEGREES = 0.1
_WHITE = 255
_PALEST_INK = 200
_MIN_CONTRAST = 40
_PAPER_SHARE = 0.6
_BORDER_IN = 0.02
_MARGIN_IN = 0.1
_MIN_INK_PIXELS = 12
_POINTS_IN = 72.0
_DOUBTED = 0.7
_UNSURE = 0.8
_SHORT_CHARS = 2
_MAGNIFIED = 1.5
_MOST_AGAIN = 120
_AROUND = ".,;:()[]“”\"'-–"
# Upright pages are read with 0.9 and more, those upside down with less than a half.
_SURE = 0.65
_MIN_WORDS = 20
_LONG_WORD_CHARS = 4

Grey = NDArray[np.uint8]


def read_scan(picture: Image.Image, number: int, dpi: float = DPI) -> Sheet:
    """Read the picture of one page.

    picture: grey ("L") or colour; of colour only red is looked at, so that a red stamp over the letters vanishes.
    number: the page's, from 1. dpi: dots an inch.

    Raises:
        NoArticleError: the recogniser is missing, failed or took too long.
    """
    grey = picture if picture.mode == "L" else picture.convert("RGB").getchannel("R")
    best = _read(grey, number, dpi)
    if _stands(best) or len(best.words) < _MIN_WORDS:
        return best
    for turn in (180, 90, 270):
        sheet = _read(grey.rotate(turn, expand=True), number, dpi)
        if _stands(sheet):
            return sheet
        best = max(best, sheet, key=lambda one: one.confidence or 0.0)
    return best


def _stands(sheet: Sheet) -> bool:
    """Whether the page was upright: the recogniser is sure, and its words lie rather than stand on end."""
    words = [word for word in sheet.words if len(word.text) >= _LONG_WORD_CHARS]
    lying = sum(word.box.right - word.box.left > word.box.bottom - word.box.top for word in words)
    return (sheet.confidence or 0.0) >= _SURE and 2 * lying >= len(words)


def _reduced(grey: Image.Image, dpi: float) -> Image.Image:
    share = _SKEW_DPI / dpi
    return grey.resize((max(1, round(grey.width * share)), max(1, round(grey.height * share))))


def _read(grey: Image.Image, number: int, dpi: float) -> Sheet:
    """Read a page that stands upright but for a few degrees."""
    shades = _cleared(np.asarray(_upright(grey, dpi), dtype=np.uint8))
    scale = _POINTS_IN / dpi
    found: list[Recognised] = []
    tables: list[Table] = []
    for grid in grids(ink(shades), dpi):
        cells = _read_table(shades, grid, dpi)
        found.extend(word for cell in cells for word in cell)
        shades[_pixels(grid.box, -_border(dpi))] = _WHITE
        texts = tuple(text_of(_words(cell, scale)) for cell in cells)
        tables.append(Table(grid=grid.scaled(scale), texts=texts))
    words = [word for word in recognise(Image.fromarray(shades), dpi=dpi) if not _speck(word)]
    return Sheet(
        number=number,
        width=shades.shape[1] * scale,
        height=shades.shape[0] * scale,
        words=_words(words, scale),
        tables=tuple(tables),
        confidence=_confidence([*words, *found]),
        doubted=_doubted([*words, *found]),
    )


def ink(shades: Grey) -> NDArray[np.bool_]:
    """Which pixels are dark: darker than Otsu's threshold and than a light grey, for a blank page has no ink at all."""
    return np.less_equal(shades, min(_otsu(shades), _PALEST_INK))


def _otsu(shades: Grey) -> int:
    """The shade that parts ink from paper best (N. Otsu, IEEE Trans. SMC 9, 1979)."""
    counts = np.bincount(shades.ravel(), minlength=256).astype(np.float64)
    below, weighted = np.cumsum(counts), np.cumsum(counts * np.arange(256))
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (weighted[-1] * below / below[-1] - weighted) ** 2 / (below * (below[-1] - below))
    return int(np.argmax(np.where(np.isfinite(between), between, -1)))


def _cleared(shades: Grey) -> Grey:
    """Paper white, ink black, shades between them only where letters end: dirt and the marks of JPEG go."""
    threshold = _otsu(shades)
    dark, light = shades[shades <= threshold], shades[shades > threshold]
    if not dark.size or not light.size or float(light.mean()) - float(dark.mean()) < _MIN_CONTRAST:
        return shades.copy()
    black = float(dark.mean())
    white = threshold + _PAPER_SHARE * (float(np.median(light)) - threshold)
    stretched = (shades - black) * (255 / max(white - black, 1.0))
    cleared: Grey = np.clip(stretched, 0, 255).astype(np.uint8)
    return cleared


def _upright(grey: Image.Image, dpi: float) -> Image.Image:
    degrees = skew_degrees(ink(np.asarray(_reduced(grey, dpi))))
    if abs(degrees) < _MIN_TURN_DEGREES:
        return grey
    return grey.rotate(-degrees, resample=Image.Resampling.BICUBIC, fillcolor=_WHITE)


def _pixels(box: Box, inset: int = 0) -> tuple[slice, slice]:
    return (
        slice(max(0, round(box.top) + inset), max(0, round(box.bottom) - inset)),
        slice(max(0, round(box.left) + inset), max(0, round(box.right) - inset)),
    )


def _border(dpi: float) -> int:
    return round(_BORDER_IN * dpi)


def _read_table(shades: Grey, grid: Grid, dpi: float) -> list[list[Recognised]]:
    """The words of each cell."""
    crops = [shades[_pixels(cell.box, _border(dpi))] for cell in grid.cells]
    bare = np.full(shades.shape, _WHITE, dtype=np.uint8)
    for cell, crop in zip(grid.cells, crops, strict=True):
        bare[_pixels(cell.box, _border(dpi))] = crop
    margin = round(_MARGIN_IN * dpi)
    rows, columns = _pixels(grid.box, -margin)
    words = [
        replace(word, box=word.box.moved(columns.start, rows.start))
        for word in recognise(Image.fromarray(bare[rows, columns]), dpi=dpi, one_block=True)
    ]
    words = [word for word in words if not _speck(word)]
    held = [[words[index] for index in cell] for cell in inside([word.box for word in words], grid)]
    missed = [index for index, crop in enumerate(crops) if not held[index] and _printed(crop)]
    for index, found in zip(missed, _read_crops([crops[index] for index in missed], dpi), strict=True):
        held[index] = found
    unsure = [index for index, words in enumerate(held) if any(map(_unsure, words))][:_MOST_AGAIN]
    larger = [_magnified(crops[index]) for index in unsure]
    for index, found in zip(unsure, _read_crops(larger, dpi * _MAGNIFIED), strict=True):
        if found and _surety(found) > _surety(held[index]):
            held[index] = found
    return held


def _magnified(crop: Grey) -> Grey:
    """A cell as a reader looks at it who is not sure: nearer."""
    picture = Image.fromarray(crop)
    size = (round(picture.width * _MAGNIFIED), round(picture.height * _MAGNIFIED))
    return np.asarray(picture.resize(size, Image.Resampling.BICUBIC), dtype=np.uint8)


def _surety(words: Sequence[Recognised]) -> float:
    """The least that any word of a cell was read with, those that are not spelt counting as doubtful."""
    return min(min(word.confidence, _UNSURE if _unsure(word) else 1.0) for word in words)


def _printed(crop: Grey) -> bool:
    """Whether more than dirt is in a cell."""
    return bool(crop.size) and int((crop < _WHITE // 2).sum()) >= _MIN_INK_PIXELS


def _read_crops(crops: Sequence[Grey], dpi: float) -> list[list[Recognised]]:
    """The words of each picture, with boxes as they stand in one tall picture (only their order matters)."""
    if not crops:
        return []
    gap = round(_MARGIN_IN * dpi)
    height = sum(crop.shape[0] + gap for crop in crops) + gap
    tall = np.full((height, max(crop.shape[1] for crop in crops) + 2 * gap), _WHITE, dtype=np.uint8)
    tops: list[int] = []
    top = gap
    for crop in crops:
        tall[top : top + crop.shape[0], gap : gap + crop.shape[1]] = crop
        tops.append(top)
        top += crop.shape[0] + gap
    result: list[list[Recognised]] = [[] for _ in crops]
    for word in recognise(Image.fromarray(tall), dpi=dpi, one_block=True):
        place = int(np.searchsorted(tops, word.box.middle + gap / 2, side="right")) - 1
        result[max(place, 0)].append(word)
    return result


def _speck(word: Recognised) -> bool:
    """A mark without letter or digit that the recogniser itself doubts: dirt on the glass, a stroke of a signature."""
    return word.confidence < _DOUBTED and not any(char.isalnum() for char in word.text)


def _doubted(words: Sequence[Recognised]) -> tuple[str, ...]:
    """The words that nowhere on the page were read surely, and the numbers that somewhere were not: a slip seldom
    spells a word that stands there too, but often a number."""
    parts = [(part, _unsure(word)) for word in words for part in word.text.split()]
    sure = {part for part, unsure in parts if not unsure and not any(map(str.isdigit, part))}
    return tuple(dict.fromkeys(part for part, unsure in parts if unsure and part not in sure))


def _unsure(word: Recognised) -> bool:
    """Whether the recogniser doubts a word, or it is a word of small letters that Vietnamese does not spell.

    Names of other languages are doubted with the slips: a reader looks at the picture and sees.
    """
    letters = word.text.strip(_AROUND)
    spelt = not letters.isalpha() or letters.isupper() or len(letters) < _SHORT_CHARS or is_syllable(letters)
    return word.confidence < _UNSURE or (not spelt and " " not in letters)


def _words(found: Sequence[Recognised], scale: float) -> tuple[Word, ...]:
    return tuple(Word(text=word.text, box=word.box.scaled(scale)) for word in found)


def _confidence(words: Sequence[Recognised]) -> float:
    """The mean over characters; 0.0 for a page without any."""
    letters = sum(len(word.text) for word in words)
    return round(sum(word.confidence * len(word.text) for word in words) / letters, 3) if letters else 0.0


def ruled(picture: Image.Image, dpi: float) -> list[Grid]:
    """The ruled tables in the picture of a page that stands upright, in pixels."""
    return grids(ink(np.asarray(picture.convert("L"))), dpi)
