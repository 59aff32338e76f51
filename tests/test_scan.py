"""Pages as pictures: the angle they lie at, the tables ruled on them, what the recogniser's table says."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from crawler.documents.ocr import words_of_tsv
from crawler.documents.ruling import Box, grids
from crawler.documents.scan import ink
from crawler.documents.skew import skew_degrees

DPI = 200.0


def printed_page(degrees: float) -> NDArray[np.bool_]:
    """Forty lines of print as bars of differing length, turned counter-clockwise; True where dark."""
    page = Image.new("L", (827, 1169), 255)
    draw = ImageDraw.Draw(page)
    lengths = np.random.default_rng(5).integers(200, 620, size=40)
    for line, length in enumerate(lengths.tolist()):
        for x in range(100, 100 + length, 9):
            draw.rectangle((x, 100 + 24 * line, x + 5, 108 + 24 * line), fill=0)
    turned = page.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    return np.asarray(turned) < 128


@pytest.mark.parametrize("degrees", [-5.0, -2.0, -0.35, 0.0, 0.8, 2.0, 4.6])
def test_the_angle_is_found(degrees: float) -> None:
    assert skew_degrees(printed_page(degrees)) == pytest.approx(degrees, abs=0.1)


def test_dirt_does_not_change_the_angle() -> None:
    page = printed_page(3.0)
    page |= np.random.default_rng(6).random(page.shape) < 0.005
    assert skew_degrees(page) == pytest.approx(3.0, abs=0.1)


def test_a_blank_page_has_no_angle() -> None:
    assert skew_degrees(np.zeros((1169, 827), dtype=np.bool_)) == 0.0


def ruled(*lines: tuple[int, int, int, int], width: int = 2) -> NDArray[np.bool_]:
    page = Image.new("L", (1000, 800), 255)
    draw = ImageDraw.Draw(page)
    for line in lines:
        draw.line(line, fill=0, width=width)
    return np.asarray(page) < 128


FRAME = ((100, 100, 900, 100), (100, 200, 900, 200), (100, 300, 900, 300), (100, 400, 900, 400))
POSTS = ((100, 100, 100, 400), (900, 100, 900, 400))


def test_a_grid_of_three_rows_and_two_columns() -> None:
    (grid,) = grids(ruled(*FRAME, *POSTS, (400, 100, 400, 400)), DPI)
    assert (grid.rows, grid.columns, len(grid.cells)) == (3, 2, 6)
    cell = grid.cells[3]
    assert (cell.row, cell.column, cell.rows, cell.columns) == (1, 1, 1, 1)
    for found, drawn in zip(
        (cell.box.left, cell.box.top, cell.box.right, cell.box.bottom), (400, 200, 900, 300), strict=True
    ):
        assert found == pytest.approx(drawn, abs=3)


def test_missing_rules_make_cells_that_span() -> None:
    short = (400, 200, 900, 200)  # the first column has no rule between its first two rows
    (grid,) = grids(ruled(FRAME[0], short, FRAME[2], FRAME[3], *POSTS, (400, 100, 400, 300)), DPI)
    assert [(cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells] == [
        (0, 0, 2, 1),
        (0, 1, 1, 1),
        (1, 1, 1, 1),
        (2, 0, 1, 2),
    ]


def test_two_tables_are_two_and_what_is_no_table_is_none() -> None:
    below = tuple(
        (x0, y0 + 380, x1, y1 + 380) for x0, y0, x1, y1 in (*FRAME[:2], (100, 100, 100, 200), (900, 100, 900, 200))
    )
    second = (*below, (500, 480, 500, 580))
    found = grids(ruled(*FRAME, *POSTS, *second), DPI)
    assert [(grid.rows, grid.columns) for grid in found] == [(3, 1), (1, 2)]
    assert grids(ruled((100, 100, 900, 100)), DPI) == []
    assert grids(ruled(*FRAME[:2], (100, 100, 100, 200), (900, 100, 900, 200)), DPI) == []  # a frame
    assert grids(np.zeros((800, 1000), dtype=np.bool_), DPI) == []
    assert grids(np.ones((800, 1000), dtype=np.bool_), DPI) == []


def test_a_header_row_filled_with_colour_is_a_row() -> None:
    page = ruled(*FRAME[1:], (100, 200, 100, 400), (900, 200, 900, 400), (400, 200, 400, 400))
    page[100:200, 100:900] = True
    (grid,) = grids(page, DPI)
    assert (grid.rows, grid.columns) == (3, 2)
    assert grid.box.top == pytest.approx(100, abs=3)


def test_a_broken_rule_is_one_rule() -> None:
    gap = ((100, 200, 500, 200), (504, 200, 900, 200))
    (grid,) = grids(ruled(FRAME[0], *gap, FRAME[2], FRAME[3], *POSTS, (400, 100, 400, 400)), DPI)
    assert (grid.rows, grid.columns, len(grid.cells)) == (3, 2, 6)


def test_ink_is_what_is_darker_than_the_paper() -> None:
    shades = np.full((50, 50), 230, dtype=np.uint8)
    shades[10:20, 10:20] = 90
    assert int(ink(shades).sum()) == 100
    assert not ink(np.full((50, 50), 250, dtype=np.uint8)).any()


def test_the_words_of_the_recognisers_table() -> None:
    table = (
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
        "1\t1\t0\t0\t0\t0\t0\t0\t900\t800\t-1\t\n"
        '5\t1\t1\t1\t1\t1\t10\t20\t30\t12\t96.5\t"Xã\n'
        "5\t1\t1\t1\t1\t2\t50\t20\t60\t12\t88\tKheGiang\n"
        "5\t1\t1\t1\t1\t3\t120\t20\t30\t12\t-1\t3sao\n"
        "5\t1\t1\t1\t1\t4\t160\t20\t30\t12\t70\tTTr-SNNMT\n"
        "5\t1\t1\t1\t1\t5\t190\t20\t30\t12\t70\t \n"
    )
    words = words_of_tsv(table)
    assert [(word.text, word.confidence) for word in words] == [
        ('"Xã', 0.965),
        ("Khe Giang", 0.88),
        ("3 sao", 0.0),
        ("TTr-SNNMT", 0.7),
    ]
    assert words[1].box == Box(left=50, top=20, right=110, bottom=32)
