"""/ra-soat: what wants a person's look, in one place, each with the sentence or row it was read from beside it.

Read only: it leads the operator to /admin/sua (`web.corrections`), where a field is put right.
"""

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from crawler.article import Article
from index.catalogue.catalogue import Catalogue
from index.decisions.decision import Doubt
from index.decisions.spoken import DOUBT_LABELS
from index.review.correction import Line
from index.review.doubts import Doubtful, What, doubts
from index.review.fields import DECISION_FIELD_LABELS, LINE_FIELD_LABELS
from index.review.store import Corrections
from index.sentence import sentence_spans
from index.span import Span
from web.pages.drawn import SHORT_ADDRESS, AskedOffset, drawn, quoter
from web.quoting import Place, Quoter
from web.service import Service
from widget.listing import pager

WHAT_LABELS: dict[What, str] = {
    "field": "Trường đọc chưa chắc",
    "disputed": "Các nguồn nói khác nhau",
    "count": "Số nêu khác số trong danh sách",
    "withdrawal": "Bị thu hồi mà không nêu chủ thể",
    "pair": "Có thể là cùng một sản phẩm",
    "stale": "Sửa không còn khớp với bản đọc",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldShown:
    """A field in doubt: what it is called, the words read and where they stand, and why they are doubted."""

    name: str
    text: str
    place: Place
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One thing to look at, of a line all its fields that are in doubt.

    number: of its decision, as cited. at: where it stands; beside: the line or sentence around it. page: of a
    paginated document, the page it is on, where that may be drawn; tenth: how far down its text it stands, in tenths,
    about as far down as in its picture. said: what is the matter, in a sentence. products: their
    keys, names and producers. line: as corrections name it.
    """

    what: What
    decision: str
    number: str | None
    fields: tuple[FieldShown, ...]
    at: Place | None
    beside: Place | None
    page: int | None
    tenth: int
    recognised: float | None
    said: str
    products: tuple[tuple[str, str], ...]
    line: Line | None


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
        lines = [list(group) for _, group in groupby(kept, key=_line)]
        at = pager(offset or 0, len(lines))
        made = quoter(service)
        catalogue = service.searcher.catalogue()
        return drawn(
            "review.html",
            request,
            service,
            items=[_shown(group, catalogue, made) for group in lines[at.offset : at.last]],
            pager=at,
            kinds=Counter(one.what for one in found),
            reasons=Counter(reason for one in everything for reason in one.doubts if reason != "reported"),
            what_labels=WHAT_LABELS,
            doubt_labels=DOUBT_LABELS,
            correctable=request.app.state.correctable,
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
                products = catalogue.products
                found = doubts(
                    # as they were read: what was put right is told by the corrections
                    self._service.searcher.decisions(),
                    tuple(products.read(range(len(products)))),
                    standing=self._corrections.standing(),
                )
                self._made = (catalogue, count, found)
            return self._made[2]


def _line(one: Doubtful) -> object:
    """What is shown together: the fields of one line, or of one decision's head."""
    return (one.decision, one.article_id, one.start, one.end) if one.what == "field" else id(one)


def _shown(group: Sequence[Doubtful], catalogue: Catalogue, quoter: Quoter) -> Shown:
    one = group[0]
    beside = at = page = None
    tenth = 0
    if one.article_id and one.end > one.start:
        article = quoter.article(one.article_id, one.digest)
        span = Span(one.start, one.end) if one.read is None else one.read.span
        around = _around(article, one)
        at = quoter.place(article.id, article.digest, span.start, span.end)
        beside = None if around is None else quoter.place(article.id, article.digest, around.start, around.end)
        page = article.page_at(span.start) if article.rights == "full" else None
        if page is not None:
            tenth = min(10 * (span.start - page.start) // max(page.end - page.start, 1), 9)
    labels = DECISION_FIELD_LABELS if one.line is None else LINE_FIELD_LABELS
    return Shown(
        what=one.what,
        decision=one.decision,
        number=catalogue.decisions.label(one.decision),
        fields=tuple(
            FieldShown(
                name=labels.get(each.field, each.field),
                text=each.read.text,
                place=quoter.place(each.article_id, each.digest, each.read.span.start, each.read.span.end),
                doubts=each.doubts,
            )
            for each in group
            if each.read is not None and each.field is not None
        ),
        at=at,
        beside=beside,
        page=None if page is None else page.number,
        tenth=tenth,
        recognised=None if page is None else page.confidence,
        said=_said(one),
        products=_named(one, catalogue),
        line=one.line,
    )


def _around(article: Article, one: Doubtful) -> Span | None:
    """The row or item that a line is, else the sentences that the words stand in; None of a head's field, whose own
    words are all there is."""
    if one.line is not None or one.what in ("pair", "withdrawal"):
        return Span(one.start, one.end)
    if one.what == "field":
        return None
    block = next((block for block in article.blocks_within(one.start, one.end)), None)
    if block is None:
        return Span(one.start, one.end)
    said = [span for span in sentence_spans(article.text, block.start, block.end) if span[1] > one.start]
    return Span(said[0][0], max(said[0][1], min(one.end, block.end))) if said else Span(block.start, block.end)


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
        case "withdrawal":
            return (
                "Quyết định thu hồi không nêu chủ thể. Trong tỉnh chỉ có một sản phẩm tên ấy, có thể là sản phẩm sau."
            )
        case "pair":
            return "Tên và chủ thể gần giống; chưa ai xác nhận là một hay hai."
        case "field":
            return ""


def _named(one: Doubtful, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    rows = [catalogue.products.row(key) for key in one.products or ()]
    held = catalogue.products.read(row for row in rows if row is not None)
    return tuple((one.key, f"{one.name}, {one.producer}" if one.producer else one.name) for one in held)
