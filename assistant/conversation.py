"""Conversations: what the last question of each meant, under an unguessable id, bounded and expiring.

Kept in memory only; nothing but the understood question is held, so nothing personal outlives it.
"""

import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from assistant.question import Question

LIFETIME_S = 3600.0
CAPACITY = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The last question of a conversation, resolved, and the articles its answer cited (best first)."""

    question: Question
    article_ids: tuple[str, ...]


class Conversations:
    """A thread-safe store of the last turn of each conversation."""

    def __init__(self, *, capacity: int = CAPACITY, lifetime_s: float = LIFETIME_S) -> None:
        self._turns: OrderedDict[str, tuple[float, Turn]] = OrderedDict()
        self._capacity = capacity
        self._lifetime_s = lifetime_s
        self._lock = threading.Lock()

    def last(self, conversation: str | None) -> Turn | None:
        """The last turn of a conversation, or None where it is unknown or expired."""
        if conversation is None:
            return None
        with self._lock:
            found = self._turns.get(conversation)
            if found is None or time.monotonic() - found[0] > self._lifetime_s:
                return None
            return found[1]

    def remember(self, conversation: str | None, turn: Turn) -> str:
        """Keep a turn; a conversation unknown here gets an id of its own. Returns the id."""
        with self._lock:
            name = (
                conversation if conversation in self._turns and conversation is not None else secrets.token_urlsafe(16)
            )
            self._turns[name] = (time.monotonic(), turn)
            self._turns.move_to_end(name)
            while len(self._turns) > self._capacity:
                self._turns.popitem(last=False)
            return name
