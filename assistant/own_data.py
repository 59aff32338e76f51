"""What people say of themselves beside what they ask ("tôi tên …, CCCD …, nộp hồ sơ ở đâu?"): left out of the question.

Law 91/2025/QH15 on the protection of personal data: what is not needed is neither kept nor repeated. The question
beside is answered as if it had been asked alone.
"""

import re

from assistant.personal import HOME, personal_data
from assistant.personal_names import without_names
from assistant.wording import says, tokens

_ME = r"(?:tôi|mình|em|cháu|con|tui|anh|chị)"
_LABEL = (
    r"(?:số )?(?:cccd|cmnd|cmt|căn cước(?: công dân)?|can cuoc(?: cong dan)?|chứng minh(?: nhân dân| thư)?|"
    r"(?:điện thoại|dien thoai|đt|dt|sđt|sdt|di động|zalo|tài khoản|tai khoan|stk)|e-?mail|gmail|liên hệ|lien he)"
)
# "CCCD của tôi là 001…", "sđt 0912…", "email: an@…"
_LABELLED = re.compile(
    rf"(?<!\w){_LABEL}(?: (?:của|cua) {_ME})?(?: (?:là|la|số|so))*\s*:?\s*"
    r"(?:[\w.+-]+@[\w.-]+\w|\+?\d(?:[ .-]?\d){7,18})",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<![\w/.,])(?:[\w.+-]+@[\w.-]+\w|(?:\+84|0)\d(?:[ .-]?\d){7,10})(?![\w/])")
# What says who one is, with the name taken out.
_NAMED = re.compile(
    r"(?<!\w)(?:tôi|mình|em|cháu|con|tui|họ(?: và)? tên|tên)(?: (?:tôi|em|mình|tên|là))*\s*:?\s*…", re.IGNORECASE
)
_ASKS = (
    "bao nhiêu", "mấy", "gì", "nào", "ai", "đâu", "bao lâu", "bao giờ", "sao", "không", "chưa", "thế nào", "hướng dẫn",
    "cho hỏi", "xin hỏi", "hỏi", "cách",
)  # fmt: skip
_TORN = re.compile(r"^[\s,;:.–-]+|(?<=[,;.])[\s,;:.]+(?=[,;.])")
_OPENS = re.compile(r"^(?:và|va|,|thì|nên|ở|tại|o|tai)\s+(?=\w)", re.IGNORECASE)
_LEAST = 2


def without_own_data(text: str) -> tuple[str, bool]:
    """(the question beside what names whoever asks, whether anything was left out). A text that asks nothing besides
    stays as it is: whether to answer it is decided by what it says."""
    named = without_names(text)
    rest = _NAMED.sub(" ", named) if _NAMED.search(named) else text
    rest = HOME.sub(" ", _BARE.sub(" ", _LABELLED.sub(" ", rest)))
    if rest == text:
        return text, False
    rest = re.sub(r"\s+([,;.?!])", r"\1", " ".join(rest.split()))
    while (tidied := _OPENS.sub("", _TORN.sub("", rest))) != rest:
        rest = tidied
    words = tokens(rest)
    if (
        len(words) < _LEAST
        or words[0] in ("là", "la", "của", "cua")
        or not (says(words, *_ASKS) or rest.endswith("?"))
        or personal_data(rest)
    ):
        return text, False
    return rest[:1].upper() + rest[1:], True
