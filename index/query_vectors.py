"""The vectors of questions: the last ones remembered, and one begun before it is needed.

A model takes as long for a question's vector as all else takes to understand what is asked, and computes it outside
Python's lock: begun as soon as the words are known, it is nearly there when the search asks for it.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from index.embed import Embedder, Stop, Stoppable, Vectors, usable_cores

_REMEMBERED = 256
# One is computed ahead at a time; the second thread takes the next while the first still ends one that was stopped.
_THREADS = 2
# A vector, and the milliseconds it took where nobody was told yet, else 0.
_Timed = tuple[Vectors, float]


@dataclass(frozen=True, slots=True)
class _Begun:
    """A vector under way on a thread of its own. working: set when the thread has it."""

    text: str
    stop: Stop = field(default_factory=Stop)
    working: threading.Event = field(default_factory=threading.Event)


class QueryVectors:
    """Question -> its vector by one model. Thread-safe.

    ahead: whether `begin` does anything; by default only where a second core may compute meanwhile.
    """

    def __init__(self, embedder: Embedder, *, ahead: bool | None = None) -> None:
        self._embedder = embedder
        self._known: OrderedDict[str, _Timed] = OrderedDict()
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="question-vector")
        self._ahead = usable_cores() > 1 if ahead is None else ahead
        self._under_way: tuple[_Begun, Future[_Timed]] | None = None

    def begin(self, text: str) -> Callable[[], None]:
        """Begin to compute a vector beside what the caller does next; what ends it where it turns out not to be needed.

        Does nothing where it is known, or where another is being computed so: the cores are taken then.
        """
        with self._lock:
            busy = self._under_way is not None and not self._under_way[1].done()
            if not self._ahead or busy or text in self._known:
                return _nothing
            begun = _Begun(text)
            self._under_way = begun, self._pool.submit(self._computed, text, begun)
        # Else the new thread would wait until this one gives Python's lock up by itself, longer than a vector takes.
        begun.working.wait()
        return lambda: self._stop(begun)

    def take(self, text: str) -> _Timed:
        """The vector, and the milliseconds it took, wherever it was computed: told once, 0 where it was remembered.

        Raises whatever the model raises.
        """
        with self._lock:
            under_way = self._under_way
        if under_way is not None and under_way[0].text == text:
            wait((under_way[1],))  # where it failed, or was stopped, it is tried again here, and raised
        with self._lock:
            known = self._known.get(text)
            if known is not None:
                self._known[text] = known[0], 0.0
                self._known.move_to_end(text)
                return known
        computed = self._computed(text)
        with self._lock:
            self._known[text] = computed[0], 0.0
        return computed

    def close(self) -> None:
        """Let go of the threads; a vector begun is still computed."""
        self._ahead = False
        self._pool.shutdown(wait=False)

    def _stop(self, begun: _Begun) -> None:
        with self._lock:
            if self._under_way is None or self._under_way[0] is not begun:
                return
            self._under_way = None
        begun.stop.ask()

    def _computed(self, text: str, begun: _Begun | None = None) -> _Timed:
        if begun is not None:
            begun.working.set()
        started = time.perf_counter()
        if begun is not None and isinstance(self._embedder, Stoppable):
            vector = self._embedder.embed_query_until(text, begun.stop)
        else:
            vector = self._embedder.embed_query(text)
        timed = vector, (time.perf_counter() - started) * 1000
        with self._lock:
            self._known[text] = timed
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return timed


def _nothing() -> None:
    """What ends a vector that was not begun."""
