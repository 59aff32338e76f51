"""How far a place is from its target: "so với mục tiêu cả năm còn thiếu mấy sản phẩm nữa?"."""

from dataclasses import replace

from assistant.amounts import line
from assistant.answer import RECKONED, vietnamese_number
from assistant.compare import Row, dates_notice
from assistant.corpus import Corpus
from assistant.draft import Draft, Reckoning, Segment, connective
from assistant.fitting import Fitted, evidence_of, fit
from assistant.question import Question
from assistant.sought import PRODUCTS, Sought
from assistant.wording import says, words_of

# What is still to come. "Thiếu bao nhiêu điểm" is asked of one product.
_LACKING = (
    "còn thiếu", "thiếu bao nhiêu", "thiếu mấy", "cần thêm", "phải thêm", "thêm bao nhiêu", "thêm mấy", "bao nhiêu nữa",
    "mấy nữa", "sản phẩm nữa", "cái nữa", "chủ thể nữa",
)  # fmt: skip
_TARGETS = (
    "mục tiêu", "chỉ tiêu", "kế hoạch", "mốc", "đề ra", "đặt ra", "về đích", "phấn đấu", "chạm", "cán",
)  # fmt: skip

# A target of so many more is no total.
_ANEW = ("mới", "thêm", "tăng")


def short_of(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """What a place still lacks of its target, with the arithmetic: the target less what it had at last before it.

    None for other questions, and where one of the two is not held.
    """
    asked = question.tokens
    aims = question.planned or says(asked, *_TARGETS) or says(question.spoken, *_TARGETS)
    if len(question.places) != 1 or question.documents or not (aims and says(asked, *_LACKING)):
        return None
    ask = next((ask for ask in sought.asks if ask.what not in ("%", "điểm")), replace(PRODUCTS, stars=question.stars))
    # the words of such a question frame what is reckoned, and its time may be that of either
    sought = replace(sought, limits=replace(sought.limits, words=()), numbers=(), times=(), seasons=(), period=None)
    years = {date[:4] for date in question.dates}
    pairs = [
        (target, had)
        for target in fit(question, replace(sought, planned=True), ask, corpus)
        for had in fit(question, replace(sought, planned=False), ask, corpus)
        if target.figure.planned and not had.figure.planned and _comparable(target, had)
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
    lacking = target.figure.value - had.figure.value
    more = "hơn " if target.figure.bound == "over" else ""
    said = f"{vietnamese_number(target.figure.value)} - {vietnamese_number(had.figure.value)}"
    derived = Segment(
        text=f"Còn thiếu {more}{vietnamese_number(lacking)} {ask.form} so với mục tiêu ({said}).",
        kind="derived",
        evidence=(evidence_of(target.figure, corpus), evidence_of(had.figure, corpus)),
        reckoning=Reckoning(
            operation="difference", operands=((target.figure.value, 0), (had.figure.value, 1)), result=lacking
        ),
    )
    rows = [Row(key=question.places[0], fitted=item) for item in (target, had)]
    return Draft(
        status="answered",
        segments=(derived, connective(RECKONED), *dict.fromkeys(line(row.figure, corpus) for row in rows)),
        notices=dates_notice(rows, corpus, "nên số còn thiếu là tính theo số liệu mới nhất tìm thấy"),
        strength=0.9,
    )


def _comparable(target: Fitted, had: Fitted) -> bool:
    """Whether a figure is what there was of the thing aimed at, before the target's time and less than it."""
    aim, held = target.figure, had.figure
    return (
        target.own_place
        and had.own_place
        and not (aim.part or held.part or had.occasion or had.round)
        and not says(words_of(aim.context).tokens, *_ANEW)
        and held.bound is None
        and held.to is None
        and (aim.star, aim.star_to) in ((None, None), (3, 5), (held.star, held.star_to))
        and aim.as_of is not None
        and held.as_of is not None
        and held.as_of[:4] <= aim.as_of[:4]
        and 0 < held.value < aim.value
    )
