"""Points and minimum marks together: which star so many points give where a criterion is not met.

"Cà phê 92 điểm nhưng không có hợp đồng liên kết, được mấy sao?" By its points five; but the criterion lacked has a
minimum at four and at five stars, so that three are the most.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.answer import LESS_BY_MARKS, OF_MARKS, OF_WHICH_SET
from assistant.basis import basis
from assistant.claims import claim
from assistant.conditions import condition_line, criteria_meant
from assistant.corpus import Corpus
from assistant.criterion_of_any import ALIKE, forms_of_day
from assistant.draft import Draft, Segment, connective, quoted
from assistant.evidence import Evidence
from assistant.form import Form
from assistant.law import state_notices
from assistant.points import points_given
from assistant.question import Question, understand
from assistant.scorecard import STARS, conditions
from assistant.scored import Condition
from assistant.units import law_day, state_at
from assistant.wording import says
from index.criteria.bands import Band
from index.criteria.products import find_sets

_LACKS = re.compile(
    r"(?<!\w)(?:chưa|không|chẳng|thiếu|khong|chua|thieu)\s+(?:(?:hề|đủ|có|đạt|được|làm|co|dat|duoc)\s+)*"
    r"(?P<what>[^,.;:?!]{4,60}?)(?=\s*(?:[,.;:?!]|$|thì(?!\w)|thi(?!\w)|được mấy|duoc may|có được|xếp hạng))",
    re.IGNORECASE,
)
_LEAST = min(STARS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Short:
    """A set with the criteria lacked, the band of the points, the most stars they leave and what the next one needs."""

    form: Form
    band: Band
    most: int
    needed: tuple[Condition, ...]


def points_and_marks_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The star that points give less what a criterion lacked takes; None where a question gives no points or lacks
    nothing that any set marks, or the star of its points is not touched."""
    points, lacked = points_given(question), _LACKS.search(question.text)
    if points is None or lacked is None or question.places or question.follow_up:
        return None
    if question.stars is None and not says(question.tokens, "mấy sao", "bao nhiêu sao", "hạng nào", "hạng mấy", "sao"):
        return None
    matches = [one for one in find_sets(question.text) if one.end <= lacked.start()]
    numbers = {one.number for one in matches}
    product = matches[0].name if matches else ""
    sub = understand(lacked["what"], on)
    forms = forms_of_day(corpus, law_day(question, on))
    every = [form for form in forms if form.criteria_set.number in numbers or not numbers]
    found = [one for form in every if (one := _short(form, sub, product, points)) is not None]
    if not found or all(one.most == one.band.star for one in found):
        return None
    ((most, count),) = Counter(one.most for one in found).most_common(1)
    if count < ALIKE * len(found) or most == found[0].band.star:
        return Draft(status="needs_clarification", segments=(), notices=(OF_WHICH_SET,), strength=1.0)
    return _draft([one for one in found if one.most == most], len(found), corpus, question, on)


def _short(form: Form, sub: Question, product: str, points: float) -> _Short | None:
    """What one set takes; None where it has no criterion that is meant, or no star for so many points."""
    codes = criteria_meant(sub, form, product)
    band = next((one for one in form.scale if one.holds(points)), None)
    if not codes or band is None or band.star < _LEAST:
        return None
    binding = {star: tuple(_not_met(form, star, codes)) for star in STARS if star <= band.star}
    bound = [star for star, needed in binding.items() if needed]
    most = min(bound) - 1 if bound else band.star
    return _Short(form=form, band=band, most=most, needed=binding[min(bound)] if bound else ())


def _not_met(form: Form, star: int, codes: frozenset[str]) -> Iterator[Condition]:
    """The conditions of a star on these criteria that the least of their options does not meet."""
    least = {one.code: one.options[0].start for one in form.criteria_set.criteria if one.options}
    for one in conditions(form, star):
        if one.code in codes and any(option.option.start != least.get(one.code) for option in one.needed):
            yield one


def _draft(found: list[_Short], held: int, corpus: Corpus, question: Question, on: date) -> Draft:
    """What the first of sets that are alike takes. held: how many sets have the criterion."""
    first = found[0]
    form, of = first.form, first.form.criteria_set
    band = Evidence(article=form.scale_article, start=first.band.start, end=first.band.end)
    notes = [
        Evidence(article=form.article, start=start, end=end)
        for start, end in of.notes
        if "*" in form.article.text[start:end]
    ][:1]
    lines: list[Segment] = [connective(LESS_BY_MARKS), quoted(band), connective(OF_MARKS)]
    needed = [condition_line(form, one, option) for one in first.needed for option in one.needed]
    lines += [*needed, *map(quoted, notes)]
    text = f"Không đạt mức ấy thì chưa được {first.most + 1} sao, nhiều nhất là {first.most} sao."
    outcome = claim(text, [*(line.evidence[0] for line in needed[:1]), *notes])
    lines += [] if outcome is None else [outcome]
    codes = ", ".join(one.code for one in first.needed)
    alike = f"cả {held}" if held == len(found) else f"{len(found)} trong {held}"
    others = f"; như nhau ở {alike} bộ có tiêu chí này" if held > 1 else ""
    based = basis(band, corpus, on)
    state = state_at(form.article, corpus, law_day(question, on))
    notices = (
        *(() if outcome is not None else (text,)),
        f"Hiểu là tiêu chí {codes} của bộ {of.number} ({of.name}) mới ở phương án thấp nhất{others}.",
        "Hạng ấy còn phải đủ mức tối thiểu ở các tiêu chí khác.",
        *state_notices(form.article, state, corpus, on, told=bool(based)),
    )
    return Draft(status="answered", segments=(*dict.fromkeys(lines), *based), notices=notices, strength=1.0)
