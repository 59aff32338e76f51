"""By how many points a part of the scale differs between two rules that were told one after the other."""

import re
from collections.abc import Sequence

from assistant.draft import Draft, Reckoning, Segment
from assistant.evidence import Evidence
from assistant.question import Question
from assistant.wording import says

_DIFFERS = (
    "khác nhau bao nhiêu", "khác nhau mấy", "khác bao nhiêu", "khác mấy", "chênh", "hơn kém", "tăng bao nhiêu",
    "tăng mấy", "giảm bao nhiêu", "giảm mấy", "thêm bao nhiêu", "thêm mấy", "bớt bao nhiêu", "bớt mấy", "hơn bao nhiêu",
    "hơn mấy", "kém bao nhiêu", "kém mấy",
)  # fmt: skip
_PARTS = ("phần a", "phần b", "phần c")


def change_of_part(question: Question, drafts: Sequence[Draft]) -> Segment | None:
    """The difference, with what both rules say; None where no difference of one part is asked, or one tells no points
    of it."""
    named = [part for part in _PARTS if says(question.tokens, part)]
    if len(named) != 1 or len(drafts) != 2 or not says(question.tokens, *_DIFFERS):
        return None
    told = [_points(named[0][-1], draft) for draft in drafts]
    if told[0] is None or told[1] is None:
        return None
    (former, before), (later, now) = told[0], told[1]
    difference = abs(later - former)
    name = f"Phần {named[0][-1].upper()}"
    text = f"{name}: {former:g} điểm và {later:g} điểm, chênh nhau {difference:g} điểm."
    return Segment(
        text=text.replace(".5 ", ",5 "),
        kind="derived",
        evidence=(before, now),
        reckoning=Reckoning(
            operation="difference",
            operands=(
                (max(former, later), 0 if former >= later else 1),
                (min(former, later), 1 if former >= later else 0),
            ),
            result=difference,
        ),
    )


def _points(part: str, draft: Draft) -> tuple[float, Evidence] | None:
    """The points of a part as the first line that gives them does."""
    pattern = re.compile(rf"phần {part}\D{{0,120}}?(\d+(?:,\d+)?)\s+điểm", re.IGNORECASE)
    for segment in draft.segments:
        found = pattern.search(segment.text) if segment.kind == "quoted" and segment.evidence else None
        if found is not None:
            return float(found[1].replace(",", ".")), segment.evidence[0]
    return None
