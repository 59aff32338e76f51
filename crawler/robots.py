"""robots.txt by RFC 9309, read with Protego; who fetches it is given from outside.

Where the RFC leaves a choice the cautious side is taken: an unreachable file, a server error, 429, more than five
redirects or a redirect to another authority all mean that nothing may be fetched (2.3.1.4; 2.3.1.2).
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from protego import Protego

from crawler.address import origin_of

_LOG = logging.getLogger(__name__)

MAX_BYTES = 500 * 1024
MAX_REDIRECTS = 5
MAX_AGE_S = 24 * 3600.0
MAX_DELAY_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for a robots.txt. `status` is None where no answer came; `location` where it redirects."""

    status: int | None
    body: bytes = b""
    location: str | None = None
    error: str | None = None


class Rules:
    """What one authority allows this crawler. `reason` says why where it is all or nothing."""

    def __init__(self, parsed: Protego | None, agent: str, *, allow: bool, reason: str) -> None:
        self._parsed = parsed
        self._agent = agent
        self._allow = allow
        self.reason = reason

    @property
    def any_allowed(self) -> bool:
        """False where nothing at all may be fetched because the file could not be had."""
        return self._allow

    def allowed(self, url: str) -> bool:
        """Whether the address may be fetched."""
        return self._allow if self._parsed is None else bool(self._parsed.can_fetch(url, self._agent))

    @property
    def delay_s(self) -> float:
        """Crawl-delay asked for, at most 30 s; 0 where none is."""
        asked = None if self._parsed is None else self._parsed.crawl_delay(self._agent)
        return 0.0 if asked is None else min(max(float(asked), 0.0), MAX_DELAY_S)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """Sitemaps named in the file, as written."""
        return () if self._parsed is None else tuple(self._parsed.sitemaps)


def read_rules(answer: Answer, agent: str) -> Rules:
    """The rules that an answer (no redirect) stands for (RFC 9309, 2.3.1)."""
    if answer.status is None:
        return Rules(None, agent, allow=False, reason=f"không lấy được robots.txt ({answer.error}): cấm toàn bộ")
    if answer.status >= 500 or answer.status == 429 or 300 <= answer.status < 400:
        return Rules(None, agent, allow=False, reason=f"robots.txt trả về {answer.status}: cấm toàn bộ")
    if answer.status >= 400:
        return Rules(None, agent, allow=True, reason=f"không có robots.txt ({answer.status}): cho phép")
    text = answer.body[:MAX_BYTES].decode("utf-8", errors="replace").removeprefix("\ufeff")
    return Rules(Protego.parse(text), agent, allow=True, reason="theo robots.txt")


class RobotsCache:
    """Rules by authority, each fetched once and kept at most 24 hours. Concurrent callers wait for the one fetch."""

    def __init__(
        self,
        fetch: Callable[[str], Awaitable[Answer]],
        agent: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetch = fetch
        self._agent = agent
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[float, asyncio.Task[Rules]]] = {}

    async def rules(self, url: str) -> Rules:
        """The rules for the authority of `url`."""
        key = origin_of(url)
        known = self._known.get(key)
        if known is None or self._clock() - known[0] > MAX_AGE_S:
            task = asyncio.ensure_future(self._load(url))
            self._known[key] = known = (self._clock(), task)
        return await asyncio.shield(known[1])

    async def _load(self, url: str) -> Rules:
        parts = urlsplit(url)
        address = f"{parts.scheme}://{parts.netloc}/robots.txt"
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._fetch(address)
            if answer.status is None or not 300 <= answer.status < 400 or not answer.location:
                break
            target = urljoin(address, answer.location)
            if origin_of(target) != origin_of(url):
                answer = Answer(status=None, error=f"chuyển hướng sang {target}")
                break
            address = target
        rules = read_rules(answer, self._agent)
        _LOG.info("%s: %s", address, rules.reason)
        if rules.delay_s:
            _LOG.info("%s: Crawl-delay %.1f s (tối đa %.0f s)", address, rules.delay_s, MAX_DELAY_S)
        return rules
