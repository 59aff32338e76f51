"""`python -m assistant "câu hỏi"`: one answer, or a conversation where no question is given."""

import argparse
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.answer import Answer
from assistant.terminal import as_text
from crawler.folder import default_data_folder
from index.today import within_reach

if TYPE_CHECKING:  # `--help` answers without loading the index
    from assistant.ask import Assistant

DONE, FAILED, WRONG_CALL, INTERRUPTED = 0, 1, 2, 130
_EXAMPLE = "Giấy chứng nhận OCOP có hiệu lực bao lâu?"
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class QuestionError(ValueError):
    """A question that cannot be asked; the message says what was found and what is expected, in Vietnamese."""


class CannotAnswerError(Exception):
    """The data folder cannot be asked; the message says why and the command that mends it, in Vietnamese."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer and return the exit code, as `--help` lists them."""
    try:
        parser = _parser()
        options = parser.parse_args(arguments)
        if options.scorecard is not None and options.question is not None:
            parser.error("--scorecard không đi cùng câu hỏi; hãy bỏ một trong hai")
        if options.answers is not None and options.scorecard is None:
            parser.error("--answers chỉ đi cùng --scorecard")
        if options.scorecard is not None:
            return _scorecard(options)
        ready = None if options.question is None else clean_question(options.question)
        assistant = _opened(options.data, quiet=options.json and not sys.stderr.isatty())
        show = _print_json if options.json else _print_text
        ask = _explaining(assistant) if options.explain else assistant.ask
        with _archive_trouble_told(options.data):
            if ready is None:
                return _converse(ask, options.as_of, show)
            show(ask(ready, as_of=options.as_of))
            return DONE
    except QuestionError as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return WRONG_CALL
    except CannotAnswerError as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has read enough. Python flushes stdout once more as it ends and must find it writable.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def clean_question(text: str) -> str:
    """The question in NFC with white space folded.

    Raises:
        QuestionError: it holds no letter, is too long, or holds characters that no keyboard types.
    """
    from assistant.ask import MAX_QUESTION_CHARACTERS  # noqa: PLC0415

    for position, char in enumerate(text, start=1):
        if unicodedata.category(char) in {"Cc", "Cs"} and not char.isspace():
            raise QuestionError(f"ký tự thứ {position} của câu hỏi (U+{ord(char):04X}) không phải chữ; hãy gõ lại")
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    if len(folded) > MAX_QUESTION_CHARACTERS:
        raise QuestionError(
            f"câu hỏi dài {len(folded)} ký tự; tối đa {MAX_QUESTION_CHARACTERS}, hãy rút gọn rồi hỏi lại"
        )
    if not any(char.isalnum() for char in folded):
        raise QuestionError(f'câu hỏi trống; hãy ghi câu hỏi trong ngoặc kép, ví dụ: python -m assistant "{_EXAMPLE}"')
    return folded


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m assistant",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Trả lời câu hỏi về OCOP từ một thư mục dữ liệu đã có chỉ mục; mỗi câu đều dẫn nguồn.\n"
        "Không ghi câu hỏi thì trò chuyện: mỗi dòng một câu, câu sau hiểu theo câu trước,\n"
        "dòng trống hoặc Ctrl-D để thôi.",
        epilog="mã thoát:\n"
        "  0    đã trả lời, kể cả khi câu trả lời là không tìm thấy\n"
        "  1    không trả lời được: chưa có chỉ mục, chỉ mục hỏng hoặc thiếu mô hình\n"
        "  2    gọi sai: câu hỏi trống, quá dài hoặc có ký tự lạ; ngày sai; cờ không có\n"
        "  130  dừng bằng Ctrl-C",
    )
    parser.add_argument("question", nargs="?", metavar="CÂU-HỎI", help="câu hỏi, có dấu hoặc không dấu")
    parser.add_argument(
        "--data",
        type=Path,
        default=default_data_folder(),
        metavar="FOLDER",
        help="thư mục dữ liệu (mặc định: OCOP_DATA, hiện là %(default)s)",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="in mỗi câu trả lời thành một dòng JSON, như POST /api/ask",
    )
    parser.add_argument(
        "--explain",
        action="store_true",
        help="in từng bước ra stderr: đọc, hiểu, xem số liệu đã ghi, tìm, xét, soạn, soát, dẫn nguồn, kèm kết quả và "
        "thời gian",
    )
    parser.add_argument(
        "--scorecard",
        metavar="BỘ",
        help="tự chấm theo bộ tiêu chí này: số bộ hay tên sản phẩm; hỏi từng tiêu chí, hoặc đọc câu trả lời có sẵn",
    )
    parser.add_argument(
        "--answers",
        metavar="TỆP",
        help='cùng --scorecard: tệp JSON như {"1.1": 2, "1.2": 0}, 0 là không phương án nào; “-” là đầu vào chuẩn',
    )
    parser.add_argument(
        "--as-of",
        type=_day,
        metavar="YYYY-MM-DD",
        help="trả lời theo quy định và số liệu của ngày này (mặc định: hôm nay, giờ Việt Nam)",
    )
    return parser


def _day(text: str) -> date:
    try:
        # fromisoformat alone would also take 20261122 and 2026-W47-7.
        if _ISO_DAY.fullmatch(text) and within_reach(day := date.fromisoformat(text)):
            return day
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} không phải một ngày dạng YYYY-MM-DD, ví dụ 2026-11-22")


def _scorecard(options: argparse.Namespace) -> int:
    """Score a form over a data folder, without loading a model."""
    from assistant.scorecard_command import run  # noqa: PLC0415
    from index.today import vietnam_today  # noqa: PLC0415

    with _index_trouble_told(options.data):
        on = options.as_of or vietnam_today()
        return run(options.data, options.scorecard, options.answers, on, as_json=options.json)


def _opened(data: Path, *, quiet: bool) -> "Assistant":
    """The assistant over a data folder, warmed up; the wait is told on standard error.

    Raises:
        CannotAnswerError: the index or its model cannot be used.
    """
    if not quiet:
        print("Đang nạp chỉ mục và mô hình…", end="\r" if sys.stderr.isatty() else "\n", file=sys.stderr, flush=True)
    from assistant.ask import Assistant  # noqa: PLC0415
    from assistant.generator import load_generator  # noqa: PLC0415
    from assistant.settings import load_settings  # noqa: PLC0415
    from index.search import Searcher  # noqa: PLC0415

    try:
        generator = load_generator(load_settings())
    except ImportError as error:
        raise CannotAnswerError(f"OCOP_LLM_URL đã đặt nhưng thiếu thư viện: {error}") from error
    except ValueError as error:
        raise CannotAnswerError(str(error)) from error
    try:
        with _index_trouble_told(data):
            assistant = Assistant(data, Searcher.open(data), generator)
            assistant.warm()
    finally:
        if not quiet and sys.stderr.isatty():
            print("\x1b[K", end="", file=sys.stderr, flush=True)  # ECMA-48 EL: the waiting line goes
    return assistant


@contextmanager
def _index_trouble_told(data: Path) -> Iterator[None]:
    """An index, archive or model that cannot be used becomes CannotAnswerError."""
    from index.embed import EmbedderError  # noqa: PLC0415
    from index.manifest import IndexMismatch, IndexMissing, IndexTooNew, IndexUnusable  # noqa: PLC0415

    build = f"python -m index build --data {data}"
    try:
        with _archive_trouble_told(data):
            yield
    except IndexMissing:
        raise CannotAnswerError(
            f"thư mục {data} chưa có chỉ mục. Dựng bằng: {build}\n"
            f"Chưa có bài nào thì thu thập trước: python -m crawler --data {data}"
        ) from None
    except IndexTooNew as error:
        raise CannotAnswerError(
            f"chỉ mục trong {data} do bản mới hơn của chương trình dựng. Cập nhật chương trình, hoặc dựng lại: "
            f"{build}\nChi tiết: {error}"
        ) from error
    except IndexMismatch as error:
        raise CannotAnswerError(
            f"chỉ mục trong {data} dựng bằng mô hình khác. Dựng lại: {build}\nChi tiết: {error}"
        ) from error
    except IndexUnusable as error:
        raise CannotAnswerError(
            f"chỉ mục trong {data} bị hỏng hoặc dựng dở. Dựng lại: {build}\nChi tiết: {error}"
        ) from error
    except EmbedderError as error:
        raise CannotAnswerError(f"không nạp được mô hình mà chỉ mục trong {data} cần.\nChi tiết: {error}") from error


@contextmanager
def _archive_trouble_told(data: Path) -> Iterator[None]:
    """An archive that cannot be read, or that lacks what its index names, becomes CannotAnswerError."""
    from crawler.archive import ArchiveError  # noqa: PLC0415

    try:
        yield
    except (ArchiveError, LookupError) as error:
        if isinstance(error, KeyError | IndexError):
            raise  # a fault of ours: its traceback tells more than any sentence
        raise CannotAnswerError(
            f"kho lưu trữ trong {data} không đọc được hoặc không khớp với chỉ mục. Nếu kho còn tốt, dựng lại chỉ mục: "
            f"python -m index build --data {data}\nChi tiết: {error}"
        ) from error


class _Ask(Protocol):
    def __call__(self, question: str, /, *, conversation: str | None = None, as_of: date | None = None) -> Answer: ...


def _explaining(assistant: "Assistant") -> _Ask:
    """Asking, with every step told on standard error before the answer is shown."""
    from assistant.explain import explained  # noqa: PLC0415
    from assistant.steps import Step  # noqa: PLC0415

    def ask(question: str, /, *, conversation: str | None = None, as_of: date | None = None) -> Answer:
        steps: list[Step] = []
        answer = assistant.ask(question, conversation=conversation, as_of=as_of, watch=steps.append)
        print(explained(steps) + "\n", file=sys.stderr, flush=True)
        return answer

    return ask


def _converse(ask: _Ask, as_of: date | None, show: Callable[[Answer], None]) -> int:
    """Answer line by line, as one conversation, until an empty line or the end of the input."""
    if sys.stdin.isatty():
        with suppress(ImportError):
            import readline  # noqa: F401, PLC0415 (gives input() its line editing and history)
        print("Hỏi về OCOP; dòng trống hoặc Ctrl-D để thôi.", file=sys.stderr)
    # Bytes that are no UTF-8 arrive as lone surrogates, which clean_question names, instead of ending the program.
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")
    status, conversation = DONE, None
    for line in iter(_next_line, ""):
        try:
            question = clean_question(line)
        except QuestionError as error:
            print(f"Lỗi: {error}", file=sys.stderr)
            status = WRONG_CALL
            continue
        answer = ask(question, conversation=conversation, as_of=as_of)
        conversation = answer.conversation
        show(answer)
    return status


def _next_line() -> str:
    """The next question, or nothing at an empty line or the end of the input."""
    try:
        return (input("› ") if sys.stdin.isatty() else input()).strip()
    except EOFError:
        return ""


def _print_text(answer: Answer) -> None:
    print(as_text(answer) + "\n", flush=True)


def _print_json(answer: Answer) -> None:
    from pydantic import TypeAdapter  # noqa: PLC0415

    print(TypeAdapter(Answer).dump_json(answer).decode("utf-8"), flush=True)


if __name__ == "__main__":
    sys.exit(main())
