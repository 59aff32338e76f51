"""The day whose law and figures are meant: today in Viet Nam where no other is asked about; how far others may be."""

from datetime import date, datetime, timedelta, timezone

# The days that may be asked for: beyond them nothing is in force, and reckoning leaves the calendar.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
VIET_NAM = timezone(timedelta(hours=7))


def vietnam_today() -> date:
    """Today's date at UTC+7."""
    return datetime.now(VIET_NAM).date()


def within_reach(day: date) -> bool:
    """Whether a day may be asked for."""
    return FIRST_DAY <= day <= LAST_DAY
