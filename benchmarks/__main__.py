"""`python -m benchmarks [answers|embed|extract|crawl|records|products|rebuild|load|page|peers]`: time and memory."""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.catalogue import catalogue_lines, measure_catalogue
from benchmarks.corpus import demo_questions, own_questions
from benchmarks.crawl import crawl_lines, measure_crawl
from benchmarks.extract import demo_samples, extraction_table, folder_samples, measure_extraction
from benchmarks.load import LoadFigures, load_lines, measure_load
from benchmarks.measure import Figures, as_table, measure
from benchmarks.peers.command import add_peers
from benchmarks.rebuild import measure_rebuild, rebuild_lines
from benchmarks.records import measure_records, record_lines
from crawler.archive import ArchiveError
from demo.corpus import make_demo_corpus
from index.build import BuildError
from index.embed import HASH_EMBEDDER, EmbedderError
from index.manifest import IndexUnusable
from index.store import STORES

COMMANDS = ("answers", "embed", "extract", "crawl", "records", "products", "rebuild", "load", "page", "peers")
RESULTS = Path(__file__).resolve().parent / "results"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and save; the exit code is 0 when it did, 1 when it could not, 2 for a wrong call."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0] not in COMMANDS and given[0] not in ("-h", "--help")):
        given.insert(0, "answers")
    options = _parser().parse_args(given)
    try:
        table, name, record = options.run(options)
        saved: Path = options.json or RESULTS / name
        saved.parent.mkdir(parents=True, exist_ok=True)
        saved.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except (ArchiveError, BuildError, EmbedderError, IndexUnusable, OSError, RuntimeError, ValueError) as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 1
    print(table)
    print(f"\nĐã ghi {saved}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Đo tốc độ và bộ nhớ. Không ghi lệnh thì là answers."
    )
    commands = parser.add_subparsers(title="các lệnh", metavar="LỆNH", required=True)
    answers = commands.add_parser(
        "answers",
        help="đo từng bước của một câu hỏi và việc dựng chỉ mục",
        description="Đo thời gian từng bước của một câu hỏi, tốc độ dựng chỉ mục và bộ nhớ. "
        "Câu hỏi lấy từ demo/questions.toml: hỏi lần đầu, rồi hỏi lại; sau đó là những câu khác, mỗi câu một lần. Mỗi "
        "lượt hỏi đều tính vectơ mới.",
    )
    answers.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="thư mục dữ liệu đã có chỉ mục, không bị thay đổi (mặc định: thu thập và lập chỉ mục cổng mẫu vào thư "
        "mục tạm)",
    )
    answers.add_argument(
        "--rounds", type=_positive, default=3, metavar="N", help="hỏi lại tất cả các câu N lần (mặc định: %(default)s)"
    )
    answers.add_argument(
        "--others",
        type=_positive,
        default=2000,
        metavar="N",
        help="hỏi thêm nhiều nhất N câu của evaluation/questions, mỗi câu một lần (mặc định: %(default)s)",
    )
    answers.set_defaults(run=_answers)
    embed = commands.add_parser(
        "embed",
        help="đo mô hình vectơ mặc định, bên cạnh ONNX Runtime và PyTorch",
        description="Tính vectơ của câu hỏi và đoạn mẫu bằng mô hình mặc định, bằng ONNX Runtime chạy riêng và bằng "
        "PyTorch với cùng trọng số, xen kẽ trong một lượt chạy.",
    )
    embed.add_argument("--passages", type=_positive, default=64, metavar="N", help="số đoạn (mặc định: %(default)s)")
    embed.add_argument(
        "--rounds", type=_positive, default=3, metavar="N", help="đo tất cả N lần (mặc định: %(default)s)"
    )
    embed.set_defaults(run=_embed)
    extract = commands.add_parser(
        "extract",
        help="đo số trang đọc được mỗi giây, bên cạnh trafilatura",
        description="Đọc các trang của cổng mẫu, và của thư mục đã cho, bằng bộ đọc này (có và không có quy tắc của "
        "nguồn) và bằng trafilatura, xen kẽ trong một lượt chạy.",
    )
    extract.add_argument("--pages", type=Path, metavar="FOLDER", help="đo cả các tệp *.html trong thư mục này")
    extract.add_argument(
        "--rounds", type=_positive, default=3, metavar="N", help="đọc tất cả các trang N lần (mặc định: %(default)s)"
    )
    extract.set_defaults(run=_extract)
    crawl = commands.add_parser(
        "crawl",
        help="đo một lần thu thập trang sinh ra trên máy này",
        description="Thu thập một trang web sinh ra trên máy này: số trang mỗi giây, bộ nhớ khi kho lớn dần, và lần "
        "thu thập sau khi không trang nào đổi.",
    )
    crawl.add_argument("--pages", type=_positive, default=10_000, metavar="N", help="số trang (mặc định: %(default)s)")
    crawl.set_defaults(run=_crawl)
    records = commands.add_parser(
        "records",
        help="đo việc đọc dữ liệu từ bài: văn bản, bộ tiêu chí, số liệu, người",
        description="Đọc mọi dữ liệu của những bài ghép từ các trang của cổng mẫu cho dài như bài báo, trên một nhân; "
        "bên cạnh là thời gian đọc chính các trang ấy thành bài.",
    )
    records.add_argument("--articles", type=_positive, default=1000, metavar="N", help="số bài (mặc định: %(default)s)")
    records.set_defaults(run=_records)
    products = commands.add_parser(
        "products",
        help="đo việc lọc và đếm sản phẩm, bên cạnh SQLite",
        description="Lọc, đếm và xếp sản phẩm bịa ra, bằng kho của dự án và bằng SQLite có chỉ mục ở mọi cột với "
        "GROUP BY, xen kẽ trong một lượt chạy; cả việc dựng, mở và bộ nhớ.",
    )
    products.add_argument(
        "--products", type=_positive, default=100_000, metavar="N", help="số sản phẩm (mặc định: %(default)s)"
    )
    products.set_defaults(run=_products)
    rebuild = commands.add_parser(
        "rebuild",
        help="đo việc dựng lại chỉ mục: từ đầu, không đổi, đổi một phần trăm",
        description="Dựng chỉ mục của những bài ghép từ câu của cổng mẫu: từ đầu, khi không bài nào đổi và khi một "
        "phần trăm số bài đổi; thời gian từng bước, bộ nhớ, và các tệp có giống hệt lần dựng từ đầu không.",
    )
    rebuild.add_argument(
        "--passages", type=_positive, default=10_000, metavar="N", help="khoảng N đoạn (mặc định: %(default)s)"
    )
    rebuild.add_argument(
        "--embedder", default=HASH_EMBEDDER, metavar="TÊN", help="mô hình vectơ (mặc định: %(default)s)"
    )
    rebuild.add_argument("--store", choices=STORES, help="nơi giữ vectơ và từ (mặc định: như khi dựng)")
    rebuild.set_defaults(run=_rebuild)
    load = commands.add_parser(
        "load",
        help="đo máy chủ khi nhiều người hỏi cùng lúc",
        description="Mở máy chủ trong tiến trình riêng rồi hỏi nó qua HTTP: sức chứa; ở 60 % sức chứa, câu đầu tiên "
        "đến sau bao lâu; ở gấp đôi, trả lời có còn đúng và phần dư có bị từ chối ngay không; 200 người không đọc câu "
        "trả lời; bộ nhớ. Câu hỏi đến ngẫu nhiên, không chờ câu trước.",
    )
    load.add_argument("--data", type=Path, metavar="FOLDER", help="như của answers")
    load.add_argument(
        "--rate", type=_rate, metavar="SỐ", help="coi sức chứa là bấy nhiêu câu mỗi giây (mặc định: đo lấy)"
    )
    load.add_argument(
        "--seconds", type=_positive, default=30, metavar="N", help="mỗi phần kéo dài N giây (mặc định: %(default)s)"
    )
    load.add_argument(
        "--minutes", type=int, default=0, metavar="N", help="xem bộ nhớ thêm N phút (mặc định: %(default)s)"
    )
    load.set_defaults(run=_load)
    page = commands.add_parser(
        "page",
        help="đo trang tìm kiếm trên điện thoại với đường truyền chậm",
        description="Mở máy chủ trong tiến trình riêng rồi mở trang tìm kiếm bằng Chromium như một điện thoại dùng 4G "
        "chậm: dung lượng, lúc chữ đầu tiên hiện ra, trang trống và trang có câu trả lời.",
    )
    page.add_argument("--data", type=Path, metavar="FOLDER", help="như của answers")
    page.add_argument(
        "--visits", type=_positive, default=5, metavar="N", help="mở mỗi trang N lần (mặc định: %(default)s)"
    )
    page.set_defaults(run=_page)
    peers = add_peers(commands, _positive, RESULTS)
    for command in (answers, embed, extract, crawl, records, products, rebuild, load, page, peers):
        command.add_argument(
            "--json",
            type=Path,
            metavar="FILE",
            help="ghi kết quả vào tệp này (mặc định: một tệp trong benchmarks/results/)",
        )
    return parser


def _answers(options: argparse.Namespace) -> tuple[str, str, dict[str, object]]:
    """(table, file name, record) of a run over questions."""
    figures = _measured(options.data, options.rounds, options.others)
    return (
        as_table(figures),
        f"{figures.measured[:10]}-{figures.embedder.replace('/', '-')}.json",
        asdict(figures),
    )


def _embed(options: argparse.Namespace) -> tuple[str, str, dict[str, object]]:
    """(table, file name, record) of a run over the default embedder and its peers."""
    from benchmarks.embed import demo_passages, embed_table, measure_embedders  # noqa: PLC0415 (loads PyTorch)

    speed = measure_embedders(demo_questions(), demo_passages(options.passages), rounds=options.rounds)
    return embed_table(speed), f"{speed.measured[:10]}-embed.json", asdict(speed)


def _extract(options: argparse.Namespace) -> tuple[str, str, dict[str, object]]:
    """(table, file name, record) of a run over pages."""
    samples = demo_samples() + (folder_samples(options.pages) if options.pages is not None else ())
    speeds = measure_extraction(samples, rounds=options.rounds)
    return extraction_table(speeds), f"{speeds.measured[:10]}-extract.json", asdict(speeds)


def _crawl(options: argparse.Namespace) -> tuple[str, str, dict[str, object]]:
    """(lines, file name, record) of a crawl."""
    figures = measure_crawl(options.pages)
    return crawl_lines(figures), f"{figures.measured[:10]}-crawl.json", asdict(figures)


def _records(options: argparse.Namespace) -> tuple[str, str, dict[str, object]]:
    """(lines, file name, record) of reading records."""
    speed = measure_records(demo_samples(), options.articles)
    return record_lines(speed), f"{speed.measured[:10]}-records.json", asdict(speed)


def _products(options: argparse.Namespace) -> tuple[str, str, dict[str, object]]:
    """(lines, file name, record) of filtering products."""
    speed = measure_catalogue(options.products)
    return catalogue_lines(speed), f"{speed.measured[:10]}-products.json", asdict(speed)


def _rebuild(options: argparse.Namespace) -> tuple[str, str, dict[str, object]]:
    """(lines, file name, record) of building again."""
    figures = measure_rebuild(demo_samples(), options.passages, options.embedder, options.store)
    return rebuild_lines(figures), f"{figures.measured[:10]}-rebuild.json", asdict(figures)


def _load(options: argparse.Namespace) -> tuple[str, str, dict[str, object]]:
    """(lines, file name, record) of a server under load."""

    def measured(data: Path) -> LoadFigures:
        return measure_load(
            data, demo_questions(), rate_per_s=options.rate, seconds=options.seconds, minutes=options.minutes
        )

    if options.data is not None:
        figures = measured(options.data)
    else:
        with tempfile.TemporaryDirectory() as folder:
            make_demo_corpus(Path(folder))
            figures = measured(Path(folder))
    return load_lines(figures), f"{figures.measured[:10]}-load.json", asdict(figures)


def _page(options: argparse.Namespace) -> tuple[str, str, dict[str, object]]:
    """(lines, file name, record) of the search page on a slow line."""
    from benchmarks.page import PageFigures, measure_page, page_lines  # noqa: PLC0415 (loads Playwright)

    def measured(data: Path) -> PageFigures:
        return measure_page(data, demo_questions()[0], visits=options.visits)

    if options.data is not None:
        figures = measured(options.data)
    else:
        with tempfile.TemporaryDirectory() as folder:
            make_demo_corpus(Path(folder))
            figures = measured(Path(folder))
    return page_lines(figures), f"{figures.measured[:10]}-page.json", asdict(figures)


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate < 10_000:
        raise argparse.ArgumentTypeError(f"{text!r} không phải số câu mỗi giây")
    return rate


def _measured(data: Path | None, rounds: int, others: int) -> Figures:
    if data is None:
        with tempfile.TemporaryDirectory() as folder:
            make_demo_corpus(Path(folder))
            return _measured(Path(folder), rounds, others)
    return measure(data, demo_questions(), own_questions()[:others], rounds=rounds)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} không phải số nguyên dương")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
