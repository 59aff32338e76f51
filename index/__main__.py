"""`python -m index build|search|records|review|correct|info`: make the index of a data folder, search it, list its
records and what in them is doubtful, correct them, say how it was made."""

import argparse
import json
import re
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TypeVar, get_args

from crawler.archive import Archive, ArchiveError
from crawler.article import Article, Kind
from crawler.folder import default_data_folder
from index.embed import DEFAULT_EMBEDDER, HASH_EMBEDDER, EmbedderError
from index.filters import Filters
from index.law.address import DocumentNumber, asked_number
from index.manifest import FOLDER, IndexUnusable, in_use, read_manifest, verify
from index.passage import Hit
from index.period import first_day
from index.places.districts import districts_called
from index.places.territory import Territory, territory_called
from index.record_command import add_parser as add_records
from index.review.command import add_parsers as add_review
from index.store import DEFAULT_STORE, STORES, StoreError
from index.traits import STARS

_WIDTH = 100
_Value = TypeVar("_Value")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 when it did what was asked, 1 when it could not, 2 for a wrong call."""
    from index.build import BuildError  # noqa: PLC0415 (`--help` answers without it)

    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (ArchiveError, BuildError, EmbedderError, IndexUnusable, StoreError) as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m index",
        description="Dựng chỉ mục tìm kiếm từ kho lưu trữ, tìm thử trong đó, xem nó được dựng ra sao.",
    )
    commands = parser.add_subparsers(title="các lệnh", metavar="LỆNH", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--data",
        type=Path,
        default=default_data_folder(),
        metavar="FOLDER",
        help="thư mục dữ liệu (mặc định: OCOP_DATA, hiện là %(default)s)",
    )
    common.add_argument("--json", action="store_true", help="in kết quả dạng JSON cho máy đọc")

    text = (
        "Dựng chỉ mục mới bên cạnh chỉ mục đang dùng rồi mới thay; bị ngắt lúc nào thì chỉ mục cũ vẫn dùng được. "
        "Bài không đổi được lấy lại nguyên từ chỉ mục cũ; chỉ bài đổi mới được đọc và tính vectơ."
    )
    build = commands.add_parser("build", parents=[common], help="dựng chỉ mục từ kho lưu trữ", description=text)
    build.add_argument(
        "--embedder",
        metavar="TÊN|THƯ-MỤC",
        help=f"mô hình vectơ: {DEFAULT_EMBEDDER}, {HASH_EMBEDDER} (không cần mô hình), hay tên hoặc thư mục của một mô "
        f"hình sentence-transformers có sẵn trên máy (mặc định: như chỉ mục đang dùng, chưa có thì {DEFAULT_EMBEDDER})",
    )
    build.add_argument(
        "--store",
        choices=STORES,
        help=f"nơi giữ vectơ và từ (mặc định: như chỉ mục đang dùng, chưa có thì {DEFAULT_STORE})",
    )
    build.add_argument("--quiet", action="store_true", help="không hiện thanh tiến độ")
    build.add_argument(
        "--purge",
        action="store_true",
        help="xóa ngay các chỉ mục cũ thay vì giữ lại một; kho trống thì gỡ cả chỉ mục (khi xóa bài theo yêu cầu)",
    )
    build.set_defaults(run=_build)

    search = commands.add_parser("search", parents=[common], help="tìm các đoạn trả lời một câu hỏi")
    search.add_argument("question", metavar="CÂU-HỎI", help="câu hỏi hay từ khóa, có dấu hoặc không dấu")
    search.add_argument(
        "--limit", type=_positive, default=10, metavar="N", help="nhiều nhất N đoạn (mặc định: %(default)s)"
    )
    search.add_argument(
        "--kind", action="append", choices=get_args(Kind), help="chỉ loại văn bản này; có thể ghi nhiều lần"
    )
    search.add_argument(
        "--province",
        action="append",
        type=_province,
        metavar="TỈNH",
        help="chỉ đoạn nói về tỉnh này, tên cũ hoặc mới, có dấu hoặc không; tên còn dùng gồm cả các tỉnh đã nhập vào, "
        '"Ninh Bình cũ" là riêng tỉnh trước đó; có thể ghi nhiều lần',
    )
    search.add_argument(
        "--district",
        action="append",
        type=_districts,
        metavar="HUYỆN",
        help='chỉ đoạn nêu huyện, quận, thị xã, thành phố này (trước 1/7/2025): "Hải Hậu", "Châu Thành, An Giang"; có '
        "thể ghi nhiều lần",
    )
    search.add_argument(
        "--from", dest="date_from", type=_date, metavar="NGÀY", help="từ ngày này: 2020, 2020-06 hoặc 2020-06-12"
    )
    search.add_argument("--to", dest="date_to", type=_date, metavar="NGÀY", help="đến hết ngày này")
    search.add_argument(
        "--source", action="append", metavar="NGUỒN", help="chỉ nguồn này, theo tên hoặc tên miền; có thể ghi nhiều lần"
    )
    search.add_argument(
        "--star",
        action="append",
        type=int,
        choices=STARS,
        help="chỉ đoạn nói về sản phẩm hay tiêu chí hạng sao này; có thể ghi nhiều lần",
    )
    search.add_argument(
        "--number",
        action="append",
        type=_number,
        metavar="SỐ-HIỆU",
        help='chỉ đoạn của văn bản này hoặc có nêu nó: "26/2026/QĐ-TTg", "QĐ 148"; có thể ghi nhiều lần',
    )
    search.add_argument(
        "--in-force", type=_day, metavar="NGÀY", help="chỉ văn bản mà kho biết là có hiệu lực vào ngày này (YYYY-MM-DD)"
    )
    search.add_argument("--heading", metavar="MỤC", help='chỉ trong mục này, ví dụ "Điều 7, khoản 6"')
    search.set_defaults(run=_search)

    add_records(commands, common)
    add_review(commands, common)

    info = commands.add_parser(
        "info", parents=[common], help="chỉ mục được dựng ra sao, và có còn nguyên vẹn không (không nạp mô hình)"
    )
    info.set_defaults(run=_info)
    return parser


def _build(options: argparse.Namespace) -> int:
    from index.build import ArchiveEmpty, build, purge  # noqa: PLC0415

    try:
        report = build(options.data, embedder=options.embedder, store=options.store, progress=not options.quiet)
    except ArchiveEmpty:
        if not options.purge:
            raise
        purge(options.data, keep_current=False)
        print(json.dumps({"removed": True}) if options.json else "Kho không còn bài nào: đã gỡ chỉ mục.")
        return 0
    if options.purge:
        purge(options.data, keep_current=True)
    if options.json:
        print(json.dumps({**asdict(report), "folder": str(report.folder)}, ensure_ascii=False))
        return 0
    if report.notice is not None:
        print(f"Chỉ mục cũ không dùng lại được: {report.notice}", file=sys.stderr)
    print(
        f"Đã dựng chỉ mục {report.folder}: {report.articles} bài (đọc "
        f"{report.articles - report.taken}), {report.passages} đoạn, {report.figures} số liệu, "
        f"{report.copies} bài đăng lại; "
        f"tính {report.embedded} vectơ bằng {report.embedder}, dùng lại {report.reused}; {report.seconds:.1f} giây."
    )
    return 0


def _search(options: argparse.Namespace) -> int:
    from index.search import Searcher  # noqa: PLC0415

    filters = Filters(
        kinds=_all(options.kind),
        provinces=_all(options.province),
        districts=None if options.district is None else tuple(chain.from_iterable(options.district)),
        date_from=options.date_from,
        date_to=options.date_to,
        sources=_all(options.source),
        stars=_all(options.star),
        numbers=_all(options.number),
        in_force=options.in_force,
        heading=options.heading,
    )
    searcher = Searcher.open(options.data)
    try:
        unknown = [name for name in options.source or () if not searcher.knows_source(name)]
        if unknown:
            held = ", ".join(dict.fromkeys(source.name for source in searcher.sources() if source.name))
            print(f"Lỗi: kho không có nguồn {', '.join(unknown)}; các nguồn có: {held}", file=sys.stderr)
            return 1
        result = searcher.search(options.question, filters, limit=options.limit)
    finally:
        searcher.close()
    with Archive(options.data) as archive:
        found = [
            (hit, archive.get(hit.passage.article_id, hit.passage.digest) or archive.get(hit.passage.article_id))
            for hit in result.hits
        ]
        sources = {name: other.source for hit in result.hits for name in hit.also if (other := archive.get(name))}
    if options.json:
        shown = {
            "hits": [_hit_record(hit, article) for hit, article in found],
            "total": result.total,
            "read_as": result.read_as,
            "force_unknown": result.force_unknown,
            "embed_ms": round(result.embed_ms, 3),
            "search_ms": round(result.search_ms, 3),
        }
        print(json.dumps(shown, ensure_ascii=False))
        return 0
    if result.read_as is not None:
        print(f"Câu hỏi được đọc là: “{result.read_as}”")
    if not found:
        print("Không tìm thấy đoạn nào.")
    for number, (hit, article) in enumerate(found, start=1):
        title = article.title if article is not None else hit.passage.header
        print(f"{number}. [{hit.score:.3f}] {title}" + (f" · {hit.passage.heading}" if hit.passage.heading else ""))
        if article is not None and article.url is not None:
            print(f"   {article.url}")
        print(textwrap.fill(" ".join(hit.passage.text.split()), _WIDTH, initial_indent="   ", subsequent_indent="   "))
        if hit.also:
            print(f"   Cũng đăng ở: {', '.join(sources.get(name, name) for name in hit.also)}")
    if result.force_unknown:
        print(f"Bỏ ra {result.force_unknown} đoạn văn bản mà kho không biết có hiệu lực vào ngày ấy hay không.")
    print(
        f"{len(found)} đoạn; {result.total} đoạn có chữ trong câu hỏi; "
        f"vectơ {result.embed_ms:.0f} ms, tìm {result.search_ms:.1f} ms."
    )
    return 0


def _hit_record(hit: Hit, article: Article | None) -> dict[str, object]:
    """One hit as `GET /api/search` gives it, with the parts of its score."""
    return {
        "article_id": hit.passage.article_id,
        "title": article.title if article is not None else None,
        "url": article.url if article is not None else None,
        "published": article.published if article is not None else None,
        "heading": hit.passage.heading,
        "text": hit.passage.text,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "score": hit.score,
        "digest": hit.passage.digest,
        "dense": hit.dense,
        "lexical": hit.lexical,
        "also": list(hit.also),
    }


def _info(options: argparse.Namespace) -> int:
    generation = in_use(options.data)
    manifest = read_manifest(options.data, generation)
    verify(options.data, generation.name, manifest)
    if options.json:
        print(json.dumps(asdict(manifest), ensure_ascii=False))
        return 0
    settings = manifest.settings
    rows = {
        "Chỉ mục": options.data / FOLDER / generation.name,
        "Dựng lúc": manifest.created,
        "Dữ liệu đến": manifest.corpus_updated,
        "Bài": manifest.articles,
        "Đoạn": f"{manifest.passages} (khoảng {settings.passage_words} âm tiết)",
        "Bài đăng lại": manifest.copies,
        "Số liệu": manifest.figures,
        "Mô hình": f"{manifest.embedder}, {manifest.dim} chiều, {manifest.model_sha256[:12]}…",
        "Nơi giữ": manifest.store,
        "Tỷ trọng vectơ": f"{settings.dense_weight:g}; câu hỏi không dấu: {settings.bare_dense_weight:g}",
        "Toàn vẹn": f"{len(manifest.files)} tệp đúng như khi dựng"
        + ("" if generation.manifest_sha256 else "; bản kê của chúng chưa có mã kiểm, lần dựng tới sẽ ghi"),
    }
    for label, value in rows.items():
        print(f"{label + ':':16} {value}")
    return 0


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} không phải số nguyên dương")
    return int(text)


def _date(text: str) -> str:
    try:
        first_day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} không phải ngày dạng 2020, 2020-06 hoặc 2020-06-12") from error
    return text


def _day(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise argparse.ArgumentTypeError(f"{text!r} không phải ngày dạng 2024-05-01")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} không có trong lịch") from error


def _province(text: str) -> Territory:
    found = territory_called(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"không biết tỉnh nào tên {text!r}")
    return found


def _districts(text: str) -> tuple[str, ...]:
    found = districts_called(text)
    if not found:
        raise argparse.ArgumentTypeError(f"không biết huyện, quận, thị xã, thành phố thuộc tỉnh nào tên {text!r}")
    return tuple(district.key for district in found)


def _number(text: str) -> DocumentNumber:
    found = asked_number(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} không phải số hiệu văn bản như 26/2026/QĐ-TTg hay QĐ 148")
    return found


def _all(values: list[_Value] | None) -> tuple[_Value, ...] | None:
    return None if values is None else tuple(values)


if __name__ == "__main__":
    sys.exit(main())
