"""What a recogniser of letters was not sure of."""

import re

from crawler.article import Article
from index.span import Span

_WORD = re.compile(r"\S+")
_EDGES = ".,;:()[]“”\"'|"


def recognised(article: Article, at: int) -> bool:
    """Whether the text at an offset was recognised from a picture."""
    page = article.page_at(at)
    return page is not None and page.confidence is not None


def doubted(article: Article, span: Span) -> bool:
    """Whether a word of a span is one that the recogniser doubted on that page."""
    page = article.page_at(span.start)
    if page is None or not page.doubted:
        return False
    words = {word.strip(_EDGES) for word in _WORD.findall(span.of(article.text))}
    return not words.isdisjoint(word.strip(_EDGES) for word in page.doubted)
