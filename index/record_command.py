"""`python -m index records`: lists the records of the index and explains them, without loading a model."""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, get_args

from crawler.archive import Archive
from index import explain, product_command
from index.catalogue.catalogue import Catalogue
from index.criteria.sets import CriteriaSet, conditions, find_sets
from index.decision_command import listed
from index.decisions.merging import merged
from index.explain import Shown
from index.figures.figure import NATIONAL, Figure
from index.figures.sums import by_number
from index.law.address import asked_number, find_section, find_unit
from index.law.documents import Document, Law
from index.law.in_force import in_force
from index.law.subjects import Subject
from index.law.transitions import Dossier
from index.manifest import FOLDER, current_name, in_use, read_manifest
from index.people.stated import Stated
from index.places.history import explain_place
from index.places.named import province_key, related
from index.products.product import Status
from index.records import Records
from index.text import strip_marks
from index.today import vietnam_today

KINDS = ("regulations", "criteria", "figures", "people", "decisions", "products", "places")
_LIMIT = 20


class UnknownName(Exception):
    """What was asked for has no meaning here, such as a province that never was."""


def add_parser(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the subcommands of `python -m index`."""
    parser = commands.add_parser(
        "records",
        parents=[common],
        help="các dữ liệu đọc được từ bài: văn bản, bộ tiêu chí, số liệu, người và cơ quan, quyết định, sản phẩm, "
        "địa danh",
        description="Liệt kê và giải thích các dữ liệu đọc được từ bài trong chỉ mục; không nạp mô hình. Không ghi "
        "loại thì đếm từng loại.",
    )
    parser.add_argument("kind", nargs="?", choices=KINDS, metavar="LOẠI", help=f"một trong: {', '.join(KINDS)}")
    parser.add_argument(
        "name",
        nargs="?",
        metavar="TÊN",
        help="số hiệu văn bản hay quyết định; số bộ hay tên sản phẩm; tỉnh; tên người hay cơ quan; địa danh",
    )
    parser.add_argument("--explain", action="store_true", help="kèm câu văn và những chữ đã đọc ra từng trường")
    parser.add_argument(
        "--limit", type=_count, default=_LIMIT, metavar="N", help="nhiều nhất N dòng (mặc định: %(default)s)"
    )
    parser.add_argument(
        "--on", type=_day, metavar="NGÀY", help="tình trạng văn bản, sản phẩm vào ngày này (mặc định: hôm nay)"
    )
    parser.add_argument(
        "--subject", choices=get_args(Subject), help="regulations: quy định nào về việc này áp dụng vào ngày ấy"
    )
    parser.add_argument("--filed", type=_day, metavar="NGÀY", help="cùng --subject: hồ sơ nộp ngày này")
    parser.add_argument("--dossier", choices=get_args(Dossier), help="cùng --subject: loại hồ sơ")
    parser.add_argument(
        "--star",
        type=int,
        choices=(3, 4, 5),
        help="cùng --subject procedure: ai công nhận hạng này; criteria: mức tối thiểu; products: hạng vào ngày ấy",
    )
    parser.add_argument("--unit", metavar="ĐƠN-VỊ", help='regulations: đọc nguyên "Điều 7 khoản 6", "Mẫu số 01"')
    parser.add_argument("--year", type=_year, metavar="NĂM", help="figures: tính đến năm này")
    parser.add_argument("--what", metavar="GÌ", help="figures: đếm gì, ví dụ “sản phẩm”, “chủ thể”, “đồng”")
    parser.add_argument("--province", metavar="TỈNH", help="decisions, products: của tỉnh này, cũ hay mới")
    parser.add_argument("--number", metavar="SỐ", help='decisions: số hiệu, ví dụ "715/QĐ-UBND" hay "715"')
    parser.add_argument("--status", choices=get_args(Status), help="products: giấy chứng nhận ra sao vào ngày ấy")
    parser.add_argument(
        "--expires-within",
        type=_count,
        metavar="THÁNG",
        help="products: giấy hết hạn trong chừng ấy tháng kể từ ngày ấy",
    )
    parser.add_argument(
        "--q", metavar="CHỮ", help="products: tên, chủ thể, địa danh hay số quyết định, có dấu hay không"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what was asked for; 0 when something was found, 1 when nothing was."""
    if options.kind == "places":
        print(explain_place(options.name or ""))
        return 0
    generation = in_use(options.data)
    read_manifest(options.data, generation)  # refuses another format
    records = Records(options.data / FOLDER / generation.name)
    try:
        listing = {
            "regulations": _regulations,
            "criteria": _criteria,
            "figures": _figures,
            "people": _people,
            "decisions": _decisions,
            "products": _products,
        }
        return listing[options.kind](records, options) if options.kind else _counts(records, options)
    except (UnknownName, ValueError) as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 2
    finally:
        records.close()


def _counts(records: Records, options: argparse.Namespace) -> int:
    law = Law(records.regulations())
    held = [document.held for document in law.documents]
    counts = {
        "regulations": len(law.documents),
        "regulations_held_whole": held.count("document"),
        "criteria": len(records.criteria()),
        "figures": len(records.figures()),
        "people": len(records.people()),
        "decisions": len(merged(records.decisions())),
        "products": len(Catalogue.open(_folder(options)).products),
    }
    if options.json:
        print(json.dumps(counts))
        return 0
    print(
        f"Văn bản: {len(held)} ({held.count('document')} nguyên văn, {held.count('guide')} qua bài tóm lược, "
        f"{held.count('citation')} chỉ được nhắc tới)\nBộ tiêu chí: {counts['criteria']}\n"
        f"Số liệu: {counts['figures']}\nNgười và cơ quan: {counts['people']}\nQuyết định: {counts['decisions']}\n"
        f"Sản phẩm: {counts['products']}"
    )
    return 0


# ---- Law ----------------------------------------------------------------------------------------------------------


def _regulations(records: Records, options: argparse.Namespace) -> int:
    law, on = Law(records.regulations()), options.on or vietnam_today()
    if options.subject is not None:
        found = in_force(law, on, options.subject, filed=options.filed, dossier=options.dossier, star=options.star)
        if options.json:
            reasons = [{"text": one.text, "on": one.on, "computed": one.computed} for one in found.reasons]
            rules = [rule.labels for rule in found.rules]
            print(_json({"outcome": found.outcome, "rules": rules, "reasons": reasons}))
            return 0
        print("\n".join(explain.ruling(found)))
        return 0
    documents: Sequence[Document] = law.documents
    if options.name is not None:
        asked = asked_number(options.name)
        documents = [document for document in documents if asked is not None and document.number.matches(asked)]
    if options.unit is not None:
        return _unit(documents, options)
    shown = [explain.document(document, law, on) for document in documents]
    if options.json:
        print(_json([_document_json(document, law, on, options) for document in documents[: options.limit]]))
        return 0 if documents else 1
    for document, record in list(zip(documents, shown, strict=True))[: options.limit]:
        print(record.line)
        if options.explain:
            print("\n".join(explain.explained(record, "")) or "      (không rõ nói về gì)")
            said: list[Shown] = [explain.statement(one) for one in document.statements if one.says != "about"]
            said += [explain.authority(one) for one in document.authorities]
            said += [explain.transition(one) for one in document.transitions]
            _print(said, options, indent="    ")
    return _closing(len(documents), options)


def _document_json(document: Document, law: Law, on: date, options: argparse.Namespace) -> dict[str, object]:
    state = law.state_of(document, on)
    record: dict[str, object] = {"number": document.number.label, "held": document.held, "subjects": document.subjects}
    record |= {"state": state.status, "since": state.since, "computed": state.computed}
    if options.explain:
        record["statements"] = [asdict(one) for one in document.statements]
        record["authorities"] = [asdict(one) for one in document.authorities]
        record["transitions"] = [asdict(one) for one in document.transitions]
    return record


def _unit(documents: Sequence[Document], options: argparse.Namespace) -> int:
    address = find_unit(options.unit)
    with Archive(options.data) as archive:
        for document in documents:
            for carrier in document.carriers:
                article = archive.get(carrier.article_id, carrier.digest)
                section = None if article is None else find_section(article, address.labels)
                if article is not None and section is not None:
                    held = "tóm lược, không phải nguyên văn" if carrier.summary else "nguyên văn"
                    print(f"{document.number.name}, {', '.join(address.labels)} ({held}: {article.title})")
                    print(article.text[section.start : section.end].rstrip())
                    return 0
    print(f"Không có {options.unit!r} trong văn bản nào được hỏi.")
    return 1


# ---- Criteria, figures, people -----------------------------------------------------------------------------------


def _criteria(records: Records, options: argparse.Namespace) -> int:
    sets = tuple(sorted(records.criteria(), key=lambda one: (one.summary, one.number or 0)))
    if options.name is not None and options.name.isdecimal():
        sets = tuple(one for one in sets if one.number == int(options.name))
    elif options.name is not None:
        sets = find_sets(sets, options.name)
    if options.json:
        kept = [asdict(one) if options.explain else _set_json(one) for one in sets[: options.limit]]
        print(_json(kept))
        return 0 if sets else 1
    for one in sets[: options.limit]:
        shown = explain.criteria_set(one)
        print(shown.line)
        for field in shown.fields:
            print(f"    {field.name}: in “{field.value}”. {field.note}")
        if options.star is not None:
            for condition in conditions(one, options.star):
                print(f"    {condition.criterion.code} {condition.criterion.label}: {condition.option.text}")
        elif options.explain:
            for criterion in one.criteria:
                print("\n".join(f"    {line}" for line in explain.criterion(criterion, one)))
    return _closing(len(sets), options)


def _set_json(one: CriteriaSet) -> dict[str, object]:
    return {
        "number": one.number,
        "name": one.name,
        "total": one.total,
        "document": one.document,
        "anomalies": len(one.anomalies),
    }


def _figures(records: Records, options: argparse.Namespace) -> int:
    found: Iterable[Figure] = records.figures()
    if options.name is not None:
        keys = {NATIONAL} if strip_marks(options.name).lower() in ("ca nuoc", "viet nam") else _province(options.name)
        found = [one for one in found if one.place in keys]
    if options.what is not None:
        found = [one for one in found if one.what == options.what.lower()]
    if options.year is not None:
        found = [one for one in found if one.as_of is not None and one.as_of.startswith(options.year)]
    kept = list(found)
    if options.json:
        print(_json([asdict(one) for one in kept[: options.limit]]))
        return 0 if kept else 1
    sums = by_number(records.sums())
    shown = [explain.figure(one, sums.get((one.article_id, one.number_start))) for one in kept[: options.limit]]
    _print(shown, options)
    return _closing(len(kept), options)


def _people(records: Records, options: argparse.Namespace) -> int:
    kept: list[tuple[Shown, Stated]] = []
    asked = None if options.name is None else strip_marks(options.name).lower()
    with Archive(options.data) as archive:
        for record in records.people():
            article = archive.get(record.article_id, record.digest)
            if article is not None:
                shown = explain.person(record, article.text)
                if asked is None or asked in strip_marks(shown.line).lower():
                    kept.append((shown, record))
    if options.json:
        print(_json([{"line": shown.line, **asdict(record)} for shown, record in kept[: options.limit]]))
        return 0 if kept else 1
    _print([shown for shown, _ in kept[: options.limit]], options)
    return _closing(len(kept), options)


def _decisions(records: Records, options: argparse.Namespace) -> int:
    return listed(records, options, None if options.province is None else _province(options.province))


def _products(_: Records, options: argparse.Namespace) -> int:
    return product_command.listed(
        _folder(options), options, None if options.province is None else _province_key(options.province)
    )


def _folder(options: argparse.Namespace) -> Path:
    return Path(options.data / FOLDER / current_name(options.data))


def _province(name: str) -> frozenset[str]:
    return related(_province_key(name))


def _province_key(name: str) -> str:
    key = province_key(name)
    if key is None:
        raise UnknownName(f"không biết tỉnh nào tên {name!r}")
    return key


def _print(shown: Sequence[Shown], options: argparse.Namespace, *, indent: str = "") -> None:
    with Archive(options.data) as archive:
        for record in shown:
            print(f"{indent}{record.line}")
            if not options.explain or record.article_id is None or record.digest is None:
                continue
            article = archive.get(record.article_id, record.digest)
            if article is not None:
                print("\n".join(f"{indent}{line}" for line in explain.explained(record, article.text)))
                print(f"{indent}      {article.url or article.title}")


def _closing(count: int, options: argparse.Namespace) -> int:
    if count == 0:
        print("Không có dữ liệu nào như vậy trong chỉ mục.")
        return 1
    if count > options.limit:
        print(f"({options.limit} trong {count}; --limit để xem thêm)")
    return 0


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} không phải số nguyên dương")
    return int(text)


def _year(text: str) -> str:
    if not re.fullmatch(r"(?:19|20)\d\d", text):
        raise argparse.ArgumentTypeError(f"{text!r} không phải năm như 2024")
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} không phải ngày dạng 2026-11-22") from error
