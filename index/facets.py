"""facets/: what filters look at of every passage, in columns written with the index and mapped into memory.

A pure function of the passages in their order: equal passages give equal files, however the index was built.
"""

import re
from array import array
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from crawler.article import Authority, Kind, fold_space
from index.arrays import mapped
from index.keyrows import KeyRows, KeyRowsBuilder, Rows
from index.period import first_day, last_day
from index.ranking import Ids, Mask
from index.traits import Traits, province_meant
from index.twins import Twins

Column = NDArray[Any]

FOLDER = "facets"
# By their place here in the files: whoever changes what there is raises `FORMAT` in `index.manifest`.
_KINDS: tuple[Kind, ...] = get_args(Kind)
_AUTHORITIES: tuple[Authority, ...] = get_args(Authority)
_SEPARATOR = re.compile(r", (?=(?:điều|khoản|điểm|phụ lục|mẫu số) )| › ")
_APPENDIX = re.compile(r"phụ lục |mẫu số ")
_TABLES = ("articles", "sources", "labels", "provinces", "districts", "documents", "numbers")
_COLUMNS = ("kinds", "authority", "first", "last", "stars", "body")
_BESIDE = "\n"
# Days of a passage without a date: an interval that overlaps nothing.
_NEVER_BEGUN, _NEVER_OVER = np.iinfo(np.int32).max, 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What filters look at of one passage."""

    article_id: str
    heading: str
    kind: Kind
    provinces: tuple[str, ...]
    date: str | None
    traits: Traits


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publisher as archived, and the host of its addresses; empty where what it gave has none."""

    name: str
    host: str


def write_facets(folder: Path, rows: Iterable[Facets], *, twins: Mapping[int, int], copies: Mapping[str, str]) -> None:
    """Write the columns of passages 0, 1, … into a generation's folder.

    twins: passage -> the passage that says the same first, see `index.twins`. copies: id of a copy -> its lead's, in
    the order in which copies stand in for a lead.
    """
    FacetArrays.of(rows, twins, copies).write(folder)


def merge_facets(
    folder: Path,
    former: Path,
    kept: Ids,
    rows: Iterable[Facets],
    *,
    twins: Mapping[int, int],
    copies: Mapping[str, str],
) -> None:
    """Write what `write_facets` would write of all passages, taking over those kept from a former generation's folder.

    kept: (n,) for each passage its place in the former generation, -1 where it is new. rows: the new ones, in order.
    """
    FacetArrays.open(former).merged(kept, rows, twins, copies).write(folder)


class FacetArrays:
    """What filters look at of n passages. Every mask is (n,) and new; every list of rows is ascending."""

    def __init__(self, tables: Mapping[str, KeyRows], columns: Mapping[str, Column], twins: Twins) -> None:
        """Use `FacetArrays.of` or `FacetArrays.open`."""
        self._tables = tables
        self._columns = columns
        self.count = len(columns["kinds"])
        self.twins = twins

    def close(self) -> None:
        """Let go of the files. Nothing can be asked afterwards."""
        self._tables, self._columns = {}, {}
        self.twins = Twins.none()

    @classmethod
    def of(cls, rows: Iterable[Facets], twins: Mapping[int, int], copies: Mapping[str, str]) -> "FacetArrays":
        """The columns of passages 0, 1, …; twins and copies as `write_facets` takes them."""
        return _whole(*_columns_of(rows), twins, copies)

    def merged(
        self, kept: Ids, rows: Iterable[Facets], twins: Mapping[int, int], copies: Mapping[str, str]
    ) -> "FacetArrays":
        """These with passages gone and new ones come, as `merge_facets` takes them."""
        added, come = _columns_of(rows)
        old, fresh = np.flatnonzero(kept >= 0), np.flatnonzero(kept < 0).astype(np.int32)
        moved = np.full(self.count, -1, np.int32)
        moved[kept[old]] = old
        columns: dict[str, Column] = {}
        for name, column in self._columns.items():
            columns[name] = np.empty(len(kept), column.dtype)
            columns[name][old] = column[kept[old]]
            columns[name][fresh] = come[name]
        tables = {name: table.merged(moved, added[name], fresh) for name, table in self._tables.items()}
        return _whole(tables, columns, twins, copies)

    @classmethod
    def open(cls, folder: Path) -> "FacetArrays":
        """Map what `write` wrote into a generation's folder.

        Raises:
            OSError, ValueError: a file is missing or damaged.
        """
        target = folder / FOLDER
        tables = {name: KeyRows.open(target, name) for name in _TABLES}
        columns = {name: mapped(target / f"{name}.npy") for name in _COLUMNS}
        return cls(tables, columns, Twins.open(target))

    def write(self, folder: Path) -> None:
        """Write the columns into a generation's folder, a .npy file each."""
        target = folder / FOLDER
        target.mkdir()
        for name, table in self._tables.items():
            table.write(target, name)
        for name, column in self._columns.items():
            np.save(target / f"{name}.npy", column)
        self.twins.write(target)

    @property
    def articles(self) -> KeyRows:
        """Passages by the id of their article."""
        return self._tables["articles"]

    @property
    def labels(self) -> KeyRows:
        """Passages by the parts of their heading paths, as `heading_parts` gives them."""
        return self._tables["labels"]

    @property
    def provinces(self) -> KeyRows:
        """Passages by the provinces they are about, those of districts they name included."""
        return self._tables["provinces"]

    @property
    def districts(self) -> KeyRows:
        """Passages by the mentions of districts in them (`index.traits.mention_key`)."""
        return self._tables["districts"]

    @property
    def documents(self) -> KeyRows:
        """Passages by the documents of law they are part of or restate (`index.traits.number_key`)."""
        return self._tables["documents"]

    @property
    def numbers(self) -> KeyRows:
        """Passages by the documents of law they name, those they are part of included."""
        return self._tables["numbers"]

    @property
    def last(self) -> Rows:
        """(n,) the last day each passage may be of, as a proleptic ordinal; 0 without a date."""
        return self._columns["last"]

    @property
    def authority(self) -> Rows:
        """(n,) uint8: whose word each passage is, by its place among the names of `crawler.article.Authority`."""
        return self._columns["authority"]

    @cached_property
    def youngest(self) -> int:
        """The last day of any passage, as a proleptic ordinal; 0 where none has a date."""
        return int(self.last.max(initial=0))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every source, in order of its name."""
        pairs = (key.split(_BESIDE) for key in self._tables["sources"].all())
        return tuple(Source(name=name, host=host) for name, host in pairs)

    def of_kinds(self, kinds: Collection[Kind]) -> Mask:
        """The passages of any of those kinds."""
        mask: Mask = np.zeros(self.count, np.bool_)
        for kind in kinds:
            mask |= self._columns["kinds"] == _KINDS.index(kind)
        return mask

    def of_sources(self, places: Collection[int]) -> Mask:
        """The passages of any of the sources at those places of `sources`."""
        return self.of_any(self._tables["sources"], places)

    def of_stars(self, stars: Collection[int]) -> Mask:
        """The passages that name any of those grades."""
        mask: Mask = (self._columns["stars"] & np.uint8(_bits(stars))) != 0
        return mask

    def dated_from(self, date: str) -> Mask:
        """The passages that may be of the first day of an ISO date or later."""
        return np.greater_equal(self.last, first_day(date))

    def dated_to(self, date: str) -> Mask:
        """The passages that may be of the last day of an ISO date or earlier."""
        return np.less_equal(self._columns["first"], last_day(date))

    def in_body(self) -> Mask:
        """The passages that stand in no appendix or form."""
        return self._columns["body"].copy()

    def of_any(self, table: KeyRows, places: Iterable[int]) -> Mask:
        """The passages that have any of the keys at those places of one of the tables."""
        mask: Mask = np.zeros(self.count, np.bool_)
        for place in places:
            mask[table.rows_at(place)] = True
        return mask

    def of_keys(self, table: KeyRows, keys: Iterable[str]) -> Mask:
        """The passages that have any of those keys of one of the tables."""
        return self.of_any(table, (place for key in keys if (place := table.find(key)) is not None))


def _columns_of(rows: Iterable[Facets]) -> tuple[dict[str, KeyRows], dict[str, Column]]:
    tables = {name: KeyRowsBuilder() for name in _TABLES}
    kinds, authority, stars, body = array("B"), array("B"), array("B"), array("B")
    first, last = array("i"), array("i")
    for row, facets in enumerate(rows):
        traits, parts = facets.traits, heading_parts(facets.heading)
        tables["articles"].add(row, (facets.article_id,))
        tables["sources"].add(row, (f"{traits.source}{_BESIDE}{traits.host}",))
        tables["labels"].add(row, parts)
        tables["provinces"].add(row, (*facets.provinces, *_provinces_of(traits.districts)))
        tables["districts"].add(row, traits.districts)
        tables["documents"].add(row, traits.documents)
        tables["numbers"].add(row, traits.numbers)
        kinds.append(_KINDS.index(facets.kind))
        authority.append(_AUTHORITIES.index(traits.authority))
        stars.append(_bits(traits.stars))
        body.append(not any(_APPENDIX.match(part) for part in parts))
        begun, over = _days(facets.date)
        first.append(begun)
        last.append(over)
    columns: dict[str, Column] = {
        "kinds": np.frombuffer(kinds, np.uint8),
        "authority": np.frombuffer(authority, np.uint8),
        "first": np.frombuffer(first, np.int32),
        "last": np.frombuffer(last, np.int32),
        "stars": np.frombuffer(stars, np.uint8),
        "body": np.frombuffer(body, np.bool_),
    }
    return {name: table.built() for name, table in tables.items()}, columns


def _whole(
    tables: Mapping[str, KeyRows],
    columns: Mapping[str, Column],
    twins: Mapping[int, int],
    copies: Mapping[str, str],
) -> FacetArrays:
    """The facets with the twins among their passages."""
    ids, count = tables["articles"], len(columns["kinds"])
    article_of = np.zeros(count, np.int32)
    article_of[ids.rows] = np.repeat(np.arange(len(ids), dtype=np.int32), np.diff(ids.row_ends))
    twin = np.full(count, -1, np.int32)
    twin[list(twins)] = list(twins.values())
    rank = {place: number for number, copy in enumerate(copies) if (place := ids.find(copy)) is not None}
    return FacetArrays(tables, columns, Twins.of(twin, article_of, rank))


@lru_cache(maxsize=4096)
def heading_parts(heading: str) -> tuple[str, ...]:
    """The parts of a heading path as readers see it, lower case: "Điều 7, khoản 6" -> ("điều 7", "khoản 6")."""
    lowered = fold_space(heading).lower()
    return tuple(part for part in _SEPARATOR.split(lowered) if part)


@lru_cache(maxsize=4096)
def _days(date: str | None) -> tuple[int, int]:
    """The first and the last day a passage may be of."""
    return (first_day(date), last_day(date)) if date else (_NEVER_BEGUN, _NEVER_OVER)


def _provinces_of(mentions: Iterable[str]) -> list[str]:
    """The provinces of the districts a passage names, where no doubt is left which."""
    return [province for mention in mentions if (province := province_meant(mention)) is not None]


def _bits(stars: Iterable[int]) -> int:
    return sum({1 << star for star in stars})
