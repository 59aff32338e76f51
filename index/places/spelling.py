"""How a name is spelt, of whatever place: tone placement, marks left out, what a syllable is."""

import re
import unicodedata
from functools import lru_cache

from index.text import place_tone, strip_marks


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


def one_space(text: str) -> str:
    """Words a blank apart, hyphens within a name as blanks: "Đắk-Lắk" -> "Đắk Lắk"."""
    return " ".join(re.sub(r"(?<=\w)-(?=\w)", " ", text).split())


def lacks_only_marks(typed: str, spelling: str) -> bool:
    """Whether a spelling becomes what was typed by leaving marks out ("đăk lak" for "đắk lắk"), never by others."""
    return len(typed) == len(spelling) and all(
        _marks(one) <= _marks(other) for one, other in zip(typed, spelling, strict=True)
    )


@lru_cache(maxsize=512)
def _marks(char: str) -> frozenset[str]:
    return frozenset("-" if char == "đ" else unicodedata.normalize("NFD", char)[1:])


# What may stand before a name that lacks its marks in a question typed with marks ("ở hai phong" is not Hải Phòng,
# "tỉnh nam dinh" is Nam Định).
RANK_BEFORE = re.compile(r"(?<!\w)(?:tỉnh|thành phố|tp\.?|tinh|thanh pho)\s+$", re.IGNORECASE)
_ACCENTED_SHARE = 0.4  # of the other words; running Vietnamese has about three quarters


def accented_around(folded: str, start: int, end: int) -> bool:
    """Whether the writer types marks and nothing says that this, in lower case, is a name."""
    if folded[start].isupper() or start == 0 or RANK_BEFORE.search(folded, 0, start):
        return False
    others = re.findall(r"[^\W\d_]+", folded[max(0, start - 200) : start] + " " + folded[end : end + 200])
    marked = sum(strip_marks(word) != word for word in others)
    return len(others) >= 3 and marked >= _ACCENTED_SHARE * len(others)


SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
    r"(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|ieu|iu|oa|oai|oao|oay|oe|oeo|oi|oo|ua|uay|ue|ui|uo|uoi|uou|uu|uy|uya|uye|uyu|"
    r"ye|yeu)(?:ch|ng|nh|[cmnpt])?"
)
