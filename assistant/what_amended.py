"""What a rule of the country changed in another, or which it replaced: "Quyết định 12 sửa phần nào của Quyết định 7?".

Which rule applied when is another question (`assistant.regime`): here the parts that were changed are asked for, and
the text of the amending rule, or one that restates it, names them.
"""

import re
from collections.abc import Iterator
from datetime import date

from assistant.basis import basis
from assistant.claims import evidence_of, summary_notices
from assistant.clauses import of_law
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, quoted
from assistant.evidence import Evidence
from assistant.paper_asked import asks_changes
from assistant.question import Question
from assistant.regime import Writer
from assistant.regime_asked import named_documents
from assistant.wording import says
from index.law.documents import Document
from index.law.reasons import ended

_REPLACES_WHICH = tuple(
    f"{verb}{between} {paper} {which}"
    for verb in ("thay", "thay thế", "bãi bỏ", "thay cho")
    for between in ("", " những", " các", " cho")
    for paper in ("quyết định", "văn bản", "quy định")
    for which in ("nào", "gì")
)
_AMENDS = re.compile(r"(?<!\w)(?:sửa|sửa đổi|bổ sung|thay|bỏ|bãi bỏ|điều chỉnh|đụng)(?!\w)", re.IGNORECASE)
_PART = re.compile(
    r"(?<!\w)(?:phụ lục\s+[IVX\d]+|điều\s+\d+|khoản\s+\d+|điểm\s+[a-zđ](?!\w)|mẫu số\s+\d+|biểu\s+\d+|(?:một số|các)\s+"
    r"(?:phụ lục|điều|khoản|điểm|mẫu|biểu))",
    re.IGNORECASE,
)


def amended_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The sentence that names the parts a rule changed in the one it amends; None where that is not asked, no text held
    says that it amends one, or none names a part."""
    if not of_law(question) or not asks_changes(question.tokens):
        return None
    named = [one for number in named_documents(question, corpus.law) if (one := corpus.law.find(number)) is not None]
    found = [told for other, amended in _amending(named, corpus) if (told := _told(other, amended, corpus)) is not None]
    if not found:
        return None
    lines = (quoted(found[0]), *basis(found[0], corpus, on))
    return Draft(status="answered", segments=lines, notices=tuple(summary_notices(lines)), strength=1.0)


def replaced_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The rules that one named put an end to, and when: "Quyết định 26 thay những quyết định nào?". None where that is
    not asked, or no text held says that it ended any."""
    if not of_law(question) or not says(question.tokens, *_REPLACES_WHICH) or says(question.tokens, "bị"):
        return None
    named = [one for number in named_documents(question, corpus.law) if (one := corpus.law.find(number)) is not None]
    if len(named) != 1:
        return None
    writer = Writer(corpus=corpus)
    lines: list[Segment] = []
    for document in corpus.law.documents:
        by, reason = None if document.ended is None else document.ended.by, ended(document)
        if document is not named[0] and by is not None and by.matches(named[0].number) and reason is not None:
            lines += writer.write(reason)
    if not lines:
        return None
    segments = tuple(dict.fromkeys(lines))
    return Draft(status="answered", segments=segments, notices=tuple(summary_notices(segments)), strength=1.0)


def _amending(named: list[Document], corpus: Corpus) -> Iterator[tuple[Document, Document]]:
    """Of the rules named, each that amends another with that one, which is named too where two are."""
    for document in named:
        for amended in named if len(named) > 1 else corpus.law.documents:
            by = [statement.by for statement in amended.amendments if statement.by is not None]
            if amended is not document and any(number.matches(document.number) for number in by):
                yield document, amended


def _told(document: Document, amended: Document, corpus: Corpus) -> Evidence | None:
    """The sentence that names most parts of what a rule changed: of its own texts, else the one that says that it
    amends the other."""
    own = [corpus.article(carrier.article_id, carrier.digest) for carrier in document.carriers]
    held = [
        Evidence(article=article, start=start, end=end)
        for article in dict.fromkeys(own)
        for start, end, block, _ in corpus.sentences(article)
        if block.role != "heading" and amended.number.number in article.text[start:end]
    ]
    said = [
        told
        for statement in amended.amendments
        if statement.by is not None and statement.by.matches(document.number)
        for told in [evidence_of(statement, corpus)]
        if told is not None
    ]
    parts = [(len(_PART.findall(one.quote)), one) for one in (*held, *said) if _AMENDS.search(one.quote)]
    best = max(parts, key=lambda part: part[0], default=None)
    return None if best is None or not best[0] else best[1]
