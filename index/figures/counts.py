"""Which numbers of a sentence count something, and which noun each of them counts."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.figures.counted import COUNTABLE, PLACES, Counted, Manner, Noun, multiplier, noun_at, noun_with_list
from index.figures.numbers import Number, find_numbers, times_after
from index.figures.stars import StarMention
from index.span import Span
from index.text import CAPITALS

# Words before a number that make it a name or a place in an order rather than a count.
_ORDINAL = re.compile(
    r"(?<!\w)(?:điều|khoản|phụ lục|mẫu|(?<!kế hoạch )(?<!chỉ tiêu )(?<!cả )(?<!mỗi )(?<!hằng )(?<!hàng )năm|"
    r"tháng|ngày|thứ|(?<!phú )quý|đợt|lần|khóa|(?<!thời )kỳ|chương|trang|top|tốp|phần|"
    r"(?<!tổng )(?<!trong )(?<!con )(?<!tổng)số)\s*$",
    re.IGNORECASE,
)
_PROGRAMME = re.compile(r"(?<!\w)mỗi\s+(?:xã|làng|phường)(?:\s*,?\s*(?:xã|phường|thị trấn))*,?\s*$", re.IGNORECASE)
_ONLY = re.compile(
    r"(?<!\w)(?:chỉ|mới|mới chỉ|duy nhất|đúng|vỏn vẹn|thêm|trên|hơn|ít nhất|tối thiểu|không quá|tối đa|gần|khoảng)"
    r"(?:\s+(?:có|là|được))?\s*$",
    re.IGNORECASE,
)
_FIVE = re.compile(r"(?<!\w)(?:có|gồm|với|thêm|là|cho|được|đủ|trong đó|đưa)\s*$", re.IGNORECASE)
# What may follow a number whose noun is left out, because it was said before.
_FREE = re.compile(
    r"\s*(?:$|[,.;:)\]”\"]|(?:và|so với|trong đó|vào|nhờ|sau|năm|tại|của|ở|trong|nhưng|còn|thì|khi|trên|cuối|đầu|"
    r"lên|xuống|chỉ|kể|so)(?!\w))",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\s*(?:đạt|được|đã|là|thuộc|đang|do|vẫn|sẽ|tiếp tục|hết hạn|còn\s+hiệu lực|không|chưa|"
    r"mang|lọt|qua|đủ|phải|bị)(?!\w)",
    re.IGNORECASE,
)
# "3 trong số này mang hạng 4 sao"
_OF_THOSE = re.compile(r"\s+trong\s+(?:số\s+)?(?:đó|này|ấy|chúng)(?!\w)", re.IGNORECASE)
# "Trong 79 sản phẩm được khảo sát, 48 đã có đơn hàng"
_NEXT_CLAUSE = re.compile(r"(?:[,;:]|(?<!\w)(?:và|còn))\s+(?:(?:chỉ|mới|đã)\s+)?(?:có\s+)?$", re.IGNORECASE)
_OUT_OF_ALL = re.compile(r"\W*(?:trong|trên)\s+(?:tổng\s+)?(?:số\s+)?(?:\w+\s+){0,2}$", re.IGNORECASE)
_SMALL = r"(?:(?:trên|hơn|gần|khoảng|chừng|ít nhất|tối thiểu|xấp xỉ|thêm)\s+)?"
_AMONG = re.compile(rf"(?:(?<!\w)(?:trong đó|gồm|bao gồm|riêng)|:)(?:\s+(?:có|chỉ có))?\s+{_SMALL}$", re.IGNORECASE)
_ONLY_NOW = re.compile(rf"(?<!\w)mới\s+(?:chỉ\s+)?(?:có\s+|được\s+|đạt\s+)?{_SMALL}$", re.IGNORECASE)
_TO = re.compile(
    rf"(?<!\w)(?:lên|lên tới|lên đến|lên thành|lên con số|xuống|xuống còn|chỉ còn|còn|ra|thành)\s+{_SMALL}$",
    re.IGNORECASE,
)
_GROWN = re.compile(r"(?<!\w)(?:tăng|giảm)(?:\s+thêm)?\s+$", re.IGNORECASE)
_WORDS = r"(?:[^,;:.()\d]|\d(?=\s?sao)|(?:\d{1,2}/){0,2}20\d\d(?=\s))"  # with the grades and dates among them
_IS = (
    r"(?:\s+(?:hiện|nay|cũng|đã))*\s*(?::|(?<!\w)(?:là|đạt|tăng\s+lên|"
    r"lên|lên tới|lên đến|lên con số|còn|ở mức|mới|chỉ|mới chỉ|"
    r"(?:tăng|giảm)(?:\s+(?:thêm|từ|gấp\s+\w+(?:\s+lần)?,?\s+từ))?)"
    rf"(?:\s+(?:có|là))?)\s*{_SMALL}$"
)
# "số sản phẩm 4 sao của tỉnh lên 62"; "…; sản phẩm du lịch cộng đồng mới gần 80"
_STATED = (
    re.compile(rf"(?<!\w)số(?:\s+lượng)?\s+(?P<noun>{_WORDS}{{2,40}}?)\s+với\s+{_SMALL}$", re.IGNORECASE),
    re.compile(rf"(?<!\w)số(?:\s+lượng)?\s+(?P<noun>{_WORDS}{{2,80}}?){_IS}", re.IGNORECASE),
    re.compile(
        rf"(?<!\w)(?:số(?:\s+lượng)?|nhiều)\s+(?P<noun>{_WORDS}{{2,80}}?)\s+(?:(?:nhiều|ít|cao|thấp|lớn)\s+)?nhất"
        rf"[^,;:.()\d]{{0,24}}?(?:\s*\(|:|,?\s+(?:với|là)|,)\s*{_SMALL}$",
        re.IGNORECASE,
    ),
    re.compile(rf"(?:^|[,;:]\s)(?:\s*(?:còn|riêng|trong đó)\s)?\s*(?P<noun>{_WORDS}{{2,80}}?){_IS}", re.IGNORECASE),
)
_SO_MANY = re.compile(
    rf"(?:^|[,;:]\s)(?:\s*(?:còn|số)\s)?\s*(?P<noun>(?:chủ thể|sản phẩm)(?:\s+OCOP)?)\s+có\s+{_SMALL}$", re.I
)
_LISTED = re.compile(rf"(?:^|[,;:(]|(?<!\w)(?:và|gồm|có|là))\s*(?P<noun>[^\W\d][^,;:.()\d]{{1,40}}?)\s*:?\s*{_SMALL}$")
_BY_STAR = re.compile(rf"\s*(?:(?::|(?<!\w)(?:có|là|gồm|với|đạt|chiếm)(?!\w))\s*)?\(?\s*{_SMALL}", re.IGNORECASE)
_TO_STAR = re.compile(
    r"\s*(?:(?:đạt|được|xếp|công nhận|chứng nhận|đánh giá|phân hạng|hạng|chuẩn|loại|là|tiềm năng|nâng|lên|mang|giữ|"
    r"thuộc|ở|vào|lọt|mức|nhóm|gắn|tới|đã|đang|cùng)\s+){0,5}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:^|[,;:(]|(?<!\w)(?:và|gồm|như|trong đó|riêng))\s*(?:[^\W\d]+\s+){0,5}?"
    rf"(?-i:[{CAPITALS}][\w’']*)(?:\s+(?-i:[{CAPITALS}][\w’']*)){{1,3}}\s*"
    rf"(?:(?::|\(|có|là|đạt|với|cùng có|mỗi huyện|mỗi xã)\s*)?{_SMALL}$",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"\s+trong\s+(?:tổng\s+)?số\s+$", re.IGNORECASE)
_DONG = re.compile(r"(?<!\w)đồng(?!\w)", re.IGNORECASE)
_MONEY = 1e6  # what is told in millions or more without a noun is money
_RESPECTIVE = re.compile(r"(?<!\w)(?:lần\s+lượt|tương\s+ứng)(?!\w)[^;.]*$", re.IGNORECASE)
_AS_LIST = re.compile(rf"(?<!\w)(?:gồm|bao gồm|là|cộng|có)\s+(?:\d+,\s+)*{_SMALL}$", re.IGNORECASE)
_SHARES_OUT = re.compile(
    r"\W*(?:trong (?:đó|số đó|số này)|(?:phân|chia) theo|cụ thể|theo địa (?:bàn|phương)|gồm|bao gồm|dẫn đầu|đứng đầu|"
    r"tiếp (?:theo|đến|đó)|kế (?:đến|tiếp)|xếp sau|theo sau|sau đó|thấp nhất|"
    r""
    r"nhiều nhất)(?!\w)",
    re.IGNORECASE,
)
_MANY = re.compile(r"(?<!\w)(?:nhiều|ít|số(?:\s+lượng)?)\s+(?=\w)", re.IGNORECASE)
_THE_NUMBER = re.compile(
    r"[^.;:()\d]{0,40}?(?:\d{4}[^.;:()\d]{0,20}?)?(?<!\w)con\s+số\s+(?:này|đó|ấy|tương\s+ứng)(?!\w)", re.IGNORECASE
)
_IS_NOW = re.compile(
    rf"(?<!\w)(?:là|đạt|mới|chỉ|còn|lên|lên tới|lên đến|tăng lên)\s+(?:chỉ\s+|có\s+)*{_SMALL}$", re.IGNORECASE
)
_LISTED_ONE = re.compile(r"(?:,|(?<!\w)và)\s*$", re.IGNORECASE)
_NEAR = 40  # characters within which counts make one list
_PART_OF = re.compile(r"\s+(?:của|thuộc|ở|tại)(?!\w)", re.IGNORECASE)
_AND_OF = re.compile(r"\s+(?:của|thuộc|ở|tại)\s[^,;.:()\d]{1,40}(?:,|\svà)\s+", re.IGNORECASE)
# "năm 2023 là 374 sản phẩm và đến tháng 5 năm nay đã là 412"
_THEN_IS = re.compile(
    r"(?<!\w)(?:(?:năm|tháng|quý|ngày)\s+(?:[\d/]+|nay|ngoái|trước)|(?:đến|hiện)\s+nay|hiện)(?:\s+(?:đã|mới|chỉ|thì|con\s+số))*"
    rf"\s+(?:là|có|đạt|còn|lên(?:\s+tới|\s+đến)?)\s+{_SMALL}$",
    re.IGNORECASE,
)
_THEN = re.compile(r"[^;.]{0,50},\s*(?:và\s+)?", re.IGNORECASE)
_FROM = re.compile(rf"(?<!\w)từ\s+{_SMALL}$", re.IGNORECASE)
_RISES_TO = re.compile(rf"\s+(?:lên|xuống|còn|đến|tới)(?:\s+(?:còn|tới|đến|thành))?\s+{_SMALL}", re.IGNORECASE)
_HAS = re.compile(rf"(?<!\w)(?:có|đạt|là|được)\s+{_SMALL}$", re.IGNORECASE)
_THEN_HAS = re.compile(
    rf"\s*(?:,|;|(?<!\w)và)\s*(?:(?:đến|còn|sang)\s+)?(?:(?:cuối|đầu|giữa)\s+)?(?:năm|tháng|quý|ngày)\s+[\d/]+\s*(?:thì\s+)?"
    rf"(?:có|đạt|là|được)\s+{_SMALL}",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,|(?<!\w)và(?!\w))\s*", re.IGNORECASE)


def find_counts(
    text: str, taken: Sequence[tuple[int, int]], stars: Sequence[StarMention], *, former: str | None = None
) -> list[Counted]:
    """Every number of a sentence that counts something of the list, in order.

    `taken` are the spans of dates and names that hold no count. The noun follows its number ("62 sản phẩm"), stands
    before it ("hợp tác xã 5", "số sản phẩm là 62"), or was said before ("62 sản phẩm, 18 đạt 4 sao"); former: the noun
    last counted in the sentence before, which one that shares it out leaves out ("Trong đó Hải Hậu 15, Giao Thủy 9").
    """
    numbers = find_numbers(text, [*taken, *((star.start, star.end) for star in stars)])
    direct: dict[int, Counted] = {}
    for position in range(len(numbers) - 1, -1, -1):  # from the end, since a number may share the noun of the next
        following = numbers[position + 1] if position + 1 < len(numbers) else None
        shared = direct.get(following.start) if following is not None else None
        counted = _direct(text, numbers[position], following) or _with_next(text, numbers[position], shared)
        if counted is not None:
            direct[numbers[position].start] = counted
    found: list[Counted] = []
    for number in numbers:
        counted = direct.get(number.start)
        if found and number.start < found[-1].end:
            continue  # "hai tỷ ba trăm triệu" is one number
        if counted is not None and number.rare and not _meant(text, counted, direct, stars):
            continue
        if counted is None and not number.rare and not number.glued:
            counted = _elided(text, number, found, stars)
            if counted is None and former is not None and _SHARES_OUT.match(text):
                counted = _shared_out(text, number, former)
            if counted is None and former is not None and _THE_NUMBER.match(text):
                counted = _that_number(text, number, former)
        if counted is not None and counted.what == "điểm":  # "6 điểm bán hàng: Ý Yên 2 điểm"
            spot = next((one.what for one in reversed(found) if one.what in ("điểm bán", "điểm du lịch")), "điểm")
            counted = replace(counted, what=spot)
        if counted is not None:
            found.append(counted)
    return found


def _direct(text: str, number: Number, following: Number | None) -> Counted | None:
    """The number with the noun that follows it, or None where it is part of a name or counts nothing of the list."""
    before = text[max(0, number.start - 40) : number.start]
    if _ORDINAL.search(before):
        return None
    if following is not None and (sum_of := _compound(text, number, following)) is not None:
        return sum_of
    noun = noun_at(text, number.end)
    times, at = 1.0, number.end
    if noun is None:
        times, at = times_after(text, number.end)
        noun = noun_at(text, at) if at > number.end else None
        if noun is None and times >= _MONEY and _FREE.match(text, at) and _DONG.search(text):  # "…, cấp huyện 4 tỷ"
            noun = Noun(what="đồng", form="đồng", start=number.end + 1, end=at)
        elif noun is None or noun.what in ("đồng", "usd", "%"):
            return None
    if number.of is not None and (noun.what not in COUNTABLE | {"điểm", "đồng"} or number.value > number.of):
        return None
    if noun.what == "sản phẩm" and number.value == 1 and _PROGRAMME.search(before):
        return None  # the programme's own name, "mỗi xã 1 sản phẩm"
    noun = noun_with_list(text, noun)
    start = number.end + 1 if at > number.end else noun.start  # "nghìn sản phẩm"
    return Counted(
        number=number,
        what=noun.what,
        times=multiplier(noun.form) * times,
        noun=Span(start, noun.end),
        manner="direct",
        start=number.start,
        end=noun.end,
    )


def _meant(text: str, counted: Counted, direct: dict[int, Counted], stars: Sequence[StarMention]) -> bool:
    """Whether "một" or "năm" alone is a number here: bounded, or of a star beside another count of the same noun."""
    before = text[max(0, counted.number.start - 40) : counted.number.start]
    if _ONLY.search(before):
        return True
    if counted.number.value == 5 and _FIVE.search(before) and counted.what not in ("năm", "tháng", "ngày"):
        return True
    if counted.number.value == 1 and _LISTED_ONE.search(before) and counted.what in COUNTABLE:
        near = range(counted.start - _NEAR, counted.start)  # "gồm hai HTX, một công ty và một hộ kinh doanh"
        if any(other.what in COUNTABLE and other.end in near and other.number.of is None for other in direct.values()):
            return True
    return any(
        other.what == counted.what and not other.number.rare and other.number.start != counted.number.start
        for other in direct.values()
    ) and any(star.start >= counted.end and _TO_STAR.fullmatch(text, counted.end, star.start) for star in stars)


def _compound(text: str, number: Number, following: Number) -> Counted | None:
    """Money in two scales: "2 tỷ 300 triệu đồng", "hai tỷ ba trăm triệu đồng"; the number reaches to the last scale."""
    times, at = times_after(text, number.end)
    smaller, end = times_after(text, following.end)
    noun = noun_at(text, end)
    if not times > smaller > 1 or text[at : following.start].strip() or noun is None or noun.form != "đồng":
        return None
    value = number.value * times + following.value * smaller
    whole = replace(number, end=end, first_end=end, value=value)
    return Counted(
        number=whole,
        what="đồng",
        times=1.0,
        noun=Span(noun.start, noun.end),
        manner="direct",
        start=number.start,
        end=noun.end,
    )


def _with_next(text: str, number: Number, shared: Counted | None) -> Counted | None:
    """A number that shares the noun of the one after it: "2 trong số 28 sản phẩm", "lần lượt là 15 và 33 sản phẩm",
    "tăng từ 12 lên 18 sản phẩm", "năm 2022 có 24, năm 2023 có 31 sản phẩm"."""
    if number.rare or number.glued or shared is None or _ORDINAL.search(text[max(0, number.start - 40) : number.start]):
        return None
    if _OUT_OF.fullmatch(text, number.end, shared.start) and number.value <= shared.number.value:
        return _of(number, shared, "among")
    if _RISES_TO.fullmatch(text, number.end, shared.start) and _FROM.search(text, 0, number.start):
        return _of(number, shared, "former")
    if _THEN_HAS.fullmatch(text, number.end, shared.start) and _HAS.search(text, 0, number.start):
        return _of(number, shared, "said")
    if _AND.fullmatch(text, number.end, shared.start):
        if _RESPECTIVE.search(text, 0, number.start):
            return _of(number, shared, "respective")
        if _AS_LIST.search(text, 0, number.start):
            return _of(number, shared, "said")  # "gồm 7, 3 và 4 sản phẩm"
    return None


def _elided(text: str, number: Number, found: list[Counted], stars: Sequence[StarMention]) -> Counted | None:
    """The number with a noun that stands before it or was said before, or None."""
    before = text[max(0, number.start - 120) : number.start]
    if _ORDINAL.search(before):
        return None
    former = next((one for one in reversed(found) if one.what in COUNTABLE), None)
    product = next((one for one in reversed(found) if one.what in ("sản phẩm", "hồ sơ")), None)
    free = _FREE.match(text, number.end) is not None
    if free and (stated := _stated(text, number, before)) is not None:
        return stated
    for star in stars:
        after_star = star.end <= number.start and _BY_STAR.fullmatch(text, star.end, number.start)
        if (after_star and free) or (star.start >= number.end and _TO_STAR.fullmatch(text, number.end, star.start)):
            noun = product or _last_noun(text, number.start, "sản phẩm")
            if noun is not None:
                return _of(number, noun, "said")
            return Counted(
                number=number, what="sản phẩm", times=1.0, noun=None, manner="said", start=number.start, end=number.end
            )
    if former is None:
        return _bracketed(text, number, before)
    if _PART_OF.match(text, number.end) and (
        _AMONG.search(before) or (found[-1].manner == "said" and _AND_OF.fullmatch(text, found[-1].end, number.start))
    ):
        return _of(number, former, "said")  # "28 sản phẩm 5 sao, trong đó 3 của Hà Nội và 2 của Lâm Đồng"
    shared_out = next((one for one in reversed(found) if one.what in COUNTABLE - PLACES), None)
    if free and shared_out is not None and _NAMED.search(before):
        return _of(number, shared_out, "named")
    if free and found[-1].manner in ("stated", "series") and _THEN.fullmatch(text, found[-1].end, number.start):
        return _of(number, found[-1], "series")  # "là 22 vào tháng 7/2023, 47 vào tháng 6/2025"
    if free and _ONLY_NOW.search(before):
        return _of(number, former, "series")  # "đích là 400 sản phẩm 5 sao, thực tế mới 126"
    if free and (_TO.search(before) or _GROWN.search(before)):
        return _of(number, former, "said")
    if _OF_THOSE.match(text, number.end) or (free and _THEN_IS.search(before)):
        return _of(number, former, "said")
    if not _VERB.match(text, number.end):
        return None
    if _NEXT_CLAUSE.search(before) and _OUT_OF_ALL.match(text[: found[0].number.start]):
        return _of(number, found[0] if found[0].what in COUNTABLE else former, "said")
    return _of(number, former, "said") if _AMONG.search(before) else None


def _shared_out(text: str, number: Number, what: str) -> Counted | None:
    """The number a place has of what the sentence before counted: "Phân theo địa bàn: Ninh Phước 71; Ninh Hải 40"."""
    before = text[max(0, number.start - 120) : number.start]
    if _ORDINAL.search(before) or not _FREE.match(text, number.end) or not _NAMED.search(before):
        return None
    return Counted(number=number, what=what, times=1.0, noun=None, manner="named", start=number.start, end=number.end)


def _bracketed(text: str, number: Number, before: str) -> Counted | None:
    """ "Các huyện có nhiều sản phẩm OCOP như Hoằng Hóa (38), Thọ Xuân (42)"."""
    many = _MANY.search(text, 0, number.start)
    noun = None if many is None else noun_at(text, many.end())
    if noun is None or noun.what not in COUNTABLE - PLACES or not _NAMED.search(before):
        return None
    closed = before.endswith("(") and text.startswith(")", number.end)
    return _of(number, noun, "named") if closed else None


def _that_number(text: str, number: Number, what: str) -> Counted | None:
    """What the sentence before counted, told again: "Con số này ở Trà Vinh là 312, năm 2022 là 30"."""
    before = text[max(0, number.start - 120) : number.start]
    if _ORDINAL.search(before) or not _FREE.match(text, number.end) or not _IS_NOW.search(before):
        return None
    return Counted(number=number, what=what, times=1.0, noun=None, manner="said", start=number.start, end=number.end)


def _stated(text: str, number: Number, before: str) -> Counted | None:
    """ "số sản phẩm 4 sao của tỉnh là 62", "hợp tác xã 5"."""
    offset = number.start - len(before)
    for pattern in _STATED:
        for match in pattern.finditer(before):
            noun = noun_at(text, offset + match.start("noun"))
            if noun is not None and noun.what in COUNTABLE:
                return _of(number, noun, "stated")
    if many := _SO_MANY.search(before):
        noun = noun_at(text, offset + many.start("noun"))
        return None if noun is None else _of(number, noun, "stated")
    if listed := _LISTED.search(before):
        at = offset + listed.start("noun")
        noun = noun_at(text, at)
        if noun is not None and noun.what in COUNTABLE and noun.end - at >= len(listed["noun"].removesuffix(" OCOP")):
            return _of(number, noun, "stated")
    return None


def _of(number: Number, noun: Noun | Counted, manner: Manner) -> Counted:
    span = noun.noun if isinstance(noun, Counted) else Span(noun.start, noun.end)
    start = number.start if manner != "stated" or span is None else span.start
    return Counted(number=number, what=noun.what, times=1.0, noun=span, manner=manner, start=start, end=number.end)


def _last_noun(text: str, before: int, what: str) -> Noun | None:
    """The last mention of a noun before an offset."""
    form = re.compile(rf"(?<!\w)(?:{what}|sp)(?!\w)", re.IGNORECASE)
    return next((noun_at(text, match.start()) for match in reversed(list(form.finditer(text, 0, before)))), None)


def respective(counts: Sequence[Counted]) -> list[int]:
    """The places of the counts that are told in the order of what was named before: "lần lượt 12 và 9 sản phẩm"."""
    listed = [place for place, one in enumerate(counts) if one.manner == "respective"]
    return [*listed, listed[-1] + 1] if listed else []
