"""A graded total that a sentence goes on to share out: its parts have its grade."""

import re
from collections.abc import Mapping, Sequence

from index.figures.counted import PLACES, PRODUCERS, Counted

OWNED = re.compile(r"[^,;:.()\d]*(?<!\w)(?:của|thuộc|do|từ)\s+(?:\w+\s+){0,2}", re.IGNORECASE)
# "13 sản phẩm đạt 3 sao: huyện Bình Sơn 6 sản phẩm", "9 sản phẩm 4 sao (Mộ Đức 5 sản phẩm"
_SHARED_OUT = re.compile(
    r"[^,;:.()\d]*(?P<opens>:|\(|,?\s+(?:bao gồm|gồm)(?!\w):?|"
    r",\s+(?:phân bố|(?:phân|chia)\s+(?:theo|đều|cho)|cụ thể|trong đó)(?!\w))[^;.\d]*",
    re.IGNORECASE,
)
_SHARED_ON = re.compile(r"[^.\d]*(?:[,;]|(?<!\w)và(?!\w))[^.\d]*", re.IGNORECASE)
# What sums up or tells of the rest is no part; and those told by who grants them divide the grades ("405 sản phẩm 3 - 5
# sao (cấp tỉnh: 397 sản phẩm, cấp quốc gia: 8 sản phẩm)"), so that none has them all.
_NO_PART = re.compile(
    r"(?<!\w)(?:lũy kế|nâng|tổng|toàn|cả|đến nay|còn lại|ngoài ra|cấp\s+(?:xã|huyện|tỉnh|quốc gia|trung ương))(?!\w)",
    re.IGNORECASE,
)


def shared_out(text: str, counts: Sequence[Counted], graded: Mapping[int, int]) -> dict[int, int]:
    """The parts of graded totals, each with its total, by their places in `counts`: "13 sản phẩm đạt 3 sao: huyện Bình
    Sơn 6 sản phẩm, huyện Mộ Đức 4", as long as they do not exceed it. Behind a list of grades ("2 sản phẩm 4 sao, 9 sản
    phẩm 3 sao: …") only such as add up to the last of them are its parts.

    graded: which counts have a grade, and where the words end that say it.
    """
    known = dict(graded)
    found: dict[int, int] = {}
    for total in sorted(graded):
        whole, parts, over = counts[total], list[int](), False
        listed = bool(total) and total - 1 in known and counts[total - 1].what == whole.what
        left, end = whole.number.value, len(text)
        for place in range(total + 1, len(counts)):
            one, former = counts[place], counts[place - 1]
            since = max(former.end, known[total]) if place == total + 1 else former.end
            if one.what in PRODUCERS | PLACES and OWNED.fullmatch(text, since, one.start):
                continue  # "21 sản phẩm 4 sao của 15 chủ thể: …"
            between = (_SHARED_ON if parts else _SHARED_OUT).fullmatch(text, since, one.number.start)
            if not between or one.what != whole.what or one.number.start > end or _NO_PART.search(between[0]):
                break
            if place in known and known[place] != known[total]:
                break
            over = one.number.value > left
            if over:
                break
            if not parts and between["opens"] == "(":
                end = text.find(")", one.end) if ")" in text[one.end :] else len(text)
            parts.append(place)
            left -= one.number.value
        if parts and whole.what == "sản phẩm" and left < whole.number.value and not (listed and (left or over)):
            found |= {place: total for place in parts if place not in known}
            known |= {place: known[total] for place in parts if place not in known}
    return found
