"""The demo portal over real HTTP, its pages against the facts they restate, and the conductor's refusals."""

import http.client
import json
import re
import socket
import subprocess
import sys
import time
import tomllib
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree, html
from protego import Protego

from crawler.archive import Archive
from crawler.sources import load_sources
from demo.children import Children
from demo.conductor import ConductorError, greeting, write_questions, write_sources
from demo.pages import PageError, Portal, load_portals
from demo.portal import PORTALS, running
from web.samples import FILE_NAME

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
RUN = 12  # words in a row that would be a copied sentence


class Answer:
    """One HTTP answer, redirects not followed."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def tree(self) -> html.HtmlElement:
        tree: html.HtmlElement = html.document_fromstring(self.text)
        return tree


def get(url: str, method: str = "GET", **headers: str) -> Answer:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        return Answer(connection.getresponse())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def homes() -> Iterator[tuple[str, ...]]:
    with running([0] * PORTALS) as addresses:
        yield addresses


@pytest.fixture(scope="module")
def portals() -> tuple[Portal, ...]:
    return load_portals()


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


def text_of(body: str) -> str:
    """What a reader sees of a page's own content, white space folded."""
    tree: html.HtmlElement = html.document_fromstring(f"<div>{body}</div>")
    return " ".join(tree.text_content().split())


def own_text(portals: tuple[Portal, ...], path: str) -> str:
    page = next(page for portal in portals for page in portal.pages if page.path == path)
    return text_of("\n".join([page.head.title, page.head.lead, *page.blocks]))


def test_every_page_is_served_with_its_charset_its_notice_and_its_original(
    homes: tuple[str, ...], portals: tuple[Portal, ...]
) -> None:
    articles = 0
    for home, portal in zip(homes, portals, strict=True):
        for page in portal.pages:
            answer = get(home + page.path)
            assert answer.status == 200, page.path
            declared = answer.headers["Content-Type"]
            if portal.settings.charset == "header":
                assert declared == "text/html; charset=utf-8"
            else:
                assert declared == "text/html"
                assert b'content="text/html; charset=utf-8"' in answer.body
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
    assert articles >= 34


def test_legal_pages_call_themselves_summaries(portals: tuple[Portal, ...]) -> None:
    assert [page.slug for page in portals[2].pages if not page.head.title.startswith("Tóm lược ")] == []


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
        assert list(rules.sitemaps) == [home + "/sitemap.xml"]
        assert get(f"{home}/in/{page.slug}").status == (200 if portal.settings.prints else 404)


def test_sitemaps_name_every_page_and_only_existing_ones(homes: tuple[str, ...], portals: tuple[Portal, ...]) -> None:
    for home, portal in zip(homes, portals, strict=True):
        root = etree.fromstring(get(home + "/sitemap.xml").body)
        index = root.tag == SITEMAP + "sitemapindex"
        assert index == portal.settings.sitemap_index
        maps = [get(str(loc.text)).body for loc in root.iter(SITEMAP + "loc")] if index else [etree.tostring(root)]
        assert len(maps) == (2 if index else 1)
        named = [str(loc.text) for part in maps for loc in etree.fromstring(part).iter(SITEMAP + "loc")]
        assert sorted(named) == sorted(home + page.path for page in portal.pages)


def test_feed_names_dated_pages_with_their_day(homes: tuple[str, ...], portals: tuple[Portal, ...]) -> None:
    root = etree.fromstring(get(homes[0] + "/rss.xml").body)
    fed = {
        str(item.findtext("link")): parsedate_to_datetime(str(item.findtext("pubDate"))).date().isoformat()
        for item in root.iter("item")
    }
    dated = {
        homes[0] + page.path: page.head.published[:10]
        for page in portals[0].pages
        if page.head.published is not None and len(page.head.published) >= 10
    }
    assert fed == dated
    assert fed[homes[0] + "/tin-tuc/nam-dinh-62-san-pham-ocop-giua-nam-2020.html"] == "2020-06-12"
    assert get(homes[1] + "/rss.xml").status == 404


def test_listings_lead_to_every_page(homes: tuple[str, ...], portals: tuple[Portal, ...]) -> None:
    for home, portal in zip(homes, portals, strict=True):
        seen: set[str] = set()
        waiting = [portal.settings.listing.format(number=1)]
        read: set[str] = set()
        while waiting:
            path = waiting.pop()
            read.add(path)
            for link in get(home + path).tree.iter("a"):
                href = str(link.get("href"))
                seen.add(href)
                if "trang=" in href and href not in read and href not in waiting:
                    waiting.append(href)
        assert {page.path for page in portal.pages} <= seen
        assert len(read) >= 2
        assert {portal.settings.missing, *portal.settings.redirects} <= seen


def test_missing_moved_and_unchanged_pages(homes: tuple[str, ...], portals: tuple[Portal, ...]) -> None:
    for home, portal in zip(homes, portals, strict=True):
        assert get(home + portal.settings.missing).status == 404
        assert get(home + "/tin-tuc?trang=999").status == 404
        for old, new in portal.settings.redirects.items():
            moved = get(home + old)
            assert (moved.status, moved.headers["Location"]) == (301, new)
            assert get(home + new).status == 200
        first = get(home + portal.pages[0].path)
        again = get(home + portal.pages[0].path, If_None_Match=f'"other", W/{first.headers["ETag"]}')
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert get(home + portal.pages[0].path, If_None_Match='"other"').status == 200
        modified = first.headers["Last-Modified"]
        assert get(home + portal.pages[0].path, If_Modified_Since=modified).status == 304
        assert get(home + portal.pages[0].path, If_Modified_Since="Mon, 01 Jan 2001 00:00:00 GMT").status == 200
        head = get(home + portal.pages[0].path, method="HEAD")
        assert (head.status, head.body) == (200, b"")
        assert head.headers["Content-Length"] == first.headers["Content-Length"]


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


def test_one_wire_story_stands_on_two_hosts(portals: tuple[Portal, ...]) -> None:
    paper = words(own_text(portals, "/tin-tuc/bac-ninh-98-san-pham-nam-2024.html"))
    province = words(own_text(portals, "/chi-tiet-tin/danh-muc-98-san-pham-nam-2024"))
    runs = [{tuple(text[i : i + 5]) for i in range(len(text) - 4)} for text in (paper, province)]
    assert paper != province
    assert len(runs[0] & runs[1]) / len(runs[0] | runs[1]) > 0.8


# Article and clause of QĐ 26/2026/QĐ-TTg -> what the summary must say under it.
LAW = {
    (1, 1): ["nâng hạng", "công nhận lại"],
    (2, 2): ["06 nhóm", "sinh vật cảnh"],
    (2, 3): ["đăng ký kinh doanh", "hợp tác xã"],
    (3, 1): ["40 điểm", "25 điểm", "35 điểm"],
    (3, 2): ["26 bộ"],
    (3, 3): ["90 đến 100", "70 đến dưới 90", "50 đến dưới 70", "30 đến dưới 50", "dưới 30", "05 hạng"],
    (4, 1): ["2 cấp", "UBND cấp tỉnh", "3 sao, 4 sao", "Bộ Nông nghiệp và Môi trường", "5 sao"],
    (4, 3): ["36 tháng"],
    (5, 1): ["02 đợt", "trước 30/6", "trước 30/4", "trước 30/12", "trước 30/10"],
    (5, 2): ["02 đợt", "trước 30/9", "trước 30/7", "trước 30/3", "trước 30/01"],
    (6, 1): ["Mẫu số 01", "Mẫu số 02"],
    (6, 2): ["Mẫu số 03", "05 sản phẩm mẫu"],
    (6, 3): ["05 sản phẩm mẫu"],
    (7, 1): ["01 bộ giấy", "01 bộ điện tử"],
    (7, 2): ["15 ngày làm việc", "Mẫu số 03"],
    (7, 3): ["từ 90 điểm"],
    (7, 4): ["90 điểm"],
    (7, 6): ["36 tháng", "180 ngày", "120 ngày", "45 ngày"],
    (8, 1): ["6 trường hợp"],
    (8, 2): ["Chủ tịch UBND cấp tỉnh", "Bộ trưởng Bộ Nông nghiệp và Môi trường"],
    (8, 4): ["15 ngày"],
    (9, 2): ["hậu kiểm"],
    (10, 3): ["trước Thủ tướng"],
    (11, 1): ["22/5/2026"],
    (11, 2): ["148/QĐ-TTg", "24/02/2023", "1489/QĐ-TTg", "06/7/2025", "60 ngày"],
    (12, 2): ["60 ngày", "30 ngày"],
    (12, 3): ["180 ngày"],
}


def clauses(portals: tuple[Portal, ...]) -> dict[tuple[int, int], str]:
    """(article, clause) -> its text in the summary of QĐ 26/2026; clause 0 is what stands before the first."""
    page = next(page for page in portals[2].pages if page.slug == "quyet-dinh-26-2026-qd-ttg")
    result: dict[tuple[int, int], str] = {}
    article = clause = 0
    for block in map(text_of, page.blocks):
        if heading := re.match(r"Điều (\d+)\. ", block):
            article, clause = int(heading[1]), 0
        elif number := re.match(r"(\d+)\. ", block):
            clause = int(number[1])
        result[article, clause] = f"{result.get((article, clause), '')}\n{block}"
    return result


def test_the_summary_of_the_law_in_force_has_every_article_and_its_numbers(portals: tuple[Portal, ...]) -> None:
    found = clauses(portals)
    assert sorted({article for article, _ in found if article}) == list(range(1, 14))
    counts = {article: max(number for other, number in found if other == article) for article in range(1, 14)}
    assert counts == {1: 2, 2: 3, 3: 3, 4: 3, 5: 2, 6: 3, 7: 6, 8: 4, 9: 4, 10: 4, 11: 2, 12: 3, 13: 0}
    lacking = [(where, said) for where, all_said in LAW.items() for said in all_said if said not in found[where]]
    assert lacking == []
    withdrawal = re.findall(r"^(\w)\) ", found[8, 1], re.MULTILINE)
    assert withdrawal == ["a", "b", "c", "d", "đ", "e"]


@pytest.mark.parametrize(
    ("slug", "facts"),
    [
        ("quyet-dinh-148-qd-ttg-2023", ["Phần A 40 điểm, phần B 25 điểm, phần C 35 điểm", "Huyện công nhận 3 sao", "30 ngày", "Trần Lưu Quang"]),  # noqa: E501
        ("quyet-dinh-1489-qd-ttg-2025", ["Tỉnh công nhận 3 sao, 4 sao", "Trần Hồng Hà", "21/7/2026"]),
        ("quyet-dinh-1048-qd-ttg-2019", ["Phần A 35 điểm, phần B 25 điểm, phần C 40 điểm", "08/6/2020", "24/02/2023"]),
        ("chuong-trinh-ocop-490-va-919", ["07/5/2018", "01/8/2022", "10.000", "từ 400 đến 500"]),
        ("huong-dan-ho-so-lan-dau", ["15 ngày làm việc", "05 sản phẩm mẫu", "30/4", "30/10"]),
        ("huong-dan-nop-lai-khi-sap-het-han", ["180 ngày đến 120 ngày", "04/7/2026", "02/9/2026", "45 ngày"]),
        ("huong-dan-diem-va-sao", ["từ 70 đến dưới 90", "từ 50 đến dưới 70"]),
        ("huong-dan-nhom-va-bo-san-pham", ["6 nhóm", "26 bộ", "bộ 13", "19/2025/QĐ-TTg"]),
    ],
)  # fmt: skip
def test_numbers_of_the_guides(portals: tuple[Portal, ...], slug: str, facts: list[str]) -> None:
    text = own_text(portals, f"/tom-luoc/{slug}.html")
    assert [fact for fact in facts if fact not in text] == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="cần thư mục ../shared với các bài gốc để so, máy này không có")
def test_no_sentence_of_the_sources_is_copied(portals: tuple[Portal, ...]) -> None:
    sources = [file.read_text(encoding="utf-8") for file in sorted((SHARED / "data" / "seeds").glob("*.txt"))]
    lines = (SHARED / "data" / "facts" / "ocop-facts.jsonl").read_text(encoding="utf-8").splitlines()
    sources += [json.loads(line)["facts"] for line in lines]
    taken = {tuple(part[i : i + RUN]) for part in map(words, sources) for i in range(len(part) - RUN + 1)}
    assert len(taken) > 1000
    copied = []
    for portal in portals:
        for page in portal.pages:
            ours = words(own_text(portals, page.path))
            runs = (tuple(ours[i : i + RUN]) for i in range(len(ours) - RUN + 1))
            copied += [(page.slug, " ".join(run)) for run in runs if run in taken]
    assert copied == []


def test_pages_are_refused_with_the_file_and_the_reason(tmp_path: Path) -> None:
    (tmp_path / "pages" / "bao").mkdir(parents=True)
    (tmp_path / "portals.toml").write_text(
        (ROOT / "demo" / "portals.toml").read_text(encoding="utf-8").partition('[[portal]]\nid = "tinh"')[0],
        encoding="utf-8",
    )
    page = tmp_path / "pages" / "bao" / "thu.html"
    good = '+++\ntitle = "Thử"\nlead = "Mở."\nsection = "Kinh tế"\ninvented = true\n+++\nMột câu.\n'
    page.write_text(good, encoding="utf-8")
    assert load_portals(tmp_path)[0].pages[0].blocks == ("Một câu.",)
    for broken, reason in (
        (good.removeprefix("+++\n"), "front matter"),
        (good.replace("invented = true\n", ""), "names no original"),
        (good.replace("Kinh tế", "Lạ"), "'Lạ'"),
        (good.replace("lead", "leed"), "leed"),
    ):
        page.write_text(broken, encoding="utf-8")
        with pytest.raises(PageError, match=reason) as error:
            load_portals(tmp_path)
        assert str(page) in str(error.value)


def test_sources_are_valid_and_keep_exactly_the_articles(tmp_path: Path, portals: tuple[Portal, ...]) -> None:
    sources = load_sources(write_sources(tmp_path, 8801))
    assert [source.home for source in sources] == [f"http://127.0.0.1:{port}/" for port in (8801, 8802, 8803)]
    assert [source.name for source in sources] == [portal.settings.name for portal in portals]
    for source, portal in zip(sources, portals, strict=True):
        for page in portal.pages:
            assert source.keeps(source.absolute(page.path))
        assert source.follows(source.absolute(portal.settings.listing.format(number=2)))
        assert not source.keeps(source.absolute(f"/in/{portal.pages[0].slug}"))
    assert write_sources(tmp_path, 8801).exists()
    with pytest.raises(ConductorError, match=r"8801.*8901"):
        write_sources(tmp_path, 8901)


def test_questions_name_existing_pages_that_hold_the_answer(portals: tuple[Portal, ...]) -> None:
    table = tomllib.loads((ROOT / "demo" / "questions.toml").read_text(encoding="utf-8"))["question"]
    assert len({entry["question"] for entry in table}) == len(table) >= 50
    answered = [entry for entry in table if entry["status"] == "answered"]
    for entry in answered:
        for path in (entry["article"], *entry.get("or_articles", ())):
            text = own_text(portals, path).casefold()
            lacking = [value for value in entry["expect"] if value.casefold() not in text]
            # A comparison needs two pages: each must hold one of the values.
            allowed = len(entry["expect"]) - 1 if entry["kind"] == "compare" else 0
            assert len(lacking) <= allowed, (entry["question"], path, lacking)
    others = [entry for entry in table if entry["status"] != "answered"]
    assert {entry["status"] for entry in others} == {"no_evidence", "out_of_scope", "refused"}
    assert len(others) >= 10
    assert all("article" not in entry and entry["expect"] == [] for entry in others)


def test_the_greeting_names_the_address_and_three_questions() -> None:
    text = greeting(8123)
    assert "http://127.0.0.1:8123/" in text
    assert text.count("•") == 3


def test_the_page_is_given_the_questions_of_the_greeting(tmp_path: Path) -> None:
    asked = json.loads(write_questions(tmp_path).read_text(encoding="utf-8"))
    assert len(asked) == 3
    assert [line.strip().removeprefix("• ") for line in greeting(8123).splitlines() if "•" in line] == asked
    assert (tmp_path / FILE_NAME).exists(), "the server looks for another file"


def test_the_conductor_names_a_taken_port_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port, other = taken.getsockname()[1], free_ports()
        data = tmp_path / "data"
        command = [sys.executable, "-m", "demo", "run", "--data", str(data)]
        for arguments, variable in (
            (["--port", str(port), "--demo-port", str(other)], "PORT"),
            (["--port", str(other), "--demo-port", str(port)], "DEMO_PORT"),
        ):
            ended = subprocess.run(
                [*command, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
            )
            assert ended.returncode == 1
            assert f"cổng {port} đang" in ended.stderr
            assert f"make run {variable}=" in ended.stderr
            assert not data.exists()


def test_the_conductor_stops_all_with_the_reason_when_the_index_cannot_be_used(tmp_path: Path) -> None:
    """The real server on a damaged index: no model is loaded, nothing is crawled, nothing is left running."""
    with Archive(tmp_path, create=True):
        (tmp_path / "index").mkdir()
        (tmp_path / "index" / "CURRENT").write_text("nonsense\n", encoding="utf-8")
    ports = free_ports()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "demo", "run", "--data", str(tmp_path), "--port", str(port)]
    ended = subprocess.run(
        [*command, "--demo-port", str(ports)], cwd=ROOT, capture_output=True, text=True, timeout=250, check=False
    )
    assert ended.returncode == 1
    assert "'nonsense'" in ended.stderr
    assert "python -m index build" in ended.stderr
    for number in (port, ports, ports + 1, ports + 2):
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", number)) != 0


def free_ports() -> int:
    """The first of as many neighbouring ports as there are portals, all free a moment ago."""
    while True:
        with ExitStack() as stack:
            sockets = [stack.enter_context(socket.socket()) for _ in range(PORTALS)]
            try:
                sockets[0].bind(("127.0.0.1", 0))
                first: int = sockets[0].getsockname()[1]
                for step, other in enumerate(sockets[1:], 1):
                    other.bind(("127.0.0.1", first + step))
            except (OSError, OverflowError):
                continue
            return first


def alive(pid: int) -> bool:
    """Whether the process runs; one that only waits to be reaped does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="đọc trạng thái tiến trình qua /proc, chỉ có trên Linux"
)
def test_stopping_ends_what_the_programs_started_too(tmp_path: Path) -> None:
    note = tmp_path / "pids"
    grandchild = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    program = (
        "import os, subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', {grandchild!r}])\n"
        f"open({str(note) + '.new'!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}')\n"
        f"os.rename({str(note) + '.new'!r}, {str(note)!r})\n"
        "time.sleep(600)\n"
    )
    children = Children()
    try:
        children.start("stubborn", ["-c", program])
        while not note.exists():
            assert children.ended("stubborn") is None
            time.sleep(0.02)
        pids = [int(pid) for pid in note.read_text(encoding="ascii").split()]
        assert [alive(pid) for pid in pids] == [True, True]
    finally:
        children.stop(grace_s=0.5)
    while any(alive(pid) for pid in pids):
        time.sleep(0.02)
    with pytest.raises(KeyError):
        children.ended("stubborn")


def test_serving_ends_on_sigterm_and_refuses_a_taken_port() -> None:
    port = free_ports()
    command = [sys.executable, "-m", "demo", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as serving:
        assert serving.stdout is not None
        assert serving.stdout.readline() == f"http://127.0.0.1:{port}/\n"
        assert get(f"http://127.0.0.1:{port}/robots.txt").status == 200
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert second.returncode == 1
        assert f"{port}-{port + 2}" in second.stderr
        serving.terminate()
        assert serving.wait(timeout=60) == 0


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.write_text("", encoding="utf-8")
    command = [sys.executable, "-m", "demo", "run", "--data", str(data), "--demo-port", str(free_ports())]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ended = subprocess.run(
        [*command, "--port", str(port)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    assert f"không dùng được thư mục dữ liệu {data}" in ended.stderr
