"""Criteria sets as the interface gives them: parts, items, criteria, options with what is printed and what is meant."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.criteria.sets import (
    Anomaly,
    AnomalyKind,
    CriteriaSet,
    Criterion,
    Item,
    Part,
    conditions,
    effective_maximum,
    effective_points,
)
from web.quoting import Place, Quoter


@dataclass(frozen=True, slots=True, kw_only=True)
class AnomalyTold:
    """A misprint: what is printed at the place, what the rest of the set implies (null where that leaves more than one
    reading), and why."""

    kind: AnomalyKind
    where: str
    printed: str
    expected: float | None
    reason: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaItem:
    """A set in a list. document: the decision it is of; summary: the article restates it. total: as printed."""

    number: int | None
    name: str
    document: str | None
    summary: bool
    group: str | None
    subgroup: str | None
    total: float | None
    criteria: int
    options: int
    anomalies: int
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaPage:
    """The sets held, in order of their numbers; with `q` those whose name holds the product's, the nearest first."""

    criteria: tuple[CriteriaItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionTold:
    """A choice under a criterion. number: what names it in a scorecard, from 1. points: as printed, null where the
    place is blank or holds no single number (printed is what it holds); effective_points: what the set implies where it
    speaks against the print. min_star: the product must reach at least this option for that many stars. text: null
    where the source's rights forbid it."""

    number: int
    text: str | None
    points: float | None
    printed: str
    effective_points: float | None
    min_star: int | None
    implied: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionTold:
    """What points are given for. max: as printed; effective_max: as `effective_points`. parent: of "6.1.1" "6.1"."""

    code: str
    label: str | None
    max: float | None
    effective_max: float | None
    parent: str | None
    notes: tuple[str, ...]
    options: tuple[OptionTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTold:
    """A numbered heading within a part, with its criteria."""

    code: str
    label: str | None
    max: float | None
    effective_max: float | None
    notes: tuple[str, ...]
    criteria: tuple[CriterionTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartTold:
    """Part A, B or C."""

    code: str
    label: str | None
    max: float | None
    effective_max: float | None
    items: tuple[ItemTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionTold:
    """What a product must reach in a criterion at least: `code` of the criterion, the option's words and its mark."""

    code: str
    label: str | None
    option: str | None
    min_star: int
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaDetail:
    """One set whole. star, conditions: what binds for the stars asked about. rejected_when: grounds for refusal."""

    set: CriteriaItem
    parts: tuple[PartTold, ...]
    rejected_when: tuple[str, ...]
    notes: tuple[str, ...]
    anomalies: tuple[AnomalyTold, ...]
    star: int | None
    conditions: tuple[ConditionTold, ...]


def criteria_item(criteria_set: CriteriaSet, quoter: Quoter) -> CriteriaItem:
    """A set as lists show it; its place is its heading's name."""
    start, end = criteria_set.name_span or (criteria_set.start, criteria_set.start)
    return CriteriaItem(
        number=criteria_set.number,
        name=criteria_set.name,
        document=criteria_set.document,
        summary=criteria_set.summary,
        group=criteria_set.group,
        subgroup=criteria_set.subgroup,
        total=criteria_set.total,
        criteria=len(criteria_set.criteria),
        options=sum(len(criterion.options) for criterion in criteria_set.criteria),
        anomalies=len(criteria_set.anomalies),
        place=quoter.place(criteria_set.article_id, criteria_set.digest, start, end),
    )


def criteria_detail(criteria_set: CriteriaSet, star: int | None, quoter: Quoter) -> CriteriaDetail:
    """A set whole."""
    told = _Told(criteria_set, quoter)
    return CriteriaDetail(
        set=criteria_item(criteria_set, quoter),
        parts=tuple(map(told.part, criteria_set.parts)),
        rejected_when=told.words(criteria_set.rejected_when),
        notes=told.words(criteria_set.notes),
        anomalies=tuple(map(told.anomaly, criteria_set.anomalies)),
        star=star,
        conditions=()
        if star is None
        else tuple(
            ConditionTold(
                code=one.criterion.code,
                label=told.text(one.criterion.start, one.criterion.end),
                option=told.text(one.option.start, one.option.end),
                min_star=one.option.min_star or star,
                place=told.place(one.option.start, one.option.end),
            )
            for one in conditions(criteria_set, star)
        ),
    )


class _Told:
    """A set's parts with their words, as far as its source lets them be shown."""

    def __init__(self, criteria_set: CriteriaSet, quoter: Quoter) -> None:
        self._set = criteria_set
        self._quoter = quoter

    def text(self, start: int, end: int) -> str | None:
        return self._quoter.text(self._set.article_id, self._set.digest, start, end)

    def place(self, start: int, end: int) -> Place:
        return self._quoter.place(self._set.article_id, self._set.digest, start, end)

    def words(self, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
        return tuple(text for start, end in spans if (text := self.text(start, end)) is not None)

    def part(self, part: Part) -> PartTold:
        return PartTold(
            code=part.code,
            label=self.text(part.start, part.end),
            max=part.max,
            effective_max=effective_maximum(part, self._set),
            items=tuple(map(self.item, part.items)),
        )

    def item(self, item: Item) -> ItemTold:
        return ItemTold(
            code=item.code,
            label=self.text(item.start, item.end),
            max=item.max,
            effective_max=effective_maximum(item, self._set),
            notes=self.words(item.notes),
            criteria=tuple(map(self.criterion, item.criteria)),
        )

    def criterion(self, criterion: Criterion) -> CriterionTold:
        return CriterionTold(
            code=criterion.code,
            label=self.text(criterion.start, criterion.end),
            max=criterion.max,
            effective_max=effective_maximum(criterion, self._set),
            parent=criterion.parent,
            notes=self.words(criterion.notes),
            options=tuple(
                OptionTold(
                    number=number,
                    text=self.text(option.start, option.end),
                    points=option.points,
                    printed=option.printed,
                    effective_points=effective_points(option, self._set),
                    min_star=option.min_star,
                    implied=option.implied,
                    start=option.start,
                    end=option.end,
                )
                for number, option in enumerate(criterion.options, start=1)
            ),
        )

    def anomaly(self, anomaly: Anomaly) -> AnomalyTold:
        return AnomalyTold(
            kind=anomaly.kind,
            where=anomaly.where,
            printed=anomaly.printed,
            expected=anomaly.expected,
            reason=anomaly.reason,
            place=self.place(anomaly.start, anomaly.end),
        )
