"""The server under load, in a process of its own, asked over HTTP as readers ask: streams, arrivals that do not wait.

Arrivals are a Poisson process: a closed loop of clients would wait for a slow server and so spare it. The machine that
asks is the machine that answers, which costs the server some of its processors: the figures are low rather than high.
"""

import asyncio
import json
import random
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import numpy as np

from benchmarks.machine import Machine, this_machine
from crawler.archive import now_iso
from evaluation.serving import Running, serving

CALM = 0.6
OVER = 2.0
SLOW_READERS = 200
AT_ONCE = 8
_SEED = 7
_STREAMED = {"Accept": "text/event-stream"}
_TIMEOUT = aiohttp.ClientTimeout(total=60.0)
# The server remembers the vectors of 256 questions; with more, each in turn, none is remembered when it comes again.
_ENDINGS = ("", "?", "??")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One time of asking. Rates in questions a second, times in milliseconds from the sending of a question.

    sent: how many; answered: with the text that the question has when nothing else is asked; wrong: with another;
    refused: 429 or 503; failed: anything else. first_p50_ms, first_p95_ms: until the first sentence (questions without
    an answer have none, so until the whole). whole_p95_ms: until the end. refused_p95_ms: until a refusal.
    """

    rate_per_s: float
    seconds: float
    sent: int
    answered: int
    wrong: int
    refused: int
    failed: int
    first_p50_ms: float
    first_p95_ms: float
    whole_p95_ms: float
    refused_p95_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SlowReaders:
    """Readers who send a question and read nothing. held: connections open at once; others: how who reads fared
    meanwhile; whole: how many of the held ones found their answer whole when they read at last; refused: how many a
    refusal."""

    held: int
    others: Phase
    whole: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadFigures:
    """What one run measured. capacity_per_s: answers a second of clients who each ask again at once. memory_mib: of the
    server, resident, at the end of each minute of calm asking (of the phase where it is shorter)."""

    measured: str
    machine: Machine
    questions: int
    capacity_per_s: float
    calm: Phase
    over: Phase
    slow: SlowReaders
    memory_mib: tuple[float, ...]


@dataclass(slots=True)
class _Seen:
    """What came of the questions of a phase, as it comes."""

    sent: int = 0
    answered: int = 0
    wrong: int = 0
    refused: int = 0
    failed: int = 0
    first_ms: list[float] = field(default_factory=list)
    whole_ms: list[float] = field(default_factory=list)
    refused_ms: list[float] = field(default_factory=list)

    def phase(self, rate_per_s: float, seconds: float) -> Phase:
        return Phase(
            rate_per_s=round(rate_per_s, 2),
            seconds=round(seconds, 1),
            sent=self.sent,
            answered=self.answered,
            wrong=self.wrong,
            refused=self.refused,
            failed=self.failed,
            first_p50_ms=_percentile(self.first_ms, 50),
            first_p95_ms=_percentile(self.first_ms, 95),
            whole_p95_ms=_percentile(self.whole_ms, 95),
            refused_p95_ms=_percentile(self.refused_ms, 95),
        )


class _Readers:
    """Readers of one server. truth: the text of each question's answer, asked one by one before."""

    def __init__(self, session: aiohttp.ClientSession, questions: Sequence[str]) -> None:
        self._session = session
        self._questions = questions
        self._next = 0
        self.truth: dict[str, str] = {}

    async def learn(self) -> None:
        """Ask every question once, one after the other."""
        for question in self._questions:
            async with self._session.post("/api/ask", json={"question": question}) as response:
                response.raise_for_status()
                self.truth[question] = (await response.json())["text"]

    def question(self) -> str:
        """The next question, all in turn."""
        self._next += 1
        return self._questions[self._next % len(self._questions)]

    async def read(self, seen: _Seen) -> None:
        """Ask the next question and read its stream to the end."""
        question = self.question()
        seen.sent += 1
        began = time.perf_counter()
        first_ms: float | None = None
        text: str | None = None
        try:
            async with self._session.post("/api/ask", json={"question": question}, headers=_STREAMED) as response:
                if response.status in (429, 503):
                    await response.read()
                    seen.refused += 1
                    seen.refused_ms.append((time.perf_counter() - began) * 1000)
                    return
                response.raise_for_status()
                name = ""
                async for line in response.content:
                    if line.startswith(b"event: "):
                        name = line[7:].strip().decode()
                    elif line.startswith(b"data: ") and name in ("delta", "done"):
                        first_ms = first_ms or (time.perf_counter() - began) * 1000
                        if name == "done":
                            text = json.loads(line[6:])["text"]
        except (aiohttp.ClientError, TimeoutError):
            seen.failed += 1
            return
        if text is None or first_ms is None:
            seen.failed += 1
        elif text != self.truth[question]:
            seen.wrong += 1
        else:
            seen.answered += 1
        seen.first_ms.append(first_ms or 0.0)
        seen.whole_ms.append((time.perf_counter() - began) * 1000)


def measure_load(
    data: Path,
    questions: Sequence[str],
    *,
    rate_per_s: float | None,
    seconds: float,
    minutes: float,
    slow_readers: int = SLOW_READERS,
) -> LoadFigures:
    """Measure the server over a data folder.

    rate_per_s: what is taken for its capacity instead of measuring it. seconds: of each phase. minutes: of the calm one
    on top, while memory is looked at. slow_readers: how many read nothing.

    Raises:
        RuntimeError: the server does not start.
        aiohttp.ClientError: it does not answer a single reader.
    """
    asked = [question.rstrip("?") + ending for ending in _ENDINGS for question in questions]
    with serving(data) as server:
        return asyncio.run(
            _measured(
                server,
                asked,
                rate_per_s=rate_per_s,
                seconds=seconds,
                memory_s=minutes * 60,
                slow_readers=slow_readers,
            )
        )


async def _measured(
    server: Running,
    questions: Sequence[str],
    *,
    rate_per_s: float | None,
    seconds: float,
    memory_s: float,
    slow_readers: int,
) -> LoadFigures:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(server.url, connector=connector, timeout=_TIMEOUT) as session:
        readers = _Readers(session, questions)
        await readers.learn()
        capacity = rate_per_s or await _capacity(readers, seconds)
        calm = await _open_loop(readers, capacity * CALM, seconds)
        over = await _open_loop(readers, capacity * OVER, seconds)
        slow = await _slow_readers(server, readers, capacity * CALM, seconds, slow_readers)
        memory = await _memory(server, readers, capacity * CALM, memory_s)
    return LoadFigures(
        measured=now_iso(),
        machine=this_machine(),
        questions=len(questions),
        capacity_per_s=round(capacity, 2),
        calm=calm,
        over=over,
        slow=slow,
        memory_mib=memory,
    )


async def _capacity(readers: _Readers, seconds: float) -> float:
    """Answers a second where `AT_ONCE` readers each ask again as soon as they have read."""
    seen = _Seen()
    began = time.perf_counter()

    async def again() -> None:
        while time.perf_counter() - began < seconds:
            await readers.read(seen)

    await asyncio.gather(*(again() for _ in range(AT_ONCE)))
    return seen.answered / (time.perf_counter() - began)


async def _open_loop(readers: _Readers, rate_per_s: float, seconds: float) -> Phase:
    """Questions that come at random moments, so many a second, whatever becomes of those before."""
    seen = _Seen()
    chance = random.Random(_SEED)
    began = time.perf_counter()
    asked: list[asyncio.Task[None]] = []
    due = 0.0
    while (due := due + chance.expovariate(rate_per_s)) < seconds:
        await asyncio.sleep(max(0.0, began + due - time.perf_counter()))
        asked.append(asyncio.create_task(readers.read(seen)))
    await asyncio.gather(*asked)
    return seen.phase(rate_per_s, seconds)


async def _slow_readers(
    server: Running, readers: _Readers, rate_per_s: float, seconds: float, count: int
) -> SlowReaders:
    host, port = server.url.removeprefix("http://").rstrip("/").split(":")
    held: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
    try:
        for _ in range(count):
            await asyncio.sleep(1 / rate_per_s)  # all at once, most would be refused
            line = socket.socket()
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)  # little of an answer is taken off the server
            line.connect((host, int(port)))
            reader, writer = await asyncio.open_connection(sock=line, limit=1024)
            body = json.dumps({"question": readers.question()}).encode()
            writer.write(
                b"POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\nConnection: close\r\n"
                b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
            )
            await writer.drain()
            held.append((reader, writer))
        others = await _open_loop(readers, rate_per_s, seconds)
        said = await asyncio.gather(*(_read_all(reader) for reader, _ in held))
    finally:
        for _, writer in held:
            writer.close()
    return SlowReaders(
        held=len(held),
        others=others,
        whole=sum(b"event: done" in one for one in said),
        refused=sum(one.startswith((b"HTTP/1.1 503", b"HTTP/1.1 429")) for one in said),
    )


async def _read_all(reader: asyncio.StreamReader) -> bytes:
    said = b""
    with suppress(TimeoutError, ConnectionError):
        async with asyncio.timeout(60):
            said = await reader.read(-1)
    return said


async def _memory(server: Running, readers: _Readers, rate_per_s: float, seconds: float) -> tuple[float, ...]:
    """What the server holds at the end of each minute."""
    held: list[float] = []
    while seconds > 0:
        await _open_loop(readers, rate_per_s, min(60.0, seconds))
        seconds -= 60.0
        held.append(_resident_mib(server.pid))
    return tuple(held)


def _resident_mib(pid: int) -> float:
    """What a process holds in memory; 0 where the system does not say (only Linux does, in /proc)."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def _percentile(values: Sequence[float], percent: float) -> float:
    return round(float(np.percentile(values, percent)), 1) if values else 0.0


def load_lines(figures: LoadFigures) -> str:
    """The figures for a reader."""
    slow = figures.slow
    lines = [
        f"{figures.questions} cách hỏi, mỗi câu lần lượt, không câu nào còn vectơ trong bộ nhớ đệm.",
        f"Sức chứa: {figures.capacity_per_s} câu/giây ({AT_ONCE} người hỏi liên tục)",
        _phase_line(f"{CALM:.0%} sức chứa", figures.calm),
        _phase_line(f"{OVER:.0%} sức chứa", figures.over),
        f"{slow.held} người không đọc: {slow.whole} câu trả lời còn trọn khi đọc, {slow.refused} đã bị từ chối ngay",
        _phase_line("  những người khác lúc ấy", slow.others),
    ]
    if figures.memory_mib:
        lines.append("Bộ nhớ máy chủ cuối mỗi phút (MiB): " + ", ".join(f"{one:g}" for one in figures.memory_mib))
    return "\n".join(lines)


def _phase_line(name: str, phase: Phase) -> str:
    line = (
        f"{name}: {phase.rate_per_s} câu/giây trong {phase.seconds:g} giây; gửi {phase.sent}, đúng {phase.answered}, "
        f"khác {phase.wrong}, từ chối {phase.refused}, hỏng {phase.failed}; câu đầu p50/p95 {phase.first_p50_ms:g}/"
        f"{phase.first_p95_ms:g} ms, trọn p95 {phase.whole_p95_ms:g} ms"
    )
    return line + (f", từ chối p95 {phase.refused_p95_ms:g} ms" if phase.refused else "")
