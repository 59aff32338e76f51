"""Web addresses: one spelling for each, and the authority it belongs to."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

# What RFC 3986 allows in a path, and "%", for what is encoded already.
_SAFE = "/%:@!$&'()*+,;=~-._"
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|zarsrc|_gl|mc_[ce]id", re.IGNORECASE)


def clean_address(base: str, address: str) -> str | None:
    """`address` absolute against `base`, without fragment, session id and tracking parameters; None if not HTTP(S)."""
    try:
        parts = urlsplit(urljoin(base, address.strip()))
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    query = parts.query
    if query and _TRACKING.search(query):
        query = urlencode([(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(k)])
    path = quote(_SESSION.sub("", parts.path) or "/", safe=_SAFE)
    return urlunsplit((parts.scheme, parts.netloc, path, quote(query, safe=_SAFE + "?"), ""))


@lru_cache(maxsize=4096)
def origin_of(url: str) -> tuple[str, str]:
    """(scheme, host:port) of an address in lower case, default ports left out; ("", "") if it cannot be read."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "", ""
    host = (parts.hostname or "").lower()
    default = {"http": 80, "https": 443}.get(parts.scheme.lower())
    return parts.scheme.lower(), host if port in (None, default) else f"{host}:{port}"


def host_of(url: str) -> str:
    """The host of an address in lower case, with its port where it is not the scheme's own; "" if it has none."""
    return origin_of(url)[1]


def path_of(url: str) -> str:
    """Path and query of an address, as rules of sources are matched against them."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
