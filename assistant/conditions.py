"""Answers to "what must coffee reach for five stars?": the points and the minimum marks of a criteria set, row by row.

Both halves are said, since a total alone never gives a star: the line of the law that gives its points, then every
criterion with the option it must reach at least, each cited by its rows of the table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, connective, quoted
from assistant.evidence import Evidence
from assistant.form import Form, FormMissing, find_form
from assistant.law import state_notices
from assistant.question import Question
from assistant.scorecard import STARS, conditions
from assistant.scored import Condition, OptionShown
from assistant.units import Unit, law_day, state_at
from assistant.wording import says
from index.criteria import products
from index.criteria.held import sets_on
from index.criteria.misprints import spoken
from index.criteria.products import Match, find_sets
from index.law.address import find_document_numbers

# What asks for the least that must be reached, star or not.
_MINIMUM = (
    "điều kiện tối thiểu", "mức tối thiểu", "yêu cầu tối thiểu", "tiêu chí bắt buộc", "điều kiện bắt buộc",
    "yêu cầu bắt buộc", "dấu sao",
)  # fmt: skip
# What asks for it where a star is named besides.
_WITH_STAR = (
    "điều kiện", "tối thiểu", "bắt buộc", "yêu cầu", "đáp ứng", "phải đạt", "cần đạt", "cần những gì", "cần gì",
    "cần có", "phải có", "cần phải", "phải làm", "cần làm", "làm sao", "làm thế nào", "thế nào thì", "thế nào mới",
    "tiêu chí nào", "tiêu chí gì", "những tiêu chí", "đòi hỏi",
)  # fmt: skip
# What such a question is about instead.
_OTHER = (
    "hồ sơ", "giấy tờ", "thủ tục", "hỗ trợ", "tiền thưởng", "mức thưởng", "kinh phí", "bao lâu", "mấy sao", "ở đâu",
    "khi nào", "bao giờ", "mấy điểm", "bao nhiêu", "ai", "cấp nào", "cơ quan nào", "nơi nào", "thu hồi", "hết hạn",
)  # fmt: skip


def conditions_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """What a product must reach for a star; None where that is not asked, or nothing held tells.

    Where the product may belong to more than one set, or no star is named, the draft has no segments, its status is
    "needs_clarification" and its notice asks back.
    """
    found = find_sets(question.text) if _asked(question) else ()
    if not found:
        return None
    day = law_day(question, on)
    document = question.documents[0] if question.documents else None
    held = {
        one.number: one.name
        for one in sets_on(corpus.criteria, corpus.law, day, document)
        if any(number.matches(products.document()) for number in find_document_numbers(one.document or ""))
    }
    first = [match for match in found if match.start == found[0].start]
    if not any(match.number in held for match in first):
        return None
    if len(first) > 1:
        return _ask_back(_which_set(first, held))
    if question.stars is None:
        return _ask_back("Bạn muốn hỏi điều kiện tối thiểu của hạng nào: 3, 4 hay 5 sao?")
    try:
        form = find_form(first[0].number, corpus.criteria, corpus.law, day, corpus.article, document=document)
    except FormMissing:
        return None
    if question.stars[0] not in STARS or form.article.rights != "full":
        return None
    draft = _draft(form, question.stars[0], corpus, day)
    others = dict.fromkeys(match.name for match in found if match.number != first[0].number)
    if others:
        apart = f"Câu hỏi còn nêu {', '.join(others)}; xin hỏi riêng từng sản phẩm."
        draft = replace(draft, notices=(apart, *draft.notices))
    return draft


def _asked(question: Question) -> bool:
    if says(question.tokens, *_OTHER):
        return False
    return says(question.tokens, *_MINIMUM) or (question.stars is not None and says(question.tokens, *_WITH_STAR))


def _ask_back(text: str) -> Draft:
    return Draft(status="needs_clarification", segments=(), notices=(text,), strength=1.0)


def _which_set(matches: Sequence[Match], held: Mapping[int | None, str]) -> str:
    named = [f"bộ {one.number}" + (f" ({held[one.number]})" if one.number in held else "") for one in matches]
    why = f": {matches[0].why}" if matches[0].why else ""
    return f"“{matches[0].name}” có thể chấm theo {' hoặc '.join(named)}{why}. Bạn hỏi bộ nào?"


def _draft(form: Form, star: int, corpus: Corpus, day: date) -> Draft:
    band = next(one for one in form.scale if one.star == star)
    asked = conditions(form, star)
    segments = [
        connective("Về tổng điểm:"),
        quoted(Evidence(article=form.scale_article, start=band.start, end=band.end)),
        connective("Về mức tối thiểu theo dấu sao:"),
    ]
    notes = [note for note in form.criteria_set.notes if "*" in form.article.text[slice(*note)]]
    segments += [quoted(Evidence(article=form.article, start=start, end=end)) for start, end in notes[:1]]
    segments += [_line(form, one, option) for one in asked for option in one.needed]
    if form.criteria_set.rejected_when:
        segments.append(connective("Đồng thời phải lưu ý:"))
        segments += [
            quoted(Evidence(article=form.article, start=start, end=end))
            for start, end in form.criteria_set.rejected_when
        ]
    unit = Unit(
        article=form.article,
        start=form.criteria_set.start,
        end=form.criteria_set.end,
        title=form.criteria_set.name,
        score=1.0,
        cover=1.0,
        state=state_at(form.article, corpus, day),
    )
    count = (
        f"Để được {star} sao theo bộ {form.criteria_set.number} ({form.criteria_set.name}) phải đủ cả hai vế: tổng "
        f"điểm, và mức tối thiểu ở {len(asked)} tiêu chí."
    )
    return Draft(
        status="answered",
        segments=tuple(segments),
        notices=(count, *state_notices(unit.article, unit.state, corpus, day)),
        strength=1.0,
    )


def _line(form: Form, condition: Condition, option: OptionShown) -> Segment:
    """A criterion and the option it must reach, in their own words, cited by the rows from the one to the other."""
    text = form.article.text
    label = text[condition.label.start : condition.label.end].rstrip(" :.")
    words = text[option.option.start : option.option.end].rstrip(" .")
    case = "" if option.case is None else f" ({text[option.case.start : option.case.end].rstrip(' :')})"
    marks = "*" * (option.min_star or 0)
    # points that the decision prints wrongly stand in no quote
    points = "" if option.points is None or option.misprint else f"{spoken(option.points)} điểm, "
    rows = form.article.blocks_within(condition.label.start, option.option.end)
    return Segment(
        text=f"{condition.code}. {label}{case}: {words} ({points}{marks})",
        kind="stated",
        evidence=(Evidence(article=form.article, start=rows[0].start, end=rows[-1].end),),
    )
