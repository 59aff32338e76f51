"""What is asked for by what it is called, or by where it is: whether a text says a name that the question does not."""

import re
from collections.abc import Sequence

from assistant.evidence import LISTED, NAME, names_in, places_in
from assistant.question import Question
from assistant.wording import places_of, says, tokens
from index.text import CAPITALS

# Words of offices, papers and bodies, which texts write and shorten in many ways and which name no thing asked for.
OF_OFFICES = frozenset(
    "quyết định nghị thông tư luật điều khoản phụ lục mẫu bộ sở ủy ban nhân dân hội đồng chủ tịch phó thủ tướng trưởng "
    "trung ương chính phủ nhà nước nông nghiệp phát triển thôn môi trường tài công thương khoa học công nghệ y tế "
    "văn phòng cục chi phòng ocop ubnd htx tết xuân việt nam hợp tác xã công ty tnhh doanh cổ phần phần tỉnh huyện "
    "thành phố thị trấn phường quận hđnd giấy chứng nhận sản phẩm chương trình ai tôi em anh chị kế hoạch tờ".split()
)
# What is asked for by what it is called.
_BY_NAME = (
    "tên là gì", "tên gì", "tên là những gì", "tên những gì", "là món gì", "là những món gì", "là sản phẩm gì",
    "là những sản phẩm nào", "gọi tên", "tên của", "tên các", "là những ai", "gồm những món", "gồm những sản phẩm",
    "gồm các sản phẩm", "là các sản phẩm", "là cái nào", "là những cái nào", "là món nào", "là sản phẩm nào",
)  # fmt: skip
# The same of the products of a place or a decision.
_OF_PRODUCTS = (
    "gồm những gì", "gồm gì", "là những gì", "là gì", "gồm những thứ gì", "những thứ gì", "kể tên", "nêu tên",
    "liệt kê",
)  # fmt: skip
_PRODUCTS = ("sản phẩm", "món", "mặt hàng")
_QUOTED = re.compile(rf"[\"“«](?![^\"”»]*\bsao\b)[{CAPITALS}][^\"”»]+[\"”»]")
_SIGNING = (
    "ai ký", "người ký", "ký bởi", "ai đặt bút", "ai đã ký", "ai đứng tên ký", "ký tên", "người đã ký", "chữ ký của ai",
    "người đứng tên", "ai đứng tên", "người đặt bút",
)  # fmt: skip
# Who is asked for by name, beside a verb of signing: "họ tên lãnh đạo ký".
_BY_THEIR_NAME = ("họ tên", "tên lãnh đạo", "tên chủ tịch", "tên phó chủ tịch", "lãnh đạo", "tên người", "chữ ký")
_TITLES = ("chủ tịch", "lãnh đạo", "giám đốc", "bộ trưởng", "thứ trưởng", "thủ tướng", "vị", "ông", "bà", "người")
# What is signed but is no paper of an office, and what is only counted from.
_NO_SIGNING = ("đăng ký", "ngày ký", "ký kết", "ký gửi", "ký hiệu", "hợp đồng")
# "những xã nào": an answer names one.
_UNITS_NAMED = {
    tuple(f"{unit} nào" for unit in units): re.compile(rf"(?<!\w)(?i:{'|'.join(units)})\s+[{CAPITALS}\d]")
    for units in (("xã", "phường", "thị trấn"), ("huyện", "thị xã", "quận", "thành phố"))
}
_UNITS_ASKED = tuple(phrase for phrases in _UNITS_NAMED for phrase in phrases)
_UNIT = r"(?i:xã|phường|thị trấn|huyện|thị xã|quận|thành phố|tỉnh|thôn|ấp|bản|đường|số)"
_UNIT_NAMED = re.compile(rf"(?<!\w){_UNIT}\s+[{CAPITALS}\d]|(?<!\w)(?:TP|TX|TT)\.?\s*[{CAPITALS}]")
_AT = re.compile(
    rf"(?<!\w)(?i:tại|ở|trên|thuộc|từ|sang|tới|đến|về)\s+(?:[a-zà-ỹđ]+\s+){{0,3}}(?P<name>[{CAPITALS}][\w&]+)"
)

# "Địa điểm là khuôn viên Bờ Đông Cầu Rồng", "Chỗ bày hàng là …"
_SPOT = re.compile(
    rf"(?<!\w)(?i:địa điểm|địa chỉ|trụ sở|nơi|chỗ)(?: [a-zà-ỹđ]+){{0,3}}(?: (?:là|ở)|:) "
    rf"[^,.;]{{0,40}}?(?P<name>[{CAPITALS}][\w&]+)"
)
# Who asks where to bring something is told an office.
_BROUGHT = ("nộp", "gửi", "mang", "đem", "đăng ký")
_OFFICE = re.compile(
    r"(?<!\w)(?:tại|cho|lên|về|tới|qua)\s+"
    r"(?:ubnd|ủy ban nhân dân|bộ phận|phòng|văn phòng|trung tâm|chi cục|sở|cơ quan)\s",
    re.IGNORECASE,
)


def asks_by_name(question: Question) -> bool:
    """Whether a question asks what something is called, or which communes or districts there are."""
    if question.wanted == "merger":
        return False
    if question.wanted == "list" and (question.places or question.districts or question.documents):
        products = says(question.tokens, *_PRODUCTS) and not says(question.tokens, "hồ sơ", "giấy tờ")
        if products and says(question.tokens, *_OF_PRODUCTS):
            return True
    return says(question.tokens, *_BY_NAME) or says(_without_bodies(question), *_UNITS_ASKED)


def _without_bodies(question: Question) -> tuple[str, ...]:
    """The tokens of a question, "cơ quan" blotted out: its "quan" is no "quận" left without its mark."""
    words = list(question.tokens)
    for place in places_of(question.tokens, ("cơ quan",)):
        words[place.start : place.stop] = ["|"] * len(place)
    return tuple(words)


def _signs(words: Sequence[str]) -> bool:
    """Whether words speak of signing, "đăng ký" aside."""
    return any(words[place.start - 1 : place.start] != ("đăng",) for place in places_of(words, ("ký",)))


def asks_signer(question: Question) -> bool:
    """Whether a question asks who signed: "ai ký", "lãnh đạo nào của huyện ký", "họ tên lãnh đạo ký"."""
    words = question.tokens
    if says(words, "ký cấp", "ký và cấp"):
        return False  # who gives it may be told without that word
    if says(words, *_SIGNING) or (question.wanted == "who" and _signs(words)):
        return True
    which = says(words, "nào") and says(words, *_TITLES)  # "phó chủ tịch huyện Vân Khê nào ký"
    named = (*_BY_THEIR_NAME, *(("chủ tịch",) if question.documents else ()))
    return says(words, "ký") and (which or says(words, *named)) and not says(words, *_NO_SIGNING)


def names_asked(question: Question, text: str) -> bool:
    """Whether a text calls something by name that the question does not: a name of its own, a word in quotation marks,
    several things; a commune or district where those are asked for."""
    for asked, named in _UNITS_NAMED.items():
        if says(_without_bodies(question), *asked):
            return named.search(text) is not None or len(_own_names(question, text)) > 1 or _opens_named(text)
    return bool(_own_names(question, text)) or _QUOTED.search(text) is not None or LISTED.search(text) is not None


def _own_names(question: Question, text: str) -> set[str]:
    """The names a text has that the question does not, those of offices and papers left out."""
    asked = set(question.tokens)
    places = " ".join(text[mention.start : mention.end] for mention in places_in(text))
    return {
        name
        for name in names_in(question, text)
        if not name.isupper()
        and name not in places
        and not set(tokens(name)) <= asked
        and tokens(name)[:1][0] not in OF_OFFICES
    }


def _opens_named(text: str) -> bool:
    """Whether a text opens with a name of two words ("Chợ Đồn mở hội thi")."""
    match = NAME.match(text)
    return match is not None and tokens(match[0])[0] not in OF_OFFICES


def names_place(question: Question, text: str) -> bool:
    """Whether a text says of somewhere that the question does not name: a unit with its name, or "tại", "ở", "từ" and a
    name."""
    asked = set(question.tokens)
    if any(mention.key not in question.places for mention in places_in(text)):
        return True
    named = (tokens(text[match.end() - 1 : match.end() + 12])[:2] for match in _UNIT_NAMED.finditer(text))
    if any(not set(name) <= asked for name in named):
        return True
    if any(not set(tokens(match["name"])) <= asked for match in _SPOT.finditer(text)):
        return True
    if says(question.tokens, *_BROUGHT) and _OFFICE.search(text) is not None:
        return True
    # "Đến Festival OCOP" names what the question is about, "tại Quảng trường" nothing of it
    names = (tokens(text[match.start("name") : match.end() + 12])[:2] for match in _AT.finditer(text))
    return any(not set(name) <= asked for name in names)
