"""Documents of law as single articles give them: what an article says of them, and of its own document who acts by it
and what it lets the former rules keep.

Only what a text says is recorded, each with the sentence it was read from. An article that restates law (kind guide)
never passes for the document: its records say `summary`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crawler.article import Article
from index.law.address import DocumentNumber, find_document_numbers
from index.law.amendments import amended
from index.law.authority import Authority, read_authorities
from index.law.own_numbers import own_numbers
from index.law.purposes import about, named, periods
from index.law.statements import Statement, sentences
from index.law.transitions import Transition, read_transitions
from index.law.validity import declared, effective_days, ended, signed


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """What one article gives of documents of law.

    number: the document the article carries or restates first, or None where it is a guide about several at once;
    others: further documents it is about. summary: the article restates law. issuer: as the document's head prints it.
    statements: what the article says of any document, this one or others. authorities: who acts, under which.
    transitions: the document's transitional rules.
    """

    article_id: str
    digest: str
    title: str
    number: DocumentNumber | None
    others: tuple[DocumentNumber, ...]
    summary: bool
    issuer: str | None
    statements: tuple[Statement, ...]
    authorities: tuple[Authority, ...]
    transitions: tuple[Transition, ...]

    @property
    def numbers(self) -> tuple[DocumentNumber, ...]:
        """Every document the article carries or is about."""
        return (*((self.number,) if self.number else ()), *self.others)


def read_regulation(article: Article) -> Regulation | None:
    """What a text of law or a guide to it says of documents; None where it says nothing of any."""
    if article.kind not in ("regulation", "guide", "decision"):
        return None
    own = own_numbers(article)
    # what a guide that names its document only in passing says of "this decision" may be of another
    titled = own if article.kind != "guide" or find_document_numbers(article.title) else ()
    statements = read_statements(article, titled)
    authorities = read_authorities(article, titled)
    if not (own or statements or authorities):
        return None
    return Regulation(
        article_id=article.id,
        digest=article.digest,
        title=article.title,
        number=own[0] if own else None,
        others=own[1:],
        summary=article.kind == "guide",
        issuer=article.author if article.kind != "guide" else None,
        statements=statements,
        authorities=authorities,
        transitions=read_transitions(article, titled[0]) if titled else (),
    )


def read_statements(article: Article, own: Sequence[DocumentNumber]) -> tuple[Statement, ...]:
    """Every statement of a legal text or a guide, in order of the text.

    own: the documents the article carries or is about, the first one first; may be empty.
    """
    found: list[Statement] = [*named(article, own), *declared(article, own)]
    effective: date | None = None
    for sentence in sentences(article, own):
        found.extend(about(sentence))
        found.extend(signed(sentence, own))
        known = {statement.number: statement.on for statement in found if statement.says == "signed"}
        for ruled in effective_days(sentence, own, known):
            if own and ruled.number.matches(own[0]):
                if effective is not None:
                    continue  # said again, or of a part ("Điều 5 có hiệu lực từ …")
                effective = ruled.on
            found.append(ruled)
        found.extend(ended(sentence, own, effective))
        found.extend(amended(sentence, own, effective))
        found.extend(periods(sentence, own))
    # said again in the same words it is one statement, at its first place
    first: dict[tuple[object, ...], Statement] = {}
    for item in found:
        first.setdefault((item.says, item.number.label, item.on, item.by and item.by.label, item.subject), item)
    return tuple(first.values())
