"""How well the main text of a page is found, on a folder in the layout of the public article-extraction-benchmark.

Layout (github.com/scrapinghub/article-extraction-benchmark): `ground-truth.json`, an object from the id of a page to
`{"articleBody": …, "url": …}`, and `html/ID.html.gz`, the page in UTF-8. The scores are those of its `evaluate.py`:
texts are cut into words (`\\w+`), words into shingles of four; per page the shingles matched, superfluous and missed
are counted with their multiplicity and divided by their sum, so that long pages weigh no more than short ones;
precision and recall are means over the pages where they are defined, F1 is made of these means, and accuracy is the
share of pages whose words are exactly those expected.
"""

import gzip
import json
import re
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from crawler.archive import Raw
from crawler.article import Article, Block
from crawler.draft import NoArticleError, Origin
from crawler.read import read_article
from evaluation.soup_alone import soup_text
from evaluation.trafilatura_alone import text_alone

_WORD = re.compile(r"\w+")
_SHINGLE_WORDS = 4
_MAX_PAGE_BYTES = 64 * 1024 * 1024
# What the benchmark calls articleBody: the running text with its sub-headings, lists and tables. Captions and who wrote
# it are fields of their own there, as they are roles of their own here; so is a standfirst that is no sentence, a
# second headline, while a lead that is one is the first paragraph by another name.
_NOT_BODY = frozenset({"caption", "byline"})
_SENTENCE_ENDS = (".", "!", "?", "…", ":", ".”", '."')


class BenchmarkError(Exception):
    """The folder cannot be measured with; the message says what was found and what is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchmarkPage:
    """One page: its id and address, the text expected of it, and where its HTML is."""

    id: str
    url: str | None
    expected: str
    file: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Shares of the shingles of both texts, 0 to 1, that sum to 1 unless there are none: then all are 0."""

    matched: float
    superfluous: float
    missed: float

    @property
    def precision(self) -> float | None:
        """0 to 1; None where nothing was found, for then nothing was found wrongly."""
        found = self.matched + self.superfluous
        return self.matched / found if found else None

    @property
    def recall(self) -> float | None:
        """0 to 1; None where nothing was expected."""
        expected = self.matched + self.missed
        return self.matched / expected if expected else None

    @property
    def f1(self) -> float:
        """0 to 1, of this page alone; 1 where nothing was expected and nothing found."""
        errors = self.superfluous + self.missed
        return 2 * self.matched / (2 * self.matched + errors) if self.matched or errors else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Over all pages: precision, recall, F1 and accuracy, 0 to 1 each."""

    precision: float
    recall: float
    f1: float
    accuracy: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """One page, measured. `refused`: why our reader gave no article, None where it gave one."""

    id: str
    url: str | None
    ours: Match
    trafilatura: Match
    refused: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractReport:
    """The whole benchmark: every extractor on the same pages in the same run. `soup`: all text of a page, the floor."""

    pages: tuple[Extracted, ...]
    ours: Score
    trafilatura: Score
    soup: Score


def match(expected: str, found: str) -> Match:
    """Compare two texts by their shingles of four words; a text of fewer words is one shingle."""
    theirs, ours = _shingles(expected), _shingles(found)
    matched = (theirs & ours).total()
    superfluous, missed = (ours - theirs).total(), (theirs - ours).total()
    total = matched + superfluous + missed or 1
    return Match(matched=matched / total, superfluous=superfluous / total, missed=missed / total)


def score(pairs: Sequence[tuple[str, str]]) -> Score:
    """Score (expected, found) texts.

    Raises:
        ValueError: there is no pair.
    """
    if not pairs:
        raise ValueError("no page to score; expected at least one")
    matches = [match(expected, found) for expected, found in pairs]
    precisions = [one.precision for one in matches if one.precision is not None]
    recalls = [one.recall for one in matches if one.recall is not None]
    precision = fmean(precisions) if precisions else 0.0
    recall = fmean(recalls) if recalls else 0.0
    return Score(
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        accuracy=fmean(_WORD.findall(expected) == _WORD.findall(found) for expected, found in pairs),
    )


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    starts = range(max(1, len(words) - _SHINGLE_WORDS + 1)) if words else ()
    return Counter(tuple(words[start : start + _SHINGLE_WORDS]) for start in starts)


def body_of(article: Article) -> str:
    """The article's running text as the benchmark understands it, a block a line.

    Without captions, bylines and standfirsts that are no sentence.
    """
    texts = ((block, article.text[block.start : block.end]) for block in article.blocks)
    return "\n".join(text for block, text in texts if _is_body(block, text))


def _is_body(block: Block, text: str) -> bool:
    return block.role not in _NOT_BODY and (block.role != "lead" or text.endswith(_SENTENCE_ENDS))


def read_benchmark(folder: Path) -> tuple[BenchmarkPage, ...]:
    """The pages of a folder in the benchmark's layout, in the order of `ground-truth.json`.

    Raises:
        BenchmarkError: the folder, `ground-truth.json` or a page it names is missing or not of the layout.
    """
    truth = folder / "ground-truth.json"
    try:
        data: Any = json.loads(truth.read_text(encoding="utf-8"))
    except OSError as error:
        raise BenchmarkError(
            f"không đọc được {truth} ({error.strerror}); cần ground-truth.json và html/*.html.gz"
        ) from error
    except ValueError as error:
        raise BenchmarkError(f"{truth} không phải JSON: {error}") from error
    if not isinstance(data, dict) or not data:
        raise BenchmarkError(f"{truth}: tìm thấy {type(data).__name__}; cần một đối tượng có ít nhất một trang")
    pages = tuple(_page(folder, name, entry, truth) for name, entry in data.items())
    if missing := [page.file.name for page in pages if not page.file.is_file()]:
        raise BenchmarkError(f"thiếu {len(missing)} trang trong {folder / 'html'}, chẳng hạn {missing[0]}")
    return pages


def _page(folder: Path, name: str, entry: Any, truth: Path) -> BenchmarkPage:
    body = entry.get("articleBody") if isinstance(entry, dict) else None
    if not isinstance(body, str):
        raise BenchmarkError(f'{truth}, trang {name}: tìm thấy {entry!r:.80}; cần {{"articleBody": "…"}}')
    if not re.fullmatch(r"[\w.-]+", name):
        raise BenchmarkError(f"{truth}: tên trang {name!r}; cần chữ, số, gạch và chấm")
    url = entry.get("url")
    return BenchmarkPage(
        id=name,
        url=url if isinstance(url, str) else None,
        expected=body,
        file=folder / "html" / f"{name}.html.gz",
    )


def run_benchmark(pages: Sequence[BenchmarkPage], *, progress: Callable[[], object] | None = None) -> ExtractReport:
    """Read every page with our reader, with trafilatura alone and as all its text. A page refused counts as empty.

    progress: called after each page.

    Raises:
        BenchmarkError: a page's file is no gzip, or larger than any page.
        ValueError: there is no page.
    """
    ours: list[tuple[str, str]] = []
    alone: list[tuple[str, str]] = []
    whole: list[tuple[str, str]] = []
    refusals: list[str | None] = []
    for page in pages:
        html = _unpacked(page.file)
        text, refused = _our_text(page, html)
        ours.append((page.expected, text))
        refusals.append(refused)
        decoded = html.decode("utf-8", "replace")
        alone.append((page.expected, text_alone(decoded)))
        whole.append((page.expected, soup_text(decoded)))
        if progress is not None:
            progress()
    measured = tuple(
        Extracted(id=page.id, url=page.url, ours=match(*mine), trafilatura=match(*theirs), refused=refused)
        for page, mine, theirs, refused in zip(pages, ours, alone, refusals, strict=True)
    )
    return ExtractReport(pages=measured, ours=score(ours), trafilatura=score(alone), soup=score(whole))


def _our_text(page: BenchmarkPage, html: bytes) -> tuple[str, str | None]:
    origin = Origin(source="article-extraction-benchmark", fetched="1970-01-01T00:00:00Z", url=page.url)
    try:
        article = read_article(Raw(body=html, content_type="text/html; charset=utf-8"), origin)
    except NoArticleError as error:
        return "", str(error)
    return body_of(article), None


def _unpacked(file: Path) -> bytes:
    try:
        with gzip.open(file) as packed:
            body = packed.read(_MAX_PAGE_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise BenchmarkError(f"{file} không phải tệp gzip đọc được: {error}") from error
    if len(body) > _MAX_PAGE_BYTES:
        raise BenchmarkError(f"{file} giải nén ra hơn {_MAX_PAGE_BYTES} byte")
    return body


def extract_table(report: ExtractReport, *, worst: int = 0) -> str:
    """The scores side by side, then the pages where ours did worst, as Markdown."""
    refused = sum(page.refused is not None for page in report.pages)
    lines = [
        f"{len(report.pages)} trang; bị từ chối (tính là rỗng): {refused}",
        "",
        "| cách đọc | precision | recall | F1 | accuracy |",
        "|---|---|---|---|---|",
        _score_row("bộ đọc này", report.ours),
        _score_row("trafilatura", report.trafilatura),
        _score_row("mọi chữ trên trang", report.soup),
    ]
    if worst > 0:
        lines += [
            "",
            "| trang kém nhất | F1 | precision | recall | F1 trafilatura | ghi chú |",
            "|---|---|---|---|---|---|",
        ]
        ranked = sorted(report.pages, key=lambda page: (page.ours.f1, page.id))[:worst]
        lines += [_page_row(page) for page in ranked]
    return "\n".join(lines)


def _score_row(name: str, one: Score) -> str:
    return f"| {name} | {one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f} | {one.accuracy:.3f} |"


def _page_row(page: Extracted) -> str:
    share = ["–" if value is None else f"{value:.3f}" for value in (page.ours.precision, page.ours.recall)]
    note = f"từ chối: {page.refused}" if page.refused is not None else page.url or ""
    return f"| {page.id} | {page.ours.f1:.3f} | {share[0]} | {share[1]} | {page.trafilatura.f1:.3f} | {note} |"


def extract_record(report: ExtractReport) -> dict[str, object]:
    """The whole report as what `json.dumps` takes."""
    return asdict(report)
