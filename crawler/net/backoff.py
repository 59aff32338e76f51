"""How long to wait after a server said "later" (429, 503) or did not answer."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_RETRY_AFTER_S = 3600.0
FIRST_WAIT_S = 5.0
MAX_WAIT_S = 600.0


def retry_after_s(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for, 0 to 3600; None where there is none or it cannot be read.

    value: the header's value, delay-seconds or an HTTP-date (RFC 9110, 10.2.3). now: with its time zone.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), MAX_RETRY_AFTER_S)  # twelve digits are past any cap, and int() has a limit
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:  # "-0000" and asctime dates: HTTP-dates are in UTC all the same (RFC 9110, 5.6.7)
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), MAX_RETRY_AFTER_S)


def wait_s(attempt: int, retry_after: float | None = None) -> float:
    """Seconds to wait before asking again: what the server asked for, else 5, 10, 20 … at most 600.

    attempt: how many times the address has failed in a row, from 1.

    Raises:
        ValueError: `attempt` is less than 1.
    """
    if attempt < 1:
        raise ValueError(f"attempt is {attempt}; expected how many times it failed, from 1")
    return min(FIRST_WAIT_S * 2.0 ** min(attempt - 1, 16), MAX_WAIT_S) if retry_after is None else retry_after
