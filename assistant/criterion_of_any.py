"""A criterion asked about without a product: "câu chuyện sản phẩm tối đa mấy điểm?".

Most criteria give the same points in nearly all sets. Then one of those sets is told, and of how many it is true; where
sets differ, which product is meant is asked back.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.answer import OF_WHICH_SET
from assistant.basis import basis
from assistant.corpus import Corpus
from assistant.criterion import Found, is_about, told_of
from assistant.criterion_names import criteria_named
from assistant.criterion_words import criterion_by_words
from assistant.draft import Draft
from assistant.form import Form, FormMissing, form_of
from assistant.law import state_notices
from assistant.parts import joined
from assistant.question import Question
from assistant.set_numbers import numbered_sets
from assistant.set_remarks import sets_named
from assistant.units import law_day, state_at
from assistant.wording import says
from index.criteria.held import sets_on
from index.criteria.products import find_sets
from index.criteria.sets import Criterion, Item

_POINTS = (
    "mấy điểm", "bao nhiêu điểm", "cộng điểm", "cộng thêm", "tính điểm", "tối đa mấy", "điểm tối đa", "được điểm",
    "có điểm", "điểm không",
    "tối đa bao nhiêu",
)  # fmt: skip
# Of a star, who speaks of a criterion as one, or asks whether a product so made may reach it.
_CRITERION = ("mục", "tiêu chí", "phiếu chấm", "phần", "khâu")
# What asks whether a thing is needed for a star, where a criterion is named.
_NEEDED = ("có phải", "phải có", "bắt buộc", "có cần", "cần có")
# What asks how a part is judged, or whether all must have a thing, without a star.
_JUDGED = (
    "chấm thế nào", "chấm như thế nào", "chấm ra sao", "chấm sao", "chấm những gì", "chấm gì", "tính điểm thế nào",
    "bắt buộc không", "có bắt buộc", "bắt buộc phải",
)  # fmt: skip
_REACHING = tuple(
    f"{reaching}{star}"
    for reaching in ("lên ", "lên được ", "đạt ", "đạt được ", "được ")
    for star in ("4 sao", "5 sao", "3 sao")
)
_WHERE = ("nào", "ở đâu", "đâu")
# Numbers of points that a question gives ("mới được 3 điểm").
_GIVEN = ("được 1 điểm", "được 2 điểm", "được 3 điểm", "được 4 điểm", "được 5 điểm")
_OTHER = (
    "bộ",
    "phần a",
    "phần b",
    "phần c",
    "hạng",
    "xếp",
    "tổng điểm",
    "bộ tiêu chí",
    "điểm bán",
    "quyết định",
    "phần trăm",
    "tiền",
    "hỗ trợ",
    "kinh phí",
    "mức chi",
)
# The share of the sets with a criterion that must give the same for it.
ALIKE, _SETS = 0.8, 3
# Criteria that a question names at most, and syllables of one that is no sentence ("điểm môi trường").
_MOST, _KEYWORDS = 2, 4
_Shape = tuple[float | None, tuple[tuple[float | None, int | None], ...]]


def criterion_of_any(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """What the criterion that a question names, or each of two, gives in the sets of the day, as one of those tells it
    that are alike; asked back where they are not. None where a product, a set or no criterion is named."""
    words = question.tokens
    matters = criteria_named(words)
    by_itself = bool(matters) and len(words) <= _KEYWORDS and says(words, "điểm")
    asked = by_itself or says(words, *_POINTS, *_JUDGED) or _of_a_star(question)
    if not asked or says(words, *_OTHER) or question.follow_up:
        return None
    if len(matters) > _MOST or (question.numbers and not says(words, *_GIVEN)):
        return None
    if question.places or question.documents or numbered_sets(question) or next(sets_named(question), None) is not None:
        return None
    of_product = {match.number for match in find_sets(question.text)}  # "trà" may be of two sets
    every = forms_of_day(corpus, law_day(question, on))
    forms = [form for form in every if not of_product or form.criteria_set.number in of_product]
    drafts = [
        draft
        for found in ([_named(one, forms) for one in sorted(matters)] if matters else [_meant(question, forms)])
        if (draft := _alike(question, found, len(forms), corpus, on)) is not None
    ]
    told = [draft for draft in drafts if draft.segments]
    return joined(told) if told else next(iter(drafts), None)


def _alike(
    question: Question, found: Sequence[tuple[Found, _Shape]], forms: int, corpus: Corpus, on: date
) -> Draft | None:
    """What a criterion gives, as one of the sets tells it that are alike; asked back where they are not; None where too
    few have it. forms: of so many sets."""
    if not found or 1 < len(found) < min(_SETS, forms):
        return None
    shapes = Counter(shape for _, shape in found)
    shape, count = shapes.most_common(1)[0]
    if count < ALIKE * len(found):
        return Draft(status="needs_clarification", segments=(), notices=(OF_WHICH_SET,), strength=1.0)
    first = next(one for one, its in found if its == shape)
    segments = tuple(dict.fromkeys(told_of(question, first, several=False)))
    if not segments:
        return None
    form, of = first.form, first.form.criteria_set
    based = basis(next(one.evidence[0] for one in segments if one.evidence), corpus, on)
    alike = f"cả {count}" if count == len(found) else f"{count} trong {len(found)}"
    others = f"điểm như nhau ở {alike} bộ có tiêu chí này" if len(found) > 1 else "các bộ khác không có tiêu chí này"
    note = f"Nêu theo bộ {of.number} ({of.name}); {others}."
    state = state_at(form.article, corpus, law_day(question, on))
    return Draft(
        status="answered",
        segments=(*segments, *based),
        notices=(note, *state_notices(form.article, state, corpus, on, told=bool(based))),
        strength=1.0,
    )


def _of_a_star(question: Question) -> bool:
    """Whether a star is asked of a criterion, or whether what is so reaches one ("bao bì xấu có lên được 4 sao?")."""
    if question.stars is None:
        return False
    reaching = says(question.tokens, *_REACHING) and says(question.tokens, "không", "được không")
    needed = says(question.tokens, *_NEEDED) and bool(criteria_named(question.tokens))
    return needed or says(question.tokens, *_CRITERION) or (reaching and not says(question.tokens, *_WHERE))


def forms_of_day(corpus: Corpus, day: date) -> Iterator[Form]:
    """The forms of the sets of a day that may be shown whole."""
    for one in sets_on(corpus.criteria, corpus.law, day):
        try:
            form = form_of(one, corpus.law, day, corpus.article)
        except FormMissing:
            continue
        if form.article.rights == "full":
            yield form


def _named(matter: int, forms: Sequence[Form]) -> list[tuple[Found, _Shape]]:
    """Of every set that has the criterion of that name, what it has and how many points it gives for what; a set that
    has several of them is left out."""
    found = []
    for form in forms:
        held = form.criteria_set
        nodes: list[Item | Criterion] = [node for node in held.criteria if node.options and is_about(node, matter)]
        nodes = nodes or [item for item in held.items if is_about(item, matter)]
        if len(nodes) == 1:
            found.append((_found(form, nodes[0]), _shape(nodes[0])))
    return found


def _meant(question: Question, forms: Sequence[Form]) -> list[tuple[Found, _Shape]]:
    """The same of the criterion that a question speaks of in the words of its options ("có website được mấy điểm")."""
    meant = criterion_by_words(question, forms[0], ()) if forms else None
    if meant is None:
        return []
    alike = ((form, one) for form in forms for one in form.criteria_set.criteria if one.label == meant.label)
    return [(_found(form, one), _shape(one)) for form, one in alike if one.options]


def _found(form: Form, node: Item | Criterion) -> Found:
    return Found(
        form=form,
        groups=(node,) if isinstance(node, Item) else (),
        criteria=(node,) if isinstance(node, Criterion) else (),
    )


def _shape(node: Item | Criterion) -> _Shape:
    """What of a criterion must be the same for it to be told of one set for another."""
    options = node.options if isinstance(node, Criterion) else ()
    return node.max, tuple((option.points, option.min_star) for option in options)
