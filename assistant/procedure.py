"""The steps of a procedure in order, from the clauses of the decision in force, each with its unit and its deadline.

The Điều of a text whose heading speaks of the course of judging ("Trình tự đánh giá, phân hạng") has a khoản a step;
those that only say how upgrading and judging anew differ are steps of these dossiers. Deadlines are the sentences that
print one; what a province may settle for itself is where the text says that it may.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant import answer as say
from assistant.basis import basis
from assistant.claims import claim, summary_notices
from assistant.clauses import find_clause, guides_to, told
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, connective, quoted
from assistant.evidence import Evidence
from assistant.matters import matter_named, matters_asked, matters_gone_into
from assistant.question import Question
from assistant.regime_asked import day_meant, dossier_meant
from assistant.wording import says
from crawler.article import Article, Section
from index.law.documents import Document
from index.law.in_force import in_force
from index.law.transitions import Dossier
from index.sentence import sentence_spans

_STEPS = (
    "mấy bước", "bao nhiêu bước", "các bước", "những bước", "từng bước", "bước nào", "thế nào", "ra sao",
    "gồm những gì", "gồm gì", "mấy khâu", "mấy giai đoạn", "làm sao", "gồm các", "bao gồm", "những chặng", "chặng nào",
    "từ lúc", "tuần tự", "lần lượt", "đường đi",
)  # fmt: skip
_COURSE = ("quy trình", "trình tự", "thủ tục", "các bước", "bước", "đường đi", "chặng", "tuần tự")
_WITHDRAWN = ("thu hồi", "rút giấy", "tước")
_OTHER = ("kiểm tra giám sát", "khiếu nại", "nhãn hiệu", "kinh phí")
_CONTENTS = (
    "gồm gì",
    "gồm những gì",
    "gồm các",
    "cần gì",
    "cần những gì",
    "có gì",
    "những giấy tờ",
    "giấy tờ gì",
    "gồm",
)
_WHERE = ("ở đâu", "nộp đâu", "cho ai", "nơi nào", "cấp nào", "tại đâu", "nơi nộp")
_HOW_LONG = ("bao lâu", "bao nhiêu ngày", "mấy ngày", "mấy tháng", "thời gian", "thời hạn", "bao nhiêu tháng")

# Until the end of it all, which no clause tells by itself.
_RESULT = (
    "có kết quả", "ra kết quả", "biết kết quả", "được giấy", "có giấy", "cầm giấy", "ra giấy", "được công nhận",
    "công nhận xong", "xong thủ tục", "xong hết", "được sao", "lên sao", "có sao",
)  # fmt: skip
_OF_VALIDITY = ("hết hạn", "giá trị", "hiệu lực", "còn hạn", "dùng được", "sử dụng", "thu hồi", "khiếu nại", "kiểm tra")

_COURSE_HEADING = re.compile(r"(?:trình tự|quy trình|các bước|thủ tục)[^.]*(?:đánh giá|phân hạng|chấm)", re.IGNORECASE)
_WITHDRAWAL = re.compile(r"thu hồi", re.IGNORECASE)
_DOSSIER_HEADING = re.compile(r"hồ sơ", re.IGNORECASE)
_FIRST = re.compile(r"lần đầu", re.IGNORECASE)
_STEP_HEADING = re.compile(r"bước\s+1(?!\d)", re.IGNORECASE)
_UPGRADE = re.compile(r"nâng hạng", re.IGNORECASE)
_RENEWAL = re.compile(
    r"hết\s+(?:thời\s+)?(?:hạn|36)|sắp hết|(?:đánh giá|phân hạng|công nhận)(?:, phân hạng)? lại|làm lại", re.I
)
_DEADLINE = re.compile(
    r"(?:trong|không quá|chậm nhất|có)\s+(?:thời hạn\s+|vòng\s+)?\d+\s+ngày|không (?:sớm|muộn) hơn \d+\s+ngày|"
    r"trước\s+(?:ngày\s+)?\d{1,2}(?:/|\s+tháng\s+)\d{1,2}",
    re.IGNORECASE,
)
_MAY = re.compile(
    r"tỉnh\s+có thể|tỉnh[^.;]{0,60}\squy định cụ thể|tỉnh[^.;]{0,40}\s(?:được|tự)\s+(?:quy định|mở thêm)", re.I
)
_SETS = re.compile(r"chủ tịch ubnd (?:cấp )?tỉnh[^.\n]{0,160}ban hành quy chế|tỉnh\s+ủy quyền", re.IGNORECASE)
_RENEWAL_TIME = "Điều 7, khoản 6, điểm g"
# Syllables: of a clause told whole, of a sentence told whole, of a title.
_SHORT, _LONG, _TITLE = 90, 60, 20
# Syllables of a question that only goes on.
_FEW = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """The text that carries a document, with its Điều on the course of judging."""

    article: Article
    course: Section


def procedure_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The steps of judging in order, with deadlines; None where a question asks no such thing or no text has them."""
    words = question.tokens
    local_only = asks_local_rules(question)
    if not (local_only or asks_procedure(question)):
        return None
    day = day_meant(question, on)
    ruling = in_force(corpus.law, day, "procedure")
    if not ruling.rules:
        return None
    document = ruling.rules[0].document
    text = _text(document, corpus, _WITHDRAWAL if says(words, *_WITHDRAWN) else _COURSE_HEADING)
    if text is None:
        return _told_in_short(document, corpus, on)
    if local_only:
        return _local_draft(text, corpus, on)
    kind = dossier_spoken_of(question) or "first"
    if kind == "renewal" and _asks_how_long(question) and not says(words, "nộp", "trước"):
        return _time_of_renewal(document, corpus, on)
    withdrawn = says(words, *_WITHDRAWN)
    steps = _clauses(text.article, text.course)[1:] if withdrawn else _steps(text, kind)
    if not steps:
        return None
    segments: list[Segment] = [] if withdrawn else list(_contents(text, kind))
    if says(words, "mấy bước", "bao nhiêu bước", "mấy khâu", "mấy giai đoạn"):
        segments += _counted(text.article, steps)
    segments.append(connective(say.STEPS))
    segments += [line for step in steps for line in _step(text.article, step)]
    deadlines = [] if withdrawn or kind == "renewal" else list(_rounds(text))
    if deadlines:
        segments += [connective(say.DEADLINES), *map(quoted, deadlines)]
    local = [] if withdrawn else [found for found in _local(text) if found not in deadlines]
    if local:
        segments += [connective(say.LOCAL), *map(quoted, local)]
    before = None if withdrawn else _opening_step(kind, document, text, corpus)
    if before is not None:
        segments += [connective(say.NOTE_ALSO), quoted(before)]
    heading = Evidence(article=text.article, start=text.course.start, end=_line_end(text.article, text.course))
    segments += basis(heading, corpus, on)
    distinct = tuple(dict.fromkeys(segments))
    return Draft(status="answered", segments=distinct, notices=tuple(summary_notices(distinct)), strength=1.0)


# Who settles something, and what asks which.
_PROVINCE = ("tỉnh", "cấp tỉnh", "địa phương", "ubnd tỉnh", "thành phố")
_SETTLES = (
    "tự quy định", "được quy định", "tự quyết", "được tự", "quyền tự", "tự đặt", "tự chủ", "quy định riêng",
    "quy định thêm", "tự làm khác", "quy định cụ thể",
)  # fmt: skip
_WHICH = ("gì", "những gì", "nội dung nào", "việc nào", "phần nào", "điểm nào", "khâu nào", "chỗ nào")


def asks_local_rules(question: Question) -> bool:
    """Whether a question asks what of the course of judging a province may settle for itself."""
    words = question.tokens
    settles = says(words, *_PROVINCE) and says(words, *_SETTLES) and says(words, *_WHICH)
    return settles and not question.places and not says(words, *_OTHER, "tiêu chí", "mức thưởng", "hỗ trợ")


def _local_draft(text: _Text, corpus: Corpus, on: date) -> Draft | None:
    """What a rule leaves to the province, each with the unit it stands in."""
    found = list(dict.fromkeys((*_local(text), *_sentences(text.article, text.course, _SETS))))
    found.sort(key=lambda one: one.start)
    if not found:
        return None
    based = [line for one in found for line in basis(one, corpus, on)]
    segments = tuple(dict.fromkeys((connective(say.LOCAL), *map(quoted, found), *based)))
    return Draft(status="answered", segments=segments, notices=tuple(summary_notices(segments)), strength=1.0)


def _time_of_renewal(document: Document, corpus: Corpus, on: date) -> Draft | None:
    """How long judging anew takes at most."""
    matter = matter_named(_RENEWAL_TIME)
    clause = find_clause(matter, document, corpus)
    if clause is None:
        return None
    lines = tuple(told(clause, matter.point))
    based = basis(lines[-1].evidence[0], corpus, on)
    segments = tuple(dict.fromkeys((*lines, *based)))
    return Draft(status="answered", segments=segments, notices=tuple(summary_notices(segments)), strength=1.0)


def _told_in_short(document: Document, corpus: Corpus, on: date) -> Draft | None:
    """The paragraph that tells the course of judging, of a document whose clauses are not held."""
    for carrier in document.carriers:
        article = corpus.article(carrier.article_id, carrier.digest)
        for block in article.blocks:
            text = article.text[block.start : block.end]
            if block.role not in ("heading", "row") and re.match(r"(?:trình tự|quy trình)\s", text, re.IGNORECASE):
                course = Evidence(article=article, start=block.start, end=block.end)
                notice = f"Kho không giữ nguyên văn {document.number.name}, nên không kể được từng bước."
                segments = (quoted(course), *basis(course, corpus, on))
                return Draft(status="partial", segments=segments, notices=(notice,), strength=1.0)
    return None


def asks_procedure(question: Question) -> bool:
    """Whether a question asks for the course of judging, or for two or more of what it is made of: what the dossier
    holds, where it goes, how long it takes."""
    words = question.tokens
    if question.places or says(words, *_OTHER):
        return False
    if says(words, *_STEPS) and says(words, *_COURSE):
        return True
    if _asks_how_long(question):
        return True
    if says(words, *_TO_DO) and dossier_meant(words) == "upgrade" and not question.numbers:
        return True
    asked = [says(words, *_CONTENTS), says(words, *_WHERE) and says(words, "nộp", "gửi"), says(words, *_HOW_LONG)]
    return says(words, "hồ sơ") and sum(asked) >= 2


# What is to be done for a higher star.
_TO_DO = ("làm sao để", "làm sao", "làm thế nào để", "làm thế nào", "làm gì để", "cần làm gì", "phải làm gì")


def _asks_how_long(question: Question) -> bool:
    """Whether a question asks how long it all takes, which steps and rounds tell where no clause does."""
    words = question.tokens
    if not says(words, *_HOW_LONG) or says(words, *_OF_VALIDITY) or matters_asked(words):
        return False
    return says(words, *_RESULT) or (_goes_on(question) and not matters_gone_into(words, question.spoken, anew=False))


def _goes_on(question: Question) -> bool:
    """Whether a question in few words ("mất bao lâu?") goes on from one about a dossier."""
    return question.follow_up and len(question.tokens) <= _FEW and dossier_spoken_of(question) is not None


def dossier_spoken_of(question: Question) -> Dossier | None:
    """The kind of dossier that a question speaks of, else that of the question before it."""
    return dossier_meant(question.tokens) or dossier_meant(question.spoken) or dossier_meant(question.heard)


def names_certificate(question: Question) -> bool:
    """Whether a question on steps is about certificates or dossiers, though it does not say of what ("các bước làm lại
    khi giấy sắp hết ba năm")."""
    words = question.tokens
    return asks_procedure(question) and dossier_meant(words) is not None and says(words, "giấy", "hồ sơ", "hạng")


def _text(document: Document, corpus: Corpus, heading: re.Pattern[str]) -> _Text | None:
    """The best text of a document that has an Điều of clauses under such a heading."""
    for carrier in document.carriers:
        article = corpus.article(carrier.article_id, carrier.digest)
        for section in article.sections:
            if section.label.startswith("Điều") and heading.search(section.heading) and _clauses(article, section):
                return _Text(article=article, course=section)
    return None


def _opening_step(kind: Dossier, document: Document, text: _Text, corpus: Corpus) -> Evidence | None:
    """What the guide for a dossier of that kind says under its first step; None where there is no such guide."""
    cue = {"first": _FIRST, "upgrade": _UPGRADE, "renewal": _RENEWAL}[kind]
    for article in guides_to(document.number, corpus):
        if article.id == text.article.id or not cue.search(article.title):
            continue
        for section in article.sections:
            if _STEP_HEADING.match(section.heading):
                after = article.blocks_within(_line_end(article, section), section.end)
                opening = next((block for block in after if block.role not in ("heading", "row")), None)
                if opening is not None:
                    return Evidence(article=article, start=opening.start, end=opening.end)
    return None


def _clauses(article: Article, within: Section, label: str = "khoản") -> list[Section]:
    return [
        section
        for section in article.sections
        if section.label.startswith(label) and within.start < section.start < within.end
    ]


def _steps(text: _Text, kind: Dossier) -> list[Section]:
    """The clauses that are steps of a dossier of that kind, in order."""
    clauses = _clauses(text.article, text.course)
    first = [clause for clause in clauses if not _of_other(text.article, clause)]
    if kind == "first":
        return first
    cue = _UPGRADE if kind == "upgrade" else _RENEWAL
    own = [clause for clause in clauses if clause not in first and cue.search(_opening(text.article, clause))]
    if kind == "renewal" and own:
        return _clauses(text.article, own[0], "điểm") or own
    return [*own, *first] if own else []


def _of_other(article: Article, clause: Section) -> bool:
    """Whether a clause is about upgrading or judging anew, by its opening line."""
    opening = _opening(article, clause)
    return _UPGRADE.search(opening) is not None or _RENEWAL.search(opening) is not None


def _opening(article: Article, section: Section) -> str:
    return article.text[section.start : _line_end(article, section)]


def _line_end(article: Article, section: Section) -> int:
    """Where the first line of a section ends."""
    end = article.text.find("\n", section.start, section.end)
    return section.end if end < 0 else end


def _step(article: Article, section: Section) -> list[Segment]:
    """A step: its title or first sentence with the unit it is, and what belongs to it.

    Of a short clause that is all the rest; of a long one with điểm the line that leads in to them and the first
    sentence of each, of one without the sentence after its title; besides, the sentences with a deadline.
    """
    start, end = sentence_spans(article.text, section.start, _line_end(article, section))[0]
    line = Evidence(article=article, start=start, end=end)
    told_line = claim(f"{line.quote.rstrip(' :.;')} ({_unit(line.heading)}).", [line])
    lines = [quoted(line) if told_line is None else told_line]
    after = [(s, e) for s, e in sentence_spans(article.text, end, section.end) if s > start]
    if after and len(article.text[section.start : section.end].split()) <= _SHORT:
        return [*lines, quoted(Evidence(article=article, start=after[0][0], end=after[-1][1]))]
    points = {point.start: point for point in _clauses(article, section, "điểm")}
    led = line.quote.rstrip().endswith(":")  # what follows at once is what it leads in to
    for place, (first, last) in enumerate(after):
        sentence = article.text[first:last]
        title = place == 0 and len(line.quote.split()) <= _TITLE and section.label.startswith("khoản")
        opens = (led and place == 0) or (title and (bool(points) or len(sentence.split()) <= _LONG))
        if opens or first in points or _DEADLINE.search(sentence):
            lines.append(quoted(Evidence(article=article, start=first, end=last)))
    return lines


def _counted(article: Article, steps: Sequence[Section]) -> list[Segment]:
    """How many steps there are, from which clause to which."""
    lines = [Evidence(article=article, start=one.start, end=_line_end(article, one)) for one in (steps[0], steps[-1])]
    text = f"Trình tự này có {len(steps)} bước, từ {_unit(lines[0].heading)} đến {_unit(lines[1].heading)}."
    counted = claim(text, lines)
    return [] if counted is None else [counted]


def _unit(heading: str) -> str:
    """ "Điều 7, khoản 2" as people write it: "khoản 2 Điều 7"."""
    parts = [part.strip() for part in heading.split(",")]
    return " ".join(reversed([part for part in parts if part.startswith(("Điều", "khoản", "điểm"))]))


def _contents(text: _Text, kind: Dossier) -> Iterator[Segment]:
    """What the dossier of that kind holds: the điểm of the Điều on dossiers that names it."""
    cue = {"first": _FIRST, "upgrade": _UPGRADE, "renewal": _RENEWAL}[kind]
    for section in text.article.sections:
        if not (section.label.startswith("Điều") and _DOSSIER_HEADING.search(section.heading)):
            continue
        for clause in _clauses(text.article, section)[:1]:
            for point in _clauses(text.article, clause, "điểm"):
                if cue.search(text.article.text[point.start : min(point.start + 120, point.end)]):
                    end = point.start + len(text.article.text[point.start : point.end].rstrip())
                    yield quoted(Evidence(article=text.article, start=point.start, end=end))
                    return


def _rounds(text: _Text) -> Iterator[Evidence]:
    """The sentences on until when judging is held, in the Điều before that on its course."""
    article = text.article
    for section in article.sections:
        if section.label.startswith("Điều") and section.start < text.course.start:
            for clause in _clauses(article, section):
                if re.search(r"đợt", article.text[clause.start : clause.end], re.IGNORECASE):
                    yield from _sentences(article, clause, _DEADLINE)


def _local(text: _Text) -> Iterator[Evidence]:
    """The sentences that let the province settle something for itself."""
    for section in text.article.sections:
        if section.label.startswith("Điều") and section.end <= text.course.end:
            yield from _sentences(text.article, section, _MAY)


def _sentences(article: Article, within: Section, cue: re.Pattern[str]) -> Iterator[Evidence]:
    for start, end in sentence_spans(article.text, within.start, within.end):
        if cue.search(article.text[start:end]):
            yield Evidence(article=article, start=start, end=end)
