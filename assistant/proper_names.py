"""Names a question gives that are of no province: a product's, a maker's, a commune's. What answers must hold them.

A sentence on another product, or of another village's honey, is no answer however much else it shares.
"""

import re
from functools import lru_cache

from assistant.called import OF_OFFICES
from assistant.candidates import Candidate, place_of
from assistant.question import Question
from assistant.wording import Words, tokens, words_of
from crawler.article import Article
from index.places.districts import find_districts
from index.places.named import find_places
from index.text import CAPITALS, strip_marks

_RUN = re.compile(rf"(?<!\w)[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*)+")
_OPENS = re.compile(r"(?:^|[.?!:;\n])\s*[\"“(]?$")


@lru_cache(maxsize=1024)
def proper_names(text: str) -> tuple[str, ...]:
    """The names of two words or more that a question gives, in small letters.

    Left out: names of provinces and districts, which are looked at by themselves, words that open a sentence, and the
    words of offices and papers.
    """
    taken = [(place.start, place.end) for place in find_places(text, typed=True)]
    taken += [(district.start, district.end) for district in find_districts(text)]
    found: list[str] = []
    for match in _RUN.finditer(text):
        start = match.start()
        if _OPENS.search(text[:start]):
            start += len(match[0].split()[0])
        if any(first < match.end() and start < last for first, last in taken):
            continue
        name = [word for word in tokens(text[start : match.end()]) if word not in OF_OFFICES]
        if len(name) > 1:
            found.append(" ".join(name))
    return tuple(dict.fromkeys(found))


def holds_names(question: Question, item: Candidate) -> bool:
    """Whether a candidate's article holds the names a question gives; of a line of a list or table, whether that line
    does, or what stands over all of its lines."""
    names = proper_names(question.text)
    if not names:
        return True
    article = item.evidence.article
    if item.block.role in ("row", "item"):
        written = words_of(f"{item.text}\n{item.before}\n{item.hit.passage.header}\n{_over(article, item)}")
    else:
        written = words_of(f"{article.title}\n{article.text}")
    return all(says_name(written, name) for name in names)


def says_name(written: Words, name: str) -> bool:
    """Whether a text says a name, with its marks or without."""
    return f" {strip_marks(name)} " in written.bare


def _over(article: Article, item: Candidate) -> str:
    """The title, and the text before the list or table a line stands in."""
    role = item.block.role
    first = place_of(article, item.block)
    while first > 0 and article.blocks[first - 1].role == role:
        first -= 1
    return f"{article.title}\n{article.text[: article.blocks[first].start]}"
