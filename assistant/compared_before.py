"""A follow-up that sets the places spoken of beside one another without naming them: "vậy trong ba tỉnh thì tỉnh nào
nhiều nhất?", "thế bên nào ít hơn?", "chênh nhau mấy?", "tổng cộng cả hai?"."""

from dataclasses import replace
from datetime import date

from assistant.corpus import Corpus
from assistant.question import Question, opens_anew, understand
from assistant.wording import says, tokens
from index.places.named import PROVINCES, find_places

_WHICH = ("tỉnh nào", "bên nào", "nơi nào", "địa phương nào", "đâu nhiều", "đâu ít", "ai nhiều", "ai ít")
_MORE = ("nhiều", "ít", "đông", "cao", "thấp", "đứng đầu", "dẫn đầu", "đứng cuối", "đứng chót", "hơn", "nhất")
_THESE = (
    *(f"{many} {one}" for many in ("hai", "ba", "bốn", "2", "3", "4") for one in ("tỉnh", "bên", "nơi", "địa phương")),
    "trong đó", "trong số đó", "các tỉnh đó", "các tỉnh này", "những tỉnh đó", "những nơi đó", "bên nào",
)  # fmt: skip
_ANY = ("trong kho", "các tỉnh khác", "cả nước", "toàn quốc", "tất cả các tỉnh")
_APART = ("chênh", "chênh nhau", "chênh lệch", "hơn nhau", "cách nhau", "hơn bao nhiêu", "hơn mấy", "kém bao nhiêu")
_TOGETHER = ("tổng cộng", "cộng lại", "gộp lại", "cả hai", "cả ba", "cả bốn", "tất cả")
_MANY = {"hai": 2, "ba": 3, "bốn": 4, "2": 2, "3": 3, "4": 4}
_ONES = ("tỉnh", "bên", "nơi", "địa phương", "huyện", "thành phố", "thị xã", "chỗ")
# Who led was told by how many products.
_LEADING = ("dẫn đầu", "đứng đầu", "nhiều nhất", "ít nhất", "nhiều sản phẩm")
# Words of a question that names nothing but what it compares.
_MOST, _MOST_RECKONED = 14, 10


def compared_before(text: str, before: Question, on: date, corpus: Corpus) -> Question | None:
    """The comparison, the difference or the sum asked for, of the places that this conversation named and of what the
    question before counted; None where it is none, names a place of its own, or fewer than two were named."""
    asked = understand(text, on)
    words = asked.tokens
    own = asked.places or asked.districts or asked.national or asked.regions or asked.documents
    if own or len(words) > _MOST or says(words, *_ANY):
        return None
    heard = " ".join((*before.heard, "|", *before.tokens))
    keys = tuple(dict.fromkeys((*(one.key for one in find_places(heard, typed=True)), *before.places)))
    if says(words, *_WHICH) and says(words, *_MORE):
        # "Tỉnh nào có nhiều sản phẩm OCOP nhất?" stands by itself
        if len(keys) < 2 or not (opens_anew(words) or says(words, *_THESE) or not asked.in_domain):
            return None
        return _of(asked, before, keys)
    apart, together = says(words, *_APART), says(words, *_TOGETHER)
    counted = asked.counted or before.counted or asked.stars or says(tokens(heard), *_LEADING)
    if not (apart or together) or len(words) > _MOST_RECKONED or not counted:
        return None
    provinces = [PROVINCES[key].name for key in keys]
    spoken = f" {heard} "
    districts = [name for name in corpus.subplaces if " " in name and f" {' '.join(tokens(name))} " in spoken]
    cities = {name for name in provinces if f" thành phố {' '.join(tokens(name))} " in spoken and name in districts}
    found = (set(districts) - set(provinces)) | {f"thành phố {name}" for name in cities}
    districts = sorted(found, key=lambda name: spoken.find(" ".join(tokens(name))))
    named = districts if len(districts) > 1 else provinces
    said_many = next((many for word, many in _MANY.items() if says(words, *(f"{word} {one}" for one in _ONES))), None)
    if len(named) < 2 or (apart and len(named) != 2) or (said_many or len(named)) != len(named):
        return None
    form = next((one.form for one in (*asked.counted, *before.counted)), "sản phẩm")
    stars = asked.stars or before.stars
    graded = f" {stars[0]} sao" if stars is not None and stars[0] == stars[1] else ""
    what = f"{form}{graded} OCOP"
    of_all = f"{', '.join(named[:-1])} và {named[-1]}"
    said = (
        f"{named[0]} với {named[1]} chênh nhau bao nhiêu {what}?"
        if apart
        else f"Tổng cộng {of_all} có bao nhiêu {what}?"
    )
    return replace(understand(said, on), heard=(*before.heard, "|", *before.tokens))


def _of(asked: Question, before: Question, keys: tuple[str, ...]) -> Question:
    """A comparison of provinces by what was counted before, where it names nothing to be counted."""
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
