"""For the operator, over real HTTP: feedback, /admin behind its token, CSV, /metrics, the log; what they never hold."""

import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from crawler.archive import Archive
from crawler.frontier import Frontier
from tests.conftest import ROOT, Corpus, Served, served, wait_until

TOKEN = "0123456789abcdef01234567"
STRANGER = {"X-Forwarded-For": "203.0.113.9"}
HOSTILE = '=HYPERLINK("https://x.example","a") Atlantis có <b>bao nhiêu</b> hợp tác xã làm OCOP?'
PORTALS = '[[portal]]\nid = "ca-mau"\nname = "Cổng <b>Cà Mau</b>"\norigins = ["https://camau.example"]\n'


@pytest.fixture(scope="module")
def folder(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("admin") / "data"
    shutil.copytree(corpus.data, folder)
    (folder / "portals.toml").write_text(PORTALS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def operated(folder: Path) -> Iterator[Served]:
    settings = {
        "OCOP_ADMIN_TOKEN": TOKEN,
        "OCOP_TRUSTED_PROXIES": "127.0.0.1",
        "OCOP_LOG": "json",
        "OCOP_KEEP_QUESTIONS_DAYS": "90",
    }
    with served(folder, folder.parent / "log", settings=settings) as running:
        yield running


def ask(server: Served, question: str, **headers: str) -> str:
    response = server.client.post("/api/ask", json={"question": question}, headers=headers)
    assert response.status_code == 200, response.text
    return str(response.json()["id"])


def rows(server: Served, count: int) -> list[dict[str, str]]:
    """What the CSV holds, once so many questions are in it."""

    def read() -> list[dict[str, str]]:
        text = server.client.get("/admin/cau-hoi.csv", auth=("x", TOKEN)).content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    wait_until(lambda: len(read()) >= count, f"{count} questions in the log")
    return read()


# Feedback


def test_a_rating_and_its_word_reach_the_operator(operated: Served) -> None:
    before = len(rows(operated, 0))
    answer = ask(operated, "Cà Mau có bao nhiêu sản phẩm OCOP?", Origin="https://camau.example")
    response = operated.client.post(
        "/api/feedback",
        json={"answer": answer, "good": False, "word": "Số cũ,\ngọi 0912345678"},
        headers={"Origin": "https://camau.example"},
    )
    assert (response.status_code, response.content) == (204, b"")
    wait_until(lambda: any(row["Đánh giá"] for row in rows(operated, before + 1)), "the rating")
    (rated,) = [row for row in rows(operated, 1) if row["Đánh giá"]]
    assert (rated["Cổng"], rated["Kết quả"], rated["Đánh giá"]) == ("ca-mau", "answered", "chưa tốt")
    assert rated["Câu hỏi"] == "Cà Mau có bao nhiêu sản phẩm OCOP?"
    assert rated["Lời người đọc"] == "Số cũ, gọi …"


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"answer": "khong-co", "good": True}, 404, "answer-not-found"),
        ({"answer": "khong-co"}, 422, "invalid-value"),
        ({"answer": "khong-co", "good": "true"}, 422, "invalid-value"),
        ({"answer": "a" * 65, "good": True}, 422, "invalid-value"),
        ({"answer": "khong-co", "good": True, "word": "a" * 501}, 422, "invalid-value"),
        ({"answer": "khong-co", "good": True, "word": 5}, 422, "invalid-value"),
    ],
)
def test_a_rating_of_nothing_is_refused(operated: Served, body: object, status: int, kind: str) -> None:
    response = operated.client.post("/api/feedback", json=body)
    assert (response.status_code, response.json()["type"]) == (status, f"/docs#{kind}")


def test_every_way_of_asking_is_noted_once(operated: Served) -> None:
    before = len(rows(operated, 0))
    client = operated.client
    streamed = client.post(
        "/api/ask", json={"question": "An Giang có bao nhiêu sản phẩm OCOP?"}, headers={"Accept": "text/event-stream"}
    )
    assert "event: done" in streamed.text
    assert client.get("/", params={"q": "Giá vàng hôm nay bao nhiêu?"}).status_code == 200
    said = [
        {"role": "user", "content": "Nam Định có bao nhiêu sản phẩm OCOP?"},
        {"role": "assistant", "content": "62"},
        {"role": "user", "content": "Còn Cà Mau?"},
    ]
    assert client.post("/v1/chat/completions", json={"model": "ocop", "messages": said}).status_code == 200
    called = {"name": "ask", "arguments": {"question": "Thời tiết Cà Mau mai thế nào?"}}
    tool = client.post(
        "/mcp",
        json={"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": called},
        headers={"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"},
    )
    assert tool.status_code == 200, tool.text
    client.get("/api/portals/ca-mau")  # the server asks itself what it may offer: nobody asked that
    found = [row["Câu hỏi"] for row in rows(operated, before + 4)]
    assert len(found) == before + 4
    assert {*found} >= {
        "An Giang có bao nhiêu sản phẩm OCOP?", "Giá vàng hôm nay bao nhiêu?", "Còn Cà Mau?",
        "Thời tiết Cà Mau mai thế nào?",
    }  # fmt: skip


# /admin


def test_admin_opens_with_the_token_only(operated: Served) -> None:
    client = operated.client
    for path in ("/admin", "/admin/cau-hoi.csv"):
        closed = client.get(path)
        assert (closed.status_code, closed.json()["type"]) == (401, "/docs#token-needed")
        assert closed.headers["www-authenticate"] == 'Basic realm="OCOP", charset="UTF-8"'
        assert client.get(path, auth=("x", TOKEN)).status_code == 200
        assert client.get(path, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    page = client.get("/admin", auth=("x", TOKEN))
    policy = page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy  # whatever portals may frame
    assert page.headers["cache-control"] == "no-store"
    assert (
        "access-control-allow-origin"
        not in client.get("/admin", auth=("x", TOKEN), headers={"Origin": "https://camau.example"}).headers
    )


@pytest.mark.parametrize("given", ["Basic !!!", "Basic " + "eDp4", "Bearer", "Bearer x", "Basic", "Digest x"])
def test_what_is_no_token_opens_nothing(operated: Served, given: str) -> None:
    headers = {"Authorization": given, "X-Forwarded-For": f"198.51.100.{len(given)}"}
    assert operated.client.get("/admin", headers=headers).status_code == 401


def test_wrong_tokens_are_few(operated: Served) -> None:
    seen = [operated.client.get("/admin", auth=("x", f"wrong{n}"), headers=STRANGER).status_code for n in range(12)]
    assert seen == [401] * 10 + [429] * 2
    refused = operated.client.get("/admin", auth=("x", TOKEN), headers=STRANGER)
    assert (refused.status_code, refused.json()["type"]) == (429, "/docs#too-many")
    assert 0 < int(refused.headers["retry-after"]) <= 60
    # elsewhere the operator still gets in; asking without any token costs no try
    assert operated.client.get("/admin", auth=("x", TOKEN)).status_code == 200
    other = {"X-Forwarded-For": "203.0.113.10"}
    assert {operated.client.get("/admin", headers=other).status_code for _ in range(12)} == {401}


def test_what_people_wrote_stays_text(operated: Served) -> None:
    ask(operated, HOSTILE)
    (row,) = [row for row in rows(operated, 1) if "Atlantis" in row["Câu hỏi"]]
    assert row["Câu hỏi"] == "'" + HOSTILE  # a spreadsheet takes it for text
    page = operated.client.get("/admin", auth=("x", TOKEN)).text
    assert "<b>bao" not in page
    assert "Atlantis có &lt;b&gt;bao nhiêu&lt;/b&gt; hợp tác xã" in page
    assert "Cổng &lt;b&gt;Cà Mau&lt;/b&gt;" in page
    assert " style=" not in page
    assert "<style" not in page


def test_the_page_says_how_things_stand(operated: Served, folder: Path) -> None:
    page = operated.client.get("/admin", auth=("x", TOKEN)).text
    assert "Đang phục vụ" in page
    assert "3 bài" in page
    (folder / "portals.toml").write_text("[[portal]]\nx = 1\n", encoding="utf-8")
    wait_until(
        lambda: "Bảng mới không dùng được" in operated.client.get("/admin", auth=("x", TOKEN)).text,
        "the fault of the table on the page",
    )
    (folder / "portals.toml").write_text(PORTALS, encoding="utf-8")


SOURCES = """
[[source]]
id = "bao-cua-toi"
name = "Báo <b>của tôi</b>"
home = "https://bao.example/"
authority = "press"
rights = "full"
articles = ["/bai/"]
listings = ["/"]
"""


def test_sources_are_those_of_the_operators_own_table(corpus_copy: Path, tmp_path: Path) -> None:
    table = tmp_path / "nguon.toml"
    table.write_text(SOURCES, encoding="utf-8")
    with Archive(corpus_copy) as archive:
        Frontier(archive, "bao-cua-toi").begin(())
    settings = {"OCOP_ADMIN_TOKEN": TOKEN, "OCOP_SOURCES": str(table)}
    with served(corpus_copy, tmp_path / "log", settings=settings) as running:
        page = running.client.get("/admin", auth=("x", TOKEN)).text
        assert "Báo &lt;b&gt;của tôi&lt;/b&gt;" in page
        table.write_text("[[source]]\n", encoding="utf-8")
        assert "thiếu khóa" in running.client.get("/admin", auth=("x", TOKEN)).text


@pytest.mark.parametrize("days", ["0", "-1", "x", "9999"])
def test_a_stretch_of_days_that_is_none_is_refused(operated: Served, days: str) -> None:
    assert operated.client.get(f"/admin?days={days}", auth=("x", TOKEN)).status_code == 422


def test_without_a_token_there_is_no_admin(server: Served) -> None:
    for path in ("/admin", "/admin/cau-hoi.csv"):
        for headers in ({}, {"Authorization": "Bearer"}, {"Authorization": "Basic Og=="}):
            assert server.client.get(path, headers=headers).status_code == 404


@pytest.mark.parametrize("token", ["a", "a" * 40, "abcabcabcabcabcabcabcabcabc"])
def test_a_token_that_could_be_guessed_is_refused(tmp_path: Path, token: str) -> None:
    done = subprocess.run(
        [sys.executable, "server.py", "--data", str(tmp_path), "--host", "0.0.0.0", "--port", "0"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OCOP_ADMIN_TOKEN": token},
    )
    assert done.returncode == 2
    assert "OCOP_ADMIN_TOKEN could be guessed" in done.stderr
    assert "openssl rand -hex 24" in done.stderr
    assert token not in done.stderr or len(token) == 1


# /metrics


def metrics(client: httpx.Client, **headers: str) -> dict[str, float]:
    families = text_string_to_metric_families(client.get("/metrics", headers=headers).text)
    return {
        sample.name + "".join(f" {name}={value}" for name, value in sorted(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }


def test_counts_are_of_routes_and_answers(operated: Served, corpus: Corpus) -> None:
    asked = "ocop_requests_total method=POST route=/api/ask status=200"
    article = "ocop_requests_total method=GET route=/api/articles/{article_id} status=200"
    answered, declined = "ocop_answers_total status=answered", "ocop_answers_total status=out_of_scope"
    before = metrics(operated.client)
    ask(operated, "Cà Mau có bao nhiêu sản phẩm OCOP?")
    ask(operated, "Giá vàng hôm nay bao nhiêu?")
    operated.client.get(f"/api/articles/{corpus.nam_dinh.id}")
    operated.client.get("/no-such-page-zebra")
    operated.client.request("BREW", "/api/ask")
    after = metrics(operated.client)
    for name, more in ((asked, 2), (article, 1), (answered, 1), (declined, 1)):
        assert after[name] - before.get(name, 0) == more, name
    assert after["ocop_answer_seconds_count"] - before["ocop_answer_seconds_count"] == 2
    assert (after["ocop_index_ready"], after["ocop_index_generation"]) == (1, 1)
    assert after["ocop_corpus_age_seconds"] > 0
    assert after["ocop_questions_in_work"] == 0
    text = operated.client.get("/metrics").text
    for secret in ("zebra", corpus.nam_dinh.id, TOKEN, "BREW", "Cà Mau"):
        assert secret not in text


def test_refusals_of_limits_are_counted(operated: Served) -> None:
    name = "ocop_limited_total kind=feedback whose=address"
    before = metrics(operated.client).get(name, 0)
    for _ in range(22):
        operated.client.post("/api/feedback", json={"answer": "x", "good": True}, headers=STRANGER)
    assert metrics(operated.client)[name] - before == 2


def test_counts_are_for_this_machine_or_the_token(operated: Served, server: Served) -> None:
    other = {"X-Forwarded-For": "203.0.113.11"}
    assert operated.client.get("/metrics").status_code == 200
    assert operated.client.get("/metrics", headers=other).status_code == 401
    allowed = operated.client.get("/metrics", headers={**other, "Authorization": f"Bearer {TOKEN}"})
    assert (allowed.status_code, allowed.headers["content-type"].partition(";")[0]) == (200, "text/plain")
    assert server.client.get("/metrics").status_code == 200
    assert server.client.get("/metrics", headers=other).status_code == 404


# The log


def test_the_log_is_json_with_the_requests_id_and_without_questions(operated: Served) -> None:
    response = operated.client.post("/api/ask", json={"question": "Zebra 0912345678 có mấy sao OCOP?"})
    name = response.headers["x-request-id"]
    wait_until(lambda: name in operated.log.read_text(encoding="utf-8"), "the request in the log")
    lines = [json.loads(line) for line in operated.log.read_text(encoding="utf-8").splitlines()]
    (line,) = [line for line in lines if line.get("request_id") == name]
    assert (line["method"], line["route"], line["status"], line["level"]) == ("POST", "/api/ask", 200, "info")
    assert line["elapsed_ms"] > 0
    text = operated.log.read_text(encoding="utf-8")
    for secret in ("Zebra", "0912345678", TOKEN, "203.0.113"):
        assert secret not in text


def test_switched_off_no_question_is_stored(corpus_copy: Path, tmp_path: Path) -> None:
    with served(corpus_copy, tmp_path / "log", settings={"OCOP_KEEP_QUESTIONS_DAYS": "0"}) as running:
        answer = ask(running, "Cà Mau có bao nhiêu sản phẩm OCOP?")
        rated = running.client.post("/api/feedback", json={"answer": answer, "good": True})
        assert rated.status_code == 204
    assert list(corpus_copy.glob("questions*")) == []


def test_a_log_that_is_broken_breaks_no_answer(corpus_copy: Path, tmp_path: Path) -> None:
    (corpus_copy / "questions.sqlite").write_bytes(b"not a database, but longer than its header" * 100)
    settings = {"OCOP_ADMIN_TOKEN": TOKEN, "OCOP_KEEP_QUESTIONS_DAYS": "90"}
    with served(corpus_copy, tmp_path / "log", settings=settings) as running:
        ask(running, "Cà Mau có bao nhiêu sản phẩm OCOP?")
        page = running.client.get("/admin", auth=("x", TOKEN))
        assert page.status_code == 200
        assert "file is not a database" in page.text
        wait_until(lambda: metrics(running.client)["ocop_questions_dropped"] == 1, "the loss to be counted")


def test_what_is_written_while_serving_can_be_read_by_others(operated: Served, folder: Path) -> None:
    count = len(rows(operated, 1))
    with closing(sqlite3.connect(folder / "questions.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM questions").fetchone()[0] == count
