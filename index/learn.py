"""The model of syllables of an index, learned from its passages and from what is known without them."""

from collections.abc import Iterable, Iterator

from index.asking import PHRASES
from index.language import LanguageModel
from index.lexicon import dictionary, names
from index.passage import Passage


def learn(passages: Iterable[Passage]) -> LanguageModel:
    """Learn from passages; a header that several share is read once."""
    return LanguageModel.learn(_texts(passages), [*PHRASES, *names()], dictionary())


def _texts(passages: Iterable[Passage]) -> Iterator[str]:
    headers: set[str] = set()
    for passage in passages:
        lines = [line for line in passage.header.splitlines() if line not in headers]
        headers.update(lines)
        yield "\n".join([*lines, passage.text])
