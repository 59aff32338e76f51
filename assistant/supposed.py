"""How many there would be if all that is proposed were recognised."""

from dataclasses import replace

from assistant.amounts import line
from assistant.answer import RECKONED, vietnamese_number
from assistant.compare import Row, dates_notice
from assistant.corpus import Corpus
from assistant.draft import Draft, Reckoning, Segment, connective, quoted
from assistant.evidence import Evidence
from assistant.fitted import Fitted, evidence_of
from assistant.fitting import fit
from assistant.question import Question
from assistant.sought import PRODUCTS, Ask, Sought
from assistant.wording import says, tokens
from index.figures.numbers import find_numbers

_IF = ("nếu", "giả sử", "giả dụ", "lỡ", "mà")
_ALL_PASS = (
    "đều trúng", "đều đậu", "đều đỗ", "đều đạt", "đều được", "đậu hết", "trúng hết", "đạt hết", "đỗ hết",
    "được công nhận hết", "đậu cả", "trúng cả", "đều qua", "qua hết", "đều thành công", "được duyệt hết", "duyệt hết",
)  # fmt: skip


def supposed(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """What a place has of a grade and what it has proposed for it, added; the sentence that says the sum beside it.

    None for other questions and where one of the two is not held.
    """
    asked = question.tokens
    if question.stars is None or len(question.places) != 1 or not says(asked, *_IF) or not says(asked, *_ALL_PASS):
        return None
    # what is proposed is told by its words, not by those of the question
    sought = replace(sought, limits=replace(sought.limits, words=(), groups=frozenset()), numbers=(), occasion=False)
    stock = replace(PRODUCTS, stars=question.stars)
    held = _fitting(question, replace(sought, planned=False), stock, corpus)
    proposed = _fitting(question, replace(sought, planned=False), replace(stock, potential=True), corpus)
    pairs = [
        (one, two)
        for one in held
        for two in proposed
        if one.figure.article_id == two.figure.article_id and two.figure.potential and not one.figure.potential
    ]
    if not pairs:
        return None
    one, two = max(pairs, key=lambda pair: (pair[0].score + pair[1].score, pair[0].figure.as_of or ""))
    result = one.figure.value + two.figure.value
    derived = Segment(
        text=(
            f"Nếu tất cả được công nhận: {vietnamese_number(one.figure.value)} + {vietnamese_number(two.figure.value)} "
            f"= {vietnamese_number(result)} sản phẩm."
        ),
        kind="derived",
        evidence=(evidence_of(one.figure, corpus), evidence_of(two.figure, corpus)),
        reckoning=Reckoning(operation="sum", operands=((one.figure.value, 0), (two.figure.value, 1)), result=result),
    )
    rows = [Row(key=question.places[0], fitted=item) for item in (one, two)]
    said = _said(one, result, corpus)
    shown = dict.fromkeys((*(line(row.figure, corpus) for row in rows), *(quoted(item) for item in said)))
    return Draft(
        status="answered",
        segments=(derived, connective(RECKONED), *shown),
        notices=dates_notice(rows, corpus, "nên chỉ để tham khảo"),
        strength=0.9,
    )


def _fitting(question: Question, sought: Sought, ask: Ask, corpus: Corpus) -> list[Fitted]:
    return [item for item in fit(question, sought, ask, corpus) if item.own_place and item.fits_time is not False]


def _said(item: Fitted, result: float, corpus: Corpus) -> list[Evidence]:
    """The sentences of the article that suppose the same and give the same sum."""
    article = evidence_of(item.figure, corpus).article
    return [
        Evidence(article=article, start=start, end=end)
        for start, end, _, _ in corpus.sentences(article)
        if says(tokens(article.text[start:end]), "nếu")
        and any(number.value == result for number in find_numbers(article.text[start:end]))
    ]
