"""`python -m evaluation relevance`: what the weights of answering are worth, and fitting them anew."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from assistant.relevance import fitted
from assistant.sentences import NONE_LIKELIER
from assistant.signals import NAMES, OF_QUESTION
from evaluation.answers import assistant_over
from evaluation.answers_command import DEMO_QUESTIONS, OWN_QUESTIONS, asker_over, question_files
from evaluation.question_set import files_digest
from evaluation.relevance import command, write

# The day the questions are asked as of, so that law is judged alike whenever weights are fitted.
AS_OF = date(2026, 11, 22)
# The development sets; what is asked to tell how well it all goes is not fitted to.
FITTED_TO = (
    DEMO_QUESTIONS,
    *(OWN_QUESTIONS / f"{name}.toml" for name in ("law_and_portals", "news", "blind", "blind_second")),
)


def add_relevance(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command and its flags."""
    relevance = commands.add_parser(
        "relevance",
        help="đo và tính lại trọng số chọn câu trả lời",
        description="Đo trọng số của assistant/relevance.toml theo lối tính trên bốn phần, thử trên phần còn lại (chia "
        "theo trang), rồi in từng trọng số. Thêm --fit thì tính lại trên mọi câu hỏi và ghi tệp.",
    )
    relevance.add_argument(
        "--file",
        type=Path,
        action="append",
        metavar="TỆP",
        help="tệp câu hỏi, TOML, hoặc thư mục các tệp .toml; có thể ghi nhiều lần (mặc định: các bộ để chọn, "
        "không có những bộ viết sau trọng số, từ blind_third.toml trở đi)",
    )
    relevance.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="thư mục dữ liệu đã có chỉ mục (mặc định: thu thập và lập chỉ mục cổng mẫu vào thư mục tạm)",
    )
    relevance.add_argument("--fit", action="store_true", help="tính lại trọng số và ghi assistant/relevance.toml")
    relevance.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    relevance.set_defaults(run=_relevance)


def _relevance(options: argparse.Namespace) -> int:
    files = question_files(options.file or FITTED_TO)
    with asker_over(options.data, None) as held:
        assert held.data is not None
        worth, weights, examples = command(files, assistant_over(held.data), AS_OF, likelier=NONE_LIKELIER)
    if options.fit:
        write(weights, examples, files, files_digest(files))
    shown = weights if options.fit else fitted()
    if options.json:
        told = {name: round(float(weight), 4) for name, weight in zip(NAMES, shown.weights, strict=True)}
        none = {name: round(float(weight), 4) for name, weight in zip(OF_QUESTION, shown.none, strict=True)}
        print(json.dumps({**asdict(worth), "none": none, "weights": told}, ensure_ascii=False, indent=1))
        return 0
    print(f"{worth.examples} lượt hỏi, {worth.answerable} có lời đáp trong các câu tìm được")
    print("Tính trên bốn phần, thử phần còn lại:")
    print(f"  câu đứng đầu đúng           {worth.first:.1%}")
    print(f"  có lời đáp mà không trả lời {worth.refused:.1%}")
    print(f"  không có mà vẫn trả lời     {worth.answered:.1%}")
    for name, weight in sorted(zip(NAMES, shown.weights.tolist(), strict=True), key=lambda one: -abs(one[1])):
        print(f"{weight:9.3f}  {name}")
    print("Để không câu nào là lời đáp:")
    for name, weight in sorted(zip(OF_QUESTION, shown.none.tolist(), strict=True), key=lambda one: -abs(one[1])):
        print(f"{weight:9.3f}  {name}")
    if options.fit:
        print("Đã ghi assistant/relevance.toml.", file=sys.stderr)
    return 0
