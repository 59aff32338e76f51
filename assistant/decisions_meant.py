"""Which decision of a province, district or commune a question means: by its number, or by what it did.

"Quyết định 3190" is Quyết định 3190/QĐ-UBND where that is held and no rule of the country has the number; "lệnh thu hồi
ở Trường Vân" is the one decision held by which Trường Vân withdrew something.
"""

from dataclasses import replace
from datetime import date

from assistant.corpus import Corpus
from assistant.decision_place import issued_within, issuer_said, of_place, round_of, said
from assistant.later_decisions import aims
from assistant.limits import rounds_in
from assistant.question import Question
from assistant.times import days_meant
from assistant.wording import find_phrase, says
from index.decisions.decision import Act
from index.decisions.merged import Decision
from index.law.address import DocumentNumber, completed
from index.law.documents import is_local
from index.places.named import PROVINCES, related

_VERBS: tuple[tuple[Act, tuple[str, ...]], ...] = (
    ("revokes", ("bãi bỏ", "hủy bỏ", "hủy quyết định")),
    ("replaces", ("thay thế", "thay quyết định", "ban hành lại")),
    ("amends", ("đính chính", "sửa đổi", "sửa quyết định")),
    ("withdraws", ("thu hồi",)),
)

_HOLDS = ("còn", "tới", "đến", "hết", "vẫn", "giờ", "nay", "bị", "thôi")


def with_whole_numbers(question: Question, corpus: Corpus) -> Question:
    """The question with the numbers of decisions in full, where it gives them without who issued them and those held
    of the place it names are one."""
    documents = tuple(_whole(number, question, corpus) for number in question.documents)
    return question if documents == question.documents else replace(question, documents=documents)


def _whole(number: DocumentNumber, question: Question, corpus: Corpus) -> DocumentNumber:
    if not may_be_local(number, corpus):
        return number
    held = numbered(number, question, corpus)
    return completed(number, [one.best.number for one in held])


def may_be_local(number: DocumentNumber, corpus: Corpus) -> bool:
    """Whether a number is of a province's decision, or says no issuer and is of no document of law that is held."""
    if number.issuer is not None:
        return is_local(number)
    document = corpus.law.find(number)
    return number.code in (None, "QĐ") and (
        document is None or document.held == "citation" or is_local(document.number)
    )


def numbered(number: DocumentNumber, question: Question, corpus: Corpus) -> list[Decision]:
    """The decisions held of that number, of the place and year a question names where one is."""
    found = [
        one for one in corpus.held.decisions(number) if _of_the_province(one, question) and _of_the_year(one, question)
    ]
    of_body = [one for one in found if issuer_said(one, question) or said(one.listing.place_read, question.tokens)]
    if of_body or any(find_phrase(question.tokens, name) >= 0 for name in corpus.held.unmapped_provinces):
        return of_body
    return found


def acting(question: Question, corpus: Corpus) -> tuple[list[Decision], frozenset[Act]]:
    """The decisions of the place and time a question names that did what it says (withdrew, revoked, replaced,
    amended), and what that is."""
    acts = frozenset(act for act, verbs in _VERBS if says(question.tokens, *verbs))
    if not acts:
        return [], acts
    windows, of_asked = days_meant(question.when, question.period), of_place(question, corpus, question.tokens)
    found = [
        one
        for one in corpus.held.issued
        if any(act.act in acts for told in one.told for act in told.acts)
        and of_asked(one)
        and (not windows or any(_of_time(one, first, last, corpus) for first, last in windows))
    ]
    return found, acts


def recognising(question: Question, corpus: Corpus) -> list[Decision]:
    """The decisions of the place, time and round a question names that recognise products; none where it names no
    time."""
    windows, rounds = days_meant(question.when, question.period), rounds_in(question.tokens)
    of_asked = of_place(question, corpus, question.tokens)
    return [
        one
        for one in corpus.held.listings
        if any(row.act == "recognises" for row in one.rows)
        and of_asked(one)
        and any(issued_within(one, first, last) for first, last in windows)
        and (not rounds or round_of(one) in rounds)
    ]


def _of_the_province(decision: Decision, question: Question) -> bool:
    if not question.places or decision.best.place is None:
        return not question.places
    return any(decision.best.place in related(key) for key in question.places if key in PROVINCES)


def _of_the_year(decision: Decision, question: Question) -> bool:
    """Whether a decision is of a year a question names; a later one may be a time on which it is asked to hold."""
    issued = decision.best.issued
    if issued is None:
        return True
    holds = says(question.tokens, *_HOLDS)
    years = {iso[:4] for iso in question.dates if not (holds and iso[:4] > issued[:4])}
    return not years or issued[:4] in years


def _of_time(decision: Decision, first: date, last: date, corpus: Corpus) -> bool:
    """Whether a decision, or one that it changes, was issued in these days."""
    if issued_within(decision, first, last):
        return True
    return any(
        aims(act, other) and issued_within(other, first, last)
        for other in corpus.held.issued
        if decision.key in other.changed_by
        for act in decision.best.acts
    )
