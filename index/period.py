"""ISO dates of reduced precision as intervals of days, for filters: "2020-06" runs from the 1st to the 30th."""

import calendar
import re
from datetime import date

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def first_day(iso: str) -> int:
    """The proleptic ordinal of the first day an ISO date means; a time of day is ignored.

    Raises:
        ValueError: it is not "2020", "2020-06" or "2020-06-12".
    """
    year, month, day = _parts(iso)
    return date(year, month or 1, day or 1).toordinal()


def last_day(iso: str) -> int:
    """The proleptic ordinal of the last day an ISO date means; a time of day is ignored.

    Raises:
        ValueError: it is not "2020", "2020-06" or "2020-06-12".
    """
    year, month, day = _parts(iso)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1]).toordinal()


def _parts(iso: str) -> tuple[int, int | None, int | None]:
    match = _ISO.fullmatch(iso.partition("T")[0])
    if match is None:
        raise ValueError(f"{iso!r} is no date; expected ISO 8601 such as '2020', '2020-06' or '2020-06-12'")
    year, month, day = match.groups()
    # A day or month that does not exist is refused here, with the interval's own message left to `date`.
    date(int(year), int(month or 1), int(day or 1))
    return int(year), int(month) if month else None, int(day) if day else None
