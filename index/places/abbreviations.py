"""Provinces by their initials, as questions have them: "AG", "tỉnh bn", "QNgãi"; several where initials are shared.

Read in questions only. Initials in capitals count unless the field uses them for something else ("KH" is kế hoạch,
"CT" chương trình) or a number beside makes them a document or a measure ("NĐ 13", "5 KG"). After "tỉnh", and mostly
after "ở" and "tại", they count in any case: "bn" alone is bao nhiêu.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from index.places.provinces import PROVINCES
from index.places.spelling import SYLLABLE
from index.text import CAPITALS, has_marks, strip_marks

# Initials that are not those of the name before the merger, or that everybody reads one way only.
_FIXED: dict[str, tuple[str, ...]] = {
    "HN": ("ha-noi",),  # also Hà Nam, but nobody reads it so
    "TTH": ("hue",),
    "SG": ("ho-chi-minh",),
    "ĐNO": ("dak-nong",),
}
# Shorthand of the field and of offices: only after a word that says a place follows.
_TAKEN = frozenset("CT DN SP KH VP CB PT KT SL TV LĐ LD ĐB DB NT TH TQ HT QT BP ĐL DL DT".split())
_TAKEN_AFTER_IN = frozenset("BN CT DN SP KH VP TP TX".split())  # "ở ct", "ở dn": at the company
# Where a question opens on them: what a producer has or makes.
_TAKEN_AT_FIRST = frozenset("CT DN SP KH VP KT PT SL DL DT NT HT DB DĐ BN BP".split())
_DATED = re.compile(r"\s+(?:(?:năm|nam|tháng|thang|cuối|cuoi|đầu|dau|quý|quy|đợt|dot)\s+|t)?\d", re.IGNORECASE)

# Kinds of documents too (nghị định, hướng dẫn, thông báo): only where what follows is said of a place.
_DOCUMENTS = frozenset({"NĐ", "HD", "TB", "ND"})
_OF_A_PLACE = re.compile(
    r"\s*(?:$|[,?.;)]|(?:có|co)\s(?!hiệu lực|hieu luc)|(?:hiện|năm|nam|đã|da|được|duoc|đạt|dat|và|va|với|voi|hay|hoặc|"
    r"hoac|nhiều|nhieu|ít|it|còn|con|thì|thi|xếp|xep|đứng|dung)(?!\w))",
    re.IGNORECASE,
)

_TOKEN = re.compile(r"(?<![\w/.&-])(?P<word>[^\W\d_]{2,8})(?![\w/&-]|\.\w)")
_PROVINCE_BEFORE = re.compile(r"(?<!\w)(?:tỉnh|tinh)\s+$", re.IGNORECASE)
_CITY_BEFORE = re.compile(r"(?<!\w)(?:thành phố|thanh pho|tp\.?)\s*$", re.IGNORECASE)
_IN_BEFORE = re.compile(r"(?<!\w)(?:ở|tại|tai)\s+$", re.IGNORECASE)
_NUMBER_BESIDE = re.compile(r"\s*(?:số\s*|so\s*|:\s*)?\d")
_DOCUMENT_BEFORE = re.compile(r"(?:\d|(?<!\w)(?:số|so|theo|nghị|sđt))\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    """Initials at `text[start:end]`. keys: the provinces they may stand for, in the order of the official list."""

    keys: tuple[str, ...]
    start: int
    end: int


def _initials() -> dict[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for key, province in PROVINCES.items():
        initials = "".join(word[0] for word in re.findall(r"\w+", province.name))
        if len(initials) > 1:
            grouped[initials].append(key)
    return {initials: tuple(keys) for initials, keys in grouped.items()} | _FIXED


def _contracted() -> dict[str, tuple[str, ...]]:
    """Initials with the last syllable written out, without marks: "qnam", "hgiang" (Hà Giang and Hậu Giang)."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for key, province in PROVINCES.items():
        words = re.findall(r"\w+", strip_marks(province.name).lower())
        form = "".join(word[0] for word in words[:-1]) + words[-1]
        if len(form) > 3 and SYLLABLE.fullmatch(form) is None and form != "tbinh":  # which is "trung bình"
            grouped[form].append(key)
    return {form: tuple(keys) for form, keys in grouped.items()}


INITIALS = _initials()
CONTRACTED = _contracted()
_BARE: dict[str, tuple[str, ...]] = {
    bare: tuple(key for key in PROVINCES if any(key in INITIALS[one] for one in INITIALS if strip_marks(one) == bare))
    for bare in {strip_marks(initials) for initials in INITIALS}
}


def abbreviations(text: str) -> list[Abbreviation]:
    """The provinces named by initials in a question (NFC), in order.

    Where the question has no marks at all, "D" may be "Đ": "BD" is then Bình Dương or Bình Định.
    """
    marked, shouted = has_marks(text), _shouted(text)
    found: list[Abbreviation] = []
    for match in _TOKEN.finditer(text):
        word = match["word"]
        keys = CONTRACTED.get(strip_marks(word).lower()) or _keys(text, match, marked=marked, shouted=shouted)
        if keys:
            found.append(Abbreviation(keys=keys, start=match.start(), end=match.end()))
    return found


def _keys(text: str, match: re.Match[str], *, marked: bool, shouted: bool) -> tuple[str, ...]:
    word = match["word"]
    upper = word.upper()
    keys = INITIALS.get(upper, ()) if marked and word.isupper() else _BARE.get(strip_marks(upper), ())
    if not keys or (strip_marks(upper) != upper and upper not in INITIALS):
        return ()
    if not word.isupper() and upper in {"LA", "LÀ"}:
        return ()  # "tỉnh là gì"
    if word[0].isupper() and not word.isupper() and _NAME_GOES_ON.match(text, match.end()):
        return ()  # "Na Rì" begins a name
    near = text[max(0, match.start() - 12) : match.start()]
    if _PROVINCE_BEFORE.search(near):
        return tuple(key for key in keys if not PROVINCES[key].city) or keys
    if _NUMBER_BESIDE.match(text, match.end()) or _DOCUMENT_BEFORE.search(near):
        return ()
    if _CITY_BEFORE.search(near):
        return tuple(key for key in keys if PROVINCES[key].city)
    if _IN_BEFORE.search(near):
        return () if upper in _TAKEN_AFTER_IN and not (upper == "BN" and word.isupper()) else keys
    if match.start() == 0 and word[0].isupper() and upper not in _TAKEN_AT_FIRST and _DATED.match(text, match.end()):
        return keys  # "Lđ tháng 2/2026 có"
    if not word.isupper() or upper in _TAKEN or shouted:
        return ()
    return keys if upper not in _DOCUMENTS or _OF_A_PLACE.match(text, match.end()) else ()


_NAME_GOES_ON = re.compile(rf"\s+[{CAPITALS}][^\W\d_]*[^\W\d_{CAPITALS}]")


def _shouted(text: str) -> bool:
    """Whether the words are in capitals too, so that capitals say nothing."""
    words = [
        word
        for word in re.findall(r"[^\W\d_]{2,}", text)
        if (upper := word.upper()) not in INITIALS and upper not in _TAKEN and upper != "OCOP"
    ]
    return len(words) > 1 and sum(word.isupper() for word in words) > len(words) / 2
