"""What two or more numbers of a sentence that answers come to, where a question asks for that.

News give a total and its growth ("14.642 sản phẩm, nhiều hơn cuối năm 2023 là 3.586"), one number for each of two years
("từ 35 tấn (2015) lên 175 tấn (2019)"), one for each of several names ("Duy Tiên 42; Phủ Lý 38"). Who asks for the year
before, for the difference, for the sum, is told it with its arithmetic, before the sentence it is reckoned from.

Only exact numbers of the very thing asked about, of no grade, are reckoned with: "15 %", "hơn 900 sản phẩm", "9 hộ" and
"100 sản phẩm 4 sao" come to nothing where products are asked for.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import vietnamese_number
from assistant.count import OTHER_TIME
from assistant.draft import Draft, Operation, Reckoning, Segment
from assistant.evidence import Evidence
from assistant.proper_names import proper_names
from assistant.question import Question
from assistant.wording import says
from index.figures.counted import counted_noun
from index.figures.numbers import Number, bound_of, find_numbers
from index.figures.stars import find_stars
from index.places.districts import find_districts
from index.text import CAPITALS

_DIFFERENCE = ("chênh", "tăng", "giảm", "thêm", "hơn", "kém", "khác nhau", "thay đổi", "so với")
_SUM = ("cộng", "gộp", "tổng cộng", "tổng", "cả thảy", "tất cả")
_YEAR = re.compile(r"20[0-4]\d")
# "nhiều hơn cuối năm 2023 là 3.586", "tăng 288 sản phẩm so với năm 2019", "nhiều hơn năm 2019 tới 288"
_MORE = r"(?P<way>nhiều hơn|ít hơn|tăng(?:\s+thêm)?|giảm|hơn|kém)"
_SINCE = r"(?:(?:cuối|đầu|hết|giữa)\s+)?(?:năm\s+)?(?P<year>20[0-4]\d)"
_GROWN = (
    re.compile(rf"(?<!\w){_MORE}\s+(?:so\s+với\s+)?{_SINCE}\s+(?:(?:là|tới|đến|thêm|được|những)\s+)?(?P<by>\d[\d.,]*)"),
    re.compile(rf"(?<!\w){_MORE}\s+(?P<by>\d[\d.,]*)(?:\s+\w+){{0,4}}\s+so\s+với\s+{_SINCE}(?!\w)"),
)
_LESS = ("ít hơn", "giảm", "kém")
# A year and its number: "35 tấn (2015)", "năm 2015 có 35 hộ", "2020 được 24 sản phẩm".
_BEHIND = re.compile(r"(?:\s+\w+){0,3}\s*\((?:năm\s+)?(?P<year>20[0-4]\d)\)")
_BEFORE = re.compile(
    r"(?<![\w/-])(?P<year>20[0-4]\d)\s*:?\s*(?:(?:thì|mới|chỉ|đã)\s+)?(?:(?:có|được|là|đạt|lên|còn|công nhận)\s+)*$"
)
# What stands right behind a number, but for "15 so với năm 2019"; and a grade that limits what it counts.
_UNIT = re.compile(r"\s*(?P<unit>%|(?<=\s)(?!so\s+với)[^\W\d_]+)")
# What follows a number up to a grade that limits what it counts.
_UP_TO_GRADE = re.compile(r"(?:\s+[^\W\d_]+){0,5}\s+[1-5]\s+sao(?!\w)(?:\s+trở\s+lên)?", re.IGNORECASE)
# Those "từ 3 sao" are all that were recognised, which is what is asked of without a grade.
_ALL = (3, 5)
# The number of a name: "Duy Tiên 42", "lụa Nha Xá (9 sản phẩm)", "Bảo Yên mỗi nơi 40", "Gia Lâm có 11".
_OF_NAME = re.compile(r"\s*(?:\(|:|có|được|đạt|góp|với)?\s*$")
_EACH = re.compile(
    rf"(?P<names>[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*)*(?:\s*(?:,|và)\s*[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*)*)+)\s+"
    r"(?:mỗi (?:nơi|huyện|xã|thị xã|địa phương|đơn vị)|cùng|đều)\s+(?:có\s+|được\s+|chỉ\s+|góp\s+)?$"
)


def reckoned_within(question: Question, draft: Draft) -> Draft:
    """The draft, with what the numbers of a sentence it quotes come to before it, where that is asked."""
    if question.stars is not None or not question.counted or any(one.reckoning for one in draft.segments):
        return draft
    quotes = [one.evidence[0] for one in draft.segments if one.kind == "quoted" and one.evidence]
    if (before := _first(_year_before, question, quotes)) is not None:
        notices = tuple(notice for notice in draft.notices if not notice.startswith(OTHER_TIME))
        return replace(draft, status="answered", segments=(before, *draft.segments), notices=notices)
    found = _first(_between_years, question, quotes) or _first(_over_names, question, quotes)
    return draft if found is None else replace(draft, segments=(found, *draft.segments))


def _first(
    way: Callable[[Question, Evidence], Segment | None], question: Question, quotes: Sequence[Evidence]
) -> Segment | None:
    return next((found for quote in quotes if (found := way(question, quote)) is not None), None)


def _year_before(question: Question, evidence: Evidence) -> Segment | None:
    """What there was in the year asked, of a total of another year and by how much that is more."""
    if question.wanted not in ("figure", "sum"):
        return None
    text, years = evidence.quote, _years(question)
    numbers = _counts(question, text)
    for grown in (match for pattern in _GROWN for match in pattern.finditer(text)):
        by = next((one for one in numbers if one.start == grown.start("by")), None)
        total = next((one for one in reversed(numbers) if one.end <= grown.start() and _noun(text, one)), None)
        if by is None or total is None or grown["year"] not in years or _graded(text[total.end : grown.start()]):
            continue
        if any(match[0] in years for match in _YEAR.finditer(text, 0, total.start)):
            continue  # what the total itself is of is asked too
        less = grown["way"].startswith(_LESS)
        if not less and by.value > total.value:
            continue
        result = total.value + by.value if less else total.value - by.value
        sign = "+" if less else "-"
        said = f"{_said(total)} {sign} {_said(by)} = {vietnamese_number(result)} {_noun(text, total)}."
        return _segment(f"Năm {grown['year']}: {said}", evidence, "sum" if less else "difference", (total, by), result)
    return None


def _between_years(question: Question, evidence: Evidence) -> Segment | None:
    """By how much the numbers of the two years asked differ."""
    years = _years(question)
    if len(years) != 2 or not says(question.tokens, *_DIFFERENCE):
        return None
    text = evidence.quote
    of_year: dict[str, list[Number]] = {}
    for number in _counts(question, text):
        behind = _BEHIND.match(text, number.end)
        before = _BEFORE.search(text, 0, number.start)
        if (year := (behind or before)) is not None and _noun(text, number):
            of_year.setdefault(year["year"], []).append(number)
    first, last = (of_year.get(year, []) for year in years)
    if len(first) != 1 or len(last) != 1 or _noun(text, first[0]) != _noun(text, last[0]):
        return None
    low, high = sorted((first[0], last[0]), key=lambda one: one.value)
    result = high.value - low.value
    said = f"Chênh nhau {vietnamese_number(result)} {_noun(text, high)} ({_said(high)} - {_said(low)})."
    return _segment(said, evidence, "difference", (high, low), result)


def _over_names(question: Question, evidence: Evidence) -> Segment | None:
    """The sum over the names a question gives, each of which the sentence has one number for."""
    if question.wanted not in ("figure", "sum") or not says(question.tokens, *_SUM):
        return None
    text = evidence.quote
    if not any(one.form in text.lower() for one in question.counted):
        return None
    districts = (question.text[one.start : one.end].lower() for one in find_districts(question.text, typed=True))
    names = tuple(dict.fromkeys((*proper_names(question.text), *districts)))
    found = [number for name in names if (number := _of_name(question, text, name)) is not None]
    if len(found) < 2 or len(found) < len(names):
        return None
    result = sum(number.value for number in found)
    said = f"Cộng lại: {' + '.join(map(_said, found))} = {vietnamese_number(result)} {question.counted[0].form}."
    return _segment(said, evidence, "sum", found, result)


def _of_name(question: Question, text: str, name: str) -> Number | None:
    """The number that stands right behind a name, or behind a list it is in ("… mỗi nơi 40")."""
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
    if found is None:
        return None
    for number in _counts(question, text):
        if found.end() <= number.start and _OF_NAME.fullmatch(text, found.end(), number.start):
            return number
        each = _EACH.search(text, 0, number.start)
        if each is not None and each.start("names") <= found.start() < each.end("names"):
            return number
    return None


def _years(question: Question) -> tuple[str, ...]:
    return tuple(dict.fromkeys(date[:4] for date in question.dates))


def _counts(question: Question, text: str) -> list[Number]:
    """The exact numbers of a text that count what a question asks for, of no grade, or that nothing stands behind."""
    asked = {"", *(word for one in question.counted for word in (one.what, one.form, one.form.split()[0]))}
    return [
        number
        for number in find_numbers(text)
        if not number.rare
        and number.to is None
        and not _YEAR.fullmatch(text[number.start : number.end])
        and _noun(text, number) in asked
        and not ((grade := _UP_TO_GRADE.match(text, number.end)) is not None and _graded(grade[0]))
        and bound_of(text, number, len(text)) is None
    ]


def _graded(text: str) -> bool:
    """Whether a text limits what it counts to some grades."""
    return any((one.low, one.high) != _ALL for one in find_stars(text))


def _noun(text: str, number: Number) -> str:
    """What a number counts: a noun of those known, else the word or sign behind it; "" where there is none."""
    known = counted_noun(text[number.end :])
    if known is not None:
        return known[0]
    word = _UNIT.match(text, number.end)
    return "" if word is None else word["unit"].lower()


def _said(number: Number) -> str:
    return vietnamese_number(number.value)


def _segment(text: str, evidence: Evidence, operation: Operation, operands: Sequence[Number], result: float) -> Segment:
    return Segment(
        text=text,
        kind="derived",
        evidence=(evidence,),
        reckoning=Reckoning(
            operation=operation, operands=tuple((number.value, 0) for number in operands), result=result
        ),
    )
