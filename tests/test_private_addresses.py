"""A hostile site cannot lead the crawler to private addresses: the real crawler, in a process whose DNS lies.

The site stands at 93.184.216.34 by DNS; a driver routes connections to that address to a server on loopback. Everything
else that the crawler connects to goes where it says, so a canary on loopback sees whatever gets through.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PUBLIC = "93.184.216.34"
HOST = "cong.example.vn"

# answers: by name, one list of addresses a question, the last one for all further questions.
DRIVER = f"""
import json, socket, sys
settings = json.loads(sys.argv.pop(1))
answers, site, canary = settings["answers"], settings["site"], settings["canary"]
genuine_lookup, genuine_connect = socket.getaddrinfo, socket.socket.connect

def lookup(host, port, family=0, type=0, proto=0, flags=0):
    if host not in answers:
        return genuine_lookup(host, port, family, type, proto, flags | socket.AI_NUMERICHOST)
    turns = answers[host]
    found = turns.pop(0) if len(turns) > 1 else turns[0]
    return [entry for one in found for entry in genuine_lookup(one, port, family, type, proto, flags)]

def connect(self, address):
    if address[0] == "{PUBLIC}":
        return genuine_connect(self, ("127.0.0.1", site))
    if address[0] == "169.254.169.254":
        return genuine_connect(self, ("127.0.0.1", canary))
    if address[0] in ("::1", "64:ff9b::7f00:1"):
        return genuine_connect(self, ("::ffff:127.0.0.1", canary))
    return genuine_connect(self, address)

socket.getaddrinfo, socket.socket.connect = lookup, connect
from crawler.__main__ import main
raise SystemExit(main(sys.argv[1:]))
"""


@dataclass
class Served:
    """A server on loopback: what it redirects to by path, and the paths it was asked for."""

    port: int = 0
    moves: dict[str, str] = field(default_factory=dict)
    pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def servers() -> Iterator[tuple[Served, Served]]:
    """(the hostile site, the canary)."""
    running = [_serve() for _ in range(2)]
    yield running[0][0], running[1][0]
    for _, server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join()


def _serve() -> tuple[Served, ThreadingHTTPServer, threading.Thread]:
    state = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(self.path)
            body = state.pages.get(self.path)
            move = state.moves.get(self.path)
            self.send_response(302 if move else 200 if body else 404)
            if move:
                self.send_header("Location", move)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Connection", "close")  # every request opens a connection, and asks DNS, anew
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    return state, server, thread


def article(name: str) -> bytes:
    text = (
        f"Xã {name} có 4 sản phẩm OCOP được công nhận hạng 3 sao trong năm nay, gồm chè, mật ong, măng khô và rượu "
        f"ngô.</p><p>Sang năm, xã {name} dự định làm thêm hai hồ sơ OCOP mới và xin chấm lại một sản phẩm đã hết hạn."
    )
    title = f"Xã {name} có 4 sản phẩm OCOP"
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>".encode()


def listing(*paths: str) -> bytes:
    return ("<html><body>" + "".join(f'<a href="{path}">tin</a>' for path in paths) + "</body></html>").encode()


def crawl(
    folder: Path, site: Served, canary: Served, answers: dict[str, list[list[str]]], home: str = f"http://{HOST}/"
) -> tuple[dict[str, Any], str]:
    """The report of one crawl of a source that is not local, with what was logged."""
    table = folder / "sources.toml"
    table.write_text(
        f'[[source]]\nid = "mau"\nname = "Mẫu"\nhome = {json.dumps(home)}\ndelay_s = 0.0\n'
        'listings = ["/tin"]\narticles = ["^/tin/"]\n',
        encoding="utf-8",
    )
    settings = json.dumps({"answers": answers, "site": site.port, "canary": canary.port})
    done = subprocess.run(
        [
            *(sys.executable, "-c", DRIVER, settings, "crawl", "--json", "--contact", "kiem-thu@example.vn"),
            *("--sources", str(table), "--data", str(folder / "data")),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result, done.stderr


def test_redirects_to_private_addresses_are_refused(servers: tuple[Served, Served], tmp_path: Path) -> None:
    site, canary = servers
    port = canary.port
    targets = [
        f"http://127.0.0.1:{port}/",
        "http://169.254.169.254/latest/meta-data/",
        f"http://[::1]:{port}/",
        f"http://[::ffff:127.0.0.1]:{port}/",
        f"http://2130706433:{port}/",
        f"http://0x7f000001:{port}/",
        f"http://017700000001:{port}/",
        f"http://127.1:{port}/",
        f"http://localhost:{port}/",
        f"http://{HOST}@127.0.0.1:{port}/",
        f"http://{HOST}:{port}/tin/x.html",
        f"//127.0.0.1:{port}/",
        f"http://trong.example.vn:{port}/",
        "file:///etc/passwd",
    ]
    site.pages = {"/tin": listing("/tin/a.html", *(f"/tin/{i}.html" for i in range(len(targets))))}
    site.pages["/tin/a.html"] = article("An")
    site.moves = {f"/tin/{i}.html": target for i, target in enumerate(targets)}
    result, _ = crawl(tmp_path, site, canary, {HOST: [[PUBLIC]], "trong.example.vn": [["127.0.0.1"]]})
    assert canary.asked == []
    assert {f"/tin/{i}.html" for i in range(len(targets))} <= set(site.asked)
    assert result["articles"] == 1
    assert result["sources"][0]["failed"] == len(targets)


@pytest.mark.parametrize(
    "answer",
    [["127.0.0.1"], ["::1"], ["169.254.169.254"], ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"], [PUBLIC, "127.0.0.1"]],
    ids=" ".join,
)
def test_a_name_that_leads_to_a_private_address_is_refused(
    servers: tuple[Served, Served], tmp_path: Path, answer: list[str]
) -> None:
    site, canary = servers
    home = f"http://{HOST}:{canary.port}/"
    result, _ = crawl(tmp_path, site, canary, {HOST: [answer]}, home)
    assert (canary.asked, site.asked) == ([], [])
    assert result["articles"] == 0
    assert f"địa chỉ nội bộ: '{HOST}' dẫn tới {answer[-1]}" in result["sources"][0]["problems"][0][1]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "localhost", "169.254.169.254"]
)
def test_a_source_at_a_private_address_is_refused_unless_local(
    servers: tuple[Served, Served], tmp_path: Path, host: str
) -> None:
    site, canary = servers
    result, _ = crawl(tmp_path, site, canary, {}, f"http://{host}:{canary.port}/")
    assert canary.asked == []
    assert result["articles"] == 0


def test_a_name_rebound_between_two_requests_is_refused(servers: tuple[Served, Served], tmp_path: Path) -> None:
    site, canary = servers
    site.pages = {"/tin": listing("/tin/a.html", "/tin/b.html")}
    site.pages |= {"/tin/a.html": article("An"), "/tin/b.html": article("Bình")}
    home = f"http://{HOST}:{canary.port}/"
    # robots.txt, the listing and one article; from then on the name leads to this machine.
    result, _ = crawl(tmp_path, site, canary, {HOST: [[PUBLIC], [PUBLIC], [PUBLIC], ["127.0.0.1"]]}, home)
    assert site.asked[:2] == ["/robots.txt", "/tin"]
    assert len(site.asked) == 3
    assert canary.asked == []
    assert result["articles"] == 1
    assert result["sources"][0]["problems"] == [[f"{home}tin/b.html", f"địa chỉ nội bộ: '{HOST}' dẫn tới 127.0.0.1"]]


def test_a_proxy_of_the_environment_is_not_asked(
    servers: tuple[Served, Served], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, canary = servers
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{canary.port}")
    site.pages = {"/tin": listing("/tin/a.html"), "/tin/a.html": article("An")}
    result, _ = crawl(tmp_path, site, canary, {HOST: [[PUBLIC]]})
    assert canary.asked == []
    assert result["articles"] == 1
