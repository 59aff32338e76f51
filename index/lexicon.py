"""Words whose spelling is known apart from any corpus: a dictionary installed anyway, places, and what people make.

The dictionary is the list of 74 000 entries that the package underthesea carries (Apache-2.0). It is read where it is
installed and no copy of it is part of this project; where it is missing, restoring goes without.
"""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from index.criteria.product_names import read_names
from index.places.district_table import DISTRICTS
from index.places.provinces import PROVINCES
from index.text import one_spelling

_DICTIONARY = Path("corpus") / "data" / "Viet74K.txt"


def dictionary() -> tuple[str, ...]:
    """The entries of the dictionary in its order, syllables a blank apart; none where it is not installed."""
    # Found without importing the package, which takes seconds.
    package = find_spec("underthesea")
    if package is None or package.origin is None:
        return ()
    try:
        written = (Path(package.origin).parent / _DICTIONARY).read_text(encoding="utf-8")
    except OSError:
        return ()
    return tuple(line.strip().replace("-", " ") for line in written.splitlines() if line.strip())


def products() -> Iterator[str]:
    """What people call products, and what is done to them ("sấy dẻo", "một nắng"), syllables a blank apart."""
    listed = read_names(stripped=False)
    yield from (" ".join(key) for key in (*listed.entries, *listed.words))


@cache
def product_pairs() -> frozenset[str]:
    """Every two syllables that stand side by side in those: "khô cá", "cá koi"."""
    return frozenset(" ".join(pair) for name in products() for pair in pairwise(name.split()))


@cache
def single_words() -> frozenset[str]:
    """Every syllable that is a word by itself ("bơ", "dứa", "suất"), as the dictionary lists them, and every one in the
    name of a product ("dổi"); not what stands in longer words alone ("hòi" of "hẹp hòi")."""
    listed = (word.lower() for word in dictionary() if " " not in word)
    named = (syllable for name in products() for syllable in name.split())
    return frozenset(one_spelling(word) for word in (*listed, *named))


@cache
def product_words() -> tuple[frozenset[str], frozenset[str]]:
    """(the syllables that are the name of a product: "dứa", "nấm", those that begin one: "dâu" of "dâu tằm")."""
    entries = read_names(stripped=False).entries
    return (
        frozenset(name[0] for name in entries if len(name) == 1),
        frozenset(name[0] for name in entries),
    )


def names() -> Iterator[str]:
    """Names of provinces and districts."""
    yield from (province.name for province in PROVINCES.values())
    yield from (district.name for district in DISTRICTS.values())
