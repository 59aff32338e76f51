"""What proves what a product claims for a criterion: the line on it in the table of papers of the self-assessment form.

"Lấy gì chứng minh dùng lao động địa phương?" is told by no clause and no criterion, but by "Tài liệu minh chứng kèm
theo" of a form in the decision's appendix, a table of what is claimed and what is asked for it.
"""

import re
from collections.abc import Iterator
from datetime import date

from assistant.basis import basis
from assistant.corpus import Corpus
from assistant.criterion_names import criteria_named
from assistant.draft import Draft, Segment
from assistant.evidence import GENERIC, Evidence
from assistant.question import Question
from assistant.units import ruling_articles
from assistant.wording import same_word, says, tokens
from crawler.article import Article

_PROOF = ("chứng minh", "minh chứng", "bằng chứng", "làm bằng", "giấy gì để")
_PAPERS = ("báo cáo tài chính", "hóa đơn", "hợp đồng")
_ASKS = ("gì", "nào", "mấy", "bao nhiêu", "sao", "cần", "kèm")
_HEADER = re.compile(r"nội dung\s*\|\s*yêu cầu", re.IGNORECASE)
_LEADS = re.compile(r"minh chứng", re.IGNORECASE)
# What is said of proving itself.
_FRAME = frozenset("chứng minh bằng giấy tờ lấy kèm nộp cần phải tài liệu hồ sơ mục tiêu chí điểm dùng xài thì".split())
# Of the words asked so many, and this share, stand in the line where no criterion is named.
_LEAST, _SHARE = 2, 0.6


def proof_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The line that tells which papers prove what a question speaks of; None where that is not asked, no form held has
    such a table, or no line of it is meant."""
    words = question.tokens
    asked = says(words, *_PROOF) or (says(words, *_PAPERS) and says(words, "kèm", "mấy năm", "bao nhiêu năm"))
    if not asked or not says(words, *_ASKS) or question.wanted in ("who", "when") or question.places:
        return None
    rows = [row for article in ruling_articles(question, corpus, on) for row in _rows(article)]
    meant = _meant(question, rows)
    if meant is None:
        return None
    what, papers = _cells(meant)
    line = Segment(text=f"{what}: {papers.strip(' .-')}.", kind="stated", evidence=(meant,))
    return Draft(status="answered", segments=(line, *basis(meant, corpus, on)), strength=1.0)


def _rows(article: Article) -> Iterator[Evidence]:
    """The lines of a table of proofs, each what is claimed and what is asked for it."""
    text, within = article.text, False
    before = ""
    for block in article.blocks:
        said = text[block.start : block.end]
        if block.role != "row":
            within, before = False, said
        elif _HEADER.search(said):
            within = _LEADS.search(before) is not None
        elif within and said.count(" | ") > 1:
            yield Evidence(article=article, start=block.start, end=block.end)


def _cells(row: Evidence) -> tuple[str, str]:
    """(what is claimed, what is asked for it); the number of the line stands before them."""
    _, what, papers = row.quote.split(" | ", 2)
    return what.strip(" ,"), papers.strip()


def _meant(question: Question, rows: list[Evidence]) -> Evidence | None:
    """The line on the criterion a question names, else the one that has most of its words."""
    named = criteria_named(question.tokens)
    of_criterion = [row for row in rows if named & criteria_named(tokens(_cells(row)[0]))]
    if of_criterion:
        return of_criterion[0]
    left_out = {*_FRAME, *GENERIC}
    words = [word for word in dict.fromkeys(question.content) if word not in left_out and not word.isdecimal()]
    held = {row: sum(any(same_word(word, other) for other in tokens(row.quote)) for word in words) for row in rows}
    best = max(held, key=lambda row: held[row], default=None)
    return best if best is not None and held[best] >= max(_LEAST, _SHARE * len(words)) else None
