"""Whether a decision still stands: what replaced or revoked it, else since when it has force, and what is not known."""

from datetime import date

from assistant import answer as say
from assistant.answer import day_number, vietnamese_date
from assistant.corpus import Corpus
from assistant.draft import Draft, Reckoning, Segment, connective, quoted
from assistant.evidence import Evidence
from assistant.later_decisions import aims, clauses_changing
from assistant.product_lines import ProductWriter
from index.decisions.decision import ActTold, DecisionTold
from index.decisions.merged import Decision
from index.products.expiry import last_day

_ENDED = {"replaces": "bị thay thế", "revokes": "bị bãi bỏ"}
_NO_DAY = "Văn bản kho có không ghi ngày có hiệu lực."
_NOT_CHANGED = (
    "Kho không giữ quyết định nào sửa đổi, thay thế hay bãi bỏ quyết định này; điều đó không chứng tỏ là không có."
)


def standing(decision: Decision, corpus: Corpus, on: date) -> Draft | None:
    """How a decision stands on a day: ended and by what, else what changed it, else since when it has force. None where
    nothing of it can be told."""
    writer = ProductWriter(corpus, None)
    for later, act in _changing(decision, corpus, on):
        if act.whole and act.act in _ENDED:
            clause = writer.clause(later.best, act)
            lines = [*_ended(decision, later.best, act, clause, writer), quoted(clause), *writer.paper(later.best)]
            return _draft([connective(say.LAPSED), *lines])
    changed = clauses_changing(decision, corpus, writer)
    since = in_force(decision, writer)
    if changed:
        return _draft([*since, *changed])
    if not since:
        # its own text, where it says no day, is told with its date and term; what only others report of it is not
        told = [] if decision.best.reported else [*writer.paper(decision.best), *valid(decision, writer)]
        return _draft(told, (_NO_DAY, _NOT_CHANGED))
    return _draft([*since, *valid(decision, writer)], (_NOT_CHANGED,))


def in_force(decision: Decision, writer: ProductWriter) -> list[Segment]:
    """Since when a decision has force, with the words that say so; nothing where none does."""
    told = next((one for one in decision.told if one.effective is not None and one.effective_read is not None), None)
    if told is None or told.effective is None or told.effective_read is None:
        return []
    paper, held = writer.paper_spoken(told)
    words = writer.place(told, told.effective_read)
    text = f"{paper} có hiệu lực từ {vietnamese_date(told.effective)}."
    return [*writer.claimed(text, (words, *held)), quoted(words)]


def valid(decision: Decision, writer: ProductWriter) -> list[Segment]:
    """How long what a decision recognises is valid, in its words."""
    told = next((one for one in decision.told if one.valid_read is not None), None)
    if told is None or told.valid_read is None:
        return []
    return [quoted(writer.place(told, told.valid_read)), *_until(told, writer)]


def _until(told: DecisionTold, writer: ProductWriter) -> list[Segment]:
    """The last day of what a decision recognises, counted from its own day by the term it gives."""
    if told.issued is None or told.issued.count("-") < 2 or not (told.issued_read and told.valid_read):
        return []
    if told.valid_months is None:
        return []
    paper, held = writer.paper_spoken(told)
    issued = date.fromisoformat(told.issued[:10])
    end = last_day(issued, told.valid_months)
    day, term = writer.place(told, told.issued_read), writer.place(told, told.valid_read)
    evidence = tuple(dict.fromkeys((day, term, *held)))
    return writer.counted(
        f"{paper}: tính từ ngày ấy, {told.valid_months} tháng đến hết ngày {vietnamese_date(end.isoformat())}.",
        evidence,
        Reckoning(
            operation="months_after",
            operands=((day_number(issued), evidence.index(day)), (float(told.valid_months), evidence.index(term))),
            result=day_number(end),
        ),
    )


def _changing(decision: Decision, corpus: Corpus, on: date) -> list[tuple[Decision, ActTold]]:
    """What later decisions in force on a day do to one, the last first."""
    laters = [later for key in decision.changed_by if (later := corpus.held.decision(key)) is not None]
    return [
        (later, act)
        for later in reversed(laters)
        if (later.best.effective or later.best.issued or "") <= on.isoformat()
        for act in later.best.acts
        if aims(act, decision)
    ]


def _ended(
    decision: Decision, later: DecisionTold, act: ActTold, clause: Evidence, writer: ProductWriter
) -> list[Segment]:
    """ "Quyết định 1422/QĐ-UBND bị thay thế theo Quyết định 1533/QĐ-UBND ngày 2/8/2021."."""
    paper, held = writer.paper_spoken(later)
    return writer.claimed(f"{decision.best.number.name} {_ENDED[act.act]} theo {paper}.", (clause, *held))


def _draft(segments: list[Segment], notices: tuple[str, ...] = ()) -> Draft | None:
    if not any(segment.evidence for segment in segments):
        return None
    return Draft(status="answered", segments=tuple(dict.fromkeys(segments)), notices=notices, strength=1.0)
