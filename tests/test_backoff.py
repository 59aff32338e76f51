"""Waiting as a server asks (RFC 9110, 10.2.3), and longer each time it fails."""

from datetime import UTC, datetime

import pytest

from crawler.net.backoff import retry_after_s, wait_s

NOW = datetime(2026, 11, 22, 8, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("7200", 3600.0),
        ("9" * 5000, 3600.0),
        ("Sun, 22 Nov 2026 08:01:30 GMT", 90.0),
        ("Sunday, 22-Nov-26 08:01:30 GMT", 90.0),
        ("Sun Nov 22 08:01:30 2026", 90.0),
        ("Sun, 22 Nov 2026 15:01:30 +0700", 90.0),
        ("Sun, 22 Nov 2026 07:00:00 GMT", 0.0),
        ("Mon, 22 Nov 2027 08:00:00 GMT", 3600.0),
    ],
)
def test_retry_after_read(value: str, seconds: float) -> None:
    assert retry_after_s(value, NOW) == seconds


@pytest.mark.parametrize(
    "value", [None, "", "soon", "-5", "1.5", "12 s", "٣", "Sun, 99 Nov 2026 08:00:00 GMT", "Sun, 22 Nov 99999 08:00:00"]
)
def test_retry_after_that_cannot_be_read(value: str | None) -> None:
    assert retry_after_s(value, NOW) is None


def test_waits_double_up_to_ten_minutes() -> None:
    assert [wait_s(attempt) for attempt in (1, 2, 3, 4)] == [5.0, 10.0, 20.0, 40.0]
    assert wait_s(9) == wait_s(10**9) == 600.0


def test_what_the_server_asks_for_is_kept() -> None:
    assert wait_s(1, 300.0) == 300.0
    assert wait_s(3, 1.0) == 1.0
    with pytest.raises(ValueError, match="from 1"):
        wait_s(0)
