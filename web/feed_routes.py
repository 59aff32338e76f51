"""GET /feed.atom and /feed.rss: new decisions for whoever follows them."""

import hashlib
from collections.abc import Callable, Sequence

from fastapi import APIRouter, Request, Response

from crawler.archive import Archive
from index.manifest import Manifest
from web.feed import ATOM_TYPE, RSS_TYPE, Entry, atom, latest_entries, rss
from web.record_routes import Refusals
from web.service import Service

_DESCRIPTION = "Các quyết định mới ký nhất, tối đa 50; chưa thay đổi thì If-None-Match được trả 304"

_ATOM = '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">…</feed>'
_RSS = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>…</channel></rss>'


def feed_routes(service: Service, refusals: Refusals) -> APIRouter:
    """The routes over a service. refusals: OpenAPI's responses for problems, by status."""
    router = APIRouter()
    kept: dict[str, tuple[Manifest, tuple[Entry, ...]]] = {}

    def entries() -> tuple[Entry, ...]:
        """Those of the open generation, made once for it."""
        searcher = service.searcher
        manifest = searcher.manifest
        held = kept.get("latest")
        if held is None or held[0] != manifest:
            with Archive(service.data) as archive:
                held = (manifest, latest_entries(searcher.catalogue(), archive))
            kept["latest"] = held
        return held[1]

    def told(request: Request, made: Callable[[Sequence[Entry], str], bytes], media_type: str) -> Response:
        document = made(entries(), _base(request))
        tag = f'"{hashlib.sha256(document).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(document, media_type=media_type, headers=headers)

    @router.get(
        "/feed.atom",
        operation_id="feed_atom",
        summary="Quyết định mới, dạng Atom",
        tags=["Quyết định, sản phẩm"],
        response_class=Response,
        responses={
            200: {
                "description": _DESCRIPTION,
                "content": {ATOM_TYPE: {"schema": {"type": "string"}, "example": _ATOM}},
            },
            304: {"description": "Chưa thay đổi"},
            **refusals(_503="Chưa có chỉ mục dùng được"),
        },
    )
    def feed_atom(request: Request) -> Response:
        """Mỗi quyết định một mục với id không đổi, dẫn tới trang của nó ở đây và tới trang nguồn."""
        return told(request, atom, ATOM_TYPE)

    @router.get(
        "/feed.rss",
        operation_id="feed_rss",
        summary="Quyết định mới, dạng RSS",
        tags=["Quyết định, sản phẩm"],
        response_class=Response,
        responses={
            200: {"description": _DESCRIPTION, "content": {RSS_TYPE: {"schema": {"type": "string"}, "example": _RSS}}},
            304: {"description": "Chưa thay đổi"},
            **refusals(_503="Chưa có chỉ mục dùng được"),
        },
    )
    def feed_rss(request: Request) -> Response:
        """Như /feed.atom."""
        return told(request, rss, RSS_TYPE)

    return router


def _base(request: Request) -> str:
    """This server's address as the reader wrote it; what a proxy says of TLS changes only what its own reader gets."""
    secure = request.headers.get("x-forwarded-proto", "").strip().lower() == "https"
    return str(request.base_url.replace(scheme="https") if secure else request.base_url).rstrip("/")
