"""What products are filtered, counted and sorted by, in columns: a pure function of the products in their order."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from index.arrays import mapped, mapped_record, save_record
from index.catalogue.collation import ranks
from index.catalogue.province_columns import NONE, province_place
from index.catalogue.texts import Texts
from index.catalogue.whereabouts import commune_keys, district_keys, place_today, province_then
from index.catalogue.words import words_of
from index.decisions.decision import Change
from index.keyrows import KeyRows, KeyRowsBuilder
from index.period import first_day, last_day
from index.places.provinces import MERGER, PROVINCES, slug
from index.products.product import Product, Recognition
from index.products.timeline import Timelines

# By their place here in the files: whoever changes what there is raises `FORMAT` in `index.manifest`.
CHANGES: tuple[Change, ...] = get_args(Change)
_TIMELINES = ("timeline_first", "timeline_cuts", "timeline_states")
_TABLES = ("keys", "words", "producers", "districts", "communes")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductArrays:
    """n products and their m recognitions and withdrawals; those of product i stand at ends[i] to ends[i + 1].

    then, today: (n,) int8, the province on either map, by its place in `PROVINCE_KEYS`; -1 where it is not known.
    group: (n,) int32, place among the groups; -1 without. by_name, by_producer, by_group: (n,) int32, their order.
    doubtful: (n,) bool, a field of it was read with doubt or another product may be the same.
    first, last: (m,) int32, first and last day it may be of, as proleptic ordinals; 0 where no day is told.
    recognises: (m,) bool, no withdrawal and not corrected by a later decision. change: (m,) int8, place in `CHANGES`,
    -1 where it is not told. reported: (m,) bool. decision: (m,) int32, the decision's place in the catalogue; -1 where
    it is not in it.
    """

    then: NDArray[np.int8]
    today: NDArray[np.int8]
    group: NDArray[np.int32]
    by_name: NDArray[np.int32]
    by_producer: NDArray[np.int32]
    by_group: NDArray[np.int32]
    doubtful: NDArray[np.bool_]
    ends: NDArray[np.int64]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    recognises: NDArray[np.bool_]
    change: NDArray[np.int8]
    reported: NDArray[np.bool_]
    decision: NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductColumns:
    """Everything of the products of a generation that is mapped.

    arrays: see there. tables: rows by key ("keys"), by words of name, producer, group, place and decision number
    ("words"), of the producer alone ("producers"), by district and commune. group_keys, group_labels: what groups are
    asked for and called by. communes_today: the communes of today that each lies in, one a line; none where that is not
    known. timelines: the states of all on any day. records: each product as JSON.
    """

    arrays: ProductArrays
    tables: Mapping[str, KeyRows]
    group_keys: Texts
    group_labels: Texts
    communes_today: Texts
    timelines: Timelines
    records: Texts

    @classmethod
    def open(cls, folder: Path) -> "ProductColumns":
        """Map what `write` wrote.

        Raises:
            OSError, ValueError: a file is missing or damaged.
        """
        return cls(
            arrays=mapped_record(ProductArrays, folder),
            tables={name: KeyRows.open(folder, name) for name in _TABLES},
            group_keys=Texts.open(folder, "group_keys"),
            group_labels=Texts.open(folder, "group_labels"),
            communes_today=Texts.open(folder, "communes_today"),
            timelines=Timelines.of_arrays(*(mapped(folder / f"{name}.npy") for name in _TIMELINES)),
            records=Texts.open(folder, "records"),
        )

    def write(self, folder: Path) -> None:
        """Write a .npy file an array into a new folder. Equal products give equal files."""
        folder.mkdir(parents=True)
        save_record(folder, self.arrays)
        for name, table in self.tables.items():
            table.write(folder, name)
        self.group_keys.write(folder, "group_keys")
        self.group_labels.write(folder, "group_labels")
        self.communes_today.write(folder, "communes_today")
        timelines: tuple[NDArray[Any], ...] = self.timelines.arrays
        for name, column in zip(_TIMELINES, timelines, strict=True):
            np.save(folder / f"{name}.npy", column)
        self.records.write(folder, "records")


def days_of(iso: str | None) -> tuple[int, int]:
    """First and last day of an ISO date of reduced precision; (0, 0) for none."""
    return (0, 0) if iso is None else (first_day(iso), last_day(iso))


def last_recognition(product: Product) -> Recognition | None:
    """The latest line that recognises it."""
    return next((one for one in reversed(product.history) if not one.withdrawn), None)


def former_province(product: Product) -> str | None:
    """Key of the former province a product is of; None where that is not known.

    What was recognised before the merger is written under its province of then; since, under today's, and only the
    district or commune, or an earlier recognition, may tell which former one that was.
    """
    if product.province_former is not None:
        return product.province_former
    last = last_recognition(product)
    if product.province is None:
        return None
    if last is None or last.on is None or first_day(last.on) < MERGER.toordinal():
        return product.province
    if PROVINCES[product.province].merged:  # so it was still written
        return product.province
    return province_then(product.commune, product.district, product.province)


def product_columns(
    products: Sequence[Product],
    records: Iterable[bytes],
    decisions: Mapping[str, tuple[int, str]],
    reported: set[tuple[str, str, str]],
) -> ProductColumns:
    """The columns of products.

    records: each as JSON. decisions: key -> place in the catalogue and number. reported: (key, article, version) of
    what only reports a decision.
    """
    tables = {name: KeyRowsBuilder() for name in _TABLES}
    columns = {field.name: array(_TYPES[field.name]) for field in fields(ProductArrays) if field.name in _TYPES}
    groups: dict[str, Counter[str]] = {}
    columns["ends"].append(0)
    for row, product in enumerate(products):
        _note_places(tables, columns, row, product)
        numbers = [decisions[one.decision][1] for one in product.history if one.decision in decisions]
        tables["keys"].add(row, (product.key,))
        tables["words"].add(row, words_of(_searched(product, numbers)))
        tables["producers"].add(row, words_of((product.producer,)))
        if product.group:
            groups.setdefault(slug(product.group), Counter())[product.group] += 1
        columns["doubtful"].append(_doubtful(product))
        for one in product.history:
            _note_recognition(columns, one, decisions, reported)
        columns["ends"].append(len(columns["first"]))
    keys = sorted(groups)
    places = {key: place for place, key in enumerate(keys)}
    labels = [min(groups[key], key=lambda label: (-groups[key][label], label)) for key in keys]
    group = np.array([places[slug(one.group)] if one.group else NONE for one in products], np.int32)
    made: dict[str, NDArray[Any]] = {name: np.array(column, _DTYPES[_TYPES[name]]) for name, column in columns.items()}
    for name in ("doubtful", "recognises", "reported"):
        made[name] = made[name].astype(np.bool_)
    return ProductColumns(
        arrays=ProductArrays(
            **made,
            group=group,
            by_name=ranks([one.name for one in products]),
            by_producer=ranks([one.producer or "" for one in products]),
            by_group=np.append(ranks(labels), np.int32(len(labels)))[group],
        ),
        tables={name: table.built() for name, table in tables.items()},
        group_keys=Texts.of(keys),
        group_labels=Texts.of(labels),
        communes_today=Texts.of("\n".join(_today(one)) for one in products),
        timelines=Timelines(products),
        records=Texts.of(records),
    )


_TYPES = {
    "then": "b", "today": "b", "doubtful": "B", "ends": "q", "first": "i", "last": "i", "recognises": "B",
    "change": "b", "reported": "B", "decision": "i",
}  # fmt: skip
_DTYPES: dict[str, type[np.generic]] = {"b": np.int8, "B": np.uint8, "i": np.int32, "q": np.int64}


def _note_places(
    tables: Mapping[str, KeyRowsBuilder], columns: Mapping[str, "array[int]"], row: int, product: Product
) -> None:
    columns["then"].append(province_place(former_province(product)))
    columns["today"].append(province_place(product.province_today))
    if product.district:
        tables["districts"].add(row, district_keys(product.district, product.province))
    if product.commune:
        tables["communes"].add(row, commune_keys(product.commune, product.district, product.province))


def _note_recognition(
    columns: Mapping[str, "array[int]"],
    one: Recognition,
    decisions: Mapping[str, tuple[int, str]],
    reported: set[tuple[str, str, str]],
) -> None:
    first, last = days_of(one.on)
    columns["first"].append(first)
    columns["last"].append(last)
    columns["recognises"].append(not one.withdrawn and one.corrected_by is None)
    columns["change"].append(NONE if one.change is None else CHANGES.index(one.change))
    told = (one.decision, one.article_id, one.digest) in reported
    columns["reported"].append(told or "reported" in one.row.doubts)
    columns["decision"].append(decisions[one.decision][0] if one.decision in decisions else NONE)


def _searched(product: Product, numbers: Sequence[str]) -> list[str | None]:
    """What a product is found by: every way it was written, its producer, group and places, and its decisions."""
    provinces = {product.province, product.province_today, former_province(product)} - {None}
    named = [name for key in sorted(provinces, key=str) if key is not None for name in _province_names(key)]
    return [
        *product.names,
        product.name,
        product.producer,
        product.group,
        product.commune,
        product.district,
        *named,
        *numbers,
    ]


def _province_names(key: str) -> tuple[str, str]:
    province = PROVINCES[key]
    return province.name, province.today


def _today(product: Product) -> tuple[str, ...]:
    return place_today(product.commune, product.district, product.province or product.province_today).communes


def _doubtful(product: Product) -> bool:
    rows = any(doubt != "reported" for one in product.history for doubt in one.row.doubts)
    return bool(product.doubtful) or rows
