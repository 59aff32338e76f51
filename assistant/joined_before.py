"""A follow-up that asks on about what was listed or scored ("là những sản phẩm nào?", "cái nào điểm cao nhất?", "tăng
mấy điểm?"), read as one question with the one before it."""

from collections.abc import Callable
from datetime import date

from assistant.corpus import Corpus
from assistant.draft import Draft
from assistant.issued_lists import WHICH, WITHDRAWN, issued_draft
from assistant.listed_points import extreme_asked
from assistant.product_asked import REASONS
from assistant.product_compared import compared_draft
from assistant.question import Question, understand
from assistant.wording import says

# A conversation is joined on no further than this.
_MOST_CHARACTERS = 300
_FEW = 3  # words of content
_LISTED = frozenset(
    "sản phẩm món thứ cái hàng mặt loại ocop gồm liệt kê kể tên danh sách điểm cao thấp nhất lý do".split()
)
_GROWN = ("tăng", "giảm", "chênh", "hơn", "kém")


def joined_before(
    text: str, before: Question, on: date, meant: Callable[[Question], Question], corpus: Corpus
) -> Question | None:
    """The question before with this one joined to it, where lists or points answer the two as one; None elsewhere.

    meant: what makes of a question as understood the one meant, without anything before it.
    """
    asked = understand(text, on)
    if asked.places or asked.national or asked.regions or asked.districts or asked.documents or not asked.unit.empty:
        return None
    if len([word for word in asked.content if word not in _LISTED]) > _FEW:
        return None
    draft = _draft_for(asked, before)
    whole = f"{before.text.rstrip(' ?.!')}, {text}"
    if draft is None or len(whole) > _MOST_CHARACTERS or corpus.held.names.find(asked.tokens) is not None:
        return None
    question = meant(understand(whole, on))
    return question if draft(question, corpus) is not None else None


def _draft_for(asked: Question, before: Question) -> Callable[[Question, Corpus], Draft | None] | None:
    """What would answer both, by what this one asks."""
    if says(asked.tokens, "điểm") and says(asked.tokens, *_GROWN) and (asked.when or says(asked.tokens, "so với")):
        return compared_draft
    reason = says(asked.tokens, *REASONS) and says(before.tokens, *WITHDRAWN) and says(before.tokens, *WHICH)
    return issued_draft if reason or says(asked.tokens, *WHICH) or extreme_asked(asked) is not None else None
