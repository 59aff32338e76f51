"""Crawling: from the table of sources, politely, into the archive.

Sources are gone over side by side, one request at a time to each host. What is still to be asked lives in the archive,
so a crawl that is stopped or killed goes on where it was.
"""

import asyncio
import logging
import signal
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import urlsplit

from crawler.archive import Archive, ArchiveError, now_iso
from crawler.frontier import Frontier
from crawler.net.fetcher import FetchError
from crawler.net.polite import StoppedError
from crawler.net.session import Fetched, Session
from crawler.sandbox import Sandbox, SandboxError
from crawler.sources import Source, SourcesError
from crawler.visit import Settings, SourceReport, Visit

_LOG = logging.getLogger(__name__)

_MAX_FILE_BYTES = 32 * 1024 * 1024
_LOOK_AGAIN_S = 30.0
# How soon a change of the table of sources is taken up, while nothing is due.
_LONGEST_SLEEP_S = 60.0
_TABLE_LOOK_S = 5.0

Tell = Callable[[SourceReport], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What every source of one run is gone over with."""

    session: Session
    sandbox: Sandbox
    archive: Archive
    settings: Settings
    tell: Tell

    async def visit(self, source: Source) -> SourceReport:
        """One round over one source."""
        report = SourceReport(id=source.id, name=source.name)
        visit = Visit(
            source,
            self.archive,
            session=self.session,
            reader=self.sandbox,
            settings=self.settings,
            report=report,
            tell=self.tell,
        )
        try:
            await visit.run()
        except StoppedError:
            report.interrupted = True
        except (ArchiveError, SandboxError, sqlite3.Error):
            raise
        except Exception as error:
            # A mistake of ours on one site must not end the others' crawl; its round stays open.
            _LOG.exception("%s: lượt thu thập hỏng", source.id)
            report.failed += 1
            report.interrupted = True
            report.problem(source.home, f"lỗi của chương trình: {type(error).__name__}: {error}")
        return report

    async def follow(self, name: str, table: Mapping[str, Source], ended: Tell) -> None:
        """Round after round of the source of that id, each when it is due, as the table has it then; until the table
        has it no more."""
        frontier = Frontier(self.archive, name)
        try:
            while (source := table.get(name)) is not None:
                left_s = _seconds_until(frontier.due_at(source.every_h))
                if left_s > 0:
                    await self.session.turns.pause(min(left_s, _LONGEST_SLEEP_S))
                    continue
                ended(await self.visit(source))
                # A source that is always due is still left alone for a moment.
                await self.session.turns.pause(_LOOK_AGAIN_S)
        except StoppedError:
            return


class _Table:
    """The sources that are followed, by id, brought up to what the table says as it changes."""

    def __init__(self, read: Callable[[], Sequence[Source]], contact: str | None) -> None:
        self._read = read
        self._contact = contact
        self._trouble = ""
        self.sources = self._checked()

    def renew(self) -> None:
        """Read the table again; one that cannot be used leaves the former in use, and is told once."""
        try:
            now = self._checked()
        except (SourcesError, ValueError) as error:
            if str(error) != self._trouble:
                _LOG.warning("%s; bảng nguồn trước đó vẫn được dùng", error)
            self._trouble = str(error)
            return
        self._trouble = ""
        if now != self.sources:
            self.sources.clear()  # it is this one that is looked at by whoever follows a source
            self.sources.update(now)

    def _checked(self) -> dict[str, Source]:
        sources = tuple(self._read())
        _need_contact(sources, self._contact)
        return {source.id: source for source in sources}


def crawl(
    sources: Sequence[Source],
    archive: Archive,
    *,
    contact: str | None = None,
    settings: Settings | None = None,
    tell: Tell = lambda report: None,
) -> list[SourceReport]:
    """Go over the sources once and say what came of each; Ctrl-C and SIGTERM end it after the answer under way.

    tell: called with a source's report after each of its addresses.

    Raises:
        ValueError: a source on the public web is to be crawled and no `contact` is given.
    """
    _need_contact(sources, contact)

    async def every(run: _Run) -> list[SourceReport]:
        return list(await asyncio.gather(*(run.visit(source) for source in sources)))

    return asyncio.run(_with_run(every, archive, contact=contact, settings=settings or Settings(), tell=tell))


def watch(
    sources: Callable[[], Sequence[Source]],
    archive: Archive,
    *,
    contact: str | None = None,
    settings: Settings | None = None,
    tell: Tell = lambda report: None,
    ended: Tell = lambda report: None,
) -> None:
    """Go over each source whenever it is due, until Ctrl-C or SIGTERM.

    sources: gives the table as it stands; asked again and again, so that a change of it needs no restart. One that
    cannot be used is told in the log, and the former goes on. ended: called with a source's report after each of its
    rounds.

    Raises:
        SourcesError: the table cannot be used at the start.
        ValueError: as `crawl`.
    """
    table = _Table(sources, contact)

    async def every(run: _Run) -> None:
        following: dict[str, asyncio.Task[None]] = {}
        while not run.session.stop.is_set():
            for name in table.sources.keys() - following.keys():
                following[name] = asyncio.create_task(run.follow(name, table.sources, ended))
            done, _ = await asyncio.wait(following.values(), timeout=_TABLE_LOOK_S, return_when=asyncio.FIRST_EXCEPTION)
            for name in [name for name, task in following.items() if task in done]:
                following.pop(name).result()
            table.renew()
        await asyncio.gather(*following.values())

    asyncio.run(_with_run(every, archive, contact=contact, settings=settings or Settings(), tell=tell))


async def _with_run(
    work: Callable[[_Run], Awaitable[T]], archive: Archive, *, contact: str | None, settings: Settings, tell: Tell
) -> T:
    async with Session(contact) as session:
        with Sandbox() as sandbox, _stopping(session.stop):
            return await work(_Run(session=session, sandbox=sandbox, archive=archive, settings=settings, tell=tell))


def due(sources: Sequence[Source], archive: Archive) -> list[Source]:
    """The sources whose time has come, or whose last round was left open."""
    now = now_iso()
    return [source for source in sources if (Frontier(archive, source.id).due_at(source.every_h) or now) <= now]


def _need_contact(sources: Sequence[Source], contact: str | None) -> None:
    if not contact and any(not source.local for source in sources):
        raise ValueError("cần --contact (địa chỉ thư hoặc trang web) để các trang được thu thập biết liên hệ với ai")


def _seconds_until(instant: str | None) -> float:
    return 0.0 if instant is None else (datetime.fromisoformat(instant) - datetime.now(UTC)).total_seconds()


def fetch(urls: Sequence[str], *, contact: str | None = None, local: bool = False) -> list[tuple[str, Fetched | str]]:
    """Fetch single addresses under the same rules as a crawl; for each, the page or why there is none.

    Raises:
        ValueError: an address on the public web is asked for and no `contact` is given.
    """
    if not contact and not local:
        raise ValueError("cần --contact (địa chỉ thư hoặc trang web) để trang được lấy biết liên hệ với ai")
    return asyncio.run(_fetch_all(urls, contact, local=local))


async def _fetch_all(urls: Sequence[str], contact: str | None, *, local: bool) -> list[tuple[str, Fetched | str]]:
    async with Session(contact) as session:
        with _stopping(session.stop):
            found: list[tuple[str, Fetched | str]] = []
            for url in urls:
                source = Source(
                    id="url", name=urlsplit(url).hostname or url, home=url, articles=(".",), local=local, delay_s=0.5
                )
                try:
                    found.append((url, await session.get(source, url, max_bytes=_MAX_FILE_BYTES)))
                except (FetchError, StoppedError) as error:
                    found.append((url, str(error) or "đã dừng theo yêu cầu"))
            return found


@contextmanager
def _stopping(stop: asyncio.Event) -> Iterator[None]:
    """Ctrl-C and SIGTERM ask for the end once; a second one ends at once, as ever."""
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM)

    def ask() -> None:
        stop.set()
        for number in numbers:
            loop.remove_signal_handler(number)

    try:
        for number in numbers:
            loop.add_signal_handler(number, ask)
    except (NotImplementedError, RuntimeError, ValueError):  # not the main thread, or Windows
        yield
        return
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
