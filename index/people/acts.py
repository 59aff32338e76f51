"""What someone in office, or a body, is said to do: the words for it, right after the name or leading up to it.

Only what is said as done counts: "sẽ", "cần", "phải", "không", "chưa" before the verb, or an order to do it ("giao Sở
Công Thương chủ trì", "trình UBND tỉnh công nhận"), make no act.
"""

import re
from collections.abc import Iterator
from typing import Literal

from index.span import Span

Role = Literal["chaired", "signed", "awarded", "directed", "said", "attended", "organised", "issued", "holds"]
Actor = Literal["person", "body"]

_MEETING = r"(?= (?:các )?(?i:cuộc họp|hội nghị|họp|buổi|phiên|lễ|hội thảo|tọa đàm|chương trình))"
_SAID = (
    r"cho biết|cho hay|cho rằng|thông tin(?! và)|khẳng định|nhấn mạnh|nhận định|thông báo|công bố|ghi nhận|dự báo|"
    r"ước tính|kiến nghị|nêu rõ|xác nhận|lý giải|giải thích|thống kê"
)
# role -> its verbs, of a person and of a body. The longest stand first.
_VERBS: dict[Actor, dict[Role, str]] = {
    "person": {
        "chaired": r"đồng chủ trì|chủ trì|chủ tọa|điều hành",
        "signed": r"ký kết|ký(?! (?:gửi|túc|ức|sinh|họa))",
        "awarded": r"trao tặng|trao(?! đổi)|tặng|cấp(?= (?i:giấy|bằng|chứng))|công nhận|vinh danh|khen thưởng",
        "directed": (
            r"phát biểu chỉ đạo|phát biểu kết luận|chỉ đạo|yêu cầu|đề nghị|giao(?! (?:lưu|thương|dịch|thông|hữu|ban))|"
            r"lưu ý|quán triệt|đôn đốc|kết luận"
        ),
        "said": (
            rf"phát biểu|{_SAID}|chia sẻ|đánh giá|báo cáo|trao đổi|chúc mừng|biểu dương|bày tỏ|đề xuất|trình bày|nói|"
            r"nêu|phân tích|tin tưởng|kỳ vọng|mong muốn|cảm ơn|kêu gọi|phản ánh|thừa nhận|trả lời"
        ),
        "attended": (
            r"tham dự|dự(?! (?:kiến|thảo|án|báo|toán|thi|phòng|trữ))|có mặt|tham gia|tham quan|thăm|cắt băng|"
            r"chứng kiến|kiểm tra|khảo sát|làm việc"
        ),
        "issued": r"ban hành|phê duyệt",
    },
    "body": {
        "organised": r"tham mưu tổ chức|đồng tổ chức|tổ chức|phát động|khai mạc|khai trương",
        "chaired": rf"(?:đồng chủ trì|chủ trì){_MEETING}",
        "signed": r"ký kết|ký(?= (?i:quyết định|kế hoạch|biên bản|thỏa thuận))",
        "awarded": (r"trao tặng|trao(?! đổi)|tặng|cấp(?= (?i:giấy|bằng|chứng))|công nhận|vinh danh|khen thưởng"),
        "directed": (r"chỉ đạo|yêu cầu|đề nghị|giao(?! (?:lưu|thương|dịch|thông|hữu|ban))|lưu ý|quán triệt|đôn đốc"),
        "said": _SAID,
        "issued": r"ban hành|phê duyệt",
    },
}
_ADVERBS = (
    r"(?:,? (?:đã|cũng|cùng|đồng thời|trực tiếp|tiếp tục|vừa|mới|rất|vui mừng|lần lượt|thống nhất|vừa qua|"
    r"thay mặt [^,;.:]{1,80},?|thừa ủy quyền [^,;.:]{1,80},?|tại [^,;.:]{1,50},))*"
)
_PREFIX = r"(?:(?:đến|tới|về|cùng|chính thức|tham mưu và) )?"


def _verbs(actor: Actor) -> str:
    return "|".join(f"(?P<{role}>{words})" for role, words in _VERBS[actor].items())


# Between an office and its verb may stand a place in brackets, a closing dash, an office of no public body ("Trưởng Ban
# Tổ chức Hội chợ") and those who come along. Verbs are small there; "Ban Chỉ đạo" is a name.
_BRACKETS = r"(?: ?\([^()]{1,80}\)| (?:năm )?20\d\d)?"
_BESIDES = (
    r"(?P<besides>,? (?:kiêm )?(?:(?:Phó )?(?:Trưởng|Chủ tịch|Giám đốc|Tổ trưởng|Chủ nhiệm)|Ủy viên|"
    r"Thành viên) [^,;.:]{1,140}?|"
    r",? cùng (?:với )?(?:các|đại diện|lãnh đạo|đông đảo|nhiều|đoàn) [^.;:]{1,120}?)?"
)
_AFTER = {
    "person": re.compile(
        rf"{_BRACKETS}{_BESIDES}{_BRACKETS}(?:[,”\"]| [-–])?{_ADVERBS},? {_PREFIX}(?:{_verbs('person')})(?![\w])"
    ),
    "body": re.compile(rf"{_BRACKETS}[,”\"]?{_ADVERBS},? {_PREFIX}(?:{_verbs('body')})(?![\w])"),
}
_UNDONE = re.compile(r"(?<![\w])(?:không|chưa|sẽ|cần|phải|nên|được|bị|dự kiến|có thể)(?![\w])")
# A second act in the same breath: "dự, chỉ đạo", "trao chứng nhận cho 12 chủ thể và yêu cầu …".
_SECOND = re.compile(
    rf"(?P<object>[^.;:]{{0,90}}?)(?:,| và| rồi|, đồng thời| đồng thời){_ADVERBS} {_PREFIX}"
    rf"(?:{_verbs('person')})(?![\w])",
    re.IGNORECASE,
)
_FIRST_OF_TWO = ("attended", "chaired", "awarded", "signed")
_SECOND_SAID = ("phát biểu", "chúc mừng", "ghi nhận", "biểu dương", "nhấn mạnh", "khẳng định")
_PARTNERS = re.compile(rf"{_BRACKETS}{_ADVERBS},? (?:chủ trì,? )?phối hợp(?: (?:cùng )?với| cùng)?(?= )", re.IGNORECASE)
_ORGANISES = re.compile(r" (?:đồng )?(?P<verb>tổ chức|khai mạc|phát động|khai trương|ký kết)(?![\w])", re.IGNORECASE)

# Before a body, or an office without a name: who is asked, reported to or only spoken of does nothing itself.
_OBJECT = re.compile(
    r"(?<![\w])(?:của|với|cùng|giao|cho|đề nghị|đề xuất|kiến nghị|yêu cầu|chỉ đạo|trình|báo cáo|gửi|nộp|tới|đến|"
    r"lên|về|(?P<where>tại|ở|từ|trong|trước|qua)|để|nếu|khi|xin|mời|thuộc|tham mưu|phối hợp|hướng dẫn|giúp|nhờ|mà|"
    r"hoặc|là|như|như là|làm|các|những|"
    r"theo quy định|bởi|thông qua|lãnh đạo|đại diện|trường hợp|gồm|có|vào|sang|dưới|nguyên|lời|ý kiến) $",
    re.IGNORECASE,
)
_WHERE = re.compile(r"(?:^|, )(?:tại|ở|trong|từ|trước|sau)(?: [^,;.:]{0,80})? $", re.IGNORECASE)
_LISTED = re.compile(r"(?:,| và|,? cùng(?: với)?|, với|;)? (?:các )?(?:và )?$|(?:,|;) và $", re.IGNORECASE)

_REPORTS = (
    r"báo cáo|số liệu|thống kê|thông tin|đánh giá|ghi nhận|tổng hợp|kết quả|khảo sát|rà soát|ước tính|tính toán|dự báo|"
    r"nhận định|công bố|thông báo|ý kiến|chia sẻ|lời|phản ánh|kế hoạch|đề án"
)
_ACCORDING = re.compile(
    rf"(?:^|[,;:(“\"–-] ?|(?<![\w])(?:và|cũng|vẫn|nhưng) )(?P<act>theo(?: (?:{_REPORTS}))?)"
    rf"(?:(?<!theo)(?: [^,.;:()]{{0,60}})? (?:của|từ|do|tại))? $",
    re.IGNORECASE,
)
_REPORT_OF = re.compile(
    r"(?:^|[,;:] |(?<![\w])(?:qua|từ) )(?P<act>báo cáo|số liệu|thống kê|thông tin)(?: [^,.;:()]{0,60})? (?:của|từ) $",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"(?: [^,.;:()]{0,40}?)?,? (?:nêu rõ|nêu|cho biết|cho thấy|ghi nhận|khẳng định|chỉ ra)(?![\w])", re.IGNORECASE
)
_SPEAKING = re.compile(
    r"(?P<act>phát biểu chỉ đạo|phát biểu kết luận|phát biểu|trao đổi|chia sẻ|trả lời|thông tin)(?= )[^.;:]{0,120}, $",
    re.IGNORECASE,
)
# "Cùng dự có …", "Chủ trì hội nghị có …", "dưới sự chủ trì của …", "với sự tham dự của …"
_CUE_VERBS = (
    r"(?P<chaired>đồng chủ trì|chủ trì|chủ tọa|điều hành)|(?P<said>phát biểu(?! chỉ đạo))|"
    r"(?P<directed>phát biểu chỉ đạo|chỉ đạo)|"
    r"(?P<attended>tham dự|dự|tham gia|có mặt|chứng kiến)"
)
_CUE = re.compile(rf"(?<![\w])(?:{_CUE_VERBS})(?![\w])", re.IGNORECASE)
_CUE_ENDS = re.compile(
    r"^(?:[^.;:,]|,(?= (?:chỉ đạo|chủ trì|dự|đồng)))*(?:(?<![\w])(?:có|của|gồm|là)|:)"
    r"(?: (?:các )?(?:đồng chí|ông|bà)| sự [\w ]{3,20} của)?[ :]*$",
    re.IGNORECASE,
)
_WINDOW = 160


def acts_after(text: str, at: int, limit: int, actor: Actor) -> list[tuple[Role, Span]]:
    """The acts said of whoever ends at `text[at]`, in order, one for each role; nothing is read beyond `limit`."""
    limit = min(limit, at + 2 * _WINDOW)
    match = _AFTER[actor].match(text, at, limit)
    if match is None or (actor == "person" and match["besides"] is not None and _UNDONE.search(match["besides"])):
        return []
    role = _role(match)
    found = [(role, Span(*match.span(role)))]
    while actor == "person" and (role in _FIRST_OF_TWO or match[role].lower() == "phát biểu"):
        match = _SECOND.match(text, match.end(), limit)
        if match is None:
            break
        role = _role(match)
        if role == "said" and match[role].lower() not in _SECOND_SAID:
            break
        if role not in [known for known, _ in found]:
            found.append((role, Span(*match.span(role))))
    return found


def organised_with(text: str, at: int) -> tuple[int, Span] | None:
    """Where the partners of a body that ends at `text[at]` begin ("phối hợp với …") and the verb after them."""
    partners = _PARTNERS.match(text, at)
    if partners is None:
        return None
    stop = re.compile(r"[;:]").search(text, partners.end(), partners.end() + 2 * _WINDOW)
    verb = _ORGANISES.search(text, partners.end(), stop.start() if stop else partners.end() + 2 * _WINDOW)
    return (partners.end(), Span(*verb.span("verb"))) if verb is not None else None


def is_object(text: str, start: int) -> bool:
    """Whether the words before say that what starts at `text[start]` is asked, reported to or merely named."""
    return _OBJECT.search(text, max(0, start - 24), start) is not None


def is_where(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` only says where: "Tại phòng họp của UBND xã, …"."""
    return text[end : end + 1] == "," and _WHERE.search(text, max(0, start - _WINDOW), start) is not None


def is_object_in_list(text: str, start: int) -> bool:
    """Whether those words hold for the others of a list too: "giao Sở A, Sở B", not "Tại Sở A, Sở B"."""
    match = _OBJECT.search(text, max(0, start - 24), start)
    return match is not None and match["where"] is None


def lists_on(text: str, end: int, start: int) -> bool:
    """Whether between one name and the next stands only what joins a list."""
    return start - end < 24 and _LISTED.fullmatch(text, end, start) is not None


def cited(text: str, start: int, end: int) -> Span | None:
    """The words that give `text[start:end]` as the source: "Theo báo cáo của …", "Báo cáo của … nêu rõ"."""
    window = max(0, start - _WINDOW)
    match = _ACCORDING.search(text, window, start)
    if match is None:
        match = _REPORT_OF.search(text, window, start)
        if match is None or not _REPORTED.match(text, end, end + 80):
            return None
    return Span(*match.span("act"))


def acts_before(text: str, least: int, start: int) -> Iterator[tuple[Role, Span]]:
    """The acts that the words from `least` to `text[start]` announce: "Cùng dự có", "Phát biểu tại hội nghị,"."""
    speaking = _SPEAKING.fullmatch(text, least, start) if start - least <= _WINDOW else None
    if speaking is not None:
        told = "chỉ đạo" in speaking["act"].lower() or "kết luận" in speaking["act"].lower()
        yield "directed" if told else "said", Span(*speaking.span("act"))
        return
    window = max(least, start - _WINDOW)
    cues = list(_CUE.finditer(text, window, start))
    for cue in cues:
        if _CUE_ENDS.match(text[cue.end() : start]):
            yield _role(cue), Span(*cue.span())


def announces(text: str, start: int, end: int) -> bool:
    """Whether a new act is announced between two people of a list, so that the first one's does not go on."""
    return _CUE.search(text, start, end) is not None or re.search(r"[.!?]", text[start:end]) is not None


def _role(match: re.Match[str]) -> Role:
    for role in ROLES:
        if role in match.re.groupindex and match[role] is not None:
            return role
    raise AssertionError("a verb has a role")


ROLES: tuple[Role, ...] = (
    "chaired", "signed", "awarded", "directed", "said", "attended", "organised", "issued", "holds",
)  # fmt: skip
