"""/so-lieu: counts by place and moment, as bars and as a table, each leading to the sentence that states it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from crawler.article import fold_space
from index.figures.figure import NATIONAL, Figure
from index.places.named import PROVINCES
from index.text import strip_marks
from web.catalogue_asked import Order
from web.days import partial_date
from web.figure_chart import chart_groups, place_name, place_today, value_label
from web.figures import FigureQuery, FigureSort, Map
from web.pages.drawn import SHORT_ADDRESS, AskedOffset, asked, drawn, quoter
from web.place_asked import place_key
from web.quoting import Place, Quoter
from web.record_routes import Star
from web.service import Service
from widget.chart import draw
from widget.labels import day_label
from widget.listing import pager

_COUNTED = "sản phẩm"
_NOUNS_OFFERED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A count as the table shows it. counted: with its star. kind: whether reached, planned or of a part."""

    place: str
    today: str | None
    within: str | None
    value: str
    counted: str
    as_of: str
    as_of_known: bool
    planned: bool
    part: bool
    says: str | None
    source: Place


def figure_pages(service: Service) -> APIRouter:
    """The page over a service."""
    router = APIRouter()

    @router.api_route("/so-lieu", methods=["GET", "HEAD"], include_in_schema=False, dependencies=[SHORT_ADDRESS])
    def figures(
        request: Request,
        *,
        province: Annotated[list[str] | None, Query(max_length=10)] = None,
        by: Annotated[Map, Query(alias="map")] = "then",
        what: Annotated[str, Query(max_length=40)] = _COUNTED,
        star: Star = None,
        from_: Annotated[str | None, Query(alias="from")] = None,
        to: str | None = None,
        planned: bool | None = None,
        sort: FigureSort = "as_of",
        order: Order | None = None,
        offset: AskedOffset = None,
    ) -> HTMLResponse:
        held = service.searcher.figures()
        counted = fold_space(what).lower()
        places = [place_key(name, field="province") for name in province or []]
        found = FigureQuery(
            provinces=tuple(places),
            by=by,
            what=counted,
            star=star,
            date_from=partial_date("from", from_),
            date_to=partial_date("to", to),
            planned=planned,
            sort=sort,
            descending=(order or ("desc" if sort == "as_of" else "asc")) == "desc",
        ).find(held)
        pages = pager(offset or 0, len(found))
        made = quoter(service)
        groups = chart_groups(found, star=star, every_year=bool(places), quoter=made)
        at = asked(request, by="as_of", way="descending")
        return drawn(
            "figures.html",
            request,
            service,
            at=at,
            # the page counts products where nothing else is asked for, the interface whatever there is
            rows_at=at if at.get("what") else replace(at, pairs=(*at.pairs, ("what", counted))),
            chart=draw(groups),
            rows=[_row(one, made) for one in found[pages.offset : pages.last]],
            pager=pages,
            what=counted,
            star=star,
            chosen=[_name(key) for key in places],
            places=_offered(held, counted),
            nouns=[noun for noun, _ in Counter(one.what for one in held).most_common(_NOUNS_OFFERED)],
        )

    return router


def _offered(held: Sequence[Figure], what: str) -> list[tuple[str, int]]:
    """Places that have such counts, with how many, in the order of the alphabet."""
    counted = Counter(one.place for one in held if one.what == what and one.place is not None)
    named = [(_name(key), many) for key, many in counted.items()]
    return sorted(named, key=lambda pair: (pair[0] != "Cả nước", strip_marks(pair[0]).lower()))


def _name(key: str) -> str:
    return "Cả nước" if key == NATIONAL else PROVINCES[key].name


def _row(figure: Figure, quoter: Quoter) -> FigureRow:
    star = f" {figure.star} sao" if figure.star is not None else ""
    if figure.star_to is not None and figure.star_to != figure.star:
        star = f" từ {figure.star} sao" if figure.star_to == 5 else f" từ {figure.star} đến {figure.star_to} sao"
    potential = " tiềm năng" if figure.potential and star else ""
    return FigureRow(
        place=place_name(figure) or "Nguồn không nêu nơi",
        today=place_today(figure),
        within=figure.subplace,
        value=value_label(figure),
        counted=figure.what + potential + star,
        as_of=day_label(figure.as_of),
        as_of_known=figure.as_of_from in ("sentence", "paragraph"),
        planned=figure.planned,
        part=figure.part,
        says=figure.says,
        source=quoter.place(figure.article_id, figure.digest, figure.start, figure.end),
    )
