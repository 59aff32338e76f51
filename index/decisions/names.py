"""What may be the name of a product or of who makes it, and what stands in their columns but is neither."""

import re

from index.decisions.addresses import is_place
from index.decisions.grades import score_cell, star_cell
from index.people.body import find_bodies
from index.people.names import is_name

_MAX_CHARS = 220
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_PRODUCER = re.compile(
    r"(?:htx|hợp tác xã|liên hiệp (?:htx|hợp tác xã)|tổ hợp tác|tht|công ty|cty|doanh nghiệp|dntn|hộ kinh doanh|hkd|"
    r"hộ (?:sản xuất|gia đình|ông|bà|cá thể|chăn nuôi)|cơ sở|chi nhánh|tập đoàn|tổng công ty|trang trại|"
    r"chủ thể|ông|bà|trung tâm|hội quán|hội nông dân|câu lạc bộ)(?!\w)",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:tổng|cộng)(?:\s+(?:cộng|số|toàn\s+\w+))?(?:\s*(?:[:(=].*)?|\s+\d.*|\s+(?:số\s+)?(?:sản\s+phẩm|sp|chủ\s+thể|theo|nhóm|"
    r"chung|hạng|\d|các|toàn|xã|huyện|mục|phần|dồn|lại)(?!\w).*)",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:\(?\*+\)?|\(\d\)|ghi\s+chú|lưu\s+ý|chú\s+thích|nguồn|nơi\s+nhận|người\s+(?:lập|ký|tổng\s+hợp)|tm\.|kt\.|tl\.|tuq\.|"
    r"thủ\s+trưởng|(?:phó\s+)?chủ\s+tịch|(?:phó\s+)?giám\s+đốc|ủy\s+ban|uỷ\s+ban|ấn\s+định|danh\s+sách|phụ\s+lục|biểu\s+số|"
    r"\(?kèm\s+theo|trong\s+đó|bằng\s+chữ|đơn\s+vị\s+tính|đvt|tỷ\s+lệ|số\s+lượng|trang\s+\d|căn\s+cứ|điều\s+\d|-\s*như|lưu:)(?!\w)",
    re.IGNORECASE,
)
_WORD_ALONE = re.compile(
    r"(?:tên\s+)?(?:các\s+)?(?:sản\s+phẩm|sp|chủ\s+thể|địa\s+chỉ|hạng|kết\s+quả)(?:\s+ocop)?\s*\d*", re.IGNORECASE
)
# What a sum, a meeting or a list of people would have where a product's name should be.
_SENTENCE = re.compile(r"[.!?]\s+\S.*[.!?]\s+\S")


def is_total(text: str) -> bool:
    """Whether a row with this label adds up others: "Tổng cộng", "Cộng: 12 sản phẩm"."""
    return _TOTAL.fullmatch(text) is not None


def is_note(text: str) -> bool:
    """Whether a row with this label is a note, a signature or a heading, not an entry."""
    return _NOTE.match(text) is not None


def is_producer(text: str) -> bool:
    """Whether a text opens as the names of those who make products do: "Hợp tác xã …", "Công ty …", "Ông …"."""
    return _PRODUCER.match(text) is not None


def is_person(text: str) -> bool:
    """Whether a text is a person's name and nothing else."""
    words = text.split()
    return all(word[:1].isupper() for word in words) and is_name(words)


def may_be_name(text: str) -> bool:
    """Whether a text can be a product's name: words that are no number, star, place, producer, total or note."""
    return (
        len(text) <= _MAX_CHARS
        and _LETTERS.search(text) is not None
        and star_cell(text) is None
        and score_cell(text) is None
        and not text.endswith(":")
        and _WORD_ALONE.fullmatch(text) is None
        and not is_total(text)
        and not is_note(text)
        and not is_producer(text)
        and not is_place(text)
        and _SENTENCE.search(text) is None
        and not is_body(text)
    )


def is_body(text: str) -> bool:
    """Whether a text opens with a public body: "Sở Nông nghiệp …", "UBND xã …"."""
    return any(body.start == 0 for body in find_bodies(text))
