"""Generations on the disk: their numbers, the switch from one to the next, and what is removed."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from index.manifest import CURRENT, MANIFEST, sha256


def next_number(folder: Path) -> int:
    """One more than the highest generation there ever was in the folder, as far as names tell."""
    numbers = [int(path.name.partition("-")[2]) for path in folder.glob("generation-[0-9]*")]
    return max(numbers, default=0) + 1


def switch(folder: Path, name: str) -> None:
    """Make CURRENT name a generation, with its manifest's sha256, in one rename that survives a loss of power."""
    line = f"{name} {sha256(folder / name / MANIFEST)}\n"
    beside = folder / f"{CURRENT}.new"
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(folder / CURRENT)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    sync(folder)


def remove_generations(folder: Path, kept: Iterable[str | None]) -> None:
    """Remove generations but those kept."""
    for path in folder.glob("generation-[0-9]*"):
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def sync_tree(folder: Path) -> None:
    """Bring every file and folder of a tree to the disk."""
    for path in sorted(folder.rglob("*"), reverse=True):
        sync(path)
    sync(folder)


def sync(path: Path) -> None:
    """Bring a file, or a folder's list of names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
