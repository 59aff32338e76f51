"""The place spoken of before, put where a follow-up points at it or takes it for known: "huyện này", "toàn tỉnh", "tỉnh
đặt mục tiêu bao nhiêu"."""

import re

from assistant.question import Question
from index.places.districts import DISTRICTS, find_districts
from index.places.named import PROVINCES, find_places

_THIS = r"(?:này|đó|đấy|ấy|mình đang hỏi)(?!\w)"
# "tinh do" is "tỉnh đó", but not in "tinh do ai ky".
_THIS_BARE = r"(?:nay|do|day|ay)(?!\w)(?!\s+(?:ai|co quan|don vi|ben)(?!\w))"


def _pointed_at(marked: str, bare: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:(?:{marked})\s+{_THIS}|(?:{bare})\s+{_THIS_BARE})", re.IGNORECASE)


_DISTRICT_BACK = _pointed_at("huyện|thị xã|quận|thành phố", "huyen|thi xa|quan|thanh pho")
_PROVINCE_BACK = _pointed_at("tỉnh|thành phố", "tinh|thanh pho")
# Who asks where a place is asks of the place, and names no other.
_WHERE = re.compile(r"(?<!\w)(?:tỉnh|tinh|miền|vùng)\s+(?:nào|nao|mô)(?!\w)", re.IGNORECASE)
# "tỉnh" by itself is the one spoken of where it is told what that has or did; not where any province may be meant, as
# in what rules have each do ("giả sử tỉnh có văn bản ra Bộ").
_PROVINCE_BARE = re.compile(
    r"(?<!\w)(?P<whole>(?:toàn|trong|của|ở|trên địa bàn|lãnh đạo)\s+)?tỉnh"
    r"(?=\s*[,?.]|\s*$|\s+(?:có\s+(?:bao nhiêu|mấy|thêm|những|hơn)|đã|đặt|đang|thêm|vượt|đạt|phấn đấu)(?!\w))",
    re.IGNORECASE,
)
# "bao nhiêu sản phẩm?" of the district spoken of
_HOW_MANY = re.compile(
    r"(?:(?:thế|vậy|là|có|được)[ ,]+)*(?:bao nhiêu|mấy) (?:sản phẩm|món|chủ thể)(?: (?:vậy|ạ|nhỉ|thế|hả|ocop))*\W*",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(r"(?<!\w)(?:giả sử|nếu|giả như|lỡ|khi|thì)(?!\w)", re.IGNORECASE)
_OF_ANY = re.compile(
    r"(?<!\w)(?:các|cấp|mỗi|từng|những|mấy|nhiều|bao nhiêu|một|hai|ba|bốn|năm|số|ngoài|liên|hội đồng|nào|"
    r"(?<!\d)\d{1,3})\s*$",
    re.IGNORECASE,
)


def with_place(text: str, before: Question) -> str:
    """A follow-up with the one district or province of the question before where it points at it or leaves its name
    out; the text itself where it names a place of its own, or none or several were spoken of."""
    put = _put(text, before)
    # looked for last, since few follow-ups point at a place
    return text if put == text or find_places(text, typed=True) or find_districts(text, typed=True) else put


def _put(text: str, before: Question) -> str:
    """The text with the place spoken of where it stands for it."""
    if _WHERE.search(text):
        return text
    district, province = _district(before), province_of(before)
    for place, pattern in ((district, _DISTRICT_BACK), (province, _PROVINCE_BACK)):
        if place is not None and (back := pattern.search(text)) is not None:
            return f"{text[: back.start()]}{place}{text[back.end() :]}"
    if district is not None and _HOW_MANY.fullmatch(text):
        return f"{district} có {text[:1].lower()}{text[1:]}"
    bare = None if province is None or _SUPPOSED.search(text) else _PROVINCE_BARE.search(text)
    if bare is None or _OF_ANY.search(text[: bare.start()]) is not None:
        return text
    return f"{text[: bare.start()]}{bare['whole'] or ''}{province}{text[bare.end() :]}"


def _district(before: Question) -> str | None:
    """The one district spoken of, with its province."""
    keys = {key for keys in before.districts for key in keys}
    return DISTRICTS[keys.pop()].full_label if len(keys) == 1 else None


def province_of(before: Question) -> str | None:
    """The one province spoken of, by its rank and name; None where none or several were."""
    if len(before.places) != 1:
        return None
    key = before.places[0]
    age = " cũ" if key in before.former else " mới" if key in before.today else ""
    return f"{PROVINCES[key].label}{age}"
