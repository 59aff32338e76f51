"""Composing without a model: the draft that answers best, made of sentences of the sources."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import vietnamese_date
from assistant.corpus import Corpus
from assistant.count import answer_figures, average, compare, total
from assistant.draft import Draft, Segment, quoted
from assistant.evidence import Evidence, Judged
from assistant.judge import Judgement
from assistant.law import answer_state, answer_units, unit_by_address
from assistant.question import Question
from assistant.wording import coverage, supplied, words_of
from index.places.named import MERGER, PROVINCES

_LONG_SENTENCE = 110  # syllables


def compose(
    question: Question,
    evidence: Judgement,
    corpus: Corpus,
    *,
    on: date,
    within: frozenset[str] = frozenset(),
) -> Draft | None:
    """The strongest draft for one question, or None where nothing held answers it."""
    if not question.unit.empty and (draft := unit_by_address(question, corpus, on)) is not None:
        return draft
    if question.wanted == "compare" and (draft := compare(question, corpus)) is not None:
        return draft
    if question.wanted == "sum" and (draft := total(question, corpus)) is not None:
        return draft
    if question.wanted == "state" and (draft := answer_state(question, corpus, on)) is not None:
        return draft
    if question.wanted == "average" and (draft := average(question, corpus)) is not None:
        return draft
    drafts: list[Draft] = []
    ruled = answer_units(question, list(evidence.units), corpus, on)
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
        told = answer_sentences(question, evidence.sentences)
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


def answer_sentences(question: Question, fitting: Sequence[Judged]) -> Draft | None:
    """The best of the sentences that hold what was asked, best first, or None where there are none."""
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
