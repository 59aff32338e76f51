"""Crawling: from the table of sources, politely, into the archive.

The rest of the project knows nothing of Scrapy: `crawl` and `fetch` are called, reports and pages come back.
A reactor runs once a process, so each of them can be called once a process.
"""

import asyncio
import ipaddress
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.resolver import CachingThreadedResolver
from tqdm import tqdm
from twisted.internet.defer import Deferred
from twisted.python.failure import Failure

from crawler.archive import Archive, Fetch, Raw, now_iso
from crawler.discover import clean_address, feed_addresses, sitemap_addresses
from crawler.draft import NoArticleError, Origin
from crawler.read import is_html, links_of, read_article
from crawler.robots import Answer, RobotsCache, Rules
from crawler.sources import Source

_LOG = logging.getLogger(__name__)

PRODUCT = "OCOPAssistantBot"
VERSION = "0.1"
_MAX_PAGE_BYTES = 8 * 1024 * 1024
_TIMEOUT_S = 30
_MAX_REDIRECTS = 5
_MAX_LISTINGS = 2000
_KNOWN_FOR_GUARD = 4


def user_agent(contact: str | None) -> str:
    """What servers read in User-Agent: product, version, and how to reach whoever runs it."""
    return f"{PRODUCT}/{VERSION} (+{contact})" if contact else f"{PRODUCT}/{VERSION} (local demonstration)"


@dataclass(slots=True, kw_only=True)
class SourceReport:
    """What one crawl of one source came to; counts of addresses. `problems` holds (address, reason)."""

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
    problems: list[tuple[str, str]] = field(default_factory=list)

    def problem(self, url: str, reason: str) -> None:
        """Remember why an address brought nothing."""
        self.problems.append((url, reason))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One fetched page, with the address it was finally found at."""

    url: str
    raw: Raw


@dataclass(slots=True, kw_only=True)
class _Plan:
    """What one run is to do; the spider's and the middlewares' common ground.

    local_hosts: names that may resolve to private addresses.
    """

    sources: dict[str, Source]
    agent: str
    archive: Archive | None = None
    reports: dict[str, SourceReport] = field(default_factory=dict)
    limit: int | None = None
    refresh: bool = False
    progress: bool = True
    delays_s: dict[str, float] = field(default_factory=dict)
    pages: list[tuple[str, Page | str]] = field(default_factory=list)

    def source(self, request: Request) -> Source:
        """The source that a request is made for."""
        return self.sources[request.meta["source"]]


def crawl(
    sources: Sequence[Source],
    archive: Archive,
    *,
    contact: str | None = None,
    limit: int | None = None,
    refresh: bool = False,
    progress: bool = True,
) -> list[SourceReport]:
    """Crawl the sources into the archive and say what came of each.

    limit: articles fetched per source, at most. refresh: ask for whole pages even where the archive's copy would do.

    Raises:
        ValueError: a source on the public web is to be crawled and no `contact` is given.
    """
    if not contact and any(not source.local for source in sources):
        raise ValueError("cần --contact (địa chỉ thư hoặc trang web) để các trang được thu thập biết liên hệ với ai")
    plan = _Plan(
        sources={source.id: source for source in sources},
        agent=user_agent(contact),
        archive=archive,
        reports={source.id: SourceReport(id=source.id, name=source.name) for source in sources},
        limit=limit,
        refresh=refresh,
        progress=progress,
    )
    _run(plan, _Portal)
    return list(plan.reports.values())


def fetch(urls: Sequence[str], *, contact: str | None = None, local: bool = False) -> list[tuple[str, Page | str]]:
    """Fetch single addresses under the same rules as a crawl; for each, the page or why there is none.

    Raises:
        ValueError: an address on the public web is asked for and no `contact` is given.
    """
    if not contact and not local:
        raise ValueError("cần --contact (địa chỉ thư hoặc trang web) để trang được lấy biết liên hệ với ai")
    sources = {
        f"url-{i}": Source(
            id=f"url-{i}", name=urlsplit(url).hostname or url, home=url, articles=(".",), local=local, delay_s=0.5
        )
        for i, url in enumerate(urls)
    }
    plan = _Plan(
        sources=sources,
        agent=user_agent(contact),
        reports={key: SourceReport(id=key, name=source.name) for key, source in sources.items()},
        progress=False,
    )
    _run(plan, _Single)
    return plan.pages


def _run(plan: _Plan, spider: type[scrapy.Spider]) -> None:
    local = {urlsplit(source.home).hostname for source in plan.sources.values() if source.local}
    own = __name__
    process = AsyncCrawlerProcess(
        {
            "USER_AGENT": plan.agent,
            "ROBOTSTXT_OBEY": False,  # ours below: Scrapy's lets an unreachable robots.txt pass
            "DOWNLOADER_MIDDLEWARES": {
                "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
                "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
                "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
                "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
                "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
                f"{own}.Guard": 40,
                f"{own}.RobotsMiddleware": 100,
            },
            "EXTENSIONS": {
                "scrapy.extensions.telnet.TelnetConsole": None,
                "scrapy.extensions.remote_control.RemoteControl": None,
                "scrapy.extensions.feedexport.FeedExporter": None,
                "scrapy.extensions.logstats.LogStats": None,
                "scrapy.extensions.throttle.AutoThrottle": None,
                f"{own}.Throttle": 0,
            },
            "AUTOTHROTTLE_ENABLED": True,
            "AUTOTHROTTLE_START_DELAY": 0.0,
            "AUTOTHROTTLE_MAX_DELAY": 60.0,
            "DOWNLOAD_SLOTS": {
                source.id: {"concurrency": 1, "delay": source.delay_s, "jitter": 0.0}
                for source in plan.sources.values()
            },
            "DOWNLOAD_TIMEOUT": _TIMEOUT_S,
            "DOWNLOAD_MAXSIZE": _MAX_PAGE_BYTES,
            "DOWNLOAD_WARNSIZE": 0,
            "DOWNLOAD_VERIFY_CERTIFICATES": True,
            "TWISTED_DNS_RESOLVER": f"{own}.PublicResolver",
            "DNS_TIMEOUT": 15,
            "OCOP_LOCAL_HOSTS": sorted(host for host in local if host),
            "REDIRECT_MAX_TIMES": _MAX_REDIRECTS,
            "RETRY_TIMES": 2,
            "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",
            "REFERER_ENABLED": True,
            "REFERRER_POLICY": "same-origin",
            "COOKIES_ENABLED": False,
            "HTTPERROR_ALLOW_ALL": True,
            "DEFAULT_REQUEST_HEADERS": {
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
                "Accept-Language": "vi,en;q=0.5",
            },
            "LOG_LEVEL": "WARNING",
            "LOG_FORMAT": "%(levelname)s: %(message)s",
            "STATS_DUMP": False,
            "MEMUSAGE_ENABLED": False,
        }
    )
    process.crawl(spider, plan=plan)
    process.start()


# --- what may be fetched ----------------------------------------------------------------------------------------------


class Guard:
    """Lets nothing out but requests to the source's own scheme and authority; redirects pass here again."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Guard":
        """Called by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise IgnoreRequest for an address outside."""
        plan: _Plan = self._crawler.spider.plan  # type: ignore[union-attr]
        source = plan.source(request)
        if not source.allows(request.url):
            raise IgnoreRequest(f"ngoài phạm vi của nguồn: {request.url}")
        if not source.local and _private(urlsplit(request.url).hostname or ""):
            raise IgnoreRequest(f"địa chỉ nội bộ: {request.url}")
        if source.local:
            request.meta["proxy"] = None


class PublicResolver(CachingThreadedResolver):
    """Resolves names, refusing those that lead to private addresses (unless a `local` source names that host)."""

    local_hosts: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> "PublicResolver":
        """Called by Scrapy."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.local_hosts = frozenset(crawler.settings.getlist("OCOP_LOCAL_HOSTS"))
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> "Deferred[str]":  # noqa: N802 - Twisted's name
        """Called by Twisted; fails with OSError for a private address."""
        found = super().getHostByName(name, timeout)
        if name not in self.local_hosts:
            found.addCallback(_public, name)
        return found


def _public(address: str, name: str) -> str:
    if _private(address):
        raise OSError(f"{name} dẫn tới địa chỉ nội bộ {address}")
    return address


def _private(host: str) -> bool:
    """Whether a host is a literal address that is not on the public Internet, or a name for this machine."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return False


class RobotsMiddleware:
    """RFC 9309 before every request (rules in `crawler.robots`)."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._caches: dict[str, RobotsCache] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsMiddleware":
        """Called by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise IgnoreRequest where robots.txt forbids the address."""
        if request.meta.get("robots"):
            return
        plan: _Plan = self._crawler.spider.plan  # type: ignore[union-attr]
        rules = await self.rules(plan.source(request), request.url)
        if not rules.allowed(request.url):
            raise IgnoreRequest(f"robots.txt cấm ({rules.reason})")

    async def rules(self, source: Source, url: str) -> Rules:
        """The rules for the authority of `url`; Crawl-delay becomes the source's least delay."""
        plan: _Plan = self._crawler.spider.plan  # type: ignore[union-attr]
        cache = self._caches.setdefault(source.id, RobotsCache(lambda address: self._fetch(source, address), PRODUCT))
        rules = await cache.rules(url)
        if rules.delay_s > plan.delays_s.get(source.id, source.delay_s):
            plan.delays_s[source.id] = rules.delay_s
            slot = self._crawler.engine.downloader.slots.get(source.id)
            if slot is not None:
                slot.delay = max(slot.delay, rules.delay_s)
        return rules

    async def _fetch(self, source: Source, address: str) -> Answer:
        request = Request(
            address,
            callback=NO_CALLBACK,
            meta={"robots": True, "source": source.id, "download_slot": source.id, "handle_httpstatus_all": True},
            priority=1000,
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:
            return Answer(status=None, error=f"{type(error).__name__}: {error}"[:200])
        location = response.headers.get("Location")
        return Answer(
            status=response.status, body=response.body, location=location.decode("latin-1") if location else None
        )


class Throttle(AutoThrottle):
    """AutoThrottle that never goes below the source's own delay or robots.txt's Crawl-delay."""

    def _response_downloaded(self, response: Response, request: Request, spider: Any) -> None:
        super()._response_downloaded(response, request, spider)
        plan: _Plan = spider.plan
        source = plan.sources.get(request.meta.get("source", ""))
        slot = self._get_slot(request, spider)[1]
        if source is not None and slot is not None:
            slot.delay = max(slot.delay, plan.delays_s.get(source.id, source.delay_s))


# --- spiders ----------------------------------------------------------------------------------------------------------


def _request(
    source: Source, url: str, stage: str, callback: Callable[..., Any], errback: Callable[[Failure], Any], **more: Any
) -> Request:
    return Request(
        url,
        callback=callback,
        errback=errback,
        meta={"source": source.id, "download_slot": source.id, "stage": stage},
        **more,
    )


def _reason(failure: Failure) -> str:
    error = failure.value
    text = str(error)
    return (
        text
        if isinstance(error, IgnoreRequest) and text
        else f"không lấy được: {type(error).__name__} {text}".strip()[:200]
    )


def _body(response: Response) -> Raw:
    content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
    return Raw(body=response.body, content_type=content_type)


class _Single(scrapy.Spider):
    """Fetches the plan's addresses, no more."""

    name = "single"

    def __init__(self, plan: _Plan, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.plan = plan

    async def start(self) -> AsyncIterator[Request]:
        """Called by Scrapy."""
        for source in self.plan.sources.values():
            request = _request(source, source.home, "article", self.page, self.failed, dont_filter=True)
            request.meta["asked"] = source.home
            yield request

    def page(self, response: Response) -> None:
        """One answer."""
        asked = response.request.meta["asked"]  # type: ignore[union-attr]
        if response.status != 200:
            self.plan.pages.append((asked, f"máy chủ trả về {response.status}"))
        else:
            self.plan.pages.append((asked, Page(url=response.url, raw=_body(response))))

    def failed(self, failure: Failure) -> None:
        """One failure."""
        self.plan.pages.append((failure.request.meta["asked"], _reason(failure)))  # type: ignore[attr-defined]


class _Portal(scrapy.Spider):
    """Discovers and fetches the articles of every source of the plan."""

    name = "portal"

    def __init__(self, plan: _Plan, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.plan = plan
        assert plan.archive is not None
        self.archive: Archive = plan.archive
        self.seen: dict[str, set[str]] = {key: set() for key in plan.sources}
        self.listed: dict[str, set[str]] = {key: set() for key in plan.sources}
        self.alive: set[str] = set()
        self.missing: dict[str, set[str]] = {key: set() for key in plan.sources}
        self.known: dict[str, set[str]] = {key: set() for key in plan.sources}
        self.bar = tqdm(total=0, unit=" trang", desc="Thu thập", disable=not plan.progress)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "_Portal":
        """Called by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.finish, signal=signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Called by Scrapy: the starting points of every source."""
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        assert robots is not None
        sources = list(self.plan.sources.values())
        rules = await asyncio.gather(*(robots.rules(source, source.home) for source in sources))
        for source, rule in zip(sources, rules, strict=True):
            if not rule.allowed(source.home) and "cấm toàn bộ" in rule.reason:
                self.plan.reports[source.id].problem(source.home, rule.reason)
                self.plan.reports[source.id].failed += 1
                continue
            for request in self._beginnings(source, rule):
                yield request

    def _beginnings(self, source: Source, rules: Rules) -> Iterator[Request]:
        sitemaps = [source.absolute(address) for address in source.sitemaps]
        sitemaps += [address for address in rules.sitemaps if source.allows(address)]
        for address in dict.fromkeys(sitemaps):
            yield from self._listing(source, address, "sitemap")
        for address in source.feeds:
            yield from self._listing(source, source.absolute(address), "feed")
        for address in source.listings:
            yield from self._listing(source, source.absolute(address), "listing")
        for state in self.archive.fetches(source.id):
            if state.article_id is not None:
                self.known[source.id].add(state.article_id)
                # Known pages are asked for again even where no listing names them, so that a deletion is noticed.
                yield from self._article(source, state.url)

    def _listing(self, source: Source, address: str, stage: str) -> Iterator[Request]:
        url = clean_address(source.home, address)
        listed = self.listed[source.id]
        if url is None or url in listed or not source.allows(url) or len(listed) >= _MAX_LISTINGS:
            return
        listed.add(url)
        callback = {"sitemap": self.sitemap, "feed": self.feed, "listing": self.listing}[stage]
        yield _request(source, url, stage, callback, self.failed, priority=10, dont_filter=True)

    def _article(self, source: Source, address: str) -> Iterator[Request]:
        url = clean_address(source.home, address)
        seen = self.seen[source.id]
        if url is None or url in seen or not source.keeps(url):
            return
        if self.plan.limit is not None and len(seen) >= self.plan.limit:
            return
        seen.add(url)
        self.plan.reports[source.id].found += 1
        self.bar.total = (self.bar.total or 0) + 1
        yield _request(
            source, url, "article", self.article, self.failed, headers=self._conditions(url), dont_filter=True
        )

    def _conditions(self, url: str) -> dict[str, str]:
        """If-None-Match and If-Modified-Since (RFC 9110, 13.1), where the archive still has what they stand for."""
        state = None if self.plan.refresh else self.archive.fetch_state(url)
        if state is None or state.article_id is None or state.status not in (200, 304):
            return {}
        article = self.archive.get(state.article_id)
        if article is None or article.url is None or self.archive.by_url(article.url) is None:
            return {}
        headers = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
        return {name: value for name, value in headers.items() if value}

    def _links(self, source: Source, base: str, raw: Raw) -> Iterator[Request]:
        for href in links_of(raw, base).links:
            url = clean_address(base, href)
            if url is None:
                continue
            if source.keeps(url):
                yield from self._article(source, url)
            elif source.follows(url):
                yield from self._listing(source, url, "listing")

    def sitemap(self, response: Response) -> Iterator[Request]:
        """A sitemap or an index of sitemaps."""
        source = self._source(response)
        if not self._usable(response, source):
            return
        pages, further = sitemap_addresses(response.body)
        if not pages and not further:
            self.plan.reports[source.id].problem(response.url, "sơ đồ trang không có địa chỉ nào")
        for address in further:
            yield from self._listing(source, address, "sitemap")
        for address in pages:
            yield from self._article(source, address)

    def feed(self, response: Response) -> Iterator[Request]:
        """An RSS or Atom feed."""
        source = self._source(response)
        if self._usable(response, source):
            for address in feed_addresses(response.body):
                yield from self._article(source, clean_address(response.url, address) or "")

    def listing(self, response: Response) -> Iterator[Request]:
        """A page read for its links alone."""
        source = self._source(response)
        if self._usable(response, source):
            yield from self._links(source, response.url, _body(response))

    def _source(self, response: Response) -> Source:
        assert response.request is not None
        return self.plan.source(response.request)

    def _usable(self, response: Response, source: Source) -> bool:
        if response.status == 200:
            return True
        report = self.plan.reports[source.id]
        report.failed += 1
        report.problem(response.url, f"máy chủ trả về {response.status}")
        return False

    def article(self, response: Response) -> Iterator[Request]:
        """A page to keep."""
        self.bar.update()
        source = self._source(response)
        report = self.plan.reports[source.id]
        assert response.request is not None
        asked: list[str] = [*response.request.meta.get("redirect_urls", []), response.url]
        state = self.archive.fetch_state(asked[0])
        if response.status == 304 and state is not None:
            report.unchanged += 1
            self.alive.add(state.article_id or "")
            self.archive.put_fetch(_again(state))
            return
        if response.status in (404, 410):
            self._missing(source, response, asked[0], state)
            return
        if response.status != 200:
            self._problem(source, asked[0], response.status, f"máy chủ trả về {response.status}")
            return
        report.fetched += 1
        raw = _body(response)
        if not source.keeps(response.url):
            self._problem(source, asked[0], response.status, f"chuyển hướng tới trang không phải bài: {response.url}")
            return
        url = self._canonical(source, response.url, raw)
        origin = Origin(
            source=source.name,
            fetched=now_iso(),
            url=url,
            authority=source.authority,
            rights=source.rights,
            kind=source.kind,
            place=source.province,
        )
        try:
            article = read_article(raw, origin, source.select)
        except NoArticleError as error:
            report.no_article += 1
            report.problem(response.url, f"không phải bài: {error}")
            self.archive.put_fetch(_fetch(source, response.url, response, error=f"không phải bài: {error}"))
            yield from self._links(source, response.url, raw)
            return
        change = self.archive.put(article, raw)
        self.alive.add(article.id)
        if change == "new":
            report.new += 1
        elif change == "unchanged":
            report.unchanged += 1
        else:
            report.changed += 1
        for address in asked[:-1]:
            self.archive.put_fetch(
                Fetch(url=address, source=source.id, status=301, fetched=origin.fetched, article_id=article.id)
            )
        self.archive.put_fetch(_fetch(source, response.url, response, article_id=article.id))
        yield from self._links(source, response.url, raw)

    def _canonical(self, source: Source, url: str, raw: Raw) -> str:
        """The page's canonical address, where it is one of this source's articles; else its own.

        A site that names its front page as canonical everywhere would otherwise fold all its articles into one.
        """
        link = links_of(raw, url).canonical if is_html(raw) else None
        named = clean_address(url, link) if link else None
        return named if named is not None and source.keeps(named) else clean_address(url, url) or url

    def _missing(self, source: Source, response: Response, url: str, state: Fetch | None) -> None:
        if state is not None and state.article_id is not None:
            self.missing[source.id].add(state.article_id)
            self.archive.put_fetch(
                Fetch(url=url, source=source.id, status=response.status, fetched=now_iso(), article_id=state.article_id)
            )
            return
        self._problem(source, url, response.status, f"máy chủ trả về {response.status}")

    def _problem(self, source: Source, url: str, status: int | None, reason: str) -> None:
        report = self.plan.reports[source.id]
        report.failed += 1
        report.problem(url, reason)
        former = self.archive.fetch_state(url)
        self.archive.put_fetch(
            Fetch(
                url=url,
                source=source.id,
                status=status,
                fetched=now_iso(),
                error=reason,
                article_id=former.article_id if former else None,
            )
        )

    def failed(self, failure: Failure) -> None:
        """No answer, or one that may not be asked for."""
        request: Request = failure.request  # type: ignore[attr-defined]
        if request.meta["stage"] == "article":
            self.bar.update()
        source = self.plan.source(request)
        first = [*request.meta.get("redirect_urls", []), request.url][0]
        self._problem(source, first, None, _reason(failure))

    def finish(self, spider: scrapy.Spider, reason: str) -> None:
        """Take pages that are gone out of the current set, unless so many are that the site itself is in trouble."""
        self.bar.close()
        if reason != "finished":
            return
        for key, missing in self.missing.items():
            gone = missing - self.alive
            report = self.plan.reports[key]
            known = self.known[key]
            if len(known) >= _KNOWN_FOR_GUARD and 2 * len(gone) > len(known):
                report.problem(
                    self.plan.sources[key].home,
                    f"{len(gone)} trong {len(known)} bài đã biết cùng biến mất: giữ nguyên tất cả, hãy xem lại nguồn",
                )
                continue
            for article_id in sorted(gone):
                self.archive.mark_gone(article_id)
                report.gone += 1


def _fetch(
    source: Source, url: str, response: Response, *, article_id: str | None = None, error: str | None = None
) -> Fetch:
    def header(name: str) -> str | None:
        value = response.headers.get(name)
        return value.decode("latin-1") if value else None

    return Fetch(
        url=url,
        source=source.id,
        status=response.status,
        fetched=now_iso(),
        etag=header("ETag"),
        last_modified=header("Last-Modified"),
        error=error,
        article_id=article_id,
    )


def _again(state: Fetch) -> Fetch:
    return Fetch(
        url=state.url,
        source=state.source,
        status=304,
        fetched=now_iso(),
        etag=state.etag,
        last_modified=state.last_modified,
        article_id=state.article_id,
    )
