"""Which criteria set a product is scored by, and which sets a group of products has.

The list of names says which set a product belongs to (`index.criteria.products`); the answer is what a text held says
of it: the heading of that set, or the line of a guide that puts the product or the group to its sets. A product that
may have two is asked back.
"""

import re
from collections.abc import Iterator
from datetime import date

from assistant.basis import basis
from assistant.candidates import row_text
from assistant.claims import claim, summary_notices
from assistant.conditions import ask_back, which_set
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, quoted
from assistant.evidence import Evidence
from assistant.limits import LIMITS, limit_groups_in
from assistant.question import Question
from assistant.units import law_day
from assistant.wanted import SET_ASKED
from assistant.wording import says, words_of
from crawler.article import Article, Block
from index.criteria.held import sets_on
from index.criteria.products import Match, find_sets
from index.criteria.sets import CriteriaSet

_WHICH = (*SET_ASKED, "bộ gì", "bộ số bao nhiêu", "thuộc bộ", "tiêu chí nào")
_OF_GROUP = ("bộ", "bộ tiêu chí", "những bộ", "các bộ")
_OTHER = ("quyết định nào", "năm 20", "cũ", "mới", "áp dụng", "hiệu lực", "nộp", "chưa chấm", "hồ sơ", "bộ nông nghiệp")
# The groups of products among the limits people name: food, drink, herbs, handicraft, plants kept for show, tourism.
_GROUPS = frozenset(
    place
    for place, names in enumerate(LIMITS)
    if set(names) & {"thực phẩm", "đồ uống", "dược liệu", "mỹ nghệ", "sinh vật cảnh", "du lịch"}
)
_NUMBERED = re.compile(r"(?<!\w)bộ\s+(?:tiêu chí\s+)?(?:số\s+)?(?P<number>\d{1,2})(?!\d)", re.IGNORECASE)


def sets_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The set of the product a question names, or those of the groups it names; None where it asks neither, or no text
    held tells."""
    words = question.tokens
    if question.dates or question.documents or says(words, *_OTHER):
        return None  # where whoever asks lives changes no set
    lines = list(_of_products(question, corpus, on)) if says(words, *_WHICH) else []
    if not lines and says(words, "nhóm", "ngành", "mấy bộ", "bao nhiêu bộ") and says(words, *_OF_GROUP):
        for group in sorted(limit_groups_in(words_of(question.text)) & _GROUPS):
            lines += _of_group(group, corpus, law_day(question, on))
    if not lines:
        return _asked_back(question, corpus, on) if says(words, *_WHICH) else None
    based = basis(lines[0].evidence[0], corpus, on)
    return Draft(
        status="answered",
        segments=(*dict.fromkeys(lines), *based),
        notices=tuple(summary_notices(lines)),
        strength=1.0,
    )


def _asked_back(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """Which of the sets that the product named may have is meant; None where it has one."""
    matches = find_sets(question.text)
    first = [match for match in matches if match.start == matches[0].start]
    if not first[1:]:
        return None
    held = {one.number: one.name for one in sets_on(corpus.criteria, corpus.law, law_day(question, on))}
    return ask_back(which_set(first, held))


def _of_products(question: Question, corpus: Corpus, on: date) -> Iterator[Segment]:
    """The line that gives each product its set; of one that may have two, nothing."""
    matches = [match for match in find_sets(question.text) if not _NUMBERED.match(match.name)]
    held = {one.number: one for one in sets_on(corpus.criteria, corpus.law, law_day(question, on))}
    for start in dict.fromkeys(match.start for match in matches):
        of_one = [match for match in matches if match.start == start]
        if len(of_one) == 1:
            yield from _of_product(of_one[0], held.get(of_one[0].number), corpus)
            classified = held.get(of_one[0].number)
            if classified is not None and classified.classification_span is not None and says(question.tokens, "nhóm"):
                span = classified.classification_span
                article = corpus.article(classified.article_id, classified.digest)
                yield quoted(Evidence(article=article, start=span[0], end=span[1]))


def _of_product(match: Match, held: CriteriaSet | None, corpus: Corpus) -> Iterator[Segment]:
    named = list(_saying(match, corpus))
    if named:
        text = f"{match.name[:1].upper()}{match.name[1:]} chấm theo bộ {match.number}."
        told = claim(text, named[:1])
        if told is not None:
            yield told
            yield _line(named[0])
    if held is not None:
        article = corpus.article(held.article_id, held.digest)
        end = article.text.find("\n", held.start)
        yield quoted(Evidence(article=article, start=held.start, end=end if end > 0 else len(article.text)))


def _saying(match: Match, corpus: Corpus) -> Iterator[Evidence]:
    """The sentences and rows of guides that give a product its set."""
    words = match.name.split()
    for size in range(len(words), 0, -1):  # what is said of "chè" holds for "chè xanh" of the same set
        name = re.escape(" ".join(words[:size]))
        of_it = re.compile(
            rf"(?<!\w){name}(?!\w)[^.;,|]{{0,40}}(?<!\w)bộ\s+(?:số\s+)?{match.number}(?!\d)", re.IGNORECASE
        )
        for article_id, digest in corpus.guides:
            article = corpus.article(article_id, digest)
            for start, end, _, _ in corpus.sentences(article):
                if of_it.search(article.text[start:end]):
                    yield Evidence(article=article, start=start, end=end)
    # "Trà từ cây khác (atiso, cà gai leo) là bộ 12": each word of it, then its set
    every = "".join(
        rf"(?=.*?(?<!\w){re.escape(word)}(?!\w)(?:(?!bộ )[^.;|]){{0,60}}bộ {match.number}(?!\d))" for word in words
    )
    for article_id, digest in corpus.guides if len(words) > 1 else ():
        article = corpus.article(article_id, digest)
        for start, end, _, _ in corpus.sentences(article):
            if re.match(every, article.text[start:end], re.IGNORECASE):
                yield Evidence(article=article, start=start, end=end)


def _line(evidence: Evidence) -> Segment:
    """A sentence as it stands, a row with the names of its columns."""
    (block, *_) = evidence.article.blocks_within(evidence.start, evidence.end)
    return _row(evidence.article, block) if block.role == "row" else quoted(evidence)


def _row(article: Article, block: Block) -> Segment:
    found = Evidence(article=article, start=block.start, end=block.end)
    return Segment(text=f"{row_text(article, block)}.", kind="stated", evidence=(found,))


def _of_group(group: int, corpus: Corpus, day: date) -> Iterator[Segment]:
    """The row of a guide that lists a group's sets, else the headings of those held."""
    for article_id, digest in corpus.guides:
        article = corpus.article(article_id, digest)
        for block in article.blocks:
            cells = article.text[block.start : block.end].split(" | ")
            if block.role == "row" and len(cells) > 1 and _names(group, cells[0]) and _NUMBERED.search(cells[1]):
                yield _row(article, block)
                return
    for one in sets_on(corpus.criteria, corpus.law, day):
        if _names(group, one.group or one.classification or ""):
            article = corpus.article(one.article_id, one.digest)
            end = article.text.find("\n", one.start)
            yield quoted(Evidence(article=article, start=one.start, end=end if end > 0 else len(article.text)))


def _names(group: int, text: str) -> bool:
    return group in limit_groups_in(words_of(text))
