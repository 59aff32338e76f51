"""The 63 provinces before 1 July 2025, the 34 of today, which became which, and how people write them.

Facts of Nghị quyết 202/2025/QH15 (12 June 2025, in force with the two-level government of 1 July 2025). The table was
compared with the MIT-licensed package vietnamadminunits 1.0.4. A province is named by its key, the slug of the name
it had before the merger ("nam-dinh"); the name of every province of today is also the name of one of its parts.
"""

import re
import unicodedata
from collections.abc import Iterable
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
_TYPED_VARIANTS: dict[str, tuple[str, ...]] = {"Hà Nội": ("HN",), "Hải Phòng": ("HP",)}


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
    """Every word with its tone where `place_tone` puts it, case and length kept: "Hoà Bình" -> "Hòa Bình".

    The Icelandic letter that old fonts print for "Đ" becomes one, and "İ", whose lower case is two characters, "I".
    """
    return re.sub(r"[^\W\d_]+", _fold_word, unicodedata.normalize("NFC", text).translate(_LOOK_ALIKES))


_LOOK_ALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "İ": "I"})


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
            keys.setdefault(_one_space(fold_tone(form)), key)
        lower.setdefault(_one_space(fold_tone(name)).lower(), key)
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
        form = _one_space(fold_tone(name)).lower()
        accented.setdefault(form, key)
        for spelling in (form, re.sub(r"[^\w]", "", form)):
            bare.setdefault(strip_marks(spelling), key)
            spellings.setdefault(strip_marks(spelling), set()).add(spelling)
    return _pattern(accented), accented, _pattern(bare), bare, spellings


def find_places(text: str, *, typed: bool = False) -> list[Mention]:
    """The provinces named in a text (NFC), in order, without overlaps.

    `typed` is for questions: any case, with or without accents, run together, and one typing error in a name of seven
    letters or more. Otherwise only the forms that are printed: "hòa bình" in lower case is peace, not a province.
    What only contains a name is left out: communes and districts called like a province elsewhere ("huyện Quảng
    Ninh"), rivers, people ("Nguyễn Thái Bình", "Chủ tịch Hồ Chí Minh"), "Thái Bình Dương", "danh gia lai".
    """
    folded = fold_tone(text)  # same length as text: letters are replaced one by one
    lower = folded.lower()
    found: list[Mention] = []
    if not typed:
        pattern, keys, after_rank, lower_keys = _written()
        for match in pattern.finditer(folded):
            if not _other_thing(folded, match.start(), match.end()):
                found.append(Mention(key=keys[_one_space(match[0])], start=match.start(), end=match.end()))
        for match in after_rank.finditer(lower):
            start, end = match.span("name")
            if not any(_overlap(mention, start, end) for mention in found) and not _other_thing(folded, start, end):
                found.append(Mention(key=lower_keys[_one_space(match["name"])], start=start, end=end))
        return sorted(found, key=lambda mention: mention.start)
    accented, accented_keys, bare, bare_keys, spellings = _typed()
    claimed = bytearray(len(folded))  # also what turned out to be something else
    for match in accented.finditer(lower):
        claimed[match.start() : match.end()] = b"1" * len(match[0])
        if not _other_thing(folded, match.start(), match.end()):
            found.append(Mention(key=accented_keys[_one_space(match[0])], start=match.start(), end=match.end()))
    stripped = strip_marks(lower)
    for match in bare.finditer(stripped):
        start, end = match.span()
        if any(claimed[start:end]):
            continue
        claimed[start:end] = b"1" * (end - start)
        name = _one_space(match[0])
        original = _one_space(lower[start:end])
        # Words typed with marks of their own mean what they say: "hoa bình" may be a province, "hòa bính" is not.
        if (
            any(_lacks_only_marks(original, spelling) for spelling in spellings[name])
            and (original in spellings[name] or not _accented_around(folded, start, end))
            and not _other_thing(folded, start, end)
        ):
            found.append(Mention(key=bare_keys[name], start=start, end=end))
    if not found:
        found = _wrongly_marked(folded, stripped, bare, bare_keys)
    if not found:
        found = [mention for mention in _misspelt(stripped) if not any(claimed[mention.start : mention.end])]
    return sorted(found, key=lambda mention: mention.start)


def _wrongly_marked(folded: str, stripped: str, bare: re.Pattern[str], bare_keys: dict[str, str]) -> list[Mention]:
    """Names whose letters are right and marks are not, every syllable with a capital: "Quãng Ngãi", "Đà Nẳng"."""
    return [
        Mention(key=bare_keys[_one_space(match[0])], start=match.start(), end=match.end(), fuzzy=True)
        for match in bare.finditer(stripped)
        if all(word[0].isupper() for word in re.findall(r"[^\W\d_]+", folded[match.start() : match.end()]))
        and " " in match[0]
        and not _other_thing(folded, match.start(), match.end())
    ]


def _one_space(text: str) -> str:
    return " ".join(re.sub(r"(?<=\w)-(?=\w)", " ", text).split())


def _overlap(mention: Mention, start: int, end: int) -> bool:
    return mention.start < end and start < mention.end


def _lacks_only_marks(typed: str, spelling: str) -> bool:
    """Whether a spelling becomes what was typed by leaving marks out ("đăk lak" for "đắk lắk"), never by others."""
    return len(typed) == len(spelling) and all(
        _marks(one) <= _marks(other) for one, other in zip(typed, spelling, strict=True)
    )


@lru_cache(maxsize=512)
def _marks(char: str) -> frozenset[str]:
    return frozenset("-" if char == "đ" else unicodedata.normalize("NFD", char)[1:])


# What may stand before a name that lacks its marks in a question typed with marks ("ở hai phong" is not Hải Phòng,
# "tỉnh nam dinh" is Nam Định).
_RANK_BEFORE = re.compile(r"(?<!\w)(?:tỉnh|thành phố|tp\.?|tinh|thanh pho)\s+$", re.IGNORECASE)
_ACCENTED_SHARE = 0.4  # of the other words; running Vietnamese has about three quarters


def _accented_around(folded: str, start: int, end: int) -> bool:
    """Whether the writer types marks and nothing says that this, in lower case, is a name."""
    if folded[start].isupper() or start == 0 or _RANK_BEFORE.search(folded, 0, start):
        return False
    others = re.findall(r"[^\W\d_]+", folded[max(0, start - 200) : start] + " " + folded[end : end + 200])
    marked = sum(strip_marks(word) != word for word in others)
    return len(others) >= 3 and marked >= _ACCENTED_SHARE * len(others)


# ---- What only contains a name ------------------------------------------------------------------------------------

# A commune, ward or district named like a province, mostly elsewhere (huyện Quảng Ninh is in Quảng Bình), and rivers.
_LESSER = re.compile(
    r"(?<!\w)(?<!tác )(?<!các )(?<!số )(?<!mấy )(?<!nhiêu )(?<!nhiều )(?<!mỗi )(?<!cấp )(?<!\d )(?<!thị )"
    r"(?:xã|phường|thị trấn|quận|huyện|sông|thôn)\s+$",
    re.IGNORECASE,
)
# Surnames that are also products ("Lê Cao Bằng", "Ngô Sơn La", "Đỗ") are left out.
_PERSON = re.compile(
    r"(?<!\w)(?:Nguyễn|Trần|Phạm|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Thị|[Ôô]ng|[Bb]à|[Cc]hị|nguyễn|trần|nguyen)\s+$"
)
# slug -> (words before, words after) that make it something else, in marks; read also without them.
_NEIGHBOURS: dict[str, tuple[str, str]] = {
    "ho-chi-minh": (
        "chủ tịch|bác|tư tưởng|phong cách|đạo đức|niên|cộng sản|tncs|quốc gia|lăng|bảo tàng|huân chương|giải thưởng|"
        "chiến dịch|đường|đường mòn|tiền phong|thời đại",
        "vĩ đại|kính yêu",
    ),
    "ha-nam": ("", "ninh"),
    "ha-tinh": ("", "năng"),
    "tuyen-quang": ("", "cáo|bá"),
    "thai-binh": ("thiên hạ|đời sống", "dương"),
    "hoa-binh": ("thế giới|vì|nền|yêu chuộng|yêu|giữ gìn|bảo vệ|khát vọng|bồ câu", "thế giới|hữu nghị"),
    "dong-thap": ("", "mười|hơn"),
    "hai-duong": ("sinh vật|tài nguyên|đại", "học|dây|link|liên kết|dẫn"),
    "dien-bien": (
        "tự|theo dõi|mọi",
        "phủ|giá|dịch|thời tiết|phức tạp|thế nào|ra sao|mới|thị trường|tình hình|như thế nào|của",
    ),
    "nam-dinh": (
        "việt|miền|mỗi|mọi|hằng|hàng|từng|mấy|nhiêu|nhiều",
        "hướng|kỳ|kì|cư|lượng|giá|nghĩa|mức|vị|dưỡng",
    ),
    "cao-bang": (
        "nâng|không|trình độ|chất lượng|mức",
        "cách|nhau|với|mức|cấp|bao nhiêu|ai|tiêu chí|hoặc|việc|năm ngoái|năm trước",
    ),
    "long-an": ("thăng|hạ|cửu|hài", "toàn|ninh|uống|tâm"),
    "gia-lai": ("đánh|quốc|chuyên|tham|hoàng anh|tăng", "tạo|giống"),
    "lang-son": ("", "mài|ta|then"),
    "ca-mau": ("nộp|gửi|kèm|thêm|đổi|thay", "mã|bao bì|giấy|đơn|phiếu|số|nhãn|in"),
    "hai-phong": ("", "cách|trào|tục|vị|ban|họp|khám|ngủ|nghỉ|học|thi|làm|trưng bày|thí nghiệm"),
    "lam-dong": ("", "gói|hộp|nắp|phục|bộ|lực|tác"),
    "da-nang": ("máy|nồi|dụng cụ|thiết bị|xe", "cao|hạng|cấp|lên|tầm|mức|suất|chất"),
    "son-la": ("", "gì|một|loại|món|nghề"),
    "ninh-binh": ("an", "thường"),
    "ninh-thuan": ("an", "lợi"),
    "tra-vinh": ("kiểm|điều|thanh", "danh"),
    "vinh-long": ("quang|hạ", "trọng"),
    "vinh-phuc": ("quang", ""),
    "nghe-an": ("làng", "uống|toàn"),
    "ben-tre": ("", "em|hơn"),
    "can-tho": ("", "làm|may|mộc|dệt|rèn|thủ công"),
    "dac-nong": ("", "sản|nghiệp"),
    "thai-nguyen": ("", "liệu|tắc|chất"),
    "hue": ("hoa|trí|cây|củ|bông|ân|ưu", ""),
    "thanh-hoa": ("trở|hình", "đơn|quả|chất"),
    "an-giang": ("dự|đề|giáo", "dạy|bài|viên"),
    "ha-giang": ("", "dạy|bài|viên"),
    "tien-giang": ("", "dạy|bài|viên"),
    "bac-giang": ("", "dạy|bài|viên"),
    "kien-giang": ("", "dạy|bài|viên"),
    "hau-giang": ("", "dạy|bài|viên"),
}


@lru_cache(maxsize=256)
def _neighbours(name: str, bare: bool) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    before, after = _NEIGHBOURS.get(name, ("", ""))
    if bare:
        before, after = strip_marks(before), strip_marks(after)
    return (
        re.compile(rf"(?<!\w)(?:{before})\s+$", re.IGNORECASE) if before else None,
        re.compile(rf"\s+(?:{after})(?!\w)", re.IGNORECASE) if after else None,
    )


def _other_thing(folded: str, start: int, end: int) -> bool:
    """Whether the words around `folded[start:end]` make it a lesser place, a person or an ordinary phrase."""
    near = folded[max(0, start - 40) : start]
    if _LESSER.search(near) or _PERSON.search(near):
        return True
    name = folded[start:end]
    written = slug(name)
    if written == "dien-bien" and re.search(r"(?:thành phố|tp\.?|thanh pho)\s+$", near, re.IGNORECASE):
        return False  # the city Điện Biên Phủ is in Điện Biên
    if written == "hue" and re.search(r"(?<!thành )(?<!thanh )ph[ốo]\s+$", near, re.IGNORECASE):
        return True  # a street of Hà Nội
    capitals = all(word[0].isupper() for word in name.split())
    for bare in (False, True):
        before, after = _neighbours(written, bare)
        tail = folded[end : end + 20]
        if bare:
            near, tail = strip_marks(near), strip_marks(tail)
            if strip_marks(name) != name:
                continue  # a name in its marks has neighbours in theirs
        following = after.match(tail) if after else None
        if following is not None and (not capitals or following[0].strip()[0].isupper()):
            return True
        if before is not None and before.search(near) and (not capitals or written in _EVEN_IN_CAPITALS):
            return True
    return False


# Names that the words before them change also where they are printed in capitals ("Việt Nam Định hướng").
_EVEN_IN_CAPITALS = frozenset({"ho-chi-minh", "nam-dinh", "gia-lai", "long-an"})


# ---- Typing errors ------------------------------------------------------------------------------------------------

# Words of questions that are a letter away from a name when run together ("mỗi năm tỉnh" is not Nam Định).
_NO_NAME = frozenset("tinh huyen xa phuong thanh pho sao san pham chu the".split())
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
    r"(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|ieu|iu|oa|oai|oao|oay|oe|oeo|oi|oo|ua|uay|ue|ui|uo|uoi|uou|uu|uy|uya|uye|uyu|"
    r"ye|yeu)(?:ch|ng|nh|[cmnpt])?"
)


def _misspelt(stripped: str) -> list[Mention]:
    """Names one insertion, deletion, substitution or swap away, where exactly one province is that near.

    Two real syllables are taken as meant ("làm đúng" is not Lâm Đồng) unless a word such as "tỉnh" stands before them.
    """
    tokens = list(re.finditer(r"\w+", stripped))
    found: list[Mention] = []
    for size in (3, 2):
        for first, last in zip(tokens, tokens[size - 1 :], strict=False):
            window = stripped[first.start() : last.end()]
            words = re.findall(r"\w+", window)
            compact = "".join(words)
            if len(compact) < 6 or {*words} & _NO_NAME or not all(word.isalpha() for word in words):
                continue
            if any(_overlap(mention, first.start(), last.end()) for mention in found):
                continue
            if all(map(_SYLLABLE.fullmatch, words)) and not _RANK_BEFORE.search(stripped, 0, first.start()):
                continue
            near = {
                key
                for key in PROVINCES
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
