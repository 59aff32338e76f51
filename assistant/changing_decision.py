"""The decision that changed another, meant by what it did: "quyết định bãi bỏ Quyết định 12 ban hành hôm nào?"."""

from assistant.corpus import Corpus
from assistant.decision_signer import signer
from assistant.decision_state import in_force
from assistant.decisions_meant import may_be_local, numbered
from assistant.draft import Draft, Segment, quoted
from assistant.later_decisions import aims
from assistant.paper_asked import asks_force, changing_paper
from assistant.product_asked import REASONS
from assistant.product_lines import ProductWriter
from assistant.question import Question
from assistant.wording import says
from index.decisions.merged import Decision


def changing_draft(question: Question, corpus: Corpus, *, signed: bool) -> Draft | None:
    """What is asked of the decision that did to the one named what the question says: its number, day, issuer and
    clause, with who signed it where that is asked (`signed`). None where that is not asked, or none held did it.

    Why it was done, and whether the other stands, is told of the other.
    """
    if len(question.documents) != 1 or not changing_paper(question.tokens):
        return None
    if question.wanted in ("why", "yes_no") or says(question.tokens, *REASONS) or says(question.tokens[:1], "sao"):
        return None
    if question.counted and question.wanted == "figure":
        return None
    number = question.documents[0]
    changed = numbered(number, question, corpus) if may_be_local(number, corpus) else []
    if len(changed) != 1:
        return None
    laters = [later for key in changed[0].changed_by if (later := corpus.held.decision(key)) is not None]
    lines = [line for later in laters for line in _told(later, changed[0], question, corpus, signed=signed)]
    if not lines:
        return None
    return Draft(status="answered", segments=tuple(dict.fromkeys(lines)), notices=(), strength=1.0)


def _told(later: Decision, changed: Decision, question: Question, corpus: Corpus, *, signed: bool) -> list[Segment]:
    writer = ProductWriter(corpus, None)
    lines = signer(later.best, corpus, writer) if signed else []
    lines += in_force(later, writer) if asks_force(question.tokens) else []
    clauses = [writer.clause(later.best, act) for act in later.best.acts if aims(act, changed)]
    return [*lines, *writer.paper(later.best), *map(quoted, clauses)]
