"""The lines above a table or list: what the decision does to its products, and what is said of all of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.article import Block
from index.decisions.decision import Act
from index.decisions.labels import Labels, label_of

_ABOVE = 6
_LINE_CHARS = 400
_ATTACHED = re.compile(r"\(?\s*(?:ban\s+hành\s+)?kèm\s+theo", re.IGNORECASE)
_WITHDRAWS = re.compile(
    r"(?<!\w)(?:thu\s+hồi|hủy\s+bỏ|huỷ\s+bỏ|chấm\s+dứt|đưa\s+ra\s+khỏi|loại\s+khỏi|rút\s+khỏi|không\s+còn)(?!\w)",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"(?<!\w)(?:(?:không|chưa)\s+(?:đạt|đủ|được|công\s+nhận)|bị\s+loại|hết\s+hạn|hết\s+hiệu\s+lực)(?!\w)", re.IGNORECASE
)
_LISTS = re.compile(
    r"(?<!\w)(?:dự\s+kiến|đăng\s+ký|tiềm\s+năng|đề\s+nghị|đề\s+xuất|tham\s+gia|kế\s+hoạch|ý\s+tưởng|phấn\s+đấu|hỗ\s+trợ|"
    r"khen\s+thưởng|trưng\s+bày|hội\s+chợ)(?!\w)",
    re.IGNORECASE,
)
_RECOGNISES = re.compile(
    r"(?<!\w)(?:công\s+nhận|đạt(?!\s+chuẩn\s+nông)|được\s+(?:xếp|phân)\s+hạng|xếp\s+hạng|kết\s+quả|cấp\s+giấy)(?!\w)",
    re.IGNORECASE,
)
_OF_PRODUCTS = re.compile(
    r"(?<!\w)(?:danh\s+sách|danh\s+mục|bảng|các|những|\d+)\s+(?:các\s+)?(?:sản\s+phẩm|sp)(?!\w)", re.IGNORECASE
)
_BODY = re.compile(r"(?:ủy|uỷ)\s+ban\s+nhân\s+dân\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """What the lines above say.

    act: what the decision does to the products listed; None where they are said to have failed, "" of none told.
    products: whether the lines call it a list of products.
    """

    act: Act | None
    told: bool
    products: bool
    labels: Labels


def above_of(text: str, lines: Sequence[Block], act: Act) -> Above:
    """What the lines above a table or list say. act: what the decision does where they do not say."""
    kept = [
        line
        for line in lines[-_ABOVE:]
        if line.end - line.start <= _LINE_CHARS and not _ATTACHED.match(text, line.start, line.end)
    ]
    labels = Labels()
    former: Block | None = None
    for line in kept:
        label = label_of(text, line.start, line.end)
        issuer = former is not None and _BODY.fullmatch(text, former.start, former.end) is not None
        if not issuer and "producer" not in label.kinds and "province" not in label.kinds:
            labels.take(label)
        former = line
    found: Act | None = act
    told = False
    for line in reversed(kept):
        said = _act(text, line)
        if said is not None:
            found, told = (None if said == "failed" else said), True  # type: ignore[assignment]
            break
    return Above(
        act=found,
        told=told,
        products=any(_OF_PRODUCTS.search(text, line.start, line.end) for line in kept),
        labels=labels,
    )


_ENDS_LIST = re.compile(
    r"(?:điều\s+\d+\s*[.:]|nơi\s+nhận|ghi\s+chú|tổng(?:\s+cộng)?\s*:|(?:TM|KT|TL)\.|-\s*(?:như|lưu)\s)", re.IGNORECASE
)
_LIST_LEAD = re.compile(r"(?:sản\s+phẩm|danh\s+sách|gồm|sau|sao|cụ\s+thể)[^:;]{0,160}(?P<colon>:)(?!\d)", re.IGNORECASE)
_DUTY = re.compile(
    r"(?<!\w)(?:trách\s+nhiệm|giao\s|tổ\s+chức\s+thực\s+hiện|theo\s+dõi|yêu\s+cầu|kinh\s+phí|quyền\s+lợi|nghĩa\s+vụ)",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"(?:danh\s+(?:sách|mục))[^.;]{0,200}", re.IGNORECASE)


def ends_list(text: str, block: Block) -> bool:
    """Whether a line begins another article or the foot of a paper, so that no list above it goes on."""
    return _ENDS_LIST.match(text, block.start, block.end) is not None


def is_attached(text: str, block: Block) -> bool:
    """Whether a line only says to which decision an annex belongs: "(Kèm theo Quyết định số …)"."""
    return _ATTACHED.match(text, block.start, block.end) is not None


def heads_list(text: str, block: Block) -> int | None:
    """Where what a line lists begins: behind its colon, or below it; None where it opens no list of products."""
    words = text[block.start : block.end]
    if not re.search(r"sản\s+phẩm|ocop", words, re.IGNORECASE) or _ATTACHED.match(words) or _DUTY.search(words):
        return None
    if _ANNEX.fullmatch(words) and not words.endswith(("./.", ";")):
        return block.end
    if _act(text, block) is None and _RECOGNISES.search(words) is None and _WITHDRAWS.search(words) is None:
        return None
    leads = list(_LIST_LEAD.finditer(words))
    return block.start + leads[-1].end("colon") if leads else None


def _act(text: str, line: Block) -> str | None:
    words = text[line.start : line.end]
    if not (
        line.role in ("heading", "caption") or words.isupper() or words.endswith(":") or _OF_PRODUCTS.search(words)
    ):
        return None  # a duty or a note that only stands before the table
    for pattern, act in (
        (_WITHDRAWS, "withdraws"),
        (_FAILED, "failed"),
        (_LISTS, "lists"),
        (_RECOGNISES, "recognises"),
    ):
        if pattern.search(text, line.start, line.end):
            return act
    return None
