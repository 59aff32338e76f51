"""`python -m benchmarks`: time and memory on the demo corpus or on a data folder of one's own."""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.corpus import demo_questions
from benchmarks.measure import Figures, as_table, measure
from crawler.archive import ArchiveError
from demo.corpus import make_demo_corpus
from index.build import BuildError
from index.embed import EmbedderError
from index.manifest import IndexUnusable

RESULTS = Path(__file__).resolve().parent / "results"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and save; the exit code is 0 when it did, 1 when it could not, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    try:
        figures = _measured(options.data, options.rounds)
        saved: Path = options.json or RESULTS / f"{figures.measured[:10]}-{figures.embedder.replace('/', '-')}.json"
        saved.parent.mkdir(parents=True, exist_ok=True)
        saved.write_text(json.dumps(asdict(figures), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except (ArchiveError, BuildError, EmbedderError, IndexUnusable, OSError, RuntimeError, ValueError) as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 1
    print(as_table(figures))
    print(f"\nĐã ghi {saved}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Đo thời gian từng bước của một câu hỏi, tốc độ dựng chỉ mục và bộ nhớ. "
        "Câu hỏi lấy từ demo/questions.toml; mỗi lượt hỏi đều tính vectơ mới.",
    )
    parser.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="thư mục dữ liệu đã có chỉ mục, không bị thay đổi (mặc định: thu thập và lập chỉ mục cổng mẫu vào thư "
        "mục tạm)",
    )
    parser.add_argument(
        "--rounds", type=_positive, default=3, metavar="N", help="hỏi tất cả các câu N lần (mặc định: %(default)s)"
    )
    parser.add_argument(
        "--json",
        type=Path,
        metavar="FILE",
        help="ghi kết quả vào tệp này (mặc định: một tệp trong benchmarks/results/)",
    )
    return parser


def _measured(data: Path | None, rounds: int) -> Figures:
    if data is not None:
        return measure(data, demo_questions(), rounds=rounds)
    with tempfile.TemporaryDirectory() as folder:
        make_demo_corpus(Path(folder))
        return measure(Path(folder), demo_questions(), rounds=rounds)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} không phải số nguyên dương")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
