"""How many groups of products and how many criteria sets there are: as a text states it, else by their numbers."""

import re
from collections.abc import Iterator
from datetime import date

from assistant.basis import basis
from assistant.claims import claim, summary_notices
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, quoted
from assistant.evidence import Evidence
from assistant.question import Question
from assistant.regime_asked import day_meant, named_documents
from assistant.wording import says
from index.criteria.sets import CriteriaSet
from index.law.documents import Document
from index.law.in_force import in_force
from index.sentence import sentence_spans

_GROUPS = re.compile(r"(?<!\d)\d+\s+nhóm(?!\w)", re.IGNORECASE)
_SETS = re.compile(r"(?<![\w.,])\d+\s+bộ(?:\s+(?:tiêu chí|sản phẩm)|(?=[.;,]))", re.IGNORECASE)


def asks_groups(question: Question) -> bool:
    """Whether the number of criteria sets is asked for, alone or with that of the groups."""
    words = question.tokens
    return (
        not question.places
        and says(words, "mấy bộ", "bao nhiêu bộ", "số bộ")
        and not says(words, "hồ sơ", "bộ giấy", "bộ ngành", "nộp", "photo", "bản", "gửi", "mang", "sao chụp")
    )


def groups_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The numbers of groups and sets under the criteria in force on the day meant; None where no text holds them."""
    if not asks_groups(question):
        return None
    ruling = in_force(corpus.law, day_meant(question, on), "criteria")
    if not ruling.rules:
        return None
    document = ruling.rules[0].document
    named = named_documents(question, corpus.law)
    if named and not any(number.matches(document.number) for number in named):
        return None  # of another rule its own text tells
    segments: list[Segment] = []
    if says(question.tokens, "nhóm"):
        segments += [quoted(found) for found in list(_stating(document, corpus, _GROUPS))[:1]]
    stated = list(_stating(document, corpus, _SETS))
    sets = [quoted(stated[0])] if stated else _counted(document, corpus)
    segments += sets
    if not segments:
        return None
    whole = (*segments, *basis(segments[0].evidence[0], corpus, on))
    missing = () if sets else ("Kho không giữ đủ các bộ tiêu chí để đếm.",)
    return Draft(
        status="answered" if sets else "partial",
        segments=whole,
        notices=(*missing, *summary_notices(whole)),
        strength=1.0,
    )


def _stating(document: Document, corpus: Corpus, cue: re.Pattern[str]) -> Iterator[Evidence]:
    """The sentences of the texts of a document, the document itself first, that state such a number."""
    for carrier in document.carriers:
        article = corpus.article(carrier.article_id, carrier.digest)
        for section in article.sections:
            if section.label.startswith("Điều"):
                for start, end in sentence_spans(article.text, section.start, section.end):
                    if cue.search(article.text[start:end]):
                        yield Evidence(article=article, start=start, end=end)


def _counted(document: Document, corpus: Corpus) -> list[Segment]:
    """How many sets the appendix has, where it numbers them from one to the last without a gap."""
    sets = [one for one in corpus.criteria if one.document == document.number.label and not one.summary]
    numbers = sorted(one.number for one in sets if one.number is not None)
    if not numbers or numbers != list(range(1, len(sets) + 1)):
        return []
    ends = [one for one in sets if one.number in (1, len(sets))]
    lines = [_line(one, corpus) for one in sorted(ends, key=lambda one: one.number or 0)]
    told = claim(f"Phụ lục có {len(sets)} bộ sản phẩm, đánh số từ 1 đến {len(sets)}.", lines)
    return [] if told is None else [told]


def _line(one: CriteriaSet, corpus: Corpus) -> Evidence:
    """The line that numbers and names a set."""
    article = corpus.article(one.article_id, one.digest)
    return Evidence(article=article, start=one.start, end=article.text.index("\n", one.start))
