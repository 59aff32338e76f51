"""The vectors of questions: the last ones remembered, and one begun before it is needed.

A model takes as long for a question's vector as all else takes to understand what is asked, and computes it outside
Python's lock: begun as soon as the words are known, it is nearly there when the search asks for it.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from index.embed import Vectors, usable_cores

_REMEMBERED = 256
# A vector, and the milliseconds it took where nobody was told yet, else 0.
_Timed = tuple[Vectors, float]


class QueryVectors:
    """Question -> its vector by one model. Thread-safe.

    embed: computes one, (dim,) float32 of length 1. ahead: whether `begin` does anything; by default only where a
    second core may compute meanwhile.
    """

    def __init__(self, embed: Callable[[str], Vectors], *, ahead: bool | None = None) -> None:
        self._embed = embed
        self._known: OrderedDict[str, _Timed] = OrderedDict()
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="question-vector")
        self._ahead = usable_cores() > 1 if ahead is None else ahead
        self._begun: tuple[str, Future[_Timed]] | None = None

    def begin(self, text: str) -> None:
        """Begin to compute a vector beside what the caller does next.

        Does nothing where it is known, or where another is still being computed so: the cores are taken then.
        """
        working = threading.Event()
        with self._lock:
            busy = self._begun is not None and not self._begun[1].done()
            if not self._ahead or busy or text in self._known:
                return
            self._begun = text, self._pool.submit(self._computed, text, working)
        # Else the new thread would wait until this one gives Python's lock up by itself, longer than a vector takes.
        working.wait()

    def take(self, text: str) -> _Timed:
        """The vector, and the milliseconds it took, wherever it was computed: told once, 0 where it was remembered.

        Raises whatever the model raises.
        """
        with self._lock:
            begun = self._begun
        if begun is not None and begun[0] == text:
            wait((begun[1],))  # where it failed, it is tried again here, and raised
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
        """Let go of the thread; a vector begun is still computed."""
        self._pool.shutdown(wait=False)
        self._ahead = False

    def _computed(self, text: str, working: threading.Event | None = None) -> _Timed:
        if working is not None:
            working.set()
        started = time.perf_counter()
        vector = self._embed(text)
        timed = vector, (time.perf_counter() - started) * 1000
        with self._lock:
            self._known[text] = timed
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return timed
