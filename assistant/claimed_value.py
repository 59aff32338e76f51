"""A value that a question claims ("giấy có hạn 5 năm, đúng không?"), and whether what a rule states bears it out."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant import answer as say
from assistant.question import Question, understand
from index.text import strip_marks

Unit = Literal["months", "days", "points"]

TAG = re.compile(
    r",?\s*(?:có\s+)?(?:đúng|phải|dung|phai)\s+(?:(?:vậy|vay|thế|the)\s+)?(?:không|khong|ko|chăng|chang|chứ|chu)"
    r"(?:\s+(?:ạ|a|nhỉ|nhi))?\s*\??\s*$|"
    r"(?<!\w)(?:có phải|co phai|phải chăng|phai chang)\s+(?:là\s+|la\s+)?",
    re.IGNORECASE,
)
# Where a question ends so, what it says is to be borne out.
ASKS_WHETHER = re.compile(r"(?<!\w)(?:hả|à|hở|ha|phải không|chứ)\s*[?!.]*\s*$", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?:trong\s+(?:vòng\s+)?|là\s+|la\s+)?(?<![\w/.,])(?P<amount>\d{1,3}(?:,\d+)?)\s+"
    r"(?P<unit>năm|nam|tháng|thang|tuần|tuan|ngày|ngay|điểm|diem)(?!\w|\s+(?:20\d\d|\d))",
    re.IGNORECASE,
)
_RANGE = re.compile(r"từ\s+(\d+(?:,\d+)?)\s+(?:điểm\s+)?đến\s+(?:dưới\s+)?(\d+(?:,\d+)?)", re.IGNORECASE)
_UNITS: dict[str, tuple[Unit, float]] = {
    "nam": ("months", 12.0),
    "thang": ("months", 1.0),
    "tuan": ("days", 7.0),
    "ngay": ("days", 1.0),
    "diem": ("points", 1.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """An amount a question claims: so many months, days or points."""

    amount: float
    unit: Unit


def claimed_value(question: Question) -> tuple[Question, Value] | None:
    """The question for a value instead of the one it claims with "đúng không", and that one; None where it claims none,
    or more than one."""
    text = question.text
    amounts = list(_AMOUNT.finditer(text))
    if TAG.search(text) is None or len(amounts) != 1:
        return None
    unit, factor = _UNITS[strip_marks(amounts[0]["unit"]).lower()]
    if unit == "points" and question.stars is not None:
        return None  # "được 94,9 điểm, thế là 5 sao rồi phải không?": the star is what is claimed
    asking = "bao nhiêu điểm" if unit == "points" else "bao lâu"
    spoken = f"{text[: amounts[0].start()]}{asking}{text[amounts[0].end() :]}"
    rest = understand(f"{TAG.sub(' ', spoken).strip(' ,.?')}?")
    if rest.aim != "question":
        return None
    return rest, Value(amount=float(amounts[0]["amount"].replace(",", ".")) * factor, unit=unit)


def verdict_on(value: Value, stated: str | None) -> str | None:
    """Whether what a rule states is that value, another of its kind, or none to compare with."""
    if value.unit == "points" and any(
        float(low.replace(",", ".")) < value.amount < float(high.replace(",", "."))
        for low, high in _RANGE.findall(stated or "")
    ):
        return None  # it lies in what is stated, whatever else is claimed of it
    found = set()
    for match in _AMOUNT.finditer(stated or ""):
        unit, factor = _UNITS[strip_marks(match["unit"]).lower()]
        if unit == value.unit:
            found.add(float(match["amount"].replace(",", ".")) * factor)
    if not found:
        return None
    return say.TRUE_SAYING if value.amount in found else say.FALSE_SAYING
