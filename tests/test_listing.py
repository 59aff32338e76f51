"""Addresses of lists, pages of them, and where bars go."""

from datetime import date
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget.chart import LONGEST_PERCENT, Bar, Group, draw
from widget.labels import day_label, document_link
from widget.listing import PAGE_ROWS, address, pager

PAIRS = (("q", "cà phê"), ("star", "4"), ("star", "5"), ("sort", "name"), ("order", "asc"), ("offset", "100"))


def pairs_of(href: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(href).query)


def test_a_changed_filter_begins_on_the_first_page_and_keeps_the_rest() -> None:
    at = address("/san-pham", PAIRS)
    assert pairs_of(at.to("province", "nam-dinh")) == [*PAIRS[:5], ("province", "nam-dinh")]
    assert pairs_of(at.to("star", 3)) == [PAIRS[0], *PAIRS[3:5], ("star", "3")]
    assert pairs_of(at.to("star")) == [PAIRS[0], *PAIRS[3:5]]
    assert pairs_of(at.page(1)) == list(PAIRS[:5])
    assert pairs_of(at.page(3)) == [*PAIRS[:5], ("offset", str(2 * PAGE_ROWS))]
    assert pairs_of(at.file("/api/products", "csv")) == [*PAIRS[:5], ("format", "csv")]
    assert address("/san-pham", [("q", "")]).to("") == "/san-pham"


def test_a_column_sorts_the_other_way_the_second_time() -> None:
    at = address("/san-pham", PAIRS, by="name")
    assert (at.sorted_by("name"), at.sorted_by("star")) == ("ascending", None)
    assert dict(pairs_of(at.sort("name")))["order"] == "desc"
    assert dict(pairs_of(at.sort("star"))) == {"q": "cà phê", "star": "5", "sort": "star", "order": "asc"}
    unsaid = address("/quyet-dinh", [], by="issued", way="descending")
    assert unsaid.sorted_by("issued") == "descending"
    assert dict(pairs_of(unsaid.sort("issued"))) == {"sort": "issued", "order": "asc"}


@given(st.integers(0, 10_000), st.integers(0, 20_000))
def test_pages_hold_every_row_once(total: int, offset: int) -> None:
    at = pager(offset, total)
    assert 1 <= at.number <= at.count
    assert 0 <= at.last - at.offset <= PAGE_ROWS
    pages = [pager((number - 1) * PAGE_ROWS, total) for number in range(1, at.count + 1)]
    assert sum(page.last - page.offset for page in pages) == total
    shown = [number for number in at.numbers if number is not None]
    assert shown == sorted(set(shown))
    assert {1, at.number, at.count} <= set(shown)
    gaps = [after - before for before, after in pairwise(shown)]
    assert (None in at.numbers) == any(gap > 1 for gap in gaps)


def bar(value: float) -> Bar:
    return Bar(date="2020", value=value, text=str(value), planned=False, href="/bai/1", quote=None)


@given(st.lists(st.lists(st.floats(0, 1e9, allow_nan=False), max_size=4), max_size=5))
def test_bars_are_to_one_scale_and_lie_apart(values: list[list[float]]) -> None:
    groups = [Group(name=str(number), today=None, bars=tuple(map(bar, one))) for number, one in enumerate(values)]
    chart = draw(groups)
    told = [value for one in values for value in one]
    drawn = [row for row in chart.rows if row.bar is not None]
    assert chart.bars == len(drawn) == len(told)
    most = max(told, default=0.0)
    for row, value in zip(drawn, told, strict=True):
        assert row.percent == pytest.approx(LONGEST_PERCENT * value / most if most > 0 else 0.0, abs=0.006)
    tops = [row.y for row in chart.rows]
    assert all(after - before >= 20 for before, after in pairwise(tops))
    assert not tops or chart.height > tops[-1]


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (None, ""),
        ("2020", "2020"),
        ("2020-06", "06/2020"),
        ("2020-06-12T08:00", "12/06/2020"),
        (date(2026, 1, 5), "05/01/2026"),
    ],
)
def test_days_in_tables(day: date | str | None, label: str) -> None:
    assert day_label(day) == label


def test_a_document_of_law_has_an_address_by_its_number() -> None:
    assert document_link("26/2026/QĐ-TTg") == "/van-ban/26/2026/Q%C4%90-TTg"
