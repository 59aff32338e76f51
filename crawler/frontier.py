"""The frontier: which addresses of a source are known, what came of each, and which are still to be asked.

It lives in the archive's file, and whatever an answer changes (an article, the links it names, its own state) is
written in one transaction: a crawl killed at any instant goes on where it was.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from crawler.archive import Archive, now_iso

Role = Literal["sitemap", "feed", "listing", "article", "file"]
Outcome = Literal[
    "read", "unchanged", "new", "changed", "moved", "missing", "gone", "no_article", "off_topic", "refused", "failed"
]

LISTS: tuple[Role, ...] = ("sitemap", "feed", "listing")
PAGES: tuple[Role, ...] = ("article", "file")
# A sitemap's lastmod is believed for a month: some sites never move it.
_LASTMOD_TRUSTED_DAYS = 30
_ROUNDS_KEPT = 50
_TROUBLE_WAIT_H = 1.0  # a site that could not be gone over at all is tried again sooner
_KNOWN_FOR_GUARD = 4
_MISSES_TO_BE_GONE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address of a source and what is known of it.

    role: what it is read as. depth: links from a starting point. asked, done: numbers of rounds; pending while
    done < asked. status and fetched belong to the last answer, None before any. misses: rounds in a row that found it
    missing (404, 410). article_id: the article it gave or led to.
    """

    url: str
    source: str
    role: Role
    depth: int = 0
    asked: int = 0
    done: int = 0
    outcome: Outcome | None = None
    error: str | None = None
    status: int | None = None
    fetched: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    lastmod: str | None = None
    held_lastmod: str | None = None
    misses: int = 0
    article_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An address that a starting point or a page names."""

    url: str
    role: Role
    depth: int = 0
    lastmod: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What naming addresses came to.

    asked: not asked for in this round before. fresh: those of them not known at all. unchanged: those done with at
    once since their date is the same.
    """

    asked: int
    fresh: int
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One going over a source. `ended` is None while it is under way; `resumed` says that a former run began it.

    resume_after: the instant before which the site asked not to be asked again. trouble: why the whole of it failed.
    """

    source: str
    number: int
    begun: str
    ended: str | None = None
    resumed: bool = False
    resume_after: str | None = None
    trouble: str | None = None
    counts: Mapping[str, int] | None = None


_COLUMNS = ", ".join(Address.__slots__)


class Frontier:
    """The addresses of one source within an open archive."""

    def __init__(self, archive: Archive, source: str) -> None:
        self._archive = archive
        self._source = source

    # --- rounds -------------------------------------------------------------------------------------------------------

    def last_round(self) -> Round | None:
        """The latest round, ended or not; None before the first."""
        db = self._archive.db
        row = db.execute(
            "SELECT number, begun, ended, resume_after, trouble, counts FROM rounds WHERE source = ? "
            "ORDER BY number DESC LIMIT 1",
            (self._source,),
        ).fetchone()
        return None if row is None else self._round(row)

    def last_success(self) -> Round | None:
        """The latest round that ended without trouble; None where there is none."""
        db = self._archive.db
        row = db.execute(
            "SELECT number, begun, ended, resume_after, trouble, counts FROM rounds "
            "WHERE source = ? AND ended IS NOT NULL AND trouble IS NULL ORDER BY number DESC LIMIT 1",
            (self._source,),
        ).fetchone()
        return None if row is None else self._round(row)

    def _round(self, row: tuple[int, str, str | None, str | None, str | None, str | None]) -> Round:
        return Round(
            source=self._source,
            number=row[0],
            begun=row[1],
            ended=row[2],
            resume_after=row[3],
            trouble=row[4],
            counts=None if row[5] is None else json.loads(row[5]),
        )

    def due_at(self, every_h: float) -> str | None:
        """The instant (UTC) from which the source may be gone over again; None: at once."""
        last = self.last_round()
        if last is None:
            return None
        if last.ended is None:
            return last.resume_after
        ended = datetime.fromisoformat(last.ended)
        wait_h = every_h if last.trouble is None else min(every_h, _TROUBLE_WAIT_H)
        return (ended + timedelta(hours=wait_h)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def begin(self, starts: Iterable[Found]) -> Round:
        """Take up the round that a former run left, or begin the next one.

        A new round asks for the starting points, for every list at most one link away from them, for the pages whose
        article is held, so that changes and deletions are seen, and for what failed or was not reached last time.
        """
        with self._archive.transaction() as db:
            last = self.last_round()
            if last is not None and last.ended is None:
                db.execute(
                    "UPDATE rounds SET resume_after = NULL WHERE source = ? AND number = ?", (self._source, last.number)
                )
                return Round(source=self._source, number=last.number, begun=last.begun, resumed=True)
            number = 1 if last is None else last.number + 1
            begun = now_iso()
            db.execute("INSERT INTO rounds (source, number, begun) VALUES (?, ?, ?)", (self._source, number, begun))
            db.execute("DELETE FROM rounds WHERE source = ? AND number <= ?", (self._source, number - _ROUNDS_KEPT))
            round_ = Round(source=self._source, number=number, begun=begun)
            self.name(round_, starts)
            db.execute(
                "UPDATE addresses SET asked = ? WHERE source = ? AND (outcome IS NULL OR outcome = 'failed' OR "
                "(role IN ('sitemap', 'feed', 'listing') AND depth <= 1) OR "
                "article_id IN (SELECT id FROM articles WHERE gone = 0))",
                (number, self._source),
            )
        return round_

    def suspend(self, round_: Round, until: str) -> None:
        """Leave a round until an instant that the site named; the next run takes it up."""
        with self._archive.transaction() as db:
            db.execute(
                "UPDATE rounds SET resume_after = ? WHERE source = ? AND number = ?",
                (until, self._source, round_.number),
            )

    def end(self, round_: Round, trouble: str | None = None) -> str | None:
        """Close a round: pages missing twice in a row leave the current set, unless the deletion guard holds them.

        trouble: why the source could not be gone over at all.

        Returns why nothing was taken out although pages were missing, or None.
        """
        with self._archive.transaction() as db:
            guard = self._take_out(round_)
            db.execute(
                "UPDATE rounds SET ended = ?, trouble = ?, counts = ? WHERE source = ? AND number = ?",
                (now_iso(), trouble, json.dumps(self.counts(round_)), self._source, round_.number),
            )
        return guard

    def _take_out(self, round_: Round) -> str | None:
        """The deletion guard: a round that saw under half of the known pages takes none out."""
        with self._archive.transaction() as db:
            missing = [
                row[0]
                for row in db.execute(
                    "SELECT DISTINCT article_id FROM addresses a JOIN articles ON id = article_id WHERE source = ? "
                    "AND gone = 0 AND misses >= ? AND NOT EXISTS (SELECT 1 FROM addresses b WHERE "
                    "b.article_id = a.article_id AND b.misses = 0 AND b.outcome NOT IN ('moved', 'failed', 'refused'))",
                    (self._source, _MISSES_TO_BE_GONE),
                )
            ]
            known, seen = db.execute(
                "SELECT count(DISTINCT article_id), count(DISTINCT CASE WHEN done = ? AND outcome IN "
                "('new', 'changed', 'unchanged') THEN article_id END) FROM addresses JOIN articles ON id = article_id "
                "WHERE source = ? AND gone = 0",
                (round_.number, self._source),
            ).fetchone()
            if missing and known >= _KNOWN_FOR_GUARD and 2 * seen < known:
                return (
                    f"chỉ thấy {seen} trong {known} bài đã biết, {len(missing)} bài không còn: "
                    "giữ nguyên tất cả, hãy xem lại nguồn"
                )
            for article_id in missing:
                self._archive.mark_gone(article_id)
                db.execute("UPDATE addresses SET outcome = 'gone' WHERE article_id = ? AND misses > 0", (article_id,))
        return None

    # --- addresses ----------------------------------------------------------------------------------------------------

    def name(self, round_: Round, found: Iterable[Found]) -> Named:
        """Ask for addresses in this round, each once, and count them.

        A page whose sitemap date is the one it had when the copy held was fetched is done with at once.
        """
        asked = fresh = unchanged = 0
        with self._archive.transaction() as db:
            for item in found:
                if self._archive.forgotten(item.url) is not None:
                    continue
                known = self.get(item.url)
                if known is None:
                    asked, fresh = asked + 1, fresh + 1
                    db.execute(
                        "INSERT INTO addresses (url, source, role, depth, asked, lastmod) VALUES (?, ?, ?, ?, ?, ?)",
                        (item.url, self._source, item.role, item.depth, round_.number, item.lastmod),
                    )
                elif known.source == self._source:
                    same = self._held_as_listed(known, item.lastmod) and known.done < round_.number
                    unchanged += same
                    asked += known.asked < round_.number
                    db.execute(
                        "UPDATE addresses SET asked = ?, depth = min(depth, ?), lastmod = coalesce(?, lastmod), "
                        "done = CASE WHEN ? THEN ? ELSE done END, outcome = CASE WHEN ? THEN 'unchanged' ELSE outcome "
                        "END WHERE url = ?",
                        (round_.number, item.depth, item.lastmod, same, round_.number, same, item.url),
                    )
        return Named(asked=asked, fresh=fresh, unchanged=unchanged)

    def _held_as_listed(self, known: Address, lastmod: str | None) -> bool:
        if lastmod is None or lastmod != known.held_lastmod or known.fetched is None or known.article_id is None:
            return False
        age = datetime.now(UTC) - datetime.fromisoformat(known.fetched)
        return age.days < _LASTMOD_TRUSTED_DAYS and self._archive.holds(known.article_id)

    def pending(self, round_: Round) -> Address | None:
        """One address still to be asked in this round, lists before pages; None when the round is through.

        Pages that are held come before those not known yet: what is cited is kept true first.
        """
        for role in (*LISTS, *PAGES):
            row = self._archive.db.execute(
                f"SELECT {_COLUMNS} FROM addresses WHERE source = ? AND role = ? AND done < asked AND asked = ? "
                "ORDER BY article_id IS NULL, depth, url LIMIT 1",
                (self._source, role, round_.number),
            ).fetchone()
            if row is not None:
                return _address(row)
        return None

    def finish(
        self,
        round_: Round,
        address: Address,
        outcome: Outcome,
        *,
        status: int | None = None,
        error: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        article_id: str | None = None,
    ) -> None:
        """Write down what came of an address in this round.

        Validators belong to a body: with a 304 or a failure the former ones stay.
        """
        kept = outcome in ("failed", "missing", "moved") or status == 304
        with self._archive.transaction() as db:
            db.execute(
                "UPDATE addresses SET done = ?, outcome = ?, error = ?, status = ?, fetched = coalesce(?, fetched), "
                "etag = ?, last_modified = ?, held_lastmod = CASE WHEN ? THEN held_lastmod ELSE lastmod END, "
                "misses = CASE WHEN ? THEN misses + 1 WHEN ? THEN misses ELSE 0 END, "
                "article_id = coalesce(?, article_id) WHERE url = ?",
                (
                    round_.number,
                    outcome,
                    error,
                    status,
                    None if status is None else now_iso(),
                    address.etag if kept else etag,
                    address.last_modified if kept else last_modified,
                    outcome in ("failed", "missing", "moved"),
                    outcome in ("missing", "moved"),
                    outcome == "failed",
                    article_id,
                    address.url,
                ),
            )

    def get(self, url: str) -> Address | None:
        """What is known of an address, or None."""
        db = self._archive.db
        row = db.execute(f"SELECT {_COLUMNS} FROM addresses WHERE url = ?", (url,)).fetchone()
        return None if row is None else _address(row)

    def addresses(self) -> Iterator[Address]:
        """Every known address of the source, ordered."""
        db = self._archive.db
        rows = db.execute(f"SELECT {_COLUMNS} FROM addresses WHERE source = ? ORDER BY url", (self._source,)).fetchall()
        yield from map(_address, rows)

    # --- what a reader of `status` wants to know ----------------------------------------------------------------------

    def counts(self, round_: Round) -> dict[str, int]:
        """How many pages and files of this round came to which outcome; `found` counts those asked for."""
        db = self._archive.db
        rows = db.execute(
            "SELECT outcome, count(*) FROM addresses WHERE source = ? AND done = ? AND role IN ('article', 'file') "
            "GROUP BY outcome ORDER BY outcome",
            (self._source, round_.number),
        ).fetchall()
        found = db.execute(
            "SELECT count(*) FROM addresses WHERE source = ? AND asked = ? AND role IN ('article', 'file')",
            (self._source, round_.number),
        ).fetchone()[0]
        return {"found": int(found), **{str(outcome): int(count) for outcome, count in rows}}

    def left(self, round_: Round) -> int:
        """How many addresses are still to be asked in this round."""
        row = self._archive.db.execute(
            "SELECT count(*) FROM addresses WHERE source = ? AND asked = ? AND done < asked",
            (self._source, round_.number),
        ).fetchone()
        return int(row[0])

    def problems(self, round_: Round) -> list[tuple[str, str]]:
        """(address, reason) of everything that brought nothing in this round, ordered by address."""
        db = self._archive.db
        return [
            (row[0], row[1])
            for row in db.execute(
                "SELECT url, error FROM addresses WHERE source = ? AND done = ? AND error IS NOT NULL ORDER BY url",
                (self._source, round_.number),
            )
        ]

    def errors(self) -> list[tuple[str, int, str]]:
        """(reason, how many addresses, one of them) of what failed when last asked, the most frequent first."""
        db = self._archive.db
        return [
            (row[0], int(row[1]), row[2])
            for row in db.execute(
                "SELECT error, count(*), min(url) FROM addresses WHERE source = ? AND outcome IN "
                "('failed', 'missing') AND error IS NOT NULL GROUP BY error ORDER BY count(*) DESC, error",
                (self._source,),
            )
        ]

    def held(self) -> tuple[int, str | None]:
        """(articles held from the source, when the one unchecked for longest was last checked)."""
        db = self._archive.db
        count, oldest = db.execute(
            "SELECT count(*), min(last) FROM (SELECT max(fetched) AS last FROM addresses JOIN articles "
            "ON id = article_id WHERE source = ? AND gone = 0 GROUP BY article_id)",
            (self._source,),
        ).fetchone()
        return int(count), oldest


def sources_seen(archive: Archive) -> list[str]:
    """Ids of the sources that were ever gone over, in order."""
    return [row[0] for row in archive.db.execute("SELECT DISTINCT source FROM rounds ORDER BY source")]


def _address(row: tuple[object, ...]) -> Address:
    return Address(**dict(zip(Address.__slots__, row, strict=True)))  # type: ignore[arg-type]
