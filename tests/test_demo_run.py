"""`python -m demo`: the greeting, the conductor's refusals, and that nothing is left running."""

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawler.archive import Archive
from demo.children import Children
from demo.conductor import greeting, outdated, write_questions
from demo.portal import PORTALS
from index.manifest import FORMAT, current_name
from index.switch import switch
from tests.portals import free_ports, get
from web.samples import FILE_NAME

ROOT = Path(__file__).parents[1]


def test_the_greeting_names_the_address_and_three_questions() -> None:
    text = greeting(8123)
    assert "http://127.0.0.1:8123/" in text
    assert text.count("•") == 3


def test_the_page_is_given_the_questions_of_the_greeting(tmp_path: Path) -> None:
    asked = json.loads(write_questions(tmp_path).read_text(encoding="utf-8"))
    assert len(asked) == 3
    assert [line.strip().removeprefix("• ") for line in greeting(8123).splitlines() if "•" in line] == asked
    assert (tmp_path / FILE_NAME).exists(), "the server looks for another file"


def test_the_conductor_names_a_taken_port_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port, other = taken.getsockname()[1], free_ports()
        data = tmp_path / "data"
        command = [sys.executable, "-m", "demo", "run", "--data", str(data)]
        for arguments, variable in (
            (["--port", str(port), "--demo-port", str(other)], "PORT"),
            (["--port", str(other), "--demo-port", str(port)], "DEMO_PORT"),
        ):
            ended = subprocess.run(
                [*command, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
            )
            assert ended.returncode == 1
            assert f"cổng {port} đang" in ended.stderr
            assert f"make run {variable}=" in ended.stderr
            assert not data.exists()


def test_the_conductor_stops_all_with_the_reason_when_the_index_cannot_be_used(tmp_path: Path) -> None:
    """The real server on a damaged index: no model is loaded, nothing is crawled, nothing is left running."""
    with Archive(tmp_path, create=True):
        (tmp_path / "index").mkdir()
        (tmp_path / "index" / "CURRENT").write_text("nonsense\n", encoding="utf-8")
    ports = free_ports()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "demo", "run", "--data", str(tmp_path), "--port", str(port)]
    ended = subprocess.run(
        [*command, "--demo-port", str(ports)], cwd=ROOT, capture_output=True, text=True, timeout=250, check=False
    )
    assert ended.returncode == 1
    assert "'nonsense'" in ended.stderr
    assert "python -m index build" in ended.stderr
    for number in (port, *range(ports, ports + PORTALS)):
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", number)) != 0


def test_an_index_of_an_older_program_is_told_from_a_sound_and_a_damaged_one(corpus_copy: Path) -> None:
    """`make run` builds it anew; the server would refuse it."""
    manifest = corpus_copy / "index" / current_name(corpus_copy) / "manifest.json"
    made = json.loads(manifest.read_text(encoding="utf-8"))
    assert not outdated(corpus_copy)
    for older in ({"model_sha256": "0" * 64}, {"format": FORMAT - 1}):
        manifest.write_text(json.dumps({**made, **older}), encoding="utf-8")
        switch(corpus_copy / "index", manifest.parent.name)
        assert outdated(corpus_copy)
    for other in ({"embedder": "nobody/some-model"}, {"format": FORMAT + 1}):
        manifest.write_text(json.dumps({**made, **other}), encoding="utf-8")
        switch(corpus_copy / "index", manifest.parent.name)
        assert not outdated(corpus_copy)
    manifest.write_text("{", encoding="utf-8")
    assert not outdated(corpus_copy)


def alive(pid: int) -> bool:
    """Whether the process runs; one that only waits to be reaped does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="đọc trạng thái tiến trình qua /proc, chỉ có trên Linux"
)
def test_stopping_ends_what_the_programs_started_too(tmp_path: Path) -> None:
    note = tmp_path / "pids"
    grandchild = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    program = (
        "import os, subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', {grandchild!r}])\n"
        f"open({str(note) + '.new'!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}')\n"
        f"os.rename({str(note) + '.new'!r}, {str(note)!r})\n"
        "time.sleep(600)\n"
    )
    children = Children()
    try:
        children.start("stubborn", ["-c", program])
        while not note.exists():
            assert children.ended("stubborn") is None
            time.sleep(0.02)
        pids = [int(pid) for pid in note.read_text(encoding="ascii").split()]
        assert [alive(pid) for pid in pids] == [True, True]
    finally:
        children.stop(grace_s=0.5)
    while any(alive(pid) for pid in pids):
        time.sleep(0.02)
    with pytest.raises(KeyError):
        children.ended("stubborn")


def test_serving_an_edition_ends_on_sigterm_and_refuses_a_taken_port() -> None:
    port = free_ports()
    command = [sys.executable, "-m", "demo", "serve", "--port", str(port), "--edition", "2"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as serving:
        assert serving.stdout is not None
        assert serving.stdout.readline() == f"http://127.0.0.1:{port}/\n"
        assert get(f"http://127.0.0.1:{port}/robots.txt").status == 200
        assert get(f"http://127.0.0.1:{port + 6}/thoi-su/cho-phien-ocop-cuoi-tuan-d1.html").status == 410
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert second.returncode == 1
        assert f"{port}-{port + PORTALS - 1}" in second.stderr
        serving.terminate()
        assert serving.wait(timeout=60) == 0


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.write_text("", encoding="utf-8")
    command = [sys.executable, "-m", "demo", "run", "--data", str(data), "--demo-port", str(free_ports())]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ended = subprocess.run(
        [*command, "--port", str(port)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    assert f"không dùng được thư mục dữ liệu {data}" in ended.stderr
