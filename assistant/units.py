"""Units of law judged: which khoản, Điều or headed stretch holds what was asked, by the regime of the day meant."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant.corpus import Corpus
from assistant.evidence import acts, fits_kind, numbers_in_range
from assistant.question import Question
from assistant.wording import coverage, pair_share, says, supplied, words_of
from crawler.article import Article, Section
from index.figures.stars import stars_in
from index.law.address import DocumentNumber
from index.law.documents import Document, State
from index.passage import Hit

_CASES = re.compile(r"trường hợp(?:\s+sau(?:\s+đây)?)?\s*:\s*$", re.IGNORECASE)
# Điều 3 khoản 3 of QĐ 26/2026/QĐ-TTg names the grade of five stars by its level as well.
_LEVEL_OF_STAR = {5: "cấp (?:quốc gia|trung ương)"}
_COMPACT = 40  # syllables; a unit this short that holds what was asked says little else
# Kinds answered by one line of a unit rather than by all of it.
_PRECISE = ("figure", "share", "unit", "who", "where", "when", "duration", "yes_no", "star")
_TITLE = 12  # syllables
_SPREAD = 100  # syllables; a unit longer than this holds words of many questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A khoản, or an Điều without khoản, or a heading's text of a guide, with how well it holds what was asked."""

    article: Article
    start: int
    end: int
    title: str
    score: float
    cover: float
    state: State


def about_tables(question: Question) -> bool:
    """Whether a question may be about the criteria tables and forms in a document's appendices."""
    return says(
        question.tokens, "bộ tiêu chí", "tiêu chí", "phụ lục", "mẫu", "phiếu", "thang điểm", "điều kiện tối thiểu"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weights:
    """What each sign of a unit counts for. Chosen on the questions docs/decisions/0008 names.

    cover, literal: shares of the asked words the unit holds, under any name and in the words asked. line: the share
    its best line holds. pairs, title, title_pairs: asked words side by side, in the unit's title, and both.
    retrieval: the hit's own score. compact: how little else it says. spread: off for each doubling over `_SPREAD`.
    """

    cover: float
    literal: float
    line: float
    compact: float
    spread: float
    pairs: float = 0.15
    title: float = 0.20
    title_pairs: float = 0.15
    retrieval: float = 0.15


_ONE_LINE = _Weights(cover=0.10, literal=0.10, line=0.35, compact=0.20, spread=0.0)
_WHOLE = _Weights(cover=0.15, literal=0.15, line=0.20, compact=0.05, spread=0.05)
_FITS, _FITS_NOT = 0.10, -0.15  # whether it holds the kind of thing asked for
_IN_RANGE = 0.40  # its range holds the number asked about
_LISTS_CASES = 0.25
_STAR_NOT_ASKED = -0.10
_APPENDED, _APPENDED_FOR_TABLES = -0.30, -0.25


def judge_units(question: Question, hits: Iterable[Hit], corpus: Corpus, on: date) -> list[Unit]:
    """The units the passages found belong to, best first."""
    units: dict[tuple[str, int], Unit] = {}
    on = law_day(question, on)
    for hit in hits:
        passage = hit.passage
        article = corpus.article(passage.article_id, passage.digest)
        start, end, title = unit_span(article, passage.start, passage.end)
        key = (article.id, start)
        if key in units and units[key].score >= hit.score:
            continue
        unit = _judged(question, hit, Span(article=article, start=start, end=end, title=title), corpus, on)
        if unit is not None and (key not in units or units[key].score < unit.score):
            units[key] = unit
    return sorted(units.values(), key=lambda unit: -unit.score)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A unit before it is judged: where it stands and the headings around it in one line."""

    article: Article
    start: int
    end: int
    title: str


def _judged(question: Question, hit: Hit, span: Span, corpus: Corpus, on: date) -> Unit | None:
    """A unit with its score; None where a number asked about stands nowhere in it."""
    article = span.article
    text = article.text[span.start : span.end]
    in_range = bool(question.numbers) and numbers_in_range(question, text)
    plain, named = words_of(text), words_of(span.title)
    if not in_range and not all(plain.holds(number) or named.holds(number) for number in question.numbers):
        return None
    # a number that lies in a range of the text is held by it, though it does not stand there
    content = tuple(word for word in question.content if not (in_range and word in question.numbers))
    weights = corpus.weights(content, question.emphasis)
    written = supplied(question.synonyms, plain)
    around = named + words_of(article.title)
    lines = lines_of(article, span.start, span.end)
    windows = _windows(question, lines)
    precise = question.wanted in _PRECISE
    if precise:
        # one line answers: what the rest of a long unit happens to hold does not count
        held = [supplied(question.synonyms, words_of(window)) for window in windows]
        cover = max((coverage(content, words + around, weights) for words in held), default=0.0)
    else:
        cover = coverage(content, written + around, weights)
    best = max((_line_score(question, line[2], content, weights) for line in lines), default=0.0)
    best = max([best, *(0.9 * _line_score(question, window, content, weights) for window in windows)])
    length = max(1, len(plain.tokens))
    by = _ONE_LINE if precise else _WHOLE
    state = state_at(article, corpus, on)
    score = (
        by.cover * cover
        + by.literal * coverage(content, plain + named, weights)
        + by.line * best
        + by.pairs * pair_share(content, named + written)
        + by.title * coverage(content, named, weights)
        + by.title_pairs * pair_share(content, named)
        + by.retrieval * hit.score
        + by.compact * min(1.0, _COMPACT / length)
        - by.spread * max(0.0, math.log2(length / _SPREAD))
        + (_FITS if fits_kind(question, text) else _FITS_NOT)
        + (_IN_RANGE if in_range else 0.0)
        + (_LISTS_CASES if question.wanted == "case" and any(_CASES.search(line[2]) for line in lines) else 0.0)
        + (_STAR_NOT_ASKED if _other_star(question, text) else 0.0)
        + _preference(question, article, state, corpus)
        + _transition(question, span.title, corpus.document(article.id))
    )
    if appended(article, span.start):
        score += _APPENDED_FOR_TABLES if about_tables(question) else _APPENDED
    return Unit(
        article=article,
        start=span.start,
        end=span.end,
        title=span.title,
        score=score,
        # the range decides; whose product it is does not matter
        cover=max(cover, 0.8) if in_range else cover,
        state=state,
    )


def unit_span(article: Article, start: int, end: int) -> tuple[int, int, str]:
    """(start, end, heading words) of the khoản, Điều or headed stretch around a passage; else the passage itself."""
    path = article.heading_path(start)
    clauses = [section for section in path if section.label.startswith("khoản")]
    if not clauses:
        # an Điều's own line is found with its first khoản
        inside = [
            section
            for section in article.sections
            if section.label.startswith("khoản") and start <= section.start < end
        ]
        clauses = inside[:1]
    if clauses:
        return clauses[-1].start, clauses[-1].end, _title(article, clauses[-1].start)
    articles = [section for section in path if section.label.startswith(("Điều", "Mẫu số"))]
    if articles and articles[-1].end - articles[-1].start < 4000:
        return _without_heading(article, articles[-1]), articles[-1].end, _title(article, articles[-1].start)
    headed = [section for section in path if not section.label]
    if headed and headed[-1].end - headed[-1].start < 1500:
        return _without_heading(article, headed[-1]), headed[-1].end, _title(article, headed[-1].start)
    return start, end, _title(article, start)


def _title(article: Article, start: int) -> str:
    """The labels and headings of the sections around an offset, in one line. A khoản whose first
    line is short has it for a title ("2. Thẩm quyền thu hồi giấy chứng nhận"); a longer one is its text."""
    return " ".join(
        part
        for section in article.heading_path(start)
        if not section.label.startswith(("khoản", "điểm")) or len(section.heading.split()) <= _TITLE
        for part in (section.label, section.heading)
        if part
    )


def _without_heading(article: Article, section: Section) -> int:
    """Where the text under a section's own heading line begins (its start where it has nothing else)."""
    for block in article.blocks_within(section.start, section.end):
        if block.role != "heading":
            return block.start
    return section.start


def lines_of(article: Article, start: int, end: int) -> list[tuple[int, int, str]]:
    """The blocks of a unit: its lead, its points, its further paragraphs."""
    return [
        (block.start, block.end, article.text[block.start : block.end])
        for block in article.blocks_within(start, end)
        if block.role != "heading"
    ]


def _other_star(question: Question, text: str) -> bool:
    """Whether a unit opens by limiting itself to a star that nobody asked about."""
    said = stars_in(text.split("\n", 1)[0])
    return said is not None and question.stars is None and question.wanted != "star"


def _exact_star(question: Question, text: str) -> bool:
    """Whether a line names the very star asked about, not only a range that holds it ("từ 3 sao trở lên")."""
    if question.stars is None:
        return False
    level = _LEVEL_OF_STAR.get(question.stars[0], r"(?!)")
    return re.search(rf"(?<!\d)0?{question.stars[0]}\s?sao(?!\s+trở)|{level}", text, re.IGNORECASE) is not None


def appended(article: Article, start: int) -> bool:
    """Whether a span stands in an appendix: criteria tables and forms, which answer only questions about them."""
    return any(section.label.startswith(("Phụ lục", "Mẫu số")) for section in article.heading_path(start))


def _windows(question: Question, lines: list[tuple[int, int, str]]) -> list[str]:
    """Each line of a unit with the one after it ("Trong 15 ngày …, UBND cấp xã:" / "a) kiểm tra …") that together hold
    the kind of thing asked for."""
    texts = [line[2] for line in lines]
    pairs = [f"{first} {second}" for first, second in zip(texts, [*texts[1:], ""], strict=False)]
    return [pair for pair in pairs if fits_kind(question, pair)]


def _line_score(question: Question, text: str, content: tuple[str, ...], weights: list[float]) -> float:
    written = words_of(text)
    # what stands there in the words asked before what stands there under another name
    score = 0.5 * (
        coverage(content, written, weights) + coverage(content, supplied(question.synonyms, written), weights)
    )
    if not fits_kind(question, text):
        return 0.5 * score
    if question.wanted == "who" and acts(text):
        score += 0.3
    if _exact_star(question, text):
        score += 0.3
    return score


def is_rule(number: DocumentNumber, corpus: Corpus) -> bool:
    """Whether a document is one of the rules of the programme held here, or ended by one of them."""
    document = corpus.law.find(number)
    return document is not None and (document.held != "citation" or document.ended is not None)


def law_day(question: Question, on: date) -> date:
    """The day whose law a question means: the past year or day it names, unless it asks about now; else `on`.

    A year means its last day: what held when the year ended.
    """
    if question.now or "nay" in question.tokens or not question.dates:
        return on
    asked = question.dates[-1]
    day = date.fromisoformat({4: f"{asked}-12-31", 7: f"{asked}-28"}.get(len(asked), asked[:10]))
    return min(day, on)


def state_at(article: Article, corpus: Corpus, on: date) -> State:
    """The state of the document an article carries, on a day; unknown where it carries none."""
    regulation = corpus.regulation(article.id)
    if regulation is None or regulation.number is None:
        return State(status="unknown")
    return corpus.law.state(regulation.number, on)


def _preference(question: Question, article: Article, state: State, corpus: Corpus) -> float:
    """What is in force before what is not, the document before its summary, the document asked for before all."""
    regulation = corpus.regulation(article.id)
    preference = 0.05 if article.kind == "regulation" else 0.0
    own = None if regulation is None else regulation.number
    if own is not None and any(number.matches(own) for number in question.documents):
        return preference + 0.35
    if state.status == "in_force":
        preference += 0.12
    elif state.status in ("lapsed", "not_yet"):
        preference -= 0.30
    return preference


def _transition(question: Question, title: str, document: Document | None) -> float:
    """A transitional provision holds for what began under former law: first there, last elsewhere."""
    if "chuyển tiếp" not in title.lower():
        return 0.0
    former = document is not None and any(not number.matches(document.number) for number in question.documents)
    begun = None if document is None or document.effective is None else document.effective.on
    effective = "" if begun is None else begun.isoformat()
    now = question.now or "nay" in question.tokens or question.wanted == "yes_no"
    earlier = now and any(asked < effective[: len(asked)] for asked in question.dates)
    said = says(question.tokens, "chuyển tiếp", "trước đây", "trước ngày", "cũ", "đã nộp", "đã được công nhận")
    return 0.25 if former or earlier or said else -0.20
