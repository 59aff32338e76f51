"""Limits and headers that hold for every request, as plain ASGI middleware: id, log line, body size, security headers.

Bodies are read here, before any route, and given on whole: at most `BODY_LIMIT_BYTES` are ever kept, of a chat
`CHAT_LIMIT_BYTES`.
"""

import asyncio
import logging
import time
import uuid
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.problem import BODY_TIMEOUT, BODY_TOO_LARGE, INTERNAL, UNSUPPORTED_MEDIA_TYPE, Problem, shown

# What takes the form of a page. One that changes anything must see to it that no other site's page sent it
# (web.corrections); one that only asks is for every page.
FORMS = ("/admin/sua", "/")
_FORM = "application/x-www-form-urlencoded"
BODY_LIMIT_BYTES = 64 * 1024
# A chat is sent whole each time, with all that was answered.
CHAT_LIMIT_BYTES = 512 * 1024
CHAT = "/v1/"
BODY_TIMEOUT_S = 10.0
# What is thrown away unread beyond the limit, so that a client still sending gets to read the problem.
DRAIN_LIMIT_BYTES = 1024 * 1024

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Questions stand in the page's address: no source that a reader opens may learn them.
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

# Asked every second by whatever watches the server: told only where they fail unexpectedly.
PROBES = {"/api/health", "/api/ready"}

Render = Callable[[Request, Problem], Response]
Counted = Callable[[str, str, int, float], None]

_log = logging.getLogger("ocop.server")


def request_id(scope: Scope) -> str:
    """The id given to this request, a UUID in its usual text form."""
    return str(scope["state"]["request_id"])


class Envelope:
    """Gives every request an id, every response the security headers, every request one log line without its query.

    What escapes the application becomes a 500 without internals; the log has the traceback under the id.
    """

    def __init__(self, app: ASGIApp, *, render: Render, counted: Counted = lambda _r, _m, _s, _e: None) -> None:
        """counted: told of each response at its end: the route's template, the method, the status, seconds."""
        self.app = app
        self.render = render
        self.counted = counted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one ASGI connection; all but HTTP pass through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})["request_id"] = str(uuid.uuid4())
        started = time.perf_counter()
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id(scope)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            _log.exception(
                "request %s failed: %s %s",
                request_id(scope),
                scope["method"],
                shown(scope["path"]),
                extra={"request_id": request_id(scope)},
            )
            if status:
                raise  # the response has begun: only the connection can still say that it is broken
            problem = Problem(
                INTERNAL,
                "Máy chủ không hoàn thành được yêu cầu này; lỗi đã được ghi lại. Xin thử lại sau, và nếu vẫn vậy, "
                f"báo cho người vận hành mã {request_id(scope)}.",
            )
            await self.render(Request(scope), problem)(scope, receive, send_with_headers)
        finally:
            elapsed_s = time.perf_counter() - started
            route = _route(scope)
            self.counted(route, scope["method"], status, elapsed_s)
            _log.log(
                logging.DEBUG if scope["path"] in PROBES and status != INTERNAL.status else logging.INFO,
                "%s %s %s %.1f ms %s",
                scope["method"],
                shown(scope["path"]),
                status,
                elapsed_s * 1000,
                request_id(scope),
                extra={
                    "request_id": request_id(scope),
                    "method": scope["method"],
                    "route": route,
                    "status": status,
                    "elapsed_ms": round(elapsed_s * 1000, 1),
                },
            )


def _route(scope: Scope) -> str:
    """The template of the route that answered ("/api/articles/{article_id}"), for counts; "" where none did."""
    route = scope.get("route")
    if route is not None:
        return str(route.path)
    return "/static" if scope["path"].startswith("/static/") else ""


class BodyLimit:
    """Reads the body of every request up to a limit; refuses what is larger, slower or of another type than JSON."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        render: Render,
        limit_bytes: int = BODY_LIMIT_BYTES,
        timeout_s: float = BODY_TIMEOUT_S,
    ) -> None:
        self.app = app
        self.render = render
        self.limit_bytes = limit_bytes
        self.timeout_s = timeout_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one ASGI connection; all but HTTP pass through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            body = await self._read(scope, receive)
        except Problem as problem:
            problem.headers["Connection"] = "close"  # what is left of the body is never read
            await self.render(Request(scope), problem)(scope, receive, send)
            return
        if body is None:
            return  # the client left
        await self.app(scope, _replay(body, receive), send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes | None:
        headers = Headers(scope=scope)
        limit = CHAT_LIMIT_BYTES if scope["path"].startswith(CHAT) else self.limit_bytes
        declared = headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > DRAIN_LIMIT_BYTES:
            raise _too_large(int(declared), limit)
        kept: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self.timeout_s):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return None
                    chunk: bytes = message.get("body", b"")
                    size += len(chunk)
                    if size <= limit:
                        kept.append(chunk)
                    else:
                        kept.clear()
                    if size > DRAIN_LIMIT_BYTES or not message.get("more_body", False):
                        break
        except TimeoutError:
            raise Problem(
                BODY_TIMEOUT,
                f"Sau {self.timeout_s:g} giây vẫn chưa nhận đủ dữ liệu. Xin kiểm tra đường truyền rồi gửi lại.",
            ) from None
        if size > limit:
            raise _too_large(size, limit)
        media_type = headers.get("content-type", "")
        taken = _is_form(media_type) if scope["path"] in FORMS else _is_json(media_type)
        if size and scope["method"] == "POST" and not taken:
            raise Problem(
                UNSUPPORTED_MEDIA_TYPE,
                f"Nhận được Content-Type {shown(headers.get('content-type', ''))}; cần "
                f"{_FORM if scope['path'] in FORMS else 'application/json'}.",
                headers={"Accept": _FORM if scope["path"] in FORMS else "application/json"},
            )
        return b"".join(kept)


def _too_large(size: int, limit: int) -> Problem:
    return Problem(
        BODY_TOO_LARGE,
        f"Nội dung gửi lên dài ít nhất {size:,} byte; tối đa là {limit:,} byte.".replace(",", "."),
    )


def _is_json(content_type: str) -> bool:
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type == "application/json" or (media_type.startswith("application/") and media_type.endswith("+json"))


def _is_form(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() == _FORM


def _replay(body: bytes, receive: Receive) -> Callable[[], Awaitable[Message]]:
    given = False

    async def replayed() -> Message:
        nonlocal given
        if not given:
            given = True
            return {"type": "http.request", "body": body, "more_body": False}
        return await receive()

    return replayed
