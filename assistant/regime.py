"""Answers about the law at a date: which rule applied, what amends it, who acts under it, and why.

The reasoning is `index.law.in_force`'s; here its ruling becomes claims that each cite the sentences they rest on. What
no text tells is said to be undetermined.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from assistant import answer as say
from assistant.answer import vietnamese_date
from assistant.claims import claim, evidence_of, reasoned, summary_notices
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, connective, quoted
from assistant.evidence import Evidence
from assistant.levels import level_said
from assistant.parts import joined
from assistant.question import Question
from assistant.regime_asked import RegimeAsked, day_meant, read_regime
from assistant.wording import says
from index.dates import find_dates
from index.law import reasons
from index.law.authority import Authority
from index.law.documents import Document, State
from index.law.in_force import Ruling, in_force
from index.law.reasons import DOSSIER_NAME, SUBJECT_NAME, Applies, Reason, begin, day_text
from index.law.subjects import Subject
from index.law.transitions import Transition
from index.places.named import MERGER

# How a line that names a rule that applies begins; evaluation reads the rules by it.
APPLIES = "Áp dụng"
CERTAIN = "Chắc chắn có hiệu lực"
_STARS = (3, 4, 5)


def regime_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The answer to a question about the law at a date, or None where a question is about something else.

    on: the day the question is asked; what it names no day for is about that day.
    """
    asked = read_regime(question, corpus.law, on)
    if asked is None:
        return None
    rulings = _rulings(asked, corpus)
    writer = Writer(corpus=corpus)
    segments: list[Segment] = []
    if asked.aspect == "signed":
        return _signed(asked, writer)
    if asked.aspect == "begun":
        begun = _begun(asked, writer, on)
        issued = _signed(asked, writer) if begun is not None and says(question.tokens, *_ISSUED_TOO) else None
        return begun if begun is None or issued is None else joined([issued, begun])
    segments += _states(asked, rulings[-1], writer, on)
    if len(rulings) > 1:
        segments.append(connective(say.IN_TURN))
    told_who = not _asks_who(asked)
    for ruling in rulings:
        acting = _acting(question, asked, ruling, writer)
        told_who = told_who or bool(acting)
        rules = _rules(ruling, writer)
        # what is not known comes before who would act under it
        segments += [*rules, *acting] if ruling.outcome == "undetermined" else [*acting, *rules]
        segments += writer.rest(ruling)
    segments += _if_still_waiting(asked, writer, on)
    distinct = tuple(dict.fromkeys(segments))
    if not any(segment.evidence for segment in distinct):
        return None
    return Draft(
        status="answered" if told_who and not writer.unknown and rulings[-1].outcome != "undetermined" else "partial",
        segments=distinct,
        notices=(
            *(() if told_who else (_WHO_UNTOLD,)),
            *_meant(asked, on),
            *writer.notices,
            *summary_notices(distinct),
        ),
        strength=1.0,
    )


def untold_rule_draft(question: Question, subject: Subject, corpus: Corpus, on: date) -> Draft | None:
    """What is known of the rules of the day a question means, where no text held says what they say: which they are, or
    that none is known to be in force; None where a text of one is held, or none tells of any."""
    day = day_meant(question, on)
    ruling = in_force(corpus.law, day, subject)
    if any(rule.document.carriers for rule in ruling.rules):
        return None
    writer = Writer(corpus=corpus)
    segments = tuple(dict.fromkeys((*_rules(ruling, writer), *writer.rest(ruling))))
    if not any(segment.evidence for segment in segments):
        return None
    held = (f"Kho không giữ văn bản {rule.document.number.name}, nên không dẫn được nội dung." for rule in ruling.rules)
    notices = (
        *held,
        f"Câu hỏi được hiểu là về {SUBJECT_NAME[subject]}, vào ngày {day_text(day)}.",
        *writer.notices,
        *summary_notices(segments),
    )
    return Draft(status="partial", segments=segments, notices=notices, strength=1.0)


def _rulings(asked: RegimeAsked, corpus: Corpus) -> list[Ruling]:
    """The ruling of the day asked about; of a stretch of time the different ones in order."""
    law = corpus.law
    days = {asked.first}
    if asked.first != asked.last:
        for document in law.documents:
            ended = document.ended
            for day in (begin(document), None if ended is None else ended.on, MERGER):
                days |= {
                    one for one in (day, day and day + timedelta(days=1)) if one and asked.first < one <= asked.last
                }
    found: list[Ruling] = []
    for day in sorted(days):
        ruling = in_force(
            law,
            day,
            asked.subject,
            filed=asked.filed if asked.filed is not None and asked.filed <= day else None,
            dossier=asked.dossier,
            star=asked.star,
        )
        if not found or _said_of(ruling) != _said_of(found[-1]):
            found.append(ruling)
    return [ruling for ruling in found if ruling.rules] or found


def _said_of(ruling: Ruling) -> tuple[object, ...]:
    """What tells one ruling from the next: its rules, how sure they are, and who acts."""
    return (*(item.labels for item in ruling.rules), ruling.outcome, None if ruling.who is None else ruling.who.level)


@dataclass(slots=True)
class Writer:
    """Turns reasons into claims; keeps what no claim could carry as notices, and what has been said.

    unknown: the state of a document named could not be told.
    """

    corpus: Corpus
    notices: list[str] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    unknown: bool = False
    offered: list[Evidence] = field(default_factory=list)
    begun: dict[date, Evidence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for document in self.corpus.law.documents:
            for statement in (document.effective, document.signed):
                found = None if statement is None or statement.on is None else evidence_of(statement, self.corpus)
                if found is not None and statement is not None and statement.on is not None and document.subjects:
                    self.begun.setdefault(statement.on, found)
        self.offered = list(self.begun.values())

    def write(self, reason: Reason) -> list[Segment]:
        """A reason as a claim, or as a notice where no text with a place tells it; nothing where it has been said."""
        if reason.text in self.said:
            return []
        self.said.add(reason.text)
        end = district_end(self.corpus) if reason.on == MERGER else None
        offered = self.offered if end is None else [*self.offered, end]
        written = reasoned(reason, self.corpus, offered, self.begun)
        if written is None and reason.text not in self.notices:
            self.notices.append(reason.text)
        return [] if written is None else [written]

    def headline(self, item: Applies, lead: str) -> list[Segment]:
        """The line that names a rule with what amends it, and since when each is in force."""
        begun = reasons.begun(item)
        amended = [(other, reasons.amendment(item, other)) for other in item.amended_by]
        self.said |= {begun.text, *(reason.text for _, reason in amended)}
        since = begun.text.removeprefix(f"{item.document.number.name} ").removesuffix(".")
        text = f"{lead} {item.document.number.name} ({since.replace(' (', ', ').replace(')', '')})"
        for other, reason in amended:
            day = "" if reason.on is None else f" từ {day_text(reason.on)}"
            text += f", được sửa đổi bằng {other.number.name}{day}"
        if text in self.said:
            return []
        self.said.add(text)
        sources = [source for reason in (begun, *(reason for _, reason in amended)) for source in reason.sources]
        held = [found for source in sources if (found := evidence_of(source, self.corpus)) is not None]
        written = claim(f"{text}.", held, self.offered)
        if written is None:
            self.notices.append(f"{text}.")
        return [] if written is None else [written]

    def rest(self, ruling: Ruling) -> list[Segment]:
        """The reasons that no headline has said."""
        return [segment for reason in ruling.reasons for segment in self.write(reason)]


# ---- Which rules -------------------------------------------------------------------------------------------------


def _rules(ruling: Ruling, writer: Writer) -> list[Segment]:
    """The rules that apply, each in a line, under what is to be known before them."""
    if ruling.outcome == "undetermined":
        opening = _undetermined(ruling, writer)
        if not ruling.rules:
            return opening
        return [*opening, *(line for item in ruling.rules for line in writer.headline(item, f"{CERTAIN}:"))]
    if ruling.outcome == "two":
        newer, *older = ruling.rules
        day = begin(newer.document)
        since = "" if day is None else day_text(day)
        lines = [connective(say.TWO_RULES)]
        lines += writer.headline(newer, f"Hồ sơ nộp từ {since}: {APPLIES.lower()}")
        for item in older:
            lines += writer.headline(item, f"Hồ sơ nộp trước {since} mà chưa chấm: {APPLIES.lower()}")
        return lines
    return [line for item in ruling.rules for line in writer.headline(item, APPLIES)]


def _if_still_waiting(asked: RegimeAsked, writer: Writer, on: date) -> list[Segment]:
    """What holds today of a dossier filed on the day asked about, where a rule has come since and tells of it."""
    if asked.filed is None or not asked.filed == asked.last < on or asked.aspect != "rule":
        return []
    today = in_force(writer.corpus.law, on, asked.subject, filed=asked.filed, dossier=asked.dossier)
    if not any(isinstance(source, Transition) for reason in today.reasons for source in reason.sources):
        return []
    return [connective(say.STILL_WAITING), *_rules(today, writer)]


def _transitional(reason: Reason, writer: Writer) -> list[Segment]:
    """A transitional rule as a claim, and its own words."""
    written = writer.write(reason)
    held = [evidence_of(source, writer.corpus) for source in reason.sources if isinstance(source, Transition)]
    return [*written, *(quoted(one) for one in held if written and one is not None and not _is_row(one))]


def _undetermined(ruling: Ruling, writer: Writer) -> list[Segment]:
    """Why it cannot be told, before what is known: the phrase that fits, then the reasons it rests on."""
    texts = [reason.text for reason in ruling.reasons if not reason.sources]
    transitional = [reason for reason in ruling.reasons if any(isinstance(s, Transition) for s in reason.sources)]
    if not ruling.rules and not transitional:
        writer.said |= {text for text in texts if text.startswith("Kho không giữ")}
        return [connective(say.NONE_KNOWN[ruling.subject])]
    if any(text.startswith("Hạn ấy đã qua") for text in texts):
        phrase = say.OVERDUE
    elif any(text.startswith("Đúng ngày") for text in texts):
        phrase = say.OVERDUE_TODAY
    elif any(reasons.NO_TRANSITION in reason.text for reason in ruling.reasons):
        phrase = say.NO_TRANSITION
    else:
        phrase = say.UNDETERMINED
    writer.said |= {text for text in texts if text.startswith(("Hạn ấy đã qua", "Đúng ngày"))}
    lines = [connective(phrase), *(line for reason in transitional for line in _transitional(reason, writer))]
    for reason in ruling.reasons:
        if reason.text.startswith("Nếu là hồ sơ"):  # it rests on the transitional rules before it
            writer.said.add(reason.text)
            held = [found for other in transitional for s in other.sources if (found := evidence_of(s, writer.corpus))]
            written = claim(reason.text, held, writer.offered)
            lines += [] if written is None else [written]
    return lines


# ---- Who acts ----------------------------------------------------------------------------------------------------


_WHO_UNTOLD = "Kho không có văn bản nào nêu quy định ấy giao việc này cho cấp nào."


def _asks_who(asked: RegimeAsked) -> bool:
    """Whether who recognises the star, or where the dossier goes, is asked."""
    return asked.subject == "procedure" and asked.aspect in ("who", "where")


def _acting(question: Question, asked: RegimeAsked, ruling: Ruling, writer: Writer) -> list[Segment]:
    """Who recognises the star or receives the dossier, where that is asked; right or wrong where a level is said."""
    if not _asks_who(asked):
        return []
    acting = [reason for reason in ruling.reasons if any(isinstance(source, Authority) for source in reason.sources)]
    if asked.aspect == "who" and asked.star is None:
        every = [in_force(writer.corpus.law, ruling.on, "procedure", star=star) for star in _STARS]
        acting = [r for one in every for r in one.reasons if any(isinstance(s, Authority) for s in r.sources)]
    if asked.receives and asked.aspect == "who":
        received = in_force(writer.corpus.law, ruling.on, "procedure", filed=ruling.filed, dossier=ruling.dossier)
        acting += [reason for reason in received.reasons if any(isinstance(s, Authority) for s in reason.sources)]
    lines = [line for reason in acting for line in writer.write(reason)]
    if ruling.outcome != "one" or not lines or ruling.who is None:
        return lines
    said = level_said(question)
    if said is None:
        return lines
    return [connective(say.TRUE_SAYING if said == ruling.who.level else say.FALSE_SAYING), *lines]


def district_end(corpus: Corpus) -> Evidence | None:
    """The sentence of a text of law or guide that tells the day the district level ended; None where none does."""
    for regulation in corpus.regulations:
        article = corpus.article(regulation.article_id, regulation.digest)
        for start, end, _, _ in corpus.sentences(article):
            text = article.text[start:end]
            gone = "huyện" in text and re.search(r"không còn|bỏ|chấm dứt|kết thúc", text, re.IGNORECASE)
            if gone and any(mention.iso == MERGER.isoformat() for mention in find_dates(text)):
                return Evidence(article=article, start=start, end=end)
    return None


# ---- States of documents -----------------------------------------------------------------------------------------


_ISSUED_TOO = (
    "ban hành ngày", "ngày ban hành", "ký ngày", "ngày ký", "ban hành khi", "ký khi", "ban hành bao giờ",
    "ban hành hôm", "ký hôm", "ban hành lúc",
)  # fmt: skip


def _signed(asked: RegimeAsked, writer: Writer) -> Draft | None:
    """When the document named last was signed, with the words that say so."""
    document = writer.corpus.law.find(asked.documents[-1])
    signed = None if document is None else document.signed
    told = None if signed is None else evidence_of(signed, writer.corpus)
    if document is None or signed is None or signed.on is None or told is None:
        return None
    line = claim(f"{document.number.name} được ký ngày {day_text(signed.on)}.", [told], writer.offered)
    segments = [] if line is None else [line, *([] if _is_row(told) else [quoted(told)])]
    if not segments:
        return None
    return Draft(status="answered", segments=tuple(segments), notices=tuple(summary_notices(segments)), strength=1.0)


def _begun(asked: RegimeAsked, writer: Writer, on: date) -> Draft | None:
    """Since when the document named is in force, with the words that say so, and that it is over where it is."""
    document = writer.corpus.law.find(asked.documents[-1])
    effective = None if document is None else document.effective
    told = None if effective is None else evidence_of(effective, writer.corpus)
    if document is None or effective is None or effective.on is None or told is None:
        return None
    line = claim(f"{document.number.name} có hiệu lực từ {day_text(effective.on)}.", [told], writer.offered)
    if line is None:
        return None
    over = reasons.ended(document) if writer.corpus.law.state_of(document, on).status == "lapsed" else None
    segments = [line, *([] if _is_row(told) else [quoted(told)]), *([] if over is None else writer.write(over))]
    notices = (*writer.notices, *summary_notices(segments))
    return Draft(status="answered", segments=tuple(dict.fromkeys(segments)), notices=notices, strength=1.0)


def _states(asked: RegimeAsked, ruling: Ruling, writer: Writer, on: date) -> list[Segment]:
    """The state of each document named: first, with yes or no, of the one whose state is asked; then of those that are
    not in force on the day."""
    law = writer.corpus.law
    lines: list[Segment] = []
    shown = {document.number.label for item in ruling.rules for document in item.documents}
    for number in asked.documents:
        document = law.find(number)
        state = law.state(number, asked.last if asked.dated else on)
        at_stake = asked.aspect == "state" and number == asked.documents[-1]
        if state.status == "in_force" and not at_stake and number.label in shown:
            continue
        applied = _rule_at_stake(asked, ruling) if at_stake else None
        if applied is not None:
            # of a label no text tells whether it was replaced: the ruling says so beside
            sure = asked.subject != "label"
            writer.unknown = writer.unknown or not sure
            lines += [connective(say.STANDS if sure else say.NOT_KNOWN_REPLACED), *writer.headline(applied, APPLIES)]
            at_stake = False
        told = (
            [] if document is None else [line for one in state_reasons(document, state) for line in writer.write(one)]
        )
        if not told and applied is None:
            writer.unknown = True
            writer.notices.append(
                f"Kho không cho biết {number.name} còn hiệu lực hay không, cũng không giữ văn bản ấy."
            )
            continue
        if at_stake:
            lines.append(connective(_STATE_PHRASE[state.status]))
            told += [
                quoted(one.evidence[0]) for one in told[:1] if one.kind == "stated" and not _is_row(one.evidence[0])
            ]
        lines += told
    return lines


def _is_row(evidence: Evidence) -> bool:
    """Whether an evidence is a row of a table, which says little by itself."""
    return any(block.role == "row" for block in evidence.article.blocks_within(evidence.start, evidence.end))


def _rule_at_stake(asked: RegimeAsked, ruling: Ruling) -> Applies | None:
    """The one rule that applies, where it is the document whose state is asked."""
    if asked.aspect != "state" or ruling.outcome != "one" or not ruling.rules or not asked.documents:
        return None
    item = ruling.rules[0]
    return item if asked.documents[-1].label == item.document.number.label else None


_STATE_PHRASE = {
    "in_force": say.STANDS,
    "lapsed": say.LAPSED,
    "not_yet": say.NOT_YET,
    "doubtful": say.DOUBTFUL,
    "unknown": say.DOUBTFUL,
}


def state_reasons(document: Document, state: State) -> Iterator[Reason]:
    """What tells the state of a document: from when it is in force, since when not, or that no text tells."""
    item = Applies(document=document, amended_by=(), state=state)
    ended = reasons.ended(document)
    match state.status:
        case "in_force":
            yield reasons.begun(item)
            if ended is not None:
                yield ended
        case "lapsed" if ended is not None and not state.period:
            yield ended
        case "doubtful":
            yield reasons.ends_today(item)
        case "not_yet":
            yield reasons.begun(item)
        case _:
            yield reasons.of_period(document, state)


# ---- What else the reader must know --------------------------------------------------------------------------------


def _meant(asked: RegimeAsked, on: date) -> Iterator[str]:
    """How the question was understood, where it is not simply about today."""
    parts = []
    if asked.first != asked.last:
        parts.append(f"từ {day_text(asked.first)} đến {day_text(asked.last)}")
    elif asked.last != on:
        parts.append(f"vào ngày {day_text(asked.last)}")
    if asked.filed is not None:
        kind = "" if asked.dossier is None else f" {DOSSIER_NAME[asked.dossier]}"
        parts.append(f"hồ sơ{kind} nộp ngày {vietnamese_date(asked.filed.isoformat())}")
    if parts:
        yield f"Câu hỏi được hiểu là về {SUBJECT_NAME[asked.subject]}, {', '.join(parts)}."
