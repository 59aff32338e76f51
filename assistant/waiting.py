"""Waiting for a generator no longer than told, whatever it does: it runs in a thread that can be left behind."""

import queue
import threading
import time
from collections.abc import Generator as Yields
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.generator import GenerationFailed, Generator, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds waited for the first piece of a text, from one piece to the next, and for all of it."""

    first_s: float = 12.0
    between_s: float = 8.0
    total_s: float = 40.0


def bounded(
    generator: Generator,
    messages: Sequence[Message],
    *,
    limits: Limits,
    most_characters: int,
) -> Yields[str, None, None]:
    """The pieces of a generator's text. Closing this iterator leaves the generator to end by itself.

    An empty piece is no sign of life: it lengthens no wait.

    Raises:
        GenerationFailed: by the generator, or since it took longer or wrote more than allowed.
    """
    # One more than is ever taken at once: the thread waits rather than fill the memory.
    pieces: queue.Queue[str | Exception | None] = queue.Queue(maxsize=64)
    left = threading.Event()

    def hand(item: str | Exception | None) -> bool:
        while not left.is_set():
            try:
                pieces.put(item, timeout=0.2)
                return True
            except queue.Full:
                continue
        return False

    def run() -> None:
        try:
            for piece in generator.stream(messages):
                if not hand(piece):
                    return
            hand(None)
        except Exception as error:  # whatever another's client raises, the answer goes on without it
            hand(error)

    threading.Thread(target=run, name="generator", daemon=True).start()
    began = time.monotonic()
    wait_s, written = limits.first_s, 0
    heard = began
    try:
        while True:
            until = min(began + limits.total_s, heard + wait_s)
            try:
                item = pieces.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                raise GenerationFailed("timeout", f"nothing more within {until - began:.1f} s") from None
            if time.monotonic() > began + limits.total_s:
                raise GenerationFailed("timeout", f"more than {limits.total_s:g} s")
            if item is None:
                return
            if isinstance(item, GenerationFailed):
                raise item
            if isinstance(item, Exception):
                raise GenerationFailed("server", f"the generator raised {type(item).__name__}") from item
            if not item:
                continue
            heard, wait_s = time.monotonic(), limits.between_s
            written += len(item)
            if written > most_characters:
                raise GenerationFailed("too_long", f"more than {most_characters} characters")
            yield item
    finally:
        left.set()
