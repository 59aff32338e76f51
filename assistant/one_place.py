"""Whether a question asks of one place or product, what it did or has, which no rule of the country tells."""

import re

from assistant.corpus import Corpus
from assistant.draft import Draft
from assistant.proper_names import proper_names
from assistant.question import Question
from assistant.wording import find_phrase
from index.law.address import find_document_numbers
from index.law.documents import is_local
from index.places.named import find_places

_OF_ONE = ("figure", "list", "who", "when", "share")
# Of a maker or product by name also these, which of a place may be asked of the rule that holds there.
_OF_ONE_MAKER = ("yes_no", "how", "where")


def asks_of_one_place(question: Question) -> bool:
    """Whether a question is after what one place or product did or has."""
    if question.places or question.districts:
        return question.wanted in _OF_ONE
    return question.wanted in (*_OF_ONE, *_OF_ONE_MAKER) and not _COUNTRIES.issuperset(proper_names(question.text))


# Where goods and their raw material are from or sold to, which makes a question of nobody's own.
_COUNTRIES = frozenset(
    ("việt nam", "thái lan", "trung quốc", "hàn quốc", "nhật bản", "đài loan", "ấn độ", "hoa kỳ", "châu âu", "đông âu",
     "miến điện", "mã lai", "châu phi", "châu á")
)  # fmt: skip


# What the people of a place ask for or set out to do.
_ACTS = re.compile(
    r"\s+(?:(?:đã|cần|sẽ|cũng|còn|vừa)\s+)?(?:yêu cầu|đề nghị|chỉ đạo|giao|kiến nghị|đề xuất|nhấn mạnh|kêu gọi|"
    r"phấn đấu|lưu ý|dặn|đặt mục tiêu)(?!\w)",
    re.IGNORECASE,
)


_WHICH_HAS = re.compile(
    r"(?<!\w)(?:tỉnh|tỉnh thành|huyện|địa phương|nơi) nào\s+(?:\w+\s+){0,2}?(?:có|đạt|được)\s+(?:\w+\s+){0,3}?"
    r"(?:sản phẩm|chủ thể)(?!\w)",
    re.IGNORECASE,
)


def acts_there(question: Question) -> bool:
    """Whether a question is after what a place it names asked for or set out to do ("Nam Định yêu cầu … làm gì?"), or
    after which places have something, or have none."""
    return _WHICH_HAS.search(question.text) is not None or any(
        _ACTS.match(question.text, one.end) for one in find_places(question.text, typed=True)
    )


def names_local_body(question: Question, corpus: Corpus) -> bool:
    """Whether a question names a body that no map of provinces and districts has and whose decisions are held: what it
    asks is of that place, though `Question.places` is empty."""
    return not question.places and any(find_phrase(question.tokens, name) >= 0 for name in corpus.held.bodies)


def names_rule_of_country(draft: Draft) -> bool:
    """Whether an answer names a document of the country, with its whole number."""
    said = "\n".join(segment.text for segment in draft.segments)
    return any(number.issuer is not None and not is_local(number) for number in find_document_numbers(said))
