"""Names of people in what is typed, where the words before say that it is one: taken out before a question is kept.

Nothing tells a name of a person from one of a product, a place or a cooperative surely ("Lê Gia" is a fish sauce, "Mai
Châu" a district, "Nguyễn Huệ" a street). So only two things are taken for a name: what somebody says of himself ("tôi
tên là …", "tôi là …"), and what a form of address stands before ("chị Nguyễn Thị Lan"); either only where it begins
with a surname. What an organisation, a street or a place is called stays. So do names typed otherwise, for the time
that `web.question_log` keeps questions.
"""

import re
import unicodedata
from functools import lru_cache

from assistant.personal import REMOVED
from index.people.names import HONOURED, SURNAMES, begins_name, capital_run
from index.places.districts import districts_called
from index.places.named import find_places
from index.text import CAPITALS, strip_marks

_I = "tôi|mình|em|cháu"
_ADDRESS = "ông|bà|anh|chị|cô|chú|bác|cậu|thầy|em|đồng chí"
_BEFORE = (
    rf"(?<!\w)(?:(?P<name>(?:{_I}|con) tên(?: là)?|tên (?:{_I})(?: là)?|họ(?: và)? tên(?: (?:{_I}))?(?: là)?)"
    rf"|(?P<who>(?:{_I}) là)|(?P<address>(?:{_ADDRESS})(?:[/,] ?\(?(?:{_ADDRESS})\)?| \((?:{_ADDRESS})\))?))"
    r"(?: ?: ?| )(?=\w)"
)
# Right before a form of address: then it belongs to what something is called ("cơ sở bà Nguyễn Thị Hoa").
_CALLED = (
    r"(?<!\w)(?:cơ sở|hộ|hộ kinh doanh|htx|hợp tác xã|tổ hợp tác|tht|công ty|doanh nghiệp|dntn|cửa hàng|quán|lò|xưởng|"
    r"trang trại|vườn|thương hiệu|nhãn hiệu|hiệu|sản phẩm|đền|chùa|núi|sông|chợ|miếu|đảo|huyện|xã|phường|thôn|ấp|làng|"
    r"đường|phố|trường) $"
)
_MIDDLE = frozenset({"van", "thi"})
# Typed small, only the frequent middle words vouch for a name: "nguyễn thị lan".
# "chủ thị trấn Thượng Lĩnh" is no one of the surname Chử: a town's name follows.
_SMALL = re.compile(rf"(?P<surname>\w+) (?P<middle>\w+) (?!(?:trấn|xã|tran|xa)\s+[{CAPITALS}])\w+(?!\w)")
# "tôi tên Lan" says a name too, where nothing goes on from it ("tôi tên Hợp tác xã Rồng Xanh").
_ENDS = re.compile(r"(?=\s*(?:[,.;:!?)\n]|\Z|(?:ở|tại|muốn|xin|hỏi|cần|o|tai|muon|hoi|can)(?!\w)))")
_SENTENCE_BEGINS = re.compile(r"(?:\A|[.!?:;(“\"\n])\s*\Z")
_MOST_WORDS = 5
# In a text all of capitals nothing shows where a name ends.
_MOST_WORDS_SHOUTED = 3


def without_names(text: str) -> str:
    """The text, in NFC, with "…" for names that somebody gives as his own or that follow a form of address."""
    text = unicodedata.normalize("NFC", text)
    bare = strip_marks(text) == text
    low = _same_length(text.lower().replace("\u00a0", " "), text)
    kept, at = [], 0
    for before in _patterns(bare)[0].finditer(low):
        if before.start() < at or (before["address"] and not _addresses(text, low, before.start(), bare=bare)):
            continue
        # without marks "ba" is three as well, and "co" is there: only a full name tells
        full = bare and before["address"] is not None
        end = _name_end(text, before.end(), alone=before["name"] is not None, full=full)
        if end is not None:
            kept += [text[at : before.end()], REMOVED]
            at = end
    return "".join([*kept, text[at:]])


def _same_length(changed: str, text: str) -> str:
    """What was made of a text, if offsets into both are the same; else the text."""
    return changed if len(changed) == len(text) else text


@lru_cache(maxsize=2)
def _patterns(bare: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before a name, and before a form of address that is none; bare: in texts without marks."""
    first, second = (strip_marks(_BEFORE), strip_marks(_CALLED)) if bare else (_BEFORE, _CALLED)
    return re.compile(first), re.compile(second)


def _addresses(text: str, low: str, start: int, *, bare: bool) -> bool:
    """Whether the word there is a form of address, and no part of what something is called ("huyện Cô Tô")."""
    if text[start].isupper() and not _SENTENCE_BEGINS.search(text, 0, start) and not text[:start].isupper():
        return False
    return _patterns(bare)[1].search(low, 0, start) is None


def _name_end(text: str, start: int, *, alone: bool, full: bool) -> int | None:
    """Where the name ends that starts at `text[start]`; None where none does. alone: a single word may be one. full: it
    must have one of the frequent middle words."""
    run = capital_run(text, start)[:_MOST_WORDS]
    if not run:
        small = _SMALL.match(text, start)
        if small is None or strip_marks(small["middle"]) not in _MIDDLE or not _is_surname(small["surname"]):
            return None
        return small.end()
    if text[start : run[-1][1]].isupper() and len(run) > _MOST_WORDS_SHOUTED:
        run = run[:_MOST_WORDS_SHOUTED]
    # a place that follows without a word between stays: "chị Lê Thị Tám Quảng Nam"
    places = [start + place.start for place in find_places(text[start : run[-1][1]])]
    words = [text[slice(*word)] for word in run if not any(word[0] >= place for place in places)]
    if len(words) < 2:
        return run[0][1] if alone and words and _ENDS.match(text, run[0][1]) else None
    name = " ".join(words)
    if not _is_surname(words[0]) or name in HONOURED or districts_called(name):
        return None
    if len(words) == 2 and words[0] == "Phó":  # "đồng chí Phó Chủ tịch": an office, not one of that surname
        return None
    if full and strip_marks(words[1]).lower() not in _MIDDLE:
        return None
    return run[len(words) - 1][1]


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    return frozenset(strip_marks(name).lower() for name in SURNAMES)


def _is_surname(word: str) -> bool:
    return begins_name(word) or strip_marks(word).lower() in _surnames()
