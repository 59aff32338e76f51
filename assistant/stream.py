"""An answer as it comes about: each step, each checked sentence with its citations, then the whole answer."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextvars import copy_context
from dataclasses import dataclass

from assistant.answer import Answer, Citation, Elsewhere
from assistant.cite import cite
from assistant.draft import Draft, Segment
from assistant.steps import Step, StepName, Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A step that was just done."""

    step: StepName


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A checked sentence with its marks, as the whole answer will have it.

    start: where it begins in the whole text; `text[start:start + len(sentence)]` is it, always. citations: those that
    no sentence before had.
    """

    start: int
    text: str
    citations: tuple[Citation, ...]


Event = Progress | Sentence | Answer
Tell = Callable[[Segment], None]
Ask = Callable[[Watch, Tell], Answer]
Put = Callable[[Event], None]


class Left(Exception):
    """Nobody listens any more: raised by whoever takes events, to end the work that makes them."""


def tell_events(ask: Ask, also: Callable[[str], tuple[Elsewhere, ...]], put: Put) -> None:
    """Answer in this thread and put every event as it comes; the last is the answer.

    ask: answers, told whom to tell of steps and of sentences. also: as in `assistant.cite`. put: may raise `Left`,
    which ends the work there.

    Raises:
        Exception: whatever `ask` or `put` raises.
    """
    told: list[Segment] = []
    cited = 0
    length = 0

    def step(done: Step) -> None:
        put(Progress(step=done.name))

    def tell(segment: Segment) -> None:
        nonlocal cited, length
        told.append(segment)
        # numbered as the whole will be: it begins with these segments
        text, _, citations = cite(Draft(status="answered", segments=tuple(told)), also)
        put(Sentence(start=length, text=text[length:], citations=citations[cited:]))
        cited, length = len(citations), len(text) + 1

    put(ask(step, tell))


def streamed(tell: Callable[[Put], None]) -> Iterator[Event]:
    """The events that `tell` puts, made in a thread of their own. Closing the iterator ends the work at its next event.

    Raises:
        Exception: whatever `tell` raises.
    """
    events: queue.Queue[Event | BaseException] = queue.Queue()
    left = threading.Event()

    def put(event: Event) -> None:
        if left.is_set():
            raise Left
        events.put(event)

    def run() -> None:
        try:
            tell(put)
        except Left:
            return
        except BaseException as error:  # raised again where the iterator is read
            events.put(error)

    # the answer is for whoever asked, in this thread too
    threading.Thread(target=copy_context().run, args=(run,), name="answer", daemon=True).start()
    try:
        while True:
            event = events.get()
            if isinstance(event, BaseException):
                raise event
            yield event
            if isinstance(event, Answer):
                return
    finally:
        left.set()
