"""Who signed a paper: the name under its last office, as the text prints it before its annex."""

import re
from dataclasses import dataclass

from assistant.claims import claim
from assistant.corpus import Corpus
from assistant.draft import Segment
from assistant.evidence import Evidence
from assistant.product_lines import ProductWriter
from crawler.article import Article
from index.decisions.decision import DecisionTold
from index.text import CAPITALS

_OFFICE = re.compile(
    r"(?:(?P<for>KT|TM|TL|TUQ|Q)\.\s*)?"
    r"(?P<title>(?:PHÓ )?(?:CHỦ TỊCH|THỦ TƯỚNG|(?:BỘ|THỨ) TRƯỞNG|GIÁM ĐỐC|CHÁNH VĂN PHÒNG))"
    r"(?: ỦY BAN NHÂN DÂN)?(?=\s|$)"
)
_NAME = re.compile(rf"[{CAPITALS}][^\W\d_]*(?: [{CAPITALS}][^\W\d_]*){{1,4}}")
# How many lines (a stamp, to whom it is sent) may stand between an office and the name of who holds it.
_FURTHEST = 6
_SIGNED_MARK = re.compile(r"\(?(?:đã ký|Đã ký|ký tên|ký, đóng dấu)\)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A name under an office. title: of the office, "" where the signer stands in for whoever holds it ("KT.")."""

    name: str
    title: str
    line: Evidence
    office: Evidence


def signature(article: Article, first: int, end: int) -> Signature | None:
    """The first name printed right under an office in a stretch of a text; None where none is."""
    office: Evidence | None = None
    below = 0
    for block in article.blocks:
        if block.start < first or block.end > end or block.role == "row":
            continue
        line = Evidence(article=article, start=block.start, end=block.end)
        words = _SIGNED_MARK.sub("", line.quote).strip()
        titled = _OFFICE.match(words)
        if titled is not None:
            office, below = line, 0
            words = words[titled.end() :].strip()
        elif office is not None:
            below += 1
        if office is None or below > _FURTHEST or not _NAME.fullmatch(words) or words.isupper():
            continue
        title = _OFFICE.match(office.quote)
        # "KT. CHỦ TỊCH": in the place of the one named, whose office is not the signer's
        spoken = "" if title is None or title["for"] == "KT" else title["title"].lower()
        return Signature(
            name=words,
            title=spoken.replace("phó thủ tướng", "Phó Thủ tướng").replace("thủ tướng", "Thủ tướng"),
            line=line,
            office=office,
        )
    return None


def signer(told: DecisionTold, corpus: Corpus, writer: ProductWriter) -> list[Segment]:
    """Who signed a decision, with the office; nothing where its text prints no name right under an office."""
    article = corpus.article(told.article_id, told.digest)
    end = min((row.start for row in told.rows), default=told.end)
    first = max((act.end for act in told.acts if act.end <= end), default=told.number_read.span.end)
    signed = signature(article, first, end)
    if signed is None:
        return []
    paper, held = writer.paper_spoken(told)
    title = f", {signed.title}" if signed.title else ""
    # the office is held though no name or number of the sentence needs it
    written = claim(f"{paper}: người ký là {signed.name}{title}.", (signed.line, signed.office), held)
    return [] if written is None else [written]
