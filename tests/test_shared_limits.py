"""Limits counted in a Redis that several processes share: a real redis-server, and what becomes of it."""

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT, Corpus, served, wait_until
from web.rates import Over, Rates, RatesError, parsed

REDIS_SERVER = shutil.which("redis-server")
WITHOUT_CLIENT = 'the client of Redis is not installed: python -m pip install -e ".[redis]"'
TWO = parsed("2/hour")


@dataclass(slots=True)
class Redis:
    """A redis-server of the test's own, on a socket in its folder; it keeps nothing on disk."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """As OCOP_LIMITS_URL names it."""
        return f"redis+unix://{self.folder / 'redis.sock'}"

    def start(self) -> None:
        """Return once it answers."""
        assert REDIS_SERVER is not None
        flags = ["--port", "0", "--unixsocket", "redis.sock", "--save", "", "--appendonly", "no"]
        with (self.folder / "redis.log").open("ab") as log:
            self.process = subprocess.Popen([REDIS_SERVER, *flags], cwd=self.folder, stdout=log, stderr=log)
        wait_until(self._answers, "redis-server to answer")

    def stop(self) -> None:
        """End it as a fault would, at once."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(timeout=30)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as line:
            try:
                line.connect(str(self.folder / "redis.sock"))
            except OSError:
                return False
            line.sendall(b"PING\r\n")
            return line.recv(16) == b"+PONG\r\n"


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    if REDIS_SERVER is None:
        if os.environ.get("CI") == "true":
            pytest.fail("redis-server is not installed: apt-get install redis-server")
        pytest.skip("redis-server is not installed: apt-get install redis-server, or make programs as root")
    pytest.importorskip("redis", reason=WITHOUT_CLIENT)
    started = Redis(folder=tmp_path)
    try:
        started.start()
        yield started
    finally:
        started.stop()


def waited(over: Over | None) -> bool:
    """Whether it is a limit, used up for about the hour that it counts."""
    return over is not None and over.limit == "2 per 1 hour" and 3500 < over.wait_s <= 3600


def test_what_one_process_counts_another_knows(redis: Redis) -> None:
    one, other = Rates(redis.url), Rates(redis.url)
    assert one.take(TWO, "a") is None
    assert other.take(TWO, "a") is None
    assert waited(one.take(TWO, "a"))
    assert waited(other.take(TWO, "a"))
    assert other.take(TWO, "b") is None


def test_of_two_rules_the_shorter_refuses_without_using_up_the_longer(redis: Redis) -> None:
    rates = Rates(redis.url)
    both = parsed("2/hour; 5/day")
    assert [rates.take(both, "a") is None for _ in range(6)] == [True, True, False, False, False, False]
    assert [rates.take(parsed("5/day"), "a") is None for _ in range(4)] == [True, True, True, False]


def test_two_servers_refuse_together(redis: Redis, corpus: Corpus, tmp_path: Path) -> None:
    table = tmp_path / "cong.toml"
    table.write_text('[limits]\nsearch = "4/hour"\n', encoding="utf-8")
    settings = {"OCOP_PORTALS": str(table), "OCOP_TRUSTED_PROXIES": "127.0.0.1", "OCOP_LIMITS_URL": redis.url}

    def search(client: httpx.Client) -> httpx.Response:
        return client.get("/api/search", params={"q": "OCOP"}, headers={"X-Forwarded-For": "203.0.113.1"})

    with (
        served(corpus.data, tmp_path / "log1", settings=settings) as one,
        served(corpus.data, tmp_path / "log2", settings=settings) as other,
    ):
        seen = [search(server.client).status_code for server in (one, other, one, other, one, other)]
        assert seen == [200, 200, 200, 200, 429, 429]
        # without its Redis each counts for itself: readers are answered, and not without end
        redis.stop()
        refused = search(one.client)
        for _ in range(4):
            assert refused.status_code == 200
            refused = search(one.client)
        assert refused.status_code == 429
        assert 3500 < int(refused.headers["retry-after"]) <= 3600
        assert one.log.read_text(encoding="utf-8").count("OCOP_LIMITS_URL does not answer") == 1
        assert one.client.get("/api/health").status_code == 200


def test_a_redis_that_is_back_counts_again(redis: Redis) -> None:
    one, other = Rates(redis.url, again_s=0.0), Rates(redis.url, again_s=0.0)
    redis.stop()
    assert [one.take(TWO, "a") is None for _ in range(3)] == [True, True, False]
    redis.start()
    # what was counted meanwhile is not carried over
    assert [rates.take(TWO, "a") is None for rates in (one, other, one, other)] == [True, True, False, False]


@contextmanager
def silent(path: Path) -> Iterator[list[socket.socket]]:
    """Something that takes connections at a socket and never says a word; the list grows by each."""
    taken: list[socket.socket] = []
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()

        def take() -> None:
            while True:
                try:
                    taken.append(listener.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        try:
            yield taken
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(timeout=30)
            for line in taken:
                line.close()


def test_a_redis_that_says_nothing_is_waited_for_once(tmp_path: Path) -> None:
    pytest.importorskip("redis", reason=WITHOUT_CLIENT)
    with silent(tmp_path / "s") as taken:
        rates = Rates(f"redis+unix://{tmp_path / 's'}", again_s=3600.0)
        assert [rates.take(TWO, "a") is None for _ in range(4)] == [True, True, False, False]
    assert len(taken) == 1


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("gopher://127.0.0.1", "bắt đầu bằng 'gopher'; cần địa chỉ như redis://127.0.0.1:6379/0"),
        ("127.0.0.1:6379", "bắt đầu bằng '127.0.0.1:6379'; cần"),
        ("memcached://127.0.0.1", "bắt đầu bằng 'memcached'; cần"),
        ("redis://127.0.0.1:99999/0", "không phải địa chỉ dùng được"),
        ("redis://127.0.0.1:cổng/0", "không phải địa chỉ dùng được"),
    ],
)
def test_an_address_that_cannot_be_used_is_named(url: str, said: str) -> None:
    if url.startswith("redis:"):
        pytest.importorskip("redis", reason=WITHOUT_CLIENT)
    with pytest.raises(RatesError, match=said):
        Rates(url)


def test_without_the_extra_the_server_names_it(tmp_path: Path) -> None:
    code = "import sys; sys.modules['redis'] = None; import server; sys.exit(server.main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", code, "--data", str(tmp_path), "--port", "0"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OCOP_LIMITS_URL": "redis://:hunter2@127.0.0.1:1/0"},
        timeout=120,
    )
    assert done.returncode == 1
    assert '".[redis]"' in done.stderr
    assert "Traceback" not in done.stderr
    assert "hunter2" not in done.stderr
