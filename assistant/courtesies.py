"""What a question is put with and does not ask: greeting, address, "cho tôi hỏi", thanks, capitals throughout.

Such words are of no use to who looks for an answer, and some do harm: "HTX em muốn hỏi" speaks of a cooperative that
the question may not be about, and names typed in capitals look like no names.
"""

import re
import unicodedata

from index.text import has_marks, strip_marks, without_capitals

# What is left of a question is at least so many words; else the courtesy is all there is.
_LEFT = 2

# Patterns are matched on the text in lower case without marks, which has the same length.
_CALLED = r"(?:cac|quy|anh|chi|em|ban|ad|admin|bac|chu|co|thay|moi nguoi|ca nha|co quan|tro ly|bot)"
_SELF = rf"(?:(?:chung|tui|bon)\s+)?(?:toi|tui|minh|con|chau|to|mk|e|t|{_CALLED})"
_BODY = (
    r"(?:htx|hop tac xa|to hop tac|co so|ho|don vi|cong ty|cty|doanh nghiep|ben|nha|phia|gia dinh|xa|huyen|tinh|"
    r"phong|so)"
)
_WHO = rf"(?:(?:{_BODY}\s+)?{_SELF}|{_BODY}(?=\s+(?:muon|xin|can)))"
_WISH = r"(?:(?:dang|rat|muon|xin|xin phep|can|dinh|lam on|vui long|nho|phien|co the|lai)\s+)*"
# What may stand behind "hỏi", with its marks or typed without any: "hỏi chút ạ", "hỏi là"; "hỏi lá chè" asks of a leaf.
_SOFT = frozenset("thăm tham chút chut xíu xiu cái cai là la rằng rang với voi ạ nhé nhanh".split())
# "HTX em muốn hỏi:", "cho mình hỏi", "đơn vị chúng tôi xin hỏi"; not "xin hỏi ý kiến"
_ASKING = re.compile(
    rf"(?:{_WHO}\s+)?{_WISH}(?:(?:cho|duoc)\s+)?(?:{_SELF}\s+)?{_WISH}"
    r"hoi(?!\s+(?:y kien|dap|han|thi|cuoi)\b)"
)
# "hỏi" alone is no courtesy: "hỏi đáp OCOP ở đâu?"
_ASKS = re.compile(r"(?:cho|muon|xin|duoc|can|nho|phien)\s+(?:\S+\s+){0,3}hoi\b|hoi\s*[:,]")
_WORD = re.compile(r"\s+(\w+)")
_PAUSE = re.compile(r"\s*[:,.;!…-]*\s+")
# "Tôi ở hợp tác xã, ": who asks, said before "cho tôi hỏi" in words that tell nothing else.
_INTRODUCED = re.compile(
    rf"{_SELF}\s+(?:(?:la|o|ben|thuoc|cua|lam|lam viec|tai|trong|mot|ca nhan|can bo|phu trach|chuyen vien|sinh vien|"
    rf"phong vien|nha bao|nong dan|chu the|nguoi dan|chu|chu tich|giam doc|{_BODY})\b\s*){{1,9}}[,.:]\s*"
)
_GREETING = tuple(
    re.compile(pattern)
    for pattern in (
        # "Kính gửi Văn phòng điều phối,"
        r"kinh gui\s+[^:,.\n?]{2,80}[:,.\n]\s*",
        # "Xin chào anh chị,", "ad ơi"
        rf"(?:xin |kinh |em |minh )?(?:chao|thua)\b(?:\s+(?:{_CALLED}|a|nha|nhe))*\s*[,.!:;-]+\s*",
        rf"(?:hello|hi|alo)(?:\s+(?:{_CALLED}|a|nha|nhe))+\s*[,.!:;-]*\s*",
        rf"(?:xin |kinh )?chao\s+(?:{_CALLED}\s+)+(?=cho\b|xin\b|em\b|toi\b|minh\b)",
        rf"(?:{_CALLED}\s+)+oi\s*[,.!:;-]*\s*",
        # "Ok cảm ơn bạn,"
        r"(?:(?:ok|oke|okay|da|vang|uh|um|roi|hay qua|tot qua|tuyet(?: voi)?|duoc roi|hieu roi)\s*[,.!]*\s+)*"
        r"(?:(?:em|toi|minh|xin|rat)\s+)*(?:cam on|thanks?|tks)"
        rf"(?:\s+(?:nhieu|a|nha|nhe|lam|{_CALLED}))*\s*[,.!;:]+\s*",
        # "Giúp tôi với,"
        r"(?:lam on |xin |nho )?(?:giup|ho|giai dap|tu van)(?: dum| gium| ho)?\s+"
        rf"(?:{_SELF})(?:\s+(?:voi|cai|nha|nhe|a|chut|ti))*\s*[,.!:;-]+\s*",
    )
)
_CLOSING = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[\s,.;!?]*(?<!\w)(?:tran trong|kinh chao)(?:\s+cam on)?(?:\s+(?:{_CALLED}|a))*[\s.!]*$",
        r"\s(?:(?:xin|em|toi|minh|rat|chan thanh|da)\s+)*(?:cam on|thanks?|tks|thank you)"
        rf"(?:\s+(?:nhieu|truoc|lam|a|nha|nhe|rat|{_CALLED}))*[\s.!]*$",
        r"\s(?:ad|admin)(?:\s+(?:oi|a|nhe|nha))?(?P<kept>[\s.!?]*)$",
    )
)


def plainly_put(text: str) -> str:
    """A question without the courtesies it is put with; the text itself where it is nothing else, or has none."""
    text = without_capitals(unicodedata.normalize("NFC", text))
    while (shorter := _without_one(text)) != text:
        text = shorter
    return text


def _without_one(text: str) -> str:
    """A text without the courtesy it begins or ends with."""
    bare = strip_marks(text).lower()
    if len(bare) != len(text):
        return text
    start = _opening(text, bare)
    if start and len(text[start:].split()) >= _LEFT:
        return text[start:]
    for pattern in _CLOSING:
        found = pattern.search(bare)
        if found is not None and len(text[: found.start()].split()) >= _LEFT:
            kept = found.groupdict().get("kept") or ""
            return text[: found.start()] + (kept.strip() or ("?" if "?" in found[0] else ""))
    return text


def _opening(text: str, bare: str) -> int:
    """Where the courtesy ends that a text begins with; 0 where it begins with none. bare: the text without marks."""
    greeting = next((found for pattern in _GREETING if (found := pattern.match(bare)) is not None), None)
    if greeting is not None:
        return greeting.end()
    # what is typed without marks is read by all that stands around it
    introduced = _INTRODUCED.match(bare) if has_marks(text) else None
    asking = _ASKING.match(bare, 0 if introduced is None else introduced.end())
    if asking is None:
        return 0
    end = asking.end()
    while (word := _WORD.match(text, end)) is not None and word[1].lower() in _SOFT:
        end = word.end()
    pause = _PAUSE.match(text, end)
    courteous = _ASKS.search(bare[: end + 2]) is not None
    return pause.end() if courteous and pause is not None else 0
