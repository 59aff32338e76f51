"""The table of what may be crawled: read from TOML, checked key by key.

SourcesError   the table cannot be used; the message names the key, its value and what is expected
"""

import json
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pydantic
from cssselect import HTMLTranslator, SelectorError
from pydantic import TypeAdapter

from crawler.address import origin_of, path_of
from crawler.article import Authority, Kind, Rights

TABLE = Path(__file__).with_name("sources.toml")
_FORBID = pydantic.ConfigDict(extra="forbid")


class SourcesError(Exception):
    """The table of sources cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """CSS rules of one source. `original` selects the link to the text that a page summarises or copies."""

    __pydantic_config__ = _FORBID

    title: str | None = None
    body: str | None = None
    drop: tuple[str, ...] = ()
    published: str | None = None
    author: str | None = None
    original: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One site. Only addresses of `home`'s scheme and authority are ever fetched for it, and files of
    `attachment_hosts`.

    kind, authority, rights, province: what its articles carry.
    delay_s: seconds between two requests, at least; robots.txt and AutoThrottle may lengthen it.
    feeds, sitemaps, listings: where discovery starts, relative to `home` or absolute.
    articles, follow: regular expressions searched in path and query: pages to keep, and pages only to read links from.
    attachment_hosts: further hosts ("host" or "host:port") whose files its pages hang out; `home`'s own is always one.
    every_h: hours from the end of one round over the source to the beginning of the next.
    whole: the site is about OCOP throughout, so that its pages are kept without the topic filter.
    local: loopback and private addresses are allowed (demonstrations and tests).
    verified: someone has crawled it and looked at the articles.
    """

    __pydantic_config__ = _FORBID

    id: str
    name: str
    home: str
    kind: Kind = "news"
    authority: Authority = "press"
    rights: Rights = "excerpt"
    province: str | None = None
    local: bool = False
    delay_s: float = 5.0
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    articles: tuple[str, ...]
    follow: tuple[str, ...] = ()
    attachment_hosts: tuple[str, ...] = ()
    every_h: float = 24.0
    whole: bool = False
    verified: bool = False
    select: Select | None = field(default=None)

    def authority_of_home(self) -> tuple[str, str]:
        """(scheme, host and port) in lower case."""
        return origin_of(self.home)

    def keeps(self, url: str) -> bool:
        """Whether the page is one to keep as an article."""
        return self.allows(url) and any(re.search(rule, path_of(url)) for rule in self.articles)

    def follows(self, url: str) -> bool:
        """Whether the page may be read for its links."""
        return self.allows(url) and any(re.search(rule, path_of(url)) for rule in self.follow)

    def allows(self, url: str) -> bool:
        """Whether the address is of this source's scheme and authority."""
        return origin_of(url) == self.authority_of_home()

    def allows_file(self, url: str) -> bool:
        """Whether a file that hangs off one of its pages may be fetched from there."""
        scheme, host = origin_of(url)
        return self.allows(url) or (scheme in ("http", "https") and host in self.attachment_hosts)

    def absolute(self, address: str) -> str:
        """A starting point as an absolute address."""
        return urljoin(self.home, address)


_SOURCE = TypeAdapter(Source)


def load_sources(path: Path = TABLE) -> tuple[Source, ...]:
    """Read a table of sources.

    Raises:
        SourcesError: the file is missing, is no TOML, or an entry breaks a rule.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourcesError(f"không đọc được bảng nguồn {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourcesError(f"{path} không phải TOML hợp lệ: {error}") from error
    entries = data.pop("source", None)
    if data or not isinstance(entries, list) or not entries:
        found = ", ".join(sorted(data)) or repr(entries)
        raise SourcesError(f"{path}: tìm thấy {found}; cần một hay nhiều mục [[source]] và không gì khác")
    sources = tuple(_source(entry, position, path) for position, entry in enumerate(entries, 1))
    seen: dict[str, str] = {}
    for source in sources:
        if source.id in seen:
            raise SourcesError(
                f"{path}: id = {source.id!r} dùng cho cả {seen[source.id]!r} và {source.name!r}; cần khác nhau"
            )
        seen[source.id] = source.name
    return sources


def _source(entry: Any, position: int, path: Path) -> Source:
    name = entry.get("id", f"thứ {position}") if isinstance(entry, dict) else f"thứ {position}"
    where = f"{path}, nguồn {name}"
    try:
        # JSON mode: strict about types, yet lists become tuples and tables records.
        source = _SOURCE.validate_json(json.dumps(entry, default=str), strict=True)
    except pydantic.ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        if first["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
            known = ", ".join(Select.__slots__ if "." in key else Source.__slots__)
            raise SourcesError(f"{where}: khóa lạ {key} = {first['input']!r}; các khóa được dùng: {known}") from error
        if first["type"].startswith("missing"):
            raise SourcesError(f"{where}: thiếu khóa {key}") from error
        raise SourcesError(f"{where}: {key} = {first['input']!r}; cần {_expected(first)}") from error
    _check(source, where)
    return source


def _expected(error: Any) -> str:
    words = {
        "string_type": "một chuỗi",
        "bool_type": "true hoặc false",
        "float_type": "một số",
        "tuple_type": "một danh sách chuỗi",
        "dataclass_type": "một bảng",
    }
    context = error.get("ctx") or {}
    if error["type"] == "literal_error":
        return f"một trong {context.get('expected')}"
    return words.get(error["type"], str(error["msg"]))


def _check(source: Source, where: str) -> None:
    """What types cannot say."""
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", source.id):
        raise SourcesError(f"{where}: id = {source.id!r}; cần chữ thường, số và gạch nối, như 'bao-lang-nghe'")
    scheme, host = source.authority_of_home()
    if scheme not in ("http", "https") or not host or urlsplit(source.home).username:
        raise SourcesError(f"{where}: home = {source.home!r}; cần địa chỉ như 'https://example.vn/'")
    if not 0 <= source.delay_s <= 3600:
        raise SourcesError(f"{where}: delay_s = {source.delay_s!r}; cần số giây từ 0 đến 3600")
    if not 0 <= source.every_h <= 24 * 366:
        raise SourcesError(f"{where}: every_h = {source.every_h!r}; cần số giờ từ 0 đến {24 * 366}")
    for name in source.attachment_hosts:
        if not re.fullmatch(r"[a-z0-9.-]+(?::\d{1,5})?", name):
            raise SourcesError(f"{where}: attachment_hosts = {name!r}; cần tên máy chủ như 'files.example.vn'")
    if not source.name.strip():
        raise SourcesError(f"{where}: name = {source.name!r}; cần tên mà người đọc sẽ thấy")
    if not source.articles:
        raise SourcesError(f"{where}: articles = []; cần ít nhất một biểu thức chính quy của trang cần giữ")
    for key in ("articles", "follow"):
        for rule in getattr(source, key):
            try:
                re.compile(rule)
            except re.error as error:
                raise SourcesError(f"{where}: {key} = {rule!r}; cần biểu thức chính quy hợp lệ ({error})") from error
    for key in ("feeds", "sitemaps", "listings"):
        for address in getattr(source, key):
            if not source.allows(source.absolute(address)):
                raise SourcesError(f"{where}: {key} = {address!r}; cần địa chỉ thuộc {scheme}://{host}")
    if source.select is not None:
        _check_rules(source.select, where)


def _check_rules(select: Select, where: str) -> None:
    rules = [(key, getattr(select, key)) for key in ("title", "body", "published", "author", "original")]
    for key, rule in [*rules, *(("drop", rule) for rule in select.drop)]:
        if rule is None:
            continue
        try:
            HTMLTranslator().css_to_xpath(rule)
        except SelectorError as error:
            raise SourcesError(f"{where}: select.{key} = {rule!r}; cần bộ chọn CSS hợp lệ") from error
