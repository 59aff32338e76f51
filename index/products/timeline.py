"""The states of many products on any day, as arrays: each product's life cut where its state changes.

A state never changes between two neighbouring cuts, so a day is answered by finding the last cut up to it: some
milliseconds for 100,000 products. `index.products.expiry.state` says the same of one product.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

import numpy as np
import numpy.typing as npt

from index.products import rules
from index.products.expiry import Days, Event, candidates, events_of, expiry_days, last_day, state_told
from index.products.product import Product, ProductState, Status

STATUSES: tuple[Status, ...] = get_args(Status)
CODE: dict[Status, int] = {status: code for code, status in enumerate(STATUSES)}
NO_DAY = np.iinfo(np.int32).min  # earlier than any day
NEVER = np.iinfo(np.int32).max  # later
_EPOCH = date(1970, 1, 1)
_DAY = timedelta(days=1)
_RULED = (rules.IN_FORCE - _EPOCH).days


def day_number(day: date) -> int:
    """Days since 1 January 1970."""
    return (day - _EPOCH).days


def day_of(number: int) -> date | None:
    """The day of such a number; None of `NO_DAY`."""
    return None if number == NO_DAY else _EPOCH + timedelta(days=int(number))


@dataclass(frozen=True, slots=True, kw_only=True)
class StateArrays:
    """The states of all products on one day, each (n,) in their order.

    status: codes, places in `STATUSES`. star: 0 where there is none. since, expires: day numbers, `NO_DAY` where there
    is none. The first day to file a renewal is `expires` less 180, the last less 120 (`index.products.rules`).
    recognition: places in the histories, -1 where there is none.
    """

    on: date
    status: npt.NDArray[np.int8]
    star: npt.NDArray[np.int8]
    since: Days
    expires: Days
    recognition: npt.NDArray[np.int16]


class Timelines:
    """The states of products on every day."""

    def __init__(self, products: Sequence[Product]) -> None:
        histories = [(place, events_of(product.history)) for place, product in enumerate(products)]
        owners, cuts, states = _plain_cuts([(place, events) for place, events in histories if _plain(events)])
        rows = [
            (place, NO_DAY if cut is None else day_number(cut), *_row(told))
            for place, events in histories
            if not _plain(events)
            for cut, told in _cuts(events)
        ]
        if rows:
            added = np.array(rows, dtype=np.int64)
            owners = np.concatenate([owners, added[:, 0].astype(np.int32)])
            cuts = np.concatenate([cuts, added[:, 1].astype(np.int32)])
            states = np.concatenate([states, added[:, 2:].astype(np.int32)])
        order = np.lexsort((cuts, owners))  # stable: of two cuts of one day the later stage counts
        self._cuts: Days = cuts[order]
        self._states: npt.NDArray[np.int32] = states[order]
        self._first = np.searchsorted(owners[order], np.arange(len(products)))

    @classmethod
    def of_arrays(cls, first: npt.NDArray[np.int64], cuts: Days, states: npt.NDArray[np.int32]) -> "Timelines":
        """Those whose `arrays` were kept in files."""
        timelines = cls(())
        timelines._first, timelines._cuts, timelines._states = first, cuts, states
        return timelines

    @property
    def arrays(self) -> tuple[npt.NDArray[np.int64], Days, npt.NDArray[np.int32]]:
        """All there is of them: (n,) where each product's cuts begin, (c,) the cuts, (c, 5) the state from each on."""
        return self._first.astype(np.int64), self._cuts, self._states

    def on(self, day: date) -> StateArrays:
        """How each product stands on a day."""
        if self._first.size == 0:
            at = self._first
        else:
            at = self._first - 1 + np.add.reduceat(self._cuts <= day_number(day), self._first, dtype=np.int64)
        found = self._states[at]
        return StateArrays(
            on=day,
            status=found[:, 0].astype(np.int8),
            star=found[:, 1].astype(np.int8),
            since=found[:, 2],
            expires=found[:, 3],
            recognition=found[:, 4].astype(np.int16),
        )


def _row(told: ProductState) -> tuple[int, int, int, int, int]:
    return (
        CODE[told.status],
        told.star or 0,
        NO_DAY if told.since is None else day_number(told.since),
        NO_DAY if told.expires is None else day_number(told.expires),
        -1 if told.recognition is None else told.recognition,
    )


def _plain(events: Sequence[Event]) -> bool:
    """Whether each event simply counts from its day until the next."""
    days = {event.first for event in events}
    return len(days) == len(events) and all(event.exact and event.end_first is None for event in events)


def _plain_cuts(
    histories: Sequence[tuple[int, Sequence[Event]]],
) -> tuple[npt.NDArray[np.int32], Days, npt.NDArray[np.int32]]:
    """Owners (m,), cuts (m,) and states (m, 5) of products of which each event counts until the next, all at once."""
    told = [(place, event) for place, events in histories for event in sorted(events, key=lambda one: one.first)]
    owner = np.array([place for place, _ in told], dtype=np.int32)
    day = np.array([day_number(event.first) for _, event in told], dtype=np.int32)
    star = np.array([event.star or 0 for _, event in told], dtype=np.int32)
    at = np.array([event.place for _, event in told], dtype=np.int32)
    withdrawn = np.array([event.withdrawn for _, event in told], dtype=np.bool_)
    expires = expiry_days(day, np.array([event.months for _, event in told], dtype=np.int64))
    until = np.append(np.where(owner[1:] == owner[:-1], day[1:], NEVER), NEVER)[: len(told)]
    kept = np.where(expires >= _RULED, rules.KEPT_DAYS, 0)
    stages: tuple[tuple[Status, npt.NDArray[np.integer], npt.NDArray[np.integer]], ...] = (
        ("valid", day, expires),
        ("renewing", np.maximum(expires - rules.WINDOW_OPENS_DAYS, _RULED), expires),
        ("late", np.maximum(expires - rules.WINDOW_CLOSES_DAYS + 1, _RULED), expires),
        ("undetermined", expires + 1, expires + kept),
        ("expired", expires + 1 + kept, np.full(len(told), NEVER)),
        ("withdrawn", day, np.full(len(told), NEVER)),
    )
    everyone = np.array([place for place, _ in histories], dtype=np.int32)
    owners, cuts = [everyone], [np.full(len(histories), NO_DAY, dtype=np.int32)]
    states = [np.tile(np.array([CODE["not_yet"], 0, NO_DAY, NO_DAY, -1], dtype=np.int32), (len(histories), 1))]
    for status, begin, last in stages:
        begun = np.maximum(begin, day)
        lasting = (begun <= last) & (begun < until) & (withdrawn == (status == "withdrawn"))
        code = np.full(len(told), CODE[status], dtype=np.int32)
        rows = np.stack([code, star, day, expires, at], axis=1)
        if status == "withdrawn":
            rows[:, 1], rows[:, 3] = 0, NO_DAY
        owners.append(owner[lasting])
        cuts.append(begun[lasting].astype(np.int32))
        states.append(rows[lasting])
    return np.concatenate(owners), np.concatenate(cuts), np.concatenate(states)


def _cuts(events: Sequence[Event]) -> Iterator[tuple[date | None, ProductState]]:
    """Each day from which a product's state is another, with that state; None before all of them."""
    days = {rules.IN_FORCE}
    for event in events:
        for one in candidates(event, events):
            days |= {one.first, one.first + _DAY}
            days |= {end for end in (one.end_first, one.end_last) if end is not None}
            expires = last_day(one.first, one.months)
            days |= {
                expires - timedelta(days=rules.WINDOW_OPENS_DAYS),
                expires - timedelta(days=rules.WINDOW_CLOSES_DAYS - 1),
                expires + _DAY,
                expires + timedelta(days=rules.KEPT_DAYS + 1),
            }
    former = state_told(events, min(days) - _DAY)
    yield None, former
    for day in sorted(days):
        told = state_told(events, day)
        if _row(told) != _row(former):
            yield day, told
            former = told
