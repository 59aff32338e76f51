"""The archive: articles, their versions, the raw bytes and "what changed since", in one SQLite file.

What is still to be fetched stands in the same file (`crawler.frontier`), so that one transaction moves both.

ArchiveError
├── ArchiveVersionError   written by a newer version of this project
├── ArchiveDamaged        SQLite cannot read it
├── ArchiveFull           the disk has no room for what SQLite keeps beside it
└── ForgottenError        the address was forgotten on purpose, and may not come back
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

from crawler import schema
from crawler.address import host_of
from crawler.article import Article, raw_digest
from crawler.copies import sketch

FILE_NAME = "archive.sqlite"

Change = Literal["new", "changed", "updated", "unchanged"]

_ARTICLE = TypeAdapter(Article)
_NO_ROOM = {
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_TRUNCATE),
    *(sqlite3.SQLITE_IOERR_SHMOPEN, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMMAP),
}


class ArchiveError(Exception):
    """The archive cannot be used; the message says why and what to do."""


class ArchiveVersionError(ArchiveError):
    """The archive was written by a newer version of this project."""


class ArchiveDamaged(ArchiveError):
    """SQLite cannot read the file."""


class ArchiveFull(ArchiveError):
    """The disk has no room for what SQLite keeps beside the file, even to read it."""


class ForgottenError(ArchiveError):
    """The address, or its host, was forgotten on purpose (`Archive.forget`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """Bytes as fetched. `content_type` is the HTTP header's value, parameters included, or a guess for a file."""

    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """The current version of an article as it stands in the file: `record` is its JSON, UTF-8, not yet validated."""

    id: str
    digest: str
    record: bytes

    def article(self) -> Article:
        """The article."""
        return _ARTICLE.validate_json(self.record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What `Archive.forget` took out: ids of articles, and how many addresses.

    left: addresses of files that hung off the articles and are still held.
    """

    articles: tuple[str, ...]
    addresses: int
    left: tuple[str, ...] = ()


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
            self._db.execute("PRAGMA secure_delete = ON")
            self._migrate()
        except sqlite3.DatabaseError as error:
            self._db.close()
            if getattr(error, "sqlite_errorcode", None) in _NO_ROOM:
                raise ArchiveFull(f"{self.path} cannot be opened, the disk is full ({error}): make room") from error
            raise ArchiveDamaged(
                f"{self.path} cannot be read as an archive ({error}): restore it from a backup, "
                "or move it away and crawl again"
            ) from error
        except ArchiveError:
            self._db.close()
            raise

    def _migrate(self) -> None:
        version = schema.version_of(self._db)
        if version > schema.VERSION:
            raise ArchiveVersionError(
                f"{self.path} has schema {version}, this program knows up to {schema.VERSION}: "
                "update the program, or use another data folder"
            )
        if version < schema.VERSION:
            with self.transaction():
                former = schema.version_of(self._db)
                schema.migrate(self._db)
                if 0 < former < 2:
                    for article in self.articles():
                        self._db.execute("INSERT INTO sketches VALUES (?, ?)", (article.id, sketch(article.text)))

    @property
    def db(self) -> sqlite3.Connection:
        """The connection, to read with; what writes goes through `transaction`."""
        return self._db

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: what is written within stands together or not at all. Within another one it is part of it."""
        if self._db.in_transaction:
            yield self._db
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield self._db
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
            ForgottenError: its address was forgotten on purpose.
        """
        if article.raw_digest != raw_digest(raw.body):
            raise ValueError(f"Article {article.id}: raw_digest is not the digest of the bytes given")
        if article.url is not None and (target := self.forgotten(article.url)) is not None:
            raise ForgottenError(f"{article.url}: {target} đã được xóa theo yêu cầu và không lấy lại nữa")
        with self.transaction():
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
            self._db.execute("INSERT OR REPLACE INTO sketches VALUES (?, ?)", (article.id, sketch(article.text)))
            self._db.execute("DELETE FROM attachments WHERE page_id = ?", (article.id,))
            self._db.executemany(
                "INSERT OR IGNORE INTO attachments VALUES (?, ?)",
                [(article.id, attachment.url) for attachment in article.attachments],
            )
        return change

    def mark_gone(self, article_id: str) -> None:
        """Take an article out of the current set; its versions stay readable."""
        with self.transaction():
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
        for archived in self.archived():
            yield archived.article()

    def archived(self) -> Iterator[Archived]:
        """The same as `articles`, not validated: for whoever need only tell whether a record changed."""
        for article_id, digest in self.current():
            row = self._db.execute(
                "SELECT CAST(record AS BLOB) FROM versions WHERE id = ? AND digest = ?", (article_id, digest)
            ).fetchone()
            if row is not None:
                yield Archived(id=article_id, digest=digest, record=row[0])

    def holds(self, article_id: str) -> bool:
        """Whether the article is one of the current set."""
        return (
            self._db.execute("SELECT 1 FROM articles WHERE id = ? AND gone = 0", (article_id,)).fetchone() is not None
        )

    def count(self) -> int:
        """How many articles are current."""
        return int(self._db.execute("SELECT count(*) FROM articles WHERE gone = 0").fetchone()[0])

    def kinds(self) -> dict[str, int]:
        """How many current articles there are of each kind, the most frequent first."""
        rows = self._db.execute(
            "SELECT json_extract(record, '$.kind') AS kind, count(*) FROM articles a JOIN versions v "
            "ON v.id = a.id AND v.digest = a.digest WHERE gone = 0 GROUP BY kind ORDER BY count(*) DESC, kind"
        ).fetchall()
        return {row[0]: int(row[1]) for row in rows}

    def last_fetched(self) -> str | None:
        """When the newest of the current articles was fetched (UTC, ISO 8601), or None."""
        row = self._db.execute(
            "SELECT max(json_extract(record, '$.fetched')) FROM articles a JOIN versions v "
            "ON v.id = a.id AND v.digest = a.digest WHERE gone = 0"
        ).fetchone()
        return None if row[0] is None else str(row[0])

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

    def sketches(self) -> Iterator[tuple[str, bytes]]:
        """(id, `crawler.copies.sketch` of the text) of every article that is not gone, ordered by id."""
        yield from self._db.execute(
            "SELECT id, sketch FROM articles JOIN sketches ON article_id = id WHERE gone = 0 ORDER BY id"
        ).fetchall()

    def pages_of(self, url: str) -> list[str]:
        """Ids of the current articles that the file at `url` hangs off, ordered by id."""
        rows = self._db.execute(
            "SELECT page_id FROM attachments JOIN articles ON id = page_id WHERE attachments.url = ? AND gone = 0 "
            "ORDER BY page_id",
            (url,),
        ).fetchall()
        return [row[0] for row in rows]

    def forget(self, target: str) -> Forgotten:
        """Take the text of one address, or of a whole host, out of the file for good, and remember not to fetch it.

        target: an absolute address as `crawler.discover.clean_address` writes it, or a host ("example.vn", with its
            port where it is not the scheme's own). Versions and raw bytes go too; what is left of an article is its
            id, so that the index learns that it is gone. The file is rewritten: nothing of the text stays in it.

        Raises:
            ArchiveError: a reader kept the log from being emptied for half a minute; to be run again.
        """
        with self.transaction():
            rows = self._db.execute("SELECT id, url FROM articles WHERE url IS NOT NULL").fetchall()
            found = {row[0] for row in rows if target in (row[1], _whole(row[1]), host_of(row[1]))}
            addresses = self._db.execute("SELECT url, article_id FROM addresses").fetchall()
            asked = [(url, article_id) for url, article_id in addresses if target in (url, host_of(url))]
            # An address that leads to an article of another name (a print version) is that article.
            found |= {article_id for url, article_id in asked if article_id is not None and url == target}
            ids = sorted(found)
            left = sorted(
                {
                    row[0]
                    for article_id in ids
                    for row in self._db.execute(
                        "SELECT a.url FROM attachments a JOIN articles b ON b.url = a.url AND b.gone = 0 "
                        "WHERE page_id = ?",
                        (article_id,),
                    )
                    if target not in (row[0], host_of(row[0]))
                }
            )
            for article_id in ids:
                self._db.execute("DELETE FROM versions WHERE id = ?", (article_id,))
                self._db.execute("DELETE FROM sketches WHERE article_id = ?", (article_id,))
                self._db.execute("DELETE FROM attachments WHERE page_id = ?", (article_id,))
                self._db.execute(
                    "UPDATE articles SET gone = 1, url = NULL, seq = ? WHERE id = ?", (self._next_seq(), article_id)
                )
                self._db.execute("DELETE FROM addresses WHERE article_id = ?", (article_id,))
            self._db.executemany("DELETE FROM addresses WHERE url = ?", [(url,) for url, _ in asked])
            self._db.execute(
                "DELETE FROM raws WHERE digest NOT IN (SELECT json_extract(record, '$.raw_digest') FROM versions)"
            )
            self._db.execute("INSERT OR IGNORE INTO tombstones VALUES (?, ?)", (target, now_iso()))
        self._db.execute("VACUUM")
        busy = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise ArchiveError(
                f"{self.path}: chữ đã xóa còn trong nhật ký vì có chương trình đang đọc kho; "
                f"chạy lại sau khi nó xong: python -m crawler forget {target}"
            )
        return Forgotten(articles=tuple(ids), addresses=len(asked), left=tuple(left))

    def forgotten(self, url: str) -> str | None:
        """The address or host that was forgotten and that `url` is or belongs to; None where there is none."""
        row = self._db.execute(
            "SELECT target FROM tombstones WHERE target IN (?, ?, ?) LIMIT 1", (url, _whole(url), host_of(url))
        ).fetchone()
        return None if row is None else str(row[0])

    def was_forgotten(self, article_id: str) -> bool:
        """Whether the text of an article was once here and was taken out on purpose."""
        row = self._db.execute(
            "SELECT 1 FROM articles a WHERE id = ? AND NOT EXISTS (SELECT 1 FROM versions v WHERE v.id = a.id)",
            (article_id,),
        ).fetchone()
        return row is not None


def _whole(url: str) -> str:
    """The address of the zip that a file was read from; any other address as it is."""
    return url.partition("#")[0]


def _same_but_fetch(former: Article, article: Article) -> bool:
    """Whether two readings of the same text differ only in when and from which bytes they were read."""
    ignored = ("fetched", "raw_digest")
    return all(getattr(former, name) == getattr(article, name) for name in Article.__slots__ if name not in ignored)
