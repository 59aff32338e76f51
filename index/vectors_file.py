"""Vectors as every store keeps them, so that a later build can reuse them, whatever store it writes.

`vectors.npy` holds (n, dim) float16: the rounding moves a cosine by some hundred-thousandths and no measure of search.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import created, finished, mapped
from index.ranking import Ids
from index.store import VECTORS_FILE, StoreError, Vectors

# Rows copied at a time.
_ROWS = 1 << 16


def write_vectors(folder: Path, vectors: Vectors) -> None:
    """Write (n, dim) vectors as a store keeps them."""
    merge_vectors(folder, np.full(len(vectors), -1), np.zeros((0, vectors.shape[1]), np.float16), vectors)


def read_vectors(folder: Path) -> NDArray[np.float16]:
    """(n, dim) vectors of a store, mapped.

    Raises:
        StoreError: they are missing or damaged.
    """
    try:
        vectors = mapped(folder / VECTORS_FILE)
    except (OSError, ValueError, EOFError) as error:
        raise StoreError(f"the vectors in {folder} cannot be read ({error})") from error
    if vectors.ndim != 2 or vectors.dtype != np.float16:
        raise StoreError(
            f"{folder / VECTORS_FILE} holds {vectors.dtype} of shape {vectors.shape}, expected rows of float16"
        )
    return vectors


def merge_vectors(folder: Path, kept: Ids, former: NDArray[np.float16], added: NDArray[Any]) -> None:
    """Write the former's rows `kept`, and the next of those added where it is -1."""
    written = created(folder / VECTORS_FILE, np.float16, (len(kept), added.shape[1]))
    merge_rows(written, kept, former, added)
    finished(written)


def merge_rows(target: NDArray[Any], kept: Ids, former: NDArray[Any], added: NDArray[Any]) -> None:
    """Fill an array with the former's rows `kept`, and the next of those added where it is -1; a part at a time."""
    following = np.cumsum(kept < 0) - 1
    for start in range(0, len(kept), _ROWS):
        part, fresh = kept[start : start + _ROWS], following[start : start + _ROWS]
        rows = np.empty((len(part), *target.shape[1:]), target.dtype)
        rows[part >= 0] = former[part[part >= 0]]
        rows[part < 0] = added[fresh[part < 0]]
        target[start : start + len(part)] = rows
