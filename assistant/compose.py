"""Composing without a model: the draft that answers best, made of sentences of the sources."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.candidates import Candidate
from assistant.carried_on import carried_on
from assistant.compare import RATIO
from assistant.corpus import Corpus
from assistant.count import HELD_BY_PLACES, READ_NOUNS, counts, nouns_of
from assistant.draft import Draft
from assistant.judge import Judgement, Ranked
from assistant.limits import limit_groups_in, limits_of, share_held
from assistant.question import Question
from assistant.recorded import Recorded, of_a_province, said_in
from assistant.sentences import answer_sentences
from assistant.signals import districts_in
from assistant.told import with_items
from assistant.wanted import FIGURES
from assistant.within_sentence import reckoned_within
from assistant.wording import Words, says, supplied, words_of
from index.dates import find_dates
from index.law.address import find_document_numbers
from index.law.documents import is_local

# A count that no figure read tells is told by a sentence only where it holds this share of the telling words, or where
# it is as likely as this and within what the question limits the count to, so much of whose words stand there or near.
TOLD_OF_COUNTS = 0.8
SURE_OF_COUNTS = 0.4
LIMITS_HELD = 0.5
# Or where it is as likely as this, in whatever words it says so.
CERTAIN_OF_COUNTS = 0.9
# And less, where what limits it is one of the limits people use most, and said there ("quá hạn").
CERTAIN_WITHIN = 0.8
# The share of the telling words that a sentence must hold to tell how many or how long of a decision named.
TOLD_OF_DECISION = 0.4
# What figures are not read of (money, days): nothing else tells what a number is for.
MONEY_LIMITS_HELD = 0.6
# Who asks how many times one thing is another is told a sentence that says so, where one is this likely.
LIKELY_RATIO = 0.05
_TIMES_AS_MANY = re.compile(r"(?<!\w)gấp(?!\w)(?!\s+(?:mấy|bao nhiêu|rút))", re.IGNORECASE)


def compose(
    question: Question,
    records: Recorded,
    evidence: Judgement,
    corpus: Corpus,
    *,
    on: date,
    within: frozenset[str] = frozenset(),
) -> Draft | None:
    """The strongest draft for one question, or None where nothing held answers it; what it does not tell is said.

    evidence: the sentences found; where the records settle the answer, none of them is looked at.
    """
    draft = records.draft
    if not records.settled:
        draft = _strongest(question, draft, evidence, corpus, on=on, within=within)
    if draft is None:
        return None
    draft = reckoned_within(
        question, replace(draft, segments=with_items(question, carried_on(question, draft.segments, corpus)))
    )
    return _with_missing_documents(question, draft)


def _with_missing_documents(question: Question, draft: Draft) -> Draft:
    """A draft that speaks of some of the documents asked about and not of all says of which it does not."""
    if len(question.documents) < 2:
        return draft
    told = find_document_numbers(said_in(draft))
    missing = [asked.name for asked in question.documents if not any(asked.matches(number) for number in told)]
    if not missing:
        return draft
    notice = f"Không tìm thấy thông tin về {', '.join(dict.fromkeys(missing))}."
    return replace(draft, status="partial", notices=(notice, *draft.notices))


def _strongest(
    question: Question,
    figures: Draft | None,
    evidence: Judgement,
    corpus: Corpus,
    *,
    on: date,
    within: frozenset[str],
) -> Draft | None:
    drafts: list[Draft] = [] if figures is None else [figures]
    reckons = counts(question) or question.wanted in ("compare", "sum", "average", *FIGURES)
    nouns = nouns_of(question) if reckons else frozenset()
    counted_nouns = nouns if question.places or nouns == {"đồng"} else frozenset()
    sentences = _of_ratios(evidence.sentences) if says(question.tokens, *RATIO) else evidence.sentences
    of_paper = any(is_local(number) for number in question.documents) and not nouns & READ_NOUNS
    if of_paper and question.wanted in ("figure", "duration"):
        # what a decision says of something stands in a sentence that speaks of it
        sentences = tuple(item for item in sentences if item.told >= TOLD_OF_DECISION)
    if counted_nouns & HELD_BY_PLACES and not question.documents:
        sentences = tuple(item for item in sentences if not item.candidate.law)  # how many a place has is in no rule
    if question.wanted == "share" and drafts and _surely_told(sentences, drafts[0]):
        drafts.clear()
    if counted_nouns and question.wanted not in ("star", "breakdown"):
        # what figures are read of, only figures tell: a sentence that holds the words may count something else
        fitting = tuple(_of_counts(question, sentences, counted_nouns, corpus))
        if drafts and _told_elsewhere(question, fitting, drafts[0], corpus):
            drafts.clear()
        sentences = () if drafts else fitting
    told = answer_sentences(question, replace(evidence, sentences=sentences), corpus, on, within)
    if told is not None:
        # what one province did does not answer a question that names none, where law does
        own = question.places or within or not of_a_province(told, corpus)
        drafts.append(
            replace(told, strength=told.strength + (0.3 if question.places or within else 0.0 if own else -0.5))
        )
    if not drafts:
        return None
    return max(drafts, key=lambda draft: draft.strength)


def _of_ratios(sentences: tuple[Ranked, ...]) -> tuple[Ranked, ...]:
    """The sentences that say how many times one thing is another, where some are likely; else all."""
    likely = (item for item in sentences if item.chance >= LIKELY_RATIO)
    return tuple(item for item in likely if _TIMES_AS_MANY.search(item.candidate.text)) or sentences


def _of_counts(
    question: Question, sentences: Sequence[Ranked], nouns: frozenset[str], corpus: Corpus
) -> Iterator[Ranked]:
    """The sentences that may tell a count which no figure read tells."""
    limits = limits_of(question, tuple(item.form for item in question.counted))
    for found in sentences:
        about = found.fits_time is False and _of_that_round(question, found.candidate)
        item = replace(found, fits_time=None) if about else found
        if item.fits_time is False or _of_a_district(question, item.candidate, corpus):
            continue
        near = _near(item.candidate)
        held = share_held(limits, question, supplied(question.synonyms, near), corpus)
        least = LIMITS_HELD if nouns & READ_NOUNS else MONEY_LIMITS_HELD
        within = not limits.groups - limit_groups_in(near) and held >= least
        sure = CERTAIN_WITHIN if limits.groups else CERTAIN_OF_COUNTS
        certain = nouns & READ_NOUNS and item.chance >= sure and not limits.groups - limit_groups_in(near)
        if item.told >= TOLD_OF_COUNTS or certain or (item.chance >= SURE_OF_COUNTS and within):
            yield item


def _surely_told(sentences: Sequence[Ranked], figures: Draft) -> bool:
    """Whether a sentence that figures were not taken from all but surely tells a share."""
    best = max(sentences, key=lambda item: item.chance, default=None)
    if best is None or best.chance < CERTAIN_OF_COUNTS:
        return False
    return all(best.candidate.evidence != one for part in figures.segments for one in part.evidence)


def _told_elsewhere(question: Question, sentences: Sequence[Ranked], figures: Draft, corpus: Corpus) -> bool:
    """Whether a sentence all but surely tells a count, and is within what limits it, as the sentences of the figures
    that were taken for it are not ("nâng hạng mấy sản phẩm")."""
    best = max(sentences, key=lambda item: item.chance, default=None)
    limits = limits_of(question, tuple(item.form for item in question.counted))
    if best is None or best.chance < CERTAIN_OF_COUNTS or not limits.words:
        return False
    quotes = [one for part in figures.segments for one in part.evidence]
    if best.candidate.evidence in quotes:
        return False
    told, here = words_of("\n".join(one.quote for one in quotes)), _near(best.candidate)
    return not any(map(told.holds, limits.words)) and any(map(here.holds, limits.words))


def _of_that_round(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence stands in a passage about the round asked for, whose day the passage says."""
    if "đợt" not in question.tokens:
        return False
    said = [one for one in find_dates(candidate.hit.passage.text) if one.until is None and one.year is not None]
    return any(when.agrees(day.iso) for when in question.when for day in said)


_WHERE = ("ở đâu", "tại đâu", "nơi nào", "chỗ nào", "những đâu")


def _of_a_district(question: Question, candidate: Candidate, corpus: Corpus) -> bool:
    """Whether a sentence speaks of a district where a whole province is asked about, and not also where in it."""
    if not question.places or question.districts or says(question.tokens, *_WHERE):
        return False
    passage = candidate.hit.passage
    return bool(districts_in(candidate.text, tuple(sorted(corpus.provinces(passage.article_id, passage.digest)))))


def _near(candidate: Candidate) -> Words:
    """The words of a sentence, of the one before it and of what heads it; of a row, of all that stands around it."""
    near = words_of(candidate.text) + words_of(candidate.before) + words_of(candidate.hit.passage.header)
    return near + words_of(candidate.hit.passage.text) if candidate.block.role == "row" else near
