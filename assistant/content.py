"""The words of a question that evidence must hold, and how much each tells.

What asks, what is said out of politeness, places, times and stars are no content. Of a story told before the question
only names and numbers are. What is left tells more or less by its part of speech and by the clause it stands in.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from assistant.wanted import ASKED_WHEN, WHERE, WHO
from assistant.wording import places_of, says, tokens
from index.segment import parts_of_speech
from index.text import has_marks

# Stands for a place, a date or the number of a document taken out, so that no phrase forms across it.
MASK = "zzz"
# Phrases that ask, or say how much is to be said, as a whole; their syllables mean other things elsewhere.
_STOP_PHRASES = (
    "cơ cấu", "tình hình", "chi tiết", "cụ thể", "như thế nào", "thế nào", "ra sao", "bao nhiêu", "bao lâu",
    "bao giờ", "khi nào", "là gì", "tổng cộng", "tổng số", "số lượng", "cho biết", "cho hỏi", "liệt kê", "kể tên",
    "làm ơn", "hiện nay", "hiện tại", "hôm nay", "so sánh", "xử lý", "giải quyết", "tất cả", "thông tin về",
    "giúp tôi", "bài về", "bài viết", "bài báo", "nhắc đến", "giữ chức vụ", "chức vụ", "giữ chức", "chức danh",
    "nội dung gì", "những nội dung", "đề cập", "cùng năm", "kết thúc", "khép lại", "tính đến", "đến nay", "hồi giữa",
    "hồi đầu", "hồi cuối", "vừa qua", "diễn ra", "chúng tôi", "ra đời", "kết quả đó", "gần đây", "mới đây", "vì sao",
    "tại sao", "lý do", "trong đó", "thì sao", "cho tôi hỏi", "cho em hỏi", "cho mình hỏi", "cho xin hỏi", "xin hỏi",
    "muốn hỏi", "hỏi thăm", "hỏi chút", "hỏi tí", "chào anh chị", "chào anh", "chào chị", "chào bạn", "chào ad",
    "xin chào", "anh chị", "các bác", "các bạn", "mọi người", "giúp với", "giúp em", "giúp mình", "nhờ giúp",
    "chỉ giúp", "chỉ giùm", "cho xin", "giùm", "bây giờ", "hiện giờ", "lúc này", "trước đây", "trước kia", "tính ra",
    "tính riêng", "đếm được", "rốt cuộc", "tất tần tật", "hết thảy", "toàn bộ", "cả thảy", "tổng thể", "chính xác",
    "con số", "số liệu", "lấy mốc", "hình như", "nghe nói", "được biết", "theo tôi biết", "bài đăng", "bản tin",
    "mẩu tin", "trang có", "trang này", "ước chừng", "khoảng chừng", "kiểu gì", "cách nào", "mới có", "mới được",
    "mới chỉ", "mới đạt", "sau khi", "vậy thì", "thế thì", "thật ra", "thực tế", "phải không", "đúng không",
    "có phải", "nghĩa là gì", "nghĩa là sao", "lần lượt", "tìm thấy", "giai đoạn", "thời điểm", "trong năm",
    "tìm giúp", "tra giúp", "tra hộ", "tìm hộ", "trong số", "số hiệu", "hết tất cả", "mang theo", "mang sang",
    "sở hữu", "góp mặt", "gọi tên", "mới là", "hiện hành", "so với", "hôm nọ", "bữa nọ", "báo nói", "nghe báo",
    "tóm tắt", "tóm lại", "mấy năm gần đây", "nhà tôi", "nhà em",
    "nhà mình", "ai khác", "hay ai", "sáng nay", "chiều nay", "hôm qua",
    "thật à", "chuyện gì", "chuyện nào", "việc gì", "việc nào", "điều gì", "có mặt",
    "trong bảng", "tự thấy", "tự nhận", "thấy mình",
)  # fmt: skip
_NO_CONTENT = (*_STOP_PHRASES, *WHO, *WHERE, *ASKED_WHEN)
# Whose syllables are stop words and which are content together.
_KEPT_PHRASES = (
    "thu hồi", "phản hồi", "hết hạn", "hết hiệu lực", "hết thời hạn", "nộp lại", "làm lại", "cấp lại", "xét lại",
    "chấm lại", "công nhận lại", "đánh giá lại", "phân hạng lại", "thành viên", "thành phần", "thành lập",
    "hoàn thành", "mã số", "mẫu số", "con dấu", "nước ngoài", "ngoài nước", "trong nước", "bán ra", "lần đầu",
    "đầu tư", "đầu mối", "đứng đầu", "cấp tỉnh", "toàn tỉnh", "làng nghề", "từng bước", "giá trị", "điểm số",
    "số điểm", "nâng lên", "trả lại", "đổi lại", "sở hữu trí tuệ", "thế giới", "thế hệ", "rượu cần", "đề xuất",
    "đề nghị", "đề án", "vấn đề", "tổng kết", "tổng hợp", "tổng điểm", "thực hiện", "phát hiện", "thể hiện",
    "xuất hiện", "hiện trạng", "bằng chứng", "bằng khen", "bằng cấp", "thống nhất", "nhất trí", "chỉ đạo", "chỉ tiêu",
    "chỉ dẫn", "chỉ định", "địa chỉ", "từ chối", "đặc tính", "tính chất", "tính mới", "tính độc đáo", "đúng hạn",
    "quá hạn", "đầu vào", "đầu ra", "ra mắt", "con giống", "con tem", "làm giàu", "làm đẹp", "việc làm", "đi đầu",
    "bên mua", "bên bán", "đặt hàng", "cho vay", "xin phép", "được phép", "cho phép", "số hóa", "năm trước",
    "năm sau", "liên kết", "giúp đỡ", "ngày công", "mỗi ngày", "ngoài tỉnh", "trong tỉnh", "ngoài giờ", "trên mạng",
    "trực tuyến", "chú ý",
)  # fmt: skip
# Words that carry no content of their own; what is left is looked for in the evidence.
_STOP = frozenset(
    "cuối giữa hồi cả số làm ad admin r v nha nhá á dạ thưa "
    "có mấy là của và các những nào gì thì mà ở tại cho với được bị đã đang sẽ này đó kia ấy từ đến trong ngoài "
    "trên dưới về theo như thế vậy ra sao khi lúc ai đâu không chưa hay hoặc rồi nhỉ à ạ ơi nhé hả vì bởi do để "
    "tôi mình chúng ta bạn em anh chị hãy xin hỏi biết nói rõ một vào lên xuống lại nữa cũng đều chỉ còn phải "
    "đúng tính tới hết nay hiện năm tháng ngày khoảng nêu đặt đề sắp lâu tất cả mỗi cái con hơn nhất bằng tỉnh "
    "thành phố muốn cần người nơi thuộc "
    "riêng đếm tổng giúp nhờ bác cô chú ông bà liệu giờ chứ nhưng nên nếu thật ấy đấy vẫn tầm cỡ chừng ad nhiêu "
    "hè hỉ nghen rứa hén nì "
    "hôm gồm góp đi nhau sang qua tớ tui ổng bên quê ê này giùm hộ thử mong vâng ok hỡi ha hen nghen vô".split()
)
_BARE_STOP = frozenset(token for stop in _STOP for token in tokens(stop) if token.isascii()) | frozenset(
    "cuoi giua hoi ca so lam "
    "co cua va cac nhung nao gi thi duoc bi da se nay do tu den trong tren duoi ve nhu the vay khi luc khong "
    "chua hoac de toi minh hay xin hoi biet mot lai nua cung phai dung tinh toi het hien nam thang ngay khoang muon "
    "can thuoc la nhat hon dat sap lau may".split()
)
_STAR_WORDS = frozenset("sao hạng hang cao thấp một hai ba bốn năm 1 2 3 4 5 trở".split())
_NUMBER_WORDS = frozenset("hai ba bốn năm sáu bảy tám chín mười chục trăm".split())
# Words of a question that alone do not say what it is about.
_THIN = frozenset("ocop sản phẩm sp san pham sao tỉnh xã cho tôi con nhiêu bao mấy gì nào ai đâu phải mới".split())
# How much a word tells by its part of speech: what is named, then what is done or how it is, then the rest (adverbs,
# particles, numerals in words). Tags of underthesea.
_EMPHASIS = {"N": 1.0, "Np": 1.0, "Nu": 1.0, "Ny": 1.0, "Nb": 1.0, "Nc": 0.6, "M": 1.0, "V": 0.6, "A": 0.6}
_NO_EMPHASIS = 0.15
# What is told before or after the question itself ("Gia đình tôi tráng bánh, …") tells less about where the answer is.
_ASIDE = 0.35
ASKS = (
    "bao nhiêu", "mấy", "gì", "nào", "ai", "đâu", "bao lâu", "bao giờ", "thế nào", "ra sao", "vì sao", "tại sao",
    "phải không", "được không", "có không", "hay không", "hay chưa", "thì sao",
)  # fmt: skip
_POINTS_BACK = ("trong đó", "đó", "ấy", "này", "họ", "nó", "vậy thì", "thế thì", "chúng", "như vậy", "như thế")
# A sentence that asks and holds so many telling words stands by itself.
_BY_ITSELF = 4


def masked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """A text with each span replaced by one word that is no word."""
    pieces: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end <= done:
            continue
        pieces += [text[done : max(start, done)], f" {MASK} "]
        done = end
    return "".join([*pieces, text[done:]])


def content_words(text: str, *, stars: bool) -> tuple[str, ...]:
    """The content of a question, in order. text: the question, `masked` where places, dates and documents stand.
    stars: whether it names a star, whose words are then no content."""
    words = tokens(text)
    bare = not has_marks(text)
    asking, kept = _positions(words, _NO_CONTENT), _positions(words, _KEPT_PHRASES)
    told = _told_aside(text)
    opening = _before_asking(words, bare=bare)
    names = _names(text)
    return tuple(
        word
        for at, word in enumerate(words)
        if word != MASK
        and not (stars and word in _STAR_WORDS and at not in kept)
        and (at in kept or (at not in asking and not is_stop(word, bare=bare)))
        and not (word in _NUMBER_WORDS and at + 1 < len(words) and word not in names)
        and word not in told
        and not (at < opening and word not in names and not any(char.isdecimal() for char in word))
    )


def _before_asking(words: tuple[str, ...], *, bare: bool) -> int:
    """Where what is asked begins after the last "hỏi" ("Sáng nay họp, sếp hỏi …") that stands by itself; else 0."""
    at = max(
        (place[0] for place in places_of(words, ("hỏi",)) if words[place[0] - 1 : place[0]] != ("câu",)), default=-1
    )
    rest = words[at + 1 :]
    telling = [word for word in rest if not is_stop(word, bare=bare) and word not in _THIN]
    return at + 1 if at > 0 and len(telling) >= _BY_ITSELF and says(rest, *ASKS) else 0


def is_stop(word: str, *, bare: bool = False) -> bool:
    """Whether a token carries no content; `bare`: of a text without marks, where "dung" may be "đúng"."""
    return word in _STOP or (bare and word in _BARE_STOP)


class Emphasis(Mapping[str, float]):
    """Token -> how much it tells, in (0, 1], by its part of speech and by whether it stands in the clause that asks.

    A token that stands in two words takes the larger share. Parts of speech are read of text typed with marks only, and
    not before somebody asks: what rules or records answer needs none.
    """

    def __init__(self, text: str, words: tuple[str, ...]) -> None:
        """text: a question. words: its tokens."""
        self._asked = text, words

    @cached_property
    def shares(self) -> dict[str, float]:
        """All of them."""
        return _shares(*self._asked)

    def __getitem__(self, token: str) -> float:
        return self.shares[token]

    def __iter__(self) -> Iterator[str]:
        return iter(self.shares)

    def __len__(self) -> int:
        return len(self.shares)


def _shares(text: str, words: tuple[str, ...]) -> dict[str, float]:
    shares: dict[str, float] = {}
    if has_marks(text):
        for word, tag in parts_of_speech(" ".join(words) if len(words) != len(text.split()) else text):
            for token in tokens(word):
                shares[token] = max(shares.get(token, 0.0), _EMPHASIS.get(tag, _NO_EMPHASIS))
    clauses = [tokens(clause) for clause in _clauses(text)]
    asking = [clause for clause in clauses if says(clause, *ASKS)]
    core = {token for clause in asking for token in clause}
    if len(clauses) > 1 and sum(not is_stop(token) and token not in _THIN for token in core) >= 3:
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


def _told_aside(text: str) -> frozenset[str]:
    """The words of sentences beside one that asks by itself, but for names and numbers; none where that one points
    back to what was told."""
    sentences = [sentence for sentence in re.split(r"(?<=[.!?;])\s+", text) if sentence.strip()]
    if len(sentences) < 2:
        return frozenset()
    asking = [sentence for sentence in sentences if says(tokens(sentence), *ASKS) or sentence.rstrip().endswith("?")]
    core = {token for sentence in asking for token in tokens(sentence)}
    telling = [token for token in core if not is_stop(token) and token not in _THIN]
    if len(telling) < _BY_ITSELF or says(tokens(asking[-1]), *_POINTS_BACK):
        return frozenset()
    kept = core | {token for token in _names(text) if not token.isascii() or token.isalnum()}
    return frozenset(
        token
        for sentence in sentences
        if sentence not in asking
        for token in tokens(sentence)
        if token not in kept and not any(char.isdecimal() for char in token)
    )


def _names(text: str) -> frozenset[str]:
    """The tokens of words with a capital that do not open a sentence."""
    return frozenset(
        token
        for match in re.finditer(r"(?<![.!?;:\n]\s)(?<!^)(?<!\w)[^\W\d_]\w*", text)
        if match[0][0].isupper()
        for token in tokens(match[0])
    )


def _positions(words: tuple[str, ...], phrases: tuple[str, ...]) -> set[int]:
    """The positions of the phrases among the words."""
    return {at for place in places_of(words, phrases) for at in place}
