"""Whether a text tells what one part of a question asks for: a number of what is counted, a place, a day, a maker."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.called import names_place
from assistant.counted import Counted
from assistant.evidence import PRODUCER, fits_kind, names_in, names_person, specific
from assistant.exactness import exactness_asked, exactness_told
from assistant.numbers_told import said_in_words, states_number
from assistant.question import Question
from assistant.shortcomings import tells_shortcoming
from assistant.signals import names_star
from assistant.wanted import LAST
from assistant.wording import says, tokens
from index.dates import find_dates
from index.figures.counted import counted_noun
from index.figures.numbers import Number, find_numbers
from index.figures.planned import says_reached
from index.figures.stars import find_stars
from index.text import strip_marks

# Kinds of answer that have a form of their own, so that a text without it does not give them.
_FORMED = ("who", "star", "share", "duration", "number", "why")
# Two stars or more named in one part ("tách giúp 4 sao và 3 sao") ask for the number of each.
_OF_EACH_STAR = ("how", "list", "breakdown", "text")
_STAR = re.compile(r"(?<!\d)([1-5])\s*sao(?!\w)", re.IGNORECASE)
_OF_COUNTRY = 5
# What comes first or last among several, as it is asked, and as texts tell it.
_FIRST = ("nhiều nhất", "đông nhất", "cao nhất", "lớn nhất", "đứng đầu", "dẫn đầu")
_LAST = ("ít nhất", "thấp nhất", "nhỏ nhất", *LAST)
_RANKING = ("compare", "list", "where", "text")
_HOURS = ("mấy giờ", "giờ nào", "bao nhiêu giờ")
_HOUR = re.compile(r"\d\s?(?:giờ|h)(?![a-zà-ỹ])", re.IGNORECASE)
# Who asks so is told a person or a maker, or a maker.
_WHOSE = ("của ai", "của những ai", "của nhà nào", "thuộc về ai", "hãng nào", "chủ thể nào", "ai làm ra")
_MAKERS = ("công ty nào", "doanh nghiệp nào", "hợp tác xã nào", "cơ sở nào", "hộ nào", "xưởng nào")
# What is counted by another name in texts.
_ALSO = {"nước": "quốc gia", "quốc gia": "nước", "người": "lao động", "khách": "lượt khách"}
# Whatever may be a number, or a time.
_IN_WORDS = re.compile(r"(?<!\w)(?:hai|ba|bốn|sáu|bảy|tám|chín|mười|trăm|nghìn|ngàn|chục)(?!\w)", re.IGNORECASE)
_TIME = re.compile(r"\d|(?<!\w)(?:hôm|ngày|tháng|năm|quý|sáng|chiều|tối|giờ)(?!\w)", re.IGNORECASE)


def tells(part: Question, whole: Question, text: str) -> bool | None:
    """Whether a text has the kind of thing a part asks for, beside what the whole question says of it itself; None of
    kinds that have no form of their own."""
    if len(stars := _stars(part.text)) > 1 and part.wanted in _OF_EACH_STAR:
        return all(names_star(text, star) for star in stars) and bool(_numbers(text, whole))
    if (told := _superlative(part)) is not None:
        return says(tokens(text), *told)
    if part.wanted == "figure":
        return _counts(part, whole, text) if part.counted else bool(_numbers(text, whole))
    if part.wanted == "where":
        return names_place(replace(part, tokens=whole.tokens), text)
    if says(part.tokens, *_HOURS):
        return _HOUR.search(text) is not None
    if part.wanted == "when":
        exact, asked = exactness_told(text), exactness_asked(part)
        return exact > 0 and exact >= asked and any(one.iso not in whole.dates for one in find_dates(text))
    if part.wanted == "why" and tells_shortcoming(text):
        return True
    if says(part.tokens, *_WHOSE):
        return PRODUCER.search(text) is not None or names_person(text)
    if says(part.tokens, *_MAKERS):
        return PRODUCER.search(text) is not None
    return fits_kind(part, text) if part.wanted in _FORMED else None


def _superlative(part: Question) -> tuple[str, ...] | None:
    """How texts tell the first or last among several, where a part asks for that; else None."""
    if part.wanted not in _RANKING:
        return None
    return next((told for told in (_FIRST, _LAST) if says(part.tokens, *told)), None)


def may_tell(part: Question, whole: Question, text: str) -> bool:
    """Whether a text has anything that may be what a part asks for, in whatever form: any number, name, date, grade."""
    if part.wanted == "figure":
        return any(char.isdigit() for char in _without(whole.numbers, text)) or _IN_WORDS.search(text) is not None
    if part.wanted in ("when", "duration"):
        return _TIME.search(text) is not None
    if part.wanted == "star":
        return "sao" in text.lower()
    if part.wanted == "share":
        return "%" in text or "phần trăm" in text
    if part.wanted in ("where", "who"):
        asked = " ".join(whole.tokens)
        return any(strip_marks(name.lower()) not in strip_marks(asked) for name in names_in(part, text))
    return True


def _without(numbers: Sequence[str], text: str) -> str:
    """A text without some numbers."""
    for number in numbers:
        text = re.sub(rf"(?<![\d.,/]){re.escape(number)}(?![\d/]|[.,]\d)", "…", text)
    return text


def about(part: Question) -> tuple[str, ...]:
    """The words that say of what a part asks, without what is counted."""
    counted = {word for item in part.counted for word in item.form.split()}
    return tuple(word for word in specific(part) if word not in counted)


def numbers_of(part: Question, whole: Question, text: str) -> frozenset[float]:
    """The numbers of a text that count what a part asks for, where it says what, and that the question does not
    give."""
    return frozenset(
        one.value for one in _numbers(text, whole) if not part.counted or _of(part.counted, text[one.end :])
    )


def counts_reached(text: str) -> bool:
    """Whether a number of a text is of what was reached, whatever else it speaks of."""
    return any(says_reached(text, one.start) for one in _plain_numbers(text))


def _of(counted: Sequence[Counted], behind: str) -> bool:
    """Whether what stands behind a number is one of the things counted."""
    noun = counted_noun(behind.lstrip())
    return any(
        (noun is not None and noun[0] == item.what) or behind.lstrip().lower().startswith(item.form) for item in counted
    )


def _stars(text: str) -> frozenset[int]:
    return frozenset(map(int, _STAR.findall(text)))


@lru_cache(maxsize=4096)
def _plain_numbers(text: str) -> tuple[Number, ...]:
    taken = [*((one.start, one.end) for one in find_dates(text)), *((one.start, one.end) for one in find_stars(text))]
    return tuple(one for one in find_numbers(text, taken) if not one.rare)


def _numbers(text: str, whole: Question) -> list[Number]:
    """The numbers of a text that are no date and no star, and that the question does not give."""
    given = {float(number.replace(".", "").replace(",", ".")) for number in whole.numbers}
    return [one for one in _plain_numbers(text) if one.value not in given]


def _counts(part: Question, whole: Question, text: str) -> bool:
    """Whether a text counts what a part asks for, by a number that the question does not give."""
    text = _without(whole.numbers, text)
    forms = [Counted(what=other, form=other) for item in part.counted if (other := _ALSO.get(item.form))]
    return any(
        (states_number(replace(part, counted=(item,)), text) or said_in_words(text, (item.form,)))
        and (item.stars is None or _of_star(text, item.stars[0]))
        for item in (*part.counted, *forms)
    )


def _of_star(text: str, star: int) -> bool:
    """Whether a text names a star; the fifth is that of the country."""
    return names_star(text, star) or (star == _OF_COUNTRY and "quốc gia" in text)
