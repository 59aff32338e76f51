"""The table of sources: what it says, and the errors it is refused with."""

import json
import re
from pathlib import Path

import pytest

from crawler.sources import SourcesError, load_sources
from index.places.named import province_key

SHARED = Path(__file__).parents[2] / "shared"

GOOD = """
[[source]]
id = "bao-mau"
name = "Báo Mẫu"
home = "https://bao.example.vn/"
delay_s = 2
feeds = ["/rss.xml"]
articles = ['^/tin/[a-z0-9-]+\\.html$']
follow = ['^/tin\\?trang=\\d+$']
province = "Bắc Ninh"
[source.select]
body = "div.than"
drop = [".qc", ".share"]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table(tmp_path: Path) -> None:
    (source,) = load_sources(write(tmp_path, GOOD))
    assert (source.id, source.kind, source.authority, source.rights) == ("bao-mau", "news", "press", "excerpt")
    assert source.delay_s == 2.0
    assert source.select is not None
    assert source.select.drop == (".qc", ".share")
    assert source.absolute("/rss.xml") == "https://bao.example.vn/rss.xml"
    assert source.keeps("https://BAO.example.vn:443/tin/a-1.html")
    assert source.follows("https://bao.example.vn/tin?trang=2")
    for outside in (
        "http://bao.example.vn/tin/a-1.html",
        "https://bao.example.vn:8443/tin/a-1.html",
        "https://bao.example.vn.evil.vn/tin/a-1.html",
        "https://bao.example.vn@evil.vn/tin/a-1.html",
        "https://bao.example.vn/tin/A.html",
        "https://[broken/tin/a-1.html",
    ):
        assert not source.keeps(outside)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('name = "Báo Mẫu"', "", "thiếu khóa name"),
        ('name = "Báo Mẫu"', 'name = "Báo Mẫu"\nkindness = "news"', "khóa lạ kindness = 'news'"),
        ('name = "Báo Mẫu"', 'name = "Báo Mẫu"\nkind = "tin"', "kind = 'tin'; cần một trong 'news'"),
        ("delay_s = 2", 'delay_s = "2"', "delay_s = '2'; cần một số"),
        ("delay_s = 2", "delay_s = -1", "delay_s = -1.0; cần số giây từ 0"),
        ("delay_s = 2", "local = 1", "local = 1; cần true hoặc false"),
        ('id = "bao-mau"', 'id = "Báo Mẫu"', "id = 'Báo Mẫu'; cần chữ thường"),
        ("https://bao.example.vn/", "ftp://bao.example.vn/", "home = 'ftp://bao.example.vn/'"),
        ("https://bao.example.vn/", "https://u:p@bao.example.vn/", "home ="),
        ("'^/tin/[a-z0-9-]+\\.html$'", "'('", r"articles = '\('; cần biểu thức chính quy"),
        ('"/rss.xml"', '"https://khac.vn/rss.xml"', "feeds = 'https://khac.vn/rss.xml'; cần địa chỉ thuộc"),
        ('body = "div.than"', 'body = "div["', r"select.body = 'div\['; cần bộ chọn CSS"),
        ('body = "div.than"', 'boddy = "div"', "khóa lạ select.boddy"),
        ("[[source]]", "[[sources]]", r"cần một hay nhiều mục \[\[source\]\]"),
        ("[[source]]", "[[source", "không phải TOML"),
    ],
)
def test_errors_name_the_key_the_value_and_what_is_expected(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = write(tmp_path, GOOD.replace(old, new))
    assert GOOD.replace(old, new) != GOOD
    with pytest.raises(SourcesError, match=message):
        load_sources(path)


def test_two_sources_of_one_id(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="bao-mau"):
        load_sources(write(tmp_path, GOOD + GOOD))


def test_missing_table(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="không đọc được bảng nguồn"):
        load_sources(tmp_path / "none.toml")


def test_the_table_that_ships() -> None:
    sources = load_sources()
    hosts = [source.authority_of_home()[1] for source in sources]
    assert len(set(hosts)) == len(hosts), "one source a host: two would be fetched side by side"
    for source in sources:
        assert source.home == f"https://{source.authority_of_home()[1]}/"
        assert not source.local
        assert source.delay_s >= 5
        assert not source.keeps(source.home)
        assert source.province is None or province_key(source.province) is not None
        # Articles are somebody's work, law is not; nothing but the Government's own documents is shown whole.
        assert (source.rights == "full") == (source.authority == "official" and source.kind == "regulation")
        assert (source.authority == "official") == source.home.endswith((".gov.vn/", ".chinhphu.vn/"))
        assert source.authority != "mirror" or source.kind == "decision"


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not beside this checkout")
def test_the_table_holds_only_what_was_seen() -> None:
    seen: dict[str, list[tuple[str, str]]] = {}
    for line in (SHARED / "data" / "facts" / "ocop-facts.jsonl").read_text(encoding="utf-8").splitlines():
        fact = json.loads(line)
        if fact["address"] is not None:
            address = fact["address"].partition(" ")[0]
            seen.setdefault(address.partition("/")[0], []).append((fact["kind"], f"https://{address}"))
    regulations = (SHARED / "domain" / "regulations.md").read_text(encoding="utf-8")
    for source in load_sources():
        host = source.authority_of_home()[1]
        if host not in seen:
            assert host in regulations
            continue
        kept = [url for _, url in seen[host] if source.keeps(url)]
        assert kept, f"no address seen on {host} is an article by {source.articles}"
        for kind, url in seen[host]:
            foreign = re.search(r"-(?:en|ru|ko|th|fr)$", kind) is not None
            names_it = re.search(r"ocop|mo-?t-san-pham", url, re.IGNORECASE) is not None
            if names_it and kind != "listing" and not foreign and "/print" not in url:
                assert source.keeps(url) or source.follows(url), url


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not beside this checkout")
def test_copies_on_hosts_of_other_trades_are_not_in_the_table() -> None:
    hosts = {source.authority_of_home()[1] for source in load_sources()}
    for line in (SHARED / "data" / "facts" / "ocop-facts.jsonl").read_text(encoding="utf-8").splitlines():
        fact = json.loads(line)
        if fact["kind"] in ("mirror", "news-mirror", "reg-mirror"):
            assert fact["address"].partition("/")[0] not in hosts
