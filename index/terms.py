"""What a text is found by and what a question asks for: syllables, pairs of them, numbers and numbers of documents.

`terms(text)` is the accented field; `terms(text, stripped=True)` the field without marks, for questions typed without
them. A text has the terms it says and no others. A question asks for those of its own text and, with less weight, for
those of its other spellings: shorthand written out, long forms made short (`index.shorthand`).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.shorthand import Reading, readings
from index.text import normalise, strip_marks, syllables

# The numbers of documents as people type them, on normalised text: blanks around "/" and "-", a point for the dash.
_KIND = r"qđ|qd|nđ|nd|nq|tt|ct|kh|cv|hd|bc|tb|ttr|ctr|đa|qh\d{1,2}"
_LOOSE = re.compile(
    rf"(?<![\w/.,])(?P<number>\d{{1,5}})\s?/\s?(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?(?P<kind>{_KIND})(?!\w)"
    r"(?:\s?[-.]\s?(?P<issuer>(?:ttg|[^\W\d_]{2,12})(?:[-&][^\W\d_]+)*)|(?P<blank>\s(?:ttg|ubnd|hđnd|hdnd|cp))(?!\w))?"
)
# The words for a kind of document and the code its numbers bear, without marks.
_CODES: dict[tuple[str, ...], str] = {
    ("quyet", "dinh"): "qd",
    ("nghi", "dinh"): "nd",
    ("nghi", "quyet"): "nq",
    ("thong", "tu"): "tt",
    ("chi", "thi"): "ct",
    ("ke", "hoach"): "kh",
    ("cong", "van"): "cv",
    ("huong", "dan"): "hd",
    ("bao", "cao"): "bc",
    ("thong", "bao"): "tb",
    ("to", "trinh"): "ttr",
    ("luat",): "qh",
    ("qd",): "qd",
    ("nd",): "nd",
    ("nq",): "nq",
    ("tt",): "tt",
    ("ct",): "ct",
    ("kh",): "kh",
    ("cv",): "cv",
}
# "1.234.567,8" and "1.234": points between groups of three are no decimal points.
_GROUPED = re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3})+)(?:,(?P<part>\d+))?")
_DECIMAL = re.compile(r"(?P<whole>\d+)[.,](?P<part>\d+)")
_PERCENT = re.compile(r"(?<=\d)\s+%")
_SHORT_WITH_NUMBER = re.compile(r"(?P<code>qđ|qd|nđ|nd|nq)(?P<number>\d{1,5})")

# How people type what texts print otherwise, on normalised text; each is asked for besides what was typed.
_ISSUER = r"ttg|ubnd|hđnd|hdnd|cp|tw|bnn|bct|btc|bkhcn|byt"
_RESPELT: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<!\w)br\s?-\s?vt(?!\w)"), "brvt"),
    # "số436", "436-QĐ/UBND" and the party's "19-NQ/TW", "26/2026/QĐTTg", "KH96", "4sao" and "4*"
    (re.compile(r"(?<!\w)(số|so)(?=\d)"), r"\1 "),
    (re.compile(rf"(?<![\w/.,-])(\d{{1,5}})\s?-\s?({_KIND})\s?/\s?(?=[^\W\d_]{{2}})"), r"\1/\2-"),
    (re.compile(rf"(?<=\d/)({_KIND})(?=(?:{_ISSUER})(?!\w))"), r"\1-"),
    (re.compile(r"(?<!\w)(tt|kh|ct|cv)(?=\d{1,5}(?!\w))"), r"\1 "),
    (re.compile(r"(?<![\w.,/*])([1-5])\s?(?:[*★⭐](?![*★⭐])|sao(?!\w))"), r"\1 sao"),
)
# "quý" and "quí" are one syllable, "kĩ" and "kỹ" are folded in texts too.
_QU = re.compile(r"(?<!\w)qu(?P<vowel>[yýỳỷỹỵiíìỉĩị])(?!\w)")
_Y_OR_I = str.maketrans("yýỳỷỹỵiíìỉĩị", "iíìỉĩịyýỳỷỹỵ")

# What a widened question's further terms weigh beside its own; a long form weighs as many of its short one.
WIDENED = 0.8


def terms(text: str, *, stripped: bool = False) -> list[str]:
    """What a text is found by: its syllables, their neighbouring pairs, and the forms of its numbers.

    stripped: every term without marks (the field for questions typed without them).

    A number is one term however it is printed ("1.234" and "1234", "65,4 %" and "65.4%"). A document number gives
    itself whole, its number with year, its number, and its number with the code of its kind, so that
    "26/2026/QĐ-TTg" is found by "QĐ 26", "quyết định số 26/2026" and "26/2026/qd-ttg".

    Order: syllables first, then pairs ("a b", one blank), then the rest; repetitions are kept, since BM25 counts them.
    """
    sequence, extras = _read(text)
    found = sequence + _pairs(sequence) + extras
    return [strip_marks(term) for term in found] if stripped else found


def asked_terms(text: str, *, stripped: bool = False) -> dict[str, float]:
    """What a question asks for, with weights: 1 for its own terms, less for shorthand written out and made."""
    weights = _weights(text)
    for spelling in _spellings(text):
        for term, weight in _weights(spelling).items():
            weights.setdefault(term, weight)
    if not stripped:
        return weights
    bare: dict[str, float] = {}
    for term, weight in weights.items():
        key = strip_marks(term)
        bare[key] = max(weight, bare.get(key, 0.0))
    return bare


def _weights(text: str) -> dict[str, float]:
    sequence, extras = _read(text)
    weights = dict.fromkeys(sequence + _pairs(sequence) + extras, 1.0)
    for reading in readings(sequence):
        for term, weight in _widened(sequence, reading):
            weights.setdefault(term, weight)
    return weights


def _spellings(text: str) -> Iterator[str]:
    """A question in the other spellings there are of it."""
    typed = respelt = normalise(text)
    for pattern, printed in _RESPELT:
        respelt = pattern.sub(printed, respelt)
    if respelt != typed:
        yield respelt
    if _QU.search(respelt):
        yield _QU.sub(lambda match: f"qu{match['vowel'].translate(_Y_OR_I)}", respelt)


def _pairs(sequence: Sequence[str]) -> list[str]:
    return [f"{left} {right}" for left, right in pairwise(sequence)]


def _widened(sequence: Sequence[str], reading: Reading) -> list[tuple[str, float]]:
    """The terms a reading adds: its words, and their pairs with each other and with what stands beside them."""
    end = reading.at + reading.length
    beside = [*sequence[max(0, reading.at - 1) : reading.at], *reading.words, *sequence[end : end + 1]]
    shortened = len(reading.words) < reading.length
    # The one term of a short form stands for the syllables and pairs of the long one.
    own = reading.share * (len(sequence[reading.at : end]) if shortened else 1.0)
    return [(word, WIDENED * own) for word in reading.words] + [
        (pair, WIDENED * reading.share) for pair in _pairs(beside)
    ]


def _read(text: str) -> tuple[list[str], list[str]]:
    """(the syllables and numbers of a text in order, further terms of its numbers)."""
    sequence: list[str] = []
    extras: list[str] = []
    for token in syllables(_PERCENT.sub("%", _LOOSE.sub(_tight, normalise(text)))):
        if "/" in token:
            number, *rest = token.split("/")
            number = number.lstrip("0") or number
            sequence.append(number)
            if rest[-1].isdecimal():
                sequence.append(rest[-1].lstrip("0") or rest[-1])
                extras.append(f"{number}/{rest[-1]}")
                _kinds(sequence[:-2], [number, f"{number}/{rest[-1]}"], extras)
            else:
                _document_number(number, rest, extras)
        elif (joined := _SHORT_WITH_NUMBER.fullmatch(token)) is not None:
            sequence += [joined["code"], joined["number"].lstrip("0") or joined["number"]]
            _kinds(sequence[:-1], [sequence[-1]], extras)
        elif token[0].isdecimal():
            before = len(sequence)
            _number(token, sequence, extras)
            if token.isdecimal():
                _kinds(sequence[:before], [sequence[-1]], extras)
        else:
            sequence.append(token)
    return sequence, extras


def _tight(match: re.Match[str]) -> str:
    """The number of a document without its blanks: "26 / 2026 / qđ - ttg" -> "26/2026/qđ-ttg"."""
    issuer = match["issuer"] or (match["blank"] or "").strip()
    parts = [match["number"], match["year"], match["kind"] + (f"-{issuer}" if issuer else "")]
    return "/".join(part for part in parts if part)


def _document_number(number: str, rest: Sequence[str], extras: list[str]) -> None:
    """The further terms of the number of a document: whole, by its parts, with the code of its kind."""
    code, *issuer = rest[-1].split("-")
    kind = strip_marks(code).rstrip("0123456789")
    # Whole it is compared without marks in either field, since numbers are typed so among words with marks.
    extras += [strip_marks("/".join([number, *rest])), code, *issuer, f"{kind} {number}"]
    if len(rest) > 1:
        extras += [rest[0], f"{number}/{rest[0]}", f"{kind} {number}/{rest[0]}"]


def _kinds(before: Sequence[str], numbers: Sequence[str], extras: list[str]) -> None:
    """The terms of a number that stands after the word for a kind of document: "quyết định số 26" -> "qd 26"."""
    words = [strip_marks(word) for word in before[-3:]]
    if words[-1:] == ["so"]:
        words.pop()
    code = _CODES.get(tuple(words[-2:])) or _CODES.get(tuple(words[-1:]))
    if code is not None:
        extras += [f"{code} {number}" for number in numbers]


def _number(token: str, sequence: list[str], extras: list[str]) -> None:
    """A number in its one form; what has separators and is no number ("12.6.2020") by its parts and whole."""
    figure = token.rstrip("%")
    if figure.isdecimal():
        plain = figure.lstrip("0") or figure
    elif (match := _GROUPED.fullmatch(figure)) or (match := _DECIMAL.fullmatch(figure)):
        whole = match["whole"].replace(".", "")
        plain = (whole.lstrip("0") or "0") + (f".{match['part']}" if match["part"] else "")
    elif figure.replace(".", "").replace(",", "").isdecimal():
        sequence += [part.lstrip("0") or part for part in re.split("[.,]", figure)]
        extras.append(figure)
        return
    else:
        sequence.append(token)
        return
    sequence.append(plain)
    if figure != token:
        extras.append(f"{plain}%")
