"""Words of a question against words of a text: a word typed without marks stands for every word it may be.

A word typed with marks means itself, so that "bò" and "bơ" stay apart for those who type them.
"""

from collections.abc import Sequence
from functools import lru_cache

from index.text import strip_marks, syllables

# Shorthand of people in a hurry, as whole tokens, beyond that of the field (index.text).
_HASTE: dict[str, str] = {
    "bn": "bao nhiêu",
    "bnhieu": "bao nhiêu",
    "bnh": "bao nhiêu",
    "sp": "sản phẩm",
    "spham": "sản phẩm",
    "dc": "được",
    "đc": "được",
    "dk": "được",
    "k": "không",
    "ko": "không",
    "kg": "không",
    "hok": "không",
    "hong": "không",
    "ntn": "như thế nào",
    "vs": "với",
    "j": "gì",
    "z": "vậy",
    "cty": "công ty",
    "htx": "hợp tác xã",
    "gcn": "giấy chứng nhận",
    "đkkd": "đăng ký kinh doanh",
    "dkkd": "đăng ký kinh doanh",
    "ubnd": "ủy ban nhân dân",
    "tp": "thành phố",
    "nnptnt": "nông nghiệp và phát triển nông thôn",
    "attp": "an toàn thực phẩm",
    "tmđt": "thương mại điện tử",
    "tmdt": "thương mại điện tử",
    "tw": "trung ương",
}


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """Syllables of a text, with shorthand written out and "5sao" cut in two."""
    found: list[str] = []
    for syllable in syllables(text):
        cut = len(syllable) - len(syllable.lstrip("0123456789"))
        if 0 < cut < len(syllable) and syllable[cut:].isalpha():
            found += [syllable[:cut], *tokens(syllable[cut:])]
        elif syllable in _HASTE:
            found += _HASTE[syllable].split()
        else:
            found.append(syllable)
    return tuple(found)


@lru_cache(maxsize=65536)
def _bare(token: str) -> str:
    return strip_marks(token)


def same_word(asked: str, written: str) -> bool:
    """Whether a token of a question can be a token of a text (numbers compare without leading zeros)."""
    if asked == written:
        return True
    if asked.isdecimal() and written.isdecimal():
        return int(asked) == int(written)
    return asked.isascii() and asked == _bare(written)


def find_phrase(asked: Sequence[str], phrase: str) -> int:
    """Where a phrase (with its marks) begins among the tokens of a question, or -1."""
    wanted = phrase.split()
    for at in range(len(asked) - len(wanted) + 1):
        if all(same_word(token, word) for token, word in zip(asked[at:], wanted, strict=False)):
            return at
    return -1


def says(asked: Sequence[str], *phrases: str) -> bool:
    """Whether the question holds one of the phrases."""
    return any(find_phrase(asked, phrase) >= 0 for phrase in phrases)


# Words of the field that people and law use for one thing. A group is a set of phrases, each with its marks.
SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("có hiệu lực", "hiệu lực", "có giá trị", "giá trị", "thời hạn"),
    ("hết hạn", "hết hiệu lực", "hết thời hạn", "hết giá trị", "ngày hết thời hạn"),
    ("nộp lại", "gia hạn", "làm lại", "công nhận lại", "đánh giá lại", "cấp lại", "phân hạng lại", "xét lại"),
    ("giấy chứng nhận", "chứng nhận", "bằng chứng nhận"),
    ("thu hồi", "tước", "rút giấy", "lấy lại giấy", "hủy công nhận"),
    ("hồ sơ", "giấy tờ", "thủ tục giấy tờ"),
    ("giấy phép kinh doanh", "đăng ký kinh doanh"),
    ("mục tiêu", "kế hoạch", "phấn đấu", "chỉ tiêu", "định hướng", "dự kiến"),
    ("chủ thể", "cơ sở sản xuất", "nhà sản xuất", "đơn vị sản xuất"),
    ("hợp tác xã", "htx"),
    ("doanh nghiệp", "công ty"),
    ("lên sao", "nâng sao", "nâng hạng", "lên hạng"),
    ("xếp hạng", "phân hạng", "xếp sao", "hạng"),
    ("quốc gia", "trung ương", "cấp quốc gia", "cấp trung ương"),
    ("sàn thương mại điện tử", "sàn", "kênh bán hàng trực tuyến"),
    ("nước ngoài", "ngoài nước", "quốc tế"),
    ("lần đầu", "lần đầu tiên", "mới tham gia"),
    ("tham gia", "đăng ký tham gia", "đăng ký"),
    ("sản phẩm mẫu", "mẫu sản phẩm", "hàng mẫu"),
    ("chủ trì", "điều hành", "đứng đầu"),
    ("yêu cầu", "đề nghị", "chỉ đạo"),
    ("chấm điểm", "chấm", "đánh giá", "tính điểm"),
    ("giám khảo", "hội đồng đánh giá", "hội đồng"),
)


def synonyms_in(asked: Sequence[str]) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The phrases of a question that have other names: (its tokens as asked, the other names)."""
    found = []
    for group in SYNONYMS:
        for phrase in sorted(group, key=len, reverse=True):
            at = find_phrase(asked, phrase)
            if at >= 0:
                found.append((tuple(asked[at : at + len(phrase.split())]), tuple(o for o in group if o != phrase)))
                break
    return tuple(found)


def supplied(
    synonyms: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...], written: tuple[str, ...]
) -> tuple[str, ...]:
    """The tokens of a text, and those of every asked phrase that the text has under another name."""
    if not synonyms:
        return written
    joined = f" {' '.join(written)} "
    more = [token for phrase, others in synonyms if any(f" {other} " in joined for other in others) for token in phrase]
    return (*written, *more)


def coverage(asked: Sequence[str], written: Sequence[str], weights: Sequence[float]) -> float:
    """The weighted share of the asked tokens that stand in a text, in [0, 1]; 1 where nothing was asked."""
    total = sum(weights)
    if total <= 0:
        return 1.0
    exact = set(written)
    bare = {_bare(token) for token in written}
    plain_numbers = {str(int(token)) for token in written if token.isdecimal()}
    found = 0.0
    for token, weight in zip(asked, weights, strict=True):
        if (
            token in exact
            or (token.isascii() and token in bare)
            or (token.isdecimal() and str(int(token)) in plain_numbers)
        ):
            found += weight
    return found / total
