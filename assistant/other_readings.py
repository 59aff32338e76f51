"""Other ways to read a question that nothing was found for, each tried in turn.

People leave out what was said before, say "mấy hướng" where they mean which, tell where they are from before they ask.
The first reading takes a question at its word; where nothing answers that, another may be meant. What answers a guess
must be surer than what answers the question as it stands (`assistant.sentences.SURER`), and names of products or
places, sums and grades are never guessed at: a sentence that has none does not tell them.
"""

from collections.abc import Iterator
from dataclasses import replace

from assistant.follow_up import resolve
from assistant.parts import asking_part
from assistant.question import Question
from assistant.wanted import Wanted
from assistant.wording import places_of, says
from index.figures.counted import COUNTABLE

# What is counted and told by naming it: "đem đi mấy nước?" is answered by the names of them.
_ENUMERATED = (
    "hướng", "định hướng", "chỗ", "nơi", "nước", "cách", "loại", "mục", "nội dung", "giải pháp", "nhiệm vụ", "mảng",
    "lựa chọn", "tiêu chuẩn", "hình thức", "kênh", "thị trường", "khâu", "mặt", "vấn đề", "hạn chế", "khó khăn",
    "điểm yếu", "điểm mạnh", "nguyên nhân", "việc", "nguyên tắc", "trường hợp",
)  # fmt: skip
_HOW_MANY = tuple(f"{many} {thing}" for many in ("mấy", "bao nhiêu") for thing in _ENUMERATED)
# Who asks for these wants names, which only what lists them tells.
_THINGS = ("sản phẩm", "món", "mặt hàng", "hợp tác xã", "chủ thể", "cơ sở", "doanh nghiệp", "công ty", "hộ")
_NAMES = ("tên", "danh sách", "liệt kê", "kể tên", "xã nào", "phường nào")
_WHICH = ("nào", "gì", "mô", "chi")
_MINE = tuple(
    f"{of} {me}"
    for of in ("nhà", "bên", "cơ sở", "xưởng", "lò", "xã", "htx", "hợp tác xã")
    for me in ("em", "tôi", "tui", "mình", "cháu")
)


def other_readings(question: Question, before: Question | None) -> Iterator[Question]:
    """The other readings of a question that nothing was found for, likeliest first; before: the one asked before it."""
    if question.aim not in ("question", "foreign"):
        return
    readings = [question]
    if before is not None and not (question.follow_up or question.whole or _of_its_own(question)):
        leaning = resolve(question, before, leaning=True)
        readings.insert(0, leaning)
        yield replace(leaning, guessed="before")
    if (asking := asking_part(question)) is not None and asking.aim == "question":
        readings.append(asking)
        yield replace(asking, guessed="part")
    if (question.places or question.districts) and says(question.tokens, *_MINE):
        # a rule holds wherever whoever asks it lives
        yield replace(question, places=(), former=(), today=(), districts=(), guessed="law")
    for reading in readings:
        for wanted in _instead(reading):
            yield replace(reading, wanted=wanted, counted=(), guessed="kind")


def _of_its_own(question: Question) -> bool:
    """Whether a question says of where or of which paper it asks."""
    named = question.places or question.districts or question.national or question.regions
    return bool(named or question.documents)


def _instead(question: Question) -> tuple[Wanted, ...]:
    """What a question may want instead: the things themselves where it asks how many of what is told by naming it, what
    tells of them where a list is asked for of what has no names."""
    if question.wanted == "figure":
        sums = any(item.what == "đồng" or item.what in COUNTABLE for item in question.counted)
        return () if sums or not says(question.tokens, *_HOW_MANY) else ("list", "text")
    words = question.tokens
    if question.wanted == "compare" and len(question.places) < 2 and says(words, "nhất"):
        return ("list", "text")  # which of its districts has most, a sentence may say
    # "những sản phẩm du lịch nào", "sáu sản phẩm ấy gồm những gì"
    things = any(
        says(words[max(0, place.start - 5) : place.start], *_THINGS, "quyết định") for place in places_of(words, _WHICH)
    )
    by_name = says(words, *_NAMES) or things or (says(words, "gồm") and says(words, *_THINGS))
    named = by_name or question.documents or question.stars is not None
    return ("text",) if question.wanted == "list" and not named else ()
