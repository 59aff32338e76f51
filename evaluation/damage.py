"""Damaged and hostile inputs through the sandbox, read as the crawler and `add` read: what became of each, how fast.

A reader that fails in a way the sandbox contains (time, memory, a signal, an error of its own) is a finding all the
same: it is counted, and its input is kept for reproduction.
"""

import contextlib
import gzip
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from crawler.archive import Raw
from crawler.documents.bundle import Unread, is_bundle, members
from crawler.draft import NoArticleError, Origin
from crawler.sandbox import ReaderFailedError, Sandbox
from crawler.sources import Source
from evaluation.bombs import bombs
from evaluation.mutations import damaged

Format = Literal["html", "text", "pdf", "docx", "doc", "zip", "image", "sitemap", "feed"]
Outcome = Literal["read", "no article", "error", "time", "memory", "signal"]

LIMIT_S = 10.0
FOLDERS = (Path(__file__).parents[1] / "demo", Path(__file__).parents[1] / "tests")
_FINDINGS: tuple[Outcome, ...] = ("error", "time", "memory", "signal")
_SUFFIXES: dict[str, Format] = {
    **{".html": "html", ".htm": "html", ".txt": "text", ".pdf": "pdf", ".docx": "docx", ".doc": "doc", ".zip": "zip"},
    **{".png": "image", ".jpg": "image", ".tif": "image", ".xml": "sitemap"},
}
# How often each is drawn; OCR of pictures takes seconds.
_WEIGHTS: dict[Format, int] = {
    **{"html": 40, "text": 10, "pdf": 16, "docx": 12, "doc": 10, "zip": 4, "image": 1, "sitemap": 4, "feed": 3}
}
_MAX_ORIGINAL_BYTES = 1024 * 1024
_TYPES = (
    *("text/html", "text/html; charset=utf-8", "text/html; charset=windows-1258", "text/html; charset=utf-16"),
    *(
        "text/plain",
        "text/plain; charset=utf-7",
        "application/pdf",
        "application/octet-stream",
        "",
        "text/html;charset",
    ),
    *("text/html; charset=hex", "text/html; charset=\udcff", "a" * 5000),
)
_URL = "http://portal.example/tin/a.html"
_FETCHED = "2026-11-22T00:00:00Z"
_SOURCE = Source(id="portal", name="Cổng thử", home="http://portal.example/", articles=("^/tin/",))
_ORIGIN = Origin(source="Cổng thử", fetched=_FETCHED)


class DamageError(Exception):
    """There is nothing to damage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One damaged input. `name` says where it comes from, the same for the same seed."""

    name: str
    format: Format
    body: bytes
    content_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of an input. `reason` is the message where nothing was read."""

    outcome: Outcome
    took_s: float
    reason: str = ""


@dataclass(slots=True, kw_only=True)
class Report:
    """Counts of (format, outcome), the slowest input of each format, and every finding with its reason.

    peak_bytes: the most memory that one process of the sandbox held.
    """

    counts: Counter[tuple[Format, Outcome]] = field(default_factory=Counter)
    slowest: dict[Format, tuple[float, str]] = field(default_factory=dict)
    findings: list[tuple[str, Outcome, str]] = field(default_factory=list)
    peak_bytes: int = 0


def read_originals(folders: Sequence[Path]) -> dict[Format, list[bytes]]:
    """The good files to damage, by format: those of the folders, and some made here so that none is without.

    Raises:
        DamageError: a folder does not exist.
    """
    originals: dict[Format, list[bytes]] = {name: [] for name in _WEIGHTS}
    for kind, name, body in bombs():
        if name == "small":
            originals[_format(kind)].append(body)
    for folder in folders:
        if not folder.is_dir():
            raise DamageError(f"không có thư mục {folder}; cần thư mục có tệp html, txt, pdf, docx, doc")
        for path in sorted(folder.rglob("*")):
            found = _SUFFIXES.get(path.suffix.lower())
            if found is not None and path.is_file() and path.stat().st_size <= _MAX_ORIGINAL_BYTES:
                originals[found].append(path.read_bytes())
    pages = [f"http://portal.example/tin/{i}.html" for i in range(20)]
    entries = "".join(f"<url><loc>{url}</loc><lastmod>2026-01-02</lastmod></url>" for url in pages)
    sitemap = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/0.9">{entries}</urlset>'
    originals["sitemap"] += [sitemap.encode(), gzip.compress(sitemap.encode(), mtime=0)]
    items = "".join(f"<item><title>Tin OCOP</title><link>{url}</link></item>" for url in pages)
    originals["feed"].append(f"<rss><channel>{items}</channel></rss>".encode())
    originals["text"] += originals["html"][:5]
    return {name: found for name, found in originals.items() if found}


def _format(name: str) -> Format:
    return next(known for known in _WEIGHTS if known == name)


def inputs(originals: dict[Format, list[bytes]], count: int, seed: int) -> Iterator[Input]:
    """First every bomb, then damaged originals, `count` in all, the same for the same `seed` and originals."""
    made = bombs()
    for kind, name, body in made[:count]:
        yield Input(name=f"bomb {name}", format=_format(kind), body=body, content_type=_declared(_format(kind)))
    everything = [body for bodies in originals.values() for body in bodies]
    formats = list(originals)
    for number in range(len(made), count):
        chance = random.Random(f"{seed} {number}")
        kind = chance.choices(formats, [_WEIGHTS[name] for name in formats])[0]
        body = damaged(chance.choice(originals[kind]), everything, chance)
        lying = kind in ("html", "text") and chance.random() < 0.2
        content_type = chance.choice(_TYPES) if lying else _declared(kind)
        yield Input(name=f"{seed}-{number}", format=kind, body=body, content_type=content_type)


def _declared(kind: Format) -> str:
    return {"html": "text/html; charset=utf-8", "text": "text/plain"}.get(kind, "application/octet-stream")


def try_input(sandbox: Sandbox, given: Input) -> Result:
    """Read one input the way the crawler or `add` would."""
    begun = time.monotonic()
    outcome: Outcome
    reason = ""
    try:
        outcome = "read" if _read(sandbox, given) else "no article"
    except ReaderFailedError as error:
        outcome, reason = error.cause, str(error)
    except NoArticleError as error:
        outcome, reason = "no article", str(error)
    except Exception as error:  # in this very process: worse than any of the others
        outcome, reason = "error", f"{type(error).__name__}: {error}"[:300]
    took_s = time.monotonic() - begun
    if outcome not in _FINDINGS and took_s > LIMIT_S:  # read in this process, where nothing cuts it short
        outcome = "time"
    return Result(outcome=outcome, took_s=took_s, reason=reason)


def _read(sandbox: Sandbox, given: Input) -> bool:
    raw = Raw(body=given.body, content_type=given.content_type)
    if given.format == "sitemap":
        return any(sandbox.sitemap(given.body))
    if given.format == "feed":
        return bool(sandbox.feed(given.body))
    if given.format in ("html", "text"):
        return sandbox.page(raw, _URL, _SOURCE, _FETCHED).article is not None
    if given.format != "zip" or not is_bundle(given.body):
        return sandbox.file(raw, _ORIGIN).text != ""
    read = False
    for member in members(given.body):
        if not isinstance(member, Unread):
            try:
                sandbox.file(Raw(body=member.body, content_type="text/html"), _ORIGIN)
                read = True
            except ReaderFailedError:
                raise
            except NoArticleError:
                continue
    return read


def run_damage(given: Iterable[Input], keep: Path, sandbox: Sandbox) -> Report:
    """Try every input; the bytes of findings are written below `keep`, each with its reason beside it.

    Ctrl-C ends it early: the report is then of what was tried.
    """
    report = Report()
    with contextlib.suppress(KeyboardInterrupt):
        for one in given:
            result = try_input(sandbox, one)
            report.counts[one.format, result.outcome] += 1
            report.slowest[one.format] = max(report.slowest.get(one.format, (0.0, "")), (result.took_s, one.name))
            if result.outcome in _FINDINGS:
                report.findings.append((f"{one.format} {one.name}", result.outcome, result.reason))
                _keep(keep, one, result)
    sandbox.close()
    # Linux counts in KiB, macOS in bytes; the greatest of all processes that have ended and were waited for.
    unit = 1 if sys.platform == "darwin" else 1024
    report.peak_bytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
    return report


def _keep(folder: Path, given: Input, result: Result) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = "".join(char if char.isascii() and char.isalnum() else "-" for char in f"{given.format}-{given.name}")[:80]
    (folder / f"{name}.bin").write_bytes(given.body)
    said = f"{result.outcome}, {result.took_s:.1f} s, {given.content_type[:200]!r}\n{result.reason}\n"
    (folder / f"{name}.txt").write_text(said, encoding="utf-8", errors="backslashreplace")


def damage_table(report: Report) -> str:
    """The report as text: a row a format."""
    outcomes: tuple[tuple[Outcome, str], ...] = (
        *(("read", "đọc được"), ("no article", "không có bài"), ("error", "lỗi"), ("time", "quá giờ")),
        *(("memory", "quá bộ nhớ"), ("signal", "chết")),
    )
    rows = [["dạng", *(word for _, word in outcomes), "chậm nhất", "đầu vào chậm nhất"]]
    for kind in [name for name in _WEIGHTS if name in report.slowest]:
        seconds, name = report.slowest[kind]
        rows.append([kind, *(str(report.counts[kind, outcome]) for outcome, _ in outcomes), f"{seconds:.2f} s", name])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.append(f"{report.counts.total()} đầu vào, bộ nhớ nhiều nhất {report.peak_bytes / 1024 / 1024:.0f} MiB")
    lines += [f"{outcome}: {name}: {reason}" for name, outcome, reason in report.findings]
    return "\n".join(lines)
