"""A province that a question describes by what it has, for its name: "kế hoạch 2021 của tỉnh có 33 sản phẩm"."""

import re

from assistant.corpus import Corpus
from index.figures.numbers import find_numbers
from index.places.named import PROVINCES, find_places

# "tỉnh có 33 sản phẩm OCOP", "địa phương đã được 18 sản phẩm 4 sao"; not "tỉnh nào có …", which asks for the name.
_DESCRIBED = re.compile(
    r"(?<!\w)(?:tỉnh|thành phố|địa phương)\s+(?:(?:mà|đã|hiện|đang|từng)\s+)*(?:có|được|đạt)\s+(?P<number>\d[\d.]*)\s+"
    r"(?P<what>sản phẩm|chủ thể)(?:\s+OCOP)?(?:\s+(?:(?:đạt|hạng)\s+)*(?P<star>[3-5])\s+sao)?(?!\w)",
    re.IGNORECASE,
)
_ASKS_NAME = re.compile(
    r"(?<!\w)(?:(?:tỉnh|thành phố|địa phương|nơi|chỗ)\s+(?:nào|gì)|ở\s+đâu|tên\s+gì)(?!\w)", re.IGNORECASE
)


def with_place_described(text: str, corpus: Corpus) -> str:
    """A question with the name of the one province it describes so; as it stands where it names one itself, asks for
    the name, or where the figures held tell that of none or of several."""
    found = _DESCRIBED.search(text)
    if found is None or _ASKS_NAME.search(text) or find_places(text, typed=True):
        return text
    value = next((number.value for number in find_numbers(found["number"])), None)
    star = None if found["star"] is None else int(found["star"])
    places = {
        figure.place
        for figure in corpus.figures_counting(found["what"].lower())
        if figure.value == value
        and figure.place in PROVINCES
        and figure.subplace is None
        and not figure.planned
        and (figure.star, figure.star_to) in (((None, None), (3, 5)) if star is None else ((star, star),))
    }
    if len(places) != 1:
        return text
    label = PROVINCES[places.pop() or ""].label
    return f"{text[: found.start()]}{label}{text[found.end() :]}"
