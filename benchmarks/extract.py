"""Pages extracted per second: our reader, with and without the rules of their sources, beside bare trafilatura.

All ways take the same bytes, in one process, page after page in turn, so that a busy machine slows all of them alike;
what counts is the processor's time. The whole of our reader is measured: from the bytes to the Article.
"""

import logging
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import Machine, peak_rss_mib, this_machine
from crawler.archive import Raw, now_iso
from crawler.draft import NoArticleError, Origin
from crawler.read import read_article
from crawler.sources import Select, load_sources
from demo.conductor import write_sources
from demo.pages import load_portals
from demo.render import render_portal
from evaluation.trafilatura_alone import extraction_alone

_HOME = "https://mau.example.vn"
_PORT = 8801


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A page as fetched, and the rules of its source where that has some."""

    name: str
    raw: Raw
    rules: Select | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speeds:
    """What one run measured, in pages per second of one core's time: the best of `rounds` rounds.

    without_rules, with_rules: our reader; trafilatura: `bare_extraction` with its defaults; trafilatura_metadata: with
    title, author and date, which ours gives too. ratio: without_rules over trafilatura. articles: of the pages, how
    many gave an Article without rules.
    """

    measured: str
    machine: Machine
    pages: int
    articles: int
    mean_bytes: int
    rounds: int
    without_rules: float
    with_rules: float
    trafilatura: float
    trafilatura_metadata: float
    ratio: float
    ratio_metadata: float
    peak_mib: float


def demo_samples() -> tuple[Sample, ...]:
    """Every HTML page that the demo portals serve, with the rules that their table of sources has for them."""
    with tempfile.TemporaryDirectory() as folder:
        rules = {source.id: source.select for source in load_sources(write_sources(Path(folder), _PORT))}
    portals = load_portals()
    homes = {portal.settings.id: _HOME for portal in portals}
    names = {portal.settings.id: portal.settings.name for portal in portals}
    return tuple(
        Sample(
            name=portal.settings.id + path,
            raw=Raw(body=document.body, content_type=document.content_type),
            rules=rules.get(f"demo-{portal.settings.id}"),
        )
        for portal in portals
        for path, document in render_portal(portal, homes, names).documents.items()
        if document.status == 200 and document.content_type.startswith("text/html")
    )


def folder_samples(folder: Path) -> tuple[Sample, ...]:
    """The `*.html` files under a folder, in order.

    Raises:
        ValueError: there is none.
    """
    files = sorted(folder.rglob("*.html"))
    if not files:
        raise ValueError(f"không có tệp *.html nào trong {folder}")
    return tuple(
        Sample(name=str(file.relative_to(folder)), raw=Raw(body=file.read_bytes(), content_type="text/html"))
        for file in files
    )


def measure_extraction(samples: Sequence[Sample], *, rounds: int = 3) -> Speeds:
    """Time every way over the same pages.

    Raises:
        ValueError: there is no page.
    """
    if not samples:
        raise ValueError("không có trang nào để đo")
    for name in ("trafilatura", "crawler.html.page"):  # they tell of every page that has no text, or no such rule
        logging.getLogger(name).setLevel(logging.CRITICAL)
    ways: dict[str, Callable[[Sample], object]] = {
        "without_rules": lambda sample: _reads(sample, None),
        "with_rules": lambda sample: _reads(sample, sample.rules),
        "trafilatura": lambda sample: extraction_alone(sample.raw.body, with_metadata=False),
        "trafilatura_metadata": lambda sample: extraction_alone(sample.raw.body, with_metadata=True),
    }
    articles = sum(_reads(sample, None) for sample in samples)
    for sample in samples[:10]:
        for way in ways.values():
            way(sample)
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds):
        spent = dict.fromkeys(ways, 0.0)
        for sample in samples:
            for name, way in ways.items():
                started = time.process_time()
                way(sample)
                spent[name] += time.process_time() - started
        best = {name: min(best[name], spent[name]) for name in ways}
    rates = {name: len(samples) / seconds for name, seconds in best.items()}
    return Speeds(
        measured=now_iso(),
        machine=this_machine(),
        pages=len(samples),
        articles=articles,
        mean_bytes=sum(len(sample.raw.body) for sample in samples) // len(samples),
        rounds=rounds,
        without_rules=round(rates["without_rules"], 1),
        with_rules=round(rates["with_rules"], 1),
        trafilatura=round(rates["trafilatura"], 1),
        trafilatura_metadata=round(rates["trafilatura_metadata"], 1),
        ratio=round(rates["without_rules"] / rates["trafilatura"], 3),
        ratio_metadata=round(rates["without_rules"] / rates["trafilatura_metadata"], 3),
        peak_mib=round(peak_rss_mib(), 1),
    )


def _reads(sample: Sample, rules: Select | None) -> bool:
    """Read one page; whether it gave an Article."""
    origin = Origin(source="benchmarks", fetched="1970-01-01T00:00:00Z", url=f"{_HOME}/{sample.name}")
    try:
        read_article(sample.raw, origin, rules)
    except NoArticleError:
        return False
    return True


def extraction_table(speeds: Speeds) -> str:
    """The speeds as a reader sees them."""
    machine = speeds.machine
    rows = (
        ("bộ đọc này, không quy tắc nguồn", speeds.without_rules),
        ("bộ đọc này, có quy tắc nguồn", speeds.with_rules),
        ("trafilatura, mặc định", speeds.trafilatura),
        ("trafilatura, kèm tiêu đề, tác giả, ngày", speeds.trafilatura_metadata),
    )
    lines = [
        f"Máy: {machine.processor}, {machine.cores} lõi; {machine.system}; Python {machine.python}",
        f"{speeds.pages} trang ({speeds.articles} là bài), trung bình {speeds.mean_bytes} byte; "
        f"tốt nhất trong {speeds.rounds} lượt",
        "",
        "| cách đọc | trang/s mỗi lõi |",
        "|---|---|",
        *(f"| {name} | {rate:.1f} |" for name, rate in rows),
        "",
        f"Tỷ số với trafilatura: {speeds.ratio:.3f} (mặc định), {speeds.ratio_metadata:.3f} (kèm siêu dữ liệu)",
        f"Bộ nhớ cao nhất: {speeds.peak_mib:.0f} MiB",
    ]
    return "\n".join(lines)
