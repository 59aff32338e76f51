"""Crawling a small site over real HTTP on loopback, each crawl in a process of its own."""

import gzip
import io
import json
import os
import signal
import sqlite3
import subprocess
import zipfile
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.frontier import Frontier
from tests.small_site import ROOT, Reply, Site, command, crawl, listing, page, reasons, table, urls


def test_paging_links_and_what_is_kept(site: Site, tmp_path: Path) -> None:
    site.replies |= {
        "/tin?trang=1": listing("/tin/a.html", "/tin?trang=2", "/gioi-thieu", "https://ngoai.example.vn/tin/x.html"),
        "/tin?trang=2": listing("/tin/b.html#cuoi", "/tin/b.html?utm_source=zalo", "/tin?trang=1"),
        "/tin/a.html": Reply(body=page("An", more='<a href="/tin/c.html">xem</a>')),
        "/tin/b.html": Reply(body=page("Bình", 5)),
        "/tin/c.html": Reply(body=page("Cẩm", 6)),
    }
    report = crawl(site, tmp_path)
    assert urls(tmp_path) == {site.url(f"/tin/{name}.html") for name in "abc"}
    assert (report["found"], report["fetched"], report["new"], report["failed"]) == (3, 3, 3, 0)
    assert "/gioi-thieu" not in site.paths()
    assert len(site.paths()) == len(set(site.paths()))
    agents = {headers["User-Agent"] for _, headers in site.asked}
    assert len(agents) == 1
    assert agents.pop().startswith("OCOPAssistantBot/")
    with Archive(tmp_path / "data") as archive:
        article = archive.by_url(site.url("/tin/a.html"))
        assert article is not None
        raw = archive.raw(article.raw_digest)
        assert raw is not None
        assert raw.body == site.replies["/tin/a.html"].body
        assert article.source == "Trang mẫu"


def test_sitemap_index_feed_and_gzip(site: Site, tmp_path: Path) -> None:
    def sitemap(*paths: str) -> bytes:
        return (
            "<urlset>" + "".join(f"<url><loc>{site.url(path)}</loc></url>" for path in paths) + "</urlset>"
        ).encode()

    index = f"<sitemapindex><sitemap><loc>{site.url('/s1.xml.gz')}</loc></sitemap></sitemapindex>"
    feed = f"<rss><channel><item><link>{site.url('/tin/b.html')}</link></item></channel></rss>"
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/tin/c.html"/></entry></feed>'
    site.replies |= {
        "/robots.txt": Reply(body=f"User-agent: *\nAllow: /\nSitemap: {site.url('/sitemap.xml')}\n".encode()),
        "/sitemap.xml": Reply(body=index.encode(), headers={"Content-Type": "application/xml"}),
        "/s1.xml.gz": Reply(
            body=gzip.compress(sitemap("/tin/a.html", "/khac")), headers={"Content-Type": "application/gzip"}
        ),
        "/rss.xml": Reply(body=feed.encode(), headers={"Content-Type": "application/rss+xml"}),
        "/atom.xml": Reply(body=atom.encode(), headers={"Content-Type": "application/atom+xml"}),
        "/tin/a.html": Reply(body=page("An")),
        "/tin/b.html": Reply(body=page("Bình", 5)),
        "/tin/c.html": Reply(body=page("Cẩm", 6)),
    }
    report = crawl(site, tmp_path, listings=[], feeds=["/rss.xml", "/atom.xml"])
    assert urls(tmp_path) == {site.url(f"/tin/{name}.html") for name in "abc"}
    assert report["failed"] == 0
    assert "/khac" not in site.paths()


@pytest.mark.parametrize("status", [500, 503])
def test_server_error_for_robots_forbids_everything(site: Site, tmp_path: Path, status: int) -> None:
    site.replies |= {"/robots.txt": Reply(status=status), "/tin?trang=1": listing("/tin/a.html")}
    report = crawl(site, tmp_path, code=1)
    assert set(site.paths()) == {"/robots.txt"}
    assert report["articles"] == 0
    assert f"robots.txt trả về {status}" in reasons(report)[""]


def test_disallowed_pages_are_not_asked_for(site: Site, tmp_path: Path) -> None:
    site.replies |= {
        "/robots.txt": Reply(body=b"User-agent: *\nDisallow: /tin/kin\n"),
        "/tin?trang=1": listing("/tin/a.html", "/tin/kin-1.html", "/tin/vong.html"),
        "/tin/a.html": Reply(body=page("An")),
        "/tin/kin-1.html": Reply(body=page("Kín")),
        "/tin/vong.html": Reply(status=302, headers={"Location": "/tin/kin-2.html"}),
    }
    report = crawl(site, tmp_path)
    assert urls(tmp_path) == {site.url("/tin/a.html")}
    assert not {"/tin/kin-1.html", "/tin/kin-2.html"} & set(site.paths())
    assert "robots.txt cấm" in reasons(report)["tin/kin-1.html"]
    assert "robots.txt cấm" in reasons(report)["tin/kin-2.html"]


def test_redirects(site: Site, tmp_path: Path) -> None:
    other = f"http://localhost:{site.port}"
    site.replies |= {
        "/tin?trang=1": listing("/tin/cu.html", "/tin/ra-ngoai.html", "/tin/ve-nha.html", "/tin/lap.html"),
        "/tin/cu.html": Reply(status=301, headers={"Location": "/tin/moi.html"}),
        "/tin/moi.html": Reply(body=page("Mới")),
        "/tin/ra-ngoai.html": Reply(status=302, headers={"Location": f"{other}/tin/moi.html"}),
        "/tin/ve-nha.html": Reply(status=302, headers={"Location": "/"}),
        "/": Reply(body=page("Nhà")),
        "/tin/lap.html": Reply(status=302, headers={"Location": "/tin/lap.html"}),
    }
    report = crawl(site, tmp_path)
    assert urls(tmp_path) == {site.url("/tin/moi.html")}
    assert "ngoài phạm vi" in reasons(report)["tin/ra-ngoai.html"]
    assert "không phải bài" in reasons(report)["tin/ve-nha.html"]
    assert "tin/lap.html" in reasons(report)
    assert "localhost" not in " ".join(headers["Host"] for _, headers in site.asked)
    with Archive(tmp_path / "data") as archive:
        former = Frontier(archive, "mau").get(site.url("/tin/cu.html"))
        assert former is not None
        assert (former.status, former.outcome) == (301, "moved")


def test_canonical_links(site: Site, tmp_path: Path) -> None:
    site.replies |= {
        "/tin?trang=1": listing("/tin/in-a.html", "/tin/b.html", "/tin/c.html"),
        "/tin/in-a.html": Reply(body=page("An", head='<link rel="canonical" href="/tin/a.html">')),
        "/tin/b.html": Reply(
            body=page("Bình", 5, head='<link rel="canonical" href="https://khac.example.vn/tin/b.html">')
        ),
        "/tin/c.html": Reply(body=page("Cẩm", 6, head='<link rel="canonical" href="/">')),
    }
    crawl(site, tmp_path)
    assert urls(tmp_path) == {site.url("/tin/a.html"), site.url("/tin/b.html"), site.url("/tin/c.html")}


def test_unchanged_pages_are_not_sent_again(site: Site, tmp_path: Path) -> None:
    site.replies |= {
        "/tin?trang=1": listing("/tin/a.html", "/tin/b.html"),
        "/tin/a.html": Reply(body=page("An"), headers={"ETag": '"a1"'}),
        "/tin/b.html": Reply(body=page("Bình", 5), headers={"ETag": '"b1"'}),
    }
    crawl(site, tmp_path)
    site.forget()
    report = crawl(site, tmp_path)
    assert (report["unchanged"], report["fetched"], report["new"]) == (2, 0, 0)
    assert {sent for sent in site.sent if sent[0].startswith("/tin/")} == {
        ("/tin/a.html", 304, 0),
        ("/tin/b.html", 304, 0),
    }
    site.replies["/tin/b.html"] = Reply(body=page("Bình", 7), headers={"ETag": '"b2"'})
    with Archive(tmp_path / "data") as archive:
        former = archive.by_url(site.url("/tin/b.html"))
    report = crawl(site, tmp_path)
    assert (report["unchanged"], report["changed"]) == (1, 1)
    with Archive(tmp_path / "data") as archive:
        now = archive.by_url(site.url("/tin/b.html"))
        assert former is not None
        assert now is not None
        assert now.id == former.id
        assert "7 sản phẩm" in now.title
        assert archive.get(former.id, former.digest) == former
    site.forget()
    assert crawl(site, tmp_path, "--refresh")["fetched"] == 2


def test_gone_pages(site: Site, tmp_path: Path) -> None:
    names = [f"/tin/{i}.html" for i in range(5)]
    site.replies |= {name: Reply(body=page(f"Số {i}", i + 3)) for i, name in enumerate(names)}
    site.replies["/tin?trang=1"] = listing(*names, "/tin/chua-co.html")
    assert crawl(site, tmp_path)["articles"] == 5
    site.replies["/tin?trang=1"] = listing(*names[1:])
    site.replies["/tin/0.html"] = Reply(status=410)
    report = crawl(site, tmp_path)
    assert (report["gone"], report["articles"]) == (0, 5)
    report = crawl(site, tmp_path)
    assert (report["gone"], report["articles"]) == (1, 4)
    site.replies["/tin/0.html"] = Reply(body=page("Số 0", 3))
    assert crawl(site, tmp_path)["articles"] == 4
    site.replies["/tin?trang=1"] = listing(*names)
    assert crawl(site, tmp_path)["articles"] == 5


def test_nothing_is_taken_out_when_most_of_a_site_is_missing(site: Site, tmp_path: Path) -> None:
    names = [f"/tin/{i}.html" for i in range(5)]
    site.replies |= {name: Reply(body=page(f"Số {i}", i + 3)) for i, name in enumerate(names)}
    site.replies["/tin?trang=1"] = listing(*names)
    crawl(site, tmp_path)
    for name in names[:4]:
        site.replies[name] = Reply(status=404)
    for _ in range(2):
        report = crawl(site, tmp_path)
        assert (report["gone"], report["articles"]) == (0, 5)
    assert "giữ nguyên tất cả" in reasons(report)[""]


def test_pages_that_are_no_article_are_named(site: Site, tmp_path: Path) -> None:
    links = "".join(
        f'<li><a href="/tin/{i}.html">Xã số {i} công bố danh sách sản phẩm gắn sao</a></li>' for i in range(9)
    )
    site.replies |= {
        "/tin?trang=1": listing("/tin/a.html", "/tin/danh-muc.html", "/tin/anh.html", "/tin/loi.html"),
        "/tin/a.html": Reply(body=page("An")),
        "/tin/danh-muc.html": Reply(body=f"<h1>Chuyên mục</h1><ul>{links}</ul>".encode()),
        "/tin/anh.html": Reply(body=b"\x89PNG\r\n\x1a\n" + bytes(200), headers={"Content-Type": "image/png"}),
        "/tin/loi.html": Reply(status=403),
    }
    report = crawl(site, tmp_path)
    assert urls(tmp_path) == {site.url("/tin/a.html")}
    assert report["no_article"] == 2
    assert reasons(report)["tin/danh-muc.html"].startswith("không phải bài: ")
    assert "ảnh" in reasons(report)["tin/anh.html"]
    assert reasons(report)["tin/loi.html"] == "máy chủ trả về 403"


def test_killed_in_the_middle_and_crawled_again(site: Site, tmp_path: Path) -> None:
    names = [f"/tin/{i}.html" for i in range(8)]
    site.replies |= {name: Reply(body=page(f"Số {i}", i + 3)) for i, name in enumerate(names)}
    site.replies["/tin?trang=1"] = listing(*names)
    site.gated = frozenset({"/tin/5.html", "/tin/2.html"})
    process = subprocess.Popen(
        command("crawl", "--sources", str(table(site, tmp_path)), "--data", str(tmp_path / "data"), "--json"),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert site.reached.wait(timeout=120)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    site.gate.set()
    database = sqlite3.connect(tmp_path / "data" / "archive.sqlite")
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    with Archive(tmp_path / "data") as archive:
        whole = list(archive.articles())
        assert len(whole) < 8
        assert all(archive.raw(article.raw_digest) is not None for article in whole)
    site.gated = frozenset()
    assert crawl(site, tmp_path)["articles"] == 8


def test_private_addresses_are_refused_unless_local(site: Site, tmp_path: Path) -> None:
    for home in (site.url("/"), f"http://localhost:{site.port}/"):
        report = crawl(site, tmp_path, "--contact", "kiem-thu@example.vn", code=1, home=home, local=False)
        assert report["articles"] == 0
    assert site.asked == []


def test_add_and_try_an_address(site: Site, tmp_path: Path) -> None:
    site.replies |= {"/tin/a.html": Reply(body=page("An")), "/tin/x.html": Reply(status=404)}
    data = str(tmp_path / "data")
    done = subprocess.run(
        command("add", site.url("/tin/a.html"), site.url("/tin/x.html"), "--local", "--data", data, "--json"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert [item["title"] for item in result["added"]] == ["Xã An có 4 sản phẩm gắn sao"]
    assert result["skipped"] == [{"name": site.url("/tin/x.html"), "reason": "máy chủ trả về 404"}]
    assert urls(tmp_path) == {site.url("/tin/a.html")}


def test_add_the_address_of_a_zip(site: Site, tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        bundle.writestr("xã an.html", page("An"))
        bundle.writestr("anh.bmp", b"BM")
    site.replies["/goi.zip"] = Reply(body=out.getvalue(), headers={"Content-Type": "application/zip"})
    data, address = str(tmp_path / "data"), site.url("/goi.zip")
    done = subprocess.run(
        command("add", address, "--local", "--data", data, "--json"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    result = json.loads(done.stdout)
    assert [item["title"] for item in result["added"]] == ["Xã An có 4 sản phẩm gắn sao"]
    assert [item["name"] for item in result["skipped"]] == [f"{address} › anh.bmp"]
    assert urls(tmp_path) == {f"{address}#x%C3%A3%20an.html"}
    with Archive(tmp_path / "data") as archive:
        archive.forget(address)
        assert archive.count() == 0
        assert archive.forgotten(f"{address}#x") == address
