"""What a reader may see of an article whose source allows only quotes (`Article.rights`).

full      all of it
excerpt   the passage that was cited, or its first passage where none was; and a link to the original
link      the cited words only, or none; and a link to the original

A span opens only with the seal that an answer or a search gave with it: without it anyone could walk `start` over a
text and put the article together again. The seal is made with the digest of the bytes that were fetched, which is
never shown for such an article, so that it needs no store and no key: who can make one has the page already.
"""

import hashlib
import hmac

from crawler.article import Article
from index.passage import Passage, passages
from index.sentence import sentence_spans
from index.terms import terms

Span = tuple[int, int]

# How many passages of one article a page of search results opens where not all of it may be shown.
OPEN_HITS = 2


def seal_of(article: Article, start: int, end: int) -> str:
    """What opens `text[start:end]` to readers: 32 hexadecimal digits; "" where the whole article is open."""
    if article.rights == "full":
        return ""
    return hmac.new(
        article.raw_digest.encode(), f"{article.digest} {start} {end}".encode(), hashlib.sha256
    ).hexdigest()[:32]


def open_spans(article: Article, asked: Span | None, seal: str) -> tuple[Span, ...]:
    """The stretches of its text that a reader may see, in order; of what was asked for none where the seal is wrong."""
    if article.rights == "full":
        return ((0, len(article.text)),)
    if asked is not None and not hmac.compare_digest(seal.encode(), seal_of(article, *asked).encode()):
        asked = None
    if article.rights == "link":
        return () if asked is None else (asked,)
    cut = passages(article)
    if asked is None:
        return tuple((passage.start, passage.end) for passage in cut[:1])
    return tuple((passage.start, passage.end) for passage in cut if passage.start < asked[1] and asked[0] < passage.end)


def shown_span(article: Article, passage: Passage, question: str) -> Span:
    """What a list of results shows of a passage: all of it, or of a source that allows a link only the sentence that
    has most of the question's terms."""
    if article.rights != "link":
        return passage.start, passage.end
    asked = set(terms(question))
    sentences = sentence_spans(article.text, passage.start, passage.end)
    return max(sentences, key=lambda span: len(asked & set(terms(article.text[span[0] : span[1]]))))
