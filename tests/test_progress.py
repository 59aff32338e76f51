"""What a crawl shows: a line a source, now and then while it runs, a bar on a terminal."""

import io

from crawler.progress import Progress, line
from crawler.visit import SourceReport


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def report(**counts: int) -> SourceReport:
    made = SourceReport(id="bao", name="Báo Mẫu")
    for name, count in counts.items():
        setattr(made, name, count)
    return made


def test_a_line_tells_every_count_there_is() -> None:
    told = line(report(found=9, fetched=4, unchanged=3, new=2, changed=1, gone=1, failed=1, off_topic=2))
    assert told == ("Báo Mẫu [bao]: thấy 9, tải 4, không đổi 3, mới 2, thay đổi 1, đã gỡ 1, lỗi 1, ngoài chủ đề 2")


def test_a_line_tells_what_is_left() -> None:
    waiting = report(found=1)
    waiting.waiting_until = "2026-11-22T10:00:00Z"
    assert line(waiting).endswith("; chờ đến 2026-11-22T10:00:00Z")
    stopped = report(found=1)
    stopped.interrupted = True
    assert line(stopped).endswith("; dừng giữa chừng, lần chạy sau làm tiếp")


def test_away_from_a_terminal_a_line_now_and_then() -> None:
    out, now = io.StringIO(), [0.0]
    with Progress(out=out, clock=lambda: now[0]) as progress:
        for second in (0.0, 10.0, 29.0, 31.0, 40.0, 62.0):
            now[0] = second
            progress(report(found=round(second) + 1))
    assert [told.split("thấy ")[1].split(",")[0] for told in out.getvalue().splitlines()] == ["32", "63"]


def test_quiet_is_quiet() -> None:
    out, now = io.StringIO(), [0.0]
    with Progress(quiet=True, out=out, clock=lambda: now[0]) as progress:
        for second in (0.0, 100.0):
            now[0] = second
            progress(report(found=1))
    assert out.getvalue() == ""


def test_on_a_terminal_each_source_has_a_bar() -> None:
    out = Terminal()
    with Progress(out=out) as progress:
        progress(report(found=4, new=1))
        progress(report(found=4, new=2, failed=1))
    shown = out.getvalue()
    assert "bao" in shown
    assert "3/4" in shown
    assert "mới 2, đổi 0, lỗi 1" in shown
