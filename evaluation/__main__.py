"""`python -m evaluation answers|law|retrieval|extract|figures|damage|kills`: how well answers and reading do."""

import argparse
import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path

from tqdm import tqdm

from crawler.archive import ArchiveError
from crawler.sandbox import Sandbox
from demo.conductor import ConductorError
from demo.pages import FOLDER as DEMO_FOLDER
from evaluation.answers import Asker, assistant_over, read_questions, run
from evaluation.build_kills import kill_builds
from evaluation.damage import FOLDERS, LIMIT_S, DamageError, damage_table, inputs, read_originals, run_damage
from evaluation.extract import BenchmarkError, extract_record, extract_table, read_benchmark, run_benchmark
from evaluation.figures import figures_record, figures_table, judge, read_gold, report, wrong_figures
from evaluation.floors import TABLE as FLOORS
from evaluation.floors import FloorsError, floor_of, shortfalls
from evaluation.kills import as_line, kill_crawls
from evaluation.law_answers import ask_cases, law_record, law_table, read_cases
from evaluation.remote import RemoteAssistant, RemoteError
from evaluation.report import answers_table, as_record, wrong_ones
from evaluation.retrieval_command import add_retrieval
from index.build import BuildError
from index.embed import EmbedderError
from index.manifest import IndexUnusable

COMMANDS = ("answers", "law", "retrieval", "extract", "figures", "damage", "kills")
_TROUBLES = (
    *(OSError, ValueError, RuntimeError),
    *(ArchiveError, BenchmarkError, BuildError, ConductorError, DamageError, EmbedderError, FloorsError),
    *(IndexUnusable, RemoteError),
)
LAW_GOLD = Path(__file__).resolve().parent / "law.toml"
FIGURES_GOLD = Path(__file__).resolve().parent / "figures.toml"
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


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
    answers = commands.add_parser(
        "answers",
        help="hỏi một tệp câu hỏi, so từng câu trả lời với điều phải có",
        description="Đo tỷ lệ trả lời đúng (giá trị và trang được dẫn), trả lời dù kho không có, kho có mà không "
        "trả lời; in ra từng câu sai.",
    )
    answers.add_argument(
        "--file",
        type=Path,
        default=DEMO_FOLDER / "questions.toml",
        metavar="TỆP",
        help="tệp câu hỏi, TOML (mặc định: demo/questions.toml)",
    )
    where = answers.add_mutually_exclusive_group()
    where.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="thư mục dữ liệu đã có chỉ mục (mặc định: thu thập và lập chỉ mục cổng mẫu vào thư mục tạm)",
    )
    where.add_argument("--url", metavar="MÁY-CHỦ", help="hỏi một máy chủ đang chạy, ví dụ http://127.0.0.1:8000")
    answers.add_argument(
        "--as-of",
        type=_day,
        metavar="YYYY-MM-DD",
        help="hỏi như vào ngày này (mặc định: hôm nay; với --gate: ngày ghi trong evaluation/floors.toml)",
    )
    answers.add_argument("--json", action="store_true", help="in mọi câu hỏi và câu trả lời dạng JSON")
    answers.add_argument("--gate", action="store_true", help="mã thoát 1 khi kém hơn sàn trong evaluation/floors.toml")
    answers.set_defaults(run=_answers)
    law = commands.add_parser(
        "law",
        help="hỏi các ca về luật theo ngày, so với văn bản phải áp dụng",
        description="Hỏi nguyên câu hỏi của từng ca trong evaluation/law.toml. Đúng là khi nêu đúng và đủ văn bản áp "
        "dụng, lý do, tình trạng, ngày, và nói chưa xác định khi chưa xác định. In hai nửa riêng, từng ca sai.",
    )
    law.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="thư mục dữ liệu đã có chỉ mục (mặc định: thu thập và lập chỉ mục cổng mẫu vào thư mục tạm)",
    )
    law.add_argument("--half", choices=("development", "report"), help="chỉ một nửa (mặc định: cả hai)")
    law.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    law.set_defaults(run=_law)
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


def _answers(options: argparse.Namespace) -> int:
    questions = read_questions(options.file)
    floor = floor_of(options.file, FLOORS) if options.gate else None
    as_of: date | None = options.as_of or (None if floor is None else floor.as_of)
    with _asker(options.data, options.url) as asker:
        report, outcomes = run(questions, asker, as_of, progress=sys.stderr.isatty() or not options.json)
    if options.json:
        digest = hashlib.sha256(options.file.read_bytes()).hexdigest()
        record = as_record(report, outcomes, file=options.file, sha256=digest, as_of=as_of)
        print(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        wrong = wrong_ones(outcomes)
        print(answers_table(report, outcomes) + (f"\n\n{wrong}" if wrong else ""))
    if floor is None:
        return 0
    short = shortfalls(report, floor)
    for line in short:
        print(f"Dưới sàn: {line}", file=sys.stderr)
    if not short:
        print("Đạt sàn.", file=sys.stderr)
    return 1 if short else 0


def _law(options: argparse.Namespace) -> int:
    cases = [one for one in read_cases(LAW_GOLD) if options.half in (None, one.half)]
    with _asker(options.data, None) as asker:
        judged = ask_cases(cases, asker, progress=sys.stderr.isatty())
    print(json.dumps(law_record(judged), ensure_ascii=False, indent=1) if options.json else law_table(judged))
    return 0


@contextmanager
def _asker(data: Path | None, url: str | None) -> Iterator[Asker]:
    """Who is asked: a server, the assistant over a data folder, or the one over a demo corpus made for the occasion."""
    if url is not None:
        yield RemoteAssistant(url)
    elif data is not None:
        yield assistant_over(data)
    else:
        from demo.corpus import make_demo_corpus  # noqa: PLC0415 (loads the crawler's tools)

        with tempfile.TemporaryDirectory() as folder:
            make_demo_corpus(Path(folder))
            yield assistant_over(Path(folder))


def _day(text: str) -> date:
    try:
        if _ISO_DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} không phải một ngày dạng YYYY-MM-DD, ví dụ 2026-11-22")


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
