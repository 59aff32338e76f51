"""What a crawl shows while it runs: a bar a source on a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import IO, NoReturn

from tqdm import tqdm

from crawler.visit import SourceReport

_EVERY_S = 30.0


class Progress:
    """Call it with a source's report after each address; use it in `with`."""

    def __init__(
        self, *, quiet: bool = False, out: IO[str] | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`quiet`: nothing at all where `out` (standard error) is no terminal."""
        self._out = sys.stderr if out is None else out
        self._quiet = quiet
        self._clock = clock
        self._bars: dict[str, tqdm[NoReturn]] = {}
        self._told: dict[str, float] = {}

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the terminal to what is printed next."""
        for bar in self._bars.values():
            bar.close()
        self._bars.clear()

    def __call__(self, report: SourceReport) -> None:
        """Show how far a source is."""
        if self._out.isatty():
            bar = self._bars.get(report.id)
            if bar is None:
                bar = tqdm(total=0, unit=" trang", desc=report.id[:24], file=self._out, position=len(self._bars))
                self._bars[report.id] = bar
            bar.total = max(report.found, report.done)
            bar.n = report.done
            bar.set_postfix_str(f"mới {report.new}, đổi {report.changed}, lỗi {report.failed}", refresh=False)
            bar.refresh()
            return
        if self._quiet:
            return
        now = self._clock()
        if now - self._told.setdefault(report.id, now) >= _EVERY_S:
            self._told[report.id] = now
            print(line(report), file=self._out, flush=True)


def line(report: SourceReport) -> str:
    """One source's counts, in words."""
    text = (
        f"{report.name} [{report.id}]: thấy {report.found}, tải {report.fetched}, không đổi {report.unchanged}, "
        f"mới {report.new}, thay đổi {report.changed}, đã gỡ {report.gone}, lỗi {report.failed}"
    )
    text += f", không phải bài {report.no_article}" if report.no_article else ""
    text += f", ngoài chủ đề {report.off_topic}" if report.off_topic else ""
    text += "; tiếp lượt bỏ dở" if report.resumed else ""
    if report.waiting_until is not None:
        return f"{text}; chờ đến {report.waiting_until}"
    return f"{text}; dừng giữa chừng, lần chạy sau làm tiếp" if report.interrupted else text
