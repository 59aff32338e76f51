"""Shorthand of the field and what it stands for, in both directions; a question is widened by it, never a text.

A text keeps what it says: "HTX" is found by a question for "hợp tác xã" because the question asks for both.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.text import one_spelling, strip_marks

# "CT" is "chương trình", "công ty" and "chỉ thị": a question with it asks for each.
_SHORTHAND: dict[str, tuple[str, ...]] = {
    "htx": ("hợp tác xã",),
    "tht": ("tổ hợp tác",),
    "ubnd": ("ủy ban nhân dân",),
    "hđnd": ("hội đồng nhân dân",),
    "nn&ptnt": ("nông nghiệp và phát triển nông thôn",),
    "nnptnt": ("nông nghiệp và phát triển nông thôn",),
    "bnnptnt": ("bộ nông nghiệp và phát triển nông thôn",),
    "nn&mt": ("nông nghiệp và môi trường",),
    "nnmt": ("nông nghiệp và môi trường",),
    "bnnmt": ("bộ nông nghiệp và môi trường",),
    "n&ptnt": ("nông nghiệp và phát triển nông thôn",),
    "nn": ("nông nghiệp",),
    "ptnt": ("phát triển nông thôn",),
    "mt": ("môi trường",),
    "mtqg": ("mục tiêu quốc gia",),
    "hkd": ("hộ kinh doanh",),
    "hcm": ("hồ chí minh",),
    "tphcm": ("thành phố hồ chí minh",),
    "brvt": ("bà rịa vũng tàu",),
    "ttg": ("thủ tướng chính phủ", "thủ tướng"),
    "ntm": ("nông thôn mới",),
    "vpđp": ("văn phòng điều phối",),
    "attp": ("an toàn thực phẩm",),
    "vsattp": ("vệ sinh an toàn thực phẩm",),
    "shtt": ("sở hữu trí tuệ",),
    "tmđt": ("thương mại điện tử",),
    "sxkd": ("sản xuất kinh doanh",),
    "gcn": ("giấy chứng nhận",),
    "bcđ": ("ban chỉ đạo",),
    "csht": ("cơ sở hạ tầng",),
    "sp": ("sản phẩm",),
    "ct": ("chương trình", "công ty", "chỉ thị"),
    "cty": ("công ty",),
    "dn": ("doanh nghiệp",),
    "tp": ("thành phố",),
    "kh": ("kế hoạch", "khoa học"),
    "qđ": ("quyết định",),
    "nđ": ("nghị định",),
    "nq": ("nghị quyết",),
    "bch": ("ban chấp hành",),
    "ko": ("không",),
    "đc": ("được",),
}
# Written by people in a hurry: what they stand for is no reason to look for them in texts.
_ONE_WAY = frozenset({"ko", "đc"})


class Reading(NamedTuple):
    """`length` terms from the place `at` of a sequence may be read as `words`; share: 1 over the readings there are."""

    at: int
    length: int
    words: tuple[str, ...]
    share: float


def is_shorthand(word: str) -> bool:
    """Whether a lower-case word, with its marks or without, is shorthand of the field."""
    return word in _LONG


def long_forms() -> Iterator[str]:
    """What shorthand stands for, syllables a blank apart."""
    for phrases in _SHORTHAND.values():
        yield from phrases


def readings(sequence: Sequence[str]) -> list[Reading]:
    """Every shorthand of a question written out and every long form shortened, with marks typed or not."""
    found: list[Reading] = []
    for at, word in enumerate(sequence):
        phrases = _LONG.get(word, ())
        found += [Reading(at, 1, words, 1 / len(phrases)) for words in phrases]
        for short, words, share in _SHORT.get(strip_marks(word), ()):
            held = sequence[at : at + len(words)]
            if len(held) == len(words) and all(map(_same, held, words)):
                found.append(Reading(at, len(words), (short,), share))
    return found


def _same(typed: str, word: str) -> bool:
    return typed in (word, strip_marks(word))


def _spelt(phrase: str) -> tuple[str, ...]:
    return tuple(one_spelling(word) for word in phrase.split())


def _written_out() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Shorthand, with marks and without -> its readings."""
    table: dict[str, tuple[tuple[str, ...], ...]] = {}
    for short, phrases in _SHORTHAND.items():
        table[short] = tuple(map(_spelt, phrases))
        table.setdefault(strip_marks(short), table[short])
    return table


def _shortened() -> dict[str, list[tuple[str, tuple[str, ...], float]]]:
    """First syllable of a long form, without marks -> (its shorthand, the whole long form, its share)."""
    table: dict[str, list[tuple[str, tuple[str, ...], float]]] = {}
    for short, phrases in _SHORTHAND.items():
        for words in map(_spelt, phrases if short not in _ONE_WAY else ()):
            table.setdefault(strip_marks(words[0]), []).append((short, words, 1 / len(phrases)))
    return table


_LONG = _written_out()
_SHORT = _shortened()
