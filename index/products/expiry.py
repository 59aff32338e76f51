"""How a product stands on a day: by which recognition, until when, and when its renewal may be filed.

The latest recognition counts: a new star, a renewal or a lower star each give a certificate of its own from the day of
their decision. A withdrawal ends what came before it. A decision that was replaced or revoked stops counting with that
day: where an earlier certificate of the product would still run then, no text tells whether it revives, and the state
is unknown. The rules of law are in `index.products.rules`.

A day known only as its month or year stands for every day of it. A state is told where it is the same for all of them:
the status, else "valid" where all of them are in force, else "unknown"; each date and the star likewise.
"""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import product as combinations

import numpy as np
import numpy.typing as npt

from index.products import rules
from index.products.product import Product, ProductState, Recognition, Status
from index.products.rules import Ground

Days = npt.NDArray[np.int32]  # days since 1 January 1970

STATUS_NAME: dict[Status, str] = {
    "not_yet": "chưa được công nhận",
    "valid": "còn hạn",
    "renewing": "còn hạn, đang trong khung nộp hồ sơ đánh giá lại",
    "late": "còn hạn, đã quá khung nộp hồ sơ đánh giá lại",
    "undetermined": "chưa xác định (Điều 12 khoản 3)",
    "expired": "hết hạn",
    "withdrawn": "đã bị thu hồi",
    "unknown": "chưa rõ",
}
HELD: frozenset[Status] = frozenset({"valid", "renewing", "late"})

_OPENS = timedelta(days=rules.WINDOW_OPENS_DAYS)
_CLOSES = timedelta(days=rules.WINDOW_CLOSES_DAYS)
_KEPT = timedelta(days=rules.KEPT_DAYS)
_DAY = timedelta(days=1)
_EVER = (date(1990, 1, 1), date(2190, 12, 31))  # any day that an unknown one may be
_COMBINATIONS = 512


def last_day(issued: date, months: int) -> date:
    """The last day of a certificate of that many months: the corresponding day, or the last of a shorter month."""
    years, month = divmod(issued.month - 1 + months, 12)
    year = issued.year + years
    return date(year, month + 1, min(issued.day, calendar.monthrange(year, month + 1)[1]))


def expiry_days(issued_days: Days, months: npt.NDArray[np.integer]) -> Days:
    """(n,) int32: `last_day` of many certificates at once, both in days since 1 January 1970.

    issued_days, months: (n,).
    """
    issued = np.asarray(issued_days, dtype="datetime64[D]")
    begun = issued.astype("datetime64[M]")
    ended = begun + np.asarray(months, dtype="timedelta64[M]")
    into = issued - begun.astype("datetime64[D]")
    longest = (ended + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    last: Days = np.minimum(ended.astype("datetime64[D]") + into, longest).astype(np.int64).astype(np.int32)
    return last


@lru_cache(maxsize=65536)
def days_of(iso: str | None) -> tuple[date, date]:
    """The first and last day that a date known so far may be: "2025-09" is 1 to 30 September 2025."""
    if not iso:
        return _EVER
    parts = [int(part) for part in iso[:10].split("-")]
    first = date(*parts, *[1] * (3 - len(parts)))
    if len(parts) == 3:
        return first, first
    month = parts[1] if len(parts) == 2 else 12
    return first, date(parts[0], month, calendar.monthrange(parts[0], month)[1])


def state(product: Product | Sequence[Recognition], on: date) -> ProductState:
    """How a product, or what a history alone says, stands at the end of a day."""
    return state_told(events_of(product.history if isinstance(product, Product) else product), on)


def state_told(events: Sequence["Event"], on: date) -> ProductState:
    """The state that what counts of a history (`events_of`) gives on a day."""
    if all(event.exact for event in events):
        return _exact(events, on)
    # counted without the day asked about, so that what is too much on one day is on every day
    if np.prod([float(len(list(candidates(event, events)))) for event in events]) > _COMBINATIONS:
        return ProductState(status="unknown")
    choices = [list(candidates(event, events, on)) for event in events]
    return _agreed([_exact(chosen, on) for chosen in combinations(*choices)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A recognition or withdrawal with the days it may be of; place: in the history."""

    place: int
    first: date
    last: date
    months: int
    star: int | None
    withdrawn: bool
    end_first: date | None
    end_last: date | None

    @property
    def exact(self) -> bool:
        """Whether its day, and that of its end, are known."""
        return self.first == self.last and self.end_first == self.end_last


def events_of(history: Sequence[Recognition]) -> list[Event]:
    """What counts of a history: not what was corrected, nor 1 and 2 stars, which are not recognised."""
    found: list[Event] = []
    for place, one in enumerate(history):
        if one.corrected_by is not None or (
            not one.withdrawn and one.star is not None and one.star < rules.LOWEST_STAR
        ):
            continue
        first, last = days_of(one.on)
        end_first, end_last = (None, None) if one.ended is None else days_of(one.ended)
        found.append(
            Event(
                place=place,
                first=first,
                last=last,
                months=one.months,
                star=one.star,
                withdrawn=one.withdrawn,
                end_first=end_first,
                end_last=end_last,
            )
        )
    return found


def candidates(event: Event, events: Iterable[Event], on: date | None = None) -> Iterator[Event]:
    """An event on each day that may make a difference: its bounds, the day asked about, and where others stand.

    Between two of these the state moves only one way as the day does, so that what holds at them holds between them.
    """
    turns = {
        turn
        for other in events
        if other is not event
        for day in (other.first, other.last, other.end_first, other.end_last)
        if day is not None
        for turn in (day - _DAY, day, day + _DAY)
    }
    turns |= set() if on is None else {on, on + _DAY}
    for day in sorted({event.first, event.last, *(turn for turn in turns if event.first < turn < event.last)}):
        if event.end_first is None or event.end_last is None:
            yield replace(event, first=day, last=day)
            continue
        within = (turn for turn in turns if event.end_first < turn < event.end_last)
        for end in sorted({event.end_first, event.end_last, *within}):
            yield replace(event, first=day, last=day, end_first=end, end_last=end)


def _exact(events: Sequence[Event], on: date) -> ProductState:
    """The state where every day is known."""
    past = [event for event in events if event.first <= on]
    if not past:
        return ProductState(status="not_yet")
    # a decision may withdraw a certificate and recognise the product anew: on one day the recognition counts
    latest = max(past, key=lambda event: (event.first, not event.withdrawn, event.place))
    if latest.withdrawn:
        return ProductState(status="withdrawn", since=latest.first, recognition=latest.place)
    own = _certified(latest, on)
    same = {
        event.star for event in past if event.first == latest.first and not event.withdrawn and not _over(event, on)
    }
    if len(same) > 1:
        own = replace(own, star=None)  # two decisions of one day that differ
    if not _over(latest, on):
        return own
    withdrawn = max((event.first for event in past if event.withdrawn), default=date.min)
    before = [event for event in past if not event.withdrawn and event.first >= withdrawn and not _over(event, on)]
    if any(_certified(event, on).status != "expired" for event in before):
        return ProductState(status="unknown")
    return ProductState(status="withdrawn", since=latest.end_first, recognition=latest.place)


def _over(event: Event, on: date) -> bool:
    """Whether its decision was replaced or revoked while the certificate still held, or might."""
    if event.end_first is None or event.end_first > on:
        return False
    expires = last_day(event.first, event.months)
    return event.end_first <= (expires + _KEPT if expires >= rules.IN_FORCE else expires)


def _certified(event: Event, on: date) -> ProductState:
    """The state that one certificate alone gives, from the day it was issued on."""
    expires = last_day(event.first, event.months)
    ruled = on >= rules.IN_FORCE
    opens, closes = expires - _OPENS, expires - _CLOSES
    keeps: date | None = None
    status: Status
    if on <= expires:
        status = "valid" if not ruled or on < opens else "renewing" if on <= closes else "late"
    elif expires >= rules.IN_FORCE and on <= expires + _KEPT:
        status, keeps = "undetermined", expires + _KEPT
    else:
        status = "expired"
    return ProductState(
        status=status,
        star=event.star,
        since=event.first,
        expires=expires,
        renew_from=opens if ruled else None,
        renew_to=closes if ruled else None,
        keeps_until=keeps,
        recognition=event.place,
        grounds=_grounds(event, status, ruled),
    )


def _grounds(event: Event, status: Status, ruled: bool) -> tuple[Ground, ...]:
    term = rules.term_ground(event.first) if event.months == rules.TERM_MONTHS else None
    found = [] if term is None else [term]
    if ruled and event.first < rules.IN_FORCE:
        found.append(rules.KEPT)
    if status in ("renewing", "late"):
        found.append(rules.WINDOW)
    if status == "undetermined":
        found.append(rules.EXTENSION)
    return tuple(found)


def _agreed(states: Sequence[ProductState]) -> ProductState:
    """What all of several possible states say alike."""
    first = states[0]
    statuses = {one.status for one in states}
    if len(statuses) == 1:
        status: Status = first.status
    elif statuses <= HELD:
        status = "valid"
    else:
        return ProductState(status="unknown")
    return ProductState(
        status=status,
        star=first.star if all(one.star == first.star for one in states) else None,
        since=first.since if all(one.since == first.since for one in states) else None,
        expires=first.expires if all(one.expires == first.expires for one in states) else None,
        renew_from=first.renew_from if all(one.renew_from == first.renew_from for one in states) else None,
        renew_to=first.renew_to if all(one.renew_to == first.renew_to for one in states) else None,
        keeps_until=first.keeps_until if all(one.keeps_until == first.keeps_until for one in states) else None,
        recognition=first.recognition if all(one.recognition == first.recognition for one in states) else None,
        grounds=tuple(ground for ground in first.grounds if all(ground in one.grounds for one in states)),
    )
