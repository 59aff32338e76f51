"""The day it is in Viet Nam, whose law and figures are meant where no other is asked about."""

from datetime import date, datetime, timedelta, timezone

VIET_NAM = timezone(timedelta(hours=7))


def vietnam_today() -> date:
    """Today's date at UTC+7."""
    return datetime.now(VIET_NAM).date()
