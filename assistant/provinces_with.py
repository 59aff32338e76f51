"""Which provinces have products of a grade, or more or fewer than a number, each with its figure and its day."""

import re
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
    "các tỉnh có", "những tỉnh có", "các tỉnh đạt", "các địa phương có",
)  # fmt: skip
_HAS = ("có", "đạt", "được")
# What limits such a question no further: "trong 5 tỉnh của kho".
_FRAME = frozenset("kho tỉnh thành địa phương dữ liệu sản phẩm ocop hiện nay đã".split())
# "trên 500 sản phẩm", "dưới 100 sản phẩm"
_BOUND = re.compile(
    r"(?<!\w)(?:(?P<least>trên|hơn|quá|vượt|nhiều hơn|từ|ít nhất|tối thiểu)|"
    r"(?P<most>dưới|chưa tới|chưa đến|không quá|ít hơn))"
    r"\s+(?P<number>\d{1,3}(?:\.\d{3})+|\d+)\s+(?:sản phẩm|món|mặt hàng)(?!\w)",
    re.IGNORECASE,
)
_OR_EQUAL = ("từ", "ít nhất", "tối thiểu", "không quá")
_OF_THOSE_HELD = "Chỉ gồm các tỉnh mà kho có số liệu."


def provinces_with(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """The provinces that have products of the one grade asked for ("tỉnh nào có sản phẩm 5 sao?"), or more or fewer
    products than a number, most first; None for other questions, where the question limits them further, and where none
    has a figure."""
    asked, stars, bound = question.tokens, question.stars, _BOUND.search(question.text)
    one_grade = stars is not None and stars[0] == stars[1]
    if not (one_grade or (bound and stars is None)) or question.wanted not in ("list", "text", "figure", "yes_no"):
        return None
    if question.wanted not in ("list", "text") and bound is None:
        return None
    if sought.places or question.negated or question.planned or set(sought.limits.words) - _FRAME - _BOUNDING:
        return None
    if not (says(asked, *_WHICH) and says(asked, *_HAS)):
        return None
    plain = replace(sought, numbers=(), limits=replace(sought.limits, words=()))
    rows = totals_held(question, plain, replace(PRODUCTS, stars=stars), corpus)
    if bound is not None:
        rows = [row for row in rows if _beyond(bound, row.figure.value)]
    if not rows:
        return None
    return Draft(
        status="answered",
        segments=(connective(FOUND_FIGURES), *dict.fromkeys(line(row.figure, corpus) for row in rows)),
        notices=(_OF_THOSE_HELD, *dates_notice(rows, corpus, "nên chỉ so sánh để tham khảo")),
        strength=0.9,
    )


_BOUNDING = frozenset("trên hơn quá vượt nhiều từ ít nhất tối thiểu dưới chưa tới đến không liệt kê".split())


def _beyond(bound: re.Match[str], value: float) -> bool:
    """Whether a number is as a question bounds it: "trên 500" is more than 500, "từ 500" also 500."""
    number = float(bound["number"].replace(".", ""))
    if value == number:
        return (bound["least"] or bound["most"]).lower() in _OR_EQUAL
    return value > number if bound["least"] else value < number
