"""How exactly a question wants to be told when, and a text tells it: to the day, the month or the year."""

import re
from collections.abc import Sequence

from assistant.question import Question
from assistant.wording import says, words_of
from index.dates import find_dates

# Parts of an ISO date that are told.
YEAR, MONTH, DAY = 1, 2, 3
# A sentence that names the month or day asked for comes before one that does not, if it holds this share of the telling
# words, and this of what the one that holds most of them does.
EXACT_TOLD = 0.4
EXACT_SHARE = 0.7
# Who asks so wants a day, which a year does not tell.
_A_DAY = ("hôm nào", "ngày nào", "ngày mấy", "ngày bao nhiêu", "ngày tháng nào", "ngày tháng năm nào", "hôm mấy")
_A_MONTH = ("tháng mấy", "tháng nào", "tháng bao nhiêu", "tháng năm nào")
_NO_YEAR = re.compile(r"(?<![\d/])(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d])|(?<!\w)ngày\s+\d", re.IGNORECASE)


def exactness_asked(question: Question) -> int:
    """How exactly a question that asks when wants to be told it; YEAR of any other."""
    if question.wanted != "when":
        return YEAR
    return DAY if says(question.tokens, *_A_DAY) else MONTH if says(question.tokens, *_A_MONTH) else YEAR


def exactness_told(text: str) -> int:
    """How exactly a text tells a time at best; 0 where it names none."""
    told = max((mention.iso.count("-") + 1 for mention in find_dates(text)), default=0)
    return DAY if _NO_YEAR.search(text) is not None else told


def exact_first(question: Question, told: Sequence[tuple[str, float]]) -> list[int]:
    """The places of candidates, best first, those first that name the day or month asked for, a month where none has
    the day: who asks for the month is not told the year alone where a sentence that tells nearly as much has the month.

    told: of each candidate its text and the share of the telling words it holds. Of those that name no such time only
    what tells as much stays.
    """
    every = list(range(len(told)))
    asked = exactness_asked(question)
    if asked < MONTH or not told or exactness_told(told[0][0]) >= asked:
        return every
    least = max(EXACT_TOLD, EXACT_SHARE * max(share for _, share in told))
    for exactly in range(asked, max(YEAR, exactness_told(told[0][0])), -1):
        exact = [
            place
            for place, (text, share) in enumerate(told)
            if exactness_told(text) >= exactly and (share >= least or _has_numbers(question, text))
        ]
        if exact:
            return exact + [place for place in every if place not in exact and told[place][1] >= told[exact[0]][1]]
    return every


def less_exact(question: Question, texts: Sequence[str]) -> str | None:
    """That texts told tell the month or year alone, where the day or month is asked; None where one tells it, or none
    names a time."""
    asked = exactness_asked(question)
    told = max(map(exactness_told, texts), default=0)
    if not 0 < told < asked:
        return None
    return f"Nguồn chỉ ghi {'tháng' if told == MONTH else 'năm'}, không ghi {'ngày' if asked == DAY else 'tháng'}."


def _has_numbers(question: Question, text: str) -> bool:
    """Whether a text has every number a question gives, and it gives one."""
    words = words_of(text)
    return bool(question.numbers) and all(words.holds(number) for number in question.numbers)
