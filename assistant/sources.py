"""The numbered passages a model is given: those of the draft's evidence first, then of what else was judged to hold.

Nothing else of what was found is given: a passage of another place, time or regime cannot be cited.
"""

from collections.abc import Iterator

from assistant.corpus import Corpus
from assistant.draft import Draft
from assistant.evidence import Evidence
from assistant.judge import Judgement
from assistant.prompt import speaks_to_a_machine
from assistant.retrieve import Found
from assistant.supported import Source
from crawler.article import Article

MOST_SOURCES = 6
MOST_CHARACTERS = 6000  # of all passages together
_LAW = ("regulation", "guide")

Span = tuple[Article, int, int]


def sources_of(draft: Draft, evidence: Judgement, found: Found, corpus: Corpus) -> tuple[Source, ...]:
    """At most six passages, the draft's first, without their headings and without sentences that give orders."""
    sources: list[Source] = []
    taken: set[tuple[str, int, int]] = set()
    left = MOST_CHARACTERS
    for article, start, end in _spans(draft, evidence, found, corpus):
        sentences = tuple(
            span
            for span in _sentences(article, start, end, corpus)
            if (article.id, span.start, span.end) not in taken and not speaks_to_a_machine(span.quote)
        )
        size = sum(len(span.quote) for span in sentences)
        if not sentences or (size > left and sources):
            continue
        taken |= {(article.id, span.start, span.end) for span in sentences}
        left -= size
        sources.append(Source(number=len(sources) + 1, article=article, sentences=sentences))
        if len(sources) == MOST_SOURCES:
            break
    return tuple(sources)


def _spans(draft: Draft, evidence: Judgement, found: Found, corpus: Corpus) -> Iterator[Span]:
    own = [span for segment in draft.segments for span in segment.evidence]
    for span in own:
        yield _around(span, found)
    ruled = any(span.article.kind in _LAW for span in own)
    if ruled:
        of_draft = {span.article.id for span in own}
        for item in evidence.sentences:
            if item.candidate.law and item.candidate.evidence.article.id in of_draft:
                yield _around(item.candidate.evidence, found)
        return
    for item in evidence.sentences:
        if item.fits_time is not False and not item.candidate.law:
            yield _around(item.candidate.evidence, found)


def _around(span: Evidence, found: Found) -> Span:
    """The passage that a span stands in; else its block."""
    article = span.article
    for hit in (*found.news, *found.law):
        passage = hit.passage
        same = (passage.article_id, passage.digest) == (article.id, article.digest)
        if same and passage.start <= span.start and span.end <= passage.end:
            return article, passage.start, passage.end
    blocks = list(article.blocks_within(span.start, span.end))
    return article, min([span.start, *(b.start for b in blocks)]), max([span.end, *(b.end for b in blocks)])


def _sentences(article: Article, start: int, end: int, corpus: Corpus) -> Iterator[Evidence]:
    for first, last, block, _ in corpus.sentences(article):
        if first >= start and last <= end and block.role not in ("heading", "byline"):
            yield Evidence(article=article, start=first, end=last)
