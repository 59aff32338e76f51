"""Whether a build failed since the disk is full, and what to say then."""

import errno
import shutil
import sqlite3
from pathlib import Path

# A full disk, a quota, or a limit on the size of files.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SQLITE_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE}
# With less than this free, whatever could not be written failed for want of room; libraries do not always say so.
_LEAST_FREE = 256 * 1024


def is_full(error: BaseException, folder: Path) -> bool:
    """Whether an error of writing says that there is no room."""
    if isinstance(error, OSError):
        # numpy says "1000 requested and 10 written" and gives no number
        if error.errno in _FULL or (error.errno is None and "requested and" in str(error)):
            return True
    elif isinstance(error, sqlite3.Error):
        if getattr(error, "sqlite_errorcode", None) in _SQLITE_FULL:
            return True
    elif not isinstance(error, RuntimeError):
        return False
    return free_bytes(folder) < _LEAST_FREE


def free_bytes(folder: Path) -> int:
    """How much may still be written to the disk of a folder, or of the first one above it that is there."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def size_bytes(folder: Path) -> int:
    """The bytes of the files of a folder; 0 where there is none."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0


def mib(size: int) -> str:
    """A number of bytes as people say it."""
    return f"{size / 2**20:.1f} MiB"
