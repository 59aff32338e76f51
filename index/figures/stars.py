"""Stars: the grades a text names, and which number each of them limits."""

import re
from dataclasses import dataclass

from index.span import Span

_VALUES = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5}
# A grade within a list may leave "sao" to the last one: "3 - 4 sao", "ba và bốn sao".
_GRADE = r"(?:0?[1-5](?:\s?sao)?|(?:một|hai|ba|bốn|năm)\s+sao|(?:một|hai|ba|bốn)(?=\s+(?:và|đến|hoặc)\s+\w+\s+sao))"
_BETWEEN = r"(?:\s?[-–,/]\s?|\s+(?:và|đến|tới|hoặc|hay|nâng\s+lên|lên)\s+)(?:hạng\s+)?"
# "đạt 4 sao, 3 sao có 44 sản phẩm": the last grade belongs to the number after it, not to the list.
_OWN_NUMBER = (
    r"(?!\s*(?::|(?<!\w)(?:(?:hiện|đã|thì|mới|chỉ|cũng|vẻn vẹn|vỏn vẹn)\s+)*(?:có|là|gồm|chiếm|với|chỉ|mới|thì|vẹn)"
    r"(?!\w))?\s*\d)(?!\s*(?:chưa|không|vẫn|thì)(?!\w))"
)
_STARS = re.compile(
    r"(?<![\w.,/–-])(?P<from>(?:từ|tối thiểu|ít nhất)\s+)?(?:hạng\s+)?"
    rf"(?P<grades>{_GRADE}(?:{_BETWEEN}{_GRADE}{_OWN_NUMBER})*)(?<=sao)(?!\w)(?P<up>\s+trở\s+lên)?",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"(?<!\w)(?:0?(?P<digit>[1-5])(?!\d)|(?P<word>một|hai|ba|bốn|năm)(?!\w))|(?<!\w)(?P<raised>lên)(?!\w)",
    re.IGNORECASE,
)

_SAME = re.compile(
    r"(?<!\w)(?:(?:ở\s+)?(?:cùng\s+(?:hạng|bậc|mức)(?:\s+sao)?|(?:hạng|mức|bậc|nhóm)(?:\s+sao)?\s+(?:này|đó|ấy)))(?!\w)(?!\s+\d)",
    re.IGNORECASE,
)
_POTENTIAL = re.compile(
    r"(?<!\w)(?:tiềm\s+năng|định\s+hướng|hướng\s+(?:tới|đến)|đề\s+nghị|đề\s+xuất|có\s+khả\s+năng|có\s+thể\s+đạt|"
    r"(?:đủ|đáp\s+ứng)(?:\s+\w+){0,3}\s+điều\s+kiện|chờ|(?:đang|cần)\s+hoàn\s+thiện|"
    r"(?<!chương )(?<!quy )(?<!lộ )(?<!công )(?<!tờ )(?<!quá )(?<!tiến )trình(?!\s+(?:độ|diễn|bày)))(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StarMention:
    """Grades named at `text[start:end]`: the lowest and the highest of them."""

    low: int
    high: int
    start: int
    end: int


def find_stars(text: str, former: StarMention | None = None) -> list[StarMention]:
    """Every grade or range of grades of a text: "4 sao", "từ 3 sao trở lên" (3 to 5), "nâng 3 sao lên 4 sao" (4).

    former: the last grade of the sentence before, for "cùng hạng", "hạng này".
    """
    found: list[StarMention] = []
    for match in _STARS.finditer(text):
        values: list[int] = []
        raised = False
        for one in _ONE.finditer(match["grades"]):
            if one["raised"]:
                values, raised = [], True  # the star they are to have
            else:
                values.append(int(one["digit"]) if one["digit"] else _VALUES[one["word"].lower()])
        upwards = match["up"] or (match["from"] and len(values) == 1 and not raised)
        found.append(
            StarMention(low=min(values), high=5 if upwards else max(values), start=match.start(), end=match.end())
        )
    for same in _SAME.finditer(text):  # "31 sản phẩm cùng hạng"
        told = next((one for one in reversed(found) if one.end <= same.start()), former)
        if told is not None:
            found.append(StarMention(low=told.low, high=told.high, start=same.start(), end=same.end()))
    return sorted(found, key=lambda one: one.start)


def stars_in(text: str) -> tuple[int, int] | None:
    """The star a text is limited to, as (lowest, highest): "từ 3 sao trở lên" -> (3, 5), "4 sao" -> (4, 4)."""
    found = find_stars(text)
    return (found[0].low, found[0].high) if found else None


def potential_in(text: str, start: int = 0, end: int | None = None) -> Span | None:
    """The words of `text[start:end]` that say a grade is not given yet ("tiềm năng 5 sao"), or None; of several the
    last."""
    stop = len(text) if end is None else end
    found = max(_POTENTIAL.finditer(text, start, stop), key=lambda match: match.start(), default=None)
    return None if found is None else Span(found.start(), found.end())
