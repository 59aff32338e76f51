"""Figures: counts that a text states, with what is counted, of what star, where, as of when, reached or planned.

Every field is read from the sentence the figure stands in, or from the article around it where the sentence is
silent; nothing is computed here.
"""

import re
from dataclasses import dataclass

from crawler.article import Article, Block
from index.carried import Carried, carried_sentences
from index.dates import UNTIL_NOW, DateMention, find_dates
from index.passage import article_provinces
from index.places import PROVINCES, Mention, find_places

NATIONAL = "viet-nam"

# What is counted: every form a text uses -> the noun it is compared by. Longer forms are tried first.
_NOUNS: dict[str, str] = {
    "sản phẩm": "sản phẩm",
    "sp": "sản phẩm",
    "chủ thể": "chủ thể",
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
    "hộ kinh doanh": "hộ",
    "hộ sản xuất": "hộ",
    "hộ dân": "hộ",
    "hộ gia đình": "hộ",
    "hộ": "hộ",
    "điểm giới thiệu": "điểm bán",
    "điểm bán hàng": "điểm bán",
    "điểm bán": "điểm bán",
    "điểm trưng bày": "điểm bán",
    "cửa hàng": "điểm bán",
    "điểm du lịch": "điểm du lịch",
    "gian hàng": "gian hàng",
    "hồ sơ": "hồ sơ",
    "xã, phường": "xã",
    "xã": "xã",
    "phường": "xã",
    "huyện": "huyện",
    "tỉnh, thành phố": "tỉnh",
    "tỉnh": "tỉnh",
    "địa phương": "địa phương",
    "sàn": "sàn",
    "nhóm": "nhóm",
    "bộ tiêu chí": "bộ",
    "bộ sản phẩm": "bộ",
    "bộ": "bộ",
    "tiêu chí": "tiêu chí",
    "đợt": "đợt",
    "hội chợ": "hội chợ",
    "lớp": "lớp",
    "học viên": "học viên",
    "lao động": "lao động",
    "quyết định": "quyết định",
    "nghìn tỷ đồng": "đồng",
    "tỷ đồng": "đồng",
    "tỉ đồng": "đồng",
    "triệu đồng": "đồng",
    "đồng": "đồng",
    "triệu usd": "usd",
    "tỷ usd": "usd",
    "usd": "usd",
    "điểm": "điểm",
    "ngày": "ngày",
    "tháng": "tháng",
    "mẫu": "mẫu",
    "phần trăm": "%",
    "%": "%",
    "ha": "ha",
    "tấn": "tấn",
}
NOUN_FORMS: tuple[tuple[str, str], ...] = tuple(sorted(_NOUNS.items(), key=lambda item: -len(item[0])))
# What tables and shares count, in whole numbers.
_COUNTABLE = frozenset(
    "sản phẩm|chủ thể|hợp tác xã|tổ hợp tác|doanh nghiệp|hộ|điểm bán|điểm du lịch|gian hàng|hồ sơ|xã|huyện|tỉnh|"
    "địa phương|lao động|tiêu chí".split("|")
)
_MULTIPLIER = {
    "nghìn tỷ đồng": 1e12,
    "tỷ đồng": 1e9,
    "tỉ đồng": 1e9,
    "triệu đồng": 1e6,
    "triệu usd": 1e6,
    "tỷ usd": 1e9,
}
_NOUN = re.compile(
    r"\s*(?P<noun>" + "|".join(re.escape(form) for form in sorted(_NOUNS, key=len, reverse=True)) + r")(?!\w)",
    re.IGNORECASE,
)
_DIGITS = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_UNITS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_WORDS = "|".join(sorted((*_UNITS, "mười", "mươi", "trăm", "nghìn", "ngàn", "linh", "lẻ"), key=len, reverse=True))
# Digits; digits of so many ("9/13 địa phương"); number words ("ba mươi hai").
_NUMBER = re.compile(
    rf"(?<![\w/.,\-–])(?:(?P<number>{_DIGITS})(?:/(?P<of>\d{{1,3}}))?(?![\w/]|[.,]\d)"
    rf"|(?P<words>(?:{_WORDS})(?:\s+(?:{_WORDS}))*)(?!\w))",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"\s?[-–]\s?(?P<to>{_DIGITS})(?![\w/]|[.,]\d)")
_RANGE_WORD = re.compile(rf"\s+đến\s+(?P<to>{_DIGITS})(?![\w/]|[.,]\d)")
# Words before a number that make it a name or a place in an order rather than a count.
_ORDINAL = re.compile(
    r"(?<!\w)(?:điều|khoản|phụ lục|mẫu|năm|tháng|ngày|thứ|quý|(?<!toàn )bộ|đợt|lần|(?<!tổng )(?<!trong )số)$"
    r"|\d\s+trong\s+(?:tổng\s+)?số$"
)
_OUT_OF = re.compile(rf"\s+trong\s+(?:tổng\s+)?số\s+(?:{_DIGITS})(?=\s)")  # "18 trong số 62 sản phẩm"
_GROWTH = re.compile(r"(?<!\w)(?:tăng|giảm)(?:\s+(?:thêm|hơn|gần|khoảng|trên))?\s+$", re.IGNORECASE)
_COMPARED = re.compile(r"(?:so với|hơn|bằng)\s+(?:cùng kỳ\s+)?(?:cuối\s+|đầu\s+|tháng\s+|ngày\s+)?$", re.IGNORECASE)
_NOW = re.compile(r"(?<!\w)(?:hiện|hiện nay|hiện tại|đến nay|tới nay)(?!\w)", re.IGNORECASE)
_STARS = re.compile(
    r"(?<!\w)(?:(?P<from>từ)\s+)?(?P<low>0?[1-5])(?:\s?(?:[-–,]|và|đến|hoặc)\s?(?P<high>0?[1-5]))?\s?sao(?!\w)(?P<up>\s+trở\s+lên)?(?P<raise>\s+(?:lên|đến|tới))?",
    re.IGNORECASE,
)
_POTENTIAL = re.compile(r"tiềm năng|định hướng|hướng tới|đề nghị|trình", re.IGNORECASE)
_PLANNED = re.compile(
    r"mục tiêu|phấn đấu|kế hoạch|dự kiến|chỉ tiêu|đặt ra|(?<!\w)(?:sẽ|muốn|nhắm tới|phải|cần|đòi)(?!\w)|"
    r"định hướng đến|(?<!\w)để có|đăng ký|hướng đến|hướng tới",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"(?<!\w)(?:đã có|hiện có|hiện|đã được|đã|được công nhận|đạt được|có được|toàn tỉnh có|cả nước có|vượt)(?!\w)",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"(?P<over>trên|hơn|tối thiểu|ít nhất|từ|vượt|không dưới)|(?P<under>dưới|gần|tối đa|không quá)|"
    r"(?P<about>khoảng|chừng)",
    re.IGNORECASE,
)
# How many characters before a number a cue may stand; a bound, so that no page can make reading it slow.
_REACH = 600
_NATION = re.compile(r"(?<!\w)(?:cả nước|toàn quốc|trên cả nước|toàn ngành)(?!\w)", re.IGNORECASE)
_WHOLE = re.compile(
    r"(?<!\w)(?:toàn tỉnh|toàn thành phố|cả tỉnh|(?:trên )?địa bàn tỉnh|tỉnh (?:đã )?có|thành phố (?:đã )?có|"
    r"tổng số|tổng cộng|cả nước|toàn quốc)(?!\w)",
    re.IGNORECASE,
)
_NAME = r"(?:[A-ZĐÀ-ỸĂÂÊÔƠƯ][\wà-ỹ’']*)(?:[\s\-]+[A-ZĐÀ-ỸĂÂÊÔƠƯ][\wà-ỹ’']*){0,3}"
_SUBPLACE = re.compile(
    r"(?<!\w)(?P<rank>[Hh]uyện|[Tt]hị xã|[Tt]hành phố|TP\.?|[Qq]uận|[Xx]ã|[Pp]hường|[Tt]hị trấn)\s+"
    rf"(?P<name>{_NAME})"
)
_LEADER = re.compile(
    rf"(?P<name>{_NAME})\s+(?:(?:là|cũng là)\s+(?:địa phương|huyện|đơn vị|xã|thành phố)|dẫn đầu|đứng đầu)"
)
_LOCATIVE = re.compile(r"(?<!\w)(?:tại|ở|đến|sang|ra|về|vào)\s[^,;.]*$", re.IGNORECASE)
_PART = re.compile(r"(?<!\w)(?:trong đó|bao gồm|gồm|với|riêng)(?!\w)", re.IGNORECASE)
_STAR_BEFORE = re.compile(r"(?<!\w)(?P<star>0?[1-5])\s?sao\s?(?:có|là|gồm|:)?\s*$", re.IGNORECASE)
_STAR_OF_NEXT = re.compile(r"[,;:]\s*(?:hạng\s+)?0?[1-5]\s?sao\s?(?:có|là|gồm|:)\s*$", re.IGNORECASE)
_CLAUSE = re.compile(r"[;:()]|,(?!\d)|(?<!\w)(?:trong đó|bao gồm|riêng)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number stated in a sentence of one version of an article.

    start, end: the sentence; number_start, number_end: the number (with its range) in it; all in `article.text`.
    value: as counted (money in đồng or USD, shares in percent); `to` is the upper end of a stated range, or None.
    what: the noun counted ("sản phẩm", "chủ thể", "đồng", "%"). context: the words of its clause.
        Of a share ("9/13 địa phương") the value is the first number, and the span holds both.
    part: it counts some of what another number counts ("trong đó có 4", "8 hộ với 22", "tăng 84").
    star, star_to: the star it is limited to, and the last where several are meant (5 for "trở lên"); None for all.
    potential: not yet of that star ("tiềm năng 5 sao"). bound: "over", "under", "about" or None for an exact count.
    place: a province's key, "viet-nam" for the whole country, or None where no text says. today: whether `place` means
    today's province (named after 1 July 2025). subplace: the district or commune it is limited to, as written.
    as_of: ISO date of the precision known, and as_of_said: whether the sentence says it (else the article's date).
    planned: a target, not a count. whole: the sentence says that it is the total of the place.
    """

    article_id: str
    digest: str
    start: int
    end: int
    number_start: int
    number_end: int
    value: float
    to: float | None
    what: str
    context: str
    part: bool
    star: int | None
    star_to: int | None
    potential: bool
    bound: str | None
    place: str | None
    place_said: bool
    subplace: str | None
    as_of: str | None
    as_of_said: bool
    planned: bool
    whole: bool


def parse_number(text: str) -> float:
    """A number as Vietnamese writes it: "1.234" is 1234, "65,4" is 65.4, "05" is 5, "9/13" is 9, "ba mươi hai" is 32.

    Raises:
        ValueError: it is none.
    """
    if text[:1].isdecimal():
        return float(text.partition("/")[0].replace(".", "").replace(",", "."))
    value = _number_words(text.lower().split())
    if value is None:
        raise ValueError(f"{text!r} is no number; expected digits such as '1.234,5' or words such as 'ba mươi hai'")
    return float(value)


def _number_words(words: list[str]) -> int | None:
    """The value of number words below a million, or None where they make no number ("năm hai")."""
    for place, word in enumerate(words):
        if word in ("nghìn", "ngàn"):
            thousands, rest = _hundreds(words[:place]), words[place + 1 :]
            below = _hundreds([part for part in rest if part not in ("linh", "lẻ")]) if rest else 0
            return None if not thousands or below is None else 1000 * thousands + below
    return _hundreds(words)


def _hundreds(words: list[str]) -> int | None:
    match words:
        case [unit, "trăm", *rest] if unit in _UNITS:
            if rest[:1] in (["linh"], ["lẻ"]):
                return 100 * _UNITS[unit] + _UNITS[rest[1]] if len(rest) == 2 and rest[1] in _UNITS else None
            below = _hundreds(rest) if rest else 0
            return None if below is None or "trăm" in rest else 100 * _UNITS[unit] + below
        case ["mười"]:
            return 10
        case ["mười", unit] if unit in _UNITS:
            return 10 + _UNITS[unit]
        case [tens, "mươi"] if tens in _UNITS:
            return 10 * _UNITS[tens]
        case [tens, "mươi", unit] if tens in _UNITS and unit in _UNITS:
            return 10 * _UNITS[tens] + _UNITS[unit]
        case [unit] if unit in _UNITS:
            return _UNITS[unit]
    return None


def counted_noun(text: str) -> tuple[str, str] | None:
    """(noun as compared, form as written) at the start of a text, or None: "cơ sở sản xuất …" -> ("chủ thể", …)."""
    match = _NOUN.match(text)
    if match is None:
        return None
    form = " ".join(match["noun"].lower().split())
    return _NOUNS[form], form


def bound_before(text: str) -> str | None:
    """The word before a number that makes it a bound, as written ("trên", "khoảng", "ít nhất"), or None."""
    bound = _bound(text)
    return None if bound is None else bound[0]


def _bound(before: str) -> re.Match[str] | None:
    """The last bound near the end of a text, no other number between."""
    lead = re.split(r"\d", before[-14:])[-1]
    return max(_BOUND.finditer(lead), key=lambda match: match.start(), default=None)


def says_planned(text: str) -> bool:
    """Whether a sentence speaks of a target."""
    return _PLANNED.search(text) is not None


def stars_in(text: str) -> tuple[int, int] | None:
    """The star a text is limited to, as (lowest, highest): "từ 3 sao trở lên" -> (3, 5), "4 sao" -> (4, 4)."""
    match = _STARS.search(text)
    if match is None:
        return None
    low = int(match["low"])
    upwards = match["up"] or (match["from"] and not match["high"] and not match["raise"])
    high = 5 if upwards else int(match["high"] or low)
    return low, high


def figures(article: Article) -> tuple[Figure, ...]:
    """Every figure an article's prose states. Law and its guides state rules, not counts: none is read from them."""
    if article.kind in ("regulation", "guide"):
        return ()
    provinces = article_provinces(article)
    found: list[Figure] = []
    cells = {figure.number_start: figure for figure in table_figures(article, provinces)}
    for start, end, block, carried in carried_sentences(article):
        if block.role == "byline":
            continue
        read = _sentence_figures(article, start, end, provinces, carried)
        if block.role == "row":
            told = [figure for number_start, figure in cells.items() if start <= number_start < end]
            read = told + [figure for figure in read if figure.number_start not in cells]
        found.extend(read)
    return tuple(found)


def _sentence_figures(
    article: Article, start: int, end: int, provinces: tuple[str, ...], carried: Carried
) -> list[Figure]:
    sentence = article.text[start:end]
    dates = find_dates(sentence)
    taken = [(mention.start, mention.end) for mention in dates]
    taken += [match.span() for match in _STARS.finditer(sentence)]
    numbers = [
        number
        for match in _NUMBER.finditer(sentence)
        if not any(span[0] < match.end() and match.start() < span[1] for span in taken)
        and (number := _spelt(match)) is not None
    ]
    places = find_places(sentence)
    found: list[Figure] = []
    counted: list[tuple[_Number, tuple[str, str, int, tuple[float, int] | None]]] = []
    for number in numbers:
        within_range = counted and counted[-1][1][3] is not None and number.start < counted[-1][1][3][1]
        if not within_range and (noun := _counted(sentence, number)) is not None:
            counted.append((number, noun))
    for position, (number, (what, form, noun_end, to)) in enumerate(counted):
        next_start = counted[position + 1][0].start if position + 1 < len(counted) else len(sentence)
        previous_end = counted[position - 1][1][2] if position else 0
        after = sentence[noun_end:next_start]
        clause_end = noun_end + (
            cut.start() if (cut := re.search(r"[;()]|,\s(?!\d)|(?<!\w)trong đó", after)) else len(after)
        )
        clause_start = max(
            [previous_end, *(cut.end() for cut in _CLAUSE.finditer(sentence, previous_end, number.start))]
        )
        if position and re.fullmatch(r"[^,;:()]*(?<!\w)với\s*", sentence[previous_end : number.start]):
            clause_start = counted[position - 1][0].start  # "12 hợp tác xã với 24 sản phẩm": whose products
        clause = sentence[clause_start:clause_end]
        stars = _stars(sentence, clause_start, number.start, noun_end, clause_end)
        bound = _bound(sentence[: number.start])
        if bound is not None and to is not None and bound[0].lower() == "từ":
            bound = None  # "từ 20 đến 25" is a range
        place, said = _place(sentence, number.start, places, provinces)
        planned = (carried.lead is not None and says_planned(carried.lead)) or _planned(sentence, number.start)
        as_of, as_of_said = _as_of(article, sentence, number.start, dates, carried.date, planned=planned)
        found.append(
            Figure(
                article_id=article.id,
                digest=article.digest,
                start=start,
                end=end,
                number_start=start + number.start,
                number_end=start + (number.end if to is None else to[1]),
                value=number.value * _MULTIPLIER.get(form, 1),
                to=None if to is None else to[0] * _MULTIPLIER.get(form, 1),
                what=what,
                context=clause.strip(),
                part=bool(
                    (position > 0 and _PART.search(sentence, previous_end, number.start))
                    or (what != "%" and _GROWTH.search(sentence, max(0, number.start - 24), number.start))
                ),
                star=stars[0] if stars else None,
                star_to=stars[1] if stars else None,
                potential=bool(_POTENTIAL.search(sentence[noun_end:clause_end])) if stars else False,
                bound=bound.lastgroup if bound else None,
                place=place,
                place_said=said,
                subplace=_subplace(sentence, previous_end, number.start),
                as_of=as_of,
                as_of_said=as_of_said,
                planned=planned,
                whole=position == 0
                and (bool(_WHOLE.search(sentence, 0, number.start)) or _province_has(sentence, number.start, places)),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class _Number:
    """A number at `sentence[start:end]`, and of how many where it is a share ("9/13")."""

    start: int
    end: int
    value: float
    of: int | None
    words: bool


def _spelt(match: re.Match[str]) -> _Number | None:
    """A match as a number, or None for words that make none; "một" alone is an article and "năm" a year."""
    if match["words"] is None:
        of = None if match["of"] is None else int(match["of"])
        return _Number(match.start(), match.end(), parse_number(match["number"]), of, words=False)
    words = match["words"].lower().split()
    value = None if words in (["một"], ["năm"]) else _number_words(words)
    return None if value is None else _Number(match.start(), match.end(), float(value), None, words=True)


def _stars(sentence: str, clause_start: int, number: int, noun_end: int, clause_end: int) -> tuple[int, int] | None:
    """The star a number is limited to: named after its noun, or right before it ("4 sao có 18 sản phẩm")."""
    before = _STAR_BEFORE.search(sentence, max(0, clause_start - 8), number)
    if before is not None:
        return int(before["star"]), int(before["star"])
    after = sentence[noun_end:clause_end]
    next_one = _STAR_OF_NEXT.search(after)  # "18 sản phẩm, 3 sao có 44": of the number that follows
    return stars_in(after[: next_one.start()] if next_one else after)


def _counted(sentence: str, number: _Number) -> tuple[str, str, int, tuple[float, int] | None] | None:
    """(noun, form, end of the noun, (upper value, its end) of a range) of a number that counts something."""
    before = sentence[max(0, number.start - 40) : number.start].rstrip().lower()
    upper = None if number.words or number.of is not None else _RANGE.match(sentence, number.end)
    if upper is None and before.endswith("từ") and not re.search(r"(?<!\w)(?:tăng|giảm|nâng)\s+từ$", before):
        upper = _RANGE_WORD.match(sentence, number.end)
    if upper is not None and parse_number(upper["to"]) <= number.value:
        return None
    out_of = _OUT_OF.match(sentence, number.end)
    end = upper.end() if upper else out_of.end() if out_of else number.end
    noun = counted_noun(sentence[end:])
    if noun is None:
        return None
    noun_end = end + (found.end() if (found := _NOUN.match(sentence[end:])) else 0)
    if number.of is not None and (noun[0] not in _COUNTABLE or number.value > number.of):
        return None
    if before.endswith(("mỗi xã", "mỗi làng", "mỗi xã, phường", "mỗi xã phường")):
        return None  # the programme's own name, "mỗi xã 1 sản phẩm"
    if _ORDINAL.search(before):
        return None
    return *noun, noun_end, (parse_number(upper["to"]), upper.end()) if upper else None


def _planned(sentence: str, before: int) -> bool:
    """Whether the last cue before the number speaks of a target rather than of what was reached."""
    planned = [match.start() for match in _PLANNED.finditer(sentence, max(0, before - _REACH), before)]
    reached = [match.start() for match in _REACHED.finditer(sentence, max(0, before - _REACH), before)]
    return bool(planned) and (
        not reached or max(planned) > max(reached) or _goal_governs(sentence, max(planned), before)
    )


def _goal_governs(sentence: str, cue: int, before: int) -> bool:
    """ "Mục tiêu … có 100 sản phẩm được công nhận": the cue opens the clause the number stands in."""
    return not re.search(r"[;.]|,\s*(?:đã|hiện|đến nay)", sentence[cue:before])


def _place(
    sentence: str,
    before: int,
    mentions: list[Mention],
    provinces: tuple[str, ...],
) -> tuple[str | None, bool]:
    """The province a number speaks of, and whether the sentence names it: the last named before it, else the only
    one named in the sentence, else the article's own."""
    nation = [match.start() for match in _NATION.finditer(sentence, max(0, before - _REACH), before)]
    earlier = [
        mention
        for mention in mentions
        if mention.start < before
        and not _in_brackets(sentence, mention.start)
        and (mention.key in provinces or not _LOCATIVE.search(sentence, max(0, mention.start - 30), mention.start))
    ]
    if nation and (not earlier or earlier[-1].start < nation[-1]):
        return NATIONAL, True
    if earlier:
        return earlier[-1].key, True
    named = {mention.key for mention in mentions}
    if len(named) == 1 and named <= set(provinces):
        return mentions[0].key, True
    if len(provinces) == 1:
        return provinces[0], False
    return None, False


def _province_has(sentence: str, before: int, mentions: list[Mention]) -> bool:
    """Whether a province's name is the subject right before the number ("Nam Định hiện có 62 sản phẩm")."""
    earlier = [mention for mention in mentions if mention.end < before]
    return (
        bool(earlier)
        and re.fullmatch(
            r"\s+(?:[^\s,;]+\s+){0,3}(?:có|ghi nhận|đếm|sở hữu)\s+(?:[^\s,;]+\s+){0,2}",
            sentence[earlier[-1].end : before],
        )
        is not None
    )


def _in_brackets(sentence: str, at: int) -> bool:
    return sentence.count("(", 0, at) > sentence.count(")", 0, at)


def _subplace(sentence: str, clause_start: int, before: int) -> str | None:
    """The district, town or commune a clause is about, as written, or None."""
    clause = sentence[clause_start:before]
    cut = max((match.end() for match in re.finditer(r"[;()]|,(?!\d)", clause)), default=0)
    clause = clause[cut:]
    matches = [*_SUBPLACE.finditer(clause), *_LEADER.finditer(clause)]
    for match in sorted(matches, key=lambda match: -match.start()):
        name = match["name"]
        province = PROVINCES.get(_slug(name))
        rank = match.groupdict().get("rank", "").lower()
        if province is not None and (
            rank == "" or (rank.startswith(("thành", "tp")) and "thành phố" in province.label)
        ):
            continue  # a province itself, or a city under the central government
        return match[0] if rank else name
    return None


def _slug(name: str) -> str:
    found = find_places(name)
    return found[0].key if found and found[0].end - found[0].start == len(name) else ""


def _as_of(
    article: Article, sentence: str, before: int, dates: list[DateMention], carried: str | None, *, planned: bool
) -> tuple[str | None, bool]:
    """The date a number is true at: the last said before it, else the first after it, else the article's.

    A date it is compared with ("so với năm 2020") is not its own.
    """
    anchor = article.event_date or article.published
    usable = [
        mention
        for mention in dates
        if mention.until is None and not _COMPARED.search(sentence, max(0, mention.start - 30), mention.start)
    ]
    ordered = [mention for mention in usable if mention.start < before][::-1] + [
        mention for mention in usable if mention.start > before
    ]
    for mention in ordered:
        if mention.year is not None:
            return mention.iso, True
        if anchor is not None:
            return _with_year(mention.iso, anchor, planned=planned), True
    periods = [mention for mention in dates if mention.until not in (None, UNTIL_NOW) and mention.start < before]
    if periods and periods[-1].until is not None:
        return periods[-1].until, True
    # the day a paragraph opened with is over where the sentence says "hiện", and a count is never of the future
    if carried is not None and (planned or not (_NOW.search(sentence, 0, before) or _later(carried, anchor))):
        return carried, False
    return (None if anchor is None else anchor[:10]), False


def _with_year(iso: str, anchor: str, *, planned: bool) -> str:
    """A date said without its year ("--12-31"), in the year of the article, or the one before where that is past it."""
    dated = anchor[:4] + iso[1:]
    if not planned and _later(dated, anchor):
        return f"{int(anchor[:4]) - 1:04d}{iso[1:]}"
    return dated


def _later(iso: str, anchor: str | None) -> bool:
    """Whether a date is after another as far as both are known."""
    shared = 0 if anchor is None else min(len(iso), len(anchor[:10]))
    return anchor is not None and iso[:shared] > anchor[:shared]


# ---- Tables -------------------------------------------------------------------------------------------------------

_CELL_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,5}")
_COUNT_HEAD = re.compile(r"(?:tổng\s+)?(?:số\s+lượng\s+|số\s+)?", re.IGNORECASE)
_TOTAL_HEAD = re.compile(r"tổng(?:\s+(?:số|cộng))?", re.IGNORECASE)
_PLACE_HEAD = re.compile(
    r"(?:tên\s+)?(?P<rank>tỉnh|thành phố|huyện|thị xã|quận|xã|phường|địa phương|đơn vị)(?!\w)", re.IGNORECASE
)
_SERIAL_HEAD = re.compile(r"(?:stt|tt|số tt|số thứ tự)\.?", re.IGNORECASE)
_TOTAL_LABEL = re.compile(r"(?:tổng(?:\s+(?:số|cộng))?|cộng|toàn tỉnh|toàn thành phố|cả tỉnh)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell of a table row at `article.text[start : start + len(text)]`."""

    text: str
    start: int


def table_figures(article: Article, provinces: tuple[str, ...]) -> list[Figure]:
    """The counts in the cells of an article's tables, where head and row leave no doubt about what they count.

    A column is read where its head names what is counted ("Số sản phẩm", "Chủ thể") or a star ("4 sao": products,
    which alone are given stars); the row's other cells tell place, star and date. Of a row whose label is none of
    these, the count is a part.
    """
    found: list[Figure] = []
    head: list[str] | None = None
    after_row = False
    for block in article.blocks:
        if block.role != "row":
            after_row = False
            continue
        cells = _cells(article.text, block)
        if not after_row or (not any(_numeric(cell.text) for cell in cells) and _column_nouns([c.text for c in cells])):
            head = None if any(_numeric(cell.text) for cell in cells) else [cell.text for cell in cells]
        elif head is not None and len(head) == len(cells):
            found.extend(_row_figures(article, block, head, cells, provinces))
        after_row = True
    return found


def _cells(text: str, block: Block) -> list[_Cell]:
    cells: list[_Cell] = []
    at = block.start
    for part in text[block.start : block.end].split("|"):
        stripped = part.strip()
        cells.append(_Cell(stripped, at + len(part) - len(part.lstrip()) if stripped else at))
        at += len(part) + 1
    return cells


def _numeric(text: str) -> bool:
    """Whether a cell holds a count: a number that is no year."""
    return _CELL_NUMBER.fullmatch(text) is not None and not re.fullmatch(r"(?:19|20)\d\d", text)


def _column_nouns(head: list[str]) -> dict[int, tuple[str, tuple[int, int] | None]]:
    """Which columns count what, of which star."""
    nouns: dict[int, tuple[str, tuple[int, int] | None]] = {}
    for column, text in enumerate(head):
        if _SERIAL_HEAD.fullmatch(text):
            continue
        stars = stars_in(text)
        if stars is not None and _STARS.sub("", text).strip().lower() in ("", "đạt", "hạng", "xếp hạng", "đạt hạng"):
            nouns[column] = "sản phẩm", stars
            continue
        lead = _COUNT_HEAD.match(text)
        counted = counted_noun(text[lead.end() if lead else 0 :])
        if counted is not None and counted[0] in _COUNTABLE and ((lead and lead[0]) or counted[0] in _SAID_ALONE):
            nouns[column] = counted[0], stars
    if any(stars is not None for _, stars in nouns.values()):
        for column, text in enumerate(head):
            if _TOTAL_HEAD.fullmatch(text):
                nouns[column] = "sản phẩm", None
    return dict(sorted(nouns.items()))


# Heads that count without the word "số"; "Xã" or "Huyện" alone heads a column of names or codes.
_SAID_ALONE = frozenset(("sản phẩm", "chủ thể", "hợp tác xã", "tổ hợp tác", "doanh nghiệp", "hộ", "hồ sơ"))


def _row_figures(
    article: Article, block: Block, head: list[str], cells: list[_Cell], provinces: tuple[str, ...]
) -> list[Figure]:
    nouns = _column_nouns(head)
    place = provinces[0] if len(provinces) == 1 else None
    place_said, whole, unknown = False, False, False
    subplace: str | None = None
    row_stars: tuple[int, int] | None = None
    anchor = article.event_date or article.published
    as_of, as_of_said = (None if anchor is None else anchor[:10]), False
    labels: list[str] = []
    for column, cell in enumerate(cells):
        if (
            not cell.text
            or (column in nouns and _numeric(cell.text))
            or (_SERIAL_HEAD.fullmatch(head[column]) and _CELL_NUMBER.fullmatch(cell.text))
        ):
            continue
        labels.append(cell.text)
        dates = find_dates(cell.text)
        mentions = find_places(cell.text)
        rank = _PLACE_HEAD.match(head[column])
        if _TOTAL_LABEL.fullmatch(cell.text):
            whole = True
        elif dates and dates[0].year is not None and dates[0].until is None and len(dates) == 1:
            as_of, as_of_said = dates[0].iso, True
        elif (stars := stars_in(cell.text)) is not None and re.fullmatch(_STARS, cell.text.removeprefix("Hạng ")):
            row_stars = stars
        elif len(mentions) == 1 and _is_whole_name(cell.text, mentions[0]):
            place, place_said = mentions[0].key, True
        elif rank is not None:
            ranked = rank["rank"].lower() in ("địa phương", "đơn vị", "tỉnh") or _SUBPLACE.match(cell.text)
            subplace = cell.text if ranked else f"{rank['rank'].lower()} {cell.text}"
        else:
            unknown = True
    found: list[Figure] = []
    for column, (what, column_stars) in nouns.items():
        cell = cells[column]
        if not _numeric(cell.text) or (column_stars and row_stars):
            continue
        stars = column_stars or (row_stars if what == "sản phẩm" else None)
        found.append(
            Figure(
                article_id=article.id,
                digest=article.digest,
                start=block.start,
                end=block.end,
                number_start=cell.start,
                number_end=cell.start + len(cell.text),
                value=parse_number(cell.text),
                to=None,
                what=what,
                context=f"{'; '.join(labels)}: {head[column]} {cell.text}" if labels else f"{head[column]} {cell.text}",
                part=unknown,
                star=stars[0] if stars else None,
                star_to=stars[1] if stars else None,
                potential=bool(_POTENTIAL.search(head[column])),
                bound=None,
                place=place,
                place_said=place_said,
                subplace=None if whole else subplace,
                as_of=as_of,
                as_of_said=as_of_said,
                planned=says_planned(head[column]) or any(says_planned(label) for label in labels),
                whole=whole,
            )
        )
    return found


def _is_whole_name(text: str, mention: Mention) -> bool:
    """Whether a cell is a province's name, with its rank or without."""
    rest = text[: mention.start] + text[mention.end :]
    return rest.strip(" .").lower() in ("", "tỉnh", "thành phố", "tp")
