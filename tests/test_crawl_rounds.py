"""What one round leaves for the next: stops, waits, schedules, lists that lead on, what status tells."""

import json
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from crawler import spider
from crawler.archive import Archive, Raw
from crawler.draft import NoArticleError
from crawler.frontier import Frontier
from crawler.read import Reading
from crawler.sandbox import Sandbox
from crawler.sources import Source, load_sources
from crawler.visit import SourceReport
from tests.small_site import ROOT, Reply, Site, command, crawl, listing, page, reasons, table, urls


def pages(count: int) -> dict[str, Reply]:
    return {f"/tin/{i}.html": Reply(body=page(f"Số {i}", i + 3), headers={"ETag": f'"{i}"'}) for i in range(count)}


def status(folder: Path) -> dict[str, object]:
    done = subprocess.run(
        command("status", "--sources", str(folder / "sources.toml"), "--data", str(folder / "data"), "--json"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, object] = json.loads(done.stdout)["sources"][0]
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_after_the_page_under_way_and_gone_on_with(site: Site, tmp_path: Path, number: signal.Signals) -> None:
    site.replies |= pages(6) | {"/tin?trang=1": listing(*pages(6))}
    site.gated = frozenset({"/tin/3.html"})
    arguments = ("crawl", "--sources", str(table(site, tmp_path)), "--data", str(tmp_path / "data"), "--json")
    with subprocess.Popen(command(*arguments), cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert site.reached.wait(timeout=120)
        process.send_signal(number)
        site.gate.set()
        out, _ = process.communicate(timeout=120)
    report = json.loads(out)["sources"][0]
    assert process.returncode == 0
    assert report["interrupted"]
    assert report["new"] == 4
    assert status(tmp_path)["pending"] == 2
    site.forget()
    report = crawl(site, tmp_path)
    assert (report["resumed"], report["new"], report["articles"]) == (True, 2, 6)
    assert [path for path in site.paths() if path != "/robots.txt"] == ["/tin/4.html", "/tin/5.html"]


def test_a_server_that_asks_for_a_moment_gets_it(site: Site, tmp_path: Path) -> None:
    site.replies |= pages(2) | {"/tin?trang=1": listing(*pages(2))}
    site.busy = {"/tin/1.html": [(503, "1")], "/tin?trang=1": [(429, "0")]}
    begun = time.monotonic()
    report = crawl(site, tmp_path)
    assert time.monotonic() - begun >= 1.0
    assert (report["new"], report["failed"]) == (2, 0)
    assert site.paths().count("/tin/1.html") == 2


def test_a_server_that_asks_for_long_is_left_alone_until_then(site: Site, tmp_path: Path) -> None:
    site.replies |= pages(3) | {"/tin?trang=1": listing(*pages(3))}
    site.busy = {"/tin/1.html": [(503, "1800")]}
    report = crawl(site, tmp_path)
    assert report["new"] == 1
    assert report["waiting_until"] is not None
    assert reasons(report)[""] == "máy chủ trả về 503, yêu cầu chờ 1800 giây"
    site.forget()
    done = subprocess.run(
        command("crawl", "--sources", str(tmp_path / "sources.toml"), "--data", str(tmp_path / "data")),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert site.paths() == []
    assert f"sớm nhất là mau, từ {report['waiting_until']}" in done.stdout
    # Asked for by name, the round goes on where it was left.
    assert crawl(site, tmp_path, "--only", "mau")["articles"] == 3
    assert site.paths().count("/tin/0.html") == 0


def test_a_silent_server_is_given_up_for_now(site: Site, tmp_path: Path) -> None:
    names = [f"/tin/{i}.html" for i in range(8)]
    site.replies |= {"/tin?trang=1": listing(*names)}
    site.busy = {name: [(500, "0")] * 3 for name in names}
    report = crawl(site, tmp_path, code=1)
    assert report["failed"] == 4
    assert "5 địa chỉ liền không lấy được: máy chủ trả về 500" in reasons(report)[""]
    assert {path for path in site.paths() if path.startswith("/tin/")} == set(names[:5])


def test_only_what_is_due_is_gone_over(site: Site, tmp_path: Path) -> None:
    site.replies |= pages(2) | {"/tin?trang=1": listing(*pages(2))}
    crawl(site, tmp_path, every_h=24.0)
    site.forget()
    done = subprocess.run(
        command("--sources", str(tmp_path / "sources.toml"), "--data", str(tmp_path / "data")),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("Chưa nguồn nào đến hạn; sớm nhất là mau, từ 20")
    assert site.asked == []


def test_watching_tells_each_round_and_stops_when_asked(site: Site, tmp_path: Path) -> None:
    site.replies |= pages(2) | {"/tin?trang=1": listing(*pages(2))}
    arguments = ("--watch", "--sources", str(table(site, tmp_path)), "--data", str(tmp_path / "data"), "--json")
    with subprocess.Popen(command(*arguments), cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
    assert (first["new"], first["failed"]) == (2, 0)


def test_an_unmoved_sitemap_date_costs_nothing(site: Site, tmp_path: Path) -> None:
    def sitemap(*dates: str) -> Reply:
        entries = "".join(
            f"<url><loc>{site.url(f'/tin/{i}.html')}</loc><lastmod>{date}</lastmod></url>"
            for i, date in enumerate(dates)
        )
        return Reply(body=f"<urlset>{entries}</urlset>".encode(), headers={"Content-Type": "application/xml"})

    site.replies |= pages(3) | {"/sitemap.xml": sitemap("2026-01-01", "2026-01-01", "2026-01-01")}
    crawl(site, tmp_path, listings=[], sitemaps=["/sitemap.xml"])
    site.replies["/sitemap.xml"] = sitemap("2026-01-01", "2026-01-02", "2026-01-01")
    site.forget()
    report = crawl(site, tmp_path, listings=[], sitemaps=["/sitemap.xml"])
    assert report["unchanged"] == 3
    assert [path for path in site.paths() if path.startswith("/tin/")] == ["/tin/1.html"]


def test_an_unchanged_site_sends_no_body_and_one_change_fetches_one(site: Site, tmp_path: Path) -> None:
    everything = {"/tin?trang=1": listing(*pages(20)), **pages(20)}
    everything["/tin?trang=1"].headers["ETag"] = '"list"'
    site.replies |= everything
    crawl(site, tmp_path)
    site.forget()
    report = crawl(site, tmp_path)
    assert (report["unchanged"], report["bytes"]) == (20, 0)
    assert sum(size for path, _, size in site.sent if path != "/robots.txt") == 0
    site.replies["/tin/7.html"] = Reply(body=page("Số 7", 70), headers={"ETag": '"7b"'})
    report = crawl(site, tmp_path)
    assert (report["unchanged"], report["changed"], report["fetched"]) == (19, 1, 1)


def test_the_same_bytes_without_validators_are_no_change(site: Site, tmp_path: Path) -> None:
    site.replies |= {"/tin?trang=1": listing("/tin/a.html"), "/tin/a.html": Reply(body=page("An"))}
    crawl(site, tmp_path)
    report = crawl(site, tmp_path)
    assert (report["fetched"], report["unchanged"], report["changed"]) == (1, 1, 0)


def test_feeds_named_by_a_listing_are_followed(site: Site, tmp_path: Path) -> None:
    feed = f"<rss><channel><item><link>{site.url('/tin/0.html')}</link></item></channel></rss>"
    head = '<link rel="alternate" type="application/rss+xml" href="/tin.rss" title="Tin mới">'
    site.replies |= pages(1) | {
        "/tin?trang=1": Reply(body=f"<html><head>{head}</head><body><p>Tin</p></body></html>".encode()),
        "/tin.rss": Reply(body=feed.encode(), headers={"Content-Type": "application/rss+xml"}),
    }
    assert crawl(site, tmp_path)["new"] == 1


def test_a_calendar_without_end_ends(site: Site, tmp_path: Path) -> None:
    site.replies |= {f"/tin?trang={i}": listing(f"/tin?trang={i + 1}", "/tin/0.html") for i in range(1, 60)} | pages(1)
    crawl(site, tmp_path)
    assert max(int(path.partition("=")[2]) for path in site.paths() if "=" in path) <= 4
    # New pages further back are still found, as far as each list names one.
    site.replies |= pages(9) | {f"/tin?trang={i}": listing(f"/tin?trang={i + 1}", f"/tin/{i}.html") for i in range(9)}
    assert crawl(site, tmp_path)["articles"] == 9


def test_pages_off_the_topic_are_not_kept(site: Site, tmp_path: Path) -> None:
    football = page("Bóng đá").replace(b" OCOP", b"")
    site.replies |= pages(1) | {
        "/tin?trang=1": listing("/tin/0.html", "/tin/bong-da.html"),
        "/tin/bong-da.html": Reply(body=football, headers={"ETag": '"b"'}),
    }
    report = crawl(site, tmp_path)
    assert (report["off_topic"], report["new"]) == (1, 1)
    assert urls(tmp_path) == {site.url("/tin/0.html")}
    with Archive(tmp_path / "data") as archive:
        assert b"B\xc3\xb3ng" not in b"".join(row[0] for row in archive.db.execute("SELECT body FROM raws"))
    assert crawl(site, tmp_path)["off_topic"] == 1
    assert ("/tin/bong-da.html", 304, 0) in site.sent
    # A site that is about OCOP throughout need not say so on every page.
    assert crawl(site, tmp_path, "--refresh", whole=True)["articles"] == 2


def test_what_was_forgotten_is_not_fetched_again(site: Site, tmp_path: Path) -> None:
    site.replies |= pages(2) | {"/tin?trang=1": listing(*pages(2))}
    crawl(site, tmp_path)
    with Archive(tmp_path / "data") as archive:
        archive.forget(site.url("/tin/1.html"))
    site.forget()
    assert crawl(site, tmp_path)["articles"] == 1
    assert "/tin/1.html" not in site.paths()


def test_status_says_how_each_source_is(site: Site, tmp_path: Path) -> None:
    site.replies |= pages(2) | {
        "/tin?trang=1": listing(*pages(2), "/tin/x.html", "/tin/y.html"),
        "/tin/x.html": Reply(status=403),
        "/tin/y.html": Reply(status=403),
    }
    crawl(site, tmp_path, verified=True)
    found = status(tmp_path)
    assert found["held"] == 2
    assert found["last_success"] is not None
    assert found["oldest_check"] is not None
    assert found["verified"]
    assert found["causes"] == [{"reason": "máy chủ trả về 403", "count": 2, "example": site.url("/tin/x.html")}]
    site.replies["/robots.txt"] = Reply(status=503)
    crawl(site, tmp_path, code=1)
    found = status(tmp_path)
    assert found["trouble"] == "robots.txt trả về 503: cấm toàn bộ"
    assert found["held"] == 2


def test_check_reads_one_article_and_stores_nothing(site: Site, tmp_path: Path) -> None:
    site.replies |= pages(2) | {"/tin?trang=1": listing(*pages(2), "/khac")}
    path = table(site, tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + "\n# ghi chú giữ nguyên\n", encoding="utf-8")
    done = subprocess.run(
        command("check", "--sources", str(path), "--data", str(tmp_path / "data"), "--write"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("đọc được  Trang mẫu [mau]")
    assert "3 liên kết, 2 khớp mẫu bài" in done.stdout
    assert "«Xã Số 0 có 3 sản phẩm gắn sao»" in done.stdout
    written = path.read_text(encoding="utf-8")
    assert "verified = true" in written
    assert "# ghi chú giữ nguyên" in written
    assert not (tmp_path / "data").exists()
    site.replies["/tin?trang=1"] = Reply(status=500)
    done = subprocess.run(
        command("check", "--sources", str(path)), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert f"{site.url('/tin?trang=1')}: máy chủ trả về 500" in done.stdout


def test_watching_goes_over_a_source_each_time_it_is_due(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spider, "_LOOK_AGAIN_S", 0.0)
    site.replies |= pages(3) | {"/tin?trang=1": listing(*pages(3))}
    rounds: list[tuple[int, int]] = []

    def ended(report: SourceReport) -> None:
        rounds.append((report.new, report.unchanged))
        if len(rounds) == 3:
            signal.raise_signal(signal.SIGINT)

    with Archive(tmp_path / "data", create=True) as archive:
        path = table(site, tmp_path)
        spider.watch(lambda: load_sources(path), archive, ended=ended)
    assert rounds[:3] == [(3, 0), (0, 3), (0, 3)]


def test_watching_takes_up_a_changed_table_and_keeps_the_former_where_it_cannot(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(spider, "_LOOK_AGAIN_S", 0.05)
    monkeypatch.setattr(spider, "_TABLE_LOOK_S", 0.05)
    site.replies |= pages(2) | {"/tin?trang=1": listing(*pages(2))}
    path = table(site, tmp_path)
    first = path.read_text(encoding="utf-8")
    second = first.replace('"mau"', '"moi"')
    told: list[str] = []

    def kept_former() -> int:
        return sum("bảng nguồn trước đó vẫn được dùng" in record.message for record in caplog.records)

    def ended(report: SourceReport) -> None:
        told.append(report.id)
        match told.count("mau"), told.count("moi"):
            case (1, 0):
                path.write_text("[[source]]\n", encoding="utf-8")
            case (_, 0) if kept_former():
                path.write_text(f"{first}\n{second}", encoding="utf-8")
            case (_, 1) if report.id == "moi":
                path.write_text(second, encoding="utf-8")
            case (_, 5):
                signal.raise_signal(signal.SIGINT)

    with Archive(tmp_path / "data", create=True) as archive:
        spider.watch(lambda: load_sources(path), archive, ended=ended)
    assert told[:2] == ["mau", "mau"]
    assert told[-1] == "moi"
    # the one that was taken out may have been under way; it did not begin again and again
    assert "mau" not in told[-3:]
    assert kept_former() == 1


class Fragile(Sandbox):
    """A reader that one page breaks, and a program that another page finds a mistake in."""

    def page(self, raw: Raw, url: str, source: Source, fetched: str) -> Reading:
        if url.endswith("/1.html"):
            raise NoArticleError("trình đọc dừng đột ngột (tín hiệu 11)")
        if url.endswith("/2.html"):
            raise KeyError("thử")
        return super().page(raw, url, source, fetched)


def test_a_page_that_breaks_the_reader_costs_that_page(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spider, "Sandbox", Fragile)
    site.replies |= pages(2) | {"/tin?trang=1": listing(*pages(2))}
    with Archive(tmp_path / "data", create=True) as archive:
        report = spider.crawl(load_sources(table(site, tmp_path)), archive)[0]
    assert (report.new, report.no_article) == (1, 1)
    assert report.problems == [(site.url("/tin/1.html"), "không phải bài: trình đọc dừng đột ngột (tín hiệu 11)")]


def test_a_mistake_on_one_site_leaves_the_others_and_the_round_open(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spider, "Sandbox", Fragile)
    site.replies |= pages(3) | {"/tin?trang=1": listing(*pages(3)), "/khac": listing("/tin/0.html")}
    source = load_sources(table(site, tmp_path))[0]
    other = replace(source, id="khac", name="Trang khác", listings=("/khac",), articles=(r"^/tin/0\.html$",), follow=())
    with Archive(tmp_path / "data", create=True) as archive:
        broken, whole = spider.crawl([source, other], archive)
        assert broken.interrupted
        assert broken.problems[-1] == (source.home, "lỗi của chương trình: KeyError: 'thử'")
        assert not whole.interrupted
        last = Frontier(archive, "mau").last_round()
        assert last is not None
        assert last.ended is None
