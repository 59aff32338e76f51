"""Which criterion of a set a question means that calls none by a name: the one whose label, options and notes have most
of its words, by rarity among the criteria ("qua mấy đại lý?", "có cần HACCP không?")."""

import math
from collections import Counter
from collections.abc import Collection, Sequence

from assistant.evidence import GENERIC
from assistant.form import Form
from assistant.question import Question
from assistant.wording import same_word, tokens
from index.criteria.sets import Criterion

# Who asks names no criterion, though labels have some of these words.
ASKERS = "hợp tác xã chủ thể cơ sở sản xuất kinh doanh doanh nghiệp công ty hộ gia đình tổ hợp trang trại"
# What says how a thing is asked for, not what is asked for.
_ASKING = frozenset(
    "muốn phải cần ít nhất nhiều tối thiểu bắt buộc yêu cầu điều kiện đáp ứng điểm sao hạng mức lên giữ thêm chấm tính "
    "tiêu chí mục phần bộ hỏi biết nào gì mấy bao nhiêu làm dùng sử dụng loại cao thấp cộng thưởng".split()
)
# Of these those that a criterion may be about all the same ("bán ra ngoài xã").
_OF_CRITERIA = frozenset(("xã",))
_SHARE = 0.6  # of what is asked so much must be said of the criterion
_AHEAD = 0.15  # and so much more than of the next
_LEAST = 2
_OF_THEM = 0.7  # of the words of a follow-up, so many are of the criteria spoken of


def criterion_by_words(question: Question, form: Form, product: Collection[str]) -> Criterion | None:
    """The criterion that a question speaks of in other words than its name; None where none is clearly meant.

    product: the words the product is called by, which tell of no criterion.
    """
    asked = _asked(question, {*product, *ASKERS.split()})
    if len(asked) < _LEAST:
        return None
    criteria = [one for one in form.criteria_set.criteria if one.options]
    called = [
        one for one in criteria if all(any(same_word(word, other) for other in tokens(one.label)) for word in asked)
    ]
    if len(called) == 1:
        return called[0]
    held = {one.code: _held((one,), form, asked) for one in criteria}
    shared = Counter(word for words in held.values() for word in words)
    weight = {word: math.log((len(criteria) + 1) / (shared[word] or 1)) for word in asked}
    total = sum(weight.values())
    ranked = sorted(((sum(weight[word] for word in held[one.code]) / total, one) for one in criteria), key=_score)
    (best, meant), (next_best, _) = ranked[-1], ranked[-2] if len(ranked) > 1 else (0.0, ranked[-1][1])
    if best < _SHARE or best - next_best < _AHEAD or len(held[meant.code]) < _LEAST:
        return None
    return meant


def _score(ranked: tuple[float, Criterion]) -> float:
    return ranked[0]


def are_of(question: Question, criteria: Sequence[Criterion], form: Form) -> bool:
    """Whether a question has words of its own and criteria say nearly all of them, whoever asks."""
    asked = _asked(question, ())
    return bool(asked) and len(_held(criteria, form, asked)) >= _OF_THEM * len(asked)


def _asked(question: Question, besides: Collection[str]) -> tuple[str, ...]:
    """The words of a question that may tell of a criterion, each once. besides: those that do not."""
    taken = {*besides, *GENERIC, *_ASKING} - _OF_CRITERIA
    return tuple(dict.fromkeys(word for word in question.content if word not in taken and not word.isdecimal()))


def _held(criteria: Sequence[Criterion], form: Form, asked: tuple[str, ...]) -> frozenset[str]:
    """The words asked that criteria say, in their labels, their options or their notes."""
    text = form.article.text
    said: set[str] = set()
    for criterion in criteria:
        said.update(word for option in criterion.options for word in tokens(text[option.start : option.end]))
        said.update(tokens(criterion.label), *(tokens(text[start:end]) for start, end in criterion.notes))
    return frozenset(word for word in asked if any(same_word(word, other) for other in said))
