"""An assistant over an archive of a test's own pages, asked in a conversation; every answer keeps the contract."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.check import answer_faults
from index.build import build
from index.search import Searcher
from tests.archived import put

DAY = date(2026, 11, 22)
Ask = Callable[..., Answer]


def asking_reports(data: Path, news: Mapping[str, tuple[str, ...]]) -> Ask:
    """The same over reports of news: address -> the day published, the title, the paragraphs."""
    for name, (published, title, *paragraphs) in news.items():
        put(data, [title, *paragraphs], title=title, url=f"https://bao.example/{name}", published=published)
    return asking(data)


def asking(data: Path) -> Ask:
    """What asks of an archive, indexed first: questions in one conversation, on a day; it gives the last answer."""
    build(data, embedder="hash-256", progress=False)
    assistant = Assistant(data, Searcher.open(data))

    return partial(conversed, assistant)


def conversed(assistant: Assistant, *questions: str, on: date = DAY) -> Answer:
    """The last answer of a conversation."""
    conversation = None
    for question in questions:
        answer = assistant.ask(question, as_of=on, conversation=conversation)
        conversation = answer.conversation
        assert answer_faults(answer) == []
    return answer
