"""`python -m evaluation retrieval`: how well search does on test sets given by path."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from crawler.archive import ArchiveError
from evaluation.retrieval import Measured, as_json, as_table, measure, read_alqac, read_squad
from index.build import BuildError
from index.embed import EmbedderError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 when it did what was asked, 1 when it could not, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (OSError, ValueError, ArchiveError, BuildError, EmbedderError) as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description="Đo chất lượng.")
    commands = parser.add_subparsers(title="các lệnh", metavar="LỆNH", required=True)
    retrieval = commands.add_parser(
        "retrieval",
        help="đo tìm kiếm trên các bộ thử công khai",
        description="Đo nDCG@10, MRR@10, Recall của vectơ, BM25 và kết hợp, câu hỏi có dấu và bỏ dấu.",
    )
    retrieval.add_argument(
        "--squad", type=Path, action="append", default=[], metavar="TỆP", help="bộ dạng SQuAD, ví dụ xquad.vi.json"
    )
    retrieval.add_argument("--alqac", type=Path, nargs=2, metavar=("ĐIỀU-LUẬT", "CÂU-HỎI"), help="hai tệp của bộ ALQAC")
    retrieval.add_argument("--embedder", metavar="TÊN|THƯ-MỤC", help="mô hình vectơ (mặc định: e5-small)")
    retrieval.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="giữ kho và chỉ mục của các bộ ở đây để lần sau dùng lại vectơ"
    )
    retrieval.add_argument("--json", type=Path, metavar="TỆP", help="ghi kết quả dạng JSON vào tệp này")
    retrieval.set_defaults(run=_retrieval)
    return parser


def _retrieval(options: argparse.Namespace) -> int:
    sets = [read_squad(path) for path in options.squad]
    if options.alqac is not None:
        sets.append(read_alqac(*options.alqac))
    if not sets:
        raise ValueError("chưa cho bộ thử nào: dùng --squad TỆP hoặc --alqac ĐIỀU-LUẬT CÂU-HỎI")
    measured: list[Measured] = []
    for tested in sets:
        kept = None if options.keep is None else options.keep / tested.name
        measured += measure(tested, embedder=options.embedder, data=kept)
    print(as_table(measured))
    if options.json is not None:
        options.json.write_text(as_json(measured), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
