"""What of a paper a question asks for, in whatever order its words stand: its day, its number, what changed it and what
it changed."""

from collections.abc import Sequence

from assistant.wording import says, standing

_DAY = (
    "ngày ký", "ngày ban hành", "ngày ra", "ngày tháng", "thời điểm ban hành", "thời điểm ký", "thời gian ban hành",
    "thời gian ký", "năm ban hành", "tháng ban hành", "ngày phê duyệt",
)  # fmt: skip
_NUMBER = ("số hiệu", "số quyết định", "số ký hiệu", "số văn bản")
_FORCE = ("ngày hiệu lực", "ngày có hiệu lực", "thời điểm có hiệu lực", "thời điểm hiệu lực", "ngày bắt đầu hiệu lực")
# "trong 36 tháng kể từ ngày ký" speaks of the day and does not ask for it.
_COUNTED_FROM = ("từ", "kể", "tính", "sau", "trước", "trong", "đến", "tới", "theo")
_PAPERS = ("quyết định", "văn bản", "nghị quyết", "lệnh", "cái")
_WHICH = ("nào", "gì", "khác")
_WHICH_PAPER = tuple(f"{paper} {which}" for paper in _PAPERS for which in _WHICH)
_VERBS = (
    "thay", "thay thế", "bãi bỏ", "bãi", "hủy", "hủy bỏ", "sửa", "sửa đổi", "đính chính", "điều chỉnh", "bổ sung",
    "vô hiệu", "chỉnh sửa",
)  # fmt: skip
_SUFFERS = ("bị", "được")
# What of a decision may be changed besides the decision: then it is what is asked about.
_THINGS = (
    "sản phẩm nào", "sản phẩm gì", "những sản phẩm", "các sản phẩm", "món nào", "cái nào", "giấy nào", "hạng nào",
    "tên nào",
)  # fmt: skip
# How far behind "bị" or a paper asked for the verb may stand: "bị vb nào khác của tỉnh thay".
_FURTHEST = 6
_NEAR = 3
_PARTS = (
    "phần nào", "chỗ nào", "điểm nào", "khoản nào", "điều nào", "phụ lục nào", "mục nào", "đoạn nào", "nội dung nào",
    "nội dung gì", "gì", "những gì", "những nội dung", "những phần", "những chỗ", "những điểm", "ra sao", "thế nào",
    "quy định nào", "câu nào", "phần gì", "chỗ gì", "điều gì", "mẫu nào", "biểu nào",
)  # fmt: skip


def asks_day(words: Sequence[str]) -> bool:
    """Whether a question asks for the day of a paper as a thing: "ngày ký Quyết định 12", not "kể từ ngày ký"."""
    return any(place.start == 0 or not _counts_from(words[place.start - 1]) for place, _ in standing(words, _DAY))


def _counts_from(word: str) -> bool:
    return says((word,), *_COUNTED_FROM)


def asks_number(words: Sequence[str]) -> bool:
    """Whether a question asks for the number of a paper as a thing: "số hiệu của quyết định …"."""
    return says(words, *_NUMBER)


def asks_force(words: Sequence[str]) -> bool:
    """Whether a question asks as a thing for the day from which a paper has force."""
    if says(words[:3], "ngày", "thời điểm") and says(words[-4:], "có hiệu lực"):
        return True  # "thời điểm Quyết định 12 có hiệu lực"
    return any(place.start == 0 or not _counts_from(words[place.start - 1]) for place, _ in standing(words, _FORCE))


def asks_changer(words: Sequence[str]) -> bool:
    """Whether a question that names a paper asks what changed it, or whether anything did: "bị văn bản nào thay", "văn
    bản nào đã thay thế", "số quyết định bãi bỏ Quyết định 12"."""
    if says(words, *_THINGS):
        return False
    verbs = [place for place, _ in standing(words, _VERBS)]
    if any(says(words[verb.stop : verb.stop + 2], "gì chưa", "gì không") and says(words, "có") for verb in verbs):
        return True
    suffers = [place.stop for place, _ in standing(words, _SUFFERS)]
    if any(0 <= verb.start - at <= _FURTHEST for verb in verbs for at in suffers):
        return True
    for paper, _ in standing(words, _PAPERS):
        after = words[paper.stop :]
        which = says(after[:1], *_WHICH) or says(after[:2], *(f"số {which}" for which in _WHICH))
        if which and any(0 <= verb.start - paper.stop <= _NEAR for verb in verbs):
            return True
        # "quyết định bãi bỏ Quyết định 12": no number of its own
        direct = [verb for verb in verbs if verb.start == paper.stop]
        if any(says(words[verb.stop : verb.stop + 2], "quyết định", "văn bản") for verb in direct):
            return True
    return False


def changing_paper(words: Sequence[str]) -> bool:
    """Whether a question speaks of what changed the paper it names by that alone: "quyết định bãi bỏ Quyết định 12",
    "tỉnh bãi bỏ Quyết định 12 hôm nào", not "Quyết định 7 bãi bỏ Quyết định 12" or "Quyết định 12 bị bãi bỏ"."""
    for verb, _ in standing(words, _VERBS):
        before = words[max(0, verb.start - _FURTHEST) : verb.start]
        own = any(word.isdecimal() for word in before) or says(before, *_SUFFERS, *_WHICH_PAPER)
        if not own and says(words[verb.stop : verb.stop + 2], "quyết định", "văn bản"):
            following = words[verb.stop + 2 : verb.stop + 4]
            if any(word[:1].isdecimal() for word in following):
                return True
    return False


def asks_changes(words: Sequence[str]) -> bool:
    """Whether a question asks what a paper changed in another: "sửa phần nào của …", "bổ sung những gì"."""
    for verb, _ in standing(words, _VERBS):
        if says(words[max(0, verb.start - 2) : verb.start], *_SUFFERS):
            continue
        if says(words[verb.stop : verb.stop + _FURTHEST], *_PARTS):
            return True
    return False
