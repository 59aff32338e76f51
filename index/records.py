"""passages.sqlite: the passages and records of one generation, fetched a few at a time by those who search.

A record (`index.extract`) is kept as JSON under its kind; `Records` validates it when it is read.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter

from index.criteria.sets import CriteriaSet
from index.extract import Extracted
from index.facets import Facets
from index.figures.figure import Figure
from index.figures.sums import SumCheck
from index.law.regulations import Regulation
from index.passage import Passage
from index.people.stated import Stated
from index.traits import Traits

FILE_NAME = "passages.sqlite"

RecordKind = Literal["figure", "regulation", "criteria", "people", "sum"]
_ADAPTERS: dict[RecordKind, TypeAdapter[Any]] = {
    "figure": TypeAdapter(Figure),
    "regulation": TypeAdapter(Regulation),
    "criteria": TypeAdapter(CriteriaSet),
    "people": TypeAdapter(Stated),
    "sum": TypeAdapter(SumCheck),
}
_SCHEMA = """
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, article_id TEXT NOT NULL, digest TEXT NOT NULL, "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL, text TEXT NOT NULL, header TEXT NOT NULL, heading TEXT NOT NULL, kind TEXT NOT NULL,
    provinces TEXT NOT NULL, date TEXT, vector_key TEXT NOT NULL, twin INTEGER, traits TEXT NOT NULL
);
CREATE INDEX passages_article ON passages (article_id);
CREATE TABLE copies (id INTEGER PRIMARY KEY, article_id TEXT NOT NULL, lead TEXT NOT NULL);
CREATE TABLE records (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, article_id TEXT NOT NULL, record TEXT NOT NULL);
CREATE INDEX records_kind ON records (kind, id);
"""
_COLUMNS = 'article_id, digest, "start", "end", text, header, heading, kind, provinces, date, traits'
# SQLite takes 32766 bound values at least; fetches stay far below.
_BATCH = 500
_STREAMED = 10_000
_TRAITS = TypeAdapter(Traits)


def write_records(
    folder: Path,
    passages: Sequence[Passage],
    vector_keys: Sequence[str],
    records: Extracted,
    *,
    copies: Mapping[str, str],
    twins: Sequence[int | None],
) -> None:
    """Write passages.sqlite; passage i gets id i, key i and twin i. copies: id of a copy -> its lead's, in order."""
    db = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    try:
        db.executescript(_SCHEMA)
        db.execute("BEGIN")
        db.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    number,
                    passage.article_id,
                    passage.digest,
                    passage.start,
                    passage.end,
                    passage.text,
                    passage.header,
                    passage.heading,
                    passage.kind,
                    json.dumps(passage.provinces),
                    passage.date,
                    key,
                    twin,
                    _TRAITS.dump_json(passage.traits, exclude_defaults=True).decode("utf-8"),
                )
                for number, (passage, key, twin) in enumerate(zip(passages, vector_keys, twins, strict=True))
            ),
        )
        db.executemany("INSERT INTO copies (article_id, lead) VALUES (?, ?)", copies.items())
        db.executemany("INSERT INTO records (kind, article_id, record) VALUES (?, ?, ?)", _rows(records))
        db.execute("COMMIT")
    finally:
        db.close()


def _rows(records: Extracted) -> Iterator[tuple[str, str, str]]:
    kinds: tuple[tuple[RecordKind, Sequence[Figure | Regulation | CriteriaSet | Stated | SumCheck]], ...] = (
        ("figure", records.figures),
        ("regulation", records.regulations),
        ("criteria", records.criteria),
        ("people", records.people),
        ("sum", records.sums),
    )
    for kind, held in kinds:
        for record in held:
            owner = record.parts[0] if isinstance(record, SumCheck) else record
            yield kind, owner.article_id, _ADAPTERS[kind].dump_json(record).decode("utf-8")


class Records:
    """An open passages.sqlite. Thread-safe; the file is never written, so it stays readable after it was deleted."""

    def __init__(self, folder: Path) -> None:
        """Open it.

        Raises:
            sqlite3.Error: it cannot be read.
        """
        uri = f"{(folder / FILE_NAME).resolve().as_uri()}?mode=ro&immutable=1"
        self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        """The passages with those ids, in that order."""
        found: dict[int, Passage] = {}
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            marks = ", ".join("?" * len(batch))
            for row in self._rows(f"SELECT id, {_COLUMNS} FROM passages WHERE id IN ({marks})", batch):
                found[row[0]] = _passage(row[1:])
        return [found[number] for number in ids]

    def passages_of(self, article_id: str) -> tuple[Passage, ...]:
        """An article's passages in order of the text."""
        rows = self._rows(f"SELECT {_COLUMNS} FROM passages WHERE article_id = ? ORDER BY id", (article_id,))
        return tuple(_passage(row) for row in rows)

    def facets(self) -> Iterator[Facets]:
        """What filters look at, of every passage by id; only some thousands at a time are held."""
        after = -1
        while True:
            rows = self._rows(
                "SELECT id, article_id, heading, kind, provinces, date, traits, twin FROM passages "
                "WHERE id > ? ORDER BY id LIMIT ?",
                (after, _STREAMED),
            )
            for row in rows:
                yield Facets(
                    article_id=row[1],
                    heading=row[2],
                    kind=row[3],
                    provinces=tuple(json.loads(row[4])),
                    date=row[5],
                    traits=_TRAITS.validate_json(row[6]),
                    twin=row[7],
                )
            if len(rows) < _STREAMED:
                return
            after = rows[-1][0]

    def copies(self) -> dict[str, str]:
        """Id of every article that copies another -> its lead's, in the order written."""
        return dict(self._rows("SELECT article_id, lead FROM copies ORDER BY id", ()))

    def vector_keys(self) -> list[str]:
        """The key of every passage's vector, by id."""
        return [row[0] for row in self._rows("SELECT vector_key FROM passages ORDER BY id", ())]

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

    def _of_kind(self, kind: RecordKind) -> list[Any]:
        rows = self._rows("SELECT record FROM records WHERE kind = ? ORDER BY id", (kind,))
        return [_ADAPTERS[kind].validate_json(row[0]) for row in rows]

    def _rows(self, statement: str, values: Sequence[object]) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock:
            return self._db.execute(statement, values).fetchall()


def _passage(row: Sequence) -> Passage:  # type: ignore[type-arg]
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
        traits=_TRAITS.validate_json(row[10]),
    )
