"""`python -m demo serve` (the portal alone) and `python -m demo run` (what `make run` does)."""

import argparse
import signal
import sys
from pathlib import Path

from demo.conductor import run
from demo.pages import EDITIONS, PageError
from demo.portal import PORTALS, running

_LAST_PORT = 65535


def main(arguments: list[str] | None = None) -> int:
    """Run one of the two commands; the exit status."""
    options = _parser().parse_args(arguments)
    if options.command == "run":
        return run(port=options.port, data=options.data, demo_port=options.demo_port)
    return _serve(options.port, edition=options.edition, quiet=options.quiet)


def _serve(port: int, *, edition: int, quiet: bool) -> int:
    stops = {signal.SIGINT, signal.SIGTERM}
    # Blocked before the threads start, which inherit it: the signal then waits for sigwait below.
    signal.pthread_sigmask(signal.SIG_BLOCK, stops)
    log = None if quiet else lambda line: print(line, file=sys.stderr)
    try:
        with running(range(port, port + PORTALS), log, edition=edition) as homes:
            if not quiet:
                print("\n".join(f"{home}/" for home in homes), flush=True)
            signal.sigwait(stops)
    except OSError as error:
        print(
            f"Không mở được cổng {port}-{port + PORTALS - 1}: {error.strerror}. Hãy chọn số khác với --port",
            file=sys.stderr,
        )
        return 1
    except PageError as error:
        print(f"Trang mẫu không đọc được: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m demo", description="Cổng mẫu để thu thập, và lệnh chạy trọn gói.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")
    serve = commands.add_parser("serve", help="chỉ mở các cổng mẫu", description="Mở các cổng mẫu, Ctrl-C để dừng.")
    serve.add_argument(
        "--port",
        type=_first_port,
        default=8801,
        metavar="SỐ",
        help=f"cổng đầu; {PORTALS - 1} cổng kế tiếp cũng được dùng (%(default)s)",
    )
    serve.add_argument(
        "--edition",
        type=int,
        choices=range(1, EDITIONS + 1),
        default=1,
        help="ấn bản; ấn bản 2 sửa một trang, gỡ một trang, thêm một trang (%(default)s)",
    )
    serve.add_argument("--quiet", action="store_true", help="không in địa chỉ và từng lượt truy cập")
    whole = commands.add_parser(
        "run",
        help="cổng mẫu, thu thập, lập chỉ mục và máy chủ",
        description="Cổng mẫu, thu thập, lập chỉ mục, máy chủ hỏi đáp; Ctrl-C dừng tất cả. Lần sau dùng lại DATA.",
    )
    whole.add_argument("--port", type=_port, default=8000, metavar="SỐ", help="cổng của máy chủ hỏi đáp (%(default)s)")
    whole.add_argument(
        "--data", type=Path, default=Path("data"), metavar="THƯ_MỤC", help="thư mục dữ liệu (%(default)s)"
    )
    whole.add_argument(
        "--demo-port", type=_first_port, default=8801, metavar="SỐ", help="cổng đầu của các cổng mẫu (%(default)s)"
    )
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} không phải số cổng; cần từ 1 đến {_LAST_PORT}")
    return int(text)


def _first_port(text: str) -> int:
    port = _port(text)
    if port + PORTALS - 1 > _LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text} quá lớn: cần thêm {PORTALS - 1} cổng kế tiếp")
    return port


if __name__ == "__main__":
    sys.exit(main())
