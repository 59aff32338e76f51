"""Product: one record across decisions, with every recognition it had."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from index.decisions.decision import Change, ProductRow
from index.products.rules import Ground

# not_yet: before it was first recognised. valid: certificate in force. renewing: in force, and its renewal may be
# filed now (180 to 120 days before it expires). late: in force, less than 120 days left: too late to file in time.
# undetermined: expired at most 180 days ago, when no one outside can know whether a late renewal keeps it (Điều 12
# khoản 3 of QĐ 26/2026/QĐ-TTg). expired. withdrawn: its recognition was revoked. unknown: what is told leaves open
# whether it is recognised on that day, such as a decision of which only the year is known.
Status = Literal["not_yet", "valid", "renewing", "late", "undetermined", "expired", "withdrawn", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """One line of one decision about a product.

    decision: the decision's key; article_id, digest: of the text the line stands in. on: the day it was recognised
    (of a withdrawal, withdrawn), ISO as far as known; of a correction, the day of the decision it corrects. months: how
    long it is valid, 36 unless the decision says else. star: as listed; 1 and 2 give no certificate. ended: the day
    from which it no longer counts, since the decision `ended_by` replaced or revoked its own; "" where that day is not
    known. corrected_by: the decision that corrected this line; it then counts on no day, and the line that took its
    place counts from the start.
    """

    decision: str
    article_id: str
    digest: str
    row: ProductRow
    on: str | None
    months: int
    star: int | None
    change: Change | None
    withdrawn: bool = False
    ended: str | None = None
    ended_by: str | None = None
    corrected_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One product.

    key: names it for good, also when decisions are crawled again or more of them become known. name: as the latest
    decision writes it; names: every way it was written. province: key as written then, of the latest decision;
    province_today: of the map since July 2025; province_former: of the map before, None where nothing tells of which
    part of a merged province it is; province_written: its name, of one that no map knows. commune, district: as written
    by the latest decision that tells them; communes_today: labels of the communes of today that its commune went into
    ("xã Hải Hậu"), several where it was divided or more are called so. group: as written. history: its recognitions and
    withdrawals, the earliest first. doubtful: keys of products that may be the same one, kept apart.
    """

    key: str
    name: str
    names: tuple[str, ...]
    producer: str | None
    commune: str | None
    district: str | None
    province: str | None
    province_today: str | None
    group: str | None
    history: tuple[Recognition, ...]
    doubtful: tuple[str, ...] = ()
    province_former: str | None = None
    province_written: str | None = None
    communes_today: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductState:
    """How a product stands on a day, told as far as it is certain: a day that is not known is None.

    star: what it has then, of undetermined and expired what it had; None where it has none or that is not known. since:
    the day of the recognition that counts, of withdrawn that of the withdrawal. expires: the last day of its
    certificate. renew_from, renew_to: first and last day to file for renewal (Điều 7 khoản 6 điểm a of QĐ
    26/2026/QĐ-TTg); None before that rule was in force. keeps_until: of undetermined, the last day a late renewal may
    keep it. recognition: the place in the history of what counts. grounds: the rules of law this rests on.
    """

    status: Status
    star: int | None = None
    since: date | None = None
    expires: date | None = None
    renew_from: date | None = None
    renew_to: date | None = None
    keeps_until: date | None = None
    recognition: int | None = None
    grounds: tuple[Ground, ...] = ()
