"""The 63 provinces before 1 July 2025, the 34 of today, which became which, and how people write them.

Facts of Nghị quyết 202/2025/QH15 (12 June 2025, in force with the two-level government of 1 July 2025). The table was
compared with the MIT-licensed package vietnamadminunits 1.0.4. A province is named by its key, the slug of the name
it had before the merger ("nam-dinh"); the name of every province of today is also the name of one of its parts.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from index.text import place_tone, strip_marks

MERGER = date(2025, 7, 1)

# name of today: the former names it was made of, first those that lent the name
_TODAY: dict[str, tuple[str, ...]] = {
    "Hà Nội": ("Hà Nội",),
    "Cao Bằng": ("Cao Bằng",),
    "Tuyên Quang": ("Tuyên Quang", "Hà Giang"),
    "Điện Biên": ("Điện Biên",),
    "Lai Châu": ("Lai Châu",),
    "Sơn La": ("Sơn La",),
    "Lào Cai": ("Lào Cai", "Yên Bái"),
    "Thái Nguyên": ("Thái Nguyên", "Bắc Kạn"),
    "Lạng Sơn": ("Lạng Sơn",),
    "Quảng Ninh": ("Quảng Ninh",),
    "Bắc Ninh": ("Bắc Ninh", "Bắc Giang"),
    "Phú Thọ": ("Phú Thọ", "Hòa Bình", "Vĩnh Phúc"),
    "Hải Phòng": ("Hải Phòng", "Hải Dương"),
    "Hưng Yên": ("Hưng Yên", "Thái Bình"),
    "Ninh Bình": ("Ninh Bình", "Hà Nam", "Nam Định"),
    "Thanh Hóa": ("Thanh Hóa",),
    "Nghệ An": ("Nghệ An",),
    "Hà Tĩnh": ("Hà Tĩnh",),
    "Quảng Trị": ("Quảng Trị", "Quảng Bình"),
    "Huế": ("Huế",),
    "Đà Nẵng": ("Đà Nẵng", "Quảng Nam"),
    "Quảng Ngãi": ("Quảng Ngãi", "Kon Tum"),
    "Gia Lai": ("Gia Lai", "Bình Định"),
    "Khánh Hòa": ("Khánh Hòa", "Ninh Thuận"),
    "Đắk Lắk": ("Đắk Lắk", "Phú Yên"),
    "Lâm Đồng": ("Lâm Đồng", "Bình Thuận", "Đắk Nông"),
    "Đồng Nai": ("Đồng Nai", "Bình Phước"),
    "Hồ Chí Minh": ("Hồ Chí Minh", "Bà Rịa - Vũng Tàu", "Bình Dương"),
    "Tây Ninh": ("Tây Ninh", "Long An"),
    "Đồng Tháp": ("Đồng Tháp", "Tiền Giang"),
    "Vĩnh Long": ("Vĩnh Long", "Bến Tre", "Trà Vinh"),
    "An Giang": ("An Giang", "Kiên Giang"),
    "Cần Thơ": ("Cần Thơ", "Hậu Giang", "Sóc Trăng"),
    "Cà Mau": ("Cà Mau", "Bạc Liêu"),
}
_CITIES_TODAY = frozenset({"Hà Nội", "Hải Phòng", "Huế", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ"})
_CITIES_FORMER = frozenset({"Hà Nội", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ"})

_VARIANTS: dict[str, tuple[str, ...]] = {
    "Huế": ("Thừa Thiên Huế", "Thừa Thiên - Huế", "Thừa Thiên-Huế", "Thừa Thiên – Huế"),
    "Hồ Chí Minh": ("TPHCM", "TP.HCM", "TP HCM", "HCM", "Sài Gòn"),
    "Bà Rịa - Vũng Tàu": ("Bà Rịa-Vũng Tàu", "Bà Rịa – Vũng Tàu", "Bà Rịa Vũng Tàu", "BR-VT", "Vũng Tàu"),
    "Đắk Lắk": ("Đắc Lắc", "Đăk Lăk", "Đắk Lăk", "Đăk Lắk", "Đắk Lắc", "Daklak", "Dak Lak"),
    "Đắk Nông": ("Đắc Nông", "Đăk Nông", "Dak Nong", "Daknong"),
    "Bắc Kạn": ("Bắc Cạn",),
    "Kon Tum": ("Kontum", "Kon Tum"),
    "Quảng Nam": ("Qnam", "Q.Nam"),
    "Hà Nội": ("HN",),
    "Đà Nẵng": ("ĐN",),
    "Hải Phòng": ("HP",),
    "Bắc Ninh": ("BNP",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """A province as it was before the merger, and what it is part of today.

    name: short name before the merger ("Nam Định"); today: short name of today's province ("Ninh Bình");
    `key` and `today_key` are slugs of the two.
    """

    key: str
    name: str
    today: str
    today_key: str

    @property
    def merged(self) -> bool:
        """Whether its name is no longer the name of a province."""
        return self.key != self.today_key

    @property
    def label(self) -> str:
        """The former name with its rank: "tỉnh Nam Định", "thành phố Hà Nội"."""
        return f"{'thành phố' if self.name in _CITIES_FORMER else 'tỉnh'} {self.name}"

    @property
    def today_label(self) -> str:
        """Today's name with its rank: "thành phố Đà Nẵng"."""
        return f"{'thành phố' if self.today in _CITIES_TODAY else 'tỉnh'} {self.today}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A province named in a text at `text[start:end]`. `fuzzy`: read through one typing error."""

    key: str
    start: int
    end: int
    fuzzy: bool = False


def fold_tone(text: str) -> str:
    """Every word with its tone where `place_tone` puts it, case and length kept: "Hoà Bình" -> "Hòa Bình"."""
    return re.sub(r"[^\W\d_]+", _fold_word, unicodedata.normalize("NFC", text))


def _fold_word(match: re.Match[str]) -> str:
    word = match[0]
    lower = word.lower()
    placed = place_tone(lower)
    if placed == lower or len(placed) != len(word):
        return word
    return "".join(new.upper() if old.isupper() else new for old, new in zip(word, placed, strict=True))


def slug(name: str) -> str:
    """Lower-case ASCII letters joined by hyphens: "Bà Rịa - Vũng Tàu" -> "ba-ria-vung-tau"."""
    return "-".join(re.findall(r"[a-z0-9]+", strip_marks(name).lower()))


PROVINCES: dict[str, Province] = {
    slug(name): Province(key=slug(name), name=name, today=today, today_key=slug(today))
    for today, parts in _TODAY.items()
    for name in parts
}


def parts_of(today_key: str) -> tuple[str, ...]:
    """Keys of the former provinces that make up a province of today (its own first).

    Raises:
        KeyError: no province of today has that key.
    """
    return tuple(slug(name) for name in _TODAY[PROVINCES[today_key].today])


def related(key: str) -> frozenset[str]:
    """Keys of all former provinces that share today's province with `key`, itself included."""
    return frozenset(slug(name) for name in _TODAY[PROVINCES[key].today])


def province_key(name: str) -> str | None:
    """The key of a province named in any known spelling ("tỉnh Quảng Nam", "quang nam", "TP. Huế"), or None."""
    mentions = find_places(name, typed=True)
    return mentions[0].key if mentions else None


def _names() -> list[tuple[str, str]]:
    pairs = [(name, key) for key, province in PROVINCES.items() for name in (province.name,)]
    pairs += [(variant, slug(name)) for name, variants in _VARIANTS.items() for variant in variants]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _pattern(names: list[str]) -> re.Pattern[str]:
    body = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    return re.compile(rf"(?<![\w])(?:{body})(?![\w])")


@lru_cache(maxsize=1)
def _written() -> tuple[re.Pattern[str], dict[str, str]]:
    """As newspapers write them: accents and capitals right (or all capitals), tone placement either way."""
    keys: dict[str, str] = {}
    for name, key in _names():
        for form in (name, name.upper()):
            keys.setdefault(fold_tone(form), key)
    return _pattern(sorted(keys, key=len, reverse=True)), keys


@lru_cache(maxsize=1)
def _typed() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str], dict[str, str]]:
    """As people type them: any case, with accents; and without any."""
    accented = {fold_tone(name).lower(): key for name, key in _names()}
    bare = {strip_marks(name).lower(): key for name, key in _names()}
    order = {"key": len, "reverse": True}
    return (
        _pattern(sorted(accented, **order)),  # type: ignore[call-overload]
        accented,
        _pattern(sorted(bare, **order)),  # type: ignore[call-overload]
        bare,
    )


def find_places(text: str, *, typed: bool = False) -> list[Mention]:
    """The provinces named in a text, in order, without overlaps.

    `typed` is for questions: any case, with or without accents, and one typing error in a name of seven letters or
    more. Otherwise only the forms that are printed: "hòa bình" in lower case is peace, not a province. The name of a
    town or river that contains a province's name ("sông Hậu Giang") is not told apart.
    """
    folded = fold_tone(text)  # same length as text: tone folding replaces letter by letter
    if not typed:
        pattern, keys = _written()
        return [
            Mention(key=keys[_one_space(match[0])], start=match.start(), end=match.end())
            for match in pattern.finditer(folded)
        ]
    accented, accented_keys, bare, bare_keys = _typed()
    lower = folded.lower()
    found = [
        Mention(key=accented_keys[_one_space(match[0])], start=match.start(), end=match.end())
        for match in accented.finditer(lower)
    ]
    stripped = strip_marks(lower)
    for match in bare.finditer(stripped):
        original = lower[match.start() : match.end()]
        # Words typed with marks of their own mean what they say: "hoa bình" may be a province, "hòa bính" is not.
        if original == match[0] and not any(_overlap(mention, match.start(), match.end()) for mention in found):
            found.append(Mention(key=bare_keys[_one_space(match[0])], start=match.start(), end=match.end()))
    if not found:
        found = _misspelt(stripped)
    return sorted(found, key=lambda mention: mention.start)


def _one_space(text: str) -> str:
    return " ".join(text.split())


def _overlap(mention: Mention, start: int, end: int) -> bool:
    return mention.start < end and start < mention.end


# Words of questions that are a letter away from a name when run together ("mỗi năm tỉnh" is not Nam Định).
_NO_NAME = frozenset("tinh huyen xa phuong thanh pho sao san pham chu the".split())


def _misspelt(stripped: str) -> list[Mention]:
    """Names one insertion, deletion, substitution or swap away, where exactly one province is that near."""
    tokens = list(re.finditer(r"\w+", stripped))
    found: list[Mention] = []
    for size in (3, 2):
        for first, last in zip(tokens, tokens[size - 1 :], strict=False):
            window = stripped[first.start() : last.end()]
            compact = re.sub(r"\W+", "", window)
            if {*re.findall(r"\w+", window)} & _NO_NAME:
                continue
            if len(compact) < 6 or any(_overlap(mention, first.start(), last.end()) for mention in found):
                continue
            near = {
                key
                for key, province in PROVINCES.items()
                if len(name := key.replace("-", "")) >= 7
                and len(key.split("-")) == size
                and abs(len(name) - len(compact)) <= 1
                and _within_one_edit(compact, name)
            }
            if len(near) == 1:
                found.append(Mention(key=near.pop(), start=first.start(), end=last.end(), fuzzy=True))
    return found


def _within_one_edit(left: str, right: str) -> bool:
    """Whether the optimal string alignment distance is at most 1."""
    if left == right:
        return True
    prefix = 0
    while prefix < min(len(left), len(right)) and left[prefix] == right[prefix]:
        prefix += 1
    a, b = left[prefix:], right[prefix:]
    return a[1:] == b[1:] or a == b[1:] or a[1:] == b or (a[:2] == b[:2][::-1] and a[2:] == b[2:] and len(a) > 1)
