"""Masks put together, values counted, pages cut: what every list of the catalogue does with its columns."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.catalogue.product_query import Counted
from index.ranking import Ids, Mask

Codes = NDArray[Any]


def within(masks: Mapping[str, Mask], count: int, *, but: str | None = None) -> Mask:
    """(count,) what is within all filters but the one of that name."""
    mask: Mask = np.ones(count, np.bool_)
    for name, one in masks.items():
        if name != but:
            mask &= one
    return mask


def is_any(codes: Codes, wanted: Iterable[int]) -> Mask:
    """(n,) where a column has any of some values."""
    mask: Mask = np.zeros(len(codes), np.bool_)
    for code in wanted:
        mask |= codes == code
    return mask


def count_values(codes: Codes, mask: Mask, values: Sequence[str], labels: Sequence[str] | None = None) -> list[Counted]:
    """How many rows of a mask have each value, the fullest first; values that none has are left out.

    codes: (n,) places in `values`, -1 of what is not known, counted under "". labels: what values are called.
    """
    counts = np.bincount(codes[mask].astype(np.int64) + 1, minlength=len(values) + 1).tolist()
    found = [
        Counted(value=value, count=count, label=None if labels is None else labels[place])
        for place, (value, count) in enumerate(zip(values, counts[1:], strict=True))
        if count
    ]
    found.sort(key=lambda one: (-one.count, one.value))
    return [*found, Counted(value="", count=counts[0])] if counts[0] else found


def page_of(
    mask: Mask,
    keys: Sequence[tuple[Codes, Mask | None]],
    order: Ids,
    *,
    descending: bool,
    limit: int | None,
    offset: int,
) -> Ids:
    """The rows of a page.

    order: all rows as they stand where their keys are equal. keys: what they are sorted by, each with the rows that
    have none, which come last in either direction; no key leaves the order as it is. limit: None is all.
    """
    rows = order[mask[order]]
    if not keys and descending:
        rows = rows[::-1]
    for key, missing in keys:
        values = key[rows].astype(np.int64)
        if descending:
            values = -values
        if missing is not None:
            values[missing[rows]] = np.iinfo(np.int64).max
        rows = rows[np.argsort(values, kind="stable")]
    return rows[offset:] if limit is None else rows[offset : offset + limit]


def years_of(first: NDArray[np.int32], last: NDArray[np.int32]) -> NDArray[np.int16]:
    """(n,) the year that days, given as proleptic ordinals of their first and last, are of; 0 where there is none."""
    # datetime64 counts from 1970-01-01, which is the ordinal 719163.
    years = (first.astype(np.int64) - 719163).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return np.where((first > 0) & (last > 0), years, 0).astype(np.int16)
