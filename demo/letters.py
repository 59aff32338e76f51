"""Vietnamese letters as pages of different ages write them: decomposed, as entities, in windows-1258, in TCVN3.

TCVN3 is the one-byte code of TCVN 5712:1993 ("ABC"), which pages showed with fonts named .VnTime and declared, if they
declared anything, as a Western charset. Its small letters with tones are all there; capitals with tones are not, pages
had them from fonts of capitals (.VnTimeH), so text written here in TCVN3 must do without.
"""

import html.entities
import unicodedata

_TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđ"
    "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
)  # fmt: skip
_TCVN3_BYTES = bytes.fromhex(
    "A1A2A3A4A5A6A7A8A9AAABACADAE"
    "B5B6B7B8B9BBBCBDBEC6C7C8C9CACBCCCECFD0D1D2D3D4D5D6D7D8DCDDDE"
    "DFE1E2E3E4E5E6E7E8E9EAEBECEDEEEFF1F2F3F4F5F6F7F8F9FAFBFCFDFE"
)
_TCVN3 = dict(zip(_TCVN3_LETTERS, _TCVN3_BYTES, strict=True))
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def entities(text: str) -> str:
    """Letters beyond ASCII as character references, by name where HTML has one, as old editors wrote them."""
    names = html.entities.codepoint2name
    return "".join(
        char if ord(char) < 128 else f"&{names[ord(char)]};" if ord(char) in names else f"&#{ord(char)};"
        for char in text
    )


def windows_1258(text: str) -> bytes:
    """Text in windows-1258, where most toned letters are a letter and a tone after it.

    Raises:
        UnicodeEncodeError: it holds a character that code page does not have.
    """
    return "".join(map(_for_1258, unicodedata.normalize("NFC", text))).encode("cp1258")


def _for_1258(char: str) -> str:
    try:
        char.encode("cp1258")
    except UnicodeEncodeError:
        marks = unicodedata.normalize("NFD", char)
        tone = "".join(mark for mark in marks if mark in _TONES)
        return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES)) + tone
    return char


def tcvn3(text: str) -> bytes:
    """Text in TCVN3; punctuation it lacks becomes a character reference.

    Raises:
        ValueError: it holds a Vietnamese capital with a tone, which TCVN3 has no code for.
    """
    result = bytearray()
    for char in unicodedata.normalize("NFC", text):
        if ord(char) < 128:
            result.append(ord(char))
        elif char in _TCVN3:
            result.append(_TCVN3[char])
        elif char.isalpha():
            raise ValueError(f"TCVN3 has no code for {char!r} in {text[:60]!r}; write it as a small letter")
        else:
            result += f"&#{ord(char)};".encode("ascii")
    return bytes(result)
