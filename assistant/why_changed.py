"""Why a place revoked, replaced or corrected a decision, or withdrew certificates, where no number is named."""

import re

from assistant.corpus import Corpus
from assistant.decisions_meant import acting
from assistant.draft import Draft, Segment, quoted
from assistant.product_asked import REASONS
from assistant.product_lines import ProductWriter
from assistant.question import Question
from assistant.wording import says

BECAUSE = re.compile(r"(?<!\w)(?:do|vì|bởi|nhằm)\s", re.IGNORECASE)


def why_changed_draft(question: Question, corpus: Corpus) -> Draft | None:
    """The clause by which the one decision meant changes another, where it says why; None where several may be meant,
    or none says why."""
    why = question.wanted == "why" or says(question.tokens, *REASONS)
    if question.documents or not why or not len(corpus.held):
        return None
    found, acts = acting(question, corpus)
    if len(found) != 1:
        return None
    writer = ProductWriter(corpus, None)
    for told in found[0].told:
        clauses = [writer.clause(told, act) for act in told.acts if act.act in acts]
        saying: list[Segment] = [quoted(clause) for clause in clauses if BECAUSE.search(clause.quote)]
        if saying:
            lines = (*saying, *writer.paper(found[0].best))
            return Draft(status="answered", segments=tuple(dict.fromkeys(lines)), notices=(), strength=1.0)
    return None
