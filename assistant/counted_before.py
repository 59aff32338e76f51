"""A follow-up on what was counted of a province, said in full: its names ("kể tên mấy cái 5 sao ra"), what became of
what had been sent to be judged ("cuối cùng mấy cái được công nhận?"), and how many each place has.

None of them is told by the count itself, which is all that a follow-up of few words would find.
"""

import re
from dataclasses import replace
from datetime import date

from assistant.fitting import SENT
from assistant.place_before import province_of
from assistant.question import Question, understand
from assistant.time_before import spoken_time
from assistant.wording import says

_NAMES = ("kể tên", "nêu tên", "liệt kê", "tên gì", "tên là gì", "tên các", "tên mấy", "tên những")
_WHICH = re.compile(
    r"(?<!\w)(?:sản phẩm|món|cái|mặt hàng)(?: \w+){0,6} (?:là|gồm) (?:những )?(?:gì|(?:sản phẩm|món|cái) nào)(?!\w)",
    re.IGNORECASE,
)
_PASSED = ("đậu", "đỗ", "trúng", "được công nhận", "công nhận được", "công nhận rồi", "được duyệt", "thành công")
# Of each of the places told, which the count of the province is none of.
_EACH = tuple(
    f"{each} {place}" for each in ("mỗi", "từng") for place in ("nơi", "chỗ", "địa phương", "huyện đó", "huyện ấy")
)
_HOW_MANY = ("mấy", "bao nhiêu")
# "4 sao và 3 sao?"
_STARS_ALONE = re.compile(r"[1-5] sao(?:\s*(?:,|và|với|lẫn)\s*[1-5] sao)+\s*[?.!]*", re.IGNORECASE)
_COUNTED = frozenset(("sản phẩm", "hồ sơ"))
_MOST = 14  # syllables


def on_counted(text: str, before: Question, on: date) -> str | None:
    """The follow-up with the place, the time and the grade spoken of; None where it asks of something else."""
    province = province_of(before if before.places else replace(before, places=before.around))
    if province is None:
        return None
    asked = understand(text, on)
    own = asked.places or asked.districts or asked.national or asked.documents or asked.when or not asked.unit.empty
    if own or len(asked.tokens) > _MOST or any(one.what not in _COUNTED for one in asked.counted):
        return None
    where = " ".join((province, *(spoken_time(one) for one in before.when[-1:])))
    if _STARS_ALONE.fullmatch(text) and any(one.what == "sản phẩm" for one in before.counted):
        return f"{where} có bao nhiêu sản phẩm OCOP {text.rstrip(' ?.!')}?"
    if says(asked.tokens, *_EACH) and (noun := next((one.form for one in asked.counted), None)) is not None:
        return f"Mỗi huyện ở {where} có mấy {noun} OCOP?"
    stars = asked.stars or before.stars
    counted = says((*before.heard, *before.tokens), *_HOW_MANY)
    if not counted or stars is None or stars[0] != stars[1]:
        return None
    of_those = f"sản phẩm {stars[0]} sao"
    if says(asked.tokens, *_NAMES) or _WHICH.search(text):
        return f"Kể tên các {of_those} OCOP của {where}"
    sent = says((*before.heard, *before.tokens), *SENT)
    if sent and says(asked.tokens, *_HOW_MANY) and says(asked.tokens, *_PASSED):
        return f"{where} có bao nhiêu {of_those} được công nhận?"
    return None
