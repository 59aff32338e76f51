"""A decision as the register of a portal describes it: number, day, issuer and subject in rows of two cells.

The portal of a public body keeps its register as it keeps the text: what it says is not a report of others.
"""

import re

from crawler.article import Article
from index.dates import find_dates
from index.decisions.acts import acts_in, read_stated
from index.decisions.decision import DecisionTold, Read
from index.decisions.head import Issuer, find_issuer, province_beside
from index.decisions.rows import Cell, row_of
from index.law.address import DocumentNumber, find_document_numbers
from index.span import Span
from index.text import strip_marks

_LABELS = {
    "number": re.compile(r"so(?:,? ky)? ?hieu|so(?: hieu)? (?:van ban|quyet dinh)|so, ky hieu|so/ky hieu"),
    "issued": re.compile(r"ngay (?:ban hanh|ky|ra quyet dinh)"),
    "issuer": re.compile(r"(?:co quan|don vi|noi) ban hanh|co quan"),
    "subject": re.compile(r"trich yeu(?: noi dung)?|ten van ban|noi dung|tieu de"),
    "effective": re.compile(r"(?:ngay )?(?:co )?hieu luc(?: tu(?: ngay)?)?|ngay hieu luc"),
}
_LEAST_LABELS = 3


def registered(article: Article) -> DecisionTold | None:
    """The decision that an article's table of properties describes; None where it has none."""
    found: dict[str, tuple[Cell, Cell]] = {}
    for block in article.blocks:
        cells = row_of(article.text, block).cells if block.role == "row" else ()
        if len(cells) != 2 or not cells[1].text:
            continue
        label = " ".join(strip_marks(cells[0].text).lower().strip(" :.").split())
        kind = next((kind for kind, pattern in _LABELS.items() if pattern.fullmatch(label)), None)
        if kind is not None:
            found.setdefault(kind, (cells[0], cells[1]))
    number = _number(found["number"][1]) if "number" in found else None
    if number is None or len(found) < _LEAST_LABELS:
        return None
    reads = {
        kind: Read(text=" ".join(cell.text.split()), span=cell.span, head=head.span)
        for kind, (head, cell) in found.items()
    }
    issuer = _issuer(found["issuer"][1]) if "issuer" in found else None
    place, place_span = (None, None) if issuer is None else province_beside(article, issuer)
    subject = reads.get("subject")
    spans = [] if subject is None else [subject.span]
    rows = [cell.span for pair in found.values() for cell in pair]
    issued, effective = _day(reads.get("issued")), _day(reads.get("effective"))
    return DecisionTold(
        article_id=article.id,
        digest=article.digest,
        reported=article.authority != "official",
        start=min(span.start for span in rows),
        end=max(span.end for span in rows),
        number=number,
        number_read=Read(
            text=article.text[number.start : number.end],
            span=Span(number.start, number.end),
            head=reads["number"].head,
        ),
        issued=issued,
        issued_read=reads.get("issued") if issued is not None else None,
        issuer=reads.get("issuer"),
        level=None if issuer is None else issuer.level,
        place=place,
        place_read=None if place_span is None else Read(text=place_span.of(article.text), span=place_span),
        subject=subject,
        effective=effective,
        effective_read=reads.get("effective") if effective is not None else None,
        acts=tuple(act for span in spans for act in acts_in(article.text, *span, number, reported=True)),
        stated=read_stated(article.text, spans),
    )


def _number(cell: Cell) -> DocumentNumber | None:
    for number in find_document_numbers(cell.text):
        if number.code == "QĐ" and number.issuer not in (None, "TTG"):
            at = cell.span.start
            return DocumentNumber(
                number=number.number,
                year=number.year,
                code=number.code,
                issuer=number.issuer,
                start=number.start + at,
                end=number.end + at,
            )
    return None


def _issuer(cell: Cell) -> Issuer | None:
    issuer = find_issuer(cell.text)
    if issuer is None:
        return None
    at = cell.span.start
    place_span = None if issuer.place_span is None else issuer.place_span.moved(at)
    return Issuer(span=issuer.span.moved(at), level=issuer.level, place=issuer.place, place_span=place_span)


def _day(read: Read | None) -> str | None:
    days = [] if read is None else [one for one in find_dates(read.text) if len(one.iso) == 10 and one.year is not None]
    return days[0].iso if days else None
