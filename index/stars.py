"""Stars: the grades a text names, and which number each of them limits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.span import Span

_VALUES = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5}
# A grade within a list may leave "sao" to the last one: "3 - 4 sao", "ba và bốn sao".
_GRADE = r"(?:0?[1-5](?:\s?sao)?|(?:một|hai|ba|bốn|năm)\s+sao|(?:một|hai|ba|bốn)(?=\s+(?:và|đến|hoặc)\s+\w+\s+sao))"
_BETWEEN = r"(?:\s?[-–,/]\s?|\s+(?:và|đến|tới|hoặc|hay|nâng\s+lên|lên)\s+)(?:hạng\s+)?"
# "đạt 4 sao, 3 sao có 44 sản phẩm": the last grade belongs to the number after it, not to the list.
_OWN_NUMBER = r"(?!\s*(?::|(?<!\w)(?:có|là|gồm|chiếm)(?!\w))?\s*\d)"
_STARS = re.compile(
    r"(?<![\w.,/–-])(?P<from>(?:từ|tối thiểu|ít nhất)\s+)?(?:hạng\s+)?"
    rf"(?P<grades>{_GRADE}(?:{_BETWEEN}{_GRADE}{_OWN_NUMBER})*)(?<=sao)(?!\w)(?P<up>\s+trở\s+lên)?",
    re.IGNORECASE,
)
_ONE = re.compile(r"(?<!\w)(?:0?(?P<digit>[1-5])|(?P<word>một|hai|ba|bốn|năm))(?!\w)|(?P<lên>(?<!\w)lên)", re.IGNORECASE)

_POTENTIAL = re.compile(
    r"(?<!\w)(?:tiềm\s+năng|định\s+hướng|hướng\s+(?:tới|đến)|đề\s+nghị|đề\s+xuất|có\s+khả\s+năng|có\s+thể\s+đạt|"
    r"(?:đủ|đáp\s+ứng)(?:\s+\w+){0,3}\s+điều\s+kiện|chờ|(?:đang|cần)\s+hoàn\s+thiện|"
    r"(?<!chương )(?<!quy )(?<!lộ )(?<!công )(?<!tờ )(?<!quá )(?<!tiến )trình(?!\s+(?:độ|diễn|bày)))(?!\w)",
    re.IGNORECASE,
)
# "trình Trung ương công nhận 2 sản phẩm đạt 5 sao"
_ASKED_FOR = re.compile(
    r"(?<!\w)(?:đề\s+nghị|đề\s+xuất|(?<!chương )(?<!quy )trình)\s+(?:\w+\s+){0,6}?(?:công\s+nhận|đánh\s+giá|xét|phân\s+hạng)"
    r"\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
# What may stand between a grade and the number after it that it limits: "4 sao có 18 sản phẩm", "4 sao: 18".
_LEADS_ON = re.compile(
    r"\s*[”\"’)]?\s*(?:(?::|(?<!\w)(?:có|là|gồm|với|cho|đạt|chiếm|được|đã|hiện|cũng|thêm|trên|hơn|gần|khoảng|chừng|"
    r"ít nhất|tối thiểu|xấp xỉ|ước|tổng cộng|lên|còn|tăng|giảm|từ)(?!\w))\s*)*\(?\s*",
    re.IGNORECASE,
)
_NEW_CLAUSE = re.compile(r"[;:(.]|,(?!\d)|(?<!\w)(?:và|trong đó|còn|riêng)(?!\w)", re.IGNORECASE)
_OTHER_MATTER = re.compile(r";|\.\s|(?<!\w)(?:trong đó|phấn đấu|riêng|đồng thời|nâng tổng)(?!\w)", re.IGNORECASE)
# A comma that does not end what is said of a number: "62 sản phẩm OCOP, đều đạt từ 3 sao trở lên".
_GOES_ON = re.compile(
    r",\s*(?:(?:đều|cùng|được|đã|và|có|trong)\s+)*(?:đạt|xếp|công nhận|đánh giá|phân hạng|chứng nhận|hạng|gắn)(?!\w)[^,]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StarMention:
    """Grades named at `text[start:end]`: the lowest and the highest of them."""

    low: int
    high: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Starred:
    """The grades that limit a number, and the words that say they are not given yet, where there are some."""

    mention: StarMention
    potential: Span | None


def find_stars(text: str) -> list[StarMention]:
    """Every grade or range of grades of a text: "4 sao", "từ 3 sao trở lên" (3 to 5), "nâng 3 sao lên 4 sao" (4)."""
    found: list[StarMention] = []
    for match in _STARS.finditer(text):
        values: list[int] = []
        raised = False
        for one in _ONE.finditer(match["grades"]):
            if one["lên"]:
                values, raised = [], True  # the star they are to have
            else:
                values.append(int(one["digit"]) if one["digit"] else _VALUES[one["word"].lower()])
        upwards = match["up"] or (match["from"] and len(values) == 1 and not raised)
        found.append(
            StarMention(
                low=min(values), high=5 if upwards else max(values), start=match.start(), end=match.end()
            )
        )
    return found


def stars_in(text: str) -> tuple[int, int] | None:
    """The star a text is limited to, as (lowest, highest): "từ 3 sao trở lên" -> (3, 5), "4 sao" -> (4, 4)."""
    found = find_stars(text)
    return (found[0].low, found[0].high) if found else None


def potential_in(text: str) -> Span | None:
    """The words of a text that say a grade is not given yet ("tiềm năng 5 sao"), or None."""
    return _last(_POTENTIAL, text, 0, len(text))


def place_stars(text: str, mentions: Sequence[StarMention], counts: Sequence[tuple[int, int]]) -> dict[int, Starred]:
    """Which counts the grades of a sentence limit, by their place in `counts`.

    counts: where each number starts, and where it and its noun end, in order. A grade limits the number before it
    ("18 sản phẩm đạt 4 sao"), or the one it leads on to ("4 sao có 18 sản phẩm").
    """
    placed: dict[int, Starred] = {}
    for mention in mentions:
        before = max((place for place, (_, end) in enumerate(counts) if end <= mention.start), default=None)
        after = min((place for place, (start, _) in enumerate(counts) if start >= mention.end), default=None)
        since = counts[before][1] if before is not None else 0
        if after is not None and _leads_on(text, since, mention, counts[after][0], taken=before in placed or before is None):
            potential = _last(_POTENTIAL, text, _clause_start(text, since, mention.start), mention.start)
            placed[after] = Starred(mention=mention, potential=potential)
        elif before is not None and before not in placed and _reaches(text, since, mention.start):
            stop = counts[after][0] if after is not None else len(text)
            placed[before] = Starred(
                mention=mention, potential=_not_given(text, counts[before][0], since, mention.end, stop)
            )
    return placed


def _leads_on(text: str, since: int, mention: StarMention, number: int, *, taken: bool) -> bool:
    """Whether a grade is said of the number after it: nothing but a link between, and a new clause before it."""
    if _LEADS_ON.fullmatch(text, mention.end, number) is None:
        return False
    return taken or _NEW_CLAUSE.search(text, since, mention.start) is not None


def _reaches(text: str, since: int, star: int) -> bool:
    """Whether what is said between a noun and a grade still speaks of that noun."""
    between = text[since:star]
    if _OTHER_MATTER.search(between):
        return False
    return not re.search(r",(?!\d)", between) or _GOES_ON.search(between) is not None


def _not_given(text: str, number: int, since: int, star_end: int, stop: int) -> Span | None:
    """The words that say a grade is not given yet: between noun and grade, right behind it, or what asks for it."""
    end = re.compile(r"[;.()]|,(?!\d)|(?<!\w)trong đó").search(text, star_end, stop)
    found = _POTENTIAL.search(text, since, end.start() if end else stop)
    if found is None:
        found = _ASKED_FOR.search(text, max(0, number - 60), number)
    return None if found is None else Span(start=found.start(), end=found.end())


def _clause_start(text: str, start: int, end: int) -> int:
    return max((match.end() for match in _NEW_CLAUSE.finditer(text, start, end)), default=start)


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> Span | None:
    found = max(pattern.finditer(text, start, end), key=lambda match: match.start(), default=None)
    return None if found is None else Span(start=found.start(), end=found.end())
