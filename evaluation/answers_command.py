"""`python -m evaluation answers`: question files, and near misses made for the occasion, asked and judged."""

import argparse
import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crawler.archive import Archive
from demo.pages import FOLDER as DEMO_FOLDER
from evaluation.answers import Asked, Asker, assistant_over, read_questions, run
from evaluation.floors import TABLE as FLOORS
from evaluation.floors import floor_of, shortfalls
from evaluation.near_miss_floors import near_miss_floor, near_miss_shortfalls
from evaluation.near_miss_judge import Tried, ask_all
from evaluation.near_miss_report import false_ones, near_misses_record, near_misses_table
from evaluation.near_misses import SEED, near_misses
from evaluation.put_otherwise import FORMS, put
from evaluation.remote import RemoteAssistant
from evaluation.report import FileRun, answers_table, as_record, files_table, together, wrong_ones
from evaluation.retold import make_retold_corpus, retold_questions

DEMO_QUESTIONS = DEMO_FOLDER / "questions.toml"
OWN_QUESTIONS = Path(__file__).resolve().parent / "questions"
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Who is asked, and the data folder it answers from (None where only its server is known)."""

    asker: Asker
    data: Path | None


def add_answers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command and its flags."""
    answers = commands.add_parser(
        "answers",
        help="hỏi các tệp câu hỏi, so từng câu trả lời với điều phải có",
        description="Đo tỷ lệ trả lời đúng (giá trị và trang được dẫn), nguồn dẫn đỡ được ý, trả lời dù kho không có, "
        "kho có mà không trả lời; in ra từng câu sai.",
    )
    answers.add_argument(
        "--file",
        type=Path,
        action="append",
        metavar="TỆP",
        help="tệp câu hỏi, TOML, hoặc thư mục các tệp .toml; có thể ghi nhiều lần (mặc định: demo/questions.toml và "
        "evaluation/questions)",
    )
    answers.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="thư mục dữ liệu đã có chỉ mục (mặc định: thu thập và lập chỉ mục cổng mẫu vào thư mục tạm)",
    )
    answers.add_argument(
        "--retold",
        action="store_true",
        help="hỏi trên tin thật kể lại trong evaluation/retold, với các câu hỏi của chúng nếu không ghi --file",
    )
    answers.add_argument(
        "--url",
        metavar="MÁY-CHỦ",
        help="hỏi một máy chủ đang chạy, ví dụ http://127.0.0.1:8000; với --near-misses thì --data là kho của máy chủ",
    )
    answers.add_argument(
        "--put",
        choices=tuple(FORMS),
        help="hỏi cùng các câu ấy theo cách nói khác: chữ hoa cả câu, không dấu, có lời chào, lời cảm ơn",
    )
    answers.add_argument(
        "--near-misses",
        type=_count,
        default=0,
        metavar="N",
        help="hỏi thêm N câu giống câu thật nhưng kho không có lời đáp: đổi tỉnh, huyện, năm, hạng sao, điều được đếm "
        "hay số hiệu văn bản",
    )
    answers.add_argument(
        "--seed", type=int, default=SEED, metavar="SỐ", help="cùng số này thì cùng các câu ấy (mặc định: %(default)s)"
    )
    answers.add_argument(
        "--as-of",
        type=_day,
        metavar="YYYY-MM-DD",
        help="hỏi như vào ngày này (mặc định: hôm nay; với --gate: ngày ghi trong evaluation/floors.toml)",
    )
    answers.add_argument("--json", action="store_true", help="in mọi câu hỏi và câu trả lời dạng JSON")
    answers.add_argument("--gate", action="store_true", help="mã thoát 1 khi kém hơn sàn trong evaluation/floors.toml")
    answers.set_defaults(run=_answers)


def question_files(given: Sequence[Path] | None) -> tuple[Path, ...]:
    """The files meant: those given, a folder as its .toml files by name; without any, the demo's and our own.

    Raises:
        ValueError: a folder given holds none.
    """
    if not given:
        return (DEMO_QUESTIONS, *sorted(OWN_QUESTIONS.glob("*.toml")))
    files: list[Path] = []
    for path in given:
        found = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        if not found:
            raise ValueError(f"{path} không có tệp câu hỏi .toml nào")
        files += found
    return tuple(dict.fromkeys(files))


def _answers(options: argparse.Namespace) -> int:
    if options.url is not None and (options.data is not None) != bool(options.near_misses):
        raise ValueError("với --url, --data chỉ để biết máy chủ có những trang nào: cần --near-misses thì ghi cả hai")
    if options.retold and (options.url is not None or options.data is not None):
        raise ValueError("--retold tự dựng kho: không đi cùng --data hay --url")
    if options.put and options.gate:
        raise ValueError("--put hỏi theo cách nói khác, còn sàn của --gate là của các câu như đã ghi: bỏ một trong hai")
    files = retold_questions() if options.retold and not options.file else question_files(options.file)
    questions = {file: _as_put(read_questions(file), options.put) for file in files}
    floors = {file: floor_of(file, FLOORS) for file in files} if options.gate else {}
    most = near_miss_floor(options.near_misses, options.seed, FLOORS) if options.gate and options.near_misses else None
    progress = sys.stderr.isatty() or not options.json
    runs: list[FileRun] = []
    tried: tuple[Tried, ...] = ()
    with asker_over(options.data, options.url, retold=options.retold) as held:
        for file, asked in questions.items():
            as_of: date | None = options.as_of or (floors[file].as_of if file in floors else None)
            report, outcomes = run(asked, held.asker, as_of, progress=progress)
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            runs.append(FileRun(file=file, sha256=digest, as_of=as_of, report=report, outcomes=outcomes))
        if options.near_misses and held.data is not None:
            with Archive(held.data) as archive:
                articles = list(archive.articles())
            # always of the same questions, so that another file asked beside leaves the near misses what they are
            misses = near_misses(articles, read_questions(DEMO_QUESTIONS), options.near_misses, seed=options.seed)
            on: date | None = options.as_of or (None if most is None else most.as_of)
            tried = ask_all(misses, held.asker, on, progress=progress)
    if options.json:
        record = as_record(runs)
        if tried:
            record["near_misses"] = near_misses_record(tried, seed=options.seed)
        print(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        _print(runs, tried)
    if not options.gate:
        return 0
    short = [f"{one.file.name}: {line}" for one in runs for line in shortfalls(one.report, floors[one.file])]
    if most is not None:
        short += near_miss_shortfalls(tried, most)
    for line in short:
        print(f"Dưới sàn: {line}", file=sys.stderr)
    if not short:
        print("Đạt sàn.", file=sys.stderr)
    return 1 if short else 0


def _as_put(asked: tuple[Asked, ...], form: str | None) -> tuple[Asked, ...]:
    return asked if form is None else tuple(put(one, form) for one in asked)


def _print(runs: Sequence[FileRun], tried: Sequence[Tried]) -> None:
    report, outcomes = together(runs)
    parts = [files_table(runs), answers_table(report, outcomes), wrong_ones(outcomes)]
    if tried:
        parts += [near_misses_table(tried), false_ones(tried)]
    print("\n\n".join(part for part in parts if part))


@contextmanager
def asker_over(data: Path | None, url: str | None, *, retold: bool = False) -> Iterator[Held]:
    """Who is asked: a server, the assistant over a data folder, or the one over a corpus made for the occasion: the
    demo's, or that of news retold."""
    if url is not None:
        yield Held(asker=RemoteAssistant(url), data=data)
    elif data is not None:
        yield Held(asker=assistant_over(data), data=data)
    else:
        from demo.corpus import make_demo_corpus  # noqa: PLC0415 (loads the crawler's tools)

        with tempfile.TemporaryDirectory() as folder:
            (make_retold_corpus if retold else make_demo_corpus)(Path(folder))
            yield Held(asker=assistant_over(Path(folder)), data=Path(folder))


def _day(text: str) -> date:
    try:
        if _ISO_DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} không phải một ngày dạng YYYY-MM-DD, ví dụ 2026-11-22")


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} không phải số nguyên từ 0")
    return int(text)
