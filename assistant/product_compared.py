"""Points compared: of one product at several recognitions ("chấm năm 2022 và 2025, lần nào điểm cao hơn?"), of two
products as each was last scored ("hồng trà với hoàng trà Đèo Gió, món nào điểm cao hơn?")."""

import re

from assistant.answer import vietnamese_number
from assistant.corpus import Corpus
from assistant.draft import Draft, Reckoning, Segment
from assistant.product_lines import ProductWriter, points_printed
from assistant.products_named import products_meant
from assistant.question import Question
from assistant.times import days_meant
from assistant.wording import says, tokens
from index.period import first_day, last_day
from index.products.product import Product, Recognition

_WHICH = ("lần nào", "năm nào", "đợt nào", "lần chấm nào", "khi nào", "hồi nào", "bên nào", "lần sau", "lần trước")
_WHICH_ONE = ("món nào", "cái nào", "sản phẩm nào", "loại nào", "thứ nào", "cái gì", "món gì")
_MORE = (
    "cao hơn", "nhiều hơn", "thấp hơn", "ít hơn", "hơn điểm", "cao điểm hơn", "thấp điểm hơn", "nhiều điểm hơn",
    "cao nhất", "thấp nhất", "kém hơn", "nhỉnh hơn",
)  # fmt: skip
_CHANGED = (
    "tăng hay giảm", "giảm hay tăng", "tăng giảm", "tăng", "giảm", "chênh", "chênh nhau", "hơn nhau", "kém nhau",
    "thay đổi", "khác nhau", "so với", "tiến bộ", "nhích", "nhích lên", "lên được", "lên bao nhiêu", "lên mấy",
    "thêm bao nhiêu", "thêm mấy", "thêm được", "tụt", "rớt", "cải thiện", "cách nhau",
)  # fmt: skip
_LEAST = 2
_AND = re.compile(r"\s+(?:và|với|hay|hoặc|so với|va|voi|hoac)\s+", re.IGNORECASE)


def compared_draft(question: Question, corpus: Corpus) -> Draft | None:
    """How the points of the product a question names changed, each with its decision; None where that is not asked, or
    fewer than two recognitions asked about print points."""
    if not (says(question.tokens, "điểm") and _asks(question)) or question.documents or not len(corpus.held):
        return None
    pair = _two_products(question, corpus)
    if pair:
        scored = pair
    else:
        named = corpus.held.names.find(question.tokens)
        products = [] if named is None else products_meant(named, question, corpus)
        if len(products) != 1:
            return None
        scored = _scored(products[0], question)
    if len(scored) < _LEAST:
        return None
    writer = ProductWriter(corpus, None)
    segments = [*_verdict(scored, writer, of_one=not pair), *(line for one in scored for line in _line(one, writer))]
    return Draft(status="answered", segments=tuple(dict.fromkeys(segments)), strength=1.0)


def _two_products(question: Question, corpus: Corpus) -> list[Recognition]:
    """The latest recognitions with points of two products that a question names on either side of an "and", the first
    perhaps without the place that both names end with; none where it names no two."""
    for match in _AND.finditer(question.text):
        before, after = tokens(question.text[: match.start()]), tokens(question.text[match.end() :])
        second = corpus.held.names.find(after)
        if second is None or not second.whole:
            continue
        ending = after[second.start : second.end]
        for first in (corpus.held.names.find((*before, *ending[at:])) for at in range(len(ending), 0, -1)):
            if first is None or not first.whole or first.start >= len(before):
                continue
            one, other = (corpus.held.products(named.rows) for named in (first, second))
            if len(one) == len(other) == 1 and one[0].key != other[0].key:
                scored = [_scored(product, question)[-1:] for product in (*one, *other)]
                return [each for found in scored for each in found] if all(scored) else []
    return []


def _asks(question: Question) -> bool:
    """Whether several occasions are to be held against each other."""
    several = len(question.when) > 1 or says(question.tokens, *_WHICH, *_WHICH_ONE)
    more = says(question.tokens, *_MORE) or (len(question.when) > 1 and says(question.tokens, "hơn", "kém", "thua"))
    return (several and more) or says(question.tokens, *_CHANGED)


def _scored(product: Product, question: Question) -> list[Recognition]:
    """The recognitions that print points, of the times a question names where it names two or more; earliest first."""
    scored = [one for one in product.history if one.row.score is not None and one.corrected_by is None and one.on]
    windows = days_meant(question.when, question.period)
    if len(windows) < _LEAST:
        return scored
    fitting = [
        [
            one
            for one in scored
            if one.on is not None and first.toordinal() <= last_day(one.on) and first_day(one.on) <= last.toordinal()
        ]
        for first, last in windows
    ]
    if not all(fitting):
        return []  # of one of the times nothing is known
    return [one for one in scored if any(one in among for among in fitting)]


def _verdict(scored: list[Recognition], writer: ProductWriter, *, of_one: bool) -> list[Segment]:
    """Which of the recognitions, `of_one` product or of two, had most points, and of two by how much."""
    best = max(scored, key=lambda one: one.row.score or 0.0)
    told = writer.told_by(best)
    if told is None or best.row.score is None:
        return []
    paper, held = writer.paper_spoken(told[1])
    name = best.row.name.text
    values = [one.row.score for one in scored if one.row.score is not None]
    lines = [writer.row_evidence(one)[0] for one in scored]
    evidence = tuple(dict.fromkeys((writer.row_evidence(best)[0], *lines, *held)))
    operands = tuple((value, evidence.index(line)) for value, line in zip(values, lines, strict=True))
    if len(set(values)) == 1 and not of_one:
        return []
    if len(set(values)) == 1:
        text = f"{name}: các lần chấm bằng điểm nhau, đều {points_printed(best.row)} điểm."
        return writer.counted(text, evidence, Reckoning(operation="maximum", operands=operands, result=values[0]))
    if len(scored) > _LEAST:
        text = f"{name}: điểm cao nhất là {points_printed(best.row)}, theo {paper}."
        return writer.counted(text, evidence, Reckoning(operation="maximum", operands=operands, result=max(values)))
    other = next(one for one in scored if one is not best)
    by = round(max(values) - min(values), 2)
    which = f"{name}: lần chấm theo {paper} cao hơn" if of_one else f"{name} cao điểm hơn {other.row.name.text}"
    amount = f"{vietnamese_number(by)} điểm ({points_printed(best.row)} - {points_printed(other.row)})"
    text = f"{which} {amount}."
    ordered = tuple(sorted(operands, reverse=True))
    return writer.counted(text, evidence, Reckoning(operation="difference", operands=ordered, result=by))


def _line(one: Recognition, writer: ProductWriter) -> list[Segment]:
    """The points and the star of one recognition, with its decision."""
    told = writer.told_by(one)
    if told is None:
        return []
    paper, held = writer.paper_spoken(told[1])
    star = "" if one.row.star is None else f", {one.row.star} sao"
    text = f"{one.row.name.text}: {points_printed(one.row)} điểm{star} theo {paper}."
    return writer.claimed(text, (*writer.row_evidence(one), *held))
