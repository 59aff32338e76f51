"""Answers from the clause that settles what is asked: the khoản under its Điều, with its điểm in order.

The matter is read from the question's own words (`assistant.matters`), the rule from the day it means or the document
it names; then the clause is looked up where that rule says it, first in the document itself, then in what restates it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile

from assistant.answer import NOTE_ALSO, REQUIRED
from assistant.basis import basis
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, connective, quoted
from assistant.evidence import Evidence
from assistant.law import state_notices, unmet_condition
from assistant.law_days import days_meant, without
from assistant.matters import Matter, matter_named, matters_asked, matters_gone_into
from assistant.parts import joined
from assistant.question import TOO, Question
from assistant.regime import untold_rule_draft
from assistant.regime_asked import day_meant, named_documents, tells_of_some
from assistant.scale_change import change_of_part
from assistant.taking_part import ABROAD, taking_part
from assistant.units import state_at
from assistant.wording import says, tokens
from crawler.article import Article, Block, Section
from index.dates import find_dates
from index.law.address import DocumentNumber, find_document_numbers
from index.law.documents import Document, Law, is_local
from index.law.in_force import in_force
from index.law.reasons import begin
from index.law.subjects import Subject
from index.passage import heading_label
from index.sentence import sentence_spans

# Who may take part.
_WHO_MAY = "Điều 2, khoản 3"
_NOTHING_OF_ABROAD = "Quy định dẫn ra không nói đến chủ thể ở nước ngoài hay có vốn nước ngoài."
# Syllables: a clause up to this is told whole, a longer one by its telling points.
_WHOLE = 130
_AGAINST_TODAY = ("bây giờ", "hiện nay", "hiện hành", "hiện tại", "nay", "giờ", "so với", "khác gì", "có khác")
# How long something takes is not asked where it is spoken of.
_MEANWHILE = tuple(f"{lead} {that}" for lead in ("trong thời gian", "trong thời hạn") for that in ("đó", "ấy", "này"))
_TO_TODAY = ("tới nay", "đến nay", "cho tới giờ", "đến giờ", "tới giờ")
_FORMERLY = ("quy định cũ", "luật cũ", "bộ tiêu chí cũ", "quyết định cũ", "quy định trước đây", "ngày xưa")
# Certificates that the programme asks for and does not give.
_OTHER_CERTIFICATES = ("vietgap", "globalgap", "haccp", "iso", "hữu cơ", "gmp")
# Samples sent with a dossier, which a rule counts.
_SAMPLES = ("sản phẩm mẫu", "hàng mẫu", "mẫu sản phẩm", "làm mẫu", "mẫu chấm", "nộp mẫu", "gửi mẫu")
# What is counted in the world is told by news and lists, not by a rule.
_COUNTED = ("sản phẩm", "chủ thể", "hộ", "cơ sở", "doanh nghiệp", "hợp tác xã", "đồng")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A khoản (or an Điều without), or a paragraph of a guide. heading: of its Điều or of what it stands under."""

    article: Article
    heading: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its words."""
        return self.article.text[self.start : self.end]


# Units on the papers of a dossier ("thêm những báo cáo, quyết định nào?") and on forms.
_OF_PAPERS = ("Điều 6", "Phụ lục")


def clauses_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The clause that settles what a question asks; None where it asks about no matter, or no text held settles it.

    Where it sets a former rule against today's, the clauses of both, the former first; where no text held says what the
    rules of the day it means say, which those are.
    """
    if not of_law(question):
        return None
    asked = matters_asked(question.tokens)
    if question.follow_up:  # what it says itself settles it before what was said
        own = without(question.tokens, _MEANWHILE)
        asked = matters_asked(own)
        if not named_documents(question, corpus.law):
            anew = question.stars is not None or says(own, *TOO)
            asked += matters_gone_into(own, question.spoken, anew=anew)
        asked = tuple(dict.fromkeys((*asked, *matters_asked((*own, *question.content)))))
    for matter in asked:
        if question.wanted == "number" and matter.subject != "programme" and not matter.unit.startswith(_OF_PAPERS):
            continue  # which paper decided something is told by what decided it
        at_a_time = days_meant(question, on).dated or named_documents(question, corpus.law)
        if (matter.undated and at_a_time) or not _of_points(matter, question):
            continue
        settled = [
            _draft(question, matter, clause, document, corpus, on=on)
            for document in _documents(question, matter, corpus, on)
            if (clause := find_clause(matter, document, corpus)) is not None and holds_star(question, clause, matter)
        ]
        if settled:
            whole, change = joined(settled), change_of_part(question, settled)
            return whole if whole is None or change is None else replace(whole, segments=(change, *whole.segments))
        if not (matter.now or question.documents or named_documents(question, corpus.law)):
            unknown = untold_rule_draft(question, matter.subject, corpus, on)
            if unknown is not None:
                return unknown
    return None


def of_law(question: Question) -> bool:
    """Whether a question may be about a rule: it names no place, no paper of one, and counts nothing of the world."""
    counts = any(item.what in _COUNTED for item in question.counted) and question.wanted in ("figure", "sum", "share")
    return (
        question.aim in ("question", "foreign")
        and not (question.places or question.districts or question.regions)
        and not any(is_local(number) for number in question.documents)
        and not (counts and not says(question.tokens, *_SAMPLES))
        and (question.period is None or says(question.tokens, *_TO_TODAY))
        and question.unit.dieu is None  # a unit that a question names is looked up by its number
        and not tells_of_some(question)
        and not (says(question.tokens, *_OTHER_CERTIFICATES) and not says(question.tokens, "ocop", "sao"))
    )


def _of_points(matter: Matter, question: Question) -> bool:
    """Whether a question gives as few or as many points as the matter is about, where it is about points."""
    given = [float(number.replace(",", ".")) for number in question.numbers]
    return (matter.below is None or any(points < matter.below for points in given)) and (
        matter.least is None or any(points >= matter.least for points in given)
    )


def _documents(question: Question, matter: Matter, corpus: Corpus, on: date) -> Iterator[Document]:
    """The rules a question means: those it names, else the one in force on the day it means; today's too where it sets
    that against it. Of a programme its first decision."""
    law = corpus.law
    if matter.subject == "programme":
        of_subject = [one for one in law.documents if "programme" in one.subjects and not is_local(one.number)]
        yield from sorted(of_subject, key=lambda one: begin(one) or date.max)[:1]
        return
    if matter.now:
        yield from (rule.document for rule in in_force(law, on, matter.subject).rules[:1])
        return
    named = [document for number in named_documents(question, law) if (document := law.find(number)) is not None]
    if question.documents and not named:
        return  # a document that nothing is known of settles nothing
    # "đề nghị trước 30/7" is a day of every year
    mentions = find_dates(question.text)
    every_year = bool(mentions) and all(mention.year is None for mention in mentions)
    days = [] if named else [on] if every_year else _days(question, on)
    if days == [on] and says(question.tokens, *_FORMERLY):
        days = [_eve_of_newest(law, on, matter.subject) or on]
    if says(question.tokens, *_AGAINST_TODAY) and (len(named) == 1 or (days and days != [on])):
        days.append(on)
    ruled = [rule.document for day in days for rule in in_force(law, day, matter.subject).rules[:1]]
    yield from dict.fromkeys(document for document in (*named, *ruled) if document.carriers)


def _days(question: Question, on: date) -> list[date]:
    """The day a question means, or, of several years it names, the end of each; never one to come."""
    years = {int(iso[:4]) for iso in question.dates if iso[:4].isdecimal()} | _bare_years(question.text)
    years |= {int(question.period[0])} if question.period is not None else set()
    if len(years) > 1 or (years and says(question.tokens, *_AGAINST_TODAY)):
        return [min(date(year, 12, 31), on) for year in sorted(years)]
    return [day_meant(question, on)]


def _eve_of_newest(law: Law, on: date, subject: Subject) -> date | None:
    """The day before today's rule, when the former one was the rule."""
    day = next((begin(rule.document) for rule in in_force(law, on, subject).rules), None)
    return None if day is None else day - timedelta(days=1)


def _bare_years(text: str) -> set[int]:
    """Years that stand without "năm" beside the name of a rule ("bộ tiêu chí 2019")."""
    return {int(match[1]) for match in _CRITERIA_OF.finditer(text)}


_CRITERIA_OF = re.compile(
    r"(?:tiêu chí|thang điểm|quy định|từ|hồi|tieu chi|thang diem|quy dinh|tu|hoi)\s+(20[12]\d)(?![\w/])", re.IGNORECASE
)


def find_clause(matter: Matter, document: Document, corpus: Corpus) -> Clause | None:
    """The first clause of a document that settles a matter; else the first paragraph of a guide to it that does."""
    articles = [corpus.article(one.article_id, one.digest) for one in document.carriers]
    for article in articles:
        for clause in clauses(article):
            if _settles(matter, clause):
                return clause
    others = [one for article in guides_to(document.number, corpus) for one in clauses(article)]
    if matter.unit.startswith("Phụ lục"):
        others += [one for article in articles for one in _paragraphs(article)]
    return next((one for one in others if _settles(matter, one)), None)


def _settles(matter: Matter, clause: Clause) -> bool:
    of_unit = matter.heading is None or not _is_unit(clause) or matter.heading.search(clause.heading) is not None
    return of_unit and matter.clause.search(clause.text) is not None


def _in_appendix(clause: Clause) -> bool:
    return clause.heading.startswith(("Phụ lục", "Mẫu số"))


def _is_unit(clause: Clause) -> bool:
    return clause.heading.startswith("Điều")


def guides_to(number: DocumentNumber, corpus: Corpus) -> Iterator[Article]:
    """The guides that name a document, then those that name none: these speak of the law of their day, which is told
    only of what is in force. One that names others in its title is a guide to those."""
    silent: list[Article] = []
    for article_id, digest in corpus.guides:
        article = corpus.article(article_id, digest)
        titled = find_document_numbers(article.title)
        if titled and not any(number.matches(one) or one.matches(number) for one in titled):
            continue
        named = find_document_numbers(f"{article.title}\n{article.text}")
        if any(number.matches(one) or one.matches(number) for one in named):
            yield article
        elif not named:
            silent.append(article)
    document = corpus.law.find(number)
    if document is not None and document.ended is None:
        yield from silent


def _units(article: Article) -> list[Section]:
    return [section for section in article.sections if section.label.startswith("Điều ")]


def clauses(article: Article) -> Iterator[Clause]:
    """The khoản of an article's Điều in order, an Điều without any whole; of an article without Điều its paragraphs."""
    units = _units(article)
    for unit in units:
        inner = [
            section
            for section in article.sections
            if section.label.startswith("khoản") and unit.start < section.start < unit.end
        ]
        for section in inner or [unit]:
            heading = f"{unit.label}. {unit.heading}"
            yield Clause(article=article, heading=heading, start=section.start, end=_trimmed(article, section.end))
    if not units:
        yield from _paragraphs(article)


def _paragraphs(article: Article) -> Iterator[Clause]:
    for block in article.blocks:
        if block.role not in ("heading", "byline", "row", "caption"):
            heading = heading_label(article.heading_path(block.start))
            yield Clause(article=article, heading=heading, start=block.start, end=block.end)


def _trimmed(article: Article, end: int) -> int:
    return len(article.text[:end].rstrip())


def holds_star(question: Question, clause: Clause, matter: Matter) -> bool:
    """Whether a clause speaks of the star asked about, if of any ("từ 3 đến 5 sao" speaks of 4); what is told of it may
    also name none: such a point holds for all, whatever other points say."""
    if question.stars is None:
        return True
    low, high = question.stars
    said = [sorted(int(star) for star in match.groups() if star) for match in _STARS.finditer(clause.text)]
    return any(one[0] <= high and low <= one[-1] for one in said) or not any(
        _STARS.search(segment.text) for segment in told(clause, matter.point)
    )


_STARS = re.compile(
    r"(?<!\d)(?:([1-5])(?:\s?sao)?\s?(?:đến|tới|-|–|,|và|hoặc|hay)\s?(?:hạng\s)?)?([1-5])\s?sao", re.IGNORECASE
)


# ---- What is said --------------------------------------------------------------------------------------------------


def _draft(
    question: Question, matter: Matter, clause: Clause, document: Document, corpus: Corpus, *, on: date
) -> Draft:
    lines: list[Segment] = list(told(clause, matter.point))
    if question.wanted == "yes_no" and unmet_condition(question, clause.text):
        lines.insert(0, connective(REQUIRED))
    elif matter.unit == _WHO_MAY and (said := taking_part(question, clause.text)) is not None:
        lines.insert(0, connective(said))
    based = list(basis(Evidence(article=clause.article, start=clause.start, end=_line_end(clause)), corpus, on))
    for beside in map(matter_named, matter.beside):
        other = find_clause(beside, document, corpus)
        if other is not None and (_is_unit(other) or _in_appendix(other)):
            more = list(told(other, beside.point))
            lines += [connective(NOTE_ALSO), *more]
            based += basis(more[0].evidence[0], corpus, on)
    if matter.also is not None:
        besides = _besides(matter.also, clause, document, corpus)
        if besides is not None:
            lines += [connective(NOTE_ALSO), quoted(besides)]
    state = state_at(clause.article, corpus, on)
    untold = matter.unit == _WHO_MAY and says(question.tokens, *ABROAD) and not says(tokens(clause.text), *ABROAD)
    return Draft(
        status="partial" if untold else "answered",
        segments=(*dict.fromkeys(lines), *dict.fromkeys(based)),
        notices=(
            *((_NOTHING_OF_ABROAD,) if untold else ()),
            *state_notices(clause.article, state, corpus, on, told=bool(based)),
        ),
        strength=1.0,
    )


def told(clause: Clause, point: re.Pattern[str] | None) -> Iterator[Segment]:
    """The lines of a clause; where one point of several is asked for, its first line and those that hold the point; of
    a line of an appendix, which leads in to tables, the words of the point."""
    article = clause.article
    if point is not None and _in_appendix(clause) and (said := point.search(clause.text)) is not None:
        yield quoted(Evidence(article=article, start=clause.start + said.start(), end=clause.start + said.end()))
        return
    blocks = article.blocks_within(clause.start, clause.end)
    if point is None or (len(blocks) == 1 and len(clause.text.split()) <= _WHOLE):
        yield from (quoted(_span(article, block)) for block in blocks)
        return
    for place, block in enumerate(blocks):
        text = article.text[block.start : block.end]
        if point.search(text) is None:
            if place == 0:
                start, end = sentence_spans(article.text, block.start, block.end)[0]
                yield quoted(Evidence(article=article, start=start, end=end))
            continue
        if len(text.split()) <= _WHOLE:
            yield from _pointed_to(article, blocks[:place], text)
            yield quoted(_span(article, block))
            if place and text.rstrip().endswith(":"):  # it says nothing without what it leads in to
                led = takewhile(lambda one: _LETTERED.match(article.text, one.start), blocks[place + 1 :])
                yield from (quoted(_span(article, one)) for one in led)
            continue
        for start, end in sentence_spans(article.text, block.start, block.end):
            if point.search(article.text[start:end]):
                yield quoted(Evidence(article=article, start=start, end=end))


_LETTERED = re.compile(r"[a-zđ]\)\s", re.IGNORECASE)
# "hai mẫu ấy", "các giấy tờ nêu trên": what was named before, of which a point told alone would say nothing.
_POINTS_BACK = re.compile(
    r"(?<!\w)(?P<noun>mẫu|biểu|phiếu|báo cáo|giấy tờ)\s+(?:ấy|đó|này|nói trên|nêu trên|trên|kể trên)(?!\w)",
    re.IGNORECASE,
)


def _pointed_to(article: Article, before: Sequence[Block], text: str) -> Iterator[Segment]:
    """The point that names what another points back to ("Mẫu số 01" of "hai mẫu ấy"): the nearest before it that says
    the noun and points back to nothing itself."""
    back = _POINTS_BACK.search(text)
    if back is None:
        return
    for block in reversed(before):
        said = article.text[block.start : block.end]
        if back["noun"].lower() in said.lower() and not _POINTS_BACK.search(said):
            yield quoted(_span(article, block))
            return


def _besides(pattern: re.Pattern[str], clause: Clause, document: Document, corpus: Corpus) -> Evidence | None:
    """The paragraph of a guide that says the same with an example, or what follows from it."""
    for article in guides_to(document.number, corpus):
        if article.id == clause.article.id:
            continue
        for one in clauses(article):
            if pattern.search(one.text):
                return Evidence(article=article, start=one.start, end=one.end)
    return None


def _span(article: Article, block: Block) -> Evidence:
    return Evidence(article=article, start=block.start, end=block.end)


def _line_end(clause: Clause) -> int:
    end = clause.article.text.find("\n", clause.start, clause.end)
    return clause.end if end < 0 else end
