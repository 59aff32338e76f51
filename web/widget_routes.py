"""The embedded chat's files: /widget.js, the modules it loads, and the hash that pins them all."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from fastapi import APIRouter, Request, Response

from web.problem import NOT_FOUND, Problem, shown
from widget.embedded import embedded, integrity

SCRIPT = "text/javascript; charset=utf-8"
# Its address never changes, so a browser asks each time whether it did; what that costs is an answer without a body.
OF_LOADER = "no-cache"
# Their address holds their version.
OF_PARTS = "public, max-age=31536000, immutable"
# Scripts of anyone's pages: public, and the same for everyone. Who may ask questions is told elsewhere.
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Timing-Allow-Origin": "*",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A script as it goes out, packed once."""

    body: bytes
    packed: bytes
    tag: str
    headers: Mapping[str, str]


def _file(body: bytes, cache_control: str) -> _File:
    return _File(
        body=body,
        packed=gzip.compress(body, mtime=0),
        tag=sha256(body).hexdigest()[:32],
        headers={"Cache-Control": cache_control, "Vary": "Accept-Encoding", **SHARED},
    )


def widget_routes() -> APIRouter:
    """The routes; they need no index."""
    files = embedded()
    loader = _file(files.loader, OF_LOADER)
    parts = {name: _file(body, OF_PARTS) for name, body in files.parts.items()}
    router = APIRouter(include_in_schema=False)

    @router.api_route("/widget.js", methods=["GET", "HEAD"])
    def widget(request: Request) -> Response:
        """What a page of a portal names in its one line."""
        return _sent(request, loader)

    @router.api_route("/widget/{version}/{name}", methods=["GET", "HEAD"])
    def part(request: Request, version: str, name: str) -> Response:
        """A module, of the version that the loader names."""
        if version != files.version or name not in parts:
            raise Problem(NOT_FOUND, f"Không có tệp {shown(name)} của bản {shown(version)}. Xin tải lại trang.")
        return _sent(request, parts[name])

    @router.get("/widget-integrity.json")
    def widget_integrity() -> dict[str, str]:
        """The hash for a page that pins the loader, and with it everything that it loads."""
        return {"src": "/widget.js", "integrity": integrity(files.loader), "version": files.version}

    return router


def _sent(request: Request, file: _File) -> Response:
    packs = "gzip" in request.headers.get("accept-encoding", "")
    # each representation has a tag of its own (RFC 9110, 8.8.3.3)
    tag = f'"{file.tag}-gzip"' if packs else f'"{file.tag}"'
    headers = {**file.headers, "ETag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if packs:
        headers["Content-Encoding"] = "gzip"
    return Response(file.packed if packs else file.body, media_type=SCRIPT, headers=headers)
