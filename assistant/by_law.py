"""Questions answered from what is recorded of the law, before any passage is looked for."""

from datetime import date

from assistant.corpus import Corpus
from assistant.criterion import criterion_draft
from assistant.draft import Draft
from assistant.groups import groups_draft
from assistant.procedure import procedure_draft
from assistant.question import Question
from assistant.regime import regime_draft


def by_law(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The answer to a question about how many sets there are, the steps of judging, or the law at a date; else None."""
    return (
        criterion_draft(question, corpus, on)
        or groups_draft(question, corpus, on)
        or procedure_draft(question, corpus, on)
        or regime_draft(question, corpus, on)
    )
