"""`python -m index review|correct`: what was read with doubt, and putting it right without changing what was read."""

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any, cast, get_args

from crawler.archive import Archive
from crawler.article import fold_space
from index.decisions.decision import Read
from index.decisions.merged import Decision
from index.decisions.merging import merged
from index.decisions.spoken import DOUBT_LABELS
from index.manifest import FOLDER, in_use, read_manifest
from index.products.assembling import assemble
from index.records import Records
from index.review.applying import apply, judged
from index.review.correction import (
    Correction,
    CorrectionRefused,
    DecisionField,
    FieldName,
    Line,
    RowField,
    aim_of,
    line_of,
)
from index.review.doubts import DECISION_FIELDS, ROW_FIELDS, Doubtful, doubts
from index.review.fields import DECISION_FIELD_LABELS, LINE_FIELD_LABELS
from index.review.store import Corrections, CorrectionsUnusable

_LABELS = {**DECISION_FIELD_LABELS, **LINE_FIELD_LABELS}
_FIELDS = tuple(get_args(RowField)) + tuple(get_args(DecisionField))
_LIMIT = 20


def add_parsers(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add both commands to the subcommands of `python -m index`."""
    review = commands.add_parser(
        "review",
        parents=[common],
        help="những trường đọc chưa chắc trong các quyết định, và các sửa đổi đã có",
        description="Liệt kê những gì cần người xem lại: chữ nhận dạng, ô gộp, nguồn nói khác nhau, sản phẩm có thể là "
        "một hay đã bị thu hồi (trả lời bằng correct --same hoặc --apart), số đếm không khớp danh sách, sửa đổi không "
        "còn khớp. Không nạp mô hình.",
    )
    review.add_argument(
        "--limit", type=int, default=_LIMIT, metavar="N", help="nhiều nhất N dòng (mặc định: %(default)s)"
    )
    review.add_argument("--made", action="store_true", help="thay vào đó liệt kê mọi sửa đổi đã ghi, ai ghi và khi nào")
    review.set_defaults(run=_review)
    correct = commands.add_parser(
        "correct",
        parents=[common],
        help="ghi một sửa đổi cho trường đọc sai; bản đã đọc vẫn giữ nguyên bên cạnh",
        description="Sửa đổi là một bản ghi riêng, có người ghi và thời điểm, không bao giờ bị xóa, và còn đó khi "
        "trang được thu lại. Nó có hiệu lực từ lần dựng chỉ mục sau (python -m index build).",
    )
    correct.add_argument("decision", nargs="?", metavar="KHÓA", help="khóa của quyết định, như lệnh review in ra")
    correct.add_argument(
        "--line", metavar="TÊN", help="tên sản phẩm của dòng, đúng như đã đọc; bỏ trống là cả quyết định"
    )
    correct.add_argument("--field", choices=_FIELDS, help="trường được sửa; line: dòng này không phải sản phẩm")
    correct.add_argument(
        "--value", metavar="GIÁ-TRỊ", help="giá trị đúng; trùng với bản đã đọc là xác nhận bản đọc đúng"
    )
    correct.add_argument("--same", nargs=2, metavar="SẢN-PHẨM", help="khóa của hai sản phẩm là một")
    correct.add_argument("--apart", nargs=2, metavar="SẢN-PHẨM", help="khóa của hai sản phẩm khác nhau")
    correct.add_argument("--withdraw", type=int, metavar="SỐ", help="rút lại sửa đổi mang số này")
    correct.add_argument("--who", required=True, metavar="TÊN", help="người ghi")
    correct.add_argument("--note", default="", metavar="GHI-CHÚ", help="vì sao")
    correct.set_defaults(run=_correct)


def decisions_read(options: argparse.Namespace) -> tuple[Decision, ...]:
    """The decisions of the index in use, as read, without corrections."""
    generation = in_use(options.data)
    read_manifest(options.data, generation)  # refuses another format
    records = Records(options.data / FOLDER / generation.name)
    try:
        return merged(records.decisions())
    finally:
        records.close()


def _review(options: argparse.Namespace) -> int:
    corrections = Corrections(options.data)
    try:
        made, standing = corrections.all(), corrections.standing()
    except CorrectionsUnusable as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 1
    if options.made:
        if options.json:
            print(json.dumps([asdict(one) for one in made[: options.limit]], ensure_ascii=False))
        else:
            print("\n".join(map(_told, made[: options.limit])) or "Chưa có sửa đổi nào.")
        return 0
    decisions = decisions_read(options)
    products = assemble(apply(decisions, standing).decisions, judged(standing))
    found = doubts(decisions, products, standing=standing)
    if options.json:
        print(json.dumps([asdict(one) for one in found[: options.limit]], ensure_ascii=False))
        return 0
    with Archive(options.data) as archive:
        for one in found[: options.limit]:
            print(_line(one))
            article = archive.get(one.article_id, one.digest) if one.end > one.start else None
            if article is not None and one.line is not None:
                print(f"    “{fold_space(article.text[one.start : one.end])}”")
            if article is not None:
                print(f"    {article.url or article.title}")
    left = len(found) - options.limit
    print(f"(còn {left} mục nữa; --limit để xem thêm)" if left > 0 else f"{len(found)} mục cần xem lại.")
    return 0


def _line(one: Doubtful) -> str:
    """A thing to look at in one line."""
    of = one.decision if one.line is None else f"{one.decision} · {one.line.name}"
    if one.what == "field" and one.field is not None and one.read is not None:
        why = ", ".join(DOUBT_LABELS[doubt] for doubt in one.doubts)
        return f"{of} · {_LABELS[one.field]}: “{one.read.text}” ({why})"
    if one.what == "count":
        star = "" if one.star is None else f" {one.star} sao"
        return f"{of} · quyết định nêu {one.stated} sản phẩm{star}, danh sách có {one.listed}"
    if one.what == "pair" and one.products is not None:
        return f"{of} · có thể là một sản phẩm: {one.products[0]} và {one.products[1]}"
    if one.what == "withdrawal" and one.products is not None:
        return f"{of} · thu hồi {one.products[0]} mà không nêu chủ thể; có thể là {one.products[1]}"
    if one.what == "stale" and one.correction is not None:
        return f"{of} · không còn khớp: {_told(one.correction)}"
    return f"{of} · các nguồn nói khác nhau"


def _told(one: Correction) -> str:
    """A correction in one line."""
    head = f"{one.id}. {one.at} {one.who}"
    note = f" ({one.note})" if one.note else ""
    if one.withdraws is not None:
        return f"{head}: rút lại số {one.withdraws}{note}"
    of = one.decision if one.line is None else f"{one.decision} · {one.line.name}"
    if one.field == "same":
        return f"{head}: {one.decision} và {one.other} {'là một' if one.value == 'same' else 'khác nhau'}{note}"
    if one.field == "line":
        return f"{head}: {of} không phải sản phẩm{note}"
    field = _LABELS[one.field] if one.field is not None else ""
    return f"{head}: {of} · {field}: “{one.found or ''}” → “{one.value or ''}”{note}"


def _correct(options: argparse.Namespace) -> int:
    corrections = Corrections(options.data)
    try:
        made = _made(corrections, options)
    except (CorrectionRefused, CorrectionsUnusable) as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 1
    print(json.dumps(asdict(made), ensure_ascii=False) if options.json else f"Đã ghi {_told(made)}")
    if not options.json:
        print("Dựng lại chỉ mục để sửa đổi có hiệu lực: python -m index build")
    return 0


def _made(corrections: Corrections, options: argparse.Namespace) -> Correction:
    if options.withdraw is not None:
        return corrections.withdraw(options.withdraw, who=options.who, note=options.note)
    for pair, value in ((options.same, "same"), (options.apart, "apart")):
        if pair is not None:
            return corrections.add(
                who=options.who,
                decision=pair[0],
                other=pair[1],
                field="same",
                found=None,
                value=value,
                note=options.note,
            )
    if options.decision is None or options.field is None:
        raise CorrectionRefused("cần KHÓA của quyết định và --field (hoặc --same, --apart, --withdraw)")
    decision = next((one for one in decisions_read(options) if one.key == options.decision), None)
    if decision is None:
        raise CorrectionRefused(
            f"chỉ mục không có quyết định {options.decision!r}; xem khóa bằng python -m index review"
        )
    field = cast("FieldName", options.field)
    line, found = _aim(decision, field, options.line)
    return corrections.add(
        who=options.who,
        decision=decision.key,
        line=line,
        field=field,
        found=found,
        value=options.value,
        note=options.note,
    )


def _aim(decision: Decision, field: FieldName, name: str | None) -> tuple[Line | None, str | None]:
    """Which line is meant, and what was read in that field."""
    if name is None:
        if field not in DECISION_FIELDS:
            raise CorrectionRefused(f"“{_LABELS[field]}” là trường của một dòng; cần --line TÊN")
        read: Read | None = getattr(decision.best, DECISION_FIELDS[field])
        return None, aim_of(read)
    if field in DECISION_FIELDS:
        raise CorrectionRefused(f"“{_LABELS[field]}” là trường của quyết định; bỏ --line")
    alike = [place for place, row in enumerate(decision.rows) if fold_space(row.name.text) == fold_space(name)]
    if len(alike) != 1:
        raise CorrectionRefused(f"danh sách có {len(alike)} dòng tên {name!r}; cần đúng một")
    row = decision.rows[alike[0]]
    held: Read | None = None if field == "line" else getattr(row, ROW_FIELDS[field])
    return line_of(decision.rows, alike[0]), aim_of(held)
