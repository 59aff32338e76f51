"""Misprints of a criteria set: figures that the rest of the set speaks against, and what it implies instead.

Nothing here knows a decision's own misprints. What is known of any set: options ascend to their criterion's maximum, no
option exceeds it, and maxima add up to those above them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.criteria.rows import Printed, numbers_in
from index.criteria.sets import Anomaly, AnomalyKind, Criterion, Item, Option, Part
from index.span import Span

_UNCLEAR = "các phương án khác không đủ để suy ra điểm đúng"


@dataclass(slots=True)
class _Node:
    """A part, item or criterion with what adds up to it. maximum: as printed, or as implied where that is known.

    An item that is its own criterion is one node.
    """

    told: Part | Item | Criterion
    maximum: float | None
    below: list["_Node"] = field(default_factory=list)
    options: tuple[Option, ...] = ()
    bare: bool = False


def anomalies(parts: Sequence[Part], total: Printed | None) -> tuple[Anomaly, ...]:
    """What does not hold within these parts, in the order of the text."""
    roots = [_part(part) for part in parts]
    found = [*_missing_maxima(roots, total.value if total is not None else None)]
    for root in roots:
        for node in _all(root):
            found.extend(_sum(node))
            found.extend(_options(node))
    added = _added(roots)
    if total is not None and total.value is not None and added not in (None, total.value):
        reason = f"Tổng in {spoken(total.value)} nhưng cộng các phần được {spoken(added)}."
        found.append(_anomaly("sum_differs", "", reason, printed=total.printed, place=total.span))
    found.extend(_codes(parts))
    return tuple(sorted(found, key=lambda anomaly: (anomaly.start, anomaly.end, anomaly.kind)))


def spoken(points: float | None) -> str:
    """Points as they are written: 3, 2,5."""
    return "trống" if points is None else f"{points:g}".replace(".", ",")


def _part(part: Part) -> _Node:
    return _Node(told=part, maximum=part.max, below=[_item(item) for item in part.items])


def _item(item: Item) -> _Node:
    if len(item.criteria) == 1 and item.criteria[0].code == item.code:
        own = item.criteria[0]
        return _Node(told=own, maximum=own.max, options=own.options, bare=not own.options)
    root = _Node(told=item, maximum=item.max)
    nodes: dict[str, _Node] = {}
    for criterion in item.criteria:
        node = _Node(told=criterion, maximum=criterion.max, options=criterion.options)
        nodes.setdefault(criterion.code, node)
        above = nodes.get(criterion.parent, root) if criterion.parent is not None else root
        above.below.append(node)
    for node in _all(root):
        node.bare = not node.options and not node.below
    return root


def _all(node: _Node) -> Iterator[_Node]:
    yield node
    for below in node.below:
        yield from _all(below)


def _added(nodes: Sequence[_Node]) -> float | None:
    """The sum of their maxima; None where there are none, or one is not known."""
    known = [node.maximum for node in nodes if node.maximum is not None]
    return sum(known) if known and len(known) == len(nodes) else None


def _missing_maxima(nodes: Sequence[_Node], above: float | None) -> Iterator[Anomaly]:
    """Maxima that are blank or no single number; sets what is implied where the set leaves one reading.

    What stands below and what the sum above leaves are asked; they must not disagree, and where only one is known it
    must be a number that the place holds.
    """
    known = sum(node.maximum or 0.0 for node in nodes)
    missing = [node for node in nodes if node.maximum is None]
    for node in missing:
        left = above - known if above is not None and len(missing) == 1 else None
        points = [option.points for option in node.options if option.points is not None]
        below = max(points) if points and len(points) == len(node.options) else _added(node.below)
        said = {value for value in (below, left) if value is not None and value > 0}
        if len(said) == 1 and (below == left or said <= set(numbers_in(node.told.printed))):
            node.maximum = said.pop()
        printed = node.told.printed
        what = f"Điểm tối đa in “{printed}”" if printed else "Điểm tối đa bỏ trống"
        why = (
            f"các phương án và tổng điểm của mục trên cho thấy là {spoken(node.maximum)}"
            if node.maximum is not None
            else "các mục khác không đủ để suy ra"
        )
        yield _anomaly(
            "ambiguous_maximum" if printed else "blank_maximum",
            node.told.code,
            f"{what}; {why}.",
            printed=printed,
            place=node.told.place,
            expected=node.maximum,
        )
    for node in nodes:
        if node.below:
            yield from _missing_maxima(node.below, node.maximum)


def _sum(node: _Node) -> Iterator[Anomaly]:
    """A maximum that what stands below it does not add up to, or that a part's heading contradicts."""
    added, told = _added(node.below), node.told
    named = told.heading_max if isinstance(told, Part) else None
    if (
        isinstance(told, Part)
        and told.heading_span is not None
        and told.max is not None
        and named not in (None, told.max)
    ):
        reason = f"Tiêu đề phần {told.code} in {spoken(named)} điểm nhưng cột điểm in {spoken(told.max)}"
        reason += f"; cộng các mục được {spoken(added)}." if added is not None else "."
        in_column = added is not None and added == named
        yield _anomaly(
            "heading_differs",
            told.code,
            reason,
            printed=told.printed if in_column else spoken(named),
            place=told.place if in_column else told.heading_span,
            expected=added if added in (told.max, named) else None,
        )
    if node.maximum is not None and added not in (None, node.maximum) and (named is None or added != named):
        kind = "Phần" if isinstance(told, Part) else "Mục"
        reason = f"{kind} {told.code} in {spoken(node.maximum)} điểm nhưng cộng các mục bên dưới được {spoken(added)}."
        yield _anomaly("sum_differs", told.code, reason, printed=told.printed, place=told.place)


def _options(node: _Node) -> Iterator[Anomaly]:
    """Options whose points cannot be right, and criteria whose options do not reach their maximum."""
    told = node.told
    if node.bare and isinstance(told, Criterion):
        reason = f"Tiêu chí {told.code} không in phương án nào, nên không biết điểm được chia ra sao."
        yield _anomaly("no_options", told.code, reason, printed=told.label, place=Span(told.start, told.end))
    runs: dict[Span | None, list[Option]] = {}
    for option in node.options:
        runs.setdefault(option.case, []).append(option)
        if option.star_span is not None and option.min_star is None:
            reason = "Dấu sao không phải ba, bốn hay năm sao."
            yield _anomaly("odd_mark", told.code, reason, printed="", place=option.star_span)
    reached: list[float | None] = []
    for run in runs.values():
        found = dict(_misprints(run, node))
        yield from found.values()
        for place, option in enumerate(run):
            known = found[place].expected if place in found else None
            reached.append(known if known is not None else option.points)
    best = max((points for points in reached if points is not None), default=None)
    if node.maximum is not None and best is not None and None not in reached and best < node.maximum:
        reason = f"Điểm tối đa in {spoken(node.maximum)} nhưng phương án cao nhất chỉ được {spoken(best)}."
        yield _anomaly("maximum_not_reached", told.code, reason, printed=told.printed, place=told.place)


def _misprints(run: Sequence[Option], node: _Node) -> Iterator[tuple[int, Anomaly]]:
    """What is wrong with the points of options that ascend together, by their place among them."""
    maximum, code = node.maximum, node.told.code
    sound = [_sound(option, maximum) for option in run]
    later: list[float | None] = [None] * len(run)
    for place in range(len(run) - 2, -1, -1):
        after = sound[place + 1]
        later[place] = after if after is not None else later[place + 1]
    known = {points for points in sound if points is not None}
    whole = all(points.is_integer() for points in known)
    earlier: float | None = None
    for place, option in enumerate(run):
        points = sound[place]
        if points is None:
            expected, why = None, _UNCLEAR
            if whole and place == len(run) - 1 and maximum is not None and maximum not in known:
                expected = maximum
                why = f"là phương án cao nhất, mà mức tối đa của tiêu chí là {spoken(maximum)}"
            elif whole and (fitting := _fitting(option.printed, earlier, later[place], maximum)) is not None:
                expected, why = fitting, f"giữa các phương án khác chỉ {spoken(fitting)} điểm là vừa"
            kind, what = _unsound(option, maximum)
            reason = f"{what}; {why}."
            yield (
                place,
                _anomaly(kind, code, reason, printed=option.printed, place=option.place, expected=expected),
            )
            continue
        if earlier is not None and points <= earlier:
            again = points == earlier
            what = (
                f"Hai phương án liền nhau cùng in {spoken(points)} điểm"
                if again
                else f"In {spoken(points)} điểm, thấp hơn phương án trước nó ({spoken(earlier)})"
            )
            yield (
                place,
                _anomaly(
                    "repeated_points" if again else "points_out_of_order",
                    code,
                    f"{what}; không đủ căn cứ để nói phương án nào in sai.",
                    printed=option.printed,
                    place=option.place,
                ),
            )
        earlier = points


def _sound(option: Option, maximum: float | None) -> float | None:
    """The points of an option that its criterion allows."""
    if option.points is None or (maximum is not None and option.points > maximum):
        return None
    return option.points


def _unsound(option: Option, maximum: float | None) -> tuple[AnomalyKind, str]:
    if option.points is not None:
        return "points_exceed_maximum", f"In {spoken(option.points)} điểm, quá mức tối đa {spoken(maximum)}"
    if option.printed:
        return "ambiguous_points", f"Điểm của phương án in “{option.printed}”"
    return "blank_points", "Điểm của phương án bỏ trống"


def _fitting(printed: str, earlier: float | None, later: float | None, maximum: float | None) -> float | None:
    """The only whole number of points between an option's neighbours, or the only one its print can stand for."""
    below = earlier + 1 if earlier is not None else 0.0
    above = later - 1 if later is not None else maximum
    if above is None or above < below or above - below > 100:
        return None
    fitting = {float(points) for points in range(int(below), int(above) + 1)}
    if len(fitting) > 1:
        fitting &= {*numbers_in(printed), *_one_digit_less(printed)}
    return fitting.pop() if len(fitting) == 1 else None


def _one_digit_less(printed: str) -> set[float]:
    """What a number would be with one digit fewer: "13" -> 1, 3."""
    digits = re.sub(r"[^0-9]", "", printed)
    return (
        {float(digits[:place] + digits[place + 1 :]) for place in range(len(digits))} if 1 < len(digits) < 4 else set()
    )


def _codes(parts: Sequence[Part]) -> Iterator[Anomaly]:
    """Codes printed twice, and criteria that stand under another item than their code names."""
    seen: set[str] = set()
    for part in parts:
        for item in part.items:
            for criterion in item.criteria:
                place = Span(criterion.start, criterion.end)
                if criterion.code in seen:
                    reason = f"Mã {criterion.code} được in hai lần."
                    yield _anomaly("repeated_code", criterion.code, reason, printed=criterion.label, place=place)
                elif criterion.code.split(".")[0] != item.code.split(".")[0]:
                    reason = f"Tiêu chí {criterion.code} đứng dưới mục {item.code}."
                    yield _anomaly("misplaced_code", criterion.code, reason, printed=criterion.label, place=place)
                seen.add(criterion.code)


def _anomaly(
    kind: AnomalyKind, where: str, reason: str, *, printed: str, place: Span, expected: float | None = None
) -> Anomaly:
    return Anomaly(
        kind=kind, where=where, printed=printed, expected=expected, reason=reason, start=place[0], end=place[1]
    )
