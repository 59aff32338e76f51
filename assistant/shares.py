"""What share of its products a place has of a grade, what share of its makers is of a kind; of several places each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.amounts import naming, place_name, stated_line
from assistant.answer import HIGHEST_FIRST, RECKONED, share_told, vietnamese_number
from assistant.averages import each_place
from assistant.compare import Row, dates_notice
from assistant.corpus import Corpus
from assistant.count import time_notices
from assistant.draft import Draft, Reckoning, Segment, connective, quoted
from assistant.evidence import Evidence
from assistant.fitted import Fitted, evidence_of
from assistant.fitting import fit
from assistant.kinds_compared import makers_in
from assistant.question import Question
from assistant.share_of_all import share_of_all
from assistant.sought import PRODUCTS, Ask, Sought, seek
from assistant.wording import says
from index.figures.figure import NATIONAL

_SHARE = ("tỷ trọng", "tỉ trọng", "tỷ lệ", "tỉ lệ", "phần trăm")
_FRAME = frozenset("chiếm phần trăm tỷ tỉ lệ trọng tổng cao thấp hơn nhất nêu".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Share:
    """Two figures of one article and time, the first of them a part of the second; form: what the second counts."""

    part: Fitted
    whole: Fitted
    form: str

    @property
    def percent(self) -> float:
        """In [0, 100], not share_told."""
        return 100 * self.part.figure.value / self.whole.figure.value


def compares_shares(question: Question) -> bool:
    """Whether a question sets shares of a grade beside one another, not counts ("nơi nào tỷ trọng 4 sao cao hơn")."""
    several = len(question.places) > 1 or not question.places
    return (
        question.stars is not None
        and question.wanted in ("compare", "share")
        and several
        and says(question.tokens, *_SHARE)
    )


def share(question: Question, corpus: Corpus) -> Draft | None:
    """What share of a place's products has the grade asked, or of its makers is of the kind asked, or of its communes
    and the like has any, where the source states both numbers but no share; of several places, or where shares are
    compared over all, the highest first."""
    sought = seek(question, corpus.subplaces)
    if (draft := share_of_all(question, sought, corpus)) is not None:
        return draft
    if (part := _of_district(question, sought, corpus)) is not None:
        return _alone(part, sought, corpus)
    if not sought.places and question.wanted == "compare":
        keys = {figure.place for figure in corpus.figures if figure.place is not None} - {NATIONAL}
        every = (_share(question, one, corpus) for one in each_place(replace(sought, places=tuple(sorted(keys)))))
        return _beside([one for one in every if one is not None], corpus)
    found = [_share(question, one, corpus) for one in each_place(sought)]
    held = [one for one in found if one is not None]
    if not held or len(held) < len(found):
        return None
    return _alone(held[0], sought, corpus) if len(held) == 1 else _beside(held, corpus, whole=True)


def _share(question: Question, sought: Sought, corpus: Corpus) -> _Share | None:
    asked = next((ask for ask in sought.asks if ask.what == "%"), None)
    stars = question.stars if asked is None else asked.stars or question.stars
    makers = makers_in(question) if stars is None else ()
    limited = _limited(sought, stars, makers)
    if not sought.places or (stars is None and len(makers) != 1 and not limited):
        return None
    if stars is not None and fit(question, sought, Ask(what="%", form="%", stars=stars), corpus):
        return None  # the source says it
    whole_asked = Ask(what="chủ thể", form="chủ thể", stars=None) if makers else PRODUCTS
    part_asked = makers[0] if makers else replace(PRODUCTS, stars=stars)
    framed = _FRAME | {*whole_asked.form.split(), *part_asked.form.split()}
    words = tuple(word for word in sought.limits.words if word not in framed)
    given = sought.numbers  # "trong 80 chủ thể"
    sought = replace(sought, limits=replace(sought.limits, words=words), numbers=())
    parts = [item for item in fit(question, sought, part_asked, corpus) if item.own_place]
    if limited:
        sought = replace(sought, limits=replace(sought.limits, words=(), groups=frozenset()))
    wholes = [
        item
        for item in fit(question, sought, whole_asked, corpus)
        if item.own_place and (not given or item.figure.value in given)
    ]
    pairs = [
        (part, whole)
        for part in parts
        for whole in wholes
        if part.figure.article_id == whole.figure.article_id
        and (part.figure.as_of == whole.figure.as_of or (part.borrowed and whole.fits_time is not False))
        and whole.figure.value >= part.figure.value > 0
        and part.fits_time is not False
    ]
    if not pairs:
        return None
    part, whole = max(
        pairs,
        key=lambda pair: (
            pair[0].figure.start == pair[1].figure.start,  # "97 sản phẩm, gồm 9 sản phẩm 4 sao"
            pair[0].score + pair[1].score,
            pair[0].figure.as_of or "",
        ),
    )
    return _Share(part=part, whole=whole, form=whole_asked.form)


def _of_district(question: Question, sought: Sought, corpus: Corpus) -> _Share | None:
    """What share of its province's products one district or commune has, by figures of one article and time."""
    if question.wanted != "share" or len(sought.subplaces) != 1:
        return None
    asked = next((ask for ask in sought.asks if ask.what != "%"), replace(PRODUCTS, stars=question.stars))
    words = tuple(word for word in sought.limits.words if word not in _FRAME | {*asked.form.split(), "ocop"})
    plain = replace(sought, limits=replace(sought.limits, words=words), numbers=())
    parts = [item for item in fit(question, plain, asked, corpus) if item.figure.subplace is not None]
    keys = tuple({item.figure.place for item in parts if item.figure.place is not None})
    wholes = [
        item
        for item in (fit(question, replace(plain, places=keys, subplaces=()), asked, corpus) if keys else ())
        if item.figure.subplace is None and item.figure.whole
    ]
    pairs = [
        _Share(part=part, whole=whole, form=asked.form)
        for part in parts
        for whole in wholes
        if (part.figure.article_id, part.figure.as_of) == (whole.figure.article_id, whole.figure.as_of)
        and whole.figure.value >= part.figure.value > 0
        and part.fits_time is not False
    ]
    return max(pairs, key=lambda one: one.part.score + one.whole.score, default=None)


def _limited(sought: Sought, stars: tuple[int, int] | None, makers: Sequence[Ask]) -> bool:
    """Whether a share of what neither a grade nor a kind of makers limits is asked: "hết hạn chiếm mấy phần trăm"."""
    return stars is None and not makers and bool(sought.limits.groups)


def _alone(one: _Share, sought: Sought, corpus: Corpus) -> Draft:
    shown = _shown(one, corpus, limited=bool(sought.limits.groups) and one.part.figure.star is None)
    return Draft(
        status="answered",
        segments=(_derived(one, share_told(one.percent), corpus), connective(RECKONED), *dict.fromkeys(shown)),
        notices=tuple(dict.fromkeys(time_notices(sought, [one.part, one.whole]))),
        strength=0.9,
    )


def _beside(held: list[_Share], corpus: Corpus, *, whole: bool = False) -> Draft | None:
    """The shares of several places, with those that no text names told apart; None where there are not several, or
    (whole) not all can be told."""
    ranked = sorted(held, key=lambda one: -one.percent)
    named = [(one, name) for one in ranked if (name := naming(one.part.figure, corpus)) is not None]
    if len(named) < 2 or (whole and len(named) < len(ranked)):
        return None
    every = [one.percent for one, _ in named]
    lines = [_derived(one, share_told(one.percent, every), corpus, name) for one, name in named]
    shown = [line for one, _ in named for line in _shown(one, corpus, limited=False)]
    rows = [Row(key=one.part.figure.place or "", fitted=one.part) for one, _ in named]
    left = [place_name(one.part.figure) for one in ranked if naming(one.part.figure, corpus) is None]
    missing = (f"Chưa xếp {', '.join(left)}: nguồn có số liệu nhưng không câu nào nêu tên nơi ấy.",) if left else ()
    return Draft(
        status="partial" if left else "answered",
        segments=(connective(HIGHEST_FIRST), *lines, connective(RECKONED), *dict.fromkeys(shown)),
        notices=(*missing, *dates_notice(rows, corpus, "nên chỉ so sánh để tham khảo")),
        strength=0.9,
    )


def _derived(one: _Share, told: float, corpus: Corpus, named: tuple[Evidence, ...] | None = None) -> Segment:
    """The share with its arithmetic. told: in percent, as it is said. named: what names its place, where that is to be
    said."""
    part, whole = one.part.figure, one.whole.figure
    said = f"{vietnamese_number(part.value)} / {vietnamese_number(whole.value)} {one.form}"
    about = "" if told == one.percent else "khoảng " if named is not None else "Khoảng "
    opening = "" if named is None else f"{place_name(part)}: "
    return Segment(
        text=f"{opening}{about}{vietnamese_number(told)} % ({said}).",
        kind="derived",
        evidence=(evidence_of(part, corpus), evidence_of(whole, corpus), *(named or ())),
        reckoning=Reckoning(operation="share", operands=((part.value, 0), (whole.value, 1)), result=told),
    )


def _shown(one: _Share, corpus: Corpus, *, limited: bool) -> list[Segment]:
    """What a share rests on: short lines, of a part limited otherwise than by a grade its sentence."""
    return [
        (None if limited else stated_line(item.figure, corpus)) or quoted(evidence_of(item.figure, corpus))
        for item in (one.part, one.whole)
    ]
