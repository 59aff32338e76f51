"""What people say around their questions in a chat: thanks and other words that ask nothing, corrections of what was
asked, and what they tell of themselves before they ask."""

import re

from assistant.question import understand
from assistant.wording import says, tokens
from crawler.article import fold_space

# "ok cảm ơn bạn", "nhiêu vậy à", "ghê thật": what was spoken of stays.
_ASKS_NOTHING = frozenset(
    "ok oke okay ừ ừm uh uhm vâng dạ ạ à á ờ rồi thế vậy hả nhỉ nha nhé cảm cám ơn bạn em anh chị ad admin nhiều lắm "
    "quá hay tốt ghê thật đấy đó nhiêu ít rõ hiểu biết được thôi cũng mình tôi thanks thank you tks tuyệt vời đúng là "
    "ha hihi cam on nhieu vay the ghe that roi hieu duoc tot qua da vang u ro biet thoi cung a".split()
)
_MOST = 7
# "à không, ý tôi là 4 sao", "nhầm, Quảng Ngãi cơ", "ý em hỏi là năm 2022"
_CORRECTS = re.compile(
    r"^(?:(?:à|ờ|ủa|ấy|ơ|uh|ừ|a|o)[ ,]+)?"
    r"(?:(?:không|ko|k|khong)(?: phải| phai)?[ ,]+(?=ý|y |nhầm|nham|lộn)|"
    r"(?:nhầm|lộn|nham|lon)(?: rồi| mất| roi)?[ ,]+)?"
    r"(?:(?:ý|y) (?:tôi|mình|em|tui|anh|chị|toi|minh)(?: (?:là|muốn|hỏi|nói|la|muon|hoi))*[ ,:]*)?",
    re.IGNORECASE,
)
# "Lý Sơn nữa?", "rồi Trà Bồng nữa"
_MORE = re.compile(
    r"(?:(?:rồi|và|với|thêm)\s+)*(?P<what>\w+(?: \w+){0,3}) nữa(?: ạ| nhỉ| nhé)*\s*[?.!]*", re.IGNORECASE
)
_NO_CORRECTION = frozenset(("", "à", "ờ", "ủa", "ấy", "ơ", "uh", "ừ", "a", "o"))
_RATHER = re.compile(r"\s+(?:cơ|chứ|mới đúng|mới phải|nha|nhé|á|co|chu)(?=\s*[.!]*\s*$)", re.IGNORECASE)
_ME = (
    "tôi", "mình", "em", "tui", "cháu", "con", "chúng tôi", "bọn em", "nhà em", "nhà tôi", "nhà mình", "bên em",
    "htx mình", "hợp tác xã mình", "xưởng mình", "toi", "minh",
)  # fmt: skip
# Who says these wants something told, question mark or none.
_WANTS = (
    "hỏi", "cho biết", "biết", "xin", "tìm", "giúp", "giùm", "dùm", "chỉ giúp", "hướng dẫn", "liệt kê", "kể tên", "tra",
    "tra cứu", "xem", "gửi cho", "cho tôi", "cho mình", "cho em", "tư vấn", "giải thích", "so sánh", "danh sách",
    "mẫu đơn", "muốn", "cần", "đang định", "định làm", "tính làm", "viết luôn",
)  # fmt: skip
_QUESTION_WORDS = (
    "bao nhiêu", "mấy", "gì", "nào", "ai", "đâu", "bao lâu", "bao giờ", "sao", "không", "chưa", "hả", "hông", "nhỉ",
    "chứ", "phải", "chi", "mô", "răng", "nhiêu",
)  # fmt: skip
# "vẫn chưa ai chấm", "không ai báo", "chưa có sao nào": told, not asked; a star is no "sao" that asks.
_TOLD_NONE = re.compile(
    r"(?<!\w)(?:chưa|không)\s+(?:có|được)\s+(?:\w+\s+){1,2}(?:nào|gì)(?=\s*[.!]*\s*$)|"
    r"(?<!\w)(?:chưa|không)\s+(?:ai|có|được|thấy|gì)(?!\w)(?=.*\w\s*$)|(?<!\w)(?:[1-5]|một|hai|ba|bốn|năm)\s*sao(?!\w)",
    re.IGNORECASE,
)
_LEAST = 4
# Characters of what was told that are kept.
_MOST_TOLD = 500


def asks_nothing(text: str) -> bool:
    """Whether a text is thanks or another word that neither asks nor tells anything."""
    words = tokens(text)
    return len(words) <= _MOST and set(words) <= _ASKS_NOTHING


def corrected(text: str) -> str:
    """A correction as what goes on from the question before ("à không, ý tôi là 4 sao" -> "còn 4 sao"); any other text
    as it is."""
    if (more := _MORE.fullmatch(text)) is not None:
        return f"còn {more['what']}"
    match = _CORRECTS.match(text)
    said = "" if match is None else match[0]
    rest = _RATHER.sub("", text[len(said) :]).strip()
    return text if said.strip(" ,").lower() in _NO_CORRECTION or not rest else f"còn {rest}"


def tells(text: str, *, after_telling: bool) -> bool:
    """Whether a text only tells of whoever writes it ("HTX mình nuôi ong, đang được 3 sao"); after_telling: the one
    before did, so that it need not say of whom."""
    said = fold_space(text)
    if said.endswith("?"):
        return False
    words = tokens(_TOLD_NONE.sub(" ", said))
    if len(tokens(said)) < _LEAST or says(words, *_QUESTION_WORDS, *_WANTS):
        return False
    return (after_telling or says(words, *_ME)) and understand(said).aim == "question"


def with_told(told: str, text: str) -> str:
    """A text behind what was told before it, as two sentences; the text itself where nothing was."""
    return f"{told.rstrip(' .')[-_MOST_TOLD:]}. {text[:1].upper()}{text[1:]}" if told else text
