"""The measurements: one question step by step, and building beside the bare model.

Asking is measured first, so that its peak of memory is that of a server, not of a build.
"""

import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Timings
from assistant.ask import Assistant
from benchmarks.machine import Machine, peak_rss_mib, this_machine
from crawler.archive import FILE_NAME, now_iso
from index.build import build
from index.embed import Embedder, load_embedder
from index.fields import searchable
from index.manifest import in_use, read_manifest
from index.search import Searcher

# beyond: what an answer takes longer than its question's vector and the searches take by themselves.
STEPS = ("embed", "search", "compose", "beyond", "total")
# As many as the last vectors and readings of questions that are remembered.
_REMEMBERED = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Milliseconds: the median and the 95th percentile."""

    p50_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one run measured.

    Per step of one question, each new to the caches of vectors and of readings: first, of questions about texts that
    nobody had asked about; steps, of the same asked again; others, of other questions after them, each once. statuses:
    how many answers had which status, of `asked` questions.

    load_s: loading the model, with what it imports; open_s: opening the index, checksums included.
    build_passages_per_s: the whole build from the archive, model loaded before. embed_passages_per_s: the part of the
    build that computes vectors; bare_passages_per_s: the same texts given to the model alone.
    """

    measured: str
    machine: Machine
    embedder: str
    store: str
    articles: int
    passages: int
    asked: int
    statuses: dict[str, int]
    first: dict[str, Spread]
    steps: dict[str, Spread]
    others: dict[str, Spread]
    load_s: float
    open_s: float
    build_s: float
    build_passages_per_s: float
    embed_passages_per_s: float
    bare_passages_per_s: float
    embed_to_bare: float
    serving_peak_mib: float
    build_peak_mib: float


def measure(data: Path, questions: Sequence[str], others: Sequence[str] = (), *, rounds: int = 3) -> Figures:
    """Measure on a data folder that has an index; nothing in it is changed.

    rounds: how often all questions are asked, after the first time that they are. others: asked once each.

    Raises:
        ValueError: there is no question.
        index.manifest.IndexUnusable: there is no usable index.
    """
    if not questions:
        raise ValueError("no question to measure with; expected at least one")
    manifest = read_manifest(data, in_use(data))
    started = time.perf_counter()
    embedder = load_embedder(manifest.embedder)
    embedder.embed_query("sản phẩm OCOP")
    load_s = time.perf_counter() - started

    statuses: dict[str, int] = {}
    started = time.perf_counter()
    searcher = Searcher.open(data, embedder=embedder)
    open_s = time.perf_counter() - started
    assistant = Assistant(data, searcher)
    assistant.warm()

    def asked(again: Sequence[str]) -> list[Timings]:
        answers = [assistant.ask(question) for question in again]
        for answer in answers:
            statuses[answer.status] = statuses.get(answer.status, 0) + 1
        for number in range(_REMEMBERED):  # which push out what is remembered of these
            searcher.search(f"câu số {number}", limit=1)
        return [answer.timings_ms for answer in answers]

    first = asked(questions)
    again = [timings for _ in range(rounds) for timings in asked(questions)]
    once = asked(others)
    searcher.close()
    serving_peak = peak_rss_mib()
    bare_rate, report_s, embed_rate = _build_rates(data, embedder)
    return Figures(
        measured=now_iso(),
        machine=this_machine(),
        embedder=manifest.embedder,
        store=manifest.store,
        articles=manifest.articles,
        passages=manifest.passages,
        asked=len(first) + len(again) + len(once),
        statuses=dict(sorted(statuses.items())),
        first=_spreads(first),
        steps=_spreads(again),
        others=_spreads(once),
        load_s=round(load_s, 2),
        open_s=round(open_s, 3),
        build_s=round(report_s, 2),
        build_passages_per_s=round(manifest.passages / report_s, 2),
        embed_passages_per_s=round(embed_rate, 2),
        bare_passages_per_s=round(bare_rate, 2),
        embed_to_bare=round(embed_rate / bare_rate, 3),
        serving_peak_mib=round(serving_peak, 1),
        build_peak_mib=round(peak_rss_mib(), 1),
    )


def _spreads(asked: Sequence[Timings]) -> dict[str, Spread]:
    """Each step of some questions; none of no question."""
    return {step: spread([_took(timings, step) for timings in asked]) for step in STEPS if asked}


def _took(timings: Timings, step: str) -> float:
    if step == "beyond":
        return timings.total - timings.embed - timings.search
    return float(getattr(timings, step))


def _build_rates(data: Path, embedder: Embedder) -> tuple[float, float, float]:
    """(the bare model's passages/s, seconds of a whole build, the build's own passages/s), on a copy of the archive."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for suffix in ("", "-wal", "-shm"):
            source = data / (FILE_NAME + suffix)
            if source.exists():
                shutil.copy(source, copy / source.name)
        report = build(copy, embedder=embedder, progress=False)
        searcher = Searcher.open(copy, embedder=embedder)
        passages = [passage for name in searcher.article_ids() for passage in searcher.passages_of(name)]
        searcher.close()
        # Equal passages are embedded once by the build, so the bare model gets each once too.
        texts = list(dict.fromkeys(searchable(passage) for passage in passages))
        started = time.perf_counter()
        embedder.embed_passages(texts)
        bare_s = time.perf_counter() - started
        assert report.passages == len(passages)
        return len(texts) / bare_s, report.seconds, report.embedded / report.embed_s


def spread(values: Sequence[float] | NDArray[np.float64]) -> Spread:
    """The median and the 95th percentile of milliseconds."""
    p50, p95 = np.percentile(values, [50, 95])
    return Spread(p50_ms=round(float(p50), 2), p95_ms=round(float(p95), 2))


def as_table(figures: Figures) -> str:
    """The figures as a reader sees them."""
    machine = figures.machine
    memory = "" if machine.memory_gib is None else f", {machine.memory_gib:g} GiB"
    answers = ", ".join(f"{count} {status}" for status, count in figures.statuses.items())
    lines = [
        f"Máy: {machine.processor}, {machine.cores} lõi{memory}; {machine.system}; Python {machine.python}, "
        + ", ".join(f"{name} {number}" for name, number in machine.libraries.items()),
        f"Kho: {figures.articles} bài, {figures.passages} đoạn; {figures.embedder}, {figures.store}; "
        f"{figures.asked} lượt hỏi ({answers})",
        "",
        "| bước của một câu hỏi, p50 / p95 (ms) | hỏi lần đầu | hỏi lại | câu khác, mỗi câu một lần |",
        "|---|---|---|---|",
        *(
            f"| {step} | {_cell(figures.first, step)} | {_cell(figures.steps, step)} | {_cell(figures.others, step)} |"
            for step in figures.first
        ),
        "",
        "| việc | số đo |",
        "|---|---|",
        f"| nạp mô hình, câu đầu | {figures.load_s:.2f} s |",
        f"| mở chỉ mục | {figures.open_s:.3f} s |",
        f"| dựng chỉ mục | {figures.build_s:.2f} s, {figures.build_passages_per_s:.1f} đoạn/s |",
        f"| tính vectơ khi dựng | {figures.embed_passages_per_s:.1f} đoạn/s |",
        f"| mô hình chạy riêng | {figures.bare_passages_per_s:.1f} đoạn/s (tỷ số {figures.embed_to_bare:.3f}) |",
        f"| bộ nhớ cao nhất khi hỏi | {figures.serving_peak_mib:.0f} MiB |",
        f"| bộ nhớ cao nhất khi dựng | {figures.build_peak_mib:.0f} MiB |",
    ]
    return "\n".join(lines)


def _cell(steps: dict[str, Spread], step: str) -> str:
    """The median and the 95th percentile of a step; a dash where nothing was asked."""
    return f"{steps[step].p50_ms:.2f} / {steps[step].p95_ms:.2f}" if step in steps else "-"
