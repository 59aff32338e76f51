"""The events of one answer on their way from the thread that makes them to the connection they are sent on."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import Future
from contextlib import suppress

from assistant.answer import Answer
from assistant.stream import Event, Left, Put
from web.admission import Admission

# Proxies and phones give up on a connection that is silent; nginx after 60 s unless told otherwise.
HEARTBEAT_S = 10.0


def told(
    admission: Admission, tell: Callable[[Put], None], *, heartbeat_s: float = HEARTBEAT_S
) -> AsyncGenerator[Event | None, None]:
    """The events that `tell` puts, and None whenever nothing came for so many seconds. Called within the event loop.

    The work stands in line when this returns. Closing the iterator (the reader left) takes it out of the line, or ends
    it at its next event.

    Raises:
        Problem: there is no place in line.
        Exception: at the iterator, whatever `tell` raises.
    """
    loop = asyncio.get_running_loop()
    events: asyncio.Queue[Event | Exception] = asyncio.Queue()
    left = threading.Event()

    def hand(event: Event | Exception) -> None:
        try:
            loop.call_soon_threadsafe(events.put_nowait, event)
        except RuntimeError:  # the loop has ended, and every reader with it
            raise Left from None

    def put(event: Event) -> None:
        if left.is_set():
            raise Left
        hand(event)

    def work() -> None:
        try:
            tell(put)
        except Left:
            return
        except Exception as error:  # raised again where the iterator is read
            with suppress(Left):
                hand(error)

    return _read(events, admission.submit(work), left, heartbeat_s)


async def _read(
    events: asyncio.Queue[Event | Exception], work: Future[None], left: threading.Event, heartbeat_s: float
) -> AsyncGenerator[Event | None, None]:
    try:
        while True:
            try:
                event = await asyncio.wait_for(events.get(), heartbeat_s)
            except TimeoutError:
                yield None
                continue
            if isinstance(event, Exception):
                raise event
            yield event
            if isinstance(event, Answer):
                return
    finally:
        left.set()
        work.cancel()
