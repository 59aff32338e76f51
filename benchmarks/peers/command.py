"""`python -m benchmarks peers`: its flags, and what it does with them."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from benchmarks.peers.peer import PEERS
from crawler.archive import now_iso
from evaluation.own_set import read_own
from evaluation.retrieval_command import read_set, set_named

_SIZES = (10_000, 100_000)


def add_peers(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", positive: Callable[[str], int], results: Path
) -> argparse.ArgumentParser:
    """Add the command to those of `python -m benchmarks`; its `--json` is added there."""
    parser = commands.add_parser(
        "peers",
        help="đo kho tìm kiếm bên cạnh LanceDB, Chroma, txtai, Haystack, Milvus Lite, SQLite FTS5 + FAISS",
        description="Dựng kho này và các kho khác từ cùng vectơ và từ, rồi hỏi cùng câu hỏi, xen kẽ từng vòng: thời "
        "gian, câu mỗi giây, độ đúng, bộ nhớ, đĩa, thêm và xóa. Các kho khác được cài vào môi trường riêng; bảng và "
        "hình được ghi cạnh tệp kết quả.",
    )
    parser.add_argument(
        "--passages",
        type=positive,
        action="append",
        metavar="N",
        help=f"số đoạn; có thể ghi nhiều lần (mặc định: {' và '.join(str(size) for size in _SIZES)})",
    )
    parser.add_argument(
        "--peers", type=_names, default=tuple(PEERS), metavar="TÊN,…", help=f"chỉ các kho này (có {', '.join(PEERS)})"
    )
    parser.add_argument(
        "--texts",
        type=set_named,
        action="append",
        default=[],
        metavar="BỘ",
        help="lấy thêm vectơ và từ của bộ thử này, ghi như --set của evaluation retrieval; có thể ghi nhiều lần",
    )
    for flag, default, what in (
        ("--queries", 300, "số câu hỏi mỗi kiểu lọc"),
        ("--seconds", 10, "số giây nhiều nhất mỗi vòng cho mỗi phép đo"),
        ("--minutes", 30, "kho nào dựng lâu hơn thì thôi"),
    ):
        parser.add_argument(flag, type=positive, default=default, metavar="N", help=f"{what} (mặc định: %(default)s)")
    parser.add_argument(
        "--work",
        type=Path,
        default=Path("build/peers"),
        metavar="FOLDER",
        help="giữ môi trường và dữ liệu đo ở đây cho lần sau (mặc định: %(default)s)",
    )
    parser.add_argument(
        "--plot", type=Path, metavar="FILE", help="vẽ vào tệp này (mặc định: cạnh tệp kết quả, đuôi .svg)"
    )
    parser.set_defaults(run=lambda options: _run(options, results))
    return parser


def _run(options: argparse.Namespace, results: Path) -> tuple[str, str, dict[str, object]]:
    """(tables, file name, record) of a run; its tables and its plot are written beside the record."""
    from benchmarks.peers.environment import peers_python  # noqa: PLC0415
    from benchmarks.peers.plot import draw_peers  # noqa: PLC0415 (loads matplotlib)
    from benchmarks.peers.real import read_real  # noqa: PLC0415 (loads the index)
    from benchmarks.peers.run import measure_peers  # noqa: PLC0415
    from benchmarks.peers.table import peers_tables  # noqa: PLC0415

    saved: Path = options.json or results / f"{now_iso()[:10]}-peers.json"
    sets = [read_own(), *(read_set(kind, paths) for kind, paths in options.texts)]
    options.work.mkdir(parents=True, exist_ok=True)
    own = Path(sys.executable)
    theirs = peers_python(options.work / "env") if any(PEERS[name][1] for name in options.peers) else own
    report = measure_peers(
        read_real(sets, options.work),
        options.passages or _SIZES,
        {name: theirs if PEERS[name][1] else own for name in options.peers},
        options.work,
        queries=options.queries,
        seconds=options.seconds,
        build_limit_s=60 * options.minutes,
    )
    tables = peers_tables(report)
    saved.parent.mkdir(parents=True, exist_ok=True)
    saved.with_suffix(".md").write_text(f"{tables}\n", encoding="utf-8")
    draw_peers(report, options.plot or saved.with_suffix(".svg"))
    return tables, saved.name, asdict(report)


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    unknown = [name for name in names if name not in PEERS]
    if unknown:
        raise argparse.ArgumentTypeError(f"không có kho {', '.join(unknown)}; có {', '.join(PEERS)}")
    return names
