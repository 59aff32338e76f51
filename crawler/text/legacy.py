"""Vietnamese text in the letters of an old encoding or a wrong decoding -> Unicode; all other text as it was.

Mended are TCVN3 (the ABC fonts ".VnTime"), VNI for Windows and windows-1258 read as windows-1252; UTF-8 read as
windows-1252 or Latin-1, once or twice; references escaped twice ("&amp;agrave;"); letters that only look right (Ð
U+00D0 for Đ, ƣ U+01A3 for ư).

Whether a text is in an old encoding is told from its words: read in that encoding they must be Vietnamese syllables,
and as they stand they must not be. Several different words must agree, so that correct text of any language stays as
it is. Where old and new text are mixed, each run between tags and line ends is judged by itself.

Not mended: words in an ABC font of capitals come out in small letters where neither the page names the font
(".VnTimeH") nor a capital stands in them or in a word beside them. VISCII, VPS and VIQR are not known.
"""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from html.entities import codepoint2name

from ftfy import fix_encoding

from crawler.text.charmap import Encoding, Mapped, after, from_old, substituted, unchanged, whole
from crawler.text.syllable import is_syllable

_RUN = re.compile(r"[^<>\r\n]+")
_UNICODE_LETTER = re.compile(r"[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
_MIN_WORDS, _MIN_SHARE = 3, 0.9
_SURE_WORDS, _SURE_SHARE = 5, 0.75
_MOST_LOST = 3


def repaired(text: str) -> str:
    """`text` in Unicode where it was written in one of the ways above, else `text` itself."""
    mended = repair(text)
    return text if mended is None else mended.text


def repaired_lines(lines: Iterable[str]) -> list[str]:
    """The lines of one document in Unicode, judged together: a short one alone says too little."""
    texts = list(lines)
    mended = repaired("\n".join(text.replace("\n", " ") for text in texts)).split("\n")
    return mended if texts else []


def repair(text: str) -> Mapped | None:
    """`text` mended, None where there is nothing to mend. Line ends and tags stay where they are."""
    if text.isascii() and "&" not in text:
        return None
    result: Mapped | None = None
    for step in (_unescaped, _redecoded, _redecoded, _reencoded, _with_right_letters):
        mended = step(text if result is None else result.text)
        if mended is not None:
            result = mended if result is None else after(result, mended)
    return result


# --- old encodings ---------------------------------------------------------------------------------------------------

# What correct Vietnamese hardly has, so that only texts in doubt are counted through. Each begins with a class of few
# characters, which `re` finds fast in a long page.
_SIGNS: dict[Encoding, re.Pattern[str]] = {
    "tcvn3": re.compile(
        r"[\u00a1-\u00ae\u00b5-\u00b9\u00bb-\u00be\u03bc\u2219ÆÇËÎÏÐÑÖ×ØÜÞßåæçëîïðñö÷øûüþ](?:[A-Za-z]|(?<=[A-Za-z].)|(?<=[\u00c6-\u00fe]))"
    ),
    "vni": re.compile(r"[ØÛÏÅÄËÜÆÎÑÖøûïåäëüæîñö]"),
    "cp1258": re.compile(r"[ÐÞðþÌÒìò](?:(?<=[ÐÞðþ])|(?<=[AEIOUYaeiouyÂÊÔâêôãõý].))"),
}
_WORD = re.compile(r"(?<![\w&#;])[A-Za-z\u00a1-\u00ff\u03bc\u2219]{2,}(?![\w;])")
_LATIN_REFERENCE = re.compile(
    rf"&(?:#(?:1[6-9]\d|2[0-4]\d|25[0-5])|{'|'.join(codepoint2name[code] for code in range(0xA1, 0x100))});"
)
# References that pages in no old encoding use too: letters of Vietnamese, and signs such as © » · °.
_USUAL = frozenset("ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý¡£§©«®°±²³·»¼½¾¿×÷\u00ad")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """Words of a run that hold a character above ASCII: how many are syllables as new text, how many as old text.

    gained: those that are only as old text, in small letters; lost: how many are only as new text.
    """

    all: int
    new: int
    old: int
    gained: tuple[str, ...] = ()
    lost: int = 0

    @property
    def for_old(self) -> bool:
        return self.old >= _SURE_SHARE * self.all and len(self.gained) > _MOST_LOST * self.lost


def encoding_of(text: str) -> Encoding | None:
    """The old encoding that `text` or a part of it is in; None where its words do not agree on one."""
    gains = {encoding: _gain(text, encoding) for encoding, sign in _SIGNS.items() if sign.search(text)}
    best = max(gains, key=gains.__getitem__, default=None)
    return best if best is not None and gains[best] > 0 else None


def _gain(text: str, encoding: Encoding) -> int:
    """How many words are syllables in `encoding` and not as they stand; 0 where too few are to be sure."""
    counted = [_counted(run[0], encoding) for run in _RUN.finditer(text) if not run[0].isascii()]
    different = frozenset(word for words in counted if words.for_old for word in words.gained)
    old = sum(words.old for words in counted if words.for_old)
    # Correct Vietnamese beside it does not speak against old text, another language does.
    asked = sum(words.all for words in counted if words.for_old or words.new <= words.old)
    enough = (len(different) >= _MIN_WORDS and old >= _MIN_SHARE * asked) or (
        len(different) >= _SURE_WORDS and old >= _SURE_SHARE * asked
    )
    return old if enough else 0


def _counted(run: str, encoding: Encoding) -> _Words:
    words = [word for word in _WORD.findall(run) if not word.isascii()]
    if _UNICODE_LETTER.search(run):  # whoever wrote this run wrote Unicode
        return _Words(all=len(words), new=len(words), old=0)
    as_new = [is_syllable(word) for word in words]
    as_old = [_is_old_syllable(word, encoding) for word in words]
    both = list(zip(words, as_new, as_old, strict=True))
    return _Words(
        all=len(words),
        new=sum(as_new),
        old=sum(as_old),
        gained=tuple(word.lower() for word, new, old in both if old and not new),
        lost=sum(new and not old for _, new, old in both),
    )


@lru_cache(maxsize=1 << 14)
def _is_old_syllable(word: str, encoding: Encoding) -> bool:
    return is_syllable(from_old(word, encoding).text)


def _reencoded(text: str) -> Mapped | None:
    references = {unescape(reference) for reference in set(_LATIN_REFERENCE.findall(text))}
    resolved = substituted(text, _LATIN_REFERENCE, _latin) if references - _USUAL else None
    plain = text if resolved is None else resolved.text
    encoding = encoding_of(plain)
    if encoding is None:
        return None
    pure = _UNICODE_LETTER.search(plain) is None
    capitals = deque(_in_capital_fonts(plain) if encoding == "tcvn3" else ())

    def mend(run: re.Match[str]) -> Mapped:
        words = _counted(run[0], encoding)
        if not (words.old >= words.new if pure else words.for_old):
            return unchanged(run[0])
        mended = from_old(run[0], encoding)
        while capitals and capitals[0][1] <= run.start():
            capitals.popleft()
        in_capitals = bool(capitals) and capitals[0][0] <= run.start()
        return Mapped(text=mended.text.upper(), origins=mended.origins) if in_capitals else mended

    mended = substituted(plain, _RUN, mend)
    return mended if resolved is None else after(resolved, mended)


_ELEMENT = re.compile(r"<(?P<close>/?)(?P<name>[a-z]+\d?)\b(?P<rest>[^<>]*)>", re.IGNORECASE)
_CAPITAL_FONT = re.compile(r"\.Vn[A-Za-z]+H\b")


def _in_capital_fonts(text: str) -> list[tuple[int, int]]:
    """What a page sets in an ABC font of capitals (".VnTimeH", ".VnArialH"), each up to the end of the element."""
    spans: list[tuple[int, int]] = []
    opened: re.Match[str] | None = None
    for tag in _ELEMENT.finditer(text) if _CAPITAL_FONT.search(text) else ():
        if opened is None:
            opened = tag if not tag["close"] and _CAPITAL_FONT.search(tag["rest"]) else None
        elif tag["close"] and tag["name"].lower() == opened["name"].lower():
            spans.append((opened.end(), tag.start()))
            opened = None
    return spans


def _latin(reference: re.Match[str]) -> Mapped:
    return whole(unescape(reference[0]))


# --- wrong decodings -------------------------------------------------------------------------------------------------

# The bytes that continue a letter in UTF-8, as Latin-1 and as windows-1252 shows them.
_NEXT = "[\u0080-\u00bf" + bytes(range(0x80, 0xA0)).decode("cp1252", "ignore") + "]"
_TWO_BYTES = re.compile(f"[\u00c2-\u00f4]{_NEXT}")
_BYTES = re.compile(f"[\u00c2-\u00df]{_NEXT}|[\u00e0-\u00ef]{_NEXT}{{2}}|[\u00f0-\u00f4]{_NEXT}{{3}}")


def _redecoded(text: str) -> Mapped | None:
    """UTF-8 read byte by byte, read rightly. ftfy judges which runs are; it does not tell where each letter was."""
    if not _TWO_BYTES.search(text):
        return None
    misread = {run for run in _RUN.findall(text) if _BYTES.search(run) and fix_encoding(run) != run}
    # A page about encodings quotes one or two.
    if sum(len(_BYTES.findall(run)) for run in misread) < _MIN_WORDS:
        return None
    return substituted(
        text, _RUN, lambda run: substituted(run[0], _BYTES, _letter) if run[0] in misread else unchanged(run[0])
    )


def _letter(match: re.Match[str]) -> Mapped:
    octets = bytes(ord(char) if ord(char) < 0x100 else char.encode("cp1252")[0] for char in match[0])
    try:
        return whole(octets.decode("utf-8"))
    except UnicodeDecodeError:
        return unchanged(match[0])


_ESCAPED_TWICE = re.compile(r"&amp;(?:[A-Za-z]{2,8}|#\d{2,5}|#[xX][0-9a-fA-F]{2,4});")
_ESCAPED = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,5}|#[xX][0-9a-fA-F]{2,4});")
_TAG = re.compile(r"</?[A-Za-z!]")


def _unescaped(text: str) -> Mapped | None:
    """References that a reader would see as such, resolved, where several are letters: code quotes single ones."""
    pattern = _ESCAPED_TWICE if "&amp;" in text and _TAG.search(text) else _ESCAPED
    if pattern is _ESCAPED and _TAG.search(text):
        return None
    found = {_resolved(match) for match in pattern.finditer(text)}
    if sum(char is not None and char.isalpha() for char in found) < _MIN_WORDS:
        return None

    def resolve(match: re.Match[str]) -> Mapped:
        char = _resolved(match)
        return unchanged(match[0]) if char is None else whole(char)

    return substituted(text, pattern, resolve)


def _resolved(match: re.Match[str]) -> str | None:
    """The character above ASCII that a reference stands for, or None: markup characters stay escaped."""
    char = unescape(match[0].replace("&amp;", "&"))
    return char if len(char) == 1 and char >= "\u00a0" else None


_LOOK_ALIKES = str.maketrans("ÐðƢƣ", "ĐđƯư")
_LOOK_ALIKE = re.compile("[ÐðƢƣ]")
_LOOK_ALIKE_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_ÐðƢƣ]*+[ÐðƢƣ][^\W\d_]*")


def _with_right_letters(text: str) -> Mapped | None:
    """Letters of other languages that look like Vietnamese ones, replaced in Vietnamese words and abbreviations."""
    if not _LOOK_ALIKE.search(text) or len(set(_UNICODE_LETTER.findall(text))) < _MIN_WORDS:
        return None

    def replace(match: re.Match[str]) -> Mapped:
        new = match[0].translate(_LOOK_ALIKES)
        return Mapped(
            text=new if is_syllable(new) or (new.isupper() and 2 <= len(new) <= 6) else match[0],
            origins=list(range(len(new))),
        )

    mended = substituted(text, _LOOK_ALIKE_WORD, replace)
    return mended if mended.text != text else None
