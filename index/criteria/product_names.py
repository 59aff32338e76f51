"""What the lists say: `products.toml` (names of products, their sets), `product_words.toml` (words beside them)."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from index.text import one_spelling, strip_marks

WORD = re.compile(r"[^\W_]+")
NOTHING: frozenset[str] = frozenset()

_FILE = Path(__file__).with_name("products.toml")
_WORDS_FILE = Path(__file__).with_name("product_words.toml")
_SURE = 3  # syllables of a thing and its stuff that are no other words without marks ("den dong" in "đến Đồng Tháp")
_FIELDS = ("processed", "shown", "quick", "followed", "grain", "why")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A name with its sets.

    processed: the set once dried, pickled and so on. shown: once kept for its looks. quick: the other set it may be of
    where sold ready to eat. followed: the set where another name comes right after, "processed" for that other's;
    grain: where that other is rice or a grain. marked: typed without marks it counts only alone.
    """

    name: str
    sets: tuple[int, ...]
    processed: int | None = None
    shown: int | None = None
    quick: int | None = None
    followed: int | Literal["processed"] | None = None
    grain: int | None = None
    why: str | None = None
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the files list, by syllables; the longest phrase has `longest` of them.

    words: of phrases that are no products, the lists they stand in ("processing", "apart").
    """

    document: str
    entries: dict[tuple[str, ...], tuple[Entry, ...]]
    words: dict[tuple[str, ...], frozenset[str]]
    bare: frozenset[str]
    quick_why: str
    longest: int

    def says(self, key: tuple[str, ...]) -> frozenset[str]:
        """The lists of words a phrase stands in."""
        return self.words.get(key, NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a text that names products (entries), or says something of one: the lists it stands in (says)."""

    entries: tuple[Entry, ...]
    says: frozenset[str]
    start: int
    end: int


@cache
def read_names(*, stripped: bool) -> Names:
    """The files, their names as syllables; of a name that stands in several entries all are kept."""
    told, said = (tomllib.loads(file.read_text(encoding="utf-8")) for file in (_FILE, _WORDS_FILE))

    def key(name: str) -> tuple[str, ...]:
        return tuple(read_syllable(match[0], stripped=stripped) for match in WORD.finditer(name))

    marked = frozenset(said["marked"])
    entries: dict[tuple[str, ...], tuple[Entry, ...]] = {}
    for one in (*told["of"], *told["shared"], *_built(told["built"])):
        for name in one["names"]:
            entry = Entry(
                name=name,
                sets=tuple(one["sets"]) if "sets" in one else (one["set"],),
                marked=name in marked or ("built" in one and name.count(" ") < _SURE - 1),
                **{field: one[field] for field in _FIELDS if field in one},
            )
            entries[key(name)] = (*entries.get(key(name), ()), entry)
    words: dict[tuple[str, ...], frozenset[str]] = {}
    for kind, phrases in said.items():
        if isinstance(phrases, list) and kind not in ("bare", "marked"):
            for phrase in phrases:
                words[key(phrase)] = words.get(key(phrase), NOTHING) | {kind}
    return Names(
        document=told["document"],
        entries=entries,
        words=words,
        bare=frozenset(said["bare"]),
        quick_why=said["quick_why"],
        longest=max(map(len, (*entries, *words))),
    )


def read_syllable(word: str, *, stripped: bool) -> str:
    """A word as it is compared: lower case, in one spelling, without marks where asked."""
    syllable = one_spelling(word.lower())
    return strip_marks(syllable) if stripped else syllable


def _built(tables: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A thing and what it is made of, every pair a name."""
    for table in tables:
        names = [f"{thing} {stuff}" for thing in table["things"] for stuff in table["stuffs"]]
        yield {"set": table["set"], "names": names, "built": True}
