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


class _Left(Exception):
    """Nobody listens any more."""


def streamed(ask: Ask, also: Callable[[str], tuple[Elsewhere, ...]]) -> Iterator[Event]:
    """The events of one answer; the last is the answer. Closing the iterator ends the work at its next sentence.

    ask: answers, told whom to tell of steps and of sentences. also: as in `assistant.cite`.

    Raises:
        Exception: whatever `ask` raises.
    """
    events: queue.Queue[Event | BaseException] = queue.Queue()
    left = threading.Event()
    told: list[Segment] = []
    cited = 0
    length = 0

    def step(done: Step) -> None:
        if left.is_set():
            raise _Left
        events.put(Progress(step=done.name))

    def tell(segment: Segment) -> None:
        nonlocal cited, length
        if left.is_set():
            raise _Left
        told.append(segment)
        # numbered as the whole will be: it begins with these segments
        text, _, citations = cite(Draft(status="answered", segments=tuple(told)), also)
        events.put(Sentence(start=length, text=text[length:], citations=citations[cited:]))
        cited, length = len(citations), len(text) + 1

    def run() -> None:
        try:
            events.put(ask(step, tell))
        except _Left:
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
