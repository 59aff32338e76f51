"""Zip files from the web, looked at before anything in them is unpacked."""

import io
import zipfile

from crawler.draft import NoArticleError

_MAX_ENTRIES = 5000
_MAX_TOTAL_BYTES = 192 * 1024 * 1024
_MAX_RATIO = 250
_RATIO_FROM_BYTES = 4 * 1024 * 1024
_ENCRYPTED = 0x1


def opened_zip(body: bytes) -> zipfile.ZipFile:
    """The zip, when what it says of itself is within bounds; zipfile itself reads no entry past its stated size.

    Raises:
        NoArticleError: it is encrypted, or unpacks to too much (a "zip bomb").
        zipfile.BadZipFile: it is damaged.
    """
    archive = zipfile.ZipFile(io.BytesIO(body))
    entries = archive.infolist()
    if len(entries) > _MAX_ENTRIES:
        raise NoArticleError(f"tệp zip có {len(entries)} mục, nhiều hơn {_MAX_ENTRIES}")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise NoArticleError("tệp zip đặt mật khẩu")
    total = sum(entry.file_size for entry in entries)
    if total > _MAX_TOTAL_BYTES:
        raise NoArticleError(
            f"tệp zip bung ra {total // 1024 // 1024} MiB, nhiều hơn {_MAX_TOTAL_BYTES // 1024 // 1024} MiB"
        )
    for entry in entries:
        if entry.file_size > max(_RATIO_FROM_BYTES, _MAX_RATIO * entry.compress_size):
            raise NoArticleError("tệp zip nén quá mức bình thường (bom nén)")
    return archive


def is_word(archive: zipfile.ZipFile) -> bool:
    """Whether the zip is an OOXML package that holds a Word document."""
    names = set(archive.namelist())
    return "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)


def is_office(archive: zipfile.ZipFile) -> bool:
    """Whether the zip is an OOXML package of any kind (Word, Excel, PowerPoint)."""
    return "[Content_Types].xml" in set(archive.namelist())
