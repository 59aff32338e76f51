"""Figures: counts that a text states, with what is counted, of what star, where, as of when, reached or planned.

Every field is read from the sentence the figure stands in, or from the article around it where the sentence is
silent; nothing is computed here.
"""

import re
from dataclasses import dataclass

from crawler.article import Article, Block
from index.dates import DateMention, find_dates
from index.passage import article_provinces
from index.places import PROVINCES, Mention, find_places
from index.sentence import article_sentences

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
_NUMBER = re.compile(r"(?<![\w/.,\-–])(?P<number>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)(?![\w/]|[.,]\d)")
_RANGE = re.compile(r"\s?[-–]\s?(?P<to>\d{1,3}(?:\.\d{3})+|\d+)(?![\w/]|[.,]\d)")
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
_CLAUSE = re.compile(r"[;:()]|,(?!\d)|(?<!\w)(?:trong đó|bao gồm|riêng)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number stated in a sentence of one version of an article.

    start, end: the sentence; number_start, number_end: the number (with its range) in it; all in `article.text`.
    value: as counted (money in đồng or USD, shares in percent); `to` is the upper end of a stated range, or None.
    what: the noun counted ("sản phẩm", "chủ thể", "đồng", "%"). context: the words of its clause.
    part: it counts some of what an earlier number of the sentence counts ("trong đó có 4", "8 hộ với 22").
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
    """A number with Vietnamese separators: "1.234" is 1234, "65,4" is 65.4, "05" is 5."""
    return float(text.replace(".", "").replace(",", "."))


def counted_noun(text: str) -> tuple[str, str] | None:
    """(noun as compared, form as written) at the start of a text, or None: "cơ sở sản xuất …" -> ("chủ thể", …)."""
    match = _NOUN.match(text)
    if match is None:
        return None
    form = " ".join(match["noun"].lower().split())
    return _NOUNS[form], form


def bound_before(text: str) -> str | None:
    """The word before a number that makes it a bound, as written ("trên", "khoảng", "ít nhất"), or None."""
    bounds = list(_BOUND.finditer(text[-14:]))
    return bounds[-1][0] if bounds else None


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
    current: Block | None = None
    carried = _Carried()
    for start, end, block in article_sentences(article):
        if block.role == "byline":
            continue
        sentence = article.text[start:end]
        if block != current:
            if not (block.role == "item" and carried.leads):
                carried = _Carried()
            current = block
        found.extend(_sentence_figures(article, start, end, provinces, carried))
        if block.role != "item":
            carried = _carry(sentence, carried)
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Carried:
    """What a sentence leaves to those after it: the date its paragraph opened with ("Năm 2021, … Phấn đấu có 10 chủ
    thể"), and, where it leads into a list (ends with a colon), whether it speaks of targets and its date."""

    date: str | None = None
    leads: bool = False
    planned: bool = False


def _carry(sentence: str, former: _Carried) -> _Carried:
    dates = [mention for mention in find_dates(sentence) if mention.year is not None]
    if sentence.rstrip().endswith(":"):
        date = (dates[-1].until or dates[-1].iso) if dates else former.date
        return _Carried(date=date, leads=True, planned=says_planned(sentence))
    if dates and dates[0].start < 12 and dates[0].until is None:
        return _Carried(date=dates[0].iso)
    return _Carried(date=former.date)


def _sentence_figures(
    article: Article, start: int, end: int, provinces: tuple[str, ...], carried: _Carried
) -> list[Figure]:
    sentence = article.text[start:end]
    dates = find_dates(sentence)
    taken = [(mention.start, mention.end) for mention in dates]
    taken += [match.span() for match in _STARS.finditer(sentence)]
    numbers = [
        match
        for match in _NUMBER.finditer(sentence)
        if not any(span[0] < match.end() and match.start() < span[1] for span in taken)
    ]
    places = find_places(sentence)
    found: list[Figure] = []
    counted: list[tuple[re.Match[str], tuple[str, str, int, tuple[float, int] | None]]] = []
    for match in numbers:
        within_range = counted and counted[-1][1][3] is not None and match.start() < counted[-1][1][3][1]
        if not within_range and (noun := _counted(sentence, match)) is not None:
            counted.append((match, noun))
    for position, (match, (what, form, noun_end, to)) in enumerate(counted):
        next_start = counted[position + 1][0].start() if position + 1 < len(counted) else len(sentence)
        previous_end = counted[position - 1][1][2] if position else 0
        after = sentence[noun_end:next_start]
        clause_end = noun_end + (
            cut.start() if (cut := re.search(r"[;()]|,\s(?!\d)|(?<!\w)trong đó", after)) else len(after)
        )
        clause_start = max(
            [previous_end, *(cut.end() for cut in _CLAUSE.finditer(sentence, previous_end, match.start()))]
        )
        clause = sentence[clause_start:clause_end]
        stars = stars_in(sentence[noun_end:clause_end])
        lead = sentence[max(0, match.start() - 14) : match.start()]
        bound = None if (bounds := list(_BOUND.finditer(lead))) == [] else bounds[-1].lastgroup
        place, said = _place(sentence, match.start(), places, provinces)
        as_of, as_of_said = _as_of(article, match.start(), dates, carried.date)
        found.append(
            Figure(
                article_id=article.id,
                digest=article.digest,
                start=start,
                end=end,
                number_start=start + match.start(),
                number_end=start + (match.end() if to is None else to[1]),
                value=parse_number(match["number"]) * _MULTIPLIER.get(form, 1),
                to=None if to is None else to[0] * _MULTIPLIER.get(form, 1),
                what=what,
                context=clause.strip(),
                part=position > 0 and bool(_PART.search(sentence[previous_end : match.start()])),
                star=stars[0] if stars else None,
                star_to=stars[1] if stars else None,
                potential=bool(_POTENTIAL.search(sentence[noun_end:clause_end])) if stars else False,
                bound=bound,
                place=place,
                place_said=said,
                subplace=_subplace(sentence, clause_start, match.start()),
                as_of=as_of,
                as_of_said=as_of_said,
                planned=carried.planned or _planned(sentence, match.start()),
                whole=position == 0
                and (bool(_WHOLE.search(sentence, 0, match.start())) or _province_has(sentence, match.start(), places)),
            )
        )
    return found


def _counted(sentence: str, match: re.Match[str]) -> tuple[str, str, int, tuple[float, int] | None] | None:
    """(noun, form, end of the noun, (upper value, its end) of a range) of a number that counts something."""
    upper = _RANGE.match(sentence, match.end())
    end = upper.end() if upper else match.end()
    if sentence[end : end + 1] == "%":
        noun: tuple[str, str] | None = ("%", "%")
        noun_end = end + 1
    else:
        noun = counted_noun(sentence[end:])
        noun_end = end + (found.end() if (found := _NOUN.match(sentence[end:])) else 0)
    if noun is None:
        return None
    before = sentence[: match.start()].rstrip().lower()
    if before.endswith(("mỗi xã", "mỗi làng", "mỗi xã, phường", "mỗi xã phường")):
        return None  # the programme's own name, "mỗi xã 1 sản phẩm"
    if before.endswith(
        ("điều", "khoản", "số", "phụ lục", "mẫu", "năm", "tháng", "ngày", "thứ", "quý", "bộ", "đợt", "lần")
    ):
        return None
    return *noun, noun_end, (parse_number(upper["to"]), upper.end()) if upper else None


def _planned(sentence: str, before: int) -> bool:
    """Whether the last cue before the number speaks of a target rather than of what was reached."""
    planned = [match.start() for match in _PLANNED.finditer(sentence, 0, before)]
    reached = [match.start() for match in _REACHED.finditer(sentence, 0, before)]
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
    nation = [match.start() for match in _NATION.finditer(sentence, 0, before)]
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


def _as_of(article: Article, before: int, dates: list[DateMention], carried: str | None) -> tuple[str | None, bool]:
    """The date a number is true at: the last said before it, else the first after it, else the article's."""
    anchor = article.event_date or article.published
    usable = [mention for mention in dates if mention.until is None]
    ordered = [mention for mention in usable if mention.start < before][::-1] + [
        mention for mention in usable if mention.start > before
    ]
    for mention in ordered:
        if mention.year is not None:
            return mention.iso, True
        if anchor is not None:
            return anchor[:4] + mention.iso[1:], True
    periods = [mention for mention in dates if mention.until is not None and mention.start < before]
    if periods and periods[-1].until is not None:
        return periods[-1].until, True
    if carried is not None:
        return carried, False
    return (None if anchor is None else anchor[:10]), False
