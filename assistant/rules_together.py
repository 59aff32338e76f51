"""Several rules asked for in one question: "nộp hồ sơ ở đâu, ai quyết định công nhận hạng 4 sao?"."""

from collections.abc import Callable

from assistant.basis import BASIS
from assistant.draft import Draft
from assistant.parts import joined, of_whole
from assistant.question import Question, understand
from assistant.untold import LEAST_SPOKEN_OF, TOLD_APART, asking_clauses, share_spoken_of
from assistant.wording import Words, words_of


def rules_together(question: Question, ruled: Draft, by_rule: Callable[[Question], Draft | None]) -> Draft:
    """What rules tell of a question as a whole (`ruled`), with what they tell of each clause that asks of something
    else, in the order of the clauses.

    Of a day or a document the whole is asked, and told. by_rule: the answer of rules to a question, less what does not
    keep the contract.
    """
    clauses = [understand(clause) for clause in asking_clauses(question)]
    if len(clauses) < 2 or not ruled.segments or question.dates or question.period or question.documents:
        return ruled
    told = words_of("\n".join(segment.text for segment in ruled.segments if not segment.text.startswith(BASIS)))
    untold = [_untold(clause, told) for clause in clauses]
    drafts = [by_rule(of_whole(question, clause)) for clause in clauses]
    found = [draft for draft in drafts if draft is not None and draft.segments]
    if len(found) == len(clauses) and not any(set(ruled.segments) <= set(draft.segments) for draft in found):
        return joined(found) or ruled  # what no clause asks for was read out of words of several
    if not any(untold):
        return ruled
    parts = [draft if missed else ruled for draft, missed in zip(drafts, untold, strict=True)]
    answered = [draft for draft in parts if draft is not None and draft.segments]
    return joined(answered if len(answered) == len(parts) else [ruled, *answered]) or ruled


def _untold(clause: Question, told: Words) -> bool:
    """Whether an answer leaves out what a clause asks: it holds few of its words, or, of who, where or how long is
    asked, not all."""
    held = share_spoken_of(clause, told)
    return held < (1.0 if clause.wanted in TOLD_APART else LEAST_SPOKEN_OF)
