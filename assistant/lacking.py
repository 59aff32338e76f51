"""How many of all lack something, where a source says how many of how many have it: "27/173 xã có sản phẩm"."""

from dataclasses import replace

from assistant.answer import RECKONED, vietnamese_number
from assistant.corpus import Corpus
from assistant.count import time_notices
from assistant.draft import Draft, Reckoning, Segment, connective, quoted
from assistant.fitted import evidence_of, standing_of
from assistant.fitting import fit
from assistant.question import Question
from assistant.sought import Sought
from assistant.wording import says

_LACKS = ("chưa có", "không có", "còn thiếu", "chưa được", "còn trắng", "chưa")
_FRAME = frozenset("còn chưa không có thiếu trắng được lại tổng số nơi sản phẩm ocop món hàng".split())


def lacking(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """The rest of all, with its arithmetic; None for other questions and where no source gives both numbers."""
    if not (question.negated and question.wanted == "figure" and sought.asks and says(question.tokens, *_LACKS)):
        return None
    words = tuple(word for word in sought.limits.words if word not in _FRAME)
    plain = replace(sought, limits=replace(sought.limits, words=words))
    ask = sought.asks[0]
    found = [
        item
        for item in fit(replace(question, negated=False), plain, ask, corpus)
        if item.figure.of is not None and item.own_place and item.fits_time is not False
    ]
    best = max(found, key=standing_of, default=None)
    if best is None or best.figure.of is None or best.figure.of < best.figure.value:
        return None
    evidence, rest = evidence_of(best.figure, corpus), best.figure.of - best.figure.value
    noun = ask.form if best.figure.what_span is None else best.figure.what_span.of(evidence.article.text)
    derived = Segment(
        text=f"Còn {vietnamese_number(rest)} {noun} chưa có "
        f"({vietnamese_number(best.figure.of)} - {vietnamese_number(best.figure.value)}).",
        kind="derived",
        evidence=(evidence,),
        reckoning=Reckoning(
            operation="difference", operands=((best.figure.of, 0), (best.figure.value, 0)), result=rest
        ),
    )
    return Draft(
        status="answered",
        segments=(derived, connective(RECKONED), quoted(evidence)),
        notices=tuple(time_notices(sought, [best])),
        strength=0.9,
    )
