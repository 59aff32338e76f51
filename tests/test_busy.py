"""More questions than can be answered at once, and readers who leave: over HTTP, with a language model that waits."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx
import pytest

from tests.conftest import Corpus, Served, served, wait_until
from tests.model_server import ModelServer, Reply, model_serving, saying
from web.admission import AT_ONCE_WITH_MODEL, RETRY_AFTER_S, WAITING

QUESTION = "Tính đến tháng 6/2020, Nam Định có bao nhiêu sản phẩm OCOP?"
GOOD = "Tính đến tháng 6/2020, Nam Định có 62 sản phẩm OCOP. [1]"
STREAM = {"Accept": "text/event-stream"}


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with model_serving() as server:
        yield server


@pytest.fixture
def worded(
    corpus: Corpus, model: ModelServer, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Served]:
    """The server with the language model."""
    monkeypatch.setenv("OCOP_LLM_URL", model.url)
    monkeypatch.setenv("OCOP_LLM_MODEL", "gia")
    with served(corpus.data, tmp_path_factory.mktemp("log") / "server.log") as running:
        yield running


def test_what_is_too_much_is_refused_at_once_and_the_rest_answered(worded: Served, model: ModelServer) -> None:
    let_go = threading.Event()

    def script(reply: Reply) -> None:
        let_go.wait(60)
        saying(GOOD)(reply)

    model.script = script
    places = AT_ONCE_WITH_MODEL + WAITING
    limits = httpx.Limits(max_connections=None)
    with (
        ThreadPoolExecutor(places) as pool,
        httpx.Client(base_url=worded.url, timeout=120, trust_env=False, limits=limits) as client,
        ExitStack() as stack,
    ):
        stack.callback(let_go.set)  # whatever fails, nobody waits for ever
        held = [pool.submit(client.post, "/api/ask", json={"question": QUESTION}) for _ in range(places)]
        wait_until(lambda: len(model.requests) == AT_ONCE_WITH_MODEL, "the first to be asked of the model")
        wait_until(
            lambda: client.post("/api/ask", json={"question": QUESTION}).status_code == 503, "the line to be full"
        )
        for headers in ({}, STREAM):
            refused = client.post("/api/ask", json={"question": QUESTION}, headers=headers)
            assert (refused.status_code, refused.json()["type"]) == (503, "/docs#busy")
            assert refused.headers["retry-after"] == str(RETRY_AFTER_S)
        chat = {"model": "ocop", "messages": [{"role": "user", "content": QUESTION}], "stream": True}
        assert client.post("/v1/chat/completions", json=chat).json()["error"]["code"] == "busy"
        assert client.get("/api/search", params={"q": "ocop"}).status_code == 503
        assert client.get("/", params={"q": QUESTION}).status_code == 503
        # what computes nothing goes on
        for path in ("/api/health", "/api/ready", "/openapi.json", "/", "/v1/models"):
            assert client.get(path).status_code == 200, path
        let_go.set()
        answers = [future.result().json() for future in held if future.result().status_code == 200]
        assert len(answers) >= places - 1  # one of those who tried the line may have had a place
        # who waited for the model longer than it is waited for has the sentence of the page instead
        assert all("62 sản phẩm OCOP" in answer["text"] for answer in answers)
        assert client.post("/api/ask", json={"question": QUESTION}).json()["text"] == GOOD


def test_when_the_reader_leaves_the_model_is_no_longer_asked(worded: Served, model: ModelServer) -> None:
    left = threading.Event()
    ended = threading.Event()

    def script(reply: Reply) -> None:
        reply.begin()
        reply.piece(f"{GOOD} ")
        assert left.wait(60)
        try:
            while not model.released.wait(0.01):
                reply.piece("Trong đó 18 sản phẩm đạt 4 sao. [1] ")
        finally:  # the server has closed the connection
            ended.set()

    model.script = script
    with worded.client.stream("POST", "/api/ask", json={"question": QUESTION}, headers=STREAM) as response:
        for line in response.iter_lines():
            if line == "event: delta":
                break
    left.set()
    assert ended.wait(30)
    model.script = saying(GOOD)
    assert worded.client.post("/api/ask", json={"question": QUESTION}).json()["text"] == GOOD
