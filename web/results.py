"""A page of search results: passages as far as their sources let them be shown."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Elsewhere
from assistant.corpus import elsewhere
from assistant.rights import OPEN_HITS, seal_of, shown_span
from crawler.archive import Archive
from crawler.article import Article, Rights
from index.filters import Filters
from index.passage import Hit
from index.search import Searcher


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A passage found: `text` is the text of version `digest` of the article from `start` to `end` (code points).

    Of a source whose rights are "link" it is one sentence. page, recognised, rights, seal, also: as in `Citation`.
    """

    article_id: str
    title: str
    source: str
    url: str | None
    published: str | None
    heading: str
    text: str
    start: int
    end: int
    score: float
    digest: str
    page: int | None
    recognised: float | None
    rights: Rights
    seal: str
    also: tuple[Elsewhere, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """The best hits, best first.

    total: passages within the filters that share a word with the question, whatever the limit. There may be more hits:
    what is near by meaning alone is found too.
    read_as: the question as it was searched for, where its letters or marks were read otherwise than typed.
    force_unknown: passages of legal texts that `in_force` left out because no text held tells whether their document
    was in force on that day; 0 without that filter.
    """

    hits: tuple[SearchHit, ...]
    total: int
    force_unknown: int = 0
    read_as: str | None = None


def search_hits(data: Path, searcher: Searcher, question: str, filters: Filters, *, limit: int) -> SearchPage:
    """The best hits, at most `limit`, and how many passages share a word with the question.

    Of an article that may not be shown whole, `OPEN_HITS` passages at most: otherwise its title alone, searched for,
    would print it. Articles that were forgotten since the index was built are left out.

    Raises:
        LookupError: the index names an article that the archive lacks, and nobody forgot it.
    """
    asked_for = limit
    with Archive(data) as archive:
        while True:
            found = searcher.search(question, filters, limit=asked_for)
            shown: list[tuple[Hit, Article]] = []
            opened: Counter[str] = Counter()
            for hit in found.hits:
                name = hit.passage.article_id
                article = archive.get(name, hit.passage.digest)
                if article is None:
                    if archive.was_forgotten(name):
                        continue
                    raise LookupError(f"the index cites {name} {hit.passage.digest}, which the archive lacks")
                opened[name] += 1
                if article.rights == "full" or opened[name] <= OPEN_HITS:
                    shown.append((hit, article))
            if len(shown) >= limit or len(found.hits) < asked_for:
                break
            asked_for *= 2
        return SearchPage(
            hits=tuple(_search_hit(archive, hit, article, question) for hit, article in shown[:limit]),
            total=found.total,
            force_unknown=found.force_unknown,
            read_as=found.read_as,
        )


def _search_hit(archive: Archive, hit: Hit, article: Article, question: str) -> SearchHit:
    start, end = shown_span(article, hit.passage, question)
    page = article.page_at(start)
    return SearchHit(
        article_id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        heading=hit.passage.heading,
        text=article.text[start:end],
        start=start,
        end=end,
        score=hit.score,
        digest=article.digest,
        page=None if page is None else page.number,
        recognised=None if page is None else page.confidence,
        rights=article.rights,
        seal=seal_of(article, start, end),
        also=elsewhere(archive, hit.also),
    )
