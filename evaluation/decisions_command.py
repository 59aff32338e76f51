"""`python -m evaluation decisions`: what is read of the demo's decisions, beside what they say."""

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from crawler.archive import Archive
from demo.corpus import make_demo_corpus
from evaluation.decision_gold import gold_told
from evaluation.decision_judge import judge_decisions
from evaluation.decision_report import decision_floors, decision_shortfalls, decisions_record, decisions_table, faults
from index.decisions.decision import DecisionTold
from index.search import Searcher


def add_decisions(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command and its flags."""
    decisions = commands.add_parser(
        "decisions",
        help="đo việc đọc quyết định của cổng mẫu, từng trường và từng dòng danh sách",
        description="So quyết định mà chỉ mục giữ với demo/decisions.toml và evaluation/decisions.toml: số, ngày, nơi "
        "ban hành, việc làm, số lượng tự nêu, rồi từng sản phẩm. In theo cách trình bày và theo trường.",
    )
    decisions.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="thư mục dữ liệu của cổng mẫu đã có chỉ mục (mặc định: thu thập và lập chỉ mục vào thư mục tạm)",
    )
    decisions.add_argument("--list", action="store_true", help="in thêm mọi trường sai, sót, thừa")
    decisions.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    decisions.add_argument("--gate", action="store_true", help="mã thoát 1 khi kém sàn ở evaluation/floors.toml")
    decisions.set_defaults(run=_decisions)


def _decisions(options: argparse.Namespace) -> int:
    floors = decision_floors() if options.gate else ()
    with demo_folder(options.data) as data:
        judged = judge_decisions(gold_told(), told_by_path(data))
    short = decision_shortfalls(judged, floors)
    if options.json:
        print(json.dumps(decisions_record(judged), ensure_ascii=False, indent=1))
    else:
        print(decisions_table(judged))
        if options.list:
            print(f"\n{faults(judged)}")
        for line in short:
            print(f"KÉM SÀN: {line}")
    return 1 if short else 0


@contextmanager
def demo_folder(data: Path | None) -> Iterator[Path]:
    """The folder given, or one of the demo made for the occasion and gone after it."""
    if data is not None:
        yield data
        return
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        make_demo_corpus(made)
        yield made


def told_by_path(data: Path) -> Mapping[str, Sequence[DecisionTold]]:
    """What each article of a demo folder tells of decisions, by the path and query of its address."""
    searcher = Searcher.open(data)
    try:
        told = [one for decision in searcher.decisions() for one in decision.told]
    finally:
        searcher.close()
    by_path: dict[str, list[DecisionTold]] = defaultdict(list)
    with Archive(data) as archive:
        for one in told:
            article = archive.get(one.article_id)
            if article is not None and article.url:
                parts = urlsplit(article.url)
                by_path[parts.path + (f"?{parts.query}" if parts.query else "")].append(one)
    return by_path
