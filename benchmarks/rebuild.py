"""Building an index again: from nothing, with nothing changed and with one article in a hundred changed, step by step.

The articles are made of the demo pages' sentences, drawn anew for each with other numbers in them; one in twenty is
another's copy. Every build is a process of its own.
"""

import json
import logging
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.embed import demo_passages
from benchmarks.extract import Sample
from benchmarks.machine import Machine, this_machine
from benchmarks.records import read_sample
from crawler.archive import Archive, Raw, now_iso
from crawler.article import Article, Authority
from crawler.draft import Draft, Line, Origin, compose
from index.embed import DEFAULT_EMBEDDER, EmbedderError, load_embedder
from index.manifest import FOLDER, current_name, in_use, read_manifest

_ROOT = Path(__file__).resolve().parent.parent
_ONE_IN = 100  # articles that change
_COPY_IN = 20  # articles that copy the one before
_SYLLABLES = 1100  # of an article: some ten passages
_SAMPLE = 32  # passages the default model is timed with
_NUMBER = re.compile(r"(?<![\d/.,-])\d{2,4}(?![\d/.,-])")
_LONE = ("heading", "row", "caption", "byline")

# The child process: what a command does, and how much memory it took.
_BUILD = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from benchmarks.machine import peak_rss_mib
from index.build import build
report = build(Path(sys.argv[1]), embedder=sys.argv[2], store=sys.argv[3] or None, progress=False)
print(json.dumps({**asdict(report), "folder": "", "peak_mib": peak_rss_mib()}))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """One build. seconds: of the whole, of which `steps`; process_s: with starting Python and importing.
    taken: articles taken over; embedded: passages given to the model; bytes: of the generation."""

    seconds: float
    process_s: float
    steps: dict[str, float]
    taken: int
    embedded: int
    peak_mib: float
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildFigures:
    """What one run measured.

    ratio: changed over first, in seconds; differing: files of the last generation that are not those a build from
    nothing makes of the same articles (a store may keep what it learned from the vectors). default_per_s: passages a
    second of the default model, measured on some here, None where it is not installed; default_ratio: the ratio as it
    would be with that model.
    """

    measured: str
    machine: Machine
    embedder: str
    store: str
    articles: int
    passages: int
    changed_articles: int
    first: Built
    unchanged: Built
    changed: Built
    ratio: float
    differing: tuple[str, ...]
    default_per_s: float | None
    default_ratio: float | None


def measure_rebuild(samples: Sequence[Sample], passages: int, embedder: str, store: str | None) -> RebuildFigures:
    """Build an index of about so many passages, and again.

    Raises:
        RuntimeError: a build failed.
        ValueError: no sample is an article.
    """
    sentences = _sentences(samples)
    count = max(passages // 10, _ONE_IN)
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        _put(data, _articles(sentences, range(count), edition=1))
        first, held = _built(data, embedder, store)
        unchanged, _ = _built(data, embedder, store)
        changing = range(_ONE_IN // 2, count, _ONE_IN)
        _put(data, _articles(sentences, changing, edition=2))
        changed, last = _built(data, embedder, store)
        files = _files(data)
        (data / "index").rename(data / "before")
        _built(data, embedder, store)
        anew = _files(data)
        differing = tuple(name for name in sorted(files | anew) if files.get(name) != anew.get(name))
    rate = _default_rate()

    def with_default(built: Built) -> float:
        return built.seconds - built.steps["vectors"] + (built.embedded / rate if rate else 0.0)

    return RebuildFigures(
        measured=now_iso(),
        machine=this_machine(),
        embedder=embedder,
        store=str(last["store"]),
        articles=count,
        passages=int(str(held["passages"])),
        changed_articles=len(changing),
        first=first,
        unchanged=unchanged,
        changed=changed,
        ratio=round(changed.seconds / first.seconds, 4),
        differing=differing,
        default_per_s=None if rate is None else round(rate, 2),
        default_ratio=None if rate is None else round(with_default(changed) / with_default(first), 4),
    )


def _sentences(samples: Sequence[Sample]) -> list[Line]:
    """The blocks of the samples' articles that can stand by themselves."""
    logging.getLogger("crawler.html.page").setLevel(logging.CRITICAL)  # it tells of every page that has no such rule
    held = [article for sample in samples if (article := read_sample(sample)) is not None]
    if not held:
        raise ValueError("không trang nào là bài để đo")
    texts = [
        article.text[block.start : block.end]
        for article in held
        for block in article.blocks
        if block.role not in _LONE and block.end - block.start > 40
    ]
    return [Line(text=text, role="paragraph", level=0) for text in dict.fromkeys(texts)]


def _articles(sentences: Sequence[Line], numbers: range, *, edition: int) -> Iterator[tuple[Article, Raw]]:
    """Articles of those numbers in the first or second edition; which sentences they have depends on nothing else."""
    for number in numbers:
        copies = number % _COPY_IN == _COPY_IN - 1
        told = number - 1 if copies else number
        drawn = random.Random(f"{told} {edition}")
        lines: list[Line] = []
        syllables = 0
        while syllables < _SYLLABLES:
            line = drawn.choice(sentences)
            text = _NUMBER.sub(lambda _, drawn=drawn: str(drawn.randint(11, 4999)), line.text)  # type: ignore[misc]
            lines.append(Line(text=text, role=line.role, level=line.level))
            syllables += len(text.split())
        authority: Authority = "mirror" if copies else "press"
        origin = Origin(
            source="Báo đo",
            fetched=f"2026-01-0{edition}T00:00:00Z",
            kind="news",
            kind_fixed=True,
            url=f"https://{'guong' if copies else 'bao'}.example/{number}",
            published=f"20{10 + drawn.randrange(16)}-{1 + drawn.randrange(12):02}-{1 + drawn.randrange(28):02}",
            authority=authority,
            rights="full",
        )
        raw = Raw(body=f"{number} {edition}".encode(), content_type="text/plain")
        yield compose(Draft(title=f"Tin số {told}: {lines[0].text[:60]}", lines=tuple(lines)), origin, raw), raw


def _put(data: Path, articles: Iterator[tuple[Article, Raw]]) -> None:
    with Archive(data, create=True) as archive, archive.transaction():
        for article, raw in articles:
            archive.put(article, raw)


def _built(data: Path, embedder: str, store: str | None) -> tuple[Built, dict[str, object]]:
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, str(data), embedder, store or ""],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    process_s = time.perf_counter() - started
    if done.returncode != 0:
        raise RuntimeError(f"the build ended with {done.returncode}: {done.stderr[-2000:]}")
    report = json.loads(done.stdout)
    folder = data / FOLDER / current_name(data)
    return (
        Built(
            seconds=round(report["seconds"], 3),
            process_s=round(process_s, 3),
            steps=report["steps"],
            taken=report["taken"],
            embedded=report["embedded"],
            peak_mib=round(report["peak_mib"], 1),
            bytes=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        ),
        report,
    )


def _files(data: Path) -> dict[str, str]:
    """sha256 of every file of the index in use but its manifest."""
    return read_manifest(data, in_use(data)).files


def _default_rate() -> float | None:
    try:
        model = load_embedder(DEFAULT_EMBEDDER)
    except EmbedderError:
        return None
    texts = demo_passages(2 * _SAMPLE)
    model.embed_passages(texts[:_SAMPLE])
    started = time.perf_counter()
    model.embed_passages(texts[_SAMPLE:])
    return _SAMPLE / (time.perf_counter() - started)


def rebuild_lines(figures: RebuildFigures) -> str:
    """The measurement in lines."""
    builds = {"từ đầu": figures.first, "không đổi": figures.unchanged, "đổi 1 %": figures.changed}
    rows = "\n".join(
        f"| {step} | " + " | ".join(f"{built.steps[step]:.2f}" for built in builds.values()) + " |"
        for step in figures.first.steps
    )

    def row(label: str, values: Sequence[str]) -> str:
        return f"| {label} | " + " | ".join(values) + " |"

    default = (
        f"{DEFAULT_EMBEDDER} không có trên máy này"
        if figures.default_per_s is None or figures.default_ratio is None
        else f"với {DEFAULT_EMBEDDER} ({figures.default_per_s:.1f} đoạn/s): tỷ số {100 * figures.default_ratio:.2f} %"
    )
    return "\n".join(
        (
            f"{figures.machine.processor}, {figures.machine.cores} lõi; {figures.articles} bài, {figures.passages} "
            f"đoạn, {figures.embedder}, {figures.store}; đổi {figures.changed_articles} bài",
            "",
            f"| bước (giây) | {' | '.join(builds)} |",
            "|---|---|---|---|",
            rows,
            row("cả lần dựng", [f"{built.seconds:.2f}" for built in builds.values()]),
            row("cả tiến trình", [f"{built.process_s:.2f}" for built in builds.values()]),
            row("bài lấy lại", [str(built.taken) for built in builds.values()]),
            row("đoạn tính vectơ", [str(built.embedded) for built in builds.values()]),
            row("bộ nhớ cao nhất (MiB)", [f"{built.peak_mib:.0f}" for built in builds.values()]),
            row("trên đĩa (MiB)", [f"{built.bytes / 2**20:.1f}" for built in builds.values()]),
            "",
            f"đổi 1 % so với từ đầu: {100 * figures.ratio:.2f} %; {default}; tệp khác với lần dựng từ đầu: "
            + (", ".join(figures.differing) or "không"),
        )
    )
