"""The model of syllables of an index, learned from its passages and from what is known without them."""

from collections.abc import Iterable, Iterator

from index.asking import CLOSED_CLASSES, PHRASES
from index.language import LanguageModel
from index.lexicon import dictionary, names
from index.passage import Passage


def learn(passages: Iterable[Passage]) -> LanguageModel:
    """Learn from passages; a header that several share is read once."""
    return LanguageModel.learn(_texts(passages), known_phrases(), dictionary())


def known_phrases() -> list[str]:
    """What is said in whatever corpus: how people ask, small words, names of places."""
    return [*PHRASES, *CLOSED_CLASSES, *names()]


def _texts(passages: Iterable[Passage]) -> Iterator[str]:
    headers: set[str] = set()
    for passage in passages:
        lines = [line for line in passage.header.splitlines() if line not in headers]
        headers.update(lines)
        yield "\n".join([*lines, passage.text])
