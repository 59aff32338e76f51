"""/san-pham: products as a list filtered and sorted by its address, and one with its history and certificate."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi import Path as PathParameter
from fastapi.responses import HTMLResponse

from index.decisions.spoken import CHANGE_LABELS, DOUBT_LABELS
from index.today import vietnam_today
from web.catalogue_asked import AskedProducts, product_query
from web.catalogue_routes import KEY_LIMIT
from web.pages.drawn import SHORT_ADDRESS, AskedDay, asked, drawn, quoter
from web.products import find_product, product_detail, products_page
from web.service import Service
from widget.listing import pager

MONTHS_OFFERED = (3, 6, 12)


def product_pages(service: Service) -> APIRouter:
    """The pages over a service."""
    router = APIRouter()

    @router.api_route("/san-pham", methods=["GET", "HEAD"], include_in_schema=False, dependencies=[SHORT_ADDRESS])
    def products(request: Request, asked_for: Annotated[AskedProducts, Depends()]) -> HTMLResponse:
        page = products_page(service.searcher.catalogue(), product_query(asked_for), quoter(service))
        return drawn(
            "products.html",
            request,
            service,
            at=asked(request, by="name"),
            page=page,
            pager=pager(page.offset, page.total),
            months=MONTHS_OFFERED,
            within=asked_for.expires_within,
            doubt_labels=DOUBT_LABELS,
        )

    @router.api_route("/san-pham/{key}", methods=["GET", "HEAD"], include_in_schema=False)
    def product(
        request: Request, key: Annotated[str, PathParameter(max_length=KEY_LIMIT)], on: AskedDay = None
    ) -> HTMLResponse:
        catalogue = service.searcher.catalogue()
        found = find_product(catalogue, key)
        return drawn(
            "product.html",
            request,
            service,
            detail=product_detail(catalogue, service.searcher.law(), found, on or vietnam_today(), quoter(service)),
            change_labels=CHANGE_LABELS,
            doubt_labels=DOUBT_LABELS,
            today=vietnam_today(),
        )

    return router
