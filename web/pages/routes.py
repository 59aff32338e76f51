"""All pages of records over one service."""

from fastapi import APIRouter

from web.page_views import page_view_routes
from web.pages.decisions import decision_pages
from web.pages.figures import figure_pages
from web.pages.home import home_pages
from web.pages.laws import law_pages
from web.pages.products import product_pages
from web.pages.review import review_pages
from web.pages.scorecard import scorecard_pages
from web.service import Service

_PAGES = (
    home_pages,
    decision_pages,
    product_pages,
    figure_pages,
    law_pages,
    scorecard_pages,
    review_pages,
    page_view_routes,
)


def page_routes(service: Service) -> APIRouter:
    """Their routes."""
    router = APIRouter()
    for pages in _PAGES:
        router.include_router(pages(service))
    return router
