"""A language model on loopback that says what a test tells it to, in the protocol of OpenAI's chat completions."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Send = Callable[[bytes], None]
Script = Callable[["Reply"], None]


@dataclass
class Reply:
    """One request and the way to answer it. body: the request's JSON. number: how many came before it."""

    handler: BaseHTTPRequestHandler
    body: dict[str, Any]
    number: int
    released: threading.Event

    def begin(self, status: int = 200, content_type: str = "text/event-stream", **headers: str) -> None:
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", content_type)
        self.handler.send_header("Connection", "close")
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()

    def send(self, data: bytes) -> None:
        self.handler.wfile.write(data)
        self.handler.wfile.flush()

    def piece(self, text: str) -> None:
        self.send(event({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]}))

    def end(self, reason: str = "stop") -> None:
        self.send(event({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}))
        self.send(b"data: [DONE]\n\n")

    def stall(self) -> None:
        """Say nothing until the test is over or lets it go on."""
        self.released.wait(60)


def event(data: dict[str, Any]) -> bytes:
    whole = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "gia", **data}
    return b"data: " + json.dumps(whole, ensure_ascii=False).encode() + b"\n\n"


def saying(text: str, *, size: int = 7, finish: str = "stop") -> Script:
    """A whole answer in pieces of so many characters."""

    def script(reply: Reply) -> None:
        reply.begin()
        for at in range(0, len(text), size):
            reply.piece(text[at : at + size])
        reply.end(finish)

    return script


@dataclass
class ModelServer:
    """url: the address to set. script: what it does next. requests: bodies and headers that came."""

    url: str
    released: threading.Event
    script: Script
    requests: list[tuple[dict[str, Any], dict[str, str]]] = field(default_factory=list)


@contextmanager
def model_serving() -> Iterator[ModelServer]:
    """A running server; whatever stalls is let go at the end."""
    state = ModelServer(url="", released=threading.Event(), script=saying(""))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            number = len(state.requests)
            state.requests.append((body, {name.lower(): value for name, value in self.headers.items()}))
            with suppress(BrokenPipeError, ConnectionResetError):  # the client may leave
                state.script(Reply(handler=self, body=body, number=number, released=state.released))

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
