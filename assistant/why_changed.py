"""Why a place revoked, replaced or corrected a decision, or withdrew certificates, where no number is named."""

import re
from datetime import date

from assistant.corpus import Corpus
from assistant.decision_place import issued_within, of_place
from assistant.draft import Draft, Segment, quoted
from assistant.later_decisions import aims
from assistant.product_asked import REASONS
from assistant.product_lines import ProductWriter
from assistant.question import Question
from assistant.times import days_meant
from assistant.wording import says
from index.decisions.decision import Act
from index.decisions.merged import Decision

_VERBS: tuple[tuple[Act, tuple[str, ...]], ...] = (
    ("revokes", ("bãi bỏ", "hủy bỏ", "hủy quyết định")),
    ("replaces", ("thay thế", "thay quyết định", "ban hành lại")),
    ("amends", ("đính chính", "sửa đổi", "sửa quyết định")),
    ("withdraws", ("thu hồi",)),
)
_BECAUSE = re.compile(r"(?<!\w)(?:do|vì|bởi|nhằm)\s", re.IGNORECASE)


def why_changed_draft(question: Question, corpus: Corpus) -> Draft | None:
    """The clause by which the one decision meant changes another, where it says why; None where several may be meant,
    or none says why."""
    if question.documents or not says(question.tokens, *REASONS) or not len(corpus.held):
        return None
    acts = [act for act, verbs in _VERBS if says(question.tokens, *verbs)]
    windows = days_meant(question.when, question.period)
    found = [
        one
        for one in corpus.held.issued
        if any(act.act in acts for told in one.told for act in told.acts)
        and of_place(one, question, corpus, question.tokens)
        and (not windows or any(_of_time(one, first, last, corpus) for first, last in windows))
    ]
    if len(found) != 1:
        return None
    writer = ProductWriter(corpus, None)
    for told in found[0].told:
        clauses = [writer.clause(told, act) for act in told.acts if act.act in acts]
        saying: list[Segment] = [quoted(clause) for clause in clauses if _BECAUSE.search(clause.quote)]
        if saying:
            lines = (*saying, *writer.paper(found[0].best))
            return Draft(status="answered", segments=tuple(dict.fromkeys(lines)), notices=(), strength=1.0)
    return None


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
