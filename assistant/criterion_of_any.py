"""A criterion asked about without a product: "câu chuyện sản phẩm tối đa mấy điểm?".

Most criteria give the same points in nearly all sets. Then one of those sets is told, and of how many it is true; where
sets differ, which product is meant is asked back.
"""

from collections import Counter
from datetime import date

from assistant.answer import OF_WHICH_SET
from assistant.basis import basis
from assistant.corpus import Corpus
from assistant.criterion import Found, is_about, told_of
from assistant.criterion_names import criteria_named
from assistant.draft import Draft
from assistant.form import Form, FormMissing, form_of
from assistant.law import state_notices
from assistant.question import Question
from assistant.set_numbers import numbered_sets
from assistant.units import law_day, state_at
from assistant.wording import says
from index.criteria.held import sets_on
from index.criteria.products import find_sets
from index.criteria.sets import Criterion, Item

_POINTS = (
    "mấy điểm", "bao nhiêu điểm", "cộng điểm", "tối đa mấy", "điểm tối đa", "được điểm", "có điểm", "điểm không",
    "tối đa bao nhiêu",
)  # fmt: skip
# Of a star, only who speaks of a criterion as one.
_CRITERION = ("mục", "tiêu chí", "phiếu chấm")
_OTHER = ("bộ", "phần a", "phần b", "phần c", "hạng", "xếp", "tổng điểm", "bộ tiêu chí", "điểm bán", "quyết định")
# The share of the sets with a criterion that must give the same for it.
_ALIKE, _SETS = 0.8, 3
_Shape = tuple[float | None, tuple[tuple[float | None, int | None], ...]]


def criterion_of_any(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """What the one criterion that a question names gives in the sets of the day, as one of those tells it that are
    alike; asked back where they are not. None where a product, a set or no single criterion is named."""
    words = question.tokens
    asks = says(words, *_POINTS) or (question.stars is not None and says(words, *_CRITERION))
    if not asks or says(words, *_OTHER) or question.places or question.numbers or question.follow_up:
        return None
    matters = criteria_named(words)
    if len(matters) != 1 or find_sets(question.text) or numbered_sets(question) or question.documents:
        return None
    (matter,) = matters
    found = _held(matter, corpus, law_day(question, on))
    if len(found) < _SETS:
        return None
    shapes = Counter(shape for _, shape in found)
    shape, count = shapes.most_common(1)[0]
    if count < _ALIKE * len(found):
        return Draft(status="needs_clarification", segments=(), notices=(OF_WHICH_SET,), strength=1.0)
    first = next(one for one, its in found if its == shape)
    segments = tuple(dict.fromkeys(told_of(question, first, several=False)))
    if not segments:
        return None
    form, of = first.form, first.form.criteria_set
    based = basis(next(one.evidence[0] for one in segments if one.evidence), corpus, on)
    alike = f"cả {count}" if count == len(found) else f"{count} trong {len(found)}"
    note = f"Nêu theo bộ {of.number} ({of.name}); điểm như nhau ở {alike} bộ có tiêu chí này."
    state = state_at(form.article, corpus, law_day(question, on))
    return Draft(
        status="answered",
        segments=(*segments, *based),
        notices=(note, *state_notices(form.article, state, corpus, on, told=bool(based))),
        strength=1.0,
    )


def _held(matter: int, corpus: Corpus, day: date) -> list[tuple[Found, _Shape]]:
    """Of every set of the day that may be shown whole and has the criterion, what it has and how many points it gives
    for what; a set that has several of them is left out."""
    found = []
    for one in sets_on(corpus.criteria, corpus.law, day):
        try:
            form = form_of(one, corpus.law, day, corpus.article)
        except FormMissing:
            continue
        nodes: list[Item | Criterion] = [node for node in one.criteria if node.options and is_about(node, matter)]
        nodes = nodes or [item for item in one.items if is_about(item, matter)]
        if form.article.rights == "full" and len(nodes) == 1:
            found.append((_found(form, nodes[0]), _shape(nodes[0])))
    return found


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
