"""Counts as the interface gives them: what, of what star, where, as of when, reached or planned, who says so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from index.figures.figure import NATIONAL, AsOfFrom, Bound, Figure, PlaceFrom
from index.figures.sums import SumCheck
from index.period import first_day, last_day
from index.places.named import PROVINCES, related
from index.span import Span
from index.today import vietnam_today
from web.exports import Column, Table, day_or_text
from web.quoting import Place, Quoter

Map = Literal["then", "today"]
Sums = Mapping[tuple[str, int], SumCheck]


@dataclass(frozen=True, slots=True, kw_only=True)
class SumTold:
    """What the parts that the text gives make of its total: `found` beside `expected`. Nothing is mended: either may be
    wrong, or the parts not all there are. holds: they agree (shares within their rounding)."""

    expected: float
    found: float
    difference: float
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTold:
    """One count that a text states; fields as in `index.figure.Figure`.

    place: the province's key, as it was named; place_name: that name; today: the name of today's province, where it is
    another. spans: for each field read from words of the article, where they stand (start, end; code points of the
    version `source.digest`). sum: of a total whose parts the text gives, and of each part. source: the sentence.
    """

    value: float
    to: float | None
    of: float | None
    what: str
    share_of: str | None
    star: int | None
    star_to: int | None
    potential: bool
    bound: Bound | None
    place: str | None
    place_name: str | None
    place_from: PlaceFrom | None
    today: str | None
    subplace: str | None
    as_of: str | None
    as_of_from: AsOfFrom | None
    planned: bool
    says: str | None
    part: bool
    whole: bool
    sum: SumTold | None
    spans: dict[str, Span]
    source: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPage:
    """The counts that fit, the latest first, a page of them; total: how many fit. map: whether a province asked for
    means the one of that name alone ("then") or all that is today's province of that name ("today")."""

    figures: tuple[FigureTold, ...]
    total: int
    map: Map


def fitting(
    figures: Iterable[Figure],
    *,
    provinces: Sequence[str],
    by: Map,
    what: str | None,
    star: int | None,
    date_from: str | None,
    date_to: str | None,
    planned: bool | None,
) -> list[Figure]:
    """The counts within the filters, the latest first; of one day in order of their articles.

    provinces: keys, or `NATIONAL`. by: see `FiguresPage`. date_from, date_to: ISO dates of reduced precision; a count
    fits where its own date, as far as it is known, overlaps them.
    """
    keys = set(provinces)
    if by == "today":
        keys |= {other for key in provinces if key in PROVINCES for other in related(key)}
    found = [
        figure
        for figure in figures
        if (not keys or figure.place in keys)
        and (what is None or figure.what == what)
        and (star is None or (figure.star is not None and figure.star <= star <= (figure.star_to or figure.star)))
        and (planned is None or figure.planned == planned)
        and _within(figure.as_of, date_from, date_to)
    ]
    return sorted(found, key=lambda figure: figure.as_of or "", reverse=True)


def _within(as_of: str | None, date_from: str | None, date_to: str | None) -> bool:
    if date_from is None and date_to is None:
        return True
    if as_of is None:
        return False
    return (date_from is None or last_day(as_of) >= first_day(date_from)) and (
        date_to is None or first_day(as_of) <= last_day(date_to)
    )


def figures_table(found: Sequence[Figure]) -> Table[Figure]:
    """Counts as a file, in their order."""
    return Table(
        name=f"so-lieu-ocop-{vietnam_today().isoformat()}", columns=_COLUMNS, rows=iter(found), count=len(found)
    )


_BOUNDS = {"over": "trên", "under": "dưới", "about": "khoảng"}
_COLUMNS: Sequence[Column[Figure]] = (
    Column(header="Giá trị", value=lambda one: one.value, width=14),
    Column(header="Đến (khoảng giá trị)", value=lambda one: one.to, width=12),
    Column(header="Trên tổng số", value=lambda one: one.of, width=12),
    Column(header="Khoảng, trên, dưới", value=lambda one: None if one.bound is None else _BOUNDS[one.bound], width=12),
    Column(header="Đếm gì", value=lambda one: one.what, width=16),
    Column(header="Hạng sao từ", value=lambda one: one.star, width=8),
    Column(header="Hạng sao đến", value=lambda one: one.star_to, width=8),
    Column(header="Nơi (như ghi)", value=lambda one: place_label(one.place), width=20),
    Column(header="Tỉnh, thành từ 7/2025", value=lambda one: _today(one.place), width=20),
    Column(header="Trong nơi ấy, riêng", value=lambda one: one.subplace, width=20),
    Column(header="Tính đến", value=lambda one: day_or_text(one.as_of), width=12),
    Column(header="Chỉ tiêu", value=lambda one: one.planned, width=10),
    Column(header="Một phần của số khác", value=lambda one: one.part, width=10),
    Column(header="Tổng của nơi ấy", value=lambda one: one.whole, width=10),
    Column(header="Ai nói", value=lambda one: one.says, width=30),
    Column(header="Mã bài nguồn", value=lambda one: one.article_id, width=18),
    Column(header="Phiên bản bài", value=lambda one: one.digest, width=18),
    Column(header="Từ ký tự", value=lambda one: one.start, width=10),
    Column(header="Đến ký tự", value=lambda one: one.end, width=10),
)


def place_label(key: str | None) -> str | None:
    """The name of a province as it was, or "cả nước"; None of none."""
    if key == NATIONAL:
        return "cả nước"
    province = PROVINCES.get(key or "")
    return None if province is None else province.name


def _today(key: str | None) -> str | None:
    province = PROVINCES.get(key or "")
    return None if province is None else province.today


def figure_told(figure: Figure, sums: Sums, quoter: Quoter) -> FigureTold:
    """A count with the places of its fields, and what became of the sum it belongs to."""
    check = sums.get((figure.article_id, figure.number_start))
    province = PROVINCES.get(figure.place or "")
    spans = {
        "value": Span(figure.number_start, figure.number_end),
        "what": figure.what_span,
        "share_of": figure.share_of_span,
        "star": figure.star_span,
        "potential": figure.potential_span,
        "bound": figure.bound_span,
        "place": figure.place_span,
        "subplace": figure.subplace_span,
        "as_of": figure.as_of_span,
        "planned": figure.planned_span,
        "says": figure.says_span,
    }
    return FigureTold(
        value=figure.value,
        to=figure.to,
        of=figure.of,
        what=figure.what,
        share_of=figure.share_of,
        star=figure.star,
        star_to=figure.star_to,
        potential=figure.potential,
        bound=figure.bound,
        place=figure.place,
        place_name=place_label(figure.place),
        place_from=figure.place_from,
        today=province.today if province is not None and province.merged else None,
        subplace=figure.subplace,
        as_of=figure.as_of,
        as_of_from=figure.as_of_from,
        planned=figure.planned,
        says=figure.says,
        part=figure.part,
        whole=figure.whole,
        sum=None
        if check is None
        else SumTold(expected=check.expected, found=check.found, difference=check.difference, holds=check.holds),
        spans={name: span for name, span in spans.items() if span is not None},
        source=quoter.place(figure.article_id, figure.digest, figure.start, figure.end),
    )
