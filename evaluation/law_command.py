"""`python -m evaluation law`: the cases about which law applied on a day, asked as questions and judged."""

import argparse
import json
import sys
from pathlib import Path

from evaluation.answers_command import asker_over
from evaluation.law_answers import ask_cases, law_record, law_table, read_cases

LAW_GOLD = Path(__file__).resolve().parent / "law.toml"


def add_law(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command and its flags."""
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


def _law(options: argparse.Namespace) -> int:
    cases = [one for one in read_cases(LAW_GOLD) if options.half in (None, one.half)]
    with asker_over(options.data, None) as held:
        judged = ask_cases(cases, held.asker, progress=sys.stderr.isatty())
    print(json.dumps(law_record(judged), ensure_ascii=False, indent=1) if options.json else law_table(judged))
    return 0
