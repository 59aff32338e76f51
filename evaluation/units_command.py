"""`python -m evaluation units`: what telling the khoản of everyday questions is worth, and fitting it anew."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from assistant.likely_told import LIKELY, SURE
from assistant.likely_unit import fitted
from evaluation.answers_command import asker_over
from evaluation.units import fit, read_examples, read_test, vectors_of, worth, write
from index.search import Searcher

TEST = Path(__file__).with_name("domain_units.toml")


def add_units(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command and its flags."""
    units = commands.add_parser(
        "units",
        help="đo và tính lại cách đoán khoản của quyết định mà câu hỏi hỏi tới",
        description="Đo mô hình của assistant/likely_unit.py trên evaluation/domain_units.toml, câu hỏi của những "
        "người khác với người viết assistant/asked_units.tsv. Thêm --fit thì tính lại trên asked_units.tsv và ghi "
        "assistant/likely_unit.npz.",
    )
    units.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="thư mục dữ liệu đã có chỉ mục, để thêm dấu cho câu hỏi (mặc định: thu thập và lập chỉ mục cổng mẫu vào "
        "thư mục tạm)",
    )
    units.add_argument("--fit", action="store_true", help="tính lại và ghi assistant/likely_unit.npz, vài phút")
    units.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    units.set_defaults(run=_units)


def _units(options: argparse.Namespace) -> int:
    test = read_test(TEST)
    with asker_over(options.data, None) as held:
        assert held.data is not None
        searcher = Searcher.open(held.data)
        if options.fit:
            examples = read_examples()
            write(fit(examples, None), fit(examples, vectors_of(examples, searcher)))
            fitted.cache_clear()
            print("Đã ghi assistant/likely_unit.npz.", file=sys.stderr)
        vectors = vectors_of(test, searcher)
        searcher.close()
    found = {
        name: {
            least: worth(fitted(with_vector=given is not None), test, given, least=least) for least in (LIKELY, SURE)
        }
        for name, given in (("vectors", vectors), ("words", None))
    }
    if options.json:
        told = {name: {str(least): asdict(one) for least, one in by.items()} for name, by in found.items()}
        print(json.dumps(told, indent=1))
        return 0
    names = {"vectors": "từ và vectơ", "words": "chỉ từ"}
    for name, by in found.items():
        some = next(iter(by.values()))
        print(f"{names[name]}: khoản đoán đầu đúng {some.first} / {some.questions} câu")
        for least, one in by.items():
            print(
                f"  từ {least:.0%} trở lên: lên tiếng {one.spoken}, đúng {one.right}; "
                f"của {one.without} câu không khoản nào đáp: {one.spoken_without}"
            )
    return 0
