"""Whom a sentence attributes its numbers to: a public body or its holder, else whoever is named as saying it."""

import re

from index.people.bodies import speaker_of
from index.span import Span

_ACTOR = (
    r"(?:(?:một|các|nhiều)\s+)?(?:ông|bà|anh|chị|đồng\s+chí|đại\s+diện|lãnh\s+đạo|cán\s+bộ|chủ\s+(?!thể|trương|yếu|lực|động)\w+|"
    r"(?:phó\s+)?giám\s+đốc|(?:phó\s+)?chủ\s+tịch|bộ\s+phận|ban\s+tổ\s+chức|ban\s+chỉ\s+đạo|văn\s+phòng|UBND|hội\s+đồng|"
    r"chi\s+cục|liên\s+minh|trung\s+tâm|chuyên\s+gia|nghệ\s+nhân|cơ\s+quan|"
    r"(?:sở|phòng|cục|bộ|hội)(?=\s+(?-i:[A-ZĐ])))(?!\w)"
)
_SAYS = (
    r"(?:cho\s+(?:biết|hay)|khẳng\s+định|thông\s+báo|thông\s+tin|kể|nói|chia\s+sẻ|nhận\s+định|ước\s+tính|công\s+bố|xác\s+nhận|"
    r"nhẩm\s+tính|thống\s+kê)(?!\w)"
)
_ACCORDING = re.compile(
    r"(?<!\w)theo\s+(?:(?:báo\s+cáo|thống\s+kê|số\s+liệu|thông\s+tin|tổng\s+hợp|đánh\s+giá|kết\s+quả\s+\w+)\s+(?:mới\s+nhất\s+)?"
    rf"(?:của|từ)\s+)?(?P<who>{_ACTOR}[^,;:“”\"()]*)(?=[,;:(]|$)",
    re.IGNORECASE,
)
_SAYING = re.compile(
    rf"(?:^|[,;:.”\"]\s*|(?<!\w)(?:khi|thì)\s+)(?P<who>{_ACTOR}[^,;:“”\"()]*?)(?:\s*,[^,;:“”\"]*?,?)?\s+(?:cũng\s+|đã\s+|vừa\s+)?{_SAYS}",
    re.IGNORECASE,
)
# "UBND huyện công bố quyết định công nhận 4 sản phẩm" tells what was done, not who says it
_HANDS_OUT = re.compile(
    r"\s+(?:đã\s+|vừa\s+)?công\s+bố\s+(?:và\s+trao\s+)?(?:các\s+)?quyết\s+định(?!\w)", re.IGNORECASE
)
_OFFICE = re.compile(r",|\s[-–—]\s")
_PERSON = re.compile(r"(?:ông|bà|anh|chị|đồng\s+chí)(?!\w)", re.IGNORECASE)


def says_of(sentence: str) -> Span | None:
    """The words of a sentence that name who says its numbers, a person without the office after the name, or None."""
    speaker = speaker_of(sentence)
    if speaker is not None:
        start, end = speaker
        if _HANDS_OUT.match(sentence, end):
            return None
        if _PERSON.match(sentence, start) and (office := _OFFICE.search(sentence, start, end)):
            end = office.start()
        return Span(start, end)
    for pattern in (_ACCORDING, _SAYING):
        if match := pattern.search(sentence):
            who = match["who"].rstrip(" .")
            return Span(match.start("who"), match.start("who") + len(who))
    return None
