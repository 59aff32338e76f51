"""Answers from law: the khoản or điểm that holds what was asked, with the state of its document at the day meant."""

import re
from datetime import date

from assistant import answer as say
from assistant.answer import vietnamese_date
from assistant.corpus import Corpus
from assistant.draft import Draft, quoted
from assistant.evidence import Evidence
from assistant.question import Question
from assistant.units import state_at
from assistant.wording import find_phrase, says, tokens
from crawler.article import Article, Block, Section
from index.law.address import find_section
from index.law.documents import Document, State
from index.law.regulations import Regulation

_MINIMUM = re.compile(r"(?:yêu cầu|mức) tối thiểu")
_DIEU = re.compile(r"Điều (\d+)")
_UNMET = re.compile(r"thì chưa được [1-5] sao", re.IGNORECASE)
_NONE_GIVEN = re.compile(r"(?:1 sao[^.;]*2 sao|2 sao)[^.;]*không[^.;]*(?:giấy|công nhận)", re.IGNORECASE)


def minimum_marks(article: Article, corpus: Corpus) -> Evidence | None:
    """Where the law says that points alone do not give a star: the first sentence on minimum marks by star, or None.

    In QĐ 26/2026/QĐ-TTg it is the note under each criteria set of Phụ lục II. Read of the article itself, else of
    another that carries or restates the same document.
    """
    own = corpus.regulation(article.id)
    others = [
        corpus.article(regulation.article_id, regulation.digest)
        for regulation in corpus.regulations
        if own is not None
        and own.number is not None
        and regulation.number is not None
        and regulation.article_id != article.id
        and regulation.number.matches(own.number)
    ]
    for candidate in (article, *others):
        for start, end, block, _ in corpus.sentences(candidate):
            text = candidate.text[start:end].lower()
            if _MINIMUM.search(text) and "sao" in text:
                # "Đó là mức tối thiểu …" says nothing without what stands before it in its paragraph
                opens = block.start if text.startswith(("đó", "đây")) else start
                return Evidence(article=candidate, start=opens, end=_with_case(candidate, corpus, block, end))
    return None


def _with_case(article: Article, corpus: Corpus, block: Block, end: int) -> int:
    """Where a sentence ends with the case that its paragraph gives next: "Một sản phẩm được 75 điểm mà thiếu một mục
    đánh dấu **** thì chưa được 4 sao". end: where it ends itself."""
    after = next((one for one in corpus.sentences(article) if one[0] >= end and one[2] == block), None)
    return after[1] if after is not None and _UNMET.search(article.text[after[0] : after[1]]) else end


def none_given(document: Document, corpus: Corpus) -> Evidence | None:
    """The sentence of a document, or of what restates it, that gives one and two stars no certificate, or None."""
    for carrier in document.carriers:
        article = corpus.article(carrier.article_id, carrier.digest)
        for start, end, _, _ in corpus.sentences(article):
            if _NONE_GIVEN.search(article.text[start:end]):
                return Evidence(article=article, start=start, end=end)
    return None


def unmet_condition(question: Question, text: str) -> bool:
    """Whether the asker lacks, in their own words ("chưa X", "không X"), what a text of law requires ("có X")."""
    required = tokens(text)
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


def state_notices(article: Article, state: State, corpus: Corpus, on: date, *, told: bool = False) -> list[str]:
    """The state of the document an article carries, and whether it is only summarised.

    told: the answer itself says since when the document is in force.
    """
    regulation = corpus.regulation(article.id)
    if regulation is None or regulation.number is None:
        return []
    notices = [_state_notice(regulation.number.name, state)]
    today = corpus.law.state(regulation.number, on)
    if today != state:
        held = "áp dụng" if state.status == "in_force" else "không áp dụng"
        notices = [
            f"Câu trả lời theo {regulation.number.name}, văn bản {held} vào thời điểm được hỏi.",
            _state_notice(regulation.number.name, today),
        ]
    if told and today.status in ("in_force", "lapsed"):
        notices.pop()
    return [*notices, *_summary_notice(regulation)]


def _state_notice(label: str, state: State) -> str:
    match state.status:
        case "in_force":
            return f"{label} đang có hiệu lực (từ {_day(state.since)})."
        case "lapsed":
            if state.period:
                return f"{label} thuộc giai đoạn đã kết thúc ngày {_day(state.since)}."
            about = "khoảng " if state.computed else ""
            by = f", theo {state.by.label}" if state.by else ""
            return f"{label} đã hết hiệu lực từ {about}{_day(state.since)}{by}."
        case "doubtful":
            return (
                f"{label} hết hiệu lực khoảng {_day(state.since)}: ngày này do đếm mà ra, nên đúng ngày ấy chưa xác "
                "định được văn bản còn hay hết hiệu lực."
            )
        case "not_yet":
            return f"{label} chưa có hiệu lực vào ngày được hỏi (có hiệu lực từ {_day(state.since)})."
        case _:
            return f"Kho tài liệu không cho biết {label} còn hiệu lực hay không."


def _summary_notice(regulation: Regulation) -> list[str]:
    if not regulation.summary or regulation.number is None:
        return []
    return [
        f"Nguồn là bản tóm lược {regulation.number.name}, không phải nguyên văn; "
        "khi lập hồ sơ hãy đối chiếu văn bản gốc."
    ]


def _day(day: date | None) -> str:
    return "ngày không rõ" if day is None else vietnamese_date(day.isoformat())


def unit_by_address(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The unit a question names ("Điều 7 khoản 6 QĐ 26/2026"), of the document named, else of what is in force.

    None where a province is named and no document: its own paper is meant, whose units are not those of the law.
    """
    if question.places and not question.documents:
        return None
    candidates: list[tuple[float, Article, Section]] = []
    for regulation in corpus.regulations:
        if regulation.number is None:
            continue
        if question.documents and not any(number.matches(regulation.number) for number in question.documents):
            continue
        article = corpus.article(regulation.article_id, regulation.digest)
        section = find_section(article, question.unit.labels)
        if section is None:
            continue
        state = corpus.law.state(regulation.number, on)
        rank = (0.0 if regulation.summary else 1.0) + {"in_force": 2.0, "unknown": 0.5}.get(state.status, 0.0)
        candidates.append((rank, article, section))
    if not candidates:
        return _without_unit(question, corpus)
    _, article, section = max(candidates, key=lambda candidate: candidate[0])
    return Draft(
        status="answered",
        segments=(quoted(Evidence(article=article, start=section.start, end=_trim_end(article, section))),),
        notices=tuple(state_notices(article, state_at(article, corpus, on), corpus, on)),
        strength=1.0,
    )


def _without_unit(question: Question, corpus: Corpus) -> Draft | None:
    """What is said of a unit that the document named, which is held whole, does not have; None where none can tell."""
    named = question.unit.dieu or ""
    asked = int(named) if named.isdecimal() else 0
    for regulation in corpus.regulations:
        number = regulation.number
        if regulation.summary or number is None or not any(number.matches(one) for one in question.documents):
            continue
        article = corpus.article(regulation.article_id, regulation.digest)
        if (said := _without_part(question.unit.labels, article, number.name)) is not None:
            return Draft(status="no_evidence", segments=(), notices=(said,))
        labels = (section.label for section in article.sections)
        last = max((int(match[1]) for label in labels if (match := _DIEU.fullmatch(label))), default=0)
        if 0 < last < asked:
            said = say.NO_SUCH_UNIT.format(document=number.name, last=last, asked=asked)
            return Draft(status="no_evidence", segments=(), notices=(said,))
    return None


def _without_part(labels: tuple[str, ...], article: Article, document: str) -> str | None:
    """What is said of a khoản or điểm that the unit it is asked of does not have; None where that unit is not held."""
    depth = next((cut for cut in range(len(labels) - 1, 0, -1) if find_section(article, labels[:cut])), 0)
    outer = find_section(article, labels[:depth]) if depth else None
    if outer is None:
        return None
    named, kind = " ".join(reversed(labels[:depth])), labels[depth].split()[0]
    parts = [
        one.label
        for one in article.sections
        if outer.start <= one.start and one.end <= outer.end and one.label.startswith(f"{kind} ")
    ]
    named = f"{named[:1].upper()}{named[1:]}"
    if not parts:
        return say.NO_PARTS.format(outer=named, document=document, kind=kind)
    return say.NO_SUCH_PART.format(outer=named, document=document, first=parts[0], last=parts[-1], asked=labels[depth])


def _trim_end(article: Article, section: Section) -> int:
    return section.start + len(article.text[section.start : section.end].rstrip())


def answer_state(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """Whether the document named is in force on a day: the sentence that ends it or sets it in force, or None."""
    asked = question.documents[0]
    document = corpus.law.find(asked)
    if document is None:
        return None
    state = corpus.law.state_of(document, on)
    if says(question.tokens, "quyết định nào", "văn bản nào", "thay thế", "bãi bỏ"):
        for regulation in document.carriers:
            its = [item for item in regulation.statements if item.says == "ended" and item.by == document.number]
            if its and regulation.number is not None and regulation.number.matches(asked):
                spans = dict.fromkeys((item.start, item.end) for item in its)
                article = corpus.article(regulation.article_id, regulation.digest)
                return Draft(
                    status="answered",
                    segments=tuple(quoted(Evidence(article=article, start=s, end=e)) for s, e in spans),
                    notices=(_state_notice(document.number.name, state), *_summary_notice(regulation)),
                    strength=1.0,
                )
    since = says(question.tokens, "từ ngày nào", "khi nào", "bao giờ", "ngày nào") and not says(question.tokens, "hết")
    told = document.ended if state.status in ("lapsed", "doubtful") and not since else None
    told = told or document.effective
    if told is None or told.end == 0:
        return None
    article = corpus.article(told.article_id, told.digest)
    carrier = corpus.regulation(told.article_id)
    return Draft(
        status="answered",
        segments=(quoted(Evidence(article=article, start=told.start, end=told.end)),),
        notices=(_state_notice(asked.name, state), *(_summary_notice(carrier) if carrier is not None else [])),
        strength=1.0,
    )
