"""DATA/corrections.sqlite: every correction ever made, in order; nothing in it is ever changed or removed.

It lies beside the archive, not in a generation of the index: building anew, crawling again or clearing the index leaves
it as it is. The tables themselves refuse updates and deletions.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from crawler.archive import now_iso
from crawler.article import fold_space
from index.review.correction import Correction, CorrectionRefused, FieldName, Line
from index.review.values import checked

FILE_NAME = "corrections.sqlite"
VERSION = 1
_SCHEMA = (
    """CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, decision TEXT NOT NULL, name TEXT,
    producer TEXT, nth INTEGER, field TEXT, found TEXT, value TEXT, other TEXT, note TEXT NOT NULL,
    withdraws INTEGER REFERENCES corrections (id)
)""",
    "CREATE UNIQUE INDEX withdrawn_once ON corrections (withdraws) WHERE withdraws IS NOT NULL",
    """CREATE TRIGGER kept_as_made BEFORE UPDATE ON corrections
BEGIN SELECT RAISE(ABORT, 'corrections are never changed'); END""",
    """CREATE TRIGGER kept_for_good BEFORE DELETE ON corrections
BEGIN SELECT RAISE(ABORT, 'corrections are never removed'); END""",
)
_COLUMNS = "id, at, who, decision, name, producer, nth, field, found, value, other, note, withdraws"


class CorrectionsUnusable(Exception):
    """The file of corrections cannot be read; the message says what was found and how to mend it."""


class Corrections:
    """The corrections of a data folder. Each call opens the file anew, so one object may serve several threads."""

    def __init__(self, data: Path) -> None:
        self.path = data / FILE_NAME

    def all(self) -> tuple[Correction, ...]:
        """Every correction and withdrawal, in the order made; none where the file is not there.

        Raises:
            CorrectionsUnusable: the file is damaged, not ours, or newer than this program.
        """
        if not self.path.exists():
            return ()
        with closing(self._opened()) as db:
            rows = self._read(db, f"SELECT {_COLUMNS} FROM corrections ORDER BY id")
        return tuple(_correction(row) for row in rows)

    def standing(self) -> tuple[Correction, ...]:
        """Those that count: not withdrawn, and of several of one field the last. In the order made."""
        return standing(self.all())

    def count(self) -> int:
        """How many were ever made: what to compare to see that there are new ones."""
        if not self.path.exists():
            return 0
        with closing(self._opened()) as db:
            ((count,),) = self._read(db, "SELECT count(*) FROM corrections")
        return int(count)

    def add(
        self,
        *,
        who: str,
        decision: str,
        field: FieldName,
        found: str | None,
        value: str | None,
        line: Line | None = None,
        other: str | None = None,
        note: str = "",
    ) -> Correction:
        """Put one in. found: the words read, as `Read.text` has them.

        Raises:
            CorrectionRefused: who is empty, or the field cannot hold the value.
            CorrectionsUnusable: as `all`.
        """
        value = checked(field, value)
        return self._insert(
            Correction(
                id=0,
                at=now_iso(),
                who=_named(who),
                decision=decision,
                line=line,
                field=field,
                found=found,
                value=value,
                other=other,
                note=_short(note),
            )
        )

    def withdraw(self, number: int, *, who: str, note: str = "") -> Correction:
        """Take one back: it no longer counts, and both stay.

        Raises:
            CorrectionRefused: there is none of that number, it is a withdrawal, or it was withdrawn before.
            CorrectionsUnusable: as `all`.
        """
        held = {one.id: one for one in self.all()}
        target = held.get(number)
        if target is None or target.withdraws is not None:
            raise CorrectionRefused(f"không có sửa đổi số {number}")
        if any(one.withdraws == number for one in held.values()):
            raise CorrectionRefused(f"sửa đổi số {number} đã được rút lại")
        return self._insert(Correction(id=0, at=now_iso(), who=_named(who), note=_short(note), withdraws=number))

    def _insert(self, made: Correction) -> Correction:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        line = made.line
        values = (
            made.at,
            made.who,
            made.decision,
            None if line is None else line.name,
            None if line is None else line.producer,
            None if line is None else line.nth,
            made.field,
            made.found,
            made.value,
            made.other,
            made.note,
            made.withdraws,
        )
        marks = ", ".join("?" * len(values))
        with closing(self._opened()) as db:
            try:
                db.execute("BEGIN IMMEDIATE")
                cursor = db.execute(f"INSERT INTO corrections VALUES (NULL, {marks})", values)
                db.execute("COMMIT")
            except sqlite3.IntegrityError as error:
                db.execute("ROLLBACK")
                raise CorrectionRefused(f"sửa đổi số {made.withdraws} đã được rút lại") from error
            except sqlite3.DatabaseError as error:
                raise self._unusable(error) from error
            (row,) = self._read(db, f"SELECT {_COLUMNS} FROM corrections WHERE id = {cursor.lastrowid}")
        return _correction(row)

    def _opened(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=30.0, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            version = _version(db)
            if version == 0:
                db.execute("BEGIN IMMEDIATE")
                if _version(db) == 0:  # nobody else made the tables meanwhile
                    for statement in _SCHEMA:
                        db.execute(statement)
                    db.execute(f"PRAGMA user_version = {VERSION}")
                db.execute("COMMIT")
            elif version > VERSION:
                raise CorrectionsUnusable(
                    f"{self.path} has version {version}, this program knows up to {VERSION}: update the program"
                )
        except sqlite3.DatabaseError as error:
            db.close()
            raise self._unusable(error) from error
        except CorrectionsUnusable:
            db.close()
            raise
        return db

    def _read(self, db: sqlite3.Connection, statement: str) -> list[tuple]:  # type: ignore[type-arg]
        try:
            return db.execute(statement).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._unusable(error) from error

    def _unusable(self, error: Exception) -> CorrectionsUnusable:
        return CorrectionsUnusable(f"{self.path} cannot be read as corrections ({error}): restore it from a backup")


def _version(db: sqlite3.Connection) -> int:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)


def standing(made: tuple[Correction, ...]) -> tuple[Correction, ...]:
    """Of corrections in the order made those that count: not withdrawn, and of several of one field the last."""
    withdrawn = {one.withdraws for one in made if one.withdraws is not None}
    last: dict[tuple[object, ...], Correction] = {}
    for one in made:
        if one.withdraws is None and one.id not in withdrawn:
            last.pop(_aim(one), None)
            last[_aim(one)] = one
    return tuple(sorted(last.values(), key=lambda one: one.id))


def _aim(one: Correction) -> tuple[object, ...]:
    return (frozenset((one.decision, one.other)) if one.field == "same" else one.decision, one.line, one.field)


def _correction(row: tuple) -> Correction:  # type: ignore[type-arg]
    number, at, who, decision, name, producer, nth, field, found, value, other, note, withdraws = row
    return Correction(
        id=number,
        at=at,
        who=who,
        decision=decision,
        line=None if name is None else Line(name=name, producer=producer, nth=nth),
        field=field,
        found=found,
        value=value,
        other=other,
        note=note,
        withdraws=withdraws,
    )


def _named(who: str) -> str:
    folded = fold_space(who)
    if not folded or len(folded) > 100:
        raise CorrectionRefused("cần tên người sửa, 1 đến 100 ký tự")
    return folded


def _short(note: str) -> str:
    folded = fold_space(note)
    if len(folded) > 500:
        raise CorrectionRefused(f"ghi chú dài {len(folded)} ký tự; tối đa 500")
    return folded
