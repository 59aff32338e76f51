"""What is counted: a closed list of nouns, in every form a text uses, and the number that counts each."""

import re
from dataclasses import dataclass, replace

from index.numbers import Number, find_numbers, times_after
from index.span import Span
from index.stars import StarMention

# Every form a text uses -> the noun it is compared by. Longer forms are tried first.
_NOUNS: dict[str, str] = {
    "sản phẩm": "sản phẩm",
    "mặt hàng": "sản phẩm",
    "sp": "sản phẩm",
    "chủ thể": "chủ thể",
    "cơ sở sản xuất kinh doanh": "chủ thể",
    "cơ sở sản xuất": "chủ thể",
    "cơ sở": "chủ thể",
    "đơn vị sản xuất": "chủ thể",
    "nhà sản xuất": "chủ thể",
    "hợp tác xã": "hợp tác xã",
    "htx": "hợp tác xã",
    "tổ hợp tác": "tổ hợp tác",
    "tht": "tổ hợp tác",
    "doanh nghiệp": "doanh nghiệp",
    "dn": "doanh nghiệp",
    "công ty": "doanh nghiệp",
    "hộ sản xuất kinh doanh": "hộ",
    "hộ kinh doanh cá thể": "hộ",
    "hộ kinh doanh": "hộ",
    "hộ sản xuất": "hộ",
    "hộ nông dân": "hộ",
    "hộ gia đình": "hộ",
    "hộ cá thể": "hộ",
    "hộ dân": "hộ",
    "hộ": "hộ",
    "trang trại": "trang trại",
    "điểm giới thiệu và bán": "điểm bán",
    "điểm giới thiệu, bán": "điểm bán",
    "điểm trưng bày, giới thiệu": "điểm bán",
    "điểm trưng bày": "điểm bán",
    "điểm giới thiệu": "điểm bán",
    "điểm bán hàng": "điểm bán",
    "điểm bán": "điểm bán",
    "cửa hàng": "điểm bán",
    "điểm du lịch": "điểm du lịch",
    "gian hàng": "gian hàng",
    "siêu thị": "siêu thị",
    "hồ sơ": "hồ sơ",
    "xã": "xã",
    "phường": "xã",
    "thị trấn": "xã",
    "huyện": "huyện",
    "quận": "huyện",
    "thị xã": "huyện",
    "tỉnh": "tỉnh",
    "địa phương": "địa phương",
    "làng nghề": "làng nghề",
    "người lao động": "lao động",
    "lao động": "lao động",
    "học viên": "học viên",
    "người": "người",
    "lớp": "lớp",
    "hội nghị": "hội nghị",
    "hội chợ": "hội chợ",
    "đợt": "đợt",
    "sàn": "sàn",
    "nhóm": "nhóm",
    "bộ tiêu chí": "bộ",
    "bộ sản phẩm": "bộ",
    "bộ": "bộ",
    "tiêu chí": "tiêu chí",
    "quyết định": "quyết định",
    "giấy chứng nhận": "giấy chứng nhận",
    "gcn": "giấy chứng nhận",
    "nghìn tỷ đồng": "đồng",
    "ngàn tỷ đồng": "đồng",
    "tỷ đồng": "đồng",
    "tỉ đồng": "đồng",
    "triệu đồng": "đồng",
    "nghìn đồng": "đồng",
    "ngàn đồng": "đồng",
    "đồng": "đồng",
    "triệu usd": "usd",
    "tỷ usd": "usd",
    "tỉ usd": "usd",
    "usd": "usd",
    "điểm": "điểm",
    "năm": "năm",
    "tháng": "tháng",
    "ngày": "ngày",
    "phần trăm": "%",
    "%": "%",
    "héc-ta": "ha",
    "hecta": "ha",
    "héc ta": "ha",
    "ha": "ha",
    "tấn": "tấn",
}
NOUN_FORMS: tuple[tuple[str, str], ...] = tuple(sorted(_NOUNS.items(), key=lambda item: -len(item[0])))
# Nouns that tables count, and that a share may be of, in whole numbers.
COUNTABLE = frozenset(
    "sản phẩm|chủ thể|hợp tác xã|tổ hợp tác|doanh nghiệp|hộ|trang trại|điểm bán|điểm du lịch|gian hàng|siêu thị|hồ sơ|"
    "xã|huyện|tỉnh|địa phương|làng nghề|lao động|học viên|người|tiêu chí|quyết định|giấy chứng nhận".split("|")
)
PRODUCERS = frozenset("chủ thể|hợp tác xã|tổ hợp tác|doanh nghiệp|hộ|trang trại".split("|"))
_TIMES = {
    "nghìn tỷ đồng": 1e12, "ngàn tỷ đồng": 1e12, "tỷ đồng": 1e9, "tỉ đồng": 1e9, "triệu đồng": 1e6, "nghìn đồng": 1e3,
    "ngàn đồng": 1e3, "triệu usd": 1e6, "tỷ usd": 1e9, "tỉ usd": 1e9,
}  # fmt: skip
# Words after a form that make it another noun: "xã viên" is a member, "đồng bào" a people, "điểm cầu" a video link.
_NOT_BEFORE: dict[str, str] = {
    "cơ sở": "vật chất|hạ tầng|dữ liệu|pháp lý|lưu trú|đảng|y tế|giáo dục|đào tạo|dạy nghề",
    "hộ": "chiếu|khẩu|lý|tịch",
    "xã": "hội|viên|luận",
    "huyện": "ủy",
    "tỉnh": "ủy|lộ",
    "người": "/",
    "lớp": "học sinh",
    "bộ": "phận|trưởng|đội|ảnh|phim|máy|hồ sơ|môn|, ngành|ngành",
    "đồng": "chí|bào|hồ|đội|thời|bộ|nghiệp|ruộng|lòng|hành|đều|phục",
    "điểm": (
        "cầu|đến|check|dừng|tham quan|sáng|nghẽn|mới|nhấn|chung|trường|kinh doanh|phân phối|tiêu thụ|kết nối|thu mua|"
        "công cộng|trình diễn|tập kết|vui chơi|nóng|đen|dân cư|giao dịch|dịch vụ|tư vấn|mua|cung|tập trung|khác"
    ),
    "năm": r"(?:19|20)\d\d|tuổi|nay|sau|trước|tới|ngoái",
    "tháng": r"đầu|cuối|tuổi|\d",
    "ngày": r"\d",
    "nhóm": "máu",
    "sàn": "nhà|gỗ",
}
# Lists of one rank under one number: "27/173 xã, phường, thị trấn".
_LISTS = (
    (r"xã|phường|thị trấn|đặc khu", r"xã|phường|thị trấn|đặc khu"),
    (r"huyện|quận|thị xã|thành phố", r"huyện|quận|thị xã|thị|thành phố|thành"),
    (r"tỉnh", r"thành phố|thành"),
)
_RANK_OF = {"đặc khu": "xã", "thành phố": "huyện"}
_JOIN = r"(?:\s*[,/–-]\s*|\s+(?:và|hoặc|cùng)\s+|\s+)"
_PRODUCER_FORMS = "|".join(
    re.escape(form) for form, what in NOUN_FORMS if what in PRODUCERS and form not in ("nhà sản xuất",)
)
_ANOTHER_PRODUCER = re.compile(
    rf"\s*(?:,|/|;|&|(?<!\w)(?:và|hoặc|cùng|hay)(?!\w))\s*(?:(?:các|những)\s+)?(?P<form>{_PRODUCER_FORMS}|đơn vị)(?!\w)"
    r"(?!\s*:?\s*\d)",
    re.IGNORECASE,
)


def _noun_pattern() -> re.Pattern[str]:
    parts = [
        # "5 huyện, thành phố Nam Định có 8": a name after the rank begins another clause
        rf"(?:{first})(?:{_JOIN}(?:{other})(?!\w)(?!\s+(?-i:[A-ZĐ]))(?!\s*:?\s*\d))+"
        for first, other in _LISTS
    ]
    for form, _ in NOUN_FORMS:
        after = _NOT_BEFORE.get(form)
        parts.append(re.escape(form).replace(r"\ ", r"\s+") + (rf"(?!\s*(?:{after})(?!\w))" if after else ""))
    return re.compile(r"\s*(?:\([^()]{1,40}\)\s*)?(?P<noun>" + "|".join(parts) + r")(?!\w)", re.IGNORECASE)


_NOUN = _noun_pattern()


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A counted noun at `text[start:end]`: as compared, and the form as written."""

    what: str
    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A number and the noun it counts. `end` is where both are over; `noun` is None where only a star tells it."""

    number: Number
    what: str
    times: float
    noun: Span | None
    end: int


def noun_at(text: str, at: int = 0) -> Noun | None:
    """The counted noun that begins at `text[at:]`, white space and a bracket ("01 (một) sản phẩm") skipped, or None."""
    match = _NOUN.match(text, at)
    if match is None:
        return None
    form = " ".join(match["noun"].lower().split())
    first = next((rank for rank in _RANKS if form.startswith(rank)), form)
    what = _NOUNS.get(form) or _RANK_OF.get(first) or _NOUNS[first]
    return Noun(what=what, form=form, start=match.start("noun"), end=match.end("noun"))


_RANKS = ("xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "thành phố", "tỉnh")


def multiplier(form: str) -> float:
    """What a number of that form is multiplied by: "tỷ đồng" -> 1e9."""
    return _TIMES.get(form, 1.0)


def counted_noun(text: str) -> tuple[str, str] | None:
    """(noun as compared, form as written) at the start of a text, or None: "cơ sở sản xuất …" -> ("chủ thể", …)."""
    noun = noun_at(text)
    return None if noun is None else (noun.what, noun.form)


def noun_with_list(text: str, noun: Noun) -> Noun:
    """Several forms of producers under one number are "chủ thể": "15 doanh nghiệp, HTX và hộ cá thể"."""
    if noun.what not in PRODUCERS:
        return noun
    end, forms = noun.end, {noun.what}
    while (other := _ANOTHER_PRODUCER.match(text, end)) is not None:
        forms.add(_NOUNS.get(" ".join(other["form"].lower().split()), "đơn vị"))
        end = other.end()
    what = noun.what if len(forms) == 1 else "chủ thể"
    return replace(noun, what=what, end=end)


# ---- Which numbers count --------------------------------------------------------------------------------------------

# Words before a number that make it a name or a place in an order rather than a count.
_ORDINAL = re.compile(
    r"(?<!\w)(?:điều|khoản|phụ lục|mẫu|năm|tháng|ngày|thứ|quý|đợt|lần|khóa|kỳ|chương|trang|"
    r"(?<!tổng )(?<!trong )(?<!con )số)\s*$",
    re.IGNORECASE,
)
_PROGRAMME = re.compile(r"(?<!\w)mỗi\s+(?:xã|làng|phường)(?:\s*,?\s*(?:xã|phường|thị trấn))*,?\s*$", re.IGNORECASE)
_ONLY = re.compile(
    r"(?<!\w)(?:chỉ|mới|mới chỉ|duy nhất|đúng|vỏn vẹn|thêm|trên|hơn|ít nhất|tối thiểu|không quá|tối đa|gần|khoảng)"
    r"(?:\s+(?:có|là|được))?\s*$",
    re.IGNORECASE,
)
_FIVE = re.compile(r"(?<!\w)(?:có|gồm|với|thêm|là|cho|được|đủ)\s*$", re.IGNORECASE)
# What may follow a number whose noun is left out, because it was said before.
_FREE = re.compile(
    r"\s*(?:$|[,.;:)\]]|(?:và|so với|trong đó|vào|nhờ|sau|năm|tại|của|ở|trong|nhưng|còn|thì|khi|trên|cuối|đầu)(?!\w))",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\s*(?:đạt|được|đã|là|thuộc|đang|do|vẫn|sẽ|tiếp tục|hết hạn|còn\s+hiệu lực|không|chưa)(?!\w)", re.IGNORECASE
)
_SMALL = r"(?:(?:trên|hơn|gần|khoảng|chừng|ít nhất|tối thiểu|xấp xỉ|thêm)\s+)?"
_AMONG = re.compile(rf"(?<!\w)(?:trong đó|gồm|bao gồm|riêng)(?:\s+(?:có|chỉ có))?\s+{_SMALL}$", re.IGNORECASE)
_TO = re.compile(
    rf"(?<!\w)(?:lên|lên tới|lên đến|lên thành|lên con số|xuống|xuống còn|chỉ còn|còn)\s+{_SMALL}$", re.IGNORECASE
)
_GROWN = re.compile(r"(?<!\w)(?:tăng|giảm)(?:\s+thêm)?\s+$", re.IGNORECASE)
_STATED = re.compile(
    r"(?<!\w)số(?:\s+lượng)?\s+(?P<noun>[^,;:.()\d]{2,80}?)(?:\s+(?:hiện|nay|cũng|đã))*"
    rf"\s*(?::|(?<!\w)(?:là|đạt|tăng\s+lên|lên|lên tới|lên đến|còn|ở mức))\s*{_SMALL}$",
    re.IGNORECASE,
)
_LISTED = re.compile(rf"(?:^|[,;:(]|(?<!\w)(?:và|gồm|có|là))\s*(?P<noun>[^\W\d][^,;:.()\d]{{1,40}}?)\s*:?\s*{_SMALL}$")
_BY_STAR = re.compile(
    rf"\s*(?:(?<!\w)(?:có|là|gồm|với|đạt|chiếm|:)\s*)?\(?\s*{_SMALL}", re.IGNORECASE
)
_TO_STAR = re.compile(
    r"\s*(?:(?:đạt|được|xếp|công nhận|chứng nhận|đánh giá|hạng|chuẩn|loại|là|tiềm năng|nâng|lên)\s+){0,4}", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?:^|[,;:(]|(?<!\w)(?:và|gồm|trong đó|riêng))\s*(?:[^\W\d]+\s+){0,3}?"
    r"(?-i:[A-ZĐÂÊÔĂƠƯÀ-Ỹ][\wà-ỹ’']*)(?:\s+(?-i:[A-ZĐÂÊÔĂƠƯÀ-Ỹ][\wà-ỹ’']*)){1,3}\s*"
    rf"(?:(?::|có|với|cùng có|mỗi huyện|mỗi xã)\s*)?{_SMALL}$",
    re.IGNORECASE,
)


def find_counts(text: str, taken: list[tuple[int, int]], stars: list[StarMention]) -> list[Counted]:
    """Every number of a sentence that counts something of the list, in order.

    `taken` are the spans of dates and names that hold no count. The noun follows its number ("62 sản phẩm"), stands
    before it ("hợp tác xã 5", "số sản phẩm là 62"), or was said before ("62 sản phẩm, 18 đạt 4 sao").
    """
    numbers = find_numbers(text, [*taken, *((star.start, star.end) for star in stars)])
    direct = {number.start: counted for number in numbers if (counted := _direct(text, number)) is not None}
    found: list[Counted] = []
    for place, number in enumerate(numbers):
        counted = direct.get(number.start)
        if counted is not None and number.rare and not _meant(text, counted, direct, stars):
            continue
        if counted is None and not number.rare:
            stop = numbers[place + 1].start if place + 1 < len(numbers) else len(text)
            counted = _elided(text, number, stop, found, stars)
        if counted is not None:
            found.append(counted)
    return found


def _direct(text: str, number: Number) -> Counted | None:
    """The number with the noun that follows it, or None where it is part of a name or counts nothing of the list."""
    before = text[max(0, number.start - 40) : number.start]
    if _ORDINAL.search(before):
        return None
    noun = noun_at(text, number.end)
    times = 1.0
    if noun is None:
        times, at = times_after(text, number.end)
        noun = noun_at(text, at) if at > number.end else None
        if noun is None or noun.what in ("đồng", "usd", "%"):
            return None
        number = replace(number, end=at, value=number.value * times, to=None if number.to is None else number.to * times)
    if number.of is not None and (noun.what not in COUNTABLE or number.value > number.of):
        return None
    if noun.what == "sản phẩm" and number.value == 1 and _PROGRAMME.search(before):
        return None  # the programme's own name, "mỗi xã 1 sản phẩm"
    noun = noun_with_list(text, noun)
    return Counted(
        number=number,
        what=noun.what,
        times=_TIMES.get(noun.form, 1.0),
        noun=Span(start=noun.start, end=noun.end),
        end=noun.end,
    )


def _meant(text: str, counted: Counted, direct: dict[int, Counted], stars: list[StarMention]) -> bool:
    """Whether "một" or "năm" alone is a number here: bounded, or of a star beside another count of the same noun."""
    before = text[max(0, counted.number.start - 40) : counted.number.start]
    if _ONLY.search(before):
        return True
    if counted.number.value == 5:
        return _FIVE.search(before) is not None and counted.what not in ("năm", "tháng", "ngày")
    return any(
        other.what == counted.what and not other.number.rare and other.number.start != counted.number.start
        for other in direct.values()
    ) and any(star.start >= counted.end and _TO_STAR.fullmatch(text, counted.end, star.start) for star in stars)


def _elided(
    text: str, number: Number, stop: int, found: list[Counted], stars: list[StarMention]
) -> Counted | None:
    """The number with a noun that stands before it or was said before, or None."""
    before = text[max(0, number.start - 120) : number.start]
    if _ORDINAL.search(before):
        return None

    def counted(noun: Noun | Counted | None) -> Counted | None:
        if noun is None:
            return None
        span = noun.noun if isinstance(noun, Counted) else Span(start=noun.start, end=noun.end)
        return Counted(number=number, what=noun.what, times=1.0, noun=span, end=number.end)

    former = next((one for one in reversed(found) if one.what in COUNTABLE), None)
    product = next((one for one in reversed(found) if one.what in ("sản phẩm", "hồ sơ")), None)
    for star in stars:
        after_star = star.end <= number.start and _BY_STAR.fullmatch(text, star.end, number.start)
        if (after_star and _FREE.match(text, number.end)) or (
            star.start >= number.end and _TO_STAR.fullmatch(text, number.end, star.start)
        ):
            noun = product or _last_noun(text, number.start, "sản phẩm")
            return counted(noun) or Counted(number=number, what="sản phẩm", times=1.0, noun=None, end=number.end)
    if _FREE.match(text, number.end):
        if match := _STATED.search(before):
            noun = noun_at(text, number.start - len(before) + match.start("noun"))
            if noun is not None and noun.what in COUNTABLE:
                return counted(noun)
        if match := _LISTED.search(before):
            at = number.start - len(before) + match.start("noun")
            noun = noun_at(text, at)
            if noun is not None and noun.what in COUNTABLE and noun.end - at >= len(match["noun"].removesuffix(" OCOP")):
                return counted(noun)
        if former is not None and (_TO.search(before) or _GROWN.search(before) or _NAMED.search(before)):
            return counted(former)
    if former is not None and _AMONG.search(before) and _VERB.match(text, number.end):
        return counted(former)
    return None


def _last_noun(text: str, before: int, what: str) -> Noun | None:
    """The last mention of a noun before an offset."""
    form = re.compile(rf"(?<!\w){what}(?!\w)", re.IGNORECASE)
    return next((noun_at(text, match.start()) for match in reversed(list(form.finditer(text, 0, before)))), None)
