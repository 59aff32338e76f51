"""What was asked, for the operator: DATA/questions.sqlite, without personal data, for a set time, or not at all.

Law 91/2025/QH15 on the protection of personal data: what is not needed is not kept, and what is kept is kept no longer
than it is needed. Kept are: the question, as typed and as read, without numbers and addresses that name a person and
without names that are plainly of one, how it was answered, how long that took, the portal and the day. No address, no
name of a browser, no time of the day.
"""

import logging
import queue
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.answer import Answer
from assistant.personal import without_personal_data
from assistant.personal_names import without_names
from index.today import vietnam_today

FILE_NAME = "questions.sqlite"
VERSION = 1
# What waits to be written while the disk is slow; beyond it questions are not kept, and counted.
WAITING = 2000
PURGE_INTERVAL_S = 3600.0

_SCHEMA = """
CREATE TABLE questions (
    answer TEXT PRIMARY KEY, day TEXT NOT NULL, question TEXT NOT NULL, read TEXT, status TEXT NOT NULL,
    total_ms REAL NOT NULL, portal TEXT, good INTEGER, word TEXT
) WITHOUT ROWID;
CREATE INDEX questions_day ON questions (day);
"""
# Refused are insults and orders to the system: that they came is told, not what they said.
_TEXT_NOT_KEPT = frozenset({"refused"})

_log = logging.getLogger("ocop.server")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    answer: str
    day: str
    question: str
    read: str | None
    status: str
    total_ms: float
    portal: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rated:
    answer: str
    good: bool
    word: str


class QuestionLog:
    """Writes in a thread of its own: an answer waits for none of it and none of it can break one.

    keep_days: 0 keeps nothing, and deletes what a former setting kept.
    """

    def __init__(self, data: Path, *, keep_days: int) -> None:
        self.path = data / FILE_NAME
        self.keep_days = keep_days
        self.dropped = 0
        self.trouble: str | None = None
        self._notes: queue.Queue[_Asked | _Rated | None] = queue.Queue(WAITING)
        self._thread = threading.Thread(target=self._run, name="question-log", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._notes.put(None)
        self._thread.join()

    def note(self, question: str, answer: Answer, portal: str | None) -> None:
        """Keep a question with how it was answered; returns at once."""
        self._put(
            _Asked(
                answer=answer.id,
                day=vietnam_today().isoformat(),
                question=question,
                read=answer.read_as,
                status=answer.status,
                total_ms=answer.timings_ms.total,
                portal=portal,
            )
        )

    def rate(self, answer: str, *, good: bool, word: str) -> None:
        """Keep what a reader thinks of an answer, by its id; returns at once."""
        self._put(_Rated(answer=answer, good=good, word=word))

    def _put(self, note: _Asked | _Rated) -> None:
        if not self.keep_days:
            return
        try:
            self._notes.put_nowait(note)
        except queue.Full:
            self.dropped += 1

    def _run(self) -> None:
        if not self.keep_days:
            self._delete()
            return
        database: sqlite3.Connection | None = None
        note: _Asked | _Rated | None = None
        while True:
            try:
                if database is None:
                    database = _open(self.path)
                if note is None:
                    self._purge(database)
                else:
                    with database:
                        _keep(database, note)
                self.trouble = None
            except (sqlite3.Error, OSError) as error:
                self._report(error, lost=note is not None)
                if database is not None:
                    database.close()
                    database = None
            try:
                note = self._notes.get(timeout=PURGE_INTERVAL_S)
            except queue.Empty:
                note = None
                continue
            if note is None:
                break
        if database is not None:
            database.close()

    def _report(self, error: Exception, *, lost: bool) -> None:
        self.dropped += lost
        if str(error) != self.trouble:
            _log.warning("questions are not kept: %s: %s", self.path, error)
        self.trouble = str(error)

    def _purge(self, database: sqlite3.Connection) -> None:
        oldest = vietnam_today() - timedelta(days=self.keep_days)
        with database:
            database.execute("DELETE FROM questions WHERE day <= ?", (oldest.isoformat(),))
        # so that it is gone from the file beside the database too
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _delete(self) -> None:
        for name in (self.path.name, f"{self.path.name}-wal", f"{self.path.name}-shm"):
            with suppress(FileNotFoundError):
                (self.path.parent / name).unlink()


def _keep(database: sqlite3.Connection, note: _Asked | _Rated) -> None:
    if isinstance(note, _Asked):
        kept = note.status not in _TEXT_NOT_KEPT
        text = _impersonal(note.question) if kept else ""
        read = _impersonal(note.read) if kept and note.read is not None else None
        database.execute(
            "INSERT OR REPLACE INTO questions VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
            (note.answer, note.day, text, read, note.status, note.total_ms, note.portal),
        )
    else:
        # a reader who only changes the thumb keeps the word given before
        database.execute(
            "UPDATE questions SET good = ?, word = COALESCE(?, word) WHERE answer = ?",
            (note.good, _impersonal(note.word) or None, note.answer),
        )


def _impersonal(text: str) -> str:
    return without_names(without_personal_data(text))


def _open(path: Path) -> sqlite3.Connection:
    path.touch(mode=0o600)  # for its owner only; SQLite gives the files beside it the same mode
    database = sqlite3.connect(path, timeout=30.0)
    try:
        # what is deleted is overwritten, not only forgotten
        database.execute("PRAGMA secure_delete = ON")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        version = database.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            database.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
        elif version != VERSION:
            raise sqlite3.DatabaseError(f"written by version {version} of this project, this one knows {VERSION}")
    except BaseException:
        database.close()
        raise
    return database


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection | None]:
    """The log opened to read only; None where nothing was kept yet.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    if not path.exists():
        yield None
        return
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5.0)) as database:
        yield database
