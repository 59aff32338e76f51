"""The example client and the tour with curl, run against the server as a reader would run them."""

import json
import os
import re
import shutil
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from tests.conftest import ROOT, Corpus, Served

QUESTION = "Tính đến tháng 6/2020 Nam Định có bao nhiêu sản phẩm OCOP?"
ENVIRONMENT = {**os.environ, "NO_PROXY": "127.0.0.1"}


def client(server: Served, question: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "examples/client.py", question, "--url", server.url]
    return subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENT, input=typed, capture_output=True, text=True, check=False, timeout=120
    )


def test_the_client_prints_the_answer_and_its_sources(server: Served, corpus: Corpus) -> None:
    done = client(server, QUESTION)
    assert done.returncode == 0, done.stderr
    answer = server.client.post("/api/ask", json={"question": QUESTION}).json()
    assert done.stdout.startswith(f"{answer['text']}\n")
    assert f"[1] {corpus.nam_dinh.title} (Báo thử)\n    https://bao.example/nam-dinh.html\n" in done.stdout


def test_the_client_holds_a_conversation(server: Served) -> None:
    done = client(server, QUESTION, "Còn An Giang cuối tháng 8/2023?\n")
    assert done.returncode == 0, done.stderr
    assert "92 sản phẩm" in done.stdout.partition("› Còn An Giang")[2]


def test_the_client_says_what_has_no_answer_and_what_is_refused(server: Served) -> None:
    assert "ngoài phạm vi" in client(server, "Giá vàng hôm nay?").stdout
    refused = client(server, " ")
    assert (refused.returncode, refused.stderr) == (1, refused.stderr)
    assert "Xin gõ một câu hỏi" in refused.stderr


def tour() -> list[str]:
    """The commands of the tour in the README, a line each."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- tour of the API -->\n```sh\n(.*?)```", readme, re.DOTALL)
    assert block is not None
    joined = block[1].replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.startswith("curl")]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("command", tour())
def test_the_tour_runs_as_it_is_printed(server: Served, command: str) -> None:
    # the last address of the demo is the reader's own server; ids stand for what came before
    article = server.client.get("/api/search", params={"q": "Nam Định"}).json()["hits"][0]["article_id"]
    told = command.replace("http://127.0.0.1:8000", server.url).replace("ARTICLE_ID", article)
    assert told != command
    done = subprocess.run(
        ["bash", "-c", told.replace("curl ", "curl --fail-with-body ", 1)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout
    if "event-stream" in told or "stream" in told.partition("-d ")[2]:
        assert done.stdout.endswith("\n\n")
        assert "data: " in done.stdout
    elif "feed." in told:
        assert ElementTree.fromstring(done.stdout).tag.endswith("feed")
    else:
        assert json.loads(done.stdout)
