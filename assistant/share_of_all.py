"""What share "27/173 xã, phường, thị trấn" is: of what a source counts out of all there are."""

import itertools
from dataclasses import replace

from assistant.answer import RECKONED, share_told, vietnamese_number
from assistant.corpus import Corpus
from assistant.count import time_notices
from assistant.counted import counted_in
from assistant.draft import Draft, Operation, Reckoning, Segment, connective, quoted
from assistant.evidence import Evidence
from assistant.fitted import best_of, evidence_of
from assistant.fitting import fit
from assistant.question import Question
from assistant.sought import Ask, Sought
from assistant.wording import begins_with, find_phrase, says
from index.figures.counted import COUNTABLE, FORMS, NOUNS

# What asks for those that are left.
_OTHERS = ("chưa có", "còn lại", "chưa", "còn bao nhiêu", "còn mấy")
_LEADS = ("số", "tổng", "các", "trong", "của")
# What districts, towns and cities are counted together as.
_PARTS = "địa phương"
_FRAME = frozenset("chiếm phần trăm tỷ tỉ lệ tổng số tức bằng so với của xã phường thị trấn huyện".split())


def share_of_all(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """The share of the communes, districts, makers, … of a place that a source counts out of all, with the arithmetic.

    What is meant is named beside the share ("bao nhiêu phần trăm số xã có …"), or was counted in the question that this
    one leans on. None where no figure held says out of how many.
    """
    counted = _counted(question)
    if len(counted) != 1 or not sought.places or question.stars is not None:
        return None
    words = tuple(word for word in sought.limits.words if word not in _FRAME)
    limited = replace(sought, limits=replace(sought.limits, words=words), numbers=())
    whats = (*counted, _PARTS) if "huyện" in counted else counted
    best = best_of(
        item
        for what in whats
        for item in fit(question, limited, Ask(what=what, form=what, stars=None), corpus)
        if item.figure.of and item.own_place and item.fits_time is not False and item.figure.bound is None
    )
    figure = None if best is None else best.figure
    if best is None or figure is None or figure.of is None or not 0 < figure.value <= figure.of:
        return None
    evidence = evidence_of(figure, corpus)
    result = share_told(100 * figure.value / figure.of)
    about = "" if result * figure.of == 100 * figure.value else "Khoảng "
    form = figure.what if figure.what_span is None else figure.what_span.of(evidence.article.text)
    said = f"{vietnamese_number(figure.value)} / {vietnamese_number(figure.of)} {form}"
    share = f"{about}{vietnamese_number(result)} % ({said})."
    derived = _derived(share, evidence, "share", (figure.value, figure.of), result)
    rest = figure.of - figure.value
    terms = f"{vietnamese_number(figure.of)} - {vietnamese_number(figure.value)}"
    left = f"Còn lại {vietnamese_number(rest)} {form} ({terms})."
    others = _derived(left, evidence, "difference", (figure.of, figure.value), rest)
    told = (derived, others) if says(question.tokens, *_OTHERS) else (derived,)
    return Draft(
        status="answered",
        segments=(*told, connective(RECKONED), quoted(evidence)),
        notices=tuple(time_notices(sought, [best])),
        strength=0.9,
    )


def _derived(text: str, evidence: Evidence, operation: Operation, terms: tuple[float, float], result: float) -> Segment:
    """What is reckoned from two numbers of one sentence."""
    reckoning = Reckoning(operation=operation, operands=tuple((term, 0) for term in terms), result=result)
    return Segment(text=text, kind="derived", evidence=(evidence,), reckoning=reckoning)


def _counted(question: Question) -> tuple[str, ...]:
    """What the share is of."""
    counted = [one.what for one in question.counted]
    counted += [NOUNS[form] for form in (begins_with(_behind(question), FORMS),) if form is not None]
    if set(counted) <= {"%"} and question.follow_up:
        counted += [one.what for one in counted_in(question.spoken)]
    return tuple(dict.fromkeys(what for what in counted if what in COUNTABLE))


def _behind(question: Question) -> tuple[str, ...]:
    """The tokens behind "bao nhiêu phần trăm (số, tổng số, các)", or behind "tỷ lệ"."""
    for cue in ("tỷ lệ", "tỉ lệ", "phần trăm"):
        at = find_phrase(question.tokens, cue)
        if at >= 0:
            return tuple(itertools.dropwhile(lambda token: token in _LEADS, question.tokens[at + 2 :]))
    return ()
