"""A star that a question says a product has ("… chỉ được 3 sao à?"), and whether the decisions bear it out."""

from collections.abc import Sequence

from assistant import answer as say
from assistant.claimed_value import TAG
from assistant.draft import Segment, connective
from assistant.question import Question
from assistant.wording import says
from index.products.product import Recognition

_ASKED = ("à", "hả", "thật không", "phải chăng", "chứ", "đúng chứ", "thật à", "thật hả")
# Of another time, or of what may come, a decision of today tells nothing.
_ELSEWHEN = (
    "từng", "hồi", "trước đây", "lúc", "ban đầu", "lần đầu", "lên", "nâng", "muốn", "phấn đấu", "có thể", "sẽ", "nếu",
    "để", "đăng ký", "đề nghị", "tiềm năng", "cần", "còn",
)  # fmt: skip


def star_claimed(question: Question) -> int | None:
    """The star a question takes a product to have, where it asks whether or why that is so."""
    if question.stars is None or question.stars[0] != question.stars[1] or says(question.tokens, *_ELSEWHEN):
        return None
    asks = question.wanted in ("yes_no", "why") or TAG.search(question.text) is not None
    return question.stars[0] if asks or says(question.tokens[-2:], *_ASKED) else None


def verdict(claimed: int, told: Sequence[Recognition]) -> Segment | None:
    """What is to be said first of a claim: that decisions have that star, or another; None where they differ among
    themselves, or it was withdrawn."""
    stars = {None if one.withdrawn else one.row.star for one in told}
    if len(stars) != 1 or None in stars:
        return None
    return connective(say.SO_RECORDED if stars == {claimed} else say.NOT_RECORDED)
