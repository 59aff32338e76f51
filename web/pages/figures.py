"""/so-lieu: counts by place and moment, as bars and as a table, each leading to the sentence that states it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BeforeValidator

from crawler.article import fold_space
from index.figures.figure import NATIONAL, Figure
from index.places.named import PROVINCES
from index.text import strip_marks
from web.days import partial_date
from web.figure_chart import chart_groups, place_name, place_today, value_label
from web.figures import fitting
from web.pages.drawn import AskedPage, AskedText, asked, blank, drawn, invalid, quoter
from web.place_asked import place_key
from web.quoting import Place, Quoter
from web.service import Service
from widget.chart import draw
from widget.labels import day_label
from widget.listing import SORT, pager

Kind = Annotated[Literal["dat", "chi-tieu"] | None, BeforeValidator(blank)]
MapAsked = Annotated[Literal["cu", "nay"] | None, BeforeValidator(blank)]
AskedStar = Annotated[Literal["3", "4", "5"] | None, BeforeValidator(blank)]
_COUNTED = "sản phẩm"
_NOUNS_OFFERED = 12

_SORTS: dict[str, Callable[[Figure], tuple[object, ...]]] = {
    "noi": lambda one: (strip_marks(place_name(one) or "￿").lower(),),
    "so": lambda one: (one.value,),
    "ngay": lambda one: (one.as_of or "",),
}


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

    @router.api_route("/so-lieu", methods=["GET", "HEAD"], include_in_schema=False)
    def figures(
        request: Request,
        *,
        tinh: Annotated[list[str] | None, Query(max_length=10)] = None,
        ban_do: Annotated[MapAsked, Query(alias="ban-do")] = None,
        dem: AskedText = None,
        sao: AskedStar = None,
        tu: AskedText = None,
        den: AskedText = None,
        loai: Kind = None,
        xep: AskedText = None,
        trang: AskedPage = None,
    ) -> HTMLResponse:
        held = service.searcher.figures()
        what = fold_space(dem or _COUNTED).lower()
        places = [place_key(name, field="tinh") for name in tinh or [] if name]
        star = None if sao is None else int(sao)
        found = fitting(
            held,
            provinces=places,
            by="today" if ban_do == "nay" else "then",
            what=what,
            star=star,
            date_from=partial_date("tu", tu),
            date_to=partial_date("den", den),
            planned=None if loai is None else loai == "chi-tieu",
        )
        found = _sorted(found, xep)
        at = pager(trang or 1, len(found))
        made = quoter(service)
        groups = chart_groups(found, star=star, every_year=bool(places), quoter=made)
        return drawn(
            "figures.html",
            request,
            service,
            chart=draw(groups),
            rows=[_row(one, made) for one in found[at.offset : at.last]],
            pager=at,
            what=what,
            star=star,
            chosen=[_name(key) for key in places],
            places=_offered(held, what),
            nouns=[noun for noun, _ in Counter(one.what for one in held).most_common(_NOUNS_OFFERED)],
            files=_files(request),
        )

    return router


def _files(request: Request) -> str:
    """The same filters as GET /api/figures names them."""
    given = asked(request)
    names = {"tinh": "province", "dem": "what", "sao": "star", "tu": "from", "den": "to"}
    pairs = [(names[name], value) for name, value in given.pairs if name in names]
    if not given.get("dem"):
        pairs.append(("what", _COUNTED))
    if given.get("ban-do") == "nay":
        pairs.append(("map", "today"))
    if given.get("loai"):
        pairs.append(("planned", "true" if given.get("loai") == "chi-tieu" else "false"))
    return type(given)(path="/api/figures", pairs=tuple(pairs)).to("")


def _sorted(found: Sequence[Figure], by: str | None) -> list[Figure]:
    if by is None:
        return list(found)
    name = by.removeprefix("-")
    if name not in _SORTS:
        raise invalid(SORT, f"“{SORT}” cần là một trong: {', '.join(_SORTS)}; thêm dấu trừ ở trước để xếp ngược.")
    return sorted(found, key=_SORTS[name], reverse=by.startswith("-"))


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
