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

from index.build import DiskFull, build
from index.manifest import FOLDER, current_name, read_manifest, verify
from index.room import is_full
from index.search import Searcher
from index.store import STORES
from tests.archived import put
from tests.conftest import ROOT

RICE = ["Gạo nếp Nam Định", "Gạo nếp của hợp tác xã đạt 4 sao.", "Vùng trồng rộng 20 ha."]
ARTICLES = 10

# A child that may write no file longer than so many bytes; Python turns the signal into an error.
LIMITED = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
from index.build import DiskFull, build
try:
    build(Path(sys.argv[1]), progress=False)
except DiskFull as error:
    print(error)
    sys.exit(7)
"""


def served(data: Path) -> set[str]:
    """The texts found by the index in use, which must be whole."""
    name = current_name(data)
    verify(data, name, read_manifest(data, name))
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
    sizes = {path.stat().st_size for path in build(whole, progress=False).folder.rglob("*") if path.is_file()}
    refused = 0
    # One byte less than each file needs: the build fails in that file, or in a longer one before it.
    for limit in sorted(sizes):
        run = subprocess.run(
            [sys.executable, "-c", LIMITED, str(data), str(limit - 1)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert run.returncode == 7, f"limit {limit}: {run.returncode} {run.stdout} {run.stderr}"
        assert str(data / FOLDER) in run.stdout
        assert "goes on serving" in run.stdout
        assert beside(data) == folders
        assert served(data) == before
        refused += 1
    assert refused >= 4
    report = build(data, progress=False)
    assert report.articles == ARTICLES
    assert served(data) != before


def refusal_of(data: Path) -> str | None:
    """What a build says of a full disk; None where it succeeds."""
    try:
        build(data, progress=False)
    except DiskFull as error:
        return str(error)
    return None


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few MiB of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=9m", "tmpfs", str(disk)], capture_output=True, text=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"no small disk can be mounted: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_fills_refuses_the_build_and_the_former_index_serves(data: Path, small_disk: Path) -> None:
    moved = Path(shutil.copytree(data, small_disk / "data"))
    before, folders = served(moved), beside(moved)
    filler = small_disk / "filler"
    block = 64 * 1024
    refused = 0
    # From a disk with no room at all to one with just enough.
    for left in range(0, 3 * 2**20, 256 * 1024):
        filler.unlink(missing_ok=True)
        free = shutil.disk_usage(small_disk).free - left
        if free > 0:
            with filler.open("wb", buffering=0) as file:
                for _ in range(free // block):
                    file.write(b"\0" * block)
        refusal = refusal_of(moved)
        if refusal is None:
            break
        refused += 1
        assert str(moved / FOLDER) in refusal
        assert "free now" in refusal
        assert beside(moved) == folders
        assert served(moved) == before
    assert refused >= 2
    filler.unlink()
    assert build(moved, progress=False).articles == ARTICLES


def test_other_errors_are_not_called_a_full_disk(tmp_path: Path) -> None:
    assert is_full(OSError(errno.ENOSPC, "No space left on device"), tmp_path)
    assert is_full(OSError("1000 requested and 10 written"), tmp_path)
    assert not is_full(PermissionError(errno.EACCES, "Permission denied"), tmp_path)
    assert not is_full(sqlite3.DatabaseError("file is not a database"), tmp_path)
    assert not is_full(ValueError("no"), tmp_path)
