"""What a rule says of a thing, where a question names the rule or its time: "theo 148 thì phải báo trước mấy ngày?".

Whoever names a rule and asks a thing of it is told by the texts of that rule, not by which rules followed one another.
Which rule applied, whether one stands and who acted under it are `assistant.regime`'s.
"""

from collections.abc import Iterator
from datetime import date

from assistant.basis import basis
from assistant.clauses import of_law
from assistant.corpus import Corpus
from assistant.draft import Draft, quoted
from assistant.law import state_notices
from assistant.law_days import days_meant
from assistant.provision import provision
from assistant.question import Question
from assistant.regime_asked import named_documents, read_regime
from assistant.units import state_at
from index.law.documents import Document
from index.law.in_force import in_force

# What a sentence of a rule tells; a paper, a set of criteria or a state is told otherwise.
_TOLD = ("unit", "duration", "figure", "who", "where", "when", "list", "yes_no", "how", "why", "case", "text")
# Of these a question that also asks which rule applied ("… thời 2019 là biểu số mấy?") is about the thing.
_OF_A_THING = ("unit", "duration", "figure")


def rule_told_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The sentence of the rule a question names, or of the one of the former time it means, that tells the thing asked;
    None where it asks another thing, or those texts do not tell."""
    if not of_law(question) or question.wanted not in _TOLD or question.unit.appendix or question.unit.form:
        return None
    regime = read_regime(question, corpus.law, on)
    if regime is not None and (regime.aspect != "rule" or question.wanted not in _OF_A_THING):
        return None
    documents = list(_meant(question, corpus, on))
    articles = [corpus.article(carrier.article_id, carrier.digest) for one in documents for carrier in one.carriers]
    numbers = [one.number.number for one in documents]
    found = provision(question, dict.fromkeys(articles), corpus, named=numbers)
    if found is None or found.block.role == "row":
        return None
    article = found.evidence.article
    based = basis(found.evidence, corpus, on)
    state = state_at(article, corpus, on)
    return Draft(
        status="answered",
        segments=(quoted(found.evidence), *based),
        notices=tuple(state_notices(article, state, corpus, on, told=bool(based))),
        strength=1.0,
    )


def _meant(question: Question, corpus: Corpus, on: date) -> Iterator[Document]:
    """The rules a question names; where it names none, those of the former day it means that apply no more."""
    law = corpus.law
    named = [document for number in named_documents(question, law) if (document := law.find(number)) is not None]
    if named or question.documents:
        yield from named
        return
    days = days_meant(question, on)
    if not days.dated:
        return
    today = {rule.document.number.label for rule in in_force(law, on, "procedure").rules}
    for rule in in_force(law, days.last, "procedure").rules:
        if rule.document.number.label not in today:
            yield from rule.documents
