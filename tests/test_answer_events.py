"""Answers as server-sent events, from the server in a process of its own, with and without a language model."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from assistant.settings import load_settings
from tests.conftest import Corpus, Served, served
from tests.model_server import ModelServer, Reply, model_serving, saying

QUESTION = "Tính đến tháng 6/2020, Nam Định có bao nhiêu sản phẩm OCOP?"
GOOD = "Tính đến tháng 6/2020, Nam Định có 62 sản phẩm OCOP."
MORE = "Trong đó 18 sản phẩm đạt 4 sao."
KEY = "sk-khoa-bi-mat-71c0"


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    with model_serving() as server:
        yield server


@pytest.fixture(scope="module")
def worded(corpus: Corpus, model: ModelServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The server with a language model."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OCOP_LLM_URL", model.url)
        patch.setenv("OCOP_LLM_MODEL", "gia")
        patch.setenv("OCOP_LLM_KEY", KEY)
        with served(corpus.data, tmp_path_factory.mktemp("log") / "server.log") as running:
            yield running


def events(client: httpx.Client, question: str) -> list[tuple[str, Any]]:
    """The events of one answer as a browser's EventSource reads them (WHATWG HTML, 9.2.6)."""
    headers = {"Accept": "text/event-stream"}
    with client.stream("POST", "/api/ask", json={"question": question}, headers=headers) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        text = "".join(response.iter_text())
    found = []
    for block in text.removesuffix("\n\n").split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def check(found: list[tuple[str, Any]]) -> dict[str, Any]:
    """What every stream holds: a delta is a stretch of the whole, its citations come before it, done is last."""
    assert [name for name, _ in found].count("done") == 1
    name, answer = found[-1]
    assert name == "done"
    cited: list[dict[str, Any]] = []
    text: list[str] = []
    for name, data in found[:-1]:
        if name == "citation":
            cited.append(data)
        elif name == "delta":
            assert answer["text"][data["start"] : data["start"] + len(data["text"])] == data["text"]
            marks = {int(mark.rstrip("]")) for mark in data["text"].split("[")[1:]}
            assert marks <= {citation["number"] for citation in cited}
            text.append(data["text"])
        else:
            assert name == "status"
    assert cited == answer["citations"]
    if answer["claims"]:
        assert "\n".join(text) == answer["text"]
    whole: dict[str, Any] = answer
    return whole


def test_without_a_model_an_answer_comes_as_events_too(server: Served) -> None:
    found = events(server.client, QUESTION)
    answer = check(found)
    plain = server.client.post("/api/ask", json={"question": QUESTION}).json()
    assert answer["text"] == plain["text"]
    steps = [data["step"] for name, data in found if name == "status"]
    assert (steps[:2], steps[-1]) == (["read", "understand"], "cite")
    assert {"retrieve", "judge", "compose", "check"} <= set(steps)
    assert "generate" not in steps
    assert server.client.get(f"/api/answers/{answer['id']}").json() == answer


def test_nothing_on_the_way_may_hold_events_back_or_keep_them(server: Served) -> None:
    asked = {"json": {"question": QUESTION}, "headers": {"Accept": "text/event-stream"}}
    streamed = server.client.post("/api/ask", **asked)  # type: ignore[arg-type]
    chat = server.client.post(
        "/v1/chat/completions",
        json={"model": "ocop", "stream": True, "messages": [{"role": "user", "content": QUESTION}]},
    )
    for response in (streamed, chat):
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["x-accel-buffering"] == "no"
        assert response.headers["cache-control"] == "no-store"
        assert "content-encoding" not in response.headers


def test_what_has_no_answer_comes_as_the_whole_only(server: Served) -> None:
    found = events(server.client, "Giá vàng hôm nay?")
    assert check(found)["status"] == "out_of_scope"
    assert "delta" not in [name for name, _ in found]


def test_a_question_without_a_question_is_a_problem_before_any_event(server: Served) -> None:
    response = server.client.post("/api/ask", json={"question": " "}, headers={"Accept": "text/event-stream"})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


def test_each_delta_is_a_whole_checked_sentence(worded: Served, model: ModelServer) -> None:
    model.script = saying(f"{GOOD} [1] Nam Định có 63 sản phẩm OCOP. [1] {MORE} [1]", size=3)
    found = events(worded.client, QUESTION)
    answer = check(found)
    assert [data["text"] for name, data in found if name == "delta"] == [f"{GOOD} [1]", f"{MORE} [1]"]
    assert [name for name, _ in found].index("delta") < [data.get("step") for _, data in found].index("generate")
    assert answer["text"] == f"{GOOD} [1]\n{MORE} [1]"
    assert worded.client.post("/api/ask", json={"question": QUESTION}).json()["text"] == answer["text"]


def test_a_sentence_is_seen_while_the_model_still_writes(worded: Served, model: ModelServer) -> None:
    def script(reply: Reply) -> None:
        reply.begin()
        reply.piece(f"{GOOD} [1] Trong đó")
        assert seen.wait(60)
        reply.piece(f"{MORE.removeprefix('Trong đó')} [1]")
        reply.end()

    seen = threading.Event()
    model.script = script
    headers = {"Accept": "text/event-stream"}
    lines: list[str] = []
    with worded.client.stream("POST", "/api/ask", json={"question": QUESTION}, headers=headers) as response:
        for line in response.iter_lines():
            lines.append(line)
            if line.startswith("data: ") and GOOD in line and lines[-2] == "event: delta":
                assert not any(MORE in former for former in lines)
                seen.set()  # only now does the model go on
    assert seen.is_set()
    assert any(MORE in line for line in lines)


def test_the_key_is_never_logged_or_shown(worded: Served, model: ModelServer) -> None:
    def script(reply: Reply) -> None:
        reply.begin(401, "application/json")
        reply.send(b'{"error": {"message": "Incorrect API key provided: ' + KEY.encode() + b'"}}')

    model.script = script
    found = events(worded.client, QUESTION)
    assert KEY not in json.dumps(found, ensure_ascii=False)
    assert any("không nhận yêu cầu" in notice for notice in check(found)["notices"])
    assert model.requests[-1][1]["authorization"] == f"Bearer {KEY}"
    assert KEY not in worded.log.read_text(encoding="utf-8")


def test_the_samples_of_the_page_ask_no_model(worded: Served, model: ModelServer) -> None:
    before = len(model.requests)
    assert worded.client.get("/").status_code == 200
    assert len(model.requests) == before


@pytest.mark.parametrize(
    ("name", "value"),
    [("OCOP_LLM_URL", "ftp://a.example"), ("OCOP_LLM_URL", "http://ten:mat-khau@a.example/v1"), ("OCOP_LLM_MODEL", "")],
)
def test_settings_that_mean_nothing_are_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCOP_LLM_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("OCOP_LLM_MODEL", "gia")
    loaded = load_settings().llm
    assert loaded is not None
    assert loaded.model == "gia"
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=r"OCOP_LLM_\w+") as error:
        load_settings()
    assert "mat-khau" not in str(error.value)
