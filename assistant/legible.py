"""What a written sentence may look like: plain Vietnamese, no markup, no addresses, of bounded length."""

import re
import unicodedata

from assistant.personal import personal_data
from assistant.wording import tokens
from index.text import has_marks, strip_marks

MOST_CHARACTERS = 600
_BULLET = re.compile(r"^(?:[-–•*+>]\s+|\(?\d{1,2}[.)]\s+|#{1,6}\s+)+")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3})(?=\S)(.+?)(?<=\S)\1")
# Markup of any kind, and what only machines read.
_MARKUP = re.compile(r"[<>{}\[\]|`\\^~]|&(?:\w+|#\w+);|\*|#|_{2,}|={2,}|\$\S")
_ADDRESS = re.compile(
    r"\b[a-z][a-z0-9+.-]*://|\bwww\.|\b(?:javascript|data|mailto):|"
    r"(?<![\w@])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:vn|com|net|org|info|gov|edu|io|me|xyz|top|site|shop|example)(?![\w-])",
    re.IGNORECASE,
)
# A sentence of so many words, less than this share of which carry a mark, is not Vietnamese.
_FEW, _MARKED = 4, 0.3


def cleaned(text: str) -> str:
    """The sentence without the signs of a list or of emphasis, NFC, white space folded."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return _EMPHASIS.sub(r"\2", _BULLET.sub("", text)).strip()


def form_fault(text: str, quotes: str) -> str | None:
    """Why no reader may see a sentence, whatever it says; None where one may. quotes: all that it cites."""
    if not any(char.isalpha() for char in text):
        return "no words"
    if len(text) > MOST_CHARACTERS:
        return f"longer than {MOST_CHARACTERS} characters"
    if _MARKUP.search(text):
        return "markup"
    if _ADDRESS.search(text):
        return "an address"
    if any(found not in quotes for found in personal_data(text)):
        return "an e-mail address or telephone number"
    for char in text:
        if char.isalpha() and not unicodedata.name(char, "").startswith(("LATIN ", "COMBINING ")):
            return f"a letter of another script: {char!r}"
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn"):
            return "a character that is not shown"
    words = [word for word in tokens(text) if word.isalpha()]
    if len(words) >= _FEW and sum(map(has_marks, words)) < _MARKED * len(words) and text not in quotes:
        return "not Vietnamese"
    return None


def same_saying(text: str) -> str:
    """What two sentences share that say the same: their words, without marks, case and punctuation."""
    return " ".join(strip_marks(token) for token in tokens(text))
