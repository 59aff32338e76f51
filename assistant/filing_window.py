"""How many days there are to file again before a certificate ends: "cả thảy có bao nhiêu ngày để nộp?"."""

from datetime import date

from assistant.answer import vietnamese_number
from assistant.basis import basis
from assistant.certificates import WINDOW, WINDOW_DAYS
from assistant.clauses import find_clause, told
from assistant.corpus import Corpus
from assistant.draft import Draft, Reckoning, Segment
from assistant.evidence import Evidence
from assistant.law import state_notices
from assistant.matters import matter_named
from assistant.procedure import dossier_spoken_of
from assistant.question import Question
from assistant.units import state_at
from assistant.wording import says
from index.law.in_force import in_force

_DAYS = ("bao nhiêu ngày", "mấy ngày")
_ALL = ("cả thảy", "tất cả", "tổng cộng", "vị chi", "ngày để nộp", "ngày nộp", "khung nộp", "kéo dài")
_AGAIN = ("hết hạn", "đánh giá lại", "phân hạng lại", "chấm lại", "công nhận lại", "khung nộp", "36 tháng")


def filing_window_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """How long the time for filing again is, reckoned from the clause that gives its two ends; None where that is not
    asked, or no text held gives them."""
    words = question.tokens
    if not (says(words, *_DAYS) and says(words, "nộp") and says(words, *_ALL)) or question.places or question.when:
        return None
    if not says((*words, "|", *question.spoken), *_AGAIN) and dossier_spoken_of(question) != "renewal":
        return None
    matter = matter_named(WINDOW)
    for rule in in_force(corpus.law, on, "procedure").rules[:1]:
        clause = find_clause(matter, rule.document, corpus)
        window = None if clause is None else WINDOW_DAYS.search(clause.text)
        if clause is None or window is None:
            return None
        first, last = float(window["first"]), float(window["last"])
        cited = Evidence(article=clause.article, start=clause.start, end=clause.end)
        length = Segment(
            text=(
                f"Có {vietnamese_number(first - last)} ngày để nộp: {vietnamese_number(first)} − "
                f"{vietnamese_number(last)} = {vietnamese_number(first - last)}."
            ),
            kind="derived",
            evidence=(cited,),
            reckoning=Reckoning(operation="difference", operands=((first, 0), (last, 0)), result=first - last),
        )
        based = basis(cited, corpus, on)
        state = state_at(clause.article, corpus, on)
        return Draft(
            status="answered",
            segments=(length, *told(clause, matter.point), *based),
            notices=tuple(state_notices(clause.article, state, corpus, on, told=bool(based))),
            strength=1.0,
        )
    return None
