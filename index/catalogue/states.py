"""How every product stands on a day, in columns."""

from dataclasses import dataclass
from datetime import date
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from index.catalogue.product_columns import ProductArrays
from index.products.product import Status

STATUSES: tuple[Status, ...] = get_args(Status)
# A day of none: before every day that is asked about.
NO_DAY = 0
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class States:
    """n products on a day.

    status: (n,) int8, place in `STATUSES`. star: (n,) int8, 0 where it has none or it is not known. since, expires:
    (n,) int32, proleptic ordinals of the recognition that counts and the last day of its certificate; `NO_DAY` of none.
    """

    status: NDArray[np.int8]
    star: NDArray[np.int8]
    since: NDArray[np.int32]
    expires: NDArray[np.int32]


def states_on(arrays: ProductArrays, on: date) -> States:
    """The states of all products on a day."""
    day, count, rows = on.toordinal(), len(arrays.ends) - 1, len(arrays.first)
    known = (arrays.first > 0) & (arrays.first <= day)
    counted = np.where(known, np.arange(rows), -1)
    owner = np.repeat(np.arange(count), np.diff(arrays.ends))
    latest = np.full(count, -1, np.int64)
    np.maximum.at(latest, owner, counted)
    has = latest >= 0
    at = np.where(has, latest, 0)
    first = arrays.first[at] if rows else np.zeros(count, np.int32)
    months = arrays.months[at] if rows else np.zeros(count, np.int16)
    withdrawn = (arrays.withdrawn[at] if rows else np.zeros(count, np.bool_)) & has
    expires = _after(first, months)
    left = expires - day
    status = np.full(count, STATUSES.index("not_yet"), np.int8)
    undated = np.zeros(count, np.bool_)
    undated[owner[arrays.first == 0]] = True
    status[undated & ~has] = STATUSES.index("unknown")
    status[has & (left > 180)] = STATUSES.index("valid")
    status[has & (left <= 180) & (left >= 120)] = STATUSES.index("renewing")
    status[has & (left < 120) & (left >= 0)] = STATUSES.index("late")
    status[has & (left < 0) & (left >= -180)] = STATUSES.index("undetermined")
    status[has & (left < -180)] = STATUSES.index("expired")
    status[withdrawn] = STATUSES.index("withdrawn")
    holds = has & ~withdrawn & (left >= 0)
    star = arrays.star[at] if rows else np.zeros(count, np.int8)
    dated = has & ~withdrawn
    return States(
        status=status,
        star=np.where(holds, star, 0).astype(np.int8),
        since=np.where(dated, first, NO_DAY).astype(np.int32),
        expires=np.where(dated, expires, NO_DAY).astype(np.int32),
    )


def _after(days: NDArray[np.int32], months: NDArray[np.int16]) -> NDArray[np.int64]:
    """The ordinals of the same days so many months later, the last of the month where it has no such day."""
    stamps = (days.astype(np.int64) - _EPOCH).astype("datetime64[D]")
    month = stamps.astype("datetime64[M]")
    within = (stamps - month.astype("datetime64[D]")).astype(np.int64)
    target = month + months.astype("timedelta64[M]")
    last = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    found: NDArray[np.datetime64] = np.minimum(target.astype("datetime64[D]") + within.astype("timedelta64[D]"), last)
    ordinals: NDArray[np.int64] = found.astype(np.int64) + _EPOCH
    return ordinals
