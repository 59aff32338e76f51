"""Questions answered from what is recorded of the law, before any passage is looked for."""

from datetime import date

from assistant.certificates import certificate_draft
from assistant.clauses import clauses_draft
from assistant.corpus import Corpus
from assistant.criterion import criterion_draft
from assistant.criterion_of_any import criterion_of_any
from assistant.draft import Draft
from assistant.filing_window import filing_window_draft
from assistant.groups import groups_draft
from assistant.ministry import ministry_draft
from assistant.parts import joined
from assistant.points import points_draft
from assistant.points_and_marks import points_and_marks_draft
from assistant.procedure import procedure_draft
from assistant.proofs import proof_draft
from assistant.question import Question
from assistant.regime import regime_draft
from assistant.regime_asked import read_regime
from assistant.rejected import rejected_draft
from assistant.rule_told import rule_told_draft
from assistant.set_named import set_named_draft
from assistant.set_numbers import asks_of_one_set, numbered_sets, sets_in
from assistant.set_remarks import misprint_draft
from assistant.sets_asked import sets_draft
from assistant.signers import programme_draft, signer_draft
from assistant.spoken_matters import REMEDY
from assistant.starting import starting_draft
from assistant.waiting_dossier import waiting_draft
from assistant.what_amended import amended_draft, replaced_draft
from assistant.wording import says, tokens
from index.criteria.products import find_sets

_WHICH = ("nào", "mấy", "gì")
# All sets have the same parts, whichever one is named.
_PARTS = ("mấy phần", "bao nhiêu phần", "mỗi phần", "từng phần", "những phần nào", "các phần")
_WHOLE_DAY = len("2026-05-22")


def by_law(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The answer to a question about a criterion, a product's ministry, how many sets there are, a certificate's days,
    the steps of judging, the clause on a matter, points and stars, what a rule changed in another or says of a thing,
    or the law at a date; else None.

    A question that names a whole day asks which law held then before it asks what the law says. None where a complaint
    is asked about: the clauses on deciding say nothing of it, and a text that does is searched for.
    """
    if says(question.tokens, *REMEDY):
        return None
    return (
        (clauses_draft(question, corpus, on) if says(question.tokens, *_PARTS) and not _of_items(question) else None)
        or set_named_draft(question, corpus, on)
        or misprint_draft(question, corpus, on)
        or proof_draft(question, corpus, on)
        or _set_and_ministry(question, corpus, on)
        or ministry_draft(question, corpus, on)
        # "trà đóng gói túi lọc thuộc bộ nào" asks for the set, whatever of its criteria the name speaks of
        or (sets_draft(question, corpus, on) if question.wanted == "set" and says(question.tokens, *_WHICH) else None)
        or (rejected_draft(question, corpus, on) if find_sets(question.text) else None)
        or points_and_marks_draft(question, corpus, on)
        or criterion_draft(question, corpus, on)
        or criterion_of_any(question, corpus, on)
        or sets_draft(question, corpus, on)
        or groups_draft(question, corpus, on)
        or waiting_draft(question, corpus, on)
        or filing_window_draft(question, corpus, on)
        or certificate_draft(question, corpus, on)
        or signer_draft(question, corpus, on)
        or programme_draft(question, corpus, on)
        or amended_draft(question, corpus, on)
        or replaced_draft(question, corpus, on)
        or starting_draft(question, corpus, on)
        or procedure_draft(question, corpus, on)
        or (regime_draft(question, corpus, on) if _names_day(question) or _of_filing(question, corpus, on) else None)
        or _of_that_set(question, clauses_draft(question, corpus, on))
        or rejected_draft(question, corpus, on)
        or (None if asks_of_one_set(question) else points_draft(question, corpus, on))
        or rule_told_draft(question, corpus, on)
        or regime_draft(question, corpus, on)
    )


def _set_and_ministry(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """By which set a product is scored and which ministry leads for it, where both are asked in one."""
    if question.wanted != "set" or not says(question.tokens, "chấm", "đánh giá"):
        return None
    lead = ministry_draft(question, corpus, on)
    scored = None if lead is None else sets_draft(question, corpus, on)
    return None if lead is None or scored is None or not scored.segments else joined([scored, lead])


# What the parts of a set are made of, which differs from set to set.
_ITEMS = ("tổ chức sản xuất", "phát triển sản phẩm", "sức mạnh cộng đồng", "tiếp thị", "câu chuyện sản phẩm")


def _of_items(question: Question) -> bool:
    """Whether a question names items of one product's set."""
    return says(question.tokens, *_ITEMS) and bool(find_sets(question.text))


def _of_that_set(question: Question, draft: Draft | None) -> Draft | None:
    """What a clause says; where points of one set are asked for, only where it speaks of that set by its number."""
    if draft is None or not asks_of_one_set(question):
        return draft
    said = tokens("\n".join(segment.text for segment in draft.segments))
    return draft if sets_in(said) & numbered_sets(question) else None


def _of_filing(question: Question, corpus: Corpus, on: date) -> bool:
    """Whether the rule is asked for by which a dossier is judged that was filed at some time."""
    asked = read_regime(question, corpus.law, on) if question.dates else None
    return asked is not None and asked.filed is not None and asked.aspect == "rule"


def _names_day(question: Question) -> bool:
    return any(len(iso) == _WHOLE_DAY for iso in question.dates)
