"""Names of products and producers as they are compared: words in one spelling, and the same without marks.

Case, tone placement ("hoà", "hòa"), "i" for "y", quotes, brackets, dashes and punctuation say nothing; the words in
brackets do ("túi 5kg"). Of producers, shorthand and its words are one ("HTX NN", "Hợp tác xã nông nghiệp").

The order of words says something ("bánh đậu xanh nhân dừa" is no "bánh dừa nhân đậu xanh"), but where a proper name
stands does not: "cà phê rang xay Pù Mây" is "cà phê Pù Mây rang xay".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice

from index.text import strip_marks, syllables

# Shorthand of offices and companies, each with its words. "CT" is a company only before its form.
_SHORT: dict[str, str] = {
    "htx": "hợp tác xã",
    "htxnn": "hợp tác xã nông nghiệp",
    "htxdvnn": "hợp tác xã dịch vụ nông nghiệp",
    "lhhtx": "liên hiệp hợp tác xã",
    "tht": "tổ hợp tác",
    "thtsx": "tổ hợp tác sản xuất",
    "dntn": "doanh nghiệp tư nhân",
    "hkd": "hộ kinh doanh",
    "hkdct": "hộ kinh doanh cá thể",
    "hgđ": "hộ gia đình",
    "cssx": "cơ sở sản xuất",
    "cskd": "cơ sở kinh doanh",
    "cscb": "cơ sở chế biến",
    "cty": "công ty",
    "tnhh": "trách nhiệm hữu hạn",
    "mtv": "một thành viên",
    "cp": "cổ phần",
    "sx": "sản xuất",
    "kd": "kinh doanh",
    "tm": "thương mại",
    "dv": "dịch vụ",
    "sxkd": "sản xuất kinh doanh",
    "sxtm": "sản xuất thương mại",
    "tmdv": "thương mại dịch vụ",
    "dvnn": "dịch vụ nông nghiệp",
    "xnk": "xuất nhập khẩu",
    "nn": "nông nghiệp",
    "cnc": "công nghệ cao",
}
_FORMS = tuple(
    tuple(syllables(phrase))
    for phrase in (
        *_SHORT.values(),
        "hợp tác xã sản xuất",
        "nông trại",
        "trang trại",
        "cơ sở",
        "hộ",
        "gia đình",
        "ông",
        "bà",
        "anh",
        "chị",
        "cá thể",
        "tổng hợp",
        "chế biến",
        "đầu tư",
        "phát triển",
        "du lịch",
        "thành viên",
        "doanh nghiệp",
        "tập đoàn",
        "tổ",
    )
)
_FORM_WORDS = frozenset(strip_marks(word) for form in _FORMS for word in form)
_BRACKETED = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]?")
# About one syllable in four of running Vietnamese has no mark: of so many together, one in some hundreds has none.
_MARKLESS_WORDS = 4
# More proper names than a product's name has.
_PROPER = 6
# What says how it is packed, not what it is: "túi 5kg", "hộp 250 g", "chai 500ml", "loại 1kg".
_PACKED = re.compile(
    r"(?:(?<!\w)(?:túi|hộp|chai|lọ|gói|hũ|lon|can|bao|thùng|loại|khay|vỉ)\s+)?"
    r"(?<!\w)\d+(?:[.,]\d+)?\s*(?:kg|gram|gam|gr|g|ml|lít|lit|l)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Called:
    """A name as it is compared.

    words: in one spelling, with their marks; bare: without. markless: whether it was typed without marks. proper: the
    runs of words, without marks, that only capitals mark as proper names behind its first word. core: the words without
    marks that tell what it is, sorted: of a product without what stands in brackets and how it is packed, of a
    producer without its legal form; all words where nothing is left.
    """

    words: tuple[str, ...]
    bare: tuple[str, ...]
    markless: bool
    proper: tuple[tuple[str, ...], ...]
    core: tuple[str, ...]


@lru_cache(maxsize=65536)
def product_called(text: str) -> Called:
    """A product's name as it is compared; "Sản phẩm" before it is left out."""
    words = _product_words(text)
    short = _PACKED.sub(" ", _BRACKETED.sub(" ", text))
    return _called(
        words,
        words if short == text else _product_words(short),
        markless=_markless(words),
        left_out=frozenset(),
        proper=_proper(text),
    )


@lru_cache(maxsize=65536)
def producer_called(text: str) -> Called:
    """A producer's name as it is compared, shorthand written out and "và" left out."""
    words = _producer_words(text)
    short = _BRACKETED.sub(" ", text)
    return _called(
        words,
        words if short == text else _producer_words(short),
        markless=_markless([word for word in syllables(text) if word not in _SHORT]),
        left_out=_FORM_WORDS,
        proper=(),
    )


def same_name(one: Called, other: Called) -> bool:
    """Whether two names of the same bare words, in whatever order, say the same.

    Their marks agree, or one of them was typed without any: a mark lost here and there does not do, for "mứt dưa" and
    "mứt dừa" are two products. Their order agrees but for where a proper name stands.
    """
    if one.bare != other.bare and not any(
        (rest := _without(one.bare, name)) is not None and rest == _without(other.bare, name)
        for name in {*one.proper, *other.proper}
    ):
        return False
    return one.markless or other.markless or sorted(one.words) == sorted(other.words)


def _markless(words: Sequence[str]) -> bool:
    """Whether words were typed without marks: none has any, and they are too many to be so by nature ("nem chua")."""
    return len(words) >= _MARKLESS_WORDS and _bare(words) == tuple(words)


def _without(words: tuple[str, ...], name: tuple[str, ...]) -> tuple[str, ...] | None:
    """Words without a run of them that stands there once; None where it does not."""
    size = len(name)
    found = [at for at in range(len(words) - size + 1) if words[at : at + size] == name]
    return words[: found[0]] + words[found[0] + size :] if len(found) == 1 else None


def _proper(text: str) -> tuple[tuple[str, ...], ...]:
    """Runs of words with capitals behind the first word; none where nothing is in small letters, so that capitals say
    nothing."""
    words = re.findall(r"[^\W_]+", text)[1:]
    if not any(word[0].islower() for word in words):
        return ()
    runs = (tuple(group) for capital, group in groupby(words, key=lambda word: word[0].isupper()) if capital)
    return tuple(_bare(syllables(" ".join(run))) for run in islice(runs, _PROPER))


def _called(
    words: Sequence[str],
    short: Sequence[str],
    *,
    markless: bool,
    left_out: frozenset[str],
    proper: tuple[tuple[str, ...], ...],
) -> Called:
    bare = _bare(words)
    core = [word for word in (bare if short is words else _bare(short)) if word not in left_out]
    return Called(words=tuple(words), bare=bare, markless=markless, proper=proper, core=tuple(sorted(core or bare)))


def _bare(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(strip_marks(" ".join(words)).split())


def _product_words(text: str) -> list[str]:
    words = syllables(text)
    return words[2:] if words[:2] == ["sản", "phẩm"] and len(words) > 2 else words


def _producer_words(text: str) -> list[str]:
    found: list[str] = []
    words = [part for word in syllables(text) for part in word.split("&")]
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if word == "ct" and following in ("tnhh", "cp", "cổ"):
            found += ["công", "ty"]
        elif word == "c" and following == "ty":
            found.append("công")
        elif word not in ("và", "va"):
            found += syllables(_SHORT[word]) if word in _SHORT else [word]
    return found
