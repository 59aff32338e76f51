"""Where a field of a record was read from, as the interface shows it: the words, within what its source allows."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from assistant.rights import OPEN_HITS, seal_of
from crawler.article import Article, Kind, Rights
from index.passage import heading_label
from index.sentence import sentence_spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stretch of a version of an article: `text[start:end]` of version `digest`, in code points.

    quote: the words there; null where the source's `rights` let no more of it be shown in one answer. seal: opens the
    stretch at /api/articles where `rights` is not "full". heading: the unit or headings it stands under.
    summary: the article restates law and is not the document itself.
    """

    article_id: str
    digest: str
    title: str
    source: str
    url: str | None
    original_url: str | None
    kind: Kind
    rights: Rights
    heading: str
    start: int
    end: int
    quote: str | None
    seal: str
    summary: bool


class Quoter:
    """Makes the places of one answer. Of an article that may not be shown whole it quotes `OPEN_HITS` stretches at
    most, and of a sentence at most where only a link is allowed: else its records, put together, would print it."""

    def __init__(self, article: Callable[[str, str], Article]) -> None:
        """article: gives an article by id and digest."""
        self._article = article
        self._held: dict[tuple[str, str], Article] = {}
        self._quoted: dict[tuple[str, int, int], bool] = {}
        self._opened: Counter[str] = Counter()

    def article(self, article_id: str, digest: str) -> Article:
        """One version of an article, read once an answer."""
        key = (article_id, digest)
        if key not in self._held:
            self._held[key] = self._article(article_id, digest)
        return self._held[key]

    def place(self, article_id: str, digest: str, start: int, end: int) -> Place:
        """The place of a stretch."""
        article = self.article(article_id, digest)
        shown = self._may_quote(article, start, end)
        return Place(
            article_id=article.id,
            digest=article.digest,
            title=article.title,
            source=article.source,
            url=article.url,
            original_url=article.original_url,
            kind=article.kind,
            rights=article.rights,
            heading=heading_label(article.heading_path(start)),
            start=start,
            end=end,
            quote=article.text[start:end] if shown else None,
            seal=seal_of(article, start, end) if shown else "",
            summary=article.kind == "guide",
        )

    def text(self, article_id: str, digest: str, start: int, end: int) -> str | None:
        """The words of a stretch that is no quotation but part of a whole (an option of a table); null where the source
        does not let the whole be shown."""
        article = self.article(article_id, digest)
        return article.text[start:end] if article.rights == "full" else None

    def _may_quote(self, article: Article, start: int, end: int) -> bool:
        if article.rights == "full":
            return True
        if article.rights == "link" and len(sentence_spans(article.text, start, end)) > 1:
            return False
        key = (article.id, start, end)
        if key not in self._quoted:
            self._opened[article.id] += 1
            self._quoted[key] = self._opened[article.id] <= OPEN_HITS
        return self._quoted[key]
