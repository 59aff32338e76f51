"""A criteria set asked for by its number alone: what it is called, or that there is none of that number."""

import re
from datetime import date

from assistant.basis import basis
from assistant.corpus import Corpus
from assistant.draft import Draft, quoted
from assistant.evidence import Evidence
from assistant.question import Question
from assistant.units import law_day
from index.criteria.held import sets_on

# No number of sets ("nộp bộ 3 mẫu"), nor of a paper.
_NUMBERED = re.compile(
    r"(?<!\w)(?<!mấy )(?<!một )bộ (?:tiêu chí )?(?:số )?(?P<number>\d{1,2})"
    r"(?![\w/]|[.,]\d|\s+(?:sản phẩm|mẫu|cái|hồ sơ|món))",
    re.IGNORECASE,
)
_WHAT = re.compile(
    r"(?:(?:thế|vậy|còn|cho hỏi|xin hỏi)[ ,]+)*bộ (?:tiêu chí )?(?:số )?\d{1,2}"
    r"(?:\s+(?:(?:là|tên|về|nói|chấm|dành|cho|của|gồm|có|những)\s+)*"
    r"(?:(?:bộ|sản phẩm|cái|món)\s+)?(?:gì|nào|thì sao))?"
    r"(?:\s+(?:vậy|ạ|nhỉ|thế|hả))*\W*",
    re.IGNORECASE,
)


def set_named_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The heading of the set asked for; a draft that says there is none of that number, whatever is asked of it; None
    for any other question, and where no sets are held or it is asked of another decision's."""
    named = _NUMBERED.search(question.text)
    if named is None or question.documents or question.dates:
        return None
    held = {one.number: one for one in sets_on(corpus.criteria, corpus.law, law_day(question, on)) if one.number}
    numbers = sorted(number for number in held if number is not None)
    if not numbers:
        return None
    found = held.get(int(named["number"]))
    if found is None:
        if numbers != list(range(1, len(numbers) + 1)):
            return None  # whether there is one, what is held does not tell
        of = f" của Quyết định {held[1].document}" if held[1].document else ""
        none = f"Không có bộ {int(named['number'])}: các bộ tiêu chí{of} đánh số từ 1 đến {len(numbers)}."
        return Draft(status="no_evidence", segments=(), notices=(none,), strength=1.0)
    if not _WHAT.fullmatch(question.text):
        return None
    article = corpus.article(found.article_id, found.digest)
    end = article.text.find("\n", found.start)
    heading = Evidence(article=article, start=found.start, end=end if end > 0 else len(article.text))
    return Draft(status="answered", segments=(quoted(heading), *basis(heading, corpus, on)), strength=1.0)
