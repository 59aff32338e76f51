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

from assistant.ask import Assistant
from benchmarks.machine import Machine, peak_rss_mib, this_machine
from crawler.archive import FILE_NAME, now_iso
from index.build import build
from index.embed import Embedder, load_embedder
from index.fields import searchable
from index.manifest import current_name, read_manifest
from index.search import Searcher

STEPS = ("embed", "search", "compose", "total")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Milliseconds: the median and the 95th percentile."""

    p50_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one run measured.

    steps: per step of one question, over `asked` questions, each new to the cache of vectors. statuses: how many
    answers had which status. load_s: loading the model, with what it imports; open_s: opening the index, checksums
    included. build_passages_per_s: the whole build from the archive, model loaded before. embed_passages_per_s: the
    part of the build that computes vectors; bare_passages_per_s: the same texts given to the model alone.
    """

    measured: str
    machine: Machine
    embedder: str
    store: str
    articles: int
    passages: int
    asked: int
    statuses: dict[str, int]
    steps: dict[str, Spread]
    load_s: float
    open_s: float
    build_s: float
    build_passages_per_s: float
    embed_passages_per_s: float
    bare_passages_per_s: float
    embed_to_bare: float
    serving_peak_mib: float
    build_peak_mib: float


def measure(data: Path, questions: Sequence[str], *, rounds: int = 3) -> Figures:
    """Measure on a data folder that has an index; nothing in it is changed.

    rounds: how often all questions are asked, each time without remembered vectors.

    Raises:
        ValueError: there is no question.
        index.manifest.IndexUnusable: there is no usable index.
    """
    if not questions:
        raise ValueError("no question to measure with; expected at least one")
    manifest = read_manifest(data, current_name(data))
    started = time.perf_counter()
    embedder = load_embedder(manifest.embedder)
    embedder.embed_query("sản phẩm OCOP")
    load_s = time.perf_counter() - started

    times: dict[str, list[float]] = {step: [] for step in STEPS}
    statuses: dict[str, int] = {}
    open_s = 0.0
    for _ in range(rounds):
        started = time.perf_counter()
        searcher = Searcher.open(data, embedder=embedder)
        open_s = time.perf_counter() - started
        assistant = Assistant(data, searcher)
        assistant.warm()
        for question in questions:
            answer = assistant.ask(question)
            statuses[answer.status] = statuses.get(answer.status, 0) + 1
            for step in STEPS:
                times[step].append(float(getattr(answer.timings_ms, step)))
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
        asked=rounds * len(questions),
        statuses=dict(sorted(statuses.items())),
        steps={step: spread(values) for step, values in times.items()},
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
        assert read_manifest(copy, report.folder.name).passages == len(passages)
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
        "| bước của một câu hỏi | p50 (ms) | p95 (ms) |",
        "|---|---|---|",
        *(f"| {step} | {spread.p50_ms:.2f} | {spread.p95_ms:.2f} |" for step, spread in figures.steps.items()),
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
