"""`python -m evaluation`: how good answers, search, reading and records are; each command says what it measures."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tqdm import tqdm

from crawler.archive import ArchiveError
from crawler.sandbox import Sandbox
from demo.conductor import ConductorError
from evaluation.answers_command import add_answers
from evaluation.api_command import add_api
from evaluation.build_kills import kill_builds
from evaluation.damage import FOLDERS, LIMIT_S, DamageError, damage_table, inputs, read_originals, run_damage
from evaluation.decisions_command import add_decisions
from evaluation.extract import BenchmarkError, extract_record, extract_table, read_benchmark, run_benchmark
from evaluation.figures import figures_record, figures_table, judge, read_gold, report, wrong_figures
from evaluation.floors import FloorsError
from evaluation.kills import as_line, kill_crawls
from evaluation.law_command import add_law
from evaluation.products_command import add_products
from evaluation.relevance_command import add_relevance
from evaluation.remote import RemoteError
from evaluation.retrieval_command import add_retrieval
from evaluation.units_command import add_units
from index.build import BuildError
from index.embed import EmbedderError
from index.manifest import IndexUnusable

COMMANDS = (
    *("answers", "api", "law", "relevance", "units", "retrieval", "extract", "figures"),
    *("decisions", "products", "damage", "kills"),
)
_TROUBLES = (
    *(OSError, ValueError, RuntimeError),
    *(ArchiveError, BenchmarkError, BuildError, ConductorError, DamageError, EmbedderError, FloorsError),
    *(IndexUnusable, RemoteError),
)
FIGURES_GOLD = Path(__file__).resolve().parent / "figures.toml"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 when it did what was asked, 1 when it could not, 2 for a wrong call.

    With --gate, 1 also says that answers or search fell below their floor.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0] not in COMMANDS and given[0] not in ("-h", "--help")):
        given.insert(0, "answers")
    options = _parser().parse_args(given)
    try:
        return int(options.run(options))
    except _TROUBLES as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation", description="Đo chất lượng. Không ghi lệnh thì là answers."
    )
    commands = parser.add_subparsers(title="các lệnh", metavar="LỆNH", required=True)
    add_answers(commands)
    add_api(commands)
    add_law(commands)
    add_relevance(commands)
    add_units(commands)
    add_retrieval(commands)
    extract = commands.add_parser(
        "extract",
        help="đo việc lấy phần chính của trang web trên bộ thử công khai",
        description="Chấm bộ đọc trang bên cạnh trafilatura, trên thư mục có dạng của article-extraction-benchmark "
        "(ground-truth.json, html/*.html.gz), theo cách chấm của bộ đó.",
    )
    extract.add_argument("--benchmark", type=Path, required=True, metavar="FOLDER", help="thư mục của bộ thử")
    extract.add_argument("--worst", type=int, default=0, metavar="N", help="in thêm N trang đọc kém nhất")
    extract.add_argument("--json", action="store_true", help="in kết quả của mọi trang dạng JSON")
    extract.set_defaults(run=_extract)
    figures = commands.add_parser(
        "figures",
        help="đo việc đọc số liệu, so từng con số với đáp án viết tay",
        description="Một số liệu chỉ đúng khi mọi trường đều đúng (số, đơn vị đếm, sao, nơi, thời điểm, …). In tỷ lệ "
        "đúng, từng trường, từng số sai.",
    )
    figures.add_argument(
        "--file",
        type=Path,
        default=FIGURES_GOLD,
        metavar="TỆP",
        help="tệp đáp án, TOML (mặc định: evaluation/figures.toml)",
    )
    figures.add_argument(
        "--articles", type=Path, metavar="FOLDER", help="thư mục các bài mà tệp đáp án chỉ nêu số, không chép lại"
    )
    figures.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    figures.set_defaults(run=_figures)
    add_decisions(commands)
    add_products(commands)
    kills = commands.add_parser(
        "kills",
        help="giết bộ thu thập hay việc dựng chỉ mục ở những thời điểm ngẫu nhiên, xem có gì hỏng không",
        description="Thu thập cổng mẫu, hay dựng chỉ mục của nó sau khi một số bài đổi; giết tiến trình (SIGKILL) ở "
        "thời điểm ngẫu nhiên rồi chạy tiếp, đến khi đủ số lần. Kho, hay chỉ mục, phải giống hệt của một lần yên ổn; "
        "sau mỗi lần giết, chỉ mục cũ phải mở được và trả lời như trước. Mã thoát: 1 nếu có lỗi.",
    )
    kills.add_argument(
        "--what", choices=("crawl", "build"), default="crawl", help="giết việc nào (mặc định: %(default)s)"
    )
    kills.add_argument("--count", type=_positive, default=100, metavar="N", help="giết N lần (mặc định: %(default)s)")
    kills.add_argument("--seed", type=int, default=1, metavar="SỐ", help="hạt giống ngẫu nhiên (mặc định: %(default)s)")
    kills.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    kills.set_defaults(run=_kills)

    damage = commands.add_parser(
        "damage",
        help="cho bộ đọc đọc tệp hỏng và tệp độc hại, trong tiến trình cách ly",
        description=f"Làm hỏng tệp tốt theo nhiều cách, thêm các tệp dựng để phá, rồi đọc từng tệp trong {LIMIT_S:g} "
        "giây. In số tệp theo kết quả, tệp chậm nhất, bộ nhớ nhiều nhất. Mã thoát 1 khi có tệp làm bộ đọc lỗi, quá "
        "giờ, quá bộ nhớ hoặc chết (dù đã được cách ly).",
    )
    damage.add_argument("--count", type=int, default=20_000, metavar="N", help="số tệp (mặc định: 20000)")
    damage.add_argument("--seed", type=int, default=0, metavar="N", help="cùng số này thì cùng các tệp (mặc định: 0)")
    damage.add_argument(
        "--originals",
        type=Path,
        action="append",
        metavar="FOLDER",
        help="thư mục có tệp tốt để làm hỏng; có thể ghi nhiều lần (mặc định: demo và tests)",
    )
    damage.add_argument(
        "--keep",
        type=Path,
        default=Path("damage-found"),
        metavar="FOLDER",
        help="nơi giữ những tệp gây lỗi (mặc định: damage-found)",
    )
    damage.set_defaults(run=_damage)
    return parser


def _figures(options: argparse.Namespace) -> int:
    judged = judge(read_gold(options.file), options.articles)
    measured = report(judged)
    if options.json:
        print(json.dumps(figures_record(measured, judged), ensure_ascii=False, indent=1))
    else:
        wrong = wrong_figures(judged)
        print(figures_table(measured) + (f"\n\n{wrong}" if wrong else ""))
    return 0


def _kills(options: argparse.Namespace) -> int:
    kill = kill_builds if options.what == "build" else kill_crawls
    killed = kill(options.count, seed=options.seed, tell=lambda text: print(text, file=sys.stderr, flush=True))
    print(json.dumps(asdict(killed), ensure_ascii=False, indent=1) if options.json else as_line(killed))
    if not options.json:
        for fault in killed.faults:
            print(f"  {fault}")
    return 1 if killed.faults else 0


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} không phải số nguyên dương")
    return int(text)


def _damage(options: argparse.Namespace) -> int:
    originals = read_originals(options.originals or FOLDERS)
    given = tqdm(inputs(originals, options.count, options.seed), total=options.count, unit=" tệp", desc="Đọc tệp hỏng")
    with Sandbox(page_limit_s=LIMIT_S, document_limit_s=LIMIT_S) as sandbox:
        report = run_damage(given, options.keep, sandbox)
    print(damage_table(report))
    if report.findings:
        print(f"{len(report.findings)} tệp gây lỗi được giữ ở {options.keep}", file=sys.stderr)
    return 1 if report.findings else 0


def _extract(options: argparse.Namespace) -> int:
    pages = read_benchmark(options.benchmark)
    with tqdm(total=len(pages), unit="trang", disable=not sys.stderr.isatty()) as bar:
        report = run_benchmark(pages, progress=bar.update)
    if options.json:
        print(json.dumps(extract_record(report), ensure_ascii=False, indent=1))
    else:
        print(extract_table(report, worst=options.worst))
    return 0


if __name__ == "__main__":
    sys.exit(main())
