"""Questions answered from what decisions record: a product, a decision, what a place or maker has, what ends soon."""

from datetime import date

from assistant.by_decision import decision_draft
from assistant.by_product import product_draft
from assistant.corpus import Corpus
from assistant.decisions_reckoned import decisions_reckoned
from assistant.draft import Draft
from assistant.issued_lists import issued_draft
from assistant.issued_papers import papers_draft
from assistant.list_differences import difference_draft
from assistant.listed_products import ending_draft, listed_draft
from assistant.product_compared import compared_draft
from assistant.product_in_decision import row_draft
from assistant.question import Question
from assistant.registered_products import registered_draft
from assistant.stars_lowered import lowered_draft
from assistant.why_changed import why_changed_draft


def by_record(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The answer that the lists of decisions give; None where a question asks nothing of them, or they do not tell."""
    return (
        decisions_reckoned(question, corpus)
        or difference_draft(question, corpus)
        or papers_draft(question, corpus)
        or row_draft(question, corpus)
        or lowered_draft(question, corpus, on)
        or compared_draft(question, corpus)
        or issued_draft(question, corpus)
        or decision_draft(question, corpus, on)
        or why_changed_draft(question, corpus)
        or ending_draft(question, corpus, on)
        or registered_draft(question, corpus)
        or product_draft(question, corpus, on)
        or listed_draft(question, corpus, on)
    )
