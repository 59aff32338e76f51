"""`python -m demo run`: portal, crawl, index and server, from nothing to a page that answers; then all stopped at once.

ConductorError   it cannot start or cannot go on; the message is for readers, in Vietnamese
└── StopError    someone asked for the end (Ctrl-C, SIGTERM, SIGHUP)
"""

import json
import signal
import socket
import sys
import threading
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from demo.children import Children
from demo.pages import EDITIONS, FOLDER
from demo.portal import HOST, PORTALS

SOURCES_FILE = "demo-sources.toml"
QUESTIONS_FILE = "demo-questions.json"  # read by the server: the page offers what the terminal offers
SERVER_LOG = "server.log"
REFRESH_LOG = "demo-refresh.log"
_ARCHIVE_FILE = "archive.sqlite"
_INDEX_FILE = "index/CURRENT"  # names the generation in use; there once a build has ended
_READY_LIMIT_S = 300.0
_POLL_S = 0.1
_ASK_S = 0.3  # between two looks at whether a server answers
_TAIL_LINES = 15
_BODY_LIMIT = 10_000
_NAMES = {
    "portal": "cổng mẫu",
    "crawler": "bộ thu thập",
    "index": "bộ lập chỉ mục",
    "server": "máy chủ hỏi đáp",
}


class ConductorError(Exception):
    """It cannot start or cannot go on; the message says what was found and what to do."""


class StopError(ConductorError):
    """Someone asked for the end."""


def run(*, port: int, data: Path, demo_port: int) -> int:
    """Start everything and stay until it is to stop; the exit status (0: stopped on request, 1: something failed)."""
    data = data.resolve()  # the programs run at the root of the project, whatever the folder we were called in
    status, children = 0, Children()
    with _signals() as stop:
        try:
            _check_ports(port, demo_port)
            _make_folder(data)
            sources = write_sources(data, demo_port)
            write_questions(data)
            _Conductor(children, stop, port=port, data=data, demo_port=demo_port, sources=sources).run()
        except StopError:
            _say("\nĐang dừng tất cả…")
        except ConductorError as error:
            status = 1
            _say(f"\nKhông chạy tiếp được: {error}")
        finally:
            children.stop()
    return status


def write_sources(data: Path, demo_port: int) -> Path:
    """Write `data`/demo-sources.toml for the ports from `demo_port` on; its path.

    Raises:
        ConductorError: the folder was crawled from a demo portal on other ports, whose addresses would stay behind.
    """
    path = data / SOURCES_FILE
    text = (FOLDER / "sources.toml").read_text(encoding="utf-8")
    for step in reversed(range(PORTALS)):
        text = text.replace("{port%s}" % (step or ""), str(demo_port + step))
    former, wanted = _homes(path), [entry["home"] for entry in tomllib.loads(text)["source"]]
    if former is not None and not set(former) <= set(wanted):
        raise ConductorError(
            f"thư mục {data} đã thu thập cổng mẫu ở {former[0]}, còn bây giờ là {wanted[0]}. "
            "Hãy dùng lại DEMO_PORT cũ, hoặc chọn thư mục khác: make run DATA=thư-mục-mới"
        )
    path.write_text(text, encoding="utf-8")
    return path


def write_questions(data: Path) -> Path:
    """Write `data`/demo-questions.json, a JSON list of the questions worth asking first; its path."""
    path = data / QUESTIONS_FILE
    path.write_text(json.dumps(shown_questions(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _homes(path: Path) -> list[str] | None:
    """The homes a former run wrote; None where there was none, or where it was cut off while writing."""
    try:
        return [str(entry["home"]) for entry in tomllib.loads(path.read_text(encoding="utf-8"))["source"]]
    except (FileNotFoundError, tomllib.TOMLDecodeError, KeyError):
        return None


def _make_folder(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConductorError(
            f"không dùng được thư mục dữ liệu {data} ({error.strerror}). Hãy chọn thư mục khác: make run DATA=thư-mục"
        ) from error


class _Conductor:
    def __init__(
        self, children: Children, stop: threading.Event, *, port: int, data: Path, demo_port: int, sources: Path
    ) -> None:
        self._children, self._stop = children, stop
        self._port, self._data, self._demo_port, self._sources = port, data, demo_port, sources
        self._crawl = ["-m", "crawler", "--sources", str(sources), "--data", str(data)]
        self._build = ["-m", "index", "build", "--data", str(data)]

    def run(self) -> None:
        known = all((self._data / name).exists() for name in (_ARCHIVE_FILE, _INDEX_FILE))
        _say(f"Mở cổng mẫu tại http://{HOST}:{self._demo_port} (và {PORTALS - 1} cổng kế tiếp)…")
        # A later run meets portals that have moved on, so that its update has something to bring.
        edition = EDITIONS if known else 1
        self._children.start(
            "portal",
            ["-m", "demo", "serve", "--port", str(self._demo_port), "--edition", str(edition), "--quiet"],
        )
        if not known:
            self._await_portal()
            _say("Thu thập cổng mẫu qua HTTP…")
            self._finish("crawler", self._crawl)
            _say("Lập chỉ mục…")
            self._finish("index", self._build)
        elif outdated(self._data):
            _say("Chỉ mục do bản trước của chương trình dựng; dựng lại từ kho đã có…")
            self._finish("index", self._build)
        _say("Mở máy chủ hỏi đáp…")
        with (self._data / SERVER_LOG).open("wb") as output:
            arguments = ["server.py", "--data", str(self._data), "--port", str(self._port)]
            self._children.start("server", arguments, output, {"OCOP_SOURCES": str(self._sources)})
        self._await(f"http://{HOST}:{self._port}/api/ready", "portal", "server")
        _say(greeting(self._port))
        if known:
            self._await_portal()
            self._refresh()
        while True:
            self._pause("portal", "server")

    def _await_portal(self) -> None:
        # The last of its ports opens last.
        self._await(f"http://{HOST}:{self._demo_port + PORTALS - 1}/robots.txt", "portal")

    def _refresh(self) -> None:
        """Crawl and build again while the server answers from the former index; a failure is told, not fatal."""
        log = self._data / REFRESH_LOG
        with log.open("wb") as output:
            for name, arguments in (("crawler", self._crawl), ("index", self._build)):
                self._children.start(name, arguments, output)
                while (status := self._children.ended(name)) is None:
                    self._pause("portal", "server")
                if status != 0:
                    _say(f"Lần cập nhật này chưa xong ({_NAMES[name]}, mã {status}); vẫn trả lời từ kho cũ. Xem {log}")
                    return
        _say("Đã thu thập lại và cập nhật chỉ mục.")

    def _finish(self, name: str, arguments: Sequence[str]) -> None:
        self._children.start(name, arguments)
        while (status := self._children.ended(name)) is None:
            self._pause("portal")
        if status != 0:
            raise ConductorError(f"{_NAMES[name]} dừng với mã {status}; xem thông báo ngay phía trên")

    def _await(self, url: str, *needed: str) -> None:
        """Wait for a 200 at `url` while the programs `needed` live."""
        deadline, last = time.monotonic() + _READY_LIMIT_S, "chưa có trả lời"
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(url, timeout=5) as response:
                    if response.status == 200:
                        return
            except urllib.error.HTTPError as error:
                with error:
                    last = error.read(_BODY_LIMIT).decode("utf-8", "replace")
                if trouble := _trouble(last):
                    raise ConductorError(f"máy chủ chưa có chỉ mục dùng được: {trouble}") from error
            except OSError as error:
                last = str(error)
            for _ in range(round(_ASK_S / _POLL_S)):
                self._pause(*needed)
        raise ConductorError(f"{url} không sẵn sàng sau {_READY_LIMIT_S:.0f} giây ({last})")

    def _pause(self, *needed: str) -> None:
        if self._stop.wait(_POLL_S):
            raise StopError
        for name in needed:
            if (status := self._children.ended(name)) is not None:
                raise ConductorError(f"{_NAMES[name]} đã dừng với mã {status}, nên dừng tất cả{self._last_lines(name)}")

    def _last_lines(self, name: str) -> str:
        """What the server said last, since its output goes to a file and not to the screen."""
        log = self._data / SERVER_LOG
        if name != "server":
            return ""
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_TAIL_LINES:]
        return "\n".join([f". Cuối nhật ký {log}:", *lines])


def outdated(data: Path) -> bool:
    """Whether the index is sound but of an older program: in an older form, or by another version of its model.

    A server would refuse it, and a build mends it. One that is damaged is left for its reader to look at.
    """
    from index.embed import embedder_digest  # noqa: PLC0415 (only a later run asks)
    from index.manifest import IndexTooOld, IndexUnusable, in_use, read_manifest  # noqa: PLC0415

    try:
        manifest = read_manifest(data, in_use(data))
    except IndexUnusable as error:
        return isinstance(error, IndexTooOld)
    return embedder_digest(manifest.embedder) not in (None, manifest.model_sha256)


def shown_questions() -> list[str]:
    """The questions of demo/questions.toml marked `shown`, in order."""
    table = tomllib.loads((FOLDER / "questions.toml").read_text(encoding="utf-8"))
    return [str(entry["question"]) for entry in table["question"] if entry.get("shown")]


def greeting(port: int) -> str:
    """What is shown once everything answers: the address and three questions worth asking."""
    line = "─" * 64
    asked = "\n".join(f"    • {question}" for question in shown_questions())
    return (
        f"\n{line}\n  Trợ lý OCOP đã sẵn sàng:  http://{HOST}:{port}/\n\n  Thử hỏi:\n{asked}\n\n"
        f"  Nhấn Ctrl-C để dừng tất cả.\n{line}"
    )


def _trouble(body: str) -> str | None:
    """Why the server will not become ready by itself, from what /api/ready answers; None while it is still loading."""
    try:
        readiness = json.loads(body)
    except json.JSONDecodeError:
        return None
    if not isinstance(readiness, dict) or readiness.get("status") != "unavailable":
        return None
    return str(readiness.get("trouble"))


def _check_ports(port: int, demo_port: int) -> None:
    wanted = {port: "PORT", **{demo_port + step: "DEMO_PORT" for step in range(PORTALS)}}
    if demo_port <= port < demo_port + PORTALS:
        raise ConductorError(
            f"PORT={port} trùng với cổng mẫu {demo_port}-{demo_port + PORTALS - 1}; hãy đổi PORT= hoặc DEMO_PORT="
        )
    for number, variable in wanted.items():
        # Like the servers themselves: a port that is only waiting out old connections counts as free.
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, number))
            except OSError as error:
                raise ConductorError(
                    f"cổng {number} đang có chương trình khác dùng ({error.strerror}). "
                    f"Hãy chọn số khác: make run {variable}={_other(number)}"
                ) from error


def _other(port: int) -> int:
    return port + 1000 if port + 1000 + PORTALS <= 65535 else port - 1000


@contextmanager
def _signals() -> Iterator[threading.Event]:
    """An event set by SIGINT, SIGTERM and SIGHUP (unless `nohup` has it ignored); the former handlers come back."""
    stop = threading.Event()

    def handle(number: int, frame: FrameType | None) -> None:
        stop.set()

    numbers = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        numbers.append(signal.SIGHUP)
    former = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield stop
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
