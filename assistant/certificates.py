"""How long a certificate lasts and when to file again, for a day the question names.

What the law says is quoted; the day itself is the asker's, which no text held prints, so that what comes of it is told
as a notice ("tính từ ngày bạn nêu"), unless a guide works out that very day.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.basis import basis
from assistant.claims import evidence_of
from assistant.clauses import Clause, clauses, find_clause, guides_to, told
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, quoted
from assistant.evidence import Evidence
from assistant.law import state_notices
from assistant.matters import matter_named
from assistant.parts import joined
from assistant.question import Question
from assistant.times import days_meant
from assistant.units import state_at
from assistant.wording import says, tokens
from index.dates import DateMention, find_dates
from index.law.documents import Document
from index.law.in_force import in_force
from index.law.reasons import begin, day_text
from index.products.expiry import last_day

_CERTIFICATE = ("giấy", "giấy chứng nhận", "chứng nhận", "gcn", "sao", "sản phẩm", "công nhận")
_GIVEN = ("ký", "cấp", "công nhận", "ban hành", "nhận", "được", "ghi ngày", "đề ngày")
_UNTIL = (
    "khi nào", "bao giờ", "đến đâu", "tới đâu", "ngày nào", "lúc nào", "còn giá trị", "còn hiệu lực", "còn hạn",
    "còn dùng", "còn xài", "hết hạn", "hết hiệu lực", "dùng được", "xài", "thời hạn", "bao lâu", "mấy năm", "hạn",
)  # fmt: skip
_ENDS = ("hết hạn", "hết hiệu lực", "đáo hạn", "hết thời hạn", "có hạn", "hạn đến", "hạn tới", "giá trị đến")
_FILED = ("nộp", "làm lại", "hồ sơ", "gia hạn", "khung", "phân hạng lại", "đánh giá lại", "chấm lại", "xin lại")
_OTHER = (
    "thu hồi",
    "chưa chấm",
    "chưa xét",
    "hội đồng",
    "quyết định nào",
    "bộ tiêu chí nào",
    "ai ký",
    "huyện",
    "nhãn hiệu",
    "quy chế",
)
_MONTHS = re.compile(r"(?<!\d)(?P<months>\d{1,3})\s+tháng", re.IGNORECASE)
_WINDOW = re.compile(r"không sớm hơn (?P<first>\d+) ngày[^.;]*?không muộn hơn (?P<last>\d+) ngày", re.IGNORECASE)
_WHOLE_DAY = len("2026-05-22")
# Asked of all that were given in a year, which no term tells.
_OF_MANY = ("figure", "sum", "share", "list", "average", "breakdown")
VALIDITY, WINDOW = "Điều 4, khoản 3", "Điều 7, khoản 6, điểm a"


def certificate_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """Until when a certificate of the day, month or year named holds, or when one that ends on a day is to be renewed;
    None where neither is asked of one, or no text held tells."""
    words = question.tokens
    if question.places or (question.documents and question.wanted == "state") or says(words, *_OTHER):
        return None
    dated = [one for one in find_dates(question.text) if one.until is None]
    mentions = [one for one in dated if len(one.iso) == _WHOLE_DAY] or dated
    if len(mentions) != 1 or not says(words, *_CERTIFICATE):
        return None
    (mention,) = mentions
    whole = len(mention.iso) == _WHOLE_DAY
    if not whole and question.wanted in _OF_MANY:
        return None
    before = tokens(question.text[: mention.start])[-8:]
    if whole and says(before, *_ENDS) and says(words, *_FILED):
        return _renewal(date.fromisoformat(mention.iso), mention, corpus, on)
    given = days_meant([one for one in question.when if one.iso == mention.iso], None)
    if given and says(before, *_GIVEN) and not says(before, "nộp", "gửi", "hết") and says(words, *_UNTIL):
        return _validity(*given[0], mention, corpus, on, renewed=whole and says(words, *_FILED))
    return None


def _validity(
    day: date, latest: date, mention: DateMention, corpus: Corpus, on: date, *, renewed: bool
) -> Draft | None:
    """Until when a certificate holds that was given on a day, or on one up to `latest`. renewed: when to file again is
    asked too."""
    now = in_force(corpus.law, on, "procedure").rules[:1]
    if not now:
        return None
    lines: list[Segment] = []
    newest = now[0].document
    first = begin(newest)
    before = first is not None and day < first
    then = in_force(corpus.law, day, "procedure").rules[-1:] if before else ()
    if before:
        kept = next((one for one in newest.transitions if one.covers == "certificate"), None)
        found = None if kept is None else evidence_of(kept, corpus)
        lines += [] if found is None else [quoted(found)]
    for rule in (*then, *now):
        clause = find_clause(matter_named(VALIDITY), rule.document, corpus)
        term = None if clause is None else term_of(clause)
        if clause is None or term is None:
            continue
        lines.append(quoted(Evidence(article=clause.article, start=clause.start, end=clause.end)))
        end, worked = last_day(day, term), _worked(day, latest, term, on)
        lines += map(quoted, _of_that_day(mention, newest, corpus))
        draft = _answered(lines, worked, corpus, on)
        again = _renewal(end, mention, corpus, on) if renewed else None
        return draft if again is None else joined([draft, again])
    return None


def _worked(day: date, latest: date, term: int, on: date) -> str:
    """Until when a certificate holds that was given on a day, or on one up to `latest`, and whether it still does."""
    first, last = last_day(day, term), last_day(latest, term)
    state = "đã hết hạn" if last < on else "còn hạn" if first >= on else "còn hạn hay không là tùy ngày ký"
    said = (
        f"Tính từ ngày bạn nêu: {day_text(day)} cộng {term} tháng là {day_text(first)}"
        if day == latest
        else f"Tính từ thời gian bạn nêu: giấy cấp từ {day_text(day)} đến {day_text(latest)}, cộng {term} tháng, hết "
        f"hạn từ {day_text(first)} đến {day_text(last)}"
    )
    return (
        f"{said}; tới {day_text(on)} giấy {state}, nếu không bị thu hồi. Ngày ghi trong quyết định công nhận là căn cứ "
        "chính."
    )


def _renewal(end: date, mention: DateMention, corpus: Corpus, on: date) -> Draft | None:
    """Between which days to file again, for a certificate that ends on a day."""
    for rule in in_force(corpus.law, on, "procedure").rules[:1]:
        matter = matter_named(WINDOW)
        clause = find_clause(matter, rule.document, corpus)
        window = None if clause is None else _WINDOW.search(clause.text)
        if clause is None or window is None:
            return None
        first, last = (end - timedelta(days=int(window[name])) for name in ("first", "last"))
        worked = (
            f"Tính từ ngày bạn nêu, giấy hết hạn {day_text(end)}: nộp từ {day_text(first)} đến {day_text(last)} "
            f"({window['first']} và {window['last']} ngày trước đó)."
        )
        lines = [*told(clause, matter.point), *map(quoted, _of_that_day(mention, rule.document, corpus))]
        return _answered(lines, worked, corpus, on)
    return None


def term_of(clause: Clause) -> int | None:
    """How many months a clause lets a certificate hold; None where it says none."""
    found = _MONTHS.search(clause.text)
    return None if found is None else int(found["months"])


def _answered(lines: list[Segment], worked: str, corpus: Corpus, on: date) -> Draft:
    cited = lines[0].evidence[0]
    based = basis(cited, corpus, on)
    notices = state_notices(cited.article, state_at(cited.article, corpus, on), corpus, on, told=bool(based))
    return Draft(status="answered", segments=(*dict.fromkeys(lines), *based), notices=(worked, *notices), strength=1.0)


def _of_that_day(mention: DateMention, document: Document, corpus: Corpus) -> Iterator[Evidence]:
    """The paragraph of a guide that works out that very day."""
    for article in guides_to(document.number, corpus):
        for one in clauses(article):
            said = [found.iso for found in find_dates(one.text)]
            if mention.iso in said and len([iso for iso in said if len(iso) == _WHOLE_DAY]) > 1:
                yield Evidence(article=article, start=one.start, end=one.end)
                return
