"""The line under an answer from law: which unit of which document it is, and since when that is in force."""

import re
from datetime import date

from assistant.claims import claim, evidence_of, reasoned
from assistant.corpus import Corpus
from assistant.draft import Segment
from assistant.evidence import Evidence
from index.law import reasons
from index.law.address import find_document_numbers
from index.law.documents import Document
from index.law.reasons import day_text

_UNIT = re.compile(r"^(?:Điều|khoản|điểm|Phụ lục|Mẫu số)\s")


def basis(evidence: Evidence, corpus: Corpus, on: date | None = None) -> tuple[Segment, ...]:
    """ "Căn cứ: khoản 3 Điều 4 Quyết định 26/2026/QĐ-TTg, có hiệu lực từ 22/5/2026."; nothing where no text tells that.

    on: the day asked; of what is over by then it is said since when.
    """
    document = _told_by(evidence, corpus)
    effective = None if document is None else document.effective or document.signed
    if document is None or effective is None or effective.on is None:
        return ()
    told = evidence_of(effective, corpus)
    units = [part.strip() for part in evidence.heading.split(",") if _UNIT.match(part.strip())]
    where = " ".join([*reversed(units), document.number.name])
    since = "có hiệu lực từ" if document.effective is not None else "ký ngày"
    line = claim(f"Căn cứ: {where}, {since} {day_text(effective.on)}.", [evidence], [told] if told is not None else [])
    if line is None:
        return ()
    state = None if on is None else corpus.law.state_of(document, on)
    if state is None or state.status != "lapsed":
        return (line,)
    ended = reasons.of_period(document, state) if state.period else reasons.ended(document)
    over = None if ended is None else reasoned(ended, corpus, (), _begun(document, corpus))
    return (line,) if over is None else (line, over)


def _told_by(evidence: Evidence, corpus: Corpus) -> Document | None:
    """The document a stretch of an article speaks for: the one the article carries; of a guide to several the one named
    there, or the first where the others only amend it; None where that is not told."""
    article = evidence.article
    regulation = corpus.regulation(article.id)
    if regulation is None or regulation.number is None:
        return None
    in_passing = regulation.summary and not find_document_numbers(article.title)
    if in_passing and len({one.number for one in find_document_numbers(article.text)}) > 1:
        here = find_document_numbers(f"{evidence.heading}\n{evidence.quote}")
        if not any(regulation.number.matches(one) for one in here):
            return None  # it names several only in passing: what it says here may be of any of them
    law, first = corpus.law, corpus.law.find(regulation.number)
    others = [law.find(number) for number in regulation.others]
    named = find_document_numbers(f"{evidence.heading}\n{evidence.quote}")
    told = [one for one in (first, *others) if one is not None and any(one.number.matches(n) for n in named)]
    if not others or len(told) == 1:
        return told[0] if others else first
    amending = [] if first is None else [item.by for item in first.amendments if item.by is not None]
    if all(one is not None and any(by.matches(one.number) for by in amending) for one in others):
        return first
    return None


def _begun(document: Document, corpus: Corpus) -> dict[date, Evidence]:
    """The day from which what ended a document is in force, with what tells it."""
    by = None if document.ended is None or document.ended.by is None else corpus.law.find(document.ended.by)
    effective = None if by is None else by.effective
    told = None if effective is None else evidence_of(effective, corpus)
    return {} if effective is None or effective.on is None or told is None else {effective.on: told}
