"""What decisions are filtered, counted and sorted by, in columns: a pure function of the decisions in their order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from index.arrays import mapped_record, save_record
from index.catalogue.product_columns import days_of
from index.catalogue.province_columns import NONE, province_place
from index.catalogue.texts import Texts
from index.catalogue.words import words_of
from index.decisions.decision import Act, Level
from index.decisions.merged import Decision
from index.keyrows import KeyRows, KeyRowsBuilder
from index.period import first_day
from index.places.provinces import MERGER, PROVINCES, parts_of
from index.traits import number_key

# By their place here in the files: whoever changes what there is raises `FORMAT` in `index.manifest`.
ACTS: tuple[Act, ...] = get_args(Act)
LEVELS: tuple[Level, ...] = get_args(Level)
_TABLES = ("keys", "numbers", "words", "reports")
_DECISION = TypeAdapter(Decision)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionArrays:
    """n decisions.

    then, today: (n,) int8, the province on either map, by its place in `PROVINCE_KEYS`; -1 of the centre's and where it
    is not known. level: (n,) int8, place in `LEVELS`, -1 where it is not known. first, last: (n,) int32, first and last
    day it may have been issued on, as proleptic ordinals; 0 where no day is told. acts: (n,) uint8, bit i of `ACTS[i]`.
    products: (n,) int32, lines of its own list. number: (n,) int32, of its number. reported, doubtful, changed: (n,)
    bool: only texts about it tell of it; a field was read with doubt, or its sources differ; another decision amends,
    replaces or revokes it.
    """

    then: NDArray[np.int8]
    today: NDArray[np.int8]
    level: NDArray[np.int8]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    acts: NDArray[np.uint8]
    products: NDArray[np.int32]
    number: NDArray[np.int32]
    reported: NDArray[np.bool_]
    doubtful: NDArray[np.bool_]
    changed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionColumns:
    """Everything of the decisions of a generation that is mapped.

    tables: rows by key, by number (`index.traits.number_key`), by words, and by the texts that only report them
    (`report_key`). labels: each one's number as it is cited. heads: each as JSON without the lines of its lists, which
    lists of decisions need not; records: each whole.
    """

    arrays: DecisionArrays
    tables: Mapping[str, KeyRows]
    labels: Texts
    heads: Texts
    records: Texts

    @classmethod
    def of(cls, decisions: Sequence[Decision]) -> "DecisionColumns":
        """The columns of decisions."""
        tables = {name: KeyRowsBuilder() for name in _TABLES}
        for row, decision in enumerate(decisions):
            tables["keys"].add(row, (decision.key,))
            tables["numbers"].add(row, tuple(dict.fromkeys(number_key(one.number) for one in decision.told)))
            tables["words"].add(row, words_of(_searched(decision)))
            tables["reports"].add(
                row, tuple(report_key(one.article_id, one.digest) for one in decision.told if one.reported)
            )
        days = [days_of(one.best.issued) for one in decisions]
        return cls(
            arrays=DecisionArrays(
                then=np.array([province_place(_then(one)) for one in decisions], np.int8),
                today=np.array([province_place(_today(one)) for one in decisions], np.int8),
                level=np.array(
                    [NONE if one.best.level is None else LEVELS.index(one.best.level) for one in decisions], np.int8
                ),
                first=np.array([first for first, _ in days], np.int32),
                last=np.array([last for _, last in days], np.int32),
                acts=np.array([_bits(act.act for act in one.best.acts) for one in decisions], np.uint8),
                products=np.array([len(one.rows) for one in decisions], np.int32),
                number=np.array([int(one.best.number.number) for one in decisions], np.int32),
                reported=np.array([one.best.reported for one in decisions], np.bool_),
                doubtful=np.array([_doubtful(one) for one in decisions], np.bool_),
                changed=np.array([bool(one.changed_by) for one in decisions], np.bool_),
            ),
            tables={name: table.built() for name, table in tables.items()},
            labels=Texts.of(one.best.number.label for one in decisions),
            heads=Texts.of(_DECISION.dump_json(_head(one)) for one in decisions),
            records=Texts.of(_DECISION.dump_json(one) for one in decisions),
        )

    @classmethod
    def open(cls, folder: Path) -> "DecisionColumns":
        """Map what `write` wrote.

        Raises:
            OSError, ValueError: a file is missing or damaged.
        """
        return cls(
            arrays=mapped_record(DecisionArrays, folder),
            tables={name: KeyRows.open(folder, name) for name in _TABLES},
            labels=Texts.open(folder, "labels"),
            heads=Texts.open(folder, "heads"),
            records=Texts.open(folder, "records"),
        )

    def write(self, folder: Path) -> None:
        """Write a .npy file an array into a new folder. Equal decisions give equal files."""
        folder.mkdir(parents=True)
        save_record(folder, self.arrays)
        for name, table in self.tables.items():
            table.write(folder, name)
        self.labels.write(folder, "labels")
        self.heads.write(folder, "heads")
        self.records.write(folder, "records")


def report_key(article_id: str, digest: str) -> str:
    """The key of a version of an article that reports decisions."""
    return f"{article_id} {digest}"


def read_decision(raw: bytes) -> Decision:
    """A decision from its JSON."""
    return _DECISION.validate_json(raw)


def _head(decision: Decision) -> Decision:
    return replace(decision, rows=(), told=tuple(replace(told, rows=()) for told in decision.told))


def _then(decision: Decision) -> str | None:
    """Key of the province of before the merger; of a decision issued since, only where the province was not merged."""
    told = decision.best
    if told.place is None or told.issued is None or first_day(told.issued) < MERGER.toordinal():
        return told.place
    province = PROVINCES[told.place]
    return told.place if province.merged or len(parts_of(province.today_key)) == 1 else None


def _today(decision: Decision) -> str | None:
    place = decision.best.place
    return None if place is None else PROVINCES[place].today_key


def _bits(acts: Iterable[Act]) -> int:
    return sum(1 << ACTS.index(act) for act in set(acts))


def _searched(decision: Decision) -> list[str | None]:
    """What a decision is found by: number, issuer, subject and place as any source tells them, and titles of today.

    One issued since the merger of July 2025 speaks for all that its province was put together from, and is found by the
    name of each part.
    """
    texts: list[str | None] = []
    for told in decision.told:
        texts += [told.number.label, told.number_read.text]
        texts += [read.text for read in (told.issuer, told.subject, told.place_read) if read is not None]
        if told.place is not None:
            texts += [PROVINCES[told.place].name, PROVINCES[told.place].today]
            if told.issued is not None and first_day(told.issued) >= MERGER.toordinal():
                texts += [PROVINCES[part].name for part in parts_of(PROVINCES[told.place].today_key)]
    return texts


def _doubtful(decision: Decision) -> bool:
    told = decision.best
    reads = (
        told.number_read, told.issued_read, told.issuer, told.place_read, told.subject, told.effective_read,
        told.valid_read,
    )  # fmt: skip
    fields_doubted = any(doubt != "reported" for read in reads if read is not None for doubt in read.doubts)
    rows_doubted = any(doubt != "reported" for row in decision.rows for doubt in row.doubts)
    return bool(decision.disputed) or fields_doubted or rows_doubted
