"""Lists held against the counts that their decision states, and against their own numbering."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.decisions.decision import Doubt, ProductRow, Read, Stated


def tallied(rows: Sequence[ProductRow], stated: Sequence[Stated], *, recognised: bool) -> tuple[ProductRow, ...]:
    """The rows, those doubted whose stars are not as many as the decision says, or whose serials do not run.

    Only a list as long as the decision says is held against it: of a shorter one nobody knows what is missing.
    recognised: the list was recognised from a picture, where a serial out of order is a slip of letters.
    """
    listed = [row for row in rows if row.act == "recognises"]
    counts = {one.star: one.count for one in stated}
    total = counts.get(None, sum(count for star, count in counts.items() if star is not None))
    found = Counter(row.star for row in listed)
    off = {
        star
        for star in {*found, *counts} - {None}
        if total == len(listed) and any(one is not None for one in counts) and found[star] != counts.get(star, 0)
    }
    kept = [
        replace(row, star_read=_doubted(row.star_read, "star")) if row.act == "recognises" and row.star in off else row
        for row in rows
    ]
    return tuple(_numbered(kept)) if recognised else tuple(kept)


def _numbered(rows: Sequence[ProductRow]) -> list[ProductRow]:
    """The rows, a serial doubted that neither goes on from the one before nor begins anew."""
    result: list[ProductRow] = []
    former: int | None = None
    for row in rows:
        number = None if row.serial is None else _number(row.serial.text)
        runs = number is not None and (former is None or number in (former + 1, 1))
        result.append(row if row.serial is None or runs else replace(row, serial=_doubted(row.serial, "ocr")))
        former = number if number is not None else (None if former is None else former + 1)
    return result


def _number(serial: str) -> int | None:
    digits = serial.strip(".()")
    return int(digits) if digits.isdecimal() else None


def _doubted(read: Read | None, doubt: Doubt) -> Read | None:
    return None if read is None else replace(read, doubts=tuple(dict.fromkeys((*read.doubts, doubt))))
