"""Stories published more than once: a sketch of every text, and groups of near-duplicates led by the best authority.

Sketches are MinHash (Broder, "On the resemblance and containment of documents", 1997) over shingles of five syllables,
case and marks folded, so that a copy with a sentence less or a sapo of its own stays near its original.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain, groupby
from typing import Any, NamedTuple, get_args

from crawler.article import Authority

_SHINGLE = 5  # syllables
_PERMUTATIONS = 64
# A text of fewer shingles says too little to be told from another one on the same occasion.
_LEAST_SHINGLES = 40
# 21 bands of 3: of two texts that share half of their shingles, 94 % meet in one; of those that share a tenth, 2 %.
_BANDS, _ROWS = 21, 3

# Measured in tests/test_copies.py and docs/decisions: copies with a sapo of their own or a paragraph less stay above.
LEAST_RESEMBLANCE = 0.4
LEAST_CONTAINMENT = 0.7
_LONGEST_SWAP = 4  # words; a longer change is another sentence, not another detail in the same one
_LEAST_CONTEXT = 4  # words that agree around a detail before it counts as the same place

# A thousand decisions of one wording are likely leads of each other; a true copy is among the likeliest.
_MOST_COMPARED = 32

_MOST_ALIGNED = 500_000  # words of one side times words of the other

_AUTHORITIES: tuple[Authority, ...] = get_args(Authority)

_TOKEN = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\w|\.\d)|[^\W_]+")
_D_STROKE = str.maketrans("đ", "d")


def sketch(text: str) -> bytes:
    """The MinHash of a text: 64 numbers of 32 bits, little-endian, 256 bytes; b"" where the text is too short to tell.

    The same text has the same sketch on every machine and in every version of this project.
    """
    hashes = [shingle.encode() for shingle in shingles(tokens(text))]
    if len(hashes) < _LEAST_SHINGLES:
        return b""
    minhash = _template().copy()
    minhash.update_batch(hashes)
    values: bytes = minhash.hashvalues.astype("<u4").tobytes()
    return values


def tokens(text: str) -> list[str]:
    """The syllables and numbers of a text, case and marks folded; "1.234" and "07" as "1234" and "7"."""
    return [_folded(word) for word in _TOKEN.findall(unicodedata.normalize("NFC", text))]


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower()).translate(_D_STROKE)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    digits = plain.replace(".", "")
    return (digits.lstrip("0") or "0") if digits.isdecimal() else plain


def shingles(syllables: list[str]) -> set[str]:
    """Every run of five neighbouring syllables."""
    return {" ".join(syllables[at : at + _SHINGLE]) for at in range(len(syllables) - _SHINGLE + 1)}


@lru_cache(maxsize=1)
def _template() -> Any:
    from datasketch import MinHash  # noqa: PLC0415 (loads SciPy: most of a second)

    # Named, since sketches are kept: another default in a later version must not change them.
    return MinHash(num_perm=_PERMUTATIONS, seed=1, scheme="affine32")


class Word(NamedTuple):
    """A syllable or number folded; or where `name`, the syllables of a proper name, separated by blanks."""

    text: str
    name: bool


Sentence = tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What tells which of several copies leads. `sketch` is that of its text, possibly b""."""

    id: str
    authority: Authority
    published: str | None
    sketch: bytes


def leads(stories: Iterable[Story], text_of: Callable[[str], str]) -> dict[str, str]:
    """Which stories are copies: copy's id -> the id of the story that leads it.

    The lead is the best authority, then the earliest published, then the first id; a mirror leads only mirrors. Every
    copy was compared with its lead itself, so a chain of small edits never joins two ends that differ.

    text_of: the text of a story by its id; asked only for stories whose sketches resemble another's.
    """
    read = lru_cache(maxsize=256)(text_of)
    return led(stories, lambda story, lead: is_copy(read(story), read(lead)))


def led(stories: Iterable[Story], copies: Callable[[str, str], bool]) -> dict[str, str]:
    """The same, with a test of whether one story, by its id, is a copy of another; asked of likely pairs only."""
    buckets: dict[tuple[int, bytes], list[str]] = {}
    found: dict[str, str] = {}
    ordered = sorted(stories, key=lambda one: (_AUTHORITIES.index(one.authority), one.published or "9", one.id))
    for story in ordered:
        bands = _bands(story.sketch)
        candidates = Counter(lead for band in bands for lead in buckets.get(band, ()))
        # the likeliest first; of equals the one that came first, since a Counter keeps that order
        for lead, _ in candidates.most_common(_MOST_COMPARED):
            if copies(story.id, lead):
                found[story.id] = lead
                break
        else:
            for band in bands:
                buckets.setdefault(band, []).append(story.id)
    return found


def is_copy(text: str, lead: str) -> bool:
    """Whether two texts are one story: most of the shorter stands in the longer, and no detail was changed.

    A decision and the next one share their wording, as do the reports of two years or two provinces: what tells them
    apart is a number or a name that stands in another's place.
    """
    mine, other = _wording(text), _wording(lead)
    shared = len(mine & other)
    if not shared or shared / len(mine | other) < LEAST_RESEMBLANCE:
        return False
    return shared / min(len(mine), len(other)) >= LEAST_CONTAINMENT and not details_differ(text, lead)


@lru_cache(maxsize=128)
def _wording(text: str) -> set[str]:
    return shingles(tokens(text))


def details_differ(text: str, other: str) -> bool:
    """Whether in two texts of like wording a number or name stands where the other has another one."""
    return any(_swapped(here, there) for here, there in _changed(_sentences(text), _sentences(other)))


def _changed(left: Sequence[Sentence], right: Sequence[Sentence]) -> Iterator[tuple[list[Word], list[Word]]]:
    """What differs between two texts, sentence by sentence where as many changed on both sides, else all at once.

    Each with the sentences before and after it: a row of a table is too short to be known by its own words.
    """
    for tag, first, last, begin, end in _opcodes(left, right, many=True):
        if tag != "replace":
            continue
        steps = range(last - first) if last - first == end - begin else ()
        pairs = [(first + step, first + step + 1, begin + step, begin + step + 1) for step in steps]
        for a, b, c, d in pairs or [(first, last, begin, end)]:
            yield list(chain(*left[max(a - 1, 0) : b + 1])), list(chain(*right[max(c - 1, 0) : d + 1]))


def _swapped(here: Sequence[Word], there: Sequence[Word]) -> bool:
    """Whether among words that agree a number or name of one side stands in the place of another of the other; also
    where there is too much to compare, so that no page can make it slow."""
    if len(here) * len(there) > _MOST_ALIGNED:
        return True
    steps = _opcodes(here, there)
    for before, (step, a, b, c, d), after in zip([None, *steps], steps, [*steps[1:], None], strict=False):
        if step != "replace" or max(b - a, d - c) > _LONGEST_SWAP:
            continue
        around = sum(near[2] - near[1] for near in (before, after) if near is not None and near[0] == "equal")
        if around < _LEAST_CONTEXT:
            continue
        for kind in (_numbers, _names):
            mine, others = kind(here[a:b]), kind(there[c:d])
            if mine - others and others - mine:
                return True
    return False


def held_by(lead: str) -> Callable[[str], bool]:
    """A test of passages of copies: whether a lead's text says all of it, but for a few syllables that name nothing."""
    known = shingles(tokens(lead))

    def held(passage: str) -> bool:
        words = [Word(text=part, name=word.name) for word in chain(*_sentences(passage)) for part in word.text.split()]
        missing = [True] * len(words)
        for at in range(len(words) - _SHINGLE + 1):
            if " ".join(word.text for word in words[at : at + _SHINGLE]) in known:
                missing[at : at + _SHINGLE] = [False] * _SHINGLE
        runs = groupby(zip(missing, words, strict=True), lambda pair: pair[0])
        own = [[word for _, word in run] for is_missing, run in runs if is_missing]
        return all(len(run) <= _LONGEST_SWAP and not _numbers(run) and not _names(run) for run in own)

    return held


def _bands(sketch: bytes) -> list[tuple[int, bytes]]:
    """The parts of a sketch, one of which two near-duplicates most likely share; none of an empty sketch."""
    size = 4 * _ROWS
    return [(band, sketch[band * size : (band + 1) * size]) for band in range(_BANDS)] if sketch else []


@lru_cache(maxsize=128)
def _sentences(text: str) -> list[Sentence]:
    """The words of each sentence or line, neighbouring capitalised syllables as one name.

    The first syllable of a sentence is capitalised whatever it is, and one in capitals throughout may be short for a
    name written out elsewhere: these are no names.
    """
    found: list[Sentence] = []
    for sentence in re.split(r"(?<=[.!?;:])\s+|\n", unicodedata.normalize("NFC", text)):
        words: list[Word] = []
        for place, token in enumerate(_TOKEN.findall(sentence)):
            name = place > 0 and token.istitle()
            if name and words[-1].name:
                words[-1] = Word(f"{words[-1].text} {_folded(token)}", name=True)
            else:
                words.append(Word(_folded(token), name=name))
        if words:
            found.append(tuple(words))
    return found


def _opcodes(
    left: Sequence[Any], right: Sequence[Any], *, many: bool = False
) -> Sequence[tuple[str, int, int, int, int]]:
    # autojunk keeps lines repeated a thousand times from costing a million comparisons
    return SequenceMatcher(None, left, right, autojunk=many).get_opcodes()


def _numbers(words: Iterable[Word]) -> set[str]:
    return {word.text for word in words if any(char.isdecimal() for char in word.text)}


def _names(words: Iterable[Word]) -> set[str]:
    """The syllables of names, so that "Hùng" and "Nguyễn Văn Hùng" do not differ both ways."""
    return {syllable for word in words if word.name for syllable in word.text.split()}
