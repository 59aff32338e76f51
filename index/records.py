"""passages.sqlite: the passages and records of one generation, fetched a few at a time by those who search.

A record (`index.extract`) is kept as JSON under its kind; `Records` validates it when it is read. The file is made by
`index.drafting`, which takes over from a former one what did not change; so it holds all that articles say, and beside
it what only a comparison of articles tells: which copy which, and what a copy merely repeats.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter

from crawler.article import Authority
from index.criteria.sets import CriteriaSet
from index.decisions.decision import DecisionTold
from index.facets import Facets
from index.figures.figure import Figure
from index.figures.sums import SumCheck
from index.law.regulations import Regulation
from index.passage import Passage
from index.people.stated import Stated
from index.traits import Traits

FILE_NAME = "passages.sqlite"

RecordKind = Literal["figure", "regulation", "criteria", "people", "sum", "decision"]
ADAPTERS: dict[RecordKind, TypeAdapter[Any]] = {
    "figure": TypeAdapter(Figure),
    "regulation": TypeAdapter(Regulation),
    "criteria": TypeAdapter(CriteriaSet),
    "people": TypeAdapter(Stated),
    "sum": TypeAdapter(SumCheck),
    "decision": TypeAdapter(DecisionTold),
}
TRAITS = TypeAdapter(Traits)
# articles are in order of id, and passages and records in order of the articles: those of one stand together, passages
# from first on and records from first_record on. twins: see `index.twins`. repeated: records that a copy only repeats.
# compared: whether of two likely copies one is the other's.
SCHEMA = """
CREATE TABLE articles (
    id TEXT NOT NULL, digest TEXT NOT NULL, fingerprint BLOB NOT NULL, authority TEXT NOT NULL, published TEXT,
    fetched TEXT NOT NULL, first INTEGER NOT NULL, passages INTEGER NOT NULL, first_record INTEGER NOT NULL,
    records INTEGER NOT NULL
);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, article_id TEXT NOT NULL, digest TEXT NOT NULL, "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL, text TEXT NOT NULL, header TEXT NOT NULL, heading TEXT NOT NULL, kind TEXT NOT NULL,
    provinces TEXT NOT NULL, date TEXT, traits TEXT NOT NULL, vector_key BLOB NOT NULL
);
CREATE TABLE records (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, article_id TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE copies (id INTEGER PRIMARY KEY, article_id TEXT NOT NULL, lead TEXT NOT NULL);
CREATE TABLE twins (id INTEGER PRIMARY KEY, twin INTEGER NOT NULL);
CREATE TABLE repeated (id INTEGER PRIMARY KEY);
CREATE TABLE compared (article_id TEXT NOT NULL, lead TEXT NOT NULL, copy INTEGER NOT NULL);
"""
INDEXES = """
CREATE UNIQUE INDEX articles_id ON articles (id);
CREATE INDEX records_kind ON records (kind, id);
"""
COLUMNS = 'article_id, digest, "start", "end", text, header, heading, kind, provinces, date, traits'
_FACETS = "article_id, heading, kind, provinces, date, traits"
# SQLite takes 32766 bound values at least; fetches stay far below.
_BATCH = 500
_STREAMED = 10_000
# Passages remembered, some 3 kB each.
_REMEMBERED = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An article as a generation holds it.

    fingerprint: sha256 of its record in the archive. Its passages are those with ids from `first` on, so many as
    `passages` says, and its records likewise.
    """

    id: str
    digest: str
    fingerprint: bytes
    authority: Authority
    published: str | None
    fetched: str
    first: int
    passages: int
    first_record: int
    records: int


class Records:
    """An open passages.sqlite. Thread-safe; the file is never written, so it stays readable after it was deleted."""

    def __init__(self, folder: Path) -> None:
        """Open it.

        Raises:
            sqlite3.Error: it cannot be read.
        """
        self._db = sqlite3.connect(read_only(folder), uri=True, check_same_thread=False)
        self._lock = threading.Lock()
        self._found: dict[int, Passage] = {}

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        """The passages with those ids, in that order. Some read before are remembered: many questions find the same."""
        kept = self._found
        found = {number: kept[number] for number in ids if number in kept}
        lacking = [number for number in ids if number not in found]
        for start in range(0, len(lacking), _BATCH):
            batch = lacking[start : start + _BATCH]
            marks = ", ".join("?" * len(batch))
            for row in self._rows(f"SELECT id, {COLUMNS} FROM passages WHERE id IN ({marks})", batch):
                found[row[0]] = passage_of(row[1:])
        if lacking:
            # A new dictionary, so that one being read by another thread stays as it is.
            fresh = {number: found[number] for number in lacking[-_REMEMBERED:]}
            self._found = fresh if len(kept) + len(fresh) > _REMEMBERED else kept | fresh
        return [found[number] for number in ids]

    def passages_of(self, article_id: str) -> tuple[Passage, ...]:
        """An article's passages in order of the text."""
        for first, count in self._rows("SELECT first, passages FROM articles WHERE id = ?", (article_id,)):
            rows = self._rows(
                f"SELECT {COLUMNS} FROM passages WHERE id >= ? AND id < ? ORDER BY id", (first, first + count)
            )
            return tuple(passage_of(row) for row in rows)
        return ()

    def facets(self) -> Iterator[Facets]:
        """What filters look at, of every passage by id; only some thousands at a time are held."""
        first = 0
        while True:
            within = (first, first + _STREAMED)
            rows = self._rows(f"SELECT {_FACETS} FROM passages WHERE id >= ? AND id < ? ORDER BY id", within)
            yield from map(_facets, rows)
            if not rows:
                return
            first += _STREAMED

    def facets_of(self, ids: Sequence[int]) -> Iterator[Facets]:
        """The same, of the passages with those ids."""
        for number in ids:
            yield from map(_facets, self._rows(f"SELECT {_FACETS} FROM passages WHERE id = ?", (number,)))

    def twins(self) -> dict[int, int]:
        """Passage -> the passage that says the same first, of all that have one."""
        return dict(self._rows("SELECT id, twin FROM twins ORDER BY id", ()))

    def copies(self) -> dict[str, str]:
        """Id of every article that copies another -> its lead's, in the order written."""
        return dict(self._rows("SELECT article_id, lead FROM copies ORDER BY id", ()))

    def articles(self) -> list[Held]:
        """Every article, in order of id."""
        return held_articles(self._db)

    def figures(self) -> tuple[Figure, ...]:
        """Every figure, in order of the articles."""
        return tuple(self._of_kind("figure"))

    def regulations(self) -> tuple[Regulation, ...]:
        """What every article says of documents of law, in order of the articles."""
        return tuple(self._of_kind("regulation"))

    def criteria(self) -> tuple[CriteriaSet, ...]:
        """Every criteria set, in order of the articles and their texts."""
        return tuple(self._of_kind("criteria"))

    def people(self) -> tuple[Stated, ...]:
        """What every article states of people in office and of bodies, in order of the articles and their texts."""
        return tuple(self._of_kind("people"))

    def sums(self) -> tuple[SumCheck, ...]:
        """Every total with the parts given beside it, in order of the articles."""
        return tuple(self._of_kind("sum"))

    def decisions(self) -> tuple[DecisionTold, ...]:
        """What every article tells of decisions, in order of the articles; `index.decisions.merging` joins them."""
        return tuple(self._of_kind("decision"))

    def _of_kind(self, kind: RecordKind) -> list[Any]:
        rows = self._rows(
            "SELECT record FROM records WHERE kind = ? AND id NOT IN (SELECT id FROM repeated) ORDER BY id", (kind,)
        )
        return [ADAPTERS[kind].validate_json(row[0]) for row in rows]

    def _rows(self, statement: str, values: Sequence[object]) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock:
            return self._db.execute(statement, values).fetchall()


def read_only(folder: Path) -> str:
    """The address under which SQLite opens a generation's file, which nobody writes any more."""
    return f"{(folder / FILE_NAME).resolve().as_uri()}?mode=ro&immutable=1"


def held_articles(db: sqlite3.Connection, schema: str = "main") -> list[Held]:
    """Every article of an open file, in order of id."""
    names = list(Held.__slots__)
    rows = db.execute(f"SELECT {', '.join(names)} FROM {schema}.articles ORDER BY rowid").fetchall()
    return [Held(**dict(zip(names, row, strict=True))) for row in rows]


def _facets(row: Sequence) -> Facets:  # type: ignore[type-arg]
    return Facets(
        article_id=row[0],
        heading=row[1],
        kind=row[2],
        provinces=tuple(json.loads(row[3])),
        date=row[4],
        traits=TRAITS.validate_json(row[5]),
    )


def passage_of(row: Sequence) -> Passage:  # type: ignore[type-arg]
    """The passage of a row of `COLUMNS`."""
    return Passage(
        article_id=row[0],
        digest=row[1],
        start=row[2],
        end=row[3],
        text=row[4],
        header=row[5],
        heading=row[6],
        kind=row[7],
        provinces=tuple(json.loads(row[8])),
        date=row[9],
        traits=TRAITS.validate_json(row[10]),
    )
