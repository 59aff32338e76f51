"""Composing without a model: the draft that answers best, made of sentences of the sources."""

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import vietnamese_date
from assistant.corpus import Corpus
from assistant.count import answer_figures, average, compare, total
from assistant.draft import Draft, Segment, quoted
from assistant.evidence import Evidence, Judged, fits_kind, judge_sentences, specific
from assistant.law import answer_state, answer_units
from assistant.question import Question
from assistant.units import Unit, is_rule, judge_units
from assistant.wording import coverage, supplied, words_of
from index.law.address import find_document_numbers
from index.passage import Hit
from index.places.named import MERGER, PROVINCES

# Shares of what was asked (weighted by rarity) that evidence must hold to answer; measured in docs/decisions.
SENTENCE_COVER = 0.45
CAUSE_COVER = 0.2  # a reason is told in other words than what it explains; the passage must hold those
CONTEXT_COVER = 0.70
UNIT_COVER = 0.62
_LONG_SENTENCE = 110  # syllables


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What retrieval brought for one question: passages of news and decisions, and of law."""

    news: tuple[Hit, ...]
    law: tuple[Hit, ...]


def compose(
    question: Question,
    found: Found,
    corpus: Corpus,
    *,
    on: date,
    within: frozenset[str] = frozenset(),
) -> Draft | None:
    """The strongest draft for one question, or None where nothing held answers it."""
    if question.wanted == "compare" and (draft := compare(question, corpus)) is not None:
        return draft
    if question.wanted == "sum" and (draft := total(question, corpus)) is not None:
        return draft
    if question.wanted == "state" and (draft := answer_state(question, corpus, on)) is not None:
        return draft
    if question.wanted == "average" and (draft := average(question, corpus)) is not None:
        return draft
    drafts: list[Draft] = []
    units = [unit for unit in judge_units(question, found.law, corpus, on) if _unit_answers(question, unit, corpus)]
    ruled = answer_units(question, units, corpus, on)
    if ruled is not None:
        drafts.append(ruled)
        if within and not question.places and all(corpus.regulation(name) is not None for name in within):
            return ruled  # what follows on from a rule is about rules
    if question.wanted in ("figure", "share") and question.unit.empty:
        counted = answer_figures(question, corpus, within)
        if counted is not None and (question.places or question.documents or ruled is None or within):
            sure = question.places or within or question.documents
            drafts.append(replace(counted, strength=counted.strength + (0.5 if sure else 0.0)))
    if not (question.wanted in ("figure", "share") and question.counted and question.places):
        told = answer_sentences(question, judge_sentences(question, found.news, corpus))
        if told is not None:
            # what one province did does not answer a question that names none, where law does
            own = question.places or within or not _of_a_province(told, corpus)
            drafts.append(
                replace(told, strength=told.strength + (0.3 if question.places or within else 0.0 if own else -0.5))
            )
    if not drafts:
        return None
    return max(drafts, key=lambda draft: draft.strength)


def _of_a_province(draft: Draft, corpus: Corpus) -> bool:
    evidence = draft.segments[0].evidence[0]
    return bool(corpus.provinces(evidence.article.id, evidence.article.digest))


def _rules_document(question: Question, unit: Unit, corpus: Corpus) -> bool:
    """Whether a unit may speak of the document asked about: it is of it or names it; where that document is itself a
    rule, any rule may say what became of it."""
    regulation = corpus.regulation(unit.article.id)
    named = find_document_numbers(unit.article.text[unit.start : unit.end])
    for asked in question.documents:
        if regulation is not None and regulation.number is not None and asked.matches(regulation.number):
            return True
        if any(asked.matches(number) for number in named):
            return True
        if is_rule(asked, corpus):
            return True
    return False


def _unit_answers(question: Question, unit: Unit, corpus: Corpus) -> bool:
    """Whether a unit of law holds enough of what was asked. A rule for the whole country does not say what one
    province did: a question about a place is answered by law only where law holds nearly every word of it."""
    if question.documents and not _rules_document(question, unit, corpus):
        return False
    if question.places and not question.documents:
        return question.wanted != "why" and len(specific(question)) >= 3 and unit.cover >= 0.9
    if question.wanted in ("figure", "share", "duration") and not fits_kind(
        question, unit.article.text[unit.start : unit.end]
    ):
        return False
    # the more words a question has, the fewer of them a rule must repeat
    return unit.cover >= UNIT_COVER - 0.03 * min(6, max(0, len(question.content) - 5))


def answer_sentences(question: Question, judged: list[Judged]) -> Draft | None:
    """The sentences of news and decisions that hold what was asked, or None."""
    words = specific(question)
    if not words and not question.places:
        return None
    fitting = [
        item
        for item in judged
        if item.fits_kind
        and item.cover >= (CAUSE_COVER if question.wanted == "why" else SENTENCE_COVER)
        and item.context_cover >= CONTEXT_COVER
        and _holds_star(question, item)
        and _holds_numbers(question, item)
        and _holds_document(question, item)
    ]
    if not fitting:
        return None
    timely = [item for item in fitting if item.fits_time is not False]
    chosen = timely or fitting
    best = chosen[0]
    partial = not timely
    picked = [best]
    for item in chosen[1:]:
        if len(picked) == 3:
            break
        near = item.evidence.article.id == best.evidence.article.id and item.score >= 0.93 * best.score
        if near and question.wanted in ("text", "list", "yes_no"):
            picked.append(item)
    picked.sort(key=lambda item: item.evidence.start)
    return Draft(
        status="partial" if partial else "answered",
        segments=tuple(_trimmed(question, item) for item in picked),
        notices=tuple(_notices(question, best, partial=partial)),
        strength=min(1.0, best.score) - (0.2 if partial else 0.0),
    )


def _holds_star(question: Question, item: Judged) -> bool:
    if question.stars is None:
        return True
    return bool(re.search(rf"(?<!\d)0?[{question.stars[0]}-{question.stars[1]}]\s?sao|sao", item.evidence.quote)) and (
        re.search(rf"(?<!\d)0?{question.stars[0]}(?:\s?[-–]\s?\d)?\s?sao", item.evidence.quote) is not None
    )


def _holds_numbers(question: Question, item: Judged) -> bool:
    """Whether every number of the question stands in the article: it may tell which article is meant."""
    article = item.evidence.article
    return all(
        re.search(rf"(?<![\d.,])0?{re.escape(number)}(?![\d])", f"{article.title}\n{article.text}")
        for number in question.numbers
    )


def _holds_document(question: Question, item: Judged) -> bool:
    """Whether the sentence, or the title of its article, names the document asked about, where one is."""
    if not question.documents:
        return True
    named = find_document_numbers(f"{item.evidence.article.title}\n{item.evidence.quote}")
    return any(number.matches(asked) for asked in question.documents for number in named)


def _trimmed(question: Question, item: Judged) -> Segment:
    """The sentence, or of a very long one the part between semicolons that holds most of what was asked."""
    evidence = item.evidence
    text = evidence.quote
    if len(text.split()) <= _LONG_SENTENCE or ";" not in text:
        return quoted(evidence)
    best: tuple[float, Evidence] | None = None
    for match in re.finditer(r"[^;]+", text):
        part = match[0]
        start = evidence.start + match.start() + len(part) - len(part.lstrip())
        end = evidence.start + match.end() - (len(part) - len(part.rstrip()))
        if start >= end:
            continue
        written = supplied(question.synonyms, words_of(part))
        score = coverage(question.content, written, [1.0] * len(question.content))
        if best is None or score > best[0]:
            best = (score, Evidence(article=evidence.article, start=start, end=end))
    return quoted(evidence if best is None else best[1])


def _notices(question: Question, best: Judged, *, partial: bool) -> list[str]:
    article = best.evidence.article
    known = article.event_date or article.published
    notices = []
    if partial:
        asked = ", ".join(vietnamese_date(day) for day in question.dates) or "giai đoạn được hỏi"
        notices.append(f"Không tìm thấy thông tin của {asked}; dưới đây là thông tin gần nhất tìm thấy.")
    if known is not None:
        notices.append(
            f"Thông tin theo nguồn ngày {vietnamese_date(known)}."
            if len(known) > 7
            else f"Thông tin theo nguồn {vietnamese_date(known)}."
        )
    return notices


def merger_notices(question: Question) -> list[str]:
    """What became of the provinces asked about that exist no more."""
    return [
        f"{PROVINCES[key].label[0].upper()}{PROVINCES[key].label[1:]} nay thuộc {PROVINCES[key].today_label} "
        f"(từ {vietnamese_date(MERGER.isoformat())})."
        for key in question.places
        if PROVINCES[key].merged
    ]
