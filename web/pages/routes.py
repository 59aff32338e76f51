"""All pages of records over one service."""

from fastapi import APIRouter

from web.pages.figures import figure_pages
from web.pages.laws import law_pages
from web.pages.scorecard import scorecard_pages
from web.service import Service


def page_routes(service: Service) -> APIRouter:
    """Their routes."""
    router = APIRouter()
    for pages in (figure_pages, law_pages, scorecard_pages):
        router.include_router(pages(service))
    return router
