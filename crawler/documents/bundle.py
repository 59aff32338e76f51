"""Zip files given to `add`: their members, read in memory one by one; no name from a zip ever touches a path."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from crawler.documents.zipped import is_office, opened_zip
from crawler.draft import tidy

_MARK = b"PK\x03\x04"
_EMPTY_MARK = b"PK\x05\x06"
_MAX_NAME_CHARS = 120
_MAX_MEMBER_BYTES = 32 * 1024 * 1024
# What archivers of macOS and Windows leave beside the files.
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of a zip. name: fit to be shown, nothing else. suffix: lower case, dot included; may be empty."""

    name: str
    suffix: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """One file of a zip that cannot be taken out, and why."""

    name: str
    reason: str


def is_bundle(body: bytes) -> bool:
    """Whether the bytes are a zip of files, not an Office document (which is a zip too).

    Raises:
        NoArticleError: it is a zip that must not be unpacked.
    """
    if not body.startswith((_MARK, _EMPTY_MARK)):
        return False
    try:
        with opened_zip(body) as archive:
            return not is_office(archive)
    except zipfile.BadZipFile:
        return False


def members(body: bytes) -> Iterator[Member | Unread]:
    """The files of a zip in its order, folders left out.

    Raises:
        NoArticleError: it is encrypted or unpacks to too much.
    """
    with opened_zip(body) as archive:
        for entry in archive.infolist():
            if entry.is_dir() or any(litter in entry.filename for litter in _LITTER):
                continue
            shown = "".join(char for char in tidy(entry.filename) if char.isprintable())
            name = shown[-_MAX_NAME_CHARS:] or "(không tên)"
            if entry.file_size > _MAX_MEMBER_BYTES:
                yield Unread(name=name, reason=f"tệp dài hơn {_MAX_MEMBER_BYTES // 1024 // 1024} MiB")
                continue
            try:
                content = archive.read(entry)
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
                yield Unread(name=name, reason=f"không giải nén được ({type(error).__name__})")
                continue
            yield Member(name=name, suffix=PurePosixPath(entry.filename).suffix.lower(), body=content)
