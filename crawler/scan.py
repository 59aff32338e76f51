"""The picture of a page -> a Sheet: set upright, its ruled tables found, its letters recognised.

Cells are recognised apart from the running text: rules confuse a recogniser's search for lines, and a cell's lines
stand at other heights than its neighbour's. All cells of a page go to the recogniser as one tall picture, cell below
cell, since each start of the program costs more than a page's cells do.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from crawler.layout import Sheet, Table, Word, text_of
from crawler.ocr import Recognised, recognise
from crawler.ruling import Box, Cell, Grid, grids, rule_pixels
from crawler.skew import skew_degrees

DPI = 200.0
_SKEW_DPI = 100.0
_MIN_TURN_DEGREES = 0.1
_WHITE = 255
_CELL_GAP_IN = 0.12
_CELL_INSET_IN = 0.02
_POINTS_IN = 72.0
_DOUBTED = 0.7

Grey = NDArray[np.uint8]


def read_scan(picture: Image.Image, number: int, dpi: float = DPI) -> Sheet:
    """Read the picture of one page.

    picture: grey ("L") or colour; of colour only red is looked at, so that a red stamp over the letters vanishes.
    number: the page's, from 1. dpi: dots an inch.

    Raises:
        NoArticleError: the recogniser is missing, failed or took too long.
    """
    grey = picture if picture.mode == "L" else picture.convert("RGB").getchannel("R")
    upright = _upright(grey, dpi)
    shades = np.array(upright, dtype=np.uint8)
    dark = ink(shades)
    tables = grids(dark, dpi)
    shades[_widened(rule_pixels(dark, dpi))] = _WHITE
    cells = [(grid, cell) for grid in tables for cell in grid.cells]
    in_cells = _recognised_cells(shades, [cell for _, cell in cells], dpi)
    for grid in tables:
        shades[_pixels(grid.box)] = _WHITE
    words = [word for word in recognise(Image.fromarray(shades), dpi=dpi) if not _speck(word)]
    scale = _POINTS_IN / dpi
    texts = iter([text_of(_words(found, scale)) for found in in_cells])
    return Sheet(
        number=number,
        width=upright.width * scale,
        height=upright.height * scale,
        words=_words(words, scale),
        tables=tuple(Table(grid=grid.scaled(scale), texts=tuple(next(texts) for _ in grid.cells)) for grid in tables),
        confidence=_confidence([*words, *(word for found in in_cells for word in found)]),
    )


def ink(shades: Grey) -> NDArray[np.bool_]:
    """Which pixels are dark: darker than Otsu's threshold (N. Otsu, IEEE Trans. SMC 9, 1979) and no paler than 200."""
    counts = np.bincount(shades.ravel(), minlength=256).astype(np.float64)
    levels = np.arange(256)
    below, weighted = np.cumsum(counts), np.cumsum(counts * levels)
    total, mean = below[-1], weighted[-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (mean * below / total - weighted) ** 2 / (below * (total - below))
    threshold = int(np.nanargmax(np.where(np.isfinite(between), between, -1)))
    return shades <= min(threshold, 200)


def _upright(grey: Image.Image, dpi: float) -> Image.Image:
    share = _SKEW_DPI / dpi
    small = grey.resize((max(1, round(grey.width * share)), max(1, round(grey.height * share))))
    degrees = skew_degrees(ink(np.asarray(small)))
    if abs(degrees) < _MIN_TURN_DEGREES:
        return grey
    return grey.rotate(-degrees, resample=Image.Resampling.BICUBIC, fillcolor=_WHITE)


def _widened(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """With the pixels around: a rule's soft edges are as dark as thin letters."""
    wide = mask.copy()
    for shift in (1, 2):
        wide[shift:] |= mask[:-shift]
        wide[:-shift] |= mask[shift:]
        wide[:, shift:] |= mask[:, :-shift]
        wide[:, :-shift] |= mask[:, shift:]
    return wide


def _pixels(box: Box, inset: int = 0) -> tuple[slice, slice]:
    return (
        slice(max(0, round(box.top) + inset), max(0, round(box.bottom) - inset)),
        slice(max(0, round(box.left) + inset), max(0, round(box.right) - inset)),
    )


def _recognised_cells(shades: Grey, cells: Sequence[Cell], dpi: float) -> list[list[Recognised]]:
    """The words of each cell, with boxes as they stand in the tall picture (only their order matters)."""
    crops = [shades[_pixels(cell.box, round(_CELL_INSET_IN * dpi))] for cell in cells]
    gap = round(_CELL_GAP_IN * dpi)
    filled = [index for index, crop in enumerate(crops) if crop.size and bool((crop < 128).any())]
    result: list[list[Recognised]] = [[] for _ in cells]
    if not filled:
        return result
    height = sum(crops[index].shape[0] + gap for index in filled) + gap
    width = max(crops[index].shape[1] for index in filled) + 2 * gap
    tall = np.full((height, width), _WHITE, dtype=np.uint8)
    tops: list[int] = []
    top = gap
    for index in filled:
        crop = crops[index]
        tall[top : top + crop.shape[0], gap : gap + crop.shape[1]] = crop
        tops.append(top)
        top += crop.shape[0] + gap
    for word in recognise(Image.fromarray(tall), dpi=dpi, one_block=True):
        place = int(np.searchsorted(tops, word.box.middle + gap / 2, side="right")) - 1
        result[filled[max(place, 0)]].append(word)
    return result


def _speck(word: Recognised) -> bool:
    """A mark without letter or digit that the recogniser itself doubts: dirt on the glass, a stroke of a signature."""
    return word.confidence < _DOUBTED and not any(char.isalnum() for char in word.text)


def _words(found: Sequence[Recognised], scale: float) -> tuple[Word, ...]:
    return tuple(Word(text=word.text, box=word.box.scaled(scale)) for word in found)


def _confidence(words: Sequence[Recognised]) -> float:
    """The mean over characters; 0.0 for a page without any."""
    letters = sum(len(word.text) for word in words)
    return round(sum(word.confidence * len(word.text) for word in words) / letters, 3) if letters else 0.0


def ruled(picture: Image.Image, dpi: float) -> list[Grid]:
    """The ruled tables in the picture of a page that stands upright, in pixels."""
    return grids(ink(np.asarray(picture.convert("L"))), dpi)
