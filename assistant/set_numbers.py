"""Which criteria sets a question means when it asks what one of them gives."""

import re
from collections.abc import Sequence

from assistant.question import Question
from assistant.wording import says
from index.criteria.products import find_sets

_NUMBERED = re.compile(r"(?<!\w)bộ (?:tiêu chí )?(?:số )?(\d{1,2})(?!\w)")
_SETS = ("bộ", "bộ tiêu chí", "bộ sản phẩm")


def sets_in(said: Sequence[str]) -> frozenset[int]:
    """The sets that tokens number ("bộ 14", "bộ tiêu chí số 14")."""
    return frozenset(map(int, _NUMBERED.findall(" ".join(said))))


def numbered_sets(question: Question) -> frozenset[int]:
    """The sets a question numbers."""
    return sets_in(question.tokens)


def asks_of_one_set(question: Question) -> bool:
    """Whether a question asks for points in a set that it numbers or calls by its product, which no text on all sets
    tells."""
    counts = any(one.what == "điểm" for one in question.counted)
    return counts and bool(numbered_sets(question) or (says(question.tokens, *_SETS) and find_sets(question.text)))
