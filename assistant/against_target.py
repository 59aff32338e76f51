"""A place's target beside what it has: what it still lacks, what share of the target it has, which is more."""

from collections.abc import Callable
from dataclasses import replace

from assistant.amounts import line
from assistant.answer import RECKONED, share_told, vietnamese_number
from assistant.compare import Row, dates_notice
from assistant.corpus import Corpus
from assistant.draft import Draft, Operation, Reckoning, Segment, connective
from assistant.fitted import Fitted, evidence_of
from assistant.fitting import fit
from assistant.question import Question
from assistant.sought import PRODUCTS, Ask, Sought
from assistant.target_words import AIMED_AT
from assistant.wording import says, words_of

# What is still to come.
_LACKING = (
    "còn thiếu", "thiếu bao nhiêu", "thiếu mấy", "cần thêm", "phải thêm", "thêm bao nhiêu", "thêm mấy", "bao nhiêu nữa",
    "mấy nữa", "sản phẩm nữa", "cái nữa", "chủ thể nữa",
)  # fmt: skip
# What was reached, set beside what is aimed at, and how.
_RESULTS = ("kết quả", "thực tế", "thực hiện", "đã đạt", "đã có", "đang có", "hiện có", "năm trước")
_BESIDE = (
    "cao hay thấp", "thấp hay cao", "nhiều hay ít", "ít hay nhiều", "cao hơn hay", "thấp hơn hay", "hơn hay kém",
    "chênh", "cao hơn", "thấp hơn", "so với", "so sánh",
)  # fmt: skip
_SHARE_OF = tuple(
    f"phần trăm {lead}{target}" for lead in ("", "của ", "so với ") for target in ("mục tiêu", "chỉ tiêu", "kế hoạch")
)
# What only frames such a question.
_FRAME = frozenset(
    word
    for phrase in (*_LACKING, *AIMED_AT, *_RESULTS, *_BESIDE, "ít nhất tối thiểu phần trăm tỷ lệ hoàn thành xếp hạng")
    for word in phrase.split()
)
# A target of so many more is no total.
_ANEW = ("mới", "thêm", "tăng")
# Of what is counted, the target, what was reached and whether there may be more to the target: what is told, and how it
# is reckoned.
_Way = Callable[[Ask, float, float, bool], tuple[str, Operation, float]]


def against_target(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """What a place has set against its target, with the arithmetic; None for other questions, where one of the two is
    not held, and where nothing is lacking of what is said to be."""
    asked = question.tokens
    aims = question.planned or says(asked, *AIMED_AT) or says(question.spoken, *AIMED_AT)
    way = _way(question)
    if len(question.places) != 1 or question.documents or not aims or way is None:
        return None
    ask = next((ask for ask in sought.asks if ask.what not in ("%", "điểm")), replace(PRODUCTS, stars=question.stars))
    words = tuple(word for word in sought.limits.words if word not in _FRAME)
    # the time asked may be that of either
    sought = replace(sought, limits=replace(sought.limits, words=words), numbers=(), times=(), seasons=(), period=None)
    years = {date[:4] for date in question.dates}
    named = [word for word in words if question.emphasis.get(word, 1.0) >= 1.0]  # "sản phẩm từ dừa"
    targets, results = (
        [item for item in fit(question, replace(sought, planned=planned), ask, corpus) if _of(named, item, corpus)]
        for planned in (True, False)
    )
    pairs = [
        (target, had)
        for target in targets
        for had in results
        if _comparable(target, had) and (way is not _lacking or had.figure.value < target.figure.value)
        if not years or (target.figure.as_of or "")[:4] in years
    ]
    if not pairs:
        return None
    target, had = max(
        pairs,
        key=lambda pair: (
            pair[0].figure.article_id == pair[1].figure.article_id,
            pair[0].score + pair[1].score,
            pair[1].figure.as_of or "",
        ),
    )
    text, operation, result = way(ask, target.figure.value, had.figure.value, target.figure.bound == "over")
    ends = (target, had) if operation == "difference" and target.figure.value >= had.figure.value else (had, target)
    derived = Segment(
        text=text,
        kind="derived",
        evidence=tuple(evidence_of(item.figure, corpus) for item in ends),
        reckoning=Reckoning(
            operation=operation,
            operands=tuple((item.figure.value, place) for place, item in enumerate(ends)),
            result=result,
        ),
    )
    rows = [Row(key=question.places[0], fitted=item) for item in (target, had)]
    return Draft(
        status="answered",
        segments=(derived, connective(RECKONED), *dict.fromkeys(line(row.figure, corpus) for row in rows)),
        notices=dates_notice(rows, corpus, "nên chỉ để tham khảo"),
        strength=0.9,
    )


def _way(question: Question) -> _Way | None:
    """How a question sets the two beside one another."""
    asked = question.tokens
    if says(asked, *_LACKING):
        return _lacking
    if says(asked, *_SHARE_OF):
        return _reached
    return _differing if says(asked, *_RESULTS) and says(asked, *_BESIDE) else None


def _lacking(ask: Ask, target: float, had: float, over: bool) -> tuple[str, Operation, float]:
    more, rest = "hơn " if over else "", target - had
    text = f"Còn thiếu {more}{_said(rest)} {ask.form} so với mục tiêu ({_said(target)} - {_said(had)})."
    return text, "difference", rest


def _reached(ask: Ask, target: float, had: float, over: bool) -> tuple[str, Operation, float]:
    share = share_told(100 * had / target)
    about = "dưới " if over else "" if share * target == 100 * had else "khoảng "
    return f"Đạt {about}{_said(share)} % mục tiêu ({_said(had)} / {_said(target)} {ask.form}).", "share", share


def _differing(ask: Ask, target: float, had: float, over: bool) -> tuple[str, Operation, float]:
    low, high = sorted((target, had))
    aim = "Mức tối thiểu của mục tiêu" if over else "Mục tiêu"
    if low == high:
        return f"{aim} bằng kết quả: {_said(target)} {ask.form}.", "difference", 0.0
    degree = "cao" if target > had else "thấp"
    text = f"{aim} {degree} hơn kết quả {_said(high - low)} {ask.form} ({_said(high)} - {_said(low)})."
    return text, "difference", high - low


def _said(value: float) -> str:
    return vietnamese_number(value)


def _of(named: list[str], item: Fitted, corpus: Corpus) -> bool:
    """Whether a figure's sentence names all that the question limits it to."""
    return all(map(words_of(evidence_of(item.figure, corpus).quote).holds, named))


def _comparable(target: Fitted, had: Fitted) -> bool:
    """Whether a figure is all there was of the thing aimed at, no later than the target's time."""
    aim, held = target.figure, had.figure
    return (
        aim.planned
        and not held.planned
        and target.own_place
        and had.own_place
        and not (aim.part or held.part or had.occasion or had.round)
        and not says(words_of(aim.context).tokens, *_ANEW)
        and aim.to is None
        and held.bound is None
        and held.to is None
        and (aim.star, aim.star_to) in ((None, None), (3, 5), (held.star, held.star_to))
        and aim.as_of is not None
        and held.as_of is not None
        and held.as_of[:4] <= aim.as_of[:4]
        and held.value > 0
        and aim.value > 0
    )
