"""What a question asks of a product that decisions list: its star, the paper, when, until when, when to file again."""

import unicodedata
from typing import Literal

from assistant.question import Question
from assistant.wording import same_word, says, standing

Aspect = Literal[
    "reason",
    "star",
    "paper",
    "when",
    "expires",
    "renewal",
    "producer",
    "where",
    "score",
    "group",
    "note",
    "history",
    "all",
]

# What says that a grade went down.
LOWERED = (
    "hạ sao", "hạ hạng", "hạ xuống", "bị hạ", "xuống hạng", "xuống sao", "tụt hạng", "tụt sao", "tụt xuống", "giảm sao",
    "giảm hạng", "rớt hạng", "rớt sao", "rớt xuống", "xuống 3 sao", "xuống 4 sao", "xuống còn 3 sao",
    "xuống còn 4 sao",
)  # fmt: skip
_CHANGED = ("bãi bỏ", "bị hủy", "hủy kết quả", "hủy công nhận", "đổi hạng", "đổi sao")
_WORDS: tuple[tuple[Aspect, tuple[str, ...]], ...] = (
    (
        "renewal",
        (
            "gia hạn", "đánh giá lại", "phân hạng lại", "công nhận lại", "chấm lại", "nộp lại", "làm lại hồ sơ",
            "nộp hồ sơ lại", "hồ sơ đánh giá lại", "thi lại",
        ),
    ),
    (
        "expires",
        (
            "hết hạn", "còn hạn", "hết hiệu lực", "còn hiệu lực", "còn giá trị", "hết giá trị", "thời hạn", "hạn đến",
            "hạn tới", "đến khi nào", "đến bao giờ", "đến ngày nào", "tới khi nào", "tới bao giờ", "quá hạn",
            "giá trị đến", "hiệu lực đến", "bao lâu", "còn dùng được", "bị thu hồi", "thu hồi", "tới ngày nào",
            "tới hôm nào", "đến hôm nào", "tới ngày mấy", "đến ngày mấy", "tới lúc nào", "đến lúc nào", "tới năm nào",
            "đến năm nào", "còn sao", "còn hạng", "còn giữ", "giữ được sao", "giữ sao", "còn là sản phẩm",
            "còn là ocop", "còn được công nhận", "mất sao", "xài tới", "xài đến",
            "dùng tới", "dùng đến", "dùng được tới", "dùng được đến",
        ),
    ),
    (
        "history",
        (
            "lịch sử", "qua các năm", "qua các lần", "những lần", "các lần", "mấy lần", "từ trước đến nay",
            "được nâng hạng", "nâng hạng khi nào", "từng đạt", "từng được", "trước đây", "trước đó", "trước kia",
            *LOWERED, *_CHANGED,
        ),
    ),
    (
        "paper",
        (
            "quyết định nào", "văn bản nào", "quyết định số mấy", "quyết định số bao nhiêu", "số quyết định",
            "theo quyết định", "ai công nhận", "cơ quan nào công nhận", "cấp nào công nhận", "ai ký", "số mấy",
            "quyết định gì", "văn bản gì",
        ),
    ),
    (
        "score",
        (
            "bao nhiêu điểm", "mấy điểm", "điểm bao nhiêu", "số điểm", "được điểm", "tổng điểm", "điểm số",
            "điểm mấy", "điểm là mấy", "điểm là bao nhiêu", "chấm bao nhiêu", "chấm được bao nhiêu", "chấm được mấy",
        ),
    ),
    (
        "when",
        ("khi nào", "bao giờ", "ngày nào", "năm nào", "hồi nào", "lúc nào", "hôm nào", "từ khi nào", "từ bao giờ"),
    ),
    (
        "star",
        (
            "mấy sao", "bao nhiêu sao", "hạng nào", "hạng mấy", "hạng sao", "xếp hạng", "phân hạng", "đạt hạng",
            "sao mấy", "được sao", "có phải sản phẩm ocop", "là sản phẩm ocop", "có được công nhận",
            "đã được công nhận", "được công nhận chưa", "có đạt", "đạt chuẩn", "sao không", "sao chưa",
            "sao phải không", "mới hay", "nâng hạng hay", "công nhận lại hay",
        ),
    ),
    (
        "producer",
        (
            "của ai", "chủ thể nào", "chủ thể là ai", "đơn vị nào", "ai sản xuất", "ai làm", "cơ sở nào",
            "hợp tác xã nào", "công ty nào", "doanh nghiệp nào", "hộ nào", "nhà nào", "do ai", "tổ hợp tác nào",
            "chủ thể", "nhà sản xuất", "của nhà ai", "của nhà nào", "bên nào làm", "ai đứng tên", "ai đăng ký",
        ),
    ),
    ("where", ("ở đâu", "xã nào", "huyện nào", "tỉnh nào", "phường nào", "địa chỉ", "nơi nào", "vùng nào", "chỗ nào")),
    ("group", ("nhóm nào", "nhóm gì", "ngành nào", "ngành hàng", "thuộc nhóm", "bộ sản phẩm nào")),
    ("note", ("bao nhiêu độ", "mấy độ", "độ cồn bao nhiêu", "nồng độ", "quy cách", "đóng gói", "đóng chai")),
    ("all", ("thông tin", "giới thiệu", "tra cứu", "cho biết về", "hồ sơ sản phẩm", "tìm hiểu")),
)  # fmt: skip
# "lần chấm lại năm 2026 được mấy điểm?" asks of what was done, not when to do it.
_REDONE = tuple(
    f"{lead} {again}"
    for lead in ("lần", "đợt", "kỳ", "khi", "lúc", "sau", "sau khi", "kết quả", "được")
    for again in ("đánh giá lại", "phân hạng lại", "công nhận lại", "chấm lại", "thi lại")
)
_WAS_REDONE = ("được công nhận lại", "được đánh giá lại", "được phân hạng lại", "đã công nhận lại", "đã đánh giá lại")
# What a question that names a product may ask of the law or of anything else: nothing a list tells.
_OTHER = (
    "vietgap", "globalgap", "haccp", "iso", "hữu cơ", "mã vạch", "truy xuất", "giá bán", "đơn giá", "bảo quản",
    "cách làm", "quy trình", "nguyên liệu", "giá bao nhiêu", "bao nhiêu tiền", "mua ở đâu", "bán ở đâu", "doanh thu",
    "sản lượng", "xuất khẩu", "hỗ trợ", "công dụng", "tác dụng", "chữa", "tiêu chí nào", "bộ tiêu chí", "điều kiện",
    "bao nhiêu sản phẩm", "mấy sản phẩm", "những sản phẩm nào", "các sản phẩm nào", "vì sao", "tại sao", "thế nào",
)  # fmt: skip


# What asks for other products than the one named.
OTHERS = tuple(
    f"{noun} {other}"
    for noun in ("sản phẩm", "sản phẩm ocop", "món", "mặt hàng", "hàng")
    for other in ("nào khác", "nào nữa", "gì khác", "gì nữa")
)
REASONS = (
    "vì sao", "tại sao", "lý do", "vì lý do", "do đâu", "sao lại", "vì đâu", "vì lẽ gì", "vì chuyện gì", "vì việc gì",
    "vì gì",
)  # fmt: skip
_LOST = (
    "thu hồi", "mất giấy", "mất sao", "mất hạng", "mất chứng nhận", "bị rút", "rút giấy", "bị hủy", "bị tước",
    "không còn sao", "thôi công nhận", "bị lấy lại",
)  # fmt: skip
_LOSS = frozenset("thu hồi hết hạn hiệu lực".split())
_BY_RULE = (
    "bao lâu", "bao nhiêu ngày", "mấy ngày", "mấy năm", "mấy tháng", "bao nhiêu tháng", "thời hạn", "trường hợp", "thì",
    "nếu", "muốn", "phải", "cần",
)  # fmt: skip
# The tone marks ngã and hỏi, as they stand apart from their letter.
_NGA, _HOI = "\u0303", "\u0309"


def aspects(question: Question, named: range = range(0)) -> tuple[Aspect, ...]:
    """What is asked of the product a question names, in the order to answer in; none where it asks something else.

    named: the tokens that name it, which ask nothing ("gạo hữu cơ …", "nem chua …").
    """
    words = tuple("|" if place in named else word for place, word in enumerate(question.tokens))
    if says(words, *REASONS) and says(words, *_LOST):
        return ("reason",)
    if says(words, *REASONS) and says(words, *LOWERED, *_CHANGED):
        return ("history",)  # with what changed it
    found = _named(words) or _named(tuple(map(_one_tone, words)))
    if not found and says(words, "điểm") and says(words[-3:], "mấy", "bao nhiêu"):
        found = ("score",)  # "điểm của nó trong lần mới nhất là mấy"
    if not found and question.wanted == "star":
        found = ("star",)  # "là 3 hay 4 sao"
    asks_how = question.wanted in ("why", "how", "definition") and "note" not in found
    if says(words, *_OTHER, *OTHERS) or asks_how:
        return ()
    if says(words, *_REDONE) and {"star", "score"} & set(found):
        return tuple(aspect for aspect in found if aspect not in ("renewal", "when"))
    if says(words, *_WAS_REDONE) and "when" in found and "expires" not in found:
        return ("history",)
    if "expires" in found or "renewal" in found:
        return tuple(aspect for aspect in found if aspect not in ("when", "star"))
    if found and found != ("all",):
        return tuple(aspect for aspect in found if aspect != "all")
    return found


# What may stand beside them: the certificate, the star, who tells or asks.
_BESIDE = frozenset(
    "giấy chứng nhận công sao hạng điểm lần đầu tiên năm xếp đạt chấm tỉnh ban hành cấp ký lên làm hạn vậy nhỉ".split()
)


def asks_aspects_alone(question: Question) -> bool:
    """Whether a question asks what lists tell of a product and says nothing else, the product itself neither: "được mấy
    điểm?", "bị thu hồi khi nào?". How long a thing takes by rule is no such question."""
    wanted = aspects(question)
    if not wanted or wanted == ("all",) or says(question.tokens, *_BY_RULE):
        return False
    spoken = {word for aspect, phrases in _WORDS if aspect in wanted for phrase in phrases for word in phrase.split()}
    spoken |= {word for phrase in (*REASONS, *_LOST) for word in phrase.split()} if "reason" in wanted else set()
    spoken |= {word for _, phrases in _WORDS for phrase in phrases for word in phrase.split()} & _LOSS
    spoken |= _BESIDE
    return all(any(same_word(word, other) for other in spoken) for word in question.content)


def asks_of_loss(question: Question) -> bool:
    """Whether a question asks if, when or why a product lost its star, or whether it kept it."""
    return says(question.tokens, *_LOST, "còn giữ", "giữ được", "vẫn giữ")


def _named(words: tuple[str, ...]) -> tuple[Aspect, ...]:
    said = {phrase for _, phrase in standing(words, _PHRASES)}
    return tuple(aspect for aspect, phrases in _WORDS if not said.isdisjoint(phrases)) if said else ()


_PHRASES = tuple(dict.fromkeys(phrase for _, phrases in _WORDS for phrase in phrases))


def _one_tone(word: str) -> str:
    """A syllable with the tone hỏi where it has ngã, which half the country says alike: "điễm" is "điểm"."""
    parts = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", parts.replace(_NGA, _HOI))
