"""What the list of a decision that was named says of one of its products, which in such talk is called by a part of
its name: "thế lạp xưởng hun khói trong đó được mấy điểm?"."""

import re

from assistant import answer as say
from assistant.content import is_stop
from assistant.corpus import Corpus
from assistant.draft import Draft
from assistant.later_decisions import clauses_changing
from assistant.product_asked import Aspect, aspects
from assistant.product_lines import ProductWriter
from assistant.products_named import BESIDE
from assistant.question import Question
from assistant.wording import same_word, tokens
from index.decisions.decision import ProductRow
from index.decisions.merged import Decision

# What the line of a list tells by itself.
_OF_A_LINE: frozenset[Aspect] = frozenset(("star", "score", "producer", "where", "all"))
_LEAST = 2
_CLAUSE = re.compile(r"[,:;?!()]+|[.](?!\d)")


def row_draft(question: Question, corpus: Corpus) -> Draft | None:
    """The line of a decision named for the product a question calls by its name or the beginning of it; None where it
    calls none, several, or asks what a line does not tell."""
    wanted = aspects(question)
    if len(question.documents) != 1 or not wanted or not set(wanted) <= _OF_A_LINE or not question.unit.empty:
        return None
    decisions = [one for one in corpus.held.decisions(question.documents[0]) if one.rows]
    if len(decisions) != 1:
        return None
    (decision,) = decisions
    row, another = _called(question, decision)
    writer = ProductWriter(corpus, None)
    if another:
        missing = f"Danh sách của {writer.paper_spoken(decision.listing)[0]} không có sản phẩm tên như vậy."
        return Draft(status="no_evidence", segments=(), notices=(say.NO_EVIDENCE, missing), strength=1.0)
    if row is None:
        return None
    told = decision.listing
    if "score" in wanted and row.score is None:
        return None  # the list prints no points
    lines = writer.listed(told, row, points="score" in wanted)
    if not lines:
        return None
    segments = (*lines, *writer.paper(told), *clauses_changing(decision, corpus, writer))
    return Draft(status="answered", segments=tuple(dict.fromkeys(segments)), strength=1.0)


def _called(question: Question, decision: Decision) -> tuple[ProductRow | None, bool]:
    """The one line whose product is called so: the longest run of the question's words that a name begins with, with
    nothing of a name beside it; and whether instead the question goes on as no such name does ("mật ong hoa nhãn" where
    the list has "Mật ong hoa sú")."""
    clauses = [tokens(clause) for clause in _CLAUSE.split(question.text)]
    best = _LEAST - 1
    called: list[ProductRow] = []
    another = False
    for row in decision.rows:
        name = tokens(row.name.text)
        for asked in clauses:
            for at in range(len(asked)):
                length, ends = _run(asked, at, name)
                another |= length >= _LEAST and not ends
                if not ends or length < best:
                    continue
                called = [row] if length > best else [*called, row]
                best = length
    whole = [row for row in called if len(tokens(row.name.text)) == best]
    called = list(dict.fromkeys(whole or called))
    return (called[0] if len(called) == 1 else None), another and not called


def _run(asked: tuple[str, ...], start: int, name: tuple[str, ...]) -> tuple[int, bool]:
    """How many tokens from `start` on begin a name, 0 where a word before them may be part of another; and whether they
    end there, so that no further word of a name follows."""
    length = 0
    while start + length < len(asked) and length < len(name) and same_word(asked[start + length], name[length]):
        length += 1
    before, after = asked[max(0, start - 1) : start], asked[start + length : start + length + 1]
    return (length if all(map(_no_name, before)) else 0), all(map(_no_name, after))


def _no_name(word: str) -> bool:
    return is_stop(word) or word in BESIDE
