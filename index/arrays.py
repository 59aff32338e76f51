"""Arrays in files: written of a size known beforehand, and mapped rather than read."""

import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


def created(path: Path, kind: DTypeLike, shape: tuple[int, ...]) -> NDArray[Any]:
    """A new .npy file as an array to be filled; `finished` brings it to the file.

    Raises:
        OSError: there is no room for it.
    """
    if 0 in shape:
        np.save(path, np.zeros(shape, kind))  # nothing can be mapped to no bytes
        return np.zeros(shape, kind)
    array = np.lib.format.open_memmap(path, mode="w+", dtype=np.dtype(kind), shape=shape)
    if hasattr(os, "posix_fallocate"):
        # A mapped page that finds the disk full when it is written ends the process; so its room is taken here, or
        # refused with an OSError.
        with path.open("r+b") as file:
            os.posix_fallocate(file.fileno(), 0, path.stat().st_size)
    return array


def finished(array: NDArray[Any]) -> None:
    """Bring what was filled in to the file."""
    if isinstance(array, np.memmap):
        array.flush()


def mapped(path: Path) -> NDArray[Any]:
    """The array of a .npy file, mapped for reading: a plain view, since slicing a numpy.memmap takes microseconds.

    Raises:
        OSError, ValueError, EOFError: the file is missing or no such array.
    """
    try:
        return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray))
    except ValueError:
        return np.asarray(np.load(path, allow_pickle=False))  # of no bytes
