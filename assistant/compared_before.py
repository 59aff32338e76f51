"""A follow-up that sets the provinces spoken of beside one another without naming them: "vậy trong ba tỉnh thì tỉnh nào
nhiều nhất?", "thế bên nào ít hơn?"."""

from dataclasses import replace
from datetime import date

from assistant.question import Question, opens_anew, understand
from assistant.wording import says
from index.places.named import find_places

_WHICH = ("tỉnh nào", "bên nào", "nơi nào", "địa phương nào", "đâu nhiều", "đâu ít", "ai nhiều", "ai ít", "thằng nào")
_MORE = ("nhiều", "ít", "đông", "cao", "thấp", "đứng đầu", "dẫn đầu", "đứng cuối", "đứng chót", "hơn", "nhất")
_THESE = (
    *(f"{many} {one}" for many in ("hai", "ba", "bốn", "2", "3", "4") for one in ("tỉnh", "bên", "nơi", "địa phương")),
    "trong đó", "trong số đó", "các tỉnh đó", "các tỉnh này", "những tỉnh đó", "những nơi đó", "bên nào",
)  # fmt: skip
_ANY = ("trong kho", "các tỉnh khác", "cả nước", "toàn quốc", "tất cả các tỉnh")
# Words of a question that names nothing but what it compares.
_MOST = 14


def compared_before(text: str, before: Question, on: date) -> Question | None:
    """The comparison asked for, with the provinces that this conversation named and what the question before counted;
    None where it is none, names a place of its own, or fewer than two were named."""
    asked = understand(text, on)
    words = asked.tokens
    own = asked.places or asked.districts or asked.national or asked.regions or asked.documents
    if own or len(words) > _MOST or not (says(words, *_WHICH) and says(words, *_MORE)):
        return None
    # "Tỉnh nào có nhiều sản phẩm OCOP nhất?" stands by itself
    if says(words, *_ANY) or not (opens_anew(words) or says(words, *_THESE) or not asked.in_domain):
        return None
    heard = " ".join((*before.heard, "|", *before.tokens))
    keys = tuple(dict.fromkeys((*(one.key for one in find_places(heard, typed=True)), *before.places)))
    if len(keys) < 2:
        return None
    return replace(
        asked,
        wanted="compare",
        in_domain=True,
        places=keys,
        counted=asked.counted or before.counted,
        stars=asked.stars or before.stars,
        follow_up=False,
        heard=(*before.heard, "|", *before.tokens),
    )
