"""Who holds an office, asked by name: what tells it says that very office beside a person's name.

A deputy is no director, the director of a firm is none of a department, and a rule that gives a minister a task names
nobody.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.candidates import Candidate
from assistant.question import Question
from assistant.wording import places_of, says, tokens
from index.text import CAPITALS, one_spelling

_OFFICES = (
    "tổng giám đốc", "giám đốc", "chủ tịch", "bí thư", "bộ trưởng", "thứ trưởng", "chủ nhiệm", "chi cục trưởng",
    "cục trưởng", "vụ trưởng", "trưởng phòng", "chánh văn phòng",
)  # fmt: skip
_WHO_BEFORE = ("ai", "ai là", "ai làm", "ai đang làm", "ai giữ chức", "ai giữ", "tên của", "họ tên", "tên")
_WHO_AFTER = ("là ai", "tên gì", "tên là gì", "họ tên gì", "là người nào", "là ông nào", "là bà nào", "là ông hay bà")
# Of what asks something else first, the holder is looked for by itself.
_KINDS = ("who", "list", "text", "definition")
# Syllables between an office and what it is of, and of a body's name behind that.
_BEHIND, _NAME_OF = 3, 60
# What an office may be of, by kind: one of another kind is another office.
_BODIES = {
    "sở": "sở", "bộ": "bộ", "chi cục": "chi cục", "cục": "cục", "ubnd": "tỉnh", "ủy ban": "tỉnh", "tỉnh": "tỉnh",
    "thành phố": "tỉnh", "huyện": "huyện", "xã": "xã", "công ty": "firm", "doanh nghiệp": "firm",
    "hợp tác xã": "firm", "htx": "firm", "cơ sở": "firm", "trung tâm": "trung tâm", "hội": "hội",
    "hiệp hội": "hội", "hội đồng": "hội đồng", "trường": "trường", "viện": "viện",
}  # fmt: skip
# Offices of these bodies no text tells that says the office alone.
_ALWAYS_SAID = ("sở", "chi cục", "cục", "hội đồng", "trung tâm", "hội", "trường", "viện")
# What rules tell who presides over.
_OF_RULES = ("hội đồng", "tổ tư vấn", "ban chỉ đạo", "tổ công tác", "ban giám khảo")
_PERSON = rf"(?:[{CAPITALS}][\w]*)(?:\s+[{CAPITALS}][\w]*){{1,4}}"
_NAME_BEHIND = re.compile(rf"[^.;:]{{0,{_NAME_OF}}}?(?<!\w){_PERSON}(?!\w)")
_NAME_BEFORE = re.compile(
    rf"(?<!\w){_PERSON}(?:\s*[,(–-]|\s+(?:làm|là|giữ chức|giữ chức vụ))\s*(?:nguyên\s+|quyền\s+)?$"
)
_PROPER = re.compile(rf"(?<!\w)[{CAPITALS}]\w*")
# Where the name of a firm has ended, a person's may begin: "Giám đốc công ty là ông …".
_PERSON_BEGINS = re.compile(r"[,;:(.]|\s(?:là|ông|bà|anh|chị|cho|nói|chia)\s")
_NO_NAME = frozenset("tnhh mtv cổ phần cp tm dv sx công ty sở nông nghiệp phát triển thôn và môi trường".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office whose holder is asked for by name. deputy: asked of its deputy. of: the kind of body, or ""."""

    name: str
    deputy: bool
    of: str


def office_asked(question: Question) -> Office | None:
    """The office whose holder a question asks for by name; None where it asks for none, or for one that rules give."""
    words = question.tokens
    if (
        question.wanted not in _KINDS
        or question.follow_up
        or says(words, *_OF_RULES)
        or not says(words, *_WHO_BEFORE, *_WHO_AFTER)
    ):
        return None
    for place in places_of(words, _OFFICES):
        deputy = says(words[max(0, place.start - 1) : place.start], "phó")
        first = place.start - deputy
        asked = any(_ends(words[:first], who) for who in _WHO_BEFORE) or says(words[place.stop :][-5:], *_WHO_AFTER)
        if not asked:
            continue
        office = max((one for one in _OFFICES if says(words[place.start : place.stop], one)), key=len)
        return Office(name=office, deputy=deputy, of=_body(" ".join(words[place.stop : place.stop + _BEHIND])))
    return None


def _ends(words: tuple[str, ...], phrase: str) -> bool:
    return says(words[-len(phrase.split()) :], phrase)


def _body(behind: str) -> str:
    """The kind of body that words behind an office begin with, or ""."""
    return next(
        (
            kind
            for body, kind in sorted(_BODIES.items(), key=lambda one: -len(one[0]))
            if f"{behind} ".startswith(f"{body} ")
        ),
        "",
    )


def tells_office(office: Office | None, question: Question, item: Candidate) -> bool:
    """Whether a candidate says who holds an office asked for; True where none is."""
    if office is None:
        return True
    return not item.law and any(
        _tells(office, question, item.text, match.start(), match.end())
        for match in _said(office.name).finditer(item.text)
    )


def _tells(office: Office, question: Question, text: str, start: int, end: int) -> bool:
    """Whether the office said at `start:end` of a text is the one asked for, with a person's name beside it."""
    before, behind = text[:start], text[end:]
    if (before.lower().endswith("phó ")) != office.deputy:
        return False
    body = _body(" ".join(tokens(behind[:30])[:_BEHIND]))
    if office.of and body and body != office.of:
        return False
    if office.of in _ALWAYS_SAID and not body:
        return False
    if body:
        # "Giám đốc Công ty TNHH Hải Bình" is none of another firm
        own = [
            word for match in _PROPER.finditer(_PERSON_BEGINS.split(behind[:_NAME_OF])[0]) for word in tokens(match[0])
        ]
        own = [word for word in own if word not in _NO_NAME]
        if body == "firm" and own and not says(question.tokens, own[0]):
            return False
    return _NAME_BEFORE.search(before.removesuffix("Phó ").removesuffix("phó ")) is not None or (
        _NAME_BEHIND.match(behind) is not None
    )


@lru_cache(maxsize=32)
def _said(office: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(one_spelling(office))}(?!\w)", re.IGNORECASE)
