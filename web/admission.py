"""Who is answered now, who waits, who is asked to come back: what computes is done by few threads, with a short line.

More threads than processors only make every answer later; a longer line only makes those wait who have left. What comes
beyond the line is refused at once, which costs nothing, and told when to come again.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from web.problem import BUSY, Problem

AT_ONCE = 2
# Answers that a language model words mostly wait for it.
AT_ONCE_WITH_MODEL = 8
WAITING = 16
RETRY_AFTER_S = 2

T = TypeVar("T")


class Admission:
    """Work done by `at_once` threads, the first come first; `waiting` more stand in line. Thread-safe."""

    def __init__(self, *, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="answer")
        self._most = at_once + waiting
        self._held = 0
        self._lock = threading.Lock()

    @property
    def held(self) -> int:
        """How many are being worked on or stand in line."""
        return self._held

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """What the work will give. Cancelling it gives the place in line back; work that has begun goes on.

        Raises:
            Problem: all places are taken (503), or the server is being stopped (503).
        """
        with self._lock:
            if self._held >= self._most:
                raise _busy("Đang có quá nhiều câu hỏi cùng lúc. Câu hỏi này chưa được xử lý; xin gửi lại sau ít giây.")
            self._held += 1

        def worked() -> T:
            try:
                return work()
            finally:  # before whoever waits learns of it: the next may then come
                self._leave()

        try:
            # what is done in another thread is still done for whoever asked (web.caller.current)
            future = self._threads.submit(copy_context().run, worked)
        except RuntimeError:  # shut down meanwhile
            self._leave()
            raise _busy("Máy chủ đang dừng để bảo trì. Xin gửi lại sau ít giây.") from None
        future.add_done_callback(lambda done: self._leave() if done.cancelled() else None)
        return future

    def run(self, work: Callable[[], T]) -> T:
        """What the work gives, waited for in this thread.

        Raises:
            Problem: as for `submit`.
            Exception: whatever the work raises.
        """
        return self.submit(work).result()

    def close(self) -> None:
        """Take nothing more; who still waits is cancelled, what has begun ends by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _leave(self) -> None:
        with self._lock:
            self._held -= 1


def _busy(detail: str) -> Problem:
    return Problem(BUSY, detail, headers={"Retry-After": str(RETRY_AFTER_S)})
