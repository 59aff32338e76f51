"""What decisions tell: head, acts, validity and products, each with the place it was read from."""

from crawler.archive import Raw
from crawler.article import Article
from crawler.draft import Origin
from crawler.read import read


def page(body: str, **origin: str) -> Article:
    """A decision as a portal prints it, as the crawler reads it."""
    html = f"<html><head><title>Quyết định</title></head><body><article>{body}</article></body></html>"
    given: dict[str, str] = {
        "source": "Cổng thử",
        "fetched": "2026-11-22T00:00:00Z",
        "url": "http://thu.vn/qd",
        **origin,
    }
    return read(Raw(body=html.encode(), content_type="text/html; charset=utf-8"), Origin(**given))  # type: ignore[arg-type]
