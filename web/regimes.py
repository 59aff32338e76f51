"""The rules of several documents side by side: points, bands of stars, periods, who recognises. Every cell is cited.

A cell holds what the document's own text, or the text that restates it, says of the topic, sentence by sentence; where
the value can be read from the sentence it heads it, marked where it differs from the column before. A document
that says nothing of a topic leaves its cell empty: nothing is carried over from another.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.article import Article
from index.criteria.bands import bands
from index.law.authority import LEVEL_NAME
from index.law.documents import Document, Law
from index.law.statements import Statement
from index.sentence import article_sentences
from web.law import RegulationItem, best_carrier, item
from web.law_tree import is_local
from web.quoting import Place, Quoter
from widget.labels import COVERS_LABELS, day_label
from widget.page import number_label

_PART = re.compile(r"(?<!\w)phần\s+(?P<part>[ABC])\W{1,3}(?:tối đa\s+)?(?P<points>\d{1,3})\s+điểm", re.IGNORECASE)
_STARS_BY_POINTS = re.compile(r"(?<!\w)[1-5]\s+sao\s*:?\s+(?:từ|dưới)\s+\d{1,3}", re.IGNORECASE)
_VALID = re.compile(r"(?<!\w)giấy(?:\s+chứng\s+nhận)?(?!\w)[^.;]{0,60}?(?P<months>\d{1,3})\s+tháng", re.IGNORECASE)
_RENEW = re.compile(
    r"(?P<days>\d{1,3})\s+ngày[^.;]{0,60}trước[^.;]{0,20}hết\s+(?:thời\s+)?hạn"
    r"|\d{1,3}\s+ngày\s+trước\s+(?:khi|ngày)\s+hết",
    re.IGNORECASE,
)
_DAYS = re.compile(r"(\d{1,3})\s+ngày", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing a document says of a topic. value: as read from it, None where only the words tell."""

    value: str | None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one document says of a topic. changed: its values differ from those of the nearest column before that has
    any."""

    said: tuple[Said, ...]
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A row: what is compared, a cell a document."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Documents, the earlier first, and the topics that at least one of them speaks of."""

    documents: tuple[RegulationItem, ...]
    topics: tuple[Topic, ...]


def regimes(law: Law) -> tuple[Document, ...]:
    """The documents that rule, or amend what rules, how products are judged, the earlier first."""
    ruling = [one for one in law.documents if "criteria" in one.subjects or "procedure" in one.subjects]
    amending = [
        other
        for one in ruling
        for statement in one.amendments
        if statement.by is not None and (other := law.find(statement.by)) is not None
    ]
    found = {one.number.label: one for one in (*ruling, *amending) if one.held != "citation" and not is_local(one)}
    return tuple(sorted(found.values(), key=_begun))


def compare(law: Law, documents: Sequence[Document], on: date, quoter: Quoter) -> Comparison:
    """The documents side by side."""
    articles = [_own_article(one, quoter) for one in documents]
    readers: list[tuple[str, Callable[[Document, Article | None], list[Said]]]] = [
        ("Có hiệu lực", lambda one, _: _days((one.effective or one.signed,), quoter)),
        ("Hết hiệu lực", lambda one, _: _days((one.ended,), quoter)),
        ("Điểm các phần", lambda _, article: _sentences(article, _PART, _parts_value, quoter)),
        ("Khoảng điểm từng hạng", lambda _, article: _bands(article, quoter)),
        ("Nơi nhận hồ sơ", lambda one, _: _acting(one, None, quoter)),
        ("Công nhận 3 sao", lambda one, _: _acting(one, 3, quoter)),
        ("Công nhận 4 sao", lambda one, _: _acting(one, 4, quoter)),
        ("Công nhận 5 sao", lambda one, _: _acting(one, 5, quoter)),
        ("Hạn giấy chứng nhận", lambda _, article: _sentences(article, _VALID, _months_value, quoter)),
        ("Trước khi giấy hết hạn", lambda _, article: _sentences(article, _RENEW, _days_value, quoter)),
        ("Chuyển tiếp", lambda one, _: _transitions(one, quoter)),
    ]
    topics = []
    for name, read in readers:
        said = [tuple(read(one, article)) for one, article in zip(documents, articles, strict=True)]
        if any(said):
            topics.append(Topic(name=name, cells=_marked(said, dates=name.endswith("hiệu lực"))))
    return Comparison(documents=tuple(item(law, one, on, quoter) for one in documents), topics=tuple(topics))


def _marked(said: Sequence[tuple[Said, ...]], *, dates: bool) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    before: set[str] | None = None
    for one in said:
        # "phần A 40 điểm, phần B 25 điểm" in one sentence says the same as in two
        values = {value for each in one if each.value is not None for value in each.value.split(", ")}
        cells.append(Cell(said=one, changed=bool(not dates and values and before and values != before)))
        before = values or before
    return tuple(cells)


def _own_article(document: Document, quoter: Quoter) -> Article | None:
    """The text of a document, or the one that restates it before all others."""
    carrier = best_carrier(document)
    if carrier is None or carrier.number is None or not carrier.number.matches(document.number):
        return None
    return quoter.article(carrier.article_id, carrier.digest)


def _days(statements: Sequence[Statement | None], quoter: Quoter) -> list[Said]:
    return [
        Said(
            value=day_label(one.on) + (" (tự tính)" if one.known == "counted" else ""),
            place=quoter.place(one.article_id, one.digest, one.start, one.end),
        )
        for one in statements
        if one is not None and one.on is not None and one.end > one.start
    ]


def _sentences(
    article: Article | None, pattern: re.Pattern[str], value: Callable[[str], str | None], quoter: Quoter
) -> list[Said]:
    if article is None:
        return []
    return [
        Said(value=value(article.text[start:end]), place=quoter.place(article.id, article.digest, start, end))
        for start, end, _ in article_sentences(article)
        if pattern.search(article.text, start, end)
    ]


def _parts_value(text: str) -> str:
    return ", ".join(f"phần {match['part'].upper()} {match['points']} điểm" for match in _PART.finditer(text))


def _months_value(text: str) -> str | None:
    match = _VALID.search(text)
    return None if match is None else f"{match['months']} tháng"


def _days_value(text: str) -> str | None:
    found = _DAYS.findall(text)
    return " – ".join(f"{number} ngày" for number in found) or None


def _bands(article: Article | None, quoter: Quoter) -> list[Said]:
    if article is None:
        return []
    scale = bands(article)
    if not scale:
        return _sentences(article, _STARS_BY_POINTS, lambda _: None, quoter)
    return [
        Said(
            value=f"{one.star} sao: {number_label(one.low)} – {'dưới ' if one.below else ''}{number_label(one.high)}",
            place=quoter.place(one.article_id, one.digest, one.start, one.end),
        )
        for one in scale
    ]


def _acting(document: Document, star: int | None, quoter: Quoter) -> list[Said]:
    """Who receives (star None) or recognises, each level once, told by the best text."""
    act = "receives" if star is None else "recognises"
    found: dict[str, Said] = {}
    for one in document.authorities:
        if one.act == act and one.star == star:
            place = quoter.place(one.article_id, one.digest, one.start, one.end)
            found.setdefault(one.level, Said(value=LEVEL_NAME[one.level], place=place))
    return list(found.values())


def _transitions(document: Document, quoter: Quoter) -> list[Said]:
    return [
        Said(
            value=COVERS_LABELS[one.covers] + (f": {one.days} ngày" if one.days else ""),
            place=quoter.place(one.article_id, one.digest, one.start, one.end),
        )
        for one in document.transitions
    ]


def _begun(document: Document) -> date:
    told = (document.effective, document.signed, document.period)
    return next((one.on for one in told if one is not None and one.on is not None), date.min)
