"""Names that decisions list (products, makers, communes), found in questions: whole, or cut short if one is meant."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.wording import tokens
from index.text import CAPITALS, strip_marks

# Of a name cut short so much must be said, by syllables, and no fewer than so many.
_SHARE = 0.6
_LEAST = 3
# Of a name longer than anyone says, so many syllables from its beginning on are enough.
_LONG = 6
# Words that people put between the words of a name, or leave out: "mật ong của Suối Bạc", "loại 40 độ đạm".
_BETWEEN = frozenset(("của", "ở", "loại", "vị", "hiệu", "thứ"))
_BRACKET = re.compile(r"[(\[{]")
_CAPITAL = re.compile(rf"[{CAPITALS}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Rows that a question names by the same words. whole: it says a whole name. start, end: the tokens that name
    them."""

    rows: tuple[int, ...]
    whole: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """A way a row is written. words: its syllables; core: those that are always said; own: those with a capital, but
    the first: a place or a maker, by which it differs from others of its kind. distinct: how many differ."""

    row: int
    words: tuple[str, ...]
    core: tuple[str, ...]
    own: frozenset[str]
    distinct: int


class ListedNames:
    """Names looked up in questions. Immutable; made once a generation."""

    def __init__(self, named: Iterable[tuple[int, str]]) -> None:
        """named: (row, a name of it as written); a row may have several."""
        self._names: list[_Name] = []
        self._holding: dict[str, list[int]] = defaultdict(list)
        for row, written in named:
            self._add(row, written)

    def _add(self, row: int, written: str) -> None:
        plain = _BRACKET.split(written, maxsplit=1)[0].strip() or written  # "Gạo ST25 (túi 5 kg)"
        words = tokens(plain)
        if not words:
            return
        # a name printed in capitals throughout tells nothing by them
        capitals = [] if plain.isupper() else [word for word in plain.split()[1:] if _CAPITAL.match(word)]
        own = frozenset(strip_marks(word) for word in tokens(" ".join(capitals)))
        bare = tuple(strip_marks(word) for word in words)
        core = tuple(word for word in words if word not in _BETWEEN) or words
        self._names.append(_Name(row=row, words=words, core=core, own=own, distinct=len(set(bare))))
        for word in set(bare):
            self._holding[word].append(len(self._names) - 1)

    def find(self, asked: Sequence[str]) -> Named | None:
        """The rows a question names, or None. asked: its tokens.

        A whole name counts wherever it stands; of several the longest. Else a run of at least three syllables that
        stand in a name in this order and make most of it (or its beginning, where it is longer than anyone says), if
        all that tells the name from others of its kind is said; of several names the one that is said best, and all
        that are said as well.
        """
        bare = [strip_marks(word) for word in asked]
        told = [at for at, word in enumerate(asked) if word not in _BETWEEN]
        shared = Counter(place for word in set(bare) for place in self._holding.get(word, ()))
        best: tuple[tuple[bool, float, int], dict[int, None], int, int] | None = None
        for place, count in shared.items():
            name = self._names[place]
            if count < min(_SHARE * name.distinct, _LONG) or (name.own and name.own.isdisjoint(bare)):
                continue
            said = _said(name, asked, bare, told)
            if said is None:
                continue
            score, start, end = said
            if best is None or score > best[0]:
                best = (score, {name.row: None}, start, end)
            elif score == best[0]:
                best[1][name.row] = None
        if best is None:
            return None
        (whole, _, _), rows, start, end = best
        return Named(rows=tuple(sorted(rows)), whole=whole, start=start, end=end)

    def extending(self, written: str) -> tuple[int, ...]:
        """The rows with a name that begins as this one and goes on: the kinds of a product listed apart from it."""
        words = tokens(written)
        holding = [self._holding.get(strip_marks(word), []) for word in set(words)]
        among = min(holding, key=len, default=[])
        return tuple(
            sorted(
                {
                    name.row
                    for name in (self._names[place] for place in among)
                    if len(name.words) > len(words) and name.words[: len(words)] == words
                }
            )
        )


def _said(
    name: _Name, asked: Sequence[str], bare: Sequence[str], told: Sequence[int]
) -> tuple[tuple[bool, float, int], int, int] | None:
    """How well a question says a name, and where: (whole, share of its syllables, how many).

    told: the places of its tokens that no one puts between the words of a name.
    """
    size = len(name.words)
    for at in range(len(told) - len(name.core) + 1):
        places = told[at : at + len(name.core)]
        if all(_same(asked[place], word) for place, word in zip(places, name.core, strict=True)):
            # a common word or two ("mật ong") is a kind of thing, not this product
            return ((True, 1.0, size), places[0], places[-1] + 1) if size > 2 or name.own else None
    count, start = max((_run(name, asked, start), -start) for start in range(len(asked)))
    start = -start
    spoken = set(bare[start : start + count])
    if count < _LEAST or not name.own or not name.own <= spoken:
        return None
    opened = count >= _LONG and all(map(_same, asked[start : start + _LONG - 1], name.words))
    if count < _SHARE * size and not opened:
        return None
    return (False, count / size, count), start, start + count


def _run(name: _Name, asked: Sequence[str], start: int) -> int:
    """How many tokens from `start` on stand in a name in this order."""
    at = count = 0
    for word in asked[start:]:
        found = next((place for place in range(at, len(name.words)) if _same(word, name.words[place])), None)
        if found is None:
            break
        at, count = found + 1, count + 1
    return count


def _same(asked: str, written: str) -> bool:
    return asked == written or (asked.isascii() and asked == strip_marks(written))
