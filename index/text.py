"""One Vietnamese spelling for what is indexed and what is asked: Unicode forms, case, tone placement, i and y.

Both sides of a search go through the same functions, so a spelling folded here is folded everywhere. Nothing of this
is ever shown or quoted. What a text is found by is made of it in `index.terms`.

Tone placement: "hoà" and "hòa" are one syllable written by the new and the old rule; here the old one is kept
(QĐ 240/QĐ of the Ministry of Education, 1984, knows both; the choice does not matter, only that it is one). So are
"kĩ" and "kỹ", and there "y" is kept.
"""

import re
import unicodedata
from functools import lru_cache

# Every capital letter of Vietnamese print; a range such as À-Ỹ would hold small letters too.
CAPITALS = "AÀÁÂÃBCDEÈÉÊFGHIÌÍJKLMNOÒÓÔÕPQRSTUÙÚVWXYÝZĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SHAPED = frozenset("ăâêôơư")
_VOWELS = frozenset("aăâeêioôơuưy")
_D_STROKE = str.maketrans({"đ": "d", "Đ": "D"})
# The open syllables in which "i" and "y" are one sound and both are printed: "kĩ/kỹ", "lí/lý", "mĩ/mỹ", "tỉ/tỷ".
_I_OR_Y = re.compile("(?P<onset>[hklmst])(?P<vowel>[iíìỉĩị])")
_I_TO_Y = str.maketrans("iíìỉĩị", "yýỳỷỹỵ")
# What looks like a letter of Vietnamese print and is another: full-width forms, the Icelandic and African letters that
# old fonts print for "Đ", dashes; and what cannot be seen at all: soft hyphens, joiners, marks of direction and order.
_LOOK_ALIKES = str.maketrans(
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | {0x3000: " "}
    | dict.fromkeys([0xD0, 0x189], "Đ")
    | dict.fromkeys([0xF0, 0x256], "đ")
    | dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")
    | dict.fromkeys([0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF], None)
)
# Cyrillic, then Greek letters drawn like Latin ones, folded only inside a word that has Latin letters too.
_OTHER_SCRIPTS = str.maketrans("авеіјкмнорстухАВЕІЈКМНОРСТУХ", "abeijkmhopctyxABEIJKMHOPCTYX") | str.maketrans(
    "ονΑΒΕΗΙΚΜΝΟΡΤΥΧ", "ovABEHIKMNOPTYX"
)
_OTHER_SCRIPT = re.compile("[\u0370-\u04ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")

# A document number ("26/2026/QĐ-TTg", "5445/QĐ-UBND", "03/2017/NQ-HĐND"), a number with its year or a month
# ("26/2026", "6/2020"), a number as Viet Nam writes it ("1.234,5", "50%"), or a run of letters and digits.
_TOKEN = re.compile(
    r"(?P<legal>\d{1,5}(?:/\d{4})?/[^\W\d_]+(?:-[^\W\d_]+(?:&[^\W\d_]+)*)*\d{0,2}(?!\w))"
    r"|(?P<dated>\d{1,5}/\d{4}(?![\w/]))"
    r"|(?P<number>\d+(?:[.,]\d+)+%?|\d+%)"
    r"|(?P<amp>[^\W\d_]+(?:&[^\W\d_]+)+)"
    r"|(?P<word>\w+)"
)


class _Bare(dict[int, int]):
    """A letter -> it without its marks, each worked out when it is first asked for."""

    def __missing__(self, letter: int) -> int:
        char = chr(letter).translate(_D_STROKE)
        base = unicodedata.normalize("NFD", char)
        self[letter] = ord(base[0] if len(base) > 1 and all(map(unicodedata.combining, base[1:])) else char)
        return self[letter]


_BARE = _Bare()


def strip_marks(text: str) -> str:
    """Without tones and vowel marks, đ as d, case kept: "Đồng Tháp" -> "Dong Thap".

    An NFC text keeps its length, so offsets into the result are offsets into the text.
    """
    if text.isascii():
        return text
    return _bare(text) if len(text) < _SHORT else unicodedata.normalize("NFC", text).translate(_BARE)


_SHORT = 32  # characters of what is asked for again and again: words and names


@lru_cache(maxsize=65536)
def _bare(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_BARE)


def has_marks(text: str) -> bool:
    """Whether any letter carries a mark that `strip_marks` takes away."""
    composed = "" if text.isascii() else unicodedata.normalize("NFC", text)
    return any(_BARE[letter] != letter for letter in map(ord, composed))


# Capitals: fewer may be an abbreviation ("OCOP"); a text is in capitals where no more than this share is not.
_FEWEST_CASED, _MOST_LOWER = 10, 0.1


def without_capitals(text: str) -> str:
    """A text typed in capitals throughout in lower case, any other as it is.

    A model tells the case of letters apart, and names in such a text look like none.
    """
    upper, lower = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return text.lower() if upper >= _FEWEST_CASED and lower <= _MOST_LOWER * (upper + lower) else text


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


@lru_cache(maxsize=65536)
def one_spelling(syllable: str) -> str:
    """A lower-case NFC syllable in the one spelling kept here: tone by the old rule, "kĩ" as "kỹ", "ti" as "ty"."""
    placed = place_tone(syllable)
    match = _I_OR_Y.fullmatch(placed)
    return placed if match is None else match["onset"] + match["vowel"].translate(_I_TO_Y)


def normalise(text: str) -> str:
    """NFC, look-alikes folded, lower case, typographic dashes as "-", white space folded: what tokens are cut from."""
    folded = unicodedata.normalize("NFC", text).translate(_LOOK_ALIKES)
    if _OTHER_SCRIPT.search(folded):
        folded = re.sub(r"\w+", _fold_scripts, folded)
    return " ".join(unicodedata.normalize("NFC", folded.lower()).split())


def syllables(text: str) -> list[str]:
    """The syllables, numbers and document numbers of a text, in order, normalised.

    Document numbers and numbers with separators stay whole: "26/2026/qđ-ttg", "26/2026", "1.234,5", "50%". Shorthand
    stays as written. "_" separates.
    """
    return [
        one_spelling(part)
        for match in _TOKEN.finditer(normalise(text))
        for part in ([match[0]] if match.lastgroup != "word" else match[0].split("_"))
        if part
    ]


def _fold_scripts(word: re.Match[str]) -> str:
    """A word of Latin letters without the letters of other scripts that look like them."""
    return word[0].translate(_OTHER_SCRIPTS) if _LATIN.search(word[0]) else word[0]
