"""Personal data in what people type: taken out before anything of a question is kept.

Law 91/2025/QH15 on the protection of personal data: what is not needed is not stored. A question is answered from the
words as typed; what a conversation remembers of it has no telephone number, identity number, account or e-mail address.
"""

import re

from index.text import CAPITALS

REMOVED = "…"

# E-mail addresses; telephone numbers of Viet Nam (0 or +84, then 8 to 10 digits, blanks, dots or hyphens between),
# identity numbers of 9 or 12 digits (Law 26/2023/QH15, art. 12), account numbers of 8 to 19 digits. Document numbers
# are shorter or have a slash.
# Where somebody lives: a number of a house with its street ("nhà ở 12 Lê Lợi", "số 5 ngõ 10 phố Huế", "12/3 đường …").
_WAY = r"(?:đường|phố|ngõ|ngách|hẻm|kiệt|duong|pho|ngo|ngach|hem|kiet)"
_HOUSE = r"\d{1,4}[a-zA-Z]?(?:/\d{1,4}[a-zA-Z]?)*"
_PARTS = rf"(?:,?\s*(?i:{_WAY})\s+(?:{_HOUSE}(?![\w%/])|[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*){{0,3}}))"
_LIVES = (
    r"(?i:số nhà|(?:nhà|trú|ngụ|sống)(?: (?:tôi|em|mình|riêng))?(?: (?:ở|tại|số))+|"
    r"địa chỉ(?: nhà| thường trú| liên hệ)?(?: (?:của|là|ở|tại|số|tôi|em|mình))*|"
    r"(?:thường|tạm) trú(?: (?:ở|tại|số))*|so nha|(?:nha|tru|song)(?: (?:toi|em|minh))?(?: (?:o|tai|so))+|"
    r"dia chi(?: nha)?(?: (?:cua|la|o|tai|so|toi|em|minh))*)"
)
_CALLED = rf"[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*){{0,3}}"
HOME = re.compile(
    rf"(?<!\w){_LIVES}\s*:?\s*(?:(?i:số|so)\s+)?{_HOUSE}(?![\w%/-])(?:{_PARTS}+|\s+{_CALLED}{_PARTS}*|"
    # typed small: a street of two or three syllables up to the end of the clause
    r"\s+(?!(?:xã|xa|huyện|tỉnh|phường|thôn|sản|chủ|hộ|cơ|nơi|doanh|hợp|tổ|người|năm|tháng|ngày|sao|điểm|m2)(?!\w))"
    r"\w+(?:\s+\w+){1,2}(?=\s*(?:[,.;?!]|\Z)))"
)
_STREET = re.compile(rf"(?<![\w/])(?:(?i:số|so)\s+)?{_HOUSE}{_PARTS}+")
_PERSONAL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*|(?<![\w/.,])\+?\d(?:[ .-]?\d){7,18}(?![\w/])")
# A count with separators ("17.316.000"), or years and days one after another ("2021-2025", "12.06.2020", "2026-06-10").
_YEAR = r"(?:19|20)\d\d"
_TIME = rf"(?:\d{{1,2}}[-.]\d{{1,2}}[-.]{_YEAR}|{_YEAR}(?:[-.]\d{{1,2}}[-.]\d{{1,2}}(?!\d))?)"
_HARMLESS = re.compile(rf"\d{{1,3}}(?:\.\d{{3}})+|{_TIME}(?:[ .-]{_TIME})*")


def personal_data(text: str) -> tuple[str, ...]:
    """What of a text reaches or names a person: e-mail addresses, telephone, identity and account numbers, in order."""
    return tuple(match[0] for match in _PERSONAL.finditer(text) if not _HARMLESS.fullmatch(match[0]))


def without_personal_data(text: str) -> str:
    """The text with numbers and addresses that name a person replaced by "…"."""
    text = _STREET.sub(REMOVED, HOME.sub(REMOVED, text))
    return _PERSONAL.sub(lambda match: match[0] if _HARMLESS.fullmatch(match[0]) else REMOVED, text)
