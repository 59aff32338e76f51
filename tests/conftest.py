"""Shared fixtures: a small corpus of our own writing, indexed for real, and the server over it as its own process."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from crawler.archive import Archive, Raw, now_iso
from crawler.article import Article
from crawler.draft import Origin, compose
from crawler.text.plain import draft_plain
from tests.portals import free_ports
from tests.small_site import Site, serving

ROOT = Path(__file__).parents[1]
# How long a started server may take to open its index before the tests give up on it; nothing asserts speed.
START_TIMEOUT_S = 120.0

NAM_DINH = """Nam Định rà soát sản phẩm OCOP giữa năm 2020

Nam Định, 12/6/2020. Hội nghị chiều nay điểm lại hai năm làm OCOP ở tỉnh Nam Định.

Tính đến tháng 6/2020, tỉnh Nam Định có 62 sản phẩm OCOP của 29 cơ sở sản xuất, trong đó 18 sản phẩm đạt 4 sao.

Hết năm 2020, tỉnh đặt mục tiêu có trên 100 sản phẩm từ 3 sao trở lên.
"""
AN_GIANG = """An Giang kết nối tiêu thụ sản phẩm OCOP năm 2023

Hội nghị kết nối cung cầu diễn ra tại tỉnh An Giang ngày 15/9/2023 với sự tham gia của nhiều hệ thống bán lẻ.

Đến cuối tháng 8/2023, tỉnh An Giang có 92 sản phẩm OCOP từ 3 sao trở lên, thuộc 62 chủ thể.

Nhiều mặt hàng đã được bán trên các sàn thương mại điện tử.
"""
HOSTILE = """<script>alert(1)</script> Cà Mau có 165 sản phẩm OCOP

Theo báo cáo ngày 20/12/2022, tỉnh Cà Mau có 165 sản phẩm OCOP <img src=x onerror=alert(2)> của 91 chủ thể.

Phần lớn là thủy sản chế biến như tôm khô, mắm và ba khía muối.
"""
BAC_GIANG = """Bắc Giang đẩy mạnh sản phẩm OCOP từ vải thiều

Tính đến tháng 12/2021, tỉnh Bắc Giang có 183 sản phẩm OCOP, trong đó 42 sản phẩm đạt 4 sao.

Vải thiều Lục Ngạn và mỳ Chũ là hai mặt hàng được nhắc tới nhiều nhất.
"""


def put(data: Path, text: str, url: str | None, published: str, *, source: str = "Báo thử") -> Article:
    """Archive one text under an address, as the crawler reads a text file."""
    raw = Raw(body=text.encode("utf-8"), content_type="text/plain; charset=utf-8")
    origin = Origin(source=source, fetched=now_iso(), url=url, published=published, rights="full")
    article = compose(draft_plain(text), origin, raw)
    with Archive(data, create=True) as archive:
        archive.put(article, raw)
    return article


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A data folder with its archive and index, and the articles in it."""

    data: Path
    nam_dinh: Article
    an_giang: Article
    hostile: Article


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Three short articles, indexed with the embedder that needs no model. Never write to it: see `corpus_copy`."""
    from index.build import build  # noqa: PLC0415 (tests of records and the crawler run without the index)

    data = tmp_path_factory.mktemp("corpus")
    made = Corpus(
        data=data,
        nam_dinh=put(data, NAM_DINH, "https://bao.example/nam-dinh.html", "2020-06-12"),
        an_giang=put(data, AN_GIANG, None, "2023-09-15"),
        hostile=put(data, HOSTILE, "javascript:alert(3)", "2022-12-20", source="<b>Báo</b> thử"),
    )
    build(data, embedder="hash-256", progress=False)
    return made


@pytest.fixture
def corpus_copy(corpus: Corpus, tmp_path: Path) -> Path:
    """A data folder of the test's own, with the corpus and its index."""
    return Path(shutil.copytree(corpus.data, tmp_path / "data"))


def wait_until(condition: Callable[[], bool], what: str, *, timeout_s: float = START_TIMEOUT_S) -> None:
    """Return once the condition holds; fail the test, naming what was waited for, where it never does."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"waited {timeout_s:g} s in vain for: {what}")
        time.sleep(0.05)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A running server. `url` has no closing slash; `log` is the file its JSON log lines go to."""

    url: str
    client: httpx.Client
    log: Path


@contextmanager
def served(data: Path, log: Path, *, ready: bool = True, settings: Mapping[str, str] | None = None) -> Iterator[Served]:
    """`python server.py` over a data folder, on a free port of 127.0.0.1; waits for its index where `ready`.

    settings: variables beginning with OCOP_ that the server is started with. Unless they say otherwise no question is
    kept: folders are shared, and nothing of a test may be found by another.
    """
    environment = {**os.environ, "OCOP_KEEP_QUESTIONS_DAYS": "0", **(settings or {})}
    command = [sys.executable, "server.py", "--data", str(data), "--host", "127.0.0.1", "--port", "0", "--json"]
    with (
        log.open("wb") as log_file,
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log_file, env=environment) as process,
    ):
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line, f"the server said nothing: {log.read_text(encoding='utf-8')}"
            url = str(json.loads(line)["url"]).rstrip("/")
            # trust_env: a proxy named in the environment must not come between the test and loopback.
            with httpx.Client(base_url=url, timeout=60.0, trust_env=False) as client:
                wait_until(lambda: answers(client), "the server to answer")
                if ready:
                    wait_until(lambda: client.get("/api/ready").json()["status"] != "loading", "the index to be tried")
                    state = client.get("/api/ready")
                    assert state.status_code == 200, state.text
                yield Served(url=url, client=client, log=log)
        finally:
            process.terminate()
            process.wait(timeout=30)


def answers(client: httpx.Client) -> bool:
    """Whether the server behind this client is up."""
    try:
        return client.get("/api/health").status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture(scope="session")
def server(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server over the shared corpus, for tests that only read."""
    with served(corpus.data, tmp_path_factory.mktemp("log") / "server.log") as running:
        yield running


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo portal crawled over real HTTP and indexed with the default embedder. Never write to it."""
    from demo.conductor import write_sources  # noqa: PLC0415
    from demo.portal import PORTALS, running  # noqa: PLC0415
    from index.build import build  # noqa: PLC0415

    data = tmp_path_factory.mktemp("demo")
    first = free_ports()
    with running(range(first, first + PORTALS)):
        sources = write_sources(data, first)
        subprocess.run(
            [sys.executable, "-m", "crawler", "--sources", str(sources), "--data", str(data)],
            cwd=ROOT,
            check=True,
            capture_output=True,
            timeout=300,
        )
    build(data, progress=False)
    return data


@pytest.fixture(scope="session")
def law_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's legal pages, indexed with the embedder that needs no model. Never write to it."""
    from index.build import build  # noqa: PLC0415
    from tests.legal_pages import archive_pages  # noqa: PLC0415

    data = tmp_path_factory.mktemp("law")
    archive_pages(data)
    build(data, embedder="hash-256", progress=False)
    return data


@pytest.fixture
def site() -> Iterator[Site]:
    """A small site on loopback that answers what a test tells it to."""
    with serving() as state:
        yield state
