"""The default embedder beside the same weights under PyTorch, and beside ONNX Runtime alone, interleaved in one run.

"ours" is the embedder as index and search use it. "onnxruntime" is given the same tokens in the same batches, cut and
sorted before the clock starts, on as many threads: what a perfect wrapper would reach. "torch" is sentence-transformers
with float32, as the default embedder was before. Loading and memory are measured in a process for each.
"""

import json
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.extract import demo_samples
from benchmarks.machine import Machine, this_machine
from benchmarks.measure import Spread, spread
from crawler.archive import now_iso
from crawler.draft import NoArticleError, Origin
from crawler.read import read_article
from index.e5.folder import e5_folder
from index.e5.model import E5Embedder, padded
from index.e5.packed import find_packed, read_packed
from index.embed import usable_cores
from index.sentence_model import SentenceEmbedder

SYLLABLES = 200
_CHUNK = 8
_ROOT = Path(__file__).resolve().parent.parent
_ALONE = """
import json, sys, time
began = time.perf_counter()
if sys.argv[1] == "ours":
    from index.embed import load_embedder
    embedder = load_embedder()
else:
    from pathlib import Path
    from index.sentence_model import SentenceEmbedder
    embedder = SentenceEmbedder("torch", Path(sys.argv[2]))
questions = json.load(sys.stdin)
embedder.embed_query(questions[0])
first_s = time.perf_counter() - began
for question in questions:
    embedder.embed_query(question)
from benchmarks.extract import demo_samples
from benchmarks.machine import peak_rss_mib
print(json.dumps([first_s, peak_rss_mib()]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedSpeed:
    """What one run measured; by way: "ours", "onnxruntime", "torch".

    question: milliseconds of one question. passages_per_s: passages of `SYLLABLES` syllables,
    the best of all rounds.
    first_question_s: imports, loading and the first question; peak_mib: the most memory of a process that loaded it
    and embedded the questions. ours_to_bare: our passages per second over those of ONNX Runtime alone. cosine_min,
    cosine_mean: our vectors against those of torch, over questions and passages.
    """

    measured: str
    machine: Machine
    questions: int
    passages: int
    question: dict[str, Spread]
    passages_per_s: dict[str, float]
    first_question_s: dict[str, float]
    peak_mib: dict[str, float]
    ours_to_bare: float
    cosine_min: float
    cosine_mean: float


def demo_passages(count: int) -> list[str]:
    """So many texts of `SYLLABLES` syllables, cut from the demo portal's articles laid end to end."""
    logging.getLogger("crawler.html.page").setLevel(logging.CRITICAL)  # it tells of every page that has no such rule
    words: list[str] = []
    for sample in demo_samples():
        try:
            words += read_article(sample.raw, Origin(source="demo", fetched=now_iso()), sample.rules).text.split()
        except NoArticleError:
            continue
    step = max(1, (len(words) - SYLLABLES) // count)
    return [" ".join(words[start : start + SYLLABLES]) for start in range(0, step * count, step)]


def measure_embedders(questions: Sequence[str], passages: Sequence[str], *, rounds: int = 3) -> EmbedSpeed:
    """Measure all three ways; each question, and each chunk of passages, goes through every way in turn.

    Raises:
        index.embed.EmbedderError: the default model is not here.
        index.e5.packed.PackedModelError: its package is not.
    """
    from benchmarks.torch_e5 import write_torch_e5  # noqa: PLC0415 (PyTorch takes seconds to import)

    with tempfile.TemporaryDirectory() as folder:
        write_torch_e5(read_packed(find_packed()), Path(folder))
        ours, peer = E5Embedder(e5_folder()), SentenceEmbedder("torch", Path(folder))
        alone = {way: _alone(way, Path(folder), questions) for way in ("ours", "torch")}
    asked = [padded([ours.query_tokens(question)]) for question in questions]
    chunks = [passages[start : start + _CHUNK] for start in range(0, len(passages), _CHUNK)]
    batches = [[tokens for _, tokens in ours.passage_batches(chunk)] for chunk in chunks]
    one: dict[str, Callable[[int], object]] = {
        "ours": lambda index: ours.embed_query(questions[index]),
        "onnxruntime": lambda index: ours.run(asked[index]),
        "torch": lambda index: peer.embed_query(questions[index]),
    }
    cores = ThreadPoolExecutor(usable_cores())
    many: dict[str, Callable[[int], object]] = {
        "ours": lambda index: ours.embed_passages(chunks[index]),
        "onnxruntime": lambda index: list(cores.map(ours.run, batches[index])),
        "torch": lambda index: peer.embed_passages(chunks[index]),
    }
    with cores:
        asking, embedding = _times(one, len(questions), rounds), _times(many, len(chunks), rounds)
    cosines = np.concatenate(
        [
            np.array([ours.embed_query(question) @ peer.embed_query(question) for question in questions]),
            (ours.embed_passages(passages) * peer.embed_passages(passages)).sum(axis=1),
        ]
    )
    # The best of what each chunk took, so that a moment in which the machine was busy does not count.
    rates = {way: len(passages) / float(seconds.min(axis=0).sum()) for way, seconds in embedding.items()}
    return EmbedSpeed(
        measured=now_iso(),
        machine=this_machine(),
        questions=len(questions),
        passages=len(passages),
        question={way: spread((seconds * 1000).ravel()) for way, seconds in asking.items()},
        passages_per_s={way: round(rate, 2) for way, rate in rates.items()},
        first_question_s={way: round(seconds, 2) for way, (seconds, _) in alone.items()},
        peak_mib={way: round(mib, 1) for way, (_, mib) in alone.items()},
        ours_to_bare=round(rates["ours"] / rates["onnxruntime"], 3),
        cosine_min=round(float(cosines.min()), 6),
        cosine_mean=round(float(cosines.mean()), 6),
    )


def embed_table(speed: EmbedSpeed) -> str:
    """The measurement as a reader sees it."""
    libraries = ", ".join(f"{name} {number}" for name, number in speed.machine.libraries.items())
    lines = [
        f"Máy: {speed.machine.processor}, {speed.machine.cores} lõi; {libraries}",
        f"{speed.questions} câu hỏi, {speed.passages} đoạn {SYLLABLES} âm tiết, xen kẽ trong một lượt chạy",
        "",
        "| cách chạy | một câu p50 (ms) | p95 (ms) | đoạn/s | nạp và câu đầu (s) | bộ nhớ cao nhất (MiB) |",
        "|---|---|---|---|---|---|",
    ]
    for way, taken in speed.question.items():
        first, peak = speed.first_question_s.get(way), speed.peak_mib.get(way)
        lines.append(
            f"| {way} | {taken.p50_ms:.2f} | {taken.p95_ms:.2f} | {speed.passages_per_s[way]:.1f} "
            f"| {'' if first is None else f'{first:.2f}'} | {'' if peak is None else f'{peak:.0f}'} |"
        )
    lines += [
        "",
        f"Tỷ số đoạn/s so với onnxruntime chạy riêng: {speed.ours_to_bare:.3f}; "
        f"cosin với torch: trung bình {speed.cosine_mean:.6f}, thấp nhất {speed.cosine_min:.6f}",
    ]
    return "\n".join(lines)


def _times(ways: dict[str, Callable[[int], object]], count: int, rounds: int) -> dict[str, NDArray[np.float64]]:
    """Seconds by way, (rounds, count): each piece of work goes through every way before the next piece.

    Who comes first changes from piece to piece, since each leaves caches and cores as it likes them.
    """
    seconds = {way: np.zeros((rounds, count)) for way in ways}
    order = list(ways)
    for round_ in range(rounds):
        for index in range(count):
            order.append(order.pop(0))
            for way in order:
                began = time.perf_counter()
                ways[way](index)
                seconds[way][round_, index] = time.perf_counter() - began
    return seconds


def _alone(way: str, folder: Path, questions: Sequence[str]) -> tuple[float, float]:
    """(seconds until the first question was embedded, most memory in MiB) of a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _ALONE, way, str(folder)],
        cwd=_ROOT, input=json.dumps(list(questions)), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(
            f"measuring {way} in a process of its own ended with {done.returncode}: {done.stderr[-2000:]}"
        )
    first_s, peak = json.loads(done.stdout)
    return float(first_s), float(peak)
