"""Candidates: the sentences, table rows and list items of the passages found, each as it may be quoted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.corpus import Corpus
from assistant.evidence import Evidence
from crawler.article import Article, Block
from index.passage import Hit

# Passages looked at of each kind; the right article is among the first ten for 330 of 331 development questions.
PASSAGES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence that may answer.

    evidence: where it is quoted from: the story's leading article where that has it in the same words. text: what it
    says; of a table row with the names of its columns. hit, rank: the passage it was found in and that passage's place
    among those of its side. law: found among texts of law and guides. carried: the day its paragraph opened with.
    """

    evidence: Evidence
    text: str
    hit: Hit
    rank: int
    law: bool
    block: Block
    carried: str | None


def candidates(hits: Sequence[Hit], corpus: Corpus, *, law: bool) -> Iterator[Candidate]:
    """Every sentence of the first passages found, in order of the passages; each wording of a story once."""
    seen: set[tuple[str, int]] = set()
    for rank, hit in enumerate(hits[:PASSAGES]):
        passage = hit.passage
        article = corpus.article(passage.article_id, passage.digest)
        for start, end, block, carried in corpus.sentences(article):
            if end <= passage.start or start >= passage.end or block.role in ("byline", "heading"):
                continue
            source, first, last = corpus.leading(article, start, end)
            if (source.id, first) in seen:
                continue
            seen.add((source.id, first))
            yield Candidate(
                evidence=Evidence(article=source, start=first, end=last),
                text=row_text(article, block) if block.role == "row" else article.text[start:end],
                hit=hit,
                rank=rank,
                law=law,
                block=block,
                carried=carried.date,
            )


def header_row(article: Article, block: Block) -> Block | None:
    """The row that names the columns of a table row: the first of its table; None for that row itself."""
    place = article.blocks.index(block)
    first = place
    while first > 0 and article.blocks[first - 1].role == "row":
        first -= 1
    return article.blocks[first] if first < place else None


def row_text(article: Article, block: Block) -> str:
    """A table row as a sentence: "Năm: 2024; Sản phẩm: 98"; a number under a counted noun reads "98 sản phẩm"."""
    return _row_text(article.text, article.blocks, block)


@lru_cache(maxsize=4096)
def _row_text(text: str, blocks: tuple[Block, ...], block: Block) -> str:
    cells = _cells(text, block)
    first = blocks.index(block)
    while first > 0 and blocks[first - 1].role == "row":
        first -= 1
    names = _cells(text, blocks[first])
    if blocks[first] is block or len(names) != len(cells):
        return text[block.start : block.end]
    return "; ".join(
        f"{cell} {name[:1].lower()}{name[1:]}"
        if cell.replace(".", "").isdecimal()
        else f"{name}: {cell}"
        if name
        else cell
        for name, cell in zip(names, cells, strict=True)
        if cell
    )


def _cells(text: str, block: Block) -> list[str]:
    return [cell.strip() for cell in text[block.start : block.end].split(" | ")]
