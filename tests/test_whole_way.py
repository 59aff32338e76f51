"""The whole way over real HTTP: portal, crawl, index, server, a question, its citation, the page it came from."""

import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT, served, wait_until

NEW_TEXT = """Xã Hương Mộc giới thiệu sản phẩm OCOP mới

Ngày 12/11/2026, xã Hương Mộc, tỉnh Lai Châu giới thiệu mật ong rừng của hợp tác xã Bản Sáng.

Đến ngày 12/11/2026, tỉnh Lai Châu có 777 sản phẩm OCOP của 301 chủ thể.
"""
CHANGED_TEXT = """Nam Định rà lại số sản phẩm OCOP giữa năm 2020

Ngày 15/7/2020, cơ quan phụ trách chương trình ở tỉnh Nam Định cho biết đã rà lại danh sách sản phẩm được công nhận.

Tỉnh Nam Định có 63 sản phẩm OCOP vào tháng 7/2020, thêm một sản phẩm so với tháng trước.
"""
QUESTION = {"question": "Tính đến tháng 6/2020, Nam Định có bao nhiêu sản phẩm OCOP?"}


def command(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, check=True, capture_output=True, timeout=300)


@pytest.fixture
def data(demo_data: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo_data, tmp_path / "data"))


def test_from_the_portal_to_a_cited_answer(data: Path, tmp_path: Path) -> None:
    with served(data, tmp_path / "server.log") as server:
        answer = server.client.post("/api/ask", json=QUESTION).json()
        assert answer["status"] == "answered"
        assert "62" in answer["text"]
        for citation in answer["citations"]:
            article = server.client.get(
                f"/api/articles/{citation['article_id']}", params={"digest": citation["digest"]}
            ).json()
            assert article["text"][citation["start"] : citation["end"]] == citation["quote"]
            assert article["url"] == citation["url"]
            assert citation["url"].startswith("http://127.0.0.1:")
            assert citation["original_url"].startswith("https://")
        page = server.client.get("/", params={"q": QUESTION["question"]}).text
        assert "62" in page
        assert answer["citations"][0]["url"] in page
        hits = server.client.get("/api/search", params={"q": "436/QĐ-UBND Nam Định", "limit": 3}).json()
        assert 0 < len(hits["hits"]) <= 3
        assert hits["total"] >= len(hits["hits"])


def test_a_running_server_takes_up_what_is_added(data: Path, tmp_path: Path) -> None:
    question = {"question": "Lai Châu có bao nhiêu sản phẩm OCOP năm 2026?"}
    with served(data, tmp_path / "server.log") as server:
        assert "777" not in server.client.post("/api/ask", json=question).json()["text"]
        added = tmp_path / "moi.txt"
        added.write_text(NEW_TEXT, encoding="utf-8")
        command("crawler", "add", str(added), "--data", str(data))
        command("index", "build", "--quiet", "--data", str(data))

        def taken_up() -> bool:
            return "777" in server.client.post("/api/ask", json=question).json()["text"]

        wait_until(taken_up, "the new article to be answered from", timeout_s=30.0)
        answer = server.client.post("/api/ask", json=question).json()
        assert answer["citations"][0]["url"] is None
        assert answer["citations"][0]["original_url"] is None


def test_a_changed_article_keeps_the_cited_version(data: Path, tmp_path: Path) -> None:
    with served(data, tmp_path / "server.log") as server:
        cited = server.client.post("/api/ask", json=QUESTION).json()["citations"][0]
        changed = tmp_path / "moi.txt"
        changed.write_text(CHANGED_TEXT, encoding="utf-8")
        command("crawler", "add", str(changed), "--url", cited["url"], "--data", str(data))
        command("index", "build", "--quiet", "--data", str(data))

        def replaced() -> bool:
            current = server.client.get(f"/api/articles/{cited['article_id']}").json()
            return bool(current["digest"] != cited["digest"])

        wait_until(replaced, "the changed page to be current", timeout_s=30.0)
        former = server.client.get(f"/api/articles/{cited['article_id']}", params={"digest": cited["digest"]})
        assert former.status_code == httpx.codes.OK
        assert former.json()["text"][cited["start"] : cited["end"]] == cited["quote"]
