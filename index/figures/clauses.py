"""Which words of a sentence belong to which of its numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_OPENS = re.compile(r"[;:()]|,(?!\d)|(?<!\w)(?:trong đó|bao gồm|riêng)(?!\w)", re.IGNORECASE)
# What is done to one thing in a row: the comma of "đánh giá, phân hạng năm 2021" ends nothing.
_DONE = (
    "đánh giá|phân hạng|xếp hạng|xếp loại|chấm điểm|thẩm định|công nhận|nâng hạng|chuẩn hóa|nộp hồ sơ|đăng ký|dự thi|"
    "tham gia|liên kết|trưng bày|giới thiệu|quảng bá|bán hàng|kinh doanh|sản xuất|chế biến"
)
_IN_A_ROW = "".join(rf"(?!(?<={one},)\s+(?:{_DONE})(?!\w))" for one in _DONE.split("|"))
_CLOSES = re.compile(rf"[;:()]|(?:(?<!tỉnh),|,(?!\s+thành)){_IN_A_ROW}\s(?!\d)|(?<!\w)trong đó", re.IGNORECASE)
# "62 sản phẩm của 29 cơ sở", "80 sản phẩm tại 80 cơ sở", "12 hợp tác xã với 24 sản phẩm": one statement, two numbers.
_HANGS = re.compile(
    r"(?:[^,;:()\d]{0,60}?(?<!\w))?(?:của|tại|thuộc|với|do|ở|"
    r"cho|trên|(?<!đạt )(?<!tăng )(?<!giảm )(?<!nâng )(?<!có )từ|"
    r"trong\s+(?:tổng\s+)?số)\s+(?:\w+\s+){0,3}",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"(?<!\w)trong\s+(?:tổng\s+)?số(?!\w)", re.IGNORECASE)
_PART = re.compile(r"(?<!\w)(?:trong đó|bao gồm|gồm|với|riêng)(?!\w)", re.IGNORECASE)
_GROWTH = re.compile(
    r"(?<!\w)(?:(?:tăng|giảm)(?:\s+(?:thêm|hơn|gần|khoảng|trên))?\s+|hơn\s+(?:năm|cùng kỳ|tháng|quý)\s+\w+\s+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """The words `text[start:end]` around one number; `hangs` where they go on with what is said of the number before.

    since: where the number before it and its noun end. out_of: it hangs as the whole ("2 trong số 28 sản phẩm").
    part: it counts some of what another number counts.
    """

    start: int
    end: int
    since: int
    hangs: bool
    out_of: bool
    part: bool


def chain(clauses: Sequence[Clause], place: int) -> range:
    """The places of a count and of those that hang on it: "21 sản phẩm của 8 chủ thể ở huyện Vân Canh" is one chain."""
    last = place
    while last + 1 < len(clauses) and clauses[last + 1].hangs:
        last += 1
    return range(place, last + 1)


def clauses_of(text: str, counts: Sequence[tuple[int, int]]) -> list[Clause]:
    """One clause for each count, given as where its number starts and where it and its noun end, in order."""
    found: list[Clause] = []
    for place, (start, end) in enumerate(counts):
        since = counts[place - 1][1] if place else 0
        stop = counts[place + 1][0] if place + 1 < len(counts) else len(text)
        closing = _CLOSES.search(text, end, stop)
        opening = max((match.end() for match in _OPENS.finditer(text, since, start)), default=since)
        hangs = place > 0 and _HANGS.fullmatch(text, since, start) is not None
        if hangs and re.search(r"(?<!\w)với\s+(?:\w+\s+){0,2}$", text[since:start], re.IGNORECASE):
            opening = counts[place - 1][0]  # "12 hợp tác xã với 24 sản phẩm": whose products
        part = place > 0 and _PART.search(text, since, start) is not None
        found.append(
            Clause(
                start=opening,
                end=closing.start() if closing else stop,
                since=since,
                hangs=hangs,
                out_of=hangs and _OUT_OF.search(text, since, start) is not None,
                part=part or _GROWTH.search(text, max(0, start - 30), start) is not None,
            )
        )
    return found
