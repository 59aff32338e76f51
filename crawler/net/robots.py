"""robots.txt by RFC 9309, read with Protego; who fetches it is given from outside.

Where the RFC leaves a choice the cautious side is taken: an unreachable file, a server error, 429, more than five
redirects or a redirect to another authority all mean that nothing may be fetched (2.3.1.4; 2.3.1.2). On the last it is
stricter than the RFC: another authority is not in the table of sources, so it is not asked.
"""

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from protego import Protego

from crawler.address import origin_of

_LOG = logging.getLogger(__name__)

MAX_BYTES = 500 * 1024
MAX_REDIRECTS = 5
MAX_AGE_S = 24 * 3600.0
MAX_AGE_UNREACHABLE_S = 15 * 60.0
MAX_DELAY_S = 30.0
MAX_SITEMAPS = 100

_USER_AGENT_LINE = re.compile(r"\s*user[-\s]*agent(?:\s*:|\s)([^#]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for a robots.txt. `status` is None where no answer came; `location` where it redirects."""

    status: int | None
    body: bytes = b""
    location: str | None = None
    error: str | None = None


class Rules:
    """What one authority allows this crawler. `reason` says why where it is all or nothing.

    reachable: the server said what holds (rules, or that there are none); else it is worth asking again soon.
    """

    def __init__(self, parsed: Protego | None, agent: str, *, allow: bool, reason: str, reachable: bool = True) -> None:
        self._parsed = parsed
        self._agent = agent
        self._allow = allow
        self.reason = reason
        self.reachable = reachable

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
        return min(self.asked_delay_s, MAX_DELAY_S)

    @property
    def asked_delay_s(self) -> float:
        """Crawl-delay as asked for; 0 where none is, or none that can be read."""
        asked = None if self._parsed is None else self._parsed.crawl_delay(self._agent)
        return 0.0 if asked is None else float(asked)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """Sitemaps named in the file, as written, the first hundred."""
        return () if self._parsed is None else tuple(islice(self._parsed.sitemaps, MAX_SITEMAPS))


def read_rules(answer: Answer, agent: str) -> Rules:
    """The rules that an answer (no redirect) stands for (RFC 9309, 2.3.1)."""
    if answer.status is None:
        reason = f"không lấy được robots.txt ({answer.error}): cấm toàn bộ"
        return Rules(None, agent, allow=False, reason=reason, reachable=False)
    if 400 <= answer.status < 500 and answer.status != 429:
        return Rules(None, agent, allow=True, reason=f"không có robots.txt ({answer.status}): cho phép")
    if not 200 <= answer.status < 300:
        reason = f"robots.txt trả về {answer.status}: cấm toàn bộ"
        return Rules(None, agent, allow=False, reason=reason, reachable=False)
    body = answer.body[:MAX_BYTES]
    if len(answer.body) > MAX_BYTES:  # a line cut in two would say something else
        body = body[: max(body.rfind(b"\n"), body.rfind(b"\r")) + 1]
    text = body.decode("utf-8", errors="replace").removeprefix("\ufeff")
    return Rules(Protego.parse(_one_group_for_others(text, agent)), agent, allow=True, reason="theo robots.txt")


def _one_group_for_others(text: str, agent: str) -> str:
    """The file with all crawlers that cannot be this one named alike.

    Protego keeps every rule once for each crawler named before it: 168 kB of names and rules cost it 47 s and 1.7 GiB.
    """

    def renamed(line: str) -> str:
        match = _USER_AGENT_LINE.match(line)
        written = match[1].strip().lower() if match else ""
        if written in ("", "*"):
            return line
        name = written.replace("*", "")
        return f"User-agent: {name if name and agent.lower().startswith(name) else '-'}"

    return "\n".join(renamed(line) for line in text.splitlines())


class RobotsCache:
    """Rules by authority, each fetched once and kept at most 24 hours, 15 minutes where the server did not answer.

    Concurrent callers wait for the one fetch. `fetch` may raise: that is an unreachable file.
    """

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
        if known is None or self._expired(*known):
            known = (self._clock(), asyncio.ensure_future(self._load(url)))
            self._known[key] = known
        return await asyncio.shield(known[1])

    def _expired(self, asked_at: float, task: asyncio.Task[Rules]) -> bool:
        if not task.done():
            return False
        if task.cancelled() or task.exception() is not None:
            return True
        return self._clock() - asked_at > (MAX_AGE_S if task.result().reachable else MAX_AGE_UNREACHABLE_S)

    async def _load(self, url: str) -> Rules:
        parts = urlsplit(url)
        address = f"{parts.scheme}://{parts.netloc}/robots.txt"
        answer = await self._answer(address, url)
        rules = read_rules(answer, self._agent)
        _LOG.info("%s: %s", address, rules.reason)
        if rules.asked_delay_s:
            _LOG.info("%s: Crawl-delay %g s, giữ %g s", address, rules.asked_delay_s, rules.delay_s)
        return rules

    async def _answer(self, address: str, url: str) -> Answer:
        """The answer at the end of at most five redirects within the authority of `url`."""
        for _ in range(MAX_REDIRECTS + 1):
            try:
                answer = await self._fetch(address)
            except Exception as error:
                return Answer(status=None, error=f"{type(error).__name__}: {error}"[:200])
            if answer.status is None or not 300 <= answer.status < 400 or not answer.location:
                return answer
            try:
                target = urljoin(address, answer.location)
            except ValueError:
                return Answer(status=None, error=f"chuyển hướng sang {answer.location!r}")
            if origin_of(target) != origin_of(url):
                return Answer(status=None, error=f"chuyển hướng sang {target}")
            address = target
        return Answer(status=None, error=f"quá {MAX_REDIRECTS} lần chuyển hướng")
