"""Tables with a column headed by what is asked for: "những địa phương nào" of "Địa phương | Sản phẩm", "tơ tằm thuộc
nhóm nào" of "Nhóm | Ví dụ"."""

import re

from assistant.candidates import Candidate, header_row
from assistant.question import Question
from assistant.wording import says, tokens

# A head of one syllable ("Năm", "Hạng") is said in too many ways to ask for its column.
_LEAST = 2


def column_asked(question: Question, item: Candidate) -> bool:
    """Whether a candidate is a line of a table whose first column has the things a question asks for by what they
    are."""
    heads = _heads(item)
    if not heads:
        return False
    head = " ".join(tokens(heads[0]))
    return len(head.split()) >= _LEAST and says(
        question.tokens, *(asking.format(head) for asking in ("những {} nào", "các {} nào", "{} nào", "những {} gì"))
    )


def cell_asked(question: Question, item: Candidate) -> bool:
    """Whether a candidate is a line of a table that has something the question names, in so many syllables, in one cell
    and what it asks for in another, by the heads of the two."""
    heads = _heads(item)
    asked = [
        place
        for place, head in enumerate(heads)
        if (name := " ".join(tokens(head))) and says(question.tokens, f"{name} nào", f"{name} gì")
    ]
    if not asked:
        return False
    cells = item.evidence.article.text[item.block.start : item.block.end].split(" | ")
    if len(cells) != len(heads):
        return False
    named = (thing for place, cell in enumerate(cells) if place not in asked for thing in _LISTED.split(cell))
    return any(len(words := tokens(thing)) >= _LEAST and says(question.tokens, " ".join(words)) for thing in named)


_LISTED = re.compile(r"\s*[,;]\s*")


def _heads(item: Candidate) -> list[str]:
    """The heads of the columns of the table of news that a candidate is a line of; none where it is none."""
    if item.block.role != "row" or item.law:
        return []
    article = item.evidence.article
    # the block is of the version found, which leads the story or follows it word for word
    header = header_row(article, item.block) if item.evidence.start == item.block.start else None
    return [] if header is None else article.text[header.start : header.end].split(" | ")
