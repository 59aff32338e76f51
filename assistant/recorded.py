"""What records and figures alone tell of one question, before any passage is looked at.

Nothing here waits for the search: it is read while the question's vector is computed, and where it settles the answer
nothing is searched for.
"""

from dataclasses import dataclass, replace
from datetime import date

from assistant.by_document import asks_of_documents, of_documents
from assistant.corpus import Corpus
from assistant.count import answer_figures, counts, of_nation
from assistant.decision import deciding, disputed
from assistant.draft import Draft
from assistant.fitting import AIMS
from assistant.gates import of_nowhere
from assistant.law import answer_state, unit_by_address
from assistant.numbers_told import MONEY_TOLD
from assistant.proper_names import names_in_article, of_the_product
from assistant.question import Question
from assistant.reckon import reckoned
from assistant.sought import seek
from assistant.wanted import FIGURES


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """settled: whether no sentence found is to be asked. draft: where settled, the answer, or None where nothing held
    answers; else the count that figures tell, or None, to be weighed against sentences."""

    settled: bool
    draft: Draft | None


def recorded(question: Question, corpus: Corpus, on: date, within: frozenset[str] = frozenset()) -> Recorded:
    """What records and figures tell of a question. within: ids of the articles the conversation is about."""
    if not question.unit.empty:
        draft = unit_by_address(question, corpus, on)
        if draft is not None or question.unit.dieu is not None or question.documents:
            return Recorded(settled=True, draft=draft)  # of an article that the document does not have, no other tells
    if question.wanted == "state" and (draft := answer_state(question, corpus, on)) is not None:
        return Recorded(settled=True, draft=draft)
    if asks_of_documents(question):
        # what one of them recognised does not answer for both
        return Recorded(settled=True, draft=of_documents(question, corpus))
    for reading in (deciding, disputed, reckoned):
        if (draft := reading(question, corpus)) is not None:
            return Recorded(settled=True, draft=draft)
    return Recorded(settled=False, draft=_counted(question, corpus, within))


def _counted(question: Question, corpus: Corpus, within: frozenset[str]) -> Draft | None:
    """The count that figures tell, or None."""
    if not (counts(question) or question.wanted in FIGURES) or not question.unit.empty:
        return None
    told = answer_figures(question, corpus, within)
    sure = question.places or within or question.documents or of_nation(question)
    if told is not None and not within and _of_any_province(question, told, corpus):
        return None  # which is meant is asked back
    nowhere = not question.national and of_nowhere(question, corpus)
    if told is not None and told.status == "partial" and question.stars and nowhere:
        return None  # another grade of some place is no answer to who names no place
    if told is None or not of_the_product(question, said_in(told)) or not _names_held(question, told):
        return None
    money = bool(question.counted) and all(one.what == "đồng" for one in question.counted)
    if money and MONEY_TOLD.search(said_in(told).lower()) is None:
        return None  # how many products there are does not tell what they earn
    return replace(told, strength=told.strength + (0.5 if sure else 0.0))


def said_in(draft: Draft) -> str:
    """What a draft quotes, with the titles and headings over it."""
    return "\n".join(
        f"{evidence.article.title}\n{evidence.heading}\n{evidence.quote}"
        for segment in draft.segments
        for evidence in segment.evidence
    )


def of_a_province(draft: Draft, corpus: Corpus) -> bool:
    """Whether the first article that a draft cites is of a province."""
    evidence = next(segment.evidence[0] for segment in draft.segments if segment.evidence)
    return bool(corpus.provinces(evidence.article.id, evidence.article.digest))


def _of_any_province(question: Question, figures: Draft, corpus: Corpus) -> bool:
    """Whether figures of one province were taken for what is asked of none."""
    if question.national or not of_nowhere(question, corpus) or not of_a_province(figures, corpus):
        return False
    sought = seek(question, corpus.subplaces)
    return not (sought.subplaces or set(sought.limits.words) - AIMS.forms)


def _names_held(question: Question, draft: Draft) -> bool:
    """Whether an article that a draft cites holds the names a question gives that are on no map; one that names a
    place on it may tell of another in passing ("nhà em bên Cao Lãnh")."""
    return bool(question.places) or any(
        names_in_article(question, evidence.article) for segment in draft.segments for evidence in segment.evidence
    )
