"""Letters of a picture by the `tesseract` program, with Debian's data for Vietnamese.

The program is optional: `why_not()` says what is missing and how to get it. It is run without a shell, one thread, the
picture on its standard input, under a time limit.
"""

import csv
import io
import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

from crawler.documents.ruling import Box
from crawler.draft import NoArticleError
from crawler.text.syllable import is_syllable

INSTALL = "apt-get install tesseract-ocr tesseract-ocr-vie"
_PROGRAM = "tesseract"
_LANGUAGE = "vie"
_LIMIT_S = 60.0
# Page segmentation modes of tesseract(1).
_WHOLE_PAGE = 3
_ONE_BLOCK = 6
_LEVEL_WORD = "5"
_MIN_WORD_CHARS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A word with its box in pixels of the picture and the program's confidence, 0 to 1."""

    text: str
    box: Box
    confidence: float


@lru_cache(maxsize=1)
def why_not() -> str | None:
    """Why no text can be recognised here, or None where it can."""
    program = shutil.which(_PROGRAM)
    if program is None:
        return f"máy này chưa có tesseract; cài bằng: {INSTALL}"
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=_LIMIT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"không chạy được tesseract ({type(error).__name__}); cài lại bằng: {INSTALL}"
    if _LANGUAGE not in listed.stdout.decode("utf-8", "replace").split():
        return f"tesseract chưa có dữ liệu tiếng Việt; cài bằng: {INSTALL}"
    return None


def recognise(picture: Image.Image, *, dpi: float, one_block: bool = False) -> list[Recognised]:
    """The words of an upright picture, in the program's order.

    dpi: dots an inch. one_block: the picture holds lines one below another and nothing else, so no layout is sought.

    Raises:
        NoArticleError: the program is missing, failed, or took longer than its limit.
    """
    missing = why_not()
    if missing is not None:
        raise NoArticleError(f"bản quét, cần nhận dạng chữ: {missing}")
    png = io.BytesIO()
    picture.save(png, "PNG", compress_level=1)
    mode = _ONE_BLOCK if one_block else _WHOLE_PAGE
    command = [_PROGRAM, "stdin", "stdout", "-l", _LANGUAGE, "--dpi", str(round(dpi)), "--psm", str(mode), "tsv"]
    try:
        done = subprocess.run(
            command,
            input=png.getvalue(),
            capture_output=True,
            timeout=_LIMIT_S,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        raise NoArticleError(f"bản quét: nhận dạng chữ một trang quá {_LIMIT_S:.0f} giây") from None
    except OSError as error:
        raise NoArticleError(f"bản quét: không chạy được tesseract: {error.strerror}") from error
    if done.returncode != 0:
        raise NoArticleError(f"bản quét: tesseract dừng với mã {done.returncode}")
    return words_of_tsv(done.stdout.decode("utf-8", "replace"))


def words_of_tsv(table: str) -> list[Recognised]:
    """The words of the program's TSV; its columns are named in its first line."""
    found: list[Recognised] = []
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = _spaced((row["text"] or "").strip())
        if row["level"] != _LEVEL_WORD or not text:
            continue
        left, top, width, height = (float(row[name]) for name in ("left", "top", "width", "height"))
        box = Box(left=left, top=top, right=left + width, bottom=top + height)
        found.append(Recognised(text=text, box=box, confidence=min(max(float(row["conf"]) / 100, 0.0), 1.0)))
    return found


def _two_syllables(text: str, at: int) -> bool:
    """Whether a capital at an offset begins a syllable right behind another, one of them with a mark: "Vị|Thủy"."""
    start = at
    while start > 0 and text[start - 1].isalpha() and (start == at or not text[start].isupper()):
        start -= 1
    end = at + 1
    while end < len(text) and text[end].islower():
        end += 1
    first, rest = text[start:at], text[at:end]
    marked = not (first.isascii() and rest.isascii())
    return marked and first[-1:].islower() and is_syllable(first) and is_syllable(rest)


def _parted(word: str) -> str:
    """Two syllables with marks that were run together, where they part in one way only: "Cơsở"."""
    if not word.isalpha() or word.isupper() or is_syllable(word):
        return word
    parts = [
        (word[:at], word[at:])
        for at in range(2, len(word) - 1)
        if all(is_syllable(half) and not half.isascii() for half in (word[:at], word[at:]))
    ]
    return " ".join(parts[0]) if len(parts) == 1 else word


def _spaced(text: str) -> str:
    """A word with the blank that the program lost: no Vietnamese word has a capital within or digits before it."""
    pieces: list[str] = []
    for index, char in enumerate(text):
        before, after = text[max(0, index - 2) : index], text[index : index + 2]
        begins = after[:1].isupper() and after[1:].islower()
        glued_name = begins and ((len(before) == 2 and before.islower()) or _two_syllables(text, index))
        if glued_name or (before[-1:].isdigit() and text[index:].islower() and len(text) - index >= _MIN_WORD_CHARS):
            pieces.append(" ")
        pieces.append(char)
    return " ".join(_parted(piece) for piece in "".join(pieces).split())
