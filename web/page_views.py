"""GET /bai/{article_id}/trang/{number}.png: a page of an archived file as a picture, drawn in the confined worker."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi import Path as PathParameter

from crawler.archive import Archive
from crawler.draft import NoArticleError
from crawler.sandbox import Sandbox, SandboxError
from web.problem import NOT_READY, RECORD_NOT_FOUND, Problem
from web.service import Service

_LIMIT_S = 20.0
_KEPT = 48
# A picture of a version never changes, but its source may be forgotten: a browser asks again after an hour.
_CACHE = "private, max-age=3600"


def page_view_routes(service: Service) -> APIRouter:
    """The route over a service; its worker starts with the first picture asked for and ends with the application."""
    sandbox = Sandbox(document_limit_s=_LIMIT_S)

    @asynccontextmanager
    async def ending(_: object) -> AsyncIterator[None]:
        with sandbox:
            yield

    router = APIRouter(lifespan=ending)

    @lru_cache(maxsize=_KEPT)
    def drawn(raw_digest: str, number: int) -> bytes:
        with Archive(service.data) as archive:
            raw = archive.raw(raw_digest)
        if raw is None:
            raise NoArticleError("kho không giữ tệp gốc")
        return sandbox.view(raw, number)

    @router.api_route("/bai/{article_id}/trang/{number}.png", methods=["GET", "HEAD"], include_in_schema=False)
    def page_view(
        article_id: str,
        number: Annotated[int, PathParameter(ge=1, le=10_000)],
        digest: Annotated[str | None, Query(max_length=64)] = None,
    ) -> Response:
        article = service.article(article_id, digest)
        if article.rights != "full" or not article.pages:
            raise Problem(RECORD_NOT_FOUND, "Bài này không có trang nào được đăng dưới dạng ảnh ở đây.")
        try:
            png = drawn(article.raw_digest, number)
        except NoArticleError as error:
            raise Problem(RECORD_NOT_FOUND, f"Không vẽ được trang {number}: {error}.") from None
        except SandboxError as error:
            raise Problem(NOT_READY, f"Hiện không vẽ được trang. Người vận hành cần biết: {error}") from None
        return Response(png, media_type="image/png", headers={"Cache-Control": _CACHE})

    return router
