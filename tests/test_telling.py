"""An answer on its way to a reader: heartbeats, a reader who leaves, what is taken back, what breaks, a full line."""

import asyncio
import json
import threading
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import CancelledError
from contextvars import Context, ContextVar
from dataclasses import replace
from typing import Any

import pytest
from pydantic import TypeAdapter

from assistant.answer import Answer
from assistant.stream import Event, Left, Progress, Put, Sentence
from web.admission import Admission
from web.events import HEARTBEAT, event_stream
from web.examples import ASK_EXAMPLE
from web.problem import BUSY, Problem
from web.telling import told

ANSWER = TypeAdapter(Answer).validate_python(ASK_EXAMPLE)
SENTENCE = Sentence(start=0, text=ANSWER.text, citations=ANSWER.citations)


async def collected(coming: AsyncGenerator[Event | None, None]) -> list[bytes]:
    return [block async for block in event_stream(coming, "0123")]


def parsed(block: bytes) -> tuple[str, Any]:
    name, data = block.decode().removesuffix("\n\n").split("\n")
    return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def stream_of(tell: Callable[[Put], None], *, heartbeat_s: float = 60.0) -> list[bytes]:
    async def run() -> list[bytes]:
        return await collected(told(Admission(), tell, heartbeat_s=heartbeat_s))

    return asyncio.run(run())


def test_while_nothing_comes_a_comment_keeps_the_connection() -> None:
    async def run() -> list[bytes]:
        beaten = threading.Event()

        def tell(put: Put) -> None:
            assert beaten.wait(60)
            put(ANSWER)

        blocks = []
        async for block in event_stream(told(Admission(), tell, heartbeat_s=0.01), "0123"):
            blocks.append(block)
            if len(blocks) == 3:
                beaten.set()
        return blocks

    blocks = asyncio.run(run())
    assert blocks[:3] == [HEARTBEAT] * 3
    assert parsed(blocks[-1])[0] == "done"


def test_a_reader_who_leaves_ends_the_work_at_its_next_event() -> None:
    ended: list[type[BaseException]] = []

    def tell(put: Put) -> None:
        try:
            while True:
                put(Progress(step="judge"))
        except BaseException as error:
            ended.append(type(error))
            raise

    async def run() -> None:
        admission = Admission()
        stream = event_stream(told(admission, tell), "0123")
        await anext(stream)
        await stream.aclose()
        while admission.held:
            await asyncio.sleep(0.01)

    asyncio.run(run())
    assert ended == [Left]


def test_a_reader_who_leaves_the_line_is_never_answered() -> None:
    answered = threading.Event()
    free = threading.Event()

    async def run() -> None:
        admission = Admission(at_once=1, waiting=1)
        first = admission.submit(lambda: free.wait(60))
        stream = event_stream(told(admission, lambda put: answered.set(), heartbeat_s=0.01), "0123")
        assert await anext(stream) == HEARTBEAT
        assert admission.held == 2
        await stream.aclose()
        assert admission.held == 1
        free.set()
        await asyncio.wrap_future(first)
        admission.run(lambda: None)  # what came after it in line was passed over

    asyncio.run(run())
    assert not answered.is_set()


def test_what_no_longer_holds_is_replaced_and_never_silently() -> None:
    failed = replace(ANSWER, status="failed", text="Không đọc được bài.", claims=(), citations=())

    def tell(put: Put) -> None:
        put(SENTENCE)
        put(failed)

    names = [parsed(block) for block in stream_of(tell)]
    assert [name for name, _ in names] == ["citation", "delta", "replace", "done"]
    assert names[2][1] == {"text": "Không đọc được bài.", "citations": []}


def test_an_answer_that_goes_on_after_its_sentences_replaces_nothing() -> None:
    def tell(put: Put) -> None:
        put(SENTENCE)
        put(replace(ANSWER, text=f"{ANSWER.text}\nMột câu nữa."))

    assert [parsed(block)[0] for block in stream_of(tell)] == ["citation", "delta", "done"]


def test_what_breaks_after_a_sentence_is_an_error_event_without_internals(caplog: pytest.LogCaptureFixture) -> None:
    def tell(put: Put) -> None:
        put(SENTENCE)
        raise LookupError("/secret/path")

    name, body = parsed(stream_of(tell)[-1])
    assert (name, body["status"], body["type"], body["instance"]) == ("error", 500, "/docs#internal", "urn:uuid:0123")
    assert "secret" not in json.dumps(body)
    assert "/secret/path" in caplog.text


def test_the_line_is_bounded_and_says_when_to_come_again() -> None:
    free = threading.Event()
    admission = Admission(at_once=1, waiting=2)
    held = [admission.submit(lambda: free.wait(60)) for _ in range(3)]
    with pytest.raises(Problem) as refused:
        admission.submit(lambda: True)
    assert (refused.value.kind, refused.value.headers) == (BUSY, {"Retry-After": "2"})
    free.set()
    assert [future.result(60) for future in held] == [True, True, True]
    assert admission.run(lambda: "again") == "again"


def test_work_knows_who_asked() -> None:
    asks: ContextVar[str] = ContextVar("asks", default="nobody")
    admission = Admission(at_once=1)
    asks.set("reader")
    assert admission.run(asks.get) == "reader"
    assert Context().run(admission.run, asks.get) == "nobody"


def test_work_that_fails_gives_its_place_back() -> None:
    admission = Admission(at_once=1, waiting=0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            admission.run(lambda: 1 / 0)
    assert admission.held == 0


def test_stopping_the_server_takes_nothing_more_and_cancels_who_waits() -> None:
    free = threading.Event()
    admission = Admission(at_once=1, waiting=2)
    begun = admission.submit(lambda: free.wait(60))
    waiting = admission.submit(lambda: True)
    admission.close()
    with pytest.raises(CancelledError):
        waiting.result(60)
    with pytest.raises(Problem, match="busy"):
        admission.submit(lambda: True)
    free.set()
    assert begun.result(60)
    assert admission.held == 0
