"""The catalogue against a plain loop over its records: filters, facets, order, pages, files."""

import tracemalloc
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.invented_products import Invented, invent
from index.catalogue.catalogue import Catalogue
from index.catalogue.decision_query import DecisionQuery
from index.catalogue.product_columns import former_province
from index.catalogue.product_query import Map, ProductQuery, ProductSort
from index.catalogue.whereabouts import place_today
from index.decisions.decision import Change
from index.law.address import asked_number
from index.period import first_day, last_day
from index.places.provinces import PROVINCES, slug
from index.places.spelling import lacks_only_marks
from index.products.expiry import HELD, state
from index.products.product import Product, ProductState, Recognition, Status
from index.text import strip_marks, syllables
from web.exports import csv_bytes
from web.products import products_table

Value = TypeVar("Value")
ON = date(2026, 11, 29)
STATUSES: tuple[Status, ...] = (
    "valid",
    "renewing",
    "late",
    "undetermined",
    "expired",
    "withdrawn",
    "unknown",
    "not_yet",
)


@pytest.fixture(scope="module")
def invented() -> Invented:
    return invent(200, seed=3)


class Held:
    """A catalogue with the records it was made of, and what the plain loop asks of each again and again."""

    def __init__(self, catalogue: Catalogue, invented: Invented) -> None:
        self.catalogue = catalogue
        self.products = invented.products
        self.decisions = {one.key: one for one in invented.decisions}
        numbers = {key: one.best.number.label for key, one in self.decisions.items()}
        self.words = {one.key: words_in(searched(one, numbers)) for one in self.products}
        self.state = lru_cache(maxsize=None)(lambda place, on: state(self.products[place], on))


@pytest.fixture(scope="module")
def held(catalogue: Catalogue, invented: Invented) -> Held:
    return Held(catalogue, invented)


@pytest.fixture(scope="module")
def catalogue(invented: Invented, tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("generation")
    Catalogue.of(invented.decisions, invented.products).write(folder)
    return Catalogue.open(folder)


def keys(catalogue: Catalogue, query: ProductQuery) -> list[str]:
    return [one.key for one in catalogue.products.read(catalogue.products.find(query).rows)]


# The plain definition.
def words_in(texts: list[str | None]) -> list[str]:
    words = [word for text in texts if text for word in syllables(text)]
    return words + [word.partition("/")[0] for word in words if word[0].isdigit() and "/" in word]


def words_fit(asked: str, words: list[str]) -> bool:
    typed = syllables(asked)
    return all(
        any(
            strip_marks(one) == strip_marks(word[: len(one)])
            and lacks_only_marks(one, word[: len(one)])
            and (len(word) == len(one) or place == len(typed) - 1)
            for word in words
        )
        for place, one in enumerate(typed)
    )


def searched(product: Product, numbers: dict[str, str]) -> list[str | None]:
    places = [PROVINCES[key] for key in (product.province, product.province_today) if key]
    return [
        *product.names,
        product.producer,
        product.group,
        product.commune,
        product.district,
        *(name for place in places for name in (place.name, place.today)),
        *(numbers[one.decision] for one in product.history),
    ]


def line_fits(held: Held, one: Recognition, query: ProductQuery) -> bool:
    """Whether a line is within all filters of lines."""
    recognises = not one.withdrawn and one.corrected_by is None
    begin, end = query.recognised_from, query.recognised_to
    decision = held.decisions[one.decision].best
    asked = None if query.decision is None else asked_number(query.decision)
    return (
        (not (begin or end) or (recognises and one.on is not None))
        and (begin is None or last_day(one.on or "") >= first_day(begin))
        and (end is None or first_day(one.on or "") <= last_day(end))
        and (not query.changes or (recognises and one.change in query.changes))
        and (asked is None or decision.number.matches(asked))
        and (query.reported is None or decision.reported == query.reported)
    )


def fits(held: Held, place: int, query: ProductQuery) -> bool:
    product, told = held.products[place], held.state(place, query.on)
    of_lines = query.recognised_from or query.recognised_to or query.changes or query.decision
    today = {PROVINCES[key].today_key for key in query.provinces}
    doubtful = product.doubtful or any(doubt != "reported" for one in product.history for doubt in one.row.doubts)
    return (
        words_fit(query.q, held.words[product.key])
        and words_fit(query.producer, words_in([product.producer]))
        and (
            not query.provinces
            or (former_province(product) in query.provinces if query.by == "then" else product.province_today in today)
        )
        and (not query.stars or star_held(told) in query.stars)
        and (not query.statuses or told.status in query.statuses)
        and (not query.groups or slug(product.group or "") in query.groups)
        and (query.expires_from is None or (told.expires is not None and told.expires >= query.expires_from))
        and (query.expires_to is None or (told.expires is not None and told.expires <= query.expires_to))
        and (
            not (of_lines or query.reported is not None) or any(line_fits(held, one, query) for one in product.history)
        )
        and (query.doubtful is None or query.doubtful == bool(doubtful))
    )


def star_held(told: ProductState) -> int:
    return (told.star or 0) if told.status in HELD else 0


YEARS = st.sampled_from(["2019", "2021-06", "2023", "2024-02-29", "2025-07", "2026"])
DAYS = st.dates(date(2020, 1, 1), date(2029, 12, 31))
CHANGES: tuple[Change, ...] = ("new", "upgraded", "renewed")


def some(*values: Value) -> st.SearchStrategy[tuple[Value, ...]]:
    """None of the values mostly, else one or two."""
    return st.just(()) | st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


QUERIES = st.builds(
    ProductQuery,
    on=DAYS,
    q=st.sampled_from(["", "", "", "mat ong", "cà phê ra", "nguyễn", "QĐ", "ha noi", "thuc pham", "đặc sả"]),
    producer=st.sampled_from(["", "", "", "hợp tác xã", "cong ty tnhh", "trần"]),
    provinces=some("nam-dinh", "ninh-binh", "ha-noi", "ben-tre", "gia-lai"),
    by=st.sampled_from(["then", "today"]),
    stars=some(0, 3, 4, 5),
    statuses=some(*STATUSES),
    groups=some("do-uong", "thuc-pham", "khong-co"),
    expires_from=st.none() | DAYS,
    expires_to=st.none() | DAYS,
    recognised_from=st.none() | YEARS,
    recognised_to=st.none() | YEARS,
    changes=some(*CHANGES),
    reported=st.none() | st.booleans(),
    doubtful=st.none() | st.booleans(),
    limit=st.none(),
)


@settings(max_examples=60, deadline=None)
@given(query=QUERIES, year=st.integers(2018, 2027))
def test_filters_and_facets_are_those_of_a_plain_loop(held: Held, query: ProductQuery, year: int) -> None:
    found = held.catalogue.products.find(query)
    everyone = range(len(held.products))
    wanted = {held.products[place].key for place in everyone if fits(held, place, query)}
    assert set(keys(held.catalogue, query)) == wanted
    assert found.total == len(wanted) == len(found.rows)

    def plain(values: list[str], other: ProductQuery) -> dict[str, int]:
        return dict(Counter(value for place, value in enumerate(values) if fits(held, place, other)))

    def counts(facet: str) -> dict[str, int]:
        return {one.value: one.count for one in found.facets[facet]}

    places = [former_province(one) if query.by == "then" else one.province_today for one in held.products]
    states = [held.state(place, query.on) for place in everyone]
    assert counts("province") == plain([key or "" for key in places], replace(query, provinces=()))
    assert counts("star") == plain([str(star_held(one)) for one in states], replace(query, stars=()))
    assert counts("status") == plain([one.status for one in states], replace(query, statuses=()))
    assert counts("group") == plain([slug(one.group or "") for one in held.products], replace(query, groups=()))
    of_year = replace(query, recognised_from=str(year), recognised_to=str(year))
    assert counts("year").get(str(year), 0) == sum(fits(held, place, of_year) for place in everyone)


@pytest.mark.parametrize("sort", ["name", "producer", "province", "group", "star", "status", "recognised", "expires"])
@pytest.mark.parametrize("descending", [False, True])
def test_pages_of_any_order_hold_every_product_once(catalogue: Catalogue, sort: ProductSort, descending: bool) -> None:
    query = ProductQuery(on=ON, sort=sort, descending=descending, limit=None)
    whole = catalogue.products.find(query).rows.tolist()
    assert sorted(whole) == list(range(len(catalogue.products)))
    pages = [
        catalogue.products.find(replace(query, limit=70, offset=offset)).rows.tolist() for offset in (0, 70, 140, 210)
    ]
    assert [row for page in pages for row in page] == whole


def test_what_has_no_day_comes_last_in_either_direction(catalogue: Catalogue) -> None:
    for descending in (False, True):
        query = ProductQuery(on=ON, sort="expires", descending=descending, limit=None)
        days = [state(one, ON).expires for one in catalogue.products.read(catalogue.products.find(query).rows)]
        known = [day for day in days if day is not None]
        assert known == sorted(known, reverse=descending)
        assert 0 < len(known) < len(days)
        assert all(day is None for day in days[len(known) :])


def renamed(product: Product, **changes: str | None) -> Product:
    return replace(product, **changes)  # type: ignore[arg-type]


def test_names_are_in_the_order_of_the_vietnamese_alphabet(invented: Invented) -> None:
    names = ["Dừa", "Đào", "da", "dạ", "dà", "đa", "Ăn", "an", "âm", "Zê", "chanh 9", "chanh 10", "chả"]
    products = [
        renamed(invented.products[0], key=f"k{place}", name=name, producer=None) for place, name in enumerate(names)
    ]
    made = Catalogue.of((), products)
    rows = made.products.find(ProductQuery(on=ON)).rows
    assert [one.name for one in made.products.read(rows)] == [
        "an", "Ăn", "âm", "chả", "chanh 10", "chanh 9", "da", "dà", "dạ", "Dừa", "đa", "Đào", "Zê",
    ]  # fmt: skip


def test_a_place_is_found_under_its_names_of_then_and_now(invented: Invented) -> None:
    first = invented.products[0]
    hai_hung = renamed(
        first, key="a", commune="xã Hải Long", district="huyện Hải Hậu", province="nam-dinh", province_today="ninh-binh"
    )
    later = replace(
        renamed(first, key="b", commune="xã Hải Tiến", district=None, province="ninh-binh", province_today="ninh-binh"),
        history=(replace(first.history[0], on="2025-09-12"),),
    )
    made = Catalogue.of((), [hai_hung, later])
    (commune,) = place_today("xã Hải Long", "huyện Hải Hậu", "nam-dinh").communes

    def found(by: Map = "then", **asked: str | tuple[str, ...]) -> list[str]:
        return keys(made, ProductQuery(on=ON, by=by, **asked))  # type: ignore[arg-type]

    assert found(commune="xã Hải Long") == found(commune=commune) == ["a"]
    assert found(commune="thị trấn Hải Long") == []
    assert found(district="Hải Hậu") == found(district="H. hải hậu") == ["a"]
    assert found(district="thị xã Hải Hậu") == []
    # What was recognised since the merger is of the former province that its commune tells.
    assert found(provinces=("nam-dinh",)) == ["a", "b"]
    assert found(provinces=("ninh-binh",)) == []
    assert found(q="nam dinh") == found(q="ninh binh") == ["a", "b"]
    assert found("today", provinces=("ninh-binh",)) == found("today", provinces=("ha-nam",)) == ["a", "b"]


def test_equal_records_give_equal_files_in_whatever_order_they_come(invented: Invented, tmp_path: Path) -> None:
    Catalogue.of(invented.decisions, invented.products).write(tmp_path / "one")
    Catalogue.of(invented.decisions[::-1], invented.products[::-1]).write(tmp_path / "other")

    def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
        for path in sorted(folder.rglob("*.npy")):
            yield path.relative_to(folder).as_posix(), path.read_bytes()

    assert dict(contents(tmp_path / "one")) == dict(contents(tmp_path / "other"))


def test_records_come_back_whole(catalogue: Catalogue, invented: Invented) -> None:
    rows = [catalogue.products.row(one.key) for one in invented.products]
    assert list(catalogue.products.read(row for row in rows if row is not None)) == list(invented.products)
    places = [catalogue.decisions.row(one.key) for one in invented.decisions]
    assert list(catalogue.decisions.read(row for row in places if row is not None)) == list(invented.decisions)
    assert catalogue.products.row("không có") is None


def test_decisions_by_number_place_year_and_words(catalogue: Catalogue, invented: Invented) -> None:
    first = invented.decisions[0]

    def found(**asked: object) -> set[str]:
        rows = catalogue.decisions.find(DecisionQuery(limit=None, **asked)).rows  # type: ignore[arg-type]
        return {one.key for one in catalogue.decisions.heads(rows)}

    assert found() == {one.key for one in invented.decisions}
    number = first.best.number
    same = {one.key for one in invented.decisions if one.best.number.matches(number)}
    assert found(number=number.label) == found(number=number.number) == same >= {first.key}
    assert found(number=first.key) == {first.key}
    assert found(q=number.number[:2]) >= {
        one.key for one in invented.decisions if one.best.number.number.startswith(number.number[:2])
    }
    assert found(issued_from="2024", issued_to="2024") == {
        one.key for one in invented.decisions if (one.best.issued or "").startswith("2024")
    }
    assert found(acts=("replaces",)) == {
        one.key for one in invented.decisions if any(act.act == "replaces" for act in one.best.acts)
    }
    assert found(reported=True) == {one.key for one in invented.decisions if one.best.reported}
    assert found(provinces=("nam-dinh",), by="today") == {
        one.key for one in invented.decisions if PROVINCES[one.best.place or ""].today_key == "ninh-binh"
    }


def test_a_catalogue_of_nothing_is_asked_in_vain(tmp_path: Path) -> None:
    Catalogue.of((), ()).write(tmp_path)
    empty = Catalogue.open(tmp_path)
    assert empty.products.find(ProductQuery(on=ON, q="cà phê")).total == 0
    assert empty.decisions.find(DecisionQuery(number="1287/QĐ-UBND")).total == 0
    assert len(empty.products) == len(empty.decisions) == 0


def test_a_file_of_all_products_is_made_one_product_at_a_time() -> None:
    invented = invent(1_200, seed=5)
    made = Catalogue.of(invented.decisions, invented.products)

    def peak(limit: int | None) -> tuple[int, int]:
        """Bytes sent, and the most that was held at once, in bytes."""
        tracemalloc.start()
        try:
            sent = sum(len(piece) for piece in csv_bytes(products_table(made, ProductQuery(on=ON, limit=limit))))
            return sent, tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(None)  # fills what is remembered of places and days
    few, many = peak(500), peak(None)
    assert many[0] > 2 * few[0]
    assert many[1] < few[1] + 128 * 1024


def test_a_decision_since_the_merger_is_found_by_every_part_of_its_province(invented: Invented) -> None:
    first = invented.decisions[0]
    told = replace(first.best, place="can-tho", place_read=None, issuer=None)
    later = replace(first, key="later", told=(replace(told, issued="2026-01-05"),))
    before = replace(first, key="before", told=(replace(told, issued="2024-01-05"),))
    made = Catalogue.of([later, before], ())

    def found(q: str) -> set[str]:
        return {one.key for one in made.decisions.heads(made.decisions.find(DecisionQuery(q=q, limit=None)).rows)}

    assert found("hậu giang") == found("soc trang") == {"later"}
    assert found("cần thơ") == {"later", "before"}
