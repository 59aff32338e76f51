"""Tables whose first column is headed by what is asked for: "những địa phương nào" of "Địa phương | Sản phẩm"."""

from assistant.candidates import Candidate, header_row
from assistant.question import Question
from assistant.wording import says, tokens

# A head of one syllable ("Năm", "Hạng") is said in too many ways to ask for its column.
_LEAST = 2


def column_asked(question: Question, item: Candidate) -> bool:
    """Whether a candidate is a line of a table whose first column has the things a question asks for by what they
    are."""
    if item.block.role != "row" or item.law:
        return False
    article = item.evidence.article
    # the block is of the version found, which leads the story or follows it word for word
    header = header_row(article, item.block) if item.evidence.start == item.block.start else None
    if header is None:
        return False
    head = " ".join(tokens(article.text[header.start : header.end].split(" | ")[0]))
    return len(head.split()) >= _LEAST and says(
        question.tokens, *(asking.format(head) for asking in ("những {} nào", "các {} nào", "{} nào", "những {} gì"))
    )
