"""Numbers as Vietnamese writes them: digits, words, ranges, shares, and the words that make one a bound."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.figures.figure import Bound
from index.span import Span

DIGITS = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_UNITS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_TIMES = {"nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
# Units that stand only behind a ten ("hai mươi mốt"); alone they are other words ("nhà đầu tư").
_NEVER_ALONE = frozenset(("mốt", "tư", "lăm", "nhăm"))
# "một" alone is an article and "năm" a year, unless the words around say otherwise.
_SELDOM_ALONE = frozenset(("một", "năm"))
_WORDS = "|".join(
    sorted((*_UNITS, "mười", "mươi", "chục", "trăm", "nghìn", "ngàn", "linh", "lẻ"), key=len, reverse=True)
)
_NUMBER = re.compile(
    rf"(?:(?<![\w/\-–])|(?<=\slên)|(?<=\scó)|(?<=\slà)|(?<=\sđạt)|(?<=\sđược))(?<!\d[.,])(?:(?P<number>{DIGITS})(?:(?:/|\s+trên\s+(?:tổng\s+số\s+)?)(?P<of>{DIGITS}))?(?![\d/]|[.,]\d)"
    rf"|(?P<words>(?:{_WORDS})(?:\s+(?:{_WORDS}))*)(?!\w))",
    re.IGNORECASE,
)
# What may be repeated within a range: "20% - 25%", "3 tỷ đến 5 tỷ".
_UNIT = r"\s?(?P<unit>%|phần trăm|(?:nghìn|ngàn|triệu|tỷ|tỉ)(?:\s+đồng)?)"
_JOIN = r"(?:\s?[-–]\s?|\s+(?:đến|tới)\s+(?:dưới\s+|gần\s+)?)"
_RANGE = re.compile(
    rf"(?:{_UNIT})?{_JOIN}(?P<to>(?:{DIGITS})(?![\w/]|[.,]\d)|(?:{_WORDS})(?:\s+(?:{_WORDS}))*(?!\w))", re.IGNORECASE
)
_CHANGE = re.compile(r"(?<!\w)(?:tăng|giảm|nâng|đưa)(?:\s+[^\s\d,;:.()]+){0,6}\s+từ\s*$", re.IGNORECASE)
_BOUND = re.compile(
    r"(?<!\w)(?:(?P<about>trên\s+dưới|khoảng|chừng|xấp\s+xỉ|ước(?:\s+(?:tính|khoảng|chừng))?|ngót\s+nghét)|"
    r"(?P<over>trên|(?<!nhiều )(?<!ít )(?<!cao )(?<!thấp )(?<!kém )hơn|"
    r"tối\s+thiểu|ít\s+nhất|không\s+dưới|không\s+ít\s+hơn|vượt(?:\s+(?:mốc|qua|con\s+số|ngưỡng))?|quá)|"
    r"(?P<under>dưới|gần|tối\s+đa|không\s+quá|nhiều\s+nhất|ngót|suýt\s+soát|(?:chưa|không)\s+(?:đầy|tới|đến)))(?!\w)",
    re.IGNORECASE,
)
# Words that may stand between a bound and its number: "tối thiểu có 30", "ước đạt 3 tỷ", "ít nhất là hai".
_FILLER = re.compile(
    r"\s*(?:(?:cũng|có|là|đạt|được|phải|cho|đến|tới|con số|mức|mốc|thêm|từ|thu|thu về|bán)\s+){0,3}", re.IGNORECASE
)
# "dán tem trên 47 sản phẩm"; but "có trên 47", "gắn sao cho trên 47"
_PUT_ON = re.compile(
    r"(?<!\w)(?:(?:dán|in|ghi|gắn(?!\s+(?:bó|kết|với)))(?:\s+[^\s,;.:]+){0,4}|"
    r"(?:dùng|sử dụng|áp dụng|hiển thị|xuất hiện|thể hiện)(?:\s+[^\s,;.:]+){1,4})"
    r"(?<! có)(?<! đạt)(?<! được)(?<! cho)(?<! với)(?<! của)\s+$",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?<!\w)từ\s*$", re.IGNORECASE)
_UPWARDS = re.compile(r"(?<!\w)trở\s+lên(?!\w)", re.IGNORECASE)
_NOT_ITS_OWN = re.compile(r"sao\s*$|(?<!\w)từ\s+\d", re.IGNORECASE)  # "11 sản phẩm có số điểm từ 70 trở lên"
_HOLDS = re.compile(r"(?<!\w)(?:có|đạt|phải|được|thêm|đủ)\s+từ\s*$", re.IGNORECASE)
_EXCEEDS = re.compile(r"(?<!\w)vượt\s+$", re.IGNORECASE)
_COMPARED = re.compile(r"[^,;.:()\d]{0,40}(?<!\w)(?:so\s+với|mục\s+tiêu|kế\s+hoạch|chỉ\s+tiêu)(?!\w)", re.IGNORECASE)
_REACH = 40  # characters before a number that a bound may stand in


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number at `text[start:end]`, its range ("20 - 25") or its whole ("9/13") included; `first_end` ends the first.

    rare: "một" or "năm" alone, which count only where the words around say so. glued: a letter follows ("14SP").
    """

    start: int
    end: int
    first_end: int
    value: float
    to: float | None = None
    of: float | None = None
    words: bool = False
    rare: bool = False
    glued: bool = False


def parse_number(text: str) -> float:
    """A number as Vietnamese writes it: "1.234" is 1234, "65,4" is 65.4, "05" is 5, "9/13" is 9, "ba mươi hai" is 32.

    Of a range it is the first number; "15 nghìn" is 15000.

    Raises:
        ValueError: it is none.
    """
    lowered = text.lower()
    if match := re.match(DIGITS, lowered):
        times = re.fullmatch(r"\s+(\w+)", lowered[match.end() :])
        return _digits(match[0]) * (_TIMES.get(times[1], 1.0) if times else 1.0)
    value = _number_words(re.split(r"\s+[-–]\s+|\s+(?:đến|tới)\s+", lowered)[0].split())
    if value is None:
        raise ValueError(f"{text!r} is no number; expected digits such as '1.234,5' or words such as 'ba mươi hai'")
    return float(value)


def _digits(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))


def _number_words(words: list[str]) -> int | None:
    """The value of number words below a million, or None where they make no number ("năm hai")."""
    for place, word in enumerate(words):
        if word in ("nghìn", "ngàn"):
            thousands, rest = _hundreds(words[:place]), words[place + 1 :]
            below = _hundreds([part for part in rest if part not in ("linh", "lẻ")]) if rest else 0
            return None if not thousands or below is None else 1000 * thousands + below
    return _hundreds(words)


def _hundreds(words: list[str]) -> int | None:
    match words:
        case [unit, "trăm", *rest] if unit in _UNITS:
            if rest[:1] in (["linh"], ["lẻ"]):
                return 100 * _UNITS[unit] + _UNITS[rest[1]] if len(rest) == 2 and rest[1] in _UNITS else None
            below = _hundreds(rest) if rest else 0
            return None if below is None or "trăm" in rest else 100 * _UNITS[unit] + below
        case ["mười"]:
            return 10
        case ["mười", unit] if unit in _UNITS:
            return 10 + _UNITS[unit]
        case [tens, "mươi" | "chục"] if tens in _UNITS:
            return 10 * _UNITS[tens]
        case [tens, "mươi", unit] if tens in _UNITS and unit in _UNITS:
            return 10 * _UNITS[tens] + _UNITS[unit]
        case [unit] if unit in _UNITS:
            return _UNITS[unit]
    return None


def find_numbers(text: str, taken: Iterable[tuple[int, int]] = ()) -> list[Number]:
    """Every number of a text in order, those left out that share a character with a span in `taken` (dates, stars)."""
    held = list(taken)
    found: list[Number] = []
    for match in _NUMBER.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in held):
            continue
        number = _spelt(match)
        if number is None:
            continue
        if found and number.start < found[-1].end:
            continue  # the upper end of the range before it
        found.append(_with_range(text, number, held))
    return found


def _spelt(match: re.Match[str]) -> Number | None:
    if match["words"] is None:
        of = None if match["of"] is None else _digits(match["of"])
        first_end = match.end("number")
        return Number(
            start=match.start(),
            end=match.end(),
            first_end=first_end,
            value=_digits(match["number"]),
            of=of,
            glued=match.string[match.end() : match.end() + 1].isalpha(),
        )
    words = match["words"].lower().split()
    end = match.end()
    if (
        len(words) > 1 and words[-1] == "năm" and words[-2] not in ("linh", "lẻ")
    ):  # "mười năm" is ten years: 15 is "lăm"
        words = words[:-1]
        end = match.start() + len(match["words"][: -len("năm")].rstrip())
    value = None if len(words) == 1 and words[0] in _NEVER_ALONE else _number_words(words)
    if value is None:
        return None
    rare = len(words) == 1 and words[0] in _SELDOM_ALONE
    return Number(start=match.start(), end=end, first_end=end, value=float(value), words=True, rare=rare)


def _with_range(text: str, number: Number, taken: list[tuple[int, int]]) -> Number:
    """The number with the upper end of its range, where one follows ("20 - 25", "từ 20 đến 25", "20% - 25%")."""
    if number.of is not None or number.glued:
        return number
    match = _RANGE.match(text, number.end)
    if match is None or any(start < match.end("to") and match.start("to") < end for start, end in taken):
        return number
    if match["unit"] is not None and not re.match(
        rf"\s?{re.escape(match['unit'])}", text[match.end() :], re.IGNORECASE
    ):
        return number  # "300 triệu đến 1 tỷ" are two numbers
    try:
        upper = parse_number(match["to"])
    except ValueError:
        return number
    changes = "-" not in match[0] and "–" not in match[0] and not re.match(r"\s?%", text[match.end() :])
    if upper <= number.value or (changes and _CHANGE.search(text, max(0, number.start - 60), number.start)):
        return number  # "tăng từ 50 đến 80" is a change, no range
    return Number(
        start=number.start,
        end=match.end(),
        first_end=number.first_end,
        value=number.value,
        to=upper,
        words=number.words,
    )


def times_after(text: str, at: int) -> tuple[float, int]:
    """(multiplier, its end) of a word such as "nghìn" that follows at `text[at:]`; (1, at) where none does."""
    match = re.compile(r"\s+(nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?!\w)", re.IGNORECASE).match(text, at)
    return (1.0, at) if match is None else (_TIMES[match[1].lower()], match.end())


def bound_of(text: str, number: Number, clause_end: int) -> tuple[Bound, Span] | None:
    """What makes a number a bound: a word before it ("trên", "ít nhất có"), or "từ … trở lên" around its noun."""
    lead = max(0, number.start - _REACH)
    if _EXCEEDS.search(text, lead, number.start) and _COMPARED.match(text, number.end):
        return None  # "vượt 10 sản phẩm so với mục tiêu" is by how much
    for match in reversed(list(_BOUND.finditer(text, lead, number.start))):
        if _FILLER.fullmatch(text, match.end(), number.start) and match.lastgroup is not None:
            kind = match.lastgroup
            if match[0].lower() == "trên" and _PUT_ON.search(text, max(0, match.start() - 40), match.start()):
                break  # "dán tem trên 47 sản phẩm"
            return _BOUNDS[kind], Span(start=match.start(), end=match.end())
        break
    if number.to is not None:
        return None  # "từ 20 đến 25" is a range
    before = _FROM.search(text, lead, number.start)
    upwards = _UPWARDS.search(text, number.end, clause_end)
    if upwards is not None and not _NOT_ITS_OWN.search(text[number.end : upwards.start()]):
        return "over", Span(start=upwards.start(), end=upwards.end())
    if before is not None and _HOLDS.search(text, lead, number.start):
        return "over", Span(start=before.start(), end=before.start() + 2)
    return None


_BOUNDS: dict[str, Bound] = {"over": "over", "under": "under", "about": "about"}
