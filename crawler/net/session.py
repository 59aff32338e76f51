"""What all sources of one run share: connections, robots.txt, turns, and whether the end was asked for."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass

from crawler.address import clean_address, origin_of
from crawler.archive import Raw
from crawler.net.fetcher import PRODUCT, Fetcher, FetchError, Response, user_agent
from crawler.net.polite import Turns
from crawler.net.robots import MAX_BYTES as MAX_ROBOTS_BYTES
from crawler.net.robots import Answer, RobotsCache, Rules
from crawler.sources import Source

MAX_REDIRECTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One fetched page or file, with the address it was finally found at."""

    url: str
    raw: Raw


class Session:
    """Use it in `async with`. Only a source that says `local` may reach private addresses."""

    def __init__(self, contact: str | None) -> None:
        self.stop = asyncio.Event()
        self.turns = Turns(self.stop)
        self._agent = user_agent(contact)
        self._stack = AsyncExitStack()
        self._fetchers: dict[bool, Fetcher] = {}
        self._robots: dict[bool, RobotsCache] = {}

    async def __aenter__(self) -> "Session":
        for local in (False, True):
            fetcher = await self._stack.enter_async_context(Fetcher(self._agent, local=local))
            self._fetchers[local] = fetcher
            self._robots[local] = RobotsCache(self._robots_of(fetcher), PRODUCT)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def rules(self, source: Source, url: str) -> Rules:
        """What robots.txt of the address's host allows."""
        return await self._robots[source.local].rules(url)

    async def ask(
        self, source: Source, url: str, rules: Rules, headers: Mapping[str, str], *, max_bytes: int
    ) -> Response:
        """One request in its host's turn; whether `rules` allow it was looked at before.

        Raises:
            FetchError: there is no answer that can be used.
            StoppedError: the end was asked for.
        """
        async with self.turns.turn(origin_of(url)[1], max(source.delay_s, rules.delay_s)):
            return await self._fetchers[source.local].get(url, headers, max_bytes=max_bytes)

    async def get(self, source: Source, url: str, *, max_bytes: int) -> Fetched:
        """One address on its own, and where it leads within its site.

        Raises:
            FetchError: robots.txt forbids it, it leads elsewhere, or there is no answer 200.
            StoppedError: the end was asked for.
        """
        for _ in range(MAX_REDIRECTS + 1):
            rules = await self.rules(source, url)
            if not rules.allowed(url):
                raise FetchError(f"robots.txt cấm ({rules.reason})", passing=False)
            answer = await self.ask(source, url, rules, {}, max_bytes=max_bytes)
            if answer.status == 200:
                return Fetched(url=url, raw=answer.raw)
            if answer.location is None or not 300 <= answer.status < 400:
                raise FetchError(f"máy chủ trả về {answer.status}", passing=False)
            target = clean_address(url, answer.location)
            if target is None or not source.allows(target):
                raise FetchError(f"ngoài phạm vi của nguồn: chuyển hướng tới {answer.location}", passing=False)
            url = target
        raise FetchError(f"quá {MAX_REDIRECTS} lần chuyển hướng", passing=False)

    def _robots_of(self, fetcher: Fetcher) -> Callable[[str], Awaitable[Answer]]:
        async def ask(url: str) -> Answer:
            try:
                async with self.turns.turn(origin_of(url)[1], 0.0):
                    response = await fetcher.get(url, {}, max_bytes=4 * MAX_ROBOTS_BYTES)
            except FetchError as error:
                return Answer(status=None, error=str(error))
            return Answer(status=response.status, body=response.body, location=response.location)

        return ask
