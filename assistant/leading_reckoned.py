"""What the first places of a province make together, what is then left of its total, by how much the first leads."""

from dataclasses import replace

from assistant.amounts import name_with_rank
from assistant.answer import RECKONED, vietnamese_number
from assistant.corpus import Corpus
from assistant.draft import Draft, Operation, Reckoning, Segment, connective, quoted
from assistant.fitted import Fitted, best_of, evidence_of
from assistant.fitting import fit
from assistant.leading import how_many_places, subplaces_stated
from assistant.question import Question
from assistant.sentences import source_notice
from assistant.sought import PRODUCTS, Ask, Sought
from assistant.wording import says
from index.figures.figure import Figure

_FIRST = ("dẫn đầu", "đứng đầu", "đầu bảng", "nhiều nhất", "cao nhất", "nhất")
_SECOND = ("đứng nhì", "thứ nhì", "đứng thứ hai", "hạng nhì", "xếp nhì")
_TOGETHER = ("gộp", "cộng", "tổng", "gom")
_WITHOUT = ("trừ", "ngoài", "còn lại", "bỏ")
_AHEAD = ("hơn", "cách", "chênh", "bỏ xa")
# What only says which places are meant.
_FRAME = frozenset("nhì nhất đầu đứng dẫn bảng cấp gộp gom trừ ngoài chung thứ hạng xếp cách xa".split())
_OF_THOSE_STATED = "Chỉ tính trong các địa phương mà nguồn nêu số liệu."


def leading_reckoned(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """What is reckoned of the first places of one province, by the figures of one article; None for other questions
    and where a figure is not held."""
    asked = question.tokens
    if len(sought.places) != 1 or sought.subplaces or not says(asked, *_FIRST):
        return None
    many = how_many_places(question)
    ahead = says(asked, *_SECOND) and says(asked, *_AHEAD)
    together = many > 1 and says(asked, *_TOGETHER)
    if not (ahead or together):
        return None
    ask = next((ask for ask in sought.asks if ask.what != "%"), PRODUCTS)
    words = tuple(word for word in sought.limits.words if word not in _FRAME)
    plain = replace(sought, limits=replace(sought.limits, words=words))
    stated = subplaces_stated(question, plain, ask, corpus)
    ordered = [item.figure for item in sorted(stated, key=lambda item: -item.figure.value)][: 2 if ahead else many]
    if len(ordered) < (2 if ahead else many) or len({one.article_id for one in ordered}) > 1:
        return None
    if ahead:
        first, second = ordered
        rest = first.value - second.value
        names = f"{_name(first, corpus)} hơn {_name(second, corpus)}"
        text = f"{names} {vietnamese_number(rest)} {ask.form} ({_terms(ordered, ' - ')})."
        return _draft([_derived(text, ordered, "difference", rest, corpus)], ordered, corpus)
    whole = sum(one.value for one in ordered)
    names = ", ".join(_name(one, corpus) for one in ordered)
    text = f"{names}: {_terms(ordered, ' + ')} = {vietnamese_number(whole)} {ask.form}."
    derived = [_derived(text, ordered, "sum", whole, corpus)]
    if says(asked, *_WITHOUT):
        total = _total(question, plain, ask, ordered[0].article_id, corpus)
        if total is None or total.figure.value < whole:
            return None
        terms = [total.figure, *ordered]
        rest = total.figure.value - whole
        left = f"Các địa phương còn lại: {vietnamese_number(rest)} {ask.form} ({_terms(terms, ' - ')})."
        return _draft([_derived(left, terms, "difference", rest, corpus)], terms, corpus)
    return _draft(derived, ordered, corpus)


def _total(question: Question, sought: Sought, ask: Ask, article_id: str, corpus: Corpus) -> Fitted | None:
    """What the province has in all, as the same article says."""
    return best_of(
        item
        for item in fit(question, sought, ask, corpus)
        if item.own_place and item.figure.article_id == article_id and item.figure.whole and item.fits_time is not False
    )


def _name(figure: Figure, corpus: Corpus) -> str:
    return name_with_rank(figure, evidence_of(figure, corpus))


def _terms(figures: list[Figure], sign: str) -> str:
    return sign.join(vietnamese_number(one.value) for one in figures)


def _derived(text: str, figures: list[Figure], operation: Operation, result: float, corpus: Corpus) -> Segment:
    return Segment(
        text=text,
        kind="derived",
        evidence=tuple(evidence_of(one, corpus) for one in figures),
        reckoning=Reckoning(
            operation=operation,
            operands=tuple((one.value, place) for place, one in enumerate(figures)),
            result=result,
        ),
    )


def _draft(derived: list[Segment], figures: list[Figure], corpus: Corpus) -> Draft:
    told = dict.fromkeys(evidence_of(one, corpus) for one in figures)
    return Draft(
        status="answered",
        segments=(*derived, connective(RECKONED), *map(quoted, told)),
        notices=(*source_notice(evidence_of(figures[0], corpus).article), _OF_THOSE_STATED),
        strength=0.9,
    )
