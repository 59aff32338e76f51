"""`python -m crawler`: crawl the sources, add files, look at what the archive holds."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any, get_args

from pydantic import TypeAdapter

from crawler.add import Added, Declared, Skipped, forgotten, is_address, read_fetched, read_files, store
from crawler.archive import Archive, ArchiveError, Raw
from crawler.article import Article, Authority, Kind, Rights, precision_of
from crawler.backup import BackupError, back_up, restore
from crawler.folder import default_data_folder, default_sources_table
from crawler.sources import Source, SourcesError, load_sources

COMMANDS = ("crawl", "add", "check", "show", "try", "status", "forget", "backup", "restore")
_ARTICLE = TypeAdapter(Article)
_SHOWN = (
    *("id", "url", "original_url", "source", "authority", "rights", "kind", "author", "published", "event_date"),
    *("date_note", "place", "fetched", "digest"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 when it did what was asked, 1 when it could not, 2 for a wrong call."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser()
    if not given or (given[0] not in COMMANDS and given[0] not in ("-h", "--help")):
        given.insert(0, "crawl")
    options = parser.parse_args(given)
    try:
        return int(options.run(options))
    except BrokenPipeError:
        # Whoever read our output (head, less) has enough; what is left to flush goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (ArchiveError, BackupError, SourcesError, RuntimeError, ValueError) as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m crawler",
        description="Thu thập bài viết và văn bản về OCOP vào kho lưu trữ (SQLite). Không ghi lệnh thì là crawl.",
    )
    commands = parser.add_subparsers(title="các lệnh", metavar="LỆNH", required=True)

    crawl = _command(
        commands,
        "crawl",
        "thu thập các nguồn đến hạn trong bảng nguồn",
        _crawl,
        "Ctrl-C dừng sau trang đang tải; lần chạy sau làm tiếp từ chỗ đó, kể cả khi tiến trình bị giết. "
        "Mã thoát: 0 nếu có nguồn nào thu được hay không nguồn nào đến hạn, 1 nếu không nguồn nào thu được gì.",
    )
    _sources(crawl)
    crawl.add_argument("--limit", type=_positive, metavar="N", help="nhiều nhất N trang mỗi nguồn")
    crawl.add_argument(
        "--refresh", action="store_true", help="tải lại và đọc lại cả những trang máy chủ nói là không đổi"
    )
    crawl.add_argument("--watch", action="store_true", help="chạy mãi, mỗi nguồn theo lịch của nó (every_h)")
    _contact(crawl)

    check = _command(
        commands,
        "check",
        "xem thử các nguồn có tới được và đọc được không; không lưu gì",
        _check,
        "Mã thoát: 0 nếu mọi nguồn đều đọc được một bài, 1 nếu không.",
    )
    _sources(check)
    check.add_argument(
        "--write", action="store_true", help="ghi verified = true vào bảng nguồn cho những nguồn đọc được"
    )
    _contact(check)

    add = _command(
        commands,
        "add",
        "thêm tệp (html, txt, pdf, docx, doc, ảnh quét, zip của các tệp ấy), thư mục hoặc địa chỉ",
        _add,
        "Tệp nào không phải bài viết thì được nêu tên cùng lý do rồi bỏ qua. "
        "Mã thoát: 0 nếu thêm (hoặc đã có sẵn) ít nhất một bài, 1 nếu không có bài nào.",
    )
    add.add_argument("items", nargs="+", metavar="TỆP|THƯ-MỤC|ĐỊA-CHỈ", help="thứ cần thêm")
    add.add_argument("--url", help="địa chỉ của trang mà tệp được lưu từ đó (chỉ khi thêm một tệp)")
    add.add_argument("--original-url", metavar="URL", help="nơi có bản gốc; chỉ để dẫn liên kết")
    add.add_argument("--published", metavar="NGÀY", type=_date, help="ngày đăng, ISO 8601: 2020, 2020-06, 2020-06-12")
    add.add_argument("--kind", choices=get_args(Kind), help="loại; không ghi thì đọc từ văn bản, không rõ thì là news")
    add.add_argument("--source", metavar="TÊN", help="tên nguồn mà người đọc thấy")
    add.add_argument("--province", metavar="TỈNH", help="tỉnh mà bài nói tới nhưng không ghi tên")
    add.add_argument("--authority", choices=get_args(Authority), help="độ chính thức của nguồn (mặc định: press)")
    add.add_argument("--rights", choices=get_args(Rights), help="được hiển thị đến đâu (mặc định: full)")
    _contact(add)
    _local(add)

    show = _command(commands, "show", "in một bài trong kho", _show)
    show.add_argument("id", metavar="ID", help="mã bài: 16 chữ số thập lục phân")
    show.add_argument("--digest", help="phiên bản có mã này; không ghi thì là bản hiện tại")

    attempt = _command(
        commands, "try", "đọc thử một tệp hoặc địa chỉ, không lưu: bài đọc được, dòng bị bỏ và lý do", _try
    )
    attempt.add_argument("item", metavar="TỆP|ĐỊA-CHỈ", help="thứ cần đọc thử")
    _contact(attempt)
    _local(attempt)

    erase = _command(
        commands,
        "forget",
        "xóa hẳn chữ của một địa chỉ hay cả một máy chủ khỏi kho và chỉ mục, không lấy lại nữa",
        _forget,
        "Xóa mọi phiên bản, bản gốc và đoạn trong chỉ mục, rồi dựng lại chỉ mục. Không hoàn tác được.",
    )
    erase.add_argument("target", metavar="ĐỊA-CHỈ|MÁY-CHỦ", help="https://vi-du.vn/tin/1.html hoặc vi-du.vn")

    save = _command(
        commands,
        "backup",
        "sao lưu những gì không làm lại được (kho, câu hỏi, chỉnh sửa, cài đặt) vào một tệp",
        _backup,
        "Chạy được khi máy chủ và việc thu thập đang chạy. Chỉ mục không có trong đó: python -m index build dựng lại.",
    )
    save.add_argument("file", type=Path, metavar="TỆP", help="tệp mới, ví dụ backup-2026-11-29.tar.gz")

    bring_back = _command(
        commands,
        "restore",
        "phục hồi một bản sao lưu vào thư mục dữ liệu trống, sau khi kiểm tra từng tệp; không ghi đè gì",
        _restore,
    )
    bring_back.add_argument("file", type=Path, metavar="TỆP", help="tệp do backup ghi")

    status = _command(commands, "status", "tình trạng từng nguồn và những gì kho đang có", _status)
    _sources(status)
    status.add_argument("--list", action="store_true", help="kể cả từng bài đang giữ")
    return parser


def _table(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sources",
        type=Path,
        default=default_sources_table(),
        metavar="TỆP",
        help="bảng nguồn, TOML (mặc định: OCOP_SOURCES, hiện là %(default)s)",
    )


def _sources(parser: argparse.ArgumentParser) -> None:
    _table(parser)
    parser.add_argument(
        "--only", action="append", metavar="ID", help="chỉ nguồn này, dù đến hạn hay chưa; có thể ghi nhiều lần"
    )


def _command(commands: Any, name: str, summary: str, run: Any, epilog: str | None = None) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=summary, description=summary, epilog=epilog)
    parser.set_defaults(run=run)
    parser.add_argument(
        "--data",
        type=Path,
        default=default_data_folder(),
        metavar="THƯ-MỤC",
        help="thư mục dữ liệu (mặc định: biến OCOP_DATA, nếu không có thì data)",
    )
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    return parser


def _contact(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--contact", metavar="THƯ|URL", help="cách liên hệ, ghi trong User-Agent; bắt buộc khi lấy trang trên Internet"
    )


def _local(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--local", action="store_true", help="cho phép địa chỉ trong máy và mạng nội bộ")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}; cần một số nguyên dương")
    return int(text)


def _date(text: str) -> str:
    try:
        precision_of(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}; cần ISO 8601 như 2020, 2020-06 hoặc 2020-06-12") from None
    return text


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def _chosen(options: argparse.Namespace) -> tuple[Source, ...]:
    sources = load_sources(options.sources)
    if not options.only:
        return sources
    unknown = sorted(set(options.only) - {source.id for source in sources})
    if unknown:
        raise SourcesError(f"{options.sources}: không có nguồn {', '.join(unknown)}")
    return tuple(source for source in sources if source.id in options.only)


def _crawl(options: argparse.Namespace) -> int:
    # Loaded only by the commands that fetch.
    from crawler.progress import Progress, line  # noqa: PLC0415
    from crawler.spider import crawl, due, watch  # noqa: PLC0415
    from crawler.visit import Settings, SourceReport  # noqa: PLC0415

    chosen = _chosen(options)
    settings = Settings(limit=options.limit, refresh=options.refresh)

    def told(report: SourceReport) -> None:
        if options.json:
            print(json.dumps(asdict(report), ensure_ascii=False), flush=True)
        else:
            print(line(report), flush=True)
            for url, reason in report.problems:
                print(f"  {url}: {reason}", flush=True)

    with Archive(options.data, create=True) as archive, Progress(quiet=options.json) as progress:
        if options.watch:
            watch(
                lambda: _chosen(options), archive, contact=options.contact, settings=settings, tell=progress, ended=told
            )
            return 0
        sources = list(chosen) if options.only else due(chosen, archive)
        if not sources:
            return _nothing_due(chosen, archive, as_json=options.json)
        reports = crawl(sources, archive, contact=options.contact, settings=settings, tell=progress)
        progress.close()
        total = archive.count()
        if options.json:
            _print_json({"sources": [asdict(report) for report in reports], "articles": total})
        else:
            for report in reports:
                told(report)
            print(f"Kho có {total} bài: {options.data}")
    return 0 if any(report.new or report.changed or report.unchanged for report in reports) else 1


def _nothing_due(sources: Sequence[Source], archive: Archive, *, as_json: bool) -> int:
    from crawler.frontier import Frontier  # noqa: PLC0415

    if as_json:
        _print_json({"sources": [], "articles": archive.count()})
        return 0
    first = min((Frontier(archive, source.id).due_at(source.every_h) or "", source.id) for source in sources)
    print(f"Chưa nguồn nào đến hạn; sớm nhất là {first[1]}, từ {first[0]}. Thu thập ngay: --only {first[1]}")
    return 0


def _check(options: argparse.Namespace) -> int:
    from crawler.check import check, mark_verified  # noqa: PLC0415

    found = check(_chosen(options), contact=options.contact)
    if options.json:
        _print_json([{"id": item.id, "passed": item.passed, "seen": item.seen} for item in found])
    else:
        for item in found:
            print(f"{'đọc được' if item.passed else 'CHƯA ĐỌC ĐƯỢC'}  {item.name} [{item.id}]")
            for seen in item.seen:
                print(f"  {seen}")
    if options.write:
        mark_verified(options.sources, [item.id for item in found if item.passed])
    return 0 if all(item.passed for item in found) else 1


def _add(options: argparse.Namespace) -> int:
    if options.url and (len(options.items) != 1 or is_address(options.items[0]) or Path(options.items[0]).is_dir()):
        raise ValueError("--url chỉ dùng khi thêm đúng một tệp")
    declared = Declared(
        url=options.url,
        original_url=options.original_url,
        published=options.published,
        kind=options.kind,
        source=options.source,
        province=options.province,
        authority=options.authority,
        rights=options.rights,
    )
    added: list[Added] = []
    skipped: list[Skipped] = []
    with Archive(options.data, create=True) as archive:
        held_back = forgotten(archive, options.items)
        items = [item for item in options.items if item not in {skip.name for skip in held_back}]
        for result in chain(held_back, _read(items, declared, options.contact, local=options.local)):
            done = result if isinstance(result, Skipped) else store(archive, *result)
            if isinstance(done, Skipped):
                skipped.append(done)
                if not options.json:
                    print(f"bỏ qua  {done.name}: {done.reason}", file=sys.stderr)
            else:
                added.append(done)
                if not options.json:
                    print(f"{_CHANGES[done.change or 'new']}  {done.article.id}  {done.article.title}")
    if options.json:
        _print_json(
            {
                "added": [
                    {"name": a.name, "id": a.article.id, "title": a.article.title, "change": a.change} for a in added
                ],
                "skipped": [{"name": s.name, "reason": s.reason} for s in skipped],
            }
        )
    elif skipped:
        print(f"{len(added)} bài, bỏ qua {len(skipped)}", file=sys.stderr)
    return 0 if added else 1


_CHANGES = {"new": "mới", "changed": "thay đổi", "updated": "cập nhật", "unchanged": "không đổi"}


def _read(items: Sequence[str], declared: Declared, contact: str | None, *, local: bool) -> Any:
    from crawler.sandbox import Sandbox  # noqa: PLC0415

    addresses = [item for item in items if is_address(item)]
    with Sandbox() as sandbox:
        yield from read_files([item for item in items if not is_address(item)], declared, sandbox.file)
        if addresses:
            from crawler.spider import fetch  # noqa: PLC0415

            for asked, page in fetch(addresses, contact=contact, local=local):
                if isinstance(page, str):
                    yield Skipped(name=asked, reason=page)
                else:
                    yield from read_fetched(page.url, page.raw, declared, sandbox.file)


def _backup(options: argparse.Namespace) -> int:
    made = back_up(options.data, options.file)
    if options.json:
        _print_json({"file": str(options.file), **asdict(made)})
        return 0
    for kept in made.files:
        print(f"{kept.size:>12}  {kept.name}")
    print(f"Đã sao lưu vào {options.file}. Phục hồi: python -m crawler restore {options.file} --data thư-mục-mới")
    return 0


def _restore(options: argparse.Namespace) -> int:
    done = restore(options.file, options.data)
    if options.json:
        _print_json({"data": str(options.data), **asdict(done)})
        return 0
    print(f"Đã phục hồi {len(done.files)} tệp của {done.created} vào {options.data}.")
    print(f"Dựng lại chỉ mục: python -m index build --data {options.data}")
    return 0


def _forget(options: argparse.Namespace) -> int:
    from crawler.forget import forget  # noqa: PLC0415

    erased = forget(options.data, options.target)
    if options.json:
        _print_json(asdict(erased))
        return 0
    print(f"Đã xóa {len(erased.articles)} bài, {erased.addresses} địa chỉ của {erased.target}; sẽ không lấy lại nữa.")
    if erased.reindexed:
        print("Chỉ mục đã dựng lại, các chỉ mục cũ đã xóa.")
    for url in erased.left:
        print(f"Còn giữ tệp đính kèm của bài đã xóa: {url} (xóa nốt: python -m crawler forget {url})")
    return 0


def _show(options: argparse.Namespace) -> int:
    with Archive(options.data) as archive:
        article = archive.get(options.id, options.digest)
    if article is None:
        version = f" phiên bản {options.digest}" if options.digest else ""
        raise ValueError(
            f"kho {options.data} không có bài {options.id}{version}; xem danh sách: python -m crawler status"
        )
    _print_article(article, as_json=options.json)
    return 0


def _try(options: argparse.Namespace) -> int:
    results: list[tuple[Added, Raw] | Skipped] = list(
        _read([options.item], Declared(), options.contact, local=options.local)
    )
    if len(results) != 1 or isinstance(results[0], Skipped):
        reason = results[0].reason if results and isinstance(results[0], Skipped) else "chỉ đọc thử được một tệp"
        raise ValueError(f"{options.item}: {reason}")
    _print_article(results[0][0].article, as_json=options.json, with_dropped=True)
    return 0


def _print_article(article: Article, *, as_json: bool, with_dropped: bool = False) -> None:
    if as_json:
        print(_ARTICLE.dump_json(article, indent=1).decode("utf-8"))
        return
    print(article.title)
    for name in _SHOWN:
        value = getattr(article, name)
        if value is not None:
            print(f"  {name}: {value}")
    for attachment in article.attachments:
        print(f"  attachment: {attachment.label} {attachment.url}")
    for page in article.pages:
        sure = "" if page.confidence is None else f", nhận dạng, độ tin cậy {page.confidence:.0%}"
        print(f"  trang {page.number} [{page.start}:{page.end}]{sure}")
    for section in article.sections:
        print(f"  {'  ' * section.level}[{section.start}:{section.end}] {section.label} {section.heading}".rstrip())
    print()
    for block in article.blocks:
        print(f"{block.role:9} {article.text[block.start : block.end]}")
    if with_dropped:
        print(f"\nĐã bỏ {len(article.dropped)} dòng:")
        for item in article.dropped:
            print(f"  {item.reason}: {item.text}")


def _status(options: argparse.Namespace) -> int:
    from crawler.status import lines, statuses  # noqa: PLC0415

    sources = load_sources(options.sources)
    with Archive(options.data) as archive:
        every = [status for status in statuses(archive, sources) if options.only is None or status.id in options.only]
        total, kinds, last, listed = archive.count(), archive.kinds(), archive.last_fetched(), []
        if options.list or options.json:
            listed = [(article.id, article.title, article.source) for article in archive.articles()]
        cursor = archive.cursor()
    if options.json:
        _print_json(
            {
                "articles": total,
                "kinds": kinds,
                "last_fetched": last,
                "cursor": cursor,
                "sources": [asdict(status) for status in every],
                "list": [{"id": id_, "title": title, "source": source} for id_, title, source in listed],
            }
        )
        return 0
    print(f"Kho {options.data}: {total} bài, lấy gần nhất {last or 'chưa có'}")
    for kind, count in kinds.items():
        print(f"  {count:6}  {kind}")
    for status in every:
        for text in lines(status):
            print(text)
    for id_, title, source in listed:
        print(f"  {id_}  {title} ({source})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
