"""passages.sqlite in the making: articles put in one after the other, read anew or taken over from a former file.

Whichever way an article comes in, the rows written are the same and in the same order, so that a file made from a
former one is byte for byte the one made from nothing.
"""

import json
import sqlite3
from array import array
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from crawler.article import Article
from index.criteria.sets import CriteriaSet
from index.decisions.decision import DecisionTold
from index.extract import Extracted
from index.fields import searchable
from index.figures.figure import Figure
from index.figures.sums import SumCheck
from index.law.regulations import Regulation
from index.passage import Passage
from index.people.stated import Stated
from index.ranking import Ids
from index.records import (
    ADAPTERS,
    COLUMNS,
    FILE_NAME,
    INDEXES,
    SCHEMA,
    TRAITS,
    Held,
    RecordKind,
    held_articles,
    passage_of,
    read_only,
)

_HELD = tuple(Held.__slots__)


class Draft:
    """An open passages.sqlite being written; articles come in order of id. Not thread-safe.

    former: folder of the generation to take over from, or None. taken: the articles taken over, by id, as the former
    generation holds them.
    """

    def __init__(self, folder: Path, former: Path | None) -> None:
        self.articles: list[Held] = []
        self.taken: dict[str, Held] = {}
        self._kept = array("q")
        self._records = 0
        self._db = sqlite3.connect(
            f"{(folder / FILE_NAME).resolve().as_uri()}?mode=rwc", uri=True, isolation_level=None
        )
        try:
            # Nobody reads the file before it is whole and was brought to the disk: a journal would be for nothing.
            self._db.execute("PRAGMA journal_mode = OFF")
            self._db.execute("PRAGMA synchronous = OFF")
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA temp_store = MEMORY")
            self._db.execute("ATTACH ? AS former", (":memory:" if former is None else read_only(former),))
            if former is None:
                self._db.executescript(SCHEMA.replace("CREATE TABLE ", "CREATE TABLE former."))
            self._db.executescript(SCHEMA)
            self._db.execute("BEGIN")
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Let go of the file, finished or not."""
        self._db.close()

    def former_articles(self) -> dict[str, Held]:
        """The articles of the former generation by id."""
        return {held.id: held for held in held_articles(self._db, "former")}

    @property
    def count(self) -> int:
        """How many passages it holds so far."""
        return len(self._kept)

    @property
    def kept(self) -> Ids:
        """(count,) int64: for each passage the id it has in the former generation, -1 where it was read anew."""
        return np.array(self._kept, np.int64)

    def add(self, article: Article, fingerprint: bytes, passages: Sequence[Passage], records: Extracted) -> None:
        """Put in an article read anew. fingerprint: sha256 of its record in the archive."""
        first, first_record = self.count, self._records
        self._db.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (_passage_row(number, passage) for number, passage in enumerate(passages, first)),
        )
        rows = [(number, kind, article.id, text) for number, (kind, text) in enumerate(_records(records), first_record)]
        self._db.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", rows)
        self._kept.extend([-1] * len(passages))
        self._put(
            Held(
                id=article.id,
                digest=article.digest,
                fingerprint=fingerprint,
                authority=article.authority,
                published=article.published,
                fetched=article.fetched,
                first=first,
                passages=len(passages),
                first_record=first_record,
                records=len(rows),
            )
        )

    def take(self, held: Held) -> None:
        """Put in an article as the former generation holds it."""
        first, first_record = self.count, self._records
        self._db.execute(
            f"INSERT INTO passages SELECT id + ?, {COLUMNS}, vector_key FROM former.passages "
            "WHERE id >= ? AND id < ? ORDER BY id",
            (first - held.first, held.first, held.first + held.passages),
        )
        self._db.execute(
            "INSERT INTO records SELECT id + ?, kind, article_id, record FROM former.records "
            "WHERE id >= ? AND id < ? ORDER BY id",
            (first_record - held.first_record, held.first_record, held.first_record + held.records),
        )
        self._kept.extend(range(held.first, held.first + held.passages))
        self.taken[held.id] = held
        self._put(
            Held(
                **{name: getattr(held, name) for name in _HELD if name not in ("first", "first_record")},
                first=first,
                first_record=first_record,
            )
        )

    def _put(self, held: Held) -> None:
        marks = ", ".join("?" * len(_HELD))
        self._db.execute(
            f"INSERT INTO articles ({', '.join(_HELD)}) VALUES ({marks})", [getattr(held, name) for name in _HELD]
        )
        self.articles.append(held)
        self._records += held.records

    def searchable(self, ids: Sequence[int]) -> Iterator[str]:
        """What passages are found by (`index.fields.searchable`), one at a time."""
        for number in ids:
            yield "\n".join(self._db.execute("SELECT header, text FROM passages WHERE id = ?", (number,)).fetchone())

    def lengths(self, ids: Sequence[int]) -> list[int]:
        """How many characters each of those texts has."""
        statement = "SELECT length(header) + 1 + length(text) FROM passages WHERE id = ?"
        return [self._db.execute(statement, (number,)).fetchone()[0] for number in ids]

    def keys(self, ids: Sequence[int]) -> list[bytes]:
        """The sha256 of each of those texts."""
        statement = "SELECT vector_key FROM passages WHERE id = ?"
        return [self._db.execute(statement, (number,)).fetchone()[0] for number in ids]

    def former_keys(self) -> Iterator[tuple[int, bytes]]:
        """(id, key) of every passage of the former generation."""
        yield from self._db.execute("SELECT id, vector_key FROM former.passages ORDER BY id")

    def wording(self) -> Iterator[str]:
        """Every distinct header, then the text of every passage."""
        yield from self._headers("main")
        yield from (row[0] for row in self._db.execute("SELECT text FROM passages ORDER BY id"))

    def wording_come(self) -> Iterator[str]:
        """What of `wording` the former generation did not have."""
        fresh = [number for number, row in enumerate(self._kept) if row < 0]
        yield from self._changed("main", fresh, "former")

    def wording_gone(self) -> Iterator[str]:
        """What the former generation had and `wording` has not."""
        last = self._db.execute("SELECT coalesce(max(id) + 1, 0) FROM former.passages").fetchone()[0]
        gone = np.ones(last, np.bool_)
        gone[[row for row in self._kept if row >= 0]] = False
        yield from self._changed("former", np.flatnonzero(gone).tolist(), "main")

    def _changed(self, here: str, ids: Sequence[int], there: str) -> Iterator[str]:
        """The texts of passages of one file, and those of their headers that no passage of the other file has."""
        headers: dict[str, None] = {}
        for number in ids:
            header, text = self._db.execute(
                f"SELECT header, text FROM {here}.passages WHERE id = ?", (number,)
            ).fetchone()
            headers[header] = None
            yield text
        if headers:
            known = headers.keys() & set(self._headers(there))
            yield from (header for header in headers if header not in known)

    def _headers(self, schema: str) -> Iterator[str]:
        yield from (row[0] for row in self._db.execute(f"SELECT DISTINCT header FROM {schema}.passages"))

    def passages_of(self, held: Held) -> list[Passage]:
        """The passages of an article put in."""
        rows = self._db.execute(
            f"SELECT {COLUMNS} FROM passages WHERE id >= ? AND id < ? ORDER BY id",
            (held.first, held.first + held.passages),
        )
        return [passage_of(row) for row in rows]

    def records_of(self, held: Held) -> list[tuple[int, RecordKind, Any]]:
        """(id, kind, record) of every record of an article put in."""
        rows = self._db.execute(
            "SELECT id, kind, record FROM records WHERE id >= ? AND id < ? ORDER BY id",
            (held.first_record, held.first_record + held.records),
        )
        return [(number, kind, ADAPTERS[kind].validate_json(text)) for number, kind, text in rows]

    def former_copies(self) -> dict[str, str]:
        """Id of every article that copied another in the former generation -> its lead's."""
        return dict(self._db.execute("SELECT article_id, lead FROM former.copies"))

    def former_compared(self) -> dict[tuple[str, str], bool]:
        """(article, likely lead) compared for the former generation -> whether the one is a copy of the other."""
        rows = self._db.execute("SELECT article_id, lead, copy FROM former.compared")
        return {(article_id, lead): bool(copy) for article_id, lead, copy in rows}

    def former_twins(self, held: Held) -> list[tuple[int, int]]:
        """(id, id of its twin) in the former generation, of an article's passages that have one."""
        rows = self._db.execute(
            "SELECT id, twin FROM former.twins WHERE id >= ? AND id < ? ORDER BY id",
            (held.first, held.first + held.passages),
        )
        return rows.fetchall()

    def former_repeated(self, held: Held) -> list[int]:
        """The ids in the former generation of an article's records that only repeat its lead's."""
        rows = self._db.execute(
            "SELECT id FROM former.repeated WHERE id >= ? AND id < ? ORDER BY id",
            (held.first_record, held.first_record + held.records),
        )
        return [row[0] for row in rows]

    def finish(
        self,
        *,
        copies: Mapping[str, str],
        twins: Mapping[int, int],
        repeated: Sequence[int],
        compared: Mapping[tuple[str, str], bool],
    ) -> int:
        """Write what comparing articles told, and make the file whole; how many figures it tells.

        copies: id of a copy -> its lead's, in order. twins: passage -> passage. repeated: ids of records.
        """
        self._db.executemany("INSERT INTO copies (article_id, lead) VALUES (?, ?)", copies.items())
        self._db.executemany("INSERT INTO twins VALUES (?, ?)", sorted(twins.items()))
        self._db.executemany("INSERT INTO repeated VALUES (?)", [(number,) for number in sorted(repeated)])
        self._db.executemany(
            "INSERT INTO compared VALUES (?, ?, ?)", [(*pair, int(same)) for pair, same in sorted(compared.items())]
        )
        for statement in INDEXES.split(";"):
            self._db.execute(statement)
        self._db.execute("COMMIT")
        row = self._db.execute(
            "SELECT count(*) FROM records WHERE kind = 'figure' AND id NOT IN (SELECT id FROM repeated)"
        ).fetchone()
        return int(row[0])


def _passage_row(number: int, passage: Passage) -> tuple[object, ...]:
    return (
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
        TRAITS.dump_json(passage.traits, exclude_defaults=True).decode("utf-8"),
        sha256(searchable(passage).encode()).digest(),
    )


def _records(records: Extracted) -> Iterator[tuple[RecordKind, str]]:
    kinds: tuple[
        tuple[RecordKind, Sequence[Figure | Regulation | CriteriaSet | Stated | SumCheck | DecisionTold]], ...
    ] = (
        ("figure", records.figures),
        ("regulation", records.regulations),
        ("criteria", records.criteria),
        ("people", records.people),
        ("sum", records.sums),
        ("decision", records.decisions),
    )
    for kind, held in kinds:
        for record in held:
            yield kind, ADAPTERS[kind].dump_json(record).decode("utf-8")
