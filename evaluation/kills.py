"""A crawl killed (SIGKILL) at random instants and gone on with each time: does it end as an undisturbed one?

Each trial crawls the demo portals into a folder of its own, in a process that is killed several times and then left to
end. After every kill the archive must open, pass SQLite's own check and hold no article without its bytes.
"""

import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from crawler.archive import FILE_NAME, Archive
from crawler.article import raw_digest
from demo.conductor import write_sources
from demo.corpus import free_ports
from demo.portal import PORTALS, running

_ROOT = Path(__file__).resolve().parent.parent
_KILLS_A_TRIAL = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """What a run of trials came to.

    kills: how often a crawl, or a build, was killed before its end. undisturbed_s: seconds of one left alone.
    articles: how many the archive holds then. faults: what was found wrong, empty where nothing was. phases: of builds,
    how many were killed at which point.
    """

    kills: int
    trials: int
    articles: int
    undisturbed_s: float
    faults: tuple[str, ...]
    phases: dict[str, int] = field(default_factory=dict)


def kill_crawls(count: int, *, seed: int = 1, tell: Callable[[str], None] = lambda text: None) -> Killed:
    """Kill crawls of the demo portals until `count` were killed; `tell` hears of each trial."""
    first_port = free_ports(PORTALS)
    instants = random.Random(seed)
    faults: list[str] = []
    kills = trials = 0
    with tempfile.TemporaryDirectory() as name, running(range(first_port, first_port + PORTALS)):
        folder = Path(name)
        begun = time.monotonic()
        _crawl(folder / "whole", first_port).wait()
        undisturbed_s = time.monotonic() - begun
        expected = _state(folder / "whole")
        while kills < count:
            data = folder / f"trial-{trials}"
            trials += 1
            for _ in range(min(_KILLS_A_TRIAL, count - kills)):
                process = _crawl(data, first_port)
                try:
                    process.wait(instants.uniform(0.0, undisturbed_s))
                    break
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
                    kills += 1
                    faults += [f"lần giết {kills}: {fault}" for fault in _faults(data)]
            _crawl(data, first_port).wait()
            faults += [f"lượt {trials}: {fault}" for fault in _differences(expected, _state(data))]
            tell(f"{kills} lần giết, {len(faults)} lỗi")
    return Killed(
        kills=kills,
        trials=trials,
        articles=len(expected),
        undisturbed_s=round(undisturbed_s, 2),
        faults=tuple(faults),
    )


def as_line(killed: Killed) -> str:
    """The outcome in words."""
    work = "dựng chỉ mục" if killed.phases else "thu thập"
    phases = ", ".join(f"{count} {phase}" for phase, count in killed.phases.items())
    return (
        f"{killed.kills} lần giết (SIGKILL) ở thời điểm ngẫu nhiên trong {killed.trials} lượt {work} cổng mẫu "
        f"({killed.articles} bài, {killed.undisturbed_s:.1f} giây khi không bị giết): {len(killed.faults)} lỗi"
        + (f"; lúc bị giết: {phases}" if phases else "")
    )


def _crawl(data: Path, first_port: int) -> subprocess.Popen[bytes]:
    data.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "crawler", "--sources", str(write_sources(data, first_port)), "--data", str(data)]
    return subprocess.Popen(
        [*command, "--json"],
        cwd=_ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _faults(data: Path) -> list[str]:
    """What is wrong with an archive right after a kill."""
    if not (data / FILE_NAME).exists():
        return []
    database = sqlite3.connect(data / FILE_NAME)
    try:
        checked = database.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        database.close()
    if checked != "ok":
        return [f"SQLite: {checked}"]
    faults: list[str] = []
    with Archive(data, create=True) as archive:
        for article in archive.articles():
            raw = archive.raw(article.raw_digest)
            if raw is None or raw_digest(raw.body) != article.raw_digest:
                faults.append(f"bài {article.url} không còn byte gốc")
    return faults


def _state(data: Path) -> dict[str, tuple[str, int, tuple[str, ...]]]:
    """Of every current article: digest, number of versions, and the addresses that lead to it with their outcomes."""
    with Archive(data) as archive:
        return {
            article_id: (
                digest,
                archive.db.execute("SELECT count(*) FROM versions WHERE id = ?", (article_id,)).fetchone()[0],
                tuple(
                    row[0]
                    for row in archive.db.execute(
                        "SELECT url FROM addresses WHERE article_id = ? ORDER BY url", (article_id,)
                    )
                ),
            )
            for article_id, digest in archive.current()
        }


def _differences(
    expected: dict[str, tuple[str, int, tuple[str, ...]]], found: dict[str, tuple[str, int, tuple[str, ...]]]
) -> list[str]:
    return [
        f"bài {article_id}: cần {expected.get(article_id)}, tìm thấy {found.get(article_id)}"
        for article_id in sorted(expected.keys() | found.keys())
        if expected.get(article_id) != found.get(article_id)
    ]
