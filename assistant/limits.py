"""What a question limits a count to: of its words, those that a figure's sentence must hold.

"Có bao nhiêu sản phẩm du lịch" counts fewer things than "có bao nhiêu sản phẩm", "riêng hạng 3 sao thì đếm được mấy
sản phẩm" as many as "mấy sản phẩm 3 sao". Words that only frame a count are a closed list; every other word of the
question limits it. The limits people use most are a list too: each of those must be held, and a figure so limited does
not answer a question that does not ask for it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.corpus import Corpus
from assistant.question import Question
from assistant.wording import Words, find_phrase, same_word, says, standing, tokens
from index.figures.counted import NOUN_FORMS
from index.text import strip_marks

# Each line is one limit: what a question or a text calls it. Longer phrases first where one holds another.
LIMITS: tuple[tuple[str, ...], ...] = (
    ("xuất khẩu", "bán ra nước ngoài", "ra nước ngoài", "nước ngoài", "ngoài nước", "xuất sang", "xuất ngoại"),
    ("du lịch",),
    ("thực phẩm",),
    ("đồ uống",),
    ("thảo dược", "dược liệu"),
    ("thủ công", "mỹ nghệ"),
    ("sinh vật cảnh",),
    ("hết hạn", "hết hiệu lực", "quá hạn", "hết thời hạn"),
    ("còn hạn", "còn hiệu lực", "còn giá trị", "đang có hiệu lực"),
    ("thu hồi", "rút giấy", "hủy công nhận", "tước"),
    ("đánh giá lại", "chấm lại", "công nhận lại", "phân hạng lại", "xét lại"),
    (
        "nâng hạng",
        "nâng sao",
        "lên hạng",
        "sao lên 4 sao",
        "sao lên 5 sao",
        "3 lên 4 sao",
        "4 lên 5 sao",
        "sao lên bốn sao",
        "sao lên năm sao",
    ),
    ("bình chọn", "dự thi"),
    ("thưởng", "mức hỗ trợ"),
    ("phụ nữ", "nữ"),
    ("thanh niên",),
    ("dân tộc thiểu số", "đồng bào"),
    ("thương mại điện tử", "sàn", "trực tuyến"),
    ("siêu thị",),
    ("truy xuất", "dán tem"),
    ("nhãn hiệu", "sở hữu trí tuệ"),
    ("bán hàng", "điểm bán"),
    ("nông thôn mới",),
    ("lần đầu",),
)
# What is counted on one occasion (a round, a list, those who entered), which is no total of a place.
OCCASIONS: tuple[str, ...] = (
    "đợt", "thêm", "tăng", "trao", "danh mục", "tham gia", "dự thi", "gửi", "đề nghị", "chấm", "thưởng", "bình chọn",
    "vừa", "công bố", "chọn", "mới được công nhận", "quyết định", "lần đầu", "riêng trong năm", "đăng ký", "thi",
    "dịp này", "dịp đó", "dịp ấy",
)  # fmt: skip

# Words that frame a count and limit nothing.
_FRAME: tuple[str, ...] = (
    # about how many there are, said in passing
    "hơn nghìn", "hơn ngàn", "hơn trăm", "hàng nghìn", "hàng ngàn", "hàng trăm", "hàng chục", "cả nghìn", "cả ngàn",
    "cả trăm", "vài trăm", "vài chục", "mấy trăm", "mấy chục", "gần nghìn", "gần trăm", "tỷ trọng", "tỉ trọng", "tỷ lệ",
    "tỉ lệ",
    "vùng nào", "hàng ocop", "món ocop",
    # having and being found
    "được công nhận", "công nhận", "được cấp giấy", "cấp giấy chứng nhận", "cấp giấy", "cấp chứng nhận", "chứng nhận",
    "xếp hạng", "phân hạng", "xếp", "gắn sao", "đạt sao", "đạt", "mang theo", "mang về", "mang sang", "mang",
    "bao gồm", "gồm", "đếm được", "đếm", "nắm giữ", "nắm", "nằm ở", "nằm trong", "nằm", "giữ", "sở hữu", "đứng ở",
    "lên tới", "lên đến", "chạm mốc", "cán mốc", "ghi nhận", "thống kê", "bảng thống kê", "theo bảng",
    "tính đến", "tính tới", "tính", "chốt", "tích lũy", "lũy kế", "cộng dồn", "ngành",
    "hè", "hỉ", "nha", "nghen", "rứa",
    "thuộc về", "thuộc", "làm ra", "ra đời", "xuất hiện", "tồn tại", "trong tay", "kết quả", "thành tích", "tình hình",
    "chuẩn", "đóng góp", "góp mặt", "dừng ở", "đang có", "hiện có", "có được", "thực có", "chiếm", "góp", "làm",
    "tham gia chương trình",
    "đậu", "đỗ", "giành được", "giành", "rinh về", "rinh", "ẵm", "đem về", "thu về", "kiếm được", "hái được",
    "gom được", "gom", "bỏ ra", "bỏ", "chi ra", "chi", "rót", "xuất ra", "đem ra", "đem", "đưa ra", "đưa", "được sao",
    "cấp sao", "gắn", "phong",
    # how exactly
    "chính xác", "cụ thể", "ước chừng", "ước tính", "khoảng", "chừng", "rốt cuộc", "cuối cùng", "tổng cộng", "tổng số",
    "tổng", "tất cả", "cả thảy", "vỏn vẹn", "riêng", "chỉ", "thật sự", "thực sự", "lần lượt", "toàn bộ", "chung",
    "quy mô", "lượng", "số lượng", "con số", "số liệu", "mấy", "bao nhiêu", "nhiêu", "nhiều", "ít", "từng", "mỗi",
    "theo", "cộng", "lại", "đúng", "tròn", "trở lên", "từ", "trong đó", "còn lại",
    "trong số", "trong đám", "đám đó", "đám",
    # when
    "tổng kết", "kết thúc", "khép lại", "cuối năm", "đầu năm", "giữa năm", "đầu", "giữa", "cuối", "mốc", "lấy mốc",
    "lấy", "thời điểm", "lúc", "khi", "trước đây", "trước đó", "trước kia", "trước khi", "trước", "sau khi", "sau",
    "hiện nay", "hiện tại", "hiện", "bây giờ", "giờ", "nay", "mới nhất", "gần nhất", "mới", "giai đoạn", "cùng kỳ",
    "cùng tháng", "cùng năm", "vừa", "đầu tiên", "hồi", "vừa rồi", "lúc này", "đến hết", "hết", "quý", "nửa",
    "đến nay", "tới nay",
    "khép sổ", "chốt sổ", "một kiểu", "mỗi kiểu", "một đằng", "mỗi nơi", "nơi thì", "chỗ thì", "chỗ", "kia",
    "thời", "sáp nhập", "hậu sáp nhập", "hậu", "hợp nhất", "gộp tỉnh", "gộp", "nhập tỉnh", "nhập lại", "nhập",
    "chia tách", "cũ", "xưa", "chưa",
    # where
    "toàn tỉnh", "cả tỉnh", "toàn thành phố", "cả thành phố", "tỉnh thành", "tỉnh ấy", "tỉnh nhà", "tỉnh", "thành phố",
    "địa bàn", "địa phương", "quê tôi", "quê", "quê hương", "bên đó", "bên này", "bên", "phía", "phần", "vùng này",
    "ở", "toàn quốc", "cả nước", "toàn nước", "nước ta", "trên cả", "việt nam", "toàn huyện", "toàn", "nơi",
    # the programme
    "kho ocop", "kho", "ocop",
    "mỗi xã một sản phẩm", "chương trình", "sản phẩm", "hạng", "sao", "loại sao", "mức", "bậc", "món", "cái",
    "mặt hàng", "thứ", "danh sách", "đặc sản", "hàng ocop", "hàng", "món hàng",
    # who asks
    "chào", "xin", "nhờ", "giúp", "cho hỏi", "hỏi", "biết", "cần", "muốn", "nghe nói", "nghe", "đọc", "xem", "thấy",
    "viết", "bài viết", "bài báo", "bài đăng", "bài", "báo cáo", "báo", "nguồn", "trang", "thông tin", "nói", "ghi",
    "tin", "cho", "kể", "nêu", "tra", "tìm", "tìm thấy", "phóng viên", "khoe", "cho hay", "thông báo", "loan báo",
    "đưa tin", "nhắc", "sinh viên", "bác", "cô", "chú", "ạ", "vậy", "hả",
    "nhé", "nhỉ", "thế", "ấy", "đó", "kia", "này", "sáng nay", "chịu", "khóa luận", "luận văn", "luận án", "tiểu luận",
    "đề tài", "bài tập", "thuyết trình", "thắc mắc", "tò mò", "được biết", "làm ơn", "vui lòng", "giùm", "dùm",
    "bạn ơi", "cập nhật", "tham khảo", "kiểm tra", "đối chiếu", "xác nhận", "nhắc lại", "sếp", "họp", "gấp", "báo chí",
    "truyền thông", "người ta", "bà con", "nhà báo", "thầy", "con", "rõ", "chi tiết",
    # what happened, and by which paper
    "tham gia", "tiềm năng", "định hướng", "loại hình", "loại", "tỷ lệ", "tỉ lệ", "cơ cấu", "phân bổ", "chia theo",
    "phân theo", "chia", "ra sao", "vụ", "việc", "chuyện", "lần", "hàng loạt", "loạt", "đụng tới", "đụng", "dính",
    "liên quan tới", "liên quan", "ảnh hưởng", "ban hành", "quyết định số nào", "quyết định nào", "quyết định số mấy",
    "quyết định", "văn bản nào", "số nào", "ngày nào", "bỏ cấp huyện", "gói", "khoản", "đợt", "nhóm", "tỷ đồng",
    "triệu đồng", "tiền",
)  # fmt: skip
# With a grade named, these only say which it is ("hạng thấp nhất (3 sao)", "hạng bốn sao").
# With a target asked for, these only say so: what is planned is told by other words too ("phải tăng từ 20 %").
_TARGETS: tuple[str, ...] = ("mục tiêu", "chỉ tiêu", "phấn đấu", "đặt ra", "nhắm tới", "hướng tới")
_GRADES: tuple[str, ...] = ("thấp nhất", "cao nhất", "hạng", "một", "hai", "ba", "bốn", "năm", "nhóm sao", "loại")
# What frames a comparison, a sum or an average.
_COMPARING: tuple[str, ...] = (
    "so sánh", "so với", "so số", "so", "với", "nhiều hơn", "ít hơn", "hơn", "kém", "chênh lệch", "chênh", "cách biệt",
    "nhiều nhất", "ít nhất", "nhất", "dẫn đầu", "đứng đầu", "đứng", "bên nào", "nơi nào", "tỉnh nào", "tỉnh thành nào",
    "thành phố nào", "địa phương nào", "huyện nào", "xã nào", "nào", "thay đổi", "tăng thêm", "tăng", "giảm", "lên",
    "xuống", "sang", "trung bình", "bình quân", "chia đều", "chia", "cả hai", "cả ba", "cả bốn", "hai", "ba", "bốn",
    "lệch nhau", "lệch", "vênh nhau", "vênh", "khác nhau", "cách nhau", "giữa", "nhau", "con số", "nguồn",
    "cộng lại", "cộng", "gộp lại", "cùng", "cao", "thấp", "gấp", "lần", "thêm", "về", "các", "năm", "đợt",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """words: what the question says beyond the frame of a count, in order. groups: places in LIMITS it names.
    rounds: the numbered rounds it names ("đợt 1")."""

    words: tuple[str, ...]
    groups: frozenset[int]
    rounds: tuple[str, ...] = ()


def limits_of(question: Question, nouns: tuple[str, ...], *, comparing: bool = False) -> Limits:
    """What a question limits its count to. nouns: the forms that are counted, which limit nothing. comparing: whether
    it compares, adds up or divides, which words say that frame it too."""
    asked = question.tokens
    framed = bytearray(len(asked))
    grades = _GRADES if question.stars is not None else ()
    targets = _TARGETS if question.planned else ()
    frame = (*_FRAME, *nouns, *grades, *targets, *(_COMPARING if comparing else ()))
    starts = _by_first(frame)
    for at, token in enumerate(asked):
        size = max((len(phrase) for phrase in starts.get(token, ()) if _at(asked, at, phrase)), default=0)
        for place in range(at, at + size):
            framed[place] = 1
    groups = frozenset(
        group
        for group in limit_groups_asked(asked)
        if not any(phrase in noun for phrase in LIMITS[group] for noun in nouns)  # what is counted limits nothing
    )
    held = {token for group in groups for phrase in LIMITS[group] if says(asked, phrase) for token in phrase.split()}
    asking = asking_words(question.text)
    # a comparison is among what is told before what it counts: "trong 5 tỉnh của kho, tỉnh nào nhiều sản phẩm nhất"
    first = max((find_phrase(asked, noun) for noun in nouns[:1]), default=0) if comparing else 0
    return Limits(
        words=tuple(
            dict.fromkeys(
                token
                for at, token in enumerate(asked)
                if at >= first
                and token in question.content
                and not framed[at]
                and token in asking
                and token not in held
            )
        ),
        groups=groups,
        rounds=rounds_in(question.tokens),
    )


def share_held(limits: Limits, question: Question, text: Words, corpus: Corpus) -> float:
    """The share of the limiting words that a text holds, in [0, 1], by what they weigh; 1 where nothing limits.

    What is done weighs little beside what is named, unless it tells one occasion from another ("đăng ký"): people say
    "khoe", "gom" or "đem về" where a text says "có". A little is granted, so that no such word decides alone.
    """
    words = [word for word in limits.words if not _slip(word, corpus)]
    weights = [
        weight if question.emphasis.get(word, 1.0) >= 1.0 or word in _OF_OCCASIONS else weight * _DONE
        for word, weight in zip(words, corpus.weights(words, question.emphasis), strict=True)
    ]
    held = sum(weight for word, weight in zip(words, weights, strict=True) if text.holds(word))
    return (held + _GRANTED) / (sum(weights) + _GRANTED)


def _slip(word: str, corpus: Corpus) -> bool:
    """Whether a word that no text has is one of the frame with its marks amiss ("cuôi")."""
    return not word.isascii() and strip_marks(word) in _FRAME_BARE and not corpus.knows(word)


_FRAME_BARE = frozenset(strip_marks(phrase) for phrase in _FRAME if " " not in phrase)
_DONE, _GRANTED = 0.3, 0.8
_OF_OCCASIONS = frozenset(word for phrase in OCCASIONS for word in phrase.split())


def rounds_in(said: Sequence[str]) -> tuple[str, ...]:
    """The numbered rounds that tokens name: "đợt 1", "đợt 2/2024", "đợt II"."""
    return (
        tuple(
            f"đợt {ROMAN.get(number) or int(number)}"
            for (word, numbered), after in zip(pairwise(said), (*said[2:], ""), strict=True)
            if word in ("đợt", "dot")
            and ((number := numbered.split("/")[0]) in ROMAN or (number.isdecimal() and len(number) < 3))
            # "đợt 5 sao", "đợt 41 sản phẩm"
            and not any(same_word(after, noun) for noun in _NO_ROUND)
        )
        if len(said) > 1
        else ()
    )


ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NO_ROUND = frozenset({"sao"} | {form.split()[0] for form, _ in NOUN_FORMS} - {"năm", "tháng", "ngày"})


def asking_words(text: str) -> frozenset[str]:
    """The syllables of the sentences of a question that ask; of all of it where none does by a word of its own.

    What is told beside the question ("Tôi viết bài cho báo.") limits nothing, unless by a limit people use most.
    """
    parts = [tokens(part) for part in re.split(r"[.;:!?]\s+", text)]
    chosen = [part for part in parts if says(part, *_ASKS)] or parts
    return frozenset(token for part in chosen for token in part)


_ASKS = ("bao nhiêu", "mấy", "nào", "số lượng", "phần trăm", "ai", "gì")


@lru_cache(maxsize=256)
def _by_first(frame: tuple[str, ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The phrases that may begin with a token, typed with marks or, where none is typed so, without."""
    starts: dict[str, list[tuple[str, ...]]] = {}
    bare: dict[str, list[tuple[str, ...]]] = {}
    for phrase in frame:
        parts = tuple(phrase.split())
        starts.setdefault(parts[0], []).append(parts)
        bare.setdefault(strip_marks(parts[0]), []).append(parts)
    return {first: tuple(phrases) for first, phrases in (bare | starts).items()}


def _at(asked: tuple[str, ...], at: int, phrase: tuple[str, ...]) -> bool:
    return len(asked) - at >= len(phrase) and all(map(same_word, asked[at : at + len(phrase)], phrase))


def limit_groups_asked(asked: tuple[str, ...]) -> frozenset[int]:
    """The limits a question names. A limit of one syllable must be typed as it is: "san" is "sản" more than "sàn"."""
    found = {group for _, phrase in standing(asked, _LONG) for group in _GROUPS[phrase]}
    return frozenset(found.union(*(_GROUPS[token] for token in _SINGLE.intersection(asked))))


# Phrase -> the places in LIMITS of the limits it names.
_GROUPS: dict[str, tuple[int, ...]] = {
    phrase: tuple(at for at, group in enumerate(LIMITS) if phrase in group) for group in LIMITS for phrase in group
}
_LONG = tuple(phrase for phrase in _GROUPS if " " in phrase)
_SINGLE = frozenset(_GROUPS) - frozenset(_LONG)


def limit_groups_in(written: Words) -> frozenset[int]:
    """The limits a text names."""
    spoken = written.spoken
    return frozenset(
        group
        for first in _BEGINNINGS.keys() & written.forms
        for phrase, groups in _BEGINNINGS[first]
        if phrase in spoken
        for group in groups
    )


# First syllable -> the phrases of LIMITS that begin so, a blank on either side, and the limits each names.
_BEGINNINGS: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
for _named, _groups in _GROUPS.items():
    _BEGINNINGS.setdefault(_named.split()[0], []).append((f" {_named} ", _groups))


def occasion_in(written: Words) -> bool:
    """Whether a text counts what belongs to one occasion."""
    return any(f" {phrase} " in written.spoken for phrase in OCCASIONS)


# A number that all that was there before goes into.
_STOCK = re.compile(
    r"(?<!\w)(?:tổng|toàn tỉnh|toàn thành phố|cả tỉnh|cả nước|hiện có|(?:nâng|đưa)(?:\s+\S+){0,8}\s+(?:lên|tới))(?!\w)",
    re.IGNORECASE,
)


def stock_in(text: str) -> bool:
    """Whether a clause says that its number is all there is."""
    return _STOCK.search(text) is not None


_TOTAL = ("tổng", "tất cả", "cả thảy", "tổng cộng", "tổng số", "toàn bộ")


def total_asked(asked: tuple[str, ...]) -> bool:
    """Whether a question asks for a total in so many words."""
    return says(asked, *_TOTAL)


_UNTIL = tuple(
    f"{until} {time}" for until in ("đến", "tới", "đến hết", "tính đến") for time in ("tháng", "cuối", "ngày", "năm")
)


def stock_asked(asked: tuple[str, ...]) -> bool:
    """Whether a question asks how many there are up to a day: "đến tháng 10/2026 có bao nhiêu"."""
    return says(asked, *_UNTIL, "sau đợt", "sau lần") and says(
        asked, "có bao nhiêu", "có mấy", "được bao nhiêu", "được mấy"
    )


def occasion_asked(asked: tuple[str, ...], *, comparing: bool = False) -> bool:
    """Whether a question asks about one occasion. comparing: "tăng thêm" then only asks for a difference."""
    return not total_asked(asked) and any(
        find_phrase(asked, phrase) >= 0 if " " in phrase else phrase in asked
        for phrase in OCCASIONS
        if not (comparing and phrase in ("thêm", "tăng"))
    )
