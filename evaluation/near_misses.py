"""Near misses: questions like those the corpus answers, with one thing swapped for what it is known not to hold.

What is swapped: the province (one no page speaks of), the district, the year, the star, the thing counted, the number
of a document (or of an article of law). That the thing swapped in is absent is decided by `evaluation.held_pages` from
the bare words of the pages, never by what the index or the assistant reads. The questions are made of patterns
(`evaluation.near_miss_wording`) and of the answerable questions of question files, in which only the place or the year
is swapped. The same corpus, seed and number give the same questions.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from crawler.article import Article
from evaluation.answers import ANSWERS, Asked
from evaluation.held_pages import HeldPages
from evaluation.near_miss_wording import PAPER_PATTERNS, PLACE_PATTERNS, Asks, Style, in_style, sentence
from index.places.provinces import PROVINCES, related
from index.text import strip_marks

Swap = Literal["province", "district", "year", "star", "thing", "document"]
SWAPS: tuple[Swap, ...] = ("province", "district", "year", "star", "thing", "document")
SEED = 20261128
_YEARS = range(2017, 2030)
_STYLES: tuple[Style, ...] = ("written",) * 6 + ("shorthand", "shorthand", "bare", "bare")
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
    held = HeldPages(articles)
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
    while len(chosen) < count:
        before = len(chosen)
        for swap in SWAPS:
            kinds = {asks: pool for asks, pool in pools[swap].items() if pool}
            if kinds and len(chosen) < count:
                taken = [sum(miss.swap == swap and miss.asks == asks for miss in chosen) for asks in kinds]
                chosen.append(kinds[list(kinds)[taken.index(min(taken))]].pop())
        if len(chosen) == before:
            raise ValueError(f"the corpus gives {before} near misses, fewer than the {count} asked for")
    return tuple(chosen)


def _from_patterns(held: HeldPages, draw: random.Random) -> Iterator[NearMiss]:
    spoken_of = tuple(key for key in PROVINCES if held.names(key))
    absent = held.absent_provinces
    present = tuple(key for key in spoken_of if key not in absent)
    years = {key: held.absent_years(key, _YEARS) for key in present}
    stars = {key: held.absent_stars(key) for key in present}
    things = {key: held.absent_things(key) for key in present}
    districts = {key: held.absent_districts(key) for key in present}
    for asks, patterns in PLACE_PATTERNS.items():
        for _ in range(_DRAWN):
            pattern = draw.choice(patterns)
            key = draw.choice(absent) if absent else None
            if key is not None:
                yield _of_place("province", asks, pattern, PROVINCES[key].name, key, present, draw, place=key)
            if (key := _any(draw, years)) is not None:
                year = draw.choice(years[key])
                yield _of_place("year", asks, pattern, str(year), key, present, draw, place=key, year=year)
            if asks != "law" and (key := _any(draw, stars)) is not None:
                star = draw.choice(stars[key])
                yield _of_place("star", asks, pattern, f"{star} sao", key, present, draw, place=key, star=star)
            if asks in ("figure", "compare", "list") and (key := _any(draw, things)) is not None:
                thing = draw.choice(things[key])
                yield _of_place("thing", asks, pattern, thing, key, present, draw, place=key, thing=thing)
            if asks != "law" and (key := _any(draw, districts)) is not None:
                district = draw.choice(districts[key])
                place = draw.choice((district.label, f"{district.label}, {PROVINCES[key].name}"))
                yield _of_place("district", asks, pattern, district.name, key, present, draw, place=key, called=place)
    yield from _of_papers(held, present, draw)


def _any(draw: random.Random, lacking: dict[str, tuple[object, ...]]) -> str | None:
    keys = [key for key, values in lacking.items() if values]
    return draw.choice(keys) if keys else None


def _of_place(
    swap: Swap,
    asks: Asks,
    pattern: str,
    absent: str,
    key: str,
    present: Sequence[str],
    draw: random.Random,
    *,
    place: str,
    called: str | None = None,
    year: int | None = None,
    star: int | None = None,
    thing: str | None = None,
) -> NearMiss:
    """A pattern filled with a place and what is swapped; the rest as questions have it, often nothing."""
    others = [other for other in present if other not in related(key)]
    what = thing or draw.choice(_PRODUCTS)
    if star is not None or (thing is None and asks != "who" and draw.random() < 0.4):
        what = f"{what.removesuffix(' đạt chứng nhận')} {star or draw.choice((3, 4, 5))} sao"
    if "{what}" not in pattern and (star is not None or thing is not None):
        pattern = "{place} có bao nhiêu {what}{when}?" if asks == "figure" else _saying(asks, draw)
    name = called or draw.choice((PROVINCES[key].name, PROVINCES[key].name, PROVINCES[key].label))
    style = draw.choice(_STYLES)
    question = sentence(
        pattern, place=name, other=PROVINCES[draw.choice(others)].name, what=what, when=_when(year, swap, draw)
    )
    return NearMiss(
        question=in_style(question, style, draw), swap=swap, asks=asks, style=style, absent=absent, place=place
    )


def _saying(asks: Asks, draw: random.Random) -> str:
    return draw.choice([pattern for pattern in PLACE_PATTERNS[asks] if "{what}" in pattern])


def _when(year: int | None, swap: Swap, draw: random.Random) -> str:
    """A time with a blank before it: of the year swapped in, else mostly none."""
    if year is None:
        if draw.random() < 0.5:
            return ""
        year = draw.choice((2022, 2023, 2024, 2025))
    return draw.choice((f" năm {year}", f" năm {year}", f" tháng {draw.randint(1, 12)}/{year}", f" cuối năm {year}"))


def _of_papers(held: HeldPages, present: Sequence[str], draw: random.Random) -> Iterator[NearMiss]:
    numbers = held.absent_numbers(range(20, 6000))
    units = held.absent_units(range(14, 90))
    laws = [law for law in ("Quyết định 26/2026/QĐ-TTg", "Quyết định 148/QĐ-TTg", "Quyết định 1489/QĐ-TTg")]
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
                law=draw.choice(laws),
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
            yield _restyled(swapped, "province", asks, PROVINCES[key].name, key, draw)
        said = _YEAR.findall(text)
        years = held.absent_years(keys[0], _YEARS)
        if len(said) == 1:
            for year in draw.sample(years, min(3, len(years))):
                yield _restyled(text.replace(said[0], str(year)), "year", asks, str(year), keys[0], draw)


def _restyled(question: str, swap: Swap, asks: Asks, absent: str, place: str, draw: random.Random) -> NearMiss:
    style = draw.choice(_STYLES)
    return NearMiss(
        question=in_style(question, style, draw), swap=swap, asks=asks, style=style, absent=absent, place=place
    )


def _asks(asked: Asked) -> Asks:
    words = strip_marks(asked.question).lower()
    if asked.kind in ("list", "compare"):
        return "list" if asked.kind == "list" else "compare"
    if re.search(r"\b(?:ai|nguoi nao)\b", words):
        return "who"
    if re.search(r"\b(?:khi nao|ngay nao|bao gio)\b", words):
        return "when"
    return "figure"
