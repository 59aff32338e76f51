"""A scorecard as text for a terminal, and a form as it is asked there."""

from assistant.form import Form, Quote
from assistant.scored import OptionShown, Scorecard, StarStep, Unmet
from assistant.terminal import WIDTH, filled, visible
from index.criteria.misprints import spoken
from index.criteria.sets import Criterion, effective_maximum, effective_points

GAINS = 5
_HIDDEN = "(nguồn không cho hiện nguyên văn)"


def as_text(card: Scorecard, *, width: int = WIDTH) -> str:
    """Points, star, what is missing for the next one, what would give most points, and what it is all worth."""
    parts = [_head(card, width), _standing(card, width)]
    parts += [_step(step, width) for step in card.steps if step.star == card.next_star]
    if card.gains:
        lines = [
            f"- {one.code} {_words(one.label)}: thêm {spoken(one.gain)} điểm nếu đạt {_option(one.best)}"
            for one in card.gains[:GAINS]
        ]
        parts.append(_listed("Được thêm nhiều điểm nhất:", lines, width))
    if card.refusals:
        lines = [
            f"- {_words(one.words)}" if one.criterion is None else f"- Tiêu chí {one.criterion}: {_words(one.words)}"
            for one in card.refusals
        ]
        parts.append(_listed("Hồ sơ bị loại hoặc dừng chấm:", lines, width))
    misprints = dict.fromkeys(
        f"- {line.code}: {line.chosen.misprint} Ở đây tính {spoken(line.points)} điểm."
        for line in card.lines
        if line.chosen is not None and line.chosen.misprint is not None
    )
    if misprints:
        parts.append(_listed("Chỗ văn bản in sai:", list(misprints), width))
    parts.append(filled(card.indicative, width))
    sources = [f"- {one.title}" + (f" ({one.url})" if one.url else "") for one in card.sources]
    parts.append(_listed("Nguồn:", sources, width))
    return "\n\n".join(parts)


def question_of(form: Form, criterion: Criterion, *, width: int = WIDTH) -> str:
    """A criterion as it is asked: its notes, and its options by number with points and marks."""
    most = effective_maximum(criterion, form.criteria_set)
    lines = [filled(f"{criterion.code}. {_shown(form, criterion.start, criterion.end)} (tối đa {spoken(most)})", width)]
    for note in criterion.notes:
        lines.append(filled(_shown(form, *note), width, first="    ", rest="    "))
    case = None
    for number, option in enumerate(criterion.options, start=1):
        if option.case is not None and option.case != case:
            case = option.case
            lines.append(filled(_shown(form, *case), width, first="    ", rest="    "))
        points = spoken(effective_points(option, form.criteria_set))
        marks = f", {'*' * option.min_star}" if option.min_star else ""
        text = f"{_shown(form, option.start, option.end)} ({points} điểm{marks})"
        lines.append(filled(text, width, first=f"  {number}. ".ljust(6), rest=" " * 6))
    return "\n".join(lines)


def _head(card: Scorecard, width: int) -> str:
    number = "Bộ tiêu chí" if card.set_number is None else f"Bộ {card.set_number}"
    held = ", đọc từ bài tóm lược" if card.summary else ""
    return filled(f"{number}: {card.set_name} ({card.document}{held})", width)


def _standing(card: Scorecard, width: int) -> str:
    parts = ", ".join(f"phần {one.code} {spoken(one.points)}/{spoken(one.max)}" for one in card.parts)
    lines = [f"Tổng điểm {spoken(card.points)}/{spoken(card.max)}: {parts}."]
    if card.unanswered:
        done = len(card.lines) - len(card.unanswered)
        lines.append(
            f"Đã trả lời {done} trong {len(card.lines)} tiêu chí; chưa trả lời, tính 0 điểm: "
            f"{', '.join(card.unanswered)}."
        )
    band = f"từ {spoken(card.band.low)} đến {'dưới ' if card.band.below else ''}{spoken(card.band.high)} điểm"
    reached = f"{card.star} sao" if card.star >= card.steps[0].star else f"chưa được {card.steps[0].star} sao"
    lines.append(f"Chỉ theo điểm: hạng {card.band.star} sao ({band}). Tính cả mức tối thiểu: {reached}.")
    return "\n".join(filled(line, width) for line in lines)


def _step(step: StarStep, width: int) -> str:
    needed = f"cần từ {spoken(step.band.low)} điểm"
    points = f"đủ ({needed})" if step.points_hold else f"còn thiếu {spoken(step.points_missing)} ({needed})"
    marks = "đạt cả" if step.marks_hold else f"còn {len(step.blocks)} trong {step.conditions} tiêu chí chưa đạt"
    lines = [f"- Điểm: {points}.", f"- Mức tối thiểu: {marks}{'.' if step.marks_hold else ':'}"]
    lines += [_unmet(one) for one in step.blocks]
    if step.blocks:
        lines.append(f"- Đạt đúng các mức ấy thì tổng điểm là {spoken(step.points_if_met)}.")
    return _listed(f"Để được {step.star} sao phải đủ cả hai vế:", lines, width)


def _unmet(one: Unmet) -> str:
    needed = " hoặc ".join(map(_option, one.condition.needed))
    chosen = "không phương án nào" if one.answered else "chưa trả lời"
    if one.chosen is not None:
        chosen = _option(one.chosen)
    named = f"{one.condition.code} {_words(one.condition.label)}"
    return f"+ {named}: cần {needed}; hiện {chosen}; thêm {spoken(one.gain)} điểm"


def _option(one: OptionShown) -> str:
    return f"phương án {one.number}{' ' + '*' * one.min_star if one.min_star else ''} “{_words(one.option)}”"


def _listed(head: str, lines: list[str], width: int) -> str:
    return "\n".join(
        [head, *(filled(line, width, first="    " if line.startswith("+") else "  ", rest="      ") for line in lines)]
    )


def _words(quote: Quote) -> str:
    return _HIDDEN if quote.text is None else visible(quote.text)


def _shown(form: Form, start: int, end: int) -> str:
    return _words(form.quote(start, end))
