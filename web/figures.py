"""Counts as the interface gives them: what, of what star, where, as of when, reached or planned, who says so."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from index.figures.figure import NATIONAL, AsOfFrom, Bound, Figure, PlaceFrom
from index.figures.sums import SumCheck
from index.period import first_day, last_day
from index.places.named import PROVINCES, related
from index.products.rules import LOWEST_STAR
from index.span import Span
from index.text import strip_marks
from index.today import vietnam_today
from web.exports import Column, Table, day_or_text
from web.facet_values import MAP_LABELS, FacetValue, facets_told
from web.quoting import Place, Quoter
from web.sifted import count_facets, sift

Map = Literal["then", "today"]
FigureSort = Literal["place", "value", "as_of"]
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
    """The counts that fit, a page of them; total: how many fit. map: whether a province asked for means the one of that
    name alone ("then") or all that is today's province of that name ("today").

    facets: for each filter that has one, the values and how many counts have each within all other filters: by
    `province` (on `map`), `what`, `year` (as of), `star`, `planned`.
    """

    figures: tuple[FigureTold, ...]
    total: int
    limit: int
    offset: int
    facets: dict[str, tuple[FacetValue, ...]]
    map: Map
    map_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureQuery:
    """Filters and order; None and () set none.

    provinces: keys, or `NATIONAL`. by: see `FiguresPage`. date_from, date_to: ISO dates of reduced precision; a count
    fits where its own date, as far as it is known, overlaps them. Counts alike in what they are sorted by stand with
    the latest first, and of one day in order of their articles.
    """

    provinces: tuple[str, ...] = ()
    by: Map = "then"
    what: str | None = None
    star: int | None = None
    date_from: str | None = None
    date_to: str | None = None
    planned: bool | None = None
    sort: FigureSort = "as_of"
    descending: bool = True

    @property
    def filters(self) -> dict[str, Callable[[Figure], bool]]:
        """The filters that are set."""
        keys = set(self.provinces)
        if self.by == "today":
            keys |= {other for key in self.provinces if key in PROVINCES for other in related(key)}
        tests: dict[str, Callable[[Figure], bool]] = {}
        if keys:
            tests["province"] = lambda figure: figure.place in keys
        if self.what is not None:
            tests["what"] = lambda figure: figure.what == self.what
        if self.star is not None:
            tests["star"] = lambda figure: self.star in _stars(figure)
        if self.planned is not None:
            tests["planned"] = lambda figure: figure.planned == self.planned
        if self.date_from is not None or self.date_to is not None:
            tests["year"] = lambda figure: _within(figure.as_of, self.date_from, self.date_to)
        return tests

    def find(self, figures: Iterable[Figure]) -> list[Figure]:
        """The counts within the filters, in order."""
        found = sorted(sift(figures, self.filters), key=lambda figure: figure.as_of or "", reverse=True)
        return sorted(found, key=_SORT_KEYS[self.sort], reverse=self.descending)

    def facets(self, figures: Sequence[Figure]) -> dict[str, tuple[FacetValue, ...]]:
        """The facets of the counts within the filters."""
        values: Mapping[str, Callable[[Figure], Iterable[str]]] = {
            "province": lambda figure: (_place_on(figure, self.by),),
            "what": lambda figure: (figure.what,),
            "year": lambda figure: ((figure.as_of or "")[:4],),
            "star": lambda figure: (str(star) for star in _stars(figure) if star >= LOWEST_STAR),
            "planned": lambda figure: ("true" if figure.planned else "false",),
        }
        return facets_told(count_facets(figures, self.filters, values), self.by)


def figures_page(
    figures: Sequence[Figure], query: FigureQuery, sums: Sums, quoter: Quoter, *, limit: int, offset: int
) -> FiguresPage:
    """A page of what a query finds among all counts."""
    found = query.find(figures)
    return FiguresPage(
        figures=tuple(figure_told(one, sums, quoter) for one in found[offset : offset + limit]),
        total=len(found),
        limit=limit,
        offset=offset,
        facets=query.facets(figures),
        map=query.by,
        map_label=MAP_LABELS[query.by],
    )


def _stars(figure: Figure) -> range:
    """The stars that a count is of, none where it is of all."""
    return range(0) if figure.star is None else range(figure.star, (figure.star_to or figure.star) + 1)


def _place_on(figure: Figure, by: Map) -> str:
    province = PROVINCES.get(figure.place or "")
    return (figure.place or "") if province is None or by == "then" else province.today_key


_SORT_KEYS: Mapping[FigureSort, Callable[[Figure], tuple[object, ...]]] = {
    "place": lambda one: (strip_marks(place_label(one.place) or "\uffff").lower(),),
    "value": lambda one: (one.value,),
    "as_of": lambda one: (one.as_of or "",),
}


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
