"""Arrays in files: written of a size known beforehand or a record of them at once, and mapped rather than read."""

import os
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import DTypeLike, NDArray

Arrays = TypeVar("Arrays")


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


def save_record(folder: Path, arrays: object, prefix: str = "") -> None:
    """Write a .npy file for each field of a dataclass of arrays. Equal arrays give equal files."""
    for field in fields(arrays):  # type: ignore[arg-type]
        np.save(folder / f"{prefix}{field.name}.npy", getattr(arrays, field.name))


def mapped_record(kind: type[Arrays], folder: Path, prefix: str = "") -> Arrays:
    """The dataclass of arrays that `save_record` wrote, mapped.

    Raises:
        OSError, ValueError: a file is missing or damaged.
    """
    return kind(**{field.name: mapped(folder / f"{prefix}{field.name}.npy") for field in fields(kind)})  # type: ignore[arg-type]
