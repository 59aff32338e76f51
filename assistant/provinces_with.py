"""Which provinces have products of a grade, each with its figure and the day that is of."""

from dataclasses import replace

from assistant.amounts import line
from assistant.answer import FOUND_FIGURES
from assistant.compare import dates_notice, totals_held
from assistant.corpus import Corpus
from assistant.draft import Draft, connective
from assistant.question import Question
from assistant.sought import PRODUCTS, Sought
from assistant.wording import says

_WHICH = (
    "tỉnh nào", "tỉnh thành nào", "những tỉnh nào", "các tỉnh nào", "địa phương nào", "những địa phương nào", "tỉnh gì",
)  # fmt: skip
_HAS = ("có", "đạt", "được")
# What limits such a question no further: "trong 5 tỉnh của kho".
_FRAME = frozenset("kho tỉnh thành địa phương dữ liệu sản phẩm ocop hiện nay đã".split())
_OF_THOSE_HELD = "Chỉ gồm các tỉnh mà kho có số liệu."


def provinces_with(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """The provinces that have products of the one grade asked for ("tỉnh nào có sản phẩm 5 sao?"), most first; None for
    other questions, where the question limits them further, and where none has a figure."""
    asked, stars = question.tokens, question.stars
    if stars is None or stars[0] != stars[1] or question.wanted not in ("list", "text"):
        return None
    if sought.places or question.negated or question.planned or set(sought.limits.words) - _FRAME:
        return None
    if not (says(asked, *_WHICH) and says(asked, *_HAS)):
        return None
    plain = replace(sought, numbers=(), limits=replace(sought.limits, words=()))
    rows = totals_held(question, plain, replace(PRODUCTS, stars=stars), corpus)
    if not rows:
        return None
    return Draft(
        status="answered",
        segments=(connective(FOUND_FIGURES), *dict.fromkeys(line(row.figure, corpus) for row in rows)),
        notices=(_OF_THOSE_HELD, *dates_notice(rows, corpus, "nên chỉ so sánh để tham khảo")),
        strength=0.9,
    )
