"""Bytes -> text: which charset, and which byte each character came from.

Order of trust: byte order mark, HTTP header, `<meta>`, then UTF-8 if it decodes, else windows-1258. A declared
charset that cannot decode the bytes strictly is not believed when UTF-8 can. (WHATWG HTML, "determining the
character encoding", where the last guess is by locale: windows-1258 for Vietnamese.)
"""

import codecs
import re
from itertools import accumulate

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<(?:meta[^>]+?charset\s*=\s*[\"']?|\?xml[^>]+?encoding\s*=\s*[\"'])([\w.:-]+)", re.IGNORECASE)
_META_REACH_BYTES = 4096
_LATIN_LIKE = frozenset({"ascii", "iso8859-1", "cp1252"})


def charset_of(body: bytes, content_type: str = "") -> tuple[str, int]:
    """The Python codec to decode `body` with, and how many bytes of byte order mark precede the text."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return name, len(mark)
    declared = [match[1] for match in [_HEADER.search(content_type)] if match]
    declared += [match[1].decode("ascii") for match in [_META.search(body[:_META_REACH_BYTES])] if match]
    for name in declared:
        codec = _codec(name)
        # A Latin charset is what servers declare by default; UTF-8 hardly ever decodes by accident, so it wins.
        if codec is not None and codec not in _LATIN_LIKE and _decodes(body, codec):
            return codec, 0
    if _decodes(body, "utf-8"):
        return "utf-8", 0
    for name in declared:
        codec = _codec(name)
        if codec is not None and codec not in _LATIN_LIKE:
            return codec, 0
    return ("cp1258" if _decodes(body, "cp1258") else "utf-8"), 0


def decode(body: bytes, content_type: str = "") -> str:
    """`body` as text; bytes that the charset does not know become U+FFFD."""
    codec, skip = charset_of(body, content_type)
    return body[skip:].decode(codec, errors="replace")


def decode_with_offsets(body: bytes, content_type: str = "") -> tuple[str, list[int]]:
    """`decode(...)` and, for each character and one past the last, the offset in `body` of its first byte."""
    codec, skip = charset_of(body, content_type)
    text = body[skip:].decode(codec, errors="replace")
    if codec == "utf-8" and "\ufffd" not in text:
        return text, list(accumulate((len(char.encode("utf-8")) for char in text), initial=skip))
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
    return text, [*offsets, len(body)]


def _codec(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _decodes(body: bytes, codec: str) -> bool:
    try:
        body.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
