"""How well search finds the right text, on public test sets given by path, through the real archive and index.

Each text of a set becomes an article, the index is built from the archive as always, and a question counts by the
articles of the passages it finds. Three ways of ranking are compared on the same passages: the vectors alone, BM25
alone, and the two fused; each with the questions as written and with their diacritics taken away.

Sets: SQuAD's JSON (XQuAD-vi and the like), and ALQAC's pair of files (articles by "law@article", questions with
`relevant_articles`).
"""

import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean

from tqdm import tqdm

from crawler.archive import Archive, Raw, now_iso
from crawler.article import Article, Block, article_id, fold_space, raw_digest, text_digest
from evaluation.metrics import ndcg, recall, reciprocal_rank
from index.build import build
from index.manifest import IndexSettings
from index.search import Searcher
from index.text import strip_marks

DEPTH = 100
_RANKINGS: dict[str, IndexSettings] = {
    "dense": IndexSettings(dense_weight=1.0, bare_dense_weight=1.0),
    "bm25": IndexSettings(dense_weight=0.0, bare_dense_weight=0.0),
    "fused": IndexSettings(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TestSet:
    """Texts by name with their titles, and questions with the names of the texts that answer them."""

    name: str
    texts: dict[str, tuple[str, str]]
    questions: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Means over all questions of a set, for one way of ranking."""

    set: str
    ranking: str
    diacritics: bool
    questions: int
    ndcg_at_10: float
    mrr_at_10: float
    recall_at_1: float
    recall_at_10: float
    search_ms: float


def read_squad(path: Path) -> TestSet:
    """A set in SQuAD's JSON: each paragraph is a text, and the one its questions are asked about is relevant.

    Raises:
        ValueError: it is no such file, or holds no question.
    """
    texts: dict[str, tuple[str, str]] = {}
    questions: list[tuple[str, tuple[str, ...]]] = []
    try:
        for entry in json.loads(path.read_text(encoding="utf-8"))["data"]:
            for paragraph in entry["paragraphs"]:
                name = str(len(texts))
                texts[name] = ("", paragraph["context"])
                questions.extend((question["question"], (name,)) for question in paragraph["qas"])
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(
            f"{path} is no SQuAD file ({error!r}); expected data[].paragraphs[].context and .qas"
        ) from error
    return _checked(TestSet(name=path.stem, texts=texts, questions=tuple(questions)), path)


def read_alqac(articles: Path, questions: Path) -> TestSet:
    """ALQAC's articles of law and questions.

    Raises:
        ValueError: they are no such files, or a question names an article that is not there.
    """
    try:
        texts = {
            name: (name.partition("@")[0], text)
            for name, text in json.loads(articles.read_text(encoding="utf-8")).items()
        }
        asked = tuple(
            (
                question["text"],
                tuple(f"{law['law_id']}@{law['article_id']}" for law in question["relevant_articles"]),
            )
            for question in json.loads(questions.read_text(encoding="utf-8"))
        )
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise ValueError(f"{articles} and {questions} are no ALQAC files ({error!r})") from error
    return _checked(TestSet(name=articles.stem, texts=texts, questions=asked), questions)


def measure(
    tested: TestSet, *, embedder: str | None = None, data: Path | None = None, progress: bool = True
) -> list[Measured]:
    """Index the set's texts and ask all its questions, in every way of ranking, with and without diacritics.

    data: a folder to keep archive and index in, so that a second run reuses the vectors; None uses a temporary one.
    """
    if data is None:
        with tempfile.TemporaryDirectory() as folder:
            return measure(tested, embedder=embedder, data=Path(folder), progress=progress)
    names = _archive(tested, data)
    measured: list[Measured] = []
    for ranking, settings in _RANKINGS.items():
        build(data, embedder=embedder, settings=settings, progress=progress)
        searcher = Searcher.open(data)
        try:
            for diacritics in (True, False):
                measured.append(_ask(tested, searcher, names, ranking, diacritics=diacritics, progress=progress))
        finally:
            searcher.close()
    return measured


def as_table(measured: Sequence[Measured]) -> str:
    """The results as a Markdown table."""
    lines = [
        "| bộ | xếp hạng | dấu | câu hỏi | nDCG@10 | MRR@10 | Recall@1 | Recall@10 | ms/câu |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.set} | {row.ranking} | {'có' if row.diacritics else 'không'} | {row.questions} | {row.ndcg_at_10:.4f} "
        f"| {row.mrr_at_10:.4f} | {row.recall_at_1:.4f} | {row.recall_at_10:.4f} | {row.search_ms:.1f} |"
        for row in measured
    ]
    return "\n".join(lines)


def as_json(measured: Sequence[Measured]) -> str:
    """The results as JSON."""
    return json.dumps([asdict(row) for row in measured], ensure_ascii=False, indent=1)


def _checked(tested: TestSet, path: Path) -> TestSet:
    if not tested.questions:
        raise ValueError(f"{path} holds no question")
    for question, relevant in tested.questions:
        missing = [name for name in relevant if name not in tested.texts]
        if missing or not relevant:
            raise ValueError(
                f"{path}: the question {question[:60]!r} names {missing or 'no text'}, expected known texts"
            )
    return tested


def _archive(tested: TestSet, data: Path) -> dict[str, str]:
    """Put the texts into the archive; article id -> name of the text."""
    names: dict[str, str] = {}
    with Archive(data, create=True) as archive:
        for name, (title, text) in tested.texts.items():
            article, raw = _article(f"https://test-set.example/{tested.name}/{name}", title, text)
            archive.put(article, raw)
            names[article.id] = name
    return names


def _article(url: str, title: str, written: str) -> tuple[Article, Raw]:
    """One text of a set as an article, a block per line."""
    lines = [line for line in map(fold_space, written.splitlines()) if line]
    text = "\n".join(lines)
    raw = Raw(body=written.encode("utf-8"), content_type="text/plain; charset=utf-8")
    article = Article(
        id=article_id(url, text),
        url=url,
        original_url=None,
        title=title,
        text=text,
        blocks=tuple(_blocks(lines)),
        sections=(),
        dropped=(),
        source="test set",
        authority="mirror",
        rights="full",
        kind="news",
        author=None,
        published=None,
        event_date=None,
        date_note=None,
        place=None,
        fetched=now_iso(),
        raw_digest=raw_digest(raw.body),
        digest=text_digest(text),
    )
    return article, raw


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    start = 0
    for line in lines:
        yield Block(role="paragraph", start=start, end=start + len(line))
        start += len(line) + 1


def _ask(
    tested: TestSet, searcher: Searcher, names: dict[str, str], ranking: str, *, diacritics: bool, progress: bool
) -> Measured:
    ranked: list[tuple[list[str], frozenset[str]]] = []
    label = f"{ranking}, {'có' if diacritics else 'không'} dấu"
    started = time.perf_counter()
    for question, relevant in tqdm(tested.questions, desc=label, unit="câu", disable=not progress, leave=False):
        asked = question if diacritics else strip_marks(question)
        hits = searcher.search(asked, limit=DEPTH).hits
        found = list(dict.fromkeys(names[hit.passage.article_id] for hit in hits))
        ranked.append((found, frozenset(relevant)))
    elapsed_ms = (time.perf_counter() - started) * 1000
    return Measured(
        set=tested.name,
        ranking=ranking,
        diacritics=diacritics,
        questions=len(ranked),
        ndcg_at_10=fmean(ndcg(found, relevant) for found, relevant in ranked),
        mrr_at_10=fmean(reciprocal_rank(found, relevant) for found, relevant in ranked),
        recall_at_1=fmean(recall(found, relevant, k=1) for found, relevant in ranked),
        recall_at_10=fmean(recall(found, relevant) for found, relevant in ranked),
        search_ms=elapsed_ms / len(ranked),
    )
