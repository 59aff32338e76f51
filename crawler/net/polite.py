"""Turns: one request at a time to each host, and a pause before the next."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager


class StoppedError(Exception):
    """Someone asked for the end while a turn was waited for."""


class Turns:
    """Who may ask which host when. Sources that share a host share its turns.

    The pause after an answer is the source's delay or the time the answer took, whichever is longer: a server that
    labours is asked less often. Where no delay is wanted (a site on this machine) there is no pause.
    """

    def __init__(self, stop: asyncio.Event, clock: Callable[[], float] = time.monotonic) -> None:
        self._stop = stop
        self._clock = clock
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free_at: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, host: str, delay_s: float) -> AsyncIterator[None]:
        """Wait for the host's turn; what is asked within is followed by the pause.

        Raises:
            StoppedError: the end was asked for meanwhile.
        """
        async with self._locks[host]:
            await self.pause(self._free_at.get(host, 0.0) - self._clock())
            begun = self._clock()
            try:
                yield
            finally:
                now = self._clock()
                self._free_at[host] = now + (max(delay_s, now - begun) if delay_s else 0.0)

    async def pause(self, seconds: float) -> None:
        """Wait, but not beyond the end.

        Raises:
            StoppedError: the end was asked for.
        """
        if seconds > 0:
            try:
                await asyncio.wait_for(self._stop.wait(), seconds)
            except TimeoutError:
                return
        if self._stop.is_set():
            raise StoppedError
