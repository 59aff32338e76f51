"""What each has on average ("mỗi chủ thể có mấy sản phẩm"), of one place, of several, of several kinds of makers."""

import re
from dataclasses import dataclass, replace

from assistant.amounts import amount, naming, place_name
from assistant.answer import HIGHEST_FIRST, MONEY_FORMS, RECKONED, ratio_told, vietnamese_number
from assistant.compare import Row, dates_notice
from assistant.corpus import Corpus
from assistant.count import time_notices
from assistant.draft import Draft, Reckoning, Segment, connective, quoted
from assistant.evidence import Evidence
from assistant.fitted import Fitted, best_of, evidence_of
from assistant.fitting import fit
from assistant.fitting_time import coarser
from assistant.kinds_compared import DIVIDES, makers_in
from assistant.limits import stock_in
from assistant.question import Question
from assistant.sought import PRODUCTS, Ask, Sought, seek
from assistant.wording import begins_with, find_phrase, says
from index.figures.counted import FORMS, NOUNS, PRODUCERS, multiplier

_EACH = re.compile(r"(?<!\w)(?:mỗi|một|bình quân|trung bình)(?!\w)", re.IGNORECASE)
# What people call makers of any kind.
_MAKERS = ("nhà làm", "nhà sản xuất", "đơn vị", "đầu đơn vị", "đầu mối", "cơ sở", "nhà")
# What is reckoned of one kind of makers is of their products alone.
_KINDS = PRODUCERS - {"chủ thể"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quotient:
    """Two figures of one article, the first of which is divided by the second; stated: a sentence that itself says how
    many each has. Without two figures there is that sentence."""

    per: Ask
    counted: Ask
    pair: tuple[Fitted, Fitted] | None
    stated: Fitted | None

    @property
    def value(self) -> float:
        """How many each has; 0 where only a sentence says so."""
        return 0.0 if self.pair is None else self.pair[0].figure.value / self.pair[1].figure.value


def average(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """How many of one thing each of another has, reckoned from two figures of one article, or as a source says it; of
    several places, or kinds of makers, each, the highest first. None for other questions, and where one is not held."""
    pers = _pers(question)
    if not pers:
        return None
    asks = [ask for ask in sought.asks if ask.what not in {per.what for per in pers}]
    if not asks and says(question.tokens, "tiền", "thưởng", "đồng", "triệu", "tỷ", "kinh phí", "doanh thu", "vốn"):
        asks = [Ask(what="đồng", form="đồng", stars=None)]
    if not asks and _averages(question) and says(question.tokens, PRODUCTS.form):
        asks = [PRODUCTS]  # "bên nào bình quân nhiều sản phẩm nhất"
    if not asks:
        return None
    if asks[0].what == "đồng" and question.stars is not None and not _averages(question):
        return None  # what one of a grade is paid is a rate, which dividing a sum by all does not tell
    found = [_quotient(question, one, per, asks[0], corpus) for one in each_place(sought) for per in pers]
    held = [one for one in found if one is not None]
    left = tuple(per.form for per, one in zip(pers, found, strict=False) if one is None) if len(pers) > 2 else ()
    if len(held) < len(found) - len(left) or not held:
        return None
    return _draft(held[0], sought, corpus) if len(found) == 1 else _beside(held, sought, corpus, left)


def each_place(sought: Sought) -> list[Sought]:
    """What is sought, of each place by itself, and of its own time where as many are named."""
    if len(sought.places) < 2:
        return [sought]
    paired = len(sought.times) == len(sought.places)
    return [
        replace(sought, places=(key,), times=(sought.times[at],) if paired else sought.times)
        for at, key in enumerate(sought.places)
    ]


def _draft(one: _Quotient, sought: Sought, corpus: Corpus) -> Draft:
    """What one place, or kind, has."""
    own = [] if one.stated is None else [quoted(evidence_of(one.stated.figure, corpus))]
    if one.pair is None:
        used = [one.stated] if one.stated is not None else []
        return Draft(status="answered", segments=tuple(own), notices=tuple(time_notices(sought, used)), strength=0.9)
    quotes = [quoted(evidence_of(item.figure, corpus)) for item in one.pair]
    return Draft(
        status="answered",
        segments=(_reckoned(one, corpus), connective(RECKONED), *dict.fromkeys((*quotes, *own))),
        notices=tuple(dict.fromkeys(time_notices(sought, list(one.pair)))),
        strength=0.9,
    )


def _beside(held: list[_Quotient], sought: Sought, corpus: Corpus, left: tuple[str, ...]) -> Draft | None:
    """What several have, the highest first, and of which kinds it is not known; None where one is not reckoned, or no
    text names its place."""
    pairs = [(one, one.pair) for one in sorted(held, key=lambda one: -one.value) if one.pair is not None]
    named = [naming(pair[0].figure, corpus) for _, pair in pairs]
    of_places = len(sought.places) > 1
    if len(pairs) < max(len(held), 2) or (of_places and any(name is None for name in named)):
        return None
    lines = [
        _reckoned(one, corpus, naming=name or () if of_places else None)
        for (one, _), name in zip(pairs, named, strict=True)
    ]
    used = [item for _, pair in pairs for item in pair]
    quotes = dict.fromkeys(quoted(evidence_of(item.figure, corpus)) for item in used)
    rows = [Row(key=pair[0].figure.place or one.per.form, fitted=pair[0]) for one, pair in pairs]
    missing = (f"Không tìm thấy số liệu để tính cho: {', '.join(left)}.",) if left else ()
    return Draft(
        status="partial" if left else "answered",
        segments=(connective(HIGHEST_FIRST), *lines, connective(RECKONED), *quotes),
        notices=(*missing, *dates_notice(rows, corpus, "nên chỉ so sánh để tham khảo")),
        strength=0.9,
    )


def _quotient(question: Question, sought: Sought, per: Ask, counted: Ask, corpus: Corpus) -> _Quotient | None:
    framed = {token for form in ("tiền", per.form, counted.form, *DIVIDES) for token in form.split()}
    # without a place the words before what is counted say of what it is
    placed = sought.places or sought.subplaces or question.national
    limits = sought.limits if placed else seek(question, corpus.subplaces).limits
    words = tuple(word for word in limits.words if word not in framed | _framing(question))
    given = sought.numbers  # "biết tỉnh có 97 sản phẩm"
    sought = replace(sought, limits=replace(sought.limits, words=words), numbers=())
    over = [item for item in fit(question, sought, counted, corpus) if item.own_place and item.fits_time is not False]
    under = [
        item
        for stars in dict.fromkeys((question.stars, None, (3, 4)))
        for item in fit(question, sought, replace(per, stars=stars), corpus)
        if item.own_place
    ]
    said = [item for item in over if _EACH.search(item.figure.context)]
    over = [item for item in over if item not in said]
    pairs = [
        (top, bottom)
        for top in over
        for bottom in under
        if top.figure.article_id == bottom.figure.article_id
        and bottom.figure.value > 0
        # what one sentence divides is of one time
        and (bottom.fits_time is not False or top.figure.start == bottom.figure.start)
        and (not _of_a_kind(per, bottom, corpus) or _of_that_kind(top, bottom, corpus))
    ]
    if given:
        pairs = [pair for pair in pairs if {pair[0].figure.value, pair[1].figure.value} & set(given)]
    stated = best_of(said)
    if not pairs and stated is None:
        return None
    best = max(
        pairs,
        key=lambda pair: (
            not any(coarser(sought, item.figure) for item in pair),
            pair[0].figure.whole or stock_in(pair[0].figure.context),
            pair[0].figure.start == pair[1].figure.start,
            pair[0].score + pair[1].score,
            pair[0].figure.as_of or "",
        ),
        default=None,
    )
    return _Quotient(per=per, counted=counted, pair=best, stated=stated)


def _of_a_kind(per: Ask, bottom: Fitted, corpus: Corpus) -> bool:
    """Whether an average is over makers of one kind: those asked for are, or their sentence counts others beside them
    ("8 doanh nghiệp, 11 cơ sở")."""
    if per.what in _KINDS:
        return True
    one = bottom.figure
    beside = (figure for figure in corpus.figures_of(one.article_id) if figure.start == one.start and figure != one)
    return per.form != "chủ thể" and any(figure.what in PRODUCERS for figure in beside)


def _of_that_kind(top: Fitted, bottom: Fitted, corpus: Corpus) -> bool:
    """Whether a number is of the makers of one kind: it stands right behind theirs ("8 doanh nghiệp với 22 sản phẩm"),
    or in a sentence that counts no makers of another ("62 sản phẩm của 29 hợp tác xã")."""
    one, other = top.figure, bottom.figure
    if one.start != other.start:
        return False
    together = [figure for figure in corpus.figures_of(one.article_id) if figure.start == one.start]
    if all(figure is other or figure.what not in PRODUCERS for figure in together):
        return True
    behind = [figure for figure in together if figure.number_start > other.number_start and figure.star is None]
    return min(behind, key=lambda figure: figure.number_start, default=None) is one


def _reckoned(one: _Quotient, corpus: Corpus, naming: tuple[Evidence, ...] | None = None) -> Segment:
    """The quotient with its arithmetic. naming: what names its place, where that is to be said."""
    assert one.pair is not None
    top, bottom = one.pair
    money = top.figure.what == "đồng"
    form = next((name for name in MONEY_FORMS if one.value >= multiplier(name)), "đồng") if money else one.counted.form
    unit = multiplier(form) if money else 1
    result = ratio_told(one.value / unit) * unit
    about = "" if result == one.value else "khoảng "
    evidences = (evidence_of(top.figure, corpus), evidence_of(bottom.figure, corpus))
    whole = amount(top.figure, evidences[0]) if money else f"{vietnamese_number(top.figure.value)} {form}"
    text = (
        f"rung bình mỗi {one.per.form} có {about}{vietnamese_number(result / unit)} {form} "
        f"({whole} / {vietnamese_number(bottom.figure.value)} {one.per.form})."
    )
    return Segment(
        text=f"T{text}" if naming is None else f"{place_name(top.figure)}: t{text}",
        kind="derived",
        evidence=(*evidences, *(naming or ())),
        reckoning=Reckoning(
            operation="quotient", operands=((top.figure.value, 0), (bottom.figure.value, 1)), result=result
        ),
    )


def _framing(question: Question) -> frozenset[str]:
    """What only sets the kinds of makers beside one another, and says of each ("trên mỗi đơn vị")."""
    makers = makers_in(question)
    called = {token for maker in makers for token in maker.form.split()} if len(makers) > 1 else set()
    return frozenset(called | {token for maker in _MAKERS for token in maker.split()})


def _pers(question: Question) -> tuple[Ask, ...]:
    """What an average is taken over: the kinds of makers it sets beside one another, or the noun after "mỗi" or
    "một"."""
    makers = makers_in(question)
    if len(makers) > 1 and _averages(question):
        return makers
    for cue in ("mỗi", "một", "trên một", "từng"):
        at = find_phrase(question.tokens, cue)
        if at < 0:
            continue
        rest = question.tokens[at + len(cue.split()) :]
        form = begins_with(rest, FORMS)
        if form is not None and (cue != "một" or _averages(question)):
            return (Ask(what=NOUNS[form], form=form, stars=None),)
        if begins_with(rest, _MAKERS) is not None and _averages(question):
            return (Ask(what="chủ thể", form="chủ thể", stars=None),)
    return ()


def _averages(question: Question) -> bool:
    return says(question.tokens, *DIVIDES)
