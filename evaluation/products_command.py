"""`python -m evaluation products`: are the lines of one product in one record, and how does it stand on the day?"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from evaluation.decision_gold import gold_told, read_beside
from evaluation.decisions_command import demo_folder, told_by_path
from evaluation.product_matching import gold_lines, match_products, matching_floor, matching_shortfalls, matching_table
from index.decisions.merging import merged
from index.products.assembling import assemble


def add_products(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command and its flags."""
    products = commands.add_parser(
        "products",
        help="đo việc gộp các dòng của cùng một sản phẩm, và trạng thái của từng sản phẩm",
        description="So hồ sơ sản phẩm lập từ quyết định của cổng mẫu với đáp án: cặp dòng gộp nhầm, cặp bỏ sót, trạng "
        "thái và hạng sao vào ngày as_of của evaluation/decisions.toml. Mỗi lỗi một dòng.",
    )
    products.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="thư mục dữ liệu của cổng mẫu đã có chỉ mục (mặc định: thu thập và lập chỉ mục vào thư mục tạm)",
    )
    products.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    products.add_argument("--gate", action="store_true", help="mã thoát 1 khi kém sàn ở evaluation/floors.toml")
    products.set_defaults(run=_products)


def _products(options: argparse.Namespace) -> int:
    floor = matching_floor() if options.gate else None
    with demo_folder(options.data) as data:
        told = told_by_path(data)
    products = assemble(merged(one for each in told.values() for one in each))
    matching = match_products(products, gold_lines(gold_told(), told), read_beside())
    short = () if floor is None else matching_shortfalls(matching, floor)
    print(json.dumps(asdict(matching), ensure_ascii=False, indent=1) if options.json else matching_table(matching))
    if not options.json:
        for line in short:
            print(f"KÉM SÀN: {line}")
    return 1 if short else 0
