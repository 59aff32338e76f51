"""`python -m evaluation api`: requests made up from the OpenAPI description, right and wrong ones, against a server."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from demo.corpus import make_demo_corpus
from evaluation.serving import serving

# A name that is none, or a question of blanks, is of the right type and refused all the same: JSON Schema cannot say
# what a province is. That it is refused as declared is checked like every other answer.
NOT_CHECKED = ("positive_data_acceptance",)
PHASES = ("examples", "coverage", "fuzzing", "stateful")
_RUN = "import sys; from schemathesis.cli import schemathesis; sys.exit(schemathesis())"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiRun:
    """What came of a run. held: no answer was a 5xx but as declared, and all were as described. said: the report."""

    held: bool
    said: str


def add_api(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    api = commands.add_parser(
        "api",
        help="gửi yêu cầu sinh từ bản mô tả OpenAPI, xem máy chủ có trả lời đúng như mô tả không",
        description="Sinh yêu cầu đúng và sai cho mọi thao tác của /openapi.json bằng schemathesis. Không có trả lời "
        "nào được là 5xx ngoài mô tả; mã, kiểu nội dung, tiêu đề và thân phải đúng như mô tả. Mã thoát 1 nếu có lỗi.",
    )
    api.add_argument(
        "--examples", type=_positive, default=200, metavar="N", help="số yêu cầu mỗi thao tác (mặc định: %(default)s)"
    )
    api.add_argument("--seed", type=int, default=1, metavar="SỐ", help="hạt giống ngẫu nhiên (mặc định: %(default)s)")
    where = api.add_mutually_exclusive_group()
    where.add_argument("--data", type=Path, metavar="FOLDER", help="mở máy chủ trên thư mục dữ liệu này")
    where.add_argument(
        "--url", help="máy chủ đang chạy (mặc định: mở máy chủ trên cổng mẫu được thu thập vào thư mục tạm)"
    )
    api.set_defaults(run=_run)


def check_api(url: str, *, examples: int, seed: int, phases: Sequence[str] = PHASES) -> ApiRun:
    """Make so many requests an operation up from what the server at an address says of itself, and judge its answers.

    Raises:
        OSError: the program cannot be run.
    """
    arguments = [
        *("run", f"{url.rstrip('/')}/openapi.json", "--max-examples", str(examples), "--seed", str(seed)),
        *("--phases", ",".join(phases), "--exclude-checks", ",".join(NOT_CHECKED)),
        *("--no-color", "--warnings", "off", "--generation-database", "none", "--continue-on-failure"),
    ]
    with tempfile.TemporaryDirectory() as folder:  # where it would keep reports and read settings
        done = subprocess.run(
            [sys.executable, "-c", _RUN, *arguments],
            cwd=folder,
            env={**os.environ, "NO_PROXY": "127.0.0.1,localhost"},
            capture_output=True,
            text=True,
            check=False,
        )
    return ApiRun(held=done.returncode == 0, said=done.stdout + done.stderr)


def _run(options: argparse.Namespace) -> int:
    with _address(options) as url:
        done = check_api(url, examples=options.examples, seed=options.seed)
    print(done.said)
    return 0 if done.held else 1


@contextmanager
def _address(options: argparse.Namespace) -> Iterator[str]:
    if options.url is not None:
        yield options.url
        return
    if options.data is not None:
        with serving(options.data) as running:
            yield running.url
        return
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        make_demo_corpus(data)
        with serving(data) as running:
            yield running.url


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} không phải số nguyên dương")
    return int(text)
