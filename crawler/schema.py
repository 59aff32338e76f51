"""The tables of the archive, and how a file written by an older version becomes one of today.

1   articles, versions, raws, fetches
2   fetches became addresses (the frontier lives here too), with rounds; sketches, attachments and tombstones came
"""

import sqlite3

VERSION = 2

_FIRST = """
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
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counters VALUES ('seq', 0);
"""

# asked, done: numbers of rounds over the source. An address is pending while done < asked.
# status, fetched: the last answer's. lastmod: what a sitemap said last; held_lastmod: what it said of the copy held.
# misses: rounds in a row that found it missing (404, 410).
_SECOND = """
CREATE TABLE addresses (
    url TEXT PRIMARY KEY, source TEXT NOT NULL, role TEXT NOT NULL, depth INTEGER NOT NULL DEFAULT 0,
    asked INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, outcome TEXT, error TEXT,
    status INTEGER, fetched TEXT, etag TEXT, last_modified TEXT, lastmod TEXT, held_lastmod TEXT,
    misses INTEGER NOT NULL DEFAULT 0, article_id TEXT
) WITHOUT ROWID;
CREATE INDEX addresses_pending ON addresses (source, role, article_id IS NULL, depth, url) WHERE done < asked;
CREATE INDEX addresses_source ON addresses (source, done);
CREATE INDEX addresses_article ON addresses (article_id);
CREATE TABLE rounds (
    source TEXT NOT NULL, number INTEGER NOT NULL, begun TEXT NOT NULL, ended TEXT, resume_after TEXT, counts TEXT,
    trouble TEXT, PRIMARY KEY (source, number)
) WITHOUT ROWID;
CREATE TABLE attachments (
    page_id TEXT NOT NULL, url TEXT NOT NULL, PRIMARY KEY (page_id, url)
) WITHOUT ROWID;
CREATE INDEX attachments_url ON attachments (url);
CREATE TABLE sketches (article_id TEXT PRIMARY KEY, sketch BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE tombstones (target TEXT PRIMARY KEY, since TEXT NOT NULL) WITHOUT ROWID;
"""

_FROM_FETCHES = """
INSERT INTO addresses (url, source, role, status, fetched, etag, last_modified, error, article_id, outcome)
SELECT url, source, 'article', status, fetched, etag, last_modified, error, article_id,
       CASE WHEN error IS NULL THEN 'unchanged' WHEN article_id IS NULL THEN 'no_article' ELSE 'failed' END
FROM fetches;
DROP TABLE fetches;
"""


def migrate(db: sqlite3.Connection) -> None:
    """Bring the tables to today's version, from whichever older one. To be called within a transaction."""
    version = version_of(db)
    if version == 0:
        _run(db, _FIRST)
    if version < 2:
        _run(db, _SECOND)
    if version == 1:
        _run(db, _FROM_FETCHES)
    db.execute(f"PRAGMA user_version = {VERSION}")


def version_of(db: sqlite3.Connection) -> int:
    """The version written in the file; 0 for an empty one."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _run(db: sqlite3.Connection, script: str) -> None:
    for statement in script.split(";"):
        if statement.strip():
            db.execute(statement)
