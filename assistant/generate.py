"""Wording an answer with a language model: each sentence is checked against what it cites before anyone sees it.

The model-free draft comes first and decides whether there is an answer at all. A model may only word it: what it
writes is held back until the sentences that passed answer the question as the draft does, and where they never do, or
the model fails, the draft is the answer.
"""

import logging
from collections.abc import Callable, Sequence
from collections.abc import Generator as Yields
from dataclasses import dataclass, replace

from assistant.answers_same import answers_same, fits_question
from assistant.corpus import Corpus
from assistant.cutting import Cutter, Written
from assistant.draft import Draft, Segment
from assistant.generator import GenerationFailed, Generator, Reason
from assistant.judge import Judgement
from assistant.legible import cleaned, form_fault, same_saying
from assistant.prompt import messages_of
from assistant.question import Question
from assistant.retrieve import Found
from assistant.sources import sources_of
from assistant.supported import Source, verdict
from assistant.waiting import Limits, bounded

MOST_WRITTEN = 6000  # characters of one answer before it is cut and checked
MOST_SENTENCES = 8
# Kinds that are calculated or ruled, never worded anew.
_EXACT = ("compare", "sum", "average", "state", "breakdown")

WORDED = "Câu trả lời do mô hình ngôn ngữ diễn đạt; từng câu đã được đối chiếu với đoạn nguồn nêu cạnh nó."
FELL_BACK: dict[Reason, str] = {
    "timeout": "Mô hình ngôn ngữ không trả lời kịp",
    "unreachable": "Không kết nối được với mô hình ngôn ngữ",
    "rate_limited": "Mô hình ngôn ngữ đang quá tải",
    "refused": "Mô hình ngôn ngữ từ chối trả lời",
    "denied": "Máy chủ mô hình ngôn ngữ không nhận yêu cầu",
    "server": "Máy chủ mô hình ngôn ngữ gặp lỗi",
    "garbled": "Máy chủ mô hình ngôn ngữ trả về dữ liệu không đọc được",
    "cut_off": "Mô hình ngôn ngữ dừng giữa chừng",
    "too_long": "Mô hình ngôn ngữ viết quá dài",
    "unsupported": "Nguồn không xác nhận đủ những gì mô hình ngôn ngữ viết",
}
_INSTEAD = "; câu trả lời dưới đây gồm các câu trích từ nguồn."
_COMPLETED = "; phần còn lại gồm các câu trích từ nguồn."
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A sentence no reader saw, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a generation ended. shown: the segments given out, in order. reason: why it is not whole; None where it is.
    dropped: the sentences left out."""

    shown: tuple[Segment, ...]
    reason: Reason | None
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """A draft after a model has worded it, and how that went."""

    draft: Draft
    outcome: Outcome


def may_be_worded(question: Question, draft: Draft) -> bool:
    """Whether a model may word a draft: what is calculated, ruled, or joined by phrases of ours stays as it is."""
    return (
        draft.status in ("answered", "partial")
        and question.wanted not in _EXACT
        and question.unit.empty
        and all(segment.kind != "derived" and segment.evidence for segment in draft.segments)
    )


def generated(
    question: Question,
    draft: Draft,
    sources: Sequence[Source],
    corpus: Corpus,
    generator: Generator,
    *,
    limits: Limits,
) -> Yields[Segment, None, Outcome]:
    """The checked sentences as they become ready, none before they answer the question as the draft does."""
    editor = _Editor(question, draft, sources, corpus)
    shown: list[Segment] = []
    reason: Reason | None = None
    cutter = Cutter()
    pieces = bounded(
        generator,
        messages_of(question, sources),
        limits=limits,
        most_characters=MOST_WRITTEN,
    )
    try:
        for piece in pieces:
            for written in cutter.feed(piece):
                yield from _told(editor.take(written), shown)
            if len(shown) >= MOST_SENTENCES:
                break
        else:
            for written in cutter.rest():
                yield from _told(editor.take(written), shown)
    except GenerationFailed as error:
        # what was begun when it stopped is no sentence, whatever it looks like
        _log.warning("model %s: %s (%s)", generator.name, error.reason, error)
        reason = error.reason
    finally:
        pieces.close()
    if reason is None and not shown:
        reason = "unsupported"
    for one in editor.dropped:
        _log.info("left out of a model's answer: %s", one.why)
    return Outcome(shown=tuple(shown), reason=reason, dropped=tuple(editor.dropped))


def _told(ready: Sequence[Segment], shown: list[Segment]) -> Yields[Segment, None, None]:
    for segment in ready:
        if len(shown) < MOST_SENTENCES:
            shown.append(segment)
            yield segment


def completed(draft: Draft, outcome: Outcome) -> Draft:
    """The answer: the sentences shown, and where they are not whole or there are none, those of the draft."""
    if outcome.reason is None:
        return replace(draft, segments=outcome.shown, notices=(*draft.notices, WORDED))
    why = FELL_BACK[outcome.reason]
    if not outcome.shown:
        return replace(draft, notices=(*draft.notices, why + _INSTEAD))
    cited = {evidence.key for segment in outcome.shown for evidence in segment.evidence}
    rest = tuple(
        segment for segment in draft.segments if not all(evidence.key in cited for evidence in segment.evidence)
    )
    notices = (*draft.notices, WORDED, why + (_COMPLETED if rest else "."))
    return replace(draft, segments=(*outcome.shown, *rest), notices=notices)


def word(
    question: Question,
    draft: Draft,
    evidence: Judgement,
    found: Found,
    corpus: Corpus,
    *,
    generator: Generator,
    limits: Limits,
    tell: Callable[[Segment], None],
) -> Worded:
    """The draft as a model words it; every sentence is told as it becomes ready."""
    sources = sources_of(draft, evidence, found, corpus)
    writing = generated(question, draft, sources, corpus, generator, limits=limits)
    while True:
        try:
            segment = next(writing)
        except StopIteration as ended:
            outcome: Outcome = ended.value
            return Worded(draft=completed(draft, outcome), outcome=outcome)
        tell(segment)


class _Editor:
    """Takes a model's sentences one by one, and gives out those that passed once they answer the question."""

    def __init__(self, question: Question, draft: Draft, sources: Sequence[Source], corpus: Corpus) -> None:
        self._question = question
        self._draft = draft
        self._sources = {source.number: source for source in sources}
        self._corpus = corpus
        self._said: set[str] = set()
        self._kept: list[Segment] = []
        self._answers = False
        self.dropped: list[Dropped] = []

    def take(self, written: Written) -> tuple[Segment, ...]:
        """The segments that may be shown now, this sentence last if it passed; none while they do not answer yet."""
        text = cleaned(written.text)
        segment, why = self._segment(text, written)
        if segment is None:
            self.dropped.append(Dropped(text=text, why=why))
            return ()
        self._said.add(same_saying(text))
        self._kept.append(segment)
        if self._answers:
            return (segment,)
        self._answers = answers_same(self._question, self._kept, self._draft, self._corpus)
        return tuple(self._kept) if self._answers else ()

    def _segment(self, text: str, written: Written) -> tuple[Segment | None, str]:
        unknown = [mark for mark in written.marks if mark not in self._sources]
        if not written.marks or unknown:
            return None, f"no passage {unknown}" if unknown else "no mark"
        cited = [self._sources[mark] for mark in written.marks]
        quotes = " ".join(evidence.quote for source in cited for evidence in source.sentences)
        fault = form_fault(text, quotes)
        if fault is not None:
            return None, fault
        if same_saying(text) in self._said:
            return None, "said before"
        found = verdict(text, cited, self._corpus)
        if found.fault is not None:
            return None, found.fault
        segment = Segment(text=text, kind=found.kind, evidence=found.evidence)
        if not fits_question(self._question, segment, self._draft):
            return None, "of another place or time than asked"
        return segment, ""
