"""Answers from law: the khoản or điểm that holds what was asked, with the state of its document at the day meant."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assistant.answer import vietnamese_date
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, connective, quoted
from assistant.evidence import Evidence, acts, fits_kind, numbers_in_range
from assistant.question import Question
from assistant.wording import coverage, find_phrase, pair_share, says, supplied, tokens, words_of
from crawler.article import Article, Section
from index.address import DocumentNumber
from index.figures import stars_in
from index.passage import Hit
from index.regulations import Regulation, State, ending_of, state_of
from index.sentence import article_sentences

_CASES = re.compile(r"trường hợp(?:\s+sau(?:\s+đây)?)?\s*:\s*$", re.IGNORECASE)
# Điều 3 khoản 3 of QĐ 26/2026/QĐ-TTg names the grade of five stars by its level as well.
_LEVEL_OF_STAR = {5: "cấp (?:quốc gia|trung ương)"}
_COMPACT = 40  # syllables; a unit this short that holds what was asked says little else
# Kinds answered by one line of a unit rather than by all of it.
_PRECISE = ("figure", "share", "unit", "who", "where", "when", "duration", "yes_no", "star")
_TITLE = 12  # syllables
_SPREAD = 100  # syllables; a unit longer than this holds words of many questions
_TELLING = 0.6  # a point that holds less of the telling words than this does not stand for its unit
_LONG = 260  # syllables; a unit longer than this is answered by its telling points only


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


def judge_units(question: Question, hits: Iterable[Hit], corpus: Corpus, on: date) -> list[Unit]:
    """The units the passages found belong to, best first."""
    units: dict[tuple[str, int], Unit] = {}
    on = law_day(question, on)
    tables = about_tables(question)
    for hit in hits:
        passage = hit.passage
        article = corpus.article(passage.article_id, passage.digest)
        start, end, title = unit_span(article, passage.start, passage.end)
        key = (article.id, start)
        if key in units and units[key].score >= hit.score:
            continue
        text = article.text[start:end]
        in_range = bool(question.numbers) and numbers_in_range(question, text)
        # a number that lies in a range of the text is held by it, though it does not stand there
        content = tuple(word for word in question.content if not (in_range and word in question.numbers))
        weights = corpus.weights(content, question.emphasis)
        plain = words_of(text)
        written = supplied(question.synonyms, plain)
        named = words_of(title)
        state = _state(article, corpus, on)
        cover = coverage(content, written + named + words_of(article.title), weights)
        literal = coverage(content, plain + named, weights)
        lines = _lines(article, start, end)
        best = max((_line_score(question, line[2], content, weights) for line in lines), default=0.0)
        best = max(
            [best, *(0.9 * _line_score(question, window, content, weights) for window in _windows(question, lines))]
        )
        precise = question.wanted in _PRECISE
        if precise:
            # one line answers: what the rest of a long unit happens to hold does not count
            cover = max(
                (
                    coverage(
                        content,
                        supplied(question.synonyms, words_of(window)) + named + words_of(article.title),
                        weights,
                    )
                    for window in _windows(question, lines)
                ),
                default=0.0,
            )
        score = (
            (0.10 if precise else 0.15) * cover
            + (0.10 if precise else 0.15) * literal
            + (0.35 if precise else 0.20) * best
            + 0.15 * pair_share(content, named + written)
            + 0.20 * coverage(content, named, weights)
            + 0.15 * pair_share(content, named)
            + 0.15 * hit.score
            + (0.20 if precise else 0.05) * min(1.0, _COMPACT / max(1, len(plain.tokens)))
            + (0.10 if fits_kind(question, text) else -0.15)
            + (0.40 if in_range else 0.0)
            + (0.25 if question.wanted == "case" and any(_CASES.search(line[2]) for line in lines) else 0.0)
            - (0.0 if precise else 0.05 * max(0.0, math.log2(max(1, len(plain.tokens)) / _SPREAD)))
            - (0.10 if _other_star(question, text) else 0.0)
            - ((0.25 if tables else 0.30) if _appended(article, start) else 0.0)
            + _preference(question, article, state, corpus)
            + _transition(question, title, corpus.regulation(article.id))
        )
        if not in_range and not all(plain.holds(number) or named.holds(number) for number in question.numbers):
            continue  # a number asked about that stands nowhere in the unit
        if in_range:
            cover = max(cover, 0.8)  # the range decides; whose product it is does not matter
        if key not in units or units[key].score < score:
            units[key] = Unit(article=article, start=start, end=end, title=title, score=score, cover=cover, state=state)
    return sorted(units.values(), key=lambda unit: -unit.score)


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


def _lines(article: Article, start: int, end: int) -> list[tuple[int, int, str]]:
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


def _appended(article: Article, start: int) -> bool:
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
    return any(
        regulation.number.matches(number) or any(ending.number.matches(number) for ending in regulation.endings)
        for regulation in corpus.regulations
    )


def law_day(question: Question, on: date) -> date:
    """The day whose law a question means: the past year or day it names, unless it asks about now; else `on`.

    A year means its last day: what held when the year ended.
    """
    if question.now or "nay" in question.tokens or not question.dates:
        return on
    asked = question.dates[-1]
    day = date.fromisoformat({4: f"{asked}-12-31", 7: f"{asked}-28"}.get(len(asked), asked[:10]))
    return min(day, on)


def _state(article: Article, corpus: Corpus, on: date) -> State:
    regulation = corpus.regulation(article.id)
    if regulation is None:
        return State(status="unknown", since=None, computed=False, by=None)
    return state_of(regulation.number, corpus.regulations, on)


def _preference(question: Question, article: Article, state: State, corpus: Corpus) -> float:
    """What is in force before what is not, the document before its summary, the document asked for before all."""
    regulation = corpus.regulation(article.id)
    preference = 0.05 if article.kind == "regulation" else 0.0
    if regulation is not None and any(number.matches(regulation.number) for number in question.documents):
        return preference + 0.35
    if state.status == "in_force":
        preference += 0.12
    elif state.status in ("lapsed", "not_yet"):
        preference -= 0.30
    return preference


def _transition(question: Question, title: str, regulation: Regulation | None) -> float:
    """A transitional provision holds for what began under former law: first there, last elsewhere."""
    if "chuyển tiếp" not in title.lower():
        return 0.0
    former = any(regulation is not None and not number.matches(regulation.number) for number in question.documents)
    effective = regulation.effective.isoformat() if regulation is not None and regulation.effective else ""
    now = question.now or "nay" in question.tokens or question.wanted == "yes_no"
    earlier = now and any(asked < effective[: len(asked)] for asked in question.dates)
    said = says(question.tokens, "chuyển tiếp", "trước đây", "trước ngày", "cũ", "đã nộp", "đã được công nhận")
    return 0.25 if former or earlier or said else -0.20


def answer_units(question: Question, units: list[Unit], corpus: Corpus, on: date) -> Draft | None:
    """The best unit, focused on what was asked; a second one of the same document where it is nearly as good."""
    if not units:
        return None
    best = units[0]
    segments: list[Segment] = []
    if question.wanted == "yes_no" and _unmet_condition(question, best):
        segments.append(connective("Không, vì quy định nêu điều kiện:"))
    segments.extend(quoted(evidence) for evidence in _focused(question, best, corpus))
    if question.wanted == "star" or (question.stars and question.numbers):
        minimum = minimum_marks(best.article)
        if minimum is not None:
            segments += [connective("Đồng thời phải lưu ý:"), quoted(minimum)]
    return Draft(
        status="answered",
        segments=tuple(segments),
        notices=tuple(state_notices(best, corpus, on)),
        strength=min(1.0, best.score),
    )


def minimum_marks(article: Article) -> Evidence | None:
    """Where a document says that points alone do not give a star: the first sentence on minimum marks by star, or None.

    In QĐ 26/2026/QĐ-TTg it is the note under each criteria set of Phụ lục II.
    """
    for start, end, _ in article_sentences(article):
        text = article.text[start:end].lower()
        if "yêu cầu tối thiểu" in text and "sao" in text:
            return Evidence(article=article, start=start, end=end)
    return None


def _focused(question: Question, unit: Unit, corpus: Corpus) -> list[Evidence]:
    """The spans of a unit that answer: all of it, or its lead and the points that hold what was asked."""
    lines = _lines(unit.article, unit.start, unit.end)
    if not lines:
        return [Evidence(article=unit.article, start=unit.start, end=unit.end)]
    whole = [Evidence(article=unit.article, start=lines[0][0], end=lines[-1][1])]
    if len(lines) == 1:
        return whole
    ranged = [line for line in lines if question.numbers and numbers_in_range(question, line[2])]
    if ranged:
        return [_span(unit, line) for line in ranged]
    if _appended(unit.article, unit.start):
        return [_span(unit, line) for line in _best_rows(question, lines, corpus)]
    lead, points = lines[0], lines[1:]
    size = sum(len(line[2].split()) for line in lines)
    telling = _telling(question, points)
    weights = corpus.weights(telling, question.emphasis)
    scored = [
        (coverage(telling, supplied(question.synonyms, words_of(line[2])), weights), line)
        for line in points
        if fits_kind(question, line[2])
    ]
    top = max((score for score, _ in scored), default=0.0)
    chosen = [line for score, line in scored if score >= 0.95 * top]
    if question.wanted == "case" or not telling or top < _TELLING or len(chosen) == len(points):
        return whole if size <= _LONG else [_span(unit, line) for line in lines[:4]]
    picked = {lead, *chosen[:4]}
    # a line that leads into the next ("…, UBND cấp xã:") says nothing without it
    picked |= {after for line, after in pairwise(lines) if line in picked - {lead} and line[2].rstrip().endswith(":")}
    return [_span(unit, line) for line in lines if line in picked]


def _best_rows(question: Question, lines: list[tuple[int, int, str]], corpus: Corpus) -> list[tuple[int, int, str]]:
    """Of the rows and lines of a table or form, at most four that hold most of what was asked: a form is no answer."""
    weights = corpus.weights(question.content, question.emphasis)
    scores = [coverage(question.content, supplied(question.synonyms, words_of(line[2])), weights) for line in lines]
    return [line for score, line in zip(scores, lines, strict=True) if score >= 0.95 * max(scores)][:4]


def _telling(question: Question, points: list[tuple[int, int, str]]) -> tuple[str, ...]:
    """The asked words that some of the points hold and others do not: they tell which point is meant."""
    written = [supplied(question.synonyms, words_of(line[2])) for line in points]
    return tuple(
        word for word in dict.fromkeys(question.content) if 0 < sum(line.holds(word) for line in written) < len(points)
    )


def _span(unit: Unit, line: tuple[int, int, str]) -> Evidence:
    return Evidence(article=unit.article, start=line[0], end=line[1])


def _unmet_condition(question: Question, unit: Unit) -> bool:
    """Whether the asker lacks, in their own words ("chưa X", "không X"), what the unit requires ("có X")."""
    required = tokens(unit.article.text[unit.start : unit.end])
    for cue in ("chưa có", "không có", "chưa", "không"):
        at = find_phrase(question.tokens, cue)
        if at < 0:
            continue
        lacked = question.tokens[at + len(cue.split()) :][:3]
        if len(lacked) == 3 and find_phrase(lacked, "được không") < 0:
            for place in range(1, len(required) - 2):
                if (
                    all(
                        find_phrase((word,), token) == 0
                        for word, token in zip(lacked, required[place : place + 3], strict=True)
                    )
                    and required[place - 1] == "có"
                ):
                    return True
    return False


def state_notices(unit: Unit, corpus: Corpus, on: date) -> list[str]:
    """The state of the document a unit belongs to, and whether it is only summarised."""
    regulation = corpus.regulation(unit.article.id)
    if regulation is None:
        return []
    notices = [_state_notice(regulation.number.name, unit.state)]
    today = state_of(regulation.number, corpus.regulations, on)
    if today != unit.state:
        held = "áp dụng" if unit.state.status == "in_force" else "không áp dụng"
        notices = [
            f"Câu trả lời theo {regulation.number.name}, văn bản {held} vào thời điểm được hỏi.",
            _state_notice(regulation.number.name, today),
        ]
    return [*notices, *_summary_notice(regulation)]


def _state_notice(label: str, state: State) -> str:
    match state.status:
        case "in_force":
            return f"{label} đang có hiệu lực (từ {_day(state.since)})."
        case "lapsed":
            about = "khoảng " if state.computed else ""
            by = f", theo {state.by}" if state.by else ""
            return f"{label} đã hết hiệu lực từ {about}{_day(state.since)}{by}."
        case "not_yet":
            return f"{label} chưa có hiệu lực vào ngày được hỏi (có hiệu lực từ {_day(state.since)})."
        case _:
            return f"Kho tài liệu không cho biết {label} còn hiệu lực hay không."


def _summary_notice(regulation: Regulation) -> list[str]:
    if not regulation.summary:
        return []
    return [
        f"Nguồn là bản tóm lược {regulation.number.name}, không phải nguyên văn; "
        "khi lập hồ sơ hãy đối chiếu văn bản gốc."
    ]


def _day(day: date | None) -> str:
    return "ngày không rõ" if day is None else vietnamese_date(day.isoformat())


def unit_by_address(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The unit a question names ("Điều 7 khoản 6 QĐ 26/2026"), of the document named, else of what is in force."""
    candidates: list[tuple[float, Article, Section]] = []
    for regulation in corpus.regulations:
        if question.documents and not any(number.matches(regulation.number) for number in question.documents):
            continue
        article = corpus.article(regulation.article_id, regulation.digest)
        section = find_section(article, question.unit.labels)
        if section is None:
            continue
        state = state_of(regulation.number, corpus.regulations, on)
        rank = (0.0 if regulation.summary else 1.0) + {"in_force": 2.0, "unknown": 0.5}.get(state.status, 0.0)
        candidates.append((rank, article, section))
    if not candidates:
        return None
    _, article, section = max(candidates, key=lambda candidate: candidate[0])
    unit = Unit(
        article=article,
        start=section.start,
        end=section.end,
        title=section.heading,
        score=1.0,
        cover=1.0,
        state=_state(article, corpus, on),
    )
    return Draft(
        status="answered",
        segments=(quoted(Evidence(article=article, start=section.start, end=_trim_end(article, section))),),
        notices=tuple(state_notices(unit, corpus, on)),
        strength=1.0,
    )


def find_section(article: Article, labels: tuple[str, ...]) -> Section | None:
    """The section reached through nested labels ("Điều 7", "khoản 6"), outermost first; None where there is none."""
    within: Section | None = None
    for label in labels:
        within = next(
            (
                section
                for section in article.sections
                if section.label == label
                and (within is None or (within.start <= section.start and section.end <= within.end))
            ),
            None,
        )
        if within is None:
            return None
    return within


def _trim_end(article: Article, section: Section) -> int:
    return section.start + len(article.text[section.start : section.end].rstrip())


def answer_state(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """Whether the document named is in force on a day: the sentence that ends it or sets it in force, or None."""
    asked = question.documents[0]
    known = sorted(corpus.regulations, key=lambda regulation: regulation.summary)
    state = state_of(asked, corpus.regulations, on)
    if says(question.tokens, "quyết định nào", "văn bản nào", "thay thế", "bãi bỏ"):
        for regulation in known:
            its = [ending for ending in regulation.endings if ending.by is not None and ending.by.matches(asked)]
            if its and regulation.number.matches(asked):
                article = corpus.article(regulation.article_id, regulation.digest)
                spans = dict.fromkeys((ending.start, ending.end) for ending in its)
                return Draft(
                    status="answered",
                    segments=tuple(quoted(Evidence(article=article, start=s, end=e)) for s, e in spans),
                    notices=(_state_notice(regulation.number.name, state), *_summary_notice(regulation)),
                    strength=1.0,
                )
    since = says(question.tokens, "từ ngày nào", "khi nào", "bao giờ", "ngày nào") and not says(question.tokens, "hết")
    span: tuple[Regulation, int, int] | None = None
    ended = ending_of(asked, corpus.regulations)
    if state.status == "lapsed" and ended is not None and not since:
        span = ended[0], ended[1].start, ended[1].end
    else:
        span = next(
            (
                (regulation, *regulation.effective_span)
                for regulation in known
                if regulation.number.matches(asked) and regulation.effective_span is not None
            ),
            None,
        )
    if span is None:
        return None
    regulation, start, end = span
    article = corpus.article(regulation.article_id, regulation.digest)
    return Draft(
        status="answered",
        segments=(quoted(Evidence(article=article, start=start, end=end)),),
        notices=(_state_notice(asked.name, state), *_summary_notice(regulation)),
        strength=1.0,
    )
