"""Addresses in sitemaps (sitemaps.org 0.9), their indexes, and RSS 2.0, RSS 1.0 and Atom feeds (RFC 4287)."""

import gzip
import io
import zlib

from lxml import etree

MAX_BYTES = 50 * 1024 * 1024


def sitemap_pages(body: bytes) -> tuple[list[tuple[str, str | None]], list[str]]:
    """(pages with their lastmod, further sitemaps) that a sitemap or its index lists.

    gzip is undone, broken XML gives what is whole. lastmod is as written, None where there is none.
    """
    root = _xml(body)
    if root is None:
        return [], []
    pages = [
        (address, next(iter(_texts(entry, "./*[local-name()='lastmod']/text()")), None))
        for entry in _elements(root, "//*[local-name()='url']")
        for address in _texts(entry, "./*[local-name()='loc']/text()")[:1]
    ]
    return pages, _texts(root, "//*[local-name()='sitemap']/*[local-name()='loc']/text()")


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


def _elements(root: etree._Element, path: str) -> list[etree._Element]:
    found = root.xpath(path)
    return [item for item in found if isinstance(item, etree._Element)] if isinstance(found, list) else []


def _xml(body: bytes) -> etree._Element | None:
    if body[:2] == b"\x1f\x8b":
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(body)) as packed:
                body = packed.read(MAX_BYTES)
        except (OSError, EOFError, zlib.error):
            return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        return etree.fromstring(body.lstrip(), parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
