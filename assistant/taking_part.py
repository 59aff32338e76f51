"""Yes or no to "may we take part?", where the rule that lists who may (Điều 2, khoản 3) tells it of who asks."""

from assistant.answer import AMONG_THOSE, NOT_AMONG_THOSE, NOT_BUT_OF_TOURISM, ONLY_OF_TOURISM
from assistant.question import Question
from assistant.wording import says
from index.criteria.products import find_sets

# As an asker calls themselves, and what the rule lists them as: "" is none of those listed. What may or may not be
# meant by what is listed (a company of any size, a single person) is left to the reader.
_MAKERS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("tập đoàn", "tổng công ty", "doanh nghiệp lớn", "công ty lớn", "doanh nghiệp quy mô lớn"), ""),
    (("liên hiệp hợp tác xã",), "liên hiệp hợp tác xã"),
    (("hợp tác xã",), "hợp tác xã"),
    (("tổ hợp tác",), "tổ hợp tác"),
    (("doanh nghiệp nhỏ", "doanh nghiệp vừa", "công ty nhỏ", "doanh nghiệp siêu nhỏ"), "doanh nghiệp nhỏ và vừa"),
    (("trang trại",), "trang trại"),
    (("hộ kinh doanh", "hộ có đăng ký kinh doanh", "hộ gia đình có đăng ký kinh doanh"), "có đăng ký kinh doanh"),
)
# Who may only with services of tourism, and what says that it is such a service.
_OF_TOURISM = ("hiệp hội", "hội nông dân", "hội phụ nữ", "trung tâm điều hành")
_TOURISM = ("du lịch", "homestay", "điểm du lịch", "du lịch cộng đồng", "du lịch sinh thái")
# Where who asks is, which the list says nothing of either.
ABROAD = ("nước ngoài", "ngoại quốc", "fdi", "việt kiều", "liên doanh")
# What limits the question to something that the list says nothing of.
_LIMITS = (
    "chưa",
    "không có",
    "ngừng",
    "nghỉ",
    "gia công",
    "nơi khác",
    "nhập khẩu",
    "thuê",
    "hai",
    "mấy",
    "bao nhiêu",
    *ABROAD,
)


def taking_part(question: Question, rule: str) -> str | None:
    """The phrase before a rule that lists who may take part; None where it does not tell it of who asks.

    rule: its text.
    """
    if question.wanted != "yes_no" or says(question.tokens, *_LIMITS):
        return None
    if says(question.tokens, *_OF_TOURISM) and "hiệp hội" in rule.lower() and "du lịch" in rule.lower():
        if says(question.tokens, *_TOURISM):
            return AMONG_THOSE
        return NOT_BUT_OF_TOURISM if find_sets(question.text) else ONLY_OF_TOURISM
    listed = next((name for names, name in _MAKERS if says(question.tokens, *names)), None)
    if listed is None:
        return None
    return AMONG_THOSE if listed and listed in rule.lower() else NOT_AMONG_THOSE
