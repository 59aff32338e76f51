"""Which pages of other sites may ask from a browser: CORS, framing, and portals that only their own pages may name.

Browsers say where a script's page is from (Origin, RFC 6454); everyone else can say what they like, so this guards
portals' names and budgets against other sites, not the corpus against anybody: that is public.
"""

from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.caller import Caller, Network, caller_of, current, parse_address
from web.limits import SECURITY_HEADERS, Render
from web.portals import Portal, Portals, PortalTable
from web.problem import PORTAL_NOT_FOUND, PORTAL_REFUSED, Problem, shown

PORTAL_HEADER = "X-OCOP-Portal"
PORTAL_PARAMETER = "portal"
PORTAL_ROUTE = "/api/portals/"
PREFLIGHT_LIFETIME_S = 600

# What pages of portals may reach; the rest (/v1, /mcp, /metrics, /admin) is no page's business.
_SHARED = ("/api/",)
# The widget's own files hold nothing of anyone, and a page that checks their hashes (SRI) can only do so with CORS.
_PUBLIC = ("/static/", "/widget")
_OWN_PAGES = ("/admin",)
_METHODS = "GET, POST"
_REQUEST_HEADERS = f"Content-Type, {PORTAL_HEADER}"
_RESPONSE_HEADERS = "Retry-After, X-Request-ID"


def caller_in(scope: Scope) -> Caller:
    """Who the request comes from, as `CrossOrigin` found it."""
    caller: Caller = scope["state"]["caller"]
    return caller


class CrossOrigin:
    """Tells who asks (`web.caller.current`), refuses portals named by pages not theirs, and answers preflights.

    Every response says that it depends on Origin, so that no cache gives one site what was meant for another. No
    credentials are ever allowed: there are none.
    """

    def __init__(self, app: ASGIApp, *, render: Render, portals: PortalTable, trusted: Sequence[Network]) -> None:
        self.app = app
        self.render = render
        self.portals = portals
        self.trusted = tuple(trusted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one ASGI connection; all but HTTP pass through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        table = self.portals.current()
        headers = Headers(scope=scope)
        path: str = scope["path"]
        origin = headers.get("origin")
        known = origin is not None and origin in table.origins
        portal: Portal | None = None
        refused = False

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                # a page that named a portal in vain may read why
                readable = origin if known or refused else None
                self._add(MutableHeaders(scope=message), path, readable, portal, table)
            await send(message)

        peer = scope.get("client")
        caller = caller_of(parse_address(peer[0]) if peer else None, headers.getlist("x-forwarded-for"), self.trusted)
        try:
            portal = _portal_named(scope, headers, table)
            if portal is not None:
                _check(portal, origin, headers.get("host", ""))
            elif known:
                portal = _portal_of(origin, table)
        except Problem as problem:
            refused = True
            scope["state"]["caller"] = caller
            await self.render(Request(scope), problem)(scope, receive, send_with_headers)
            return
        caller = Caller(address=caller.address, local=caller.local, portal=portal)
        scope["state"]["caller"] = caller
        if scope["method"] == "OPTIONS" and origin is not None and "access-control-request-method" in headers:
            await _preflight(allowed=known and path.startswith(_SHARED))(scope, receive, send_with_headers)
            return
        token = current.set(caller)
        try:
            await self.app(scope, receive, send_with_headers)
        finally:
            current.reset(token)

    def _add(
        self, headers: MutableHeaders, path: str, origin: str | None, portal: Portal | None, table: Portals
    ) -> None:
        if path.startswith(_PUBLIC):
            headers["Access-Control-Allow-Origin"] = "*"
            return
        headers.add_vary_header("Origin")
        if origin is not None and path.startswith(_SHARED):
            headers["Access-Control-Allow-Origin"] = origin
            headers["Access-Control-Expose-Headers"] = _RESPONSE_HEADERS
        if headers.get("content-type", "").startswith("text/html") and not path.startswith(_OWN_PAGES):
            framing = table.origins if portal is None else frozenset(portal.origins)
            if framing:
                policy = SECURITY_HEADERS["Content-Security-Policy"]
                ancestors = " ".join(["'self'", *sorted(framing)])
                headers["Content-Security-Policy"] = policy.replace(
                    "frame-ancestors 'none'", f"frame-ancestors {ancestors}"
                )


def _portal_named(scope: Scope, headers: Headers, table: Portals) -> Portal | None:
    """The portal a request names: by the address /api/portals/{id}, by the parameter `portal`, or by the header.

    Raises:
        Problem: there is no such portal.
    """
    path: str = scope["path"]
    named = path.removeprefix(PORTAL_ROUTE) if path.startswith(PORTAL_ROUTE) else None
    if not named:
        query = parse_qs(scope["query_string"].decode("latin-1"))
        named = next(iter(query.get(PORTAL_PARAMETER, ())), None) or headers.get(PORTAL_HEADER)
    if not named:
        return None
    portal = table.portals.get(named)
    if portal is None:
        raise Problem(
            PORTAL_NOT_FOUND,
            f"Máy chủ này không có cổng mang mã {shown(named)}. Người phụ trách trang cần hỏi người vận hành mã đúng "
            "để ghi vào data-portal.",
        )
    return portal


def _portal_of(origin: str | None, table: Portals) -> Portal | None:
    """The portal that a page belongs to which names none; None where several may be meant."""
    portals = [portal for portal in table.portals.values() if origin in portal.origins]
    return portals[0] if len(portals) == 1 else None


def _check(portal: Portal, origin: str | None, host: str) -> None:
    """
    Raises:
        Problem: the page that names a portal is neither one of its own nor one of this server.
    """
    if origin is None or origin in portal.origins:
        return  # no origin: no script of another site's page
    if urlsplit(origin).netloc == host.lower():
        return
    raise Problem(
        PORTAL_REFUSED,
        f"Trang {shown(origin)} không nằm trong danh sách của cổng {shown(portal.id)}, nên không hỏi thay cổng này "
        "được. Người vận hành thêm địa chỉ ấy vào origins trong portals.toml nếu đúng là trang của cổng.",
    )


def _preflight(*, allowed: bool) -> Response:
    if not allowed:
        return Response(status_code=HTTPStatus.FORBIDDEN)
    return Response(
        status_code=HTTPStatus.NO_CONTENT,
        headers={
            "Access-Control-Allow-Methods": _METHODS,
            "Access-Control-Allow-Headers": _REQUEST_HEADERS,
            "Access-Control-Max-Age": str(PREFLIGHT_LIFETIME_S),
        },
    )
