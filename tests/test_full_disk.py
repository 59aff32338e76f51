"""A full disk: the build is refused with what to do, the former index serves on, and nothing is left beside it."""

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import build
from index.manifest import FOLDER, in_use, read_manifest, verify
from index.room import is_full
from index.search import Searcher
from index.store import STORES
from tests.archived import put
from tests.conftest import ROOT

RICE = ["Gạo nếp Nam Định", "Gạo nếp của hợp tác xã đạt 4 sao.", "Vùng trồng rộng 20 ha."]
ARTICLES = 10
PAGE = 4096

# A child, so that not even a signal ends the tests. It may write no file longer than so many bytes, where one is given;
# Python turns that signal into an error.
BUILD = """
import resource, sys
from pathlib import Path
if len(sys.argv) > 2:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
from index.build import DiskFull, build
try:
    build(Path(sys.argv[1]), progress=False)
except DiskFull as error:
    print(error)
    sys.exit(7)
"""


def refusal_of(data: Path, *limit: int) -> str:
    """What a build says of a full disk; it must end in no other way."""
    run = subprocess.run(
        [sys.executable, "-c", BUILD, str(data), *map(str, limit)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 7, f"{limit}: {run.returncode} {run.stdout} {run.stderr}"
    return run.stdout


def in_order(folder: Path) -> list[Path]:
    """The files of a generation of some pages and more, as they were written."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(files, key=lambda path: path.stat().st_mtime_ns)


def served(data: Path) -> set[str]:
    """The texts found by the index in use, which must be whole."""
    generation = in_use(data)
    verify(data, generation.name, read_manifest(data, generation))
    searcher = Searcher.open(data)
    try:
        return {hit.passage.text for hit in searcher.search("gạo nếp chè xanh").hits}
    finally:
        searcher.close()


def beside(data: Path) -> list[str]:
    return sorted(path.name for path in (data / FOLDER).iterdir() if path.name not in (".lock", "CURRENT"))


@pytest.fixture(params=STORES)
def data(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    data = tmp_path / "data"
    put(data, RICE, url="https://a.example/gao")
    build(data, embedder="hash-256", store=request.param, progress=False)
    for number in range(ARTICLES - 1):
        lines = [f"Chè xã thứ {number}", *(f"Chè xanh {number * 40 + at} đạt 5 sao. " * 20 for at in range(10))]
        put(data, lines, url=f"https://a.example/che/{number}")
    return data


def test_a_file_that_cannot_grow_refuses_the_build_wherever_it_is(data: Path) -> None:
    before, folders = served(data), beside(data)
    whole = Path(shutil.copytree(data, data.parent / "whole"))
    sizes = {path.stat().st_size for path in in_order(build(whole, progress=False).folder)}
    # One byte less than a file needs: the build fails in that file, or in a longer one before it.
    limits = sorted(size - 1 for size in sizes)[:: max(1, len(sizes) // 6)]
    assert len(limits) >= 6
    for limit in limits:
        refusal = refusal_of(data, limit)
        assert str(data / FOLDER) in refusal
        assert "goes on serving" in refusal
        assert beside(data) == folders
        assert served(data) == before
    assert build(data, progress=False).articles == ARTICLES
    assert served(data) != before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few MiB of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)], capture_output=True, text=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"no small disk can be mounted: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_fills_refuses_the_build_and_the_former_index_serves(data: Path, small_disk: Path) -> None:
    moved = Path(shutil.copytree(data, small_disk / "data"))
    before, folders = served(moved), beside(moved)
    files = in_order(build(data, progress=False).folder)
    # What SQLite keeps beside the archive while it is read.
    written = 9 * PAGE
    refused = 0
    for path in files:
        size = path.stat().st_size
        if size >= 2 * PAGE:
            # Room for the files before this one and for half of it.
            fill(small_disk, written + size // 2)
            refusal = refusal_of(moved)
            refused += 1
            assert str(moved / FOLDER) in refusal
            assert "free now" in refusal
            assert beside(moved) == folders
            assert served(moved) == before
        written += -(-size // PAGE) * PAGE
    assert refused >= 4
    fill(small_disk, 0)
    assert str(moved / FOLDER) in refusal_of(moved)
    (small_disk / "filler").unlink()
    assert build(moved, progress=False).articles == ARTICLES


def fill(disk: Path, left: int) -> None:
    """Leave so many bytes of a disk free."""
    filler = disk / "filler"
    filler.unlink(missing_ok=True)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, (shutil.disk_usage(disk).free - left) // PAGE * PAGE)


def test_other_errors_are_not_called_a_full_disk(tmp_path: Path) -> None:
    assert is_full(OSError(errno.ENOSPC, "No space left on device"), tmp_path)
    assert is_full(OSError("1000 requested and 10 written"), tmp_path)
    assert not is_full(PermissionError(errno.EACCES, "Permission denied"), tmp_path)
    assert not is_full(sqlite3.DatabaseError("file is not a database"), tmp_path)
    assert not is_full(ValueError("no"), tmp_path)
