"""Evidence: spans of articles that may answer, judged by whether they hold what was asked.

A cosine alone cannot tell an answerable question from an injection: scores only order what passes.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.exactness import DAY, MONTH, exactness_asked, exactness_told
from assistant.numbers_told import MONEY_TOLD, states_number
from assistant.question import Question
from assistant.wording import says
from crawler.article import Article
from index.dates import find_dates
from index.figures.stars import stars_in
from index.law.address import find_document_numbers
from index.passage import heading_label
from index.people.names import begins_name
from index.places.districts import find_districts
from index.places.named import PROVINCES, Mention, find_places, related
from index.text import CAPITALS

# Words every OCOP text has: they tell nothing about which sentence answers.
GENERIC = frozenset(
    "ocop sản phẩm chương trình đạt được công nhận có xếp phân hạng đánh giá đợt dot "
    "san pham chuong trinh dat duoc cong nhan co xep phan hang danh gia".split()
)

_SMALL = "a-zà-ỹđăâêôơư"
NAME = re.compile(rf"(?<!\w)(?:[{CAPITALS}][{_SMALL}]*)(?:\s+[{CAPITALS}][{_SMALL}]*){{1,4}}(?!\w)")
PERSON_CUE = re.compile(
    r"(?<!\w)(?:(?:ông|bà|anh|chị|cụ|đồng chí|chủ tịch|phó chủ tịch|bộ trưởng|thứ trưởng|giám đốc|trưởng ban|"
    r"chánh văn phòng|thủ tướng|trưởng phòng|bí thư|nghệ nhân|chi cục trưởng)(?!\w)|TS\.|ThS\.)",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"ubnd|ủy ban nhân dân|(?<!\w)bộ\s+(?:trưởng|nông|công|y|khoa|văn)|(?<!\w)sở\s|hội đồng|chủ tịch|cơ quan|thủ tướng|"
    r"ban chỉ đạo|văn phòng|tổ tư vấn|chi cục|chủ thể|đại sứ quán|trung tâm|hiệp hội|viện nghiên cứu|"
    r"(?<!\w)tổ chức (?:xúc tiến|phi chính phủ|quốc tế)|(?<!\w)cấp (?:huyện|tỉnh|xã|trung ương|quốc gia)(?!\w)",
    re.IGNORECASE,
)
# An official letter, numbered by who sent it and what about: "Công văn số 2013/UBND-NNTN".
_LETTER = re.compile(
    rf"(?i:công văn|tờ trình|thông báo|văn bản)\s+(?:số\s+)?\d{{1,5}}/[{CAPITALS}][{CAPITALS}&-]+(?!\w)"
)
_DURATION = re.compile(r"\d+\s+(?:ngày|tháng|năm|tuần|giờ)(?!\w)", re.IGNORECASE)
_WHEN = re.compile(
    r"(?:trước|sau|khi|từ|kể từ|trong)\s+(?:ngày|thời hạn|các trường hợp|trường hợp|khi)|không muộn hơn|chậm nhất",
    re.IGNORECASE,
)
_CAUSE = re.compile(r"(?<!\w)(?:vì|do|bởi|nguyên nhân|lý do|nhờ|để)(?!\w)|,\s+nên\s|cho nên", re.IGNORECASE)
# What is asked for by name: a sentence that answers lists names.
# Words that ask for a producer, and one named.
_A_PRODUCER = (
    "hợp tác xã nào", "công ty nào", "doanh nghiệp nào", "cơ sở nào", "hộ nào", "chủ thể nào", "nhà sản xuất nào",
    "do cơ sở", "tổ hợp tác nào",
)  # fmt: skip
# The same where a person may be told too.
_A_MAKER = tuple(
    f"{who} {makes}"
    for who in ("ai", "đơn vị nào", "bên nào", "nơi nào", "chỗ nào", "nhà nào", "hãng nào", "cơ sở nào")
    for makes in ("làm", "làm ra", "sản xuất", "chế biến", "trồng", "nuôi", "nấu", "đóng gói")
) + tuple(f"{of} ai" for of in ("của", "do"))
# Whose a thing is, where a line of a list opens with the name ("- Sơn Thị Lang: đan lát lục bình").
_OWNER_LEADS = re.compile(
    rf"(?P<listed>(?:[-–•+*]|\d{{1,2}}[.)])\s*)?(?P<name>(?:[{CAPITALS}][{_SMALL}]*)(?:\s+[{CAPITALS}][{_SMALL}]*){{1,4}})"
    r"\s*[:(–-]"
)
PRODUCER = re.compile(
    r"(?i:hợp tác xã|htx|công ty|doanh nghiệp|cơ sở|hộ kinh doanh|hộ gia đình|tổ hợp tác|trang trại|xưởng|chủ thể|hộ)"
    rf"(?:\s+[a-zà-ỹđ]+){{0,5}}\s+[{CAPITALS}0-9]"
)
# What somebody made or runs, whose name then is no person's.
_FOUNDED = re.compile(
    r"(?<!\w)(?:lập|mở|làm|xây|dựng|mua|của|cho|với)\s(?:[^,.;]* )?"
    r"(?:công ty|doanh nghiệp|hợp tác xã|cơ sở|thương hiệu)(?!\w)",
    re.IGNORECASE,
)
_PAPERS = ("báo cáo", "hồ sơ", "quyết định", "biên bản", "giấy", "tờ trình")
# Words that ask for a person by name.
_A_PERSON = (
    "là ai", "ai là", "ai làm chủ tịch", "ai làm trưởng", "ai làm giám đốc", "ai làm phó", "ai giữ chức", "ai đứng đầu",
    "lãnh đạo nào", "vị nào", "ông nào", "bà nào", "người nào", "họ tên", "tên gì", "chủ tịch nào", "bộ trưởng nào",
    "thứ trưởng nào", "giám đốc nào", "bí thư nào", "đồng chí nào", "nghệ nhân nào", "cán bộ nào",
)  # fmt: skip
_NAMED = (
    "huyện nào", "tỉnh nào", "xã nào", "nước nào", "quốc gia nào", "thị trường nào", "sàn nào", "điện tử nào",
    "doanh nghiệp nào", "hợp tác xã nào", "đơn vị nào", "địa phương nào", "thành phố nào", "những nước", "những huyện",
    "những tỉnh", "những sàn", "các nước", "các huyện", "các tỉnh", "các sàn",
)  # fmt: skip
# What several things are called.
CALLED_WHAT = ("tên gì", "tên là gì", "tên chi", "tên là chi", "gọi là gì")
# "không tới 90 điểm" does not say how many points there were.
_POINTS = re.compile(
    r"(?<!không tới )(?<!không đạt )(?<!không đủ )(?<!chưa đạt )(?<!chưa tới )(?<!chưa đủ )(?<!dưới )(?<!không được )"
    r"(?<![\d.,])(\d+(?:[.,]\d+)?) (?:điểm|diem)(?!\w)"
)
_COLUMNS = re.compile(r"^[^;:]+: [^;]+; [^;:]+: ")
_NEGATION = re.compile(r"(?<!\w)(?:chưa|không|chẳng)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evidence:
    """A span that supports a claim: `article.text[start:end]`. Equal where version and span are."""

    article: Article
    start: int
    end: int

    @property
    def key(self) -> tuple[str, str, int, int]:
        """What names the span: article id, digest of the version, start, end."""
        return self.article.id, self.article.digest, self.start, self.end

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Evidence) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def quote(self) -> str:
        """The archived text of the span."""
        return self.article.text[self.start : self.end]

    @property
    def heading(self) -> str:
        """The heading path of the span as readers see it."""
        return heading_label(self.article.heading_path(self.start))


def specific(question: Question) -> tuple[str, ...]:
    """The content words that tell one sentence from another."""
    listed = question.wanted == "list"
    typed = (_THINGS if listed else frozenset()) | (
        _TYPES if listed and says(question.tokens, *_NAMED) else frozenset()
    )
    if says(question.tokens, *_GOODS):
        typed |= _OF_GOODS
    return tuple(
        word for word in question.content if word not in GENERIC and word not in typed and word not in question.numbers
    )


# What people call products.
_GOODS = ("mặt hàng", "món hàng")
_OF_GOODS = frozenset("mặt món hàng".split())
# Words for things of whatever kind that are asked for by name.
_THINGS = frozenset("thứ món cái loại thu mon cai loai".split())
# Words that only name the kind of thing asked for by name ("những huyện nào").
_TYPES = frozenset("huyện tỉnh xã nước quốc gia thị trường đơn vị địa phương huyen tinh xa nuoc".split())


def about_place(question: Question, text: str, provinces: tuple[str, ...]) -> bool:
    """Whether a sentence speaks of a place asked about: it names it, or names none and its article is about it."""
    if not question.places:
        return True
    named = {mention.key for mention in places_in(text)}
    if named & set(question.places):
        return True
    if set(provinces) & set(question.places):
        # "trưng bày tại Cầu Rồng Đà Nẵng" in an article about Quảng Nam speaks of Quảng Nam still
        return len(provinces) == 1 or not named
    return False


@lru_cache(maxsize=20_000)
def places_in(text: str) -> tuple[Mention, ...]:
    """The provinces a text names, as `find_places` finds them; remembered."""
    return tuple(find_places(text))


def fits_time(question: Question, text: str, article: Article, carried: str | None = None) -> bool | None:
    """Whether the time asked is the sentence's, else the one its paragraph opened with (`carried`), else the article's.

    None where no time was asked.
    """
    if not question.dates and question.period is None:
        return None
    said = find_dates(text)
    years = [mention.iso for mention in said if mention.year is not None]
    of_its_day = not years and _OF_ITS_DAY.search(text) is not None
    carried = None if of_its_day else carried
    anchor = carried or article.event_date or article.published
    of_year_before = not years and _YEAR_BEFORE.search(text) is not None
    if anchor is not None and of_year_before:
        anchor = f"{int(anchor[:4]) - 1:04d}"
    if question.period is not None:
        first, last = question.period
        if not said and anchor is not None:
            return first <= anchor[:4] <= last
        return any(
            mention.until is not None and mention.iso <= last and mention.until >= first for mention in said
        ) or any(first <= year[:4] <= last for year in years)
    known = years or [
        *([anchor] if anchor is not None else []),
        *([] if carried or of_year_before or of_its_day else _story_dates(article)),
    ]
    return any(asked.agrees(one) for asked in question.when for one in known) or any(
        mention.until is not None and mention.iso <= asked[:4] <= mention.until
        for asked in question.dates
        for mention in said
    )


def _story_dates(article: Article) -> list[str]:
    """The dates with a year that the title of an article and its first paragraph name: paragraphs after that, which
    name none, go on with them."""
    first = next((block for block in article.blocks if block.role in ("paragraph", "lead")), None)
    opening = "" if first is None else article.text[first.start : first.end]
    return list(_dated(article.title) + _dated(opening))


@lru_cache(maxsize=4096)
def _dated(text: str) -> tuple[str, ...]:
    return tuple(mention.iso for mention in find_dates(text) if mention.year is not None and mention.until is None)


# "Riêng năm nay": of the year of its text, whatever its paragraph opened with
_OF_ITS_DAY = re.compile(r"(?<!\w)(?:năm|tháng|quý|hôm|sáng|chiều|tối|dịp) nay(?!\w)", re.IGNORECASE)
# "Năm trước đó thành phố mới có 33 sản phẩm": of the year before that of its text
_YEAR_BEFORE = re.compile(
    r"(?<!\w)(?<!hai )(?<!ba )(?<!những )(?<!các )năm (?:trước đó|ngoái|trước)(?!\w)", re.IGNORECASE
)


def same_time(asked: str, known: str) -> bool:
    """Whether two dates agree as far as both are known: "2020" and "2020-06-12" do."""
    shared = min(len(asked), len(known[:10]))
    return asked[:shared] == known[:shared]


def fits_kind(question: Question, text: str) -> bool:
    """Whether a text holds the kind of thing asked for: a person or body for who, a date or term for when, …"""
    if question.negated and question.wanted not in ("yes_no", "state") and not _NEGATION.search(text):
        return False
    match question.wanted:
        case "definition":
            return re.search(r"(?<!\w)(?:là|gọi là|nghĩa là|tức là|hiểu là|viết tắt)(?!\w)", text) is not None
        case "merger":
            return _tells_merger(question, text)
        case "who":
            if says(question.tokens, *_A_PRODUCER):
                return PRODUCER.search(text) is not None
            if says(question.tokens, *_A_MAKER) and not (says(question.tokens, *_PAPERS) or _asks_person(question)):
                return _opens_with_owner(text) or PRODUCER.search(text) is not None or names_person(text)
            of_a_place = bool(question.places or question.districts)
            return names_person(text) or (bool(_BODY.search(text)) and not (of_a_place and _asks_person(question)))
        case "case":
            return bool(re.search(r"trường hợp|(?<!\w)khi(?!\w)|(?<!\w)nếu(?!\w)", text, re.IGNORECASE))
        case "when" if exactness_asked(question) == DAY:
            return exactness_told(text) >= MONTH or _DURATION.search(text) is not None or _WHEN.search(text) is not None
        case "when":
            return bool(find_dates(text) or _DURATION.search(text) or _WHEN.search(text))
        case "duration":
            return _states_duration(question, text)
        case "why":
            return _CAUSE.search(text) is not None
        case "figure":
            return states_number(question, text)
        case "unit":
            return re.search(r"(?:phụ lục|mẫu số|điều|khoản)\s+(?:\d|[ivx]+(?!\w))", text, re.IGNORECASE) is not None
        case "number":
            return names_paper(text)
        case "breakdown":
            if any(item.what == "đồng" for item in question.counted) and MONEY_TOLD.search(text.lower()) is None:
                return False
            # of a table its line has a part: "Hạng: 3 sao; Mức (đồng): 50 triệu"
            return len(re.findall(r"\d+", text)) >= (2 if _COLUMNS.search(text) else 3)
        case "share":
            return "%" in text or "phần trăm" in text.lower()
        case "list" if question.numbers and says(question.tokens, "kể tên", "liệt kê", "danh sách", "tên"):
            return len(names_in(question, text)) >= float(question.numbers[0].replace(",", ".")) / 2
        case "list" if says(question.tokens, *_NAMED, *CALLED_WHAT):
            return len(names_in(question, text)) > 1
        case "list":
            return text.count(",") + text.count(";") + text.count("\n") >= 1 or " và " in text
        case "star":
            return stars_in(text) is not None or _STAR_SAID.search(text) is not None
        case _:
            return True


def _opens_with_owner(text: str) -> bool:
    """Whether a line of a list opens with a name as people have them; a mark of the list vouches for the rest."""
    match = _OWNER_LEADS.match(text)
    return match is not None and (match["listed"] is not None or begins_name(match["name"].split()[0]))


def _asks_person(question: Question) -> bool:
    """Whether a question asks for a person by name; "đơn vị nào" is no "vị nào"."""
    return says(question.tokens, *_A_PERSON) and not says(question.tokens, "đơn vị nào")


# "năm hạng sao" tells of stars, "Hạng sao: x" of none, nor do "bản sao" and "tại sao".
_STAR_SAID = re.compile(r"(?<!bản )(?<!tại )(?<!vì )(?<!\w)sao(?!\w)(?!\s*:\s*[x–-]?\s*(?:;|$))", re.IGNORECASE)


def _tells_merger(question: Question, text: str) -> bool:
    """Whether a text tells what became of the provinces asked about: it names another part of what they are of today,
    or says that one stayed as it was."""
    if _NOT_YET.search(text):
        return False
    named = {mention.key for mention in places_in(text)}
    return any(
        len(named & (group := related(key))) > 1
        or (len(group) == 1 and _STAYED.search(text) is not None and (key in named or _OF_MERGING.search(text)))
        for key in question.places
    )


# What a sentence says that stays is a province, not a "mô hình hai cấp".
_OF_MERGING = re.compile(r"(?<!\w)(?:sáp nhập|hợp nhất|nhập tỉnh|địa giới|ranh giới|tên tỉnh)(?!\w)", re.IGNORECASE)
# "khi ấy chưa nhập với"
_NOT_YET = re.compile(r"chưa (?:sáp nhập|hợp nhất|nhập|gộp)(?!\w)", re.IGNORECASE)
# "không nằm trong diện nhập tỉnh"
_STAYED = re.compile(r"giữ nguyên|không (?:\w+ ){0,4}(?:sáp nhập|hợp nhất|nhập)(?!\w)", re.IGNORECASE)


def _states_duration(question: Question, text: str) -> bool:
    """Whether a text gives a length of time: of days where days are asked for, of months or years for either."""
    units = next(
        (
            units
            for units in (("ngày",), ("tháng", "năm"))
            if says(question.tokens, *(f"{cue} {unit}" for cue in ("mấy", "bao nhiêu") for unit in units))
        ),
        None,
    )
    dates = [(mention.start, mention.end) for mention in find_dates(text)]
    return any(
        (units is None or match[0].lower().endswith(units))
        and not any(start < match.end() and match.start() < end for start, end in dates)
        for match in _DURATION.finditer(text)
    )


LISTED = re.compile(r"(?:\(|:\s|(?<!\w)(?:gồm|là|như|tên)\s)\s*[^\W\d]\w*\s\w[^.]*?(?:,|;|\svà\s)", re.IGNORECASE)


def names_several(question: Question, text: str) -> bool:
    """Whether a text names at least two things besides the place asked about, or lists several."""
    return len(names_in(question, text)) > 1 or LISTED.search(text) is not None or _parts_named(text) > 1


def _parts_named(text: str) -> int:
    """The commas of a sentence behind which something may be named: neither a number ("127 sản phẩm 4 sao, 7 sản phẩm 5
    sao" names nothing) nor a further clause (", tức thêm 140 sản phẩm, chỉ trong hai năm")."""
    return sum(_NO_NAME_BEHIND.match(part) is None for part in text.split(",")[1:])


_NO_NAME_BEHIND = re.compile(
    r"\s*(?:(?:(?:và|do|gồm|với|có|trong đó|trong đó có)\s+)?\d|(?:tức|chỉ|nhưng|mà|song|trong khi|khi|vì|nên|để|tăng|"
    r"giảm|hơn|bằng|so với|tính đến|tương đương|chiếm)(?!\w))"
)


_PLACES_ASKED = (
    *(f"{place} nào" for place in ("tỉnh", "huyện", "xã", "phường", "địa phương", "nơi", "thành phố", "vùng", "đâu")),
    *(f"{many} {place}" for many in ("những", "các", "mấy") for place in ("tỉnh", "huyện", "xã", "phường", "nơi")),
    "ở đâu",
)


def names_in(question: Question, text: str) -> set[str]:
    """The proper names a sentence lists, the asked place and the sentence's first word left out."""
    places = {PROVINCES[key].name for key in question.places}
    if not says(question.tokens, *_PLACES_ASKED):
        places |= {text[one.start : one.end] for one in places_in(text)}
        places |= {text[one.start : one.end] for one in find_districts(text)}
    found = {match[0] for match in re.finditer(rf"(?<!^)(?<!\w)[{CAPITALS}][\w&]*(?:\s+[{CAPITALS}][\w&]*)*", text)}
    return {name for name in found if name not in places and name.upper() not in ("OCOP", "UBND", "HTX", "SP")}


def names_paper(text: str) -> bool:
    """Whether a text gives the number of a document, an official letter among them."""
    return bool(find_document_numbers(text)) or _LETTER.search(text) is not None


def acts(text: str) -> bool:
    """Whether a line opens with the person or body that acts ("a) Chủ tịch UBND cấp tỉnh quyết định …")."""
    opening = re.sub(r"^(?:\d+(?:\.\d+)*\.|[a-zđ]\))\s*", "", text)
    match = _BODY.search(opening)
    return match is not None and match.start() == 0


def names_person(text: str) -> bool:
    """Whether a text names a person, with a title before the name ("Phó Chủ tịch UBND tỉnh Nam Định Nguyễn Văn An")."""
    places = [(mention.start, mention.end) for mention in places_in(text)]
    for match in NAME.finditer(text):
        after = max((end for start, end in places if start < match.end() and match.start() < end), default=None)
        name = text[match.start() if after is None else after : match.end()].split()
        if after is not None and (len(name) < 2 or not begins_name(name[0])):
            continue
        opens = len(name) > 2 and PERSON_CUE.match(name[0]) is not None  # "Ông Lò Văn An" in capitals throughout
        before = text[max(0, match.start() - 60) : match.start()]
        cue = next(reversed(list(PERSON_CUE.finditer(before))), None)
        # "anh lập Công ty Đế Gò Đen" names nobody
        quoted = text[: match.start()].endswith(("“", '"'))
        if opens or (cue is not None and not quoted and _FOUNDED.search(before, cue.end()) is None):
            return True
    return False


def numbers_in_range(question: Question, text: str) -> bool:
    """Whether a number of the question lies in a range of points a text states ("từ 50 đến dưới 70 điểm")."""
    lowered = text.lower()
    for number in _POINTS.findall(" ".join(question.tokens)):
        value = float(number.replace(",", "."))
        for match in re.finditer(
            r"từ\s+(\d+(?:,\d+)?)\s+(?:điểm\s+)?đến\s+(dưới\s+)?(\d+(?:,\d+)?)\s+điểm|dưới\s+(\d+(?:,\d+)?)\s+điểm",
            lowered,
        ):
            if match[4] is not None:
                low, high, open_end = 0.0, float(match[4].replace(",", ".")), True
            else:
                low, high = float(match[1].replace(",", ".")), float(match[3].replace(",", "."))
                open_end = match[2] is not None
            if low <= value and (value < high if open_end else value <= high):
                return True
    return False
