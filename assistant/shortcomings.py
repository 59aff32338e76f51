"""What was not good, as it is asked for and as news tell it: seldom a list, and seldom in the words of the question."""

from assistant.question import Question
from assistant.wording import says, tokens

SHORTCOMINGS = ("hạn chế", "khó khăn", "tồn tại", "tồn đọng", "bất cập", "vướng mắc", "yếu kém", "trở ngại")
_TOLD = (*SHORTCOMINGS, "chưa", "thiếu", "còn ít", "còn thấp", "còn yếu", "nhỏ lẻ", "chậm", "manh mún")


def asks_shortcomings(question: Question) -> bool:
    """Whether a question asks what was not good ("nêu những hạn chế gì?")."""
    return question.wanted in ("list", "text", "how") and says(question.tokens, *SHORTCOMINGS)


def tells_shortcoming(text: str) -> bool:
    """Whether a sentence tells of something that was not good."""
    return says(tokens(text), *_TOLD)
