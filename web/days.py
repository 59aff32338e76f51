"""Days as requests write them."""

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator


def read_day(value: object) -> date | None:
    """A day written YYYY-MM-DD (pydantic alone would also take 5 for 1 January 1970)."""
    if value is None:
        return None
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("một ngày dạng YYYY-MM-DD, ví dụ 2026-11-22")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("một ngày có trong lịch, dạng YYYY-MM-DD") from None


Day = Annotated[date | None, BeforeValidator(read_day)]
