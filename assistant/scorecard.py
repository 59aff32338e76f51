"""A product scored by a criteria set: points by part, the stars they give, and what stands in the way of the next one.

Two things must hold for a star, and a total alone never tells it. The points must lie in its band (Quyết định
26/2026/QĐ-TTg, Điều 3, khoản 3), and every criterion must reach at least its highest option marked ***, **** or *****
that is not above that star (the note under each set of Phụ lục II): what is marked *** binds at four and five stars
too. Three stars and more are recognised; where even three are not reached the lower bands hold, by points, and never
more than two stars.

Points are those the decision means (`index.criteria.sets.effective_points`), its misprints told beside them. A
criterion without an answer gives none and reaches no mark. What comes out is indicative: the law counts the average of
a council's marks.

ScorecardError(ValueError)
"""

from collections.abc import Sequence
from itertools import chain

from assistant.form import Form, Quote, quote
from assistant.scored import (
    BandShown,
    Choice,
    Condition,
    OptionShown,
    PartPoints,
    PossibleGain,
    Refusal,
    Scorecard,
    ScoredCriterion,
    StarStep,
    Unmet,
)
from index.criteria import sets as criteria
from index.criteria.bands import Band
from index.criteria.rejections import rejections
from index.criteria.sets import Criterion, Option, anomaly_at, effective_maximum, effective_points
from index.span import Span

STARS = (3, 4, 5)
INDICATIVE = (
    "Điểm tự chấm chỉ để tham khảo: hạng sao căn cứ điểm trung bình của hội đồng đánh giá, theo {basis}, không phải "
    "điểm chủ thể tự cho."
)


class ScorecardError(ValueError):
    """Answers that no form has; the message says what was found, what was expected and how to mend it.

    answer: which of the answers, counted from 0, None where it is none of them.
    """

    def __init__(self, message: str, *, answer: int | None = None) -> None:
        super().__init__(message)
        self.answer = answer


def score(form: Form, choices: Sequence[Choice]) -> Scorecard:
    """Score a form.

    Raises:
        ScorecardError: a choice names no criterion of the set, one that is scored by those under it, an option the
            criterion has not, or a criterion already answered.
    """
    chosen = _chosen(form, choices)
    lines = [_line(form, part.code, one, chosen) for part in form.criteria_set.parts for one in _scored(part)]
    parts = tuple(
        PartPoints(
            code=part.code,
            label=form.quote(part.start, part.end),
            points=_rounded(sum(line.points for line in lines if line.part == part.code)),
            max=effective_maximum(part, form.criteria_set),
        )
        for part in form.criteria_set.parts
    )
    points = _rounded(sum(line.points for line in lines))
    steps = tuple(_step(form, star, points, chosen) for star in STARS)
    band = next((one for one in form.scale if one.holds(points)), form.scale[0])
    reached = [step.star for place, step in enumerate(steps) if all(one.holds for one in steps[: place + 1])]
    star = max(reached, default=min(band.star, STARS[0] - 1))
    notes = [note for note in form.criteria_set.notes if "*" in form.article.text[slice(*note)]]
    return Scorecard(
        as_of=form.as_of,
        set_number=form.criteria_set.number,
        set_name=form.criteria_set.name,
        document=form.document,
        summary=form.criteria_set.summary,
        points=points,
        max=form.scale[0].high,
        parts=parts,
        band=_band(form, band),
        star=star,
        next_star=next((step.star for step in steps if step.star > star), None),
        steps=steps,
        gains=_gains(form, chosen),
        lines=tuple(lines),
        unanswered=tuple(line.code for line in lines if not line.answered),
        refusals=tuple(
            Refusal(criterion=code, words=form.quote(*span))
            for code, span in rejections(form.criteria_set, form.article)
        ),
        marks_note=form.quote(*notes[0]) if notes else None,
        indicative=INDICATIVE.format(basis=basis_label(form)),
        basis=quote(form.scale_article, *form.basis),
        sources=form.sources,
    )


def conditions(form: Form, star: int) -> tuple[Condition, ...]:
    """What a product must reach at least for `star` stars (3 to 5), in the order of the set.

    Raises:
        ValueError: `star` is not 3, 4 or 5.
    """
    found: dict[str, tuple[Criterion, list[Option]]] = {}
    for one in criteria.conditions(form.criteria_set, star):
        found.setdefault(one.criterion.code, (one.criterion, []))[1].append(one.option)
    return tuple(
        Condition(
            code=criterion.code,
            label=form.quote(criterion.start, criterion.end),
            needed=tuple(_option(form, criterion, option) for option in options),
        )
        for criterion, options in found.values()
    )


def basis_label(form: Form) -> str:
    """What the bands rest on: "Điều 3, khoản 3, Quyết định 26/2026/QĐ-TTg"."""
    return ", ".join(part for part in (form.unit, form.document) if part)


# ---- What was chosen ----------------------------------------------------------------------------------------------

# Code -> the option chosen, None for none of them; a code that is not there was not answered.
_Chosen = dict[str, Option | None]


def _scored(part: criteria.Part) -> list[Criterion]:
    return [one for item in part.items for one in item.criteria if one.options]


def _chosen(form: Form, choices: Sequence[Choice]) -> _Chosen:
    by_code = {one.code: one for one in reversed(form.criteria_set.criteria)}
    name = f"bộ {form.criteria_set.number}" if form.criteria_set.number is not None else form.criteria_set.name
    found: _Chosen = {}
    for place, choice in enumerate(choices):
        one = by_code.get(choice.criterion)
        if one is None:
            known = ", ".join(each.code for each in form.criteria_set.criteria if each.options)
            raise ScorecardError(
                f"Câu trả lời thứ {place + 1} nêu tiêu chí {choice.criterion!r}, {name} không có tiêu chí ấy; các mã "
                f"chấm được là: {known}. Hãy sửa mã, hoặc bỏ câu trả lời này.",
                answer=place,
            )
        if not one.options:
            below = ", ".join(each.code for each in form.criteria_set.criteria if each.parent == one.code)
            through = f"nó được chấm qua {below}; hãy trả lời các mã ấy" if below else "hãy bỏ câu trả lời này"
            raise ScorecardError(
                f"Câu trả lời thứ {place + 1} nêu tiêu chí {one.code} ({one.label}), tiêu chí này không có phương án "
                f"nào để chọn: {through}.",
                answer=place,
            )
        if choice.criterion in found:
            raise ScorecardError(
                f"Tiêu chí {one.code} ({one.label}) được trả lời hai lần, lần sau ở câu thứ {place + 1}; mỗi tiêu chí "
                "chỉ nhận một phương án. Hãy bỏ bớt một câu.",
                answer=place,
            )
        if not 0 <= choice.option <= len(one.options):
            raise ScorecardError(
                f"Câu trả lời thứ {place + 1} chọn phương án {choice.option} của tiêu chí {one.code} ({one.label}); "
                f"tiêu chí này có các phương án từ 1 đến {len(one.options)}, 0 là không phương án nào. Hãy chọn lại.",
                answer=place,
            )
        found[choice.criterion] = one.options[choice.option - 1] if choice.option else None
    return found


def _line(form: Form, part: str, one: Criterion, chosen: _Chosen) -> ScoredCriterion:
    option = chosen.get(one.code)
    return ScoredCriterion(
        code=one.code,
        part=part,
        label=form.quote(one.start, one.end),
        max=effective_maximum(one, form.criteria_set),
        answered=one.code in chosen,
        chosen=None if option is None else _option(form, one, option),
        points=_points(form, option),
    )


def _points(form: Form, option: Option | None) -> float:
    return 0.0 if option is None else effective_points(option, form.criteria_set) or 0.0


# ---- What is missing ----------------------------------------------------------------------------------------------


def _step(form: Form, star: int, points: float, chosen: _Chosen) -> StarStep:
    band = next(one for one in form.scale if one.star == star)
    asked = conditions(form, star)
    by_code = {one.code: one for one in form.criteria_set.criteria}
    blocks = [block for one in asked if (block := _block(form, one, by_code[one.code], chosen)) is not None]
    points_hold = points >= band.low
    return StarStep(
        star=star,
        band=_band(form, band),
        points_hold=points_hold,
        points_missing=_rounded(max(0.0, band.low - points)),
        marks_hold=not blocks,
        conditions=len(asked),
        blocks=tuple(blocks),
        points_if_met=_rounded(points + sum(block.gain for block in blocks)),
        holds=points_hold and not blocks,
    )


def _block(form: Form, condition: Condition, criterion: Criterion, chosen: _Chosen) -> Unmet | None:
    """Why a condition is not met; None where it is.

    Options ascend as printed, so one at or after the one needed reaches it. Of alternatives only the chosen one's
    condition binds, and one without any binds to nothing.
    """
    option = chosen.get(criterion.code)
    place = criterion.options.index(option) if option is not None else -1
    needed = [criterion.options[one.number - 1] for one in condition.needed]
    if option is not None:
        needed = [one for one in needed if one.case == option.case]
        if all(place >= criterion.options.index(one) for one in needed):
            return None
    gain = min(_points(form, one) for one in needed) - _points(form, option)
    return Unmet(
        condition=condition,
        chosen=None if option is None else _option(form, criterion, option),
        answered=criterion.code in chosen,
        gain=_rounded(max(0.0, gain)),
    )


def _gains(form: Form, chosen: _Chosen) -> tuple[PossibleGain, ...]:
    found: list[PossibleGain] = []
    for one in chain.from_iterable(map(_scored, form.criteria_set.parts)):
        best = max(one.options, key=lambda option: _points(form, option))
        option = chosen.get(one.code)
        gain = _points(form, best) - _points(form, option)
        if gain > 0:
            found.append(
                PossibleGain(
                    code=one.code,
                    label=form.quote(one.start, one.end),
                    best=_option(form, one, best),
                    chosen=None if option is None else _option(form, one, option),
                    gain=_rounded(gain),
                )
            )
    return tuple(sorted(found, key=lambda one: -one.gain))


# ---- What is shown ------------------------------------------------------------------------------------------------


def _option(form: Form, criterion: Criterion, option: Option) -> OptionShown:
    anomaly = anomaly_at(option.place, form.criteria_set)
    printed = None if option.points_start is None or option.points_end is None else option.place
    return OptionShown(
        number=criterion.options.index(option) + 1,
        option=form.quote(option.start, option.end),
        points=effective_points(option, form.criteria_set),
        points_at=_quoted(form, printed),
        misprint=None if anomaly is None else anomaly.reason,
        min_star=option.min_star,
        case=_quoted(form, option.case),
    )


def _quoted(form: Form, span: Span | None) -> Quote | None:
    return None if span is None else form.quote(*span)


def _band(form: Form, band: Band) -> BandShown:
    return BandShown(
        star=band.star,
        low=band.low,
        high=band.high,
        below=band.below,
        line=quote(form.scale_article, band.start, band.end),
    )


def _rounded(points: float) -> float:
    return round(points, 2)
