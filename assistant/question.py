"""Understanding a question: place, time, star, what is counted, which document, and the kind of answer wanted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from assistant.aims import Aim, in_field, orders, read_aim, without_orders
from assistant.asked_places import HERE, places_asked
from assistant.certificate_day import CertificateDay
from assistant.content import ASKS, Emphasis, content_words, masked
from assistant.counted import Counted, counted_in, nouns_mended
from assistant.haste import spelt_out
from assistant.scoring import Scoring
from assistant.times import Asked, When, by_the_day, shift_in, times_in
from assistant.wanted import Wanted, kind_of_answer
from assistant.wording import Synonyms, places_of, says, synonyms_in, tokens
from crawler.article import fold_space
from index.figures.stars import stars_in
from index.law.address import DocumentNumber, UnitAddress, find_document_numbers, find_unit
from index.places.districts import DISTRICTS, find_districts
from index.places.regions import Region, find_nation, find_regions
from index.text import has_marks
from index.today import vietnam_today

__all__ = ["Aim", "Counted", "Guess", "Question", "Region", "Wanted", "When", "understand"]

_PLANNED = (
    "mục tiêu", "kế hoạch", "phấn đấu", "dự kiến", "chỉ tiêu", "đặt ra", "sẽ", "nhắm tới", "nhắm đến",
    "định hướng", "dự tính", "dự định", "và định", "rồi định", "tính làm", "tính đưa", "tính đẩy", "tính nâng",
    "tính đạt", "muốn cả nước", "muốn tỉnh", "muốn toàn tỉnh", "hướng tới", "hướng đến",
)  # fmt: skip
_TO_DO = ("phải", "đăng ký", "ghi danh", "ghi tên")
_NOW = ("hiện nay", "hiện tại", "bây giờ", "hôm nay", "đang", "hiện hành", "mới nhất", "năm nay", "hiện giờ")
_PAPERS = (
    "quyết định", "nghị quyết", "nghị định", "thông tư", "kế hoạch", "công văn", "văn bản", "chỉ thị", "căn cứ", "dẫn",
    "ban hành", "tìm", "trích", "trích đúng",
)  # fmt: skip
_NOT_ANEW = (
    "thế giới", "thế nào", "thế hệ", "còn hạn", "còn hiệu lực", "còn giá trị", "còn lại", "còn hơn", "còn khoảng",
    "còn bao nhiêu", "còn mấy", "còn dùng", "còn phải", "con giống", "con tem", "vậy nên",
)  # fmt: skip
# What a document is called by beside its number.
CALLED = frozenset("quyết định số văn bản".split())
# What is asked of a merger in these words, its telling says in others.
_OF_MERGERS = (
    "sau", "trước", "mang", "lấy", "đổi", "thay", "tên", "gọi", "mới", "địa", "giới", "nay", "giờ", "vì", "bị", "xóa",
    "mất", "tách", "riêng", "danh", "sách", "phải", "khác", "chung", "lại", "thêm", "sắp", "xếp", "tồn", "tại",
    "nguyên",
)  # fmt: skip
_HIGHEST = ("hạng cao nhất", "hạng sao cao nhất", "sao cao nhất", "mức sao cao nhất", "bậc cao nhất")
_LOWEST = ("hạng thấp nhất", "hạng sao thấp nhất", "sao thấp nhất", "mức sao thấp nhất", "bậc thấp nhất")
_POINTS_BACK = (
    "đám này", "đám đấy",
    "đó", "ấy", "họ", "thì sao", "tỉnh này", "huyện này", "xã này", "quyết định này", "văn bản này", "sản phẩm này",
    "những sản phẩm này", "số này", "nơi này", "chỗ này", "nó", "chúng", "còn lại", "tức là",
)  # fmt: skip

Guess = Literal["", "before", "part", "kind", "law"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question understood.

    text: as asked, white space folded, shorthand written out, "năm ngoái" as its year. tokens: its syllables. content:
    the tokens that evidence must hold (no question words, no place, time or star). in_domain: bears a sign of the
    field; what bears none is looked up all the same, and held to more.
    places: keys of `index.places` asked about; former, today: those said to be meant as before or as since July 2025
    ("Ninh Bình cũ", "Ninh Bình mới"). unclear: keys that initials may mean ("ĐN"). regions, national: asked of a part
    of the country, or of all of it. districts: for each district named the keys it may be. here: "tỉnh mình", unnamed.
    dates: ISO, of the precision asked; when: the same with the days each means ("đầu 2026"), in the same order.
    shift: years from the question before ("trước đó hai năm"). counted: what is to be counted, in order. planned: asks
    for targets. unit, documents: the law it names.
    carried: the words of the questions before it that limit what it counts too ("trong đó mấy cái 4 sao?"), or "".
    follow_up: leans on the question before it. elsewhere: a follow-up of another place or time, so that the articles
    cited before are not the first to look at. adrift: it is about something spoken of before, and nothing was.
    product: of a question answered, the listed name of the one product it or its answer was about, or "".
    spoken: the syllables of the question before that it leans on. heard: those of the questions before that, the last
    of them; around: keys of the provinces that one of these was about, where none after it names any or is of law.
    guessed: another reading of a question that nothing was found for (`assistant.other_readings`): as leaning on what
    was asked "before", as its last "part", as wanting another "kind" of answer, as of a "law" that holds everywhere.
    told_of: the names in what was told before that part. whole: a follow-up said in full by what was spoken of, so that
    it leans on nothing more.
    scoring: the goods and the criterion that this conversation is about, None where it is about none. filed: the day on
    which the dossier was filed that it is about, where that waits to be judged. certificate: the day on which the
    certificate was given, or ends, that it is about.
    """

    text: str
    tokens: tuple[str, ...]
    content: tuple[str, ...]
    aim: Aim
    in_domain: bool
    wanted: Wanted
    places: tuple[str, ...]
    places_fuzzy: bool
    former: tuple[str, ...]
    today: tuple[str, ...]
    unclear: tuple[str, ...]
    regions: tuple[Region, ...]
    national: bool
    districts: tuple[tuple[str, ...], ...]
    here: bool
    dates: tuple[str, ...]
    when: tuple[When, ...]
    period: tuple[str, str] | None
    shift: int | None
    stars: tuple[int, int] | None
    counted: tuple[Counted, ...]
    planned: bool
    documents: tuple[DocumentNumber, ...]
    unit: UnitAddress
    follow_up: bool
    elsewhere: bool
    adrift: bool
    now: bool
    negated: bool
    numbers: tuple[str, ...]
    synonyms: Synonyms
    emphasis: Mapping[str, float]
    carried: str = ""
    product: str = ""
    spoken: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    guessed: Guess = ""
    told_of: tuple[str, ...] = ()
    whole: bool = False
    scoring: Scoring | None = None
    filed: date | None = None
    certificate: CertificateDay | None = None


def words_of_question(text: str, on: date | None = None) -> tuple[str, ...]:
    """The `Question.tokens` of a question understood by itself, long before the rest of it."""
    return _worded(without_orders(fold_space(text)), on or vietnam_today())[1]


@lru_cache(maxsize=8)
def _worded(asked: str, on: date) -> tuple[str, tuple[str, ...]]:
    """A question with its shorthand and days written out, and its syllables."""
    folded = by_the_day(spelt_out(re.sub(r"(?<!\d)\s*%", " phần trăm", asked)), on)
    return folded, nouns_mended(tokens(folded))


def understand(text: str, on: date | None = None) -> Question:
    """Read one question by itself; `assistant.follow_up.resolve` adds what the conversation before it supplies.

    on: the day it is asked, for "năm ngoái" (default today, Viet Nam time). Of a text that gives the system orders and
    asks something besides, what it asks is read. The last are remembered: what may go on from another question is read
    in several ways.
    """
    return _understood(fold_space(text), on or vietnam_today())


@lru_cache(maxsize=32)
def _understood(text: str, on: date) -> Question:
    asked = without_orders(text)
    folded, words = _worded(asked, on)
    places = places_asked(folded)
    documents = tuple(find_document_numbers(folded))
    unit = find_unit(folded)
    document_spans = [(number.start, number.end) for number in documents]
    times = times_in(folded, document_spans)
    shift = shift_in(folded) if not times.dates and times.period is None else None
    nation = find_nation(folded)
    stars = _stars(folded, words)
    taken = [*places.spans, *document_spans, *times.spans]
    taken += [span for span in (nation, shift[1] if shift else None) if span is not None]
    content = nouns_mended(content_words(masked(folded, taken), stars=stars is not None))
    counted = counted_in(words, _stops(folded))
    wanted = kind_of_answer(
        words,
        places=len(places.keys),
        documents=len(documents),
        times=len(times.dates) + 2 * (times.period is not None),
    )
    if wanted in ("text", "yes_no", "star") and not counted and _WHICH_STAR.search(folded):
        wanted, stars = "star", None
    if wanted in ("text", "how") and counted and says(words, "số"):
        wanted = "figure"  # "Số sản phẩm 4 sao của Quảng Nam?"
    if wanted == "number":
        content = _without_papers(content)
    if wanted == "text" and documents and set(content) <= CALLED:
        wanted = "state"  # the number by itself: what it is, and whether it holds
    about = list(_ABOUT.finditer(folded)) if wanted == "figure" and not says(words, "nào") else []
    told = {token for match in about for token in tokens(match["number"])}
    content = tuple(word for word in content if word not in told)
    districts = find_districts(folded, typed=True)
    keys = places.keys
    if wanted == "merger":
        own = {DISTRICTS[key].province for mention in districts for key in mention.candidates}
        if not keys and len(own) == 1:  # what a district is of now, its province tells
            keys = tuple(own)
            taken += [(mention.start, mention.end) for mention in districts]
            content = nouns_mended(content_words(masked(folded, taken), stars=stars is not None))
        content = tuple(word for word in content if not says((word,), *_OF_MERGERS))
        times = Asked(dates=(), period=None, spans=times.spans)
    anchored = bool(documents or stars or not unit.empty)
    aim = read_aim(nouns_mended(tokens(masked(folded, places.spans))), anchored=anchored, telling=len(content))
    return Question(
        text=folded,
        tokens=words,
        content=content,
        aim="instruction" if orders(asked) else aim,
        in_domain=anchored or in_field(words) or wanted == "merger",
        wanted=wanted,
        places=keys,
        places_fuzzy=places.fuzzy,
        former=places.former,
        today=places.today,
        unclear=places.unclear,
        regions=find_regions(folded),
        national=nation is not None,
        districts=tuple(mention.candidates for mention in districts),
        here=not (places.keys or documents or nation) and _here(words, marked=has_marks(folded)),
        dates=tuple(when.iso for when in times.dates),
        when=times.dates,
        period=times.period,
        shift=shift[0] if shift else None,
        stars=stars,
        counted=counted,
        # "phải chấm lại bao nhiêu sản phẩm", "đăng ký bao nhiêu": what a place is to do, not what the law demands
        planned=says(words, *_PLANNED) or bool(counted and places.keys and says(words, *_TO_DO)),
        documents=documents,
        unit=unit,
        follow_up=_follows(words, marked=has_marks(folded)) or shift is not None,
        elsewhere=False,
        adrift=False,
        now=says(words, *_NOW),
        negated=_negated(words),
        numbers=_plain_numbers(folded, [*document_spans, *times.spans, *(match.span() for match in about)]),
        synonyms=synonyms_in(words),
        emphasis=Emphasis(folded, words),
    )


def _stops(text: str) -> frozenset[int]:
    """How many tokens of a question stand before each comma that ends a clause; empty where none does."""
    return frozenset(len(nouns_mended(tokens(text[: match.start()]))) for match in _COMMA.finditer(text))


_COMMA = re.compile(r",(?=\s)")


def _here(words: tuple[str, ...], *, marked: bool) -> bool:
    """Whether a question asks of where the asker is; "cho mình hỏi" is no "chỗ mình"."""
    return any(
        words[place.start] != "cho" or not (marked or says(words[place.stop : place.stop + 1], *_FOR_ME))
        for place in places_of(words, HERE)
    )


_FOR_ME = ("hỏi", "biết", "xem", "xin", "thông tin", "số liệu", "nhờ")


def _without_papers(content: tuple[str, ...]) -> tuple[str, ...]:
    """The content without the kinds of document asked for: any document that holds the rest is one."""
    papers = {at for place in places_of(content, _PAPERS) for at in place}
    return tuple(word for at, word in enumerate(content) if at not in papers)


def _stars(text: str, words: tuple[str, ...]) -> tuple[int, int] | None:
    """The star asked about, none where several are asked about one by one ("chia 3 sao và 4 sao thế nào"). Without
    marks "sao" may be "sao" of "ra sao": only a digit before it counts."""
    if _EACH_STAR.search(text) and says(words, *_COUNTED_EACH):
        return None
    # the tokens have numbers in one form, the text the dash of "3-4 sao"
    found = next(
        (
            stars
            for said in (
                _clause_that_asks(text.lower()),
                _sentence_that_asks(text.lower()),
                text.lower(),
                " ".join(words),
            )
            if (stars := stars_in(said.replace("tro len", "trở lên").replace("tu ", "từ "))) is not None
        ),
        None,
    )
    if found is None and not says(words, "mấy sao", "bao nhiêu sao", "hạng nào", "hạng mấy"):
        if says(words, *_HIGHEST):
            return (5, 5)
        if says(words, *_LOWEST):
            return (3, 3)
    return found


def _clause_that_asks(text: str) -> str:
    """The one clause of several that asks ("Lúc trao giấy 4 sao thì hạng 3 sao do ai công nhận?"); "" where not one."""
    clauses = re.split(r",\s+|\s+(?:thì|thi)\s+", text)
    asking = [clause for clause in clauses if says(tokens(clause), *ASKS)]
    return asking[0] if len(clauses) > 1 and len(asking) == 1 else ""


def _sentence_that_asks(text: str) -> str:
    """The one sentence of several that asks ("Nhà tôi đang 3 sao. Thiếu giấy gì để lên bốn sao?"); "" where not one."""
    sentences = re.split(r"[.!?;]\s+", text)
    asking = [sentence for sentence in sentences if says(tokens(sentence), *ASKS)]
    return asking[0] if len(sentences) > 1 and len(asking) == 1 else ""


_COUNTED_EACH = ("bao nhiêu", "mấy", "chia", "tách", "mỗi loại", "từng loại", "nhiều hơn", "đông hơn", "số lượng")
# "3 sao và 4 sao", each with a "sao" of its own; "từ 3 sao và 4 sao" is no such thing. Of lower grades, which are no
# longer given, texts hardly tell.
_EACH_STAR = re.compile(
    r"(?<!\w)(?<!từ )(?<!tu )[3-5] ?sao(?: ?,| và| va| với| voi| hay| hoặc| hoac| so với| so voi) (?:hạng |hang )?"
    r"[3-5] ?sao(?!\w)",
    re.IGNORECASE,
)
# "là 3 hay 4 sao": neither is taken for granted
_WHICH_STAR = re.compile(
    r"(?<!\w)[1-5]\s*(?:sao\s*)?(?:,\s*)?(?:hay|hoặc|hoac)\s+(?:là\s+)?[1-5]\s*sao(?!\w)", re.IGNORECASE
)
# What makes a number before it a star ("từ 3 lên 4 sao"), a stretch of time until now ("3 năm gần đây") or an age.
_NO_NUMBER = re.compile(
    r"\s?sao|\s(?:tuổi|tuoi|tươi)(?!\w)|\s?(?:[-–]|đến|và|hoặc|lên|sang|hay)\s?(?:hạng\s)?[1-5]\s?sao|"
    r"\s?(?:năm|tháng|ngày|tuần)\s(?:gần đây|vừa qua|qua|trước|nay|liền|liên tiếp|đầu|cuối)"
)


# "1 năm bán mấy tấn", "1 ha thu bao nhiêu", "/1 người": of each, no number that a text gives
_OF_EACH = re.compile(
    r"\s?(?:năm|tháng|ngày|tuần|giờ|quý|vụ|lứa|mẻ|ha|héc|hecta|sào|công|mẫu|cây|con|kg|ký|ki|cân|lít|tấn|tạ|hũ|chai|"
    r"hộp|gói|túi|người|lao động|nam|thang|ngay|tuan|nguoi|lit|cay)(?!\w)(?!\s+(?:trước|qua|nữa|sau|nay|vừa))",
    re.IGNORECASE,
)
# "nghe nói 2021 tỉnh định mở lớp": said without "năm", a year all the same
_BARE_YEAR = re.compile(r"20[12]\d")
# "hơn 1.000 sản phẩm ấy": no number that a text gives
_ABOUT = re.compile(
    r"(?<!\w)(?:hơn|trên|gần|khoảng|chừng|ngót|tầm|xấp xỉ|ngoài|hon|tren|gan|khoang)\s+"
    r"(?P<number>\d+(?:[.,]\d+)?)(?![\w/])",
    re.IGNORECASE,
)


def _plain_numbers(text: str, taken: list[tuple[int, int]]) -> tuple[str, ...]:
    """The numbers of a question that are no date, star, document number or unit of law."""
    return tuple(
        match[0]
        for match in re.finditer(r"(?<![\w/.,])\d+(?:[.,]\d+)?(?![\w/])", text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
        and not _BARE_YEAR.fullmatch(match[0])
        and not _NO_NUMBER.match(text, match.end())
        and not (match[0] == "1" and _OF_EACH.match(text, match.end()))
        and not re.search(
            r"(?:điều|dieu|khoản|khoan|mẫu|mau|mẫu số|mau so|phụ lục|phu luc|đợt|dot|lần|lan|quý|quy|phần|nhóm|bộ)\s*$",
            text[: match.start()],
            re.I,
        )
    )


# "nem chua" is no "nem chưa", marks or none.
_SOUR = frozenset("nem ca cà sua sữa mang măng canh dua dưa me".split())


def _negated(words: tuple[str, ...]) -> bool:
    """Whether something is asked about in the negative ("chưa có sản phẩm"), not merely asked ("… có không?")."""
    marked = has_marks(" ".join(words))
    words = tuple(
        "|" if word == "chua" and (marked or (at > 0 and words[at - 1] in _SOUR)) else word
        for at, word in enumerate(words)
    )
    # "đã có hàng 5 sao chưa, có thì mấy cái" asks whether
    goes_on = ("nếu có", "có thì", "mấy", "bao nhiêu")
    words = tuple(
        "|" if word == "chưa" and says(words[:at], "đã") and says(words[at + 1 :], *goes_on) else word
        for at, word in enumerate(words)
    )
    words = _after_condition(words)
    return says(words[:-1], "chưa có", "chưa được", "chưa", "không có", "không đạt", "không đủ", "không được") and not (
        says(words[-2:], "không") and not says(words[:-2], "chưa", "không")
    )


def _after_condition(words: tuple[str, ...]) -> tuple[str, ...]:
    """What is asked of something in the negative, without that: "sản phẩm chưa đủ sao | phải cải tiến những gì"."""
    for place in places_of(words, ("phải", "cần", "nên")):
        at = place.start
        if says(words[:at], "chưa", "không đủ", "không đạt"):
            return words[at:] if says(words[at:], "gì", "nào", "sao") else words
    return words


# "Tour du lịch cũng phải nộp à?": as what was spoken of.
TOO = ("cũng phải", "cũng được", "cũng cần", "cũng thế", "cũng vậy", "cũng bị")


def _follows(words: tuple[str, ...], *, marked: bool) -> bool:
    """Whether a question leans on the one before: it opens with "thế", "còn", "vậy", or points back ("… đó").

    marked: it is typed with marks, so that "do" is not "đó".
    """
    if opens_anew(words) or says(words, *TOO):
        return True
    if marked:
        return any(f" {phrase} " in f" {' '.join(words)} " for phrase in _POINTS_BACK)
    return says(words, "trong đó", *(phrase for phrase in _POINTS_BACK if " " in phrase))


def opens_anew(words: Sequence[str]) -> bool:
    """Whether a question opens as one that goes on: "còn …", "thế …", "rồi …"; "thế giới" and "còn hạn" are words."""
    first = " ".join(words[:1])
    return first in ("rồi", "rứa") or (says(words[:2], "thế", "còn", "vậy") and not says(words[:3], *_NOT_ANEW))
