"""Stories published more than once: a sketch of every text, and groups of near-duplicates led by the best authority.

Sketches are MinHash (Broder, "On the resemblance and containment of documents", 1997) over shingles of five syllables,
case and marks folded, so that a copy with a sentence less or a sapo of its own stays near its original.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any

_SHINGLE = 5  # syllables
_PERMUTATIONS = 64
# A text of fewer shingles says too little to be told from another one on the same occasion.
_LEAST_SHINGLES = 40

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
    folded = unicodedata.normalize("NFD", text.lower()).translate(_D_STROKE)
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return [
        token.replace(".", "").lstrip("0") or "0"
        if token[0].isdecimal() and token.replace(".", "").isdecimal()
        else token
        for token in _TOKEN.findall(plain)
    ]


def shingles(syllables: list[str]) -> set[str]:
    """Every run of five neighbouring syllables."""
    return {" ".join(syllables[at : at + _SHINGLE]) for at in range(len(syllables) - _SHINGLE + 1)}


@lru_cache(maxsize=1)
def _template() -> Any:
    from datasketch import MinHash  # noqa: PLC0415 (loads SciPy: most of a second)

    # Named, since sketches are kept: another default in a later version must not change them.
    return MinHash(num_perm=_PERMUTATIONS, seed=1, scheme="affine32")
