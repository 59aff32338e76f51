"""Filters hold during retrieval: what they leave of very many passages is found; of copies of a story one is."""

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.facets import FacetArrays, Facets, merge_facets, write_facets
from index.filters import Filters, Sieve
from index.fuse import fuse
from index.law.documents import Law
from index.ranking import best_above_zero
from index.store import FIELDS, CodedTerms, Contents, Store, load_store
from index.traits import Traits
from tests.faceted import PLAIN, law_of, left_by, sieve_of, stated

DAY = date(2024, 5, 1)
HAI_HAU, AN_GIANG = "nam-dinh/huyen-hai-hau", "an-giang/huyen-chau-thanh"
NUMBERS = ("148||QĐ|TTG", "26|2026|QĐ|TTG")

# Five of a hundred thousand

COUNT = 100_000
FIVE = (0, 31_415, 50_000, 77_777, COUNT - 1)
LEAD = 60_000


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Sieve]]:
    """Passages of random vectors and words; five differ from all others, and the third of them is a copy."""
    folder = tmp_path_factory.mktemp("many")
    random = np.random.default_rng(7)
    vectors = random.standard_normal((COUNT, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    words = [f"từ{number}" for number in range(50)]
    drawn = random.integers(0, len(words), (COUNT, 2)).tolist()
    terms = CodedTerms.of([words[number] for number in row] for row in drawn)
    load_store("faiss").write(folder, Contents(vectors=vectors, terms=dict.fromkeys(FIELDS, terms)))
    rows = (few(place) for place in range(COUNT))
    write_facets(folder, rows, twins={FIVE[2]: LEAD}, copies={article(FIVE[2]): article(LEAD)})
    facets = FacetArrays.open(folder)
    store = load_store("faiss").open(folder)
    yield store, Sieve(facets, lambda: law_of([stated(NUMBERS[0], "effective", DAY)]))
    store.close()


def article(place: int) -> str:
    return f"{place // 10:016x}"


def few(place: int) -> Facets:
    """A passage like most, but for the five: named differently in every way that a filter looks at."""
    one = place in FIVE
    traits = Traits(
        source="Sở Lạ" if one else "Báo Thường",
        host="la.example" if one else "thuong.example",
        documents=(NUMBERS[0] if one else NUMBERS[1],),
        numbers=(NUMBERS[0] if one else NUMBERS[1],),
        stars=(5,) if one else (3, 4),
        districts=(HAI_HAU if one else AN_GIANG,),
    )
    return Facets(
        article_id=article(place),
        heading="Điều 9, khoản 1" if one else "Điều 1, khoản 9",
        kind="decision" if one else "news",
        provinces=("nam-dinh",) if one else ("an-giang",),
        date="2019-02-03" if one else "2023-04-05",
        traits=traits,
    )


ALL_FIVE = [
    Filters(kinds=("decision",)),
    Filters(provinces=("ninh-binh",)),
    Filters(provinces=("nam-dinh",)),
    Filters(districts=(HAI_HAU,)),
    Filters(date_to="2019"),
    Filters(sources=("sở lạ",)),
    Filters(sources=("la.example",)),
    Filters(stars=(5,)),
    Filters(in_force=DAY),
    Filters(heading="Điều 9"),
    Filters(article_ids=tuple(article(place) for place in FIVE), stars=(5,), date_from="2019-02"),
]


@pytest.mark.parametrize("filters", ALL_FIVE, ids=lambda one: next(iter(set_in(one))))
def test_a_filter_that_leaves_five_of_a_hundred_thousand_finds_these_five(
    many: tuple[Store, Sieve], filters: Filters
) -> None:
    store, sieve = many
    allowed = sieve.allowed(filters).mask
    assert allowed is not None
    random = np.random.default_rng(11)
    questions: list[list[str]] = [["từ1", "từ2"], ["chưa", "ai", "viết"], []]
    for terms in questions:
        vector = random.standard_normal(8).astype(np.float32)
        vector /= np.linalg.norm(vector)
        found = fuse(store, vector, terms, field="accented", dense_weight=0.5, limit=10, allowed=allowed)
        assert sorted(found.ids.tolist()) == [*FIVE]
        assert sorted(store.dense(vector, 10, allowed).ids.tolist()) == [*FIVE]
        lexical = best_above_zero(store.lexical(terms, field="accented"), 10, allowed)
        assert set(lexical.ids.tolist()) <= {*FIVE}
        assert found.matched == lexical.matched == len(lexical.ids)


def test_words_alone_find_all_of_the_five_that_have_them(many: tuple[Store, Sieve]) -> None:
    store, sieve = many
    every = [f"từ{number}" for number in range(50)]
    allowed = sieve.allowed(Filters(stars=(5,))).mask
    found = best_above_zero(store.lexical(every, field="accented"), 10, allowed)
    assert sorted(found.ids.tolist()) == [*FIVE]


def test_a_copy_gives_way_where_its_lead_is_allowed_too(many: tuple[Store, Sieve]) -> None:
    _, sieve = many
    allowed = sieve.allowed(Filters(article_ids=(article(FIVE[2]), article(LEAD)))).mask
    assert allowed is not None
    assert set(np.flatnonzero(allowed).tolist()) == {*range(LEAD, LEAD + 10), *range(FIVE[2] + 1, FIVE[2] + 10)}


def set_in(filters: Filters) -> Iterator[str]:
    plain = Filters()
    for field in dataclasses.fields(Filters):
        if getattr(filters, field.name) != getattr(plain, field.name):
            yield field.name


# Copies of one story


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_a_passage_told_by_several_articles_is_left_once(data: st.DataObject) -> None:
    """By definition: of the passages allowed that say the same, those of the article that comes first; the lead, then
    the copies in their order."""
    articles = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=6))
    of = [f"{number:x}" * 16 for number, count in enumerate(articles) for _ in range(count)]
    lead = data.draw(st.sampled_from(sorted({*of})))
    order = data.draw(st.permutations(sorted({*of} - {lead})))
    own = [place for place, article in enumerate(of) if article == lead]
    twins = [None if article == lead else data.draw(st.sampled_from([None, *own])) for article in of]
    allowed = set(data.draw(st.sets(st.sampled_from(range(len(of))))))
    rows = [
        replace(PLAIN, article_id=article, traits=Traits(stars=(4,) if place in allowed else ()))
        for place, article in enumerate(of)
    ]
    rank = {article: number for number, article in enumerate([lead, *order])}
    expected: set[int] = set()
    for key in {place if twin is None else twin for place, twin in enumerate(twins)}:
        alike = [
            place for place, twin in enumerate(twins) if place in allowed and (place if twin is None else twin) == key
        ]
        first = min((of[place] for place in alike), key=rank.__getitem__, default="")
        expected |= {place for place in alike if of[place] == first}
    told = {place: twin for place, twin in enumerate(twins) if twin is not None}
    sieve = sieve_of(rows, twins=told, copies=dict.fromkeys(order, lead))
    assert left_by(sieve, Filters(stars=(4,)), len(of)) == expected
    every = {place for place, twin in enumerate(twins) if twin is None}
    assert left_by(sieve, Filters(), len(of)) == every


def test_what_a_filter_left_is_not_changed_by_those_who_use_it() -> None:
    mask = sieve_of([PLAIN, PLAIN]).allowed(Filters(kinds=("news",))).mask
    assert mask is not None
    with pytest.raises(ValueError, match="read-only"):
        mask[0] = False


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_facets_merged_are_those_made_from_nothing_file_for_file(data: st.DataObject) -> None:
    """Passages go, come and stay; vocabularies lose what nobody has any more."""
    numbers = data.draw(st.lists(st.integers(0, 12), max_size=12, unique=True))
    former = sorted(numbers)
    now = sorted(data.draw(st.sets(st.integers(0, 12), max_size=12)))
    held = data.draw(st.sets(st.sampled_from(former))) if former else set()
    kept = np.array([former.index(number) if number in held else -1 for number in now], np.int64)
    twins = {0: len(now) - 1} if len(now) > 1 else {}
    copies = {various(now[0]).article_id: various(now[-1]).article_id} if now else {}
    with TemporaryDirectory() as one, TemporaryDirectory() as other, TemporaryDirectory() as before:
        write_facets(Path(before), map(various, former), twins={}, copies={})
        write_facets(Path(one), map(various, now), twins=twins, copies=copies)
        fresh = [various(number) for number in now if number not in held]
        merge_facets(Path(other), Path(before), kept, fresh, twins=twins, copies=copies)
        made, merged = (
            {path.name: path.read_bytes() for path in (Path(folder) / "facets").iterdir()} for folder in (one, other)
        )
    assert merged == made


def various(number: int) -> Facets:
    """The passage of that number: some of what it has others have too."""
    return Facets(
        article_id=f"{number // 2:016x}",
        heading=("", "Điều 7", f"Mục {number}")[number % 3],
        kind=("news", "regulation")[number % 2],
        provinces=(("nam-dinh",), (), ("ha-nam", "nam-dinh"))[number % 3],
        date=(None, "2019", f"2020-{number % 12 + 1:02d}")[number % 3],
        traits=Traits(
            source=f"Báo {number % 4}",
            documents=(f"{number}||QĐ|TTG",) if number % 2 else (),
            numbers=("148||QĐ|TTG",) if number % 5 == 0 else (),
            stars=(number % 5 + 1,),
            districts=(HAI_HAU,) if number % 4 == 0 else (),
        ),
    )


def test_facets_are_the_same_from_the_disk(tmp_path: Path) -> None:
    rows = [few(place) for place in (0, 1, 2, FIVE[2], LEAD)]
    twins, copies = {3: 4}, {rows[3].article_id: rows[4].article_id}
    write_facets(tmp_path, rows, twins=twins, copies=copies)
    opened = Sieve(FacetArrays.open(tmp_path), lambda: Law(()))
    made = sieve_of(rows, twins=twins, copies=copies)
    for filters in (*ALL_FIVE[:-1], Filters(), Filters(date_from="2020")):
        assert left_by(opened, filters, len(rows)) == left_by(made, filters, len(rows))
    assert left_by(opened, Filters(provinces=("nam-dinh",)), len(rows)) == {0, 3}
