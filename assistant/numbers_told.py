"""Whether a text gives a number of what a question counts, in whichever words and forms."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.counted import Counted
from assistant.question import Question
from index.figures.counted import NOUNS, counted_noun
from index.figures.numbers import Number, find_numbers

MONEY_TOLD = re.compile(r"\d\s*(?:nghìn|ngàn|triệu|tỷ|tỉ|đồng)(?!\w)")


@lru_cache(maxsize=20_000)
def _numbers(text: str) -> tuple[Number, ...]:
    """The numbers of a text, in digits and in words but "một" and "năm"; remembered."""
    return tuple(number for number in find_numbers(text) if not number.rare)


@lru_cache(maxsize=20_000)
def _counted_there(text: str) -> tuple[tuple[int, ...], frozenset[str]]:
    """Where the numbers of a text end, and the nouns behind them; remembered."""
    ends = tuple(number.end for number in _numbers(text))
    return ends, frozenset(noun[0] for end in ends if (noun := counted_noun(text[end:])) is not None)


def states_number(question: Question, text: str) -> bool:
    """Whether a text has a number of every noun asked to be counted ("06 nhóm sản phẩm" for "mấy nhóm")."""
    if not question.counted:
        return any(char.isdigit() for char in text)
    return any(_states(counted.what, counted.form, text) for counted in question.counted)


@lru_cache(maxsize=50_000)
def _states(what: str, form: str, text: str) -> bool:
    """Whether a text has a number of a noun, in any of its forms; remembered."""
    counted, lowered = Counted(what=what, form=form), text.lower()
    ends, nouns = _counted_there(text)
    return (
        what in nouns
        or (what == "đồng" and MONEY_TOLD.search(lowered) is not None)
        or any(form in lowered and _counts_form(lowered, form, ends) for form in _forms(counted))
        or any(_counts(counted, lowered[one.end() :]) for one in _AT_LEAST_ONE.finditer(lowered))
        or (what in _UNITS_OF_PLACE and "địa phương" in nouns)
    )


# The one number in words that a text may mean otherwise.
_AT_LEAST_ONE = re.compile(r"(?<!\w)(?:ít nhất|tối thiểu|chỉ|gồm|thêm) một(?= )")


def _counts(counted: Counted, behind: str) -> bool:
    """Whether what stands behind a number is the noun asked to be counted, in whichever of its forms."""
    noun = counted_noun(behind)
    if noun is not None and noun[0] == counted.what:
        return True
    return re.match(rf" {re.escape(counted.form)}(?!\w)", behind) is not None


def _forms(counted: Counted) -> tuple[str, ...]:
    """What is counted as it was typed, and as texts say it ("kg" for "ký"); of a noun that is none of those known the
    first of its syllables: the next may be of another word ("bao nhiêu khách, thu về …")."""
    if counted.form == "người":
        return _PEOPLE
    if counted.what != counted.form:
        return (counted.form, counted.what)
    return (counted.form,) if counted.form in NOUNS else (counted.form, counted.form.split()[0])


# Who works for somebody is told as "400 lao động" too.
_PEOPLE = ("người", "lao động", "công nhân", "nhân công")
# Places of a province, which texts count together as "9/13 địa phương".
_UNITS_OF_PLACE = ("huyện", "xã")


def _counts_form(lowered: str, form: str, ends: Sequence[int]) -> bool:
    """Whether a text has a number of a noun in the very form asked. ends: where its numbers end."""
    behind, beside, before = _around(form)
    return (
        any(behind.match(lowered, end) for end in ends)
        or beside.search(lowered) is not None
        or any(_own_number(lowered, form, match.end()) for match in before.finditer(lowered))
    )


_MEASURED_IN = ("đồng", "usd", "%", "ha", "tấn", "năm", "tháng", "ngày")


def _own_number(lowered: str, form: str, end: int) -> bool:
    """Whether a number that stands behind a noun counts nothing else ("mỗi sản phẩm tối đa là 100 điểm"); what it is
    measured in is nothing else ("kinh phí là 6,5 tỷ đồng")."""
    other = counted_noun(lowered[end:])
    return other is None or other[1] == form or other[0] in _MEASURED_IN


@lru_cache(maxsize=256)
def _around(form: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    noun = re.escape(form)
    return (
        re.compile(rf"\s*{noun}(?!\w)"),
        re.compile(rf"\d\s+(?:\w+\s+)?{noun}(?!\w)"),
        # "điểm thấp nhất trong đợt là 58"
        re.compile(rf"(?<!\w){noun}(?:\s+\w+){{0,6}}\s*(?::|\slà|\sđạt)\s+\d[\d.,]*"),
    )


def said_in_words(text: str, nouns: Sequence[str]) -> bool:
    """Whether a text counts one of some nouns with a number in words: "sáu tháng một lần", "ba bộ"."""
    counted = "|".join(map(re.escape, nouns))
    numbers = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
    return re.search(rf"(?<!\w)(?:{numbers})\s+(?:{counted})(?!\w)", text, re.IGNORECASE) is not None
