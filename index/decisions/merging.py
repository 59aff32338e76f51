"""Decisions that several articles tell of, put together: one record each, with what others did to it.

Two tellings are of one decision where their numbers match and neither place, issuer nor year differs. A telling that
leaves one of them open joins only where just one decision fits: two provinces each have their "715/QĐ-UBND".
"""

from collections.abc import Iterable, Sequence

from index.decisions.decision import DecisionTold, ProductRow
from index.decisions.head import find_issuer
from index.decisions.merged import Decision
from index.law.address import DocumentNumber
from index.places.provinces import PROVINCES, slug
from index.text import strip_marks

_CHANGES = ("replaces", "revokes", "amends")
_RANKS = ("tinh-", "thanh-pho-", "tp-")


def merged(told: Iterable[DecisionTold]) -> tuple[Decision, ...]:
    """Every decision told of, in order of key."""
    groups = _groups(sorted(told, key=_rank))
    keyed = _keyed(groups)
    changed = _changed_by(keyed)
    return tuple(
        Decision(
            key=key,
            told=tuple(group),
            rows=_rows(group),
            changed_by=changed.get(key, ()),
            disputed=_disputed(group),
        )
        for key, group in sorted(keyed.items())
    )


def _rank(one: DecisionTold) -> tuple[object, ...]:
    """The best first: own text before reports, surer before less sure, then fuller; by article where equal."""
    doubts = sum(len(row.doubts) for row in one.rows) + len(one.number_read.doubts)
    doubts += len(one.issued_read.doubts) if one.issued_read is not None else 0
    known = sum(field is not None for field in (one.issued, one.issuer, one.place_read, one.subject, one.valid_months))
    precision = len(one.issued or "")
    return (one.reported, -bool(one.rows), doubts, -len(one.rows), -known, -precision, one.article_id, one.start)


def _groups(told: Sequence[DecisionTold]) -> list[list[DecisionTold]]:
    groups: list[list[DecisionTold]] = []
    # those that tell most of what it is go first, so that the rest finds all it may belong to
    for one in sorted(told, key=lambda item: -_certainty(item)):
        fitting = [group for group in groups if all(_compatible(one, other) for other in group)]
        sure = [
            group for group in fitting if any(_same_place(one, other) and _same_year(one, other) for other in group)
        ]
        chosen = sure or fitting
        if len(chosen) == 1:
            chosen[0].append(one)
        else:
            groups.append([one])
    return [sorted(group, key=_rank) for group in groups]


def _certainty(one: DecisionTold) -> int:
    return 4 * (one.number.issuer is not None) + 2 * (_place(one) is not None) + (_year(one) is not None)


def _compatible(one: DecisionTold, other: DecisionTold) -> bool:
    if not one.number.matches(other.number):
        return False
    mine, theirs = _place(one), _place(other)
    if mine is not None and theirs is not None and mine != theirs and not _one_province(one, other):
        return False
    # an office gives a number once a year: two days of one year are a slip, which `disputed` tells
    if None not in (_year(one), _year(other)) and _year(one) != _year(other):
        return False
    return one.level is None or other.level is None or one.level == other.level


def _one_province(one: DecisionTold, other: DecisionTold) -> bool:
    """Whether two names are one province's, one of them only implied by an article's source."""
    return one.place is not None and one.place == other.place and one.level == other.level == "province"


def _same_place(one: DecisionTold, other: DecisionTold) -> bool:
    return _place(one) is not None and _place(one) == _place(other)


def _same_year(one: DecisionTold, other: DecisionTold) -> bool:
    return _year(one) is not None and _year(one) == _year(other)


def _place(one: DecisionTold) -> str | None:
    """The place that numbers its decisions, as part of a key: "son-ha", "huyen-dak-song", "trung-uong"."""
    if one.level == "central":
        return "trung-uong"
    if one.level == "province" and one.place is not None:
        return one.place
    if one.level in ("district", "commune"):
        issuer = None if one.issuer is None else find_issuer(one.issuer.text)
        if issuer is not None and issuer.place_span is not None and one.issuer is not None:
            return slug(issuer.place_span.of(one.issuer.text))
    if one.place_read is not None:
        name = slug(one.place_read.text)
        rank = next((rank for rank in _RANKS if name.startswith(rank)), "")
        return name if one.level in ("district", "commune") else name.removeprefix(rank)
    return one.place


def _year(one: DecisionTold) -> str | None:
    return one.issued[:4] if one.issued is not None else one.number.year


def _keyed(groups: Sequence[list[DecisionTold]]) -> dict[str, list[DecisionTold]]:
    """Each group under a key made of what its best telling says; what that leaves open, of the others."""
    keyed: dict[str, list[DecisionTold]] = {}
    for group in groups:
        number = max((one.number for one in group), key=lambda item: (item.issuer is not None, item.year is not None))
        place = next((found for one in group if (found := _place(one)) is not None), "khong-ro")
        year = next((found for one in group if (found := _year(one)) is not None), "0000")
        key = f"{slug(number.label.replace('/', '-'))}.{place}.{year}"
        while key in keyed:  # told of by articles that leave open which of several it is
            key = f"{key}.{group[0].article_id}" if "khong-ro" in key or "0000" in key else f"{key}-2"
        keyed[key] = group
    return keyed


def _rows(group: Sequence[DecisionTold]) -> tuple[ProductRow, ...]:
    return next((one.rows for one in group if one.rows), ())


def _changed_by(keyed: dict[str, list[DecisionTold]]) -> dict[str, tuple[str, ...]]:
    """Key of a decision -> keys of those that change it, the earlier first."""
    found: dict[str, dict[str, str]] = {}
    for key, group in keyed.items():
        for one in group:
            for act in one.acts:
                if act.act in _CHANGES and act.target is not None:
                    for target in _targets(keyed, key, one, act.target):
                        found.setdefault(target, {}).setdefault(key, one.issued or "")
    return {target: tuple(sorted(by, key=lambda key: (by[key], key))) for target, by in found.items()}


def _targets(keyed: dict[str, list[DecisionTold]], key: str, by: DecisionTold, number: DocumentNumber) -> Sequence[str]:
    """The decision a number means in the text of another: one of the same office, or of what that office was before
    2025; of several the last before it."""
    fitting = [
        other
        for other, group in keyed.items()
        if other != key
        and any(one.number.matches(number) for one in group)
        and _office(group, by)
        and not _later(group, by)
    ]
    if len(fitting) <= 1:
        return fitting
    dated = [other for other in fitting if _year(keyed[other][0]) is not None]
    return [max(dated, key=lambda other: keyed[other][0].issued or "")] if dated else []


def _office(group: Sequence[DecisionTold], by: DecisionTold) -> bool:
    place = next((found for one in group if (found := _place(one)) is not None), None)
    mine = _place(by)
    if place is None or mine is None or place == mine:
        return True
    former, today = PROVINCES.get(place), PROVINCES.get(mine)
    return former is not None and today is not None and former.today_key == today.today_key


def _later(group: Sequence[DecisionTold], by: DecisionTold) -> bool:
    days = [one.issued for one in group if one.issued is not None]
    return bool(days) and by.issued is not None and min(days)[: len(by.issued)] > by.issued[: len(min(days))]


def _disputed(group: Sequence[DecisionTold]) -> tuple[str, ...]:
    """Names of the fields that the tellings give differently; a coarser day is no other day."""
    found: list[str] = []
    days = {one.issued for one in group if one.issued is not None}
    if any(not (a.startswith(b) or b.startswith(a)) for a in days for b in days):
        found.append("issued")
    for name in ("effective", "valid_months", "place", "level"):
        if len({getattr(one, name) for one in group if getattr(one, name) is not None}) > 1:
            found.append(name)
    stated = [{(one.star): one.count for one in told.stated} for told in group if told.stated]
    if any(a[star] != b[star] for a in stated for b in stated for star in a.keys() & b.keys()):
        found.append("stated")
    listing = [told for told in group if told.rows]
    if any(_lists_differ(a, b) for place, a in enumerate(listing) for b in listing[place + 1 :]):
        found.append("rows")
    stars = [{_plain(row.name.text): row.star for row in told.rows if row.star is not None} for told in listing]
    if any(a[name] != b[name] for a in stars for b in stars for name in a.keys() & b.keys()):
        found.append("stars")
    return tuple(found)


def _lists_differ(one: DecisionTold, other: DecisionTold) -> bool:
    """Whether two lists name other products; a report may name only some."""
    mine, theirs = ({_plain(row.name.text) for row in told.rows} for told in (one, other))
    if other.reported and theirs <= mine:
        return False
    return mine != theirs and not (one.reported and mine <= theirs)


def _plain(name: str) -> str:
    return " ".join(strip_marks(name).lower().split())
