"""Who signs, asked in a few words of the star or the withdrawal spoken of: "thế ai ký?", "nếu 5 sao thì ai ký quyết
định thu?"."""

from assistant.question import Question, understand
from assistant.wording import says

_SIGNS = ("ai ký", "người nào ký", "ông nào ký", "ai đặt bút", "chức gì ký")
# Beside who signs, words that only say of what: of the product whose grade is spoken of.
_OF_IT = frozenset(
    "ký công nhận quyết định giấy chứng hàng sản phẩm món bộ tỉnh trung ương chấm đạt điểm sao hạng thu hồi rút ra cấp "
    "trên đó nếu".split()
)
_WITHDRAWN = ("thu hồi", "rút giấy", "bị rút", "bị thu", "thu giấy")
_TAKES = ("thu", "thu hồi", "rút", "tước")
_RECOGNISING = ("công nhận", "giấy chứng nhận", "chấm", "phân hạng", "sao", "điểm")
_ABOVE = ("trung ương", "bộ", "trên đó", "trên ấy")
_MOST = 14  # syllables


def on_signing(text: str, before: Question) -> str | None:
    """The follow-up said in full; None where it asks of something else, or of what one place or paper has."""
    asked = understand(text)
    words, heard = asked.tokens, (*before.heard, "|", *before.tokens)
    own = asked.places or asked.districts or asked.documents or asked.when or not asked.unit.empty
    if own or len(words) > _MOST or not says(words, *_SIGNS) or before.documents or not says(heard, *_RECOGNISING):
        return None
    if not _OF_IT.issuperset(word for word in asked.content if not word.isdecimal()):
        return None
    if (before.places or before.districts) and not says((*words, "|", *before.tokens), *_ABOVE):
        return None
    stars = asked.stars or (None if asked.numbers else before.stars)
    star = f" {stars[0]} sao" if stars is not None and stars[0] == stars[1] else ""
    if says(words, *_TAKES) and says(heard, *_WITHDRAWN):
        return f"Ai ký quyết định thu hồi giấy chứng nhận{star}?"
    return f"Ai ký quyết định công nhận sản phẩm{star}?"
