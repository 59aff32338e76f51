"""Every filter against its plain definition over the passages."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.article import Kind
from index.facets import Facets
from index.filters import Filters
from index.law.statements import Statement
from index.places.territory import Territory, former_territory
from index.traits import Traits, number_of
from tests.faceted import PLAIN, law_of, left, number_called, sieve_of, stated

DAY = date(2024, 5, 1)
# Of one province today: Ninh Bình, Hà Nam, Nam Định. Of another: An Giang, Kiên Giang. One that was not merged.
PROVINCES = ("ninh-binh", "ha-nam", "nam-dinh", "an-giang", "kien-giang", "cao-bang")
TODAY = {
    "ninh-binh": {"ninh-binh", "ha-nam", "nam-dinh"},
    "an-giang": {"an-giang", "kien-giang"},
    "cao-bang": {"cao-bang"},
}
HAI_HAU, AN_GIANG, KIEN_GIANG = (
    "nam-dinh/huyen-hai-hau",
    "an-giang/huyen-chau-thanh",
    "kien-giang/huyen-chau-thanh",
)
EITHER, TIEN_GIANG = f"{AN_GIANG}|{KIEN_GIANG}", "tien-giang/huyen-chau-thanh"
KINDS: tuple[Kind, ...] = get_args(Kind)
NUMBERS = ("148||QĐ|TTG", "148|2023|QĐ|UBND", "148||QĐ|", "26|2026|QĐ|TTG", "14||QĐ|TTG", "1048||QĐ|TTG")
DATES = (None, "2019", "2024-05", "2024-05-01", "2025", "2025-06-30T23:59", "2025-07-01", "2026-02")
HEADINGS = ("", "Điều 7, khoản 2", "Điều 7, khoản 20", "Phụ lục II", "Phụ lục II, Điều 7", "Mục tiêu › Nguồn lực")
SOURCES = (
    ("Báo Gạo", "gao.example"),
    ("Báo Gạo", ""),
    ("Sở Mới", "so.gov.example"),
    ("Báo Gạo Mới", "moi.gao.example"),
)


def several(values: Sequence[str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


@st.composite
def passages(draw: st.DrawFn) -> list[Facets]:
    found: list[Facets] = []
    for _ in range(draw(st.integers(0, 12))):
        source, host = draw(st.sampled_from(SOURCES))
        documents = draw(several(NUMBERS, 2))
        traits = Traits(
            source=source,
            host=host,
            documents=documents,
            numbers=(*documents, *draw(several(NUMBERS, 1))),
            stars=tuple(sorted(draw(st.sets(st.integers(1, 5), max_size=2)))),
            districts=draw(several((HAI_HAU, AN_GIANG, KIEN_GIANG, EITHER), 2)),
        )
        found.append(
            Facets(
                article_id=draw(st.sampled_from("abcd")) * 16,
                heading=draw(st.sampled_from(HEADINGS)),
                kind=draw(st.sampled_from(KINDS)),
                provinces=draw(several(PROVINCES)),
                date=draw(st.sampled_from(DATES)),
                traits=traits,
            )
        )
    return found


def where(rows: Sequence[Facets], test: Callable[[Facets], bool]) -> set[int]:
    return {place for place, facets in enumerate(rows) if test(facets)}


def provinces_of(facets: Facets) -> set[str]:
    """A passage is about the provinces it names, and those of the districts it names where no doubt is left."""
    of_districts = {key.partition("/")[0] for key in facets.traits.districts if "|" not in key}
    return {*facets.provinces, *of_districts}


def days_of(iso: str) -> tuple[date, date]:
    day = iso.partition("T")[0]
    first = date.fromisoformat(day + "-01" * (2 - day.count("-")))
    if day.count("-") == 2:
        return first, first
    after = first.replace(year=first.year + 1) if "-" not in day else (first + timedelta(days=31)).replace(day=1)
    return first, after - timedelta(days=1)


@given(passages(), st.lists(st.sampled_from(KINDS), unique=True).map(tuple))
@settings(deadline=None, max_examples=30)
def test_kinds(rows: list[Facets], kinds: tuple[Kind, ...]) -> None:
    assert left(rows, Filters(kinds=kinds)) == where(rows, lambda facets: facets.kind in kinds)


@given(passages(), st.sampled_from(PROVINCES))
@settings(deadline=None, max_examples=60)
def test_a_province_of_today_is_all_its_parts_and_a_former_one_its_own_and_the_whole_since(
    rows: list[Facets], asked: str
) -> None:
    def about(facets: Facets) -> bool:
        named = provinces_of(facets)
        if asked in TODAY:
            return bool(named & TODAY[asked])
        today = next(today for today, parts in TODAY.items() if asked in parts)
        since = facets.date is not None and days_of(facets.date)[1] >= date(2025, 7, 1)
        return asked in named or (today in named and since)

    assert left(rows, Filters(provinces=(asked,))) == where(rows, about)


@given(passages(), several(PROVINCES))
@settings(deadline=None, max_examples=30)
def test_former_provinces_alone_and_just_what_is_named(rows: list[Facets], keys: tuple[str, ...]) -> None:
    named = tuple(Territory.named(key) for key in keys)
    assert left(rows, Filters(provinces=named)) == where(rows, lambda facets: bool(provinces_of(facets) & {*keys}))
    former = left(rows, Filters(provinces=(former_territory("ninh-binh"),)))
    assert former == where(rows, lambda facets: "ninh-binh" in provinces_of(facets))


@given(passages(), several((HAI_HAU, AN_GIANG, KIEN_GIANG, TIEN_GIANG), 4))
@settings(deadline=None, max_examples=60)
def test_a_mention_that_may_be_another_district_counts_only_where_all_it_may_be_are_asked_for(
    rows: list[Facets], districts: tuple[str, ...]
) -> None:
    def names(facets: Facets) -> bool:
        return any({*mention.split("|")} <= {*districts} for mention in facets.traits.districts)

    assert left(rows, Filters(districts=districts)) == where(rows, names)


@given(passages(), st.sampled_from(("2019", "2024-05-01", "2024-05-02", "2025-06", "2025-07-01")))
@settings(deadline=None, max_examples=60)
def test_dates(rows: list[Facets], day: str) -> None:
    first, last = days_of(day)
    later = where(rows, lambda facets: facets.date is not None and days_of(facets.date)[1] >= first)
    earlier = where(rows, lambda facets: facets.date is not None and days_of(facets.date)[0] <= last)
    assert left(rows, Filters(date_from=day)) == later
    assert left(rows, Filters(date_to=day)) == earlier
    assert left(rows, Filters(date_from=day, date_to=day)) == later & earlier


@given(passages(), st.sets(st.integers(1, 5), max_size=3))
@settings(deadline=None, max_examples=30)
def test_stars(rows: list[Facets], stars: set[int]) -> None:
    expected = where(rows, lambda facets: bool(stars & {*facets.traits.stars}))
    assert left(rows, Filters(stars=tuple(stars))) == expected


@given(passages(), st.sampled_from(("148/QĐ-TTg", "QĐ 148", "148", "148/2023", "26/2026/QĐ-TTg", "QĐ 14", "NQ 148")))
@settings(deadline=None, max_examples=60)
def test_numbers(rows: list[Facets], asked: str) -> None:
    number = number_called(asked)
    expected = where(rows, lambda facets: any(number_of(key).matches(number) for key in facets.traits.numbers))
    assert left(rows, Filters(numbers=(number,))) == expected


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Báo Gạo", {0, 1}),
        ("bao  gao", {0, 1}),
        ("gao.example", {0, 3}),
        ("www.gao.example", {0, 3}),
        ("https://moi.gao.example/tin/1", {3}),
        ("ao.example", set()),
        ("SỞ MỚI", {2}),
        ("Báo", set()),
        ("", set()),
    ],
)
def test_sources(asked: str, meant: set[int]) -> None:
    rows = [replace(PLAIN, traits=Traits(source=name, host=host)) for name, host in SOURCES]
    assert left(rows, Filters(sources=(asked,))) == meant


@given(passages(), st.sampled_from(("Điều 7", "điều 7, khoản 2", "Khoản 2", "Nguồn lực", "Điều 8", "Phụ lục II")))
@settings(deadline=None, max_examples=30)
def test_headings_articles_and_appendices(rows: list[Facets], heading: str) -> None:
    parts = heading.lower().split(", ")

    def under(facets: Facets) -> bool:
        own = facets.heading.lower().replace(" › ", ", ").split(", ")
        return all(part in own for part in parts)

    assert left(rows, Filters(heading=heading)) == where(rows, under)
    assert left(rows, Filters(article_ids=("b" * 16, "x"))) == where(rows, lambda one: one.article_id == "b" * 16)
    assert left(rows, Filters(appendices=False)) == where(rows, lambda one: "Phụ lục" not in one.heading)


@given(
    passages(),
    st.dictionaries(st.sampled_from(NUMBERS), st.tuples(st.booleans(), st.integers(-2, 2), st.integers(-1, 3))),
)
@settings(deadline=None, max_examples=60)
def test_in_force(rows: list[Facets], days: dict[str, tuple[bool, int, int]]) -> None:
    told: list[Statement] = []
    for key, (known, begun, lasted) in days.items():
        if known:
            told.append(stated(key, "effective", DAY + timedelta(days=begun)))
        if lasted > 0:
            told.append(stated(key, "ended", DAY + timedelta(days=begun + lasted)))
    law = law_of(told)

    def states(facets: Facets) -> set[str]:
        return {law.state(number_of(key), DAY).status for key in facets.traits.documents}

    legal = where(rows, lambda facets: facets.kind != "news")
    held = legal & where(rows, lambda facets: "in_force" in states(facets))
    over = legal & where(rows, lambda facets: bool(states(facets)) and states(facets) <= {"lapsed", "not_yet"})
    assert left(rows, Filters(in_force=DAY), law) == held
    sieve = sieve_of(rows, law)
    assert sieve.allowed(Filters(in_force=DAY)).force_unknown == len(legal - held - over)
    assert sieve.allowed(Filters(in_force=DAY, kinds=("news",))).force_unknown == 0


def test_in_force_from_the_day_on_until_the_day_before_it_ends() -> None:
    law = law_of([stated(NUMBERS[0], "effective", DAY), stated(NUMBERS[0], "ended", DAY + timedelta(days=2))])
    rows = [replace(PLAIN, kind="regulation", traits=Traits(documents=(NUMBERS[0],)))]
    days = [DAY + timedelta(days=days) for days in range(-1, 4)]
    assert [left(rows, Filters(in_force=day), law) for day in days] == [set(), {0}, {0}, set(), set()]


@given(passages(), st.data())
@settings(deadline=None, max_examples=60)
def test_filters_together_are_all_of_them(rows: list[Facets], data: st.DataObject) -> None:
    alone: dict[str, Any] = {
        "kinds": ("news", "decision"),
        "provinces": ("ninh-binh",),
        "districts": (HAI_HAU,),
        "date_from": "2020",
        "date_to": "2025-06",
        "sources": ("Báo Gạo", "so.gov.example"),
        "stars": (4, 5),
        "numbers": (number_called("QĐ 148"),),
        "article_ids": ("a" * 16, "b" * 16),
        "heading": "Điều 7",
        "appendices": False,
    }
    names = data.draw(st.sets(st.sampled_from(sorted(alone)), min_size=2, max_size=4))
    each = [left(rows, replace(Filters(), **{name: alone[name]})) for name in names]
    assert left(rows, replace(Filters(), **{name: alone[name] for name in names})) == set.intersection(*each)


def empty(name: str) -> Any:
    return {name: ()}


def test_no_filter_leaves_all_and_an_empty_one_nothing() -> None:
    assert left([PLAIN], Filters()) == {0}
    for name in ("kinds", "provinces", "districts", "sources", "stars", "numbers", "article_ids"):
        assert left([PLAIN], replace(Filters(), **empty(name))) == set()
    assert left([], Filters(kinds=("news",))) == set()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"date_from": "2020-13"}, "month"),
        ({"date_to": "hôm qua"}, "hôm qua"),
        ({"provinces": ("atlantis",)}, "atlantis"),
        ({"districts": ("nam-dinh/atlantis",)}, "atlantis"),
        ({"stars": (0,)}, "star is 0"),
        ({"stars": (6,)}, "star is 6"),
    ],
)
def test_filters_that_mean_nothing_are_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        replace(Filters(), **wrong)
