"""What the list of one decision has that the list of another has not."""

from collections.abc import Iterator

from assistant import answer as say
from assistant.corpus import Corpus
from assistant.decision_place import numbers_named
from assistant.draft import Draft, Segment, connective
from assistant.product_lines import ProductWriter
from assistant.question import Question
from assistant.wording import says, tokens
from index.decisions.decision import ProductRow
from index.decisions.merged import Decision
from index.text import strip_marks

_MORE = ("thêm", "chưa có", "bổ sung", "mới so với", "nhiều hơn", "không có trong", "mà bản trước", "có thêm")
_FEWER = ("bỏ", "bớt", "thiếu", "không còn", "mất đi", "rút", "loại ra")
_IN_WHAT = ("chỗ nào", "điểm nào", "gì", "ra sao", "thế nào", "những gì")
_OTHER = ("khác nhau", "khác gì", "khác chỗ nào", "khác với", "thay đổi gì", "so với")


def difference_draft(question: Question, corpus: Corpus) -> Draft | None:
    """The lines by which the lists of the two decisions named differ; None where that is not asked, or they do not."""
    more, fewer = says(question.tokens, *_MORE), says(question.tokens, *_FEWER)
    both = says(question.tokens, *_OTHER) or (says(question.tokens, "khác") and says(question.tokens, *_IN_WHAT))
    if not (more or fewer or both) or not len(corpus.held):
        return None
    pair = _pair(question, corpus)
    if pair is None:
        return None
    earlier, later = pair
    writer = ProductWriter(corpus, None)
    segments: list[Segment] = []
    if more or not fewer:
        segments += _only_in(later, earlier, writer)
    if fewer or not more:
        segments += _only_in(earlier, later, writer)
    if not segments:
        return None
    return Draft(
        status="answered", segments=(connective(say.LISTED), *dict.fromkeys(segments)), notices=(), strength=1.0
    )


def _pair(question: Question, corpus: Corpus) -> tuple[Decision, Decision] | None:
    """The two decisions with lists that a question names, also by bare numbers, the earlier first; None where it names
    others, or they are of two places."""
    numbers = numbers_named(question)
    if len(numbers) != 2:
        return None
    one, other = ([held for held in corpus.held.decisions(number) if held.rows] for number in numbers)
    pairs = [
        (a, b)
        for a in one
        for b in other
        if a.key != b.key and a.best.issued and b.best.issued and _place(a) == _place(b)
    ]
    if len(pairs) != 1:
        return None
    first, second = sorted(pairs[0], key=lambda held: held.best.issued or "")
    return first, second


def _place(decision: Decision) -> tuple[str | None, tuple[str, ...]]:
    read = decision.listing.place_read
    return decision.best.place, () if read is None else tokens(read.text)


def _only_in(one: Decision, other: Decision, writer: ProductWriter) -> Iterator[Segment]:
    """The lines of one list whose products the other does not name."""
    known = {_folded(row) for row in other.rows}
    paper, held = writer.paper_spoken(one.listing)
    without, without_held = writer.paper_spoken(other.listing)
    for row in one.rows:
        if _folded(row) in known:
            continue
        star = "" if row.star is None else f" ({row.star} sao)"
        maker = "" if row.producer is None else f" của {row.producer.text}"
        text = f"{row.name.text}{maker}{star}: có trong danh sách của {paper}, không có trong danh sách của {without}."
        line = writer.line_evidence(one.listing, row)
        yield from writer.claimed(text, (line, *held, *without_held))


def _folded(row: ProductRow) -> tuple[str, ...]:
    return tuple(strip_marks(word) for word in tokens(row.name.text))
