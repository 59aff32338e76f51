"""The place a question is read as of where it needs one and names none: the province of the portal it is asked on."""

from dataclasses import replace

from assistant.question import Question
from index.places.named import PROVINCES


def placed(question: Question, province: str) -> tuple[Question, str]:
    """The question as asked of a province, and the notice that says so.

    Only for one that would be asked back for its place: what the law says holds everywhere, and a count of the whole
    country is what it says. province: a key of `index.places.named.PROVINCES`.
    """
    notice = (
        f"Câu hỏi không nêu địa phương nên được hiểu là hỏi về {PROVINCES[province].name}, nơi đặt sẵn cho trợ lý này."
    )
    return replace(question, places=(province,), here=False), notice
