"""A count that a question says a place has ("An Giang có 100 sản phẩm, đúng không?"), and what sources count."""

import re
from dataclasses import dataclass

from assistant import answer as say
from assistant.claimed_value import ASKS_WHETHER, TAG
from assistant.draft import Draft
from assistant.question import Question, understand
from assistant.wording import says

_NOUN = r"(?:sản phẩm|chủ thể|hợp tác xã|doanh nghiệp|cơ sở|hộ)"
# "… có 100 sản phẩm": how many a place is said to have, not which so many.
_HAS = re.compile(r"(?<!\w)có\s+(?:(?:tới|đến|tất cả|tổng cộng|được|cả thảy)\s+)*$", re.IGNORECASE)
_COUNT = re.compile(rf"(?<![\w/.,])(?P<count>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}})\s+(?={_NOUN}(?!\w))", re.IGNORECASE)
_NONE = re.compile(
    rf"(?<!\w)(?:chưa|không|chẳng)\s+(?:hề\s+)?có\s+(?:một\s+|nổi\s+)?(?={_NOUN}(?!\w))|"
    rf"(?<!\w)không\s+có\s+(?:một\s+)?(?={_NOUN}(?!\w))",
    re.IGNORECASE,
)
# Of some within the place, of which the place's own count tells nothing.
_OF_SOME = ("huyện", "xã", "phường", "địa phương", "một số", "nhiều nơi", "có nơi")
_WHY = re.compile(r"^\s*(?:vì sao|tại sao|sao|cớ sao|lý do gì)\s+(?:mà\s+)?", re.IGNORECASE)

# What is left of "có phải … không" without its beginning.
_LEFT_OVER = re.compile(r"\s+không\s*[?!.]*\s*$", re.IGNORECASE)

_STAR = re.compile(r"\s+(?:đạt\s+|hạng\s+|được\s+)*[1-5]\s*sao(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many are said to be; 0 where there are said to be none."""

    amount: int


def claimed_count(question: Question) -> tuple[Question, Count] | None:
    """The question for how many instead of the count it says a place has, and that count; None where it says none."""
    text = question.text
    if not question.places:
        return None
    none = _NONE.search(text)
    why = _WHY.match(text)
    if none is not None and why is not None and question.stars is not None and not says(question.tokens, *_OF_SOME):
        return _asking(f"{text[why.end() : none.start()]}có bao nhiêu {text[none.end() :]}", Count(amount=0))
    counts = list(_COUNT.finditer(text))
    if len(counts) != 1 or not _HAS.search(text[: counts[0].start()]):
        return None
    if not (TAG.search(text) or ASKS_WHETHER.search(text)):
        return None
    spoken = f"{text[: counts[0].start()]}bao nhiêu {text[counts[0].end() :]}"
    rest = _LEFT_OVER.sub("", ASKS_WHETHER.sub(" ", TAG.sub(" ", spoken)))
    return _asking(rest, Count(amount=int(counts[0]["count"].replace(".", ""))))


def _asking(text: str, count: Count) -> tuple[Question, Count] | None:
    rest = understand(f"{text.strip(' ,.?!')}?")
    return (rest, count) if rest.aim == "question" and says(rest.tokens, "bao nhiêu") else None


def without_star(question: Question) -> Question | None:
    """The question for a count of one grade asked of all grades; None where it names no grade."""
    text = _STAR.sub("", question.text)
    return None if text == question.text else understand(text)


def of_other_star(count: Count, draft: Draft) -> bool:
    """Whether sources count so many of another grade than is said."""
    said = "\n".join(segment.text for segment in draft.segments)
    return re.search(rf"(?<![\d.,]){count.amount}\s+{_NOUN}[^,.;\n]{{0,30}}(?<!\d)[1-5]\s*sao", said) is not None


def count_verdict(count: Count, draft: Draft) -> str | None:
    """What is said first of a count beside what sources tell; None where that cannot be set against it."""
    told = next((segment.text for segment in draft.segments if segment.evidence), "")
    found = [int(match["count"].replace(".", "")) for match in _COUNT.finditer(told)]
    if not found:
        return None
    if count.amount == found[0] and count.amount:
        return say.SO_SOURCED
    return say.OTHERWISE_SOURCED if count.amount not in found else None
