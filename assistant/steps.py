"""The steps of one question: what went into each, what came out, how long it took."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, ParamSpec, TypeVar

StepName = Literal[
    "read", "understand", "split", "records", "retrieve", "judge", "compose", "check", "generate", "cite"
]

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step as it went. taken: its inputs, without what is the same for every question; given: its output."""

    name: StepName
    taken: object
    given: object
    ms: float


Watch = Callable[[Step], None]


class Steps:
    """Runs the steps of one question and tells a watcher of each. Not thread-safe: one for each question.

    ms: milliseconds by step. embed_ms, search_ms: of retrieval, what it says that the vector and the searches took.
    """

    def __init__(self, watch: Watch | None = None) -> None:
        self._watch = watch
        self.embed_ms = 0.0
        self.search_ms = 0.0
        self.ms: dict[StepName, float] = {}

    def run(self, name: StepName, step: Callable[P, R], *taken: P.args, **named: P.kwargs) -> R:
        """The step's output. Its first argument is told to the watcher as what it took."""
        given, took_ms = self._timed(name, step, *taken, **named)
        self._tell(name, taken, given, took_ms)
        return given

    def attempt(self, name: StepName, step: Callable[P, R], *taken: P.args, **named: P.kwargs) -> R:
        """The same for one of several ways of a step: the watcher is told only of the one that gave something, and
        that is nothing it took."""
        given, took_ms = self._timed(name, step, *taken, **named)
        if given is not None and all(given is not one for one in taken):
            self._tell(name, taken, given, took_ms)
        return given

    def _timed(self, name: StepName, step: Callable[P, R], *taken: P.args, **named: P.kwargs) -> tuple[R, float]:
        started = time.perf_counter()
        given = step(*taken, **named)
        took_ms = (time.perf_counter() - started) * 1000
        self.ms[name] = self.ms.get(name, 0.0) + took_ms
        return given, took_ms

    def _tell(self, name: StepName, taken: tuple[object, ...], given: object, took_ms: float) -> None:
        if self._watch is not None:
            self._watch(Step(name=name, taken=taken[0] if taken else None, given=given, ms=took_ms))
