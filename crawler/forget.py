"""Forgetting an address or a host: its text leaves the archive, every generation of the index, and does not come back.

ForgetError   the text may still stand somewhere; the message says where and what to do
"""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from crawler.address import clean_address
from crawler.archive import Archive

_HOST = re.compile(r"(?=.{1,253}(?::|$))[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*(?::\d{1,5})?")


class ForgetError(ValueError):
    """What was asked cannot be forgotten, or not everywhere yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was forgotten: the address or host as kept, ids of its articles, how many addresses of the frontier.

    left: files that hung off the articles and are still held. reindexed: whether there was an index to rebuild.
    """

    target: str
    articles: tuple[str, ...]
    addresses: int
    left: tuple[str, ...]
    reindexed: bool


def forget(data: Path, asked: str) -> Erased:
    """Take all text of an address, or of a whole host, out of a data folder. May be run again; it then finishes.

    The former generations of the index are removed and the new one is built without the text (`python -m index build
    --purge`), which a running server takes up by itself. Blocks that the file system gave back are not overwritten.

    Raises:
        ForgetError: `asked` is neither an address nor a host, or the index could not be rebuilt.
        crawler.archive.ArchiveError: there is no archive, or readers kept its log from being emptied.
    """
    target = target_of(asked)
    with Archive(data) as archive:
        done = archive.forget(target)
    reindexed = (data / "index").exists()
    if reindexed:
        _rebuild(data, target)
    return Erased(target=target, articles=done.articles, addresses=done.addresses, left=done.left, reindexed=reindexed)


def target_of(asked: str) -> str:
    """An address or host as the archive writes it.

    Raises:
        ForgetError: it is neither.
    """
    asked = asked.strip()
    if "://" in asked:
        address = clean_address(asked, asked)
        if address is not None:
            return address
    elif _HOST.fullmatch(asked.lower()):
        return asked.lower()
    raise ForgetError(
        f"{asked!r} không phải địa chỉ (https://vi-du.vn/tin/1.html) hay tên máy chủ (vi-du.vn); "
        "xem địa chỉ của bài: python -m crawler show ID"
    )


def _rebuild(data: Path, target: str) -> None:
    """Build the index anew in a process of its own: what crawls does not import what searches."""
    command = [sys.executable, "-m", "index", "build", "--purge", "--quiet", "--data", str(data)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ForgetError(
            f"kho lưu trữ đã bỏ {target}, nhưng chỉ mục trong {data / 'index'} còn giữ chữ vì không dựng lại được: "
            f"{done.stderr.strip()}\nSửa nguyên nhân rồi chạy lại lệnh này."
        )
