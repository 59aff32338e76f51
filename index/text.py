"""One Vietnamese normalisation for what is indexed and what is asked: case, tone placement, legal numbers, shorthand.

A text becomes a list of terms: its syllables, the pairs of neighbouring syllables, and what stands behind the
shorthand of the field. `terms(text)` is the accented field; `terms(strip_marks(text))` the field without marks, for
questions typed without them. Both sides of a search go through the same function, so a spelling folded here is
folded everywhere. Nothing of this is ever shown or quoted.

Tone placement: "hoà" and "hòa" are one syllable written by the new and the old rule; here the old one is kept
(QĐ 240/QĐ of the Ministry of Education, 1984, knows both; the choice does not matter, only that it is one).
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

# Every capital letter of Vietnamese print; a range such as À-Ỹ would hold small letters too.
CAPITALS = "AÀÁÂÃBCDEÈÉÊFGHIÌÍJKLMNOÒÓÔÕPQRSTUÙÚVWXYÝZĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SHAPED = frozenset("ăâêôơư")
_VOWELS = frozenset("aăâeêioôơuưy")
_D_STROKE = str.maketrans({"đ": "d", "Đ": "D"})

# A document number ("26/2026/QĐ-TTg", "5445/QĐ-UBND", "03/2017/NQ-HĐND"), a number with its year or a month
# ("26/2026", "6/2020"), a number as Viet Nam writes it ("1.234,5", "50%"), or a run of letters and digits.
_TOKEN = re.compile(
    r"(?P<legal>\d{1,5}(?:/\d{4})?/[^\W\d_]+(?:-[^\W\d_]+(?:&[^\W\d_]+)*)*\d{0,2}(?!\w))"
    r"|(?P<dated>\d{1,5}/\d{4}(?![\w/]))"
    r"|(?P<number>\d+(?:[.,]\d+)+%?|\d+%)"
    r"|(?P<amp>[^\W\d_]+(?:&[^\W\d_]+)+)"
    r"|(?P<word>\w+)"
)

# Shorthand of the field -> what it stands for. Only unambiguous ones: "CT" is "chương trình", "công ty" and "chỉ thị",
# "SP" "sản phẩm" and "sư phạm", so these two are expanded as the field uses them most and stay findable as written.
_SHORTHAND: dict[str, str] = {
    "htx": "hợp tác xã",
    "tht": "tổ hợp tác",
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "bnnptnt": "bộ nông nghiệp và phát triển nông thôn",
    "nn&ptnt": "nông nghiệp và phát triển nông thôn",
    "nnptnt": "nông nghiệp và phát triển nông thôn",
    "nn&mt": "nông nghiệp và môi trường",
    "nnmt": "nông nghiệp và môi trường",
    "bnnmt": "bộ nông nghiệp và môi trường",
    "ttg": "thủ tướng chính phủ",
    "ntm": "nông thôn mới",
    "attp": "an toàn thực phẩm",
    "vsattp": "vệ sinh an toàn thực phẩm",
    "shtt": "sở hữu trí tuệ",
    "tmđt": "thương mại điện tử",
    "sxkd": "sản xuất kinh doanh",
    "gcn": "giấy chứng nhận",
    "csht": "cơ sở hạ tầng",
    "kt-xh": "kinh tế xã hội",
    "sp": "sản phẩm",
    "ct": "chương trình",
    "cty": "công ty",
    "dn": "doanh nghiệp",
    "tp": "thành phố",
    "qđ": "quyết định",
    "nđ": "nghị định",
    "nq": "nghị quyết",
    "ko": "không",
    "đc": "được",
}
# Codes inside document numbers, where they mean one thing only.
_CODES: dict[str, str] = {
    "qđ": "quyết định",
    "nđ": "nghị định",
    "nq": "nghị quyết",
    "tt": "thông tư",
    "ct": "chỉ thị",
    "kh": "kế hoạch",
    "cv": "công văn",
    "hd": "hướng dẫn",
    "bc": "báo cáo",
    "tb": "thông báo",
}


def strip_marks(text: str) -> str:
    """Without tones and vowel marks, đ as d, case kept: "Đồng Tháp" -> "Dong Thap".

    An NFC text keeps its length, so offsets into the result are offsets into the text.
    """
    stripped: list[str] = []
    for char in unicodedata.normalize("NFC", text).translate(_D_STROKE):
        if char < "\x80":
            stripped.append(char)
            continue
        base = unicodedata.normalize("NFD", char)
        stripped.append(base[0] if len(base) > 1 and all(map(unicodedata.combining, base[1:])) else char)
    return "".join(stripped)


def has_marks(text: str) -> bool:
    """Whether any letter carries a mark that `strip_marks` takes away."""
    return strip_marks(text) != unicodedata.normalize("NFC", text)


@lru_cache(maxsize=65536)
def place_tone(syllable: str) -> str:
    """A lower-case NFC syllable with its tone where the old rule puts it: "hoà" -> "hòa", "thuỷ" -> "thủy".

    What is no Vietnamese syllable with exactly one tone and one run of vowels comes back unchanged.
    """
    letters: list[str] = []
    tone = ""
    for char in syllable:
        decomposed = unicodedata.normalize("NFD", char)
        tones = [mark for mark in decomposed if mark in _TONES]
        if tones and (tone or len(tones) > 1):
            return syllable
        if tones:
            tone = tones[0]
        letters.append(unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONES)))
    if not tone:
        return syllable
    vowels = [index for index, letter in enumerate(letters) if letter in _VOWELS]
    # "qu" and "gi" before another vowel are consonants: "quý", "giá".
    if len(vowels) > 1 and vowels[0] == 1 and (letters[0] + letters[1]) in ("qu", "gi"):
        vowels = vowels[1:]
    if not vowels or vowels[-1] - vowels[0] != len(vowels) - 1 or len(vowels) > 3:
        return syllable
    shaped = [index for index in vowels if letters[index] in _SHAPED]
    closed = vowels[-1] < len(letters) - 1
    if shaped:
        seat = shaped[-1]
    elif len(vowels) == 1:
        seat = vowels[0]
    elif len(vowels) == 2:
        seat = vowels[1] if closed else vowels[0]
    else:
        seat = vowels[1]
    letters[seat] += tone
    return unicodedata.normalize("NFC", "".join(letters))


def normalise(text: str) -> str:
    """NFC, lower case, typographic dashes as "-", white space folded; what the tokens below are cut from."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    return " ".join(re.sub("[\u2010-\u2015\u2212]", "-", folded).split())


def syllables(text: str) -> list[str]:
    """The syllables, numbers and document numbers of a text, in order, normalised.

    Document numbers and numbers with separators stay whole: "26/2026/qđ-ttg", "26/2026", "1.234,5", "50%". Shorthand
    stays as written. "_" separates.
    """
    return [
        place_tone(part)
        for match in _TOKEN.finditer(normalise(text))
        for part in ([match[0]] if match.lastgroup != "word" else match[0].split("_"))
        if part
    ]


def terms(text: str, *, stripped: bool = False) -> list[str]:
    """What a text is found by: its syllables with shorthand written out, their neighbouring pairs, and codes.

    stripped: every term without marks (the field for questions typed without them). Shorthand is recognised with and
    without marks. A document number gives itself whole, its number with year, its number, and its number after the
    word for its kind, so that "26/2026/QĐ-TTg" is found by "QĐ 26", "quyết định 26/2026" and "26/2026/QĐ-TTg".

    Order: syllables first, then pairs ("a b", one blank), then the rest; repetitions are kept, since BM25 counts them.
    """
    sequence: list[str] = []
    extras: list[str] = []
    for token in syllables(text):
        if token.replace("/", "").isdecimal() and "/" in token:
            sequence.extend(part.lstrip("0") or part for part in token.split("/"))
            extras.append(token.lstrip("0"))
        elif "/" in token:
            plain, codes = _document_number(token)
            sequence.append(plain)
            extras.extend(codes)
        elif (words := _WRITTEN_OUT.get(token)) is not None:
            extras.append(token)
            sequence.extend(words)
        elif token.isdecimal():
            sequence.append(token.lstrip("0") or token)
        else:
            sequence.append(token)
            if "." in token or "," in token:
                extras.append(token.rstrip("%").replace(".", "").replace(",", "."))
    pairs = [f"{left} {right}" for left, right in pairwise(sequence)]
    found = sequence + pairs + extras
    return [strip_marks(term) for term in found] if stripped else found


def _document_number(token: str) -> tuple[str, list[str]]:
    """A document number's own number, and the further terms it is found by."""
    number, *rest = token.split("/")
    number = number.lstrip("0") or number
    dated = f"{number}/{rest[0]}" if len(rest) > 1 else None
    code, *issuer = rest[-1].split("-")
    kind = _CODE_WORDS.get(code)
    found = [token, code, *issuer]
    if dated is not None:
        found += [dated, rest[0]]
    if kind is not None:
        found += [*kind, f"{kind[-1]} {number}"]
        if dated is not None:
            found.append(f"{kind[-1]} {dated}")
    return number, found


def _written_out(shorthand: dict[str, str]) -> dict[str, Sequence[str]]:
    """Shorthand, with marks and without, -> the syllables it stands for."""
    table: dict[str, Sequence[str]] = {}
    for short, words in shorthand.items():
        spoken = tuple(place_tone(word) for word in words.split())
        table[short] = spoken
        table.setdefault(strip_marks(short), spoken)
    return table


_WRITTEN_OUT = _written_out(_SHORTHAND)
_CODE_WORDS = _written_out(_CODES)
