"""The day on which certificates run out, reckoned from the day a source gives and the term of the rule of that day."""

from datetime import date

from assistant.answer import day_number
from assistant.certificates import VALIDITY, term_of
from assistant.clauses import find_clause
from assistant.corpus import Corpus
from assistant.draft import Reckoning, Segment
from assistant.evidence import Evidence
from assistant.matters import matter_named
from assistant.question import Question
from assistant.wording import says
from index.dates import find_dates
from index.law.in_force import in_force
from index.law.reasons import day_text
from index.products.expiry import last_day

_UNTIL = (
    "hết hạn", "đến bao giờ", "tới bao giờ", "đến khi nào", "tới khi nào", "đến ngày nào", "tới ngày nào",
    "đến lúc nào", "đến tháng nào", "tới tháng nào",
)  # fmt: skip
_CERTIFICATE = ("giấy", "giấy chứng nhận", "chứng nhận", "hạng", "sao", "công nhận")
_WHOLE_DAY = len("2026-05-22")


def end_reckoned(question: Question, evidence: Evidence, corpus: Corpus) -> Segment | None:
    """When the certificates run out that a sentence says were given on a day.

    None where that is not asked, the sentence gives no day or several, or no rule of that day gives a term.
    """
    if not (says(question.tokens, *_UNTIL) and says(question.tokens, *_CERTIFICATE)):
        return None
    days = [one.iso for one in find_dates(evidence.quote) if len(one.iso) == _WHOLE_DAY and one.year is not None]
    if len(set(days)) != 1:
        return None
    given = date.fromisoformat(days[0])
    for rule in in_force(corpus.law, given, "procedure").rules[:1]:
        clause = find_clause(matter_named(VALIDITY), rule.document, corpus)
        term = None if clause is None else term_of(clause)
        if clause is None or term is None:
            continue
        end = last_day(given, term)
        rule_says = Evidence(article=clause.article, start=clause.start, end=clause.end)
        return Segment(
            text=f"Giấy chứng nhận có hạn {term} tháng; tính từ {day_text(given)} thì hết hạn {day_text(end)}.",
            kind="derived",
            evidence=(evidence, rule_says),
            reckoning=Reckoning(
                operation="months_after", operands=((day_number(given), 0), (float(term), 1)), result=day_number(end)
            ),
        )
    return None
