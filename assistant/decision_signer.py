"""Who signed a decision: the name under its last office, as the text prints it before its annex."""

import re

from assistant.corpus import Corpus
from assistant.draft import Segment
from assistant.evidence import Evidence
from assistant.product_lines import ProductWriter
from index.decisions.decision import DecisionTold
from index.text import CAPITALS

_OFFICE = re.compile(
    r"(?:(?:KT|TM|TL|TUQ|Q)\.\s*)?(?:PHÓ )?(?:CHỦ TỊCH(?: ỦY BAN NHÂN DÂN)?|(?:BỘ|THỨ) TRƯỞNG|GIÁM ĐỐC|CHÁNH VĂN PHÒNG)"
)
_NAME = re.compile(rf"[{CAPITALS}][^\W\d_]*(?: [{CAPITALS}][^\W\d_]*){{1,4}}")
_SIGNED_MARK = re.compile(r"\(?(?:đã ký|Đã ký|ký tên|ký, đóng dấu)\)?")


def signer(told: DecisionTold, corpus: Corpus, writer: ProductWriter) -> list[Segment]:
    """Who signed a decision, with the office; nothing where its text prints no name right under an office."""
    article = corpus.article(told.article_id, told.digest)
    end = min((row.start for row in told.rows), default=told.end)
    first = max((act.end for act in told.acts if act.end <= end), default=told.number_read.span.end)
    office: Evidence | None = None
    for block in article.blocks:
        if block.start < first or block.end > end or block.role == "row":
            continue
        line = Evidence(article=article, start=block.start, end=block.end)
        words = _SIGNED_MARK.sub("", line.quote).strip()
        if _OFFICE.fullmatch(words):
            office = line
        elif office is not None and _NAME.fullmatch(words) and not words.isupper():
            paper, held = writer.paper_spoken(told)
            title = office.quote.rsplit(".", 1)[-1].strip().lower()
            return writer.claimed(f"{paper}: người ký là {words}, {title}.", [line, office, *held])
        elif words and office is not None:
            office = None
    return []
