"""Whether a number is a target or a registration rather than what was reached."""

import re

from index.clauses import Clause
from index.span import Span

_AIM = re.compile(
    r"(?<!\w)(?:mục\s+tiêu(?!\s+quốc\s+gia)|phấn\s+đấu|kế\s+hoạch(?!\s+số)|dự\s+kiến|dự\s+tính|dự\s+định|chỉ\s+tiêu|"
    r"đặt\s+(?:ra|đích)|đề\s+ra|sẽ|muốn|nhắm\s+tới|kỳ\s+vọng|hy\s+vọng|mong\s+muốn|định\s+hướng(?:\s+đến)?|để\s+có|"
    r"hướng\s+(?:đến|tới)|tiến\s+tới|nhằm|lộ\s+trình|(?:cần|phải|đòi)(?=\s+(?:có|đạt|thêm|hoàn|\w+\s+\d|\d)))(?!\w)",
    re.IGNORECASE,
)
# A plan that is spoken of because it was met, or that a number is compared with.
_MET = re.compile(
    r"(?<!\w)(?:vượt|đạt|hoàn\s+thành|thực\s+hiện|triển\s+khai|theo|bằng|cao\s+hơn|ban\s+hành|phê\s+duyệt|xây\s+dựng|%)\s*"
    r"(?:(?:so\s+với|các|những|được|toàn\s+bộ)\s+)?$",
    re.IGNORECASE,
)
_REGISTERED = re.compile(
    r"(?<!\w)đăng\s+ký(?!\s+(?:nhãn|kinh\s+doanh|sở\s+hữu|bảo\s+hộ|thương\s+hiệu|mã|chất\s+lượng|thành\s+lập|mẫu|quyền))"
    r"(?!\w)",
    re.IGNORECASE,
)
_LATER = re.compile(r"(?<!\w)(?:sẽ|dự\s+kiến|được\s+(?:giao|đăng\s+ký))(?!\w)", re.IGNORECASE)
_REACHED = re.compile(
    r"(?<!\w)(?:đã|mới(?=\s+(?:chỉ\s+)?(?:được|có|đạt)\s+(?!\d\s?sao)(?:\d|một|hai|ba|nửa|gần|hơn|khoảng))|hiện|hiện\s+có|hiện\s+nay|đến\s+nay|tới\s+nay|vừa|vượt|có\s+được|đạt\s+được|"
    r"(?:toàn\s+tỉnh|cả\s+nước|toàn\s+huyện|toàn\s+thành\s+phố)\s+có)(?!\w)",
    re.IGNORECASE,
)
# What ends the reach of an aim within its sentence: "phấn đấu …; đến nay đã có 62".
_TURNS = re.compile(
    r"[;.](?=\s|$)|(?:,|(?<!\w)(?:và|nhưng|song|thì|mà))\s*(?:đã|hiện|đến nay|tới nay|nay|thực tế)(?!\w)|(?<!\w)mới(?=\s+(?:chỉ\s+)?(?:được|có|đạt)\s+(?!\d\s?sao)(?:\d|một|hai|ba|nửa|gần|hơn|khoảng))",
    re.IGNORECASE,
)
# "đăng ký 80 sản phẩm": right before the number
_REGISTERS = re.compile(r"[^,;:.]{0,40}", re.IGNORECASE)
# How many characters before a number a cue may stand; a bound, so that no page can make reading it slow.
_REACH = 600


def says_planned(text: str) -> bool:
    """Whether a sentence speaks of a target."""
    return bool(_aims(text, 0, len(text))) or _REGISTERED.search(text) is not None


def says_reached(text: str, before: int) -> bool:
    """Whether the words before an offset speak of what was reached."""
    return _REACHED.search(text, max(0, before - _REACH), before) is not None


def opens_plan(text: str) -> Span | None:
    """The words that make a whole sentence speak of what is to come, so that those after it go on with it."""
    aims = _aims(text, 0, len(text))
    return aims[0] if aims and not says_reached(text, aims[0].start) else None


def planned_of(text: str, number: int, noun_end: int, clause: Clause) -> Span | None:
    """The words that make a number a target: the last cue before it that nothing reached stands after, else a cue
    behind its noun ("80 sản phẩm đăng ký tham gia", "20 sản phẩm sẽ được công nhận")."""
    start = max(0, number - _REACH)
    aims = _aims(text, start, number)
    aims += [
        _span(match)
        for match in _REGISTERED.finditer(text, max(start, clause.since), number)
        if _REGISTERS.fullmatch(text, match.end(), number) and not _REACHED.search(text, match.end(), number)
    ]
    if aims:
        last = max(aims, key=lambda aim: aim.start)
        reached = max((match.start() for match in _REACHED.finditer(text, start, number)), default=-1)
        if last.start > reached or not _TURNS.search(text, last.start, number):
            return last
    after = _REGISTERED.search(text, noun_end, clause.end) or _LATER.search(text, noun_end, clause.end)
    return None if after is None else _span(after)


def _aims(text: str, start: int, end: int) -> list[Span]:
    return [
        _span(match)
        for match in _AIM.finditer(text, start, end)
        if not _MET.search(text, max(0, match.start() - 24), match.start())
        or re.match(r"[^,;]{0,80}(?<!\w)là(?!\w)", text[match.end() :], re.IGNORECASE)
    ]


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())
