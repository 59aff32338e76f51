"""Days as requests write them."""

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator

from index.today import FIRST_DAY, LAST_DAY, within_reach
from web.problem import invalid_parameter, shown

# What is said of a day that is too far off.
DAYS = f"một ngày từ năm {FIRST_DAY.year} đến năm {LAST_DAY.year}, dạng YYYY-MM-DD"
_PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def read_day(value: object) -> date | None:
    """A day written YYYY-MM-DD (pydantic alone would also take 5 for 1 January 1970)."""
    if value is None:
        return None
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("một ngày dạng YYYY-MM-DD, ví dụ 2026-11-22")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise ValueError("một ngày có trong lịch, dạng YYYY-MM-DD") from None
    if not within_reach(day):
        raise ValueError(DAYS)
    return day


Day = Annotated[date | None, BeforeValidator(read_day)]


def partial_date(name: str, value: str | None) -> str | None:
    """An ISO date whose month and day may be missing, checked against the calendar."""
    if value is None or value == "":
        return None
    try:
        if not _PARTIAL_DATE.fullmatch(value):
            raise ValueError
        date.fromisoformat(value + "-01" * (2 - value.count("-")))
    except ValueError:
        detail = f"“{name}” nhận được {shown(value)}; cần một ngày dạng YYYY, YYYY-MM hoặc YYYY-MM-DD."
        raise invalid_parameter(name, detail, said=detail) from None
    return value
