"""Who may see what people asked: whoever sends the token, by Basic or Bearer; failed tries are few."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence

from starlette.requests import Request

from web.origins import caller_in
from web.problem import TOKEN_NEEDED, TOO_MANY, Problem
from web.rates import Rates, parsed

# For one address; the token itself cannot be found in any number of tries (assistant.settings).
_TRIES: Sequence[str] = ("10/minute", "100/day")
_CHALLENGE = 'Basic realm="OCOP", charset="UTF-8"'


class AdminToken:
    """Checks requests. Cookies are none of it: no page of another site can make a browser send what opens this, but for
    Basic, and what it opens only shows."""

    def __init__(self, token: str) -> None:
        self._digest = _digest(token)
        self._rules = parsed("; ".join(_TRIES))
        self._rates = Rates()

    def check(self, request: Request) -> None:
        """
        Raises:
            Problem: the token is missing or wrong (401), or too many wrong ones came from there (429).
        """
        who = caller_in(request.scope).key
        over = self._rates.full(self._rules, "admin", who)
        if over is not None:
            raise Problem(
                TOO_MANY,
                f"Đã thử sai quá nhiều lần. Xin thử lại sau {over.wait_s} giây.",
                headers={"Retry-After": str(over.wait_s)},
            )
        given = _token_of(request.headers.get("authorization", ""))
        if given is not None and hmac.compare_digest(_digest(given), self._digest):
            return
        if given is not None:
            self._rates.take(self._rules, "admin", who)
        raise Problem(
            TOKEN_NEEDED,
            "Trang này cần mã của người vận hành (OCOP_ADMIN_TOKEN): gõ mã vào ô mật khẩu; tên người dùng "
            "gõ gì cũng được.",
            headers={"WWW-Authenticate": _CHALLENGE},
        )


def _digest(token: str) -> bytes:
    # compared by digest, so that not even the length is told by how long it takes
    return hashlib.sha256(token.encode()).digest()


def _token_of(authorization: str) -> str | None:
    """The token of `Basic base64(name:token)` (RFC 7617) or `Bearer token` (RFC 6750), None where neither is sent."""
    scheme, _, value = authorization.partition(" ")
    match scheme.lower():
        case "bearer":
            return value.strip()
        case "basic":
            try:
                return base64.b64decode(value.strip(), validate=True).decode().partition(":")[2]
            except (binascii.Error, UnicodeDecodeError):
                return ""
        case _:
            return None
