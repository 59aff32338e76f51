"""Limits per address and per portal on what is asked, as plain ASGI middleware: beyond them a 429 with Retry-After."""

from collections.abc import Callable
from urllib.parse import parse_qs

import anyio.to_thread
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from web.limits import Render
from web.origins import caller_in
from web.portals import PortalTable
from web.problem import TOO_MANY, Problem
from web.rates import Bucket, Over, Rates

# Never counted: what watches the server, and files that cost nothing. /admin and /metrics count tries of their own.
_FREE = ("/api/health", "/api/ready", "/api/portals/", "/static/", "/widget", "/admin", "/metrics", "/openapi.json")
_BUCKETS: tuple[tuple[str, Bucket], ...] = (
    ("/api/ask", "ask"),
    ("/v1/chat/", "ask"),
    ("/mcp", "ask"),
    ("/api/feedback", "feedback"),
    ("/api/answers/", "read"),
    ("/api/articles/", "read"),
    ("/api/", "search"),
)
# A page that is asked something in its address answers it.
_ASKS = "q"


def bucket_of(path: str, query: str) -> Bucket | None:
    """What kind of request it is; None for one that is never counted."""
    if path.startswith(_FREE):
        return None
    for prefix, bucket in _BUCKETS:
        if path.startswith(prefix):
            return bucket
    return "ask" if path == "/" and parse_qs(query).get(_ASKS) else "read"


class RateLimit:
    """Counts each request for its address and for the portal it names. This machine itself is no stranger: only the
    portal it names counts.

    limited: told of each refusal, with the kind of request and whose limit it was.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        render: Render,
        portals: PortalTable,
        rates: Rates,
        limited: Callable[[Bucket, str], None] = lambda _bucket, _whose: None,
    ) -> None:
        self.app = app
        self.render = render
        self.portals = portals
        self.rates = rates
        self.limited = limited

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one ASGI connection; all but HTTP pass through."""
        if scope["type"] == "http":
            bucket = bucket_of(scope["path"], scope["query_string"].decode("latin-1"))
            if bucket is not None and scope["method"] != "OPTIONS":
                problem = await self._refusal(scope, bucket)
                if problem is not None:
                    await self.render(Request(scope), problem)(scope, receive, send)
                    return
        await self.app(scope, receive, send)

    async def _refusal(self, scope: Scope, bucket: Bucket) -> Problem | None:
        caller = caller_in(scope)
        if not caller.local:
            rules = self.portals.current().limits.of(bucket)
            over = await self._take(rules, "address", bucket, caller.key)
            if over is not None:
                self.limited(bucket, "address")
                return _too_many(over, "Địa chỉ mạng của bạn đã gửi quá nhiều yêu cầu")
        if caller.portal is not None:
            over = await self._take(caller.portal.limits.of(bucket), "portal", bucket, caller.portal.id)
            if over is not None:
                self.limited(bucket, "portal")
                return _too_many(over, f"Trợ lý trên {caller.portal.name} đang có quá nhiều người hỏi")
        return None

    async def _take(self, rules: tuple, *who: str) -> Over | None:  # type: ignore[type-arg]
        if not rules:
            return None
        if self.rates.shared:  # a round trip over the network
            return await anyio.to_thread.run_sync(self.rates.take, rules, *who)
        return self.rates.take(rules, *who)


def _too_many(over: Over, what: str) -> Problem:
    return Problem(
        TOO_MANY,
        f"{what}. Xin thử lại sau {_duration(over.wait_s)}; nội dung bạn gõ không mất.",
        headers={"Retry-After": str(over.wait_s)},
    )


def _duration(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} giây"
    return f"{-(-seconds // 60)} phút" if seconds < 7200 else f"{-(-seconds // 3600)} giờ"
