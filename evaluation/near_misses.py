"""Near misses: questions like those the corpus answers, with one thing swapped for what it is known not to hold.

What is swapped: the province (one no page speaks of), the district, the year, the star, the thing counted, the number
of a document (or of an article of law). That the thing swapped in is absent is decided by `evaluation.held_pages` from
the bare words of the pages, never by what the index or the assistant reads. The questions are made of patterns
(`evaluation.near_miss_wording`) and of the answerable questions of question files, in which only the place or the year
is swapped. The same corpus, seed and number give the same questions.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from crawler.article import Article
from evaluation.answers import ANSWERS, Asked
from evaluation.held_pages import HeldPages, Page
from evaluation.near_miss_wording import PAPER_PATTERNS, PLACE_PATTERNS, Asks, Style, in_style, sentence
from index.places.provinces import PROVINCES, related
from index.text import strip_marks

Swap = Literal["province", "district", "year", "star", "thing", "document"]
SWAPS: tuple[Swap, ...] = ("province", "district", "year", "star", "thing", "document")
_Lacking = TypeVar("_Lacking")
SEED = 20261128
_YEARS = range(2017, 2030)
_STYLES: tuple[Style, ...] = ("written",) * 6 + ("shorthand", "shorthand", "bare", "bare")
_STARRED = 0.4  # of the questions that need no star, so many have one
_TIMELESS = 0.5  # of those that need no year, so many have none
_DRAWN = 400  # candidates drawn of each swap and kind of question, from which the balanced set is taken
_PRODUCTS = ("sản phẩm OCOP", "sản phẩm", "sản phẩm OCOP đạt chứng nhận")
_PAPERS = (
    "Quyết định {n}/QĐ-UBND", "Quyết định số {n}/QĐ-UBND", "Quyết định {n}/QĐ-TTg", "Kế hoạch {n}/KH-UBND",
    "Nghị quyết {n}/NQ-HĐND",
)  # fmt: skip
_LAWS = ("Quyết định {n}/QĐ-TTg", "Quyết định số {n}/QĐ-TTg", "Thông tư {n}/2024/TT-BNNPTNT")
# A question of these is about what became of provinces, or has more in it than a place that would have to be swapped.
_OF_THE_MERGER = ("thuộc tỉnh", "sáp nhập", "nhập vào", "hợp nhất", "tỉnh nào", "tỉnh cũ", " cũ", " mới", "sau khi")
_CAPITALS = re.compile(r"(?<!^)(?<![.?!] )(?<!\w)[A-ZĐÂÊÔĂƠƯÀ-Ỹ]\w*")
_PLAIN_CAPITALS = frozenset("OCOP UBND HTX TP Hội Chủ Phó Chương".split())
_YEAR = re.compile(r"(?<![\d/.])20\d{2}(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """One question without an answer, and why it has none.

    absent: what was swapped in and stands on no page (of the place, where there is one), as a notice may name it.
    place: the key of the province asked about, or None. asks: the kind of question. style: how it is typed.
    """

    question: str
    swap: Swap
    asks: Asks
    style: Style
    absent: str
    place: str | None


def near_misses(
    articles: Sequence[Article], questions: Sequence[Asked], count: int, *, seed: int = SEED
) -> tuple[NearMiss, ...]:
    """So many near misses of a corpus, as evenly over swaps, then over kinds of question, as it allows.

    questions: answerable ones to swap in, beside the patterns.

    Raises:
        ValueError: the corpus is known to lack too little for so many.
    """
    draw = random.Random(seed)
    held = HeldPages(Page.of(article) for article in articles)
    pools: dict[Swap, dict[Asks, list[NearMiss]]] = {swap: defaultdict(list) for swap in SWAPS}
    seen: set[str] = set()
    made = (*_from_patterns(held, draw), *_from_questions(held, questions, draw))
    for miss in made:
        if miss.question.casefold() not in seen:
            seen.add(miss.question.casefold())
            pools[miss.swap][miss.asks].append(miss)
    for kinds in pools.values():
        for pool in kinds.values():
            draw.shuffle(pool)
    chosen: list[NearMiss] = []
    taken: Counter[tuple[Swap, Asks]] = Counter()
    while len(chosen) < count:
        before = len(chosen)
        for swap in SWAPS:
            left = [asks for asks, pool in pools[swap].items() if pool]
            if left and len(chosen) < count:
                asks = min(left, key=lambda asks: taken[swap, asks])
                taken[swap, asks] += 1
                chosen.append(pools[swap][asks].pop())
        if len(chosen) == before:
            raise ValueError(f"the corpus gives {before} near misses, fewer than the {count} asked for")
    return tuple(chosen)


def _from_patterns(held: HeldPages, draw: random.Random) -> Iterator[NearMiss]:
    spoken_of = tuple(key for key in PROVINCES if held.names(key))
    absent = held.absent_provinces
    present = tuple(key for key in spoken_of if key not in absent)
    if len({PROVINCES[key].today_key for key in present}) < 2:
        return  # a comparison needs another place
    years = _where(present, lambda key: held.absent_years(key, _YEARS))
    stars = _where(present, held.absent_stars)
    things = _where(present, held.absent_things)
    districts = _where(present, held.absent_districts)
    for asks, patterns in PLACE_PATTERNS.items():
        for _ in range(_DRAWN):
            swaps: list[_Swapped] = []
            if absent:
                key = draw.choice(absent)
                swaps.append(_Swapped(swap="province", key=key, absent=PROVINCES[key].name))
            if years:
                year = draw.choice(years[key := draw.choice(list(years))])
                swaps.append(_Swapped(swap="year", key=key, absent=str(year), year=year))
            if stars and asks != "law":
                star = draw.choice(stars[key := draw.choice(list(stars))])
                swaps.append(_Swapped(swap="star", key=key, absent=f"{star} sao", star=star))
            if things and asks in ("figure", "compare", "list"):
                thing = draw.choice(things[key := draw.choice(list(things))])
                swaps.append(_Swapped(swap="thing", key=key, absent=thing, thing=thing))
            if districts and asks != "law":
                district = draw.choice(districts[key := draw.choice(list(districts))])
                called = draw.choice((district.label, f"{district.label}, {PROVINCES[key].name}"))
                swaps.append(_Swapped(swap="district", key=key, absent=district.name, called=called))
            pattern = draw.choice(patterns)
            yield from (_of_place(swapped, asks, pattern, present, draw) for swapped in swaps)
    yield from _of_papers(held, present, draw)


def _where(keys: Sequence[str], lacking: Callable[[str], tuple[_Lacking, ...]]) -> dict[str, tuple[_Lacking, ...]]:
    """What each place lacks, for those that lack any."""
    return {key: values for key in keys if (values := lacking(key))}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Swapped:
    """What is swapped into a pattern, for the province `key`; called: the place as it is named instead of it."""

    swap: Swap
    key: str
    absent: str
    called: str | None = None
    year: int | None = None
    star: int | None = None
    thing: str | None = None


def _of_place(swapped: _Swapped, asks: Asks, pattern: str, present: Sequence[str], draw: random.Random) -> NearMiss:
    """A pattern filled with a place and what is swapped; the rest as questions have it, often nothing."""
    star, thing, province = swapped.star, swapped.thing, PROVINCES[swapped.key]
    own = related(swapped.key)
    others = [other for other in present if other not in own]
    what = thing or draw.choice(_PRODUCTS)
    if star is not None or (thing is None and asks != "who" and draw.random() < _STARRED):
        what = f"{what.removesuffix(' đạt chứng nhận')} {star or draw.choice((3, 4, 5))} sao"
    if "{what}" not in pattern and (star is not None or thing is not None):
        pattern = draw.choice([other for other in PLACE_PATTERNS[asks] if "{what}" in other])
    question = sentence(
        pattern,
        place=swapped.called or draw.choice((province.name, province.name, province.label)),
        other=PROVINCES[draw.choice(others)].name,
        what=what,
        when=_when(swapped.year, draw),
    )
    return _typed(question, asks, swapped, draw)


def _typed(question: str, asks: Asks, swapped: _Swapped, draw: random.Random) -> NearMiss:
    style = draw.choice(_STYLES)
    return NearMiss(
        question=in_style(question, style, draw),
        swap=swapped.swap,
        asks=asks,
        style=style,
        absent=swapped.absent,
        place=swapped.key,
    )


def _when(year: int | None, draw: random.Random) -> str:
    """A time with a blank before it: of the year swapped in, else often none."""
    if year is None:
        if draw.random() < _TIMELESS:
            return ""
        year = draw.choice((2022, 2023, 2024, 2025))
    return draw.choice((f" năm {year}", f" năm {year}", f" tháng {draw.randint(1, 12)}/{year}", f" cuối năm {year}"))


def _of_papers(held: HeldPages, present: Sequence[str], draw: random.Random) -> Iterator[NearMiss]:
    numbers = held.absent_numbers(range(20, 6000))
    units = held.absent_units(range(14, 90))
    laws, peers = held.papers("QĐ-TTg"), held.papers("QĐ-UBND")
    if not (laws and peers):
        return
    for asks, patterns in PAPER_PATTERNS.items():
        for _ in range(_DRAWN):
            pattern = draw.choice(patterns)
            number, unit = draw.choice(numbers), draw.choice(units)
            style = draw.choice(_STYLES)
            question = sentence(
                pattern,
                paper=draw.choice(_LAWS if asks == "law" else _PAPERS).format(n=number),
                other=PROVINCES[draw.choice(present)].name,
                what=f"sản phẩm {draw.choice((3, 4, 5))} sao",
                law=f"Quyết định {draw.choice(laws)}/QĐ-TTg",
                peer=f"Quyết định {draw.choice(peers)}/QĐ-UBND",
                unit=str(unit),
            )
            yield NearMiss(
                question=in_style(question, style, draw),
                swap="document",
                asks=asks,
                style=style,
                absent=f"Điều {unit}" if "{unit}" in pattern else str(number),
                place=None,
            )


def _from_questions(held: HeldPages, questions: Sequence[Asked], draw: random.Random) -> Iterator[NearMiss]:
    """Answerable questions with their one province, or their one year, swapped."""
    absent = held.absent_provinces
    for asked in questions:
        if asked.status not in ANSWERS or asked.after or asked.kind in ("law", "history"):
            continue
        text = asked.question
        keys = [key for key, province in PROVINCES.items() if province.name in text]
        if len(keys) != 1 or any(word in text.lower() for word in _OF_THE_MERGER):
            continue
        name = PROVINCES[keys[0]].name
        rest = text.replace(name, "")
        if any(word not in _PLAIN_CAPITALS for word in _CAPITALS.findall(rest)) or "/QĐ" in text:
            continue  # a person, a district or a document that belongs to the place
        asks = _asks(asked)
        for key in draw.sample(absent, min(4, len(absent))):
            swapped = text.replace(name, PROVINCES[key].name)
            yield _typed(swapped, asks, _Swapped(swap="province", key=key, absent=PROVINCES[key].name), draw)
        said = _YEAR.findall(text)
        years = held.absent_years(keys[0], _YEARS)
        if len(said) == 1:
            for year in draw.sample(years, min(3, len(years))):
                swapped = text.replace(said[0], str(year))
                yield _typed(swapped, asks, _Swapped(swap="year", key=keys[0], absent=str(year)), draw)


def _asks(asked: Asked) -> Asks:
    words = strip_marks(asked.question).lower()
    if asked.kind in ("list", "compare"):
        return "list" if asked.kind == "list" else "compare"
    if re.search(r"\b(?:ai|nguoi nao)\b", words):
        return "who"
    if re.search(r"\b(?:khi nao|ngay nao|bao gio)\b", words):
        return "when"
    return "figure"
