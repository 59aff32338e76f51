"""The demo portals over real HTTP: what they serve, and the habits of real sites they have."""

import gzip
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from lxml import etree
from protego import Protego

from crawler.sources import load_sources
from demo.conductor import write_sources
from demo.letters import tcvn3
from demo.pages import Portal, load_portals
from demo.portal import PORTALS, running
from tests.portals import Answer, get, own_text, settle

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def homes(portals: tuple[Portal, ...]) -> Iterator[tuple[str, ...]]:
    with running([0] * PORTALS) as addresses:
        settle(addresses, portals)
        yield addresses


@pytest.fixture(scope="module")
def portals() -> tuple[Portal, ...]:
    return load_portals()


def test_every_page_is_served_with_its_charset_its_notice_and_its_original(
    homes: tuple[str, ...], portals: tuple[Portal, ...]
) -> None:
    articles = 0
    for home, portal in zip(homes, portals, strict=True):
        for page in portal.pages:
            answer = get(home + page.path)
            assert answer.status == 200, page.path
            if page.head.letters == "tcvn3":
                continue  # no text before its letters are repaired: the test of letters reads it
            declared = answer.headers["Content-Type"]
            if portal.settings.charset == "header":
                assert declared == "text/html; charset=utf-8"
            else:
                assert declared == "text/html"
                charset = b"windows-1258" if portal.settings.charset == "windows-1258" else b"utf-8"
                assert b"text/html; charset=" + charset in answer.body
            seen = unicodedata.normalize("NFC", answer.tree.text_content())
            assert page.head.title in seen
            links = [str(link.get("href")) for link in answer.tree.cssselect("a.ban-goc")]
            assert links == [link.url for link in page.head.originals]
            if page.head.invented:
                assert "không tường thuật sự kiện có thật" in seen
                continue
            assert "Bài tóm lược do dự án Trợ lý OCOP viết lại từ nguồn công khai" in seen, page.path
            assert all(urlsplit(link).scheme == "https" and urlsplit(link).hostname for link in links)
            articles += 1
    assert articles >= 80


def test_each_portal_is_a_system_of_its_own(homes: tuple[str, ...], portals: tuple[Portal, ...]) -> None:
    assert len(portals) == PORTALS == 9
    assert sum(len(portal.pages) for portal in portals) >= 90
    assert all(len(portal.pages) >= 4 for portal in portals)
    marks = {
        "sharepoint": ("form#aspnetForm", "input#__VIEWSTATE", "input#__REQUESTDIGEST", ".s4-wpTopTable .ms-WPBody"),
        "liferay": ("#p_p_id_101_INSTANCE_Kp7x_", ".journal-content-article", ".taglib-social-bookmarks"),
        "wordpress": (".sharedaddy", ".jp-relatedposts", ".entry-content", "#respond", ".widget-area"),
        "dai": (".detail-desktop .content-detail", ".detail-mobile .content-detail", "#jwplayer"),
        "guong": ("#noidung .qc",),
        "congbao": ("table.thuoc-tinh th", ".than-bai .toan-van"),
    }
    for home, portal in zip(homes, portals, strict=True):
        page = next(page for page in portal.pages if page.head.letters == "nfc" and page.steady)
        tree = get(home + page.path).tree
        assert [mark for mark in marks.get(portal.settings.id, ()) if not tree.cssselect(mark)] == []


def test_the_station_prints_its_date_and_every_paragraph_twice(homes: tuple[str, ...]) -> None:
    tree = get(homes[6] + "/thoi-su/trang-dinh-6-san-pham-6-chu-the-d1.html").tree
    lines = [" ".join(part.text_content().split()) for part in tree.iter("p", "div") if not len(part)]
    assert lines.count("Thứ 6, 27/12/2024 | 19:45:00 [(GMT +7)]") == 2
    paragraphs = [line for line in lines if "6 sản phẩm OCOP của 6 chủ thể" in line]
    assert len(paragraphs) == 2
    assert paragraphs[0] == paragraphs[1]


def test_robots_forbid_the_print_pages_and_one_linked_page(homes: tuple[str, ...], portals: tuple[Portal, ...]) -> None:
    for home, portal in zip(homes, portals, strict=True):
        rules = Protego.parse(get(home + "/robots.txt").text)
        page = portal.pages[0]
        assert rules.can_fetch(home + page.path, "OCOPAssistant")
        assert not rules.can_fetch(f"{home}/in/{page.slug}", "OCOPAssistant")
        hidden = portal.settings.hidden
        assert not rules.can_fetch(home + hidden, "OCOPAssistant")
        assert get(home + hidden).status == 200
        assert hidden in [link.get("href") for link in get(home + page.path).tree.iter("a")]
        assert list(rules.sitemaps) == ([home + portal.settings.sitemap] if portal.settings.sitemap else [])
        assert get(f"{home}/in/{page.slug}").status == (200 if portal.settings.prints else 404)
    assert Protego.parse(get(homes[3] + "/robots.txt").text).crawl_delay("OCOPAssistant") == 0.05


def urls_of(sitemap: bytes) -> list[tuple[str, str | None]]:
    """(address, lastmod) of each page a sitemap names."""
    root = etree.fromstring(sitemap)
    return [(str(url.findtext(SITEMAP + "loc")), url.findtext(SITEMAP + "lastmod")) for url in root]


def test_sitemaps_name_every_page_with_its_day_and_only_existing_ones(
    homes: tuple[str, ...], portals: tuple[Portal, ...]
) -> None:
    kinds = set()
    for home, portal in zip(homes, portals, strict=True):
        settings = portal.settings
        if not settings.sitemap:
            assert get(home + "/sitemap.xml").status == 404
            kinds.add("none")
            continue
        body = get(home + settings.sitemap).body
        maps = [body]
        if settings.sitemap.endswith(".gz"):
            maps = [gzip.decompress(body)]
            kinds.add("packed")
        elif settings.sitemap_index:
            root = etree.fromstring(body)
            assert root.tag == SITEMAP + "sitemapindex"
            maps = [get(str(loc.text)).body for loc in root.iter(SITEMAP + "loc")]
            assert len(maps) == 2
            kinds.add("index")
        named = [url for part in maps for url in urls_of(part)]
        days = {home + page.path: page.head.published and page.head.published[:10] for page in portal.pages}
        assert dict(named) == days
        assert len(named) == len(portal.pages)
    assert kinds == {"none", "packed", "index"}


def test_feeds_name_dated_pages_with_their_day(homes: tuple[str, ...], portals: tuple[Portal, ...]) -> None:
    fed: dict[str, dict[str, str]] = {}
    for home, path in ((homes[0], "/rss.xml"), (homes[5], "/feed/")):
        root = etree.fromstring(get(home + path).body)
        fed[home] = {
            str(item.findtext("link")): parsedate_to_datetime(str(item.findtext("pubDate"))).date().isoformat()
            for item in root.iter("item")
        }
    root = etree.fromstring(get(homes[6] + "/atom.xml").body)
    fed[homes[6]] = {
        str(link.get("href")): datetime.fromisoformat(str(entry.findtext(ATOM + "updated"))).date().isoformat()
        for entry in root.iter(ATOM + "entry")
        for link in entry.iter(ATOM + "link")
    }
    for home, portal in zip(homes, portals, strict=True):
        dated = {
            home + page.path: page.head.published[:10]
            for page in portal.pages
            if page.head.published is not None and len(page.head.published) >= 10
        }
        if home in fed:
            assert fed[home] == dated
            links = get(home + portal.pages[0].path).tree.cssselect("link[rel=alternate]")
            assert [urljoin(home, str(link.get("href"))) for link in links] == [
                home + (portal.settings.rss or portal.settings.atom)
            ]
    assert fed[homes[0]][homes[0] + "/tin-tuc/nam-dinh-62-san-pham-ocop-giua-nam-2020.html"] == "2020-06-12"
    assert fed[homes[6]][homes[6] + "/thoi-su/tuyen-quang-che-shan-94-9-diem-d1.html"] == "2024-11-25"
    assert get(homes[1] + "/rss.xml").status == 404


def test_listings_lead_to_every_page_and_no_link_is_dead_but_the_deliberate_one(
    homes: tuple[str, ...], portals: tuple[Portal, ...]
) -> None:
    for home, portal in zip(homes, portals, strict=True):
        settings = portal.settings
        paging = re.compile(re.escape(settings.listing).replace(re.escape("{number}"), r"\d+"))
        seen: set[str] = set()
        waiting = [settings.listing.format(number=1)]
        read: set[str] = set()
        while waiting:
            path = waiting.pop()
            read.add(path)
            for link in get(home + path).tree.iter("a"):
                href = str(link.get("href"))
                seen.add(href)
                if paging.fullmatch(href) and href not in read and href not in waiting:
                    waiting.append(href)
        plain = {href.partition(settings.session)[0] if settings.session else href for href in seen}
        assert {page.path for page in portal.pages} <= plain
        assert len(read) >= 2
        assert {settings.missing, *settings.redirects} <= seen
        for page in portal.pages:
            if page.head.letters != "tcvn3":
                seen |= {str(link.get("href")) for link in get(home + page.path).tree.iter("a")}
        # Searches and shares are forms in disguise: no page stands behind them.
        own = {href for href in seen if href.startswith("/") and "/tim-kiem" not in href and "share=" not in href}
        assert {href for href in own if get(home + href).status == 404} == {settings.missing}


def test_session_ids_lead_to_the_same_page(homes: tuple[str, ...]) -> None:
    hrefs = [str(link.get("href")) for link in get(homes[4] + "/").tree.cssselect("h3.asset-title a")]
    assert hrefs
    for href in hrefs:
        path, mark, token = href.partition(";jsessionid=")
        assert re.fullmatch(r"[0-9A-F]{32}", token), mark
        assert get(homes[4] + href).body == get(homes[4] + path).body
    hrefs = [str(link.get("href")) for link in get(homes[7] + "/xem.php?bai=dak-lak-them-30-san-pham").tree.iter("a")]
    sessions = [href for href in hrefs if "&PHPSESSID=" in href]
    assert len(sessions) == 4
    assert all(get(homes[7] + href).status == 200 for href in sessions)


def test_the_calendar_never_ends_and_no_rule_of_the_source_follows_it(homes: tuple[str, ...], tmp_path: Path) -> None:
    source = load_sources(write_sources(tmp_path, 8801))[3]
    number = 1
    for _ in range(30):
        path = f"/Lists/LichCongTac/thang.aspx?thang={number}"
        links = [str(link.get("href")) for link in get(homes[3] + path).tree.iter("a")]
        number += 1
        assert f"/Lists/LichCongTac/thang.aspx?thang={number}" in links
        assert not source.keeps(source.absolute(path))
        assert not source.follows(source.absolute(path))
    assert "Lịch công tác tháng 12/2120" in get(homes[3] + "/Lists/LichCongTac/thang.aspx?thang=1212").text
    for wrong in ("0", "-1", "1e3", "1;2", "", "٣"):
        assert get(homes[3] + f"/Lists/LichCongTac/thang.aspx?thang={quote(wrong)}").status == 404


def test_a_busy_address_is_served_the_second_time() -> None:
    busy = "/nong-thon-moi/Pages/cho-don-danh-gia-phan-hang-2021.aspx"
    with running([0] * PORTALS) as addresses:
        first = get(addresses[3] + busy)
        assert (first.status, first.headers["Retry-After"], first.body) == (503, "1", b"")
        assert [get(addresses[3] + busy).status for _ in range(3)] == [200, 200, 200]


def test_redirects_chain_and_lead_out_of_the_source(homes: tuple[str, ...], tmp_path: Path) -> None:
    source = load_sources(write_sources(tmp_path, 8801))[3]
    path, steps = "/nong-thon-moi/Pages/ocop-2019.aspx", []
    while (answer := get(homes[3] + path)).status == 301:
        path = answer.headers["Location"]
        steps.append(path)
    assert answer.status == 200
    assert len(steps) == 2
    away = get(homes[3] + "/nong-thon-moi/Pages/trang-chuong-trinh.aspx")
    assert (away.status, away.headers["Location"]) == (301, "https://ocop.example/chuong-trinh")
    assert not source.allows(away.headers["Location"])


def pages_of(portals: tuple[Portal, ...], homes: tuple[str, ...]) -> dict[str, Answer]:
    """Every page of portals just opened, by its path."""
    pages = [(home, page.path) for home, portal in zip(homes, portals, strict=True) for page in portal.pages]
    settle(homes, portals)
    return {path: get(home + path) for home, path in pages}


def test_editions_change_one_page_take_one_away_and_add_one() -> None:
    former, latter = load_portals(), load_portals(edition=2)
    article = "/web/ocop/tin-tuc/-/asset_publisher/Kp7x/content/duc-trong-dot-2-nam-2024"
    lost, added = "/thoi-su/cho-phien-ocop-cuoi-tuan-d1.html", "/thoi-su/phu-tho-tra-dinh-hoai-trung-5-sao-d1.html"
    with running([0] * PORTALS) as homes:
        before = pages_of(former, homes)
        assert get(homes[6] + lost).status == 200
        assert get(homes[6] + added).status == 404
    # The same ports again: pages name their neighbours with them.
    with running([urlsplit(home).port or 0 for home in homes], edition=2) as again:
        assert again == homes
        after = pages_of(latter, homes)
        assert before.keys() - after.keys() == {lost}
        assert after.keys() - before.keys() == {added}
        assert {path for path in before.keys() & after.keys() if before[path].body != after[path].body} == {article}
        assert before[article].headers["ETag"] != after[article].headers["ETag"]
        assert "cuối năm 2027" in after[article].text
        assert "cuối năm 2027" not in before[article].text
        assert get(homes[6] + lost).status == 410
        dated = dict(urls_of(gzip.decompress(get(homes[4] + "/sitemap.xml.gz").body)))
        unchanged = homes[4] + article.replace("duc-trong-dot-2-nam-2024", "quyet-dinh-1765-nam-2022")
        assert dated[unchanged] == "2022-09-30"
        assert datetime.fromisoformat(str(dated[homes[4] + article])).tzinfo is not None


def test_files_hang_off_pages_with_their_type_and_name(homes: tuple[str, ...], portals: tuple[Portal, ...]) -> None:
    found: dict[str, Answer] = {}
    for home, portal in zip(homes, portals, strict=True):
        for page in portal.pages:
            if not page.head.attachments or portal.settings.id == "congbao":
                continue  # decisions and their files: tests/test_demo_decisions.py
            links = {link.text_content(): link for link in get(home + page.path).tree.iter("a")}
            for attachment in page.head.attachments:
                found[attachment.label] = get(urljoin(home, str(links[attachment.label].get("href"))))
    assert len(found) == 4
    assert {answer.status for answer in found.values()} == {200}
    kinds = {
        name: (answer.headers["Content-Type"], answer.headers["Content-Disposition"], answer.body[:4])
        for name, answer in found.items()
    }
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert kinds == {
        "Quyết định mẫu số 1287/QĐ-UBND (PDF)": ("application/pdf", None, b"%PDF"),
        "Quyết định mẫu số 1754/QĐ-UBND (bản quét)": ("application/pdf", 'attachment; filename="scan.pdf"', b"%PDF"),
        "Hướng dẫn lập hồ sơ (mẫu, DOC)": ("application/msword", None, b"\xd0\xcf\x11\xe0"),
        "Kế hoạch 96/KH-UBND (mẫu, DOCX)": (word, 'attachment; filename="plan.docx"', b"PK\x03\x04"),
    }


def test_a_file_of_another_host_is_declared_by_its_source(tmp_path: Path) -> None:
    sources = load_sources(write_sources(tmp_path, 8801))
    assert sources[5].attachment_hosts == ("127.0.0.1:8805",)
    assert sources[5].allows_file("http://127.0.0.1:8805/documents/20182/41377/0a5c9e17?download=true")
    assert not sources[5].allows_file("http://127.0.0.1:8804/van-ban/download.ashx?id=57")


def test_old_letters_are_bytes_of_their_code_pages(homes: tuple[str, ...], portals: tuple[Portal, ...]) -> None:
    old = get(homes[3] + "/nong-thon-moi/Pages/35-san-pham-nhan-giay-chung-nhan-nam-2019.aspx")
    assert old.headers["Content-Type"] == "text/html"
    assert b"charset" not in old.body
    # "Bắc Kạn", "giấy chứng nhận" and "được" as .VnTime shows them; bytes by TCVN 5712:1993.
    for written in (b"B\xbec K\xb9n", b"gi\xcay ch\xf8ng nh\xcbn", b"\xae\xad\xeec"):
        assert written in old.body
    mirror = get(homes[7] + "/xem.php?bai=dak-lak-them-30-san-pham")
    assert "Đắk Lắk".encode("cp1258", "ignore") not in mirror.body
    assert b"\xd0\xe3\xeck L\xe3\xeck" in mirror.body  # Đ, ă and the acute after it
    assert not unicodedata.is_normalized("NFC", mirror.text)
    seen = unicodedata.normalize("NFC", mirror.tree.text_content())
    assert own_text(portals, "/xem.php?bai=dak-lak-them-30-san-pham").partition(" Một bài")[0].split(".")[-2] in seen
    with pytest.raises(ValueError, match="'Ủ'"):
        tcvn3("Ủy ban")


def test_missing_moved_and_unchanged_pages(homes: tuple[str, ...], portals: tuple[Portal, ...]) -> None:
    kinds = set()
    for home, portal in zip(homes, portals, strict=True):
        settings = portal.settings
        assert get(home + settings.missing).status == 404
        assert get(home + settings.listing.format(number=999)).status == 404
        for old, new in settings.redirects.items():
            moved = get(home + old)
            assert (moved.status, moved.headers["Location"]) == (301, new)
            assert new.startswith("https://") or get(home + new).status in (200, 301)
        url = home + portal.pages[0].path
        first = get(url)
        etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
        sent = (etag is not None, modified is not None)
        assert sent == (settings.validators in ("both", "etag"), settings.validators in ("both", "date"))
        kinds.add(sent)
        again = get(url, If_None_Match=f'"other", W/{etag}')
        assert again.status == (304 if etag else 200)
        if etag:
            assert (again.body, again.headers["ETag"]) == (b"", etag)
        assert get(url, If_None_Match='"other"').status == 200
        since = modified or format_datetime(datetime.now(UTC), usegmt=True)
        assert get(url, If_Modified_Since=since).status == (304 if modified else 200)
        assert get(url, If_Modified_Since="Mon, 01 Jan 2001 00:00:00 GMT").status == 200
        head = get(url, method="HEAD")
        assert (head.status, head.body) == (200, b"")
        assert head.headers["Content-Length"] == first.headers["Content-Length"]
    assert kinds == {(True, True), (True, False), (False, True), (False, False)}


def test_habits_of_real_portals(homes: tuple[str, ...], portals: tuple[Portal, ...]) -> None:
    paper = get(homes[0] + "/tin-tuc/an-giang-92-san-pham-dat-chung-nhan-ocop.html").tree
    assert paper.cssselect(".meta .date")[0].text_content() == "Chủ nhật, 17/9/2023 | 13:58 (GMT+7)"
    assert "Chia sẻ:" in paper.cssselect(".share")[0].text_content()
    assert "Tranh minh họa" in paper.cssselect("figcaption")[0].text_content()
    related = {link.get("href") for link in paper.cssselect(".related h4 a")}
    assert related
    assert "/tin-tuc/an-giang-92-san-pham-dat-chung-nhan-ocop.html" not in related
    province = get(homes[1] + "/chi-tiet-tin/trao-chung-nhan-33-san-pham-nam-2020").tree
    assert province.cssselect(".ngay-dang")[0].text_content() == "08/12/2020 19:18"
    body = province.cssselect(".news-content")[0]
    assert sum(1 for parent in body.iterancestors("table")) == 4
    assert "Số lượt xem:" in province.text_content()
    # The province is left unsaid in the text, as its own portal leaves it: only the source knows.
    assert "Bắc Ninh" not in body.text_content()
    decomposed = get(homes[0] + "/tin-tuc/cao-bang-them-41-san-pham.html").text
    assert not unicodedata.is_normalized("NFC", decomposed)
    assert unicodedata.is_normalized("NFD", decomposed)
    entities = get(homes[0] + "/tin-tuc/yen-bai-hai-quyet-dinh.html")
    assert entities.text.isascii()
    assert "Y&ecirc;n B&aacute;i" in entities.text
    assert "Quyết định số 2585/QĐ-UBND" in entities.tree.text_content()
