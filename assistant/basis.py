"""The line under an answer from law: which unit of which document it is, and since when that is in force."""

import re
from datetime import date

from assistant.claims import claim, evidence_of, reasoned
from assistant.corpus import Corpus
from assistant.draft import Segment
from assistant.evidence import Evidence
from index.law import reasons
from index.law.documents import Document
from index.law.reasons import day_text

_UNIT = re.compile(r"^(?:Điều|khoản|điểm|Phụ lục|Mẫu số)\s")


def basis(evidence: Evidence, corpus: Corpus, on: date | None = None) -> tuple[Segment, ...]:
    """ "Căn cứ: khoản 3 Điều 4 Quyết định 26/2026/QĐ-TTg, có hiệu lực từ 22/5/2026."; nothing where no text tells that.

    on: the day asked; of what is over by then it is said since when.
    """
    document = corpus.document(evidence.article.id)
    effective = None if document is None else document.effective or document.signed
    if document is None or effective is None or effective.on is None:
        return ()
    told = evidence_of(effective, corpus)
    units = [part.strip() for part in evidence.heading.split(",") if _UNIT.match(part.strip())]
    where = " ".join([*reversed(units), document.number.name])
    line = claim(
        f"Căn cứ: {where}, có hiệu lực từ {day_text(effective.on)}.", [evidence], [told] if told is not None else []
    )
    if line is None:
        return ()
    ended = reasons.ended(document)
    if on is None or ended is None or ended.on is None or ended.on > on:
        return (line,)
    over = reasoned(ended, corpus, (), _begun(document, corpus))
    return (line,) if over is None else (line, over)


def _begun(document: Document, corpus: Corpus) -> dict[date, Evidence]:
    """The day from which what ended a document is in force, with what tells it."""
    by = None if document.ended is None or document.ended.by is None else corpus.law.find(document.ended.by)
    effective = None if by is None else by.effective
    told = None if effective is None else evidence_of(effective, corpus)
    return {} if effective is None or effective.on is None or told is None else {effective.on: told}
