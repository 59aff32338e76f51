"""Words of a question against words of a text: a word typed without marks stands for every word it may be.

A word typed with marks means itself, so that "bò" and "bơ" stay apart for those who type them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from index.text import one_spelling, strip_marks, syllables

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
    "cn": "chứng nhận",
    "nn&ptnt": "nông nghiệp và phát triển nông thôn",
    "nn&mt": "nông nghiệp và môi trường",
    "ptnt": "phát triển nông thôn",
    "bnnmt": "bộ nông nghiệp và môi trường",
    "ntm": "nông thôn mới",
    "nc": "nước",
    "mt": "mục tiêu",
    "bnhiu": "bao nhiêu",
    "nhiu": "nhiêu",
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


@lru_cache(maxsize=65536)
def same_word(asked: str, written: str) -> bool:
    """Whether a token of a question can be a token of a text (numbers compare without leading zeros)."""
    if asked == written:
        return True
    if asked.isdecimal() and written.isdecimal():
        return int(asked) == int(written)
    return asked.isascii() and asked == _bare(written)


def find_phrase(asked: Sequence[str], phrase: str) -> int:
    """Where a phrase (with its marks) begins among the tokens of a question, or -1."""
    wanted = _syllables(phrase)
    if wanted and not wanted[0].isdecimal() and wanted[0] not in asked and _bare(wanted[0]) not in asked:
        return -1
    for at in range(len(asked) - len(wanted) + 1):
        if all(map(same_word, asked[at : at + len(wanted)], wanted)):
            return at
    return -1


def begins_with(asked: Sequence[str], phrases: tuple[str, ...]) -> str | None:
    """The first of the phrases with which a question begins."""
    if not asked:
        return None
    for wanted, phrase in _by_first(phrases).get(asked[0], ()):
        if len(wanted) <= len(asked) and all(map(same_word, asked[1 : len(wanted)], wanted[1:])):
            return phrase
    return None


@lru_cache(maxsize=65536)
def _syllables(phrase: str) -> tuple[str, ...]:
    return tuple(one_spelling(word) for word in phrase.split())


def says(asked: Sequence[str], *phrases: str) -> bool:
    """Whether the question holds one of the phrases."""
    table = _by_first(phrases)
    return not table.keys().isdisjoint(asked) and next(_standing(asked, table), None) is not None


def places_of(asked: Sequence[str], phrases: tuple[str, ...]) -> Iterator[range]:
    """The positions of every phrase wherever it stands among the tokens of a question, in order of its first."""
    return (place for place, _ in standing(asked, phrases))


def standing(asked: Sequence[str], phrases: tuple[str, ...]) -> Iterator[tuple[range, str]]:
    """The same, each with the phrase."""
    return _standing(asked, _by_first(phrases))


# The first syllable of phrases -> their syllables, and the phrases.
_Beginnings = dict[str, list[tuple[tuple[str, ...], str]]]


def _standing(asked: Sequence[str], table: _Beginnings) -> Iterator[tuple[range, str]]:
    for at, token in enumerate(asked):
        for wanted, phrase in table.get(token, ()):
            rest = asked[at + 1 : at + len(wanted)]
            if len(rest) == len(wanted) - 1 and all(map(same_word, rest, wanted[1:])):
                yield range(at, at + len(wanted)), phrase


@lru_cache(maxsize=2048)
def _by_first(phrases: tuple[str, ...]) -> _Beginnings:
    """Phrases, and their syllables, by the first of these as it may be typed with marks or without."""
    table: _Beginnings = {}
    for phrase in phrases:
        wanted = _syllables(phrase)
        for first in {wanted[0], _bare(wanted[0])}:
            table.setdefault(first, []).append((wanted, phrase))
    return table


# (the tokens of a phrase as asked, its other names)
Synonyms = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]

# Words of the field that people and law use for one thing. A group is a set of phrases, each with its marks.
SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("có hiệu lực", "hiệu lực", "có giá trị", "giá trị", "thời hạn", "dùng được", "có hạn", "còn hạn"),
    ("hết hạn", "quá hạn", "hết hiệu lực", "hết thời hạn", "hết giá trị", "ngày hết thời hạn"),
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
    ("tham gia", "đăng ký tham gia", "đăng ký", "ghi danh", "ghi tên"),
    ("dự", "tham gia", "dự thi"),
    ("gửi", "đề xuất", "đề nghị", "trình"),
    ("sản phẩm mẫu", "mẫu sản phẩm", "hàng mẫu"),
    ("chủ trì", "điều hành", "đứng đầu"),
    ("yêu cầu", "đề nghị", "chỉ đạo", "giao", "dặn", "nhắc"),
    ("ngành nông nghiệp", "sở nông nghiệp"),
    ("đỡ", "giúp đỡ", "hỗ trợ"),
    ("chấm điểm", "chấm", "đánh giá", "tính điểm"),
    ("giám khảo", "hội đồng đánh giá", "hội đồng"),
    ("5 sao", "cấp quốc gia", "cấp trung ương"),
    ("ngừng", "dừng", "nghỉ", "không còn hoạt động", "không còn sản xuất", "thôi không"),
    ("tối đa", "không quá", "nhiều nhất"),
    ("tối thiểu", "ít nhất", "không ít hơn"),
    ("ký", "quyết định", "ban hành"),
    ("giấy chứng nhận", "giấy"),
    ("bán ra nước ngoài", "xuất khẩu", "xuất ngoại", "đưa ra nước ngoài"),
    ("gộp", "sáp nhập", "hợp nhất", "nhập tỉnh", "ghép"),
    ("gốc gác", "nguồn gốc", "xuất xứ"),
    ("tiếp thị", "quảng bá", "marketing"),
    ("photo", "bản sao", "sao chụp"),
    ("xài", "dùng", "sử dụng"),
    ("khuyến khích", "thưởng", "khen thưởng"),
    ("khuyến khích", "hỗ trợ"),
    ("thưởng", "mức hỗ trợ"),
    ("trích dẫn", "trích", "dẫn nguồn"),
    ("sửa", "cải tiến", "nâng cấp", "hoàn thiện", "khắc phục", "chỉnh sửa"),
    ("xúc tiến bán hàng", "xúc tiến thương mại"),
    ("lời", "lãi", "lợi nhuận"),
    ("bình quân", "trung bình"),
    ("bán sang", "xuất sang", "xuất khẩu sang", "đưa sang", "có mặt ở"),
    ("trượt", "rớt", "bị loại", "không đạt"),
    ("chuộng", "ưa chuộng", "ưa", "thích"),
    ("hàng nhái", "hàng giả", "làm giả"),
    ("khâu", "công tác", "hoạt động", "mảng"),
    ("hội", "hiệp hội"),
    ("doanh thu", "thu về", "mang về"),
    ("khó khăn", "vướng mắc", "vướng", "kẹt", "trở ngại", "hạn chế", "tồn tại", "bất cập"),
    ("lưu ý", "chú ý", "để ý"),
    ("chủ yếu", "là chính", "phần lớn", "đa số", "hầu hết"),
    ("tập trung", "dồn về", "dồn vào", "quy tụ", "gom về", "nằm ở"),
    ("dở", "chưa được", "hạn chế", "yếu kém", "tồn tại", "bất cập"),
)


_WITH_OTHER_NAMES = tuple(dict.fromkeys(phrase for group in SYNONYMS for phrase in group))


def synonyms_in(asked: Sequence[str]) -> Synonyms:
    """The phrases of a question that have other names: (its tokens as asked, the other names)."""
    first: dict[str, range] = {}
    for place, phrase in standing(asked, _WITH_OTHER_NAMES):
        first.setdefault(phrase, place)
    found = []
    for group in SYNONYMS:
        said = max((one for one in group if one in first), key=len, default=None)
        if said is not None:
            place = first[said]
            found.append((tuple(asked[place.start : place.stop]), tuple(one for one in group if one != said)))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Words:
    """The words of a text, ready to be asked about.

    forms: every token as written, without marks, and (numbers) without leading zeros. spoken, bare: the tokens joined
    by blanks, with marks and without, for looking up neighbours.
    """

    tokens: tuple[str, ...]
    forms: frozenset[str]
    spoken: str
    bare: str

    def __add__(self, other: "Words") -> "Words":
        """The words of both, no neighbours across the seam."""
        return Words(
            tokens=self.tokens + other.tokens,
            forms=self.forms | other.forms,
            spoken=f"{self.spoken}|{other.spoken}",
            bare=f"{self.bare}|{other.bare}",
        )

    def holds(self, asked: str) -> bool:
        """Whether an asked token stands in the text."""
        return (str(int(asked)) if asked.isdecimal() else asked) in self.forms

    def holds_pair(self, left: str, right: str) -> bool:
        """Whether two asked tokens stand side by side. Where one is typed with marks and one without, both stand in
        the text and side by side but for their marks."""
        if not left.isascii() and not right.isascii():
            return f" {left} {right} " in self.spoken
        return f" {_bare(left)} {_bare(right)} " in self.bare and self.holds(left) and self.holds(right)


@lru_cache(maxsize=20_000)
def words_of(text: str) -> Words:
    """The words of a text."""
    return words_from(tokens(text))


def words_from(written: Sequence[str]) -> Words:
    """The words of a text given as tokens."""
    bare = [_bare(token) for token in written]
    return Words(
        tokens=tuple(written),
        forms=frozenset(written) | frozenset(bare) | {str(int(token)) for token in written if token.isdecimal()},
        spoken=f" {' '.join(written)} ",
        bare=f" {' '.join(bare)} ",
    )


def supplied(synonyms: Synonyms, written: Words) -> Words:
    """The words of a text, and those of every asked phrase that the text has under another name."""
    more = [
        token
        for phrase, others in synonyms
        if any(f" {other} " in written.spoken for other in others)
        for token in phrase
    ]
    return written + words_from(more) if more else written


def coverage(asked: Sequence[str], written: Words, weights: Sequence[float], *beside: Words) -> float:
    """The weighted share of the asked tokens that stand in a text or beside it, in [0, 1]; 1 where none is."""
    total = sum(weights)
    if total <= 0:
        return 1.0
    return (
        sum(
            weight
            for token, weight in zip(asked, weights, strict=True)
            if written.holds(token) or any(other.holds(token) for other in beside)
        )
        / total
    )


def pair_share(asked: Sequence[str], written: Words) -> float:
    """The share of neighbouring pairs of asked words that stand as neighbours in a text, in [0, 1]."""
    pairs = list(pairwise(asked))
    if not pairs:
        return 0.0
    return sum(written.holds_pair(left, right) for left, right in pairs) / len(pairs)
