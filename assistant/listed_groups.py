"""Groups of goods ("đồ uống", "hàng thủ công") and kinds of goods ("nước mắm") that a question asks a list for."""

import re
from dataclasses import dataclass

from assistant.held_products import HeldProducts, group_pairs
from assistant.question import Question
from assistant.wording import begins_with, standing, tokens
from index.decisions.decision import ProductRow
from index.text import strip_marks

_COUNTED = re.compile(
    r"(?<!\w)(?:sản phẩm|san pham|mặt hàng|mat hang|món|mon|thứ|thu|cái|cai|loại|loai)\s+(?P<kind>\w+(?:\s+\w+)?)",
    re.IGNORECASE,
)
# Words that may follow what is counted and are no kind of it; compared without marks.
_NO_KIND = frozenset(
    map(
        strip_marks,
        "ocop nào gì của được đạt trong ở lên mới tham bị hạng có tại không cấp tỉnh huyện xã do mà năm đợt này đó là "
        "ra thuộc từ theo và với thì đã cũng vào khi cho hay mấy bao những các tất cả nữa đăng công nâng thu vậy thế "
        "phải còn đang sẽ vừa hồi cuối đầu một hai ba bốn sáu bảy tám chín mười người sao nhất khác chỉ điểm cao thấp "
        "nhiều ít trên dưới đứng dẫn đội trắng gần hơn đều như nhóm ngành hàng".split(),
    )
)
# The same of two words, of which one may be goods: "sản phẩm mục tiêu 4 sao" counts no squid ("mực").
_NO_KINDS = (
    "mục tiêu", "dự kiến", "phấn đấu", "hướng tới", "hướng đến", "nhắm tới", "nhắm đến", "nhắm", "đặt mục", "đề nghị",
    "xin xét", "ghi tên",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What kind of thing is asked for: words that a product's name holds side by side."""

    words: tuple[str, ...]

    @property
    def spoken(self) -> str:
        """As it is said."""
        return " ".join(self.words)

    def names(self, row: ProductRow) -> bool:
        """Whether a line's product is called so: by common words of its name, not by the place that ends it."""
        written = row.name.text.split()
        plain = row.name.text.isupper()
        # a place of two words stands in capitals: "Bánh đa gạo Đông Trà" is no tea
        common = [word if at == 0 or plain or not word[:1].isupper() else "|" for at, word in enumerate(written)]
        name = [token for word in common for token in (tokens(word) or ("|",))]
        return _holds(name, self.words) or _holds([strip_marks(token) for token in name], self.words)


def groups_said(question: Question, held: HeldProducts) -> frozenset[tuple[str, str]]:
    """The pairs of syllables by which a question names groups that lists have ("đồ uống", "dược liệu")."""
    pairs = {" ".join(pair): pair for pair in held.groups}
    return frozenset(pairs[phrase] for _, phrase in standing(question.tokens, tuple(pairs)))


def of_group(row: ProductRow, said: frozenset[tuple[str, str]]) -> bool:
    """Whether a line is of a group so named; a line without a group is of none."""
    return row.group is not None and not said.isdisjoint(group_pairs(row.group.text))


def kind_said(question: Question, held: HeldProducts) -> Kind | None:
    """What kind of thing is asked for ("mấy thứ muối" -> "muối", "các món nước mắm" -> "nước mắm"); None of a name or a
    common word. Two words are a kind where some product's name holds both side by side."""
    match = _COUNTED.search(question.text)
    if match is None:
        return None
    first, *after = match["kind"].split()
    if begins_with(tokens(match["kind"]), _NO_KINDS) is not None:
        return None
    if first[0].isupper() or first[0].isdecimal() or strip_marks(first.lower()) in _NO_KIND:
        return None
    words = tokens(first)
    pair = (*words, *tokens(after[0])) if after and after[0].islower() else words
    return Kind(words=pair if len(pair) == 2 and pair in held.pairs else words)


def _holds(name: list[str], words: tuple[str, ...]) -> bool:
    return any(tuple(name[at : at + len(words)]) == words for at in range(len(name) - len(words) + 1))
