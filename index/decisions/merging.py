"""Decisions that several articles tell of, put together: one record each, with what others did to it.

Two tellings are of one decision where their numbers match and neither place, issuer nor year differs. A telling that
leaves one of them open joins only where just one decision fits: two provinces each have their "715/QĐ-UBND".
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import NamedTuple, TypeVar

from index.decisions.decision import DecisionTold, Level, ProductRow
from index.decisions.head import find_issuer
from index.decisions.merged import Decision
from index.law.address import DocumentNumber
from index.places.provinces import PROVINCES, slug
from index.text import strip_marks

Key = TypeVar("Key")

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


class _Identity(NamedTuple):
    """What a telling says of which decision it is of. place: as `_place` has it; province: by its key, where told."""

    number: DocumentNumber
    place: str | None
    province: str | None
    level: Level | None
    year: str | None

    @classmethod
    def of(cls, one: DecisionTold) -> "_Identity":
        """Of one telling."""
        number = replace(one.number, start=0, end=0)
        return cls(number=number, place=_place(one), province=one.place, level=one.level, year=_year(one))

    @property
    def certainty(self) -> int:
        """How much of what a decision is it tells."""
        return 4 * (self.number.issuer is not None) + 2 * (self.place is not None) + (self.year is not None)

    def compatible(self, other: "_Identity") -> bool:
        """Whether both may be of one decision."""
        if not self.number.matches(other.number):
            return False
        if None not in (self.place, other.place) and self.place != other.place and not self._one_province(other):
            return False
        # an office gives a number once a year: two days of one year are a slip, which `disputed` tells
        if None not in (self.year, other.year) and self.year != other.year:
            return False
        return self.level is None or other.level is None or self.level == other.level

    def same(self, other: "_Identity") -> bool:
        """Whether both tell the same place and year."""
        return None not in (self.place, self.year) and (self.place, self.year) == (other.place, other.year)

    def _one_province(self, other: "_Identity") -> bool:
        """Whether two names are one province's, one of them only implied by an article's source."""
        return self.province is not None and self.province == other.province and self.level == other.level == "province"


@dataclass(slots=True)
class _Group:
    """Tellings of one decision, and the identities among them: a decision told a thousand times has a few."""

    told: list[DecisionTold]
    identities: dict[_Identity, None]

    def fits(self, one: _Identity) -> bool:
        return all(one.compatible(other) for other in self.identities)

    def fits_surely(self, one: _Identity) -> bool:
        return any(one.same(other) for other in self.identities)


def _groups(told: Sequence[DecisionTold]) -> list[list[DecisionTold]]:
    identified = [(_Identity.of(one), one) for one in told]
    # those that tell most of what it is go first, so that the rest finds all it may belong to
    identified.sort(key=lambda item: -item[0].certainty)
    groups: list[_Group] = []
    numbered: dict[str, list[_Group]] = defaultdict(list)
    # where the last of an identity went, and how many identities its number had then
    gone: dict[_Identity, tuple[int, _Group]] = {}
    for identity, one in identified:
        alike = numbered[identity.number.number]
        known = sum(len(group.identities) for group in alike)
        last = gone.get(identity)
        if last is not None and last[0] == known:
            last[1].told.append(one)
            continue
        fitting = [group for group in alike if group.fits(identity)]
        chosen = [group for group in fitting if group.fits_surely(identity)] or fitting
        # of one that several fit, the next like it is no surer
        settled = len(chosen) == 1 or not fitting
        if len(chosen) != 1:
            chosen = [_Group(told=[], identities={})]
            groups += chosen
            alike += chosen
        chosen[0].told.append(one)
        chosen[0].identities[identity] = None
        if settled:
            gone[identity] = (sum(len(group.identities) for group in alike), chosen[0])
    return [sorted(group.told, key=_rank) for group in groups]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is looked at of a decision that a text may mean. first: its earliest day told; best: its best telling."""

    key: str
    numbers: frozenset[DocumentNumber]
    place: str | None
    first: str | None
    best: DecisionTold

    @classmethod
    def of(cls, key: str, group: Sequence[DecisionTold]) -> "_Known":
        """Of the tellings under a key."""
        return cls(
            key=key,
            numbers=frozenset(_Identity.of(one).number for one in group),
            place=next((found for one in group if (found := _place(one)) is not None), None),
            first=min((one.issued for one in group if one.issued is not None), default=None),
            best=group[0],
        )

    def of_office(self, mine: str | None) -> bool:
        """Whether it may be of the office of a place, or of what that office was before 2025."""
        if self.place is None or mine is None or self.place == mine:
            return True
        former, today = PROVINCES.get(self.place), PROVINCES.get(mine)
        return former is not None and today is not None and former.today_key == today.today_key

    def later(self, by: DecisionTold) -> bool:
        """Whether it was issued after another."""
        if self.first is None or by.issued is None:
            return False
        return self.first[: len(by.issued)] > by.issued[: len(self.first)]


def _changed_by(keyed: dict[str, list[DecisionTold]]) -> dict[str, tuple[str, ...]]:
    """Key of a decision -> keys of those that change it, the earlier first."""
    numbered: dict[str, list[_Known]] = defaultdict(list)
    for key, group in keyed.items():
        numbered[group[0].number.number].append(_Known.of(key, group))
    found: dict[str, dict[str, str]] = {}
    for key, group in keyed.items():
        for one in group:
            for act in one.acts:
                if act.act in _CHANGES and act.target is not None:
                    for target in _targets(numbered[act.target.number], key, one, act.target):
                        found.setdefault(target, {}).setdefault(key, one.issued or "")
    return {target: tuple(sorted(by, key=lambda key: (by[key], key))) for target, by in found.items()}


def _targets(held: Sequence[_Known], key: str, by: DecisionTold, number: DocumentNumber) -> Sequence[str]:
    """The decision a number means in the text of another: one of the same office, or of what that office was before
    2025; of several the last before it. held: those of the number."""
    place = _place(by)
    fitting = [
        other
        for other in held
        if other.key != key
        and any(one.matches(number) for one in other.numbers)
        and other.of_office(place)
        and not other.later(by)
    ]
    if len(fitting) <= 1:
        return [other.key for other in fitting]
    dated = [other for other in fitting if _year(other.best) is not None]
    return [max(dated, key=lambda other: other.best.issued or "").key] if dated else []


def _disputed(group: Sequence[DecisionTold]) -> tuple[str, ...]:
    """Names of the fields that the tellings give differently; a coarser day is no other day."""
    found: list[str] = []
    days = {one.issued for one in group if one.issued is not None}
    if any(not (a.startswith(b) or b.startswith(a)) for a in days for b in days):
        found.append("issued")
    for name in ("effective", "valid_months", "place", "level"):
        if len({getattr(one, name) for one in group if getattr(one, name) is not None}) > 1:
            found.append(name)
    if _differ({one.star: one.count for one in told.stated} for told in group):
        found.append("stated")
    listing = [told for told in group if told.rows]
    lists = dict.fromkeys((told.reported, frozenset(_plain(row.name.text) for row in told.rows)) for told in listing)
    if any(_lists_differ(one, other) for one, other in combinations(lists, 2)):
        found.append("rows")
    if _differ({_plain(row.name.text): row.star for row in told.rows if row.star is not None} for told in listing):
        found.append("stars")
    return tuple(found)


def _differ(told: Iterable[Mapping[Key, object]]) -> bool:
    """Whether two tellings give one thing differently."""
    first: dict[Key, object] = {}
    return any(first.setdefault(key, value) != value for one in told for key, value in one.items())


def _lists_differ(one: tuple[bool, frozenset[str]], other: tuple[bool, frozenset[str]]) -> bool:
    """Whether two lists, each with whether it is reported, name other products; a report may name only some."""
    (reported, mine), (other_reported, theirs) = one, other
    if other_reported and theirs <= mine:
        return False
    return mine != theirs and not (reported and mine <= theirs)


def _plain(name: str) -> str:
    return " ".join(strip_marks(name).lower().split())
