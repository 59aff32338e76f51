"""Retrieving: the passages that may answer a question, of news about the place asked and of law."""

from dataclasses import dataclass

from assistant.question import Question
from assistant.units import about_tables
from crawler.article import Kind
from index.filters import Filters
from index.passage import Hit
from index.places.named import PROVINCES
from index.places.territory import Territory
from index.search import Searcher

_NEWS: tuple[Kind, ...] = ("news", "decision")
_LAW: tuple[Kind, ...] = ("regulation", "guide")
_HITS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What retrieval brought for one question: passages of news and decisions, and of law, best first.

    embed_ms, search_ms: milliseconds for the question's vector, and for all searches.
    """

    news: tuple[Hit, ...]
    law: tuple[Hit, ...]
    embed_ms: float = 0.0
    search_ms: float = 0.0


NOTHING_FOUND = Found(news=(), law=())


def query_of(question: Question) -> str:
    """What is searched for."""
    query = " ".join(question.tokens)
    if question.follow_up:
        return " ".join((query, *question.content, *(PROVINCES[key].name for key in question.places)))
    return query


def retrieve(question: Question, searcher: Searcher, within: frozenset[str] = frozenset()) -> Found:
    """Passages of news about the place asked, and of law.

    within: ids of the articles the conversation is about; a follow-up finds news there first.
    """
    query = query_of(question)
    about = tuple(Territory.named(key) for key in question.places) or None
    news = searcher.search(query, Filters(kinds=_NEWS, provinces=about), limit=_HITS)
    law = searcher.search(query, Filters(kinds=_LAW, appendices=about_tables(question)), limit=_HITS)
    results = [news, law]
    hits = news.hits
    if within:
        own = searcher.search(query, Filters(kinds=_NEWS, article_ids=tuple(sorted(within))), limit=_HITS)
        results.append(own)
        hits = own.hits or hits
    return Found(
        news=hits,
        law=law.hits,
        embed_ms=sum(result.embed_ms for result in results),
        search_ms=sum(result.search_ms for result in results),
    )
