"""Addresses in sitemaps (sitemaps.org 0.9), their indexes, and RSS 2.0, RSS 1.0 and Atom feeds (RFC 4287)."""

import gzip
import io
import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from lxml import etree

MAX_BYTES = 50 * 1024 * 1024
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


def sitemap_addresses(body: bytes) -> tuple[list[str], list[str]]:
    """(pages, further sitemaps) that a sitemap or its index lists; gzip is undone, broken XML gives what is whole."""
    root = _xml(body)
    if root is None:
        return [], []
    return (
        _texts(root, "//*[local-name()='url']/*[local-name()='loc']/text()"),
        _texts(root, "//*[local-name()='sitemap']/*[local-name()='loc']/text()"),
    )


def feed_addresses(body: bytes) -> list[str]:
    """The addresses of a feed's entries."""
    root = _xml(body)
    if root is None:
        return []
    return [
        *_texts(root, "//*[local-name()='item']/*[local-name()='link']/text()"),
        *_texts(root, "//*[local-name()='entry']/*[local-name()='link'][not(@rel) or @rel='alternate']/@href"),
    ]


def _texts(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path)
    return [text for item in found if (text := str(item).strip())] if isinstance(found, list) else []


def _xml(body: bytes) -> etree._Element | None:
    if body[:2] == b"\x1f\x8b":
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(body)) as packed:
                body = packed.read(MAX_BYTES)
        except (OSError, EOFError):
            return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        return etree.fromstring(body.lstrip(), parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
