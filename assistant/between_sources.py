"""By how much two sources differ that count the same thing at the same time."""

from dataclasses import replace

from assistant.compare import Row, differing
from assistant.corpus import Corpus
from assistant.count import differing_sources
from assistant.draft import Draft
from assistant.question import Question
from assistant.sought import PRODUCTS, Sought
from assistant.wording import says
from index.figures.figure import NATIONAL

# Two tellings of one number, and how far they are from one another.
_SOURCES = (
    "hai nguồn", "hai con số", "hai số", "hai tổng", "hai bài", "hai báo", "hai tờ báo", "hai số liệu", "các nguồn",
    "hai nơi", "hai bên", "hai trang", "hai kiểu",
)  # fmt: skip
_APART = (
    "lệch", "vênh", "chênh", "cách nhau", "khác nhau", "kém nhau", "hơn nhau",
)  # fmt: skip


def between_sources(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """The difference of two numbers that sources give for one place and time, each with its source; None where the
    question asks for none and where none contradict one another."""
    asked = question.tokens
    if not (says(asked, *_SOURCES) and says(asked, *_APART) and says(asked, "bao nhiêu", "mấy")):
        return None
    if len(sought.places) > 1 or not sought.times:
        return None
    asks = sought.asks or (replace(PRODUCTS, stars=question.stars),)
    nations = sought.places or (NATIONAL,)
    found = differing_sources(question, replace(sought, asks=asks, places=nations, numbers=()), corpus)
    if len(found) != 2:
        return None
    return differing([Row(key=item.figure.place or NATIONAL, fitted=item) for item in found], asks[0], corpus)
