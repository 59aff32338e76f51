"""How well search finds the right text, through the real archive, index and `Searcher`.

The corpus of a set is put into an archive and indexed as always; then every question is asked in every way of typing
and of ranking: by vectors alone, by BM25 alone, by the two fused as they ship. These three share one index: weights are
applied when a question is asked, so that another manifest over the same files is another way of ranking. The fourth is
the baseline (`evaluation.baseline`) over the same archive.
"""

import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from crawler.archive import Archive
from crawler.article import fold_space
from evaluation.baseline import Baseline
from evaluation.metrics import REPORTED
from evaluation.question_set import Half, Question, QuestionSet, Unit
from evaluation.typed import Typing, typed
from index.build import build
from index.embed import DEFAULT_EMBEDDER, Embedder, load_embedder
from index.manifest import FOLDER, IndexSettings, Manifest, in_use, read_manifest, write_manifest
from index.passage import Hit
from index.search import Searcher
from index.store import Vectors
from index.switch import switch

Ranking = Literal["dense", "bm25", "fused", "baseline"]
RANKINGS: tuple[Ranking, ...] = ("dense", "bm25", "fused", "baseline")
OURS: tuple[Ranking, ...] = ("dense", "bm25", "fused")
DEPTH = 100
_OURS = "evaluation.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What one way of ranking made of the questions typed in one way.

    values: (questions, metrics) in the order of `Measured.questions` and `metrics.REPORTED`. search_ms: milliseconds
    of one question; its vector is not counted but for the baseline.
    """

    ranking: Ranking
    typing: Typing
    values: NDArray[np.float64]
    search_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One set measured. half: the half asked, None for all. questions: those asked. documents: the corpus holds."""

    set: QuestionSet
    half: Half | None
    questions: tuple[Question, ...]
    documents: int
    passages: int
    embedder: str
    model_sha256: str
    settings: IndexSettings
    scores: tuple[Scores, ...]


def measure(
    asked: QuestionSet,
    *,
    half: Half | None = None,
    rankings: Sequence[Ranking] = OURS,
    typings: Sequence[Typing] = ("plain",),
    embedder: str | None = None,
    settings: IndexSettings | None = None,
    data: Path | None = None,
    progress: bool = True,
) -> Measured:
    """Index the set's corpus and ask its questions, in every way of ranking and typing asked for.

    half: only the questions of that half; the corpus is whole either way. settings: None takes those that ship.
    data: a folder to keep, so that the next run reuses the vectors of passages that are still the same; all else in
    it is made anew. None uses a temporary one.

    Raises:
        ValueError: the half holds no question, or `data` holds what this function did not put there.
        index.embed.EmbedderError: there is no such model here.
    """
    questions = asked.of_half(half)
    if not questions:
        raise ValueError(f"the set {asked.name} has no question in its half {half}; measure all of it (--half all)")
    with ExitStack() as stack:
        if data is None:
            data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        else:
            _clear(data)
        names = asked.fill(data)
        model = _Remembering(load_embedder(embedder or DEFAULT_EMBEDDER))
        build(data, embedder=model, settings=settings or IndexSettings(), progress=progress)
        named = in_use(data)
        manifest = read_manifest(data, named)
        scores: list[Scores] = []

        def ask(searched: Searcher | Baseline, way: tuple[Ranking, Typing]) -> Scores:
            return _ask(questions, searched, way, names, asked.unit, progress=progress)

        for ranking in rankings:
            if ranking == "baseline":
                with Archive(data) as archive:
                    plain = Baseline(archive.articles(), model)
                scores += [
                    _ask(questions, plain, (ranking, typing), names, asked.unit, progress=progress)
                    for typing in typings
                ]
                continue
            _settle(data / FOLDER, named.name, replace(manifest, settings=_weighed(manifest.settings, ranking)))
            searcher = Searcher.open(data, embedder=model)
            stack.callback(searcher.close)
            scores += [
                _ask(questions, searcher, (ranking, typing), names, asked.unit, progress=progress) for typing in typings
            ]
        _settle(data / FOLDER, named.name, manifest)
    return Measured(
        set=asked,
        half=half,
        questions=questions,
        documents=manifest.articles,
        passages=manifest.passages,
        embedder=manifest.embedder,
        model_sha256=manifest.model_sha256,
        settings=manifest.settings,
        scores=tuple(scores),
    )


def ranking_of(hits: Sequence[Hit], question: Question, names: Mapping[str, str], unit: Unit) -> list[str]:
    """Hits as a ranking of names without repetitions; what the question asks for is named as `relevant` names it.

    names: article id -> document. A hit stands for its article, then for the copies of its story (`Hit.also`).
    """
    found: dict[str, None] = {}
    for hit in hits:
        documents = [names[article] for article in (hit.passage.article_id, *hit.also) if article in names]
        if unit == "document":
            found |= dict.fromkeys(documents)
            continue
        text = fold_space(hit.passage.text)
        met = [
            f"gold {number}"
            for number, places in enumerate(question.gold)
            if any(place.document in documents and place.quote in text for place in places)
        ]
        fresh = [name for name in met if name not in found]
        found |= dict.fromkeys(fresh or [f"{hit.passage.article_id} {hit.passage.start}"])
    return list(found)


def relevant(question: Question, unit: Unit) -> frozenset[str]:
    """The names that are right in a ranking made by `ranking_of`."""
    if unit == "document":
        return frozenset(places[0].document for places in question.gold)
    return frozenset(f"gold {number}" for number in range(len(question.gold)))


def _settle(folder: Path, name: str, manifest: Manifest) -> None:
    """Give a generation, which is the one in use, another manifest."""
    write_manifest(folder / name, manifest)
    switch(folder, name)


def _weighed(settings: IndexSettings, ranking: Ranking) -> IndexSettings:
    if ranking == "fused":
        return settings
    weight = 1.0 if ranking == "dense" else 0.0
    return replace(settings, dense_weight=weight, bare_dense_weight=weight)


def _ask(
    questions: Sequence[Question],
    searched: Searcher | Baseline,
    way: tuple[Ranking, Typing],
    names: Mapping[str, str],
    unit: Unit,
    *,
    progress: bool,
) -> Scores:
    rows: list[list[float]] = []
    elapsed_ms = 0.0
    bar = tqdm(questions, desc=", ".join(way), unit="câu", disable=not progress, leave=False)
    for question in bar:
        text = typed(question.text, way[1])
        if isinstance(searched, Baseline):
            started = time.perf_counter()
            hits = searched.search(text, limit=DEPTH)
            elapsed_ms += (time.perf_counter() - started) * 1000
        else:
            found = searched.search(text, limit=DEPTH)
            hits, elapsed_ms = found.hits, elapsed_ms + found.search_ms
        ranked, right = ranking_of(hits, question, names, unit), relevant(question, unit)
        rows.append([metric(ranked, right) for metric in REPORTED.values()])
    values = np.array(rows, dtype=np.float64)
    return Scores(ranking=way[0], typing=way[1], values=values, search_ms=elapsed_ms / len(rows))


def _clear(data: Path) -> None:
    """Make a kept folder ready: only its index stays, for the vectors."""
    data.mkdir(parents=True, exist_ok=True)
    if any(data.iterdir()) and not (data / _OURS).exists():
        raise ValueError(f"{data} holds something else than a former measurement; give an empty or another folder")
    (data / _OURS).write_text("made by python -m evaluation retrieval; may be removed\n", encoding="utf-8")
    for path in data.iterdir():
        if path.name in (FOLDER, _OURS):
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


class _Remembering:
    """An embedder that computes the vector of a question once, in however many ways it is then ranked."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dim(self) -> int:
        return self._embedder.dim

    @property
    def digest(self) -> str:
        return self._embedder.digest

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.embed_passages(texts)

    def embed_query(self, text: str) -> Vectors:
        if text not in self._known:
            self._known[text] = self._embedder.embed_query(text)
        return self._known[text]
