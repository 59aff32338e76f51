"""The documents of law an article carries or is about, by their numbers."""

from collections.abc import Sequence

from crawler.article import Article
from index.law.address import DocumentNumber, completed, find_document_numbers


def own_numbers(article: Article) -> tuple[DocumentNumber, ...]:
    """The documents an article carries or is about: those its title names, of a text of law else those of its head.

    A guide that names its document only in its text restates the one it names at least twice as often as any other, or
    none.
    """
    numbers = distinct(find_document_numbers(article.title))
    if numbers:
        full = distinct(find_document_numbers(article.text))
        numbers = [completed(number, full) for number in numbers]
    elif article.kind == "guide":
        return _restated(article)
    else:
        numbers = distinct(find_document_numbers(article.text[:600]))[:1]
    numbers.sort(key=lambda number: number.issuer is None)
    # a text of law is about itself: what else its title names it amends or guides
    return tuple(numbers if article.kind == "guide" else numbers[:1])


def distinct(numbers: Sequence[DocumentNumber]) -> list[DocumentNumber]:
    """Each document once, as it is named first."""
    return list({number.label: number for number in reversed(numbers)}.values())[::-1]


def _restated(article: Article) -> tuple[DocumentNumber, ...]:
    named = find_document_numbers(article.text)
    counts = {number: sum(number.matches(other) for other in named) for number in distinct(named)}
    if not counts:
        return ()
    own = max(counts, key=lambda number: (counts[number], number.issuer is not None))
    others = [count for number, count in counts.items() if not number.matches(own)]
    return (own,) if not others or counts[own] >= 2 * max(others) else ()
