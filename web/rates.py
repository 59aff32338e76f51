"""How often something may be asked: rules such as "60/minute; 2000/day", kept by a moving window, for whoever asks.

RatesError   what counts cannot be had (no client library for its address)
"""

import logging
import math
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Literal, get_args

import pydantic
from limits import RateLimitItem, parse_many
from limits.errors import ConfigurationError, StorageError
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from pydantic import AfterValidator

# ask: questions, in every way they can be put. search: passages and records looked for. feedback: ratings given.
# read: everything else that is read from the corpus.
Bucket = Literal["ask", "search", "feedback", "read"]
BUCKETS: tuple[Bucket, ...] = get_args(Bucket)

# A Redis on this machine or beside it answers within a millisecond or two. One that does not within this time is taken
# for broken, and is asked again only after the other: while it is, each request waits for it no longer than once.
REDIS_TIMEOUT_S = 0.5
REDIS_AGAIN_S = 5.0
_REDIS_SCHEMES = ("redis", "rediss", "redis+unix")

_log = logging.getLogger("ocop.server")


class RatesError(Exception):
    """What counts cannot be had; the message says what to install or to set."""


@lru_cache(maxsize=256)
def parsed(rule: str) -> tuple[RateLimitItem, ...]:
    """The limits a rule states; none where it is empty.

    Raises:
        ValueError: it is no rule, or allows nothing at all.
    """
    if not rule.strip():
        return ()
    try:
        items = tuple(parse_many(rule))
    except ValueError:
        items = ()
    if not items or any(item.amount < 1 or item.multiples < 1 for item in items):
        raise ValueError("cần dạng '60/minute' hay '60/minute; 2000/day' (second, minute, hour, day); '' là không hạn")
    return items


def _checked(rule: str) -> str:
    parsed(rule)
    return rule


Rule = Annotated[str, AfterValidator(_checked)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A rule for each kind of request; "" for no limit."""

    __pydantic_config__ = pydantic.ConfigDict(extra="forbid")

    ask: Rule = ""
    search: Rule = ""
    feedback: Rule = ""
    read: Rule = ""

    def of(self, bucket: Bucket) -> tuple[RateLimitItem, ...]:
        """The limits of one kind of request."""
        rule: str = getattr(self, bucket)
        return parsed(rule)


# For one address. A school, an office or all phones of an operator's cell may share one, so that these stop floods, not
# people; what is finer is a portal's to say.
DEFAULT_RULES = Rules(ask="60/minute; 3000/day", search="180/minute", feedback="20/minute", read="600/minute")


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """A limit that is used up. wait_s: whole seconds until something is allowed again, at least 1."""

    limit: str
    wait_s: int


class Rates:
    """Counts what was asked, in this process or in a Redis that several share. Thread-safe.

    Where the Redis does not answer, this process counts for itself until it does: neither is everyone turned away nor
    everything let through.
    """

    def __init__(self, url: str = "", *, again_s: float = REDIS_AGAIN_S) -> None:
        """url: "redis://host:6379/0", "rediss://…" or "redis+unix:///path"; "" to count in this process. again_s: how
        long a Redis that did not answer is left alone.

        Raises:
            RatesError: the address is none of these, or the client library is not installed.
        """
        self.shared = bool(url)
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._limiter = self._own
        self._again_s = again_s
        self._failed_until: float | None = None  # monotonic seconds; None while it answers
        if url:
            self._limiter = MovingWindowRateLimiter(_redis(url))

    def take(self, rules: tuple[RateLimitItem, ...], *who: str) -> Over | None:
        """Count one request of `who`; the limit it is over, or None where it may go on.

        What is refused is not counted: who goes on trying waits no longer for it.
        """
        if self._limiter is not self._own and self._answers():
            try:
                over = _take(self._limiter, rules, who)
            except StorageError as error:
                self._failed(error)
            else:
                self._answered()
                return over
        return _take(self._own, rules, who)

    def _answers(self) -> bool:
        return self._failed_until is None or time.monotonic() >= self._failed_until

    def _failed(self, error: StorageError) -> None:
        if self._failed_until is None:
            # what the address holds of a password is not in the client's messages, and not in this one
            _log.warning("OCOP_LIMITS_URL does not answer, so this process counts for itself: %s", error)
        self._failed_until = time.monotonic() + self._again_s

    def _answered(self) -> None:
        if self._failed_until is not None:
            _log.info("OCOP_LIMITS_URL answers again")
        self._failed_until = None

    def full(self, rules: tuple[RateLimitItem, ...], *who: str) -> Over | None:
        """The limit `who` is over, without counting."""
        for item in rules:
            if not self._own.test(item, *who):
                return _over(self._own, item, who)
        return None


def _take(limiter: MovingWindowRateLimiter, rules: tuple[RateLimitItem, ...], who: tuple[str, ...]) -> Over | None:
    # looked at first, so that a request refused by the second limit does not use up the first
    for item in rules:
        if not limiter.test(item, *who):
            return _over(limiter, item, who)
    for item in rules:
        if not limiter.hit(item, *who):  # another took the last one in between
            return _over(limiter, item, who)
    return None


def _over(limiter: MovingWindowRateLimiter, item: RateLimitItem, who: tuple[str, ...]) -> Over:
    reset, _ = limiter.get_window_stats(item, *who)
    return Over(limit=str(item), wait_s=max(1, math.ceil(reset - time.time())))


def _redis(url: str) -> Storage:
    """What counts in a Redis; it is not reached yet.

    Raises:
        RatesError: as for `Rates`.
    """
    scheme = url.partition("://")[0]
    if scheme not in _REDIS_SCHEMES:
        raise RatesError(
            f"OCOP_LIMITS_URL bắt đầu bằng {scheme!r}; cần địa chỉ như redis://127.0.0.1:6379/0, hay bỏ trống để đếm "
            "trong bộ nhớ"
        )
    try:
        return storage_from_string(  # type: ignore[return-value]
            url,
            wrap_exceptions=True,
            socket_timeout=REDIS_TIMEOUT_S,
            socket_connect_timeout=REDIS_TIMEOUT_S,
            # the client's own tries come after one another, each with the whole time
            retry=None,  # type: ignore[arg-type]
        )
    except ConfigurationError as error:
        raise RatesError(
            f"OCOP_LIMITS_URL cần thư viện chưa được cài ({error}). Cài bằng: "
            '.venv/bin/python -m pip install -e ".[redis]"'
        ) from error
    except ValueError as error:
        raise RatesError(
            f"OCOP_LIMITS_URL không phải địa chỉ dùng được ({error}); cần dạng redis://127.0.0.1:6379/0"
        ) from error
