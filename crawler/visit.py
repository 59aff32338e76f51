"""One round over one source: its lists are asked first, then its pages and their files, one address at a time.

Whatever an answer changes is written in one transaction before the next address is asked.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from crawler.address import clean_address
from crawler.archive import Archive, Raw, now_iso
from crawler.article import Article, raw_digest
from crawler.draft import NoArticleError
from crawler.frontier import LISTS, PAGES, Address, Found, Frontier, Named, Outcome, Role, Round
from crawler.net.backoff import retry_after_s, wait_s
from crawler.net.fetcher import FetchError, Response
from crawler.net.public import reason_url_not_public
from crawler.net.robots import Rules
from crawler.net.session import MAX_REDIRECTS, Session
from crawler.read import Reading
from crawler.sources import Source
from crawler.topic import why_off_topic

_LOG = logging.getLogger(__name__)

_MAX_PAGE_BYTES = 8 * 1024 * 1024
# sitemaps.org: 50 MB a sitemap, unpacked
_MAX_BYTES: dict[Role, int] = {"sitemap": 50 * 1024 * 1024, "feed": 50 * 1024 * 1024, "file": 32 * 1024 * 1024}
_MAX_LISTS = 2000
_MAX_FEEDS = 20
_ATTEMPTS = 3
_PATIENCE_S = 120.0  # a longer wait that a server asks for is spent elsewhere: the round is left and taken up later
_SILENT_IN_A_ROW = 5
_REST_S = 900.0
_PASSING = frozenset({429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Reader(Protocol):
    """Reads what was fetched (`crawler.sandbox`, or in this process); its methods may take long."""

    def page(self, raw: Raw, url: str, source: Source, fetched: str) -> Reading:
        """As `crawler.read.read_page`."""

    def sitemap(self, body: bytes) -> tuple[list[tuple[str, str | None]], list[str]]:
        """As `crawler.discover.sitemap_pages`."""

    def feed(self, body: bytes) -> list[str]:
        """As `crawler.discover.feed_addresses`."""


@dataclass(slots=True, kw_only=True)
class SourceReport:
    """What one round over one source came to; counts of pages and files. `problems` holds (address, reason).

    failed: no usable answer, or refused by robots.txt or by the table. bytes: of bodies, decompressed.
    waiting_until: the site asked to be left alone until then (UTC), and the round goes on afterwards.
    interrupted: the end was asked for before the round was through. resumed: an earlier run began this round.
    """

    id: str
    name: str
    found: int = 0
    fetched: int = 0
    unchanged: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0
    failed: int = 0
    no_article: int = 0
    off_topic: int = 0
    bytes: int = 0
    waiting_until: str | None = None
    interrupted: bool = False
    resumed: bool = False
    problems: list[tuple[str, str]] = field(default_factory=list)

    def problem(self, url: str, reason: str) -> None:
        """Remember why an address brought nothing."""
        self.problems.append((url, reason))

    @property
    def done(self) -> int:
        """How many pages and files are through."""
        return self.unchanged + self.new + self.changed + self.failed + self.no_article + self.off_topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to crawl. limit: pages asked per source, at most. refresh: whole pages even where the copy held would do."""

    limit: int | None = None
    refresh: bool = False


class _WaitError(Exception):
    """The site is to be left alone until `until`."""

    def __init__(self, until: datetime, reason: str) -> None:
        super().__init__(reason)
        self.until = until.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why an address was not asked, or gave nothing. `lasting`: asking again will not help until a list names it."""

    reason: str
    lasting: bool


class Visit:
    """One round over one source."""

    def __init__(
        self,
        source: Source,
        archive: Archive,
        *,
        session: Session,
        reader: Reader,
        settings: Settings,
        report: SourceReport,
        tell: Callable[[SourceReport], None],
    ) -> None:
        """`reader` is called in a thread; `tell` is called after every address."""
        self._source = source
        self._archive = archive
        self._session = session
        self._reader = reader
        self._settings = settings
        self._report = report
        self._tell = tell
        self._frontier = Frontier(archive, source.id)
        self._silent = 0
        self._lists = 0

    async def run(self) -> None:
        """Go over the source until nothing is pending.

        Raises:
            StoppedError: the end was asked for; the round stays open and the next run takes it up.
        """
        rules = await self._session.rules(self._source, self._source.home)
        round_ = self._frontier.begin(self._starts(rules))
        self._report.resumed = round_.resumed
        self._report.found = self._frontier.counts(round_)["found"]
        if not rules.any_allowed:
            self._report.failed += 1
            self._report.problem(self._source.home, rules.reason)
            self._frontier.end(round_, trouble=rules.reason)
            return
        try:
            await self._go_over(round_)
        except _WaitError as error:
            self._report.waiting_until = error.until
            self._report.problem(self._source.home, str(error))
            self._frontier.suspend(round_, error.until)
            return
        before = self._archive.count()
        guard = self._frontier.end(round_, trouble=self._trouble())
        self._report.gone += before - self._archive.count()
        if guard is not None:
            self._report.problem(self._source.home, guard)
        self._tell(self._report)

    async def _go_over(self, round_: Round) -> None:
        asked = 0
        while (address := self._frontier.pending(round_)) is not None:
            if address.role in PAGES:
                if self._settings.limit is not None and asked >= self._settings.limit:
                    return
                asked += 1
            await self._take(round_, address)
            self._tell(self._report)

    def _trouble(self) -> str | None:
        """Why the round as a whole is no success: nothing at all was seen."""
        report = self._report
        seen = report.unchanged + report.new + report.changed + report.no_article + report.off_topic
        return report.problems[0][1] if not seen and not self._lists and report.problems else None

    def _starts(self, rules: Rules) -> Iterator[Found]:
        named = [(self._source.absolute(address), "sitemap") for address in self._source.sitemaps]
        named += [(address, "sitemap") for address in rules.sitemaps]
        named += [(self._source.absolute(address), "feed") for address in self._source.feeds]
        named += [(self._source.absolute(address), "listing") for address in self._source.listings]
        for address, role in named:
            url = clean_address(self._source.home, address)
            if url is not None and self._source.allows(url):
                yield Found(url=url, role=role)  # type: ignore[arg-type]

    # --- one address --------------------------------------------------------------------------------------------------

    async def _take(self, round_: Round, address: Address) -> None:
        """Ask for an address, follow where it moved, and write down what came of it."""
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._ask(address)
            if isinstance(answer, _Refusal):
                self._fail(round_, address, answer)
                return
            self._report.bytes += len(answer.body)
            if answer.status not in _REDIRECTS:
                await self._answered(round_, address, answer)
                return
            moved = self._moved(round_, address, answer)
            if moved is None:
                return
            address = moved
        self._fail(round_, address, _Refusal(f"quá {MAX_REDIRECTS} lần chuyển hướng", lasting=True))

    def _moved(self, round_: Round, address: Address, answer: Response) -> Address | None:
        """The address a redirect leads to, where it is still to be asked."""
        target = clean_address(address.url, answer.location or "")
        if target is None or target == address.url:
            self._fail(round_, address, _Refusal(f"chuyển hướng hỏng: {answer.location}", lasting=True))
            return None
        if (reason := self._outside(address.role, target)) is not None:
            self._fail(round_, address, _Refusal(reason, lasting=True), answer)
            return None
        with self._archive.transaction():
            self._frontier.name(round_, [Found(url=target, role=address.role, depth=address.depth)])
            self._finish(round_, address, "moved", answer)
        known = self._frontier.get(target)
        return known if known is not None and known.done < round_.number else None

    def _outside(self, role: Role, url: str) -> str | None:
        """Why an address may not be asked for this source in this role, or None."""
        source = self._source
        if not (source.allows_file(url) if role == "file" else source.allows(url)):
            return f"ngoài phạm vi của nguồn: {url}"
        if not source.local and (reason := reason_url_not_public(url)) is not None:
            return reason
        if role == "article" and not source.keeps(url):
            return f"không phải bài theo mẫu của nguồn (articles): {url}"
        return None

    async def _ask(self, address: Address) -> Response | _Refusal:
        """The answer of an address, asked up to three times where what hinders may pass."""
        if (reason := self._outside(address.role, address.url)) is not None:
            return _Refusal(reason, lasting=True)
        rules = await self._session.rules(self._source, address.url)
        if not rules.allowed(address.url):
            return _Refusal(f"robots.txt cấm ({rules.reason})", lasting=rules.any_allowed)
        for attempt in range(1, _ATTEMPTS + 1):
            asked_s: float | None = None
            hindrance: str
            try:
                answer = await self._session.ask(
                    self._source,
                    address.url,
                    rules,
                    self._conditions(address),
                    max_bytes=_MAX_BYTES.get(address.role, _MAX_PAGE_BYTES),
                )
            except FetchError as error:
                if not error.passing:
                    return _Refusal(str(error), lasting=False)
                hindrance = str(error)
            else:
                if answer.status not in _PASSING:
                    self._silent = 0
                    return answer
                hindrance = f"máy chủ trả về {answer.status}"
                asked_s = retry_after_s(answer.headers.get("retry-after"), datetime.now(UTC))
            if attempt < _ATTEMPTS:
                await self._wait(wait_s(attempt, asked_s), hindrance)
        self._silent += 1
        if self._silent >= _SILENT_IN_A_ROW:
            until = datetime.now(UTC) + timedelta(seconds=_REST_S)
            raise _WaitError(until, f"{self._silent} địa chỉ liền không lấy được: {hindrance}")
        return _Refusal(hindrance, lasting=False)

    async def _wait(self, seconds: float, reason: str) -> None:
        if seconds > _PATIENCE_S:
            until = datetime.now(UTC) + timedelta(seconds=seconds)
            raise _WaitError(until, f"{reason}, yêu cầu chờ {seconds:.0f} giây")
        _LOG.info("%s: %s; chờ %.0f giây", self._source.id, reason, seconds)
        await self._session.turns.pause(seconds)

    def _conditions(self, address: Address) -> dict[str, str]:
        """If-None-Match and If-Modified-Since (RFC 9110, 13.1), where what they stand for is still known."""
        known = address.role in LISTS or address.article_id is None or self._archive.holds(address.article_id)
        if self._settings.refresh or not known or address.outcome in (None, "gone"):
            return {}
        headers = {"If-None-Match": address.etag, "If-Modified-Since": address.last_modified}
        return {name: value for name, value in headers.items() if value}

    # --- what an answer means -----------------------------------------------------------------------------------------

    async def _answered(self, round_: Round, address: Address, answer: Response) -> None:
        if answer.status == 304:
            self._same(round_, address, answer)
        elif answer.status in (404, 410):
            self._missing(round_, address, answer)
        elif answer.status != 200:
            self._fail(round_, address, _Refusal(f"máy chủ trả về {answer.status}", lasting=False), answer)
        elif address.role in LISTS:
            await self._list(round_, address, answer)
        else:
            await self._page(round_, address, answer)

    def _same(self, round_: Round, address: Address, answer: Response) -> None:
        outcome: Outcome = "read" if address.role in LISTS else "unchanged"
        if address.role in LISTS:
            self._lists += 1
        elif address.outcome in ("no_article", "off_topic"):
            outcome = address.outcome
        self._count(outcome)
        self._finish(round_, address, outcome, answer, error=address.error)

    def _missing(self, round_: Round, address: Address, answer: Response) -> None:
        reason = f"máy chủ trả về {answer.status}"
        self._report.failed += 1
        self._report.problem(address.url, reason)
        self._finish(round_, address, "missing", answer, error=reason)

    def _fail(self, round_: Round, address: Address, refusal: _Refusal, answer: Response | None = None) -> None:
        self._report.failed += 1
        self._report.problem(address.url, refusal.reason)
        outcome: Outcome = "refused" if refusal.lasting else "failed"
        self._finish(round_, address, outcome, answer, error=refusal.reason)

    async def _list(self, round_: Round, address: Address, answer: Response) -> None:
        """Name what a sitemap, a feed or a listing leads to; lists further off only while they bring something new."""
        try:
            found, further = await self._listed(address, answer.raw)
        except NoArticleError as error:
            self._fail(round_, address, _Refusal(f"danh sách không đọc được: {error}", lasting=False), answer)
            return
        empty = None if found or further else "không có địa chỉ nào trong danh sách"
        if empty is not None and address.depth == 0:
            self._report.problem(address.url, empty)
        self._lists += 1
        with self._archive.transaction():
            named = self._frontier.name(round_, found)
            if self._lists + len(further) <= _MAX_LISTS and (
                address.depth == 0 or address.role == "sitemap" or named.fresh or self._settings.refresh
            ):
                self._frontier.name(round_, further)
            self._finish(round_, address, "read", answer, error=empty)
        self._named(named)

    async def _listed(self, address: Address, raw: Raw) -> tuple[Sequence[Found], Sequence[Found]]:
        """(pages, further lists) of a list.

        Raises:
            NoArticleError: the reader failed on it.
        """
        if address.role == "listing":
            reading = await asyncio.to_thread(self._reader.page, raw, address.url, self._source, now_iso())
            return self._links(address.url, reading, address.depth)
        if address.role == "feed":
            entries = await asyncio.to_thread(self._reader.feed, raw.body)
            return self._pages(address.url, [(url, None) for url in entries], address.depth), []
        pages, sitemaps = await asyncio.to_thread(self._reader.sitemap, raw.body)
        further = [
            Found(url=url, role="sitemap", depth=address.depth + 1)
            for listed in sitemaps
            if (url := clean_address(address.url, listed)) is not None and self._source.allows(url)
        ]
        return self._pages(address.url, pages, address.depth), further

    async def _page(self, round_: Round, address: Address, answer: Response) -> None:
        raw = answer.raw
        self._report.fetched += 1
        if not self._settings.refresh and self._unchanged(address, raw):
            self._count("unchanged")
            self._finish(round_, address, "unchanged", answer)
            return
        try:
            reading = await asyncio.to_thread(self._reader.page, raw, address.url, self._source, now_iso())
        except NoArticleError as failure:  # the reader ran out of time or memory, or broke
            reading = Reading(article=None, reason=str(failure))
        article = reading.article
        found, further = self._links(address.url, reading, address.depth)
        with self._archive.transaction():
            outcome: Outcome
            error: str | None = None
            article_id: str | None = None
            if article is None:
                outcome, error = "no_article", f"không phải bài: {reading.reason}"
            elif article.url is not None and (target := self._archive.forgotten(article.url)) is not None:
                # reached by another address than the one that was forgotten
                outcome, error, found, further = "no_article", f"{target} đã được xóa theo yêu cầu", [], []
            elif (aside := self._aside(address, article)) is not None:
                outcome, error, found, further = "off_topic", aside, [], []
            else:
                change = self._archive.put(article, raw)
                outcome = "changed" if change == "updated" else change
                article_id = article.id
                found = [*found, *self._files(article, address.depth)]
            named = self._frontier.name(round_, found)
            if outcome == "new":
                self._frontier.name(round_, further)
            self._finish(round_, address, outcome, answer, error=error, article_id=article_id)
        if error is not None and outcome == "no_article":
            self._report.problem(address.url, error)
        self._named(named)
        self._count(outcome)

    def _named(self, named: Named) -> None:
        self._report.found += named.asked
        self._report.unchanged += named.unchanged

    def _aside(self, address: Address, article: Article) -> str | None:
        """Why a page is off the topic; files belong to their page."""
        if self._source.whole or address.role == "file":
            return None
        return why_off_topic(article.title, article.text)

    def _unchanged(self, address: Address, raw: Raw) -> bool:
        """Whether these are the bytes that the article held was read from."""
        if address.article_id is None or not self._archive.holds(address.article_id):
            return False
        article = self._archive.get(address.article_id)
        return article is not None and article.raw_digest == raw_digest(raw.body)

    def _count(self, outcome: Outcome) -> None:
        report = self._report
        if outcome == "unchanged":
            report.unchanged += 1
        elif outcome == "new":
            report.new += 1
        elif outcome == "changed":
            report.changed += 1
        elif outcome == "no_article":
            report.no_article += 1
        elif outcome == "off_topic":
            report.off_topic += 1

    def _finish(
        self,
        round_: Round,
        address: Address,
        outcome: Outcome,
        answer: Response | None,
        *,
        error: str | None = None,
        article_id: str | None = None,
    ) -> None:
        headers = {} if answer is None else answer.headers
        self._frontier.finish(
            round_,
            address,
            outcome,
            error=error,
            article_id=article_id,
            status=None if answer is None else answer.status,
            etag=headers.get("etag"),
            last_modified=headers.get("last-modified"),
        )

    # --- where a page leads -------------------------------------------------------------------------------------------

    def _links(self, base: str, reading: Reading, depth: int) -> tuple[list[Found], list[Found]]:
        """(pages, further lists) that a page's links name under the source's rules."""
        urls = [url for href in reading.links if (url := clean_address(base, href)) is not None]
        pages = [Found(url=url, role="article", depth=depth + 1) for url in urls if self._source.keeps(url)]
        lists = [
            Found(url=url, role="listing", depth=depth + 1)
            for url in urls
            if not self._source.keeps(url) and self._source.follows(url)
        ]
        feeds = [url for href in reading.feeds[:_MAX_FEEDS] if (url := clean_address(base, href)) is not None]
        lists += [Found(url=url, role="feed", depth=depth + 1) for url in feeds if self._source.allows(url)]
        return pages, lists

    def _pages(self, base: str, listed: Sequence[tuple[str, str | None]], depth: int) -> list[Found]:
        urls = [(clean_address(base, url), lastmod) for url, lastmod in listed]
        return [
            Found(url=url, role="article", depth=depth + 1, lastmod=lastmod)
            for url, lastmod in urls
            if url is not None and self._source.keeps(url)
        ]

    def _files(self, article: Article, depth: int) -> list[Found]:
        return [
            Found(url=attachment.url, role="file", depth=depth + 1)
            for attachment in article.attachments
            if self._source.allows_file(attachment.url) and not self._source.keeps(attachment.url)
        ]
