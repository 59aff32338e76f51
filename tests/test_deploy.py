"""deploy/: the image is made as the Makefile says, the units hold, and nginx passes sentences and addresses on."""

import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT, Corpus, answers, served, wait_until
from tests.test_docs import settings_read
from tests.test_layout import MAY_IMPORT
from widget.page import STATIC

DEPLOY = ROOT / "deploy"
UNITS = ("ocop.service", "ocop-crawl.service", "ocop-crawl.timer")
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
SYSTEMD_ANALYZE = shutil.which("systemd-analyze")
HADOLINT = shutil.which("hadolint", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")


# The image


def instructions() -> list[tuple[str, str]]:
    """(word, rest) of every instruction of the Dockerfile, comments left out and lines joined."""
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines if line.strip())]


def rest_of(word: str) -> list[str]:
    return [rest for found, rest in instructions() if found == word]


def pip_words(command: str) -> tuple[list[str], str]:
    """(the words of `pip install` before what is installed, what is installed)."""
    words = shlex.split(command[command.index("-m pip install") :].partition(" && ")[0])
    return words[: words.index("-e")], words[words.index("-e") + 1]


def test_the_image_installs_what_the_makefile_installs() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (pip,) = re.findall(r"^PIP := (.*)$", makefile, re.MULTILINE)
    (run,) = [rest for rest in rest_of("RUN") if "pip install" in rest]
    ours = pip.replace("$(PIP_FLAGS)", "${PIP_FLAGS}").replace("$(BIN)", ".venv/bin")
    assert pip_words(run)[0] == pip_words(f"{ours} -e .")[0]
    assert "PIP_DISABLE_PIP_VERSION_CHECK=1" in pip
    assert "PIP_DISABLE_PIP_VERSION_CHECK=1" in run
    assert run.startswith("python3 -m venv .venv && ")
    extras = set(pip_words(run)[1].strip(".[]").split(","))
    (developers,) = re.findall(r"-e '\.\[([a-z,-]+)\]'", makefile)
    assert extras == set(developers.split(",")) - {"dev"}


def test_the_image_holds_what_the_server_imports_and_no_more() -> None:
    copied = {source for rest in rest_of("COPY") if "--from" not in rest for source in rest.split()[:-1]}
    settled = {"pyproject.toml", "constraints.txt", "README.md"}  # README.md: pyproject.toml names it
    assert copied == {*MAY_IMPORT["server"], "server.py", *settled}
    allowed = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert {line.removeprefix("!") for line in allowed if line.startswith("!")} == copied
    assert allowed[[not line.startswith("#") for line in allowed].index(True)] == "*"


def test_the_image_reads_scans_with_the_makefiles_programs() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (apt,) = [rest for rest in rest_of("RUN") if "apt-get install" in rest]
    programs = set(re.findall(r"tesseract-ocr[a-z-]*", apt))
    assert programs == set(re.findall(r"tesseract-ocr[a-z-]*", makefile)) == {"tesseract-ocr", "tesseract-ocr-vie"}
    assert "--no-install-recommends" in apt
    assert "rm -rf /var/lib/apt/lists/*" in apt


def test_the_image_is_slim_and_of_a_python_the_project_allows() -> None:
    required = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    for image in rest_of("FROM"):
        version = re.match(r"python:3\.(\d+)-slim-[a-z]+\b", image)
        assert version is not None, image
        assert int(version[1]) >= int(required.removeprefix(">=3."))


def test_the_image_runs_as_nobody_and_writes_only_its_data() -> None:
    words = [word for word, _ in instructions()]
    assert rest_of("USER") == ["10001:10001"]
    assert words.index("USER") > max(place for place, word in enumerate(words) if word in {"RUN", "COPY"})
    assert "ADD" not in words
    assert rest_of("VOLUME") == ["/data"]
    assert "--uid 10001" in " ".join(rest_of("RUN"))
    assert "e5_folder()" in " ".join(rest_of("RUN"))  # else the first start would want to write it


def test_the_image_sets_only_settings_that_are_read() -> None:
    (environment,) = rest_of("ENV")
    named = dict(pair.split("=", 1) for pair in environment.split())
    assert {name for name in named if name.startswith("OCOP_")} <= settings_read()
    assert (named["OCOP_DATA"], named["PYTHONDONTWRITEBYTECODE"]) == ("/data", "1")
    assert rest_of("EXPOSE") == [named["OCOP_PORT"]]
    assert not [rest for rest in (*rest_of("ENV"), *rest_of("ARG")) if re.search(r"(?i)token|key|secret", rest)]


def test_the_health_check_of_the_image_asks_a_server_that_runs(corpus: Corpus, tmp_path: Path) -> None:
    (check,) = rest_of("HEALTHCHECK")
    code = re.search(r'"-c", "(.*)"\]', check)
    assert code is not None
    with served(corpus.data, tmp_path / "log", ready=False) as running:
        asked = code[1].replace("http://127.0.0.1:8000", running.url)
        assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
    gone = subprocess.run([sys.executable, "-c", asked], check=False, capture_output=True)
    assert gone.returncode == 1


@pytest.mark.skipif(HADOLINT is None, reason="hadolint is not installed")
def test_hadolint_finds_nothing() -> None:
    done = subprocess.run([str(HADOLINT), str(DEPLOY / "Dockerfile")], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0)


def test_the_image_keeps_to_what_linters_ask() -> None:
    for rest in rest_of("RUN"):
        assert not re.search(r"\bsudo\b|curl[^|]*\|\s*(?:ba)?sh|apt-get upgrade|pip install (?!--)", rest)
    for word in ("ENTRYPOINT", "CMD"):
        assert all(rest.startswith("[") for rest in rest_of(word))  # signals reach the server itself
    assert not [rest for rest in rest_of("FROM") if ":latest" in rest or ":" not in rest]


# The units


def unit(name: str) -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(DEPLOY / name, encoding="utf-8")
    return parser


@pytest.mark.parametrize("name", ["ocop.service", "ocop-crawl.service"])
def test_a_service_may_do_no_more_than_it_needs(name: str) -> None:
    service = unit(name)["Service"]
    assert (service["User"], service["CapabilityBoundingSet"], service["ProtectSystem"]) == ("ocop", "", "strict")
    for hardening in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "ProtectKernelModules"):
        assert service[hardening] == "yes"
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert set(re.findall(r"OCOP_[A-Z_]+", text)) <= settings_read()


def test_the_nightly_run_may_take_its_network_away() -> None:
    # crawler/worker.py reads files of strangers in namespaces of its own
    assert unit("ocop-crawl.service")["Service"]["RestrictNamespaces"] == "user net"
    commands = re.findall(
        r"^ExecStart=(.*)$", (DEPLOY / "ocop-crawl.service").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert [command.partition(" -m ")[2].split()[:2] for command in commands] == [
        ["crawler", "crawl"],
        ["index", "build"],
    ]


@pytest.mark.skipif(SYSTEMD_ANALYZE is None, reason="systemd-analyze is not installed")
def test_systemd_reads_the_units(tmp_path: Path) -> None:
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        # the program is where it is installed, which here it is not
        (tmp_path / name).write_text(text.replace("/opt/ocop/.venv/bin/python", sys.executable), encoding="utf-8")
    for name in UNITS:
        done = subprocess.run(
            [str(SYSTEMD_ANALYZE), "verify", "--man=no", str(tmp_path / name)],
            capture_output=True,
            text=True,
            check=False,
        )
        ours = [line for line in (done.stdout + done.stderr).splitlines() if str(tmp_path) in line or "ocop" in line]
        assert (ours, done.returncode) == ([], 0)


# nginx


@contextmanager
def nginx_before(upstream: str, folder: Path) -> Iterator[httpx.Client]:
    """deploy/nginx.conf before a server at host:port, with a certificate of the day; a client of it, elsewhere."""
    openssl = shutil.which("openssl")
    if NGINX is None or openssl is None:
        pytest.skip("nginx or openssl is not installed")
    certificate, key = folder / "fullchain.pem", folder / "privkey.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    made = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *files, *subject]
    subprocess.run(made, check=True, capture_output=True)
    secure = free_port()
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for written, meant in (
        ("127.0.0.1:8000;", f"{upstream};"),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{secure} ssl"),
        ("ocop.example.vn", "127.0.0.1"),
        ("/etc/ssl/ocop/fullchain.pem", str(certificate)),
        ("/etc/ssl/ocop/privkey.pem", str(key)),
    ):
        assert written in site
        site = site.replace(written, meant)
    site = re.sub(r"^ *listen \[::\].*\n", "", site, flags=re.MULTILINE)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    head = f"daemon off;\npid {folder}/pid;\nerror_log stderr;\n" + ("user root;\n" if os.geteuid() == 0 else "")
    whole = folder / "nginx.conf"
    whole.write_text(f"{head}events {{}}\nhttp {{\naccess_log off;\n{folders}{site}\n}}\n", encoding="utf-8")
    command = [NGINX, "-e", "stderr", "-p", str(folder), "-c", str(whole)]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    trust = ssl.create_default_context(cafile=str(certificate))
    # a reader is not where the proxy is
    transport = httpx.HTTPTransport(verify=trust, local_address="127.0.0.2")
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            with httpx.Client(base_url=f"https://127.0.0.1:{secure}", transport=transport, timeout=60.0) as client:
                wait_until(lambda: answers(client), "nginx to answer")
                yield client
        finally:
            process.terminate()
            process.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class _Slowly(BaseHTTPRequestHandler):
    """Sends the second event of an answer once somebody has read the first."""

    read = threading.Event()

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(b"event: status\n\n")
        self.read.wait(60)
        self.wfile.write(b"event: done\n\n")

    def log_message(self, *_: object) -> None:
        pass


def test_behind_nginx_no_event_waits_for_the_next(tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Slowly) as upstream:
        threading.Thread(target=upstream.serve_forever, daemon=True).start()
        try:
            with nginx_before(f"127.0.0.1:{upstream.server_port}", tmp_path) as client:
                for path in ("/api/ask", "/v1/chat/completions", "/mcp"):
                    _Slowly.read.clear()
                    headers = {"Accept": "text/event-stream", "Accept-Encoding": "gzip"}
                    with client.stream("POST", path, json={}, headers=headers, timeout=30.0) as response:
                        pieces = response.iter_raw()
                        assert next(pieces) == b"event: status\n\n"
                        _Slowly.read.set()
                        assert b"".join(pieces) == b"event: done\n\n"
        finally:
            upstream.shutdown()


def test_behind_nginx_the_server_knows_who_asks(corpus: Corpus, tmp_path: Path) -> None:
    table = tmp_path / "cong.toml"
    table.write_text('[limits]\nsearch = "2/hour"\n', encoding="utf-8")
    settings = {"OCOP_TRUSTED_PROXIES": "127.0.0.1", "OCOP_PORTALS": str(table)}
    with (
        served(corpus.data, tmp_path / "log", settings=settings) as running,
        nginx_before(running.url.removeprefix("http://"), tmp_path) as client,
    ):
        page = client.get("/", headers={"Accept-Encoding": "gzip"})
        assert (page.status_code, page.headers["content-encoding"]) == (200, "gzip")
        assert page.headers["strict-transport-security"] == "max-age=31536000"
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert client.get("/metrics").status_code == 404
        style = client.get("/static/page.css", headers={"Accept-Encoding": "gzip"})
        assert (style.headers["content-encoding"], style.content) == ("gzip", (STATIC / "page.css").read_bytes())
        # so does the longest question, in an address
        longest = client.get("/", params={"q": "ỗ" * 2000}, headers={"Accept": "text/html"})
        assert (longest.status_code, len(str(longest.url)) > 18_000) == (200, True)
        # a long chat reaches the server, which takes it up to its own limit
        told = [{"role": "assistant", "content": "câu đã trả lời " * 8000}, {"role": "user", "content": "OCOP là gì?"}]
        chat = client.post("/v1/chat/completions", json={"model": "ocop", "messages": told})
        assert chat.status_code == 200
        assert len(chat.request.content) > 128 * 1024
        # counted for whoever asks, whatever that one writes into the header
        invented = [{"X-Forwarded-For": f"203.0.113.{number}"} for number in range(3)]
        seen = [client.get("/api/search", params={"q": "OCOP"}, headers=headers).status_code for headers in invented]
        assert seen == [200, 200, 429]
