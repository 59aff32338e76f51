"""The provision of one text that tells what a question asks of it: a sentence of the decision or rule that it names.

Who names a paper asks that paper, so nothing else is searched: of its sentences the one that holds most of what the
question says of the thing, weighed by rarity, and that holds the kind of thing asked for (an amount, a length of time,
a day, a body). Where none holds enough of it, the paper does not tell.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.corpus import Corpus
from assistant.evidence import Evidence, fits_kind
from assistant.numbers_told import said_in_words
from assistant.question import CALLED, Question
from assistant.wording import Words, coverage, find_phrase, pair_share, supplied, words_of
from crawler.article import Article, Block
from index.passage import heading_label

# The share of the telling words that the sentence holds with its heading and what leads in to it, and by itself.
HELD = 0.6
HELD_ALONE = 0.4
_FORMS = re.compile(r"(?<!\w)(?:biểu|mẫu)\s+(?:số\s+)?\d", re.IGNORECASE)
# What a text of law or a question about one is called by, and says of its time; no sentence need repeat it.
_OF_PAPERS = frozenset(
    "văn bản quyết định quy theo căn cứ dựa điều khoản điểm thông tư nghị luật tóm lược giai đoạn thời áp dụng chỉ "
    "hướng dẫn sổ tay tài liệu".split()
)
_OF_MONEY = frozenset("tiền kinh phí mức chi dành bố trí cấp khoản đồng".split())
# Kinds of answer that are told apart from others by what they hold; of the rest a question must say more of the thing.
_PRECISE = ("unit", "figure", "duration", "list")
_SAYING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A sentence that tells what is asked of its text. held: the share of the telling words it holds, in [0, 1]."""

    evidence: Evidence
    block: Block
    held: float


def provision(
    question: Question, articles: Iterable[Article], corpus: Corpus, *, named: Sequence[str] = ()
) -> Provision | None:
    """The sentence of some articles that holds most of what a question asks of them; None where none holds enough.

    named: phrases of the question that say which text is meant ("sơn hạ") and need not stand in the sentence.
    """
    telling = _telling(question, named)
    if len(telling) < (1 if question.wanted in _PRECISE else _SAYING):
        return None
    weights = corpus.weights(telling, question.emphasis)
    best: tuple[tuple[float, float], Provision] | None = None
    for article in articles:
        for evidence, block, lead in _sentences(article, corpus):
            text = evidence.quote
            if not _holds_kind(question, text):
                continue
            words = supplied(question.synonyms, words_of(text))
            alone = coverage(telling, words, weights)
            if alone < HELD_ALONE:
                continue
            around: Words = words + words_of(f"{heading_label(article.heading_path(evidence.start))} {lead}")
            held = coverage(telling, supplied(question.synonyms, around), weights)
            if held < HELD:
                continue
            rank = (0.5 * held + alone, pair_share(telling, words))
            if best is None or rank > best[0]:
                best = rank, Provision(evidence=evidence, block=block, held=held)
    return None if best is None else best[1]


def _telling(question: Question, named: Sequence[str]) -> tuple[str, ...]:
    """What a question says of the thing it asks: its content without the text meant."""
    words = question.content
    for phrase in named:
        size = len(phrase.split())
        at = find_phrase(words, phrase)
        if at >= 0:
            words = words[:at] + words[at + size :]
    needless = CALLED | _OF_PAPERS | {number.number for number in question.documents}
    if any(item.what == "đồng" for item in question.counted):
        needless |= _OF_MONEY  # the amount in the sentence says that it is about money
    return tuple(word for word in words if word not in needless)


def _sentences(article: Article, corpus: Corpus) -> Iterator[tuple[Evidence, Block, str]]:
    """The sentences of an article that may provide something, each with the line that leads in to it."""
    lead = ""
    for start, end, block, _ in corpus.sentences(article):
        text = article.text[start:end]
        if block.role in ("heading", "byline", "caption"):
            lead = ""
            continue
        yield Evidence(article=article, start=start, end=end), block, lead
        if text.rstrip().endswith(":"):
            lead = text


def _holds_kind(question: Question, text: str) -> bool:
    """Whether a sentence holds the kind of thing asked for, a length of time or number of a form in any spelling."""
    if question.wanted == "duration" and said_in_words(text, ("ngày", "tuần", "tháng", "năm")):
        return True
    if question.wanted == "figure" and question.counted:
        nouns = [item.form for item in question.counted]
        if said_in_words(text, nouns):
            return True
    if question.wanted == "unit" and _FORMS.search(text) is not None:
        return True
    return fits_kind(question, text)
