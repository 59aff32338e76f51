"""Several rules asked for in one question: "nộp hồ sơ ở đâu, ai quyết định công nhận hạng 4 sao?"."""

from collections.abc import Callable, Iterator, Sequence

from assistant.asked_parts import asking_clauses
from assistant.content import ASKS
from assistant.draft import Draft
from assistant.evidence import specific
from assistant.numbers_told import states_number
from assistant.parts import joined, of_whole
from assistant.question import Question, understand
from assistant.wording import places_of
from index.criteria.products import find_sets

# A clause of so few telling words leans on the one before it.
_LEANING = 1
_WHETHER = ("có phải", "có cần", "có được", "có bị", "phải", "được")


def rules_together(question: Question, ruled: Draft, by_rule: Callable[[Question], Draft | None]) -> Draft:
    """What rules tell of a question as a whole (`ruled`), with what they tell of each clause that asks of something
    else, in the order of the clauses.

    Of a day or a document the whole is asked, and told. by_rule: the answer of rules to a question, less what does not
    keep the contract.
    """
    asking = asking_clauses(question)
    if len(asking) < 2 or not ruled.segments or question.dates or question.period or question.documents:
        return ruled
    clauses = [understand(clause) for clause in _with_product(question, asking)]
    told = [(clause, by_rule(of_whole(question, clause))) for clause in clauses]
    lead = "" if find_sets(question.text) else _lead(clauses[0])  # of a product each clause has its name
    for place, (clause, draft) in enumerate(told):
        if draft is None and place and lead and len(specific(clause)) <= _LEANING:
            told[place] = (clause, by_rule(of_whole(question, understand(f"{lead} {clause.text}"))))
    found = [draft for _, draft in told if draft is not None and draft.segments]
    if len(found) == len(clauses) and not any(set(ruled.segments) <= set(draft.segments) for draft in found):
        return joined(found) or ruled  # what no clause asks for was read out of words of several
    parts = [draft if draft is not None and _adds(clause, draft, ruled) else ruled for clause, draft in told]
    return joined(parts if ruled in parts else [ruled, *parts]) or ruled


def _lead(clause: Question) -> str:
    """The words of a clause before it asks: what a clause of few words after it leans on ("đoàn kiểm tra kiểu gì và
    coi những gì")."""
    asks = min((place.start for place in places_of(clause.tokens, (*ASKS, *_WHETHER))), default=0)
    return " ".join(clause.tokens[:asks])


def _with_product(question: Question, clauses: Sequence[str]) -> Iterator[str]:
    """The clauses of a question; of one that names no product the one product that all of it is about stands before
    it ("dầu gội vô bộ nào, thiếu giấy gì thì bị loại?")."""
    named = {question.text[match.start : match.end] for match in find_sets(question.text)}
    for clause in clauses:
        yield f"{next(iter(named))} {clause}" if len(named) == 1 and not find_sets(clause) else clause


def _adds(clause: Question, draft: Draft, ruled: Draft) -> bool:
    """Whether a rule of a clause's own stands elsewhere than what was told, is another point of the same khoản, or what
    was told and a sentence more; and what was told does not give the number the clause asks."""
    here = next(_units(draft), None)
    counted = bool(clause.counted) and states_number(clause, "\n".join(segment.text for segment in ruled.segments))
    own, before = set(draft.segments), set(ruled.segments)
    one_more = before < own and len(own - before) == 1
    apart = here not in set(_units(ruled)) or not (own <= before or before <= own) or one_more
    return here is not None and apart and not counted


def _units(draft: Draft) -> Iterator[tuple[str, str, int]]:
    """Of each quote of a draft the article and the Điều or khoản it stands in; where it stands in none (of a set of
    criteria, which is long), also where."""
    for segment in draft.segments:
        for evidence in segment.evidence:
            place = 0 if "Điều" in evidence.heading else evidence.start
            yield evidence.article.id, evidence.heading, place
