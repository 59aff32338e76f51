"""Understanding a question: place, time, star, what is counted, which document, and the kind of answer wanted."""

import itertools
import re
from dataclasses import dataclass, replace
from typing import Literal

from assistant.wording import Synonyms, find_phrase, says, synonyms_in, tokens
from crawler.article import fold_space
from index.dates import find_dates
from index.figures.counted import NOUN_FORMS
from index.figures.stars import stars_in
from index.law.address import DocumentNumber, UnitAddress, find_document_numbers, find_unit
from index.places.named import find_places
from index.segment import parts_of_speech
from index.text import has_marks, strip_marks

Wanted = Literal[
    "figure", "share", "breakdown", "list", "case", "why", "who", "where", "when", "duration", "yes_no", "compare",
    "sum",
    "average", "state", "unit", "number", "star", "text",
]  # fmt: skip
_PAPERS = ("quyết định", "nghị quyết", "nghị định", "thông tư", "kế hoạch", "công văn", "văn bản")
Aim = Literal["question", "greeting", "instruction", "insult", "health", "personal", "foreign"]

# A question that names none of these, no place, no document and no star is not about OCOP.
_DOMAIN = (
    "ocop", "mỗi xã một sản phẩm", "mỗi làng một sản phẩm", "sáp nhập", "thuộc tỉnh", "sản phẩm", "chủ thể",
    "đặc sản", "hợp tác xã", "làng nghề", "nông thôn", "nông sản", "hạng sao", "sao", "hồ sơ", "giấy chứng nhận",
    "chứng nhận", "tiêu chí", "phân hạng", "nâng hạng", "hội đồng", "tổ tư vấn", "thu hồi", "cấp xã", "cấp tỉnh",
    "cấp huyện", "trung ương", "công nhận", "nhãn hiệu", "điểm bán", "gian hàng", "sàn thương mại",
    "thương mại điện tử", "xúc tiến", "truy xuất", "điều", "khoản", "phụ lục", "mẫu số", "quyết định", "nghị quyết",
    "nghị định", "thông tư", "kế hoạch", "đề án", "chương trình", "doanh nghiệp", "hộ gia đình", "hộ kinh doanh",
    "cơ sở", "du lịch", "nhóm", "bộ sản phẩm", "đánh giá", "chấm điểm", "thang điểm", "điểm", "vùng nguyên liệu",
    "bao bì", "nộp lại", "hết hạn", "hiệu lực", "hội nghị", "ban chỉ đạo", "văn phòng điều phối", "ủy ban", "sở",
)  # fmt: skip
_INSTRUCTION = (
    "bỏ qua mọi", "bỏ qua các", "bỏ qua tất cả", "bỏ qua hướng dẫn", "bỏ qua chỉ dẫn", "quên mọi", "quên hết",
    "quên các hướng dẫn", "system prompt", "prompt hệ thống", "in ra prompt", "lời nhắc hệ thống", "ignore all",
    "ignore previous", "ignore the above", "disregard", "you are now", "từ giờ bạn là", "từ bây giờ bạn là",
    "hãy đóng vai", "giả vờ là", "jailbreak", "developer mode", "chế độ nhà phát triển", "khóa api", "api key",
    "mật khẩu", "drop table", "xóa cơ sở dữ liệu", "lệnh hệ thống", "chỉ dẫn trước", "hướng dẫn trước",
)  # fmt: skip
_INSULT = ("ngu", "đồ ngu", "ngu ngốc", "đần", "mày", "óc chó", "khốn nạn", "rác rưởi", "vô dụng")
_HEALTH = (
    "chữa bệnh", "trị bệnh", "khỏi bệnh", "phòng bệnh", "ung thư", "tiểu đường", "huyết áp", "thuốc chữa", "giảm cân",
    "tác dụng phụ", "chữa khỏi", "trị khỏi", "điều trị",
)  # fmt: skip
# Only where typed with marks: without them "chưa được" and "chữa được" are one.
_HEALTH_MARKED = ("chữa được", "trị được")
_PERSONAL = (
    "số điện thoại", "sđt", "điện thoại của", "số di động", "căn cước", "cccd", "cmnd", "chứng minh nhân dân",
    "số tài khoản", "địa chỉ nhà", "nhà riêng", "email", "e-mail", "zalo của", "facebook của", "ngày sinh",
)  # fmt: skip
_GREETING = (
    "xin chào", "chào bạn", "chào em", "chào anh", "chào chị", "hello", "hi", "alo", "cảm ơn", "cám ơn", "tạm biệt",
    "bạn là ai", "bạn làm được gì", "bạn giúp được gì",
)  # fmt: skip

_SHARE = ("bao nhiêu phần trăm", "tỷ lệ", "tỉ lệ", "phần trăm", "bao nhiêu %")
_WHO = (
    "ai", "người nào", "vị nào", "đơn vị nào", "cơ quan nào", "cấp nào", "tổ chức nào", "do ai", "bộ nào", "sở nào",
    "ủy ban nào", "cơ quan gì",
)  # fmt: skip
_ASKED_WHEN = (
    "khi nào", "bao giờ", "lúc nào", "ngày nào", "hôm nào", "năm nào", "tháng nào", "thời điểm nào", "ngày mấy",
)  # fmt: skip
_WHEN = (
    "khi nào", "bao giờ", "lúc nào", "ngày nào", "hôm nào", "năm nào", "tháng nào", "thời điểm nào", "ngày mấy",
    "từ ngày nào", "trước ngày nào", "hạn chót", "hạn nộp",
)  # fmt: skip
_DURATION = (
    "bao lâu", "mấy tháng", "mấy năm", "mấy ngày", "bao nhiêu ngày", "bao nhiêu tháng", "bao nhiêu năm", "thời hạn",
)  # fmt: skip
_WHERE = ("ở đâu", "nơi nào", "tại đâu", "chỗ nào", "đi đâu")
_COMPARE = (
    "nhiều hơn", "ít hơn", "nhiều nhất", "ít nhất", "cao nhất", "thấp nhất", "so sánh", "hơn hay", "dẫn đầu",
    "đứng đầu",
)  # fmt: skip
_AVERAGE = ("trung bình", "bình quân")
_PLANNED = ("mục tiêu", "kế hoạch", "phấn đấu", "dự kiến", "chỉ tiêu", "đặt ra", "sẽ")
_NOW = ("hiện nay", "hiện tại", "bây giờ", "hôm nay", "đang", "hiện hành", "mới nhất", "năm nay")

# Phrases that ask, or say how much is to be said, as a whole; their syllables mean other things elsewhere.
_STOP_PHRASES = (
    "cơ cấu", "tình hình", "chi tiết", "cụ thể", "như thế nào", "thế nào", "ra sao", "bao nhiêu", "bao lâu",
    "bao giờ", "khi nào", "là gì", "tổng cộng", "tổng số", "số lượng", "cho biết", "cho hỏi", "liệt kê", "kể tên",
    "làm ơn", "hiện nay", "hiện tại", "hôm nay", "so sánh", "xử lý", "giải quyết", "tất cả", "thông tin về",
    "giúp tôi", "bài về", "bài viết", "bài báo", "nhắc đến", "giữ chức vụ", "chức vụ", "giữ chức", "chức danh",
    "nội dung gì", "những nội dung", "đề cập", "cùng năm", "kết thúc", "khép lại", "tính đến", "đến nay", "hồi giữa",
    "hồi đầu", "hồi cuối", "vừa qua", "diễn ra", "chúng tôi", "ra đời", "kết quả đó", "gần đây", "mới đây", "vì sao",
    "tại sao", "lý do", "trong đó", "thì sao",
)  # fmt: skip
# Words that carry no content of their own; what is left is looked for in the evidence.
_STOP = frozenset(
    "cuối giữa hồi cả số làm ad admin r v nha nhá á dạ thưa "
    "có mấy là của và các những nào gì thì mà ở tại cho với được bị đã đang sẽ này đó kia ấy từ đến trong ngoài "
    "trên dưới về theo như thế vậy ra sao khi lúc ai đâu không chưa hay hoặc rồi nhỉ à ạ ơi nhé hả vì bởi do để "
    "tôi mình chúng ta bạn em anh chị hãy xin hỏi biết nói rõ một vào lên xuống lại nữa cũng đều chỉ còn phải "
    "đúng tính tới hết nay hiện năm tháng ngày khoảng nêu đặt đề sắp lâu tất cả mỗi cái con hơn nhất bằng tỉnh "
    "thành phố muốn cần người nơi thuộc".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Something asked to be counted: the noun compared ("sản phẩm") and the star named right after it, if any."""

    what: str
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question understood.

    text: as asked, white space folded. tokens: its syllables with shorthand written out. content: the tokens that
    evidence must hold (no question words, no place, time or star). places: keys of `index.places`. years: ISO dates
    of the precision asked. counted: what is to be counted, in order. planned: asks for targets. unit, documents: the
    law it names.  follow_up: leans on the question before it.
    """

    text: str
    tokens: tuple[str, ...]
    content: tuple[str, ...]
    aim: Aim
    in_domain: bool
    wanted: Wanted
    places: tuple[str, ...]
    places_fuzzy: bool
    dates: tuple[str, ...]
    period: tuple[str, str] | None
    stars: tuple[int, int] | None
    counted: tuple[Counted, ...]
    planned: bool
    documents: tuple[DocumentNumber, ...]
    unit: UnitAddress
    follow_up: bool
    now: bool
    negated: bool
    numbers: tuple[str, ...]
    synonyms: Synonyms
    emphasis: dict[str, float]


# How much a word tells by its part of speech: what is named, then what is done or how it is, then the rest (adverbs,
# particles, numerals in words). Tags of underthesea.
_EMPHASIS = {"N": 1.0, "Np": 1.0, "Nu": 1.0, "Ny": 1.0, "Nb": 1.0, "Nc": 0.6, "M": 1.0, "V": 0.6, "A": 0.6}
_NO_EMPHASIS = 0.15


# What is told before or after the question itself ("Gia đình tôi tráng bánh, …") tells less about where the answer is.
_ASIDE = 0.35
_ASKS = (
    "bao nhiêu", "mấy", "gì", "nào", "ai", "đâu", "bao lâu", "bao giờ", "thế nào", "ra sao", "vì sao", "tại sao",
    "phải không", "được không", "có không", "hay không", "hay chưa", "thì sao",
)  # fmt: skip


def emphasis(text: str, words: tuple[str, ...]) -> dict[str, float]:
    """Token -> how much it tells, in (0, 1], by its part of speech and by whether it stands in the clause that asks.

    A token that stands in two words takes the larger share. Parts of speech are read of text typed with marks only.
    """
    shares: dict[str, float] = {}
    if has_marks(text):
        for word, tag in parts_of_speech(" ".join(words) if len(words) != len(text.split()) else text):
            for token in tokens(word):
                shares[token] = max(shares.get(token, 0.0), _EMPHASIS.get(tag, _NO_EMPHASIS))
    clauses = [tokens(clause) for clause in _clauses(text)]
    asking = [clause for clause in clauses if says(clause, *_ASKS)]
    core = {token for clause in asking for token in clause}
    if len(clauses) > 1 and sum(not _is_stop(token) and token not in _THIN for token in core) >= 3:
        for token in words:
            if token not in core:
                shares[token] = shares.get(token, 1.0) * _ASIDE
    return shares


def _clauses(text: str) -> list[str]:
    """A question cut at its stops, and at commas where five words or more stand on either side: fewer are a list."""
    cut: list[str] = []
    for sentence in re.split(r"[.;:!?]\s+", text):
        for piece in re.split(r",\s+", sentence):
            if cut and piece is not sentence and cut[-1] and (len(piece.split()) < 5 or len(cut[-1].split()) < 5):
                cut[-1] += f", {piece}"
            else:
                cut.append(piece)
        cut.append("")
    return [piece for piece in cut if piece.strip()]


# Words of a question that alone do not say what it is about.
_THIN = frozenset("ocop sản phẩm sp san pham sao tỉnh xã cho tôi con nhiêu bao mấy gì nào ai đâu phải mới".split())


def understand(text: str) -> Question:
    """Read one question by itself; `resolve` adds what the conversation before it supplies."""
    folded = re.sub(r"(?<!\d)\s*%", " phần trăm", fold_space(text))
    words = _mended(tokens(folded))
    spoken = " ".join(words)
    places = find_places(folded, typed=True)
    documents = tuple(find_document_numbers(folded))
    unit = find_unit(folded)
    dates = find_dates(folded)
    document_spans = [(number.start, number.end) for number in documents]
    dates = [date for date in dates if not any(s < date.end and date.start < e for s, e in document_spans)]
    stars = _stars(words, spoken)
    numbers = _plain_numbers(folded, [*document_spans, *((date.start, date.end) for date in dates)])
    taken = {token for place in places for token in tokens(folded[place.start : place.end])}
    taken |= {token for number in documents for token in tokens(folded[number.start : number.end])}
    taken |= {token for date in dates for token in tokens(folded[date.start : date.end])}
    asking = _asking(words)
    bare = not has_marks(folded)
    content = tuple(
        token
        for at, token in enumerate(words)
        if at not in asking
        and not _is_stop(token, bare=bare)
        and token not in taken
        and not (stars and token in "12345")
    )
    if stars:
        content = tuple(token for token in content if token != "sao")
    counted = _counted(words)
    wanted = _wanted(words, places=len(places), documents=len(documents))
    if wanted == "text" and counted and says(words, "số"):
        wanted = "figure"  # "Số sản phẩm 4 sao của Quảng Nam?"
    return Question(
        text=folded,
        tokens=words,
        content=content,
        aim=_aim(words, anchored=bool(places or documents or stars or not unit.empty)),
        in_domain=bool(documents or stars or not unit.empty) or says(words, *_DOMAIN),
        wanted=wanted,
        places=tuple(dict.fromkeys(place.key for place in places)),
        places_fuzzy=any(place.fuzzy for place in places),
        dates=tuple(date.iso for date in dates if date.until is None and date.year is not None),
        period=next(((date.iso, date.until) for date in dates if date.until is not None), None),
        stars=stars,
        counted=counted,
        # "phải chấm lại bao nhiêu sản phẩm", "đăng ký bao nhiêu": what a place is to do, not what the law demands
        planned=says(words, *_PLANNED) or bool(counted and places and says(words, "phải", "đăng ký")),
        documents=documents,
        unit=unit,
        follow_up=_follows(words),
        now=says(words, *_NOW),
        negated=_negated(words),
        numbers=numbers,
        synonyms=synonyms_in(words),
        emphasis=emphasis(folded, words),
    )


def gives_orders(text: str) -> bool:
    """Whether a text tells a machine how to behave ("bỏ qua mọi hướng dẫn")."""
    return says(tokens(text), *_INSTRUCTION)


def resolve(question: Question, before: Question | None) -> Question:
    """Fill what a follow-up leaves out from the question before it: place, time, what is counted, document, kind.

    A question that names its own place and leans on nothing is left as it is.
    """
    if before is None or not (question.follow_up or _bare_remainder(question)):
        return question
    counted = question.counted or (before.counted if _bare_remainder(question) else ())
    same_topic = _bare_remainder(question)
    return replace(
        question,
        places=question.places or before.places,
        dates=question.dates or (before.dates if not question.places or same_topic else ()),
        stars=question.stars or (before.stars if same_topic else None),
        counted=counted,
        wanted=before.wanted if same_topic and question.wanted == "text" else question.wanted,
        content=(*question.content, *(word for word in before.content if not word.isdecimal()))
        if same_topic or says(question.tokens, "họ")
        else question.content,
        emphasis=before.emphasis | question.emphasis,
        synonyms=(*question.synonyms, *before.synonyms) if same_topic else question.synonyms,
        planned=question.planned or (before.planned if same_topic else False),
        documents=question.documents or before.documents,
        aim="question" if question.aim == "foreign" else question.aim,
        follow_up=True,
    )


def _bare_remainder(question: Question) -> bool:
    """Whether a question only changes the place, time, star or body of the former one ("còn An Giang?", "còn cấp
    quốc gia thì sao?"), so that the rest is the former one's."""
    if not question.follow_up or question.counted:
        return False
    slots = bool(question.places or question.dates or question.stars)
    if slots and len(question.content) <= 1:
        return True
    opens = says(question.tokens[:2], "còn", "thế", "vậy") and len(question.content) <= 3
    return question.wanted == "text" and (says(question.tokens, "thì sao") or opens)


def _asking(words: tuple[str, ...]) -> set[int]:
    """The positions of the phrases that only ask."""
    found: set[int] = set()
    for phrase in (*_STOP_PHRASES, *_WHO, *_WHERE, *_ASKED_WHEN):
        size = len(phrase.split())
        for at in range(len(words) - size + 1):
            if find_phrase(words[at : at + size], phrase) == 0:
                found.update(range(at, at + size))
    return found


def _is_stop(token: str, *, bare: bool = False) -> bool:
    """Whether a token carries no content; `bare`: of a text without marks, where "dung" may be "đúng"."""
    return token in _STOP or (bare and token in _BARE_STOP)


def _stars(words: tuple[str, ...], spoken: str) -> tuple[int, int] | None:
    """The star asked about. Without marks "sao" may be "sao" of "ra sao": only a digit before it counts."""
    return stars_in(spoken.replace("tro len", "trở lên").replace("tu ", "từ "))


def _counted(words: tuple[str, ...]) -> tuple[Counted, ...]:
    """The nouns after "bao nhiêu", "mấy", "số": in the order asked."""
    found: list[Counted] = []
    for at in range(len(words)):
        for cue in ("bao nhiêu", "mấy", "số lượng", "tổng số", "nhiều", "số"):
            if find_phrase(words[at : at + len(cue.split())], cue) == 0:
                rest = words[at + len(cue.split()) :]
                if rest[:1] in (("là",), ("la",)):
                    rest = rest[1:]  # "trong đó bao nhiêu là hợp tác xã"
                noun = _noun(rest, asked=cue in ("bao nhiêu", "mấy"))
                if noun is not None and noun not in found:
                    found.append(noun)
                break
    return tuple(found)


def _noun(rest: tuple[str, ...], *, asked: bool) -> Counted | None:
    """The counted noun at the start of a run of tokens, typed with marks or without.

    After a word that asks for a count (`asked`), any other noun is taken as it stands ("bao nhiêu thành viên").
    """
    for form, what in NOUN_FORMS:
        if find_phrase(rest[: len(form.split())], form) == 0:
            return Counted(what=what, form=form)
    if rest[:1] and rest[0] in ("tiền", "tien"):
        return Counted(what="đồng", form="đồng")
    other = tuple(itertools.takewhile(lambda token: token.isalpha() and not _is_stop(token), rest[:2]))
    if asked and other and other[0] not in ("sao", "lần"):
        return Counted(what=" ".join(other), form=" ".join(other))
    return None


# First syllable without marks -> the counted nouns of two syllables or more that begin so, longest first.
_NOUNS_BY_START: dict[str, list[tuple[str, ...]]] = {}
for _form, _ in NOUN_FORMS:
    if len(_form.split()) > 1:
        _NOUNS_BY_START.setdefault(strip_marks(_form.split()[0]), []).append(tuple(_form.split()))


def _mended(words: tuple[str, ...]) -> tuple[str, ...]:
    """Marks left out or misplaced in a counted noun of two syllables or more ("sản phâm") put right.

    A word typed wholly without marks is left: it already matches.
    """
    mended = list(words)
    for at, word in enumerate(words):
        for parts in _NOUNS_BY_START.get(strip_marks(word), ()):
            typed = words[at : at + len(parts)]
            if tuple(map(strip_marks, typed)) == tuple(map(strip_marks, parts)):
                mended[at : at + len(parts)] = [
                    part if has_marks(word) else word for part, word in zip(parts, typed, strict=True)
                ]
                break
    return tuple(mended)


def _wanted(words: tuple[str, ...], *, places: int, documents: int) -> Wanted:
    about_state = says(words, "hiệu lực", "giá trị", "thay thế", "bãi bỏ", "còn dùng", "còn áp dụng", "hiện hành")
    if documents and about_state and not says(words, *_DURATION, "sản phẩm", "giấy chứng nhận"):
        return "state"
    if says(words, *_AVERAGE) and says(words, "mỗi", "một", "từng"):
        return "average"
    if (says(words, *_COMPARE) or (says(words, "nhiều", "ít", "cao") and says(words, "nhất", "hơn"))) and (
        places > 1
        or says(words, "tỉnh nào", "tỉnh thành nào", "thành phố nào", "huyện nào", "xã nào", "địa phương nào")
    ):
        return "compare"
    if says(words, "mấy sao", "bao nhiêu sao", "hạng nào", "hạng mấy"):
        return "star"
    if says(words, "phụ lục nào", "phụ lục mấy", "mẫu nào", "mẫu số mấy", "mẫu mấy", "điều nào", "khoản nào"):
        return "unit"
    if says(words, *(f"{paper} số nào" for paper in _PAPERS), "số hiệu") and not says(words, "mấy", "bao nhiêu"):
        return "number"
    if says(words, "cơ cấu", "phân bổ", "chia theo", "phân theo"):
        return "breakdown"
    if says(words, *_DURATION) and not says(words, "bao nhiêu năm nay"):
        return "duration"
    if says(words, *_SHARE):
        return "share"
    if places > 1 and says(words, "tổng", "tổng số", "tổng cộng", "cộng lại", "cả hai"):
        return "sum"
    if says(words, "bao nhiêu", "mấy", "số lượng", "tổng số") and not says(words, "ngày mấy"):
        return "figure"
    if says(words, *_WHO):
        return "who"
    if says(words, "vì sao", "tại sao", "lý do gì", "nguyên nhân", "do đâu", "lý do"):
        return "why"
    if says(words, "khi nào bị", "khi nào thì bị", "trường hợp nào", "trong trường hợp", "lúc nào bị", "khi nào phải"):
        return "case"
    if says(words, *_WHEN):
        return "when"
    if says(words, *_WHERE):
        return "where"
    if says(words, "tên của", "tên các", "cho tôi tên", "họ tên"):
        return "list"
    if _ends_yes_no(words):
        return "yes_no"
    if says(words, "những", "kể tên", "liệt kê", "gồm những", "gồm gì", "bao gồm", "danh sách", "gồm", "các") or (
        says(words, "nào")
    ):
        return "list"
    return "text"


def _ends_yes_no(words: tuple[str, ...]) -> bool:
    tail = words[-3:]
    return says(tail, "không", "chưa") or says(
        words, "có phải", "phải không", "đúng không", "còn giá trị", "còn hiệu lực"
    )


def _plain_numbers(text: str, taken: list[tuple[int, int]]) -> tuple[str, ...]:
    """The numbers of a question that are no date, star, document number or unit of law."""
    return tuple(
        match[0]
        for match in re.finditer(r"(?<![\w/.,])\d+(?:[.,]\d+)?(?![\w/])", text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
        and not re.match(r"\s?sao", text[match.end() :])
        and not re.search(
            r"(?:điều|dieu|khoản|khoan|mẫu|mau|mẫu số|mau so|phụ lục|phu luc|đợt|dot|lần|lan|quý|quy|phần|nhóm|bộ)\s*$",
            text[: match.start()],
            re.I,
        )
    )


def _negated(words: tuple[str, ...]) -> bool:
    """Whether something is asked about in the negative ("chưa có sản phẩm"), not merely asked ("… có không?")."""
    return says(words[:-1], "chưa có", "chưa được", "chưa", "không có", "không đạt", "không đủ", "không được") and not (
        says(words[-2:], "không") and not says(words[:-2], "chưa", "không")
    )


def _aim(words: tuple[str, ...], *, anchored: bool) -> Aim:
    if says(words, *_INSTRUCTION):
        return "instruction"
    if says(words, *_PERSONAL):
        return "personal"
    if says(words, *_HEALTH) or any(f" {phrase} " in f" {' '.join(words)} " for phrase in _HEALTH_MARKED):
        return "health"
    in_domain = anchored or says(words, *_DOMAIN)
    if not in_domain and says(words, *_INSULT):
        return "insult"
    if not in_domain and len(words) <= 6 and says(words, *_GREETING):
        return "greeting"
    return "question" if in_domain else "foreign"


def _follows(words: tuple[str, ...]) -> bool:
    """Whether a question leans on the one before: it opens with "thế", "còn", "vậy", or points back ("… đó")."""
    return says(words[:2], "thế", "còn", "vậy") or says(
        words, "đó", "ấy", "họ", "thì sao", "tỉnh này", "quyết định này", "sản phẩm này", "những sản phẩm này", "số này"
    )


_BARE_STOP = frozenset(token for stop in _STOP for token in tokens(stop) if token.isascii()) | frozenset(
    "cuoi giua hoi ca so lam "
    "co cua va cac nhung nao gi thi duoc bi da se nay do tu den trong tren duoi ve nhu the vay khi luc khong "
    "chua hoac de toi minh hay xin hoi biet mot lai nua cung phai dung tinh toi het hien nam thang ngay khoang muon "
    "can thuoc la nhat hon dat sap lau may".split()
)
