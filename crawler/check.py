"""`python -m crawler check`: whether a source can be reached and read as its entry in the table says.

It asks for robots.txt, one page of each starting point and one article, and stores nothing.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.address import clean_address
from crawler.archive import Raw, now_iso
from crawler.article import Article
from crawler.draft import NoArticleError
from crawler.net.fetcher import FetchError
from crawler.net.session import Session
from crawler.read import Reading
from crawler.sandbox import Sandbox
from crawler.sources import Source
from crawler.topic import on_topic

_MAX_BYTES = 50 * 1024 * 1024
_TRIED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was seen of one source. `passed`: reached, and an article was read. `seen`: what was found, in order."""

    id: str
    name: str
    passed: bool
    seen: tuple[str, ...]
    article: Article | None = None


def check(sources: Sequence[Source], *, contact: str | None = None) -> list[Checked]:
    """Look at each source once.

    Raises:
        ValueError: a source is on the public web and no `contact` is given.
    """
    if not contact and any(not source.local for source in sources):
        raise ValueError("cần --contact (địa chỉ thư hoặc trang web) để các trang được xem biết liên hệ với ai")
    return asyncio.run(_check_all(sources, contact))


def mark_verified(table: Path, ids: Sequence[str]) -> None:
    """Set `verified = true` for the sources of these ids in the table, whatever else stands there."""
    parts = re.split(r"(?m)^(?=\[\[source\]\]\s*$)", table.read_text(encoding="utf-8"))
    for position, part in enumerate(parts):
        named = re.search(r'(?m)^id\s*=\s*"([^"]+)"', part)
        if named is None or named[1] not in ids:
            continue
        if re.search(r"(?m)^verified\s*=", part):
            parts[position] = re.sub(r"(?m)^verified\s*=\s*\w+", "verified = true", part, count=1)
        else:
            parts[position] = part[: named.end()] + "\nverified = true" + part[named.end() :]
    beside = table.with_name(table.name + ".new")
    beside.write_text("".join(parts), encoding="utf-8")
    beside.replace(table)


async def _check_all(sources: Sequence[Source], contact: str | None) -> list[Checked]:
    async with Session(contact) as session:
        with Sandbox() as sandbox:
            return list(await asyncio.gather(*(_Look(session, sandbox, source).run() for source in sources)))


class _Look:
    """One look at one source."""

    def __init__(self, session: Session, sandbox: Sandbox, source: Source) -> None:
        self._session = session
        self._sandbox = sandbox
        self._source = source
        self._seen: list[str] = []
        self._pages: list[str] = []

    async def run(self) -> Checked:
        source = self._source
        rules = await self._session.rules(source, source.home)
        self._seen.append(rules.reason)
        article: Article | None = None
        if rules.any_allowed:
            named = [(source.absolute(address), "sitemap") for address in source.sitemaps]
            named += [(address, "sitemap") for address in rules.sitemaps if source.allows(address)]
            named += [(source.absolute(address), "feed") for address in source.feeds]
            named += [(source.absolute(address), "listing") for address in source.listings]
            for address, role in named:
                await self._start(address, role)
            for url in dict.fromkeys(self._pages[:_TRIED]):
                article = article or await self._article(url)
        return Checked(
            id=source.id, name=source.name, passed=article is not None, seen=tuple(self._seen), article=article
        )

    async def _get(self, url: str) -> Raw | None:
        try:
            return (await self._session.get(self._source, url, max_bytes=_MAX_BYTES)).raw
        except FetchError as error:
            self._seen.append(f"{url}: {error}")
            return None

    async def _start(self, url: str, role: str) -> None:
        raw = await self._get(url)
        if raw is None:
            return
        try:
            await self._look(raw, url, role)
        except NoArticleError as error:
            self._seen.append(f"{url}: danh sách không đọc được: {error}")

    async def _look(self, raw: Raw, url: str, role: str) -> None:
        if role == "listing":
            reading = await self._read(raw, url)
            urls = list(reading.links)
            feeds = [feed for href in reading.feeds if (feed := clean_address(url, href)) is not None]
            note = f", khai {len(feeds)} nguồn tin (RSS, Atom)" if feeds else ""
        else:
            note = ""
            urls = self._sandbox.feed(raw.body) if role == "feed" else self._listed(raw.body)
        kept = [page for href in urls if (page := clean_address(url, href)) is not None and self._source.keeps(page)]
        kept = list(dict.fromkeys(kept))
        self._seen.append(f"{url}: {len(urls)} liên kết, {len(kept)} khớp mẫu bài{note}")
        self._pages += kept

    def _listed(self, body: bytes) -> list[str]:
        return [page for page, _ in self._sandbox.sitemap(body)[0]]

    async def _article(self, url: str) -> Article | None:
        raw = await self._get(url)
        if raw is None:
            return None
        try:
            reading = await self._read(raw, url)
        except NoArticleError as error:
            self._seen.append(f"{url}: {error}")
            return None
        if reading.article is None:
            self._seen.append(f"{url}: không phải bài: {reading.reason}")
            return None
        article = reading.article
        topic = "" if self._source.whole or on_topic(article.title, article.text) else ", không nói tới OCOP"
        self._seen.append(
            f"{url}: «{article.title}», đăng {article.published or 'không rõ ngày'}, {len(article.text)} ký tự{topic}"
        )
        return article

    async def _read(self, raw: Raw, url: str) -> Reading:
        return await asyncio.to_thread(self._sandbox.page, raw, url, self._source, now_iso())
