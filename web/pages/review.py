"""/ra-soat: what wants a person's look, in one place, each with the sentence or row it was read from beside it.

Read only: `correction_form` of the template is where a form to put a field right belongs.
"""

import threading
from collections import Counter
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from index.catalogue.catalogue import Catalogue
from index.decisions.decision import Doubt
from index.review.doubts import Doubtful, What, doubts
from index.review.store import Corrections
from web.pages.drawn import SHORT_ADDRESS, AskedOffset, drawn, quoter
from web.pages.review_fields import DECISION_FIELD_LABELS, LINE_FIELD_LABELS
from web.quoting import Place, Quoter
from web.service import Service
from web.written import DOUBT_LABELS
from widget.listing import pager

WHAT_LABELS: dict[What, str] = {
    "field": "Trường đọc chưa chắc",
    "disputed": "Các nguồn nói khác nhau",
    "count": "Số nêu khác số trong danh sách",
    "pair": "Có thể là cùng một sản phẩm",
    "stale": "Sửa không còn khớp với bản đọc",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One thing to look at. number: of its decision, as cited. read: the words in doubt and where they stand; beside:
    the line or sentence around them. page: of a paginated document, the page it is on, where it may be drawn; said:
    what is the matter, in a sentence."""

    what: What
    decision: str
    number: str | None
    field: str | None
    read: str | None
    at: Place | None
    beside: Place | None
    page: int | None
    recognised: float | None
    doubts: tuple[Doubt, ...]
    said: str
    products: tuple[tuple[str, str], ...]


def review_pages(service: Service) -> APIRouter:
    """The page over a service."""
    router = APIRouter()
    listed = _Listed(service)

    @router.api_route("/ra-soat", methods=["GET", "HEAD"], include_in_schema=False, dependencies=[SHORT_ADDRESS])
    def review(
        request: Request,
        *,
        what: Annotated[What | None, Query()] = None,
        doubt: Annotated[Doubt | None, Query()] = None,
        offset: AskedOffset = None,
    ) -> HTMLResponse:
        everything = listed.doubts()
        found = [one for one in everything if doubt is None or doubt in one.doubts]
        kept = [one for one in found if what is None or one.what == what]
        at = pager(offset or 0, len(kept))
        made = quoter(service)
        catalogue = service.searcher.catalogue()
        return drawn(
            "review.html",
            request,
            service,
            items=[_shown(one, catalogue, made) for one in kept[at.offset : at.last]],
            pager=at,
            kinds=Counter(one.what for one in found),
            reasons=Counter(reason for one in everything for reason in one.doubts if reason != "reported"),
            what_labels=WHAT_LABELS,
            doubt_labels=DOUBT_LABELS,
        )

    return router


class _Listed:
    """The list, made once for each generation of the index and each state of the corrections."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._corrections = Corrections(service.data)
        self._lock = threading.Lock()
        self._made: tuple[Catalogue, int, tuple[Doubtful, ...]] | None = None

    def doubts(self) -> tuple[Doubtful, ...]:
        catalogue, count = self._service.searcher.catalogue(), self._corrections.count()
        with self._lock:
            if self._made is None or self._made[0] is not catalogue or self._made[1] != count:
                decisions, products = catalogue.decisions, catalogue.products
                found = doubts(
                    tuple(decisions.read(range(len(decisions)))),
                    tuple(products.read(range(len(products)))),
                    standing=self._corrections.standing(),
                )
                self._made = (catalogue, count, found)
            return self._made[2]


def _shown(one: Doubtful, catalogue: Catalogue, quoter: Quoter) -> Shown:
    beside = None if not one.article_id or one.end <= one.start else _place(one, one.start, one.end, quoter)
    span = None if one.read is None else one.read.span
    at = None if span is None or not one.article_id else _place(one, span.start, span.end, quoter)
    page = None
    if at is not None or beside is not None:
        place = at or beside
        assert place is not None
        article = quoter.article(place.article_id, place.digest)
        page = article.page_at(place.start) if article.rights == "full" else None
    return Shown(
        what=one.what,
        decision=one.decision,
        number=catalogue.decisions.label(one.decision),
        field=None
        if one.field is None
        else (DECISION_FIELD_LABELS if one.line is None else LINE_FIELD_LABELS).get(one.field, one.field),
        read=None if one.read is None else one.read.text,
        at=at,
        beside=beside if one.line is not None or one.what != "field" else None,
        page=None if page is None else page.number,
        recognised=None if page is None else page.confidence,
        doubts=one.doubts,
        said=_said(one),
        products=_named(one, catalogue),
    )


def _place(one: Doubtful, start: int, end: int, quoter: Quoter) -> Place:
    return quoter.place(one.article_id, one.digest, start, end)


def _said(one: Doubtful) -> str:
    match one.what:
        case "count":
            star = "" if one.star is None else f" {one.star} sao"
            return f"Quyết định nêu {one.stated} sản phẩm{star}, danh sách đọc được có {one.listed}."
        case "stale":
            number = "" if one.correction is None else f" số {one.correction.id}"
            return f"Lần sửa{number} nói về chữ không còn trong bản đọc hiện nay."
        case "disputed":
            return "Các bài nói về quyết định này không giống nhau."
        case "pair":
            return "Tên và chủ thể gần giống; chưa ai xác nhận là một hay hai."
        case "field":
            return ""


def _named(one: Doubtful, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    rows = [catalogue.products.row(key) for key in one.products or ()]
    held = catalogue.products.read(row for row in rows if row is not None)
    return tuple((product.key, product.name) for product in held)
