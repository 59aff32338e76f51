"""Bytes -> text: which charset, and which byte each character came from.

Order of trust: byte order mark; a charset that HTTP header or `<meta>` declares, if it decodes the bytes; UTF-8. The
single-byte charsets of the West are declared by default, wherever the text is from, so they count as undeclared:
UTF-8 wins if (nearly) all decodes, then what the words tell (see `legacy`), then the declaration, then windows-1258.
(WHATWG HTML, "determining the character encoding", where the last guess is by locale: windows-1258 for Vietnamese.)
"""

import codecs
import re
from itertools import accumulate

import ftfy.bad_codecs

from crawler.text.legacy import encoding_of, repair

ftfy.bad_codecs.ok()
# windows-1252 with the five bytes that it leaves open as the controls of Latin-1 (WHATWG Encoding, "windows-1252").
_WESTERN = "sloppy-windows-1252"
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<(?:meta[^>]+?charset\s*=\s*[\"']?|\?xml[^>]+?encoding\s*=\s*[\"'])([\w.:-]+)", re.IGNORECASE)
_META_REACH_BYTES = 4096
# Python knows codecs that are no charset of the Web, slow or able to raise anything ("idna", "unicode_escape").
_CHARSET = re.compile(
    r"utf-8|utf-16-[lb]e|cp(?:125\d|866|874|9(?:32|36|49|50))|iso8859-\d+|koi8-[ru]|mac-\w+|"
    r"ascii|tis-620|gb\w+|big5\w*|shift_jis\w*|euc_\w+"
)
_BY_DEFAULT = {"ascii": _WESTERN, "iso8859-1": _WESTERN, "iso8859-15": _WESTERN, "cp1252": _WESTERN, "cp1258": "cp1258"}
_MOST_BROKEN = 0.05


def charset_of(body: bytes, content_type: str = "") -> tuple[str, int]:
    """The Python codec to decode `body` with, and how many bytes of byte order mark precede the text."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return name, len(mark)
    found = [match[1] for match in [_HEADER.search(content_type)] if match]
    found += [match[1].decode("ascii") for match in [_META.search(body[:_META_REACH_BYTES])] if match]
    declared = [codec for name in found if (codec := _codec(name)) is not None]
    for codec in declared:
        if codec not in _BY_DEFAULT and _decodes(body, codec):
            return codec, 0
    if _is_utf8(body):
        return "utf-8", 0
    for codec in declared:
        if codec not in _BY_DEFAULT and codec != "utf-8":
            return codec, 0
    old = encoding_of(body.decode(_WESTERN))
    if old is not None:
        return "cp1258" if old == "cp1258" else _WESTERN, 0
    for codec in declared:
        if codec in _BY_DEFAULT:
            return _BY_DEFAULT[codec], 0
    return ("utf-8" if "utf-8" in declared else "cp1258" if _decodes(body, "cp1258") else _WESTERN), 0


def decode(body: bytes, content_type: str = "") -> str:
    """`body` as text, old encodings and mojibake mended; bytes that the charset does not know become U+FFFD."""
    codec, skip = charset_of(body, content_type)
    text = body[skip:].decode(codec, errors="replace")
    mended = repair(text)
    return text if mended is None else mended.text


def decode_with_offsets(body: bytes, content_type: str = "") -> tuple[str, list[int]]:
    """`decode(...)` and, for each character and one past the last, the offset in `body` of its first byte."""
    codec, skip = charset_of(body, content_type)
    text = body[skip:].decode(codec, errors="replace")
    offsets = _offsets(body, codec, skip, text)
    mended = repair(text)
    if mended is None:
        return text, offsets
    return mended.text, [*(offsets[origin] for origin in mended.origins), len(body)]


def _offsets(body: bytes, codec: str, skip: int, text: str) -> list[int]:
    if codec == "utf-8" and "\ufffd" not in text:
        return list(accumulate((len(char.encode("utf-8")) for char in text), initial=skip))
    decoder = codecs.getincrementaldecoder(codec)(errors="replace")
    offsets: list[int] = []
    start = skip
    for position in range(skip, len(body)):
        produced = decoder.decode(body[position : position + 1], position + 1 == len(body))
        offsets.extend([start] * len(produced))
        if produced:
            start = position + 1
    if len(offsets) != len(text):  # an incremental decoder may split a broken sequence otherwise
        raise ValueError(f"{codec}: {len(text)} characters decoded at once, {len(offsets)} byte by byte")
    return [*offsets, len(body)]


def _codec(name: str) -> str | None:
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    if codec == "utf-16":  # without a mark it is little endian (WHATWG Encoding, 4.2)
        return "utf-16-le"
    return codec if _CHARSET.fullmatch(codec) else None


def _decodes(body: bytes, codec: str) -> bool:
    try:
        body.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8(body: bytes) -> bool:
    """Whether the bytes are UTF-8, but for a few broken or cut sequences."""
    if _decodes(body, "utf-8"):
        return True
    text = body.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return broken <= _MOST_BROKEN * (sum(map(len, re.findall(r"[^\x00-\x7f]+", text))) - broken)
