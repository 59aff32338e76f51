"""Importing files, folders of files, zips of files and single addresses into the archive."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, urlsplit

from crawler.address import clean_address
from crawler.archive import Archive, Change, ForgottenError, Raw, now_iso
from crawler.article import Article, Authority, Kind, Rights
from crawler.documents.bundle import Unread, is_bundle, members
from crawler.draft import NoArticleError, Origin
from crawler.read import read_article

_PAGES = frozenset({".html", ".htm", ".xhtml"})
_PICTURES = frozenset({".png", ".jpg", ".jpeg"})
# What is read out of a folder. Photographs beside saved pages are none of it; one named alone or sent in a zip is read.
SUFFIXES = _PAGES | {".txt", ".pdf", ".docx", ".doc", ".tif", ".tiff", ".zip"}
_IN_ZIP = (SUFFIXES | _PICTURES) - {".zip"}
FILE_SOURCE = "Tài liệu nạp từ tệp"
_MAX_FILE_BYTES = 32 * 1024 * 1024


_DOCUMENT_TYPES = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}

Reader = Callable[[Raw, Origin], Article]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What the operator says of what is added; None where the text or a default is to tell."""

    url: str | None = None
    original_url: str | None = None
    published: str | None = None
    kind: Kind | None = None
    source: str | None = None
    province: str | None = None
    authority: Authority | None = None
    rights: Rights | None = None

    def origin(self, url: str | None) -> Origin:
        """The Origin of one page or file."""
        address = self.url or url
        return Origin(
            source=self.source or (urlsplit(address).hostname if address else None) or FILE_SOURCE,
            fetched=now_iso(),
            url=address,
            original_url=self.original_url,
            authority=self.authority or "press",
            rights=self.rights or "full",
            kind=self.kind or "news",
            kind_fixed=self.kind is not None,
            place=self.province,
            published=self.published,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """One file or address read: the article and what its storing changed (None where it was not stored)."""

    name: str
    article: Article
    change: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """One file or address that is no article, and why."""

    name: str
    reason: str


def is_address(name: str) -> bool:
    """Whether an argument is an address, not a file."""
    return name.startswith(("http://", "https://"))


def read_files(
    names: Sequence[str], declared: Declared, read: Reader = read_article
) -> Iterator[tuple[Added, Raw] | Skipped]:
    """Read files and folders; what is no article is given as Skipped, and the rest goes on.

    read: reads one file; raises NoArticleError where it holds no article.
    """
    for path in _files(names):
        if isinstance(path, Skipped):
            yield path
            continue
        try:
            if path.stat().st_size > _MAX_FILE_BYTES:
                raise NoArticleError(f"tệp dài hơn {_MAX_FILE_BYTES // 1024 // 1024} MiB")
            body = path.read_bytes()
            if is_bundle(body):
                yield from _read_bundle(str(path), body, declared, read)
            else:
                yield _read_one(str(path), body, path.suffix.lower(), declared, read)
        except NoArticleError as error:
            yield Skipped(name=str(path), reason=str(error))
        except OSError as error:
            yield Skipped(name=str(path), reason=f"không đọc được: {error.strerror}")


def read_fetched(
    url: str, raw: Raw, declared: Declared, read: Reader = read_article
) -> Iterator[tuple[Added, Raw] | Skipped]:
    """Read what was fetched from `url`: a page, a document, or each file of a zip (its name after a "#")."""
    try:
        if is_bundle(raw.body):
            yield from _read_bundle(url, raw.body, declared, read, url=url)
        else:
            yield Added(name=url, article=read(raw, declared.origin(url))), raw
    except NoArticleError as error:
        yield Skipped(name=url, reason=str(error))


def _read_bundle(
    path: str, body: bytes, declared: Declared, read: Reader, *, url: str | None = None
) -> Iterator[tuple[Added, Raw] | Skipped]:
    """Each file of a zip as a file of its own. `url`: where the zip was fetched from."""
    if declared.url is not None:
        raise NoArticleError("--url chỉ dùng cho một tệp, không dùng cho tệp zip")
    found = False
    for member in members(body):
        found = True
        name = f"{path} › {member.name}"
        if isinstance(member, Unread):
            yield Skipped(name=name, reason=member.reason)
        elif member.suffix == ".zip":
            yield Skipped(name=name, reason="tệp zip trong tệp zip không được đọc")
        elif member.suffix not in _IN_ZIP:
            yield Skipped(name=name, reason=_unknown(member.suffix))
        else:
            address = None if url is None else f"{url}#{quote(member.name)}"
            yield _read_one(name, member.body, member.suffix, declared, read, url=address)
    if not found:
        raise NoArticleError("tệp zip không có tệp nào")


def _read_one(
    name: str, body: bytes, suffix: str, declared: Declared, read: Reader, *, url: str | None = None
) -> tuple[Added, Raw] | Skipped:
    raw = Raw(body=body, content_type=_content_type(suffix))
    try:
        return Added(name=name, article=read(raw, declared.origin(url))), raw
    except NoArticleError as error:
        return Skipped(name=name, reason=str(error))


def forgotten(archive: Archive, names: Sequence[str]) -> list[Skipped]:
    """The addresses among the names that were forgotten on purpose, so that they are not even fetched."""
    return [
        Skipped(name=name, reason=f"{target} đã được xóa theo yêu cầu và không lấy lại nữa")
        for name in names
        if is_address(name) and (target := archive.forgotten(clean_address(name, name) or name)) is not None
    ]


def store(archive: Archive, added: Added, raw: Raw) -> Added | Skipped:
    """Put one article into the archive; Skipped where its address was forgotten on purpose."""
    try:
        return replace(added, change=archive.put(added.article, raw))
    except ForgottenError as error:
        return Skipped(name=added.name, reason=str(error))


def _files(names: Sequence[str]) -> Iterator[Path | Skipped]:
    for name in names:
        path = Path(name)
        if path.is_dir():
            inside = sorted(item for item in path.rglob("*") if item.is_file())
            if not inside:
                yield Skipped(name=name, reason="thư mục trống")
            for item in inside:
                if item.suffix.lower() in SUFFIXES:
                    yield item
                else:
                    yield Skipped(name=str(item), reason=_unknown(item.suffix))
        elif path.exists():
            yield path
        else:
            yield Skipped(name=name, reason="không có tệp này")


def _unknown(suffix: str) -> str:
    return f"đuôi tệp {suffix or '(không có)'} không đọc được"


def _content_type(suffix: str) -> str:
    """A guess for a file, by its name; documents are told by their bytes, whatever they are called."""
    if suffix in _PAGES:
        return "text/html"
    return _DOCUMENT_TYPES.get(suffix, "text/plain")
