"""One file that holds what cannot be made again: every SQLite database of a data folder, and its settings in TOML.

The index is left out: `python -m index build` makes it again. A backup is a tar file, packed, whose first member tells
name, size and sha256 of the others. Databases are copied by SQLite itself (https://sqlite.org/backup.html), each as it
was at one instant, while others write.

BackupError   nothing was written, or nothing was restored; the message says why
"""

import gzip
import hashlib
import io
import os
import re
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from crawler.archive import FILE_NAME, Archive, ArchiveError, now_iso

FORMAT = 1
_MANIFEST = "manifest.json"
_MANIFEST_LIMIT_BYTES = 1_000_000
_PATTERNS = ("*.sqlite", "*.toml")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.(?:sqlite|toml)")
_CHUNK_BYTES = 1024 * 1024
# Pages are packed in the archive already; what is left packs as well at the quickest level as at the slowest.
_PACKING = 1


class BackupError(Exception):
    """No backup was made, or none restored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One file of a backup. sha256: hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds. created: UTC, ISO 8601."""

    format: int
    created: str
    files: tuple[Kept, ...]


_MANIFESTS = TypeAdapter(Manifest)


def back_up(data: Path, target: Path) -> Manifest:
    """Write all of `data` that cannot be made again into the new file `target`, readable by its owner only.

    Raises:
        BackupError: `target` is there already, `data` holds no archive, or a database is damaged.
    """
    if target.exists():
        raise BackupError(f"{target} đã có; hãy chọn tên khác, ví dụ có ngày: backup-2026-11-29.tar.gz")
    if not (data / FILE_NAME).exists():
        raise BackupError(f"không có kho nào để sao lưu ở {data}: thiếu {FILE_NAME}")
    try:
        with _folder_beside(target) as work:
            names = sorted({path.name for pattern in _PATTERNS for path in data.glob(pattern)})
            for name in names:
                if not _NAME.fullmatch(name):
                    raise BackupError(f"tên tệp {name!r} không sao lưu được; cần chữ, số, dấu chấm và gạch nối")
                _copy(data / name, work / name)
            kept = [Kept(name=name, size=(work / name).stat().st_size, sha256=_digest(work / name)) for name in names]
            manifest = Manifest(format=FORMAT, created=now_iso(), files=tuple(kept))
            written = work / "backup.tar.gz"
            _write(written, manifest, work)
            os.link(written, target)  # fails where someone made it meanwhile; never half a file
    except FileExistsError:
        raise BackupError(f"{target} đã có; hãy chọn tên khác") from None
    except OSError as error:
        raise BackupError(f"không ghi được {target}: {error.strerror}") from error
    return manifest


def restore(source: Path, data: Path) -> Manifest:
    """Put the files of a backup into the folder `data`, each checked before any is put there.

    Raises:
        BackupError: `source` is no whole backup, or `data` holds something that it would overwrite.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        with _folder_beside(data / "x") as work:
            manifest = _extract(source, work)
            _refuse_overwriting(data, [kept.name for kept in manifest.files])
            for kept in manifest.files:
                if kept.name.endswith(".sqlite"):
                    _check_database(work / kept.name)
            with Archive(work) as archive:  # of a version this program knows
                archive.count()
            for kept in manifest.files:
                os.link(work / kept.name, data / kept.name)
    except ArchiveError as error:
        raise BackupError(f"kho trong {source} không dùng được: {error}") from error
    except FileExistsError as error:
        raise BackupError(f"{error.filename2} vừa có người ghi; không ghi đè") from error
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, ValidationError, UnicodeDecodeError) as error:
        raise BackupError(f"{source} không phải bản sao lưu nguyên vẹn: {error}") from error
    except OSError as error:
        raise BackupError(f"không phục hồi được {source} vào {data}: {error.strerror or error}") from error
    return manifest


@contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    """A folder on the same disk, so that what is made in it can be linked; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.resolve().parent) as folder:
        yield Path(folder)


def _copy(source: Path, target: Path) -> None:
    if source.suffix != ".sqlite":
        target.write_bytes(source.read_bytes())
        return
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=30.0)) as reading,
            closing(sqlite3.connect(target)) as writing,
        ):
            reading.backup(writing)
            # one file, without a journal beside it
            writing.execute("PRAGMA journal_mode = DELETE")
        _check_database(target)
    except sqlite3.Error as error:
        raise BackupError(f"không đọc được {source}: {error}; bản sao lưu cũ hơn vẫn dùng được") from error


def _check_database(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as database:
            (said,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        said = str(error)
    if said != "ok":
        raise BackupError(f"cơ sở dữ liệu {path.name} hỏng: {said}")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(target: Path, manifest: Manifest, work: Path) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w:gz", compresslevel=_PACKING) as packed:
        told = _MANIFESTS.dump_json(manifest, indent=1)
        head = tarfile.TarInfo(_MANIFEST)
        head.size = len(told)
        packed.addfile(head, io.BytesIO(told))
        for kept in manifest.files:
            entry = tarfile.TarInfo(kept.name)
            entry.size, entry.mode = kept.size, 0o600
            with (work / kept.name).open("rb") as content:
                packed.addfile(entry, content)


def _extract(source: Path, work: Path) -> Manifest:
    """The files of a backup, in `work`: those its manifest names, with the content it tells, and no others."""
    with tarfile.open(source, mode="r:gz") as packed:
        head = packed.next()
        content = None if head is None or head.name != _MANIFEST else packed.extractfile(head)
        if content is None:
            raise BackupError(f"{source} không phải bản sao lưu của chương trình này: thiếu {_MANIFEST}")
        manifest = _MANIFESTS.validate_json(content.read(_MANIFEST_LIMIT_BYTES))
        if manifest.format != FORMAT:
            raise BackupError(f"{source} có dạng {manifest.format}; bản chương trình này đọc dạng {FORMAT}")
        wanted = {kept.name: kept for kept in manifest.files}
        if FILE_NAME not in wanted or not all(_NAME.fullmatch(name) for name in wanted):
            raise BackupError(f"{source} không phải bản sao lưu của chương trình này: {sorted(wanted)}")
        while (member := packed.next()) is not None:
            kept = wanted.pop(member.name, None)
            body = packed.extractfile(member) if kept is not None and member.isreg() else None
            if kept is None or body is None or member.size != kept.size:
                raise BackupError(f"{source} chứa {member.name!r} không đúng như {_MANIFEST} kể")
            # questions are for their owner only, wherever they are put
            descriptor = os.open(work / kept.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                while chunk := body.read(_CHUNK_BYTES):
                    file.write(chunk)
            if _digest(work / kept.name) != kept.sha256:
                raise BackupError(f"{source}: {kept.name} không còn nguyên vẹn (sha256 khác)")
        if wanted:
            raise BackupError(f"{source} bị cắt: thiếu {', '.join(sorted(wanted))}")
    return manifest


def _refuse_overwriting(data: Path, names: Sequence[str]) -> None:
    beside = [f"{name}{end}" for name in names for end in ("", "-wal", "-shm", "-journal")]
    found = [name for name in (*beside, "index") if (data / name).exists()]
    if found:
        raise BackupError(
            f"{data} đã có {', '.join(found)}; không ghi đè. Phục hồi vào một thư mục trống rồi đổi OCOP_DATA, "
            "hoặc dời dữ liệu cũ đi trước"
        )
