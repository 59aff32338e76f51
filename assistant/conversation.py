"""Conversations and answers given, each under an unguessable id, bounded in number and expiring.

Kept in memory only. Of a question only what it was understood to mean is held, without personal data; of an answer all
of it, as it was given, so that whoever has its id reads the very same again.
"""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from assistant.answer import Answer
from assistant.personal import without_personal_data
from assistant.question import Question, understand

CONVERSATION_LIFETIME_S = 3600.0
ANSWER_LIFETIME_S = 24 * 3600.0
CAPACITY = 10_000

V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The last question of a conversation, resolved (None before the first), and the articles its answer cited (best
    first).

    answer: the id of that answer, "" until it is given. reported: the id of the last answer of this conversation that
    cites news. told: what was told since, before anything was asked of it.
    """

    question: Question | None
    article_ids: tuple[str, ...] = ()
    answer: str = ""
    reported: str = ""
    told: str = ""


def new_id() -> str:
    """128 random bits, safe in an address."""
    return secrets.token_urlsafe(16)


class Kept(Generic[V]):
    """A thread-safe store of values by unguessable ids: the oldest go first, each after a time."""

    def __init__(self, *, capacity: int, lifetime_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._values: OrderedDict[str, tuple[float, V]] = OrderedDict()
        self._capacity = capacity
        self._lifetime_s = lifetime_s
        self._clock = clock
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """How many are held, expired ones that nobody asked for since included."""
        return len(self._values)

    def get(self, name: str) -> V | None:
        """What was kept under an id, or None where it is unknown or expired."""
        with self._lock:
            found = self._values.get(name)
            if found is None:
                return None
            if self._clock() - found[0] > self._lifetime_s:
                del self._values[name]
                return None
            return found[1]

    def keep(self, value: V, name: str | None = None) -> str:
        """Keep a value under an id held already, else under a new one: no id that a caller made up. Returns the id."""
        with self._lock:
            if name is None or name not in self._values:
                name = new_id()
            self._put(name, value)
            return name

    def keep_new(self, make: Callable[[str], V]) -> V:
        """Keep a value that holds its own id, made from a new one. Returns the value."""
        name = new_id()
        value = make(name)
        with self._lock:
            self._put(name, value)
        return value

    def _put(self, name: str, value: V) -> None:
        self._values[name] = (self._clock(), value)
        self._values.move_to_end(name)
        while len(self._values) > self._capacity:
            self._values.popitem(last=False)


class Conversations:
    """The last turn of each conversation, and the answers given."""

    def __init__(self, *, capacity: int = CAPACITY, clock: Callable[[], float] = time.monotonic) -> None:
        self._turns: Kept[Turn] = Kept(capacity=capacity, lifetime_s=CONVERSATION_LIFETIME_S, clock=clock)
        self._answers: Kept[Answer] = Kept(capacity=capacity, lifetime_s=ANSWER_LIFETIME_S, clock=clock)

    def last(self, conversation: str | None) -> Turn | None:
        """The last turn of a conversation, or None where it is unknown or expired."""
        return None if conversation is None else self._turns.get(conversation)

    def remember(self, conversation: str | None, turn: Turn) -> str:
        """Keep a turn without its personal data; a conversation unknown here gets an id of its own. Returns the id."""
        question = None if turn.question is None else _impersonal(turn.question)
        told = without_personal_data(turn.told) if turn.told else ""
        return self._turns.keep(replace(turn, question=question, told=told), conversation)

    def answer(self, name: str) -> Answer | None:
        """An answer as it was given, by its id, or None where it is unknown or expired."""
        return self._answers.get(name)

    def give(self, answer: Answer) -> Answer:
        """The answer with its id, kept under it, and noted in its conversation."""
        given = self._answers.keep_new(lambda name: replace(answer, id=name))
        if (turn := self._turns.get(given.conversation)) is not None:
            reported = given.id if any(one.kind == "news" for one in given.citations) else turn.reported
            self._turns.keep(replace(turn, answer=given.id, reported=reported), given.conversation)
        return given


def _impersonal(question: Question) -> Question:
    """The question as it would be understood without what names a person; itself where nothing does."""
    text = without_personal_data(question.text)
    if text == question.text:
        return question
    bare = understand(text)
    return replace(
        question,
        text=bare.text,
        tokens=bare.tokens,
        content=bare.content,
        numbers=bare.numbers,
        synonyms=bare.synonyms,
        emphasis=bare.emphasis,
    )
