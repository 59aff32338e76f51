"""Forgetting: the text leaves every file of the data folder, a running server, and does not come back."""

import sqlite3
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from crawler.archive import Archive, ArchiveError, ForgottenError
from crawler.forget import Erased, ForgetError, forget, target_of
from index.build import build
from index.manifest import IndexMissing, withdrawn
from index.search import Searcher
from tests.archived import make_article, put
from tests.conftest import ROOT, served, wait_until

RARE = "Kwyjibochen"
URL = "https://bao.example/rieng"
LINES = ("Chuyện riêng của một nhà", f"Ông {RARE} trồng chè ở xã Tân Cương và có 12 sản phẩm OCOP đạt 3 sao năm 2021.")
OTHER = ("Nước mắm Phú Quốc", "Nước mắm của tỉnh Kiên Giang được bán ở nhiều tỉnh, có 40 sản phẩm OCOP năm 2022.")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two versions of a page with a rare word and another page, indexed twice."""
    folder = tmp_path / "data"
    put(folder, LINES, url=URL)
    put(folder, OTHER, url="https://khac.example/mam")
    build(folder, embedder="hash-256", progress=False)
    put(folder, (*LINES, f"Nhà {RARE} nay có 13 sản phẩm."), url=URL)
    build(folder, progress=False)
    return folder


def held_in(data: Path, needle: bytes) -> list[str]:
    """The files of a data folder that hold some bytes."""
    return sorted(
        str(path.relative_to(data)) for path in data.rglob("*") if path.is_file() and needle in path.read_bytes()
    )


def test_no_file_of_the_data_folder_keeps_the_text(data: Path) -> None:
    article, raw = make_article(LINES, url=URL)
    compressed = zlib.compress(raw.body)
    assert len(held_in(data, RARE.encode())) >= 3  # the archive and two generations
    assert held_in(data, compressed)
    erased = forget(data, URL)
    assert erased == Erased(target=URL, articles=(article.id,), addresses=0, left=(), reindexed=True)
    # unigrams of the terms' file are lower case and without marks
    assert held_in(data, RARE.encode()) + held_in(data, RARE.lower().encode()) == []
    assert held_in(data, compressed) == []
    assert [path.name for path in (data / "index").glob("generation-*")] == ["generation-000003"]
    searcher = Searcher.open(data)
    assert all(RARE not in hit.passage.text for hit in searcher.search(RARE).hits)
    assert len(searcher.article_ids()) == 1
    searcher.close()


def test_a_host_goes_whole_and_twice_is_once(data: Path) -> None:
    put(data, ("Trang hai", "Một trang khác của cùng máy chủ này."), url="https://bao.example/hai")
    assert len(forget(data, "BAO.example").articles) == 2
    assert forget(data, "bao.example").articles == ()
    with Archive(data) as archive:
        assert [article.url for article in archive.articles()] == ["https://khac.example/mam"]


def test_what_was_forgotten_does_not_come_back(data: Path, tmp_path: Path) -> None:
    forget(data, "bao.example")
    article, raw = make_article(LINES, url=URL)
    with Archive(data) as archive, pytest.raises(ForgottenError, match=r"bao\.example"):
        archive.put(article, raw)
    page = tmp_path / "page.txt"
    page.write_text("\n\n".join(LINES), encoding="utf-8")
    for item in ([str(page), "--url", URL], [URL, "--contact", "a@b.example"]):
        done = crawler("add", *item, data=data)
        assert done.returncode == 1
        assert "bao.example đã được xóa theo yêu cầu" in done.stderr


def test_an_index_of_nothing_is_taken_away(data: Path) -> None:
    forget(data, "khac.example")
    done = crawler("forget", URL, data=data)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Đã xóa 1 bài, 0 địa chỉ của {URL}; sẽ không lấy lại nữa.\n")
    assert withdrawn(data)
    assert held_in(data, RARE.encode()) == []
    with pytest.raises(IndexMissing):
        Searcher.open(data)
    put(data, OTHER, url="https://moi.example/mam")
    build(data, embedder="hash-256", progress=False)
    Searcher.open(data).close()


def test_a_running_server_lets_go_of_it(data: Path, tmp_path: Path) -> None:
    article, _ = make_article(LINES, url=URL)
    with served(data, tmp_path / "log") as running:
        first = running.client.get("/api/search", params={"q": RARE}).json()["hits"][0]
        assert first["article_id"] == article.id
        forget(data, URL)
        wait_until(lambda: running.client.get("/api/ready").json()["articles"] == 1, "the new index to be taken up")
        assert RARE not in running.client.get("/api/search", params={"q": RARE}).text
        for path in (f"/api/articles/{article.id}", f"/bai/{article.id}?digest={first['digest']}&start=0&end=5"):
            gone = running.client.get(path)
            assert (gone.status_code, RARE in gone.text) == (410, False)
            assert "đã được xóa" in gone.text
        forget(data, "khac.example")
        wait_until(lambda: running.client.get("/api/ready").status_code == 503, "the server to let go of its index")
        assert running.client.get("/api/search", params={"q": "nước mắm"}).status_code == 503


def test_a_reader_that_holds_the_log_is_told(data: Path) -> None:
    reader = sqlite3.connect(data / "archive.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM articles").fetchone()
    with Archive(data) as archive:
        archive.db.execute("PRAGMA busy_timeout = 50")
        with pytest.raises(ArchiveError, match="python -m crawler forget"):
            archive.forget(URL)
    reader.execute("ROLLBACK")
    reader.close()
    forget(data, URL)
    assert held_in(data, RARE.encode()) == []


def test_an_index_that_cannot_be_rebuilt_is_told(data: Path) -> None:
    (data / "index" / "generation-000002" / "manifest.json").write_text("{", encoding="utf-8")
    (data / "index" / ".lock").unlink()
    (data / "index" / ".lock").mkdir()
    with pytest.raises(ForgetError, match="chạy lại lệnh này"):
        forget(data, URL)


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("HTTPS://Bao.example/tin/1.html?utm_source=zalo#x", "https://Bao.example/tin/1.html"),
        (" bao.example ", "bao.example"),
        ("127.0.0.1:8080", "127.0.0.1:8080"),
    ],
)
def test_a_target_is_written_as_the_archive_writes_it(asked: str, target: str) -> None:
    assert target_of(asked) == target


@pytest.mark.parametrize("asked", ["", "../archive.sqlite", "ftp://bao.example/1", "bao example", "https://"])
def test_what_is_neither_address_nor_host_is_refused(asked: str) -> None:
    with pytest.raises(ForgetError, match="không phải địa chỉ"):
        target_of(asked)


def crawler(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "crawler", *arguments, "--data", str(data)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
