"""The feeds of new decisions: what a reader of feeds finds in them, and that a page's words stay words."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from crawler.archive import Archive
from crawler.discover import feed_addresses
from index.catalogue.catalogue import Catalogue
from index.decisions.merging import merged
from index.decisions.reading import decisions
from tests.conftest import Served, put
from web.feed import Entry, atom, latest_entries, rss

BASE = "https://tro-ly.example"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
_DECISION = """ỦY BAN NHÂN DÂN
TỈNH NAM ĐỊNH
Số: {number}/QĐ-UBND

Nam Định, ngày 12 tháng 3 năm {year}

QUYẾT ĐỊNH

Về việc công nhận sản phẩm OCOP {words} năm {year}

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH NAM ĐỊNH

Điều 1. Công nhận 02 sản phẩm OCOP của tỉnh Nam Định đạt 4 sao.

Điều 2. Giấy chứng nhận có thời hạn 36 tháng.
"""
HOSTILE = "<script>alert(1)</script> & <b>đạt</b> \u202e4 sao"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("decisions")
    put(
        folder, _DECISION.format(number=500, year=2024, words="đợt 1"), "https://congbao.example/500.html", "2024-03-13"
    )
    put(folder, _DECISION.format(number=1287, year=2025, words=HOSTILE), "javascript:alert(3)", "2025-03-13")
    return folder


def entries_of(data: Path) -> tuple[Entry, ...]:
    with Archive(data) as archive:
        told = [one for article in archive.articles() for one in decisions(article)]
        return latest_entries(Catalogue.of(merged(told), ()), archive)


@pytest.fixture(scope="module")
def entries(data: Path) -> tuple[Entry, ...]:
    return entries_of(data)


def test_the_decision_signed_last_comes_first_with_its_page(entries: tuple[Entry, ...]) -> None:
    pages = [f"{BASE}/quyet-dinh/1287-qd-ubnd.nam-dinh.2025", f"{BASE}/quyet-dinh/500-qd-ubnd.nam-dinh.2024"]
    assert feed_addresses(atom(entries, BASE)) == pages
    assert [address for address in feed_addresses(rss(entries, BASE)) if "/quyet-dinh/" in address] == pages


def test_atom_has_what_the_standard_asks_of_a_feed_and_of_every_entry(entries: tuple[Entry, ...]) -> None:
    feed = etree.fromstring(atom(entries, BASE))

    def texts(path: str) -> list[str]:
        found = feed.xpath(path, namespaces=ATOM)
        assert isinstance(found, list)
        return [str(one) for one in found]

    # RFC 4287, 4.1.1 and 4.1.2
    for name in ("id", "title", "updated"):
        assert len(texts(f"/a:feed/a:{name}/text()")) == 1
        assert len(texts(f"/a:feed/a:entry/a:{name}/text()")) == len(entries)
    assert texts("/a:feed/a:link[@rel='self']/@href") == [f"{BASE}/feed.atom"]
    assert len(set(texts("//a:id/text()"))) == len(entries) + 1
    assert texts("//a:entry/a:published/text()") == ["2025-03-12T00:00:00+07:00", "2024-03-12T00:00:00+07:00"]
    for instant in texts("//a:updated/text()"):
        assert datetime.fromisoformat(instant).tzinfo == UTC
    assert max(texts("/a:feed/a:entry/a:updated/text()")) == texts("/a:feed/a:updated/text()")[0]
    assert texts("//a:category/@term") == ["Nam Định", "Nam Định"]
    assert texts("//a:entry[2]/a:link[@rel='via']/@href") == ["https://congbao.example/500.html"]


def test_an_entry_keeps_its_id_when_its_text_changes(data: Path, tmp_path: Path, entries: tuple[Entry, ...]) -> None:
    put(tmp_path, _DECISION.format(number=500, year=2024, words="đợt một"), "https://congbao.example/500.html", "2024")
    changed = entries_of(tmp_path)
    assert [one.id for one in changed] == [entries[1].id]
    assert changed[0].title != entries[1].title


def test_words_of_a_page_stay_words(entries: tuple[Entry, ...]) -> None:
    title = etree.fromstring(atom(entries, BASE)).findtext(".//a:entry/a:title", namespaces=ATOM)
    assert title is not None
    assert "<script>alert(1)</script> & <b>đạt</b> 4 sao" in title  # Atom's text is no markup
    assert b"<script" not in atom(entries, BASE)
    assert b"javascript" not in atom(entries, BASE)
    # readers of RSS take what they read for HTML
    for name in ("title", "description"):
        text = etree.fromstring(rss(entries, BASE)).findtext(f".//item/{name}")
        assert text is not None
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in text
        assert "<" not in text


def test_a_forgotten_text_takes_its_entry_with_it(tmp_path: Path) -> None:
    article = put(tmp_path, _DECISION.format(number=7, year=2024, words=""), "https://congbao.example/7.html", "2024")
    with Archive(tmp_path) as archive:
        catalogue = Catalogue.of(merged(decisions(article)), ())
        assert len(latest_entries(catalogue, archive)) == 1
        archive.forget("https://congbao.example/7.html")
        assert latest_entries(catalogue, archive) == ()


@pytest.mark.parametrize(
    ("path", "media_type"), [("/feed.atom", "application/atom+xml"), ("/feed.rss", "application/rss+xml")]
)
def test_the_server_gives_the_decisions_of_its_index(server: Served, path: str, media_type: str) -> None:
    response = server.client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(media_type)
    listed = server.client.get("/api/decisions", params={"limit": 50}).json()["decisions"]
    found = [address for address in feed_addresses(response.content) if "/quyet-dinh/" in address]
    assert found == [f"{server.url}/quyet-dinh/{one['key']}" for one in listed]


def test_a_reader_who_has_the_feed_is_told_so(server: Served) -> None:
    first = server.client.get("/feed.atom")
    again = server.client.get("/feed.atom", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = server.client.get("/feed.atom", headers={"If-None-Match": '"khac"'})
    assert other.content == first.content


def test_behind_tls_addresses_are_https(server: Served) -> None:
    feed = server.client.get("/feed.atom", headers={"Host": "tro-ly.example", "X-Forwarded-Proto": "https"}).text
    assert 'href="https://tro-ly.example/feed.atom"' in feed
