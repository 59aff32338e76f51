"""Whether a number is a target or a registration rather than what was reached."""

import re
from collections.abc import Iterator, Sequence

from index.figures.clauses import Clause
from index.span import Span
from index.text import CAPITALS

_AIM = re.compile(
    r"(?<!\w)(?:mục\s+tiêu(?!\s+quốc\s+gia)|phấn\s+đấu|kế\s+hoạch(?!\s+số)|dự\s+kiến|dự\s+tính|dự\s+định|chỉ\s+tiêu|"
    r"đặt\s+(?:ra|đích)|đề\s+ra|sẽ|muốn|nhắm\s+tới|kỳ\s+vọng|hy\s+vọng|mong\s+muốn|định\s+hướng(?:\s+đến)?|để\s+có|"
    r"hướng\s+(?:đến|tới)|tiến\s+tới|nhằm|lộ\s+trình|trước\s+mắt|sắp\s+tới|thời\s+gian\s+tới|đích(?=\s+(?:là|đến|của))|"
    r"giao\s+(?:cho\s+)?(?:chỉ\s+tiêu|mỗi|các|từng)|được\s+(?:(?:tỉnh|huyện|UBND\s+\w+)\s+)?giao(?=\s+(?:\w+\s+){0,2}\d)|"
    r"(?<!đạt )(?<!theo )(?<!ứng )(?<!đúng )yêu\s+cầu"
    r"(?=\s+(?:các|mỗi|từng|huyện|xã|trong|đến|phải|sở|ngành|hoàn\s+thành|"
    r"địa\s+phương)(?!\w))|"
    # not what a procedure takes: "phải mất 3 tháng"
    r"(?:cần|phải|đòi\s+hỏi)(?!\s+(?-i:[A-ZĐ]))(?!\s+(?:mất|tốn|chi|bỏ|trả|nộp|chờ|đợi)(?!\w))(?=\s+(?:\w+\s+){0,3}\d))(?!\w)",
    re.IGNORECASE,
)
# "Theo kế hoạch, năm 2024 tỉnh tổ chức 2 đợt": what opens a clause plans what it goes on with.
_BY_PLAN = re.compile(r"(?:^|[.;:“\"]\s*|\bthì\s+)\W*Theo(?:\s+(?:dự\s+thảo))?\s+$", re.IGNORECASE)
# "phê duyệt kế hoạch hỗ trợ 31 sản phẩm"
_TO_DO = re.compile(
    r"\s+(?:hỗ\s+trợ|phát\s+triển|xây\s+dựng|đánh\s+giá|công\s+nhận|tổ\s+chức|đầu\s+tư|nâng\s+hạng|mở|trồng)\s+(?:\w+\s+){0,2}\d",
    re.IGNORECASE,
)
# A plan that is spoken of because it was met, or that a number is compared with.
_MET = re.compile(
    r"(?:%|(?<!\w)(?:vượt(?:\s+\w+){0,2}|đạt|hoàn\s+thành|thực\s+hiện|triển\s+khai|theo|bằng|cao\s+hơn|ban\s+hành|phê\s+duyệt|xây\s+dựng))\s*"
    r"(?:(?:so\s+với|các|những|được|toàn\s+bộ)\s+)?$",
    re.IGNORECASE,
)
_IS = re.compile(r"[^,;()]{0,80}(?<!\w)là(?!\w)", re.IGNORECASE)
_REGISTERED = re.compile(
    r"(?<!\w)(?<!không )(?<!chưa )(?<!phải )(?:ghi\s+tên(?=\s+(?:dự|tham))|đăng\s+ký)"
    r"(?!\s+(?:nhãn|kinh\s+doanh|sở\s+hữu|bảo\s+hộ|thương\s+hiệu|mã|chất\s+lượng|thành\s+lập|mẫu|quyền))"
    r"(?!\w)",
    re.IGNORECASE,
)
# "50 sản phẩm năm 2022, 60 sản phẩm năm 2023 là chỉ tiêu tỉnh đặt ra"
_IS_PLAN = re.compile(
    r"(?<!\w)là\s+(?:những\s+|các\s+)?(?:chỉ\s+tiêu|mục\s+tiêu|kế\s+hoạch)(?!\w)(?!\s+(?:quốc\s+gia|đã))", re.IGNORECASE
)
_LATER = re.compile(r"(?<!\w)(?:sẽ|dự\s+kiến|được\s+(?:giao|đăng\s+ký))(?!\w)", re.IGNORECASE)
_ONLY = r"mới(?=\s+(?:chỉ\s+)?(?:được|có|đạt)\s+(?!\d\s?sao)(?:\d|một|hai|ba|nửa|gần|hơn|khoảng))"
_REACHED = re.compile(
    rf"(?<!\w)(?:đã|{_ONLY}|(?<!thực )(?<!thể )(?<!xuất )(?<!phát )hiện(?:\s+(?:có|nay))?|"
    rf"đến\s+nay|tới\s+nay|vừa|vượt|vẫn|có\s+được|đạt\s+được|còn\s+thiếu)(?!\w)",
    re.IGNORECASE,
)
# Said of what is and of what is to be; after an aim in the same sentence it is of what is.
_HAS = re.compile(r"(?<!\w)(?:toàn\s+(?:tỉnh|huyện|thành\s+phố)|cả\s+nước)\s+có(?!\w)", re.IGNORECASE)
# What ends the reach of an aim within its sentence: "phấn đấu …; đến nay đã có 62".
_TURNS = re.compile(
    r"[;.](?=\s|$)|(?:,\s*(?:\w+\s+){0,2}|(?<!\w)(?:và|nhưng|song|thì|mà)\s+)"
    r"(?:đã|(?<!thực )(?<!thể )hiện|đến nay|tới nay|nay|thực tế|còn thiếu)(?!\w)|"
    rf"(?<!\w){_ONLY}",
    re.IGNORECASE,
)
# "đăng ký 80 sản phẩm": right before the number
_REGISTERS = re.compile(
    r"(?:[^,;:.]|,(?=\s+(?:phân hạng|xếp hạng|công nhận|đánh giá|nâng hạng|chuẩn hóa|thi)(?!\w))){0,50}", re.IGNORECASE
)
_SHARES_PLAN = re.compile(
    r"[^;.:,]{0,60}(?:(?:,|;|:|(?<!\w)và)\s+|\()(?:(?:trong\s+đó|bao\s+gồm|gồm|tiếp\s+theo|tiếp\s+đến|kế\s+đến|sau\s+đó)(?!\w)[^,;.:\d]{0,40}|"
    r"(?:và\s+)?(?:\w+\s+){0,1})",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"\W*(?:trong|trên)\s+(?:tổng\s+)?(?:số\s+)?(?:hơn\s+|gần\s+)?\d", re.IGNORECASE)
# "đăng ký 58 sản phẩm: Bảo Thắng 9, huyện Bát Xát 8"
_SHARES_OUT = re.compile(r":|\(|(?<!\w)(?:trong\s+đó|gồm)(?!\w)", re.IGNORECASE)
_TO_PLACE = re.compile(
    rf"[^;.:,]{{0,60}}(?:[,;:(]|(?<!\w)và)\s*(?:(?:trong\s+đó|gồm)\s+)?(?:(?:huyện|thị\s+xã|thành\s+phố|TP\.|quận|xã|phường)\s+)?"
    rf"(?-i:[{CAPITALS}]\w*)(?:\s(?-i:[{CAPITALS}]\w*)){{0,3}}\s*[(:]?\s*(?:(?:có|với|đăng\s+ký)\s+)?",
    re.IGNORECASE,
)
# "Muốn có sao, hộ mất 6 tháng": a condition, which governs no number behind its comma
_IF_WANTED = re.compile(r"Muốn(?!\w)[^,;.]*,(?!\d).*", re.DOTALL)
# "mỗi đơn hàng họ cần 10 tấn", "thương lái cần 30 tấn": what a buyer asks for is no target
_BUYER = re.compile(
    r"(?<!\w)(?:khách(?:\s+hàng)?|đơn\s+hàng|thương\s+lái|siêu\s+thị|đối\s+tác|họ|bên\s+(?:mua|đặt)|người\s+(?:mua|tiêu\s+dùng)|"
    r"thị\s+trường|nhà\s+(?:nhập\s+khẩu|phân\s+phối|máy|hàng)|đầu\s+mối|"
    r"(?:doanh\s+nghiệp|công\s+ty)\s+(?:xuất\s+khẩu|thu\s+mua|nước\s+ngoài|bao\s+tiêu))(?!\w)[^,;:.]{0,60}$",
    re.IGNORECASE,
)
# "Mỗi mẻ cần 3 tấn sắn": nor what a thing takes each time
_EACH_TIME = re.compile(
    r"(?<!\w)(?:mỗi|một|cứ)\s+(?:mẻ|đơn|lô|chuyến|kg|lít|sào|gốc|cây)(?!\w)[^,;:.]{0,40}$", re.IGNORECASE
)
_ASKS = re.compile(r"cần|phải|đòi\s+hỏi|yêu\s+cầu|muốn|mong\s+muốn", re.IGNORECASE)
_DEMANDS = re.compile(r"yêu\s+cầu", re.IGNORECASE)
# "đạt 155% chỉ tiêu Nghị quyết giao (40 sản phẩm)"
_PLAN_IN_BRACKETS = re.compile(
    r"(?<!\w)(?P<aim>chỉ\s+tiêu|kế\s+hoạch|mục\s+tiêu)(?!\w)[^,;:.()\d]{0,30}\((?:là\s+)?$", re.IGNORECASE
)
_OF_WHICH = re.compile(r"\W*trong\s+(?:số\s+)?(?:đó|này)(?!\w)", re.IGNORECASE)
_GIVEN = re.compile(r"(?<!\w)(?:đã|đạt|được|vượt|(?<!thực )(?<!thể )hiện|kết\s+quả)(?!\w)", re.IGNORECASE)
# How many characters before a number a cue may stand; a bound, so that no page can make reading it slow.
_REACH = 600
_AHEAD = 40  # characters behind the words looked at that a cue may look ahead into ("phải có 30 sản phẩm")


def says_planned(text: str) -> bool:
    """Whether a sentence speaks of a target."""
    return bool(_aims(text, 0, len(text))) or _REGISTERED.search(text) is not None


def says_reached(text: str, before: int) -> bool:
    """Whether the words before an offset speak of what was reached."""
    return any(True for _ in _ending(_REACHED, text, max(0, before - _REACH), before))


def opens_plan(text: str) -> Span | None:
    """The words that make a whole sentence speak of what is to come, so that those after it go on with it."""
    aims = [
        aim
        for aim in _aims(text, 0, len(text))
        if not in_brackets(text, aim.start)
        and not _IF_WANTED.match(text, aim.start)
        and not _DEMANDS.match(text, aim.start)  # what is told next may be how it was met
    ]
    return aims[0] if aims and not says_reached(text, aims[0].start) else None


def planned_of(text: str, number: int, noun_end: int, clause: Clause) -> Span | None:
    """The words that make a number a target: the last cue before it that nothing reached stands after, else a cue
    behind its noun ("80 sản phẩm đăng ký tham gia", "20 sản phẩm sẽ được công nhận")."""
    if (bracketed := _PLAN_IN_BRACKETS.search(text, max(0, number - 60), number)) is not None:
        return Span(bracketed.start("aim"), bracketed.end("aim"))
    start = max(0, number - _REACH)
    closed = text.rfind(")", start, number)
    aims = [
        aim
        for aim in _aims(text, start, number)
        if (aim.end > closed or not in_brackets(text, aim.start)) and not _IF_WANTED.fullmatch(text, aim.start, number)
    ]
    aims += [
        _span(match)
        for match in _REGISTERED.finditer(text, max(start, clause.since), number)
        if _REGISTERS.fullmatch(text, match.end(), number) and not _REACHED.search(text, match.end(), number)
    ]
    if aims:
        last = max(aims, key=lambda aim: aim.start)
        cues = (match.start() for cue in (_REACHED, _HAS) for match in _ending(cue, text, start, number))
        reached = max(cues, default=-1)
        if last.start > reached or not any(_ending(_TURNS, text, last.start, number)):
            return last
    after = _REGISTERED.search(text, noun_end, clause.end) or _LATER.search(
        text, noun_end, min(clause.end, noun_end + 30)
    )
    after = after or (None if _REACHED.search(text, 0, number) else _IS_PLAN.search(text, noun_end))
    return None if after is None else _span(after)


def in_brackets(text: str, at: int) -> bool:
    """Whether an offset is within brackets: "(kế hoạch năm là 40 sản phẩm)" says what only its own number is."""
    return text.rfind("(", 0, at) > text.rfind(")", 0, at) and ")" in text[at:]


def shares_plan(text: str, counts: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether a count is some of the registered one before it, or told beside it in the same breath: "đăng ký 70 sản
    phẩm, gồm 55 sản phẩm mới và 15 sản phẩm đánh giá lại"."""
    start, end = counts[place - 1][1], counts[place][0]
    if place == 1 and _OUT_OF.match(text) and not _REGISTERED.search(text, counts[place][1]):
        return False  # "Trong số 60 sản phẩm đăng ký, có 25 sản phẩm được chọn"
    closed = in_brackets(text, start) and ")" in text[start:end]
    if closed:
        return False
    if _SHARES_PLAN.fullmatch(text, start, end):
        return True
    shared_out = _SHARES_OUT.search(text, counts[0][1], end) is not None
    return shared_out and _TO_PLACE.fullmatch(text, start, end) is not None and not _GIVEN.search(text, counts[0][1])


def parts_plan(text: str) -> bool:
    """Whether a sentence shares out what the one before registered or aimed at, and tells of nothing reached: "Trong
    đó, 39 sản phẩm thuộc nhóm thực phẩm"."""
    return _OF_WHICH.match(text) is not None and _GIVEN.search(text) is None


def _aims(text: str, start: int, end: int) -> list[Span]:
    return [
        _span(match)
        for match in _ending(_AIM, text, start, end)
        if not _is_demand(text, match)
        if not _MET.search(text, max(0, match.start() - 24), match.start())
        or _TO_DO.match(text, match.end())
        or _BY_PLAN.search(text, max(0, match.start() - 24), match.start())
        or _IS.match(text, match.end())  # "so với mục tiêu … là 20 sản phẩm"
    ]


def _is_demand(text: str, aim: re.Match[str]) -> bool:
    """Whether it is buyers who ask, or what a thing takes each time."""
    before = max(0, aim.start() - 100)
    return _ASKS.fullmatch(aim[0]) is not None and any(
        cue.search(text, before, aim.start()) is not None for cue in (_BUYER, _EACH_TIME)
    )


def _ending(cue: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The matches that end before `end`, though a cue may look ahead behind it."""
    return (match for match in cue.finditer(text, start, end + _AHEAD) if match.end() <= end)


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())
