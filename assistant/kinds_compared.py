"""Counts of several grades, or of several kinds of makers, of one place: which is more, and what they make together."""

import re
from dataclasses import dataclass, replace
from itertools import chain

from assistant.amounts import amount, grade, grading, line
from assistant.answer import COMPARED, RECKONED, vietnamese_number
from assistant.any_kind import of_any_kind
from assistant.compare import RATIO, Row, dates_notice, of_one_article, times_as_many
from assistant.corpus import Corpus
from assistant.draft import Draft, Operation, Reckoning, Segment, connective, quoted
from assistant.evidence import Evidence
from assistant.fitted import Fitted, best_of, evidence_of, standing_of
from assistant.fitting import fit
from assistant.limits import limit_groups_asked
from assistant.question import Question
from assistant.sentences import source_notice
from assistant.sought import PRODUCTS, Ask, Sought
from assistant.told import with_columns
from assistant.wording import begins_with, places_of, says
from index.figures.counted import FORMS, NOUNS, PRODUCERS

# What asks for averages.
DIVIDES = ("trung bình", "bình quân", "chia đều")
_SETS_BESIDE = (
    "nhiều hơn", "ít hơn", "hơn", "hay", "đông hơn", "áp đảo", "trội hơn", "so với", "so sánh", "chênh", "nhiều nhất",
    "ít nhất", "đông nhất", "gấp", "kém", "ngược lại", "bên nào",
)  # fmt: skip
_LEAST = ("ít hơn", "ít nhất", "kém", "thua")
_ADDED, _NOT_ADDED = ("cộng", "gộp"), ("cộng đồng", "cộng tác", "cộng hòa")
_TO_TOTAL = ("tổng", "tổng số", "khớp", "không ra", "thiếu", "bằng tổng", "cả thảy", "toàn bộ")
# "3 sao hay 4 sao", "3 với 4 sao", "3, 4 và 5 sao"
_STAR = re.compile(
    r"(?<![\w.,/])(?P<star>[3-5]|ba|bốn|năm)(?=\s?(?:sao|\*)(?!\w)|(?:\s?,\s?[3-5])*\s(?:và|với|hay|hoặc|cộng)\s(?:hạng\s)?[3-5]\s?sao)",
    re.IGNORECASE,
)
_MONEY = Ask(what="đồng", form="đồng", stars=None)
_PAID = ("thưởng", "hỗ trợ", "khuyến khích", "mức", "tiền", "trợ cấp", "chi")
_OF_PAYING = limit_groups_asked(("thưởng",))
_IN_WORDS = {"ba": 3, "bốn": 4, "năm": 5}
_EVERY_GRADE = ("ba hạng", "các hạng", "cả ba hạng", "từng hạng", "mọi hạng", "mấy hạng sao")
# What only frames a question about several kinds.
_FRAME = frozenset(
    "đông nhiều ít áp đảo trội ngược khớp thiếu bằng ra không gấp lần làm vẫn thật à chủ thể đơn vị kinh doanh".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """One kind with its figure, and what it is called: "hạng 4 sao", "hợp tác xã"."""

    name: str
    ask: Ask
    fitted: Fitted

    @property
    def value(self) -> float:
        return self.fitted.figure.value


_PRODUCTS_OF_EACH = tuple(
    f"{how_many} {what}"
    for how_many in ("nhiều", "ít", "góp nhiều", "mấy", "bao nhiêu")
    for what in ("sản phẩm", "món")
)


def kinds_compared(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """Which of the grades or makers a question names is more, or what they make together and what is then left of the
    total, with every figure; None for other questions, and where a figure is not held."""
    asks = _asks(question)
    asked = question.tokens
    if len(asks) < 2 or len(question.places) > 1 or len(question.dates) > 1 or question.documents:
        return None
    if says(asked, *DIVIDES) and not asks[0].stars:
        return None  # what each has on average, not what all have
    adds = len(list(places_of(asked, _ADDED))) > len(list(places_of(asked, _NOT_ADDED)))
    if not adds and not says(asked, *_SETS_BESIDE) and not of_any_kind(asked):
        return None
    sought = _of_kinds(sought, asks)
    if not (sought.places or sought.subplaces):
        return None
    kinds = _kinds(question, sought, asks, corpus)
    if of_any_kind(question.tokens):
        return _of_every_kind(question, kinds, corpus)
    if len(kinds) < len(asks):
        return None
    if not asks[0].stars and asks[0].what in PRODUCERS and says(asked, *_PRODUCTS_OF_EACH):
        kinds = [with_products for kind in kinds if (with_products := _of_products(kind, corpus)) is not None]
        if len(kinds) < len(asks):
            return None  # which makers have more products, not which are more
    if adds:
        return _added(question, sought, kinds, corpus)
    return _compared(question, kinds, corpus)


def _of_every_kind(question: Question, kinds: list[_Kind], corpus: Corpus) -> Draft | None:
    """Which kind of all is most, where those read make up the total that their sentence gives; else that sentence,
    which counts each kind; None where it counts no two."""
    if len(kinds) < 2:
        return None
    first = kinds[0].fitted.figure
    kinds = [kind for kind in kinds if kind.fitted.figure.start == first.start]
    totals = {
        one.value
        for one in corpus.figures_of(first.article_id)
        if (one.start, one.what, one.part) == (first.start, "chủ thể", False)
    }
    whole = sum(kind.value for kind in kinds) in totals
    if says(question.tokens, *_PRODUCTS_OF_EACH):
        counted = [with_products for kind in kinds if (with_products := _of_products(kind, corpus)) is not None]
        whole, kinds = whole and len(counted) == len(kinds), counted
    if whole and len(kinds) > 1:
        return _compared(question, kinds, corpus)
    evidence = evidence_of(first, corpus)
    return Draft(status="answered", segments=(quoted(evidence),), notices=source_notice(evidence.article), strength=0.9)


def _asks(question: Question) -> tuple[Ask, ...]:
    """The grades a question names, each as a count of products; else the kinds of makers."""
    stars = dict.fromkeys(
        _IN_WORDS.get(match["star"].lower()) or int(match["star"]) for match in _STAR.finditer(question.text)
    )
    if says(question.tokens, *_EVERY_GRADE) and len(stars) < 2:
        stars = dict.fromkeys((3, 4, 5))
    if len(stars) > 1:
        what = _MONEY if _of_money(question) else PRODUCTS
        return tuple(replace(what, stars=(star, star)) for star in stars)
    if of_any_kind(question.tokens):
        return tuple(Ask(what=what, form=what, stars=None) for what in sorted(PRODUCERS - {"chủ thể"}))
    return makers_in(question)


def _of_money(question: Question) -> bool:
    """Whether it is what grades are paid that is set beside one another, not how many have them."""
    return any(one.what == _MONEY.what for one in question.counted) or (
        says(question.tokens, *_PAID) and not question.counted
    )


def makers_in(question: Question) -> tuple[Ask, ...]:
    """The kinds of makers a question names, each as a count of them; not makers of any kind."""
    makers: dict[str, Ask] = {}
    at = 0
    while at < len(question.tokens):
        rest = question.tokens[at:]
        form = begins_with(rest, FORMS) or ""
        what = NOUNS.get(form, "")
        if what in PRODUCERS - {"chủ thể"}:
            makers.setdefault(what, Ask(what=what, form=form, stars=None))
        at += len(form.split()) or 1
    return tuple(makers.values())


def _of_kinds(sought: Sought, asks: tuple[Ask, ...]) -> Sought:
    """What is sought, less the words by which the kinds are called and set beside one another."""
    called = _FRAME | {token for ask in asks for token in ask.form.split()}
    if asks[0].what == _MONEY.what:  # money is what is paid, in whatever words
        called |= {token for phrase in _PAID for token in phrase.split()}
        sought = replace(sought, limits=replace(sought.limits, groups=sought.limits.groups - _OF_PAYING))
    words = tuple(word for word in sought.limits.words if word not in called)
    return replace(sought, limits=replace(sought.limits, words=words), numbers=())


def _kinds(question: Question, sought: Sought, asks: tuple[Ask, ...], corpus: Corpus) -> list[_Kind]:
    """The figure of every kind, of one article and, where it has such, of one sentence and time."""
    found = of_one_article([_fitting(question, sought, ask, corpus) for ask in asks])
    first = best_of(chain(*found)) if of_any_kind(question.tokens) else best_of(found[0])
    if first is None:
        return []
    kinds: list[_Kind] = []
    for ask, fitted in zip(asks, found, strict=True):
        best = max(fitted, key=lambda item: (_together(item, first), standing_of(item)), default=None)
        if best is not None:
            name = ask.form if ask.stars is None else f"hạng {ask.stars[0]} sao"
            kinds.append(_Kind(name=name, ask=ask, fitted=best))
    return kinds


def _of_products(kind: _Kind, corpus: Corpus) -> _Kind | None:
    """How many products the makers of a kind have, told right after how many they are: "8 doanh nghiệp với 22 sản
    phẩm"; None where that is not told."""
    own = kind.fitted.figure
    after = [
        figure
        for figure in corpus.figures_counting(PRODUCTS.what, [] if own.place is None else [own.place])
        if figure.article_id == own.article_id
        and figure.start == own.start
        and figure.number_start > own.number_start
        and figure.star is None
    ]
    first = min(after, key=lambda figure: figure.number_start, default=None)
    return None if first is None else replace(kind, ask=PRODUCTS, fitted=replace(kind.fitted, figure=first))


def _fitting(question: Question, sought: Sought, ask: Ask, corpus: Corpus) -> list[Fitted]:
    fitted = fit(question, sought, ask, corpus)
    # "nước mắm" in the title alone does not make a town's products fish sauce
    return [
        item
        for item in fitted
        if item.own_place
        and item.fits_time is not False
        and not item.figure.potential
        and (item.held > 0 or not sought.limits.words)
    ]


def _together(item: Fitted, other: Fitted) -> int:
    """How close two figures stand: in one sentence, of one time, or neither."""
    same_place = item.figure.start == other.figure.start and item.figure.article_id == other.figure.article_id
    return 2 * same_place + (item.figure.as_of == other.figure.as_of)


def _compared(question: Question, kinds: list[_Kind], corpus: Corpus) -> Draft:
    asked = question.tokens
    least = says(asked, *_LEAST) and not says(asked, "nhiều hơn", "đông hơn")
    ranked = sorted(kinds, key=lambda kind: kind.value if least else -kind.value)
    first, second = ranked[0], ranked[1]
    noun = first.ask.form if first.ask.stars is not None or first.ask == PRODUCTS else "đơn vị"
    told = " so với ".join(_printed(kind, corpus) for kind in ranked[:2])
    paid = first.ask.what == _MONEY.what
    noun = "" if paid else f" {noun}"
    degree = ("ít" if least else "nhiều") + (" nhất" if len(ranked) > 2 else " hơn")
    name = f"{first.name[0].upper()}{first.name[1:]}"
    if len(ranked) > 2:
        text = f"{name} {degree}: {_printed(first, corpus)}{noun}."
    elif first.value == second.value:
        text = f"Bằng nhau: {_printed(first, corpus)}{noun}."
    else:
        text = f"{name} {degree}: {told}{noun}."
    lines = [_derived(text, ranked, "minimum" if least else "maximum", first.value, corpus)]
    high, low = sorted((first, second), key=lambda kind: -kind.value)
    if len(ranked) == 2 and low.value:
        if says(asked, *RATIO):
            text, ratio = times_as_many(high.value, low.value, _printed(high, corpus), _printed(low, corpus))
            lines.append(_derived(text, [high, low], "quotient", ratio, corpus))
        elif says(asked, "bao nhiêu", "mấy", "chênh"):
            rest = high.value - low.value
            terms = f"{_printed(high, corpus)} - {_printed(low, corpus)}"
            text = f"Chênh nhau {vietnamese_number(rest)}{' đồng' if paid else noun} ({terms})."
            lines.append(_derived(text, [high, low], "difference", rest, corpus))
    return _draft((*lines, connective(COMPARED)), kinds, corpus, "nên chỉ so sánh để tham khảo")


def _printed(kind: _Kind, corpus: Corpus) -> str:
    """A number as it is told: money as its source prints it ("300 triệu đồng")."""
    figure = kind.fitted.figure
    if figure.what != _MONEY.what:
        return vietnamese_number(kind.value)
    return amount(figure, evidence_of(figure, corpus)).removesuffix(grade(figure))


def _added(question: Question, sought: Sought, kinds: list[_Kind], corpus: Corpus) -> Draft:
    """The sum of the kinds; where their total is asked about too, what they lack of it or exceed it by."""
    summed = sum(kind.value for kind in kinds)
    terms = " + ".join(vietnamese_number(kind.value) for kind in kinds)
    noun = kinds[0].ask.form if kinds[0].ask.stars is not None else "đơn vị"
    text = f"Cộng các số liệu tìm thấy: {terms} = {vietnamese_number(summed)} {noun}."
    lines = [_derived(text, kinds, "sum", summed, corpus)]
    whole = _whole(question, sought, kinds, corpus)
    if whole is not None:
        rest = whole.value - summed
        taken = " - ".join(vietnamese_number(kind.value) for kind in (whole, *kinds))
        told = f"Còn thiếu {vietnamese_number(rest)} {noun} so với tổng số ({taken})."
        if rest == 0:
            told = f"Khớp với tổng số {vietnamese_number(whole.value)} {noun}."
        elif rest < 0:
            told = f"Nhiều hơn tổng số {vietnamese_number(-rest)} {noun} ({terms} - {vietnamese_number(whole.value)})."
        lines.append(_derived(told, [whole, *kinds], "difference", abs(rest), corpus))
    parts = kinds if whole is None else [*kinds, whole]
    return _draft((*lines, connective(RECKONED)), parts, corpus, "nên tổng chỉ để tham khảo")


def _whole(question: Question, sought: Sought, kinds: list[_Kind], corpus: Corpus) -> _Kind | None:
    """The total of what the kinds are kinds of, of their article, where the question speaks of it."""
    given = {float(number.replace(".", "").replace(",", ".")) for number in question.numbers}
    if not says(question.tokens, *_TO_TOTAL) and not given:
        return None
    what = kinds[0].ask.what if kinds[0].ask.stars is not None else "chủ thể"
    fitted = [
        item
        for item in _fitting(question, sought, Ask(what=what, form=what, stars=None), corpus)
        if item.figure.article_id == kinds[0].fitted.figure.article_id
        and item.figure.value >= max(kind.value for kind in kinds)
        and item.figure.bound is None
    ]
    fitted = [item for item in fitted if item.figure.value in given] or fitted
    best = max(fitted, key=lambda item: (item.figure.whole, standing_of(item)), default=None)
    return None if best is None else _Kind(name=what, ask=Ask(what=what, form=what, stars=None), fitted=best)


def _derived(text: str, kinds: list[_Kind], operation: Operation, result: float, corpus: Corpus) -> Segment:
    evidence: list[Evidence] = [evidence_of(kind.fitted.figure, corpus) for kind in kinds]
    heads = [one for kind in kinds for one in grading(kind.fitted.figure, evidence_of(kind.fitted.figure, corpus))]
    return Segment(
        text=text,
        kind="derived",
        evidence=(*evidence, *heads),
        reckoning=Reckoning(
            operation=operation,
            operands=tuple((kind.value, place) for place, kind in enumerate(kinds)),
            result=result,
        ),
    )


def _draft(lines: tuple[Segment, ...], kinds: list[_Kind], corpus: Corpus, caution: str) -> Draft:
    rows = [Row(key=kind.name, fitted=kind.fitted) for kind in kinds]
    # of the products of each kind only the sentence tells whose they are
    shown = dict.fromkeys(line(row.figure, corpus) for row in rows if kinds[0].ask != PRODUCTS)
    quotes = dict.fromkeys(with_columns(evidence_of(row.figure, corpus)) for row in rows)
    return Draft(
        status="answered",
        segments=tuple(dict.fromkeys((*lines, *shown, *quotes))),
        notices=dates_notice(rows, corpus, caution),
        strength=0.9,
    )
