"""Composing without a model: the draft that answers best, made of sentences of the sources."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.answer import vietnamese_date
from assistant.candidates import Candidate, header_row
from assistant.corpus import Corpus
from assistant.count import answer_figures, counts, of_nation
from assistant.draft import Draft, Segment, quoted
from assistant.evidence import Evidence
from assistant.judge import Judgement
from assistant.law import answer_state, answer_units, state_notices, unit_by_address
from assistant.question import Question
from assistant.reckon import reckoned
from assistant.units import law_day, state_at
from assistant.wanted import FIGURES
from assistant.wording import coverage, supplied, words_of
from index.places.named import MERGER, PROVINCES

_LONG_SENTENCE = 110  # syllables
# Above this chance that no sentence found answers, none is given.
NONE_LIKELIER = 0.35
# A sentence of the time asked is taken before a better one of another time, if it weighs no less than this less.
OTHER_TIME = 3.0
# Further sentences of the same article are given where they weigh hardly less; at most so many in all.
NEAR = 0.7
MOST_SENTENCES = 3
MOST_POINTS = 8


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
    if question.wanted == "state" and (draft := answer_state(question, corpus, on)) is not None:
        return draft
    if (draft := reckoned(question, corpus)) is not None:
        return draft
    drafts: list[Draft] = []
    ruled = answer_units(question, list(evidence.units), corpus, on)
    if ruled is not None:
        drafts.append(ruled)
        if within and not question.places and all(corpus.regulation(name) is not None for name in within):
            return ruled  # what follows on from a rule is about rules
    if (counts(question) or question.wanted in FIGURES) and question.unit.empty:
        counted = answer_figures(question, corpus, within)
        sure = question.places or within or question.documents or of_nation(question)
        if counted is not None and (sure or ruled is None):
            drafts.append(replace(counted, strength=counted.strength + (0.5 if sure else 0.0)))
    if not (question.wanted in FIGURES and question.counted and question.places):
        told = answer_sentences(question, evidence, corpus, on)
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


def answer_sentences(question: Question, evidence: Judgement, corpus: Corpus, on: date) -> Draft | None:
    """The sentence most likely to answer with those of its article that go with it, or None where likely none does."""
    if not evidence.sentences or evidence.none > NONE_LIKELIER:
        return None
    timely = [item for item in evidence.sentences if item.fits_time is not False]
    best = timely[0] if timely and timely[0].score > evidence.sentences[0].score - OTHER_TIME else evidence.sentences[0]
    partial = best.fits_time is False and not best.candidate.law
    picked = [best]
    for item in evidence.sentences:
        same = item.candidate.evidence.article.id == best.candidate.evidence.article.id
        if len(picked) < MOST_SENTENCES and item is not best and same and item.score > best.score - NEAR:
            picked.append(item)
    picked.sort(key=lambda item: item.candidate.evidence.start)
    return Draft(
        status="partial" if partial else "answered",
        segments=tuple(dict.fromkeys(segment for item in picked for segment in _told(question, item.candidate))),
        notices=tuple(_notices(question, best.candidate, corpus, on, partial=partial)),
        strength=1.0 - evidence.none - (0.2 if partial else 0.0),
    )


def _told(question: Question, item: Candidate) -> Iterator[Segment]:
    """The segments that quote a candidate: a table row after the row that names its columns, a point after the line
    that leads in, a line that leads in before its points."""
    evidence = item.evidence
    article = evidence.article
    if item.block.role == "row":
        block = next((one for one in article.blocks_within(evidence.start, evidence.end)), None)
        header = None if block is None else header_row(article, block)
        if header is not None:
            yield quoted(Evidence(article=article, start=header.start, end=header.end))
        yield quoted(evidence)
        return
    yield _trimmed(question, evidence)
    if evidence.quote.rstrip().endswith(":"):
        for block in list(article.blocks_within(evidence.end + 1, len(article.text)))[:MOST_POINTS]:
            if block.role not in ("item", "point", "row") and not _POINT.match(article.text[block.start : block.end]):
                break
            yield quoted(Evidence(article=article, start=block.start, end=block.end))


_POINT = re.compile(r"(?:[a-zđ]\)|\d+[.)]|[-–•+])\s")


def _trimmed(question: Question, evidence: Evidence) -> Segment:
    """The sentence, or of a very long one the part between semicolons that holds most of what was asked."""
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


def _notices(question: Question, best: Candidate, corpus: Corpus, on: date, *, partial: bool) -> list[str]:
    article = best.evidence.article
    if best.law:
        return state_notices(article, state_at(article, corpus, law_day(question, on)), corpus, on)
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
