"""What is asked about in so many words and told in no others: when papers are due says nothing of complaints."""

from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.question import Question
from assistant.wording import standing, words_of

# Against what was decided: no clause on deciding answers it.
REMEDY = ("khiếu nại", "khiếu kiện", "khởi kiện", "phúc khảo", "phúc tra")
_SOLD = "bán được"
# The heading of a whole chapter speaks of it: what the clause itself says tells whether it is about it.
_WITHDRAWAL = ("bị thu hồi", "thu hồi")
_MATTERS = (
    REMEDY,
    ("lệ phí", "đóng phí", "mất phí", "tốn phí", "thu phí", "phí thẩm định", "phí"),
    ("bồi dưỡng", "thù lao", "phụ cấp", "công tác phí"),
    ("thuế",),
    ("doanh thu", "doanh số", "thu về", "mang về", _SOLD, "tỷ đồng", "triệu đồng", "tổng thu"),
    ("lợi nhuận", "tiền lãi", "có lãi"),
    ("kim ngạch", "xuất khẩu"),
    ("vietgap",),
    ("globalgap",),
    ("mã vạch",),
    ("bảo hiểm",),
    ("vay", "tín dụng", "ngân hàng"),
    ("hóa đơn",),
    ("mức phạt", "phạt tiền", "phạt hành chính", "xử phạt", "phạt bao nhiêu"),
    ("haccp",),
    ("halal",),
    ("otop",),
    ("nhãn hiệu tập thể",),
    ("chỉ dẫn địa lý",),
    ("văn bằng",),
    _WITHDRAWAL,
    ("tự công bố",),
    ("phụ nữ", "nữ"),
    *((f"luật {name}",) for name in (
        "hợp tác xã", "doanh nghiệp", "an toàn thực phẩm", "sở hữu trí tuệ", "quảng cáo", "thương mại", "đất đai",
        "đầu tư", "giao dịch điện tử", "du lịch", "trồng trọt", "chăn nuôi", "thủy sản", "bảo vệ môi trường",
    )),
)  # fmt: skip


# What else tells of exports: where things went.
_ABROAD = (
    "nước ngoài", "xuất ngoại", "ngoài nước", "nhật bản", "hàn quốc", "trung quốc", "hoa kỳ", "châu âu", "đông âu",
    "đài loan", "thái lan", "singapore", "campuchia", "cộng hòa", "malaysia", "ấn độ", "canada", "hà lan", "hồng kông",
    "australia", "new zealand", "trung đông", "sang mỹ", "sang lào", "sang nga", "sang úc", "sang đức", "sang pháp",
    "sang anh", "sang séc", "thị trường mỹ", "thị trường eu",
)  # fmt: skip
_ALSO_TOLD_BY: dict[str, tuple[str, ...]] = {"xuất khẩu": _ABROAD}


def matters_asked(question: Question) -> tuple[tuple[str, ...], ...]:
    """Of what nothing else tells of that a question asks about, the words for each."""
    in_kind = any(one.what != "đồng" for one in question.counted)  # "bán được bao nhiêu lít" asks for no money
    said = {phrase for _, phrase in standing(question.tokens, _PHRASES) if not (in_kind and phrase == _SOLD)}
    return tuple(
        (*words, *(more for word in words for more in _ALSO_TOLD_BY.get(word, ())))
        for words in _MATTERS
        if not said.isdisjoint(words)
    )


_PHRASES = tuple(dict.fromkeys(phrase for words in _MATTERS for phrase in words))


def speaks_of(matters: Sequence[tuple[str, ...]], item: Candidate) -> bool:
    """Whether a text, or what stands around it, speaks of each."""
    if not matters:
        return True
    own = words_of(f"{item.text}\n{item.before}") + words_of(item.hit.passage.text)
    near = words_of(near_text(item)) + own
    return all(
        (words == _WITHDRAWAL and not item.law)  # of a product news tell it in other words
        or any(f" {word} " in (own if words == _WITHDRAWAL else near).spoken for word in words)
        for words in matters
    )


def speak_of_matters(question: Question, items: Sequence[Candidate]) -> bool:
    """Whether some of the texts speak of each such thing that a question asks about."""
    demanded = matters_asked(question)
    own = [words_of(f"{item.text}\n{item.before}").spoken for item in items] if demanded else []
    spoken = [words_of(near_text(item)).spoken for item in items] if demanded else []
    return all(
        any(f" {word} " in said for word in words for said in (own if words == _WITHDRAWAL else spoken))
        for words in demanded
    )


def near_text(item: Candidate) -> str:
    """A candidate with what stands before and over it."""
    return f"{item.text}\n{item.before}\n{item.hit.passage.header}\n{item.evidence.article.title}"
