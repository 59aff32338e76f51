"""How a near miss is worded: patterns by what is asked, and the ways people type them.

Slots: {place} a province or district as it is called; {other} a place that pages do speak of; {what} what is counted,
a star included; {when} a time with a blank before it, or nothing; {paper} a document; {law} and {peer} a decision
of the Prime Minister and of a province that pages name; {unit} a number of an article of law.

What a rule for the whole country would answer is not asked of one place: "ai ký quyết định công nhận" has the competent
office for its answer, so the name of the person is asked for.
"""

import random
import re
from typing import Literal

from index.text import strip_marks

Asks = Literal["figure", "list", "who", "when", "compare", "law"]
Style = Literal["written", "shorthand", "bare"]

PLACE_PATTERNS: dict[Asks, tuple[str, ...]] = {
    "figure": (
        "{place} có bao nhiêu {what}{when}?",
        "Cho hỏi{when} {place} có mấy {what}?",
        "Số {what} của {place}{when} là bao nhiêu?",
        "Tính đến nay{when} ở {place} có tổng cộng bao nhiêu {what} vậy?",
        "Mình cần con số {what} của {place}{when}.",
        "{place} công nhận được bao nhiêu {what}{when}?",
        "{place} đặt mục tiêu bao nhiêu {what}{when}?",
        "Bao nhiêu {what} của {place} được công nhận{when}?",
    ),
    "list": (
        "Kể tên các {what} của {place}{when}.",
        "{place} có những {what} nào{when}?",
        "Những xã nào của {place} có {what}{when}?",
        "Liệt kê giúp tôi {what} ở {place}{when}.",
        "Danh sách {what} của {place}{when} gồm những gì?",
    ),
    "who": (
        "Ai chủ trì hội nghị OCOP của {place}{when}?",
        "Chủ tịch Hội đồng đánh giá OCOP của {place}{when} là ai?",
        "Người ký quyết định công nhận {what} của {place}{when} tên là gì?",
        "Lãnh đạo nào của {place} phát biểu tại lễ trao chứng nhận {what}{when}?",
    ),
    "when": (
        "{place} họp Hội đồng đánh giá OCOP{when} vào ngày nào?",
        "{place} công nhận {what}{when} vào ngày nào?",
        "Hội nghị OCOP của {place}{when} diễn ra hôm nào?",
        "Khi nào {place} trao giấy chứng nhận {what}{when}?",
    ),
    "compare": (
        "{place} hay {other} có nhiều {what} hơn{when}?",
        "So sánh số {what} của {place} và {other}{when}.",
        "{place} nhiều hơn {other} bao nhiêu {what}{when}?",
        "{place} và {other} cộng lại có bao nhiêu {what}{when}?",
    ),
    "law": (
        "{place} thưởng bao nhiêu tiền cho một {what}{when}?",
        "Mức hỗ trợ của {place} cho {what}{when} là bao nhiêu?",
        "{place} quy định hỗ trợ {what}{when} theo nghị quyết số nào?",
    ),
}  # fmt: skip
PAPER_PATTERNS: dict[Asks, tuple[str, ...]] = {
    "figure": (
        "{paper} của {other} công nhận bao nhiêu sản phẩm?",
        "{paper} công nhận mấy sản phẩm OCOP, của bao nhiêu chủ thể?",
        "Theo {paper} thì {other} có bao nhiêu {what}?",
        "Có bao nhiêu {what} trong danh mục kèm {paper}?",
    ),
    "list": (
        "{paper} công nhận những sản phẩm nào?",
        "Danh mục kèm theo {paper} của {other} gồm những gì?",
        "Kể tên các chủ thể được công nhận theo {paper}.",
    ),
    "who": (
        "Ai ký {paper}?",
        "{paper} do cơ quan nào ban hành?",
        "Theo {paper} thì ai có quyền công nhận {what}?",
    ),
    "when": (
        "{paper} ban hành ngày nào?",
        "{paper} có hiệu lực từ khi nào?",
        "{other} ra {paper} vào ngày nào?",
        "{paper} hết hiệu lực khi nào?",
    ),
    "compare": (
        "{paper} hay {peer} công nhận nhiều sản phẩm hơn?",
        "So sánh số sản phẩm được công nhận theo {paper} và {peer}.",
        "{paper} và {peer} cộng lại công nhận bao nhiêu sản phẩm OCOP?",
    ),
    "law": (
        "Theo {paper}, {what} phải đạt bao nhiêu điểm?",
        "{paper} quy định gì về hồ sơ OCOP?",
        "{paper} còn hiệu lực không?",
        "Theo {paper} thì giấy chứng nhận OCOP có giá trị mấy tháng?",
        "Điều {unit} của {law} quy định gì?",
        "Khoản 2 Điều {unit} {law} nói về việc gì?",
        "Phải nộp lại hồ sơ trước bao nhiêu ngày theo {paper}?",
    ),
}  # fmt: skip

_SHORT = (
    ("bao nhiêu", "bn"), ("sản phẩm", "sp"), ("hợp tác xã", "htx"), ("doanh nghiệp", "dn"), ("quyết định", "qđ"),
    ("nghị quyết", "nq"), ("kế hoạch", "kh"), ("ủy ban nhân dân", "ubnd"), ("không", "ko"), ("huyện", "h."),
)  # fmt: skip
_STAR = re.compile(r"(\d) sao")


def in_style(question: str, style: Style, draw: random.Random) -> str:
    """A question as it is written, in shorthand, or in small letters without diacritics."""
    if style == "written":
        return question
    if style == "bare":
        return strip_marks(question).lower().rstrip(".?")
    short = question.lower() if draw.random() < 0.5 else question
    chosen = [pair for pair in _SHORT if re.search(rf"(?<!\w){pair[0]}(?!\w)", short, re.IGNORECASE)]
    for long, brief in draw.sample(chosen, min(len(chosen), draw.randint(1, 3))):
        short = re.sub(rf"(?<!\w){long}(?!\w)", brief, short, flags=re.IGNORECASE)
    return _STAR.sub(r"\1sao" if draw.random() < 0.5 else r"\1 sao", short.replace("OCOP", "ocop")).rstrip("?")


def sentence(pattern: str, **slots: str) -> str:
    """A pattern filled, with its first letter capital and no blank twice."""
    text = re.sub(r"\s+", " ", pattern.format(**slots)).strip()
    return text[0].upper() + text[1:]
