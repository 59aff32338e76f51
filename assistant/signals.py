"""What speaks for a candidate and what against it, as numbers; `assistant.relevance` weighs them.

Each signal lies near [0, 1] (cosines and rarities are scaled so), and each has a name under which its weight is kept
and told. What a candidate must hold to be looked at at all is in `assistant.judge`.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.candidates import Candidate
from assistant.corpus import Corpus
from assistant.evidence import acts, fits_time, numbers_in_range, places_in, specific
from assistant.proper_names import proper_names, says_name
from assistant.question import Question
from assistant.units import appended, law_day, state_at
from assistant.wording import Words, coverage, pair_share, says, supplied, words_of
from crawler.article import Article
from index.figures.planned import says_planned
from index.figures.stars import stars_in
from index.law.address import DocumentNumber, find_document_numbers
from index.places.districts import find_districts

# The model whose cosines the weights were fitted to, and what `cosine` usually is of a right answer there.
FITTED_EMBEDDER = "e5-small"
_USUAL_COSINE = 0.4
KINDS = (
    "figure", "who", "when", "where", "list", "yes_no", "duration", "why", "text", "case", "number", "star",
    "definition", "how", "procedure", "merger", "unit",
)  # fmt: skip
NAMES = (
    "cover", "literal", "telling", "with_title", "with_passage", "pairs", "title", "missing",
    "fused", "cosine", "bm25", "rank", "first",
    "kind", *(f"kind_{kind}" for kind in KINDS),
    "place_named", "place_of_article", "place_other", "place_not_asked",
    "time_right", "time_wrong", "star", "number", "in_range", "document", "document_of_article", "plan_unlike",
    "with_before", "acts", "transitional", "other_star", "own_document", "note",
    "law", "guide", "in_force", "lapsed", "appendix", "length", "short", "row", "caption", "opens",
    "leads_in", "beyond",
)  # fmt: skip
# Characters and syllables of an opening that says who speaks.
_OPENING, _SPEAKING = 120, 14
# Of the question itself: how likely it is that nothing answers depends on what is asked and how closely.
_WANTED = (*KINDS, "compare", "share")
OF_QUESTION = (
    "any", *(f"wants_{kind}" for kind in _WANTED),
    "place", "places", "time", "document", "number", "star", "telling", "found",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with what all its candidates are measured by: the weights of its words, the best BM25 score found.

    around: article id and start of a passage -> the words of the passage and its header, filled as they are needed.
    names: the proper names it gives.
    """

    question: Question
    weights: list[float]
    telling: tuple[str, ...]
    telling_weights: list[float]
    best_bm25: float
    on: date
    around: dict[tuple[str, int], Words]
    names: tuple[str, ...]


def asked_of(question: Question, found: Sequence[Candidate], corpus: Corpus, on: date) -> Asked:
    """The question as its candidates are measured against it."""
    telling = specific(question)
    return Asked(
        question=question,
        weights=corpus.weights(question.content, question.emphasis),
        telling=telling,
        telling_weights=corpus.weights(telling, question.emphasis),
        best_bm25=max((item.hit.lexical or 0.0 for item in found), default=0.0),
        on=law_day(question, on),
        around={},
        names=proper_names(question.text),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A candidate looked at: what the gates and the signals both need. opening: the words before it that name somebody
    asked about as who says it, where it does not."""

    words: Words
    opening: Words | None
    around: Words
    places: frozenset[str]
    article_places: frozenset[str]
    time: bool | None
    kind: bool
    star: bool
    documents: tuple[DocumentNumber, ...]
    article_documents: tuple[DocumentNumber, ...]
    in_range: bool


def look(asked: Asked, candidate: Candidate, corpus: Corpus, *, kind: bool) -> Looked:
    """What a candidate says, read once. kind: whether it holds the kind of thing asked for."""
    question, passage = asked.question, candidate.hit.passage
    article = candidate.evidence.article
    words = supplied(question.synonyms, words_of(candidate.text))
    opening = _speaker(asked.names, candidate) if asked.names else None
    if opening is not None:
        words += supplied(question.synonyms, opening)
    key = passage.article_id, passage.start
    around = asked.around.get(key)
    if around is None:
        around = supplied(question.synonyms, words_of(passage.header) + words_of(passage.text))
        asked.around[key] = around
    return Looked(
        words=words,
        opening=opening,
        around=around,
        places=_keys(candidate.text) if question.places else frozenset(),
        article_places=places_of_article(candidate, corpus),
        time=None if candidate.law else fits_time(question, candidate.text, article, candidate.carried),
        kind=kind,
        star=question.stars is not None and names_star(candidate.text, question.stars[0]),
        documents=_documents(candidate.text) if question.documents else (),
        article_documents=_documents(f"{article.title}\n{passage.header}\n{passage.text}")
        if question.documents
        else (),
        in_range=bool(question.numbers) and numbers_in_range(question, candidate.text),
    )


def _speaker(names: tuple[str, ...], candidate: Candidate) -> Words | None:
    """The words that a paragraph opens with before a candidate, where they name somebody asked about ("Ông Lê Văn An đề
    nghị …. Chú ý các sản phẩm …"): the sentences after go on with what that one said."""
    if candidate.law or candidate.block.role not in ("paragraph", "lead"):
        return None
    article, start = candidate.evidence.article, candidate.block.start
    opening = article.text[start : min(candidate.evidence.start, start + _OPENING)]
    said = words_of(" ".join(opening.split()[:_SPEAKING]))
    return said if any(says_name(said, name) for name in names) else None


def places_of_article(candidate: Candidate, corpus: Corpus) -> frozenset[str]:
    """Keys of the provinces an article is about, those of its title among them."""
    passage = candidate.hit.passage
    named = _keys(candidate.evidence.article.title)
    return named.union(corpus.provinces(passage.article_id, passage.digest))


def signals(asked: Asked, candidate: Candidate, looked: Looked, corpus: Corpus) -> list[float]:
    """The signals of a candidate, in the order of NAMES."""
    question, hit, text = asked.question, candidate.hit, candidate.text
    article, block = candidate.evidence.article, candidate.block
    content, weights = question.content, asked.weights
    plain, words, title = words_of(text), looked.words, words_of(hit.passage.header)
    around = looked.around
    missing = sum(
        weight
        for word, weight in zip(asked.telling, asked.telling_weights, strict=True)
        if not (words.holds(word) or around.holds(word))
    )
    size = max(1, len(plain.tokens))
    state = state_at(article, corpus, asked.on).status if candidate.law else ""
    kind = question.wanted
    places = frozenset(question.places)
    return [
        coverage(content, words, weights),
        coverage(content, plain, weights),
        coverage(asked.telling, words, asked.telling_weights),
        coverage(content, words, weights, supplied(question.synonyms, title)),
        coverage(content, words, weights, around),
        pair_share(content, words),
        coverage(content, title, weights),
        missing / 10,
        hit.score,
        _cosine(hit.dense, corpus.embedder),
        (hit.lexical or 0.0) / asked.best_bm25 if asked.best_bm25 else 0.0,
        1 / (1 + candidate.rank),
        float(candidate.rank == 0),
        float(looked.kind),
        *(float(looked.kind and kind == one) for one in KINDS),
        float(bool(looked.places & places)),
        float(not looked.places & places and bool(looked.article_places & places)),
        float(bool(places) and bool(looked.places - places)),
        float(not places and bool(looked.article_places)),
        float(looked.time is True),
        float(looked.time is False),
        float(looked.star),
        float(bool(question.numbers) and all(words.holds(number) for number in question.numbers)),
        float(looked.in_range),
        float(_names(question, looked.documents)),
        float(_names(question, looked.article_documents)),
        float(question.planned != says_planned(text)),
        coverage(content, words, weights, words_of(candidate.before)),
        float(kind == "who" and acts(text)),
        float(transitional(candidate)),
        float(question.stars is None and kind != "star" and candidate.law and stars_in(text) is not None),
        float(_carries(question, article, corpus)),
        float(text.startswith(("Ghi chú", "Lưu ý"))),
        float(candidate.law),
        float(article.kind == "guide"),
        float(state == "in_force"),
        float(state in ("lapsed", "not_yet")),
        float(candidate.law and appended(article, candidate.evidence.start)),
        math.log1p(size) / 4,
        float(size < 8),
        float(block.role == "row"),
        float(block.role == "caption"),
        float(candidate.evidence.start < 200),
        float(text.rstrip().endswith(":")),
        float(candidate.beyond),
    ]


def question_signals(asked: Asked, found: int) -> list[float]:
    """The signals of a question for which so many candidates were found, in the order of OF_QUESTION."""
    question = asked.question
    return [
        1.0,
        *(float(question.wanted == kind) for kind in _WANTED),
        float(bool(question.places)),
        float(len(question.places) > 1),
        float(bool(question.dates)),
        float(bool(question.documents)),
        float(bool(question.numbers)),
        float(question.stars is not None),
        len(asked.telling) / 6,
        min(1.0, math.log1p(found) / 3),
    ]


def _cosine(dense: float | None, embedder: str) -> float:
    """The cosine as the weights were fitted to it: those of e5-small lie in [.75, .95]. Of another model they say which
    passage is nearer, which the fused score says too, and not how near: they count as those of a usual right answer."""
    if embedder != FITTED_EMBEDDER:
        return _USUAL_COSINE
    return 10 * ((dense if dense is not None else 0.8) - 0.85)


def _names(question: Question, documents: Sequence[DocumentNumber]) -> bool:
    return any(number.matches(asked) for asked in question.documents for number in documents)


def _carries(question: Question, article: Article, corpus: Corpus) -> bool:
    """Whether an article carries or restates a document asked about."""
    regulation = corpus.regulation(article.id) if question.documents else None
    own = None if regulation is None else regulation.number
    return own is not None and any(number.matches(own) for number in question.documents)


def transitional(candidate: Candidate) -> bool:
    """Whether a candidate stands in a transitional provision, or in a guide to one."""
    return "chuyển tiếp" in f"{candidate.hit.passage.header} {candidate.evidence.article.title}".lower()


# What transitional provisions are asked about: what began under former law, and a dossier that comes too late.
_OF_TRANSITION = (
    "chuyển tiếp", "trước đây", "trước ngày", "cũ", "đã nộp", "đã được công nhận", "kéo dài", "không kịp", "chưa kịp",
    "trễ", "quá hạn", "nộp muộn", "luật mới", "quy định mới", "quyết định mới",
)  # fmt: skip


def asks_of_former_law(question: Question, article: Article, corpus: Corpus) -> bool:
    """Whether a question is about what began before the document of an article was in force."""
    document = corpus.document(article.id)
    former = document is not None and any(not number.matches(document.number) for number in question.documents)
    begun = None if document is None or document.effective is None else document.effective.on
    effective = "" if begun is None else begun.isoformat()
    earlier = any(asked < effective[: len(asked)] for asked in question.dates)
    said = says(question.tokens, *_OF_TRANSITION)
    return former or earlier or said


@lru_cache(maxsize=256)
def _star(star: int) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\d)0?{star}(?:\s?[-–]\s?\d)?\s?sao|(?<!\*)\*{{{star}}}(?!\*)|(?<!\w){_IN_WORDS[star]}\s+sao",
        re.IGNORECASE,
    )


_IN_WORDS = {1: "một", 2: "hai", 3: "ba", 4: "bốn", 5: "năm"}


def names_star(text: str, star: int) -> bool:
    """Whether a text names a star ("4 sao", "bốn sao", "3-4 sao" for 3, "****" in a criteria table)."""
    return ("*" in text or "sao" in text.lower()) and _star(star).search(text) is not None


def _keys(text: str) -> frozenset[str]:
    return frozenset(mention.key for mention in places_in(text))


@lru_cache(maxsize=20_000)
def _documents(text: str) -> tuple[DocumentNumber, ...]:
    return tuple(find_document_numbers(text))


@lru_cache(maxsize=4096)
def districts_in(text: str, provinces: tuple[str, ...]) -> frozenset[str]:
    """Keys of the districts a text of those provinces names."""
    return frozenset(key for mention in find_districts(text, provinces=provinces) for key in mention.candidates)
