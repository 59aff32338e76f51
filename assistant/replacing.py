"""Whether a sentence is another one with a word put in the place of another, or with a denial taken out or put in.

The words may all stand in the source and still say something else ("thu hồi" where it has "nộp"). A sentence that
leaves words out, or draws on another part of the source, is none of these.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.said import GLUE, Said
from index.figures.numbers import parse_number

# Words that turn a sentence around though they say little by themselves.
_WEIGHTY = frozenset(("phải", "bị", "được", "còn", "thể", "nên"))
_DENIALS = frozenset(("không", "chưa", "chẳng", "chả", "đừng"))
_SHORT = 4  # syllables; a longer stretch is another wording


def replaced(sentence: Said, source: Said) -> str | None:
    """What was replaced, as a fault; None where nothing was. Judged by the longest alignment of their syllables."""
    old, new = source.tokens, sentence.tokens
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (code, i, j, k, m) in enumerate(codes):
        if code == "equal":
            continue
        gone, come = old[i:j], new[k:m]
        # at the beginning, another opening replaces nothing
        between = place > 0
        # a denial right before a word that both have
        if place < len(codes) - 1 and _denies(gone[-1:]) != _denies(come[-1:]):
            return f"{' '.join(gone)!r} became {' '.join(come)!r}"
        if code != "replace" or not between or len(gone) > _SHORT or len(come) > _SHORT:
            continue
        lost, won = _weighty(gone), _weighty(come)
        if lost and won and not won <= lost and not _same_number(gone, come):
            return f"{' '.join(gone)!r} became {' '.join(come)!r}"
    return None


def _denies(words: Sequence[str]) -> bool:
    return bool(words) and words[0] in _DENIALS


def _weighty(words: Sequence[str]) -> set[str]:
    return {word for word in words if word not in GLUE or word in _WEIGHTY}


def _same_number(one: Sequence[str], other: Sequence[str]) -> bool:
    try:
        return parse_number(" ".join(one)) == parse_number(" ".join(other))
    except ValueError:
        return False
