"""How long a certificate lasts and when to file again, for a day the question names.

What the law says is quoted; the day itself is the asker's, which no text held prints, so that what comes of it is told
as a notice ("tính từ ngày bạn nêu"), unless a guide works out that very day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assistant import answer as say
from assistant.basis import basis
from assistant.certificate_day import CertificateDay
from assistant.claims import evidence_of
from assistant.clauses import Clause, clauses, find_clause, guides_to, told
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, connective, quoted
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
    "khoảng nào", "khoảng thời gian nào",
)  # fmt: skip
_ENDS = ("hết hạn", "hết hiệu lực", "đáo hạn", "hết thời hạn", "có hạn", "hạn đến", "hạn tới", "giá trị đến")
_ENDS_THEN = ("là hết hạn", "thì hết hạn", "hết hạn", "là hết hiệu lực", "là đáo hạn")
# Who is late for filing asks what holds then.
_LATE = ("trễ", "không kịp", "chưa kịp", "quá hạn nộp", "lỡ hạn", "kéo dài")
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
WINDOW_DAYS = re.compile(r"không sớm hơn (?P<first>\d+) ngày[^.;]*?không muộn hơn (?P<last>\d+) ngày", re.IGNORECASE)
_WHOLE_DAY = len("2026-05-22")
# Asked of all that were given in a year, which no term tells.
_OF_MANY = ("figure", "sum", "share", "list", "average", "breakdown")
VALIDITY, WINDOW, EXTENSION = "Điều 4, khoản 3", "Điều 7, khoản 6, điểm a", "Điều 12, khoản 3"
# Whether it still does, of one whose last day is named.
_STILL = (
    "còn dùng", "còn xài", "dùng được", "xài được", "còn giá trị", "còn hiệu lực", "còn hạn", "còn được",
    "hết hạn chưa", "hết chưa", "dùng tiếp", "xài tiếp", "còn sao", "còn không", "hết hạn", "hết hiệu lực",
    "hết giá trị", "mất sao", "mất hạng",
)  # fmt: skip


def certificate_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """Until when a certificate of the day, month or year named holds, whether one that ends on a day still does, or
    when it is to be renewed; None where none of these is asked of one, or no text held tells."""
    words = question.tokens
    if question.places or (question.documents and question.wanted == "state") or says(words, *_OTHER):
        return None
    found = _day_named(question)
    if found is None:
        return None
    mention, what = found
    whole = _is_whole(mention)
    if what == "ends":
        end = date.fromisoformat(mention.iso)
        if says(words, *_FILED, *_LATE):
            return _renewal(end, mention, corpus, on)
        return _at_its_end(end, corpus, on) if says(words, *_STILL) else None
    if not whole and question.wanted in _OF_MANY:
        return None
    given = days_meant([one for one in question.when if one.iso == mention.iso], None)
    if given and says(words, *_UNTIL):
        return _validity(*given[0], mention, corpus, on, renewed=whole and says(words, *_FILED))
    return None


def certificate_day(question: Question) -> CertificateDay | None:
    """The whole day that a question names on which a certificate was given or ends; None where it names none."""
    found = _day_named(question) if question.when else None
    if found is None or not _is_whole(found[0]):
        return None
    return CertificateDay(day=date.fromisoformat(found[0].iso), ends=found[1] == "ends")


def _is_whole(mention: DateMention) -> bool:
    return len(mention.iso) == _WHOLE_DAY and mention.year is not None


def _day_named(question: Question) -> tuple[DateMention, Literal["given", "ends"]] | None:
    """The one day, month or year that a question says a certificate was given in, or the day on which it ends."""
    text = question.text
    dated = [one for one in find_dates(text) if one.until is None]
    mentions = [one for one in dated if _is_whole(one)] or dated
    if len(mentions) != 1 or not says(question.tokens, *_CERTIFICATE):
        return None
    (mention,) = mentions
    before, after = tokens(text[: mention.start])[-8:], tokens(text[mention.end :])[:3]
    given = says(before, *_GIVEN) and not says(before, "nộp", "gửi", "hết")
    if _is_whole(mention) and (says(before, *_ENDS) or (not given and says(after, *_ENDS_THEN))):
        return mention, "ends"
    return (mention, "given") if given else None


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
        longer = None if renewed or day != latest or on <= end else _extended(end, newest, corpus, on)
        draft = _answered(lines, worked, corpus, on, longer=longer)
        again = _renewal(end, mention, corpus, on) if renewed else None
        return draft if again is None else joined([draft, again])
    return None


def _worked(day: date, latest: date, term: int, on: date) -> str:
    """Until when a certificate holds that was given on a day, or on one up to `latest`, and whether it still does."""
    first, last = last_day(day, term), last_day(latest, term)
    state = (
        "đã hết hạn"
        if last < on
        else "còn hạn, nếu không bị thu hồi"
        if first >= on
        else "còn hạn hay không là tùy ngày ký"
    )
    said = (
        f"Tính từ ngày bạn nêu: {day_text(day)} cộng {term} tháng là {day_text(first)}"
        if day == latest
        else f"Tính từ thời gian bạn nêu: giấy cấp từ {day_text(day)} đến {day_text(latest)}, cộng {term} tháng, hết "
        f"hạn từ {day_text(first)} đến {day_text(last)}"
    )
    return f"{said}; tới {day_text(on)} giấy {state}. Ngày ghi trong quyết định công nhận là căn cứ chính."


def _renewal(end: date, mention: DateMention, corpus: Corpus, on: date) -> Draft | None:
    """Between which days to file again, for a certificate that ends on a day, and whether it is still time; where it is
    too late, what holds then."""
    for rule in in_force(corpus.law, on, "procedure").rules[:1]:
        matter = matter_named(WINDOW)
        clause = find_clause(matter, rule.document, corpus)
        window = None if clause is None else WINDOW_DAYS.search(clause.text)
        if clause is None or window is None:
            return None
        first, last = (end - timedelta(days=int(window[name])) for name in ("first", "last"))
        state = "chưa tới khung ấy" if on < first else "đang trong khung ấy" if on <= last else "khung ấy đã qua"
        worked = (
            f"Tính từ ngày bạn nêu, giấy hết hạn {day_text(end)}: nộp từ {day_text(first)} đến {day_text(last)} "
            f"({window['first']} và {window['last']} ngày trước đó); tới {day_text(on)} {state}."
        )
        phrase = say.WINDOW_AHEAD if on < first else say.WINDOW_OPEN if on <= last else say.WINDOW_PAST
        lines = [connective(phrase), *told(clause, matter.point)]
        lines += map(quoted, _of_that_day(mention, rule.document, corpus))
        longer = _extended(end, rule.document, corpus, on) if on > last else None
        return _answered(lines, worked, corpus, on, longer=longer)
    return None


def _at_its_end(end: date, corpus: Corpus, on: date) -> Draft | None:
    """Whether a certificate that ends on a day still holds: its term, and what may let it hold longer."""
    for rule in in_force(corpus.law, on, "procedure").rules[:1]:
        clause = find_clause(matter_named(VALIDITY), rule.document, corpus)
        if clause is None:
            return None
        term = quoted(Evidence(article=clause.article, start=clause.start, end=clause.end))
        if on <= end:
            worked = f"Tính từ ngày bạn nêu: tới {day_text(on)} giấy còn hạn đến {day_text(end)}, nếu không bị thu hồi."
            return _answered([connective(say.HOLDS), term], worked, corpus, on)
        longer = _extended(end, rule.document, corpus, on)
        worked = f"Tính từ ngày bạn nêu: giấy hết hạn {day_text(end)}, tới {day_text(on)} đã hết hạn."
        return _answered([] if longer else [connective(say.HAS_ENDED), term], worked, corpus, on, longer=longer)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Longer:
    """The rule that lets a certificate hold longer whose renewal could not be filed in time, and until when at most."""

    lines: tuple[Segment, ...]
    cited: Evidence
    until: str


def _extended(end: date, document: Document, corpus: Corpus, on: date) -> _Longer | None:
    """What may let a certificate hold longer that ends on a day; None where that is over too, or no rule does."""
    rule = next((one for one in document.transitions if one.covers == "extension" and one.days is not None), None)
    clause = find_clause(matter_named(EXTENSION), document, corpus)
    if rule is None or rule.days is None or clause is None or on > end + timedelta(days=rule.days):
        return None
    until = (
        f"Nếu được kéo dài theo quy định ấy thì cũng không quá {day_text(end + timedelta(days=rule.days))} "
        f"({rule.days} ngày sau ngày hết hạn)."
    )
    phrase = say.PAST_TERM if on > end else say.NOTE_ALSO
    return _Longer(
        lines=(connective(phrase), *told(clause, None)),
        cited=Evidence(article=clause.article, start=clause.start, end=clause.end),
        until=until,
    )


def term_of(clause: Clause) -> int | None:
    """How many months a clause lets a certificate hold; None where it says none."""
    found = _MONTHS.search(clause.text)
    return None if found is None else int(found["months"])


def _answered(lines: list[Segment], worked: str, corpus: Corpus, on: date, *, longer: _Longer | None = None) -> Draft:
    """What a rule says of a certificate, what that comes to, and what may let it hold longer."""
    cited = [next(line.evidence[0] for line in lines if line.evidence)] if lines else []
    cited += [] if longer is None else [longer.cited]
    based = [line for one in cited for line in basis(one, corpus, on)]
    article = cited[0].article
    notices = state_notices(article, state_at(article, corpus, on), corpus, on, told=bool(based))
    more, until = ((), ()) if longer is None else (longer.lines, (longer.until,))
    segments = tuple(dict.fromkeys((*lines, *more, *based)))
    return Draft(status="answered", segments=segments, notices=(worked, *until, *notices), strength=1.0)


def _of_that_day(mention: DateMention, document: Document, corpus: Corpus) -> Iterator[Evidence]:
    """The paragraph of a guide that works out that very day."""
    for article in guides_to(document.number, corpus):
        for one in clauses(article):
            said = [found.iso for found in find_dates(one.text)]
            if mention.iso in said and len([iso for iso in said if len(iso) == _WHOLE_DAY]) > 1:
                yield Evidence(article=article, start=one.start, end=one.end)
                return
