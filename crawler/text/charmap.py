"""The three old ways to write Vietnamese in single bytes, read letter by letter, with where each letter came from.

The text must have been decoded as windows-1252 or Latin-1, so that each old byte is one character.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from unicodedata import normalize

Encoding = Literal["tcvn3", "vni", "cp1258"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """A text made from another: for each character of `text`, `origins` has the offset of what it was written with."""

    text: str
    origins: list[int]


def unchanged(text: str) -> Mapped:
    """The text as made from itself."""
    return Mapped(text=text, origins=list(range(len(text))))


def after(first: Mapped, second: Mapped) -> Mapped:
    """`second`, which was made from `first.text`, as made from what `first` was made from."""
    return Mapped(text=second.text, origins=[first.origins[origin] for origin in second.origins])


def substituted(text: str, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], Mapped]) -> Mapped:
    """Each match replaced by what is made from it; the rest as it was."""
    parts: list[str] = []
    origins: list[int] = []
    position = 0
    for match in pattern.finditer(text):
        new = replace(match)
        parts += (text[position : match.start()], new.text)
        origins += range(position, match.start())
        origins += (match.start() + origin for origin in new.origins)
        position = match.end()
    parts.append(text[position:])
    origins += range(position, len(text))
    return Mapped(text="".join(parts), origins=origins)


def whole(new: str) -> Mapped:
    """A text each of whose characters was made from the first one on of the old."""
    return Mapped(text=new, origins=[0] * len(new))


def from_old(text: str, encoding: Encoding) -> Mapped:
    """All of `text` read in `encoding`."""
    if encoding == "tcvn3":
        return _from_tcvn3(text)
    return substituted(text, _VNI, _vni_letter) if encoding == "vni" else substituted(text, _CP1258, _cp1258_letter)


# --- TCVN 5712:1993, VN3 (the ABC fonts) ------------------------------------------------------------------------------

# The letters at A1 to FE; a dot where VN3 has none.
_VN3 = "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"
_TCVN3 = {code: letter for code, letter in enumerate(_VN3, 0xA1) if letter != "."}
# PDF readers give the font's micro sign and middle dot in other code points.
_TCVN3 |= {0x3BC: _TCVN3[0xB5], 0x2219: _TCVN3[0xB7]}
_TCVN3_WORD = re.compile(r"[A-Za-z\u00a1-\u00fe\u03bc\u2219]+")


def _from_tcvn3(text: str) -> Mapped:
    """Letter for letter, in capitals where the word shows or its neighbour does that the font was a capital one.

    The capital fonts (".VnTimeH") show capitals under the codes of the small letters.
    """
    new = text.translate(_TCVN3)
    words = list(_TCVN3_WORD.finditer(text))
    capital = [_in_capital_font(word[0], new[word.start() : word.end()]) for word in words]
    if any(capital):
        letters = list(new)
        for index, word in enumerate(words):
            if any(capital[max(index - 1, 0) : index + 2]) and not re.search("[a-z]", word[0]):
                letters[word.start() : word.end()] = new[word.start() : word.end()].upper()
        new = "".join(letters)
    return Mapped(text=new, origins=list(range(len(text))))


def _in_capital_font(old: str, new: str) -> bool:
    """Whether a capital stands inside the word and no small letter but such as TCVN3 has no capital of."""
    small = any(before != after and after.islower() for before, after in zip(old, new, strict=True))
    return small and re.search("[a-z]", old) is None and re.search(".[A-Z]", old) is not None


# --- VNI for Windows: a vowel and its marks in a second character -----------------------------------------------------

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = _TONES = "\u0301\u0300\u0309\u0303\u0323"
_VNI_MARKS = dict(zip("ùøûõï", _TONES, strict=True))
_VNI_MARKS |= {char: "\u0302" + tone for char, tone in zip("âáàåãä", ["", *_TONES], strict=True)}
_VNI_MARKS |= {char: "\u0306" + tone for char, tone in zip("êéèúüë", ["", *_TONES], strict=True)}
_VNI_LETTERS = dict(zip("ñôöíìæóòî", "đơưíìỉĩịỵ", strict=True))
_VNI = re.compile(f"(?P<vowel>[aeouyôö])(?P<mark>[{''.join(_VNI_MARKS)}])|[{''.join(_VNI_LETTERS)}]", re.IGNORECASE)


def _vni_letter(match: re.Match[str]) -> Mapped:
    old = match["vowel"] or match[0]
    new = _VNI_LETTERS.get(old.lower(), old.lower())
    if match["vowel"]:
        new = normalize("NFC", new + _VNI_MARKS[match["mark"].lower()])
    if len(new) > 1:  # no such letter in Vietnamese: the two characters stand for themselves
        return unchanged(match[0])
    return whole(new.upper() if old.isupper() else new)


# --- windows-1258: a vowel and its tone in a second character ---------------------------------------------------------

_CP1258_MARKS = {"Ì": _GRAVE, "Ò": _HOOK, "Þ": _TILDE, "ì": _ACUTE, "ò": _DOT}
_CP1258_LETTERS = dict(zip("ÃÐÕÝãðõýþ", "ĂĐƠƯăđơư₫", strict=True))
_CP1258 = re.compile(f"(?P<vowel>[AEIOUYaeiouyÂÊÔâêôÃÕÝãõý])(?P<mark>[ÌÒÞìò])|[{''.join(_CP1258_LETTERS)}]")


def _cp1258_letter(match: re.Match[str]) -> Mapped:
    old = match["vowel"] or match[0]
    new = _CP1258_LETTERS.get(old, old) + (_CP1258_MARKS[match["mark"]] if match["vowel"] else "")
    return whole(normalize("NFC", new))
