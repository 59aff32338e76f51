"""/quyet-dinh: decisions as a list that is filtered and sorted by its address, and one whole."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi import Path as PathParameter
from fastapi.responses import HTMLResponse

from index.decisions.spoken import ACT_LABELS, CHANGE_LABELS, DOUBT_LABELS
from web.catalogue_asked import AskedDecisions, decision_query
from web.catalogue_routes import KEY_LIMIT
from web.decisions import decision_detail, decisions_page, find_decision
from web.facet_values import LEVEL_LABELS
from web.pages.drawn import SHORT_ADDRESS, asked, drawn, quoter
from web.service import Service
from widget.listing import pager

FIELD_LABELS = {
    "number": "số hiệu",
    "issued": "ngày ban hành",
    "issuer": "cơ quan ban hành",
    "place": "địa phương",
    "subject": "trích yếu",
    "effective": "ngày hiệu lực",
    "valid": "thời hạn",
    "valid_months": "thời hạn",
    "rows": "danh sách sản phẩm",
    "acts": "nội dung",
    "level": "cấp ban hành",
}


def decision_pages(service: Service) -> APIRouter:
    """The pages over a service."""
    router = APIRouter()

    @router.api_route("/quyet-dinh", methods=["GET", "HEAD"], include_in_schema=False, dependencies=[SHORT_ADDRESS])
    def decisions(request: Request, asked_for: Annotated[AskedDecisions, Depends()]) -> HTMLResponse:
        page = decisions_page(service.searcher.catalogue(), decision_query(asked_for), quoter(service))
        return drawn(
            "decisions.html",
            request,
            service,
            at=asked(request, by="issued", way="descending"),
            page=page,
            pager=pager(page.offset, page.total),
            act_labels=ACT_LABELS,
            doubt_labels=DOUBT_LABELS,
            field_labels=FIELD_LABELS,
        )

    @router.api_route("/quyet-dinh/{key}", methods=["GET", "HEAD"], include_in_schema=False)
    def decision(request: Request, key: Annotated[str, PathParameter(max_length=KEY_LIMIT)]) -> HTMLResponse:
        catalogue = service.searcher.catalogue()
        return drawn(
            "decision.html",
            request,
            service,
            detail=decision_detail(catalogue, find_decision(catalogue, key), quoter(service)),
            act_labels=ACT_LABELS,
            level_names=LEVEL_LABELS,
            change_labels=CHANGE_LABELS,
            doubt_labels=DOUBT_LABELS,
            field_labels=FIELD_LABELS,
        )

    return router
