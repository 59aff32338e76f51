"""`python -m evaluation retrieval`: its flags, and what it does with them."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from evaluation.floors import TABLE as FLOORS
from evaluation.own_set import read_own
from evaluation.public_sets import read_alqac, read_beir, read_squad
from evaluation.question_set import Half, QuestionSet
from evaluation.retrieval import OURS, RANKINGS, Measured, measure
from evaluation.retrieval_floors import RetrievalFloor, retrieval_floor, retrieval_shortfalls, set_floors
from evaluation.retrieval_report import (
    Difference,
    as_record,
    as_table,
    compare,
    compare_kept,
    each_record,
    read_each,
    write_json,
)
from evaluation.typed import TYPINGS
from index.manifest import IndexSettings

_HALVES: dict[str, Half | None] = {"development": "development", "report": "report", "all": None}
_PAIRS = (
    ("fused", "baseline"),
    ("fused", "bm25"),
    ("fused", "dense"),
    ("bare", "plain"),
    ("half", "plain"),
    ("typos", "plain"),
)
_SETTINGS = ("passage_words", "dense_weight", "authority_weight", "freshness_weight")
# Kind of set -> how many paths it takes, and how it is read.
_READERS: dict[str, tuple[int, Callable[..., QuestionSet]]] = {
    "own": (0, read_own),
    "xquad": (1, read_squad),
    "alqac": (2, read_alqac),
    "beir": (1, read_beir),
}


def add_retrieval(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to those of `python -m evaluation`."""
    parser = commands.add_parser(
        "retrieval",
        help="đo tìm kiếm trên bộ thử của dự án và các bộ thử công khai",
        description="Đo nDCG@10, MRR@10, Recall@1, 5, 10 kèm khoảng tin cậy, của vectơ, BM25 và kết hợp; câu hỏi như "
        "đã viết, bỏ dấu, mất nửa số dấu, gõ sai.",
    )
    parser.add_argument(
        "--set",
        type=set_named,
        action="append",
        metavar="BỘ",
        help="own (câu hỏi của dự án trên kho mẫu, mặc định), xquad:TỆP (dạng SQuAD), alqac:ĐIỀU-LUẬT,CÂU-HỎI, "
        "beir:THƯ-MỤC; có thể ghi nhiều lần",
    )
    parser.add_argument(
        "--half",
        choices=tuple(_HALVES),
        default="report",
        help="nửa được hỏi: development để chọn, report để báo cáo, all cả hai (mặc định: %(default)s)",
    )
    parser.add_argument(
        "--questions",
        nargs="+",
        choices=tuple(TYPINGS),
        default=list(TYPINGS),
        help="cách gõ: plain như đã viết, bare bỏ dấu, half mất nửa số dấu, typos gõ sai (mặc định: cả bốn)",
    )
    parser.add_argument(
        "--ranking",
        nargs="+",
        choices=RANKINGS,
        default=list(OURS),
        help="cách xếp hạng: dense chỉ vectơ, bm25 chỉ từ, fused như khi phục vụ (mặc định: cả ba), baseline ghép đơn "
        "giản cùng mô hình với BM25",
    )
    parser.add_argument(
        "--compare",
        type=_pair,
        action="append",
        metavar="A:B",
        help="hiệu A trừ B trên cùng câu hỏi, hai cách xếp hạng hoặc hai cách gõ, ví dụ fused:bm25, bare:plain (mặc "
        "định: fused với từng cách kia, từng cách gõ với plain)",
    )
    parser.add_argument(
        "--passage-words", type=int, metavar="N", help="số âm tiết của một đoạn (mặc định: như khi phục vụ)"
    )
    parser.add_argument(
        "--dense-weight",
        type=float,
        metavar="W",
        help="phần của vectơ khi kết hợp, 0 đến 1 (mặc định: như khi phục vụ)",
    )
    parser.add_argument(
        "--authority-weight", type=float, metavar="W", help="phần thêm của nguồn có thẩm quyền (mặc định: như trên)"
    )
    parser.add_argument("--freshness-weight", type=float, metavar="W", help="phần thêm của bài mới (như trên)")
    parser.add_argument("--embedder", metavar="TÊN|THƯ-MỤC", help="mô hình vectơ (mặc định: e5-small)")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="giữ chỉ mục của các bộ ở đây để lần sau dùng lại vectơ"
    )
    parser.add_argument("--json", type=Path, metavar="TỆP", help="ghi kết quả dạng JSON vào tệp này")
    parser.add_argument("--each", type=Path, metavar="TỆP", help="ghi điểm từng câu vào tệp này, để sau so với")
    parser.add_argument(
        "--against", type=Path, metavar="TỆP", help="so từng câu với một lần đo trước, đã ghi bằng --each"
    )
    parser.add_argument("--gate", action="store_true", help="mã thoát 1 khi kém hơn sàn trong evaluation/floors.toml")
    parser.add_argument(
        "--set-floors",
        action="store_true",
        help="ghi lại sàn của các bộ đo, thấp hơn số đo 1,5 điểm, cùng mã của câu hỏi và kho",
    )
    parser.add_argument("--lower", action="store_true", help="với --set-floors: cho hạ sàn; không có thì sàn chỉ lên")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    sets = [read_set(kind, paths) for kind, paths in options.set or [("own", ())]]
    former = None if options.against is None else read_each(options.against)
    floors = [retrieval_floor(asked, FLOORS) for asked in sets] if options.gate else []
    for floor in floors:
        if floor.half != options.half:
            raise ValueError(f"sàn của bộ {floor.set} đặt cho --half {floor.half}, đang đo --half {options.half}")
    measured: list[Measured] = []
    compared: list[tuple[Difference, ...]] = []
    against: list[tuple[Difference, ...]] = []
    for asked in sets:
        one = measure(
            asked,
            half=_HALVES[options.half],
            rankings=options.ranking,
            typings=options.questions,
            embedder=options.embedder,
            settings=_settings(options),
            data=None if options.keep is None else options.keep / asked.name,
        )
        measured.append(one)
        compared.append(compare(one, options.compare or _PAIRS))
        against.append(() if former is None else compare_kept(one, former, options.against.name))
        print(as_table(one, compared[-1], against[-1]), end="\n\n", flush=True)
    if options.json is not None:
        write_json(options.json, {"command": _command(options), **as_record(measured, compared, against)})
    if options.each is not None:
        write_json(options.each, each_record(measured))
    if options.set_floors:
        for one in measured:
            for line in set_floors(one, FLOORS, lower=options.lower):
                print(f"Sàn {one.set.name}: {line}", file=sys.stderr)
    return _judge(measured, floors) if options.gate else 0


def _settings(options: argparse.Namespace) -> IndexSettings:
    settings = IndexSettings()
    given = {name: value for name in _SETTINGS if (value := getattr(options, name)) is not None}
    if "dense_weight" in given:
        given["bare_dense_weight"] = given["dense_weight"]
    return replace(settings, **given)


def _command(options: argparse.Namespace) -> str:
    """What was called, as another machine would call it: files by their names, without the folders they lie in."""
    said = ["python -m evaluation retrieval"]
    for kind, paths in options.set or [("own", ())]:
        said.append(f"--set {kind}{':' if paths else ''}{','.join(path.name for path in paths)}")
    said.append(f"--half {options.half}")
    if options.questions != list(TYPINGS):
        said.append(f"--questions {' '.join(options.questions)}")
    if options.ranking != list(OURS):
        said.append(f"--ranking {' '.join(options.ranking)}")
    for name in _SETTINGS:
        if getattr(options, name) is not None:
            said.append(f"--{name.replace('_', '-')} {getattr(options, name)}")
    if options.embedder is not None:
        said.append(f"--embedder {Path(options.embedder).name}")
    return " ".join(said)


def _judge(measured: Sequence[Measured], floors: Sequence[RetrievalFloor]) -> int:
    short = [line for one, floor in zip(measured, floors, strict=True) for line in retrieval_shortfalls(one, floor)]
    for line in short:
        print(f"Dưới sàn: {line}", file=sys.stderr)
    if not short:
        print("Đạt sàn.", file=sys.stderr)
    return 1 if short else 0


def read_set(kind: str, paths: Sequence[Path]) -> QuestionSet:
    """The set of a kind and its paths, as `set_named` gives them.

    Raises:
        ValueError: the files are no such set.
        OSError: they cannot be read.
    """
    return _READERS[kind][1](*paths)


def set_named(text: str) -> tuple[str, tuple[Path, ...]]:
    """KIND:PATH,PATH of the command line as (kind, paths)."""
    kind, _, rest = text.partition(":")
    paths = tuple(Path(path) for path in rest.split(",")) if rest else ()
    if kind not in _READERS or len(paths) != _READERS[kind][0]:
        raise argparse.ArgumentTypeError(
            f"{text!r} không phải một bộ thử; viết own, xquad:TỆP, alqac:ĐIỀU-LUẬT,CÂU-HỎI hoặc beir:THƯ-MỤC"
        )
    return kind, paths


def _pair(text: str) -> tuple[str, str]:
    first, _, second = text.partition(":")
    for names in (RANKINGS, tuple(TYPINGS)):
        if first in names and second in names and first != second:
            return first, second
    raise argparse.ArgumentTypeError(
        f"{text!r} không so được; viết hai trong {', '.join(RANKINGS)} hoặc hai trong {', '.join(TYPINGS)}, "
        "ví dụ fused:bm25"
    )
