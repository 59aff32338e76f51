"""The archive: articles, their versions, the raw bytes, the fetch state and "what changed since", in one SQLite file.

ArchiveError
├── ArchiveVersionError   written by a newer version of this project
└── ArchiveDamaged        SQLite cannot read it
"""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from crawler.article import Article, raw_digest

SCHEMA_VERSION = 1
FILE_NAME = "archive.sqlite"

Change = Literal["new", "changed", "updated", "unchanged"]

_ARTICLE = TypeAdapter(Article)

_SCHEMA = """
CREATE TABLE raws (
    digest TEXT PRIMARY KEY, content_type TEXT NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE articles (
    id TEXT PRIMARY KEY, url TEXT, digest TEXT NOT NULL, gone INTEGER NOT NULL DEFAULT 0, seq INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX articles_seq ON articles (seq);
CREATE TABLE versions (
    id TEXT NOT NULL, digest TEXT NOT NULL, record TEXT NOT NULL, added TEXT NOT NULL,
    PRIMARY KEY (id, digest)
) WITHOUT ROWID;
CREATE TABLE fetches (
    url TEXT PRIMARY KEY, source TEXT NOT NULL, status INTEGER, fetched TEXT NOT NULL, etag TEXT, last_modified TEXT,
    error TEXT, article_id TEXT
) WITHOUT ROWID;
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counters VALUES ('seq', 0);
"""


class ArchiveError(Exception):
    """The archive cannot be used; the message says why and what to do."""


class ArchiveVersionError(ArchiveError):
    """The archive was written by a newer version of this project."""


class ArchiveDamaged(ArchiveError):
    """SQLite cannot read the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """Bytes as fetched. `content_type` is the HTTP header's value, parameters included, or a guess for a file."""

    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """The state of one address after its last fetch. `status` is None where no answer came (`error` says why)."""

    url: str
    source: str
    status: int | None
    fetched: str
    etag: str | None = None
    last_modified: str | None = None
    error: str | None = None
    article_id: str | None = None


def now_iso() -> str:
    """The present instant in UTC to the second, ISO 8601 with Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Archive:
    """An open archive. Every write is one transaction: a kill at any instant leaves it before or after, never between.

    One writer at a time (SQLite makes others wait up to 30 s); readers never block (write-ahead log).
    Use one Archive per thread.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Open `folder`/archive.sqlite.

        Raises:
            ArchiveError: there is none and `create` is false.
            ArchiveVersionError: it is newer than this code.
            ArchiveDamaged: it is no SQLite database, or its tables are not ours.
        """
        self.path = folder / FILE_NAME
        if not self.path.exists() and not create:
            raise ArchiveError(
                f"no archive at {self.path}: crawl first (python -m crawler --data {folder}) "
                f"or add files (python -m crawler add FILE --data {folder})"
            )
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(self.path, timeout=30.0, isolation_level=None)
        try:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._migrate()
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise ArchiveDamaged(
                f"{self.path} cannot be read as an archive ({error}): restore it from a backup, "
                "or move it away and crawl again"
            ) from error
        except ArchiveError:
            self._db.close()
            raise

    def _migrate(self) -> None:
        version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        if version > SCHEMA_VERSION:
            raise ArchiveVersionError(
                f"{self.path} has schema {version}, this program knows up to {SCHEMA_VERSION}: "
                "update the program, or use another data folder"
            )
        if version == 0:
            with self._transaction():
                if int(self._db.execute("PRAGMA user_version").fetchone()[0]) == 0:
                    for statement in _SCHEMA.split(";"):
                        if statement.strip():
                            self._db.execute(statement)
                    self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. The archive cannot be used afterwards."""
        self._db.close()

    def put(self, article: Article, raw: Raw) -> Change:
        """Store an article with the bytes it was read from.

        A text not seen before becomes a new version and the former ones are kept. The same text with other
        metadata replaces that version's record ("updated"). Former versions stay readable by their digest.

        Raises:
            ValueError: `article.raw_digest` is not the digest of `raw.body`.
        """
        if article.raw_digest != raw_digest(raw.body):
            raise ValueError(f"Article {article.id}: raw_digest is not the digest of the bytes given")
        with self._transaction():
            known = self._db.execute("SELECT digest, gone FROM articles WHERE id = ?", (article.id,)).fetchone()
            if known is not None and known[0] == article.digest and not known[1]:
                former = self.get(article.id, article.digest)
                if former is not None and _same_but_fetch(former, article):
                    return "unchanged"
                change: Change = "updated"
            else:
                change = "new" if known is None else "changed"
            self._db.execute(
                "INSERT OR IGNORE INTO raws VALUES (?, ?, ?)",
                (article.raw_digest, raw.content_type, zlib.compress(raw.body)),
            )
            self._db.execute(
                "INSERT INTO versions VALUES (?, ?, ?, ?) "
                "ON CONFLICT (id, digest) DO UPDATE SET record = excluded.record",
                (article.id, article.digest, _ARTICLE.dump_json(article).decode("utf-8"), now_iso()),
            )
            self._db.execute(
                "INSERT INTO articles VALUES (?, ?, ?, 0, ?) ON CONFLICT (id) DO UPDATE SET "
                "url = excluded.url, digest = excluded.digest, gone = 0, seq = excluded.seq",
                (article.id, article.url, article.digest, self._next_seq()),
            )
        return change

    def mark_gone(self, article_id: str) -> None:
        """Take an article out of the current set; its versions stay readable."""
        with self._transaction():
            self._db.execute(
                "UPDATE articles SET gone = 1, seq = ? WHERE id = ? AND gone = 0", (self._next_seq(), article_id)
            )

    def _next_seq(self) -> int:
        row = self._db.execute("UPDATE counters SET value = value + 1 WHERE name = 'seq' RETURNING value").fetchone()
        return int(row[0])

    def get(self, article_id: str, digest: str | None = None) -> Article | None:
        """One article: the version with that digest, or the current one (a gone article's last); None if unknown."""
        if digest is None:
            row = self._db.execute(
                "SELECT v.record FROM articles a JOIN versions v ON v.id = a.id AND v.digest = a.digest WHERE a.id = ?",
                (article_id,),
            ).fetchone()
        else:
            row = self._db.execute(
                "SELECT record FROM versions WHERE id = ? AND digest = ?", (article_id, digest)
            ).fetchone()
        return None if row is None else _ARTICLE.validate_json(row[0])

    def by_url(self, url: str) -> Article | None:
        """The current version of the article with that canonical address, or None."""
        row = self._db.execute("SELECT id FROM articles WHERE url = ? AND gone = 0", (url,)).fetchone()
        return None if row is None else self.get(row[0])

    def current(self) -> Iterator[tuple[str, str]]:
        """(id, digest) of every article that is not gone, ordered by id."""
        for row in self._db.execute("SELECT id, digest FROM articles WHERE gone = 0 ORDER BY id").fetchall():
            yield row[0], row[1]

    def articles(self) -> Iterator[Article]:
        """The current version of every article that is not gone, ordered by id, read one at a time."""
        for article_id, digest in self.current():
            article = self.get(article_id, digest)
            if article is not None:
                yield article

    def count(self) -> int:
        """How many articles are current."""
        return int(self._db.execute("SELECT count(*) FROM articles WHERE gone = 0").fetchone()[0])

    def cursor(self) -> int:
        """A number that grows with every change of the set of current articles or of a record."""
        return int(self._db.execute("SELECT value FROM counters WHERE name = 'seq'").fetchone()[0])

    def changed_since(self, cursor: int) -> list[str]:
        """Ids of the articles new, changed, updated or gone after `cursor`, in order of change."""
        rows = self._db.execute("SELECT id FROM articles WHERE seq > ? ORDER BY seq", (cursor,)).fetchall()
        return [row[0] for row in rows]

    def raw(self, digest: str) -> Raw | None:
        """The bytes with that sha256, or None."""
        row = self._db.execute("SELECT content_type, body FROM raws WHERE digest = ?", (digest,)).fetchone()
        return None if row is None else Raw(content_type=row[0], body=zlib.decompress(row[1]))

    def put_fetch(self, fetch: Fetch) -> None:
        """Remember how the last fetch of an address ended."""
        with self._transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO fetches VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    fetch.url,
                    fetch.source,
                    fetch.status,
                    fetch.fetched,
                    fetch.etag,
                    fetch.last_modified,
                    fetch.error,
                    fetch.article_id,
                ),
            )

    def fetch_state(self, url: str) -> Fetch | None:
        """How the last fetch of an address ended, or None if it was never fetched."""
        row = self._db.execute("SELECT * FROM fetches WHERE url = ?", (url,)).fetchone()
        if row is None:
            return None
        return Fetch(
            url=row[0],
            source=row[1],
            status=row[2],
            fetched=row[3],
            etag=row[4],
            last_modified=row[5],
            error=row[6],
            article_id=row[7],
        )

    def fetches(self, source: str) -> list[Fetch]:
        """How the last fetch of every address of a source ended, ordered by address."""
        rows = self._db.execute("SELECT url FROM fetches WHERE source = ? ORDER BY url", (source,)).fetchall()
        states = (self.fetch_state(row[0]) for row in rows)
        return [state for state in states if state is not None]


def _same_but_fetch(former: Article, article: Article) -> bool:
    """Whether two readings of the same text differ only in when and from which bytes they were read."""
    ignored = ("fetched", "raw_digest")
    return all(getattr(former, name) == getattr(article, name) for name in Article.__slots__ if name not in ignored)
