"""The district an answer names where a question asked which one: what the next question's "huyện đó" is."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.question import Question
from assistant.wording import says, tokens
from index.places.districts import DISTRICTS, find_districts

_WHICH = tuple(
    f"{kind} {which}"
    for kind in ("huyện", "địa phương", "nơi", "thị xã", "đơn vị", "thành phố", "chỗ")
    for which in ("nào", "mô")
)
_LEADS = re.compile(r"(?:(?:huyện|thị xã|thành phố|quận|trong đó|nơi|là|địa phương|dẫn đầu|nhiều nhất)[\s,:]*)*", re.I)
_MANY = ("những", "các", "mấy", "bao nhiêu", "hai", "ba", "bốn", "năm", "nào nữa")


def with_place_told(asked: Question, said: Sequence[str]) -> Question:
    """The question with the district that the first sentence of its answer leads with, where it asked for one and named
    none: as if that had been spoken of too.

    said: the sentences of the answer, in order.
    """
    if asked.districts or not said or not says(asked.tokens, *_WHICH) or says(asked.tokens, *_MANY):
        return asked
    mentions = find_districts(said[0], provinces=asked.places)
    # what stands before it may be a place that is not known here
    if not mentions or _LEADS.fullmatch(said[0], 0, mentions[0].start) is None:
        return asked
    of_place = [key for key in mentions[0].candidates if not asked.places or DISTRICTS[key].province in asked.places]
    if len(of_place) != 1:
        return asked
    name = said[0][mentions[0].start : mentions[0].end]
    return replace(asked, districts=((of_place[0],),), heard=(*asked.heard, "|", *tokens(name)))
