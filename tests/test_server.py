"""The server over real HTTP: the contract, every refusal, and what it does while its index changes or is missing."""

import asyncio
import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from pydantic import TypeAdapter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Scope

from assistant.answer import Answer
from crawler.article import Article
from index.build import build
from server import create_app
from tests.conftest import BAC_GIANG, NAM_DINH, ROOT, Corpus, Served, answers, put, served, wait_until
from web.examples import ASK_EXAMPLE, SEARCH_EXAMPLE
from web.limits import BODY_LIMIT_BYTES, BodyLimit
from web.problem import BODY_TIMEOUT, KINDS, Problem, shown
from web.question import clean_question
from web.results import SearchPage
from web.service import Service

ANSWER = TypeAdapter(Answer)
NAM_DINH_QUESTION = "Tính đến tháng 6/2020 Nam Định có bao nhiêu sản phẩm OCOP?"


def ask(client: httpx.Client, question: str, **fields: object) -> dict[str, Any]:
    response = client.post("/api/ask", json={"question": question, **fields})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


FORM = "application/x-www-form-urlencoded"


def problem(response: httpx.Response) -> dict[str, Any]:
    """The problem of RFC 9457 a response carries, checked for what holds of every one."""
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert set(body) == {"type", "title", "status", "detail", "instance", "errors"}
    assert body["status"] == response.status_code
    assert body["instance"] == f"urn:uuid:{response.headers['x-request-id']}"
    assert body["type"] in {kind.type for kind in KINDS}
    assert unicodedata.is_normalized("NFC", body["detail"])
    return body


# The contract


def test_an_answer_cites_spans_of_the_version_it_names(server: Served, corpus: Corpus) -> None:
    answer = ask(server.client, NAM_DINH_QUESTION)
    assert answer["status"] == "answered"
    assert "62" in answer["text"]
    assert {citation["article_id"] for citation in answer["citations"]} == {corpus.nam_dinh.id}
    assert [citation["number"] for citation in answer["citations"]] == list(range(1, len(answer["citations"]) + 1))
    for citation in answer["citations"]:
        address = f"/api/articles/{citation['article_id']}"
        article = server.client.get(address, params={"digest": citation["digest"]}).json()
        assert article["text"][citation["start"] : citation["end"]] == citation["quote"]
        assert (citation["title"], citation["url"]) == (article["title"], article["url"])
    assert set(answer) == {
        "status", "text", "as_of", "corpus_updated", "claims", "citations", "notices", "conversation", "timings_ms",
        "id", "read_as",
    }  # fmt: skip
    assert set(answer["timings_ms"]) == {"embed", "search", "compose", "total"}


def test_an_answer_is_had_again_unchanged_by_its_id(server: Served) -> None:
    answer = ask(server.client, NAM_DINH_QUESTION)
    assert server.client.get(f"/api/answers/{answer['id']}").json() == answer
    refused = problem(server.client.get("/api/answers/khong-co"))
    assert (refused["status"], refused["type"]) == (404, "/docs#answer-not-found")


def test_a_question_typed_without_marks_is_told_as_it_was_read(server: Served) -> None:
    answer = ask(server.client, "tinh den thang 6/2020 nam dinh co bao nhieu san pham ocop?")
    assert (answer["status"], answer["read_as"] is not None) == ("answered", True)
    assert "62" in answer["text"]


def test_a_question_of_another_subject_has_no_citation(server: Served) -> None:
    answer = ask(server.client, "Giá vàng hôm nay bao nhiêu?")
    assert answer["status"] in {"no_evidence", "out_of_scope"}
    assert (answer["citations"], answer["claims"]) == ([], [])


def test_the_day_asked_for_is_the_day_answered_for(server: Served) -> None:
    for day in ("2024-02-29", "1900-01-01", "2199-12-31"):
        assert ask(server.client, NAM_DINH_QUESTION, as_of=day)["as_of"] == day
    reckoned = ask(server.client, "Mười năm trước An Giang có bao nhiêu sản phẩm OCOP?", as_of="1900-01-01")
    assert reckoned["as_of"] == "1900-01-01"


def test_a_decomposed_question_is_the_same_question(server: Served) -> None:
    composed = ask(server.client, NAM_DINH_QUESTION)
    decomposed = ask(server.client, unicodedata.normalize("NFD", NAM_DINH_QUESTION))
    assert decomposed["text"] == composed["text"]


def test_search_gives_passages_of_the_archived_text(server: Served, corpus: Corpus) -> None:
    found = server.client.get("/api/search", params={"q": "An Giang có bao nhiêu sản phẩm", "limit": 2}).json()
    assert set(found) == {"hits", "total", "force_unknown", "read_as"}
    assert found["read_as"] is None
    assert 1 <= len(found["hits"]) <= 2
    first = found["hits"][0]
    assert first["article_id"] == corpus.an_giang.id
    assert first["url"] is None
    assert first["title"] == corpus.an_giang.title
    for hit in found["hits"]:
        article = server.client.get(f"/api/articles/{hit['article_id']}", params={"digest": hit["digest"]}).json()
        assert article["text"][hit["start"] : hit["end"]] == hit["text"]
    assert [hit["score"] for hit in found["hits"]] == sorted((hit["score"] for hit in found["hits"]), reverse=True)


def test_search_says_how_a_question_was_read_and_counts_whatever_the_limit(server: Served) -> None:
    few, many = (
        server.client.get("/api/search", params={"q": "nam dinh co bao nhieu san pham", "limit": limit}).json()
        for limit in (1, 50)
    )
    assert few["read_as"] == many["read_as"] == "nam định có bao nhiêu sản phẩm"
    assert few["total"] == many["total"] >= 1


def test_filters_leave_only_what_they_name(server: Served, corpus: Corpus) -> None:
    def ids(**params: str | list[str]) -> set[str]:
        response = server.client.get("/api/search", params={"q": "sản phẩm OCOP", "limit": "50", **params})
        assert response.status_code == 200, response.text
        return {hit["article_id"] for hit in response.json()["hits"]}

    assert ids() == {corpus.nam_dinh.id, corpus.an_giang.id, corpus.hostile.id}
    assert ids(province="Nam Định") == {corpus.nam_dinh.id}
    assert ids(province=["nam dinh", "An Giang"]) == {corpus.nam_dinh.id, corpus.an_giang.id}
    assert ids(kind="regulation") == set()
    assert ids(district="Hải Hậu, Nam Định") == set()
    assert ids(source="<b>báo</b> thử") == {corpus.hostile.id}
    assert ids(source="bao.example") == {corpus.nam_dinh.id}
    assert ids(star="4", province="Nam Định cũ") == {corpus.nam_dinh.id}
    assert ids(province="Ninh Bình") == {corpus.nam_dinh.id}
    assert ids(province="Ninh Bình cũ") == set()
    assert ids(number="26/2026/QĐ-TTg") == set()
    assert ids(in_force="2024-05-01") == set()
    assert ids(**{"from": "2023"}) == {corpus.an_giang.id}
    assert ids(to="2020-12") == {corpus.nam_dinh.id}
    assert ids(**{"from": "2022-12", "to": "2022"}) == {corpus.hostile.id}


def test_a_former_version_stays_readable_when_the_page_changed(
    corpus_copy: Path, corpus: Corpus, tmp_path: Path
) -> None:
    changed = put(corpus_copy, NAM_DINH.replace("62 sản phẩm", "65 sản phẩm"), corpus.nam_dinh.url, "2020-06-12")
    assert (changed.id, changed.digest == corpus.nam_dinh.digest) == (corpus.nam_dinh.id, False)
    with served(corpus_copy, tmp_path / "log") as running:
        answer = ask(running.client, NAM_DINH_QUESTION)  # the index still cites the former version
        citation = answer["citations"][0]
        assert citation["digest"] == corpus.nam_dinh.digest
        address = f"/api/articles/{citation['article_id']}"
        former = running.client.get(address, params={"digest": citation["digest"]}).json()
        assert former["text"][citation["start"] : citation["end"]] == citation["quote"]
        assert "65 sản phẩm" in running.client.get(address).json()["text"]
        span = {"digest": citation["digest"], "start": citation["start"], "end": citation["end"]}
        page = running.client.get(f"/bai/{citation['article_id']}", params=span).text
        assert f'<a href="/bai/{changed.id}">đọc bản hiện nay</a>' in page


@pytest.mark.parametrize(
    ("kept", "first"),
    [
        (json.dumps(["Giá vàng hôm nay bao nhiêu?", NAM_DINH_QUESTION]), NAM_DINH_QUESTION),
        ("not json", "Năm 2022, Cà Mau có bao nhiêu sản phẩm OCOP?"),
        ('{"question": 1}', "Năm 2022, Cà Mau có bao nhiêu sản phẩm OCOP?"),
    ],
)
def test_only_questions_that_are_answered_are_offered(corpus_copy: Path, tmp_path: Path, kept: str, first: str) -> None:
    (corpus_copy / "demo-questions.json").write_text(kept, encoding="utf-8")
    with served(corpus_copy, tmp_path / "log") as running:
        offered = re.findall(r"<a data-ask [^>]*>([^<]*)</a>", running.client.get("/").text)
        assert offered[0] == first
        assert {ask(running.client, question)["status"] for question in offered} == {"answered"}


# Bad input

BAD_BODIES = [
    pytest.param(b'{"question": ""}', 422, "empty-question", "Xin gõ", id="empty"),
    pytest.param(b'{"question": " \\n\\t "}', 422, "empty-question", "Xin gõ", id="blank"),
    pytest.param(b'{"question": "?!\\u2026"}', 422, "empty-question", "Xin gõ", id="no-letter"),
    pytest.param(b'{"question": "%s"}' % (b"a" * 2001), 422, "question-too-long", "2.001 ký tự", id="2001"),
    pytest.param(
        json.dumps({"question": "ộ" * 20_000}).encode(),
        413,
        "body-too-large",
        "tối đa là 65.536 byte",
        id="20000-escaped",
    ),
    pytest.param(
        json.dumps({"question": "ộ" * 20_000}, ensure_ascii=False).encode(),
        422,
        "question-too-long",
        "20.000 ký tự",
        id="20000",
    ),
    pytest.param(b'{"question": "a\\u0000b"}', 422, "control-characters", "U+0000", id="nul"),
    pytest.param(b'{"question": "OCOP \\u001b[31m"}', 422, "control-characters", "U+001B", id="escape"),
    pytest.param('{"question": "OCOP \ufffd\ufffd"}'.encode(), 422, "control-characters", "U+FFFD", id="undecodable"),
    pytest.param(b'{"question": "\\ud800 OCOP"}', 422, "control-characters", "U+D800", id="surrogate"),
    pytest.param(b"\x89PNG\r\n\x1a\n\x00\xff", 400, "malformed-json", "JSON", id="binary"),
    pytest.param(b'{"question": "OCOP', 400, "malformed-json", "JSON", id="cut"),
    pytest.param(b"[" * 50_000, 400, "malformed-json", "JSON", id="deep"),
    pytest.param(b"", 422, "invalid-value", "Thiếu nội dung", id="no-body"),
    pytest.param(b"{}", 422, "invalid-value", "Thiếu “question”", id="no-question"),
    pytest.param(b"[]", 422, "invalid-value", "đối tượng JSON", id="list"),
    pytest.param(b'"OCOP?"', 422, "invalid-value", "đối tượng JSON", id="string"),
    pytest.param(b'{"question": 5}', 422, "invalid-value", "“question” nhận được 5; cần một chuỗi ký tự", id="number"),
    pytest.param(b'{"question": null}', 422, "invalid-value", "“question” nhận được null", id="null"),
    pytest.param(b'{"question": "OCOP?", "as_of": "hom nay"}', 422, "invalid-value", "YYYY-MM-DD", id="as-of"),
    pytest.param(b'{"question": "OCOP?", "as_of": "2026-02-30"}', 422, "invalid-value", "có trong lịch", id="day"),
    pytest.param(b'{"question": "OCOP?", "as_of": "0001-01-01"}', 422, "invalid-value", "từ năm 1900", id="day-of-old"),
    pytest.param(b'{"question": "OCOP?", "as_of": "9999-12-31"}', 422, "invalid-value", "đến năm 2199", id="day-far"),
    pytest.param(b'{"question": "OCOP?", "as_of": 5}', 422, "invalid-value", "nhận được 5", id="as-of-number"),
    pytest.param(b'{"question": "OCOP?", "conversation": [1]}', 422, "invalid-value", "“conversation”", id="talk"),
]


@pytest.mark.parametrize(("body", "status", "slug", "said"), BAD_BODIES)
def test_a_bad_question_is_refused_with_what_is_wrong(
    server: Served, body: bytes, status: int, slug: str, said: str
) -> None:
    response = server.client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    refused = problem(response)
    assert (response.status_code, refused["type"]) == (status, f"/docs#{slug}")
    assert said in refused["detail"]


def test_the_longest_question_allowed_is_answered(server: Served) -> None:
    question = "OCOP Nam Định có bao nhiêu sản phẩm? ".ljust(2000, "ộ")
    assert ask(server.client, question)["status"] in {"answered", "partial", "no_evidence", "needs_clarification"}


def test_every_wrong_field_is_pointed_at(server: Served) -> None:
    refused = problem(server.client.post("/api/ask", json={"question": 1, "as_of": "x"}))
    assert [error["pointer"] for error in refused["errors"]] == ["#/question", "#/as_of"]


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_another_content_type_is_refused(server: Served, content_type: str) -> None:
    response = server.client.post("/api/ask", content=b'{"question": "OCOP?"}', headers={"Content-Type": content_type})
    assert (response.status_code, problem(response)["type"]) == (415, "/docs#unsupported-media-type")


def test_a_body_is_measured_while_it_is_read(server: Served) -> None:
    def pieces(count: int) -> Any:
        yield b'{"question": "'
        yield from (b"a" * 1024 for _ in range(count))
        yield b'"}'

    headers = {"Content-Type": "application/json"}  # chunked: no Content-Length says how long it is
    over = server.client.post("/api/ask", content=pieces(65), headers=headers)
    assert (over.status_code, problem(over)["type"]) == (413, "/docs#body-too-large")
    under = server.client.post("/api/ask", content=pieces(60), headers=headers)
    assert (under.status_code, problem(under)["type"]) == (422, "/docs#question-too-long")
    declared = server.client.post("/api/ask", content=b" " * (BODY_LIMIT_BYTES + 1), headers=headers)
    assert declared.status_code == 413


def test_a_body_that_never_ends_is_given_up() -> None:
    async def application(scope: Scope, receive: Any, send: Any) -> None:
        raise AssertionError("the route must not be reached")

    def render(request: Request, trouble: Problem) -> Response:
        return PlainTextResponse(trouble.kind.slug, status_code=trouble.kind.status)

    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": "POST", "path": "/api/ask", "headers": []}
    asyncio.run(BodyLimit(application, render=render, timeout_s=0.01)(scope, receive, send))
    assert (sent[0]["status"], sent[1]["body"]) == (408, BODY_TIMEOUT.slug.encode())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Thiếu “q”"),
        ("q=", "Xin gõ"),
        ("q=%00", "U+0000"),
        ("q=%ff%fe", "U+FFFD"),
        ("q=" + "a" * 2001, "2.001 ký tự"),
        ("q=ocop&limit=0", '“limit” nhận được "0"; cần một số từ 1 trở lên'),
        ("q=ocop&limit=51", "cần một số không quá 50"),
        ("q=ocop&limit=abc", "cần một số nguyên"),
        ("q=ocop&kind=blog", "'news', 'regulation', 'decision', 'guide'"),
        ("q=ocop&province=Atlantis", '“province” nhận được "Atlantis"'),
        ("q=ocop&district=Atlantis", '“district” nhận được "Atlantis"; cần tên một huyện'),
        ("q=ocop&source=Atlantis", '“source” nhận được "Atlantis"; cần tên hay tên miền của một nguồn trong kho: '),
        ("q=ocop&star=6", "cần một số không quá 5"),
        ("q=ocop&star=4&star=b%E1%BB%91n", "cần một số nguyên"),
        ("q=ocop&number=Atlantis", "cần số hiệu một văn bản, ví dụ 26/2026/QĐ-TTg"),
        ("q=ocop&in_force=2024-05", "cần một ngày dạng YYYY-MM-DD"),
        ("q=ocop&from=12/6/2020", "YYYY-MM-DD"),
        ("q=ocop&from=2023-02-30", "“from” nhận được"),
        ("q=ocop&to=2023-13", "“to” nhận được"),
        ("q=ocop&from=2024&to=2023-05", "cần from không muộn hơn to"),
    ],
)
def test_a_bad_search_is_refused_with_what_is_wrong(server: Served, query: str, said: str) -> None:
    response = server.client.get(f"/api/search?{query}")
    assert response.status_code == 422
    assert said in problem(response)["detail"]


def test_what_does_not_exist_is_a_404_that_says_which(server: Served, corpus: Corpus) -> None:
    unknown = server.client.get("/api/articles/0000000000000000")
    assert (unknown.status_code, problem(unknown)["type"]) == (404, "/docs#article-not-found")
    version = server.client.get(f"/api/articles/{corpus.nam_dinh.id}", params={"digest": "0" * 64})
    assert (version.status_code, problem(version)["type"]) == (404, "/docs#version-not-found")
    for path in ("/api/khong-co", "/api/ask/", "/api/articles/", "/khong-co", "/static/khong-co.css"):
        route = server.client.get(path)
        assert (route.status_code, problem(route)["type"]) == (404, "/docs#not-found"), path
    for odd in ("%ff%fe", "%00", "%F0%9F%92%A9", "a" * 3000):
        assert server.client.get(f"/api/articles/{odd}").status_code == 404


def test_a_wrong_method_names_the_right_one(server: Served) -> None:
    response = server.client.get("/api/ask")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert "POST" in problem(response)["detail"]


def test_a_form_that_posts_is_led_to_the_address_of_its_answer(server: Served) -> None:
    def posted(**fields: str) -> tuple[int, str]:
        response = server.client.post("/", data=fields)
        return response.status_code, response.headers.get("location", "")

    assert posted(q="Cà Mau & OCOP?", year="2022", other="x") == (303, "/?q=C%C3%A0+Mau+%26+OCOP%3F&year=2022")
    assert posted(q="//evil.example\r\nX: 1") == (303, "/?q=%2F%2Fevil.example%0D%0AX%3A+1")
    assert posted() == (303, "/")
    assert server.client.post("/", content=b"\xff%", headers={"Content-Type": FORM}).status_code == 303
    assert server.client.post("/", json={"q": "a"}).status_code == 415
    assert server.client.post("/", data={"q": "a" * 70_000}).status_code == 413


def test_a_browser_gets_a_page_for_a_page_that_is_missing(server: Served) -> None:
    response = server.client.get("/bai/0000000000000000", headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.status_code == 404
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>Không có bài này</h1>" in response.text


@pytest.mark.parametrize(
    "query", ["start=0", "start=5&end=5", "start=-1&end=4", "start=0&end=1000000", "start=9&end=2", "start=x&end=2"]
)
def test_a_span_outside_of_the_article_is_refused(server: Served, corpus: Corpus, query: str) -> None:
    response = server.client.get(f"/bai/{corpus.nam_dinh.id}?{query}")
    assert (response.status_code, problem(response)["status"]) == (422, 422)


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(server: Served) -> None:
    response = server.client.get("/", params={"q": '"><script>alert(1)</script>\x07'})
    assert response.status_code == 422
    assert "&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in response.text
    assert "<script>alert" not in response.text
    assert "U+0007" in response.text


# What comes from the web stays text


def test_hostile_text_and_addresses_are_shown_as_text(server: Served, corpus: Corpus) -> None:
    start = corpus.hostile.text.index("tỉnh Cà Mau")
    page = server.client.get(f"/bai/{corpus.hostile.id}", params={"start": start, "end": start + 11}).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Cà Mau" in page
    assert "<img src=x" not in page
    assert '<mark id="doan" tabindex="-1">tỉnh Cà Mau</mark>' in page
    assert 'href="javascript' not in page
    assert "javascript:alert(3)" in page
    answered = server.client.get("/", params={"q": "Cà Mau có bao nhiêu sản phẩm OCOP?"}).text
    assert "165" in answered
    assert "<script>alert(1)" not in answered
    assert "&lt;b&gt;Báo&lt;/b&gt; thử" in answered
    assert 'href="javascript' not in answered


@pytest.mark.parametrize("path", ["/", "/docs", "/api/health", "/api/khong-co", "/static/page.css", "/api/search?q="])
def test_every_response_carries_the_security_headers(server: Served, path: str) -> None:
    headers = server.client.get(path).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert (policy["script-src"], policy["style-src"], policy["frame-ancestors"]) == ("'self'", "'self'", "'none'")
    assert policy["default-src"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


def test_pages_hold_nothing_inline(server: Served, corpus: Corpus) -> None:
    for path in ("/", f"/?q={quote(NAM_DINH_QUESTION)}", f"/bai/{corpus.nam_dinh.id}", "/docs"):
        page = server.client.get(path).text
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert page.count("<script") == page.count('<script src="/static/page.js" defer></script>')


def test_the_log_leaves_out_what_people_ask(server: Served) -> None:
    response = server.client.get("/", params={"q": "bí mật zebra bao nhiêu sản phẩm"})
    wait_until(
        lambda: response.headers["x-request-id"] in server.log.read_text(encoding="utf-8"), "the request in the log"
    )
    assert "zebra" not in server.log.read_text(encoding="utf-8")


# Health, readiness, and an index that comes, changes or breaks


def test_readiness_tells_what_is_open(server: Served) -> None:
    assert server.client.get("/api/health").json() == {"status": "alive"}
    ready = server.client.get("/api/ready").json()
    assert (ready["status"], ready["trouble"], ready["articles"]) == ("ready", None, 3)
    assert ready["passages"] >= 3


def test_without_an_index_it_says_so_and_takes_it_up_when_it_appears(tmp_path: Path) -> None:
    data = tmp_path / "data"
    put(data, NAM_DINH, "https://bao.example/nam-dinh.html", "2020-06-12")
    with served(data, tmp_path / "log", ready=False) as running:
        client = running.client
        wait_until(lambda: client.get("/api/ready").json()["status"] == "unavailable", "the index to be refused")
        assert client.get("/api/health").status_code == 200
        ready = client.get("/api/ready")
        assert ready.status_code == 503
        assert "python -m index build" in ready.json()["trouble"]
        for response in (
            client.post("/api/ask", json={"question": NAM_DINH_QUESTION}),
            client.get("/api/search", params={"q": "OCOP"}),
        ):
            assert response.status_code == 503
            assert "python -m index build" in problem(response)["detail"]
        page = client.get("/", params={"q": NAM_DINH_QUESTION})
        assert page.status_code == 503
        assert f'value="{NAM_DINH_QUESTION}"' in page.text
        build(data, embedder="hash-256", progress=False)
        wait_until(lambda: client.get("/api/ready").status_code == 200, "the new index to open")
        assert "62" in ask(client, NAM_DINH_QUESTION)["text"]


def test_what_is_added_and_indexed_later_is_answered_without_a_restart(corpus_copy: Path, tmp_path: Path) -> None:
    question = "Tính đến tháng 12/2021 Bắc Giang có bao nhiêu sản phẩm OCOP?"
    with served(corpus_copy, tmp_path / "log") as running:
        assert "183" not in ask(running.client, question)["text"]
        added = put(corpus_copy, BAC_GIANG, "https://bao.example/bac-giang.html", "2021-12-28")
        build(corpus_copy, embedder="hash-256", progress=False)
        wait_until(lambda: running.client.get("/api/ready").json()["articles"] == 4, "the new index to be taken up")
        answer = ask(running.client, question)
        assert "183" in answer["text"]
        assert answer["citations"][0]["article_id"] == added.id


def test_a_broken_new_index_leaves_the_former_one_serving(corpus_copy: Path, tmp_path: Path) -> None:
    with served(corpus_copy, tmp_path / "log") as running:
        put(corpus_copy, BAC_GIANG, "https://bao.example/bac-giang.html", "2021-12-28")
        before = (corpus_copy / "index" / "CURRENT").read_text(encoding="utf-8")
        (corpus_copy / "index" / "CURRENT").write_text("generation-999999\n", encoding="utf-8")
        wait_until(lambda: running.client.get("/api/ready").json()["trouble"] is not None, "the trouble to be told")
        ready = running.client.get("/api/ready")
        assert (ready.status_code, ready.json()["articles"]) == (200, 3)
        assert "python -m index build" in ready.json()["trouble"]
        assert "62" in ask(running.client, NAM_DINH_QUESTION)["text"]
        (corpus_copy / "index" / "CURRENT").write_text(before, encoding="utf-8")
        wait_until(lambda: running.client.get("/api/ready").json()["trouble"] is None, "the trouble to pass")


def test_a_damaged_archive_is_named_and_shows_how_to_mend_it(corpus_copy: Path, tmp_path: Path) -> None:
    with served(corpus_copy, tmp_path / "log") as running:
        for name in ("archive.sqlite", "archive.sqlite-wal", "archive.sqlite-shm"):
            (corpus_copy / name).unlink(missing_ok=True)
        (corpus_copy / "archive.sqlite").write_bytes(b"not a database, but longer than its header" * 100)
        response = running.client.get("/api/search", params={"q": "OCOP Nam Định"})
        assert (response.status_code, problem(response)["type"]) == (503, "/docs#archive-unusable")
        assert "restore it from a backup" in problem(response)["detail"]


def test_an_unexpected_fault_is_a_500_without_internals(corpus_copy: Path, tmp_path: Path) -> None:
    with served(corpus_copy, tmp_path / "log") as running:
        # An archive that lost the versions the index cites: no code path expects it.
        with sqlite3.connect(corpus_copy / "archive.sqlite") as database:
            database.execute("DELETE FROM versions")
            database.execute("DELETE FROM articles")  # without these it would be what `forget` leaves
        database.close()
        response = running.client.get("/api/search", params={"q": "OCOP Nam Định"})
        told = problem(response)
        assert (response.status_code, told["type"]) == (500, "/docs#internal")
        for inside in ("LookupError", "Traceback", str(corpus_copy), ".py"):
            assert inside not in response.text
        log = running.log.read_text(encoding="utf-8")
        assert "LookupError" in log
        assert told["instance"].removeprefix("urn:uuid:") in log


# What it says of itself


def test_the_examples_are_what_the_records_say() -> None:
    example = ANSWER.validate_python(ASK_EXAMPLE)
    assert ANSWER.dump_python(example, mode="json") == ASK_EXAMPLE
    claim, citation = example.claims[0], example.citations[0]
    assert example.text[claim.start : claim.end] == citation.quote
    page = TypeAdapter(SearchPage).validate_python(SEARCH_EXAMPLE)
    assert TypeAdapter(SearchPage).dump_python(page, mode="json") == SEARCH_EXAMPLE


def test_openapi_describes_every_route_and_refusal(server: Served) -> None:
    schema = server.client.get("/openapi.json").json()
    assert set(schema["paths"]) == {
        "/api/ask", "/api/answers/{answer_id}", "/api/search", "/api/articles/{article_id}",
        "/api/health", "/api/ready",
        "/api/regulations", "/api/regulations/{number}", "/api/criteria", "/api/criteria/{set_number}", "/api/figures",
        "/api/decisions", "/api/decisions/{key}", "/api/products", "/api/products/{key}", "/api/portals/{portal_id}",
        "/api/scorecard", "/v1/chat/completions", "/v1/models", "/v1/models/{model}", "/api/feedback",
        "/api/suggestions", "/api/figures/years", "/feed.atom", "/feed.rss",
    }  # fmt: skip
    for operations in schema["paths"].values():
        for operation in operations.values():
            assert all(parameter["description"] for parameter in operation.get("parameters", ()))
    ask_responses = schema["paths"]["/api/ask"]["post"]["responses"]
    assert set(ask_responses) == {"200", "400", "403", "404", "408", "413", "415", "422", "429", "500", "503"}
    assert ask_responses["200"]["content"]["application/json"]["example"] == ASK_EXAMPLE
    refusal = ask_responses["422"]["content"]["application/problem+json"]
    assert refusal["schema"] == {"$ref": "#/components/schemas/ProblemBody"}
    assert (refusal["example"]["status"], refusal["example"]["type"]) == (422, "/docs#empty-question")
    events = ask_responses["200"]["content"]["text/event-stream"]["itemSchema"]["oneOf"]
    assert {event["properties"]["event"]["const"] for event in events} == {
        "status",
        "citation",
        "delta",
        "replace",
        "done",
        "error",
    }
    search = schema["paths"]["/api/search"]["get"]
    assert [parameter["name"] for parameter in search["parameters"]] == [
        "q", "limit", "kind", "province", "district", "from", "to", "source", "star", "number", "in_force",
    ]  # fmt: skip
    assert all(parameter["description"] for parameter in search["parameters"])
    names = set(schema["components"]["schemas"])
    assert {"Answer", "Citation", "Claim", "SearchPage", "ProblemBody", "Reading", "AskRequest"} <= names
    assert "HTTPValidationError" not in names
    text = json.dumps(schema)
    referred = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert referred <= names


def test_the_api_page_shows_every_route_and_kind_of_problem(server: Served) -> None:
    page = server.client.get("/docs").text
    for path in server.client.get("/openapi.json").json()["paths"]:
        assert f"<code>{path}</code>" in page
    for kind in KINDS:
        assert f'id="{kind.slug}"' in page
    assert "//cdn" not in page


def test_article_is_served_as_its_record(server: Served, corpus: Corpus) -> None:
    served_article = server.client.get(f"/api/articles/{corpus.an_giang.id}").json()
    assert TypeAdapter(Article).validate_python(served_article) == corpus.an_giang


def test_a_head_request_of_a_page_has_its_headers_only(server: Served) -> None:
    response = server.client.head("/")
    assert (response.status_code, response.content) == (200, b"")


# The command


def test_help_names_every_flag_and_where_defaults_come_from() -> None:
    done = subprocess.run([sys.executable, "server.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    for word in ("--data", "--host", "--port", "--json", "OCOP_DATA", "OCOP_HOST", "OCOP_PORT"):
        assert word in done.stdout


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "server.py", "--data", str(tmp_path), "--port", str(port)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"không mở được 127.0.0.1:{port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_ends_it_quietly(tmp_path: Path) -> None:
    command = [sys.executable, "server.py", "--data", str(tmp_path), "--host", "127.0.0.1", "--port", "0", "--json"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        with httpx.Client(base_url=json.loads(process.stdout.readline())["url"], trust_env=False) as client:
            # The first answer shows that the server has put its own handling of signals in place.
            wait_until(lambda: answers(client), "the server to answer")
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in said


@pytest.mark.parametrize("port", ["x", "-1", "70000"])
def test_a_wrong_port_is_refused(port: str) -> None:
    command = [sys.executable, "server.py", "--port", port]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2


# Parts


def test_a_question_is_folded_but_never_reworded() -> None:
    assert clean_question("  Nam\u00a0Định\n có   62 sao? ") == "Nam Định có 62 sao?"
    assert clean_question(unicodedata.normalize("NFD", "Hoà Bình")) == "Hoà Bình"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", '"a"'),
        (None, "null"),
        ("x" * 100, '"' + "x" * 58 + "…"),
        ("\ud800", '"\ufffd"'),
        ("\u202egnp", '"\ufffdgnp"'),
        ({1, 2}, "set"),
    ],
)
def test_a_value_shown_is_short_and_always_encodable(value: object, text: str) -> None:
    assert shown(value) == text
    shown(value).encode("utf-8")


def test_the_service_over_no_folder_is_loading_then_says_what_is_missing(tmp_path: Path) -> None:
    service = Service(tmp_path / "none")
    assert service.ready().status == "loading"
    with pytest.raises(Problem, match="not-ready"):
        _ = service.assistant
    create_app(service)  # building the application opens nothing
    assert service.ready().status == "loading"
