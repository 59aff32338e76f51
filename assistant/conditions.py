"""Answers to "what must coffee reach for five stars?": the points and the minimum marks of a criteria set, row by row.

Both halves are said, since a total alone never gives a star: the line of the law that gives its points, then every
criterion with the option it must reach at least, each cited by its rows of the table.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import HIGHER_STAR, NOTE_ALSO, OF_MARKS, OF_POINTS
from assistant.corpus import Corpus
from assistant.criterion_names import criteria_named, placed
from assistant.criterion_words import ASKERS, criterion_by_words
from assistant.draft import Draft, Segment, connective, quoted
from assistant.evidence import GENERIC, Evidence
from assistant.form import Form, FormMissing, find_form
from assistant.law import state_notices
from assistant.question import Question
from assistant.scorecard import STARS, conditions
from assistant.scored import Condition, OptionShown
from assistant.units import law_day, state_at
from assistant.wording import same_word, says, tokens
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
    "làm lại", "gia hạn", "chấm lại", "đánh giá lại", "phân hạng lại", "làm sao biết", "sao biết", "thật hay giả",
)  # fmt: skip
_MOST_NAMED = 3
_NAMES = 2  # neighbouring words of a label that name its criterion, where no other label has so many


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
        # what a criterion gives may be the same in all of them, which `criterion_of_any` tells
        return None if placed(question.tokens) else ask_back(which_set(first, held))
    if question.stars is None:
        return ask_back("Bạn muốn hỏi điều kiện tối thiểu của hạng nào: 3, 4 hay 5 sao?")
    try:
        form = find_form(first[0].number, corpus.criteria, corpus.law, day, corpus.article, document=document)
    except FormMissing:
        return None
    if question.stars[0] not in STARS or form.article.rights != "full":
        return None
    codes = criteria_meant(question, form, question.text[first[0].start : first[0].end])
    low, high = _two_stars(question)
    if low in STARS and high in STARS and not codes:
        draft = _compared(form, low, high, corpus, day)
    else:
        draft = _draft(form, question.stars[0], codes, corpus, day)
    if draft is None:
        return None
    others = dict.fromkeys(match.name for match in found if match.number != first[0].number)
    if others:
        apart = f"Câu hỏi còn nêu {', '.join(others)}; xin hỏi riêng từng sản phẩm."
        draft = replace(draft, notices=(apart, *draft.notices))
    return draft


_SET_BESIDE = ("so sánh", "khác", "so với", "so giữa", "hơn gì", "khác nhau", "đối chiếu")
_STAR = re.compile(r"(?<!\d)([1-5])\s?sao(?!\w)", re.IGNORECASE)


def _two_stars(question: Question) -> tuple[int, int]:
    """The two stars that a question sets beside one another, the lower first; (0, 0) where it does not."""
    stars = sorted({int(match[1]) for match in _STAR.finditer(question.text)})
    return (stars[0], stars[1]) if len(stars) == 2 and says(question.tokens, *_SET_BESIDE) else (0, 0)


def _compared(form: Form, low: int, high: int, corpus: Corpus, day: date) -> Draft | None:
    """The conditions of one star, then what a higher one asks besides."""
    drafts = [_draft(form, star, frozenset(), corpus, day) for star in (low, high)]
    if drafts[0] is None or drafts[1] is None:
        return None
    first, second = drafts[0], drafts[1]
    told = set(first.segments)
    more = [line for line in second.segments if line.evidence and line not in told]
    return replace(
        first,
        segments=(*first.segments, connective(HIGHER_STAR), *more),
        notices=tuple(dict.fromkeys((first.notices[0], second.notices[0], *first.notices[1:]))),
    )


def _asked(question: Question) -> bool:
    if says(question.tokens, *_OTHER):
        return False
    return says(question.tokens, *_MINIMUM) or (question.stars is not None and says(question.tokens, *_WITH_STAR))


def ask_back(text: str) -> Draft:
    """A draft that asks the reader back."""
    return Draft(status="needs_clarification", segments=(), notices=(text,), strength=1.0)


def which_set(matches: Sequence[Match], held: Mapping[int | None, str]) -> str:
    """What to ask of a product that may belong to several sets. held: the names of those that texts hold."""
    named = [f"bộ {one.number}" + (f" ({held[one.number]})" if one.number in held else "") for one in matches]
    why = f": {matches[0].why}" if matches[0].why else ""
    return f"“{matches[0].name}” có thể chấm theo {' hoặc '.join(named)}{why}. Bạn hỏi bộ nào?"


def criteria_meant(question: Question, form: Form, product: str) -> frozenset[str]:
    """The codes of the criteria that a question names as people do, else of the one it speaks of in other words, else
    of the one whose label shares more neighbouring words with it than any other's, two at least; empty where there is
    none.

    Words of the product's name, of who asks and of what asks for conditions do not count.
    """
    asking = (word for phrase in (*_MINIMUM, *_WITH_STAR, ASKERS) for word in phrase.split())
    matters = frozenset(
        matter
        for matter, place in placed(question.tokens)
        if not set(question.tokens[place.start : place.stop]) <= set(tokens(product))
    )
    by_name = frozenset(
        one.code
        for one in form.criteria_set.criteria
        if one.options and matters & criteria_named(tokens(one.label.split("\n")[0].split("(")[0]))
    )
    if 0 < len(by_name) <= _MOST_NAMED:
        return by_name
    by_words = criterion_by_words(question, form, tokens(product))
    if by_words is not None:
        return frozenset((by_words.code,))
    taken = {*tokens(product), *GENERIC, *asking}
    asked = [word if word in question.content and word not in taken else "" for word in question.tokens]
    runs = {one.code: _longest_run(asked, tokens(one.label)) for one in form.criteria_set.criteria if one.options}
    longest = max(runs.values(), default=0)
    named = frozenset(code for code, run in runs.items() if run == longest >= _NAMES)
    return named if len(named) == 1 else frozenset()


def _longest_run(asked: Sequence[str], written: Sequence[str]) -> int:
    """How many neighbouring words both have at most; "" is none."""
    longest = 0
    above = [0] * (len(written) + 1)
    for word in asked:
        runs = [0] * (len(written) + 1)
        for column, other in enumerate(written):
            if word and same_word(word, other):
                runs[column + 1] = above[column] + 1
        longest = max(longest, *runs)
        above = runs
    return longest


def _draft(form: Form, star: int, codes: frozenset[str], corpus: Corpus, day: date) -> Draft | None:
    """All conditions of a star, or of the criteria asked about; None where these have none."""
    asked = conditions(form, star)
    notes = [note for note in form.criteria_set.notes if "*" in form.article.text[slice(*note)]]
    note = [quoted(Evidence(article=form.article, start=start, end=end)) for start, end in notes[:1]]
    if codes:
        lines = [condition_line(form, one, option) for one in asked if one.code in codes for option in one.needed]
        segments = [*lines, *([connective(NOTE_ALSO), *note] if note else [])]
        told = (
            f"Đây là mức tối thiểu của tiêu chí được hỏi; để được {star} sao theo bộ {form.criteria_set.number} còn "
            f"phải đủ tổng điểm, và mức tối thiểu ở cả {len(asked)} tiêu chí."
        )
        return _answered(form, segments, told, corpus, day) if lines else None
    band = next(one for one in form.scale if one.star == star)
    segments = [
        connective(OF_POINTS),
        quoted(Evidence(article=form.scale_article, start=band.start, end=band.end)),
        connective(OF_MARKS),
    ]
    segments += note
    segments += [condition_line(form, one, option) for one in asked for option in one.needed]
    if form.criteria_set.rejected_when:
        segments.append(connective(NOTE_ALSO))
        segments += [
            quoted(Evidence(article=form.article, start=start, end=end))
            for start, end in form.criteria_set.rejected_when
        ]
    told = (
        f"Để được {star} sao theo bộ {form.criteria_set.number} ({form.criteria_set.name}) phải đủ cả hai vế: tổng "
        f"điểm, và mức tối thiểu ở {len(asked)} tiêu chí."
    )
    return _answered(form, segments, told, corpus, day)


def _answered(form: Form, segments: Sequence[Segment], told: str, corpus: Corpus, day: date) -> Draft:
    state = state_at(form.article, corpus, day)
    return Draft(
        status="answered",
        segments=tuple(segments),
        notices=(told, *state_notices(form.article, state, corpus, day)),
        strength=1.0,
    )


def condition_line(form: Form, condition: Condition, option: OptionShown) -> Segment:
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
