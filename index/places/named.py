"""Provinces named in a text: every way of writing the 63 and the 34, and no province where none is meant."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from index.places.abbreviations import abbreviations
from index.places.district_table import DISTRICTS
from index.places.homonyms import other_thing
from index.places.misspelt import misspelt
from index.places.provinces import MERGER, PROVINCES, Province, parts_of, related, slug
from index.places.spelling import accented_around, fold_tone, lacks_only_marks, one_space
from index.text import has_marks, strip_marks

# The table and the spelling are of one piece with this for those who ask about places.
__all__ = [
    "MERGER",
    "PROVINCES",
    "Mention",
    "Province",
    "find_places",
    "fold_tone",
    "parts_of",
    "place_at",
    "province_key",
    "related",
    "slug",
]

_VARIANTS: dict[str, tuple[str, ...]] = {
    "Huế": ("Thừa Thiên Huế", "Thừa Thiên - Huế", "Thừa Thiên-Huế", "Thừa Thiên – Huế"),
    "Hồ Chí Minh": ("TPHCM", "TP.HCM", "TP HCM", "HCM", "Sài Gòn"),
    "Bà Rịa - Vũng Tàu": (
        "Bà Rịa-Vũng Tàu",
        "Bà Rịa – Vũng Tàu",
        "Bà Rịa Vũng Tàu",
        "BR-VT",
        "BRVT",
        "Bà Rịa",
        "Vũng Tàu",
    ),
    "Đắk Lắk": ("Đắc Lắc", "Đăk Lăk", "Đắk Lăk", "Đăk Lắk", "Đắk Lắc", "Daklak", "Dak Lak"),
    "Đắk Nông": ("Đắc Nông", "Đăk Nông", "Dak Nong", "Daknong"),
    "Bắc Kạn": ("Bắc Cạn",),
    "Kon Tum": ("Kontum", "Kon Tum"),
    "Quảng Nam": ("Qnam", "Q.Nam"),
    "Bắc Ninh": ("BNP",),
}
# Only in questions: in print they stand for "hội nghị", "Hewlett-Packard" and more.
_TYPED_VARIANTS: dict[str, tuple[str, ...]] = {
    "Hà Nội": ("HN",), "Hải Phòng": ("HP", "đất Cảng"), "Thanh Hóa": ("xứ Thanh",), "Nghệ An": ("xứ Nghệ",),
    "Lạng Sơn": ("xứ Lạng",), "Bến Tre": ("xứ Dừa",), "Huế": ("xứ Huế",),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A province named in a text at `text[start:end]`. `fuzzy`: read through one typing error."""

    key: str
    start: int
    end: int
    fuzzy: bool = False


def province_key(name: str) -> str | None:
    """The key of a province named in any known spelling ("tỉnh Quảng Nam", "quang nam", "TP. Huế"), or None."""
    mentions = find_places(name, typed=True)
    return mentions[0].key if mentions else None


def _names() -> list[tuple[str, str]]:
    pairs = [(province.name, key) for key, province in PROVINCES.items()]
    pairs += [(variant, slug(name)) for name, variants in _VARIANTS.items() for variant in variants]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _body(names: Iterable[str]) -> str:
    joined = (re.escape(name).replace(r"\ ", r"(?:\s+|-)") for name in sorted(names, key=len, reverse=True))
    return "|".join(joined)


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_body(names)})(?!\w)")


@lru_cache(maxsize=1)
def _written() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str], dict[str, str]]:
    """As newspapers write them: accents and capitals right (or all capitals), tone placement either way.

    After the word "tỉnh", which leaves no doubt, in any case ("tỉnh An giang").
    """
    keys: dict[str, str] = {}
    lower: dict[str, str] = {}
    for name, key in _names():
        for form in (name, name.upper()):
            keys.setdefault(one_space(fold_tone(form)), key)
        lower.setdefault(one_space(fold_tone(name)).lower(), key)
    return _pattern(keys), keys, re.compile(rf"(?<!\w)tỉnh\s+(?P<name>{_body(lower)})(?!\w)"), lower


@lru_cache(maxsize=1)
def _typed() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str], dict[str, str], dict[str, set[str]]]:
    """As people type them: any case, with accents; without any or with some of them; run together ("namdinh").

    The last table gives the accented spellings of each bare one.
    """
    accented: dict[str, str] = {}
    bare: dict[str, str] = {}
    spellings: dict[str, set[str]] = {}
    pairs = _names() + [(variant, slug(name)) for name, variants in _TYPED_VARIANTS.items() for variant in variants]
    for name, key in pairs:
        form = one_space(fold_tone(name)).lower()
        accented.setdefault(form, key)
        for spelling in (form, re.sub(r"[^\w]", "", form)):
            bare.setdefault(strip_marks(spelling), key)
            spellings.setdefault(strip_marks(spelling), set()).add(spelling)
    return _pattern(accented), accented, _pattern(bare), bare, spellings


# What stands before where something is: "ở nam đinh", a name with some of its marks; without any ("ở hai phong") it may
# be something else.
_STANDS_BEFORE = re.compile(r"(?<!\w)(?:ở|tại|thuộc|của|về|từ)\s+$")


def find_places(text: str, *, typed: bool = False) -> list[Mention]:
    """The provinces named in a text (NFC), in order, without overlaps.

    `typed` is for questions: any case, with or without accents, run together, initials that are one province's alone
    (`index.places.abbreviations` has the others), and one typing error in a name of seven letters or more. Otherwise
    only the forms that are printed: "hòa bình" in lower case is peace, not a province.
    What only contains a name is left out: communes and districts called like a province elsewhere ("huyện Quảng
    Ninh"), rivers, people ("Nguyễn Thái Bình", "Chủ tịch Hồ Chí Minh"), "Thái Bình Dương", "danh gia lai".
    """
    return list(_found(text, typed))


@lru_cache(maxsize=64)  # one question, or one sentence, is asked for its places by many
def _found(text: str, typed: bool) -> tuple[Mention, ...]:
    folded = fold_tone(text)  # same length as text: letters are replaced one by one
    lower = folded.lower()
    found: list[Mention] = []
    if not typed:
        pattern, keys, after_rank, lower_keys = _written()
        for match in pattern.finditer(folded):
            if not other_thing(folded, match.start(), match.end()):
                found.append(Mention(key=keys[one_space(match[0])], start=match.start(), end=match.end()))
        for match in after_rank.finditer(lower):
            start, end = match.span("name")
            if not any(_overlap(mention, start, end) for mention in found) and not other_thing(folded, start, end):
                found.append(Mention(key=lower_keys[one_space(match["name"])], start=start, end=end))
        return tuple(sorted(found, key=lambda mention: mention.start))
    accented, accented_keys, bare, bare_keys, spellings = _typed()
    claimed = bytearray(len(folded))  # also what turned out to be something else
    for match in accented.finditer(lower):
        claimed[match.start() : match.end()] = b"1" * len(match[0])
        if not other_thing(folded, match.start(), match.end()):
            found.append(Mention(key=accented_keys[one_space(match[0])], start=match.start(), end=match.end()))
    stripped = strip_marks(lower)
    for match in bare.finditer(stripped):
        start, end = match.span()
        if any(claimed[start:end]):
            continue
        claimed[start:end] = b"1" * (end - start)
        name = one_space(match[0])
        original = one_space(lower[start:end])
        # Words typed with marks of their own mean what they say: "hoa bình" may be a province, "hòa bính" is not.
        if (
            any(lacks_only_marks(original, spelling) for spelling in spellings[name])
            and (
                original in spellings[name]
                or not accented_around(folded, start, end)
                or (has_marks(original) and _STANDS_BEFORE.search(lower, 0, start) is not None)
            )
            and not other_thing(folded, start, end)
        ):
            found.append(Mention(key=bare_keys[name], start=start, end=end))
    found += [
        Mention(key=short.keys[0], start=short.start, end=short.end)
        for short in abbreviations(folded)
        if len(short.keys) == 1 and not any(claimed[short.start : short.end])
    ]
    if not found:
        found = _wrongly_marked(folded, stripped, bare, bare_keys)
    if not found:
        found = [
            Mention(key=key, start=start, end=end, fuzzy=True)
            for key, start, end in misspelt(stripped, folded)
            if not any(claimed[start:end])
            and not other_thing(folded, start, end)
            and one_space(folded[start:end]) not in _district_names()  # "Đông Hải" is no slip of "Đồng Nai"
        ]
    return tuple(sorted(found, key=lambda mention: mention.start))


@lru_cache(maxsize=1)
def _district_names() -> frozenset[str]:
    """The names of districts as they are written, tone marks where texts of today set them."""
    return frozenset(fold_tone(district.name) for district in DISTRICTS.values())


def place_at(text: str, start: int) -> Mention | None:
    """The province printed right at `start`, or None: of "huyện Hải Hậu, Nam Định" at 15 Nam Định."""
    near = fold_tone(text[max(0, start - 40) : start + 60])
    at = min(40, start)
    pattern, keys, _, _ = _written()
    match = pattern.match(near, at)
    if match is None or other_thing(near, at, match.end()):
        return None
    return Mention(key=keys[one_space(match[0])], start=start, end=start + match.end() - at)


def _wrongly_marked(folded: str, stripped: str, bare: re.Pattern[str], bare_keys: dict[str, str]) -> list[Mention]:
    """Names whose letters are right and marks are not, every syllable with a capital: "Quãng Ngãi", "Đà Nẳng"."""
    return [
        Mention(key=bare_keys[one_space(match[0])], start=match.start(), end=match.end(), fuzzy=True)
        for match in bare.finditer(stripped)
        if all(word[0].isupper() for word in re.findall(r"[^\W\d_]+", folded[match.start() : match.end()]))
        and " " in match[0]
        and not other_thing(folded, match.start(), match.end())
    ]


def _overlap(mention: Mention, start: int, end: int) -> bool:
    return mention.start < end and start < mention.end
