"""Which level of government a question says acts: "UBND huyện chấm …", "nộp ở xã"."""

from collections.abc import Sequence

from assistant.question import Question
from assistant.wording import find_phrase, same_word, says
from index.law.authority import Level

LEVELS: dict[Level, tuple[str, ...]] = {
    "commune": ("cấp xã", "ubnd xã", "xã"),
    "district": ("cấp huyện", "ubnd huyện", "huyện"),
    "province": ("cấp tỉnh", "ubnd tỉnh", "tỉnh"),
    "central": ("trung ương", "bộ nông nghiệp", "quốc gia", "do bộ"),
}
_ACTS = (
    "chấm",
    "công nhận",
    "đánh giá",
    "phân hạng",
    "xếp hạng",
    "cấp giấy",
    "nhận hồ sơ",
    "tiếp nhận",
    "nhận",
    "xét",
    "ký",
)
_BROUGHT = ("do", "nộp ở", "nộp lên", "nộp cho", "nộp tại", "gửi lên", "gửi cho", "ở", "lên", "tại", "cho")
_BODIES = ("ủy ban nhân dân", "phòng nông nghiệp", "hội đồng", "cơ quan", "cấp")
# So many words before a level may say that something is done by it or brought to it.
_NEAR = 3
_GONE = ("bỏ", "không còn", "hết", "giải thể", "giải tán", "vừa", "trước khi bỏ")


def level_said(question: Question) -> Level | None:
    """The one level a yes-or-no question says acts ("xã có được công nhận 3 sao không, hay phải cấp nào?"), or None."""
    words = question.tokens
    other = next((at for at, word in enumerate(words) if same_word(word, "hay") or same_word(word, "hoặc")), len(words))
    words = words[:other]
    if says(words, "ai", "cấp nào", "bộ nào", "ở đâu", "cho ai", "nơi nào") or not (
        says(words[-4:], "không", "chưa") or says(words, "có phải", "đúng không", "phải không")
    ):
        return None
    acting = [level for level, names in LEVELS.items() if any(acts_in(words, name) for name in names)]
    return acting[0] if len(acting) == 1 else None


def acts_in(words: Sequence[str], level: str) -> bool:
    """Whether the words say that a level of government acts: it does something to a product or dossier right after it
    ("huyện chấm"), or something is done by it or brought to it ("do huyện", "nộp ở huyện")."""
    size = len(level.split())
    for at in range(len(words) - size + 1):
        if find_phrase(words[at : at + size], level) != 0 or says(words[max(0, at - 3) : at], *_GONE):
            continue
        if says(words[at + size : at + size + 1], "nào", "gì", "mô"):
            continue  # "làm ở huyện nào" asks which one
        if says(words[at + size : at + size + 6], *_ACTS) and not says(words[at + size : at + size + 2], *_GONE):
            return True
        if says(_without_body(words[:at])[-_NEAR:], *_BROUGHT):
            return True
    return False


def _without_body(before: Sequence[str]) -> Sequence[str]:
    """The words before a level without its body's name: "nộp cho ủy ban nhân dân" before "huyện"."""
    for body in _BODIES:
        size = len(body.split())
        if find_phrase(before[-size:], body) == 0:
            return before[:-size]
    return before
