"""Until when a dossier must be judged that was filed under a former rule: as the transitional rules of the new one say.

"Hồ sơ phân hạng lại nộp 20/5/2026 thì phải xong trước ngày nào?" is asked of Điều 12, khoản 2 of Quyết định
26/2026/QĐ-TTg, which counts from the day that decision came into force.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from assistant.answer import TO_BE_JUDGED
from assistant.basis import basis
from assistant.claims import counted_day, evidence_of
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, connective, quoted
from assistant.law import state_notices
from assistant.law_days import days_meant
from assistant.procedure import dossier_spoken_of
from assistant.question import Question
from assistant.regime_asked import asks_paper, named_documents
from assistant.units import state_at
from assistant.wording import says
from index.dates import find_dates
from index.law.documents import is_local
from index.law.in_force import in_force
from index.law.reasons import begin, day_text
from index.law.statements import Statement
from index.law.transitions import Transition

UNTIL = (
    "phải xong", "xong trước", "hoàn thành", "trước ngày nào", "chậm nhất", "muộn nhất", "trễ nhất", "bao lâu",
    "mấy ngày", "bao nhiêu ngày", "hạn chót", "thời hạn", "khi nào xong", "bao giờ xong", "khi nào thì xong",
    "bao giờ thì xong", "đến bao giờ", "tới bao giờ", "đến ngày nào", "tới ngày nào", "hạn nào",
)  # fmt: skip
_JUDGED = ("xong", "hoàn thành", "chấm", "xét", "đánh giá", "phân hạng", "xử lý", "giải quyết", "kết quả")
_OVER = "Tới {day} hạn ấy đã qua; quy định không nói hồ sơ quá hạn theo văn bản nào."


def waiting_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The transitional rules on a dossier of the kind and day of filing a question names, with the day they come to;
    None where it asks no such thing, or that day is under the rule of today."""
    words = question.tokens
    if not (says(words, *UNTIL) and says(words, *_JUDGED)) or question.places or question.unit.dieu is not None:
        return None
    if any(is_local(number) for number in question.documents):
        return None
    if all(mention.year is None for mention in find_dates(question.text)):
        return None  # "gửi trước 30/1" is a day of every year
    ruling = in_force(corpus.law, on, "procedure")
    first = begin(ruling.rules[0].document) if ruling.rules else None
    days = days_meant(question, on)
    filed = days.filed
    if first is None or filed is None or filed >= first:
        return None
    document = ruling.rules[0].document
    if any(not document.number.matches(number) for number in named_documents(question, corpus.law)):
        return None
    kind = dossier_spoken_of(question)
    found = [one for one in document.transitions if one.covers == "dossier" and (kind is None or kind in one.dossiers)]
    carriers = {one.article_id for one in document.carriers}
    found = [one for one in found if one.article_id in carriers] or found
    lines = [segment for one in dict.fromkeys(found) for segment in _told(one, first, document.effective, corpus)]
    if not lines:
        return None
    cited = lines[0].evidence[0]
    based = basis(cited, corpus, on)
    last = max(first + timedelta(days=one.days or 0) for one in found)
    if last >= days.last and asks_paper(words):
        return None  # which rule a dossier is judged by, and until when, the law at its day tells
    over = (_OVER.format(day=day_text(on)),) if last < on else ()
    state = state_at(cited.article, corpus, on)
    return Draft(
        status="answered",
        segments=(connective(TO_BE_JUDGED), *dict.fromkeys(lines), *based),
        notices=(*over, *state_notices(cited.article, state, corpus, on, told=bool(based))),
        strength=1.0,
    )


def _told(rule: Transition, first: date, effective: Statement | None, corpus: Corpus) -> Iterator[Segment]:
    """A transitional rule in its own words, and the day its days come to. first: the day they are counted from."""
    held = evidence_of(rule, corpus)
    begun = None if effective is None else evidence_of(effective, corpus)
    if held is None or rule.days is None:
        return
    yield quoted(held)
    if begun is None:
        return
    last = first + timedelta(days=rule.days)
    text = f"Hạn hoàn thành: khoảng {day_text(last)}, tức {rule.days} ngày kể từ {day_text(first)} (ngày tự tính)."
    counted = counted_day(text, since=(first, begun), days=(rule.days, held), result=last)
    if counted is not None:
        yield counted
