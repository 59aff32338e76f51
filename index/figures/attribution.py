"""Whom a sentence attributes its numbers to: a public body or its holder, else whoever is named as saying it."""

import re

from index.people.bodies import speaker_of
from index.span import Span
from index.text import CAPITALS

_ACTOR = (
    r"(?:(?:một|các|nhiều)\s+)?(?:ông|bà|anh|chị|chú|cô|bác|đồng\s+chí|đại\s+diện|lãnh\s+đạo|cán\s+bộ|chủ\s+(?!thể|trương|yếu|lực|động)\w+|"
    r"(?:phó\s+)?giám\s+đốc|(?:phó\s+)?chủ\s+tịch|bộ\s+phận|ban\s+tổ\s+chức|ban\s+chỉ\s+đạo|văn\s+phòng|UBND|hội\s+đồng|"
    r"chi\s+cục|liên\s+minh|trung\s+tâm|chuyên\s+gia|nghệ\s+nhân|cơ\s+quan|"
    r"(?:sở|phòng|cục|bộ|hội)(?=\s+(?-i:[A-ZĐ])))(?!\w)"
)
_SAYS = (
    r"(?:cho\s+(?:biết|hay|rằng)|bày\s+tỏ|bộc\s+bạch|tâm\s+sự|nhấn\s+mạnh|báo\s+cáo|phản\s+ánh|thừa\s+nhận|nêu\s+rõ|phát\s+biểu|"
    r"khẳng\s+định|thông\s+báo|thông\s+tin|kể|nói|chia\s+sẻ|nhận\s+định|ước\s+tính|công\s+bố|xác\s+nhận|"
    r"nhẩm\s+tính|thống\s+kê)(?!\w)"
)
_ACCORDING = re.compile(
    r"(?<!\w)(?:theo|qua(?=\s+(?:khảo\s+sát|thống\s+kê|rà\s+soát|đánh\s+giá)\s+của))\s+"
    r"(?:(?:báo\s+cáo|khảo\s+sát|rà\s+soát|thống\s+kê|số\s+liệu|thông\s+tin|tổng\s+hợp|đánh\s+giá|kết\s+quả\s+\w+)\s+(?:mới\s+nhất\s+)?"
    rf"(?:của|từ)\s+|lời(?:\s+kể)?\s+(?:của\s+)?)?(?P<who>{_ACTOR}[^,;:“”\"()]*)(?=[,;:(]|$)",
    re.IGNORECASE,
)
_SAYING = re.compile(
    rf"(?:^|[,;:.”\"]\s*|[-–]\s|(?<!\w)(?:khi|thì)\s+)(?P<who>{_ACTOR}[^,;:“”\"()]*?)(?:\s*,[^,;:“”\"]*?,?)?\s+(?:cũng\s+|đã\s+|vừa\s+)?{_SAYS}",
    re.IGNORECASE,
)
# "UBND huyện công bố quyết định công nhận 4 sản phẩm" tells what was done, not who says it
_HANDS_OUT = re.compile(
    r"\s+(?:đã\s+|vừa\s+)?công\s+bố\s+(?:và\s+trao\s+)?(?:các\s+)?quyết\s+định(?!\w)", re.IGNORECASE
)
_TITLE = r"(?:ông|bà|anh|chị|chú|cô|bác|em|cụ|đồng\s+chí)(?!\w)"
# "UBND tỉnh đề nghị công nhận 5 sản phẩm", "Sở đề nghị tỉnh xếp hạng 4 sao": a body that asks for grades tells of none
_ASKS_FOR = re.compile(
    r"\s+(?:đã\s+|vừa\s+)?(?:đề\s+nghị|đề\s+xuất)\s+(?:[^\s,;:.]+\s+){0,6}?"
    r"(?:công\s+nhận|đánh\s+giá|phân\s+hạng|xếp\s+hạng|xếp|nâng\s+hạng|chấm)(?!\w)",
    re.IGNORECASE,
)
# A person's name with the title before it: what stands behind it is the office, or how it was said.
_NAMED = re.compile(rf"(?i:{_TITLE})(?:\s+[{CAPITALS}][\w’']*)+")
# "Bà Trần Thị Mai, 45 tuổi, chủ một hộ làm tương ở Nam Đàn, cho biết"
_APPOSED = re.compile(
    rf"(?<!\w)(?P<who>(?i:{_TITLE})(?:\s+[{CAPITALS}][\w’']*)+)\s*(?:[,(]|\s[-–—])"
    rf"(?:(?!(?i:(?<!\w){_TITLE}))[^;:“”\"]){{1,160}}?[\s,)](?i:{_SAYS})"
)
# "ông Lê Văn Hùng, cán bộ Sở Công Thương, cho biết": where he works is not who says it
_WORKS_AT = re.compile(
    rf"(?<!\w)(?P<who>(?i:{_TITLE})(?:\s+[{CAPITALS}][\w’']*)+)\s*(?:[,(]|\s[-–—])"
    rf"[^,;:()“”\"]{{1,160}}(?:[,)]|\s[-–—])\s+(?:(?:cũng|đã|vừa)\s+)?(?i:{_SAYS})"
)
_ASKING = re.compile(
    rf"(?:^|[,;.”\"]\s*)(?P<who>(?i:{_TITLE})(?:\s+[{CAPITALS}][\w’']*)+)\s+(?:cũng\s+|đã\s+)?"
    r"(?:đề\s+nghị|kiến\s+nghị|đề\s+xuất|yêu\s+cầu|lưu\s+ý|khuyến\s+cáo|tính\s+toán|ước\s+lượng|giới\s+thiệu|khoe)(?!\w)"
)
# "con số được ông Lê Văn Hùng đưa ra"
_GIVEN_BY = re.compile(
    rf"(?<!\w)(?:được|do)\s+(?P<who>(?i:{_TITLE})(?:\s+[{CAPITALS}][\w’']*)+)\s+(?:đưa\s+ra|cung\s+cấp|nêu|dẫn\s+ra)(?!\w)"
)
_QUOTATION = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_BREAK = re.compile(r"[.!?…]\s|\n")
_LONGEST_INTRODUCTION = 300


def says_of(sentence: str) -> Span | None:
    """The words of a sentence that name who says its numbers, a person without the office after the name, or None."""
    found = _says_of(sentence)
    named = None if found is None else _NAMED.match(sentence, found.start, found.end)
    return found if named is None else Span(named.start(), named.end())


def _says_of(sentence: str) -> Span | None:
    speaker = speaker_of(sentence)
    if speaker is not None:
        start, end = speaker
        person = next((one for one in _WORKS_AT.finditer(sentence) if one.end("who") < start < one.end()), None)
        if person is not None:
            return Span(person.start("who"), person.end("who"))
        if _HANDS_OUT.match(sentence, end):
            return None
        if _ASKS_FOR.match(sentence, end) and not _NAMED.match(sentence, start, end):
            return None
        return Span(start, end)
    for pattern in (_APPOSED, _ACCORDING, _SAYING, _GIVEN_BY, _ASKING):
        if match := pattern.search(sentence):
            who = match["who"].rstrip(" .")
            return Span(match.start("who"), match.start("who") + len(who))
    return None


def quoted_by(text: str, start: int, end: int, at: int) -> Span | None:
    """Who says the quotation that `at` lies in, within the paragraph `text[start:end]`: named in the words that lead
    into it ("Ông X cho biết: “…"), else in those behind it ("…”, ông X nói"), or None."""
    around = next((one for one in _QUOTATION.finditer(text, start, end) if one.start() <= at < one.end()), None)
    if around is None:
        return None
    first = max((one.end() for one in _BREAK.finditer(text, start, around.start())), default=start)
    first = max(first, around.start() - _LONGEST_INTRODUCTION)
    before = says_of(text[first : around.start()])
    if before is not None:
        return before.moved(first)
    stop = _BREAK.search(text, around.end(), end)
    last = min(stop.start() if stop else end, around.end() + _LONGEST_INTRODUCTION)
    behind = says_of(text[around.end() : last])
    return None if behind is None else behind.moved(around.end())
