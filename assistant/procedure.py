"""The steps of a procedure in order, from the clauses of the decision in force: where each stands, what it must keep to.

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
from assistant.claims import claim
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, connective, quoted
from assistant.evidence import Evidence
from assistant.question import Question
from assistant.regime_asked import day_meant, dossier_meant
from assistant.wording import says
from crawler.article import Article, Section
from index.law.documents import Document
from index.law.in_force import in_force
from index.law.transitions import Dossier
from index.sentence import sentence_spans

_STEPS = (
    "mấy bước", "bao nhiêu bước", "các bước", "những bước", "từng bước", "bước nào", "thế nào", "ra sao", "gồm những gì",
    "gồm gì", "mấy khâu", "mấy giai đoạn", "làm sao", "gồm các", "bao gồm",
)  # fmt: skip
_COURSE = ("quy trình", "trình tự", "thủ tục", "các bước", "bước")
_OTHER = ("thu hồi", "kiểm tra giám sát", "khiếu nại", "nhãn hiệu", "kinh phí")
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

_COURSE_HEADING = re.compile(r"trình tự|quy trình|các bước|thủ tục", re.IGNORECASE)
_DOSSIER_HEADING = re.compile(r"hồ sơ", re.IGNORECASE)
_JUDGING = re.compile(r"đánh giá|phân hạng|chấm", re.IGNORECASE)
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
_LONG = 60  # syllables of a step told whole; a longer one is told by its first line


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """The text that carries a document, with its Điều on the course of judging."""

    article: Article
    course: Section


def procedure_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The steps of judging in order, with deadlines; None where a question asks no such thing or no text has them."""
    words = question.tokens
    if not asks_procedure(question):
        return None
    day = day_meant(question, on)
    ruling = in_force(corpus.law, day, "procedure")
    if not ruling.rules:
        return None
    document = ruling.rules[0].document
    text = _text(document, corpus)
    if text is None:
        return _told_in_short(document, corpus, on)
    kind: Dossier = dossier_meant(words) or "first"
    steps = _steps(text, kind)
    if not steps:
        return None
    segments: list[Segment] = []
    if says(words, *_CONTENTS) and says(words, "hồ sơ"):
        segments += _contents(text, kind)
    if says(words, "mấy bước", "bao nhiêu bước", "mấy khâu", "mấy giai đoạn"):
        segments += _counted(text.article, steps)
    segments.append(connective(say.STEPS))
    segments += [line for step in steps for line in _step(text.article, step)]
    deadlines = list(_rounds(text)) if kind != "renewal" else []
    if deadlines:
        segments += [connective(say.DEADLINES), *map(quoted, deadlines)]
    local = [found for found in _local(text) if found not in deadlines]
    if local:
        segments += [connective(say.LOCAL), *map(quoted, local)]
    heading = Evidence(article=text.article, start=text.course.start, end=_line_end(text.article, text.course))
    segments += basis(heading, corpus, on)
    return Draft(status="answered", segments=tuple(dict.fromkeys(segments)), notices=(), strength=1.0)


def _told_in_short(document: Document, corpus: Corpus, on: date) -> Draft | None:
    """The paragraph that tells the course of judging, of a document whose clauses are not held."""
    for carrier in document.carriers:
        article = corpus.article(carrier.article_id, carrier.digest)
        for block in article.blocks:
            text = article.text[block.start : block.end]
            if block.role not in ("heading", "row") and re.match(r"(?:trình tự|quy trình)\s", text, re.IGNORECASE):
                told = Evidence(article=article, start=block.start, end=block.end)
                notice = f"Kho không giữ nguyên văn {document.number.name}, nên không kể được từng bước."
                segments = (quoted(told), *basis(told, corpus, on))
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
    asked = [says(words, *_CONTENTS), says(words, *_WHERE) and says(words, "nộp", "gửi"), says(words, *_HOW_LONG)]
    return says(words, "hồ sơ") and sum(asked) >= 2


def _text(document: Document, corpus: Corpus) -> _Text | None:
    """The best text of a document that has an Điều on the course of judging."""
    for carrier in document.carriers:
        article = corpus.article(carrier.article_id, carrier.digest)
        for section in article.sections:
            if (
                section.label.startswith("Điều")
                and _COURSE_HEADING.search(section.heading)
                and _clauses(article, section)
            ):
                if _JUDGING.search(section.heading):
                    return _Text(article=article, course=section)
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
    """A step as a line that names its unit: its title where it has one, else its first sentence."""
    line_end = _line_end(article, section)
    spans = sentence_spans(article.text, section.start, line_end)
    start, end = spans[0]
    line = Evidence(article=article, start=start, end=end)
    told = claim(f"{line.quote.rstrip(' :.;')} ({_unit(line.heading)}).", [line])
    lines = [quoted(line) if told is None else told]
    if not section.label.startswith("khoản"):
        return lines
    # a title says what; the sentence after it who does that, and those with a deadline within what time
    after = [(s, e) for s, e in sentence_spans(article.text, end, section.end) if s > start]
    for place, (first, last) in enumerate(after):
        sentence = article.text[first:last]
        opens = place == 0 and len(line.quote.split()) <= 20 and not sentence.rstrip().endswith(":")
        if (opens and len(sentence.split()) <= _LONG) or _DEADLINE.search(sentence):
            lines.append(quoted(Evidence(article=article, start=first, end=last)))
    return lines


def _counted(article: Article, steps: Sequence[Section]) -> list[Segment]:
    """How many steps there are, from which clause to which."""
    lines = [Evidence(article=article, start=one.start, end=_line_end(article, one)) for one in (steps[0], steps[-1])]
    text = f"Trình tự này có {len(steps)} bước, từ {_unit(lines[0].heading)} đến {_unit(lines[1].heading)}."
    told = claim(text, lines)
    return [] if told is None else [told]


def _unit(heading: str) -> str:
    """ "Điều 7, khoản 2" as people write it: "khoản 2 Điều 7"."""
    parts = [part.strip() for part in heading.split(",")]
    return " ".join(reversed([part for part in parts if part.startswith(("Điều", "khoản", "điểm"))]))


def _contents(text: _Text, kind: Dossier) -> Iterator[Segment]:
    """What the dossier of that kind holds: the điểm of the Điều on dossiers that names it."""
    cue = {"first": re.compile("lần đầu", re.I), "upgrade": _UPGRADE, "renewal": _RENEWAL}[kind]
    for section in text.article.sections:
        if not (section.label.startswith("Điều") and _DOSSIER_HEADING.search(section.heading)):
            continue
        for clause in _clauses(text.article, section)[:1]:
            for point in _clauses(text.article, clause, "điểm"):
                if cue.search(text.article.text[point.start : point.start + 120]):
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
